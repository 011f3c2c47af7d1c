"""A sign of life on the error stream, for steps that take more than a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hikiwake.cli.screen import shows_colour

PATIENCE_SECONDS = 1.0


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show what is being done if it takes longer than a second and somebody is watching."""
    if not (sys.stderr.isatty() and shows_colour(sys.stderr)):
        yield
        return
    shown: list[Any] = []
    done = threading.Event()

    def show() -> None:
        from rich.console import Console

        if not done.is_set():
            status = Console(stderr=True).status(f"{what} …")
            status.start()
            shown.append(status)

    timer = threading.Timer(PATIENCE_SECONDS, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        done.set()
        timer.cancel()
        if timer.is_alive():
            timer.join(PATIENCE_SECONDS)
        for status in shown:
            status.stop()
