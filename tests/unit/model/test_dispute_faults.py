"""Every kind of fault in a dispute is found, all of them at once, and nothing private is told."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from hikiwake.errors import Fault, InvalidDispute
from hikiwake.model import (
    Amount,
    Between,
    Beyond,
    Bonus,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    Item,
    Linear,
    OneOf,
    Option,
    Party,
    Preference,
    RedLine,
    Rule,
    Share,
    SharesBeyond,
    Table,
    Text,
)
from hikiwake.model.checks.ids import unknown

F = Fraction
HOUSE = Item("house", (Option("sold"),))
SAVINGS = Share("savings")
MOVE = Choice("move", (Option("june"), Option("december")))
RENT = Amount("rent", F(0), F(900), F(50))
HEAT = Amount("heat", F(0), F(1))


def table(**points: int) -> Table:
    """Return points for options or owners."""
    return Table(FrozenMap({name: F(value) for name, value in points.items()}))


def never(**tests: Any) -> Condition:
    """Return a combination of tests."""
    return Condition(FrozenMap(tests))


def one(*values: str | Fraction) -> OneOf:
    """Return a test for one of these values."""
    return OneOf(frozenset(values))


def dispute(**changes: Any) -> Dispute:
    """Return a valid dispute with an issue of every kind, changed in some parts."""
    parts: dict[str, Any] = {
        "parties": (Party("ann", Text("Ann")), Party("ben")),
        "issues": (HOUSE, SAVINGS, MOVE, RENT, HEAT),
        "preferences": FrozenMap({"ann": Preference("ann"), "ben": Preference("ben")}),
    }
    return Dispute(**(parts | changes))


def faults(**changes: Any) -> tuple[Fault, ...]:
    """Return what is wrong with the changed dispute."""
    with pytest.raises(InvalidDispute) as caught:
        dispute(**changes)
    return caught.value.faults


def wants(points: Mapping[str, Any] | None = None, **more: Any) -> FrozenMap[str, Preference]:
    """Return preferences of which ann's is this one."""
    ann = Preference("ann", FrozenMap(points), **more)
    return FrozenMap({"ann": ann, "ben": Preference("ben")})


def only(found: tuple[Fault, ...]) -> tuple[str, str]:
    """Return where the only fault is, and its convention."""
    assert len(found) == 1
    return found[0].where, found[0].convention


def test_a_short_dispute_is_valid() -> None:
    """Two parties, an issue and two empty preferences are a dispute."""
    assert dispute(issues=(MOVE,)).party_ids == ("ann", "ben")


def test_points_that_miss_an_option_are_reported_word_for_word() -> None:
    """The sentence is the one that the design gives as its example."""
    move = Choice("move_out", (Option("june"), Option("december")))
    found = faults(issues=(move,), preferences=wants({"move_out": table(june=0)}))
    sentence = (
        "Party 'ann', issue 'move_out': no points for 'december' (1 of 2 given). Every option "
        "needs some (H2). Add them, or leave the whole issue out if it does not matter to Ann."
    )
    assert [str(fault) for fault in found] == [sentence]
    assert found[0].where == "preferences.ann.values.move_out"


def test_a_dispute_needs_two_parties() -> None:
    """One party has nobody to settle with (H3)."""
    found = faults(
        parties=(Party("ann"),), preferences=FrozenMap({"ann": Preference("ann")}), issues=(MOVE,)
    )
    assert only(found) == ("parties", "H3")


def test_a_dispute_needs_an_issue() -> None:
    """Without an issue there is nothing to be decided (H3)."""
    assert only(faults(issues=())) == ("issues", "H3")


@pytest.mark.parametrize(
    "name",
    ["", "a.b", " a", "a ", "x" * 81, "e\u0301", "a\x07", "a\nb", "\ud800", "a\u2028b", "a\x00"],
)
def test_an_id_has_its_form(name: str) -> None:
    """1 to 80 characters, NFC, no dot or control character, no blanks at the ends (H3)."""
    found = faults(issues=(MOVE, Share(name)))
    assert only(found) == ("issues", "H3")
    assert found[0].found == "not usable as an id"


@pytest.mark.parametrize("name", ["x", "家", "the old place", "x" * 80, "é", "a/b'\"", "0"])
def test_any_other_text_is_an_id(name: str) -> None:
    """Any script, blanks inside, and 80 characters are fine (H3)."""
    assert dispute(issues=(Share(name),)).issue(name).id == name


def test_an_id_is_used_once() -> None:
    """Two issues of one id are reported, with how often it was given (H3)."""
    found = faults(issues=(MOVE, HEAT, MOVE))
    assert only(found) == ("issues", "H3")
    assert found[0].found == "given 2 times"


@pytest.mark.parametrize("key", ["tolerance", "price"])
@pytest.mark.parametrize("number", [F(-1, 100), F(101, 100)])
def test_tolerance_and_price_are_parts_of_a_range(key: str, number: Fraction) -> None:
    """Both lie from 0 to 1, ends included (H10)."""
    assert only(faults(**{key: number})) == (key, "H10")
    assert dispute(**{key: F(0)}).parties == dispute(**{key: F(1)}).parties


def test_every_party_has_a_preference() -> None:
    """A party without a preference is named (H2)."""
    found = faults(preferences=FrozenMap({"ann": Preference("ann")}))
    assert only(found) == ("preferences.ben", "H2")


def test_a_preference_belongs_to_a_party() -> None:
    """A preference of somebody else is refused, with the nearest party (H3)."""
    found = faults(preferences=FrozenMap({**wants(), "bem": Preference("bem")}))
    assert only(found) == ("preferences.bem", "H3")
    assert "Did you mean 'ben'?" in str(found[0])


ISSUES: dict[str, tuple[Issue, str, str]] = {
    "no options": (Choice("x", ()), "issues[1].options", "H2"),
    "an option twice": (Choice("x", (Option("a"), Option("a"))), "issues[1].options", "H3"),
    "an option with a dot": (Choice("x", (Option("a.b"),)), "issues[1].options", "H3"),
    "another owner twice": (Item("x", (Option("a"), Option("a"))), "issues[1].others", "H3"),
    "a party among the others": (Item("x", (Option("ben"),)), "issues[1].others", "H3"),
    "min above max": (Amount("x", F(2), F(1), F(1)), "issues[1].min", "H6"),
    "min equal to max": (Amount("x", F(1), F(1)), "issues[1].min", "H6"),
    "a step that does not divide": (Amount("x", F(0), F(1), F(2, 5)), "issues[1].step", "H6"),
    "a step below 0": (Amount("x", F(0), F(1), F(-1)), "issues[1].step", "H6"),
    "a step of 0": (Amount("x", F(0), F(1), F(0)), "issues[1].step", "H6"),
}


@pytest.mark.parametrize(("issue", "where", "convention"), ISSUES.values(), ids=ISSUES)
def test_an_issue_can_be_decided(issue: Issue, where: str, convention: str) -> None:
    """Options, owners and ranges make sense in themselves, else the key is named."""
    assert only(faults(issues=(issue,))) == (where, convention)


BEYOND = Beyond(F(1, 2), None)
CONDITIONS: dict[str, tuple[Condition, str, str]] = {
    "no issue at all": (never(), "", "H6"),
    "an unknown issue": (never(hous=one("ann")), "", "H3"),
    "an unknown owner": (never(house=one("zoe")), ".house", "H3"),
    "an unknown option": (never(move=one("june", "july")), ".move", "H3"),
    "no value": (never(move=one()), ".move", "H6"),
    "a bound on a choice": (never(move=BEYOND), ".move", "H6"),
    "a value of a share": (never(savings=one("ann")), ".savings", "H6"),
    "from and to on a share": (never(savings=Between(F(0), F(1))), ".savings", "H6"),
    "a share without bounds": (
        never(savings=SharesBeyond(FrozenMap({"ann": Beyond(None, None)}))),
        ".savings",
        "H6",
    ),
    "an unknown party's share": (
        never(savings=SharesBeyond(FrozenMap({"zoe": BEYOND}))),
        ".savings",
        "H3",
    ),
    "strict bounds on steps": (never(rent=BEYOND), ".rent", "H6"),
    "a number off the steps": (never(rent=one(F(75))), "", "H6"),
    "a number off the range": (never(rent=one(F(950))), "", "H6"),
    "a name as a number": (never(rent=one("much")), "", "H6"),
    "from and to on a continuous amount": (never(heat=Between(F(0), F(1))), ".heat", "H6"),
    "a value of a continuous amount": (never(heat=one(F(1, 2))), ".heat", "H6"),
}


@pytest.mark.parametrize(("condition", "at", "convention"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_rule_fits_its_issues(condition: Condition, at: str, convention: str) -> None:
    """A public combination names issues and values that exist, by tests that fit (H3, H6)."""
    where, cited = only(faults(rules=(Rule(condition),)))
    assert cited == convention
    assert where in {f"rules[1].never{at}", f"rules[1].never.{next(iter(condition.tests), '')}"}


@pytest.mark.parametrize(("condition", "at", "convention"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_red_line_fits_its_issues_and_stays_private(
    condition: Condition, at: str, convention: str
) -> None:
    """A private combination is checked alike, but nothing of what it says is repeated (H14)."""
    found = faults(preferences=wants(red_lines=(RedLine(condition),)))
    assert only(found) == ("preferences.ann.red_lines[1].never", convention)
    told = " ".join((found[0].object, found[0].found, found[0].remedy))
    names = ("hous", "savings", "move", "rent", "heat")
    assert [word for word in names if word in told] == []
    values = ("zoe", "july", "june", "much", "75", "950", "1/2")
    assert [word for word in values if word in str(InvalidDispute(*found))] == []


def test_a_public_line_is_attributed_to_a_party() -> None:
    """`by` names a party (H3)."""
    found = faults(rules=(Rule(never(move=one("june")), by="an"),))
    assert only(found) == ("rules[1].by", "H3")
    assert "Did you mean 'ann'?" in str(found[0])


@pytest.mark.parametrize(
    "condition", [never(savings=SharesBeyond(FrozenMap({"ann": BEYOND}))), never(heat=BEYOND)]
)
def test_a_bonus_never_depends_on_what_is_continuous(condition: Condition) -> None:
    """Shares and continuous amounts have no place in a bonus, though they fit a red line (H6)."""
    found = faults(preferences=wants(bonuses=(Bonus(condition, F(5)),)))
    assert only(found) == ("preferences.ann.bonuses[1].when", "H6")
    assert dispute(preferences=wants(red_lines=(RedLine(condition),))).parties


GROUPS: dict[str, tuple[tuple[Group, ...], str]] = {
    "no issues": ((Group("g", ()),), "H8"),
    "an unknown issue": ((Group("g", ("hous",)),), "H3"),
    "an issue twice": ((Group("g", ("house", "house")),), "H8"),
}


@pytest.mark.parametrize(("groups", "convention"), GROUPS.values(), ids=GROUPS)
def test_a_group_holds_issues(groups: tuple[Group, ...], convention: str) -> None:
    """A group has issues, each of them known and named once (H8)."""
    assert only(faults(groups=groups)) == ("groups[1].issues", convention)


def test_an_issue_is_in_at_most_one_group() -> None:
    """The second group is told which one has the issue already (H8)."""
    found = faults(groups=(Group("g", ("house",)), Group("h", ("move", "house"))))
    assert only(found) == ("groups[2].issues", "H8")
    assert "also in group 'g'" in str(found[0])


TODAY: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown issue": ({"hous": "ann"}, "H3"),
    "an unknown owner": ({"house": "zoe"}, "H3"),
    "an unknown option": ({"move": "july"}, "H3"),
    "a number for an option": ({"move": F(1)}, "H3"),
    "an owner of a share": ({"savings": "ann"}, "H5"),
    "parts that sum to less": ({"savings": FrozenMap({"ann": F(1, 2), "ben": F(1, 3)})}, "H5"),
    "a part below 0": ({"savings": FrozenMap({"ann": F(3, 2), "ben": F(-1, 2)})}, "H5"),
    "a party without a part": ({"savings": FrozenMap({"ann": F(1)})}, "H5"),
    "a number off the steps": ({"rent": F(75)}, "H5"),
    "a number off the range": ({"heat": F(2)}, "H5"),
    "a word for an amount": ({"rent": "much"}, "H5"),
}


@pytest.mark.parametrize(("values", "convention"), TODAY.values(), ids=TODAY)
def test_the_status_quo_is_an_outcome(values: dict[str, Any], convention: str) -> None:
    """Today's package gives issues values that they can have (H5)."""
    found = faults(status_quo=FrozenMap(values))
    assert only(found) == (f"status_quo.{next(iter(values))}", convention)


FALLING = Curve(((F(0), F(1)), (F(500), F(2)), (F(400), F(1)), (F(900), F(0))))
POINTS: dict[str, tuple[str, Any, str, str]] = {
    "an unknown issue": ("hous", table(ann=1), "hous", "H3"),
    "an owner left out": ("house", table(ann=1, ben=2), "points.house", "H2"),
    "a table for a share": ("savings", table(ann=1, ben=0), "points.savings", "H2"),
    "one number for an item": ("house", Linear(F(1)), "points.house", "H2"),
    "one number for a choice": ("move", Linear(F(1)), "values.move", "H2"),
    "one number for an amount": ("rent", Linear(F(1)), "curves.rent", "H2"),
    "a curve for a choice": ("move", Curve(((F(0), F(1)),)), "values.move", "H2"),
    "a curve that falls back": ("rent", FALLING, "curves.rent", "H6"),
    "a curve of one corner": ("rent", Curve(((F(0), F(1)),)), "curves.rent", "H6"),
    "a curve that ends early": ("rent", Curve(((F(0), F(1)), (F(1), F(1)))), "curves.rent", "H6"),
    "no curve at all": ("rent", Curve(()), "curves.rent", "H6"),
}


@pytest.mark.parametrize(("issue", "points", "at", "convention"), POINTS.values(), ids=POINTS)
def test_points_fit_their_issue(issue: str, points: Any, at: str, convention: str) -> None:
    """Points are of the kind that the issue needs, and cover all of it (H2, H6)."""
    found = faults(preferences=wants({issue: points}))
    assert only(found) == (f"preferences.ann.{at}", convention)


def test_points_for_an_option_that_does_not_exist_are_two_faults() -> None:
    """A misspelt option is unknown, and the one that was meant has no points (H2, H3)."""
    found = faults(preferences=wants({"move": table(june=1, decembre=2)}))
    assert [fault.convention for fault in found] == ["H3", "H2"]
    assert "Did you mean 'december'?" in str(found[0])


def test_all_faults_are_found_at_once_in_the_order_of_the_file() -> None:
    """Faults of parties, issues, rules, groups, today and preferences come in one error."""
    found = faults(
        tolerance=F(2),
        issues=(Choice("x", ()), MOVE),
        rules=(Rule(never(mov=one("june"))),),
        groups=(Group("g", ()),),
        status_quo=FrozenMap({"move": "july"}),
        preferences=FrozenMap({"ann": Preference("ann", FrozenMap({"move": table(june=1)}))}),
    )
    assert [fault.where for fault in found] == [
        "tolerance",
        "issues[1].options",
        "rules[1].never",
        "groups[1].issues",
        "status_quo.move",
        "preferences.ben",
        "preferences.ann.values.move",
    ]


def test_a_hundred_faults_are_listed_at_most() -> None:
    """Of 150 faults the first hundred are listed (H16)."""
    assert len(faults(issues=tuple(Choice(f"x{n}", ()) for n in range(150)))) == 100


def test_faults_never_repeat_points() -> None:
    """Whatever is wrong with points, walk-away, bonuses or curves, no number of them is told."""
    secret = 987_654
    points = {
        "move": table(june=secret),
        "house": Linear(F(secret)),
        "rent": Curve(((F(0), F(secret)), (F(secret), F(1)))),
    }
    bonus = Bonus(never(mov=one("june")), F(secret))
    found = faults(preferences=wants(points, bonuses=(bonus,), walk_away=F(secret)))
    assert len(found) == 4
    assert str(secret) not in str(InvalidDispute(*found))


def test_where_nothing_is_known_none_of_it_is_offered() -> None:
    """A name among none leads nowhere: the fault says that there is none, and lists nothing."""
    fault = unknown("A preference", "party", "ann", (), "preferences.ann")
    assert fault.expected == "None is known: there is none"
    assert fault.remedy == "Add it where it belongs, or remove this."
