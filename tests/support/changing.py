"""Changes to what a JSON text holds, each with a path: ``claims/0/error``."""

from __future__ import annotations

from typing import Any

Raw = Any
DROP = object()


def changed(value: Raw, path: str, new: Raw) -> Raw:
    """Return a value with something else at a path: a function is given what was there."""
    first, _, rest = path.partition("/")
    key: Any = int(first) if isinstance(value, list) else first
    put = new(value[key]) if not rest and callable(new) else new
    found = changed(value[key], rest, new) if rest else put
    copy: Any = list(value) if isinstance(value, list) else dict(value)
    if found is DROP:
        del copy[key]
    else:
        copy[key] = found
    return copy
