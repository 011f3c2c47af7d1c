"""A sign of life on the error stream, for steps that take more than a second."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any

from hikiwake.cli.screen import shows_colour

PATIENCE_SECONDS = 1.0


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Show what is being done if it takes longer than a second and somebody is watching.

    What it yields is called where something else is done from then on.
    """
    if not (sys.stderr.isatty() and shows_colour(sys.stderr)):
        yield lambda _: None
        return
    sign = _Sign(what)
    timer = Timer(PATIENCE_SECONDS, sign.show)
    timer.daemon = True
    timer.start()
    try:
        yield sign.say
    finally:
        timer.cancel()
        sign.end()


class _Sign:
    """What stands on the terminal, once it is shown and until it ends."""

    def __init__(self, what: str) -> None:
        self._what, self._ended, self._alone = what, False, Lock()
        self._status: Any = None

    def show(self) -> None:
        from rich.console import Console

        with self._alone:
            if not self._ended:
                self._status = Console(stderr=True).status(f"{self._what} …")
                self._status.start()

    def say(self, what: str) -> None:
        with self._alone:
            self._what = what
            if self._status is not None:
                self._status.update(f"{what} …")

    def end(self) -> None:
        with self._alone:
            self._ended = True
            if self._status is not None:
                self._status.stop()
