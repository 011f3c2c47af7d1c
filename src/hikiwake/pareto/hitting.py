"""The smallest sets that share an element with each of some sets, one after another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hikiwake.errors import TooLarge
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.watched import search, too_hard

Numbers = frozenset[int]

MAX_BY_HAND = 3  # elements up to which every set is looked at; larger ones are sought by CP-SAT


class Hitting:
    """Sets to be hit, and sets that nothing found may hold in whole."""

    def __init__(self, elements: Numbers, deadline: Deadline = UNLIMITED) -> None:
        self._elements = sorted(elements)
        self._deadline = deadline
        self._sets: list[Numbers] = []
        self._barred: list[Numbers] = []
        self._size = 0
        self._sought: _Sought | None = None

    def hit(self, numbers: Numbers) -> None:
        """Ask for sets that share an element with this one as well."""
        self._sets.append(numbers)
        if self._sought is not None:
            self._sought.hit(numbers)

    def bar(self, numbers: Numbers) -> None:
        """Ask for sets that do not hold all of this one."""
        self._barred.append(numbers)
        if self._sought is not None:
            self._sought.bar(numbers)

    def smallest(self) -> Numbers | None:
        """Return a set of the smallest size that is left; None if there is no set at all.

        Raises
        ------
        TooLarge
            If that could not be told within the time and memory allowed (H18).
        """
        while self._size <= MAX_BY_HAND:
            found = self._by_hand(frozenset(), self._sets, self._size)
            if found is not None:
                return found
            self._size += 1
        if self._sought is None:
            self._sought = _Sought(self._elements, self._sets, self._barred)
        return self._sought.smallest(self._deadline)

    def _by_hand(self, chosen: Numbers, sets: Iterable[Numbers], room: int) -> Numbers | None:
        missed = [own for own in sets if not own & chosen]
        if not missed:
            return None if any(own <= chosen for own in self._barred) else chosen
        if room:
            for element in sorted(min(missed, key=len)):
                found = self._by_hand(chosen | {element}, missed, room - 1)
                if found is not None:
                    return found
        return None


class _Sought:
    """The same by CP-SAT."""

    def __init__(
        self, elements: Iterable[int], sets: Iterable[Numbers], barred: Iterable[Numbers]
    ) -> None:
        from ortools.sat.python.cp_model import CpModel

        self._cp: Any = CpModel()
        self._chosen: dict[int, Any] = {n: self._cp.new_bool_var("") for n in elements}
        self._cp.minimize(sum(self._chosen.values()))
        for own in sets:
            self.hit(own)
        for own in barred:
            self.bar(own)

    def hit(self, numbers: Numbers) -> None:
        self._cp.add_bool_or([self._chosen[n] for n in sorted(numbers)])

    def bar(self, numbers: Numbers) -> None:
        self._cp.add_bool_or([~self._chosen[n] for n in sorted(numbers)])

    def smallest(self, deadline: Deadline) -> Numbers | None:
        ended = search(self._cp, **deadline.limiting(num_workers=1))
        if ended.impossible:
            return None
        if not ended.best:
            raise TooLarge(too_hard())
        return frozenset(n for n, chosen in self._chosen.items() if ended.holds(chosen))
