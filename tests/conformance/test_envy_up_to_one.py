"""Envy-free up to one item, against the definitions, written a second time, and theorems."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.model import Amount, Choice, Dispute, FrozenMap, Item, Share, Value
from hikiwake.properties import PROPERTIES, Verdict
from tests.conformance.builders import items
from tests.conformance.definitions import decisions, points
from tests.strategies import disputes, share_disputes

checked = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
WORTH = st.lists(st.lists(st.integers(-6, 9), min_size=3, max_size=3), min_size=1, max_size=6)
OWNERS = st.lists(st.integers(0, 2), min_size=6, max_size=6)


def verdict_of(dispute: Dispute, outcome: dict[str, Any]) -> Verdict:
    return PROPERTIES["envy_free_up_to_one"](dispute, FrozenMap[str, Value](outcome))


def exchanged(dispute: Dispute, outcome: dict[str, Any], one: str, two: str) -> dict[str, Any]:
    """Return the package in which two parties exchange all they got."""
    after = dict(outcome)
    for issue in dispute.issues:
        got = outcome[issue.id]
        if isinstance(issue, Share):
            after[issue.id] = {**got, one: got[two], two: got[one]}
        elif isinstance(issue, Item) and got in (one, two):
            after[issue.id] = two if got == one else one
    return after


def least_envy(dispute: Dispute, outcome: dict[str, Any], one: str, two: str) -> Fraction:
    """Return the envy that is left when the best item, or none, is left out of both packages."""
    after = exchanged(dispute, outcome, one, two)
    held = [i.id for i in dispute.issues if isinstance(i, Item) and outcome[i.id] in (one, two)]
    found: list[Fraction] = []
    for gone in [(), *((item,) for item in held)]:
        now, then = (
            points(dispute, one, {k: v for k, v in package.items() if k not in gone})
            for package in (outcome, after)
        )
        found.append(then - now)
    return min(found)


def agrees(dispute: Dispute, outcome: dict[str, Any]) -> None:
    """Compare the property with the definition above, witness included."""
    verdict = verdict_of(dispute, outcome)
    if not any(isinstance(issue, Item) for issue in dispute.issues):
        assert (verdict.holds, verdict.why) == (None, "nothing_whole")
        return
    left = {
        pair: envy
        for pair in permutations(dispute.party_ids, 2)
        if (envy := least_envy(dispute, outcome, *pair)) > 0
    }
    assert verdict.holds is not bool(left)
    if left:
        witness = verdict.witness
        assert witness is not None
        assert witness.outcome is not None
        assert witness.party is not None
        assert witness.other is not None
        shown = left[witness.party, witness.other]
        after = exchanged(dispute, outcome, witness.party, witness.other)
        gone = set(after) - set(witness.outcome)
        assert len(gone) <= 1
        assert dict(witness.outcome) == {k: v for k, v in after.items() if k not in gone}
        kept = {k: v for k, v in outcome.items() if k not in gone}
        rest = points(dispute, witness.party, witness.outcome) - points(
            dispute, witness.party, kept
        )
        assert witness.amount == rest == shown
    if PROPERTIES["envy_free"](dispute, FrozenMap[str, Value](outcome)).holds:
        assert verdict.holds is True


@checked
@given(dispute=disputes(packages=48), data=st.data())
def test_it_is_what_the_definition_says(dispute: Dispute, data: st.DataObject) -> None:
    """Choices, items, bonuses, negative points, others: envy left without any one item."""
    outcome = {
        issue.id: data.draw(st.sampled_from(decisions(dispute, issue)))
        for issue in dispute.issues
        if isinstance(issue, Choice | Item | Amount)
    }
    agrees(dispute, outcome)


@checked
@given(dispute=share_disputes(), data=st.data())
def test_shares_are_exchanged_and_never_left_out(dispute: Dispute, data: st.DataObject) -> None:
    """Beside shares, only a whole item can be left out."""
    outcome: dict[str, Any] = {}
    for issue in dispute.issues:
        if isinstance(issue, Share):
            part = Fraction(data.draw(st.integers(0, 4)), 4)
            one, two = dispute.party_ids
            outcome[issue.id] = FrozenMap({one: part, two: 1 - part})
        else:
            assert isinstance(issue, Choice | Item | Amount)
            outcome[issue.id] = data.draw(st.sampled_from(decisions(dispute, issue)))
    agrees(dispute, outcome)


@checked
@given(worth=WORTH, owners=OWNERS)
def test_of_goods_and_chores_it_is_the_definition_of_the_literature(
    worth: list[list[int]], owners: list[int]
) -> None:
    """Aziz et al.: with an item taken from either bundle, one's own is worth no less."""
    dispute = items(worth)
    names = dispute.party_ids
    has = [{g for g, owner in enumerate(owners[: len(worth)]) if owner == i} for i in range(3)]

    def value(i: int, bundle: set[int]) -> int:
        return sum(worth[g][i] for g in bundle)

    holds = all(
        value(i, has[i]) >= value(i, has[j])
        or any(value(i, has[i] - {g}) >= value(i, has[j] - {g}) for g in has[i] | has[j])
        for i, j in permutations(range(3), 2)
    )
    outcome = {f"i{g}": names[owners[g]] for g in range(len(worth))}
    assert verdict_of(dispute, outcome).holds is holds


@checked
@given(worth=WORTH, bad=st.booleans())
def test_taking_turns_ends_without_envy_beyond_one_item(worth: list[list[int]], bad: bool) -> None:
    """Whoever is next takes what it likes best: no envy beyond one item, of goods or of chores."""
    sign = -1 if bad else 1
    dispute = items([[sign * abs(points) for points in item] for item in worth])
    left, outcome = list(range(len(worth))), dict[str, Any]()
    for turn in range(len(worth)):
        i = turn % 3
        best = max(left, key=lambda g, i=i: sign * abs(worth[g][i]))
        left.remove(best)
        outcome[f"i{best}"] = dispute.party_ids[i]
    assert verdict_of(dispute, outcome).holds is True


@checked
@given(worth=WORTH)
def test_the_largest_product_has_no_envy_beyond_one_item(worth: list[list[int]]) -> None:
    """Caragiannis et al. 2019: of goods alone, Nash's package is envy-free up to one item."""
    dispute = items([[max(points, 0) for points in item] for item in worth])
    settlement = api.settle(dispute, "nash")
    assume(settlement.outcome is not None)
    verdict = api.properties_of(dispute, settlement)["envy_free_up_to_one"]
    assert verdict.holds is True
