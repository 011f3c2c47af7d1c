"""How rows of multipliers bound weighted sums of gains at nodes, in floats: many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from hikiwake.proof.trees.ground import Ground
from hikiwake.proof.trees.opening import Open, Row, read

_SURE = 1e-9  # of a bound: what rounding may have taken from it


class Weighing:
    """Rows of one ground."""

    def __init__(self, ground: Ground, rows: Sequence[Row]) -> None:
        relaxed, scale = ground.relaxed, ground.measure.scale
        found = [read(row) for row in rows]
        self.multipliers = [multipliers for multipliers, _ in found]
        self._units = [sum(own) * scale for own in self.multipliers]
        pairs = zip(self.multipliers, self._units, strict=True)
        weights = np.array([[v * scale / unit for v in own] for own, unit in pairs])
        weights /= np.array(ground.rates)
        self._fixed = weights @ relaxed.fixed
        self._worths = weights @ np.concatenate(relaxed.parts).T
        self._relaxed = relaxed
        self._starts = np.cumsum([0, *map(len, relaxed.parts)])[:-1]
        self._places = {c: place for place, c in enumerate(relaxed.clauses)}
        self._values = np.zeros((len(rows), len(self._places)))
        for r, ((_, clauses), unit) in enumerate(zip(found, self._units, strict=True)):
            for c, mu in clauses:
                if c in self._places:
                    self._values[r, self._places[c]] = mu / unit
        counts = [len(literals) - 1.0 for literals in relaxed.clauses.values()]
        self._fixed += self._values @ np.array(counts)
        self._take()

    def _take(self) -> None:
        """Take from the corners of all literals what their clauses have."""
        corners: list[list[int]] = [[] for _ in range(self._relaxed.starts[-1])]
        for corner, number in enumerate(self._relaxed.numbers.tolist()):
            corners[number].append(corner)
        pairs = sorted(
            (corner, place)
            for place, literals in enumerate(self._relaxed.clauses.values())
            for part, among in literals
            for j in among
            for corner in corners[self._relaxed.starts[part] + j]
        )
        if pairs:
            of, clauses = np.array(pairs, dtype=int).T
            own, firsts = np.unique(of, return_index=True)
            taken = np.add.reduceat(self._values[:, clauses], firsts, axis=1)
            self._worths[:, own] -= taken

    def bounds(self, opening: Open) -> list[Fraction]:
        """Return what each row's sum Σ λ g does not exceed at a node, and a little more."""
        worths = self._worths.copy()
        worths[:, ~self._relaxed.there(opening.domains)] = -np.inf
        found = self._fixed + np.maximum.reduceat(worths, self._starts, axis=1).sum(axis=1)
        found += _SURE * np.abs(found)
        return [Fraction(float(b)) * unit for b, unit in zip(found, self._units, strict=True)]
