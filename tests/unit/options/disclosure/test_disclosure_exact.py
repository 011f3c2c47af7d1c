"""The exact ends between two sides after words, against listing the whole grid; and their parts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Hiding, Interval, Talks, Told, Word
from hikiwake.model import (
    Amount,
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    OneOf,
    Option,
    Outcome,
    Party,
    Rule,
)
from hikiwake.model.condition import Test
from hikiwake.options.disclosure.between_two.case import gains
from hikiwake.options.disclosure.between_two.seen import Seen
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.models.diagram import Diagram, diagram_of
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import GRIDS_OF_TWO, all_packages, drawn_points, told_about

F = Fraction
SEVERAL = (0, 4, 7)  # disputes in which some word is that a package is possible


def ways_through(diagram: Diagram) -> set[tuple[int, ...]]:
    reached = {(): 0} if not diagram.empty else {}
    for layer in diagram.layers:
        reached = {
            (*way, option): int(node)
            for way, here in reached.items()
            for option, node in enumerate(layer[here])
            if node >= 0
        }
    return set(reached)


def test_the_ways_through_a_diagram_are_the_set() -> None:
    """Of sets drawn at random, the empty and the whole among them, exactly the members lead from
    the first node to the end, by arcs and by where the first issues lead."""
    chance = np.random.default_rng(1)
    for part in [0.0, 1.0, *chance.random(60)]:
        shape = tuple(chance.integers(1, 4, size=chance.integers(1, 5)))
        members = chance.random(shape) < part
        diagram = diagram_of(members)
        assert ways_through(diagram) == {tuple(map(int, one)) for one in np.argwhere(members)}
        beginnings = members.reshape(shape[0], -1).any(axis=1)
        assert (diagram.nodes_after(1) >= 0).tolist() == beginnings.tolist()
        arcs = diagram.arcs()
        assert len({(start, option) for start, option, _ in arcs}) == len(arcs)
        assert all(start < end <= diagram.end for start, _, end in arcs)


def test_gains_are_those_that_some_most_of_the_other_side_allows() -> None:
    """What the hidden side can gain by a package of a word holds every gain with which some whole
    number of the range gives that word; where the range is one number it holds no other."""
    for most, known, further, width in product(range(5), range(4), range(4), range(3)):
        low = known + further
        for tolerance, even in product((F(0), F(1, 4), F(1, 2)), (True, False)):
            spans = list(gains(most, known, (low, low + width), tolerance, even))
            found = {gain for least, top in spans for gain in range(least, top + 1)}
            needed = {
                gain
                for gain in range(most + 1)
                for reach in range(low, low + width + 1)
                if _even(gain, most, known, reach, tolerance) is even
            }
            assert needed <= found <= set(range(most + 1))
            assert width or found == needed


def _even(gain: int, most: int, known: int, reach: int, tolerance: Fraction) -> bool:
    return bool(most and reach) and abs(F(gain, most) - F(known, reach)) <= tolerance


def drawn(chance: Random) -> tuple[Dispute, list[Outcome]]:
    """Return a small dispute at random, with amounts, groups and rules, and some packages."""
    issues: list[Issue] = []
    for n in range(chance.randint(2, 4)):
        if chance.random() < 0.2:
            issues.append(Amount(f"i{n}", F(0), F(10), step=F(5)))
        else:
            options = (Option(f"o{k}") for k in range(chance.randint(2, 3)))
            issues.append(Choice(f"i{n}", tuple(options)))
    groups = (Group("g", ("i0", "i1"), True),) if len(issues) > 2 and chance.random() < 0.6 else ()
    tests: dict[str, Test] = {one.id: OneOf(frozenset({"o0"})) for one in issues[-2:]}
    ruled = chance.random() < 0.3 and len(issues) > 2 and isinstance(issues[-2], Choice)
    dispute = Dispute(
        (Party("ann"), Party("ben")),
        tuple(issues),
        FrozenMap({party: drawn_points(party, issues, chance) for party in ("ann", "ben")}),
        groups=groups,
        rules=(Rule(Condition(FrozenMap(tests))),)
        if ruled and isinstance(issues[-1], Choice)
        else (),
        tolerance=chance.choice((F(0), F(1, 20), F(1, 4), F(1, 2))),
    )
    return dispute, chance.sample(all_packages(dispute), chance.randint(1, 3))


def two_groups(dispute: Dispute) -> Dispute:
    """Return the dispute with its first issue and its second each not for trade."""
    return replace(dispute, groups=(Group("g", ("i0",), True), Group("h", ("i1",), True)))


def against_listing(seed: int, several: bool = False) -> tuple[Dispute, tuple[Told, ...]]:
    """Compare every interval of a dispute drawn at random with that of the listed grid."""
    chance = Random(seed)
    dispute, about = drawn(chance)
    dispute = two_groups(dispute) if several else dispute
    grid, told = chance.choice(GRIDS_OF_TWO), told_about(dispute, *about)
    if dispute.groups and all(one.word is Word.NOT_POSSIBLE for one in told):
        return dispute, ()  # what is even in the group is not known then
    talks = Talks(Budget(keep=F(0), hiding=grid), told=told)
    seen = Seen(dispute, ("ben", ("ann",)), talks, grid)
    left = [own.answers() for own in hidden_preferences(dispute, "ben", grid) if seen.same(own)]
    found = ends(dispute, ("ben", ("ann",)), talks, grid)
    if found is None:
        assert not left
        return dispute, told
    for answer, bound in found.bound.items():
        numbers = [own[answer] for own in left]
        assert found.sure[answer] == bound == Interval(min(numbers), max(numbers))
    return dispute, told


@pytest.mark.parametrize("seed", range(3))
def test_every_interval_after_words_is_that_of_listing(seed: int) -> None:
    """Of disputes drawn at random, after one to three words, every interval is exact and the same
    as that of all members of the grid that would have been told the same."""
    against_listing(seed)


@pytest.mark.parametrize("seed", SEVERAL)
def test_every_interval_with_two_groups_is_that_of_listing(seed: int) -> None:
    """The same where two groups are not for trade, each of which can be the less even one."""
    assert against_listing(seed, several=True)[1]


@pytest.mark.slow
def test_intervals_are_exact_with_groups_amounts_rules_and_every_word() -> None:
    """The same of more disputes: each kind of word, groups, amounts and rules are among them."""
    words, kinds = set[Word](), set[str]()
    for seed in range(3, 20):
        dispute, told = against_listing(seed)
        words |= {one.word for one in told}
        kinds |= {"group"} if dispute.groups and told else set()
        kinds |= {"rule"} if dispute.rules else set()
        kinds |= {type(issue).__name__ for issue in dispute.issues}
    assert words == set(Word)
    assert kinds == {"group", "rule", "Choice", "Amount"}


def test_points_of_any_precision_bound_what_is_hidden() -> None:
    """England's points have twenty decimals: after a word of evenness about the settled package
    every number that England hides is known exactly, the low and the high end of each."""
    dispute = load("examples/published/england-zimbabwe.toml")
    outcome = settle(dispute).outcome
    assert outcome is not None
    talks = Talks(Budget(keep=F(0)), told=told_about(dispute, outcome))
    found = ends(dispute, ("zimbabwe", ("england",)), talks, Hiding())
    assert found is not None
    assert found.sure == found.bound
    assert any(span != Interval(F(0), F(100)) for span in found.bound.values())
