"""Pages of figures: a table, and above it when, by which command and on what it was measured."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from report import processor

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("numpy", "moocore", "ortools", "highspy")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    lines = [columns, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    padded = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    return [padded[0], "|" + "|".join("-" * (w + 2) for w in widths) + "|", *padded[1:]]


def page(title: str, command: str, how: str, *parts: Sequence[str]) -> str:
    """Return a page: what was measured when and how, its parts, and the machine.

    Parameters
    ----------
    command
        What was typed; where arguments were given, these are told instead.
    how
        A sentence about the measuring, for the line below the title.
    parts
        Lines of Markdown, with an empty line between parts.
    """
    if sys.argv[1:]:
        command = " ".join(["benchmarks/" + Path(sys.argv[0]).name, *sys.argv[1:]])
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    lines = [f"# {title}", "", f"Measured on {when} with `{command}`. {how}", ""]
    for part in parts:
        lines += [*part, ""]
    return "\n".join([*lines, *machine()]) + "\n"


def machine() -> list[str]:
    """Return what it was measured on, and with which versions."""
    commit = _said("rev-parse", "--short", "HEAD") or "unknown"
    changed = " with changes" if _said("status", "--porcelain", "src", "pyproject.toml") else ""
    found = [f"{name} {installed(name)}" for name in LIBRARIES if installed(name)]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return [
        f"- {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        f"- Hikiwake {installed('hikiwake') or 'from its source'}, commit {commit}{changed}",
        f"- Python {platform.python_version()}, {', '.join(found)}",
        f"- load on the machine at the end: {load:.1f} (above 1: others were at work as well)",
    ]


def installed(name: str) -> str:
    """Return a library's version, or nothing where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def power(number: int) -> str:
    """Return a count as people read it: 240,000, or a power of ten where it has many digits."""
    if number < 10**9:
        return f"{number:,}"
    digits = len(str(number)) - 1
    about = "" if number == 10**digits else "about "
    return f"{about}10^{digits}"


def _said(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
