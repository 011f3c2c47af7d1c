"""What positions that leave things open come to, against all packages that they can mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from hikiwake.findings.history import Box, Entry, History, Position
from hikiwake.findings.talks import Interval
from hikiwake.model import (
    Bonus,
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    OneOf,
    Option,
    Outcome,
    Party,
    Preference,
    Table,
    Text,
)
from hikiwake.progress import boxes, progress

NAMES = ("ann", "ben", "cem")
ISSUES = ("a", "b", "c")
OPTIONS = ("x", "y", "z")


def _combination(random: Random) -> Condition:
    issues = random.sample(ISSUES, random.choice((2, 2, 3)))
    return Condition(FrozenMap({i: OneOf(frozenset({random.choice(OPTIONS)})) for i in issues}))


def _drawn(random: Random, count: int) -> Dispute:
    preferences = {
        party: Preference(
            party,
            FrozenMap(
                {
                    i: Table(FrozenMap({o: Fraction(random.randint(0, 9)) for o in OPTIONS}))
                    for i in ISSUES
                }
            ),
            bonuses=tuple(
                Bonus(_combination(random), Fraction(random.choice((-7, 4, 12))))
                for _ in range(random.choice((0, 1, 2)))
            ),
            walk_away=Fraction(-20),
        )
        for party in NAMES[:count]
    }
    return Dispute(
        parties=tuple(Party(party) for party in NAMES[:count]),
        issues=tuple(Choice(i, tuple(Option(o) for o in OPTIONS)) for i in ISSUES),
        preferences=FrozenMap(preferences),
    )


def _named(random: Random) -> Box:
    return FrozenMap(
        {
            issue: tuple(random.sample(OPTIONS, random.choice((1, 1, 2))))
            for issue in ISSUES
            if random.random() < 0.8
        }
    )


def _meant(box: Box) -> Iterator[Outcome]:
    full = [box.get(issue, OPTIONS) for issue in ISSUES]
    return (FrozenMap(dict(zip(ISSUES, way, strict=True))) for way in product(*full))


def _falls(measure: Callable[[Outcome], Fraction], before: Box, after: Box) -> Interval:
    """Return by how much a measure falls; issues that may be the same values are alike."""
    same = [i for i in ISSUES if {*before.get(i, OPTIONS)} == {*after.get(i, OPTIONS)}]
    found = [
        measure(one) - measure(other)
        for one in _meant(before)
        for other in _meant(after)
        if all(one[i] == other[i] for i in same)
    ]
    return Interval(min(found), max(found))


def _closeness(
    gains: Mapping[str, Callable[[Outcome], Fraction]], at: Mapping[str, Box]
) -> Interval:
    said = [tuple({v for own in at.values() for v in own.get(i, OPTIONS)}) for i in ISSUES]
    ways = list(_meant(FrozenMap(dict(zip(ISSUES, said, strict=True)))))
    asked = {p: [gains[p](one) for one in _meant(box)] for p, box in at.items()}

    def concession(of: Callable[[Sequence[Fraction]], Fraction]) -> Fraction:
        return min(max(0, *(of(asked[p]) - gains[p](way) for p in at)) for way in ways) + Fraction(
            0
        )

    return Interval(concession(min), concession(max))


@pytest.mark.parametrize("seed", range(30))
def test_every_interval_is_that_of_all_that_positions_can_mean(seed: int) -> None:
    """Two or three sides, bonuses that tie issues, values left open: worths, distances, moves and
    closeness are from the least to the most over all packages that positions can mean."""
    random = Random(seed)
    dispute = _drawn(random, random.choice((2, 3)))
    parties = dispute.party_ids
    said = [{party: _named(random) for party in parties} for _ in range(2)]
    entries = [
        Entry(f"200{n}", Text(""), tuple(Position(p, box) for p, box in positions.items()))
        for n, positions in enumerate(said)
    ]
    found = progress(dispute, History(tuple(entries)))
    everything = list(_meant(FrozenMap()))
    ranges = {p: max(dispute.utility(p, way) for way in everything) + 20 for p in parties}

    def gain(party: str) -> Callable[[Outcome], Fraction]:
        return lambda way: (dispute.utility(party, way) + 20) / ranges[party]

    gains = {party: gain(party) for party in parties}
    later = {p: FrozenMap({**said[0][p], **said[1][p]}) for p in parties}
    for at, moment in zip((said[0], later), found.moments, strict=True):
        assert moment.closeness == _closeness(gains, at)
        for one in moment.standings:
            own = [gains[one.party](way) for way in _meant(at[one.party])]
            assert one.worth == Interval(min(own), max(own))
            others = [
                _falls(gains[one.party], at[one.party], at[p]) for p in parties if p != one.party
            ]
            assert one.apart == Interval(max(o.low for o in others), max(o.high for o in others))
    for one in found.moments[1].standings:
        before, after = said[0][one.party], later[one.party]
        assert one.moved == _falls(gains[one.party], before, after)
        rest = [gains[p] for p in parties if p != one.party]
        assert one.moved_for == _falls(
            lambda way, rest=rest: sum((g(way) for g in rest), Fraction(0)), after, before
        )


def test_what_is_too_much_to_be_listed_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for no combination each bonus counts by itself: nothing lies outside of that."""

    def worths() -> list[Interval]:
        return [
            standing.worth
            for seed in range(10)
            for standing in progress(_drawn(Random(seed), 2), said).moments[0].standings
        ]

    positions = tuple(Position(party, FrozenMap({"a": ("x",)})) for party in NAMES[:2])
    said = History((Entry("2001", Text(""), positions),))
    exact = worths()
    monkeypatch.setattr(boxes, "MAX_COMBINED", 0)
    pairs = list(zip(exact, worths(), strict=True))
    assert all(wide.low <= own.low <= own.high <= wide.high for own, wide in pairs)
    assert any(own != wide for own, wide in pairs)
