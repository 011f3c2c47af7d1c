"""Orders of many steps: the least demand and its proven bound, ``make plans``.

Random plans of 30 to 60 obligations between two to four parties, the same ones every time, some of
them with values that hang together. Each is given so many seconds; PLANS.md says how many were
proven, and where not, how far what was found is from what was proven.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from report import progress
from written import page, table

from hikiwake.execution.ledger import ledgers
from hikiwake.execution.orders import Orders
from hikiwake.execution.pieces import problem_of
from hikiwake.model import Account, Agreement, FrozenMap, Joined, Obligation, Party
from hikiwake.solvers.deadline import Deadline

HERE = Path(__file__).resolve().parent
SEED = 1956
SIZES = (30, 40, 50, 60)
COLUMNS = (
    "obligations",
    "plans",
    "temptation proven",
    "exposure proven",
    "gap in exposure, of those not proven: median / largest",
    "seconds: median / longest",
)


def agreement(random: Random, size: int) -> Agreement:
    """Return a random plan in which every party is better off at the end."""
    parties = ["ann", "ben", "cho", "dov"][: random.randint(2, 4)]
    names = [f"o{n}" for n in range(size)]
    points: dict[str, dict[str, Fraction]] = {party: {} for party in parties}
    obligations: list[Obligation] = []
    for place, name in enumerate(names):
        doer = random.choice(parties)
        others = [party for party in parties if party != doer]
        after = tuple(n for n in names[:place] if random.random() < 2 / size)
        obligations.append(Obligation(name, (doer,), after=after))
        points[doer][name] = Fraction(-random.randint(1, 20))
        for other in random.sample(others, random.randint(1, len(others))):
            points[other][name] = Fraction(random.randint(1, 30))
    accounts = {party: _account(random, names, points[party]) for party in parties}
    return Agreement(tuple(map(Party, parties)), tuple(obligations), FrozenMap(accounts))


def _account(random: Random, names: list[str], points: dict[str, Fraction]) -> Account:
    bonuses = [
        Joined(tuple(random.sample(names, 3)), Fraction(random.randint(1, 15)))
        for _ in range(random.randint(0, 2))
    ]
    total = sum(points.values(), sum((bonus.points for bonus in bonuses), Fraction(0)))
    if total <= 0:
        name = random.choice([n for n in names if points.get(n, 0) >= 0])
        points[name] = points.get(name, Fraction(0)) - total + random.randint(5, 50)
        total = sum(points.values(), sum((bonus.points for bonus in bonuses), Fraction(0)))
    span = int(total * Fraction(random.randint(100, 200), 100)) + 1
    return Account(FrozenMap(points), bonuses=tuple(bonuses), range=Fraction(span))


@dataclass(frozen=True)
class Run:
    """One plan: what was proven, the gap in exposure as a part of a range, and the time."""

    temptation: bool
    gap: Fraction
    seconds: float


def run(made: Agreement, longest: float) -> Run:
    """Look for the best order of a plan for so many seconds."""
    problem = problem_of(made, ledgers(made), {})
    began = perf_counter()
    best = Orders(problem, Deadline(longest)).best()
    took = perf_counter() - began
    gap = Fraction(best.exposure - best.least_exposure, problem.scale)
    return Run(best.temptation == best.least_temptation, gap, took)


def row(size: int, runs: list[Run]) -> tuple[str, ...]:
    """Return a line of the table."""
    gaps = [float(r.gap) for r in runs if r.gap]
    told = f"{median(gaps):.1%} / {max(gaps):.1%} of a range" if gaps else "–"
    times = [r.seconds for r in runs]
    return (
        str(size),
        str(len(runs)),
        str(sum(r.temptation for r in runs)),
        str(len(runs) - len(gaps)),
        told,
        f"{median(times):.2f} / {max(times):.1f}",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=200, help="how many in all; default 200")
    parser.add_argument("--longest", type=float, default=10, help="seconds for each; default 10")
    parser.add_argument("--write", action="store_true", help="write PLANS.md")
    given = parser.parse_args()
    random = Random(SEED)
    rows: list[tuple[str, ...]] = []
    for size in SIZES:
        runs: list[Run] = []
        for place in range(given.plans // len(SIZES)):
            runs.append(run(agreement(random, size), given.longest))
            progress(f"{size} obligations, plan {place + 1}: {runs[-1]}")
        rows.append(row(size, runs))
    lines = table(COLUMNS, rows)
    sys.stdout.write("\n".join(lines) + "\n")
    if given.write:
        how = (
            "Random plans with precedence and values that hang together, "
            f"{given.longest:g} seconds for each. The temptation is made least first; the gap is "
            "between the exposure that was found and the bound that was proven."
        )
        text = page("Plans of many steps", "make plans", how, lines)
        (HERE / "PLANS.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
