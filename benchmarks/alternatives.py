"""How different alternatives are, beside a random choice of as many from the same packages.

    python benchmarks/alternatives.py            prints the table
    python benchmarks/alternatives.py --write    and puts it into ALTERNATIVES.md

With HIKIWAKE_SHARED also scenarios of the Automated Negotiating Agents Competition are read.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from statistics import mean
from time import perf_counter

from hikiwake.api import alternatives, load
from hikiwake.model import Dispute
from hikiwake.options.alternatives import weights_of
from hikiwake.options.apart import apart
from hikiwake.options.candidates import Candidate, Search
from hikiwake.pareto import Bargain, bargain_over, compiled

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "ALTERNATIVES.md"
EXAMPLES = (
    "examples/four-islands",
    "examples/two-heirs",
    "examples/published/panama-whole.toml",
    "examples/published/england-zimbabwe.toml",
)
SCENARIOS = ("y2010/ItexvsCypress", "y2010/Travel", "y2011/Grocery", "y2011/Energy")
COUNT = 5
WITHIN = Fraction(1, 2)
DRAWN = 1_000
PAGE = f"""\
# How different alternatives are

{COUNT} packages, what is up to {WITHIN} short of a draw counted as one (the option `--within`).
*Difference* is that of the two closest ones, in parts of the parties' ranges: what is made as large
as it can be. Beside it the mean of {DRAWN:,} random choices of as many from the same packages, the
settled one always among them, and the best of these. *compared*: every choice was, or packages
were taken one by one and exchanged.

Made by `HIKIWAKE_SHARED=… python benchmarks/alternatives.py --write`. Times belong to one machine.

"""


def disputes() -> Iterator[tuple[str, Dispute]]:
    """Yield every dispute that is there, with its name."""
    for name in EXAMPLES:
        yield Path(name).stem, load(ROOT / name)
    shared = os.environ.get("HIKIWAKE_SHARED")
    for name in SCENARIOS if shared else ():
        path = Path(shared or "", "scenarios", "genius", name)
        if path.is_dir():
            yield path.name, load(path)


def row(name: str, dispute: Dispute) -> tuple[str, ...]:
    """Return the figures of one dispute."""
    began = perf_counter()
    found = alternatives(dispute, COUNT, within=WITHIN)
    seconds = perf_counter() - began
    bargain = bargain_over(compiled(dispute))
    assert isinstance(bargain, Bargain)
    outcome = found.packages[0].package.outcome
    first = Candidate(bargain.point_of(outcome), outcome, found.packages[0].short)
    pool = Search(bargain, first, better=False).candidates(COUNT - 1, WITHIN)
    packages = [first, *(package for step in pool.steps for package in step)]
    metric = apart(dispute, weights_of(bargain), [package.outcome for package in packages])
    others, random = range(1, len(packages)), Random(1956)
    taken = min(COUNT - 1, len(others))
    drawn = [metric.least((0, *random.sample(others, taken))) for _ in range(DRAWN)]
    middle = mean(map(float, drawn))
    return (
        name,
        str(found.considered),
        f"{float(found.apart):.3f}",
        f"{middle:.3f}",
        f"{float(max(drawn)):.3f}",
        f"{float(found.apart) / middle:.1f} ×" if middle else "–",
        "all" if found.exhaustive else "exchanged",
        f"{seconds:.2f} s",
    )


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return the rows as a table."""
    head = (
        "dispute",
        "packages",
        "difference",
        "random, mean",
        "random, best",
        "ratio",
        "compared",
        "time",
    )
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="put the table into ALTERNATIVES.md")
    asked = parser.parse_args(arguments)
    lines = table([row(name, dispute) for name, dispute in disputes()])
    print(lines)
    if asked.write:
        RESULTS.write_text(PAGE + lines, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
