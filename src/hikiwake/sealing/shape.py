"""The shape that an object must have: exactly these keys, each with a text of the right form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from hikiwake.sealing.canonical import Json, malformed, refused

Form = Callable[[Any], bool]

MAX_NAME = 80


def _pattern(pattern: str) -> Form:
    known = re.compile(pattern)
    return lambda value: isinstance(value, str) and known.fullmatch(value) is not None


HASH = _pattern("[0-9a-f]{64}")
KEY = HASH
SIGNATURE = _pattern("[0-9a-f]{128}")
TIME = _pattern(
    r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T"
    r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
)
_KIND = _pattern("hikiwake [a-z ]{1,20} [0-9]{1,2}")
BASE64 = _pattern(r"[A-Za-z0-9+/]*={0,2}")


def name(value: Any) -> bool:
    """Tell whether a value is a name: 1 to 80 characters, all of them printable, no dots (H3)."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= MAX_NAME
        and value.isprintable()
        and value == value.strip()
        and not set(value) & set("./\\")
    )


def one_of(*values: Any) -> Form:
    """Return the form of a value that is one of these, of the same type."""
    return lambda value: any(value == one and type(value) is type(one) for one in values)


def either(*forms: Form) -> Form:
    """Return the form of a value that has one of these forms."""
    return lambda value: any(form(value) for form in forms)


def list_of(form: Form) -> Form:
    """Return the form of a list whose entries all have a form."""

    def fits(value: Any) -> bool:
        return isinstance(value, list) and all(map(form, cast("list[Any]", value)))

    return fits


def number(value: Any) -> bool:
    """Tell whether a value is a whole number, from 0 to a million."""
    return type(value) is int and 0 <= value <= 1_000_000


def table(value: Any) -> bool:
    """Tell whether a value is a JSON object."""
    return isinstance(value, dict)


def fits(value: Any, forms: Mapping[str, Form]) -> bool:
    """Tell whether a value is an object with exactly these keys, each in its form."""
    if not isinstance(value, dict):
        return False
    given = cast(Json, value)
    return given.keys() == forms.keys() and all(form(given[key]) for key, form in forms.items())


def require(value: Json, forms: Mapping[str, Form], title: str) -> Json:
    """Return an object that has exactly these keys, each in its form.

    Raises
    ------
    FormatError
        That names the first key that is missing, too many or of another form, or says which other
        kind of file it is (H23).
    """
    kind = value.get("form")
    if "form" in forms and not forms["form"](kind) and _KIND(kind):
        raise refused(
            f"File {title[:80]!r}",
            f"of another kind: {kind}",
            "A file of the kind that is asked for here",
            "Look whether you named another file than you meant.",
        )
    for key in sorted({*forms, *value}):
        if key not in value:
            raise malformed(title, f"no `{key}`")
        if key not in forms:
            raise malformed(title, f"a key too many: `{key[:40]}`")
        if not forms[key](value[key]):
            raise malformed(title, f"`{key}` in another form")
    return value
