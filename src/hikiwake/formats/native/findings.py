"""Collecting every fault of a file, each at its place, none repeating private numbers (H14)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from hikiwake.errors import Fault, FormatError, InputError, InvalidDispute

MAX_FAULTS = 100
MAX_SHOWN = 400

_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")

Place = tuple[str | int, ...]


@dataclass(slots=True)
class Findings:
    """The faults found so far, and which places are spoilt by them.

    ``main`` names the dispute file where the dispute is a folder; ``files`` the file of each
    party whose preference has one of its own.
    """

    main: str = ""
    files: dict[str, str] = field(default_factory=dict[str, str])
    faults: list[Fault] = field(default_factory=list[Fault])
    syntax: int = 0
    more: int = 0
    _spoilt: set[Place] = field(default_factory=set[Place])
    _above: set[Place] = field(default_factory=set[Place])

    def add(self, fault: Fault) -> None:
        """Add a fault whose ``where`` is a key path, or is empty."""
        placed = replace(fault, where=self._in_file(fault.where))
        if self.full:
            self.more += 1
        elif placed not in self.faults:
            self.faults.append(placed)

    @property
    def full(self) -> bool:
        """Tell whether so many faults were found that further ones are only counted."""
        return len(self.faults) >= MAX_FAULTS

    def add_syntax(self, fault: Fault) -> None:
        """Add a fault of a file as such: its ``where`` names the file already."""
        self.syntax += 1
        self.faults.append(fault)

    def spoil(self, place: Place) -> None:
        """Remember that what stands at a place cannot be used."""
        self._spoilt.add(place)
        self._above.update(place[:n] for n in range(len(place)))

    def spoilt(self, place: Place) -> bool:
        """Tell whether a place, something within it, or something around it cannot be used."""
        return (
            place in self._above
            or place in self._spoilt
            or any(place[:n] in self._spoilt for n in range(len(place)))
        )

    def error(self) -> InputError | None:
        """Return the error that holds every fault, or None."""
        if not self.faults:
            return None
        shown = [tidy(fault) for fault in self.faults]
        if self.more:
            shown.append(_rest(self.more))
        if self.syntax == len(self.faults):
            return FormatError(*shown)
        return InvalidDispute(*shown)

    def _in_file(self, where: str) -> str:
        for party, file in self.files.items():
            prefix = f"preferences.{party}"
            if where == prefix:
                return file
            if where.startswith(f"{prefix}."):
                return f"{file}: {where[len(prefix) + 1 :]}"
        return f"{self.main}: {where}" if self.main and where else where or self.main


def path_text(place: Iterable[str | int]) -> str:
    """Return a key path as people read it: ``issues[2].options``, counted from 1."""
    text = ""
    for part in place:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part[:80]}" if text else part[:80]
    return text


def private(place: Place) -> bool:
    """Tell whether a place lies inside one party's preference."""
    return len(place) > 1 and place[0] == "preferences"


def owner(place: Place, tree: Mapping[str, object]) -> str:
    """Return the words for the object that a place belongs to, such as ``Issue 'rent'``."""
    if private(place):
        return _owner_in_preference(place)
    words = {"parties": "Party", "issues": "Issue", "groups": "Group", "rules": "Rule"}
    top = place[0] if place else ""
    if len(place) < 2 or not isinstance(place[1], int) or top not in words:
        return "The status quo" if top == "status_quo" else "The dispute"
    entries = tree.get(str(top))
    name: object = None
    if isinstance(entries, list):
        entry: object = entries[place[1]]
        name = entry.get("id") if isinstance(entry, dict) else None  # pyright: ignore
    word = words[str(top)]
    return f"{word} {name[:80]!r}" if isinstance(name, str) else f"{word} {place[1] + 1}"


def _owner_in_preference(place: Place) -> str:
    text = f"Party {str(place[1])[:80]!r}"
    if len(place) < 4:
        return text
    if place[2] in ("points", "values", "curves"):
        return f"{text}, issue {str(place[3])[:80]!r}"
    words = {"red_lines": "red line", "bonuses": "bonus", "constraints": "constraint"}
    words["ranks"] = "ranking"
    if place[2] in words and isinstance(place[3], int):
        return f"{text}, {words[str(place[2])]} {place[3] + 1}"
    return text


def tidy(fault: Fault) -> Fault:
    """Return the fault with every text printable on any terminal, and none endless."""
    return Fault(
        _printable(fault.object),
        _printable(fault.found),
        _printable(fault.expected),
        fault.convention,
        _printable(fault.remedy),
        _printable(fault.where),
    )


def _printable(text: str) -> str:
    if len(text) > MAX_SHOWN:
        text = f"{text[:MAX_SHOWN]} …"
    if text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(c) in _UNPRINTABLE else c for c in text)


def _rest(more: int) -> Fault:
    return Fault(
        "The rest",
        f"{more} more faults",
        f"Only the first {MAX_FAULTS} are listed",
        "H16",
        "Mend these first, then look again.",
    )
