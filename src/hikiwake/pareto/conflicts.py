"""The smallest sets of rules, red lines and walk-away values that cannot all hold.

Every such set shares a limit with each *correction set*: limits without which the rest can hold.
So: take the smallest sets that hit all corrections known so far; one that the engine finds
contradictory is a smallest conflict, one that it does not gives a new correction.

References
----------
Ignatiev, A., Previti, A., Liffiton, M. and Marques-Silva, J. (2015), Smallest MUS extraction with
minimal hitting set dualization, CP 2015.
Junker, U. (2004), QuickXplain: preferred explanations and relaxations, AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import inf
from time import monotonic

from hikiwake.pareto.compiled import Compiled
from hikiwake.settlement import Conflict
from hikiwake.solvers import possible

MAX_CONFLICTS = 20
MAX_QUESTIONS = 3_000
MAX_SECONDS = 10

Limits = frozenset[int]


def conflicts(compiled: Compiled) -> tuple[Conflict, ...]:
    """Return the conflicts of a dispute in which nothing is acceptable to everybody.

    Returns
    -------
    All the smallest conflicts, at most ``MAX_CONFLICTS``. If proving them smallest would take
    more than ``MAX_QUESTIONS`` questions to the engine, or ``MAX_SECONDS``: one irreducible
    conflict, so labelled.
    """
    search = _Search(compiled)
    try:
        found = search.smallest()
    except _TooMany:
        search.unbounded()
        return (_conflict(compiled, search.irreducible(), smallest=False),)
    return tuple(_conflict(compiled, limits, smallest=True) for limits in found)


def _conflict(compiled: Compiled, limits: Limits, smallest: bool) -> Conflict:
    return Conflict(tuple(compiled.limits[place] for place in sorted(limits)), smallest)


class _TooMany(Exception):
    pass


class _Search:
    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._all = frozenset(range(len(compiled.limits)))
        self._known: dict[Limits, bool] = {}
        self._left: float = MAX_QUESTIONS
        self._until: float = monotonic() + MAX_SECONDS

    def unbounded(self) -> None:
        """Ask as many questions as it takes from now on."""
        self._left = self._until = inf

    def possible(self, limits: Limits) -> bool:
        """Tell whether some outcome keeps all these limits."""
        if limits not in self._known:
            self._left -= 1
            if self._left < 0 or monotonic() > self._until:
                raise _TooMany
            self._known[limits] = possible(self._compiled.only(limits))
        return self._known[limits]

    def smallest(self) -> list[Limits]:
        """Return all the smallest conflicts, in the order of their limits."""
        corrections: list[Limits] = []
        while True:
            found: list[Limits] = []
            for candidate in islice(_smallest_hitting(corrections), MAX_QUESTIONS):
                if self.possible(candidate):
                    corrections.append(self._all - self._grown(candidate))
                    found = []
                    break
                found.append(candidate)
                if len(found) == MAX_CONFLICTS:
                    break
            if found:
                return found

    def _grown(self, limits: Limits) -> Limits:
        for limit in sorted(self._all - limits):
            if self.possible(limits | {limit}):
                limits |= {limit}
        return limits

    def irreducible(self) -> Limits:
        """Return a conflict from which nothing can be taken away, by halving (QuickXplain)."""
        return self._needed(frozenset(), frozenset(), sorted(self._all))

    def _needed(self, kept: Limits, fresh: Limits, among: list[int]) -> Limits:
        """Return which of some limits a conflict needs beside the kept ones."""
        if fresh and not self.possible(kept):
            return frozenset()
        if len(among) == 1:
            return frozenset(among)
        middle = len(among) // 2
        first, second = among[:middle], among[middle:]
        late = self._needed(kept | set(first), frozenset(first), second)
        early = self._needed(kept | late, late, first)
        return early | late


def _smallest_hitting(sets: list[Limits]) -> Iterator[Limits]:
    """Yield all the sets of the smallest size that share an element with each of the sets."""
    size = 0
    while True:
        found = sorted(set(_hitting(sets, frozenset(), size)), key=sorted)
        if found:
            yield from found
            return
        size += 1


def _hitting(sets: list[Limits], chosen: Limits, room: int) -> Iterator[Limits]:
    missed = [s for s in sets if not s & chosen]
    if not missed:
        yield chosen
    elif room:
        for element in sorted(min(missed, key=len)):
            yield from _hitting(missed, chosen | {element}, room - 1)
