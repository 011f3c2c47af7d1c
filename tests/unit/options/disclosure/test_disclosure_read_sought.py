"""Whole texts in the search for intervals, against making each text in every world that is counted.

No member is drawn at random: those that are seen come from the search alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.api import settle
from hikiwake.api.reading import text_for
from hikiwake.findings.talks import Budget, Exposure, Hiding, Talks
from hikiwake.findings.texts import Reading, Text
from hikiwake.model import Choice, Dispute, FrozenMap, Option, Party, Preference, Share
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure import meter as metering
from hikiwake.options.disclosure.finer import FINER
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.meter import Disclosure
from tests.support.disclosed import all_packages, told_about, with_own
from tests.unit.options.disclosure.test_disclosure_read import (
    CHOICES,
    COARSE,
    GRID,
    SETTLED,
    drawn,
    left_of,
    spans,
)

F = Fraction
FEW, PARTIAL = Text(Reading.ALTERNATIVES, 4, F(1, 10)), Text(Reading.PARTIAL)
REMEDIED = Text(Reading.REMEDIES)


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metering, "DRAWN", 0)


def read_in(dispute: Dispute, grid: Hiding, texts: tuple[Text, ...], word: bool = False) -> Talks:
    """Return what all were told: the texts, the settled package that they show, perhaps a word."""
    told = told_about(dispute, all_packages(dispute)[1]) if word else ()
    shown = settle(dispute).outcome if any(text.shows_settled for text in texts) else None
    return Talks(Budget(hiding=grid), told=told, shown=shown, texts=texts)


def measured(dispute: Dispute, talks: Talks, counted: bool) -> Sequence[Exposure]:
    """Return what the sides know of each other, where worlds are counted or not."""
    meter = Disclosure(Adjusting(dispute), talks.budget.hiding, text_for)
    meter.counted = counted
    return meter.exposures(talks)


def assert_exact(dispute: Dispute, talks: Talks) -> None:
    """Assert that the search finds every interval as counting does, both ends, and says so."""
    for known, found in zip(
        measured(dispute, talks, True), measured(dispute, talks, False), strict=True
    ):
        assert known.left
        assert found.left is None
        assert found.texts_counted
        assert found.bounds == found.sure == known.bounds


@pytest.mark.parametrize(
    ("seed", "texts"),
    [
        (0, (SETTLED,)),
        (1, (CHOICES,)),
        (2, (FEW, SETTLED)),
        (8, (REMEDIED,)),
        (9, (PARTIAL,)),
        (27, (FEW, SETTLED)),
        (36, (CHOICES,)),
    ],
)
def test_between_two_sides_every_interval_is_that_of_counting(
    seed: int, texts: tuple[Text, ...]
) -> None:
    """Over whole issues, after a word or none, each end is that of all members for which each text
    would have been the same."""
    dispute = drawn(seed)
    assert_exact(dispute, read_in(dispute, GRID, texts, word=seed % 2 == 1))


@pytest.mark.parametrize("seed", [0, 3])
def test_so_it_is_where_two_sides_divide_something(seed: int) -> None:
    """The same holds where they share something beside a choice."""
    chance, parties = Random(seed), (Party("ann"), Party("ben"))
    issues = Share("s"), Choice("date", tuple(Option(f"o{k}") for k in range(3)))
    nothing = {p.id: Preference(p.id, FrozenMap(), walk_away=F(0)) for p in parties}
    bare = Dispute(parties, issues, FrozenMap(nothing), tolerance=F(1, 5))
    own = [chance.choice(list(hidden_preferences(bare, party, GRID))) for party in nothing]
    dispute = with_own(bare, [replace(one, walk_away=F(0)) for one in own])
    shown = settle(dispute).outcome
    assert_exact(dispute, Talks(Budget(hiding=GRID), shown=shown, texts=(SETTLED, CHOICES)))


def test_so_it_is_among_three() -> None:
    """Among three sides it holds of what one sees of two others, and of what two that pool what
    they know see of one."""
    dispute = drawn(3, sides=3)
    assert_exact(dispute, read_in(dispute, COARSE, (SETTLED,)))


def test_when_no_more_texts_are_made_the_bounds_are_those_of_words_and_settlement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With few texts to be made, the more of them, the more is sure; nothing that is left is
    outside the bounds, and these are no wider than where no text was read."""
    dispute = drawn(2)
    talks, surely = read_in(dispute, GRID, (FEW,)), list[int]()
    before = measured(dispute, replace(talks, texts=()), False)
    known = measured(dispute, talks, True)
    for most in (0, 10, 1_000):
        monkeypatch.setattr(metering, "MAX_READ", most)
        found = measured(dispute, talks, False)
        surely.append(sum(len(one.sure) for one in found))
        for one, wider, true in zip(found, before, known, strict=True):
            assert one.texts_counted is (one.sure == one.bounds)
            for answer, span in true.bounds.items():
                bound, sure = one.bounds[answer], one.sure.get(answer, span)
                assert wider.bounds[answer].low <= bound.low <= span.low <= sure.low
                assert sure.high <= span.high <= bound.high <= wider.bounds[answer].high
    assert surely[0] == 0 < surely[-1]
    assert surely == sorted(surely)


def test_where_nothing_declared_would_have_read_the_same_a_finer_grid_is_taken() -> None:
    """Where something declared fits the settlement, but nothing would have read the same, that is
    proved, and the intervals are those of all members of the first finer grid that would have."""
    dispute = drawn(4)
    odd = Hiding(F(99), F(33), F(33))
    own = Random(4).choice(list(hidden_preferences(dispute, "ben", odd)))
    dispute = with_own(dispute, [replace(own, walk_away=F(0))])
    talks = read_in(dispute, GRID, (CHOICES,))
    ben = next(e for e in measured(dispute, talks, False) if e.party == "ben")
    shown = next(e for e in measured(dispute, replace(talks, texts=()), True) if e.party == "ben")
    assert shown.left
    assert ben.left == 0
    finer = replace(GRID, step=GRID.step / FINER[0], walk_away_step=GRID.walk_away_step / FINER[0])
    assert ben.finer == finer
    assert left_of(dispute, ben, talks, GRID) == []
    assert ben.texts_counted
    assert ben.bounds == ben.sure == spans(dispute, left_of(dispute, ben, talks, finer))


def test_what_is_told_is_the_same_whichever_member_that_reads_alike_is_the_truth() -> None:
    """Were Ben another of the members with which Ann would have read the same, the search tells
    the same of him."""
    dispute = drawn(0)
    talks = read_in(dispute, GRID, (FEW, SETTLED))
    ben = next(e for e in measured(dispute, talks, False) if e.party == "ben")
    left = left_of(dispute, ben, talks, GRID)
    assert len(left) > 1
    for own in left[1:3]:
        again = measured(with_own(dispute, [own]), talks, False)
        assert next(e for e in again if e.party == "ben") == ben
