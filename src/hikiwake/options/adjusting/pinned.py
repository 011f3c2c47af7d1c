"""A dispute in which all but a few issues are held at what a package says.

Where nothing but shares and money is divided only the conditions of the problem change, so that
nothing is compiled again and nobody's ideal is looked for anew; else the dispute is told so, with
rules. With everything free nothing is held, and what is known of the whole serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from hikiwake.model import Amount, FrozenMap, Outcome
from hikiwake.pareto import Bargain, Measure, compiled
from hikiwake.pareto.compiled import Compiled
from hikiwake.pareto.fronts.sets import pareto_set
from hikiwake.pareto.pins import pins
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.problem import Clause


class Pinned:
    """Holds issues of a dispute that has an agreement."""

    def __init__(self, bargain: Bargain) -> None:
        self.bargain = bargain
        straight = (i for i in bargain.dispute.issues if isinstance(i, Amount) and i.step is None)
        self.quick = next(straight, None) is None

    def at(self, outcome: Outcome) -> Held:
        """Return the dispute with issues held at what a package says."""
        return Held(self, outcome)

    def measure(self, held: Compiled) -> Measure:
        """Return the gains of the whole dispute, in the units of one that is held."""
        gains = self.bargain.gains
        pairs = zip(held.units, self.bargain.compiled.units, strict=True)
        times = [Fraction(now, before) for now, before in pairs]
        return Measure(
            gains.parties,
            tuple(zero * times[i] for i, zero in zip(gains.parties, gains.zeros, strict=True)),
            tuple(unit * times[i] for i, unit in zip(gains.parties, gains.units, strict=True)),
            "gain",
        )


class Held:
    """A dispute with issues held at what one package says."""

    def __init__(self, pinned: Pinned, outcome: Outcome) -> None:
        self._pinned = pinned
        self._outcome = outcome

    def but(self, free: Sequence[str]) -> Bargain:
        """Return what there is to bargain over with only some issues free.

        Gains are those of the whole dispute. Nothing may be acceptable to all: then its frontier is
        empty, and has no best point.
        """
        bargain = self._pinned.bargain
        if len(free) == len(bargain.dispute.issues):
            return bargain
        if self._pinned.quick:
            held = (c for issue, own in self.clauses.items() if issue not in free for c in own)
            problem = bargain.compiled.problem
            never = (*problem.never, *held)
            frontier = pareto_set(replace(problem, never=never), None, Deadline())
            return replace(bargain, frontier=frontier, measure=bargain.gains)
        dispute = bargain.dispute
        rules = (*dispute.rules, *pins(dispute, self._outcome, free))
        whole = compiled(replace(dispute, rules=rules))
        frontier = pareto_set(whole.problem, None, Deadline())
        measure = self._pinned.measure(whole)
        return replace(bargain, compiled=whole, frontier=frontier, measure=measure)

    @cached_property
    def clauses(self) -> dict[str, tuple[Clause, ...]]:
        """What is never allowed where an issue is held."""
        whole = self._pinned.bargain.compiled
        found: dict[str, tuple[Clause, ...]] = {}
        for k, (issue, ways) in enumerate(zip(whole.whole, whole.decisions, strict=True)):
            others = frozenset(n for n, way in enumerate(ways) if way != self._outcome[issue])
            found[issue] = (Clause(((k, others),)),) if others else ()
        for s, issue in enumerate(whole.shared):
            value, parties = self._outcome[issue], whole.dispute.party_ids
            assert isinstance(value, FrozenMap)
            named = parties[:1] if len(parties) == 2 else parties
            parts = [value[party] for party in named]
            if whole.purse is not None and whole.purse.issue == issue:
                parts = [whole.purse.fraction(part) for part in parts]
            found[issue] = tuple(
                Clause((), (bounds,))
                for i, part in enumerate(parts)
                for bounds in ((s, i, part, None), (s, i, None, part))
            )
        return found
