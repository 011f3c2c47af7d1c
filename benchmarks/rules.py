"""Hikiwake's answers that have a time to keep to: ``python rules.py KIND PATH [RULE]``.

``items`` and ``shares`` settle a table of points (a JSON list of rows, a row a party), ``settle``,
``frontier`` and ``points`` take a folder of scenarios. Loading is outside the clock, and so is the
first go.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from clock import serve
from disputes import division, shares

from hikiwake.api import frontier, load, settle
from hikiwake.errors import InputError
from hikiwake.model import Dispute
from hikiwake.settlement import Settlement, Status

Work = tuple[Callable[[], Any], Callable[[Any], dict[str, Any]]]


def settling(dispute: Dispute, rule: str) -> Work:
    """Settle by a rule: what is told is how sure it is, and everybody's points, rising."""

    def work() -> Settlement:
        found = settle(dispute, rule)
        if found.status is Status.UNDECIDED:
            raise SystemExit("undecided")
        return found

    def described(found: Settlement) -> dict[str, Any]:
        points = sorted((found.utilities or {}).values())
        return {
            "told": f"{found.exactness.value}, engine {found.engine}",
            "levels": [float(one) for one in points],
            "least": _text(points[0]) if points else "no agreement",
        }

    return work, described


def whole_frontier(dispute: Dispute, packages: bool) -> Work:
    """Every point as fractions, proved; with the package of its ties that is shown, or without."""

    def work() -> Any:
        found = frontier(dispute)
        points = found.exact_utilities
        assert not packages or len(found.outcomes) == len(points)
        return found

    return work, lambda found: {"told": f"{len(found):,} points, engine {found.engine}"}


def _text(number: Fraction) -> str:
    if number.denominator == 1 or len(str(number)) <= 14:
        return str(number)
    return f"about {float(number):.6g}"


def main() -> None:
    """Load, try once, then answer; a refusal is told in its own words."""
    kind, path, *rest = sys.argv[1:]
    try:
        if kind in ("items", "shares"):
            rows = json.loads(Path(path).read_text("utf-8"))
            dispute = division(rows) if kind == "items" else shares(rows)
        else:
            dispute = load(path)
        if kind in ("frontier", "points"):
            work, described = whole_frontier(dispute, packages=kind == "frontier")
        else:
            work, described = settling(dispute, rest[0])
        work()
    except InputError as error:
        found = "; ".join(dict.fromkeys(fault.found for fault in error.faults))
        raise SystemExit(f"refused: {found}") from None
    serve(work, described)


if __name__ == "__main__":
    main()
