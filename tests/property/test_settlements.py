"""Every settlement has the properties that its rule promises; the properties are what they say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.model import Choice, Dispute, FrozenMap, Linear, Table, Value
from hikiwake.properties import PROPERTIES
from hikiwake.settlement import Status
from tests.conformance.builders import division, items
from tests.conformance.oracle import RULES, Enumeration
from tests.strategies import disputes, divisions, gap_disputes, share_disputes

ANY = st.one_of(disputes(packages=48), share_disputes(), gap_disputes())

checked = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.parametrize("rule", RULES)
@checked
@given(dispute=ANY)
def test_a_settlement_has_its_properties(rule: str, dispute: Dispute) -> None:
    """Whatever the rule, a settled package is optimal and leaves nobody below its walk-away."""
    settlement = api.settle(dispute, rule)
    verdicts = api.properties_of(dispute, settlement)
    if settlement.package is None:
        assert settlement.status is Status.NO_AGREEMENT
        assert verdicts == {}
        return
    assert verdicts["pareto_optimal"].holds is True
    assert verdicts["individually_rational"].holds is True
    imbalance = settlement.imbalance
    even = None if imbalance is None else imbalance <= dispute.tolerance
    assert verdicts["equitable"].holds is even
    if settlement.status is Status.DRAW:
        assert even is True
    assert settlement.gains is not None
    assert all(g is None or 0 <= g <= 1 for g in settlement.gains.values())
    assert dispute.allows(settlement.package.outcome)


@checked
@given(dispute=divisions())
def test_adjusted_winner_is_fair_in_every_sense(dispute: Dispute) -> None:
    """Adjusted Winner is optimal, equal in parts of the totals, envy-free and proportional."""
    settlement = api.settle(dispute, "adjusted_winner")
    verdicts = api.properties_of(dispute, settlement)
    holds = {name: verdict.holds for name, verdict in verdicts.items()}
    assert holds.pop("envy_free_up_to_one") is None
    assert holds == dict.fromkeys(set(PROPERTIES) - {"envy_free_up_to_one"}, True)
    assert settlement.imbalance == 0
    assert settlement.outcome is not None
    divided = {
        issue
        for issue, parts in settlement.outcome.items()
        if isinstance(parts, FrozenMap) and 0 not in parts.values()
    }
    matters = {
        issue
        for preference in dispute.preferences.values()
        for issue, points in preference.points.items()
        if isinstance(points, Linear) and points.whole
    }
    assert len(divided & matters) <= 1


@checked
@given(dispute=disputes(packages=48), data=st.data())
def test_properties_hold_or_have_a_witness(dispute: Dispute, data: st.DataObject) -> None:
    """For any package that is kept, each property is what its definition says, with a witness."""
    judge = Enumeration(dispute)
    assume(judge.ideal is not None)
    place = data.draw(st.sampled_from(judge.kept))
    outcome, vector = FrozenMap[str, Value](judge.all[place]), judge.utilities[place]
    optimal = PROPERTIES["pareto_optimal"](dispute, outcome)
    assert optimal.holds is judge.is_optimal(vector)
    if not optimal.holds:
        assert optimal.witness is not None
        assert optimal.witness.outcome is not None
        better = judge.worth(optimal.witness.outcome)
        assert judge.is_kept(optimal.witness.outcome)
        assert better != vector
        assert all(a >= b for a, b in zip(better, vector, strict=True))
    imbalance = judge.imbalance(vector)
    equitable = PROPERTIES["equitable"](dispute, outcome)
    assert equitable.holds is (None if imbalance is None else judge.is_even(vector))
    if equitable.holds is False:
        assert equitable.witness is not None
        assert equitable.witness.amount == imbalance


@checked
@given(dispute=disputes(packages=48), data=st.data())
def test_who_would_walk_away_is_named(dispute: Dispute, data: st.DataObject) -> None:
    """Individual rationality fails exactly where somebody has less than its walk-away."""
    judge = Enumeration(dispute)
    place = data.draw(st.integers(0, len(judge.all) - 1))
    verdict = PROPERTIES["individually_rational"](dispute, FrozenMap[str, Value](judge.all[place]))
    short = {
        party: keeps - has
        for party, has, keeps in zip(judge.parties, judge.utilities[place], judge.walk, strict=True)
        if has < keeps
    }
    assert verdict.holds is not bool(short)
    if short:
        assert verdict.witness is not None
        assert verdict.witness.party is not None
        assert verdict.witness.amount == short[verdict.witness.party]


@checked
@given(
    points=st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=4),
    owners=st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
def test_envy_and_parts_of_whole_items(points: list[list[int]], owners: list[int]) -> None:
    """With whole items one envies whoever has more by one's own points; a third is proportional."""
    dispute = items(points)
    names = dispute.party_ids
    outcome = FrozenMap[str, Value](
        {f"i{place}": names[owners[place]] for place in range(len(points))}
    )
    has = [
        [
            sum(of[i] for of, owner in zip(points, owners, strict=False) if owner == j)
            for j in range(3)
        ]
        for i in range(3)
    ]
    envy_free = all(has[i][i] >= has[i][j] for i in range(3) for j in range(3))
    proportional = all(3 * has[i][i] >= sum(of[i] for of in points) for i in range(3))
    for name, holds in (("envy_free", envy_free), ("proportional", proportional)):
        verdict = PROPERTIES[name](dispute, outcome)
        assert verdict.holds is holds
        assert (verdict.witness is None) is holds


@checked
@given(
    points=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=3),
    parts=st.lists(st.sampled_from([Fraction(n, 4) for n in range(5)]), min_size=3, max_size=3),
)
def test_with_two_parties_envy_free_is_proportional(
    points: list[tuple[int, int]], parts: list[Fraction]
) -> None:
    """Where two divide everything, having no envy and having half are the same."""
    dispute = division(points)
    outcome = FrozenMap[str, Value](
        {
            f"s{place}": FrozenMap({"ann": part, "ben": 1 - part})
            for place, (_, part) in enumerate(zip(points, parts, strict=False))
        }
    )
    halves = [
        sum(of[i] * (part if i == 0 else 1 - part) for of, part in zip(points, parts, strict=False))
        * 2
        >= sum(of[i] for of in points)
        for i in range(2)
    ]
    for name in ("envy_free", "proportional"):
        assert PROPERTIES[name](dispute, outcome).holds is all(halves)


@checked
@given(dispute=disputes(packages=48))
def test_where_nothing_is_divided_nobody_envies(dispute: Dispute) -> None:
    """Without items and shares, envy and proportion mean nothing, and that is what is said."""
    choices = [issue for issue in dispute.issues if isinstance(issue, Choice)]
    assume(len(choices) == len(dispute.issues))
    outcome = FrozenMap[str, Value]({issue.id: issue.options[0].id for issue in choices})
    for name in ("envy_free", "proportional"):
        verdict = PROPERTIES[name](dispute, outcome)
        assert (verdict.holds, verdict.why) == (None, "nothing_divided")


def test_the_tables_of_items_may_name_every_owner() -> None:
    """Who cares who else has an item envies by what an exchange would bring."""
    dispute = items([(1, 1)])
    assert isinstance(dispute.preferences["ann"].points["i0"], Table)
    assert PROPERTIES["envy_free"](dispute, FrozenMap[str, Value]({"i0": "ben"})).holds is False
