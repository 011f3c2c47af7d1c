"""What several sides must meet together where something is divided, as a model for CP-SAT.

How much each side can gain at the most is known from both sides, as far as members were looked at:
each package that was learnt gives so much, or someone refuses it; and in the cell where it lies
multipliers say that nothing is more. Every member that would have told the same meets all of it,
whatever was learnt from another. Once both was learnt from a member, the model knows its r.

Notation: a is what a package gives a side, r the most it can gain. The model counts r in fine
parts: ``_most`` is r rounded down, ``_just`` holds if it is not rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import ceil, floor, lcm, prod
from typing import Any

import numpy as np

from hikiwake.findings.talks import Hiding, Talks, Word
from hikiwake.model import Answer, Outcome, Preference
from hikiwake.options.disclosure.among_several.alone import Row
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.ceiling import Ceiling
from hikiwake.options.disclosure.among_several.looks import Blend, Look, Members, Multipliers
from hikiwake.options.disclosure.hidden.unknowns import Unknowns
from hikiwake.options.disclosure.models.question import QUICK, some_reach

Beyond = tuple[str, Answer, int, Fraction]  # whose number, which, 1 or -1, how far it was seen

_FINE = 2_520  # parts of one, where that are not too many
_PARTS = 20_000  # of all that a side can gain, about
_EXACT = 2_000_000  # parts of all that a package gives, beyond which they are rounded
_LARGEST = 2**61


@dataclass(frozen=True, slots=True)
class Given:
    """What is given: what counts as even in groups not for trade, and of each side that hides its
    walk-away value, in steps of the grid, None where it can be any.

    ``usual``: the tolerance counts. ``dearer``: the settlement that was shown is even, but not the
    best by Kalai and Smorodinsky.
    """

    level: Any
    walk_aways: tuple[int | None, ...]
    usual: bool = True
    dearer: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """A whole number of the model, ÷ ``parts``; ``top`` is what it cannot exceed."""

    worth: Any
    parts: int
    top: int


@dataclass(frozen=True, slots=True)
class _Ends:
    """Whole numbers between which something lies, times ``parts``; ``top`` exceeds both."""

    low: Any
    high: Any
    parts: Fraction
    top: int


class Blended:
    """The model."""

    def __init__(self, blends: Blends, talks: Talks, hiding: Hiding, given: Given) -> None:
        from ortools.sat.python import cp_model

        self._cp: Any = cp_model.CpModel()
        self.blends = self._blends = blends = blends.at(given.level)
        self.effort: float = 0.0
        self._hidden = [Unknowns(self._cp, blends.dispute, p, hiding) for p in blends.hidden]
        for own, level in zip(self._hidden, given.walk_aways, strict=True):
            if level is not None:
                steps = int(hiding.walk_away_step / own.unit)
                self._cp.add(own.walk_away == level * steps)
        self._evenly = blends.evenly(self._cp, self._hidden, given.level)
        nothing: list[list[Any]] = [[] for _ in blends.known]
        self._numbers = [*map(self._ordered, self._hidden), *nothing, *self._evenly.numbers]
        self._learnt = set[tuple[Blend, bool]]()
        self._proofs = [set[Multipliers]() for _ in blends.sides]
        self._most: list[Any] = []
        self._products: dict[Any, Any] = {}
        for told in talks.told:
            if told.word is Word.NOT_POSSIBLE and blends.allowed(told.outcome):
                uneven = self._evenly.unless(blends.decided(told.outcome))
                self._cp.add_bool_or([*self._refusals(self._told(told.outcome)), *uneven])
        said = [told for told in talks.told if told.word is not Word.NOT_POSSIBLE]
        if said or talks.implied.possible:
            self._measure()
        for told in said:
            self._possible(told.outcome, told.word is Word.EVEN)
        for outcome in talks.implied.possible:
            self._possible(outcome, None)

    def beyond(self, numbers: Iterable[Beyond], limit: float = QUICK) -> list[Preference] | bool:
        """Return a member of each side so that some number lies beyond where it was seen.

        False: there are none, which is proved. True: that was not found out within the limit.
        """
        further = [
            (sign * own.numbers[answer], int(seen / own.unit) + 1)
            for party, answer, sign, seen in numbers
            for own in (self._hidden[self._blends.hidden.index(party)],)
        ]
        ended = some_reach(self._cp, further, limit)
        self.effort += ended.effort
        if ended.found:
            return [own.preference(ended.value) for own in self._hidden]
        return not ended.impossible

    def learn(self, look: Look) -> bool:
        """Add what tells how much each side could gain; return whether that is new."""
        new = [self._learn_blend(blend) for blend in look.best if blend is not None]
        if look.evenest is not None:
            new.append(self._learn_evenest(look.evenest))
        for n, (counts, proven) in enumerate(look.proofs):
            known = [k for k, one in enumerate(counts) if one in self._proofs[n]]
            missing = look.kept & ~proven[known].any(axis=0)
            while missing.any():
                k = int(np.argmax(np.count_nonzero(proven[:, missing], axis=1)))
                new.append(self._learn_proof(n, counts[k]))
                missing &= ~proven[k]
        return any(new)

    def exclude(self, members: Members) -> None:
        """Leave out one member of each side together: it was seen that they do not fit."""
        differs: list[Any] = []
        for own, shape, member in zip(self._hidden, self._blends.shapes, members, strict=True):
            for answer in shape.numbers:
                here = int(shape.level(member, answer) * shape.step_of(answer) / own.unit)
                for sign in (1, -1):
                    differs.append(literal := self._cp.new_bool_var(""))
                    kept = self._cp.add(sign * own.numbers[answer] >= sign * here + 1)
                    kept.only_enforce_if(literal)
        self._cp.add_bool_or(differs)

    def _measure(self) -> None:
        """Add how much each side could gain at the most, in which cell."""
        self._fine: list[Fraction] = []
        self._just: list[Any] = []
        self._none: list[Any] = []
        self._ceilings: list[Ceiling] = []
        for top in self._blends.top:
            fine = Fraction(min(_FINE, max(1, _PARTS // top)), max(1, top // _PARTS))
            self._fine.append(fine)
            self._most.append(most := self._cp.new_int_var(0, int(fine * top) + 1, ""))
            self._just.append(just := self._cp.new_bool_var(""))
            self._none.append(none := self._cp.new_bool_var(""))
            self._cp.add(most == 0).only_enforce_if(none)
            self._cp.add_implication(none, just)
            self._cp.add(most >= 1).only_enforce_if([just, ~none])
            self._ceilings.append(Ceiling(self._cp, self._blends, self._numbers, self._evenly))

    def _learn_blend(self, blend: Blend) -> bool:
        """Add that nobody's r is less than what a package gives, if nobody refuses it."""
        if (blend, False) in self._learnt:
            return False
        numbers = self._given_by(blend)
        if not all(_small(self._scaled(n, own)) for n, own in enumerate(numbers)):
            return False
        self._learnt.add((blend, False))
        possible = self._cp.new_bool_var("")
        uneven = self._evenly.unless(self._blends.decided_by(blend))
        self._cp.add_bool_or([possible, *self._refusals(numbers), *uneven])
        for n, own in enumerate(numbers):
            self._at_least(n, own, [possible])
        return True

    def _at_least(self, n: int, own: _Number, literals: list[Any]) -> None:
        """Add that r of a side is no less than a number, where literals hold."""
        scale = own.parts * self._fine[n].denominator
        worth = self._fine[n].numerator * own.worth
        kept = self._cp.add(scale * self._most[n] >= worth - scale + 1)
        kept.only_enforce_if(literals)
        kept = self._cp.add(scale * self._most[n] >= worth)
        kept.only_enforce_if([*literals, self._just[n]])

    def _scaled(self, n: int, own: _Number) -> int:
        """Return about how large numbers get where r of a side is compared with one."""
        return self._fine[n].numerator * max(
            own.top, abs(own.worth) if isinstance(own.worth, int) else 0
        )

    def _learn_evenest(self, blend: Blend) -> bool:
        """Add that a package is no more even in groups than counts, if nobody refuses it."""
        if not self._evenly.beyond or (blend, True) in self._learnt:
            return False
        numbers = self._given_by(blend)
        if not all(_small(self._scaled(n, own)) for n, own in enumerate(numbers)):
            return False
        self._learnt.add((blend, True))
        more_even = self._evenly.no_more_even(self._blends.decided_by(blend))
        self._cp.add_bool_or([*self._refusals(numbers), *more_even])
        return True

    def _given_by(self, blend: Blend) -> list[_Number]:
        sides = range(len(self._blends.sides))
        rows = (self._rounded(n, self._blends.blended(n, blend)) for n in sides)
        return [self._number(n, row) for n, row in enumerate(rows)]

    def _rounded(self, n: int, row: Row) -> Row:
        """Return what a package gives a side, or less where it has too many parts."""
        size = self._fine[n].numerator * self._fine[n].denominator * self._blends.sizes[n]
        fewer = size * row.parts // _LARGEST + 1
        numbers = tuple(number // fewer for number in row.numbers)
        return Row(numbers, row.fixed // fewer, -(-row.parts // fewer))

    def _learn_proof(self, n: int, counts: Multipliers) -> bool:
        """Add that r of a side is no more than multipliers say of the cell in which it lies."""
        self._proofs[n].add(counts)
        own, fine = self._blends.counted(counts), self._fine[n]
        pairs = zip(own, self._blends.counted_sizes, strict=True)
        size = 64 * sum(count * top for count, top in pairs) * fine.numerator * fine.denominator
        own = tuple(count // (size // _LARGEST + 1) for count in own)  # proves nearly as much
        if counts[n] and not own[n]:
            return False
        counts = own
        for total, literals in self._ceilings[n].largest(counts):
            if counts[n] == 0:
                self._cp.add(total >= 0).only_enforce_if(literals)
                continue
            scale = counts[n] * self._fine[n].denominator
            least = scale * self._most[n]
            worth = self._fine[n].numerator * total
            self._cp.add(least <= worth).only_enforce_if(literals)
            self._cp.add(least <= worth - 1).only_enforce_if([*literals, ~self._just[n]])
        return True

    def _ordered(self, own: Unknowns) -> list[Any]:
        """Return the numbers of a side in the order of rows."""
        shape = self._blends.shapes[self._blends.hidden.index(own.party)]
        return [own.numbers[answer] for answer in shape.numbers]

    def _number(self, n: int, row: Row) -> _Number:
        """Return what a package gives a side, of at most all it can gain if it is possible."""
        pairs = zip(row.numbers, self._numbers[n], strict=True)
        worth: Any = row.fixed + sum(part * number for part, number in pairs if part)
        return _Number(worth, row.parts, self._blends.top[n] * row.parts)

    def _told(self, outcome: Outcome) -> list[_Number]:
        sides = range(len(self._blends.sides))
        return [self._number(n, self._blends.row(n, outcome)) for n in sides]

    def _refusals(self, numbers: Iterable[_Number]) -> Iterator[Any]:
        """Yield literals one of which holds where a package is not possible."""
        for own in numbers:
            if isinstance(own.worth, int):
                if own.worth < 0:
                    yield True
                continue
            below = self._cp.new_bool_var("")
            self._cp.add(own.worth <= -1).only_enforce_if(below)
            yield below

    def _possible(self, outcome: Outcome, even: bool | None) -> list[_Ends]:
        """Add that a package is possible, and even or not; return what it gives the sides."""
        if not self._blends.allowed(outcome):
            self._cp.add_bool_or([])
            return []
        self._evenly.require(self._blends.decided(outcome))
        above: list[_Ends] = []
        for n, own in enumerate(self._told(outcome)):
            if _small(self._scaled(n, own)):
                self._at_least(n, own, [])
            self._cp.add(own.worth >= 0)
            above.append(self._ends(n, own))
        if even is not None:
            self._tell(above, even)
        return above

    def _tell(self, above: Sequence[_Ends], even: bool) -> None:
        """Add that what a possible package gives the sides is even, or not."""
        count = len(above)
        apart: list[Any] = []
        if even:
            self._cp.add(sum(self._none) <= count - 2)
        else:
            apart.append(few := self._cp.new_bool_var(""))
            self._cp.add(sum(self._none) >= count - 1).only_enforce_if(few)
        for i, j in permutations(range(count), 2):
            apart += self._compare((i, above[i]), (j, above[j]), even)
        if not even:
            self._cp.add_bool_or(apart)

    def _ends(self, n: int, own: _Number) -> _Ends:
        """Return what a package gives a side, rounded where there are too many parts."""
        parts, top = Fraction(own.parts), self._blends.top[n]
        if own.top > _EXACT:
            parts = Fraction(max(1, _PARTS // top), max(1, top // _PARTS))
        most = int(parts * top) + 1
        if isinstance(own.worth, int):
            exact = own.worth * parts / own.parts
            return _Ends(floor(exact), ceil(exact), parts, most)
        low = high = self._cp.new_int_var(0, most, "")
        one, other = own.parts * parts.denominator, parts.numerator * own.worth
        self._cp.add(one * low <= other)
        if own.top > _EXACT:
            high = self._cp.new_int_var(0, most, "")
            self._cp.add(one * low >= other - one + 1)
            self._cp.add(high == low + 1)
        else:
            self._cp.add(one * low == other)
        return _Ends(low, high, parts, most)

    def _compare(
        self, one: tuple[int, _Ends], other: tuple[int, _Ends], even: bool
    ) -> Iterator[Any]:
        """Add that a ÷ r of a side is no more than the tolerance above that of another.

        Else yield a literal that only holds where it is more. What rounding can matter is allowed.
        """
        (i, a), (j, b) = one, other
        p, q, tolerance = self._fine[i], self._fine[j], self._blends.dispute.tolerance
        counts = b.parts * p, a.parts * q, tolerance * a.parts * b.parts
        scale = lcm(*(count.denominator for count in counts))
        first, second, both = (int(count * scale) for count in counts)
        tops = self._tops(i), self._tops(j)
        if not _small(first * a.top * tops[1] + second * b.top * tops[0] + both * prod(tops)):
            yield from () if even else (True,)
            return
        within = both * self._both(i, j)
        compared = [~self._none[i], ~self._none[j]]
        if even:
            more = first * self._times(a.low, a.top, j) - second * self._times(b.high, b.top, i)
            slack = (second * b.top + both * tops[1]) * (1 - self._just[i])
            self._cp.add(more <= within + slack).only_enforce_if(compared)
            return
        literal = self._cp.new_bool_var("")
        more = first * self._times(a.high, a.top, j) - second * self._times(b.low, b.top, i)
        slack = first * a.top * (1 - self._just[j])
        self._cp.add(more + slack >= within + 1).only_enforce_if(literal)
        for some in compared:
            self._cp.add_implication(literal, some)
        yield literal

    def _tops(self, n: int) -> int:
        return int(self._fine[n] * self._blends.top[n]) + 1

    def _times(self, own: Any, top: int, n: int) -> Any:
        if isinstance(own, int):
            return own * self._most[n]
        key = own.index, n
        if key not in self._products:
            product = self._cp.new_int_var(0, top * self._tops(n), "")
            self._cp.add_multiplication_equality(product, [own, self._most[n]])
            self._products[key] = product
        return self._products[key]

    def _both(self, i: int, j: int) -> Any:
        key = frozenset((i, j))
        if key not in self._products:
            product = self._cp.new_int_var(0, self._tops(i) * self._tops(j), "")
            self._cp.add_multiplication_equality(product, [self._most[i], self._most[j]])
            self._products[key] = product
        return self._products[key]


def _small(number: int) -> bool:
    """Tell whether CP-SAT can count with numbers of this size."""
    return number < _LARGEST


__all__ = ["Blended", "Given"]
