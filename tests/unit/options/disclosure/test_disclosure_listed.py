"""What a table of all packages answers, against searching each dispute anew and listing all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.findings.talks import Budget, Hiding, Talks, Word
from hikiwake.model import (
    WALK_AWAY,
    Condition,
    Dispute,
    FrozenMap,
    OneOf,
    Outcome,
    Rule,
)
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two.board import covered
from hikiwake.options.disclosure.between_two.seen import Seen, same_told
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences
from hikiwake.options.disclosure.sought import ends
from hikiwake.options.disclosure.told.asked import settled_for
from hikiwake.options.disclosure.told.listed import Listed, listed
from hikiwake.pareto import Bargain
from tests.support.disclosed import all_packages, told_about, with_member
from tests.unit.options.disclosure.test_disclosure import FINER, GRID, heirs, rents
from tests.unit.options.disclosure.test_disclosure_of_three import COARSE, heirs_of_three
from tests.unit.options.disclosure.test_disclosure_sought import grouped, some

F = Fraction


def ruled() -> Dispute:
    """Return a dispute with a group that is not for trade, and a rule across its border."""
    never = {"house": OneOf(frozenset({"ann"})), "month": OneOf(frozenset({"july"}))}
    return replace(grouped(), rules=(Rule(Condition(FrozenMap(never))),))


CASES = [(heirs(), FINER), (rents(), FINER), (grouped(), FINER), (ruled(), FINER),
         (heirs_of_three(), COARSE), (heirs_of_three(rule=True), COARSE)]  # fmt: skip


def table_of(dispute: Dispute, party: str, grid: Hiding) -> Listed:
    ways = [dispute.decisions_of(issue) or () for issue in dispute.issues]
    found = listed(dispute, party, grid, ways)
    assert found is not None
    return found


@pytest.mark.parametrize(("dispute", "grid"), CASES)
def test_the_table_gives_every_word_that_a_search_gives(dispute: Dispute, grid: Hiding) -> None:
    """For members at random the word about every package is that of the dispute as it would be:
    with amounts, rules, a group not for trade, and three sides."""
    chance, seen = Random(4), Counter[Word]()
    for party in dispute.party_ids[:2]:
        table = table_of(dispute, party, grid)
        for _ in range(12 if len(all_packages(dispute)) < 20 else 3):
            own = drawn_from(dispute, party, grid, chance)
            member = table.shape.member(own)
            assert table.shape.preference(member) == own
            adjusting = Adjusting(with_member(dispute, own))
            for outcome in all_packages(dispute):
                word = table.word(member, outcome)
                assert word is adjusting.word(outcome)
                seen[word] += 1
    assert set(seen) == set(Word)


@pytest.mark.parametrize(("dispute", "grid"), CASES[:4])
def test_the_table_knows_what_is_settled_but_for_ties(dispute: Dispute, grid: Hiding) -> None:
    """Where both sides can gain something, the table says of every member that settles as it was
    seen that it does; and it says so only of packages with gains as good as the settled one's."""
    chance, ann = Random(5), dispute.party_ids[0]
    table, talks = table_of(dispute, dispute.party_ids[1], grid), Talks(Budget())
    members = [drawn_from(dispute, dispute.party_ids[1], grid, chance) for _ in range(25)]
    settled = [settled_for(with_member(dispute, own), ann) for own in members]
    alike = 0
    for own, now in zip(members, settled, strict=True):
        bargain = Adjusting(with_member(dispute, own)).bargain
        if now is None or bargain is None or len(bargain.gains.parties) < 2:
            continue
        best = {o for o in all_packages(dispute) if _as_good(bargain, o, now[0])}
        for shown in filter(None, settled):
            fits = table.far(table.shape.member(own), talks, shown) == 0
            assert fits or shown != now
            assert not fits or shown[0] in best
            alike += fits
    assert alike


def _as_good(bargain: Bargain, outcome: Outcome, settled: Outcome) -> bool:
    """Tell whether a package has the same sorted gains as the one that is settled."""
    one, other = (sorted(bargain.gains.values(bargain.point_of(o))) for o in (outcome, settled))
    return one == other


def test_steps_from_member_to_member_stay_on_the_grid() -> None:
    """However a number is set, and whatever small step follows, it is a member of the grid with
    that number as it was set."""
    chance = Random(6)
    for dispute, grid in CASES:
        shape = table_of(dispute, dispute.party_ids[1], grid).shape
        every = set(hidden_preferences(dispute, dispute.party_ids[1], grid))
        member = shape.member(next(iter(sorted(every, key=repr))))
        numbers = [WALK_AWAY, *(answer for own in shape.answers for answer in own)]
        for _ in range(100):
            answer = chance.choice(numbers)
            highest = shape.highest if answer == WALK_AWAY else shape.total
            member = shape.with_level(member, answer, chance.randint(0, highest), chance)
            level = shape.level(member, answer)
            assert shape.preference(member) in every
            member = shape.near(member, answer, chance)
            assert shape.level(member, answer) == level
            assert shape.preference(member) in every


@pytest.mark.slow
def test_no_interval_is_unsound_and_most_are_exact() -> None:
    """Of talks drawn at random, words and settlements, against listing the whole grid: no bound
    excludes what is possible, and nothing is called sure that is not; after words every interval
    is exact (where there is a group, if one package was possible), and after settlements some."""
    exact, every = Counter[bool](), Counter[bool]()
    for dispute in (heirs(), ruled()):
        for seed in range(6):
            shown = settled_for(dispute, "ann") if seed % 3 == 2 else None
            about = some(dispute, seed, 1 + seed % 2)
            talks = Talks(
                Budget(hiding=GRID),
                told=told_about(dispute, *about),
                shown=None if shown is None else shown[0],
            )
            left = [
                own.answers()
                for own in hidden_preferences(dispute, "ben", GRID)
                if same_told(Adjusting(with_member(dispute, own)), dispute, ("ann",), talks)
            ]
            starts = [drawn_from(dispute, "ben", GRID, Random(seed)) for _ in range(20)]
            found = ends(dispute, ("ben", ("ann",)), talks, GRID, starts)
            if found is None:
                assert not left
                continue
            for answer, bound in found.bound.items():
                numbers = [own[answer] for own in left]
                assert bound.low <= min(numbers, default=bound.low)
                assert bound.high >= max(numbers, default=bound.high)
                if answer in found.sure:
                    sure = found.sure[answer]
                    assert min(numbers) <= sure.low <= sure.high <= max(numbers)
                exact[covered(dispute, talks)] += found.sure.get(answer) == bound
                every[covered(dispute, talks)] += 1
    assert exact[True] == every[True] > 0
    assert exact[False] > 0


def test_members_that_fit_are_found_from_members_that_do_not() -> None:
    """From one member that does not fit what was told, others are found that do: all of them
    really would have been told the same, and they lie apart."""
    dispute = rents()
    talks = Talks(Budget(hiding=FINER), told=told_about(dispute, *some(dispute, 5, 2)))
    seen = Seen(dispute, ("ben", ("ann",)), talks, FINER)
    misfit = next(own for own in hidden_preferences(dispute, "ben", FINER) if not seen.same(own))
    found = seen.widened([misfit])
    for own in found:
        assert same_told(Adjusting(with_member(dispute, own)), dispute, ("ann",), talks)
    assert len({own.walk_away for own in found}) > 1
