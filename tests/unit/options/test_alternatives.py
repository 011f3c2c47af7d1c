"""Alternatives: hand-worked packages, and a referee that lists every package and every choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.errors import InputError
from hikiwake.explain import tell_alternatives
from hikiwake.findings.offers import Alternatives, Difference
from hikiwake.model import (
    Dispute,
    FrozenMap,
    Outcome,
    Preference,
    Share,
)
from hikiwake.options import apart as distances
from hikiwake.options.equal_worth import equal_worth
from hikiwake.properties import PROPERTIES
from hikiwake.settlement import Status
from tests.conformance.builders import choice, dispute, division, one_of, preference, rule
from tests.property.transforms import parties_renamed
from tests.strategies import NAMES, disputes, share_disputes

F = Fraction
QUICK = limits(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TWO_CHOICES = dispute(
    [choice("car", "hers", "his"), choice("month", "june", "december")],
    preference("ann", {"car": {"hers": 40, "his": 0}, "month": {"june": 0, "december": 60}}),
    preference("ben", {"car": {"hers": 0, "his": 60}, "month": {"june": 40, "december": 0}}),
    tolerance=F(1, 2),
    price=F(1),
)


def letters(found: Alternatives) -> list[Any]:
    return [package.package.outcome["package"] for package in found.packages]


def test_draws_come_before_what_is_none() -> None:
    """Of (.5, .5), (.52, .49), (.6, .4), (1, 0), (0, 1), two are draws; (.6, .4) is next."""
    menu = one_of((50, 50), (52, 49), (60, 40), (100, 0), (0, 100))
    found = api.alternatives(menu, 3)
    assert letters(found) == ["p0", "p1", "p2"]
    assert [package.draw for package in found.packages] == [True, True, False]
    assert [package.short for package in found.packages] == [0, 0, F(3, 20)]
    assert dict(found.packages[2].costs) == {"ann": F(-1, 10), "ben": F(1, 10)}
    assert (found.considered, found.complete, found.exhaustive) == (3, True, True)


def test_ties_are_free_choices_and_stand_first() -> None:
    """(.5, .5) twice beside (.52, .49): the tie comes second and is called one."""
    found = api.alternatives(one_of((50, 50), (52, 49), (50, 50), (100, 0), (0, 100)), 3)
    assert sorted(letters(found)[:2]) == ["p0", "p2"]
    assert [package.tie for package in found.packages] == [True, True, False]
    assert found.ties == 2


def test_what_is_so_far_short_of_a_draw_may_count_as_one() -> None:
    """Within 3/20 the pool is all of the first three packages, not just the two draws."""
    menu = one_of((50, 50), (52, 49), (60, 40), (70, 31), (100, 0), (0, 100))
    assert api.alternatives(menu, 2).considered == 2
    assert api.alternatives(menu, 2, within=F(3, 20)).considered == 3


def test_a_difference_says_what_is_given_up_and_what_comes_instead() -> None:
    """Where the car becomes hers Ann gets 40 points more, and Ben is told that he gives up 60."""
    found = api.alternatives(TWO_CHOICES, 3, within=F(1))
    first, *others = found.packages
    assert dict(first.package.outcome) == {"car": "his", "month": "december"}
    (other,) = (o for o in others if o.package.outcome["car"] == "hers")
    (difference,) = other.differences
    assert difference == Difference("car", "his", "hers", FrozenMap({"ann": F(40), "ben": F(-60)}))
    text = tell_alternatives(TWO_CHOICES, found, "ben").text(10_000)
    assert "Against package A you give up: car – his." in text
    assert "Instead of that: car – hers." in text
    assert "Against package A you get: car – hers." in (
        tell_alternatives(TWO_CHOICES, found, "ann").text(10_000)
    )


def test_who_gains_at_the_best_product_is_no_matter() -> None:
    """Of one thing for three sides whoever gets it gains alone, all there is: product 1 of 1."""
    found = api.alternatives(one_of((100, 0, 0), (0, 100, 0), (0, 0, 100)), 3).equity
    assert found is not None
    assert found.product_ratio == 1


def test_what_evenness_costs_is_told_as_a_ratio() -> None:
    """(.48, .50) is the draw beside (.9, .4) and ends: product .24 of .36, sum 98 of 130."""
    menu = one_of((48, 50), (90, 40), (100, 0), (0, 100), price=F(1, 2))
    found = api.alternatives(menu, 1).equity
    assert found is not None
    assert (found.product_ratio, found.total_ratio) == (F(2, 3), F(98, 130))
    assert api.alternatives(replace(menu, common_scale=False), 1).equity != found
    assert "2/3 (about 67\u00a0%)" in (
        tell_alternatives(menu, api.alternatives(menu, 1), "mediator").text(10_000)
    )


def test_what_is_agreed_is_what_everybody_keeps() -> None:
    """From an agreed (40, 30) only (50, 50) and (52, 49) are better for both; (90, 20) is not."""
    menu = one_of((50, 50), (52, 49), (40, 30), (90, 20), (0, 100))
    found = api.alternatives(menu, 5, agreed=FrozenMap({"package": "p2"}))
    assert sorted(letters(found)) == ["p0", "p1"]
    assert dict(found.walk_away) == {"ann": 40, "ben": 30}
    text = tell_alternatives(menu, found, "joint").text(10_000)
    assert "Each side may refuse, and then it stands." in text


def test_nothing_comes_back_where_nothing_is_better_for_all() -> None:
    """(50, 50) agreed: (50, 60) would help Ben alone, so the answer is that there is nothing."""
    menu = one_of((50, 50), (50, 60), (90, 20), (0, 100))
    found = api.alternatives(menu, 5, agreed=FrozenMap({"package": "p0"}))
    assert (found.packages, found.status) == ((), Status.UNEVEN)
    text = tell_alternatives(menu, found, "ann").text(10_000)
    assert "No package is better for every side than the one that is agreed." in text


def test_without_an_agreement_there_is_nothing_to_choose() -> None:
    """Where nothing is acceptable to everybody no package is offered."""
    found = api.alternatives(one_of((1, 0), (0, 1), walk_away=(1, 1)))
    assert (found.packages, found.status) == ((), Status.NO_AGREEMENT)


@pytest.mark.parametrize("bad", [{"count": 0}, {"count": 21}, {"within": F(2)}])
def test_bounds_are_kept(bad: dict[str, Any]) -> None:
    """No packages, more than 20, or a part above 1 are refused with a fault."""
    with pytest.raises(InputError):
        api.alternatives(one_of((1, 1)), **bad)


def test_not_every_choice_compared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a bound of no choices the same disputes are answered by exchange, and it is said."""
    menu = one_of(*[(100 + n, 130 - n) for n in range(31)])
    surely = api.alternatives(menu, 4, within=F(1))
    monkeypatch.setattr(distances, "MAX_CHOICES", 0)
    found = api.alternatives(menu, 4, within=F(1))
    assert (surely.exhaustive, found.exhaustive) == (True, False)
    assert found.apart <= surely.apart
    assert "Not every way to choose" in tell_alternatives(menu, found, "mediator").text(10_000)


# --- a referee -----------------------------------------------------------------------------


def every(found: Dispute) -> Iterator[Outcome]:
    """Yield every package that nobody would refuse and no other one beats."""
    ways = [found.decisions_of(issue) or () for issue in found.issues]
    parties = found.party_ids
    allowed: dict[Outcome, tuple[Fraction, ...]] = {}
    for values in product(*ways):
        outcome = FrozenMap({i.id: v for i, v in zip(found.issues, values, strict=True)})
        worth = tuple(found.utility(party, outcome) for party in parties)
        floors = (found.walk_away(party) for party in parties)
        if found.allows(outcome) and all(u >= w for u, w in zip(worth, floors, strict=True)):
            allowed[outcome] = worth
    best = {w for w in allowed.values() if not any(_beats(v, w) for v in allowed.values())}
    yield from (outcome for outcome, worth in allowed.items() if worth in best)


def _beats(one: Sequence[Fraction], other: Sequence[Fraction]) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


class Referee:
    """Gains, shortfalls and differences of listed packages, from the definitions."""

    def __init__(self, found: Dispute) -> None:
        self.dispute = found
        self.packages = list(every(found))
        self.zeros = {p: found.walk_away(p) for p in found.party_ids}
        most = {p: max(found.utility(p, o) for o in self.packages) for p in found.party_ids}
        self.ranges = {p: most[p] - self.zeros[p] for p in most if most[p] > self.zeros[p]}
        levels = [sorted(self.gains(o).values()) for o in self.packages]
        self.references = [
            o for o in self.packages if sorted(self.gains(o).values()) == max(levels)
        ]

    def gains(self, outcome: Outcome) -> dict[str, Fraction]:
        return {
            p: (self.dispute.utility(p, outcome) - self.zeros[p]) / whole
            for p, whole in self.ranges.items()
        }

    def short(self, outcome: Outcome) -> Fraction:
        gains = self.gains(outcome)
        cost = min(
            max((g - gains[p] for p, g in self.gains(k).items()), default=F(0))
            for k in self.references
        )
        apart = max(gains.values(), default=F(0)) - min(gains.values(), default=F(0))
        return max(apart - self.dispute.tolerance, cost - self.dispute.price, F(0))

    def apart(self, one: Outcome, other: Outcome) -> Fraction:
        total = F(0)
        for issue in self.dispute.issues:
            if one[issue.id] == other[issue.id]:
                continue
            for party, whole in self.ranges.items():
                own = self.dispute.preferences[party]
                table: Any = own.points.get(issue.id)
                worths = list(table.points.values()) if table else [F(0)]
                stake = max(worths) - min(worths)
                stake += sum(abs(b.points) for b in own.bonuses if issue.id in b.when.tests)
                total += stake / whole / len(self.ranges)
        return total

    def key(self, some: Iterable[Outcome]) -> tuple[Fraction, Fraction]:
        pairs = [self.apart(a, b) for a, b in combinations(some, 2)]
        return min(pairs, default=F(0)), sum(pairs, start=F(0))


@QUICK
@given(disputes(packages=24), st.integers(1, 4))
def test_no_other_choice_is_more_different(found: Dispute, count: int) -> None:
    """Of whole steps all are taken; of the last one no other choice of as many is better."""
    found = replace(found, groups=())
    told = api.alternatives(found, count)
    if not told.packages:
        assert list(every(found)) == []
        return
    referee = Referee(found)
    first = told.packages[0]
    shown = {package.package.outcome: package for package in told.packages}
    assert len(shown) == min(count, len(referee.packages))
    assert all(o in referee.packages for o in shown)
    assert all(p.short == referee.short(o) for o, p in shown.items())
    grain = found.tolerance or F(1, 20)
    chosen = [first.package.outcome]
    others = [o for o in referee.packages if o != chosen[0]]
    for step in sorted({-(-referee.short(o) // grain) for o in others}):
        own = [o for o in others if -(-referee.short(o) // grain) == step]
        for tie in (True, False):
            stage = [o for o in own if _tied(found, o, chosen[0]) == tie]
            taken = [o for o in stage if o in shown]
            best = max(referee.key([*chosen, *c]) for c in combinations(stage, len(taken)))
            assert referee.key([*chosen, *taken]) == best
            chosen += taken
        if len(chosen) < count:
            assert all(o in chosen for o in own)
    assert referee.key(chosen)[0] == told.apart


def _tied(found: Dispute, one: Outcome, other: Outcome) -> bool:
    return all(found.utility(p, one) == found.utility(p, other) for p in found.party_ids)


@QUICK
@given(st.one_of(disputes(packages=24), share_disputes()))
def test_every_package_is_what_it_is_called(found: Dispute) -> None:
    """Each is Pareto-optimal, keeps every limit, and its differences add up to its worth."""
    told = api.alternatives(found, 4)
    for package in told.packages:
        outcome = package.package.outcome
        assert found.allows(outcome)
        assert PROPERTIES["pareto_optimal"](found, outcome).holds is not False
        for party in found.party_ids:
            effects = sum((d.effects[party] for d in package.differences), start=F(0))
            change = found.utility(party, outcome) - found.utility(
                party, told.packages[0].package.outcome
            )
            assert effects + package.together[party] == change
            assert found.utility(party, outcome) >= found.walk_away(party)


@QUICK
@given(disputes(packages=24), st.permutations(NAMES))
def test_swapped_parties_have_the_mirrored_choice(found: Dispute, order: list[str]) -> None:
    """With names exchanged the choice is as different and as close to draws as before (H13)."""
    parties = sorted(found.party_ids)
    names = dict(zip(parties, [p for p in order if p in parties], strict=True))
    here, there = (api.alternatives(d, 3) for d in (found, parties_renamed(found, names)))
    assert len(here.packages) == len(there.packages)
    if here.ties == there.ties == 1 and here.considered <= 3:
        levels = [
            sorted(sorted(g for g in p.package.gains.values() if g is not None) for p in packages)
            for packages in (here.packages, there.packages)
        ]
        assert levels[0] == levels[1]
    assert sorted(p.short for p in here.packages) == sorted(p.short for p in there.packages)


@QUICK
@given(st.one_of(disputes(packages=24), share_disputes()))
def test_the_order_of_the_sides_in_the_file_changes_no_choice(found: Dispute) -> None:
    """With the sides listed the other way round the same packages and offers are shown (H13)."""
    here, there = (
        api.alternatives(one, 4) for one in (found, replace(found, parties=found.parties[::-1]))
    )
    assert [p.package.outcome for p in here.packages] == [p.package.outcome for p in there.packages]
    for party, offers in here.equal_worth.items():
        assert {o.outcome for o in offers} == {o.outcome for o in there.equal_worth[party]}


# --- offers of equal worth -----------------------------------------------------------------


def test_offers_are_worth_the_same_to_the_one_and_not_to_the_other() -> None:
    """40 on the car and 40 in June, or 60 and 60: Ann may let Ben choose between equals."""
    found = dispute(
        [choice("car", "hers", "his"), choice("month", "june", "december")],
        preference("ann", {"car": {"hers": 50, "his": 0}, "month": {"june": 0, "december": 50}}),
        preference("ben", {"car": {"hers": 0, "his": 70}, "month": {"june": 30, "december": 0}}),
    )
    told = api.alternatives(found, 3)
    assert dict(told.packages[0].package.outcome) == {"car": "his", "month": "december"}
    (offer,) = told.equal_worth["ann"]
    assert dict(offer.outcome) == {"car": "hers", "month": "june"}
    assert dict(offer.utilities) == {"ann": 50, "ben": 30}


def test_a_division_is_balanced_by_another() -> None:
    """Shares of 60/40 and 40/60: what Ann gives of one she takes of the other, point for point."""
    found = division([(60, 40), (40, 60)])
    told = api.alternatives(found, 3)
    assert told.equal_worth["ann"]
    for offer in told.equal_worth["ann"]:
        assert offer.utilities["ann"] == told.packages[0].package.utilities["ann"]
        assert offer.outcome != told.packages[0].package.outcome


@QUICK
@given(st.one_of(disputes(packages=24), share_disputes()))
def test_offers_are_made_of_ones_own_points(found: Dispute) -> None:
    """Nobody else's preference changes an offer, and each keeps the party's worth and limits."""
    told = api.alternatives(found, 4)
    for party in found.party_ids if told.packages else ():
        shown = told.packages[0].package.outcome
        alone = replace(
            found,
            preferences=FrozenMap(
                {p: found.preferences[p] if p == party else Preference(p) for p in found.party_ids}
            ),
        )
        offers = tuple(offer.outcome for offer in told.equal_worth[party])
        assert offers == equal_worth(alone, party, shown, len(told.packages) - 1 or 1)
        own = found.preferences[party]
        stakes = sum(distances.stakes(found, own).values(), start=F(0))
        for outcome in offers:
            assert abs(own.utility(outcome) - own.utility(shown)) <= stakes / 100
            assert not any(line.never.holds(outcome) for line in own.red_lines)
            assert not any(rule.never.holds(outcome) for rule in found.rules)


def test_a_frontier_that_cannot_be_listed_is_asked() -> None:
    """Four sides, a share and a whole issue: packages with one thing decided otherwise come."""
    whole = choice("car", *NAMES[:4])
    mine = [
        preference(party, {"car": {p: 10 * (p == party) for p in NAMES[:4]}, "land": 90})
        for party in NAMES[:4]
    ]
    found = api.alternatives(dispute([whole, Share("land")], *mine), 3)
    assert len(found.packages) == 3
    assert not found.complete


def test_what_is_said_of_packages_left_out_holds() -> None:
    """One that is short of a draw by 4 hundredths is shown for being more different than one that
    is by 3: nothing left out is closer by the tolerance, and that, not more, is said.
    """
    menu = dispute(
        [choice("car", "c0", "c1", "c2", "c3"), choice("month", "june", "july")],
        preference(
            "ann",
            {"car": {"c0": 50, "c1": 45, "c2": 100, "c3": 0}, "month": {"june": 0, "july": 4}},
        ),
        preference(
            "ben",
            {"car": {"c0": 50, "c1": 54, "c2": 0, "c3": 100}, "month": {"june": 0, "july": -4}},
        ),
        rules=(rule(car="c1", month="july"),),
    )
    shown = api.alternatives(menu, 2)
    assert [package.short for package in shown.packages] == [0, F(4, 100)]
    assert {p.short for p in api.alternatives(menu, 3).packages} == {0, F(3, 100), F(4, 100)}
    told = " ".join(tell_alternatives(menu, shown, "joint").text(10_000).split())
    assert "nothing else that was looked at is closer to one by 1/20 (5 %) or more" in told
    assert "nothing else comes closer" not in told
