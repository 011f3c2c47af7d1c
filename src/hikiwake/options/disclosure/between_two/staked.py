"""Groups not for trade of whole issues, between two sides that divide something elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hikiwake.model import Answer, Dispute, Value
from hikiwake.options.disclosure.hidden.unknowns import parts_of
from hikiwake.options.disclosure.models.groups import span
from hikiwake.options.disclosure.told.listed import covered as nothing_inside

Row = dict[Answer, Fraction]


@dataclass(frozen=True, slots=True)
class Staked:
    """A group in which the known side has a stake.

    Its combinations are numbered in C order of its issues, which are given by their places and by
    in how many ways each can be decided. ``parts`` is what each combination gives the known side of
    the most that it could get, ``rows`` what it is worth to the hidden one.
    """

    issues: tuple[int, ...]
    shape: tuple[int, ...]
    parts: tuple[Fraction, ...]
    rows: tuple[Row, ...]

    def part(self, combination: int) -> Fraction:
        """Return what a combination gives the known side of its most."""
        return self.parts[combination]


def covered(dispute: Dispute, hidden: str) -> bool:
    """Tell whether all groups are of whole issues, with nothing said wholly inside one."""
    inside = [issue for group in dispute.groups if group.not_for_trade for issue in group.issues]
    whole = all(dispute.decisions_of(dispute.issue(issue)) is not None for issue in inside)
    return whole and nothing_inside(dispute, hidden)


def staked_of(dispute: Dispute, hidden: str) -> tuple[Staked, ...]:
    """Return the groups in which the known side has a stake; where it has none a group is even."""
    return tuple(_staked(dispute, hidden))


def _staked(dispute: Dispute, hidden: str) -> Iterator[Staked]:
    (known,) = (party for party in dispute.party_ids if party != hidden)
    points = dispute.preferences[known].points
    for group in dispute.groups:
        least, extent = span(dispute, known, group) if group.not_for_trade else (0, 0)
        if not extent:
            continue
        places = tuple(n for n, one in enumerate(dispute.issues) if one.id in group.issues)
        issues = [dispute.issues[n] for n in places]
        ways: list[Sequence[Value]] = [dispute.decisions_of(issue) or () for issue in issues]
        parts, rows = list[Fraction](), list[Row]()
        for values in product(*ways):
            got, row = Fraction(0), Row()
            for issue, value in zip(issues, values, strict=True):
                if issue.id in points:
                    got += points[issue.id].value(known, value)
                for answer, part in parts_of(dispute, hidden, issue, value):
                    row[answer] = row.get(answer, Fraction(0)) + part
            parts.append((got - least) / extent)
            rows.append(row)
        yield Staked(places, tuple(map(len, ways)), tuple(parts), tuple(rows))


__all__ = ["Row", "Staked", "covered", "staked_of"]
