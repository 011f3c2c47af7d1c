"""Results as JSON: the keys, the audiences, and what nobody else may see."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.errors import UnknownName
from hikiwake.formats.results.settled import (
    about,
    frontier_json,
    outcome_json,
    settlement_json,
    ties_json,
)
from hikiwake.model import Choice, Dispute, FrozenMap, Linear, Option, Party, Preference, Table
from hikiwake.settlement import (
    Conflict,
    Exactness,
    GroupShares,
    Limit,
    Package,
    Settlement,
    Status,
)
from tests.strategies import share_disputes, two_party_disputes

KEYS = [
    "hikiwake", "audience", "rule", "status", "exactness", "engine", "outcome", "utilities",
    "walk_away", "ideals", "gains", "imbalance", "ties", "twins", "left_out", "conflicts",
    "even_but_dearer", "certificate", "certificate_reason", "illustrative",
]  # fmt: skip


def numbers(**by_party: int | str | None) -> FrozenMap[str, Fraction | None]:
    """Return numbers by party; None for a party without range."""
    return FrozenMap({p: None if n is None else Fraction(n) for p, n in by_party.items()})


def exactly(**by_party: int | str) -> FrozenMap[str, Fraction]:
    """Return numbers by party."""
    return FrozenMap({p: Fraction(n) for p, n in by_party.items()})


def a_dispute() -> Dispute:
    """Return two parties and one choice."""
    table = Table(exactly(a=3, b=5))
    return Dispute(
        parties=(Party("ann"), Party("ben")),
        issues=(Choice("deal", (Option("a"), Option("b"))),),
        preferences=FrozenMap(
            {p: Preference(p, FrozenMap({"deal": table})) for p in ("ann", "ben")}
        ),
    )


def settled(**changed: object) -> Settlement:
    """Return a draw on `a`, with something changed."""
    gains = numbers(ann="5/8", ben="3/5")
    package = Package(FrozenMap({"deal": "a"}), exactly(ann=3, ben=3), gains, Fraction(1, 40))
    usual = Settlement(
        rule="draw",
        status=Status.DRAW,
        exactness=Exactness.EXACT,
        engine="additive",
        parties=("ann", "ben"),
        walk_away=exactly(ann="1/3", ben="-2"),
        ideals=numbers(ann=5, ben=5),
        tolerance=Fraction(1, 20),
        price=Fraction(1, 10),
        searched=2,
        package=package,
        ties=1,
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


def test_money_is_what_each_party_receives() -> None:
    """A payment stands in the outcome by party, negative where it pays."""
    outcome = FrozenMap({"payment": exactly(ann="-1/2", ben="1/2")})
    assert outcome_json(outcome) == {"payment": {"ann": "-1/2", "ben": "1/2"}}


def test_the_mediators_keys_stand_in_the_order_of_the_design() -> None:
    """Twenty keys, in the order of the sample; no others unless there is something to say."""
    assert list(settlement_json(a_dispute(), settled())) == KEYS
    nothing = settled(package=None, status=Status.NO_AGREEMENT, ties=0)
    assert list(settlement_json(a_dispute(), nothing)) == KEYS


def test_fractions_are_texts_and_nothing_is_null() -> None:
    """A third is "1/3", a whole number "3", a missing gain null, endless ties "infinite"."""
    gains = numbers(ann="5/8", ben=None)
    package = Package(FrozenMap({"deal": "a"}), exactly(ann=3, ben=3), gains, None)
    found = settlement_json(
        a_dispute(), settled(package=package, ties="infinite", left_out=("ben",))
    )
    assert found["walk_away"] == {"ann": "1/3", "ben": "-2"}
    assert found["utilities"] == {"ann": "3", "ben": "3"}
    assert found["gains"] == {"ann": "5/8", "ben": None}
    assert found["imbalance"] is None
    assert found["ties"] == "infinite"
    assert found["left_out"] == ["ben"]


def test_every_kind_of_value_has_its_form() -> None:
    """An option is its id, an amount a text, a share a text for each party."""
    outcome = FrozenMap(
        {"deal": "a", "rent": Fraction(25, 2), "land": exactly(ann="1/3", ben="2/3")}
    )
    expected = {"deal": "a", "rent": "25/2", "land": {"ann": "1/3", "ben": "2/3"}}
    assert outcome_json(outcome) == expected
    assert outcome_json(None) is None


def test_groups_are_told_to_the_mediator_where_there_are_any() -> None:
    """A group's shares, its imbalance, and whether it is even stand at the end."""
    group = GroupShares("land", numbers(ann="1/2", ben=None), None, True)
    found = settlement_json(a_dispute(), settled(groups=(group,)))
    assert list(found) == [*KEYS, "groups"]
    assert found["groups"] == [
        {"group": "land", "shares": {"ann": "1/2", "ben": None}, "imbalance": None, "even": True}
    ]
    for audience in ("ann", "joint"):
        assert "groups" not in settlement_json(a_dispute(), settled(groups=(group,)), audience)


@pytest.mark.parametrize(
    ("gain", "tolerance", "seen"),
    [
        ("4/7", "1/20", "about 55 %"),
        ("4/7", "1/4", "about 50 %"),
        ("4/7", "0", "about 55 %"),
        ("4/7", "1/1000", "about 55 %"),
        ("1", "1/20", "about 100 %"),
        ("-1/3", "1/20", "about -35 %"),
    ],
)
def test_a_gain_is_seen_to_the_grain_of_the_tolerance(gain: str, tolerance: str, seen: str) -> None:
    """4/7 is about 55 % at a tolerance of 1/20, about 50 % at 1/4, and never finer than 1/20."""
    assert about(Fraction(gain), Fraction(tolerance)) == seen


def test_a_party_sees_only_conflicts_between_public_and_its_own_limits() -> None:
    """Of four conflicts Ann reads two, all sides together one, the mediator all."""
    rule, own = Limit("rule", None, 1), Limit("red_line", "ann", 1)
    stay, his = Limit("walk_away", "ann"), Limit("red_line", "ben", 1)
    found = settled(
        package=None,
        status=Status.NO_AGREEMENT,
        conflicts=(
            Conflict((rule,)),
            Conflict((rule, own, stay)),
            Conflict((own, his)),
            Conflict((his,), smallest=False),
        ),
    )
    counts = {
        audience: len(settlement_json(a_dispute(), found, audience)["conflicts"])
        for audience in ("mediator", "ann", "ben", "joint")
    }
    assert counts == {"mediator": 4, "ann": 2, "ben": 2, "joint": 1}
    assert settlement_json(a_dispute(), found)["conflicts"][3]["smallest"] is False


def test_an_unknown_audience_is_refused() -> None:
    """`anne` is nobody here; the nearest party is named."""
    with pytest.raises(UnknownName, match="Did you mean 'ann'"):
        settlement_json(a_dispute(), settled(), "anne")


def test_ties_and_twins_have_their_packages() -> None:
    """Tied outcomes as they are, mirrors with everybody's points and gains."""
    mirror = Package(
        FrozenMap({"deal": "b"}),
        exactly(ann=5, ben=5),
        numbers(ann="3/5", ben="5/8"),
        Fraction(1, 40),
    )
    found = ties_json(settled(tied=(FrozenMap({"deal": "a"}),), mirrors=(mirror,), twins=1))
    assert found["tied"] == [{"deal": "a"}]
    assert found["mirrors"][0]["gains"] == {"ann": "3/5", "ben": "5/8"}


def scaled(preference: Preference, factor: int) -> Preference:
    """Return a preference with every number of points so many times as large."""
    points = {
        issue: Linear(p.whole * factor)
        if isinstance(p, Linear)
        else Table(FrozenMap({o: n * factor for o, n in p.points.items()}))
        for issue, p in preference.points.items()
        if isinstance(p, Linear | Table)
    }
    walk_away = preference.walk_away
    return replace(
        preference,
        points=FrozenMap(points),
        bonuses=tuple(replace(b, points=b.points * factor) for b in preference.bonuses),
        walk_away=None if walk_away is None else walk_away * factor,
    )


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(two_party_disputes(), share_disputes()), st.integers(2, 9))
def test_what_one_party_reads_does_not_follow_the_size_of_the_others_numbers(
    dispute: Dispute, factor: int
) -> None:
    """With the other side's points multiplied, a party's object and the joint one stay the same."""
    one, other = dispute.party_ids
    preferences = {**dispute.preferences, other: scaled(dispute.preferences[other], factor)}
    larger = replace(dispute, preferences=FrozenMap(preferences))
    first, second = api.settle(dispute), api.settle(larger)
    for audience in (one, "joint"):
        seen = settlement_json(dispute, first, audience)
        assert seen == settlement_json(larger, second, audience)
        json.dumps(seen)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(two_party_disputes(), share_disputes()))
def test_every_frontier_becomes_json(dispute: Dispute) -> None:
    """As many points as the frontier has, each with everybody's utilities, and plain JSON."""
    frontier = api.frontier(dispute)
    found = json.loads(json.dumps(frontier_json(dispute, frontier)))
    assert len(found["points"]) == len(frontier)
    assert all(set(point["utilities"]) == set(dispute.party_ids) for point in found["points"])
