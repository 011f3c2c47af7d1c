"""What could be hidden where something inside a group is divided, in one case, for CP-SAT.

The cases, and what is said in each, are those of
:mod:`hikiwake.options.disclosure.between_two.ranged`. Here the best packages do not lie at corners
and on edges that are known beforehand, for what is even in a group depends on what is hidden. So of
each member that is found the best package is sought: how even it is, and what it is worth, is
linear in what is hidden, as of every package. That none is as good is said by multipliers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd
from typing import Any

from hikiwake.findings.talks import Hiding
from hikiwake.model import Outcome, Preference
from hikiwake.options.disclosure.between_two.ranged import Ranged
from hikiwake.options.disclosure.hidden.unknowns import Unknowns, numbers_of
from hikiwake.options.disclosure.within_groups.level import Even
from hikiwake.options.disclosure.within_groups.looked import At, Looked
from hikiwake.options.disclosure.within_groups.some import Place, Some
from hikiwake.options.disclosure.within_groups.space import Space, worth

PARTS = 10_000  # of a point, in which what a side can gain at the most is counted
_HOW: dict[str, Any] = {
    "num_workers": 1,
    "symmetry_level": 0,
    "cp_model_probing_level": 0,
    "linearization_level": 0,
    "max_presolve_iterations": 1,
}


@dataclass(slots=True)
class No:
    """That no package that gives the known side ``least``, or with True more, is worth more than
    ``most``, in so many parts; with ``strict``, or as much. ``closed``: of those that are more even
    than counts. ``held`` is what the model last found as that."""

    least: tuple[Fraction, bool]
    most: tuple[Any, int]
    strict: bool
    closed: bool
    said: set[Outcome] = field(default_factory=set[Outcome])
    held: int = 0


class Within(Ranged):
    """The model."""

    _how = _HOW

    def heed(self, member: Preference, measured: Any) -> bool:
        """Tell whether the member that was found last shows what was not yet said; then say it."""
        looked: Looked = measured
        at, learnt = looked.at(member), False
        numbers = self._space.numbers(numbers_of(self._space.dispute, member))
        even = [worth(row, numbers) for row in self._evened.limits]
        for limit in self._limits:
            most = limit.held * self._hidden.unit / Fraction(limit.most[1])
            if isinstance(limit, Some):
                learnt |= self._refute(limit, at, even, most)
            elif limit.closed:
                learnt |= self._more_even(limit, at, even)
            else:
                for outcome in _better(limit, at, even, most):
                    learnt |= self._say(limit, outcome)
        return learnt

    def _even_in_groups(self, stakes: Any, sides: tuple[Unknowns, Hiding], share: Any) -> Even:
        (hidden, hiding), space = sides, self._space
        step = int(hiding.step / hidden.unit)
        return Even(self._cp, space, hidden, share, (stakes, step))

    @property
    def _space(self) -> Space:
        space: Space = self._worths
        return space

    def _count(self) -> None:
        self._parts, self._slack = PARTS, 1
        self._r = self._cp.new_int_var(0, self._parts * self._hidden.total, "")

    def _can_gain(self) -> None:
        some = self._placed(Fraction(0), False)
        some.above = True
        self._at_least(some, (self._walk_away, 1))

    def _no_more(
        self,
        least: Fraction,
        beyond: bool,
        most: tuple[Any, int],
        strict: bool = False,
        closed: bool = False,
    ) -> None:
        limit = No((least, beyond), most, strict, closed)
        self._limits.append(limit)
        for outcome, gain in self._space.found.items():
            if gain > least or (gain == least and not beyond):
                self._say(limit, outcome)

    def _say(self, limit: No, outcome: Outcome) -> bool:
        """Add that a package is worth no more; false where that was done before, or cannot be."""
        if outcome in limit.said:
            return False
        uneven = self._evened.unless(outcome, limit.closed)
        if uneven is None:
            return False
        limit.said.add(outcome)
        self._space.found[outcome] = self._space.gain(outcome)
        (own, parts), (bound, times) = self._worth(outcome, up=False), limit.most
        common = gcd(times, parts)
        kept = self._cp.new_bool_var("")
        least = times // common * own + limit.strict
        self._cp.add(least <= parts // common * bound).only_enforce_if(kept)
        self._cp.add_bool_or([kept, *uneven])
        return True

    def _more_even(self, limit: No, at: At, even: list[Fraction]) -> bool:
        worst: int = self._given.share.worst
        found = at.evenest()
        if found is None or found[0] * at.mosts[worst] >= even[worst]:
            return False
        return self._say(limit, found[1])

    def _placed(self, least: Fraction, beyond: bool) -> Some:
        return Some((least, beyond), Place(self._cp, self._space, self._hidden, self._evened))

    def _at_least(self, placed: Some, least: tuple[Any, int]) -> None:
        placed.most = least
        self._limits.append(placed)
        for proof in self._space.proofs:
            placed.heed(proof)

    def _refute(self, some: Some, at: At, even: list[Fraction], most: Fraction) -> bool:
        """Add what a member shows of where a package can lie; false where that is nothing new."""
        proofs = at.refuted(even, some.least, (most, some.above))
        learnt = False
        for proof in proofs or ():
            if some.heed(proof):
                self._space.proofs[proof] = None
                learnt = True
        return learnt


def _better(limit: No, at: At, even: list[Fraction], most: Fraction) -> Iterator[Outcome]:
    """Yield packages that are worth more to a member than they may be."""
    least, beyond = limit.least
    if limit.strict and beyond:
        found = at.most_known(even, most)
        if found is not None and found.value > least:
            yield at.outcome(found)
        return
    found = at.most_hidden(even, least)
    if found is None or found.value < most or (found.value == most and not limit.strict):
        return
    outcome = at.outcome(found)
    if not beyond or at.tables.space.gain(outcome) > least:
        yield outcome
        return
    found = at.most_known(even, (most + found.value) / 2)
    if found is not None and found.value > least:
        yield at.outcome(found)


__all__ = ["Within"]
