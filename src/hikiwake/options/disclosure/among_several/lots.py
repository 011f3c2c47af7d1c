"""Groups not for trade of whole issues among several sides: how even what is decided there is.

A *lot* is one way to decide a group. Each side's part of it is what it gets of the most that it
could; the lot is as uneven as the largest part is above the smallest, of those with something at
stake (H8).

Notation: a side gets G beyond its least, of at most M. Of a side that hides something both are sums
of its numbers, and of extremes of some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import lcm, prod

from hikiwake.findings.talks import Hiding
from hikiwake.model import Answer, Dispute, Group, Outcome, Value
from hikiwake.options.disclosure.hidden.inside import (
    Inside,
    Row,
    countable,
    few_parts,
    inside_of,
    own_inside,
    span,
)
from hikiwake.options.disclosure.hidden.unknowns import Name, parts_of

MAX_LOTS = 1_000
MAX_LEVELS = 300

Whole = Mapping[Name, int]  # how much of each number


@dataclass(frozen=True, slots=True)
class Staked:
    """A group: of each side that hides how it has the group, the scale, and the row of every lot,
    of the known ones its part, None where nothing is at stake for it."""

    issues: tuple[str, ...]
    lots: Mapping[tuple[Value, ...], int]
    insides: tuple[Inside, ...]
    scales: tuple[int, ...]
    rows: tuple[tuple[Whole, ...], ...]
    parts: tuple[tuple[Fraction, ...] | None, ...]

    def lot(self, outcome: Outcome) -> int:
        """Return the number of the lot in a package."""
        return self.lots[tuple(outcome[issue] for issue in self.issues)]


class Lots:
    """All groups not for trade."""

    def __init__(self, dispute: Dispute, hidden: Sequence[str], known: Sequence[str]) -> None:
        self._dispute, self._hidden, self._known = dispute, hidden, known
        self.groups = [self._staked(group) for group in dispute.groups if group.not_for_trade]

    def at(self, outcome: Outcome) -> tuple[int, ...]:
        """Return the lot of each group in a package."""
        return tuple(group.lot(outcome) for group in self.groups)

    def uneven(self, numbers: Sequence[Mapping[Answer, int]]) -> list[list[Fraction]]:
        """Return how uneven each lot of each group is, given what sides hide."""
        return [self._aparts(group, numbers) for group in self.groups]

    def _aparts(self, group: Staked, numbers: Sequence[Mapping[Answer, int]]) -> list[Fraction]:
        """Return how far apart the sides' parts of the most that they could get are in each lot."""
        parts: list[Sequence[Fraction]] = [own for own in group.parts if own is not None]
        each = zip(numbers, group.insides, group.rows, group.scales, strict=True)
        for own, inside, rows, scale in each:
            named = inside.named(own)
            if most := scale // inside.parts * inside.span(own)[1]:
                gains = (sum(part * named[a] for a, part in row.items()) for row in rows)
                parts.append([Fraction(got, most) for got in gains])
        if not parts:
            return [Fraction(0)] * len(group.lots)
        return [max(each) - min(each) for each in zip(*parts, strict=True)]

    def levels(self, outcome: Outcome | None, hiding: Hiding) -> list[Fraction]:
        """Return the tolerance, and all above it that a package, if given, can be uneven by."""
        found = {self._dispute.tolerance}
        total = int(hiding.total / hiding.step)
        for group in self.groups:
            if outcome is None:
                break
            known = [own[group.lot(outcome)] for own in group.parts if own is not None]
            each = [{one} for one in known]
            for scale, inside in zip(group.scales, group.insides, strict=True):
                grain = scale // inside.parts
                mosts = range(grain, scale * total + 1, grain)
                each.append({Fraction(n, most) for most in mosts for n in range(most + 1)})
            apart = {
                abs(x - y) for one, other in combinations(each, 2) for x, y in product(one, other)
            }
            least = max(known, default=Fraction(0)) - min(known, default=Fraction(0))
            found |= {one for one in apart if one >= least}
        return sorted(one for one in found if one >= self._dispute.tolerance)

    def _staked(self, group: Group) -> Staked:
        dispute, issues = self._dispute, group.issues
        ways = [dispute.decisions_of(dispute.issue(issue)) or () for issue in issues]
        lots = {values: n for n, values in enumerate(product(*ways))}
        insides = tuple(inside_of(dispute, party, group) for party in self._hidden)
        rows, scales = list[tuple[Whole, ...]](), list[int]()
        for party, inside in zip(self._hidden, insides, strict=True):
            own = [self._row(party, inside, issues, values) for values in lots]
            scales.append(scale := lcm(*(part.denominator for one in own for part in one.values())))
            rows.append(tuple({a: int(x * scale) for a, x in one.items()} for one in own))
        parts = [self._parts_known(party, group, list(lots)) for party in self._known]
        return Staked(issues, lots, insides, tuple(scales), tuple(rows), tuple(parts))

    def _row(
        self, party: str, inside: Inside, issues: Sequence[str], values: Sequence[Value]
    ) -> Row:
        """Return what a lot gives a side that hides beyond its least."""
        found: Row = {name: -part for name, part in inside.least.items()}
        for issue, value in zip(issues, values, strict=True):
            found |= dict(parts_of(self._dispute, party, self._dispute.issue(issue), value))
        return found

    def _parts_known(
        self, party: str, group: Group, lots: Sequence[tuple[Value, ...]]
    ) -> tuple[Fraction, ...] | None:
        least, extent = span(self._dispute, party, group)
        if not extent:
            return None
        own = own_inside(self._dispute, party, group)
        outcomes = (dict(zip(group.issues, values, strict=True)) for values in lots)
        return tuple((own.utility(one) - least) / extent for one in outcomes)


def covers_lots(dispute: Dispute, hidden: Sequence[str]) -> bool:
    """Tell whether groups are of whole issues, in few ways."""
    for group in dispute.groups:
        if group.not_for_trade:
            ways = (dispute.decisions_of(dispute.issue(issue)) or () for issue in group.issues)
            few = 0 < prod(map(len, ways)) <= MAX_LOTS
            if not few or not countable(dispute, hidden, group):
                return False
            if not few_parts(dispute, hidden, group):
                return False
    return True


__all__ = ["MAX_LEVELS", "Lots", "Staked", "covers_lots"]
