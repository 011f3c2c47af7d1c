"""Groups not for trade of whole issues among several sides: how even what is decided there is.

A *lot* is one way to decide a group. Each side's part of it is what it gets of the most that it
could; the lot is as uneven as the largest part is above the smallest, of those with something at
stake (H8).

Notation: a side gets G of at most M. Of a side that hides both are sums of its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import lcm, prod

from hikiwake.findings.talks import Hiding
from hikiwake.model import Answer, Dispute, Outcome, Value
from hikiwake.options.disclosure.hidden.unknowns import parts_of
from hikiwake.options.disclosure.models.groups import nothing_inside, span

MAX_LOTS = 1_000
MAX_LEVELS = 300

Row = Mapping[Answer, int]  # how much of each number


@dataclass(frozen=True, slots=True)
class Staked:
    """A group: of each side that hides the scale and the row of every lot, of the known ones its
    part, None where nothing is at stake for it."""

    issues: tuple[str, ...]
    lots: Mapping[tuple[Value, ...], int]
    scales: tuple[int, ...]
    rows: tuple[tuple[Row, ...], ...]
    parts: tuple[tuple[Fraction, ...] | None, ...]

    def lot(self, outcome: Outcome) -> int:
        """Return the number of the lot in a package."""
        return self.lots[tuple(outcome[issue] for issue in self.issues)]


class Lots:
    """All groups not for trade."""

    def __init__(self, dispute: Dispute, hidden: Sequence[str], known: Sequence[str]) -> None:
        self._dispute, self._hidden, self._known = dispute, hidden, known
        groups = (group.issues for group in dispute.groups if group.not_for_trade)
        self.groups = [self._staked(issues) for issues in groups]

    def at(self, outcome: Outcome) -> tuple[int, ...]:
        """Return the lot of each group in a package."""
        return tuple(group.lot(outcome) for group in self.groups)

    def uneven(self, numbers: Sequence[Mapping[Answer, int]]) -> list[list[Fraction]]:
        """Return how uneven each lot of each group is, given what sides hide."""
        return [self._aparts(group, numbers) for group in self.groups]

    def _aparts(self, group: Staked, numbers: Sequence[Mapping[Answer, int]]) -> list[Fraction]:
        """Return how far apart the sides' parts of the most that they could get are in each lot."""
        parts: list[Sequence[Fraction]] = [own for own in group.parts if own is not None]
        for own, rows, scale in zip(numbers, group.rows, group.scales, strict=True):
            bests = (max(n for a, n in own.items() if a.issue == issue) for issue in group.issues)
            if most := scale * sum(bests):
                gains = (sum(part * own[a] for a, part in row.items()) for row in rows)
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
            for scale in group.scales:
                wholes = range(1, total + 1)
                each.append({Fraction(n, scale * m) for m in wholes for n in range(scale * m + 1)})
            apart = {
                abs(x - y) for one, other in combinations(each, 2) for x, y in product(one, other)
            }
            least = max(known, default=Fraction(0)) - min(known, default=Fraction(0))
            found |= {one for one in apart if one >= least}
        return sorted(one for one in found if one >= self._dispute.tolerance)

    def _staked(self, issues: tuple[str, ...]) -> Staked:
        dispute = self._dispute
        ways = [dispute.decisions_of(dispute.issue(issue)) or () for issue in issues]
        lots = {values: n for n, values in enumerate(product(*ways))}
        rows, scales = list[tuple[Row, ...]](), list[int]()
        for party in self._hidden:
            own = [list(self._parts(party, issues, values)) for values in lots]
            scales.append(scale := lcm(*(part.denominator for one in own for _, part in one)))
            rows.append(tuple({a: int(part * scale) for a, part in one} for one in own))
        parts = [self._parts_known(party, issues, list(lots)) for party in self._known]
        return Staked(issues, lots, tuple(scales), tuple(rows), tuple(parts))

    def _parts(
        self, party: str, issues: Sequence[str], values: Sequence[Value]
    ) -> Iterator[tuple[Answer, Fraction]]:
        for issue, value in zip(issues, values, strict=True):
            yield from parts_of(self._dispute, party, self._dispute.issue(issue), value)

    def _parts_known(
        self, party: str, issues: tuple[str, ...], lots: Sequence[tuple[Value, ...]]
    ) -> tuple[Fraction, ...] | None:
        group = next(one for one in self._dispute.groups if one.issues == issues)
        least, extent = span(self._dispute, party, group)
        if not extent:
            return None
        points = self._dispute.preferences[party].points
        return tuple(
            (sum(points[i].value(party, v) for i, v in zip(issues, values, strict=True)
                 if i in points) - least) / extent
            for values in lots
        )  # fmt: skip


def covers_lots(dispute: Dispute, hidden: Sequence[str]) -> bool:
    """Tell whether groups are of whole issues, in few ways, with nothing said wholly inside one."""
    for group in dispute.groups:
        if group.not_for_trade:
            ways = (dispute.decisions_of(dispute.issue(issue)) or () for issue in group.issues)
            few = 0 < prod(map(len, ways)) <= MAX_LOTS
            if not few or not nothing_inside(dispute, hidden, group):
                return False
    return True


__all__ = ["MAX_LEVELS", "Lots", "Staked", "covers_lots"]
