"""Groups not for trade of whole issues, between two sides that divide something elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import lcm

from hikiwake.model import Dispute, Value
from hikiwake.options.disclosure.hidden.inside import (
    Inside,
    Row,
    inside_of,
    own_inside,
    span,
)
from hikiwake.options.disclosure.hidden.unknowns import parts_of
from hikiwake.options.disclosure.told.listed import covered as few_inside


@dataclass(frozen=True, slots=True)
class Staked:
    """A group in which the known side has a stake.

    Its combinations are numbered in C order of its issues, which are given by their places and by
    in how many ways each can be decided. ``parts`` is what each combination gives the known side of
    the most that it could get, ``rows`` what it gives the hidden one beyond its least; ``inside``
    is how that has the group. In ``scale`` parts of a point all rows are whole.
    """

    issues: tuple[int, ...]
    shape: tuple[int, ...]
    parts: tuple[Fraction, ...]
    rows: tuple[Row, ...]
    inside: Inside
    scale: int

    @property
    def grain(self) -> int:
        """Of what the most that the hidden side could get is a multiple."""
        return self.scale // self.inside.parts

    def part(self, combination: int) -> Fraction:
        """Return what a combination gives the known side of its most."""
        return self.parts[combination]


def covered(dispute: Dispute, hidden: str) -> bool:
    """Tell whether all groups are of whole issues, with few ways left by what is said in them."""
    inside = [issue for group in dispute.groups if group.not_for_trade for issue in group.issues]
    whole = all(dispute.decisions_of(dispute.issue(issue)) is not None for issue in inside)
    return whole and few_inside(dispute, hidden)


def staked_of(dispute: Dispute, hidden: str) -> tuple[Staked, ...]:
    """Return the groups in which the known side has a stake; where it has none a group is even."""
    found = list(_staked(dispute, hidden))
    scale = lcm(*(part.denominator for one in found for row in one.rows for part in row.values()))
    return tuple(replace(one, scale=scale) for one in found)


def _staked(dispute: Dispute, hidden: str) -> Iterator[Staked]:
    (known,) = (party for party in dispute.party_ids if party != hidden)
    for group in dispute.groups:
        least, extent = span(dispute, known, group) if group.not_for_trade else (0, 0)
        if not extent:
            continue
        inside, own = inside_of(dispute, hidden, group), own_inside(dispute, known, group)
        places = tuple(n for n, one in enumerate(dispute.issues) if one.id in group.issues)
        issues = [dispute.issues[n] for n in places]
        ways: list[Sequence[Value]] = [dispute.decisions_of(issue) or () for issue in issues]
        parts, rows = list[Fraction](), list[Row]()
        for values in product(*ways):
            row: Row = {name: -part for name, part in inside.least.items()}
            for issue, value in zip(issues, values, strict=True):
                row |= dict(parts_of(dispute, hidden, issue, value))
            outcome = {issue.id: value for issue, value in zip(issues, values, strict=True)}
            parts.append((own.utility(outcome) - least) / extent)
            rows.append(row)
        yield Staked(places, tuple(map(len, ways)), tuple(parts), tuple(rows), inside, 1)


__all__ = ["Staked", "covered", "staked_of"]
