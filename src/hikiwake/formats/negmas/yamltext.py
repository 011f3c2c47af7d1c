"""YAML as plain tables and lists: no objects, numbers as text, size and depth bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, cast

from hikiwake.errors import Fault, FormatError
from hikiwake.formats.foreign import require_library
from hikiwake.formats.native.numbers import Bare
from hikiwake.formats.native.syntax import Tree

MAX_NODES = 500_000
MAX_DEPTH = 50

_INT = re.compile(r"[+-]?(?:0|[1-9][0-9]*)", re.ASCII)
_FLOAT = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+)?", re.ASCII)
_ENDLESS = re.compile(r"[+-]?\.(?:inf|nan)", re.ASCII | re.IGNORECASE)
_TAG = "tag:yaml.org,2002:"
_PLAIN = ("str", "int", "float", "bool", "null", "seq", "map", "binary")
_PLAIN_TAGS = {f"{_TAG}{name}" for name in _PLAIN}


@dataclass(slots=True)
class _Open:
    """A list or table whose end has not come yet; ``size`` counts what is in it, expanded."""

    value: list[Any] | dict[str, Any]
    anchor: str | None
    size: int = 1
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    name: str
    resolver: Any
    yaml: Any
    stack: list[_Open] = field(default_factory=list[_Open])
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict[str, "tuple[Any, int]"])
    root: Any = None
    line: int = 0
    documents: int = 0

    def take(self, event: Any) -> None:
        """Add one event of the YAML parser to what is being built."""
        yaml = self.yaml
        self.line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.fault("a second document", "One document in a file")
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_tag(event)
            value = self._scalar(event)
            if event.anchor:
                self.anchors[event.anchor] = (value, 1)
            self._add(value, 1)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._check_tag(event)
            new: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            self.stack.append(_Open(new, event.anchor))
            if len(self.stack) > MAX_DEPTH:
                raise self.fault("nested too deeply", f"At most {MAX_DEPTH} levels", "H16")
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            done = self.stack.pop()
            if done.anchor:
                self.anchors[done.anchor] = (done.value, done.size)
            self._add(done.value, done.size)

    def fault(self, found: str, expected: str, convention: str = "H20") -> FormatError:
        where = f"{self.name} line {self.line}"
        remedy = "Mend the file there, or write it again."
        return FormatError(Fault("The file", found, expected, convention, remedy, where))

    def _alias(self, anchor: str) -> None:
        if anchor not in self.anchors:
            raise self.fault("a reference to nothing, or to itself", "A reference to what is above")
        self._add(*self.anchors[anchor])

    def _check_tag(self, event: Any) -> None:
        if event.tag and event.tag != "!" and event.tag not in _PLAIN_TAGS:
            raise self.fault("an object of another program", "Plain texts, numbers, lists, tables")

    def _add(self, value: Any, size: int) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        top.size += size
        if top.size > MAX_NODES:
            raise self.fault(f"more than {MAX_NODES} entries", f"At most {MAX_NODES}", "H16")
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is None:
            top.key = self._key(value)
            if top.key in top.value:
                raise self.fault("a key given twice", "Every key only once")
        else:
            top.value[top.key] = value
            top.key = None

    def _key(self, value: Any) -> str:
        if isinstance(value, list | dict):
            raise self.fault("a list or table as a key", "A text or a number")
        return text_of(value)

    def _scalar(self, event: Any) -> object:
        text: str = event.value
        tag = event.tag
        if tag is None or tag == "!":
            tag = self.resolver.resolve(self.yaml.ScalarNode, text, event.implicit)
        kind = str(tag).removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() in ("true", "yes", "on")
        if kind not in ("int", "float"):
            return text
        return Bare(self._decimal(text.replace("_", "")))

    def _decimal(self, text: str) -> str:
        if _INT.fullmatch(text) or _ENDLESS.fullmatch(text):
            return text
        found = _FLOAT.fullmatch(text)
        leading_zero = text.lstrip("+-")[:1] == "0" and text.lstrip("+-").isdigit()
        if found is None or leading_zero or not (found[2] or found[3]):
            raise self.fault("a number in an unusual notation", "A decimal number")
        return f"{found[1]}{found[2] or '0'}.{found[3] or '0'}{found[4] or ''}"


def parse_yaml(text: str, name: str) -> Tree | None:
    """Return the table that a YAML text holds; None if it is no table.

    Parameters
    ----------
    text
        The text of a file. Objects are refused, and what references unfold to is bounded.
    name
        What the file is called in faults.

    Raises
    ------
    FormatError
        With the line of the first fault, never with what stands there (H14, H16, H20).
    Unsupported
        If PyYAML is not installed.
    """
    yaml: Any = require_library("yaml", "PyYAML", "YAML")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(name, yaml.resolver.Resolver(), yaml)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        builder.line = mark.line + 1 if mark is not None else builder.line
        raise builder.fault("a syntax fault", "YAML") from None
    return cast(Tree, builder.root) if isinstance(builder.root, dict) else None


def text_of(value: object) -> str:
    """Return a scalar as the text by which options are compared: numbers as they are written."""
    if isinstance(value, Bare):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)
