"""fairpyx's answers: ``python fairpyx_peer.py METHOD TABLE``.

METHOD is ``santa_claus``, ``maximally_proportional``, ``qp_max_min`` or ``fractional``; TABLE is a
JSON list of rows of points, a row a party. Runs in the peers' own virtual environment. What each
method answers is said in README.md.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

from clock import serve

Rows = list[list[int]]


def whole_items(rows: Rows, method: str) -> None:
    """Give each item to one party."""
    import fairpyx.algorithms as known  # pyright: ignore[reportMissingImports]
    from fairpyx import Instance, divide  # pyright: ignore[reportMissingImports]

    chosen: Any = getattr(known, f"{method}_allocation")
    instance = Instance(valuations=rows)

    def described(found: Any) -> dict[str, Any]:
        return _levels(sum(rows[party][item] for item in bundle) for party, bundle in found.items())

    work = lambda: divide(chosen, instance)  # noqa: E731
    work()
    serve(work, described)


def santa_claus(rows: Rows) -> None:
    """Give each item to one party: a search for the best minimum, ten halvings of its range."""
    from fairpyx import Instance, divide  # pyright: ignore[reportMissingImports]
    from fairpyx.algorithms.asadpour_feige_saberi import (  # pyright: ignore[reportMissingImports]
        santa_claus_main,
    )

    # It reads names from texts of its own, so they have to be texts.
    named = {f"p{i}": {f"t{k}": worth for k, worth in enumerate(row)} for i, row in enumerate(rows)}
    instance = Instance(valuations=named)

    def described(found: Any) -> dict[str, Any]:
        return _levels(
            sum(named[party][item] for item in bundle) for party, bundle in found.items()
        )

    serve(lambda: divide(santa_claus_main, instance), described)


def fractions(rows: Rows) -> None:
    """Divide items: the best minimum, then the largest sum. In floating point."""
    from fairpyx import Instance  # pyright: ignore[reportMissingImports]
    from fairpyx.algorithms.egalitarian_fractional import (  # pyright: ignore[reportMissingImports]
        fractional_egalitarian_utilitarian_allocation as allocate,
    )

    instance = Instance(valuations=rows)

    def described(found: Any) -> dict[str, Any]:
        return _levels(
            sum(rows[party][item] * part for item, part in parts.items())
            for party, parts in found.items()
        )

    work = lambda: allocate(instance, normalize_utilities=False, tolerance_factor=0)  # noqa: E731
    work()
    serve(work, described)


def _levels(points: Any) -> dict[str, Any]:
    levels = sorted(float(one) for one in points)
    return {"levels": levels, "least": f"{levels[0]:.6g}"}


def main() -> None:
    """Do what is asked."""
    warnings.simplefilter("ignore")
    method, path = sys.argv[1:]
    rows: Rows = json.loads(Path(path).read_text("utf-8"))
    if method == "fractional":
        fractions(rows)
    elif method == "santa_claus":
        santa_claus(rows)
    else:
        whole_items(rows, method)


if __name__ == "__main__":
    main()
