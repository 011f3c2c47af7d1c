"""A small XML reader that keeps line numbers and takes nothing dangerous: no entities.

As forgiving as GENIUS's own reader: the encoding need not be the one that is declared, the first
line need not be the declaration, an ampersand may stand for itself, and a document type is passed
over.
"""

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

_IN_WORDS = {
    expat.errors.XML_ERROR_NO_ELEMENTS: "an empty file, or one that is cut short",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "cut short: a tag without an end",
    expat.errors.XML_ERROR_TAG_MISMATCH: "an end tag that does not fit the last open one",
}
_BEFORE = r"\s*(?:<!--(?:[^-]|-(?!->)){0,1000}-->\s*)*"  # comments, which GENIUS lets come first
_PROLOG = re.compile(rf"{_BEFORE}<\?xml\b[^>]{{0,200}}\?>")
_BARE = re.compile(r"&(?!#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z_][\w.-]{0,40};)")
_NAMED = re.compile(r"&(?!#|(?:amp|lt|gt|quot|apos);)")
_DECLARED = re.compile(
    _BEFORE.encode() + rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)


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


def parse(path: Path, data: bytes, notes: list[str] | None = None) -> Element:
    """Return the root element of a file with this content.

    Parameters
    ----------
    path
        What faults call the file.
    data
        Its content.
    notes
        Where it is kept what had to be guessed.

    Raises
    ------
    FormatError
        If it declares entities, or is no well-formed XML; with the line (H20).
    """
    text = _text(path, data, notes if notes is not None else [])
    if (prolog := _PROLOG.match(text)) is not None:
        text = "\n" * prolog[0].count("\n") + text[prolog.end() :]
    if (bare := _BARE.search(text)) is not None:
        text = text[: bare.start()] + _BARE.sub("&amp;", text[bare.start() :])
        if notes is not None:
            notes.append(f"{path.name}: an & that stands for itself is read so, as in GENIUS.")
    builder = _Builder()
    try:
        builder.feed(text)
    except expat.ExpatError as error:
        plain = expat.errors.messages.get(error.code, "not well-formed")
        why, expected = _IN_WORDS.get(plain, plain), "Well-formed XML"
        if plain == expat.errors.XML_ERROR_INVALID_TOKEN:
            expected += ", with &lt; for < and &quot; for a quotation mark in texts"
        place = f", line {error.lineno}, column {error.offset + 1}"
        raise _error(path, why, expected, "Mend the file there.", place) from None
    except RecursionError:
        why = f"elements nested more than {MAX_DEPTH} deep"
        raise _error(path, why, "A flat file", "Mend the file.") from None
    except _Declares as found:
        expected, place = "Plain elements only", f", line {found.line}"
        why = "<!DOCTYPE found, with declarations of its own"
        raise _error(path, why, expected, "Remove it.", place) from None
    if builder.typed and (named := _NAMED.search(text)) is not None:
        place = f", line {text[: named.start()].count(chr(10)) + 1}"
        why, expected = "a name for a character that another file declares", "The character itself"
        raise _error(path, why, expected, "Mend the file there.", place)
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


def _text(path: Path, data: bytes, notes: list[str]) -> str:
    """Return the text, in the encoding that its first bytes or its declaration say, or a guess."""
    if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return _decoded(path, data, "utf-16")
    declared = _DECLARED.match(data)
    named = declared[1].decode("ascii") if declared else "UTF-8"
    for encoding in (named, "UTF-8"):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except (UnicodeError, LookupError, ValueError):
            continue
    text = _decoded(path, data, "Windows-1252")
    notes.append(f"{path.name}: not readable as {named[:40]}; read as Windows-1252.")
    return text


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeError:
        why, expected = "not readable in any usual encoding", "Text in UTF-8"
        raise _error(path, why, expected, "Save it as UTF-8.") from None


class _Declares(Exception):
    """A document type with declarations of its own, on this line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class _Builder:
    """Builds the tree while expat reads; raises out of expat as soon as something is refused."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.typed = False
        self._open: list[Element] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._document_type

    def feed(self, text: str) -> None:
        self._parser.Parse(text.encode("utf-8", "replace"), True)

    def _document_type(
        self, name: str, system: str | None, public: str | None, declares: bool
    ) -> None:
        self.typed = True
        if declares:
            raise _Declares(self._parser.CurrentLineNumber)

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
