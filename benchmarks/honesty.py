"""What misstating could gain on tables of points between two sides: published ones, and CaSiNo's.

    HIKIWAKE_SHARED=… python benchmarks/honesty.py            prints the tables
    HIKIWAKE_SHARED=… python benchmarks/honesty.py --write    and puts them into HONESTY.md

Every issue goes whole. CaSiNo's 1,030 negotiations are over few different tables: each is looked at
once, and counted as often as it came.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from time import process_time

from casino import amounts, camps

from hikiwake.api import honesty, load, settle
from hikiwake.findings.honesty import Misstating
from hikiwake.model import Dispute
from hikiwake.settlement import Exactness

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "HONESTY.md"
PUBLISHED = (
    "alex-bob-whole",
    "alice-bob-wiki-whole",
    "bazerman-1985",
    "bob-carol-5-whole",
    "calvin-hobbes-whole",
    "england-zimbabwe",
    "jolis-whole",
    "nash-1950",
    "panama-whole",
)
PAGE = """\
# What misstating could gain: tables of points between two sides

Every issue goes whole. *more by points*: by how much more, in parts of its own true range, a side
that knows everything could gain by misstating its points, refusing what it truly refuses; what is
*exact* was reached and is not exceeded by any such report, else it stands between two figures.
*unknowing*: how much more a side that knows nothing of the other may expect (100 others drawn at
random), and in how many of these cases there is no agreement then. Seconds of the processor, both
sides. What the figures mean: the [textbook](../docs/textbook/honesty.md).

Made by `HIKIWAKE_SHARED=… python benchmarks/honesty.py --write`.

"""

Side = tuple[Misstating, int]  # and how often it came


def main(arguments: Sequence[str]) -> int:
    """Print both tables, and write them if that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into HONESTY.md")
    asked = parser.parse_args(arguments)
    shared = os.environ.get("HIKIWAKE_SHARED")
    text = PAGE + "\n".join(published())
    if shared:
        text += "\n" + "\n".join(casino(Path(shared) / "data" / "casino.csv"))
    print(text)
    if asked.write and shared:
        RESULTS.write_text(text, "utf-8")
    return 0


def published() -> Iterator[str]:
    """Yield the table of published disputes, two lines each."""
    yield "## Published tables\n"
    yield "| dispute | side | by the truth | more by points | unknowing | no agreement | seconds |"
    yield "|---|---|---|---|---|---|---|"
    for name in PUBLISHED:
        sides, seconds = looked_at(load(ROOT / "examples" / "published" / f"{name}.toml"))
        for side in sorted(sides, key=lambda one: one.party):
            truth = _percent(side.truth)
            yield f"| {name} | {side.party} | {truth} | {_told(side)} | {seconds:.1f} |"
    yield ""


def looked_at(dispute: Dispute) -> tuple[tuple[Misstating, ...], float]:
    """Return every side of a dispute, and how long that took."""
    settlement, began = settle(dispute), process_time()
    found = honesty(dispute, settlement)
    assert found is not None
    return found.sides, process_time() - began


def casino(path: Path) -> Iterator[str]:
    """Yield what became of the tables of CaSiNo, over all sides of all negotiations."""
    counts = Counter(camp.worth for camp in camps(path))
    sides: list[Side] = []
    seconds = 0.0
    for worth, count in sorted(counts.items()):
        found, took = looked_at(amounts(worth))
        sides += [(side, count) for side in found]
        seconds += took
    total = sum(count for _, count in sides)
    more = [(side.points.most - side.truth, count) for side, count in sides]
    bounds = [(side.points.at_most - side.truth, count) for side, count in sides]
    exact = sum(c for side, c in sides if side.points.exactness is Exactness.EXACT)
    blind = [(s.unknowing.advantage, c) for s, c in sides if s.unknowing is not None]
    none = [(s.unknowing.best.without, c) for s, c in sides if s.unknowing is not None]
    truth = [(s.unknowing.truth.without, c) for s, c in sides if s.unknowing is not None]
    yield "## CaSiNo\n"
    yield (
        f"{sum(counts.values()):,} negotiations over {len(counts)} different tables, {total:,} "
        f"sides; {seconds:.0f} seconds of the processor in all.\n"
    )
    yield "| | over all sides |"
    yield "|---|---|"
    yield f"| figure is exact for | {_percent(Fraction(exact, total))} of sides |"
    yield f"| nothing to be gained by points | {_percent(_part(more, 0))} of sides |"
    most = _percent(_mean(bounds))
    yield f"| more by points, on average | {_percent(_mean(more))} (at most {most}) |"
    yield f"| more by points, most | {_percent(max(m for m, _ in more))} |"
    yield f"| unknowing, more on average | {_percent(_mean(blind))} |"
    by_truth = _percent(_mean(truth))
    yield f"| unknowing, no agreement | {_percent(_mean(none))}; by the truth {by_truth} |"
    yield ""


def _told(side: Misstating) -> str:
    points, blind = side.points, side.unknowing
    low, high = (_percent(part - side.truth) for part in (points.most, points.at_most))
    first = f"{low}, exact" if points.exactness is Exactness.EXACT else f"{low} to {high}"
    if blind is None:
        return f"{first} | – | –"
    margin = _percent(blind.margin)
    return f"{first} | {_percent(blind.advantage)} ± {margin} | {_percent(blind.best.without)}"


def _mean(parts: Sequence[tuple[Fraction, int]]) -> Fraction:
    total = sum(count for _, count in parts)
    return sum((part * count for part, count in parts), start=Fraction(0)) / total


def _part(parts: Sequence[tuple[Fraction, int]], value: int) -> Fraction:
    return Fraction(sum(c for part, c in parts if part == value), sum(c for _, c in parts))


def _percent(part: Fraction) -> str:
    return f"{float(part) * 100:.1f} %"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
