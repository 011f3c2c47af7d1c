"""Compare our frontiers with those that others published: ``make published``.

ANAC 2014's scenarios come with a ``pareto.xml`` each. For every published point a package that is
worth just that is looked for, and ours is asked what it is worth; then the frontiers are compared.
Written to PUBLISHED.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from time import perf_counter

from rectangles import (
    PROFILES,
    Pair,
    as_outcome,
    compared,
    cut,
    package_worth,
    scales,
    stepped,
    whole,
    without_walk_aways,
)
from report import progress, seconds
from written import page, table

from hikiwake.api import frontier, load
from hikiwake.errors import InputError
from hikiwake.model import Dispute

HERE = Path(__file__).resolve().parent
COLUMNS = (
    "scenario",
    "published",
    "with a package",
    "ours",
    "the same",
    "published, beaten by ours",
    "published, not reached",
    "new",
    "a second program",
    "best of each, of maxutility",
    "frontier",
    "after the cut-off",
)


def row(folder: Path, slow: bool) -> tuple[str, ...]:
    """Return a scenario's line."""
    dispute = load(folder)
    theirs = whole(folder)
    real = str(sum(_is_real(folder, dispute, pair) for pair in theirs)) if slow else "–"
    began = perf_counter()
    try:
        found = frontier(without_walk_aways(dispute))
        ours = {pair(utilities) for utilities in found.exact_utilities}
    except InputError as error:
        said = "; ".join(fault.found for fault in error.faults)
        return (
            folder.name,
            str(len(theirs)),
            real,
            *"–" * 6,
            seconds(perf_counter() - began),
            said,
        )
    took = seconds(perf_counter() - began)
    most = scales(folder)
    best = [max(column) for column in zip(*ours, strict=True)]
    seen, whole_cut = compared(ours, theirs), compared(cut(ours, most), theirs)
    verdict = (
        "point for point"
        if whole_cut.identical
        else "equal or better"
        if seen.covers and whole_cut.covers
        else "NO"
    )
    counts = (seen.ours, seen.same, seen.beaten, seen.unmatched, seen.new)
    second = ("the same" if set(stepped(folder)) == ours else "ANOTHER") if slow else "–"
    shares = " · ".join(f"{b:,} of {s:,}" for b, s in zip(best, most, strict=True))
    return (folder.name, str(len(theirs)), real, *map(str, counts), second, shares, took, verdict)


def _is_real(folder: Path, dispute: Dispute, wanted: Pair) -> bool:
    """Tell whether a package that another search finds is worth as much by our reading."""
    values = package_worth(folder, wanted)
    if values is None:
        return False
    outcome = as_outcome(dispute, values)
    return tuple(dispute.utility(party, outcome) for party in PROFILES) == wanted


def pair(utilities: Sequence[Fraction]) -> Pair:
    """Return a point as two whole numbers, which sums of whole rectangles are."""
    first, second = utilities
    assert first.denominator == second.denominator == 1
    return first.numerator, second.numerator


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="scenarios that hold this text; not written")
    parser.add_argument("--quick", action="store_true", help="look for no packages; not written")
    given = parser.parse_args()
    root = Path(os.environ.get("HIKIWAKE_SHARED", "")) / "scenarios" / "genius" / "y2014"
    if not os.environ.get("HIKIWAKE_SHARED") or not root.is_dir():
        raise SystemExit("HIKIWAKE_SHARED must name the folder that holds scenarios/genius.")
    rows: list[tuple[str, ...]] = []
    for folder in sorted(root.iterdir()):
        if given.only in folder.name:
            progress(f"{folder.name} …")
            rows.append(row(folder, not given.quick))
    lines = table(COLUMNS, rows)
    sys.stdout.write("\n".join(lines) + "\n")
    if not given.only and not given.quick:
        how = "How to read it: [README.md](README.md#published-frontiers)."
        text = page("Published frontiers", "make published", how, lines)
        (HERE / "PUBLISHED.md").write_text(text, "utf-8")
    return int(any("NO" in line or "ANOTHER" in line for line in rows))


if __name__ == "__main__":
    sys.exit(main())
