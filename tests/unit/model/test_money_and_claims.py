"""Payments that sum to zero (H21); public claims on a share, and entitlements (H22)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from hikiwake.errors import InvalidDispute
from hikiwake.model import (
    Beyond,
    Bonus,
    Condition,
    Dispute,
    FrozenMap,
    Group,
    Item,
    Linear,
    Money,
    OneOf,
    Party,
    Preference,
    RedLine,
    Share,
    SharesBeyond,
    Table,
)
from tests.property.transforms import parties_renamed
from tests.strategies import NAMES, paying_disputes

F = Fraction
PIANO = Item("piano")
PAYMENT = Money("payment", F(500))


def numbers(**by_party: int | str) -> FrozenMap[str, Fraction]:
    """Return numbers by party."""
    return FrozenMap({party: F(number) for party, number in by_party.items()})


def claimed(total: int | None = 200, **claims: int) -> Share:
    """Return a share with these claims."""
    return Share("estate", total=None if total is None else F(total), claims=numbers(**claims))


def dispute(*issues: Any, **more: Any) -> Dispute:
    """Return a dispute between Ann and Ben over these issues."""
    parts: dict[str, Any] = {
        "parties": (Party("ann"), Party("ben")),
        "issues": issues or (PIANO, PAYMENT),
        "preferences": FrozenMap({"ann": Preference("ann"), "ben": Preference("ben")}),
    }
    return Dispute(**(parts | more))


def only_fault(*issues: Any, **more: Any) -> tuple[str, str, str]:
    """Return where the only fault is, its convention, and what was found."""
    with pytest.raises(InvalidDispute) as caught:
        dispute(*issues, **more)
    (fault,) = caught.value.faults
    return fault.where, fault.convention, fault.found


def ann(**more: Any) -> dict[str, Any]:
    """Return preferences of which Ann's is this one."""
    return {"preferences": FrozenMap({"ann": Preference("ann", **more), "ben": Preference("ben")})}


def receives(**bounds: Beyond) -> Condition:
    """Return a combination: bounds on what parties receive."""
    return Condition(FrozenMap({"payment": SharesBeyond(FrozenMap(bounds))}))


def test_money_is_worth_so_much_a_unit_received() -> None:
    """At a tenth of a point a unit, receiving 30 is worth 3 points, and paying 30 costs 3."""
    given = dispute(**ann(points=FrozenMap({"payment": Linear(F(1, 10))})))
    assert given.utility("ann", {"payment": numbers(ann=30, ben=-30)}) == 3
    assert given.utility("ann", {"payment": numbers(ann=-30, ben=30)}) == -3
    assert given.utility("ben", {"payment": numbers(ann=30, ben=-30)}) == 0
    assert given.decisions_of(PAYMENT) is None


def test_todays_payments_count_for_the_walk_away() -> None:
    """Whoever pays 20 today keeps two points less without an agreement (H4)."""
    today = FrozenMap({"payment": numbers(ann=-20, ben=20)})
    given = dispute(status_quo=today, **ann(points=FrozenMap({"payment": Linear(F(1, 10))})))
    assert (given.walk_away("ann"), given.walk_away("ben")) == (-2, 0)


def test_a_budget_is_a_red_line() -> None:
    """Never below -200: paying 200 is allowed, paying a little more is not (H21)."""
    line = RedLine(receives(ann=Beyond(None, F(-200))))
    given = dispute(**ann(red_lines=(line,)))
    assert given.allows({"payment": numbers(ann=-200, ben=200)})
    assert not given.allows({"payment": numbers(ann="-200.01", ben="200.01")})


@pytest.mark.parametrize(
    ("received", "allowed"),
    [
        ((500, -500), True),
        ((0, 0), True),
        ((F(1, 3), F(-1, 3)), True),
        ((501, -501), False),
        ((100, -99), False),
        ((1, 1), False),
    ],
)
def test_payments_sum_to_zero_within_the_limit(received: tuple[Any, Any], allowed: bool) -> None:
    """Up to the limit, itself included, and to the last cent: nothing is added or lost (H21)."""
    assert PAYMENT.allows(map(F, received)) is allowed


@pytest.mark.parametrize(
    "value",
    [
        numbers(ann=501, ben=-501),
        numbers(ann=1, ben=1),
        numbers(ann=0),
        numbers(ann=0, ben=0, zoe=0),
        F(0),
        "ann",
    ],
)
def test_a_status_quo_that_is_no_such_payment_is_refused(value: Any) -> None:
    """Todays payments name every party, sum to zero and keep the limit (H5)."""
    found = only_fault(status_quo=FrozenMap({"payment": value}))
    assert found == ("status_quo.payment", "H5", "not such payments")


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_is_positive(limit: int) -> None:
    """Where nobody may pay anything there is no money to talk about (H21)."""
    found = only_fault(PIANO, Money("payment", F(limit)))
    assert found == ("issues[2].limit", "H21", f"limit {limit}")


def test_money_comes_once() -> None:
    """Two issues of money would be one, told twice (H21)."""
    found = only_fault(PAYMENT, PIANO, Money("more", F(1)))
    assert found == ("issues[3]", "H21", "a second issue of money, beside 'payment'")


def test_money_is_in_no_group_that_is_not_for_trade() -> None:
    """What is not for trade has no price; a group that only orders things may hold money (H21)."""
    held = Group("home", ("piano", "payment"), not_for_trade=True)
    where, convention, _ = only_fault(groups=(held,))
    assert (where, convention) == ("groups[1].issues", "H21")
    assert dispute(groups=(replace(held, not_for_trade=False),)).groups


@pytest.mark.parametrize(
    ("test", "found"),
    [
        (OneOf(frozenset({F(1)})), "a test that does not fit its issue"),
        (Beyond(F(1), None), "a test that does not fit its issue"),
        (SharesBeyond(FrozenMap({"ann": Beyond(None, None)})), "a test that does not fit"),
        (SharesBeyond(FrozenMap({"zoe": Beyond(F(1), None)})), "names a value that does not"),
    ],
)
def test_conditions_on_money_are_bounds_by_party(test: Any, found: str) -> None:
    """Anything else is a fault at the red line, and tells no number of it (H6, H14)."""
    line = RedLine(Condition(FrozenMap({"payment": test})))
    where, _, told = only_fault(**ann(red_lines=(line,)))
    assert where == "preferences.ann.red_lines[1].never"
    assert told.startswith(found)


def test_a_bonus_never_depends_on_money() -> None:
    """Money is continuous (H6)."""
    bonus = Bonus(receives(ann=Beyond(F(1), None)), F(1))
    where, convention, _ = only_fault(**ann(bonuses=(bonus,)))
    assert (where, convention) == ("preferences.ann.bonuses[1].when", "H6")


def test_points_for_money_are_a_rate() -> None:
    """A table of points does not fit money (H2)."""
    points = FrozenMap({"payment": Table(numbers(ann=1, ben=0))})
    where, convention, _ = only_fault(**ann(points=points))
    assert (where, convention) == ("preferences.ann.points.payment", "H2")


def test_claims_may_sum_to_more_than_there_is() -> None:
    """That is what bankruptcy means; a claim of nothing is one, too (H22)."""
    issue = claimed(ann=300, ben=0)
    assert dispute(issue).issues == (issue,)


def test_a_total_stands_alone() -> None:
    """How much there is may be said without any claims (H22)."""
    assert dispute(claimed(200)).issues[0] == Share("estate", total=F(200))


@pytest.mark.parametrize(
    ("issue", "where", "found"),
    [
        (claimed(None, ann=1, ben=1), "issues[1].total", "claims without a total"),
        (claimed(0, ann=1, ben=1), "issues[1].total", "total 0"),
        (claimed(-5), "issues[1].total", "total -5"),
        (claimed(ann=1), "issues[1].claims", "no claim of 'ben'"),
        (claimed(ann=-1, ben=1), "issues[1].claims.ann", "a claim of -1 by 'ann'"),
    ],
)
def test_each_mistake_in_claims_gives_one_fault(issue: Share, where: str, found: str) -> None:
    """A claim of every party, none below 0, of a total above 0 (H22)."""
    assert only_fault(issue) == (where, "H22", found)


def test_a_claim_of_nobody_brings_the_nearest_name() -> None:
    """A misspelt party is answered with the known ones (H3)."""
    with pytest.raises(InvalidDispute) as caught:
        dispute(claimed(ann=1, ben=1, bem=1))
    (fault,) = caught.value.faults
    assert (fault.where, fault.convention) == ("issues[1].claims", "H3")
    assert "'ben'" in fault.remedy


@pytest.mark.parametrize("weight", [0, -2])
def test_an_entitlement_is_positive(weight: int) -> None:
    """Without one it is 1; nobody is entitled to nothing and still a party (H22)."""
    assert Party("ann").entitlement == 1
    parties = (Party("ann"), Party("ben", entitlement=F(weight)))
    found = only_fault(parties=parties)
    assert found == ("parties[2].entitlement", "H22", f"entitlement {weight}")


@given(paying_disputes())
def test_other_names_and_another_order_leave_a_dispute_valid(given: Dispute) -> None:
    """Money, claims and entitlements go with their parties: there and back it is the same (H13)."""
    names = dict(zip(given.party_ids, (f"x{name}" for name in NAMES), strict=False))
    back = {new: old for old, new in names.items()}
    assert parties_renamed(parties_renamed(given, names), back) == given
