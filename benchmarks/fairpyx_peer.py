"""fairpyx's answers: ``python fairpyx_peer.py maximally_proportional|qp_max_min|fractional TABLE``.

TABLE is a JSON list of rows of points, a row a party. Runs in the peers' own virtual environment.
None of the three answers just our question; what each answers is said in README.md.
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
    else:
        whole_items(rows, method)


if __name__ == "__main__":
    main()
