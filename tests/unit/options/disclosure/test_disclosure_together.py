"""The exact ends of what several sides hide together after words, against the listed worlds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.api import settle
from hikiwake.findings.talks import Budget, Hiding, Interval, Talks, Word
from hikiwake.model import (
    Dispute,
)
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.among_several import several
from hikiwake.options.disclosure.among_several.together import Together
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import GRIDS, all_packages, drawn, members_of, told_about, with_own

F = Fraction


def against_listing(seed: int, sides: int = 3) -> Counter[str]:
    """Compare every interval of a dispute drawn at random with that of all worlds.

    Return what was seen, for each side that looks and each pool.
    """
    chance = Random(seed)
    dispute, grid = drawn(chance, sides), chance.choice(GRIDS)
    every = all_packages(dispute)
    told = told_about(dispute, *chance.sample(every, min(len(every), chance.randint(1, 3))))
    talks, seen = Talks(Budget(keep=F(0), hiding=grid), told=told), Counter[str]()
    meter = Disclosure(Adjusting(dispute), grid)
    if not meter.counted:
        return seen
    seen.update({one.word.name for one in told} | {"rule" for _ in dispute.rules})
    seen.update(type(issue).__name__ for issue in dispute.issues)
    for listed in meter.exposures(talks):
        found = ends(dispute, (listed.party, listed.observers), talks, grid)
        assert (found is None) is (listed.left == 0)
        if found is not None:
            assert found.bound == found.sure == dict(listed.bounds)
            seen["narrowed"] += any(s != Interval(F(0), grid.total) for s in found.bound.values())
    return seen


@pytest.mark.parametrize("seed", range(8))
def test_every_interval_of_three_sides_is_that_of_listing(seed: int) -> None:
    """Of three sides drawn at random, after one to three words, every interval that one side sees,
    and two that pool what they know, is exact and that of all worlds that would be told the same.
    """
    against_listing(seed)


@pytest.mark.slow
def test_intervals_are_exact_with_rules_amounts_and_every_word_and_of_four_sides() -> None:
    """The same of more disputes, of three and of four sides: each word, rules and amounts are
    among them, and intervals narrower than all that was declared."""
    seen = Counter[str]()
    for seed in range(8, 34):
        seen += against_listing(seed, sides=4 if seed % 5 == 0 else 3)
    assert {*(word.name for word in Word), "rule", "Amount", "Choice", "narrowed"} <= set(seen)


@pytest.mark.slow
def test_members_found_by_the_model_alone_reach_every_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where nothing is looked for beside what the model finds: its proofs carry it all."""
    monkeypatch.setattr(several._Search, "_spread", several._Search._hold)
    for seed in range(60, 72):
        against_listing(seed)


def test_words_of_members_looked_at_are_those_of_their_dispute() -> None:
    """For members drawn at random, of one side and of two, with red lines, bonuses and rules, each
    word is that of the dispute as it would be."""
    chance, seen = Random(5), Counter[Word]()
    for hidden in (("ben",), ("ben", "cem"), ("ann", "cem")) * 6:
        dispute, grid = drawn(chance), chance.choice(GRIDS)
        table = Together(dispute, hidden, grid)
        own = [drawn_from(dispute, party, grid, chance) for party in hidden]
        would_be = Adjusting(with_own(dispute, own))
        look = table.look(members_of(table, own))
        for outcome in all_packages(dispute):
            word = table.word(look, outcome)
            assert word is would_be.word(outcome)
            seen[word] += 1
    assert set(seen) == set(Word)


def even_word(seed: int) -> tuple[Dispute, Talks, Hiding]:
    """Return a dispute of three and the word about its settled package, on a small grid."""
    dispute, grid = drawn(Random(seed), issues=2), GRIDS[0]
    outcome = settle(dispute).outcome
    assert outcome is not None
    return dispute, Talks(Budget(hiding=grid), told=told_about(dispute, outcome)), grid


def test_what_a_side_sees_rests_on_its_own_points_and_what_was_told() -> None:
    """Whatever others that would have been told the same want, Ann sees the same intervals."""
    dispute, talks, grid = even_word(18)
    found = ends(dispute, ("ben", ("ann",)), talks, grid)
    table = Together(dispute, ("ben", "cem"), grid)
    others = [list(hidden_preferences(dispute, party, grid)) for party in ("ben", "cem")]
    chance, looked = Random(1), 0
    while looked < 10:
        own = [chance.choice(some) for some in others]
        if table.fits(members_of(table, own), talks):
            looked += 1
            assert ends(with_own(dispute, own), ("ben", ("ann",)), talks, grid) == found


def test_the_order_of_the_sides_changes_no_interval() -> None:
    """With the sides in every other order each is seen by each just as before."""
    dispute, talks, grid = even_word(17)
    turned = replace(dispute, parties=(*dispute.parties[1:], dispute.parties[0]))
    swapped = replace(dispute, parties=dispute.parties[::-1])
    for listed in Disclosure(Adjusting(dispute), grid).exposures(talks):
        sides = listed.party, listed.observers
        found = ends(dispute, sides, talks, grid)
        assert found is not None
        assert all(ends(other, sides, talks, grid) == found for other in (turned, swapped))


def test_where_questions_run_out_an_end_is_told_as_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """With only a few questions, what is sure lies in the listed interval, and that in the bound;
    some end stays open."""
    monkeypatch.setattr(several, "MAX_ASKED", 3)
    monkeypatch.setattr(several._Search, "_spread", several._Search._hold)
    several.ends_of_several.cache_clear()
    opened = 0
    for seed in (4, 7):
        dispute, talks, grid = even_word(seed)
        for listed in Disclosure(Adjusting(dispute), grid).exposures(talks):
            found = ends(dispute, (listed.party, listed.observers), talks, grid)
            assert isinstance(found, Ends)
            for answer, span in listed.bounds.items():
                bound, sure = found.bound[answer], found.sure.get(answer, span)
                assert bound.low <= span.low <= sure.low <= sure.high <= span.high <= bound.high
                opened += bound != sure
    several.ends_of_several.cache_clear()
    assert opened


def eight_issues(seed: int = 4) -> Dispute:
    """Return a dispute of three sides over eight issues, drawn at random."""
    return drawn(Random(seed), issues=8)


@pytest.mark.slow
def test_of_three_sides_beyond_what_is_counted_every_number_is_known_exactly() -> None:
    """Three sides and eight issues, millions of possibilities a side: after the word about the
    settled package every number of two that hide, and of one before a pool, is exact."""
    dispute = eight_issues()
    outcome = settle(dispute).outcome
    assert outcome is not None
    talks = Talks(Budget(keep=F(0)), told=told_about(dispute, outcome))
    assert not Disclosure(Adjusting(dispute), Hiding()).counted
    for observers in (("ann",), ("ann", "ben")):
        for party in set(dispute.party_ids).difference(observers):
            found = ends(dispute, (party, observers), talks, Hiding())
            assert found is not None
            assert found.bound == found.sure
