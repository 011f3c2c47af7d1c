"""What satisfaction followed in 1,005 real agreements: one's own points, or being ahead? CaSiNo.

    HIKIWAKE_SHARED=… python benchmarks/satisfaction.py

Ordinary least squares on five steps of satisfaction (1 extremely dissatisfied … 5 extremely
satisfied), two people a dialogue, standard errors clustered by dialogue (CR1). The people could
not see each other's points. Chawla et al., NAACL 2021, CC BY 4.0. NumPy only.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STEPS = (
    "Extremely dissatisfied",
    "Slightly dissatisfied",
    "Undecided",
    "Slightly satisfied",
    "Extremely satisfied",
)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class People:
    """One row a person who agreed: the dialogue, its satisfaction, its points and the other's."""

    dialogue: NDArray[np.int64]
    satisfaction: Floats
    own: Floats
    other: Floats


@dataclass(frozen=True)
class Fit:
    """Coefficients with their clustered standard errors, and how much is explained."""

    names: tuple[str, ...]
    coefficients: Floats
    errors: Floats
    r_squared: float
    people: int
    dialogues: int

    def interval(self, name: str) -> tuple[float, float]:
        """Return a coefficient's interval of 95 %, by the normal distribution."""
        at = self.names.index(name)
        wide = 1.959964 * self.errors[at]
        return float(self.coefficients[at] - wide), float(self.coefficients[at] + wide)

    def of(self, name: str) -> float:
        """Return a coefficient."""
        return float(self.coefficients[self.names.index(name)])


def people(path: Path) -> People:
    """Return everybody who reached an agreement."""
    rows: list[tuple[int, int, int, int]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["walked_away"] != "0":
                continue
            for one, two in (("a", "b"), ("b", "a")):
                step = STEPS.index(row[f"{one}_satisfaction"]) + 1
                points = int(row[f"{one}_points"]), int(row[f"{two}_points"])
                rows.append((int(row["dialogue"]), step, *points))
    table = np.array(rows)
    satisfaction, own, other = (table[:, n].astype(np.float64) for n in (1, 2, 3))
    return People(table[:, 0], satisfaction, own, other)


def fit(found: People, columns: dict[str, Floats]) -> Fit:
    """Return the least squares of satisfaction on a constant and some columns."""
    names = ("constant", *columns)
    x = np.column_stack([np.ones_like(found.own), *columns.values()])
    y, (n, k) = found.satisfaction, x.shape
    inverse = np.linalg.inv(x.T @ x)
    coefficients = inverse @ x.T @ y
    residuals = y - x @ coefficients
    clusters, place = np.unique(found.dialogue, return_inverse=True)
    scores = np.zeros((len(clusters), k))
    np.add.at(scores, place, x * residuals[:, None])
    groups = len(clusters)
    small = groups / (groups - 1) * (n - 1) / (n - k)
    variance = small * inverse @ (scores.T @ scores) @ inverse
    spread = y - y.mean()
    explained = 1 - float(residuals @ residuals) / float(spread @ spread)
    errors = np.sqrt(np.diag(variance))
    return Fit(names, coefficients, errors, explained, n, groups)


def models(found: People) -> dict[str, Fit]:
    """Return the three questions: own points alone; with the distance; with ahead and behind."""
    own, apart = found.own, found.own - found.other
    ahead, behind = (apart > 0).astype(np.float64), (apart < 0).astype(np.float64)
    return {
        "own points": fit(found, {"own": own}),
        "own points, and points ahead": fit(found, {"own": own, "apart": apart}),
        "own points, ahead or behind": fit(found, {"own": own, "ahead": ahead, "behind": behind}),
    }


def report(found: People) -> str:
    """Return the fits as a table."""
    lines = [
        "| model | term | coefficient | 95 % | R² |",
        "|---|---|---|---|---|",
    ]
    for name, one in models(found).items():
        for term in one.names[1:]:
            low, high = one.interval(term)
            interval = f"{low:.3f} to {high:.3f}"
            lines.append(
                f"| {name} | {term} | {one.of(term):.3f} | {interval} | {one.r_squared:.3f} |"
            )
    first = next(iter(models(found).values()))
    lines.append(f"\n{first.people:,} people in {first.dialogues:,} agreements.")
    return "\n".join(lines)


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table; 1 if the data are not there."""
    root = os.environ.get("HIKIWAKE_SHARED")
    path = Path(root or ".") / "data" / "casino.csv"
    if root is None or not path.exists():
        print("HIKIWAKE_SHARED names no folder with data/casino.csv: nothing to fit.")
        return 1
    print(report(people(path)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
