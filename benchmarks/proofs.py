"""Make and check a certificate for every shared scenario, under two rules: ``make proofs``.

What stands in PROOFS.md: how long making and checking take, how long the proofs are, and why there
is none where there is none.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from report import progress, seconds
from written import page, table

from hikiwake.api import load, settle
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.proof import NoCertificate, certify, checker
from hikiwake.settlement import Certificate
from hikiwake.solvers.deadline import Deadline

HERE = Path(__file__).resolve().parent
RULES = ("kalai_smorodinsky", "draw")
CHECKED = 15  # times; the median is told
SECONDS = 120.0
COLUMNS = (
    "scenario",
    "parties",
    "rule",
    "status",
    "cases",
    "integers",
    "rows",
    "bytes",
    "made in",
    "checked in",
    "remark",
)


@dataclass(frozen=True)
class Line:
    """What became of one folder under one rule."""

    scenario: str
    parties: int
    rule: str
    status: str
    tied: bool = False
    cases: int = 0
    integers: int = 0
    rows: int = 0
    size: int = 0
    made: float = 0.0
    checked: float = 0.0
    remark: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the line as it is printed."""
        known = not self.remark
        figures = (self.cases, self.integers, self.rows, self.size)
        return (
            self.scenario,
            str(self.parties),
            self.rule,
            self.status,
            *(f"{figure:,}" if known else "–" for figure in figures),
            seconds(self.made),
            seconds(self.checked) if known else "–",
            self.remark,
        )


def proved(task: tuple[Path, str]) -> Line:
    """Return a folder's line under a rule."""
    folder, rule = task
    dispute = load(folder)
    name = f"{folder.parent.name}/{folder.name}"
    found = settle(dispute, rule)
    problem = compiled(dispute)
    bargain = bargain_over(problem)
    tied = bool(problem.problem.extras)
    about = (name, len(dispute.parties), rule, found.status.value, tied)
    known = bargain if isinstance(bargain, Bargain) else None
    return _measured(about, lambda: certify(problem, known, found, Deadline(SECONDS)))


def _measured(about: tuple[str, int, str, str, bool], make: Callable[[], Certificate]) -> Line:
    began = process_time()
    try:
        certificate = make()
    except NoCertificate as none:
        return Line(*about, made=process_time() - began, remark=str(none))
    made = process_time() - began
    text = certificate.text
    times = _checking(text)
    proof = json.loads(text)["proof"]
    return Line(
        *about,
        certificate.cases,
        sum(map(len, proof["trees"])),
        len(proof.get("multipliers", ())),
        len(checker.canonical(proof)),
        made,
        median(times),
    )


def _checking(text: str) -> list[float]:
    """Return how long a checker takes that is alone, without what making the certificate left."""
    gc.collect()
    gc.freeze()
    times: list[float] = []
    for _ in range(CHECKED):
        began = process_time()
        checker.check(text)
        times.append(process_time() - began)
    gc.unfreeze()
    return times


def groups(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines by how many parties there are, and whether bonuses tie issues."""
    plain = [line for line in lines if not line.tied]
    parts = (
        ("2 parties", [line for line in plain if line.parties == 2]),
        ("3–5 parties", [line for line in plain if 3 <= line.parties <= 5]),
        ("6–9 parties", [line for line in plain if line.parties >= 6]),
        ("interdependent", [line for line in lines if line.tied]),
    )
    return [part for part in parts if part[1]]


def summary(lines: Sequence[Line]) -> list[str]:
    """Return the medians and the worst, in a table."""
    rows: list[tuple[str, ...]] = []
    for rule in RULES:
        for name, own in groups([line for line in lines if line.rule == rule]):
            known = [line for line in own if not line.remark]
            if known:
                rows.append(
                    (
                        rule,
                        f"{name} ({len(known)} of {len(own)})",
                        _both([line.cases for line in known], "{:,.0f}"),
                        _both([line.size for line in known], "{:,.0f}"),
                        _both([1000 * line.checked for line in known], "{:.1f}"),
                        _both([line.made for line in known], "{:.2f}"),
                    )
                )
    columns = ("rule", "scenarios", "cases", "bytes", "checking (ms)", "making (s)")
    return table(columns, rows)


def _both(values: Sequence[float], form: str) -> str:
    return f"{form.format(median(values))} / {form.format(max(values))}"


def main() -> int:
    """Make and check all of them, and say whether there is one for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--only", default="", help="scenarios that hold this text; not written")
    given = parser.parse_args()
    root = Path(os.environ.get("HIKIWAKE_SHARED", "")) / "scenarios" / "genius"
    if not os.environ.get("HIKIWAKE_SHARED") or not root.is_dir():
        raise SystemExit("HIKIWAKE_SHARED must name the folder that holds scenarios/genius.")
    folders = sorted(f for f in root.glob("y*/*") if given.only in f"{f.parent.name}/{f.name}")
    progress(f"{len(folders)} folders, {len(RULES)} rules …")
    tasks = [(folder, rule) for folder in folders for rule in RULES]
    with ProcessPoolExecutor(given.processes) as pool:
        lines = list(pool.map(proved, tasks))
    told = summary(lines)
    rows = table(COLUMNS, [line.cells() for line in lines])
    sys.stdout.write("\n".join([*told, "", *rows]) + "\n")
    if not given.only:
        how = (
            "Each cell of the first table: median / worst. Bytes are those of the proof; the "
            "dispute stands beside it. Times are processor time; settling is not counted. Checking "
            f"is the median of {CHECKED}, of a checker that has no other's objects to look through."
        )
        text = page("Certificates for every shared scenario", "make proofs", how, told, rows)
        (HERE / "PROOFS.md").write_text(text, "utf-8")
    return int(any(line.remark for line in lines))


if __name__ == "__main__":
    sys.exit(main())
