"""How much time a search may still take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


class TimeIsOver(Exception):
    """A search of a whole frontier was given up, with nothing to show, since no time was left."""


class Deadline:
    """So many seconds from now on; None: as long as it takes."""

    def __init__(self, seconds: float | None = None) -> None:
        self._until = inf if seconds is None else monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, at least 0; infinite without a limit."""
        return max(0.0, self._until - monotonic())

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return self.left == 0.0

    def require(self) -> None:
        """Raise TimeIsOver if no time is left."""
        if self.passed:
            raise TimeIsOver("no time is left")

    def each(self, many: Iterable[T]) -> Iterator[T]:
        """Yield each of many; raise TimeIsOver where no time is left for the next."""
        for one in many:
            self.require()
            yield one


UNLIMITED = Deadline()
