"""Offers of equal worth: packages that are worth the same to one party, so that others may choose.

They are made from that party's own points and red lines and from public rules: to show them, or to
hand all of them over at once, tells nothing of anybody else. Whether others could accept one is
marked for the mediator only.

References
----------
Medvec, V. and Galinsky, A. (2005), Putting More on the Table: How Making Multiple Offers Can
Increase the Final Value of the Deal, Negotiation 8.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import islice

from hikiwake.model import Dispute, FrozenMap, Linear, Outcome, Share, Table, Value, lot_of
from hikiwake.numeric import common_denominator
from hikiwake.options.apart import apart, most_different, stakes
from hikiwake.pareto.canonical import lot

MAX_SUMS = 20_000
MAX_LOOKED_AT = 3_000
MAX_OPTIONS = 50
MAX_EACH = 3
MAX_BONUSES = 8
NEARLY = Fraction(1, 100)

Options = list[tuple[Value, int]]
Ways = list[tuple[str, Options]]


def equal_worth(dispute: Dispute, party: str, shown: Outcome, count: int) -> tuple[Outcome, ...]:
    """Return up to ``count`` packages worth as much to a party as the shown one, all different.

    Whole issues are decided otherwise, alone or against a part of something that is divided. Where
    there are too few of exactly the same worth, others may be worth up to a hundredth more or less
    of all that hangs on the issues for this party. Of the packages that are found, for each issue
    and option a few, those most different from one another are returned, by how much issues matter
    to this party.
    """
    own = stakes(dispute, dispute.preferences[party])
    search = _Search(dispute, party, shown)
    found = dict.fromkeys([*search.by_shares(), *search.by_options(Fraction(0))])
    if len(found) < count:
        nearly = NEARLY * sum(own.values(), start=Fraction(0))
        found |= dict.fromkeys(search.by_options(nearly))
    if not found:
        return ()
    outcomes = [shown, *sorted(found, key=lot)]
    distances = apart(dispute, own, outcomes)
    rows, _ = most_different(distances, (0,), range(1, len(outcomes)), count)
    return tuple(outcomes[row] for row in rows)


class _Search:
    """A search for packages of the worth of a given one, among what the party itself allows."""

    def __init__(self, dispute: Dispute, party: str, shown: Outcome) -> None:
        self._dispute, self._party, self._shown = dispute, party, shown
        self._own = dispute.preferences[party]
        lines = [line.never for line in self._own.red_lines]
        self._never = [rule.never for rule in dispute.rules] + lines
        self._target = self._own.utility(shown)
        tables = (p for p in self._own.points.values() if isinstance(p, Table))
        worths = (number for table in tables for number in table.points.values())
        bonuses = (bonus.points for bonus in self._own.bonuses)
        self._unit = common_denominator([*worths, *bonuses, self._target])
        self._ways = list(self._options())
        self._bonuses = {0}
        for bonus in self._own.bonuses[:MAX_BONUSES]:
            self._bonuses |= {total + self._integer(bonus.points) for total in self._bonuses}
        self._sums: dict[int, list[list[int]] | None] = {}
        self._left, self._nearly = 0, Fraction(0)

    def _options(self) -> Iterator[tuple[str, Options]]:
        """Yield every whole issue with its options, the shown one first, and their integers."""
        for issue in sorted(self._dispute.issues, key=lambda issue: lot_of(issue.id)):
            values = self._dispute.decisions_of(issue) or ()
            if 1 < len(values) <= MAX_OPTIONS:
                own = self._own.points.get(issue.id)
                first = sorted(values, key=partial(self._order, issue.id))
                worths = [own.value(self._party, v) if own else Fraction(0) for v in first]
                yield issue.id, [(v, self._integer(w)) for v, w in zip(first, worths, strict=True)]

    def _order(self, issue: str, value: Value) -> tuple[bool, bytes]:
        """Return the place of an option: the shown one first, no owner by its place in the file."""
        return value != self._shown[issue], lot(FrozenMap({issue: value}))

    def _integer(self, points: Fraction) -> int:
        """Return points in whole units; curves may need finer ones, and are rounded."""
        return round(points * self._unit)

    def by_options(self, nearly: Fraction) -> Iterator[Outcome]:
        """Yield packages that decide some whole issue otherwise, and others to make up for it."""
        self._nearly = nearly
        for place, (issue, options) in enumerate(self._ways):
            ways = [*self._ways[place + 1 :], *self._ways[:place]]
            reachable = self._reachable(place, ways)
            for way in options[1:] if reachable is not None else ():
                self._left = MAX_LOOKED_AT
                yield from islice(self._run(issue, way, ways, reachable or []), MAX_EACH)

    def _reachable(self, place: int, ways: Ways) -> list[list[int]] | None:
        """Return what the ways of the issues from each one on can sum to; None: too many sums."""
        if place not in self._sums:
            self._sums[place] = _sums([options for _, options in ways])
        return self._sums[place]

    def by_shares(self) -> Iterator[Outcome]:
        """Yield packages that change one issue, and a part of something divided against it."""
        for share in self._dispute.issues:
            points = self._own.points.get(share.id)
            if isinstance(share, Share) and isinstance(points, Linear) and points.whole:
                for changed in self._changed(share.id):
                    missing = self._target - self._own.utility(changed)
                    part = self._part(share.id) + missing / points.whole
                    if missing and 0 <= part <= 1:
                        outcome = self._with_part(changed, share.id, part)
                        if self._is_one(outcome, Fraction(0)):
                            yield outcome

    def _changed(self, without: str) -> Iterator[Outcome]:
        for issue, options in self._ways:
            for value, _ in options[1:]:
                yield FrozenMap({**self._shown, issue: value})
        for issue in self._dispute.issues:
            if isinstance(issue, Share) and issue.id != without:
                for part in (Fraction(0), Fraction(1)):
                    yield self._with_part(self._shown, issue.id, part)

    def _part(self, share: str) -> Fraction:
        parts = self._shown[share]
        assert isinstance(parts, FrozenMap)
        return parts[self._party]

    def _with_part(self, outcome: Outcome, share: str, part: Fraction) -> Outcome:
        """Return a package with another part for the party; the others' keep their proportions."""
        parts = outcome[share]
        assert isinstance(parts, FrozenMap)
        rest = 1 - parts[self._party]
        others = {
            other: (parts[other] / rest if rest else Fraction(1, len(parts) - 1)) * (1 - part)
            for other in parts
        }
        return FrozenMap({**outcome, share: FrozenMap({**others, self._party: part})})

    def _is_one(self, outcome: Outcome, nearly: Fraction) -> bool:
        return (
            outcome != self._shown
            and abs(self._own.utility(outcome) - self._target) <= nearly
            and not any(never.holds(outcome) for never in self._never)
        )

    def _run(
        self, issue: str, way: tuple[Value, int], ways: Ways, reachable: list[list[int]]
    ) -> Iterator[Outcome]:
        """Yield packages with one issue decided in a given way."""
        value, worth = way
        varied = {issue, *(i for i, _ in ways)}
        fixed = {i: v for i, v in self._shown.items() if i not in varied}
        points = self._own.points
        plain = (p.value(self._party, fixed[i]) for i, p in points.items() if i in fixed)
        rest = self._integer(self._target - sum(plain, start=Fraction(0))) - worth
        wanted = {rest - bonus for bonus in self._bonuses}
        slack = int(self._nearly * self._unit) + 1 if self._nearly else 0
        yield from self._deeper((ways, reachable, slack), 0, {**fixed, issue: value}, wanted)

    def _deeper(
        self,
        task: tuple[Ways, list[list[int]], int],
        place: int,
        chosen: dict[str, Value],
        wanted: set[int],
    ) -> Iterator[Outcome]:
        ways, reachable, slack = task
        self._left -= 1
        if self._left < 0 or not any(_near(reachable[place], rest, slack) for rest in wanted):
            return
        if place == len(ways):
            outcome = FrozenMap({issue: chosen[issue] for issue in self._shown})
            if self._is_one(outcome, self._nearly):
                yield outcome
            return
        issue, options = ways[place]
        for value, points in options:
            less = {rest - points for rest in wanted}
            yield from self._deeper(task, place + 1, {**chosen, issue: value}, less)


def _sums(options: Sequence[Options]) -> list[list[int]] | None:
    """Return what the options from each place on can sum to, rising; None: too many sums."""
    sums: list[list[int]] = [[0]]
    for ways in reversed(options):
        worths = {points for _, points in ways}
        sums.append(sorted({worth + later for worth in worths for later in sums[-1]}))
        if len(sums[-1]) > MAX_SUMS:
            return None
    return sums[::-1]


def _near(sums: list[int], wanted: int, slack: int) -> bool:
    """Tell whether one of rising sums is what is wanted, or nearly so."""
    place = bisect_left(sums, wanted - slack)
    return place < len(sums) and sums[place] <= wanted + slack
