"""A small XML reader that keeps line numbers and takes nothing dangerous: no DTD, no entities."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from hikiwake.errors import Fault, FormatError

MAX_BYTES = 4 * 2**20
MAX_DEPTH = 100

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


@dataclass(slots=True)
class Element:
    """One element of a file, with the line that it begins on."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list["Element"])

    def named(self, tag: str) -> list[Element]:
        """Return the direct children of a tag."""
        return [child for child in self.children if child.tag == tag]

    def below(self, tag: str) -> Iterator[Element]:
        """Yield every descendant of a tag, in the order of the file."""
        waiting = list(reversed(self.children))
        while waiting:
            element = waiting.pop()
            if element.tag == tag:
                yield element
            waiting.extend(reversed(element.children))


def parse(path: Path, data: bytes) -> Element:
    """Return the root element of a file with this content.

    Raises
    ------
    FormatError
        If it declares a document type or entities, or is no well-formed XML; with the line (H20).
    """
    text = _text(path, data)
    for forbidden in ("<!DOCTYPE", "<!ENTITY"):
        if forbidden in text:
            line = text[: text.index(forbidden)].count("\n") + 1
            raise _error(
                path, f"{forbidden} found", "Plain elements only", "Remove it.", f", line {line}"
            )
    builder = _Builder()
    try:
        builder.feed(text)
    except expat.ExpatError as error:
        why = expat.errors.messages.get(error.code, "not well-formed")
        place = f", line {error.lineno}, column {error.offset + 1}"
        raise _error(path, why, "Well-formed XML", "Mend the file there.", place) from None
    except RecursionError:
        why = f"elements nested more than {MAX_DEPTH} deep"
        raise _error(path, why, "A flat file", "Mend the file.") from None
    assert builder.root is not None
    return builder.root


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that is not too large.

    Raises
    ------
    FormatError
        If it cannot be read or is too large (H16).
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = (error.strerror or "cannot be read").lower()
        raise _error(path, why, "A file that can be read", "Check its path and rights.") from None
    if len(data) > MAX_BYTES:
        limit = f"At most {MAX_BYTES // 2**20} MiB"
        raise _error(path, "too large", limit, "Split or shorten it.", convention="H16")
    return data


def _text(path: Path, data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        encoding = "utf-16"
    else:
        declared = _DECLARED.match(data)
        encoding = declared[1].decode("ascii") if declared else "utf-8-sig"
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError, ValueError):
        why = f"not readable as {encoding[:40]}"
        raise _error(path, why, "Text in its own encoding", "Save it as UTF-8.") from None


class _Builder:
    """Builds the tree while expat reads; raises out of expat as soon as something is refused."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, text: str) -> None:
        self._parser.Parse(text.encode("utf-8", "replace"), True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        if len(self._open) > MAX_DEPTH:
            raise RecursionError

    def _end(self, tag: str) -> None:
        self._open.pop()


def _error(
    path: Path, found: str, expected: str, remedy: str, place: str = "", convention: str = "H20"
) -> FormatError:
    where = f"{path}{place}"
    return FormatError(Fault(f"File {path.name!r}", found, expected, convention, remedy, where))
