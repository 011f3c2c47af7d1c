"""How far one machine goes: ``make scale``. Whole processes, their time and their peak memory.

Each dispute is made up here (the same one every time), written to a file and given to
``hikiwake settle FILE --json`` as a person would. What works, what is only bounded, what is
undecided and what is refused all stand in SCALE.md, each with its reason.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer
from time import perf_counter
from typing import Any

from disputes import choices, estate, tied
from report import progress, seconds
from workers import USUAL
from works import hikiwake
from written import page, power, table

from hikiwake.formats.native.write import write
from hikiwake.model import Choice, Dispute, Item

HERE = Path(__file__).resolve().parent
SEED = 1956
COLUMNS = ("dispute", "packages", "what came", "exactness", "engine", "imbalance", "time", "peak")
GIB = 2**30


@dataclass(frozen=True)
class Case:
    """A dispute, in words, and how it is made."""

    about: str
    made: Callable[[], Dispute]


CASES = (
    Case("an estate: 5,000 items, 2 heirs", lambda: estate(2, 5_000, SEED)),
    Case("an estate: 5,000 items, 4 heirs", lambda: estate(4, 5_000, SEED)),
    Case("70 parties, 6 issues of 3 options", lambda: choices(70, 6, 3, SEED)),
    Case("70 parties, 20 issues of 4 options", lambda: choices(70, 20, 4, SEED)),
    Case("2 parties, 50 independent issues of 10", lambda: choices(2, 50, 10, SEED)),
    Case("2 parties, 50 tied issues of 10", lambda: tied(2, 50, 10, SEED)),
    Case("3 parties, 50 independent issues of 10", lambda: choices(3, 50, 10, SEED)),
    Case("5 parties, 50 tied issues of 10", lambda: tied(5, 50, 10, SEED)),
)


@dataclass(frozen=True)
class Run:
    """One process: how long, how much memory, its exit code, and what it said."""

    seconds: float
    peak: int
    code: int
    output: str
    errors: str


def run(command: Sequence[str], longest: float, memory: int) -> Run:
    """Run a command to its end, or stop it after so many seconds; it may have so many bytes."""
    with TemporaryFile("w+", encoding="utf-8") as out, TemporaryFile("w+", encoding="utf-8") as err:
        began = perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=USUAL)
        if hasattr(resource, "prlimit"):
            resource.prlimit(process.pid, resource.RLIMIT_AS, (memory, memory))
        stopper = Timer(longest, process.kill)
        stopper.start()
        _, status, usage = os.wait4(process.pid, 0)
        took = perf_counter() - began
        stopper.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        unit = 1 if sys.platform == "darwin" else 1_024
        texts: list[str] = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read())
    return Run(took, usage.ru_maxrss * unit, process.returncode, texts[0], texts[1])


def packages(dispute: Dispute) -> str:
    """Return how many packages a dispute has."""
    return power(
        prod(
            len(dispute.values_of(issue))
            for issue in dispute.issues
            if isinstance(issue, Choice | Item)
        )
    )


def row(case: Case, file: Path, given: argparse.Namespace) -> tuple[str, ...]:
    """Return a line of the table."""
    dispute = case.made()
    file.write_text(write(dispute), "utf-8")
    command = [*hikiwake(), "settle", str(file), "--json", "--time-limit", f"{given.limit:g}"]
    memory = int(given.memory * GIB)
    runs = [run(command, given.longest, memory)]
    while len(runs) < given.repeats and runs[0].seconds < given.longest / 10:
        runs.append(run(command, given.longest, memory))
    took = seconds(median(one.seconds for one in runs))
    peak = f"{max(one.peak for one in runs) / 2**20:,.0f} MiB"
    many = f" (median of {len(runs)})" if len(runs) > 1 else " (once)"
    return (case.about, packages(dispute), *came(runs[0], given.longest), took + many, peak)


def came(one: Run, longest: float) -> tuple[str, str, str, str]:
    """Return what became of a dispute, how sure it is, by which engine, and how uneven."""
    try:
        found: dict[str, Any] = json.loads(one.output)
    except ValueError:
        found = {}
    if found:
        imbalance = found.get("imbalance")
        uneven = "–" if imbalance is None else f"{_number(imbalance):.4f}"
        return found["status"] + _bound(found), found["exactness"], found["engine"], uneven
    said = " ".join(one.errors.split())
    if one.code == 2:
        return f"refused: {said[:160]}", "–", "–", "–"
    if one.seconds >= longest:
        return f"FAILED: stopped after {longest:g} s", "–", "–", "–"
    return f"FAILED: exit code {one.code}: {said[-160:]}", "–", "–", "–"


def _bound(found: dict[str, Any]) -> str:
    """Say how good the package is that is shown of what is undecided, and what none exceeds."""
    bound, gains = found.get("bound"), [g for g in (found.get("gains") or {}).values() if g]
    if bound is None or bound["of"] != "least_gain" or not gains:
        return ""
    least, most = min(map(_number, gains)), _number(bound["at_most"])
    return f": the least gain is {least:.4f}, in no package above {most:.4f}"


def _number(text: str) -> float:
    above, _, below = text.partition("/")
    return int(above) / int(below or 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="of what takes little; default 5")
    parser.add_argument("--limit", type=float, default=30, help="its --time-limit; default 30")
    parser.add_argument("--longest", type=float, default=120, help="seconds a process may take")
    parser.add_argument("--memory", type=float, default=6, help="GiB of addresses it may have")
    parser.add_argument("--only", default="", help="rows that hold this text; not written")
    given = parser.parse_args()
    rows: list[tuple[str, ...]] = []
    with TemporaryDirectory() as scratch:
        for place, case in enumerate(CASES):
            if given.only in case.about:
                progress(f"{case.about} …")
                rows.append(row(case, Path(scratch) / f"case{place}.toml", given))
                progress("  " + " · ".join(rows[-1][2:]))
    lines = table(COLUMNS, rows)
    sys.stdout.write("\n".join(lines) + "\n")
    if given.only:
        return
    how = (
        "Each is a process of its own: `hikiwake settle FILE --json --time-limit "
        f"{given.limit:g}`, reading included. Where time is over: a package, and what none exceeds."
    )
    text = page("Scale", "make scale", how, lines)
    (HERE / "SCALE.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
