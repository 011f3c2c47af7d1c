"""Which rows close the leaves of a tree: few rows that close many of them.

A row for a dispute whose issues are tied has an addition for nearly every bonus: it is long, and
the leaves are many. Most rows close other leaves than their own as well; and what several rows
close one row closes that is made for it, often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hikiwake.proof.trees.opening import Open, Row
from hikiwake.proof.trees.sharing import Use, shared
from hikiwake.proof.trees.shortening import shortened
from hikiwake.proof.trees.weighing import Weighing


@dataclass(frozen=True, slots=True)
class Leaf:
    """A node that rows close, and such rows."""

    opening: Open
    rows: tuple[Row, ...]


def fewest(leaves: Sequence[Leaf], known: Sequence[Row]) -> list[list[Row]]:
    """Return for each leaf rows that close it, few in all besides the known ones, and short."""
    chosen, uses = _covering(leaves, known), dict[Row, list[Use]]()
    for leaf, own in zip(leaves, chosen, strict=True):
        for row in own:
            if row not in known:
                uses.setdefault(row, []).append((leaf.opening, leaf.opening.closed_by(row)))
    fewer, nodes = shared(uses), dict[Row, list[Open]]()
    for row, own in uses.items():
        nodes.setdefault(fewer[row], []).extend(opening for opening, _ in own)
    shorter = {row: shortened(row, openings) for row, openings in nodes.items()}
    found = {row: shorter[fewer[row]] for row in uses}
    return [list(dict.fromkeys(found.get(row, row) for row in own)) for own in chosen]


def _covering(leaves: Sequence[Leaf], known: Sequence[Row]) -> list[list[Row]]:
    """Return for each leaf rows that close it, always the one next that closes most."""
    rows = list(dict.fromkeys([*known, *(row for leaf in leaves for row in leaf.rows)]))
    cover = _Cover(leaves, rows)
    for place in range(len(known)):
        cover.take(place)
    while cover.missing:
        cover.take(max(range(len(rows)), key=lambda place: (cover.brings(place), -place)))
    return [cover.rows_of(n) for n in range(len(leaves))]


class _Cover:
    """Leaves with their levels, and what each row closes of them, as far as is known."""

    def __init__(self, leaves: Sequence[Leaf], rows: Sequence[Row]) -> None:
        self._leaves, self._rows = leaves, rows
        self.missing = {(n, k) for n, leaf in enumerate(leaves) for k in leaf.opening.levels}
        self._taken: list[dict[int, frozenset[int]]] = [{} for _ in leaves]
        self._closed: list[list[frozenset[int]]] = [[] for _ in rows]
        weighing = Weighing(leaves[0].opening.ground, rows)
        for leaf in leaves:
            bounds = weighing.bounds(leaf.opening)
            for place, (row, bound) in enumerate(zip(rows, bounds, strict=True)):
                if row in leaf.rows:
                    closed = leaf.opening.closed_by(row)
                else:
                    closed = leaf.opening.closed_at(weighing.multipliers[place], bound)
                self._closed[place].append(closed)

    def brings(self, place: int) -> int:
        """Return how many levels of leaves a row would close that none that is taken closes."""
        return sum(
            (n, k) in self.missing for n, closed in enumerate(self._closed[place]) for k in closed
        )

    def take(self, place: int) -> None:
        """Take a row; what it closes is found out exactly."""
        row = self._rows[place]
        for n, closed in enumerate(self._closed[place]):
            if any((n, k) in self.missing for k in closed):
                exact = self._leaves[n].opening.closed_by(row)
                self._closed[place][n] = exact
                self._taken[n][place] = exact
                self.missing -= {(n, k) for k in exact}

    def rows_of(self, n: int) -> list[Row]:
        """Return rows that are taken and close a leaf: those first that close most."""
        left, found = frozenset(self._leaves[n].opening.levels), list[Row]()
        taken = self._taken[n]
        for place in sorted(taken, key=lambda place: -len(taken[place])):
            if left & taken[place]:
                left -= taken[place]
                found.append(self._rows[place])
        return found
