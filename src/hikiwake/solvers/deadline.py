"""How much time, or how much work, a search may still take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf
from time import monotonic
from typing import Any, TypeVar

from hikiwake.solvers import effort

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

    def limiting(self, **parameters: Any) -> dict[str, Any]:
        """Return some of CP-SAT's parameters, and what ends a search when no time is left."""
        return {**parameters, "max_time_in_seconds": self.left}

    def require(self) -> None:
        """Raise TimeIsOver if no time is left."""
        if self.passed:
            raise TimeIsOver("no time is left")

    def each(self, many: Iterable[T]) -> Iterator[T]:
        """Yield each of many; raise TimeIsOver where no time is left for the next."""
        for one in many:
            self.require()
            yield one


class Budget(Deadline):
    """So much work from now on, whatever a clock says: in repeatable seconds (see ``effort``)."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._most = effort.spent() + seconds

    @property
    def left(self) -> float:
        """The repeatable seconds that are left, at least 0."""
        return max(0.0, self._most - effort.spent())

    def limiting(self, **parameters: Any) -> dict[str, Any]:
        """Return some of CP-SAT's parameters, and what ends a search when no work is left.

        One worker: several never do the same again.
        """
        most = min(self.left, parameters.get("max_deterministic_time", inf))
        return {**parameters, "num_workers": 1, "max_deterministic_time": most}


UNLIMITED = Deadline()
