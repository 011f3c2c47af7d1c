"""What could be hidden where something inside a group is divided, in one case, for CP-SAT.

The cases, and what is said in each, are those of
:mod:`hikiwake.options.disclosure.between_two.in_case`. Here the best packages do not lie at corners
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
from hikiwake.options.disclosure.between_two.in_case import Edge, Held, InCase, Limit
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
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
class _Said:
    """A limit; ``outcomes`` are the packages of which the model knows."""

    limit: Limit
    outcomes: set[Outcome] = field(default_factory=set[Outcome])


class Within(InCase):
    """The model."""

    _how = _HOW

    def heed(self, member: Preference, measured: Any) -> bool:
        """Tell whether the member that was found last shows what was not yet said; then say it."""
        looked: Looked = measured
        at, learnt = looked.at(member), False
        numbers = self._space.numbers(numbers_of(self._space.dispute, member))
        even = [worth(row, numbers) for row in self._evened.limits]
        for some in self._places:
            learnt |= self._refute(some, at, even, self._most(some))
        for said in self._limits:
            if said.limit.closed:
                learnt |= self._more_even(said, at, even)
            else:
                for outcome in _better(said.limit, at, even, self._most(said.limit)):
                    learnt |= self._say(said, outcome)
        return learnt

    def _most(self, held: Held) -> Fraction:
        """Return what the model last found as the number that something is compared with."""
        return held.held * self._hidden.unit / Fraction(held.most[1])

    def _even_in_groups(self, stakes: Any, hiding: Hiding) -> Even:
        self._limits: list[_Said] = []
        self._places: list[Some] = []
        step = int(hiding.step / self._hidden.unit)
        return Even(self._cp, self._space, self._hidden, self._given.share, (stakes, step))

    @property
    def _space(self) -> Space:
        space: Space = self._worths
        return space

    def _counted(self) -> tuple[int, int]:
        return PARTS, 1

    def _no_more(self, limit: Limit) -> None:
        said, (least, beyond) = _Said(limit), limit.least
        self._held.append(limit)
        self._limits.append(said)
        for outcome, gain in self._space.found.items():
            if gain > least or (gain == least and not beyond):
                self._say(said, outcome)

    def _say(self, said: _Said, outcome: Outcome) -> bool:
        """Add that a package is worth no more; false where that was done before, or cannot be."""
        if outcome in said.outcomes:
            return False
        limit = said.limit
        uneven = self._evened.unless(outcome, limit.closed)
        if uneven is None:
            return False
        said.outcomes.add(outcome)
        self._space.found[outcome] = self._space.gain(outcome)
        (own, parts), (bound, times) = self._worth(outcome, up=False), limit.most
        common = gcd(times, parts)
        kept = self._cp.new_bool_var("")
        least = times // common * own + limit.strict
        self._cp.add(least <= parts // common * bound).only_enforce_if(kept)
        self._cp.add_bool_or([kept, *uneven])
        return True

    def _more_even(self, said: _Said, at: At, even: list[Fraction]) -> bool:
        worst: int = self._given.share.worst
        found = at.evenest()
        if found is None or found[0] * at.mosts[worst] >= even[worst]:
            return False
        return self._say(said, found[1])

    def _some(self, least: Edge, most: tuple[Any, int], above: bool = False) -> None:
        place = Place(self._cp, self._space, self._hidden, self._evened)
        some = Some(least, place, most, above)
        self._held.append(some)
        self._places.append(some)
        for proof in self._space.proofs:
            some.heed(proof)

    def _refute(self, some: Some, at: At, even: list[Fraction], most: Fraction) -> bool:
        """Add what a member shows of where a package can lie; false where that is nothing new."""
        proofs = at.refuted(even, some.least, (most, some.above))
        learnt = False
        for proof in proofs or ():
            if some.heed(proof):
                self._space.proofs[proof] = None
                learnt = True
        return learnt


def _better(limit: Limit, at: At, even: list[Fraction], most: Fraction) -> Iterator[Outcome]:
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
