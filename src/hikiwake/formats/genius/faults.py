"""What is wrong in a folder: faults are gathered, so that all of them are told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hikiwake.errors import Fault, FormatError, Unsupported
from hikiwake.formats.genius.elements import Element

MAX_FAULTS = 100


@dataclass(slots=True)
class Findings:
    """Faults and notes of one folder, as they are found."""

    broken: list[Fault] = field(default_factory=list[Fault])
    uncovered: list[Fault] = field(default_factory=list[Fault])
    notes: list[str] = field(default_factory=list[str])
    discounted: list[str] = field(default_factory=list[str])
    above_one: list[str] = field(default_factory=list[str])

    def missing(
        self, path: Path, element: Element, found: str, expected: str, convention: str = "H20"
    ) -> None:
        """Keep the fault of an element that lacks something or holds the wrong thing."""
        self.broken.append(
            Fault(
                f"File {path.name!r}",
                found,
                expected,
                convention,
                "Mend the file there, or take it from its source again.",
                f"{path}, line {element.line}",
            )
        )

    def refuse(self, path: Path, element: Element, found: str) -> None:
        """Keep the fault of something that GENIUS knows and that is not covered yet."""
        self.uncovered.append(
            Fault(
                f"File {path.name!r}",
                found,
                "Only discrete issues with a table of evaluations are read so far",
                "H18",
                "Leave this folder for a later version.",
                f"{path}, line {element.line}",
            )
        )

    def settle(self) -> None:
        """Raise what was found, if anything."""
        if self.broken:
            raise FormatError(*self.broken[:MAX_FAULTS])
        if self.uncovered:
            raise Unsupported(*self.uncovered[:MAX_FAULTS])

    def all_notes(self) -> tuple[str, ...]:
        """Return what was ignored or read otherwise, one sentence a kind; no numbers (H14)."""
        notes = list(self.notes)
        if self.discounted:
            files = listed(self.discounted)
            notes.append(f"A discount factor is ignored, as a settlement has no rounds: {files}.")
        if self.above_one:
            files = listed(self.above_one)
            notes.append(f"Utilities above 1, where GENIUS cuts them off, are kept: {files}.")
        return tuple(notes)


def listed(names: Sequence[str]) -> str:
    """Return up to ten names, and how many more there are."""
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(name[:80] for name in names[:10]) + more


def index_of(element: Element) -> int | None:
    """Return the `index` of an issue or weight, or None if it has no usable one."""
    text = element.attributes.get("index", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
