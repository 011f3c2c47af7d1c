"""The draw rule on many tables at once, against its definition on each of them in fractions."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from hikiwake.options.sureness.sampling import STEPS, Steps
from hikiwake.options.tables import answers_each, are_draws

F = Fraction
Gains = list[tuple[Fraction, ...]]


def gains_of(table: list[list[int]]) -> tuple[list[int], Gains]:
    """Return the packages that all accept, and what they give whoever can gain."""
    kept = [n for n in range(len(table[0])) if all(own[n] >= 0 for own in table)]
    tops = [max((own[n] for n in kept), default=0) for own in table]
    pairs = [(own, top) for own, top in zip(table, tops, strict=True) if top > 0]
    return kept, [tuple(F(own[n], top) for own, top in pairs) for n in kept]


def draws_of(gains: Gains, tolerance: Fraction, price: Fraction) -> list[int]:
    """Return the places of all draws (H10); whoever is compared with nobody makes none."""
    best = max(sorted(one) for one in gains)
    references = [one for one in gains if sorted(one) == best]
    return [
        place
        for place, one in enumerate(gains)
        if len(one) >= 2
        and max(one) - min(one) <= tolerance
        and not any(o != one and all(b >= a for a, b in zip(one, o, strict=True)) for o in gains)
        and any(all(r - a <= price for a, r in zip(one, ref, strict=True)) for ref in references)
    ]


def rule(table: list[list[int]], tolerance: Fraction, price: Fraction) -> set[int]:
    """Return what the draw rule answers, read off its definition."""
    kept, gains = gains_of(table)
    if not kept:
        return set()
    greatest = max(sorted(one) for one in gains)
    references = [place for place, one in enumerate(gains) if sorted(one) == greatest]
    draws = draws_of(gains, tolerance, price)
    if draws and max(greatest, default=F(0)) - min(greatest, default=F(0)) > tolerance:
        best = max(sorted(gains[place]) for place in draws)
        return {kept[place] for place in draws if sorted(gains[place]) == best}
    return {kept[place] for place in references}


def some_tables(random: Random) -> tuple[list[list[list[int]]], list[Any]]:
    """Return several tables, small numbers with many ties or very large ones; and as arrays."""
    sides, size, unit = (
        random.choice((2, 2, 3)),
        random.randint(1, 9),
        random.choice((1, 1, 10**13)),
    )
    top = random.choice((3, 12, 100))
    tables = [
        [[unit * random.randint(-top // 3, top) for _ in range(size)] for _ in range(sides)]
        for _ in range(random.randint(1, 6))
    ]
    kind = object if unit > 1 else np.int64
    return tables, [np.array([one[i] for one in tables], dtype=kind) for i in range(sides)]


@pytest.mark.parametrize("seed", range(150))
def test_the_rule_on_many_tables_is_the_rule_on_each(seed: int) -> None:
    """What the draw rule answers of tables at once, and what is a draw, follow the definition."""
    random = Random(seed)
    tables, arrays = some_tables(random)
    tolerance, price = random.choice(((F(1, 20), F(1, 10)), (F(1, 5), F(1, 3)), (F(0), F(1))))
    found = answers_each(arrays, tolerance, price)
    for table, line in zip(tables, found, strict=True):
        assert set(np.flatnonzero(line).tolist()) == rule(table, tolerance, price)
    for package in range(len(tables[0][0])):
        held = are_draws(arrays, package, tolerance, price).tolist()
        for table, draw in zip(tables, held, strict=True):
            kept, gains = gains_of(table)
            draws = draws_of(gains, tolerance, price) if kept else []
            assert draw == (package in {kept[place] for place in draws})


@pytest.mark.parametrize("seed", range(5))
def test_steps_drawn_by_thousands_are_those_drawn_one_by_one(seed: int) -> None:
    """However many are taken at a time, steps of a range are what ``randint`` gives in turn."""
    random, steps = Random(seed), Steps(seed)
    for shape in ((1, 1), (3, 7), (0, 4), (400, 5), (2, 2)):
        asked = [[random.randint(0, STEPS) for _ in range(shape[1])] for _ in range(shape[0])]
        assert steps.take(shape).tolist() == asked
