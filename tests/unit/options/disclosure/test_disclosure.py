"""Coarse words within a budget, and what they disclose: by hand, by listing, by a prober."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from hikiwake.api import adjust, talk
from hikiwake.errors import Unsupported
from hikiwake.explain import tell_look, tell_own_look
from hikiwake.findings.talks import Budget, Hiding, Interval, Room, Talks, Word
from hikiwake.formats.results.adjusted import disclosure_json
from hikiwake.model import (
    WALK_AWAY,
    Amount,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Item,
    Linear,
    OneOf,
    Option,
    Outcome,
    Party,
    Preference,
    Rule,
    Share,
    Table,
)
from hikiwake.model.preference import Points
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.hidden.grid import hidden_preferences, size_of
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.sought import ends
from hikiwake.options.disclosure.told.worlds import Worlds
from hikiwake.options.disclosure.words import Talking
from tests.support.disclosed import all_packages

F = Fraction
GRID = Hiding(F(100), F(50), F(25))
FINER = Hiding(F(100), F(20), F(20))
ISSUES = (
    Item("house"),
    Item("boat"),
    Choice("month", (Option("june"), Option("july"))),
)


def table(**points: int) -> Table:
    return Table(FrozenMap({value: F(p) for value, p in points.items()}))


def heirs(walk_away: int = 25) -> Dispute:
    """Return a dispute over three issues of two values each, both sides' points on the grid."""
    ann = {
        "house": table(ann=50, ben=0),
        "boat": table(ann=0, ben=0),
        "month": table(june=50, july=0),
    }
    ben = {
        "house": table(ann=0, ben=50),
        "boat": table(ann=0, ben=50),
        "month": table(june=0, july=0),
    }
    return Dispute(
        (Party("ann"), Party("ben")),
        ISSUES,
        FrozenMap(
            {
                "ann": Preference("ann", FrozenMap(ann), walk_away=F(25)),
                "ben": Preference("ben", FrozenMap(ben), walk_away=F(walk_away)),
            }
        ),
    )


def rents(least: int = 40) -> Dispute:
    """Return a dispute over a rent from 0 to 20 in steps of 1, and one choice: 42 packages."""
    rent = Amount("rent", F(0), F(20), F(1))
    falling, rising = ((F(0), F(60)), (F(20), F(0))), ((F(0), F(0)), (F(20), F(80)))
    ann = {"rent": Curve(falling), "month": table(june=40, july=0)}
    ben = {"rent": Curve(rising), "month": table(june=0, july=20)}
    return Dispute(
        (Party("ann"), Party("ben")),
        (rent, ISSUES[2]),
        FrozenMap(
            {
                "ann": Preference("ann", FrozenMap(ann), walk_away=F(20)),
                "ben": Preference("ben", FrozenMap(ben), walk_away=F(least)),
            }
        ),
    )


def begun(dispute: Dispute, **budget: int | Fraction | Hiding) -> tuple[Adjusting, Talking]:
    adjusting = adjust(dispute)
    settled = replace(Budget(hiding=GRID), **budget)
    return adjusting, talk(adjusting, Talks(settled))


def both(talking: Talking, outcome: Outcome) -> Talking:
    return talking.put_forward("ann", outcome).put_forward("ben", outcome)


def test_one_side_alone_is_told_nothing() -> None:
    """However many packages one side puts forward, no word is told until the other has as well."""
    dispute = heirs()
    _, talking = begun(dispute, keep=F(0), words=1)
    for outcome in all_packages(dispute):
        talking = talking.put_forward("ann", outcome)
    assert talking.talks.told == ()
    talking = talking.put_forward("ben", all_packages(dispute)[1])
    assert [told.outcome for told in talking.talks.told] == [all_packages(dispute)[1]]


def test_a_round_has_so_many_words_and_there_are_so_many_rounds() -> None:
    """After two words the third is refused; the next round has two more; there is no third."""
    dispute = heirs()
    _, talking = begun(dispute, keep=F(0), words=2, rounds=2)
    several = all_packages(dispute)
    talking = both(both(talking, several[0]), several[1])
    with pytest.raises(Unsupported, match="all 2 words of this round told"):
        both(talking, several[2])
    assert both(talking, several[0]).talks.told == talking.talks.told
    talking = both(talking.next_round(), several[2])
    assert talking.talks.words_left == 1
    with pytest.raises(Unsupported, match="the last of 2 rounds"):
        talking.next_round()


def test_a_word_is_what_the_look_says() -> None:
    """Not possible, possible but not even, and even: each as the mediator's look has it."""
    dispute = heirs()
    adjusting = adjust(dispute)
    words = Counter(adjusting.word(outcome) for outcome in all_packages(dispute))
    assert set(words) == set(Word)
    for outcome in all_packages(dispute):
        look = adjusting.look(outcome)
        assert (adjusting.word(outcome) is Word.NOT_POSSIBLE) == (not look.possible)
        apart = look.package.imbalance
        even = look.possible and apart is not None and apart <= dispute.tolerance
        assert (adjusting.word(outcome) is Word.EVEN) == even


def test_the_grid_has_as_many_members_as_it_says() -> None:
    """The count in closed form is the number of members, all different, bests summing to 100."""
    for dispute, grid in ((heirs(), GRID), (rents(), FINER)):
        members = list(hidden_preferences(dispute, "ben", grid))
        assert len(members) == len(set(members)) == size_of(dispute, grid)
        assert dispute.preferences["ben"] in members
        for member in members:
            bests = [
                max(p.points.values()) if isinstance(p, Table) else max(y for _, y in p.corners)
                for p in member.points.values()
                if isinstance(p, Table | Curve)
            ]
            assert sum(bests) == 100
    shared = replace(heirs(), issues=(*ISSUES, Share("money")))
    assert size_of(shared, GRID) == len(list(hidden_preferences(shared, "ben", GRID)))


def test_what_is_left_is_what_would_have_been_told_the_same() -> None:
    """After two words, exactly those members are left whose dispute gives the same two words."""
    dispute = heirs()
    _, talking = begun(dispute, keep=F(0))
    for outcome in all_packages(dispute)[1:3]:
        talking = both(talking, outcome)
    exposure = next(e for e in talking.exposures() if e.party == "ben")
    left = []
    for member in hidden_preferences(dispute, "ben", GRID):
        preferences = FrozenMap({**dispute.preferences, "ben": member})
        would_be = adjust(replace(dispute, preferences=preferences))
        if all(would_be.word(told.outcome) is told.word for told in talking.talks.told):
            left.append(member.walk_away)
    assert exposure.left == len(left) > 0
    assert (exposure.walk_away.low, exposure.walk_away.high) == (min(left), max(left))
    assert exposure.cells == 9


def test_a_finer_grid_than_can_be_counted_holds_the_truth() -> None:
    """Beyond what can be counted the bounds hold Ben's 50 and all of the coarser grid's interval;
    a fiftieth is kept for 82 of 100 possibilities over two words, so the third is refused."""
    dispute = heirs(50)
    adjusting, talking = begun(dispute, keep=F(0), words=20)
    for outcome in all_packages(dispute):
        talking = both(talking, outcome)
    exact = next(e for e in talking.exposures() if e.party == "ben")
    fine = replace(GRID, step=F(10), walk_away_step=F(5))
    beyond = Disclosure(adjusting, fine)
    assert not beyond.counted
    found = next(e for e in beyond.exposures(talking.talks) if e.party == "ben")
    assert (found.left, found.before) == (None, None)
    for answer, span in exact.bounds.items():
        assert found.bounds[answer].low <= span.low <= span.high <= found.bounds[answer].high
    assert {beyond.least_left(talking.talks, outcome) for outcome in all_packages(dispute)} == {0}
    first, second, third = all_packages(dispute)[1:4]
    talking = both(both(begun(dispute, hiding=fine)[1], first), second)
    assert (talking.room(second).risk, talking.room(third).risk) == (F(9, 50), F(27, 50))
    with pytest.raises(Unsupported, match="too little of a side's points hidden"):
        both(talking, third)
    shown = talking.show_settlement(first)
    assert shown.room(third).refused


def test_a_word_that_public_rules_give_away_costs_nothing() -> None:
    """Beyond what can be counted a package that a rule does not allow adds nothing to what could
    be told apart; and whatever a side really wants, the same packages are refused."""
    never = Rule(Condition(FrozenMap({"house": OneOf(frozenset({"ben"}))})))
    dispute = replace(heirs(), rules=(never,))
    fine = replace(GRID, step=F(10), walk_away_step=F(5))
    found = set[tuple[Fraction | None, ...]]()
    for walk_away in (F(0), F(25), F(60)):
        own = replace(dispute.preferences["ben"], walk_away=walk_away)
        other = replace(dispute, preferences=FrozenMap({**dispute.preferences, "ben": own}))
        _, talking = begun(other, hiding=fine)
        talking = both(talking, all_packages(dispute)[-1])
        found.add(tuple(talking.room(outcome).risk for outcome in all_packages(dispute)))
    (risks,) = found
    assert set(risks) == {F(1, 50), F(3, 50)}


def test_less_than_is_to_be_kept_is_left_for_few() -> None:
    """Where all can be counted, the bound holds for every preference of the side that looks: after
    k words less than a tenth is left for less than 3^k tenths of the other's possibilities."""
    dispute, chance = heirs(), Random(2)
    members = [list(hidden_preferences(dispute, party, GRID)) for party in ("ann", "ben")]
    worlds = Worlds(dispute, members)
    worst = F(0)
    for asked in (1, 1, 2, 2):
        told = np.stack([worlds.words(o) for o in chance.sample(all_packages(dispute), asked)])
        for own in range(len(members[0])):
            cells = Counter(map(tuple, told[:, own].T.tolist()))
            few = sum(count for count in cells.values() if 10 * count < len(members[1]))
            worst = max(worst, F(few, len(members[1])))
            assert few * 10 < 3**asked * len(members[1])
    assert worst > 0


def test_an_interval_by_hand() -> None:
    """Half is possible and even, a quarter is not possible: Ben's walk-away value w is from 28 to
    31.5 in halves."""
    # There is 70 − w to gain for both; Ann gains 20 of it and Ben 50 − w. So w and 30 are no
    # further apart than (70 − w)/20: 26.5 ≤ 0.95 w, and 1.05 w ≤ 33.5.
    money: FrozenMap[str, Points] = FrozenMap({"money": Linear(F(100))})
    dispute = Dispute(
        (Party("ann"), Party("ben")),
        (Share("money"),),
        FrozenMap({p: Preference(p, money, walk_away=F(30)) for p in ("ann", "ben")}),
    )
    adjusting = adjust(dispute)
    fine = replace(GRID, step=F(1), walk_away_step=F(1, 2))
    talking = talk(adjusting, Talks(replace(Budget(), hiding=fine, keep=F(0))))
    for part in (F(1, 2), F(1, 4)):
        outcome: Outcome = FrozenMap({"money": FrozenMap({"ann": 1 - part, "ben": part})})
        talking = both(talking, outcome)
    words = [told.word for told in talking.talks.told]
    assert words == [Word.EVEN, Word.NOT_POSSIBLE]
    found = ends(dispute, ("ben", ("ann",)), talking.talks, fine)
    assert found is not None
    assert found.bound[WALK_AWAY] == found.sure[WALK_AWAY] == Interval(F(28), F(63, 2))


@pytest.mark.parametrize("hidden", ["ann", "ben"])
def test_a_refusal_says_nothing_that_the_words_did_not(hidden: str) -> None:
    """Whichever side's hidden preference is another that fits the words so far, the least that a
    word could leave is the same for every package: no side learns of another from a refusal."""
    dispute = heirs()
    _, talking = begun(dispute, keep=F(1, 20))
    talking = both(talking, all_packages(dispute)[1])
    told = talking.talks.told[0]
    expected = [talking.least_left(outcome) for outcome in all_packages(dispute)]
    fitting = []
    for member in hidden_preferences(dispute, hidden, GRID):
        preferences = FrozenMap({**dispute.preferences, hidden: member})
        would_be = adjust(replace(dispute, preferences=preferences))
        if would_be.word(told.outcome) is told.word:
            fitting.append(would_be)
    known = next(e for e in talking.exposures() if e.party == hidden)
    assert len(fitting) == known.left
    for would_be in fitting[:: max(1, len(fitting) // 5)]:
        meter = Disclosure(would_be, GRID)
        assert [meter.least_left(talking.talks, o) for o in all_packages(dispute)] == expected
    assert min(expected) < max(expected)


def test_after_the_settled_package_was_shown_no_word_is_told() -> None:
    """The settlement says more than any word: with it shown, every word is refused, and so is one
    where nothing declared fits what was told."""
    dispute = heirs()
    _, talking = begun(dispute, keep=F(1, 50))
    shown = talking.show_settlement(all_packages(dispute)[1])
    assert {shown.least_left(outcome) for outcome in all_packages(dispute)} == {0}
    with pytest.raises(Unsupported, match="too little of a side's points hidden"):
        both(shown, all_packages(dispute)[2])


def test_which_points_are_known_best_is_told_to_the_mediator_alone() -> None:
    """With every word told, what Ben's points can still be stands in the mediator's table and
    JSON, number by number; a side reads none of it."""
    dispute = rents()
    adjusting, talking = begun(dispute, keep=F(0), words=1_000, hiding=FINER)
    for outcome in all_packages(dispute):
        talking = both(talking, outcome)
    exposures, look = talking.exposures(), adjusting.look(all_packages(dispute)[0])
    repairs = adjusting.repairs(all_packages(dispute)[0])
    shown = tell_look(
        dispute, look, repairs, (talking.talks, exposures, Room(F(0), None, F(0))), "en"
    )
    table = shown.sections[-1].table
    assert table is not None
    assert table.columns[:3] == ("Side", "As seen by", "Its points for")
    assert ("ben", "ann", "rent – 20", "80", "80", "yes") in table.rows
    data = disclosure_json(exposures, Room(F(0), None, F(0)))["exposures"]
    ben = next(one for one in data if one["party"] == "ben")
    assert {"issue": "rent", "place": 2, "from": "80", "to": "80", "sure": ["80", "80"]} in ben[
        "points"
    ]
    own = tell_own_look(dispute, adjusting.own_look("ann", all_packages(dispute)[0]), talking.talks)
    assert "As seen by" not in own.text()


def probe(talking: Talking, dispute: Dispute) -> Talking:
    """Put forward, with a partner who agrees to everything, whatever tells most; until refused.

    The prober knows the grid. Each time it takes the package whose worst word leaves the least.
    """
    untold = all_packages(dispute)
    while untold:
        known = talking
        untold.sort(key=lambda o: max(known.spread("ben", o).values()))
        for outcome in list(untold):
            untold.remove(outcome)
            try:
                talking = both(talking, outcome)
            except Unsupported:
                continue
            break
        else:
            return talking
    return talking


def test_an_adaptive_prober_is_stopped_by_the_budget() -> None:
    """Without a budget dozens of probes find Ben's points; with it, a twentieth is left."""
    dispute = rents()
    _, free = begun(dispute, keep=F(0), words=1_000, hiding=FINER)
    all_told = probe(free, dispute)
    laid_open = next(e for e in all_told.exposures() if e.party == "ben")
    assert len(all_told.talks.told) == len(all_packages(dispute)) == 42
    assert laid_open.left is not None
    assert laid_open.before is not None
    assert 1 <= laid_open.left <= 3
    assert laid_open.walk_away.low == laid_open.walk_away.high == 40
    _, kept = begun(dispute, keep=F(1, 20), words=1_000, hiding=FINER)
    stopped = next(e for e in probe(kept, dispute).exposures() if e.party == "ben")
    assert stopped.left is not None
    assert stopped.before is not None
    assert F(stopped.left, stopped.before) >= F(1, 20) > F(laid_open.left, laid_open.before)
    for answer, span in laid_open.bounds.items():
        wider = stopped.bounds[answer]
        true = dispute.preferences["ben"].answers()[answer]
        assert wider.low <= span.low <= true <= span.high <= wider.high
    _, few = begun(dispute, keep=F(0), words=2, hiding=FINER)
    assert len(probe(few, dispute).talks.told) == 2
