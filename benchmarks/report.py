"""The table, on the screen and in RESULTS.md, and what machine it was measured on."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from works import ROOT, Row

COLUMNS = ("work", "peer", "ours", "peer's", "ratio", "lowest–highest", "hoped for", "points")


@dataclass
class Measured:
    """A row with its pairs of seconds (ours, the peer's), one pair a repetition."""

    row: Row
    pairs: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    points: str = ""
    failure: str = ""
    each: list[tuple[dict[str, float], dict[str, float]]] = field(
        default_factory=list[tuple[dict[str, float], dict[str, float]]]
    )

    @property
    def told(self) -> str:
        """What is told beside the times: which points were found, or on how many works who led."""
        if not self.each:
            return self.points
        ratios = self._on_each()
        slower = sum(ratio < 1 for ratio, _ in ratios)
        least, worst = ratios[0]
        middle = number(ratios[len(ratios) // 2][0])
        return (
            f"ours slower on {slower} of {len(ratios)}; ratios {number(least)} ({worst}), "
            f"{middle} in the middle, {number(ratios[-1][0])} ({ratios[-1][1]})"
        )

    def _on_each(self) -> list[tuple[float, str]]:
        """Return the median ratio on each of many works, the least first."""
        return sorted(
            (median(theirs[name] / ours[name] for ours, theirs in self.each), name)
            for name in self.each[0][1]
        )

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is printed."""
        row = self.row
        if self.failure:
            return (row.work, row.peer, "–", "–", "–", "–", _hoped(row), self.failure)
        ours = median(o for o, _ in self.pairs)
        alone = row.theirs is None
        ratios = [0.0] if alone else [o / t if row.slower else t / o for o, t in self.pairs]
        compared = median(ratios) if row.every is None else self._on_each()[0][0]
        return (
            row.work,
            row.peer,
            seconds(ours),
            "–" if alone else seconds(median(t for _, t in self.pairs)),
            "–" if alone else number(median(ratios)),
            "–" if alone else f"{number(min(ratios))}–{number(max(ratios))}",
            _hoped(row) + self.reached(ours, compared),
            self.told,
        )

    def reached(self, ours: float, ratio: float) -> str:
        """Say whether what was hoped for was reached."""
        row = self.row
        if row.every is not None:
            good = ratio >= row.every
        elif row.within is not None:
            good = ours <= row.within
        elif row.hoped is not None:
            good = ratio <= row.hoped if row.slower else ratio >= row.hoped
        else:
            return ""
        return ", reached" if good else ", NOT reached"


def _hoped(row: Row) -> str:
    if row.every is not None:
        return f"≥ {number(row.every)} on each"
    if row.within is not None:
        return f"≤ {seconds(row.within)}"
    if row.hoped is None:
        return "–"
    return f"{'≤' if row.slower else '≥'} {number(row.hoped)}"


def seconds(value: float) -> str:
    """Return a time with three digits, in its own unit."""
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e6:.3g} µs"


def number(value: float) -> str:
    """Return a ratio with as many digits as mean something."""
    return f"{value:,.0f}" if value >= 20 else f"{value:.2g}"


def table(measured: Sequence[Measured]) -> list[str]:
    """Return the lines of a Markdown table."""
    lines = [COLUMNS, *(m.cells() for m in measured)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(COLUMNS))]
    padded = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (w + 2) for w in widths) + "|"
    return [padded[0], rule, *padded[1:]]


def machine(peers: str) -> list[str]:
    """Return what it was measured on, and with which versions."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    theirs = _said([peers, "-c", _VERSIONS])
    changed = _said(["git", "-C", str(ROOT), "status", "--porcelain", "src", "pyproject.toml"])
    commit = _said(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]) or "none yet"
    state = f"commit {commit}{' with changes' if changed else ''}"
    ours = f"Python {platform.python_version()}, NumPy {_version('numpy')}"
    return [
        f"- {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        f"- Hikiwake {_version('hikiwake')}, {state}; {ours}, moocore {_version('moocore')}",
        f"- peers, in an environment of their own: {theirs or 'not there'}",
        f"- load on the machine at the end: {load:.1f} (above 1: others were at work as well)",
    ]


_VERSIONS = (
    "import platform, importlib.metadata as m;"
    "print('NegMAS ' + m.version('negmas') + ', Python ' + platform.python_version()"
    " + ', NumPy ' + m.version('numpy') + ', numba ' + "
    "next((d.version for d in m.distributions() if d.name == 'numba'), 'not installed'))"
)


def processor() -> str:
    """Return the processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "from its source"


def _said(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def document(measured: Sequence[Measured], peers: str, command: str, repeats: int) -> str:
    """Return the text of RESULTS.md."""
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    lines = [
        "# Results",
        "",
        f"Measured on {when} with `{command}`: {repeats} repetitions, the programs in turn.",
        "What is inside the clock, and how to read the columns: [README.md](README.md).",
        "",
        *table(measured),
        "",
        *machine(peers),
    ]
    return "\n".join(lines) + "\n"


def progress(text: str) -> None:
    """Say on the screen what is going on."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
