"""Gathering a dispute's files: one file, or a folder with private preference files."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from hikiwake.errors import Fault, FormatError
from hikiwake.formats.native.files import MAX_BYTES, bounded_text, missing, read_text
from hikiwake.formats.native.findings import Findings
from hikiwake.formats.native.syntax import Tree, parse

SUFFIXES = (".toml", ".json")
MAX_PARTIES = 100

_READ = (*SUFFIXES, ".xml", ".yml", ".yaml", ".csv", ".tsv", ".xlsx", ".xlsm")


class Gathering:
    """The files of one dispute as one tree, and what was wrong with them so far."""

    def __init__(self, replaced: Mapping[str, Path]) -> None:
        self.tree: Tree | None = None
        self.findings = Findings()
        self._replaced = replaced
        self._left = MAX_BYTES

    def from_file(self, path: Path) -> None:
        """Gather a dispute that is one file."""
        self.tree = self._parse(path, path.name)
        self._add_preferences({})

    def from_text(self, text: str, name: str) -> None:
        """Gather a dispute that is a text in memory."""
        try:
            self.tree = parse(bounded_text(text, name), name)
        except FormatError as error:
            self._take(error)

    def from_folder(self, folder: Path, main: Path) -> None:
        """Gather a dispute that is a folder: its public file, and one file a party."""
        self.findings.main = main.name
        self.tree = self._parse(main, main.name)
        self._add_preferences(self._preference_files(folder / "preferences"))

    def from_public(self, path: Path) -> None:
        """Gather the public part of a dispute: what nobody replaced is an empty preference."""
        self.tree = self._parse(path, path.name)
        if self.tree is None:
            return
        parties = self.tree.get("parties")
        entries = cast("list[object]", parties) if isinstance(parties, list) else []
        ids = [cast(Tree, entry).get("id") for entry in entries if isinstance(entry, dict)]
        self.tree["preferences"] = {party: {} for party in ids if isinstance(party, str)}
        self._add_preferences({})

    def _parse(self, path: Path, name: str, party: str | None = None) -> Tree | None:
        inside = () if party is None else ("preferences", party)
        try:
            text = read_text(path, name, self._left)
            self._left -= len(text.encode())
            return parse(text, name, inside)
        except FormatError as error:
            self._take(error)
            return None

    def _take(self, error: FormatError) -> None:
        for fault in error.faults:
            self.findings.add_syntax(fault)

    def _preference_files(self, folder: Path) -> dict[str, Path]:
        if not os.path.lexists(folder):
            return {}
        try:
            names = sorted(entry.name for entry in folder.iterdir())
        except OSError:
            where = "preferences"
            self._refuse(where, "no folder", "A folder with a file for each party", "Make it one.")
            return {}
        files: dict[str, Path] = {}
        for name in names:
            path = folder / name
            if path.suffix.lower() not in SUFFIXES or name.startswith("."):
                continue
            party = unicodedata.normalize("NFC", path.stem)
            where = f"preferences/{name}"
            if party in files:
                self._refuse(where, "a second file for this party", "One file", "Remove one.")
            elif len(files) == MAX_PARTIES:
                self._refuse(
                    where, "too many files", f"At most {MAX_PARTIES} parties", "Use fewer.", "H16"
                )
                break
            else:
                files[party] = path
        return files

    def _add_preferences(self, files: dict[str, Path]) -> None:
        names = {party: f"preferences/{path.name}" for party, path in files.items()}
        names.update((party, str(path)) for party, path in self._replaced.items())
        parsed: Tree = {}
        for party, path in {**files, **self._replaced}.items():
            self.findings.files[party] = names[party]
            tree = self._parse(path, names[party], party)
            if tree is None:
                self.findings.spoil(("preferences", party))
            parsed[party] = self._unwrapped(tree or {}, party)
        if self.tree is None or not parsed:
            return
        inline = self.tree.setdefault("preferences", {})
        if not isinstance(inline, dict):
            return
        inline = cast(Tree, inline)
        for party in inline.keys() & files.keys() - self._replaced.keys():
            self._refuse(
                names[party],
                "a preference that stands in the dispute's file too",
                "One place for each party's preference",
                "Remove one of them.",
            )
        self.tree["preferences"] = {**inline, **parsed}

    def _unwrapped(self, tree: Tree, party: str) -> Tree:
        """Refuse a preference that repeats the headings of the one-file form, in helpful words."""
        inner = tree.get("preferences")
        if not isinstance(inner, dict):
            return tree
        self._refuse(
            self.findings.files[party],
            "a table named `preferences`",
            "The content of one party's preference, without that heading",
            "Write [points] for [preferences.….points], and so on.",
        )
        self.findings.spoil(("preferences", party))
        return {}

    def _refuse(
        self, where: str, found: str, expected: str, remedy: str, convention: str = "H19"
    ) -> None:
        self.findings.add_syntax(Fault("The file", found, expected, convention, remedy, where))


def main_file(folder: Path) -> Path | None:
    """Return the public file of a dispute that is a folder, or None if there is none.

    Raises
    ------
    FormatError
        If there are two of them, or nothing can be listed (H19).
    """
    found = [p for p in (folder / f"dispute{s}" for s in SUFFIXES) if os.path.lexists(p)]
    if len(found) > 1:
        raise FormatError(
            Fault(
                "The folder",
                "dispute.toml and dispute.json",
                "One of them",
                "H19",
                "Remove one.",
                str(folder),
            )
        )
    return found[0] if found else None


def has_xml(folder: Path) -> bool:
    """Tell whether a folder holds XML files: then it is one that GENIUS wrote."""
    try:
        return any(entry.suffix.lower() == ".xml" for entry in folder.iterdir())
    except OSError:
        return False


def nothing_to_read(folder: Path) -> FormatError:
    """Return the error that a folder holds no dispute, with the folders in it that may hold one."""
    inner = _folders_with_files(folder)
    remedy = "Give the folder or the file of a dispute, or begin one with `hikiwake new`."
    if inner:
        remedy = f"Perhaps one of the folders in it: {', '.join(inner)}."
    return FormatError(
        Fault(
            "The folder",
            "no dispute.toml, no dispute.json, no XML files, nor what another program wrote",
            "A dispute: dispute.toml with preferences/<party>.toml, a GENIUS scenario, profiles of "
            "NegoLog or GeniusWeb, a NegMAS scenario, or score sheets (CSV, Excel)",
            "H19",
            remedy,
            str(folder),
        )
    )


def _folders_with_files(folder: Path) -> list[str]:
    """Return some folders inside a folder that hold files of a kind that is read."""
    try:
        inner = sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
        held = [p for p in inner[:100] if any(f.suffix.lower() in _READ for f in p.iterdir())]
    except OSError:
        return []
    names = [str(path)[:80] for path in held[:5]]
    return [*names, "…"] if len(held) > len(names) else names


__all__ = ["Gathering", "has_xml", "main_file", "missing", "nothing_to_read"]
