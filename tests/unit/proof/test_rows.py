"""Rows of multipliers for tied issues: what floats say of them, and how they are made few."""

from __future__ import annotations

from random import Random

import pytest

from hikiwake.proof.trees.covering import Leaf, fewest
from hikiwake.proof.trees.ground import Quest
from hikiwake.proof.trees.opening import Open, Row, read
from hikiwake.proof.trees.relaxing import Relaxation
from hikiwake.proof.trees.sharing import Use, shared
from hikiwake.proof.trees.shortening import shortened
from hikiwake.proof.trees.weighing import Weighing
from tests.support.tied import nodes_below, quest_of, tied_dispute

SEEDS = range(12)
WEIGHTS = [(1, 0), (0, 1), (1, 1), (3, 2), (1, 7)]


def row_at(opening: Open, weights: tuple[int, ...]) -> Row:
    """Return the row with what goes best with some multipliers at a node."""
    found = opening.solve(opening.levels, weights)
    assert found is not None
    return opening.row(found, weights)


def bound(opening: Open, row: Row) -> int:
    """Return what a row bounds at a node, by the checker."""
    return opening.bound(*read(row))


def asked_for(quest: Quest, row: Row) -> int:
    """Return what a row's weighted sum must reach."""
    weights, _ = read(row)
    return sum(weights[i] * value for i, (value, _) in quest.levels[0].asks.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_relaxation_goes_on_as_if_it_were_new(seed: int) -> None:
    """A program that was asked at other nodes before finds the same slack as a new one."""
    random = Random(seed)
    quest = quest_of(tied_dispute(random), [90, 90])
    for opening in nodes_below(quest, random, 12):
        seen = quest.seen(opening.domains, opening.seen, [0])
        again = quest.relaxation([0]).solve(seen, [0])
        new = Relaxation(quest.ground.relaxed, quest.asked(0)).solve(seen, [0])
        assert again is not None
        assert new is not None
        assert again.slack == pytest.approx(new.slack, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_bounds_what_the_program_said(seed: int) -> None:
    """By the checker a row falls short of what is asked by as much as the program said."""
    random = Random(seed)
    quest = quest_of(tied_dispute(random), [90, 90])
    for opening in nodes_below(quest, random, 8):
        for weights in WEIGHTS:
            found = opening.solve(opening.levels, weights)
            assert found is not None
            row = opening.row(found, weights)
            slack = bound(opening, row) - asked_for(quest, row)
            scale = quest.ground.measure.scale
            assert slack == pytest.approx(found.slack * scale, rel=1e-6, abs=60)


@pytest.mark.parametrize("seed", SEEDS)
def test_many_rows_are_weighed_as_the_checker_does(seed: int) -> None:
    """What arrays of floats bound at a node is what the checker bounds there, or a trace more."""
    random = Random(seed)
    quest = quest_of(tied_dispute(random), [90, 90])
    openings = list(nodes_below(quest, random, 10))
    rows = [row_at(opening, random.choice(WEIGHTS)) for opening in openings]
    weighing = Weighing(quest.ground, rows)
    for opening in openings:
        for row, found in zip(rows, weighing.bounds(opening), strict=True):
            exact = bound(opening, row)
            assert exact <= found <= exact + 1e-6 * abs(exact) + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shorter_row_closes_the_same_nodes(seed: int) -> None:
    """A shortened row closes each node that the row closed, and has no more clauses."""
    random = Random(seed)
    quest = quest_of(tied_dispute(random), [170, 170])
    openings = list(nodes_below(quest, random, 10))
    row = row_at(openings[0], (1, 1))
    closed = [opening for opening in openings if opening.closed_by(row)]
    assert closed
    shorter = shortened(row, closed)
    assert all(opening.closed_by(shorter) for opening in closed)
    assert len(shorter) <= len(row)


def test_a_row_with_much_to_spare_needs_no_clauses() -> None:
    """Where far more is asked than there is, the multipliers alone remain."""
    random = Random(1)
    quest = quest_of(tied_dispute(random), [5_000, 5_000])
    opening = next(nodes_below(quest, random, 1))
    assert len(row_at(opening, (1, 1))) > 2
    assert shortened(row_at(opening, (1, 1)), [opening]) == (1, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_few_rows_close_many_leaves(seed: int) -> None:
    """Every leaf is closed by the rows chosen for it, and a row that is known is used again."""
    random = Random(seed)
    quest = quest_of(tied_dispute(random), [170, 170])
    openings = list(nodes_below(quest, random, 12))
    leaves = [Leaf(opening, (row_at(opening, (1, 1)),)) for opening in openings]
    leaves = [leaf for leaf in leaves if leaf.opening.closed_by(leaf.rows[0])]
    chosen = fewest(leaves, ())
    for leaf, rows in zip(leaves, chosen, strict=True):
        closed = frozenset[int]().union(*(leaf.opening.closed_by(row) for row in rows))
        assert closed == frozenset(leaf.opening.levels)
    used = list(dict.fromkeys(row for rows in chosen for row in rows))
    assert len(used) < len({leaf.rows for leaf in leaves})
    again = {row for rows in fewest(leaves, used) for row in rows}
    assert again <= set(used)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shared_row_closes_what_several_did(seed: int) -> None:
    """Rows made for one node each become fewer that close them all, exactly."""
    random = Random(seed)
    quest = quest_of(tied_dispute(random), [130, 130])
    uses: dict[Row, list[Use]] = {}
    for opening in nodes_below(quest, random, 60):
        row = row_at(opening, (1, 1))
        closed = opening.closed_by(row)
        if closed and not quest.levels[0].closed(opening.seen):
            uses.setdefault(row, []).append((opening, closed))
    found = shared(uses)
    assert found.keys() == uses.keys()
    assert len(set(found.values())) < len(uses)
    for row, own in uses.items():
        assert all(opening.closed_by(found[row]) >= levels for opening, levels in own)


def test_rows_that_none_can_stand_for_are_kept() -> None:
    """What bounds one side's gain alone bounds nothing of the other's: both rows stay."""
    raw = tied_dispute(Random(3))
    root = next(nodes_below(quest_of(raw, [0, 0]), Random(3), 1))
    uses: dict[Row, list[Use]] = {}
    for asked, weights in (([root.upper[0], 0], (1, 0)), ([0, root.upper[1]], (0, 1))):
        quest = quest_of(raw, asked)
        opening = next(nodes_below(quest, Random(3), 1))
        assert not quest.levels[0].closed(opening.seen)
        row = row_at(opening, weights)
        assert opening.closed_by(row) == {0}
        uses[row] = [(opening, frozenset({0}))]
    assert shared(uses) == {row: row for row in uses}
