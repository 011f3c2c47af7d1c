"""What the checker leaves of a node, and what it compares gains with, beside what the page says."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from hikiwake.proof import checker
from tests.support.known_certificates import dispute
from tests.support.tied import tied_dispute


def narrowed(space: Any, left: int) -> int:
    """Return what the page leaves of a node: each clause again, until nothing changes."""
    before = None
    while left != before:
        before = left
        for literals in space.clauses.values():
            if not all(left & own for own, _ in literals):
                continue
            loose = [own for own, rest in literals if left & rest]
            if not loose:
                return 0
            if len(loose) == 1:
                left &= ~loose[0]
    return left


def fewer(space: Any, random: Random) -> int:
    """Return a node with some options of each part, one at least."""
    left = 0
    for options in space.options:
        for own in random.sample(options, random.randint(1, len(options))):
            left |= checker.mask(own)
    return left


@pytest.mark.parametrize("seed", range(20))
def test_what_is_narrowed_part_by_part_is_what_the_page_leaves(seed: int) -> None:
    """Looking only at clauses of parts that changed leaves what looking at all of them leaves."""
    random = Random(seed)
    own = checker.Dispute(checker.exact(tied_dispute(random)), 10**9)
    space: Any = checker.Space(own, [], range(own.limits))
    assert space.all == narrowed(space, space.every)
    found: list[int] = []
    for _ in range(60):
        left = fewer(space, random)
        found.append(space.narrow(left, space.parts))
        assert found[-1] == narrowed(space, left)
        for code in (p for p, part in enumerate(space.parts) if several(found[-1] & part)):
            for node in space.branch(found[-1], code):
                assert space.narrow(*node) == narrowed(space, node[0])
    assert any(found)
    assert not all(found)


def several(left: int) -> bool:
    """Tell whether several options of a part remain, each of which has one corner."""
    return bool(left & (left - 1))


def test_whole_gains_are_compared_with_whole_tolerances() -> None:
    """What whole gains may differ by is rounded down; where something is no integer it is exact."""
    issues: list[Any] = [[[7, 0], [0, 9]]]
    for walk_away, within, price in (
        ([0, 0], 3, 6),
        (["1/2", 0], *(Fraction(63, n) for n in (20, 10))),
    ):
        own = checker.Dispute(checker.exact(dispute(issues, walk_away=walk_away)), 10**9)
        measure = checker.Measure(own, own.floors, [7, 9])
        assert (measure.scale, measure.within, measure.price) == (63, within, price)
