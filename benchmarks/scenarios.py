"""Read and settle every shared scenario in one go: ``make scenarios``.

Two processes take the folders in turn; each is read, and settled as a draw. All of them stand in
SCENARIOS.md: what was not settled, with the reason.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from pathlib import Path
from time import perf_counter

from report import progress, seconds
from written import page, power, table

from hikiwake.api import load, settle
from hikiwake.errors import InputError
from hikiwake.model import Dispute
from hikiwake.settlement import Settlement

HERE = Path(__file__).resolve().parent
HOPED = 120  # seconds for all of them
COLUMNS = (
    "scenario",
    "parties",
    "packages",
    "status",
    "engine",
    "exactness",
    "gains",
    "imbalance",
    "time",
    "reason",
)


@dataclass(frozen=True)
class Line:
    """What became of one folder."""

    scenario: str
    parties: str = "–"
    packages: str = "–"
    status: str = "–"
    engine: str = "–"
    exactness: str = "–"
    gains: str = "–"
    imbalance: str = "–"
    took: float = 0.0
    reason: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the line as it is printed."""
        return (
            self.scenario,
            self.parties,
            self.packages,
            self.status,
            self.engine,
            self.exactness,
            self.gains,
            self.imbalance,
            seconds(self.took),
            self.reason,
        )


def settled(folder: Path) -> Line:
    """Return a folder's line; whatever goes wrong is told there."""
    name = f"{folder.parent.name}/{folder.name}"
    began = perf_counter()
    about = ("–", "–")
    try:
        dispute = load(folder)
        about = str(len(dispute.parties)), packages(dispute)
        found = settle(dispute)
    except InputError as error:
        return Line(
            name,
            *about,
            "refused",
            took=perf_counter() - began,
            reason="; ".join(fault.found for fault in error.faults[:3]),
        )
    except Exception as error:  # noqa: BLE001 – a line of the table, and the command fails
        kind = type(error).__name__
        took = perf_counter() - began
        return Line(name, *about, "FAILED", took=took, reason=f"{kind}: {error}"[:200])
    took = perf_counter() - began
    return Line(
        name,
        *about,
        found.status.value,
        found.engine,
        found.exactness.value,
        gains(found),
        "–" if found.imbalance is None else f"{float(found.imbalance):.4f}",
        took,
        reason(found),
    )


def packages(dispute: Dispute) -> str:
    """Return how many packages a dispute has."""
    sizes = [dispute.decisions_of(issue) for issue in dispute.issues]
    return "infinite" if None in sizes else power(prod(len(size or ()) for size in sizes))


def gains(found: Settlement) -> str:
    """Return everybody's gain; with many parties the least and the most."""
    known = [gain for gain in (found.gains or {}).values() if gain is not None]
    if not known:
        return "–"
    if len(known) > 3:
        return f"{_short(min(known))} … {_short(max(known))}"
    return " · ".join(map(_short, known))


def _short(gain: Fraction) -> str:
    return f"{float(gain):.4f}"


def reason(found: Settlement) -> str:
    """Return why there is no package, or who is left out."""
    if found.package is None:
        sizes = sorted(len(conflict.limits) for conflict in found.conflicts)
        return f"{len(sizes)} smallest conflicts of {sizes[0]} limits" if sizes else ""
    left = len(found.left_out)
    return f"{left} can neither gain nor lose" if left else ""


def summary(lines: Sequence[Line], took: float, processes: int) -> list[str]:
    """Return what all of it came to, in a few lines."""
    counts = Counter(line.status for line in lines)
    most = max(lines, key=lambda line: line.took)
    within = "within" if took < HOPED else "NOT within"
    all_of_them = f"{len(lines)} folders in {seconds(took)} on {processes} processes"
    each = ", ".join(f"{status}: {count}" for status, count in sorted(counts.items()))
    return [
        f"- {all_of_them}, {within} the {HOPED} s that are hoped for",
        f"- {each}",
        f"- longest: {most.scenario}, {seconds(most.took)} (a first folder also loads libraries)",
    ]


def main() -> int:
    """Settle all of them, and say whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--only", default="", help="scenarios that hold this text; not written")
    given = parser.parse_args()
    root = Path(os.environ.get("HIKIWAKE_SHARED", "")) / "scenarios" / "genius"
    if not os.environ.get("HIKIWAKE_SHARED") or not root.is_dir():
        raise SystemExit("HIKIWAKE_SHARED must name the folder that holds scenarios/genius.")
    folders = sorted(f for f in root.glob("y*/*") if given.only in f"{f.parent.name}/{f.name}")
    progress(f"{len(folders)} folders …")
    began = perf_counter()
    with ProcessPoolExecutor(given.processes) as pool:
        lines = list(pool.map(settled, folders))
    took = perf_counter() - began
    rows = table(COLUMNS, [line.cells() for line in lines])
    told = summary(lines, took, given.processes)
    spent = os.times()
    busy = spent.user + spent.system + spent.children_user + spent.children_system
    told.append(f"- processors at work for {seconds(busy)}: what it would take one, with no others")
    sys.stdout.write("\n".join([*rows, "", *told]) + "\n")
    if not given.only:
        how = "Reading and settling (rule: draw) inside the clock, a folder at a time a process."
        text = page("Every shared scenario", "make scenarios", how, told, rows)
        (HERE / "SCENARIOS.md").write_text(text, "utf-8")
    return int(took >= HOPED or any(line.status == "FAILED" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
