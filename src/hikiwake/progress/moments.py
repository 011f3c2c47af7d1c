"""At every date: how far the sides are apart, who moved, and what all of them already accept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hikiwake.errors import Fault, TooLarge, Unsupported
from hikiwake.findings.history import Box, Entry, History, Moment, Moved, Progress, Shared, Standing
from hikiwake.findings.talks import Interval
from hikiwake.model import Condition, Dispute, FrozenMap, Issue, OneOf, Outcome, Rule, Value
from hikiwake.pareto import (
    Bargain,
    LimitReached,
    Measure,
    Minimum,
    NoBargain,
    bargain_over,
    compiled,
)
from hikiwake.pareto.pins import pins
from hikiwake.progress.boxes import NOTHING, Weighed, change, full_box, worth

Boxes = dict[str, Box]


def progress(dispute: Dispute, history: History, draw: Outcome | None = None) -> Progress:
    """Return how far the sides were apart at every date of a history. For the mediator (H14).

    What a side has named stays its position until it names it again. All distances are in parts
    of each side's own range, from what it has without an agreement, as points say today: they
    measure positions of the past by the interests of now.

    Parameters
    ----------
    draw
        The package from which offers are measured as well, if there is one.

    Raises
    ------
    Unsupported
        If the dispute has no agreement to measure by, if no side could gain anything, or if the
        engines do not cover it (H18).

    Notes
    -----
    Closeness is exact at both ends: the smallest largest concession over all packages that keep
    public rules and decide each issue as some position does; what is divided, or a number without
    steps, in any way, unless all positions agree on it. Where all positions are one package,
    nothing is left to concede, whatever the rules of today are. Where a position leaves open so
    much of what bonuses tie together that it cannot be listed, ends may lie further in.
    """
    try:
        return _Table(dispute, history, draw).progress()
    except LimitReached:
        raise TooLarge(_no_measure("a limit was reached")) from None


@dataclass(frozen=True, slots=True)
class _Known:
    """Where everybody stands: boxes as they were named, and with every issue."""

    named: Boxes
    full: Boxes


class _Table:
    def __init__(self, dispute: Dispute, history: History, draw: Outcome | None) -> None:
        self._dispute = dispute
        self._history = history
        self._draw: Box | None = None
        if draw is not None:
            self._draw = FrozenMap({issue: (value,) for issue, value in draw.items()})
        found = bargain_over(compiled(dispute))
        if isinstance(found, NoBargain):
            raise Unsupported(_no_measure("no package that every side could accept"))
        ids, gains = dispute.party_ids, found.gains
        if not gains.parties:
            raise Unsupported(_nothing_to_gain())
        self._ranges = {
            ids[i]: Fraction(span) / found.compiled.units[i]
            for i, span in zip(gains.parties, gains.units, strict=True)
        }

    def progress(self) -> Progress:
        named: Boxes = {}
        before = _Known({}, {})
        moments: list[Moment] = []
        boxes: list[Boxes] = []
        for entry in self._history.entries:
            for position in entry.positions:
                if position.withdrawn:
                    named.pop(position.party, None)
                    continue
                earlier = named.get(position.party, FrozenMap())
                named[position.party] = FrozenMap({**earlier, **position.named})
            full = {p: full_box(self._dispute, box, self._history) for p, box in named.items()}
            known = _Known(dict(named), full)
            moments.append(self._moment(entry, before, known))
            boxes.append(full)
            before = known
        until = [tuple(self._moved(then, boxes[-1])) for then in boxes]
        moments = [replace(m, moved_until_now=u) for m, u in zip(moments, until, strict=True)]
        return Progress(tuple(moments), self._history.as_today, self._history.illustrative)

    def _moved(self, before: Boxes, after: Boxes) -> Iterator[Moved]:
        for party in self._ranges:
            if party in before and party in after:
                earlier, box = before[party], after[party]
                others = self._measured(other for other in self._ranges if other != party)
                gave_up = change(self._measured((party,)), earlier, box)
                yield Moved(party, gave_up, change(others, box, earlier))

    def _moment(self, entry: Entry, before: _Known, now: _Known) -> Moment:
        moved = {one.party: one for one in self._moved(before.full, now.full)}
        standings = tuple(
            self._standing(party, moved.get(party, Moved(party, NOTHING, NOTHING)), now)
            for party in self._dispute.party_ids
            if party in now.full and party in self._ranges
        )
        shared = tuple(sorted(self._shared(now), key=lambda s: (not s.certain, -s.weight, s.issue)))
        silent = tuple(party for party in self._dispute.party_ids if party not in now.named)
        return Moment(entry, standings, self._closeness(now.full), shared, silent)

    def _standing(self, party: str, moved: Moved, now: _Known) -> Standing:
        own, box = self._measured((party,)), now.full[party]
        floor = self._dispute.walk_away(party) / self._ranges[party]
        value = worth(own, box)
        others = [change(own, box, other) for name, other in now.full.items() if name != party]
        return Standing(
            party,
            Interval(value.low - floor, value.high - floor),
            _largest(others),
            None if self._draw is None else change(own, box, self._draw),
            moved.gave_up,
            moved.to_others,
        )

    def _measured(self, parties: Iterable[str]) -> Weighed:
        """Return the parties' preferences, in parts of their ranges."""
        return [(self._dispute.preferences[p], 1 / self._ranges[p]) for p in parties]

    def _closeness(self, boxes: Mapping[str, Box]) -> Interval | None:
        if any(party not in boxes for party in self._ranges):
            return None
        ways = {
            issue.id: {value for box in boxes.values() for value in box[issue.id]}
            for issue in self._dispute.issues
        }
        if all(len(values) == 1 for values in ways.values()):
            return NOTHING  # they agree on a package; that today's rules allow it was not asked
        meeting = self._meeting(ways)
        if meeting is None:
            return None
        worths = {p: self._points(p, boxes[p]) for p in self._ranges}
        low = self._concession(meeting, {party: value.low for party, value in worths.items()})
        high = self._concession(meeting, {party: value.high for party, value in worths.items()})
        return Interval(low, high)

    def _meeting(self, ways: Mapping[str, set[Value]]) -> Bargain | None:
        """Return what there is to meet in: every issue decided as some position decides it."""
        dispute = self._dispute
        anything = full_box(dispute, FrozenMap(), History(()))
        preferences = {
            party: replace(own, walk_away=self._points(party, anything).low, red_lines=())
            for party, own in dispute.preferences.items()
        }
        agreed: Outcome = FrozenMap({i: next(iter(v)) for i, v in ways.items() if len(v) == 1})
        others = tuple(
            Rule(Condition(FrozenMap({issue.id: OneOf(frozenset(left))})))
            for issue in dispute.issues
            if len(ways[issue.id]) > 1
            if (left := _unsaid(dispute, issue, ways[issue.id]))
        )
        open_to_all = replace(
            dispute,
            preferences=FrozenMap(preferences),
            rules=(*dispute.rules, *others, *pins(dispute, agreed, ())),
            groups=(),
        )
        found = bargain_over(compiled(open_to_all))
        return None if isinstance(found, NoBargain) else found

    def _points(self, party: str, box: Box) -> Interval:
        """Return the least and the most that a box is worth to a party, in its own points."""
        return worth([(self._dispute.preferences[party], Fraction(1))], box)

    def _concession(self, meeting: Bargain, asked: Mapping[str, Fraction]) -> Fraction:
        """Return the smallest largest concession from what is asked, over all packages."""
        ids, units = self._dispute.party_ids, meeting.compiled.units
        places = [i for i, party in enumerate(ids) if party in self._ranges]
        measure = Measure(
            tuple(places),
            tuple(_whole(asked[ids[i]] * units[i]) for i in places),
            tuple(_whole(self._ranges[ids[i]] * units[i]) for i in places),
            "gain",
        )
        best = meeting.best(Minimum(), measure)[0]
        return max(Fraction(0), -min(measure.values(best)))

    def _shared(self, now: _Known) -> Iterator[Shared]:
        parties = self._dispute.party_ids
        if any(party not in now.named for party in parties):
            return
        for issue in self._dispute.issues:
            ways = [now.named[party].get(issue.id, ()) for party in parties]
            certain = len({frozenset(way) for way in ways}) == 1 and len(ways[0]) == 1
            weight = sum((self._weight(party, issue.id) for party in self._ranges), Fraction(0))
            common = frozenset(ways[0]).intersection(*ways)
            order = self._dispute.decisions_of(issue) or sorted(common, key=repr)
            for value in order:
                if value in common:
                    yield Shared(issue.id, value, certain, weight)

    def _weight(self, party: str, issue: str) -> Fraction:
        anything = full_box(self._dispute, FrozenMap(), History(()))[issue]
        own = self._dispute.preferences[party].points.get(issue)
        points = [own.value(party, value) for value in anything] if own is not None else [0]
        return Fraction(max(points) - min(points)) / self._ranges[party]


def _largest(intervals: Sequence[Interval]) -> Interval | None:
    """Return what the largest of some numbers can be, each of them somewhere in its interval."""
    if not intervals:
        return None
    return Interval(max(one.low for one in intervals), max(one.high for one in intervals))


def _unsaid(dispute: Dispute, issue: Issue, said: set[Value]) -> list[str | Fraction]:
    """Return the values of an issue that no position has, where it has an end of them."""
    values = dispute.decisions_of(issue) or ()
    return [v for v in values if v not in said and not isinstance(v, FrozenMap)]


def _whole(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _no_measure(found: str) -> Fault:
    return Fault(
        "The dispute of the history",
        found,
        "A dispute with an agreement: its ranges are what distances are measured in",
        "H12",
        "Settle it first: that names the limits that cannot all hold.",
    )


def _nothing_to_gain() -> Fault:
    return Fault(
        "The dispute of the history",
        "no side that could gain anything",
        "A side with a range: distances are measured in parts of it",
        "H9",
        "Look at the walk-away values: no package is worth more to anybody.",
    )
