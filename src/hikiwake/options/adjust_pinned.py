"""A dispute in which all but a few issues are held at what a package says.

Between two sides with shares only the conditions of the problem change, so that nothing is compiled
again; else the dispute is told so, with rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from hikiwake.model import FrozenMap, Outcome
from hikiwake.pareto import Bargain, Measure, NoBargain, bargain_over, compiled
from hikiwake.pareto.edges import Edges
from hikiwake.pareto.pins import pins
from hikiwake.pareto.sets import pareto_set
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.problem import Clause


class Pinned:
    """Holds issues of a dispute that has an agreement."""

    def __init__(self, bargain: Bargain) -> None:
        self.bargain = bargain
        self.quick = isinstance(bargain.frontier, Edges) and bargain.compiled.purse is None

    def at(self, outcome: Outcome) -> Held:
        """Return the dispute with issues held at what a package says."""
        return Held(self, outcome)

    def measure(self, held: Bargain) -> Measure:
        """Return the gains of the whole dispute, in the units of one that is held."""
        gains = self.bargain.gains
        pairs = zip(held.compiled.units, self.bargain.compiled.units, strict=True)
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

    def but(self, free: Sequence[str]) -> Bargain | None:
        """Return what there is to bargain over with only some issues free.

        Gains are those of the whole dispute. Nothing may be acceptable to all: then it is None, or
        its frontier is empty.
        """
        bargain = self._pinned.bargain
        if self._pinned.quick:
            held = (c for issue, own in self._clauses.items() if issue not in free for c in own)
            problem = bargain.compiled.problem
            never = (*problem.never, *held)
            frontier = pareto_set(replace(problem, never=never), None, Deadline())
            return replace(bargain, frontier=frontier, measure=bargain.gains)
        dispute = bargain.dispute
        rules = (*dispute.rules, *pins(dispute, self._outcome, free))
        found = bargain_over(compiled(replace(dispute, rules=rules)))
        if isinstance(found, NoBargain):
            return None
        return replace(found, measure=self._pinned.measure(found))

    @cached_property
    def _clauses(self) -> dict[str, tuple[Clause, ...]]:
        """What is never allowed where an issue is held."""
        whole = self._pinned.bargain.compiled
        found: dict[str, tuple[Clause, ...]] = {}
        for k, (issue, ways) in enumerate(zip(whole.whole, whole.decisions, strict=True)):
            others = frozenset(n for n, way in enumerate(ways) if way != self._outcome[issue])
            found[issue] = (Clause(((k, others),)),) if others else ()
        for s, issue in enumerate(whole.shared):
            value = self._outcome[issue]
            assert isinstance(value, FrozenMap)
            part = value[whole.dispute.party_ids[0]]
            found[issue] = (Clause((), ((s, 0, part, None),)), Clause((), ((s, 0, None, part),)))
        return found
