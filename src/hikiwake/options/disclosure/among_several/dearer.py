"""That the best by Kalai and Smorodinsky is uneven, inside a model for CP-SAT: then a draw may be
shown that is not the best.

Where that one lies and which side is ahead there the model chooses. It gives nobody less than its
least gain, and that side more by the tolerance; no package has a greater least gain.

Notation: a is what a package gives a side, r the most it can gain; t the least gain by the best.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, lcm
from typing import Any

from hikiwake.findings.talks import Hiding, Talks
from hikiwake.model import Outcome
from hikiwake.numeric import fits_int64
from hikiwake.options.disclosure.among_several.apart import Apart, Proof
from hikiwake.options.disclosure.among_several.blended import Given
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.decided import Decided
from hikiwake.options.disclosure.among_several.looks import Multipliers
from hikiwake.options.disclosure.among_several.unbettered import Unbettered

_PARTS = 10_000  # of a gain


class Dearer(Unbettered):
    """The model."""

    def __init__(
        self, blends: Blends, talks: Talks, hiding: Hiding, given: Given, decided: Decided
    ) -> None:
        super().__init__(blends, talks, hiding, given, decided)
        low, high = self.gains[0], self.gains[1] + blends.dispute.price  # of t
        span = max(0, floor(low * _PARTS)), min(_PARTS, floor(high * _PARTS))
        self._least = self._cp.new_int_var(*span, "")  # t, rounded down
        self._worth: list[Any] = []  # t · r
        self._ahead = [self._cp.new_bool_var("") for _ in blends.sides]
        self._lies = [self._cp.new_bool_var("") for _ in blends.cells]
        self._cp.add_exactly_one(self._ahead)
        self._cp.add_exactly_one(self._lies)
        for n, cell in enumerate(self._lies):
            for literal in self._evenly.even(blends.decided_in(n)):
                self._cp.add_implication(cell, literal)
        for n, most in enumerate(self._most):
            worth = self._cp.new_int_var(0, _PARTS * self._tops(n), "")
            self._cp.add_multiplication_equality(worth, [self._least, most])
            self._worth.append(worth)
            self._cp.add_implication(self._ahead[n], ~self._none[n])
        self._said = set[Outcome | Proof]()
        if self._here:
            self._learn_least(decided.outcome)
            for n in range(len(self._here)):
                self._cheap(n)

    def learn_apart(self, apart: Apart) -> bool:
        """Learn why the best is not uneven for some members; return whether that is new."""
        new = [self._learn_least(apart.best)]
        new += [self._learn_proof_of(proof) for proof in apart.proofs]
        return any(new)

    def _cheap(self, n: int) -> None:
        """Add that the best gives a side no more than the price above the shown package."""
        dispute, fine, here = self._blends.dispute, self._fine[n], self._here[n]
        # t · r (+ tolerance · r) ≤ a + price · r
        counts = 1 / (_PARTS * fine), dispute.tolerance / fine, dispute.price / fine, 1 / here.parts
        scale = lcm(*(count.denominator for count in counts))
        worth, apart, price, above = (int(count * scale) for count in counts)
        size = worth * _PARTS * self._tops(n) + (apart + price) * self._tops(n) + above * here.top
        if not fits_int64(4 * size):
            return
        limit = above * here.high + price * (self._most[n] + 1)
        least = worth * self._worth[n]
        self._cp.add(least <= limit).only_enforce_if(~self._none[n])
        self._cp.add(least + apart * self._most[n] <= limit).only_enforce_if(self._ahead[n])

    def _learn_least(self, outcome: Outcome) -> bool:
        """Add that no package has a greater least gain than the best, if it is possible."""
        if outcome in self._said:
            return False
        self._said.add(outcome)
        free = list(self._evenly.unless(self._blends.decided(outcome)))
        for n in range(len(self._most)):
            row = self._blends.row(n, outcome)
            own, fine = self._number(n, row), self._fine[n]
            free += self._real(self._sign(n, row, -1))
            free.append(within := self._cp.new_bool_var(""))
            self._cp.add_implication(within, ~self._none[n])
            if not fits_int64(4 * _PARTS * max(own.parts * self._tops(n), self._scaled(n, own))):
                continue
            bar = self._worth[n] + self._least + self._most[n] + 1
            gain = _PARTS * fine.numerator * own.worth
            self._cp.add(gain <= fine.denominator * own.parts * bar).only_enforce_if(within)
        self._cp.add_bool_or(free)
        return True

    def _learn_proof_of(self, proof: Proof) -> bool:
        """Add that a side is not ahead by the best in a cell, as far as multipliers tell."""
        if proof in self._said:
            return False
        self._said.add(proof)
        tolerance, side = self._blends.dispute.tolerance, proof.side
        pairs = zip(proof.counts, self._fine, strict=False)  # conditions have no gain
        counted = [count / (_PARTS * fine) for count, fine in pairs]
        apart = tolerance * proof.counts[side] / self._fine[side]
        scale = lcm(apart.denominator, *(one.denominator for one in counted))
        weights = [int(one * scale) for one in counted]
        size = sum(c * top for c, top in zip(proof.counts, self._blends.sizes, strict=True)) * scale
        size += sum(w * _PARTS * self._tops(n) for n, w in enumerate(weights))
        if not fits_int64(4 * (size + int(apart * scale) * self._tops(side))):
            return False
        needed = sum(w * own for w, own in zip(weights, self._worth, strict=True) if w)
        needed += int(apart * scale) * self._most[side]
        some: list[Any] = []
        for total in self._totals(proof.counts, proof.cell):
            some.append(literal := self._cp.new_bool_var(""))
            self._cp.add(needed <= scale * total).only_enforce_if(literal)
        self._cp.add_bool_or([~self._lies[proof.cell], ~self._ahead[side], *some])
        return True

    def _totals(self, counts: Multipliers, cell: int) -> Iterator[Any]:
        """Yield what all sides get and count together at each corner of a cell."""
        for fixed, rows in {self._counted(counts, v): None for v in self._blends.cells[cell]}:
            numbers = zip(self._numbers, rows, strict=True)
            yield fixed + sum(
                part * number
                for own, parts in numbers
                for part, number in zip(parts, own, strict=True)
                if part
            )

    def _counted(self, counts: Multipliers, corner: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
        """Return what all sides' numbers and what is fixed count at a corner, all together."""
        rows = [own[corner] for own in self._blends.rows]
        fixed = sum(count * row.fixed for count, row in zip(counts, rows, strict=True))
        pairs = zip(counts, rows, strict=True)
        return fixed, tuple(tuple(count * x for x in row.numbers) for count, row in pairs)


__all__ = ["Dearer"]
