"""Branch and bound over the cells that a hull's optimum mixes, the best bound first.

Each view's linear program bounds everything in it, so the first view that reaches its own bound
without mixing is best, and those that reach the same bound are all the others as good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from math import inf

from hikiwake.solvers.hulls.hull import Frame, Hull, Link, Mixture, Sums, View
from hikiwake.solvers.hulls.levels import Levels, Terms, levels_of
from hikiwake.solvers.programs import Impossible

Key = tuple[Fraction | float, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A point that is attained: everybody's sums, the cells that do it, and its sorted values."""

    sums: Sums
    view: View
    values: tuple[Fraction, ...]


def branches(hull: Hull, view: View, mixture: Mixture) -> Iterator[View]:
    """Yield views that split a view's cells so that each excludes the mixture."""
    mixed = mixture.mixed()
    part = max(mixed, key=lambda p: (1 - max(mixed[p].values()), -p))
    cells, masses = hull.cells(view, part), mixed[part]
    if len(cells) <= 4:
        yield from ({**view, part: (cell,)} for cell in cells)
        return
    middle = sum(cells.index(cell) * mass for cell, mass in masses.items())
    cut = int(middle) + 1
    yield {**view, part: tuple(cells[:cut])}
    yield {**view, part: tuple(cells[cut:])}


def best_levels(hull: Hull, terms: Terms, start: View | None = None) -> list[Found]:
    """Return all the attained points whose sorted values are lexicographically greatest."""
    if not hull.possible:
        return []
    lowest = terms.lowest(hull)
    size = len(terms.parties)
    found: dict[Sums, Found] = {}
    best: Key | None = None
    order = count()
    heap: list[tuple[Key, int, View, Levels]] = []

    def push(view: View, levels: Levels) -> None:
        key = tuple(-level for level in levels.known) + (-inf,) * (size - len(levels.known))
        if best is None or key <= best:
            heappush(heap, (key, -next(order), view, levels))

    root: View = start or {}
    push(root, levels_of(hull, root, terms, lowest))
    while heap:
        key, _, view, levels = heappop(heap)
        if best is not None and key > best:
            break
        if not levels.complete:
            if levels.advance():
                push(view, levels)
            continue
        mixture = levels.mixture
        assert mixture is not None
        if mixture.sums in found:
            continue
        if mixture.mixed():
            for branch in branches(hull, view, mixture):
                push(branch, levels_of(hull, branch, terms, lowest))
        else:
            best = key
            cells = {**view, **{part: (*own,) for part, own in mixture.masses.items()}}
            found[mixture.sums] = Found(mixture.sums, cells, levels.known)
    return list(found.values())


def best_sum(
    hull: Hull,
    links: tuple[Link, ...],
    weights: Mapping[int, int | Fraction],
    start: View | None = None,
) -> Found | None:
    """Return an attained point where a weighed sum of utilities is largest, links kept."""
    if not hull.possible:
        return None
    order = count()
    heap: list[tuple[Fraction, int, View, Mixture]] = []

    def push(view: View) -> None:
        mixture = Frame(hull, view).best(links, weights)
        if not isinstance(mixture, Impossible):
            heappush(heap, (-mixture.value, -next(order), view, mixture))

    push(start or {})
    while heap:
        _, _, view, mixture = heappop(heap)
        if not mixture.mixed():
            cells = {**view, **{part: (*own,) for part, own in mixture.masses.items()}}
            return Found(mixture.sums, cells, (mixture.value,))
        for branch in branches(hull, view, mixture):
            push(branch)
    return None
