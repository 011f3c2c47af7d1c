"""Writing to a terminal: at most 80 columns, colour only where somebody can see it.

Rich is imported only where there is colour: a plain run does not pay for it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from shutil import get_terminal_size
from typing import Any, TextIO

WIDEST = 80
NARROWEST = 40

STYLES = {
    "title": "bold",
    "heading": "bold cyan",
    "good": "bold green",
    "uneven": "bold yellow",
    "bad": "bold red",
    "bar": "cyan",
    "faint": "dim",
    "strong": "bold",
}


class Screen:
    """One output stream, with its width, and with colour if it is a terminal that shows any."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.coloured = shows_colour(self.stream)
        columns = get_terminal_size((WIDEST, 24)).columns
        self.width = max(NARROWEST, min(WIDEST, columns))
        self._console: Any = None

    def line(self, text: str = "", role: str | None = None) -> None:
        """Write one line in the style of a role."""
        self.parts((text, role))

    def parts(self, *parts: tuple[str, str | None]) -> None:
        """Write one line made of parts, each in the style of its role."""
        if not self.coloured:
            self.stream.write("".join(text for text, _ in parts).rstrip() + "\n")
            return
        from rich.text import Text

        line = Text(no_wrap=True, overflow="ignore")
        for text, role in parts:
            line.append(text, STYLES.get(role or ""))
        self._rich().print(line, soft_wrap=True)

    def _rich(self) -> Any:
        if self._console is None:
            from rich.console import Console

            self._console = Console(
                file=self.stream, highlight=False, markup=False, force_terminal=True
            )
        return self._console


def shows_colour(stream: TextIO) -> bool:
    """Tell whether a stream shows colour: a terminal, unless NO_COLOR or a dumb one says no."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def tell_beside(lines: Iterable[str]) -> None:
    """Write lines to the error stream, beside the output proper."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def print_json(value: Any) -> None:
    """Write one JSON object to the output, readable, in any alphabet."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
