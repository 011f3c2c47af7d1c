"""Measure Hikiwake beside other programs, in one run: ``make bench``.

Absolute times say more about the machine than about the program, so the ratio is what counts:
both sides take turns, each in a process and a virtual environment of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from floors import floor_rows
from report import Measured, document, progress, table
from workers import CannotMeasureError, Process, Worker
from works import Row, rows

HERE = Path(__file__).resolve().parent
CLOSE = 1e-9
FEWEST, REPEATS = 5, 7
WHOLE_PROCESSES = 15


class Nobody:
    """The other side of a row where nobody else does the work."""

    def seconds(self) -> float:
        """Return nothing: no time was taken."""
        return 0.0

    def close(self) -> None:
        """Do nothing."""


def measure(row: Row, repeats: int) -> Measured:
    """Return a row with its times; or with the reason why there are none."""
    measured = Measured(row)
    try:
        with (
            closing(row.ours()) as ours,
            closing(row.theirs() if row.theirs else Nobody()) as theirs,
        ):
            count = max(repeats, WHOLE_PROCESSES) if isinstance(ours, Process) else repeats
            for turn in range(count):
                # Whoever is first may find the machine cooler: they take turns in that as well.
                order = (ours, theirs) if turn % 2 == 0 else (theirs, ours)
                took = {side: side.seconds() for side in order}
                measured.pairs.append((took[ours], took[theirs]))
                if row.many and isinstance(ours, Worker) and isinstance(theirs, Worker):
                    measured.each.append((ours.each, theirs.each))
            if row.beside and isinstance(ours, Worker):
                found = theirs.found() if isinstance(theirs, Worker) else {}
                measured.points = row.beside(ours.found(), found)
            if row.same_points and isinstance(ours, Worker) and isinstance(theirs, Worker):
                measured.points = compared(ours.found(), theirs.found())
    except CannotMeasureError as error:
        measured.failure = f"not measured: {error}"[:200]
    return measured


def compared(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """Say whether two frontiers have the same points, to 1e-9."""
    if ours["parties"] != theirs["parties"]:
        return "other parties"
    own, others = ours["points"], distinct(theirs["points"])
    missing = sum(not near(point, others) for point in own)
    extra = [point for point in others if not near(point, own)]
    beaten = sum(dominated(point, own) for point in extra)
    texts = [f"the same {len(own):,}" if not missing and not extra else f"ours {len(own):,}"]
    if missing:
        texts.append(f"{missing:,} of them not the peer's")
    if beaten:
        texts.append(f"the peer keeps {beaten:,} more that are dominated")
    if len(extra) > beaten:
        texts.append(f"the peer has {len(extra) - beaten:,} others")
    if len(theirs["points"]) > len(others):
        texts.append(f"the peer lists {len(theirs['points']) - len(others):,} twice")
    return "; ".join(texts)


def dominated(point: Sequence[float], points: Sequence[Sequence[float]]) -> bool:
    """Tell whether a point of the set is as good for all, to 1e-9, and better for someone."""
    return any(
        all(b >= a - CLOSE for a, b in zip(point, other, strict=True))
        and any(b > a + CLOSE for a, b in zip(point, other, strict=True))
        for other in points
    )


def near(point: Sequence[float], points: Sequence[Sequence[float]]) -> bool:
    """Tell whether a point is among others, to 1e-9."""
    return any(
        all(abs(a - b) <= CLOSE for a, b in zip(point, other, strict=True)) for other in points
    )


def distinct(points: Sequence[Sequence[float]]) -> list[Sequence[float]]:
    """Return the points without those that are within 1e-9 of an earlier one."""
    kept: list[Sequence[float]] = []
    for point in points:
        if not near(point, kept):
            kept.append(point)
    return kept


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--repeats", type=int, default=REPEATS, help=f"at least {FEWEST}; default {REPEATS}"
    )
    parser.add_argument("--only", default="", help="rows whose work holds this text; not written")
    given = parser.parse_args()
    if given.repeats < FEWEST:
        parser.error(f"--repeats: at least {FEWEST}")
    return given


def main() -> None:
    given = arguments()
    peers = os.environ.get("HIKIWAKE_PEERS_PYTHON", "")
    if not peers:
        raise SystemExit("Run `make bench`: it sets up the peers, and says where they are.")
    folder = os.environ.get("HIKIWAKE_SHARED", "")
    shared = Path(folder) if folder and Path(folder).is_dir() else None
    if shared is None:
        progress("HIKIWAKE_SHARED names no folder: the rows that read scenarios are SKIPPED.")
    measured: list[Measured] = []
    with TemporaryDirectory() as scratch:
        for row in chain(
            rows(peers, shared, Path(scratch)), floor_rows(peers, shared, Path(scratch))
        ):
            if given.only in row.work:
                progress(f"{row.work}, against {row.peer} …")
                measured.append(measure(row, given.repeats))
    sys.stdout.write("\n".join(table(measured)) + "\n")
    if shared is None or given.only:
        progress("RESULTS.md is left as it was: this was not the whole of it.")
        return
    command = "make bench" if given.repeats == REPEATS else f"run.py --repeats {given.repeats}"
    text = document(measured, peers, command, given.repeats)
    (HERE / "RESULTS.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
