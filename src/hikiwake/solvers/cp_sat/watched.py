"""Searches of CP-SAT that are stopped where they take more memory than the setting allows.

OR-Tools has a parameter for that, ``max_memory_in_mb``, but searches like these never look at it
(9.15 goes on far beyond it). So the process is looked at from beside.
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, Thread
from typing import Any

from hikiwake.solvers.memory import memory_allowed

_EVERY = 0.2  # seconds


def search(solver: Any, cp: Any, listing: Any = None) -> tuple[Any, bool]:
    """Return how a search ended, and whether it was stopped: then what it found so far is there.

    Raises
    ------
    InputError
        If the setting is no size of memory (H18).
    """
    done, stopped = Event(), Event()
    most = held() + memory_allowed()

    def watch() -> None:
        while not done.wait(_EVERY):
            if held() > most:
                stopped.set()
                solver.stop_search()

    Thread(target=watch, daemon=True).start()
    try:
        status = solver.solve(cp) if listing is None else solver.solve(cp, listing)
    finally:
        done.set()
    return status, stopped.is_set()


def held() -> int:
    """Return how many bytes the process holds; 0 where the system does not tell it so simply."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


__all__ = ["held", "search"]
