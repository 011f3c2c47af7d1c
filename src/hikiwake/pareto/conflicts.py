"""The smallest sets of rules, red lines and walk-away values that cannot all hold.

Every such set shares a limit with each *correction set*: limits without which the rest can hold.
So: take a smallest set that hits all corrections known so far. If the engine finds it
contradictory it is a smallest conflict; if not, what its package breaks is a new correction. The
engine says more than yes or no: which limits a package keeps beside those asked for, and of
a contradiction a *core*, limits that cannot hold either. Both answer many questions beforehand.

References
----------
Ignatiev, A., Previti, A., Liffiton, M. and Marques-Silva, J. (2015), Smallest MUS extraction with
minimal hitting set dualization, CP 2015.
Liffiton, M., Previti, A., Malik, A. and Marques-Silva, J. (2016), Fast, flexible MUS enumeration,
Constraints 21.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from hikiwake.errors import TooLarge
from hikiwake.pareto.compiled import Compiled
from hikiwake.pareto.hitting import Hitting
from hikiwake.settlement import Conflict, Limit
from hikiwake.solvers import possible
from hikiwake.solvers.deadline import UNLIMITED, Budget, Deadline
from hikiwake.solvers.limits import Limits

MAX_CONFLICTS = 20
MAX_QUESTIONS = 3_000
MAX_EFFORT = 10  # repeatable seconds
KINDS = "rule", "red_line", "walk_away"
MAX_LISTED_ANEW = 2_000  # packages up to which each question looks at them all


class Engine(Protocol):
    """What says which limits can be kept together."""

    def ask(self, limits: Limits) -> tuple[bool, Limits]:
        """Return True and limits, these included, that can be kept; else False and a core."""
        ...


def conflicts(compiled: Compiled) -> tuple[Conflict, ...]:
    """Return the conflicts of a dispute in which nothing is acceptable to everybody.

    Returns
    -------
    All the smallest conflicts, at most ``MAX_CONFLICTS``. If that would take more than
    ``MAX_QUESTIONS`` questions to the engine, or ``MAX_EFFORT``: those of them that were found;
    if none was, one irreducible conflict, so labelled.
    """
    search = _Search(len(compiled.limits), _engine(compiled))
    try:
        search.smallest()
    except (_TooMany, TooLarge):
        if not search.found:
            search.unbounded()
            return (_conflict(compiled, search.irreducible(), smallest=False),)
    found = (_conflict(compiled, limits, smallest=True) for limits in search.found)
    return tuple(sorted(found, key=lambda conflict: [_place(limit) for limit in conflict.limits]))


def _engine(compiled: Compiled) -> Engine:
    """Return the engine whose answers suit a dispute."""
    try:
        if compiled.problem.continuous:
            from hikiwake.solvers import hulls

            return hulls.Cores(compiled.problem)
        if compiled.problem.combinations > MAX_LISTED_ANEW:
            from hikiwake.solvers import cp_sat

            return cp_sat.Cores(compiled.problem)
    except TooLarge:
        pass
    return _Plain(compiled)


class _Plain:
    """Any engine that only says yes or no."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled

    def ask(self, limits: Limits) -> tuple[bool, Limits]:
        return possible(self._compiled.only(limits)), limits


def _conflict(compiled: Compiled, limits: Limits, smallest: bool) -> Conflict:
    return Conflict(tuple(sorted((compiled.limits[n] for n in limits), key=_place)), smallest)


def _place(limit: Limit) -> tuple[int, str, int]:
    """Return where a limit stands among others: what is public first, no party by its place."""
    return KINDS.index(limit.kind), limit.party or "", limit.place


class _TooMany(Exception):
    pass


class _Search:
    def __init__(self, limits: int, engine: Engine) -> None:
        self._engine = engine
        self._all = frozenset(range(limits))
        self.found: list[Limits] = []
        self._kept: list[Limits] = []
        self._cores: list[Limits] = []
        self._left: float = MAX_QUESTIONS
        self._deadline: Deadline = Budget(MAX_EFFORT)

    def unbounded(self) -> None:
        """Ask as many questions as it takes from now on."""
        self._left, self._deadline = inf, UNLIMITED

    def keeps(self, limits: Limits) -> Limits | None:
        """Return limits, these included, that some outcome keeps; None if none keeps these."""
        known = max((kept for kept in self._kept if limits <= kept), key=len, default=None)
        if known is not None:
            return known
        if any(core <= limits for core in self._cores):
            return None
        self._left -= 1
        if self._left < 0 or self._deadline.passed:
            raise _TooMany
        possible, told = self._engine.ask(limits)
        (self._kept if possible else self._cores).append(told)
        return told if possible else None

    def smallest(self) -> None:
        """Find all the smallest conflicts."""
        hitting, found = Hitting(self._all, self._deadline), self.found
        while len(found) < MAX_CONFLICTS:
            candidate = hitting.smallest()
            if candidate is None or (found and len(candidate) > len(found[0])):
                break
            if self.keeps(candidate) is None:
                found.append(candidate)
                hitting.bar(candidate)
            else:
                self._correct(hitting, candidate)

    def _correct(self, hitting: Hitting, candidate: Limits) -> None:
        """Add the corrections that a candidate misses: each shares no limit with the others."""
        while (kept := self.keeps(candidate)) is not None:
            correction = self._all - self._grown(kept)
            hitting.hit(correction)
            candidate |= correction

    def _grown(self, limits: Limits) -> Limits:
        """Return limits that can be kept, and with each further one no longer."""
        for limit in sorted(self._all - limits):
            if limit not in limits:
                limits = self.keeps(limits | {limit}) or limits
        return limits

    def irreducible(self) -> Limits:
        """Return a conflict from which nothing can be taken away: of the smallest core known."""
        limits = min((core for core in self._cores), key=len, default=self._all)
        needed: Limits = frozenset()
        while spare := limits - needed:
            limit = min(spare)
            if self.keeps(limits - {limit}) is not None:
                needed |= {limit}
            else:
                limits = min((c for c in self._cores if c <= limits - {limit}), key=len)
        return limits
