"""How much memory the engines may take, and when a merge will not get by with it.

The setting is the environment variable ``HIKIWAKE_MEMORY``: ``512 MiB``, ``2 GiB``, or a number of
bytes. What is counted are tables whose size is known before they are made, with a margin for what
is only held for a moment.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from math import inf, log
from operator import itemgetter

from hikiwake.errors import Fault, InputError, TooLarge
from hikiwake.solvers.deadline import UNLIMITED, Deadline

MAX_MEMORY = 3 * 2**30  # bytes, unless the setting says less or more
MAX_POINTS = 2_000_000  # with two parties
MAX_POINTS_OF_MANY = 100_000  # with three or more, where filtering costs far more
MAX_SUMS = 50_000_000
MIN_MEMORY = 64 * 2**20

SETTING = "HIKIWAKE_MEMORY"
_UNITS = {"": 1, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_ASKED_AT = 1_000  # points: from here on it is asked how a merge will go on
_STEPS = 4  # blocks: the fewest to see how a merge grows
_STEEPEST = 12
_FAR_EARLY, _FAR_LATE = 3, 1.5  # times what is allowed: an outlook is only a guess


def memory_allowed() -> int:
    """Return how many bytes the engines may take.

    Raises
    ------
    InputError
        If the setting is no size of at least ``MIN_MEMORY`` bytes (H18).
    """
    written = os.environ.get(SETTING, "").strip()
    if not written:
        return MAX_MEMORY
    match = re.fullmatch(r"([0-9]{1,18})\s*([KMG]iB|)", written, re.IGNORECASE)
    size = int(match[1]) * _UNITS[match[2].upper()] if match else 0
    if size < MIN_MEMORY:
        raise InputError(
            Fault(
                f"The setting {SETTING}",
                repr(written[:40]),
                f"A size of at least {MIN_MEMORY // 2**20} MiB, such as 512 MiB or 2 GiB",
                "H18",
                f"Set it so, or leave it out: then it is {MAX_MEMORY // 2**30} GiB.",
            )
        )
    return size


class Budget:
    """What a merge may take before it is refused: memory, points kept, sums looked at, and time.

    ``ceiling`` is a number of points that the frontier cannot exceed, if one is known.
    """

    def __init__(
        self,
        parties: int,
        bytes_a_point: int,
        ceiling: int | None = None,
        deadline: Deadline = UNLIMITED,
    ) -> None:
        self._deadline = deadline
        self.memory = memory_allowed()
        most = MAX_POINTS if parties <= 2 else MAX_POINTS_OF_MANY
        self._points = min(most, self.memory // 2 // bytes_a_point)
        self._ceiling = inf if ceiling is None else ceiling
        self._sums = self._held = 0
        self._grown: list[tuple[int, int]] = []  # options added so far, points then

    def look_at(self, sums: int) -> None:
        """Take so many sums off the budget.

        Raises
        ------
        TooLarge
            If none is left (H18).
        TimeIsOver
            If no time is left.
        """
        self._deadline.require()
        self._sums += sums
        if self._sums > MAX_SUMS:
            raise _too_large(f"more than {MAX_SUMS:,} sums to look at", f"{MAX_SUMS:,} in all")

    def hold(self, size: int, for_a_moment: int = 0) -> None:
        """Take so many bytes off the budget for good, and some more for a moment.

        Raises
        ------
        TooLarge
            If more than half of them would be held: the rest is a margin (H18).
        """
        self._held += size
        if self._held + for_a_moment > self.memory // 2:
            most = f"{self.memory // 2**20:,} MiB"
            raise _too_large(f"more than {most} needed to find it", most)

    def keep(self, points: int, done: int = 0, to_come: int = 0) -> None:
        """Take note of how many points there are with ``done`` options added, ``to_come`` not yet.

        Raises
        ------
        TooLarge
            If there are more points than may be kept, or if they have grown so that far more, or
            far too many sums, are to be expected in the end (H18).
        """
        if points > self._points:
            raise _too_large(f"more than {self._points:,} points", f"{self._points:,}")
        self._grown.append((done, points))
        if points < _ASKED_AT or not to_come:
            return
        far = _FAR_EARLY if to_come > done else _FAR_LATE
        in_the_end = self._outlook(to_come)
        if in_the_end > far * self._points:
            raise _too_large(f"far more than {self._points:,} points", f"{self._points:,}")
        if self._sums + (points + in_the_end) / 2 * to_come > far * MAX_SUMS:
            raise _too_large(f"far more than {MAX_SUMS:,} sums to look at", f"{MAX_SUMS:,} in all")

    def _outlook(self, to_come: int) -> float:
        """Return how many points there will be if they go on growing as a power of the options."""
        done, now = self._grown[-1]
        place = bisect_right(self._grown, done // 2, key=itemgetter(0)) - 1
        then, points = self._grown[max(0, place)]
        if len(self._grown) < _STEPS or not 0 < 2 * then <= done or not points:
            return now
        power = min(_STEEPEST, log(max(1, now / points)) / log(done / then))
        return min(self._ceiling, now * ((done + to_come) / done) ** power)


def _too_large(found: str, most: str) -> TooLarge:
    return TooLarge(
        Fault(
            "The Pareto frontier",
            found,
            f"At most {most}",
            "H18",
            "Leave the choice of the engine out: others hold no whole frontier. Or join options "
            f"that differ little, or allow more memory ({SETTING}).",
        )
    )
