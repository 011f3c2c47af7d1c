"""Shares between two parties: every package is a point on a chain of exchanges.

With the whole decisions fixed, start from the first party's best division and hand over shares
in the order of what the second party gains for each point that the first gives up: a falling,
concave chain of straight edges. The frontier is the outer border of all those chains.

References
----------
Brams, S. J. and Taylor, A. D. (1996), Fair Division, ch. 4 (the order of ratios).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice, pairwise, product
from math import prod

import numpy as np

from hikiwake.errors import Fault, TooLarge
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.envelope import Border, Edge, border_of
from hikiwake.solvers.merging.additive import Merged, merge
from hikiwake.solvers.merging.blocks import AnyBlock, Block, Single, blocks_of
from hikiwake.solvers.problem import Clause, Floor, Problem
from hikiwake.solvers.solution import Decision

MAX_CELLS = 4_096
MAX_EDGES = 400_000
MAX_TURNED = 6  # shares that are moved whole in one way or the other, beside the one that is split

Box = tuple[tuple[int, Fraction, Fraction], ...]  # (share, least t, most t), by share
Vector = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Swap:
    """One shared issue within its bounds: from ``start``, the first party's better end, to ``end``.

    ``cost`` is what the first party gives up on the way, ``worth`` what the second gains; both are
    0 for an issue whose best division is the same for both, or that matters to nobody. ``lot`` is
    the number drawn for the first party's part less that for the second's.
    """

    share: int
    start: Fraction
    end: Fraction
    cost: Fraction
    worth: Fraction
    free: bool = False
    lot: int = 0

    @property
    def drawn(self) -> bool:
        """Whether the lot prefers the end."""
        return (self.start > self.end) == (self.lot < 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """Whole decisions under which the shares have the same bounds, and the chain they allow."""

    whole: Merged
    swaps: tuple[Swap, ...]
    base: Vector

    def chain(self, point: int) -> list[Vector]:
        """Return the corners of a point's chain, from the first party's best to the second's."""
        row = self.whole.utilities[point]
        corners = [(int(row[0]) + self.base[0], int(row[1]) + self.base[1])]
        for swap in self.swaps:
            if swap.cost:
                u, v = corners[-1]
                corners.append((u - swap.cost, v + swap.worth))
        return corners


@dataclass(frozen=True)
class Divided:
    """The frontier of a two-party problem with shares: the cells that it comes from, and floors."""

    cells: tuple[Cell, ...]
    floors: tuple[Floor, Floor]
    engine: str = "linear"

    @cached_property
    def border(self) -> Border:
        """The undominated points, floors kept: worked out when it is asked for."""
        clipped = (_clip(chain, self.floors) for chain in self.chains())
        return border_of([chain for chain in clipped if chain])

    def chains(self) -> Iterator[list[Vector]]:
        """Yield the corners of every chain, floors not looked at."""
        for cell in self.cells:
            for point in range(len(cell.whole.utilities)):
                yield cell.chain(point)

    def behind(self, point: Vector) -> Iterator[tuple[Cell, int]]:
        """Yield each cell and whole point whose chain passes through a point of the plane."""
        for cell in self.cells:
            for index in range(len(cell.whole.utilities)):
                if _passes(cell.chain(index), point):
                    yield cell, index


def pareto(problem: Problem, deadline: Deadline = UNLIMITED) -> Divided:
    """Return the exact Pareto frontier of a two-party problem with shares, floors kept.

    Raises
    ------
    TooLarge
        If conditions cut the shares into too many cells, or the chains have too many edges (H18).
    TimeIsOver
        If no time was left before it was done.
    """
    cells = tuple(_cells(problem, deadline))
    edges = sum(len(cell.whole.utilities) * (1 + len(cell.swaps)) for cell in cells)
    if edges > MAX_EDGES:
        raise _too_large(f"{edges:,} edges", MAX_EDGES)
    return Divided(cells, (problem.floors[0], problem.floors[1]))


def divisions(
    cell: Cell, index: int, point: Vector, most: int = 64
) -> tuple[list[dict[int, Fraction]], bool]:
    """Return divisions of the shares by which a chain reaches a point, and whether more exist.

    Divisions in which at most one share is split come first. There are infinitely many where two
    shares trade at the same ratio, or a share matters to nobody.
    """
    fixed: dict[int, Fraction] = {}
    level: list[Swap] = []
    missing = cell.chain(index)[0][0] - point[0]
    infinite = any(swap.free and swap.start != swap.end for swap in cell.swaps)
    groups = _by_ratio(cell.swaps)
    for group in groups:
        cost = sum((swap.cost for swap in group), start=Fraction(0))
        if cost == 0 or missing >= cost:
            fixed |= {s.share: (s.end if s.cost else s.start) for s in group}
            missing -= cost
        elif missing <= 0:
            fixed |= {s.share: s.start for s in group}
        else:
            level, rest, missing = group, missing, Fraction(0)
            infinite = infinite or len(group) > 1
            return _finish(fixed, level, rest, (groups, most)), infinite
    return [fixed], infinite


def _finish(
    fixed: dict[int, Fraction],
    level: list[Swap],
    missing: Fraction,
    rest: tuple[list[list[Swap]], int],
) -> list[dict[int, Fraction]]:
    groups, most = rest
    done = {*fixed, *(swap.share for swap in level)}
    later = {s.share: s.start for group in groups for s in group if s.share not in done}
    by_lot = sorted(level, key=lambda swap: -abs(swap.lot))
    found = [fixed | later | ends for ends in islice(_splits(by_lot, missing), most)]
    return found or [fixed | later | _as_drawn(by_lot, missing)]


def _splits(level: list[Swap], missing: Fraction) -> Iterator[dict[int, Fraction]]:
    """Yield ways to split one share and move others whole; of many others the first few vary."""
    for split in level:
        others = [swap for swap in level if swap is not split]
        for turned in product((False, True), repeat=min(len(others), MAX_TURNED)):
            turns = [*turned, *(False for _ in others[MAX_TURNED:])]
            moved = [s.drawn != turn for s, turn in zip(others, turns, strict=True)]
            left = missing - sum(s.cost for s, m in zip(others, moved, strict=True) if m)
            if 0 <= left <= split.cost:
                part = split.start + (split.end - split.start) * left / split.cost
                pairs = zip(others, moved, strict=True)
                yield {s.share: s.end if m else s.start for s, m in pairs} | {split.share: part}


def _as_drawn(level: list[Swap], missing: Fraction) -> dict[int, Fraction]:
    """Return the way to move shares as lots prefer it, the last ones otherwise where need be."""
    over = sum((swap.cost for swap in level if swap.drawn), Fraction(0)) - missing
    ends: dict[int, Fraction] = {}
    for swap in reversed(level):
        moved = swap.cost if swap.drawn else Fraction(0)
        now = min(max(moved - over, Fraction(0)), swap.cost)
        over -= moved - now
        ends[swap.share] = swap.start + (swap.end - swap.start) * now / swap.cost
    return ends


def _by_ratio(swaps: Sequence[Swap]) -> list[list[Swap]]:
    groups: list[list[Swap]] = []
    for swap in swaps:
        same = groups and groups[-1][0].cost * swap.worth == groups[-1][0].worth * swap.cost
        if same and bool(groups[-1][0].cost) == bool(swap.cost):
            groups[-1].append(swap)
        else:
            groups.append([swap])
    return groups


def _passes(chain: list[Vector], point: Vector) -> bool:
    if chain[0] == point:
        return True
    for (u0, v0), (u1, v1) in pairwise(chain):
        if u1 <= point[0] <= u0:
            return (v0 - point[1]) * (u0 - u1) == (u0 - point[0]) * (v0 - v1)
    return False


def _clip(chain: list[Vector], floors: tuple[Floor, Floor]) -> list[Vector]:
    """Return the part of a chain where both floors are kept; empty if there is none."""
    kept = chain
    if floors[1] is not None:
        kept = _cut(kept, 1, floors[1])
    if floors[0] is not None:
        kept = _cut(kept[::-1], 0, floors[0])[::-1]
    return kept


def _cut(chain: list[Vector], axis: int, floor: int | Fraction) -> list[Vector]:
    """Drop the beginning of a chain on which one coordinate, rising along it, is below a floor."""
    for place, corner in enumerate(chain):
        if corner[axis] >= floor:
            if place == 0 or corner[axis] == floor:
                return chain[place:]
            before = chain[place - 1]
            part = Fraction(floor - before[axis]) / (corner[axis] - before[axis])
            crossing = tuple(b + part * (c - b) for b, c in zip(before, corner, strict=True))
            return [(crossing[0], crossing[1]), *chain[place:]]
    return []


def _cells(problem: Problem, deadline: Deadline) -> Iterator[Cell]:
    blocks = blocks_of(problem)
    split = [list(_boxed(block)) for block in blocks]
    if prod(len(parts) for parts in split) > MAX_CELLS:
        raise _too_large("conditions that cut the shares into very many cells", MAX_CELLS)
    for parts in product(*split):
        swaps = [_swap(s, least, most, problem) for _, box in parts for s, least, most in box]
        base = _base(swaps, problem)
        ordered = sorted(swaps, key=lambda s: (s.cost == 0, -Fraction(s.worth, s.cost or 1)))
        room = [int(sum(max(0, w) for w in (share[i] for share in problem.shares))) for i in (0, 1)]
        whole = merge([block for block, _ in parts if block.issues], problem, room, deadline)
        if len(whole.utilities):
            yield Cell(whole, tuple(ordered), base)


def _swap(share: int, least: Fraction, most: Fraction, problem: Problem) -> Swap:
    first, second = problem.shares[share]
    width = most - least
    if first == 0 and second == 0:
        middle = min(max(Fraction(1, 2), least), most)
        start, end = (middle, least if middle != least else most)
        return Swap(share, start, end, Fraction(0), Fraction(0), free=True)
    if (first > 0) == (second > 0) and first and second:
        start, end = (most, least) if first > 0 else (least, most)
        lots = problem.lots.shares[share] if problem.lots.shares else (0, 0)
        worths = abs(first) * width, abs(second) * width
        return Swap(share, start, end, *worths, lot=lots[0] - lots[1])
    best = most if first > 0 or second < 0 else least
    return Swap(share, best, best, Fraction(0), Fraction(0))


def _base(swaps: Sequence[Swap], problem: Problem) -> Vector:
    first = sum((problem.shares[s.share][0] * s.start for s in swaps), start=Fraction(0))
    second = sum((problem.shares[s.share][1] * (1 - s.start) for s in swaps), start=Fraction(0))
    return first, second


def _boxed(block: AnyBlock) -> Iterator[tuple[AnyBlock, Box]]:
    """Split a block by which clauses on shares its combinations set off; yield each with a box."""
    if isinstance(block, Single) or not block.shares:
        yield block, ()
        return
    assert block.patterns is not None
    for pattern in sorted(set(block.patterns.tolist())):
        chosen = np.flatnonzero(block.patterns == pattern)
        part = Block(
            block.issues, block.shares, block.sizes, block.codes[chosen], block.utilities[chosen]
        )
        active = [c for bit, c in enumerate(block.clauses) if pattern >> bit & 1]
        for box in _boxes(block.shares, active):
            yield part, box


def _boxes(shares: Sequence[int], clauses: Sequence[Clause]) -> list[Box]:
    """Return boxes that together hold exactly the divisions that break every clause."""
    whole = {share: (Fraction(0), Fraction(1)) for share in shares}
    boxes = [whole]
    for clause in clauses:
        cut = [
            box | {share: (max(box[share][0], low), min(box[share][1], high))}
            for box in boxes
            for share, _, above, below in clause.shares
            for low, high in _outside(above, below)
        ]
        boxes = _distinct([box for box in cut if all(lo <= hi for lo, hi in box.values())])
        if len(boxes) > MAX_CELLS:
            raise _too_large("conditions that cut the shares into very many cells", MAX_CELLS)
    return [tuple((s, *box[s]) for s in shares) for box in boxes]


def _outside(above: Fraction | None, below: Fraction | None) -> Iterator[Vector]:
    if above is not None and above >= 0:
        yield Fraction(0), min(above, Fraction(1))
    if below is not None and below <= 1:
        yield max(below, Fraction(0)), Fraction(1)


def _distinct(boxes: list[dict[int, Vector]]) -> list[dict[int, Vector]]:
    kept: list[dict[int, Vector]] = []
    for box in boxes:
        if not any(_inside(box, other) for other in kept):
            kept = [other for other in kept if not _inside(other, box)] + [box]
    return kept


def _inside(inner: dict[int, Vector], outer: dict[int, Vector]) -> bool:
    return all(outer[s][0] <= lo and hi <= outer[s][1] for s, (lo, hi) in inner.items())


def _too_large(found: str, most: int) -> TooLarge:
    return TooLarge(
        Fault(
            "The shares", found, f"At most {most:,}", "H18",
            "Simplify the conditions on shares.",
        )
    )  # fmt: skip


__all__ = ["Border", "Cell", "Decision", "Divided", "Edge", "Swap", "divisions", "pareto"]
