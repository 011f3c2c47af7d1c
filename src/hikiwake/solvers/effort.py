"""How much work was done, in seconds that are the same on every machine and at every hour.

What takes long is counted where it is done: a search of CP-SAT by the count of the solver itself, a
linear program by the numbers in it, a comparison of packages by its rows. So a limit on work ends a
search at the same place whenever it is run, and whatever others ask of the same process. On the
machine on which the counts were set, a repeatable second is about one second of the processor.
"""

from __future__ import annotations

from contextvars import ContextVar
from threading import Lock

_MILLION = 1_000_000
_A_PROGRAM, _A_NUMBER = 800, 12  # millionths: exact linear programs, of 30 to 90 numbers
_A_COMPARISON, _FOUR_NUMBERS = 200, 1
_SETTLING, _AN_OPTION = 2_000, 20

SEVERAL_WORKERS = 5.0  # of a search by several: its own count is another each time


class _Meter:
    """Counts millionths: whole, so that threads may count in any order."""

    def __init__(self) -> None:
        self.spent = 0
        self._lock = Lock()

    def add(self, millionths: int) -> None:
        with self._lock:
            self.spent += millionths


_METER: ContextVar[_Meter] = ContextVar("effort")


def _meter() -> _Meter:
    """Return the meter of this context: each thread has one of its own, unless it runs in a copy
    of another's context."""
    meter = _METER.get(None)
    if meter is None:
        meter = _Meter()
        _METER.set(meter)
    return meter


def spent() -> float:
    """Return the repeatable seconds that were worked in this context."""
    return _meter().spent / _MILLION


def searched(seconds: float, workers: int) -> None:
    """Count a search of CP-SAT that took so many of its own seconds."""
    _meter().add(int((seconds if workers == 1 else SEVERAL_WORKERS) * _MILLION))


def programmed(numbers: int) -> None:
    """Count a linear program with so many numbers other than 0."""
    _meter().add(_A_PROGRAM + _A_NUMBER * numbers)


def compared(numbers: int) -> None:
    """Count a comparison of rows with so many numbers in all."""
    _meter().add(_A_COMPARISON + _FOUR_NUMBERS * numbers // 4)


def settled(options: int) -> None:
    """Count what it takes to settle a dispute of so many options, searches left out."""
    _meter().add(_SETTLING + _AN_OPTION * options)


__all__ = ["SEVERAL_WORKERS", "compared", "programmed", "searched", "settled", "spent"]
