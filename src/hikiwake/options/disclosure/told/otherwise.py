"""Members that fit words and a settlement: whether those that look would have read the same.

What is read is no condition that a model could be told. So who would have read otherwise is left
out alone, and small steps are tried from there towards those of whom more would be as it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, islice
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from hikiwake.model import Preference
from hikiwake.options.disclosure.hidden.ends import Intervals
from hikiwake.options.disclosure.told.read import Readers

MAX_VAIN = 10  # members beside one who read no more alike than those before, and no more are tried
MAX_BESIDE = 200  # members beside one, and beside these, that are looked at

One = TypeVar("One", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Further:
    """What bounds each side's numbers before texts are counted, and those that read them."""

    readers: Readers
    bounds: Mapping[str, Intervals]


class Otherwise(Generic[One]):
    """Tells who would have read the same; all do where there is nothing to read.

    ``found`` are those that would not, in the order in which that was seen. ``own`` returns what
    somebody wants, of all sides that hide.
    """

    def __init__(self, readers: Readers | None, own: Callable[[One], Sequence[Preference]]) -> None:
        self._readers, self._own = readers, own
        self._looked = set[One]()
        self._left_out: WeakKeyDictionary[object, int] = WeakKeyDictionary()
        self.found: dict[One, None] = {}

    @property
    def spent(self) -> bool:
        """Whether no more texts are made, so that of others it is not known."""
        return self._readers is not None and self._readers.spent

    def same(self, one: One) -> bool:
        """Tell whether the same would have been read, as far as texts are still made."""
        if self._readers is None:
            return True
        if one in self.found or self.spent:
            return False
        if not self._readers.same(self._own(one)):
            self.found[one] = None
            return False
        return True

    def towards(
        self,
        start: One,
        fits: Callable[[One], bool],
        beside: Callable[[One], Iterable[One]],
    ) -> One | None:
        """Return one that would have read the same, by small steps from one that fits all else.

        None: none was found.
        """
        if self._readers is None or self.same(start):
            return start
        most, vain, left, turn = self._alike(start), 0, MAX_BESIDE, count()
        waiting = [(-most, next(turn), start)]
        while waiting and not self.spent:
            for other in beside(heappop(waiting)[2]):
                if other in self._looked:
                    continue
                if left <= 0 or vain >= MAX_VAIN or self.spent:
                    return None
                self._looked.add(other)
                left -= 1
                if fits(other):
                    if self.same(other):
                        return other
                    alike = self._alike(other)
                    most, vain = max(most, alike), 0 if alike > most else vain + 1
                    heappush(waiting, (-alike, next(turn), other))
        return None

    def leave_out(self, model: object, exclude: Callable[[One], None]) -> None:
        """Leave all that would not have read the same out of a model, each of them once."""
        for one in islice(self.found, self._left_out.get(model, 0), None):
            exclude(one)
        self._left_out[model] = len(self.found)

    def _alike(self, one: One) -> float:
        return 0.0 if self._readers is None else self._readers.alike(self._own(one))


__all__ = ["Further", "Otherwise"]
