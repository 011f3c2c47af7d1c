"""Which of equally good packages is shown: the fewest changes, then the smallest hash (H11)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256
from itertools import product

from hikiwake import api
from hikiwake.model import Dispute, FrozenMap, Outcome, Preference
from hikiwake.pareto.canonical import Written, canonical
from hikiwake.pareto.compiled import compiled
from hikiwake.pareto.ties import changes_from_status_quo, first_decided, first_of
from hikiwake.settlement import MAX_LISTED, Settlement
from hikiwake.solvers.solution import Taken
from tests.conformance.builders import choice, dispute, division, one_of, outcome, preference

F = Fraction


def digest(values: Mapping[str, object]) -> str:
    """Return the SHA-256 of an outcome by another way than the program's."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def idle(options: int, status_quo: Outcome | None = None) -> Dispute:
    """Return a dispute over one even choice and another that matters to nobody."""
    names = [f"o{n}" for n in range(options)]
    return dispute(
        [choice("deal", "yes"), choice("idle", *names), choice("blank", "x", "y")],
        preference("ann", {"deal": {"yes": 1}}, 0),
        preference("ben", {"deal": {"yes": 1}}, 0),
        status_quo=status_quo,
    )


def shown(settlement: Settlement) -> dict[str, object]:
    """Return the outcome shown."""
    assert settlement.outcome is not None
    return dict(settlement.outcome)


def test_the_canonical_form_is_fixed() -> None:
    """Sorted keys, fractions as texts, no blanks, names as they are, in UTF-8."""
    made: Outcome = FrozenMap(
        {"house": "家", "b": FrozenMap({"ben": F(2, 3), "ann": F(1, 3)}), "a": F(50)}
    )
    assert canonical(made).decode() == '{"a":"50","b":{"ann":"1/3","ben":"2/3"},"house":"家"}'


def test_without_a_status_quo_the_smallest_hash_is_shown() -> None:
    """Of ten ties the one whose canonical form has the smallest SHA-256 is shown."""
    every = [{"deal": "yes", "idle": f"o{n}", "blank": blank} for n in range(5) for blank in "xy"]
    settlement = api.settle(idle(5))
    assert settlement.ties == 10
    assert shown(settlement) == min(every, key=digest)


def test_packages_in_indices_are_chosen_as_those_by_name() -> None:
    """Whatever today is, packages in indices are chosen among as the same packages by name are."""
    for today in (None, outcome(idle="o3"), outcome(deal="yes", blank="y")):
        own = compiled(idle(5, today))
        decisions = list(product(*(range(len(ways)) for ways in own.decisions)))
        named = [own.outcome(Taken(decision)) for decision in decisions]
        assert first_decided(Written(own), decisions) == first_of(own.dispute, named)


def test_the_fewest_changes_from_today_go_before_the_hash() -> None:
    """Whatever today is among ties, it stays; where today says less, the hash decides the rest."""
    for n in range(5):
        today: Outcome = FrozenMap({"deal": "yes", "idle": f"o{n}", "blank": "y"})
        assert shown(api.settle(idle(5, today))) == today
    part: Outcome = FrozenMap({"idle": "o3"})
    rest = [{"deal": "yes", "idle": "o3", "blank": blank} for blank in "xy"]
    assert shown(api.settle(idle(5, part))) == min(rest, key=digest)


def test_changes_are_counted_by_issue() -> None:
    """Against a partial status quo only what it names can change, a share by any other division."""
    today: Outcome = FrozenMap({"a": "x", "s0": FrozenMap({"ann": F(1, 2), "ben": F(1, 2)})})
    some = dispute(
        [choice("a", "x", "y"), choice("b", "x", "y"), *division([(1, 1)]).issues],
        Preference("ann"),
        Preference("ben"),
        status_quo=today,
    )
    assert changes_from_status_quo(some, outcome(a="x", b="y", s0=F(1, 2))) == 0
    assert changes_from_status_quo(some, outcome(a="y", b="y", s0=F(1, 3))) == 2
    assert changes_from_status_quo(division([(1, 1)]), outcome(s0=F(1, 3))) == 0


def test_every_engine_shows_the_same_tie() -> None:
    """Additive and brute force pick the same package among many."""
    one, other = (api.settle(idle(7), engine=e) for e in ("additive", "brute_force"))
    assert shown(one) == shown(other)
    assert set(one.tied) == set(other.tied)


def test_a_hundred_ties_are_listed_and_all_are_counted() -> None:
    """Of 240 ties a hundred are listed, the one shown first, none of them twice."""
    settlement = api.settle(idle(120))
    assert settlement.ties == 240
    assert len(settlement.tied) == len(set(settlement.tied)) == MAX_LISTED
    assert settlement.tied[0] == settlement.outcome


def test_twins_are_mirrors_in_gains() -> None:
    """(6, 5) and (5, 6) of ten are twins: the other is listed, and twice where two packages tie."""
    settlement = api.settle(one_of((10, 0), (6, 5), (5, 6), (0, 10)))
    assert (settlement.ties, settlement.twins, len(settlement.mirrors)) == (1, 1, 1)
    assert settlement.utilities is not None
    assert settlement.utilities != settlement.mirrors[0].utilities
    assert sorted(settlement.mirrors[0].utilities.values()) == [5, 6]
    today: Outcome = FrozenMap({"package": "p2"})
    kept = api.settle(
        one_of((10, 0), (6, 5), (5, 6), (0, 10), (6, 5), status_quo=today, walk_away=(0, 0))
    )
    assert shown(kept) == {"package": "p2"}
    assert (kept.ties, kept.twins, len(kept.mirrors)) == (1, 2, 2)


def test_a_package_is_not_its_own_twin() -> None:
    """Where all gains are equal there is no mirror."""
    settlement = api.settle(one_of((10, 0), (5, 5), (0, 10)))
    assert (settlement.ties, settlement.twins, settlement.mirrors) == (1, 0, ())


def test_infinitely_many_divisions_are_said_to_be_so() -> None:
    """Two shares of one ratio tie infinitely often in the middle, and just once at an end."""
    assert api.settle(division([(2, 2), (2, 2)])).ties == "infinite"
    assert api.settle(division([(1, 1)])).ties == 1
    assert api.settle(division([(4, 0), (0, 3)])).ties == 1


def test_fewest_changes_hold_for_whole_issues_beside_shares() -> None:
    """A choice that matters to nobody stays as it is today where something else is divided."""
    for option in ("x", "y"):
        today: Outcome = FrozenMap({"a": option})
        some = dispute(
            [choice("a", "x", "y"), *division([(1, 1)]).issues],
            preference("ann", {"s0": 1}, 0),
            preference("ben", {"s0": 1}, 0),
            status_quo=today,
        )
        settlement = api.settle(some)
        assert shown(settlement) == outcome(a=option, s0=F(1, 2))
        assert settlement.ties == 2


def test_packages_of_a_frontier_are_read_like_a_tuple() -> None:
    """One by one, from the end, in parts or all together: the same packages, written once."""
    words = ("a", "b", "c")
    the_dispute = dispute(
        [choice(name, *words) for name in ("one", "two", "idle")],
        preference("ann", {name: {"a": 4, "b": 2, "c": 0} for name in ("one", "two")}, 0),
        preference("ben", {name: {"a": 0, "b": 3, "c": 4} for name in ("one", "two")}, 0),
    )
    one_by_one, together = api.frontier(the_dispute).outcomes, api.frontier(the_dispute).outcomes
    count = len(one_by_one)
    found = tuple(one_by_one[place] for place in range(count))
    assert count > 3
    assert tuple(together) == found
    assert one_by_one == together == found
    assert (one_by_one[-1], one_by_one[1:3]) == (found[-1], found[1:3])
    assert found[0] in together
    assert one_by_one != found[1:]
    assert (hash(one_by_one), repr(one_by_one)) == (hash(found), repr(found))
