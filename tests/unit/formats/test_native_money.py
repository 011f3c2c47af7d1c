"""Money, claims and entitlements in files: what they mean, and one fault for each mistake."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.native.write import to_data
from hikiwake.model import (
    Beyond,
    Condition,
    FrozenMap,
    Linear,
    Money,
    RedLine,
    Share,
    SharesBeyond,
    Text,
)
from tests.unit.formats.samples import PAYING, changed, faults_of

F = Fraction


def test_a_file_with_money_and_claims_means_what_it_says() -> None:
    """Every key of the sample arrives, number for number."""
    dispute = dispute_from_text(PAYING)
    estate, payment = dispute.issues
    claims = FrozenMap({"ann": F(100), "ben": F(501, 2)})
    unit = Text.of({"en": "zuz", "ja": "ズズ"})
    assert estate == Share("estate", total=F(200), unit=unit, claims=claims)
    assert payment == Money("payment", F(500), Text("EUR"), Text("Compensation"))
    assert [party.entitlement for party in dispute.parties] == [2, 1]
    assert dispute.status_quo == {"payment": {"ann": -20, "ben": 20}}
    ann = dispute.preferences["ann"]
    assert ann.points["payment"] == Linear(F(1, 100))
    budget = SharesBeyond(FrozenMap({"ann": Beyond(None, F(-200))}))
    assert ann.red_lines == (RedLine(Condition(FrozenMap({"payment": budget}))),)


def test_what_nobody_said_is_not_written() -> None:
    """A plain share and a plain party are written without total, claims and entitlement."""
    data = to_data(dispute_from_text(changed("entitlement = 2\n", "", PAYING)))
    assert data["parties"] == [{"id": "ann"}, {"id": "ben"}]
    bare = changed('total = 200\nunit = { en = "zuz", ja = "ズズ" }\n', "", PAYING)
    bare = changed('[issues.claims]\nann = 100\nben = "250.5"\n', "", bare)
    assert to_data(dispute_from_text(bare))["issues"][0] == {"id": "estate", "kind": "share"}


PUBLIC = [
    ("limit = 500", "", "issues[2].limit", "no `limit`"),
    ("limit = 500", 'limit = "much"', "issues[2].limit", "a text that is no number"),
    ("limit = 500", "limit = 500\ntotal = 1", "issues[2].total", "unknown key 'total'"),
    ("total = 200", "total = []", "issues[1].total", "a list where a number"),
    ("total = 200\n", "", "issues[1].total", "claims without a total"),
    ("ann = 100", "ann = true", "issues[1].claims.ann", "true or false where a number"),
    ("ann = 100", "ann = -1", "issues[1].claims.ann", "a claim of -1"),
    ("ann = 100\n", "", "issues[1].claims", "no claim of 'ann'"),
    ("ann = 100", "ann = 100\nzoe = 1", "issues[1].claims", "no party has the id 'zoe'"),
    ("entitlement = 2", "entitlement = 0", "parties[1].entitlement", "entitlement 0"),
    ("entitlement = 2", 'entitlement = "x"', "parties[1].entitlement", "a text that is no number"),
    ('{ ann = -20, ben = "20" }', "0", "status_quo.payment", "a number"),
    ("ann = -20", "ann = -21", "status_quo.payment", "not such payments"),
    ("ann = -20", 'ann = "x"', "status_quo.payment.ann", "a text that is no number"),
    ("{ ben = { above = 300 } }", "300", "rules[1].never.payment", "where money's bounds"),
    ("{ above = 300 }", "{ from = 3 }", "rules[1].never.payment", "`from` or `to` on money"),
    ("{ ben = {", "{ zoe = {", "rules[1].never.payment", "no value has the id 'zoe'"),
]


@pytest.mark.parametrize(("old", "new", "where", "found"), PUBLIC)
def test_each_public_mistake_gives_one_fault_at_its_key(
    old: str, new: str, where: str, found: str
) -> None:
    """One mistake about money, claims or entitlements gives one fault that says what it is."""
    (fault,) = faults_of(changed(old, new, PAYING))
    assert fault.where == where
    assert found in fault.found
    assert all((fault.object, fault.expected, fault.convention, fault.remedy))


@pytest.mark.parametrize(
    ("old", "new", "where", "found"),
    [
        ('payment = "1/100"', "payment = { ann = 7177 }", "points.payment", "a table of points"),
        ('payment = "1/100"', "payment = [7178, 7177]", "points.payment", "a range without"),
        ('{ below = "-200" }', "{ to = -7177 }", "red_lines[1].never", "`from` or `to` on money"),
        ('{ ann = { below = "-200" } }', "7177", "red_lines[1].never", "where money's bounds"),
    ],
)
def test_each_private_mistake_gives_one_fault_without_its_number(
    old: str, new: str, where: str, found: str
) -> None:
    """A mistake in points for money or in a budget is placed, and its number not repeated (H14)."""
    (fault,) = faults_of(changed(old, new, PAYING))
    assert fault.where == f"preferences.ann.{where}"
    assert found in fault.found
    assert "7177" not in str(fault)


def test_points_for_money_stand_under_points() -> None:
    """Under `values` or `curves` they are out of place, and the fault says where they belong."""
    wrong = changed('payment = "1/100" }', "}\ncurves = { payment = [[0, 1]] }", PAYING)
    (fault,) = faults_of(wrong.replace("estate = 3, }", "estate = 3 }"))
    assert fault.found == "points for money under `curves`"
    assert "[preferences.ann.points]" in fault.remedy
