"""How rows of multipliers bound weighted sums of gains at nodes, in floats: many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from hikiwake.proof.ground import Ground
from hikiwake.proof.least import Floats
from hikiwake.proof.opening import Row
from hikiwake.proof.relaxing import Tie

_SURE = 1e-9  # of a bound: what rounding may have taken from it


class Weighing:
    """Rows of one ground, in whose parts nothing is shared."""

    def __init__(self, ground: Ground, rows: Sequence[Row]) -> None:
        self._ground, relaxed = ground, ground.relaxed
        n, scale = len(relaxed.fixed), ground.measure.scale
        self.multipliers = [[v for v in row[:n] if isinstance(v, int)] for row in rows]
        self._units = [sum(own) * scale for own in self.multipliers]
        rates, pairs = ground.rates, zip(self.multipliers, self._units, strict=True)
        parts = [
            [v * scale / unit / r for v, r in zip(own, rates, strict=True)] for own, unit in pairs
        ]
        self._weights = np.array(parts)
        self._fixed = self._weights @ relaxed.fixed
        self._starts = np.cumsum([0, *map(len, relaxed.parts)])[:-1]
        self._worths = self._weights @ np.concatenate(relaxed.parts).T
        for part, changes in relaxed.changes.items():
            for j, change in enumerate(changes):
                rising = np.maximum(0.0, self._weights @ change.T).sum(axis=1)
                self._worths[:, self._starts[part] + j] += rising
        self._ties = {tie.place: t for t, tie in enumerate(relaxed.ties)}
        additions = [{one[0]: one[1:] for one in row if isinstance(one, tuple)} for row in rows]
        written = [self._written(tie, additions) for tie in relaxed.ties]
        none = np.zeros((len(rows), 0))
        self._worth = np.array([worth for worth, _, _ in written]).reshape(-1, len(rows)).T
        self._rest = np.array([rest for _, rest, _ in written]).reshape(-1, len(rows)).T
        self._values = np.hstack([none, *(values for _, _, values in written)])
        self._spread()

    def _written(
        self, tie: Tie, rows: Sequence[dict[int, tuple[int, ...]]]
    ) -> tuple[Floats, Floats, Floats]:
        """Return by row what a tie is worth, what it adds to the bound, and to each literal."""
        count = len(tie.literals)
        values = np.zeros((len(rows), count if tie.spread else 1))
        for r, (own, unit) in enumerate(zip(rows, self._units, strict=True)):
            if tie.place in own:
                values[r] = [v / unit for v in own[tie.place]]
        taken = values.sum(axis=1)
        if tie.party is None:
            return np.zeros(len(rows)), taken * (count - 1), np.repeat(-values, count, axis=1)
        worth = self._weights[:, tie.party] * tie.gain
        if tie.spread:
            return worth, np.maximum(0.0, worth - taken), values
        rest = taken * (count - 1) + np.maximum(0.0, taken + worth)
        return worth, rest, np.repeat(-values, count, axis=1)

    def _spread(self) -> None:
        """Sort the options of all literals: which are added to which."""
        pairs = sorted(
            (self._starts[part] + j, literal, t)
            for literal, (t, (part, options)) in enumerate(
                (t, one) for t, tie in enumerate(self._ground.relaxed.ties) for one in tie.literals
            )
            for j in options
        )
        options, self._literals, self._tie_of = np.array(pairs, dtype=int).reshape(-1, 3).T
        self._options, self._firsts = np.unique(options, return_index=True)

    def bounds(self, node: Any) -> list[Fraction]:
        """Return what each row's sum Σ λ g does not exceed at a node, and a little more."""
        open_ = [b for b in node.open if b not in node.out]
        bonuses = len(self._ground.parts.dispute.bonuses)
        open_ += [bonuses + c for c in node.nevers if bonuses + c in self._ties]
        undecided = np.zeros(len(self._ties), dtype=bool)
        undecided[[self._ties[place] for place in open_]] = True
        sure = [self._ties[b] for b in node.sure]
        worths = self._worths.copy()
        if len(self._options):
            added = self._values[:, self._literals] * undecided[self._tie_of]
            worths[:, self._options] += np.add.reduceat(added, self._firsts, axis=1)
        there = np.zeros(worths.shape[1], dtype=bool)
        there[
            [first + j for first, own in zip(self._starts, node.domains, strict=True) for j in own]
        ] = True
        worths[:, ~there] = -np.inf
        found = self._fixed + np.maximum.reduceat(worths, self._starts, axis=1).sum(axis=1)
        found += self._worth[:, sure].sum(axis=1) + self._rest[:, undecided].sum(axis=1)
        found += _SURE * np.abs(found)
        return [Fraction(float(b)) * unit for b, unit in zip(found, self._units, strict=True)]
