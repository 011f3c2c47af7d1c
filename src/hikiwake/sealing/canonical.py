"""JSON with one form only (RFC 8785), so that everybody hashes and signs the same bytes."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from hikiwake.errors import Fault, FormatError, InputError, Unsupported

Json = dict[str, Any]

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 60


def canonical(value: Any) -> bytes:
    """Return the canonical bytes of a JSON value: keys in order, no blanks, UTF-8.

    Examples
    --------
    >>> canonical({"b": "1/3", "a": ["ü", True]}).decode()
    '{"a":["ü",true],"b":"1/3"}'
    """
    require_libraries()
    import rfc8785

    return rfc8785.dumps(value)


def exact(value: Any) -> Any:
    """Return a JSON value with its numbers as texts: numbers of RFC 8785 are rounded to doubles.

    Examples
    --------
    >>> exact({"points": [9007199254740993, "1/3", True]})
    {'points': ['9007199254740993', '1/3', True]}
    """
    if isinstance(value, dict):
        return {key: exact(inner) for key, inner in cast(Json, value).items()}
    if isinstance(value, list | tuple):
        return [exact(inner) for inner in cast("list[Any]", value)]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in 64 hexadecimal digits.

    Examples
    --------
    >>> digest(b"")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(data).hexdigest()


def parse(data: bytes, name: str) -> Json:
    """Return the object that canonical bytes mean.

    Parameters
    ----------
    name
        What the bytes are called in faults. Nothing of their content is ever repeated (H14).

    Raises
    ------
    FormatError
        If they are not JSON, no object, or not in canonical form (H23).
    """
    if len(data) > MAX_BYTES:
        raise malformed(name, f"more than {MAX_BYTES:,} bytes")
    try:
        value = json.loads(data.decode("utf-8"))
        same = _depth(value) <= MAX_DEPTH and canonical(value) == data
    except (ValueError, RecursionError):
        raise malformed(name, "no JSON in UTF-8") from None
    if not isinstance(value, dict):
        raise malformed(name, "no JSON object")
    if not same:
        raise malformed(name, "not in canonical form, or with a byte more or less")
    return cast(Json, value)


def read(path: Path) -> Json:
    """Return the object in a file: canonical bytes and one line end.

    Raises
    ------
    FormatError
        If the file cannot be read as that (H23).
    """
    name = path.name
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 2)
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise malformed(name, why, "Check the path.") from None
    if not data.endswith(b"\n"):
        raise malformed(name, "no line end after the object")
    return parse(data[:-1], name)


def as_file(value: Json) -> bytes:
    """Return what :func:`read` reads."""
    return canonical(value) + b"\n"


def malformed(name: str, found: str, remedy: str = "Ask for the file again.") -> FormatError:
    """Return the error that something is not what it should be, without repeating any of it."""
    expected = "A JSON object in the form of RFC 8785, as Hikiwake writes it"
    return FormatError(Fault(f"File {name[:80]!r}", found, expected, "H23", remedy))


def refused(thing: str, found: str, expected: str, remedy: str, rule: str = "H23") -> InputError:
    """Return the error that something sealed or signed is not accepted."""
    return InputError(Fault(thing, found, expected, rule, remedy))


def require_libraries() -> None:
    """Refuse if the libraries for sealing are not installed.

    Raises
    ------
    Unsupported
        With what to install (H23).
    """
    missing = [name for name in ("nacl", "rfc8785") if find_spec(name) is None]
    if missing:
        raise Unsupported(
            Fault(
                "Sealing",
                f"not installed: {', '.join(missing)}",
                "Sealing and the record need PyNaCl and rfc8785",
                "H23",
                "Install them: pip install '.[sealing]'",
            )
        )


def _depth(value: Any) -> int:
    """Return how many lists and tables stand inside each other."""
    depth, level = 0, [value]
    while level:
        depth += 1
        inner: list[Any] = []
        for entry in level:
            if isinstance(entry, dict):
                inner += cast(Json, entry).values()
            elif isinstance(entry, list):
                inner += cast("list[Any]", entry)
        level = inner
    return depth
