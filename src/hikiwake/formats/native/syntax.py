"""From text to tables and lists: TOML or JSON, told apart by what stands there (H19)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, cast

from hikiwake.errors import Fault, FormatError
from hikiwake.formats.native.findings import Place, path_text, private
from hikiwake.formats.native.numbers import Bare, json_int, toml_float

Tree = dict[str, object]

MAX_ENTRIES = 500_000  # a TOML parser in Python needs about 5 µs for each

# A key of thousands of dotted parts costs a TOML parser the square of their number.
_LONG_KEY = re.compile(
    r"(?:^|[\[{,])[ \t]*+"
    r"(?:(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){6}",
    re.MULTILINE,
)
_LONG_INT = re.compile(r"[0-9_]{1000}")
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")


def parse(text: str, name: str, inside: Place = ()) -> Tree:
    """Return what a TOML or JSON text says, numbers kept exactly as they are written.

    Parameters
    ----------
    text
        The text of a file.
    name
        What the file is called in faults.
    inside
        Where its content belongs in the dispute: ``("preferences", "ann")``, or nothing.

    Raises
    ------
    FormatError
        With the line of the first fault. It never repeats what stands there (H14).
    """
    start = text.lstrip()[:1]
    try:
        if start == "{" or (start == "[" and name.endswith(".json")):
            return _json(text, name, inside)
        if start == "<":
            raise _fault(
                name,
                "XML",
                "TOML or JSON; a GENIUS scenario is a folder of XML files",
                "Give the folder that the file is in.",
            )
        return _toml(text, name)
    except RecursionError:
        raise _fault(name, "nested too deeply", "A few levels", "Make it flatter.") from None


def _toml(text: str, name: str) -> Tree:
    if text.count(",") + text.count("\n") > MAX_ENTRIES:
        raise FormatError(
            Fault(
                "The file",
                f"more than {MAX_ENTRIES} lines and list entries",
                f"At most {MAX_ENTRIES}",
                "H16",
                "Leave out what does not matter to the dispute.",
                name,
            )
        )
    if long := _LONG_KEY.search(text):
        raise _fault(
            _line(text, long.end(), name),
            "a key of more than 6 parts",
            "Keys of a few parts",
            "Write the key out.",
        )
    try:
        return tomllib.loads(text, parse_float=toml_float)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _TOML_PLACE.search(message)
        line = f"{name} line {place[1]}" if place else f"{name}, at its end"
        raise _fault(line, _toml_words(message), "TOML", _toml_remedy(message)) from None
    except ValueError:
        long = _LONG_INT.search(text)
        raise FormatError(
            Fault(
                "The file",
                "a number or date that cannot be read",
                "Numbers of at most 60 digits, dates that exist",
                "H1",
                "Shorten the number, or write the date as a text.",
                _line(text, long.start(), name) if long else name,
            )
        ) from None


def _toml_words(message: str) -> str:
    """Return what a TOML parser complains of, less whatever it quotes from the file."""
    words = re.split(r"[(:'\"]", message, maxsplit=1)[0].strip()
    if message.startswith(("Cannot overwrite", "Cannot declare", "Duplicate")):
        return "a key or table that is given twice"
    if message.startswith("Expected '='"):
        return "no '=' after a key"
    if message.startswith("Expected ']"):
        return "no ']' or ']]' at the end of a table's name"
    if message.startswith(("Unterminated", "Unescaped", "Illegal", "Found invalid")):
        return f"a text that is not closed, or a character that needs escaping ({words})"
    return f"a syntax fault ({words})"


def _toml_remedy(message: str) -> str:
    if message.startswith(("Cannot", "Duplicate")):
        return "Keep one of them."
    if message.startswith("Invalid value"):
        return 'Put texts in quotes, and fractions too: "1/3".'
    return "Look at this line and the one before it."


def _json(text: str, name: str, inside: Place) -> Tree:
    doubled: list[tuple[Tree, str]] = []

    def table(pairs: list[tuple[str, object]]) -> Tree:
        made = dict(pairs)
        if len(made) < len(pairs):
            seen: set[str] = set()
            twice = next(k for k, _ in pairs if k in seen or seen.add(k))
            doubled.append((made, twice))
        return made

    try:
        tree = cast(
            object,
            json.loads(
                text,
                object_pairs_hook=table,
                parse_float=Bare,
                parse_int=json_int,
                parse_constant=Bare,
            ),
        )
    except json.JSONDecodeError as error:
        words = re.split(r"[(:]", error.msg, maxsplit=1)[0].strip()
        line = f"{name} line {error.lineno}"
        remedy = "Look at this line and the one before it."
        raise _fault(line, f"a syntax fault ({words})", "JSON", remedy) from None
    if doubled:
        raise FormatError(*_doubled(tree, doubled[:20], name, inside))
    if not isinstance(tree, dict):
        raise _fault(name, "a list", "One object, { … }", "Put the keys of the format in it.")
    return cast(Tree, tree)


def _doubled(
    tree: object, doubled: list[tuple[Tree, str]], name: str, inside: Place
) -> Iterator[Fault]:
    places = _places({id(made) for made, _ in doubled}, tree)
    for made, key in doubled:
        place = places.get(id(made), ())
        named = "a key" if private((*inside, *place)) else f"the key {key[:80]!r}"
        yield Fault(
            "The file",
            f"{named} given twice in one object",
            "Every key only once",
            "H19",
            "Keep one of them.",
            f"{name}: {path_text(place[:4])}".removesuffix(": "),
        )


def _places(wanted: set[int], tree: object) -> dict[int, Place]:
    """Return where in a tree the objects of these identities stand."""
    found: dict[int, Place] = {}
    stack: list[tuple[Place, object]] = [((), tree)]
    while stack:
        place, node = stack.pop()
        if id(node) in wanted:
            found[id(node)] = place
        if isinstance(node, dict):
            stack.extend(((*place, k), v) for k, v in cast("dict[str, Any]", node).items())
        elif isinstance(node, list):
            stack.extend(((*place, n), v) for n, v in enumerate(cast("list[Any]", node)))
    return found


def _line(text: str, position: int, name: str) -> str:
    return f"{name} line {text.count(chr(10), 0, position) + 1}"


def _fault(where: str, found: str, expected: str, remedy: str) -> FormatError:
    return FormatError(Fault("The file", found, expected, "H19", remedy, where))
