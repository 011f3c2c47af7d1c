"""Rows made shorter: without multipliers of clauses that the leaves can spare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hikiwake.proof.trees.opening import Open, Row, read

Moved = tuple[int, dict[int, dict[int, int]]]  # a bound; by part its options' worth, so far as new
Changes = dict[int, int]  # by clause, by how much its multiplier is another


def shortened(row: Row, openings: Sequence[Open]) -> Row:
    """Return a shorter row that closes all that a row closes at some nodes."""
    multipliers, clauses = read(row)
    waiting = frozenset[int]().union(*(opening.waiting for opening in openings))
    kept = {c: mu for c, mu in clauses if c in waiting}
    uses = [_Use(opening, row, multipliers, kept) for opening in openings]
    for clause in sorted(kept, key=lambda c: kept[c]):
        for changes in _plainer(clause, kept, openings[0].ground.clauses):
            moved = [use.moved(changes) for use in uses]
            if all(use.closes(there) for use, there in zip(uses, moved, strict=True)):
                for use, there in zip(uses, moved, strict=True):
                    use.keep(there)
                kept |= {c: kept[c] + more for c, more in changes.items()}
                break
    return (*multipliers, *((c, mu) for c, mu in sorted(kept.items()) if mu))


def _plainer(clause: int, kept: Changes, clauses: Any) -> Iterator[Changes]:
    """Yield changes that leave a clause nothing; what it has may go to one of the same bonus."""
    yield {clause: -kept[clause]}
    first = clauses[clause][0]
    others = [c for c in kept if c != clause and clauses[c][0] == first and kept[c]]
    if others:
        yield {clause: -kept[clause], max(others, key=lambda c: kept[c]): kept[clause]}


class _Use:
    """A node, and what a row closes there: how its bound moves with its clauses, exactly."""

    def __init__(self, opening: Open, row: Row, multipliers: Sequence[int], kept: Changes) -> None:
        self._opening, self._multipliers = opening, multipliers
        self._needed = opening.closed_by(row)
        self._clauses = opening.ground.clauses
        self._bound = opening.bound(multipliers, sorted(kept.items()))
        space, factors = opening.ground.space, opening.ground.measure.factors
        worths = space.sums(tuple(a * b for a, b in zip(multipliers, factors, strict=True)))
        self._worths: dict[int, dict[int, int]] = {
            p: {j: max(worths[x] for x in space.options[p][j]) for j in own}
            for p, own in enumerate(opening.domains)
        }
        for c in kept:
            for p, among in self._clauses[c]:
                for j in among.intersection(opening.domains[p]):
                    self._worths[p][j] -= kept[c]

    def moved(self, changes: Changes) -> Moved:
        """Return the bound with other multipliers of some clauses."""
        bound, changed = self._bound, dict[int, dict[int, int]]()
        for c in changes:
            bound += changes[c] * (len(self._clauses[c]) - 1)
            for p, among in self._clauses[c]:
                own = changed.get(p, self._worths[p])
                less = {j: v - changes[c] if j in among else v for j, v in own.items()}
                bound += max(less.values()) - max(own.values())
                changed[p] = less
        return bound, changed

    def closes(self, moved: Moved) -> bool:
        """Tell whether with such a bound all is closed that the row closed."""
        return self._opening.closed_at(self._multipliers, moved[0]) >= self._needed

    def keep(self, moved: Moved) -> None:
        """Go on from there."""
        self._bound = moved[0]
        self._worths |= moved[1]
