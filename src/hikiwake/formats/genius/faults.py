"""What is wrong in a folder: faults are gathered, so that all of them are told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hikiwake.errors import Fault, FormatError, Unsupported
from hikiwake.formats.genius.elements import Element

MAX_FAULTS = 100
MEND = "Mend the file there, or take it from its source again."


@dataclass(slots=True)
class Findings:
    """Faults and notes of one folder, as they are found."""

    broken: list[Fault] = field(default_factory=list[Fault])
    uncovered: list[Fault] = field(default_factory=list[Fault])
    notes: list[str] = field(default_factory=list[str])
    discounted: list[str] = field(default_factory=list[str])
    above_one: list[str] = field(default_factory=list[str])
    cut_off: list[str] = field(default_factory=list[str])
    maybe_below: list[str] = field(default_factory=list[str])
    unevaluated: list[str] = field(default_factory=list[str])
    rectangles: int = 0

    def missing(
        self,
        path: Path,
        element: Element,
        found: str,
        expected: str,
        convention: str = "H20",
        remedy: str = MEND,
    ) -> None:
        """Keep the fault of an element that lacks something or holds the wrong thing."""
        self.broken.append(
            Fault(
                f"File {path.name!r}",
                found,
                expected,
                convention,
                remedy,
                f"{path}, line {element.line}",
            )
        )

    def refuse(self, path: Path, element: Element, found: str, known: str) -> None:
        """Keep the fault of something that GENIUS knows and that is not covered."""
        self.uncovered.append(
            Fault(
                f"File {path.name!r}",
                found,
                known,
                "H18",
                "Take that out of the file, or write the dispute by hand (`hikiwake new`).",
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
        kinds = (
            (self.discounted, "A discount factor is ignored, as a settlement has no rounds"),
            (self.above_one, "Utilities above 1, where GENIUS cuts them off, are kept"),
            (self.cut_off, "Utilities above `maxutility`, where GENIUS cuts them off, are kept"),
            (self.unevaluated, "Issues without an evaluator count nothing, as in GENIUS"),
            (
                self.maybe_below,
                "A reservation value may lie below every package's utility; it is kept so",
            ),
        )
        return *self.notes, *(f"{note}: {listed(files)}." for files, note in kinds if files)


def listed(names: Sequence[str]) -> str:
    """Return up to ten names, each once, and how many more there are."""
    names = list(dict.fromkeys(names))
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(name[:80] for name in names[:10]) + more


def index_of(element: Element) -> int | None:
    """Return the `index` of an issue or weight, or None if it has no usable one."""
    text = element.attributes.get("index", "").strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None
