"""Corners and edges of what two sides divide: what is found among them, against listing them all,
and intervals where there are many."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from operator import ne
from random import Random

import pytest
from ortools.sat.python import cp_model

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Hiding, Talks
from hikiwake.model import WALK_AWAY, Dispute, FrozenMap, Outcome, Party, Preference, Share
from hikiwake.options.disclosure.between_two import in_case, ranged
from hikiwake.options.disclosure.between_two.corners import Corners
from hikiwake.options.disclosure.between_two.evened import Evened, stakes_of
from hikiwake.options.disclosure.between_two.measured import Measured
from hikiwake.options.disclosure.between_two.placed import Placed
from hikiwake.options.disclosure.between_two.places import middle
from hikiwake.options.disclosure.between_two.rows import Border, Worths
from hikiwake.options.disclosure.between_two.seen import Seen
from hikiwake.options.disclosure.between_two.share import USUAL
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences
from hikiwake.options.disclosure.hidden.unknowns import Unknowns, numbers_of
from hikiwake.options.disclosure.sought import ends
from hikiwake.solvers.watched import search
from tests.support.disclosed import told_about, with_member
from tests.unit.options.disclosure.test_disclosure_divided import SIDES, divided, points_of
from tests.unit.options.disclosure.test_disclosure_shown import fits_as_settled_anew

F = Fraction
Given = tuple[Fraction, Fraction]  # what a package gives Ann and Ben beyond what they keep


def listed(dispute: Dispute, corners: Corners, ben: Preference) -> list[tuple[Given, ...]]:
    """Return what every corner gives, and what both ends of every edge do."""
    ids = [issue.id for issue in dispute.issues]
    lines = [*dispute.rules, *dispute.preferences["ann"].red_lines]
    walk_away = ben.walk_away or F(0)

    def given(outcome: Outcome) -> Given:
        own = dispute.utility("ann", outcome) - dispute.walk_away("ann")
        return own, ben.utility(outcome) - walk_away

    def allowed(outcome: Outcome) -> bool:
        return not any(line.never.holds(outcome) for line in lines)

    found: list[tuple[Given, ...]] = []
    for values in product(*corners.places):
        outcome: Outcome = FrozenMap(dict(zip(ids, values, strict=True)))
        if allowed(outcome):
            found.append((given(outcome),))
        for n, issue in enumerate(dispute.issues):
            if dispute.decisions_of(issue) is not None or values[n] != corners.places[n][0]:
                continue
            for one, other in pairwise(corners.places[n]):
                first, inner, last = (
                    FrozenMap({**outcome, issue.id: value})
                    for value in (one, middle(one, other), other)
                )
                if allowed(inner):
                    found.append((given(first), given(last)))
    return found


def most(spots: list[tuple[Given, ...]], least: Fraction, beyond: bool) -> dict[bool, Fraction]:
    """Return the most that Ben gets where Ann gets so much: what is reached, and come near to."""
    found: dict[bool, list[Fraction]] = {False: [], True: []}
    for ends_of in spots:
        (low, own), (high, other) = min(ends_of), max(ends_of)
        if len(ends_of) == 1 and (low > least or (low == least and not beyond)):
            found[False].append(own)
        elif low < least < high:
            found[beyond].append(own + (other - own) * (least - low) / (high - low))
        elif low == least < high:
            found[True].append(own)
    return {near: max(numbers) for near, numbers in found.items() if numbers}


def drawn(seed: int) -> tuple[Dispute, Hiding, Preference, Random]:
    chance = Random(seed)
    dispute, grid = divided(chance, chance.random() < 0.4)
    return dispute, grid, drawn_from(dispute, "ben", grid, chance), chance


@pytest.mark.parametrize("seed", range(30))
def test_what_is_worth_most_is_that_of_listing_every_corner_and_edge(seed: int) -> None:
    """The most that Ben gets where Ann gets so much, or more, reached or only come near to, is that
    of all corners and edges, and the row of the package where it is says so."""
    dispute, _, ben, chance = drawn(seed)
    worths = Worths(corners := Corners(dispute, "ben"))
    spots, numbers = listed(dispute, corners, ben), numbers_of(dispute, ben)
    worth, parts = worths.of(numbers, numbers[WALK_AWAY])
    kept = Measured(worths).kept(ben, dispute.tolerance, closed=False)
    levels = [F(0), F(chance.randint(1, 60), 3), chance.choice(spots)[0][0]]
    for level, beyond in product(levels, (False, True)):
        border, found = Border(worths, level, beyond), dict[bool, Fraction]()
        for spot, value, near in border.largest(worth, kept, chance.choice((1, 6))):
            row = border.row(spot)
            pairs = zip(row.numbers, worths.answers, strict=True)
            own = sum((part * numbers[answer] for part, answer in pairs), start=F(0)) / row.parts
            assert own - numbers[WALK_AWAY] == value / parts
            found[near] = max(found.get(near, value / parts), value / parts)
        expected = most(spots, level, beyond)
        assert found.get(False) == expected.get(False)
        if beyond and True in expected:  # along an edge that falls its upper end is worth more
            reached = max(expected.values())
            assert max(found.values()) == reached


@pytest.mark.parametrize("seed", range(5))
def test_packages_that_matter_are_the_best_and_then_those_unlike_it(seed: int) -> None:
    """Of all corners the best comes first, and then one after the other the best of those that
    differ in two issues from all before."""
    dispute, _ = many_shares(Random(seed), 5)
    worths = Worths(corners := Corners(dispute, "ben"))
    ben = dispute.preferences["ben"]
    worth, _ = worths.of(numbers_of(dispute, ben), F(0))
    kept = Measured(worths).kept(ben, dispute.tolerance, closed=False)
    found = [spot[0] for spot, _, _ in Border(worths, F(0), False).largest(worth, kept, 6)
             if len(spot) == 1]  # fmt: skip
    places = [tuple(int(at[n]) for at in corners.at) for n in range(len(worth))]
    left = [n for n, place in enumerate(places) if corners.gained[n] >= 0]
    assert len(found) > 2
    for one in found:
        assert worth[one] == max(worth[n] for n in left)
        left = [n for n in left if sum(map(ne, places[n], places[one])) > 1]
        assert one not in left


@pytest.mark.parametrize("seed", range(20))
def test_a_package_chosen_in_a_model_is_worth_as_much_as_the_best_of_all(seed: int) -> None:
    """The best package that can be chosen in a model is worth the most of all corners and edges;
    where the parts of edges are fewer than there are numbers, that or up to one part more."""
    dispute, grid, ben, chance = drawn(seed)
    worths = Worths(corners := Corners(dispute, "ben"))
    spots, numbers = listed(dispute, corners, ben), numbers_of(dispute, ben)
    exact = corners.parts_of_edges(10**9)
    level = F(chance.randint(1, 60), 3)
    for least, beyond, parts in ((F(0), False, exact), (level, False, 50), (level, True, 50)):
        cp = cp_model.CpModel()
        hidden = Unknowns(cp, dispute, "ben", grid)
        for answer, number in numbers.items():
            cp.add(hidden.numbers[answer] == int(number / hidden.unit))
        evened = Evened(cp, corners, (hidden, grid), stakes_of(corners, grid, []), USUAL)
        placed = Placed(cp, (worths, hidden, evened), parts, exact=not least)
        placed.reach(least, beyond)
        cp.maximize(placed.worth)
        ended = search(cp, num_workers=1)
        expected = most(spots, least, beyond).values()
        assert ended.impossible or ended.best
        if ended.impossible:
            assert not expected
            continue
        found = ended.value(placed.worth) * hidden.unit / placed.parts - numbers[WALK_AWAY]
        assert (
            max(expected) <= found <= max(expected) + (2 * 2 * grid.total / parts if least else 0)
        )


@pytest.mark.parametrize("seed", [0, 3, 5, 9])
@pytest.mark.parametrize("shown", [False, True])
def test_what_is_rounded_loses_nothing(
    seed: int, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where numbers are rounded to a few parts, what would have told the same still lies within
    the bounds, and what is sure within that."""
    for module, name in ((ranged, "MAX_PARTS"), (ranged, "MAX_DIVIDED"), (ranged, "_DIVIDED"),
                         (in_case, "MAX_DIVIDED"), (in_case, "ROUNDED")):  # fmt: skip
        monkeypatch.setattr(module, name, 7)
    dispute, grid, _, _ = drawn(seed)
    outcome = settle(dispute).outcome
    assert outcome is not None
    told = () if shown else told_about(dispute, outcome)
    talks = Talks(Budget(keep=F(0), hiding=grid), told=told, shown=outcome if shown else None)
    seen, found = Seen(dispute, SIDES, talks, grid), ends(dispute, SIDES, talks, grid)
    left = [*filter(seen.same, hidden_preferences(dispute, "ben", grid))]
    assert found is not None
    assert left
    for answer, bound in found.bound.items():
        numbers = [numbers_of(dispute, own)[answer] for own in left]
        assert bound.low <= min(numbers) <= max(numbers) <= bound.high
        if found.sure:
            assert min(numbers) <= found.sure[answer].low <= found.sure[answer].high <= max(numbers)


def many_shares(chance: Random, count: int) -> tuple[Dispute, Hiding]:
    """Return a dispute over shares, and few wishes of Ben's."""
    issues = tuple(Share(f"s{n}") for n in range(count))
    points = FrozenMap({issue.id: points_of(issue, chance) for issue in issues})
    ann = Preference("ann", points, walk_away=F(chance.choice((0, 10, 20))))
    sides = FrozenMap({"ann": ann, "ben": replace(ann, party="ben")})
    tolerance, price = chance.choice((F(0), F(1, 20), F(1, 4))), chance.choice((F(0), F(1, 2)))
    both = (Party("ann"), Party("ben"))
    dispute = Dispute(both, issues, sides, tolerance=tolerance, price=price)
    grid = Hiding(F(100), F(50), F(50))
    return with_member(dispute, drawn_from(dispute, "ben", grid, chance)), grid


@pytest.mark.slow
@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_intervals_among_thousands_of_corners_are_those_of_settling(seed: int, shown: bool) -> None:
    """Among two thousand corners, too, those members fit that settle alike, and every interval is
    exact and theirs."""
    dispute, grid = many_shares(Random(seed), 11)
    outcome = settle(dispute).outcome
    assert outcome is not None
    told = () if shown else told_about(dispute, outcome)
    talks = Talks(Budget(keep=F(0), hiding=grid), told=told, shown=outcome if shown else None)
    seen = Seen(dispute, SIDES, talks, grid)
    assert seen.measured is not None
    assert len(seen.measured.corners.gained) == 2**11
    fits_as_settled_anew(dispute, grid, talks, seen)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["boundary", "couple"])
def test_intervals_of_templates_with_many_corners_are_exact(name: str) -> None:
    """A boundary and a couple that parts, with thousands of corners: after a word of evenness every
    number of both sides is exact, and that nothing declared fits their settlement is proved."""
    dispute = load(f"src/hikiwake/formats/templates/{name}")
    outcome = settle(dispute).outcome
    assert outcome is not None
    told = told_about(dispute, outcome)
    for party, observer in (dispute.party_ids, dispute.party_ids[::-1]):
        sides = party, (observer,)
        found = ends(dispute, sides, Talks(Budget(keep=F(0)), told=told), Hiding())
        assert found is not None
        assert found.bound == found.sure
        assert ends(dispute, sides, Talks(Budget(keep=F(0)), shown=outcome), Hiding()) is None
