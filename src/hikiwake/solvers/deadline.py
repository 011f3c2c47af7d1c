"""How much time a search may still take."""

from __future__ import annotations

from math import inf
from time import monotonic


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
