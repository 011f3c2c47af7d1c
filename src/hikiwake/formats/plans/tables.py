"""Tables of a plan file, read key by key; each fault with its place, none with private values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import cast

from hikiwake.errors import Fault, did_you_mean
from hikiwake.formats.beside.dates import why_no_date
from hikiwake.formats.native.findings import tidy
from hikiwake.formats.native.leaves import is_language, text_fault
from hikiwake.formats.native.numbers import kind, number
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import FrozenMap, Text


@dataclass(slots=True)
class Reader:
    """One table: ``what`` it is in faults, ``where`` it stands. ``private``: names stay unsaid."""

    tree: Tree
    what: str
    where: str
    faults: list[Fault]
    private: bool = False
    _asked: set[str] = field(default_factory=set[str])

    def fault(self, key: str, found: str, expected: str, convention: str, remedy: str) -> None:
        """Add a fault at a key of this table."""
        fault = Fault(self.what, found, expected, convention, remedy, self._at(key))
        self.faults.append(tidy(fault))

    def table(self, key: str) -> Reader:
        """Return the table at a key, empty where there is none."""
        raw = self._take(key)
        if raw is not None and not isinstance(raw, dict):
            self.fault(key, f"{kind(raw)} under `{key}`", "A table", "H19", "Change it.")
            raw = None
        return replace(self, tree=cast(Tree, raw or {}), where=self._at(key), _asked=set())

    def tables(self, key: str, what: str) -> Iterator[Reader]:
        """Yield the tables in the list at a key."""
        for place, raw in enumerate(self._list(key), start=1):
            if not isinstance(raw, dict):
                self.fault(key, f"{kind(raw)} in a list", "A table", "H19", "Change it.")
                continue
            tree = cast(Tree, raw)
            name = tree.get("id")
            named = f"{what} {name[:80]!r}" if isinstance(name, str) else f"{what} {place}"
            inner = self.what if self.private else named
            where = f"{self._at(key)}[{place}]"
            yield replace(self, tree=tree, what=inner, where=where, _asked=set())

    def text(self, key: str) -> str:
        """Return one plain text, which has to be there."""
        raw = self._take(key)
        if isinstance(raw, str) and not text_fault(raw):
            return raw
        found = f"no `{key}`" if raw is None else text_fault(raw)
        self.fault(key, found, "A text, in quotes", "H19", "Add it." if raw is None else "Mend it.")
        return ""

    def wording(self, key: str) -> Text:
        """Return a text, or one by language; an empty one where there is none."""
        raw = self._take(key)
        if raw is None:
            return Text()
        words = cast(Tree, raw) if isinstance(raw, dict) else {"": raw}
        for language, wording in words.items():
            found = text_fault(wording)
            if not found and isinstance(raw, dict) and not is_language(language):
                found = "a key that is no language code"
            if found:
                expected = 'A text, or a table of texts by language: { en = "…", ja = "…" }'
                self.fault(key, found, expected, "H3", "Change it.")
                return Text()
        return Text.of(cast("str | dict[str, str]", raw))

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of ids; one alone may stand without brackets."""
        raw = self._take(key)
        listed = [] if raw is None else raw if isinstance(raw, list) else [raw]
        if all(isinstance(name, str) for name in cast("list[object]", listed)):
            return tuple(cast("list[str]", listed))
        self.fault(key, f"{kind(raw)} under `{key}`", "Ids, in quotes", "H19", "Change it.")
        return ()

    def number(self, key: str) -> Fraction | None:
        """Return an exact number, or None."""
        raw = self._take(key)
        if raw is None:
            return None
        try:
            return number(raw)
        except ValueError as error:
            expected = 'A number, such as 12, 12.5 or "1/3"'
            self.fault(key, str(error), expected, "H1", "Change it.")
            return None

    def needed(self, key: str) -> Fraction:
        """Return a number that has to be there; 0 with a fault."""
        if key not in self.tree:
            self.fault(key, f"no `{key}`", "A number", "H26", "Add it.")
        return self.number(key) or Fraction(0)

    def numbers(self, key: str) -> FrozenMap[str, Fraction]:
        """Return a table of numbers."""
        inner = self.table(key)
        found = {name: inner.number(name) for name in inner.tree}
        return FrozenMap({name: n for name, n in found.items() if n is not None})

    def whole(self, key: str, default: int) -> int:
        """Return a whole number."""
        raw = self._take(key)
        if raw is None:
            return default
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        self.fault(key, f"{kind(raw)} under `{key}`", "A whole number", "H1", "Change it.")
        return default

    def flag(self, key: str) -> bool:
        """Return true or false; false where nothing is said."""
        raw = self._take(key)
        if raw is not None and not isinstance(raw, bool):
            expected = "true or false, without quotes"
            self.fault(key, f"{kind(raw)} under `{key}`", expected, "H19", "Change it.")
        return raw is True

    def day(self, key: str) -> date | None:
        """Return a date, written as one or as a text such as "2027-06-30"."""
        raw = self._take(key)
        if raw is None or (isinstance(raw, date) and not isinstance(raw, datetime)):
            return raw
        try:
            if isinstance(raw, str):
                return date.fromisoformat(raw)
        except ValueError:
            pass
        found = (why_no_date(raw) or "no day") if isinstance(raw, str) else kind(raw)
        self.fault(key, found, "A date, such as 2027-06-30", "H27", "Change it.")
        return None

    def raw(self, key: str) -> object:
        """Return what stands at a key, as it is."""
        return self._take(key)

    def close(self, *known: str) -> None:
        """Add a fault for each key that nothing has asked for."""
        keys = [*known, *sorted(self._asked)]
        for key in self.tree.keys() - self._asked:
            found = "an unknown key" if self.private else f"unknown key {key[:80]!r}"
            near = did_you_mean(key, keys)
            place = "" if self.private else key
            expected = f"Known here: {', '.join(keys)}"
            self.fault(place, found, expected, "H19", near or "Remove it.")

    def _at(self, key: str) -> str:
        dot = "." if self.where and key and not self.where.endswith(": ") else ""
        return f"{self.where}{dot}{key}".removesuffix(": ")

    def _list(self, key: str) -> list[object]:
        raw = self._take(key)
        if raw is None:
            return []
        if isinstance(raw, list):
            return cast("list[object]", raw)
        self.fault(key, f"{kind(raw)} under `{key}`", "A list of tables", "H19", "Change it.")
        return []

    def _take(self, key: str) -> object:
        self._asked.add(key)
        return self.tree.get(key)
