"""How a fault looks on a screen: where it is, then what was found, expected, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.errors import Fault
from hikiwake.explain.language.layout import clean, wrap

Line = tuple[str | None, str]


def fault_lines(fault: Fault, width: int) -> Iterator[Line]:
    """Yield the lines of one fault, each with the role that says how it is set."""
    if fault.where:
        yield from (("strong", line) for line in wrap(clean(fault.where), width, hang="  "))
    indent = "  " if fault.where else ""
    yield from ((None, line) for line in wrap(clean(str(fault)), width, indent=indent))
