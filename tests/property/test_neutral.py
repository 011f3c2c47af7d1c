"""Told differently, a dispute has the same answers: names, order and scales decide nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.model import Dispute
from tests.property.transforms import (
    answers,
    numbers,
    outcome_renamed,
    parties_renamed,
    reordered,
    rescaled,
    untied_choices,
    with_dominated_option,
    with_idle_issue,
)
from tests.strategies import NAMES, disputes, divisions, gap_disputes, item_disputes, share_disputes

ANY = st.one_of(disputes(packages=48), share_disputes(), gap_disputes())
BY_GAINS = ("draw", "kalai_smorodinsky", "nash")
ALL = (*BY_GAINS, "egalitarian", "leximin", "utilitarian")

checked = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
FACTORS = st.sampled_from([Fraction(1, 7), Fraction(3), Fraction(10**20), Fraction(22, 7)])
SHIFTS = st.sampled_from([Fraction(0), Fraction(-5, 3), Fraction(1000), Fraction(10**25)])


def assert_mirrored(dispute: Dispute, rule: str, names: dict[str, str]) -> None:
    """Fail unless the renamed dispute's answers are the renamed answers."""
    here, there = (api.settle(d, rule) for d in (dispute, parties_renamed(dispute, names)))
    found, expected = numbers(there), numbers(here)
    assert {names[p] for p in here.left_out} == set(there.left_out)
    assert {**found, "left out": None} == {**expected, "left out": None}
    ours, theirs = answers(here), answers(there)
    if ours is not None:
        assert theirs == {outcome_renamed(dispute, outcome, names) for outcome in ours}


@pytest.mark.parametrize("rule", BY_GAINS)
@checked
@given(dispute=ANY, order=st.permutations(NAMES))
def test_swapped_parties_have_the_mirror_image(
    rule: str, dispute: Dispute, order: list[str]
) -> None:
    """With the parties' names exchanged the set of answers is the mirror image (H13)."""
    parties = sorted(dispute.party_ids)
    names = dict(zip(parties, [p for p in order if p in parties], strict=True))
    assert_mirrored(dispute, rule, names)


@pytest.mark.parametrize("rule", BY_GAINS)
@checked
@given(dispute=ANY)
def test_renamed_parties_have_the_same_answers(rule: str, dispute: Dispute) -> None:
    """With other names, in another order, the set of answers is the same (H13)."""
    names = {"ann": "Zoë", "ben": "a", "cem": "日本", "dua": "Россия"}
    assert_mirrored(dispute, rule, names)


@checked
@given(dispute=divisions())
def test_adjusted_winner_is_neutral(dispute: Dispute) -> None:
    """Adjusted Winner's answer is the mirror image where the parties are exchanged."""
    assert_mirrored(dispute, "adjusted_winner", {"ann": "ben", "ben": "ann"})


@checked
@given(dispute=divisions())
def test_proportional_is_neutral(dispute: Dispute) -> None:
    """The proportional division is the mirror image where the parties are exchanged."""
    assert_mirrored(dispute, "proportional", {"ann": "ben", "ben": "ann"})


@checked
@given(dispute=item_disputes(), order=st.permutations(NAMES))
def test_picking_is_neutral(dispute: Dispute, order: list[str]) -> None:
    """All that may be picked is the mirror image; which of it is shown first may differ."""
    parties = sorted(dispute.party_ids)
    names = dict(zip(parties, [p for p in order if p in parties], strict=True))
    ours, theirs = (
        answers(api.settle(side, "picking")) for side in (dispute, parties_renamed(dispute, names))
    )
    if ours is not None:
        assert theirs == {outcome_renamed(dispute, outcome, names) for outcome in ours}


@pytest.mark.parametrize("rule", ["egalitarian", "leximin", "utilitarian"])
@checked
@given(dispute=ANY)
def test_raw_rules_are_neutral(rule: str, dispute: Dispute) -> None:
    """With the parties exchanged the rules for a common scale reach what they reached before."""
    names = {"ann": "ben", "ben": "ann", "cem": "dua", "dua": "cem"}
    sides = dispute, parties_renamed(dispute, names)
    settled = [api.settle(side, rule) for side in sides]
    assert (settled[0].package is None) == (settled[1].package is None)
    reached = [
        sorted(
            package.utilities[party] - settlement.walk_away[party]
            for party in settlement.parties
            if party not in settlement.left_out
        )
        for settlement in settled
        if (package := settlement.package) is not None
    ]
    if rule == "utilitarian":
        assert len({sum(levels) for levels in reached}) <= 1
    elif rule == "egalitarian":
        assert len({levels[0] for levels in reached if levels}) <= 1
    else:
        assert len({tuple(levels) for levels in reached}) <= 1


@pytest.mark.parametrize("rule", BY_GAINS)
@checked
@given(dispute=ANY, factor=FACTORS, shift=SHIFTS, place=st.integers(0, 3))
def test_one_partys_scale_changes_nothing(
    rule: str, dispute: Dispute, factor: Fraction, shift: Fraction, place: int
) -> None:
    """One party's points times a factor, plus a shift, give the same packages and gains."""
    party = dispute.party_ids[place % len(dispute.party_ids)]
    here = api.settle(dispute, rule)
    there = api.settle(rescaled(dispute, party, factor, shift), rule)
    assert numbers(there) == numbers(here)
    assert there.gains == here.gains
    assert there.outcome == here.outcome
    assert answers(there) == answers(here)
    assert (there.ties, there.twins) == (here.ties, here.twins)
    assert there.conflicts == here.conflicts


@checked
@given(dispute=divisions(), factor=FACTORS)
def test_adjusted_winner_counts_parts_of_totals(dispute: Dispute, factor: Fraction) -> None:
    """Adjusted Winner's division is the same when one party counts in other points."""
    here = api.settle(dispute, "adjusted_winner")
    there = api.settle(rescaled(dispute, "ben", factor, Fraction(0)), "adjusted_winner")
    assert (there.outcome, there.gains, there.ties) == (here.outcome, here.gains, here.ties)


@pytest.mark.parametrize("rule", [*BY_GAINS, "egalitarian", "leximin"])
@checked
@given(dispute=ANY)
def test_order_changes_nothing(rule: str, dispute: Dispute) -> None:
    """Issues, options and groups in another order give the same settlement."""
    here, there = api.settle(dispute, rule), api.settle(reordered(dispute), rule)
    assert there.outcome == here.outcome
    assert answers(there) == answers(here)
    assert numbers(there) == numbers(here)
    assert (there.ties, there.twins, there.ideals) == (here.ties, here.twins, here.ideals)
    assert set(there.conflicts) == set(here.conflicts)


@pytest.mark.parametrize("rule", BY_GAINS)
@checked
@given(dispute=ANY, options=st.integers(1, 3))
def test_an_issue_that_matters_to_nobody_only_multiplies(
    rule: str, dispute: Dispute, options: int
) -> None:
    """One more issue that matters to nobody multiplies the ties and twins, and changes nothing."""
    here, there = api.settle(dispute, rule), api.settle(with_idle_issue(dispute, options), rule)
    assert there.status == here.status
    assert there.ideals == here.ideals
    assert len(there.conflicts) == len(here.conflicts)
    assert numbers(there)["levels"] == numbers(here)["levels"]
    before, after = (sum_of(one.ties, one.twins) for one in (here, there))
    assert after == ("infinite" if isinstance(before, str) else before * options)


def sum_of(*counts: int | str) -> int | str:
    """Return the sum of counts, one of which may be infinite."""
    return sum(c for c in counts if isinstance(c, int)) if "infinite" not in counts else "infinite"


@pytest.mark.parametrize("rule", ALL)
@checked
@given(dispute=ANY)
def test_a_dominated_option_changes_nothing(rule: str, dispute: Dispute) -> None:
    """An option that is worse for everyone, and that nothing else hangs on, is never missed."""
    free = untied_choices(dispute)
    assume(free)
    here, there = (api.settle(d, rule) for d in (dispute, with_dominated_option(dispute, free[0])))
    assert numbers(there) == numbers(here)
    assert there.outcome == here.outcome
    assert answers(there) == answers(here)
    assert there.ideals == here.ideals


@checked
@given(dispute=ANY)
def test_a_rule_said_twice_changes_nothing(dispute: Dispute) -> None:
    """A rule that stands twice forbids nothing more, where there is an agreement."""
    assume(dispute.rules)
    twice = replace(dispute, rules=(*dispute.rules, dispute.rules[0]))
    here, there = api.settle(dispute), api.settle(twice)
    assert there.outcome == here.outcome
    assert there.status == here.status
