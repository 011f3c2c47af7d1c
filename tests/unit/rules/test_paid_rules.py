"""Items with money: Knaster's bids and envy-free rent, by published figures and definitions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.errors import TooLarge, Unsupported
from hikiwake.model import Choice, Dispute, Item, Money, Option, Share
from hikiwake.rules.knaster import received
from hikiwake.rules.paid import highest
from hikiwake.rules.rent import bundled, rooms
from hikiwake.settlement import Status
from hikiwake.solvers.assignment import best_assignment, fairest
from tests.conformance.builders import NAMES, dispute, preference, rule

F = Fraction
HEIRS = [(10_000, 4_000, 7_000), (2_000, 1_000, 4_000), (500, 1_500, 2_000), (800, 2_000, 1_000)]
ROOMS = [(50, 25, 10), (40, 25, 20), (35, 25, 25)]


def with_money(
    points: Sequence[Sequence[int]], rates: Sequence[int] = (), limit: int = 10_000, **more: Any
) -> Dispute:
    """Return a dispute over items i0, i1 … and money, worth this to each party."""
    parties = NAMES[: len(points[0])]
    issues = [*(Item(f"i{n}") for n in range(len(points))), Money("cash", F(limit))]
    made: list[Any] = []
    for place, party in enumerate(parties):
        own: dict[str, Any] = {
            f"i{n}": {p: worth[place] if p == party else 0 for p in parties}
            for n, worth in enumerate(points)
        }
        made.append(preference(party, own | {"cash": rates[place] if rates else 1}))
    return dispute(issues, *made, **more)


def one_each(items: int, parties: int) -> tuple[Any, ...]:
    """Return the rules that nobody has two of the items."""
    return tuple(
        rule(**{f"i{a}": party, f"i{b}": party})
        for b in range(items)
        for a in range(b)
        for party in NAMES[:parties]
    )


squares = st.integers(1, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(0, 6).map(F), min_size=n, max_size=n), min_size=n, max_size=n
    )
)


def test_luce_and_raiffas_heirs() -> None:
    """Three heirs, four objects: owners, payments and adjusted shares as published (1957)."""
    settlement = api.settle(with_money(HEIRS), "knaster")
    assert settlement.outcome == {
        "i0": "ann",
        "i1": "cem",
        "i2": "cem",
        "i3": "ben",
        "cash": {"ann": F(-31_900, 9), "ben": F(25_700, 9), "cem": F(6_200, 9)},
    }
    assert settlement.utilities == {"ann": F(58_100, 9), "ben": F(43_700, 9), "cem": F(60_200, 9)}


def test_bids_are_points_by_the_worth_of_money() -> None:
    """Ann's points ten times over, money's as well: the same bids, so the same package."""
    plain = with_money(HEIRS)
    tenfold = with_money([(10 * a, b, c) for a, b, c in HEIRS], (10, 1, 1))
    assert (
        api.settle(plain, "knaster").outcome == api.settle(tenfold, "knaster").outcome is not None
    )


def test_entitlements_weigh_fair_shares() -> None:
    """Entitled to 3/4 of 100 and to 1/4 of 60: 75 and 15, and 10 over: 82.5 and 17.5."""
    paid = received([[F(100)], [F(60)]], [F(3), F(1)], (0,))
    assert paid == [F("-17.5"), F("17.5")]


def test_equal_bids_are_ties() -> None:
    """Whoever of two equal bidders has the thing pays half of it: two packages, worth the same."""
    settlement = api.settle(with_money([(10, 10)]), "knaster")
    assert (settlement.ties, settlement.twins, settlement.by_lot) == (2, 0, 0)
    assert settlement.utilities == {"ann": 5, "ben": 5}


@given(
    bids=st.lists(
        st.lists(st.integers(0, 5).map(F), min_size=3, max_size=3), min_size=2, max_size=3
    )
)
def test_knaster_gives_all_their_fair_share_and_the_same_beyond(bids: list[list[Fraction]]) -> None:
    """Everybody has an n-th of its own total, and equally more; payments sum to 0."""
    for owners in highest(bids, "knaster"):
        paid = received(bids, [F(1)] * len(bids), owners)
        assert sum(paid) == 0
        beyond = {
            sum(row[i] for i, owner in enumerate(owners) if owner == party)
            + paid[party]
            - F(sum(row), len(bids))
            for party, row in enumerate(bids)
        }
        assert len(beyond) == 1
        assert min(beyond) >= 0


def test_rent_of_three_rooms() -> None:
    """A rent of 55: payments of 25, 15 and 15, and the smallest utility is 10."""
    settlement = api.settle(with_money(ROOMS, rules=one_each(3, 3)), "rent")
    assert settlement.outcome is not None
    cash: Any = settlement.outcome["cash"]
    assert [settlement.outcome[f"i{n}"] for n in range(3)] == ["ann", "ben", "cem"]
    assert [F(55, 3) - payment for payment in cash.values()] == [25, 15, 15]
    assert settlement.utilities is not None
    assert min(settlement.utilities.values()) - F(55, 3) == 10


@settings(max_examples=60, deadline=None)
@given(worths=squares)
def test_rooms_leave_no_envy_and_come_in_every_best_way(worths: list[list[Fraction]]) -> None:
    """Every best assignment, none else; nobody prefers another's room and rent."""
    size = len(worths)
    sums = {p: sum(worths[i][p[i]] for i in range(size)) for p in permutations(range(size))}
    best = {p for p, total in sums.items() if total == max(sums.values())}
    made = rooms(worths)
    places = [tuple(owners.index(party) for party in range(size)) for owners, _ in made]
    assert len(places) == len(best)
    assert set(places) == best
    for place, (_, paid) in zip(places, made, strict=True):
        assert sum(paid) == 0
        for i in range(size):
            own = worths[i][place[i]] + paid[i]
            assert all(own >= worths[i][place[j]] + paid[j] for j in range(size))


@settings(max_examples=60, deadline=None)
@given(worths=squares)
def test_no_payments_without_envy_do_more_for_the_least(worths: list[list[Fraction]]) -> None:
    """From everybody a chain of parties just short of envy leads to one that has least."""
    size = len(worths)
    place = best_assignment(worths)
    values = [[row[p] for p in place] for row in worths]
    gets = fairest(values)
    reached = {i for i in range(size) if gets[i] == min(gets)}
    for _ in range(size):
        reached |= {
            i
            for i in range(size)
            for j in reached
            if gets[i] - gets[j] == values[i][j] - values[j][j]
        }
    assert reached == set(range(size))


def test_an_assignment_that_is_not_best_has_no_payments_without_envy() -> None:
    """Where exchanging rooms would be worth more, no payments end the envy."""
    with pytest.raises(ValueError, match="larger sum"):
        fairest([[F(1), F(5)], [F(5), F(1)]])


def test_bundles_go_to_those_who_want_them_most() -> None:
    """Two things worth 10 and 6 to ann, 4 and 8 to ben: one each, ann pays 1, and both have 9."""
    settlement = api.settle(with_money([(10, 4), (6, 8)]), "rent")
    assert settlement.outcome == {"i0": "ann", "i1": "ben", "cash": {"ann": -1, "ben": 1}}
    assert bundled([[F(10), F(6)], [F(4), F(8)]], (0, 1)) == ([-1, 1], 9)


@pytest.mark.parametrize("name", ["knaster", "rent"])
def test_payments_above_the_limit_are_refused(name: str) -> None:
    """A thing worth 100 to both costs 50: with 49 there is none of these packages (H21)."""
    assert api.settle(with_money([(100, 100)], limit=50), name).outcome is not None
    with pytest.raises(Unsupported, match="H21"):
        api.settle(with_money([(100, 100)], limit=49), name)


@pytest.mark.parametrize("name", ["knaster", "rent"])
def test_money_must_be_worth_something_to_all(name: str) -> None:
    """Without points for money nobody can bid; whose they are is not told (H14, H18)."""
    with pytest.raises(Unsupported, match="money is worth nothing to a party") as caught:
        api.settle(with_money([(1, 1)], (1, 0)), name)
    assert "ben" not in str(caught.value)
    with pytest.raises(Unsupported, match="Items and money only"):
        api.settle(
            dispute([Share("s")], preference("ann", {}), preference("ben", {})),
            name,
        )


def test_other_rules_than_one_each_are_refused() -> None:
    """Some of the rules that make it one each, or another one beside them, are refused (H18)."""
    complete = one_each(3, 3)
    for rules in (complete[1:], (*complete, rule(i0="ann"))):
        with pytest.raises(Unsupported, match="rules or red lines"):
            api.settle(with_money(ROOMS, rules=rules), "rent")
    with pytest.raises(Unsupported, match="2 items for 3 parties"):
        api.settle(with_money(ROOMS[:2], rules=one_each(2, 3)), "rent")


def test_many_equal_bids_are_too_many_packages() -> None:
    """Fourteen things worth the same to both can go 16,384 ways: refused (H18)."""
    with pytest.raises(TooLarge, match="10,000"):
        api.settle(with_money([(1, 1)] * 14), "knaster")


@pytest.mark.parametrize("name", ["knaster", "rent", "draw"])
def test_swapped_parties_get_the_mirror_image(name: str) -> None:
    """Whoever is named first: the same points and gains for the same bids, and the same status."""
    bids = [(9, 4), (2, 5), (3, 3)]
    one = api.settle(with_money(bids), name)
    other = api.settle(with_money([(b, a) for a, b in bids]), name)
    assert one.utilities is not None
    assert other.utilities is not None
    assert one.status is other.status
    assert list(one.utilities.values()) == list(other.utilities.values())[::-1]
    assert one.gains is not None
    assert other.gains is not None
    assert list(one.gains.values()) == list(other.gains.values())[::-1]


def test_paid_rules_tell_how_they_compare() -> None:
    """Three rooms: the gains of 13/30 and twice 17/60 are further apart than 1/20, so uneven."""
    settlement = api.settle(with_money(ROOMS, rules=one_each(3, 3), limit=55), "rent")
    assert settlement.status is Status.UNEVEN
    assert settlement.gains == {"ann": F(13, 30), "ben": F(17, 60), "cem": F(17, 60)}


def test_points_too_far_apart_for_floats_are_settled_all_the_same() -> None:
    """Where floats meet no number, gains with the largest product are found in fractions."""
    far = 10**20
    posts = {"ann": (2 * far, 0, 7 * far), "ben": (3, 7, 3), "cem": (7 * far, 0, far)}
    rates = {"ann": F(1, 3), "ben": far, "cem": F(1, 3)}
    made = dispute(
        [Choice("post", (Option("a"), Option("b"), Option("c"))), Money("cash", F(1))],
        *(
            preference(side, {"post": dict(zip("abc", posts[side], strict=True)), "cash": rate})
            for side, rate in rates.items()
        ),
        common_scale=True,
    )
    gains = api.settle(made, "nash").gains
    assert gains is not None
    assert gains["ben"] == 1
    assert all(gain is not None and gain > F(1, 4) for gain in gains.values())
