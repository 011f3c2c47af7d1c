"""How long a question takes when a package is adjusted by hand.

    python benchmarks/adjust.py            prints the table
    python benchmarks/adjust.py --write    and puts it into ADJUST.md

Each example is made ready once; then random packages are asked about, one after the other, as a
page would that follows a finger. Shares and amounts are taken in eighths. Modules are loaded
before: that comes once in a program.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from statistics import median
from time import process_time

from hikiwake.api import adjust, load
from hikiwake.model import Dispute, FrozenMap, Issue, Money, Outcome, Share, Value

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "ADJUST.md"
EXAMPLES = (
    "two-heirs",
    "co-founders",
    "four-islands",
    *(f"published/{path.name}" for path in sorted((ROOT / "examples/published").glob("*.toml"))),
)
ROUNDS = 3  # of which each question's shortest time counts
HOPED = 50  # milliseconds a question


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into ADJUST.md")
    parser.add_argument("--packages", type=int, default=100, help="how many to ask about")
    asked = parser.parse_args()
    text = report(asked.packages)
    print(text)
    if asked.write:
        RESULTS.write_text(text, "utf-8")


def report(packages: int) -> str:
    """Return the table, with what was measured and where."""
    adjust(load(ROOT / "examples" / EXAMPLES[0]))
    rows = "\n".join(row(example, packages) for example in EXAMPLES)
    return f"""# Adjusting by hand: how long a question takes

{packages} random packages an example, asked one after the other; median and longest, in
milliseconds of the processor, the shortest of {ROUNDS} times; other work on the machine makes one
up to twice as long.
Python {platform.python_version()}, {os.cpu_count()} cores, \
load {os.getloadavg()[0]:.1f} at the end of it.
Hoped for: at most {HOPED} ms a question.

- *once*: what is prepared before the first question, the library's modules being loaded.
- *first*: the first question about repairs.
- *look*: everybody's gains, possible, draw, better package: the mediator's question.
- *own look*: one side's own gain, from its own points.
- *repairs*: the fewest issues to decide otherwise for a possible package and for a draw.

| example | once | first | look | own look | repairs |
|---|---|---|---|---|---|
{rows}
"""


def row(example: str, packages: int) -> str:
    """Return the row of one example."""
    dispute, chance = load(ROOT / "examples" / example), random.Random(5)
    asked = [at_random(dispute, chance) for _ in range(packages)]
    rounds = [measured(dispute, asked) for _ in range(ROUNDS)]
    once, first, *others = (
        [*map(min, zip(*own, strict=True))] for own in zip(*rounds, strict=True)
    )
    cells = " | ".join(f"{median(t):.1f}, at most {max(t):.0f}" for t in others)
    return f"| {example} | {once[0]:.0f} | {first[0]:.0f} | {cells} |"


def measured(dispute: Dispute, asked: list[Outcome]) -> tuple[list[float], ...]:
    """Return how long it took to open a dispute, and to answer the questions of each kind."""
    began = process_time()
    adjusting = adjust(dispute)
    once = [(process_time() - began) * 1e3]
    viewer = dispute.party_ids[0]
    adjusting.look(asked[0])
    adjusting.own_look(viewer, asked[0])
    first = times(adjusting.repairs, asked[:1])
    looks = times(adjusting.look, asked)
    own = times(lambda outcome: adjusting.own_look(viewer, outcome), asked)
    return once, first, looks, own, times(adjusting.repairs, asked)


def times(ask: Callable[[Outcome], object], packages: list[Outcome]) -> list[float]:
    """Return how many milliseconds each question took."""
    found: list[float] = []
    for outcome in packages:
        began = process_time()
        ask(outcome)
        found.append((process_time() - began) * 1e3)
    return found


def at_random(dispute: Dispute, chance: random.Random) -> Outcome:
    """Return a package drawn at random."""
    return FrozenMap({issue.id: _value(dispute, issue, chance) for issue in dispute.issues})


def _value(dispute: Dispute, issue: Issue, chance: random.Random) -> Value:
    decisions = dispute.decisions_of(issue)
    if decisions is not None:
        return chance.choice(decisions)
    part, (first, *rest) = Fraction(chance.randrange(9), 8), dispute.party_ids
    if isinstance(issue, Share):
        others = {party: (1 - part) / len(rest) for party in rest}
        return FrozenMap({first: part, **others})
    if isinstance(issue, Money):
        paid = issue.limit * part / len(rest)
        return FrozenMap({first: paid * len(rest), **dict.fromkeys(rest, -paid)})
    low, high = (Fraction(getattr(issue, end)) for end in ("min", "max"))
    return low + (high - low) * part


if __name__ == "__main__":
    main()
