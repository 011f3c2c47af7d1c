"""What readers of other programs' files share: faults at their places, notes, listings (H20)."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import ModuleType

from hikiwake.errors import Fault, FormatError, Unsupported
from hikiwake.formats.ids import as_id, name_for
from hikiwake.formats.native.files import MAX_BYTES, read_text
from hikiwake.formats.native.findings import tidy
from hikiwake.formats.native.numbers import number
from hikiwake.model import Choice, Dispute, FrozenMap, Issue, Option, Party, Preference, Text

MAX_FILES = 1_000
MAX_FAULTS = 100
MAX_PARTIES = 100
MAX_LISTED = 10_000

_WINDOWS = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp932": "Shift-JIS (Japanese)",
}

Corner = tuple[Fraction, Fraction]

MEND = "Mend the file there, or take it from its source again."


@dataclass(slots=True)
class Findings:
    """Faults and notes of one source, as they are found. No note and no fault has points (H14)."""

    broken: list[Fault] = field(default_factory=list[Fault])
    uncovered: list[Fault] = field(default_factory=list[Fault])
    notes: list[str] = field(default_factory=list[str])
    left: int = MAX_BYTES
    more: int = 0

    def text(self, path: Path, guess: Callable[[str], bool] | None = None) -> str | None:
        """Return the text of a file, or None if it cannot be read: then a fault is kept.

        With ``guess``, which tells whether a text is likely, a file that is no UTF-8 is read as
        what Windows programs write, with a note.
        """
        try:
            text = read_text(path, path.name, self.left)
        except FormatError as error:
            guessed = _guessed(path, self.left, guess) if guess else None
            if guessed is None:
                self.broken.extend(error.faults)
                return None
            text, encoding = guessed
            self.notes.append(
                f"{path.name}: not in UTF-8; read as {encoding}. If letters look wrong, save it as "
                "UTF-8."
            )
        self.left -= len(text.encode())
        return text

    def wrong(
        self, where: str, found: str, expected: str, remedy: str = MEND, convention: str = "H20"
    ) -> None:
        """Keep what is broken at a place, such as ``ann.json: issueWeights``."""
        if len(self.broken) >= MAX_FAULTS:
            self.more += 1
            return
        self.broken.append(tidy(Fault("The file", found, expected, convention, remedy, where)))

    def refuse(self, where: str, found: str, expected: str) -> None:
        """Keep what the other program knows and this reader does not cover (H18)."""
        remedy = "Take that out of the source, or write the dispute by hand (`hikiwake new`)."
        self.uncovered.append(tidy(Fault("The file", found, expected, "H18", remedy, where)))

    def number(self, where: str, raw: object, what: str) -> Fraction:
        """Return an exact number; 0 with a fault kept where there is none."""
        try:
            return number(raw)
        except ValueError as error:
            self.wrong(where, f"{what} is {error}", "A finite number", convention="H1")
            return Fraction(0)

    def settle(self) -> None:
        """Raise what was found, if anything."""
        if self.broken:
            raise FormatError(*self.broken, *self._rest())
        if self.uncovered:
            raise Unsupported(*self.uncovered[:MAX_FAULTS])

    def _rest(self) -> tuple[Fault, ...]:
        if not self.more:
            return ()
        expected, remedy = f"Only the first {MAX_FAULTS} are listed", "Mend these first."
        return (Fault("The rest", f"{self.more} more faults", expected, "H16", remedy),)


def _guessed(path: Path, most: int, likely: Callable[[str], bool]) -> tuple[str, str] | None:
    """Return a text that is no UTF-8, and its encoding: UTF-16 by its mark, else the likeliest."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        data = file.read(most + 1)
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if len(data) > most or not data.strip() or (b"\0" in data and not marked):
        return None
    found: list[tuple[str, str]] = []
    for encoding, name in [("UTF-16", "UTF-16")] if marked else _WINDOWS.items():
        try:
            found.append((data.decode(encoding).removeprefix("\ufeff"), name))
        except UnicodeError:
            continue
    return next((one for one in found if likely(one[0])), found[0] if found else None)


def files_in(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """Return a folder's files of some kinds by name, hidden ones left out.

    Raises
    ------
    FormatError
        If there are too many of them, or the folder cannot be read (H16, H20).
    """
    try:
        found = sorted(p for p in folder.iterdir() if p.suffix.lower() in suffixes and p.is_file())
    except OSError as error:
        why = (error.strerror or "cannot be read").lower()
        raise _folder(folder, why, "A folder that can be read", "Check its rights.") from None
    found = [path for path in found if not path.name.startswith((".", "~$"))]
    if len(found) > MAX_FILES:
        count = f"{len(found)} files"
        raise _folder(folder, count, f"At most {MAX_FILES}", "Move the others elsewhere.", "H16")
    return found


def require_parties(source: Path, parties: Sequence[object], kind: str) -> None:
    """Refuse a source with fewer than two parties, or more than a dispute may have.

    Raises
    ------
    FormatError
        If there are too few or too many (H16, H20).
    """
    if len(parties) > MAX_PARTIES:
        count, limit = f"{len(parties)} {kind}s", f"At most {MAX_PARTIES} parties"
        raise _folder(source, count, limit, "Move the others elsewhere.", "H16")
    if len(parties) < 2:
        found = f"{len(parties)} {kind}{'' if len(parties) == 1 else 's'}"
        expected = f"A dispute has two parties or more, each with a {kind}"
        raise _folder(source, found, expected, "Add what is missing.")


def require_library(module: str, package: str, what: str) -> ModuleType:
    """Return a library that only some formats need.

    Raises
    ------
    Unsupported
        If it is not installed; with how to install it.
    """
    try:
        return import_module(module)
    except ImportError:
        raise Unsupported(
            Fault(
                f"Reading {what}",
                f"the library {package} is not installed",
                "It is needed for this kind of file only",
                "H18",
                "Install Hikiwake with its extra: pip install 'hikiwake[formats]'",
            )
        ) from None


def choice_of(name: str, values: Sequence[str], taken: set[str]) -> tuple[Choice, dict[str, str]]:
    """Return an issue with these options, and the id that stands for each of the values.

    Raises
    ------
    FormatError
        If there are too many options, or too many issues before it (H16).
    """
    if max(len(values), len(taken) + 1) > MAX_LISTED:
        found, expected = "too many issues, or options", f"At most {MAX_LISTED}"
        label = tidy(Fault(f"Issue {name[:80]!r}", found, expected, "H16", "Use fewer."))
        raise FormatError(label)
    ids: dict[str, str] = {}
    used: set[str] = set()
    for value in values:
        ids[value] = as_id(value, used)
        used.add(ids[value])
    made = as_id(name, taken)
    taken.add(made)
    options = tuple(Option(ids[value], name_for(value, ids[value])) for value in values)
    return Choice(made, options, name_for(name, made)), ids


def straightened(corners: Iterable[Corner]) -> tuple[Corner, ...]:
    """Return corners without those that lie on the straight line between their neighbours."""
    kept: list[Corner] = []
    for corner in corners:
        while len(kept) > 1 and _straight(kept[-2], kept[-1], corner):
            kept.pop()
        kept.append(corner)
    return tuple(kept)


def _straight(a: Corner, b: Corner, c: Corner) -> bool:
    return (b[1] - a[1]) * (c[0] - b[0]) == (c[1] - b[1]) * (b[0] - a[0])


def party_ids(names: Sequence[str]) -> dict[str, Party]:
    """Return a party with a usable id for each name."""
    parties: dict[str, Party] = {}
    taken: set[str] = set()
    for name in names:
        made = as_id(name, taken)
        taken.add(made)
        parties[name] = Party(made, name_for(name, made))
    return parties


def assembled(
    title: str,
    parties: Mapping[str, Party],
    issues: Sequence[Issue],
    preferences: Mapping[str, Preference],
    notes: Sequence[str],
) -> Dispute:
    """Return the dispute that a source holds: parties and preferences by the source's names."""
    return Dispute(
        parties=tuple(parties.values()),
        issues=tuple(issues),
        preferences=FrozenMap({parties[name].id: preferences[name] for name in parties}),
        title=Text.of(title),
        notes=tuple(dict.fromkeys(notes)),
    )


def _folder(
    path: Path, found: str, expected: str, remedy: str, convention: str = "H20"
) -> FormatError:
    thing = f"{'Folder' if path.is_dir() else 'File'} {path.resolve().name!r}"
    return FormatError(tidy(Fault(thing, found, expected, convention, remedy, str(path))))
