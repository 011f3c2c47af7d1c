"""What people reached in 1,030 real negotiations, beside what the rules answer: CaSiNo.

    HIKIWAKE_SHARED=… python benchmarks/casino.py            prints the comparison
    HIKIWAKE_SHARED=… python benchmarks/casino.py --write    and puts it into CASINO.md

Two campers divide three packages each of firewood, food and water. Each ranks the three: a package
is worth 5, 4 or 3 points. Walking away is worth 5 points (Chawla et al., NAACL 2021, CC BY 4.0).
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from time import perf_counter, process_time

from hikiwake.api import settle
from hikiwake.model import (
    Amount,
    Curve,
    Dispute,
    FrozenMap,
    Item,
    Outcome,
    Party,
    Preference,
    Table,
    Value,
)
from hikiwake.properties import PROPERTIES
from hikiwake.settlement import Settlement

KINDS = ("firewood", "food", "water")
PACKAGES = 3
WALK_AWAY = Fraction(5)
PARTIES = ("a", "b")
RULES = ("draw", "egalitarian", "nash")
RESULTS = Path(__file__).resolve().parent / "CASINO.md"

Worth = tuple[int, int, int]  # points for a package of each kind


@dataclass(frozen=True)
class Camp:
    """One negotiation: what packages are worth to each side, and what a got, if they agreed."""

    worth: tuple[Worth, Worth]
    got: tuple[int, int, int] | None
    points: tuple[int, int]


def camps(path: Path) -> list[Camp]:
    """Return every negotiation of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_camp(row) for row in csv.DictReader(file)]


def _camp(row: dict[str, str]) -> Camp:
    a, b = (tuple(int(row[f"{party}_{kind}"]) for kind in KINDS) for party in PARTIES)
    got = None
    if row["walked_away"] == "0":
        first, second, third = (int(row[f"a_gets_{kind}"]) for kind in KINDS)
        got = (first, second, third)
    return Camp(_both(a, b), got, (int(row["a_points"]), int(row["b_points"])))


def _both(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[Worth, Worth]:
    (p, q, r), (x, y, z) = a, b
    return (p, q, r), (x, y, z)


def amounts(worth: tuple[Worth, Worth]) -> Dispute:
    """Return the dispute over how many packages of each kind side a gets; side b gets the rest."""
    whole = Fraction(PACKAGES)
    curves = {
        "a": [((Fraction(0), Fraction(0)), (whole, whole * points)) for points in worth[0]],
        "b": [((Fraction(0), whole * points), (whole, Fraction(0))) for points in worth[1]],
    }
    issues = tuple(Amount(kind, Fraction(0), whole, Fraction(1)) for kind in KINDS)
    return _dispute(
        issues,
        {
            party: {k: Curve(c) for k, c in zip(KINDS, curves[party], strict=True)}
            for party in curves
        },
    )


@cache
def things(worth: tuple[Worth, Worth]) -> Dispute:
    """Return the same dispute over nine things, so that it can be asked who envies whom."""
    issues = tuple(Item(f"{kind}_{n}") for kind in KINDS for n in range(PACKAGES))
    points = {
        party: {
            f"{kind}_{n}": Table(
                FrozenMap({p: Fraction(own if p == party else 0) for p in PARTIES})
            )
            for kind, own in zip(KINDS, worth[i], strict=True)
            for n in range(PACKAGES)
        }
        for i, party in enumerate(PARTIES)
    }
    return _dispute(issues, points)


def _dispute(
    issues: Sequence[Amount] | Sequence[Item],
    points: dict[str, dict[str, Curve]] | dict[str, dict[str, Table]],
) -> Dispute:
    preferences = {
        party: Preference(party, FrozenMap(points[party]), walk_away=WALK_AWAY) for party in PARTIES
    }
    return Dispute(
        parties=tuple(Party(party) for party in PARTIES),
        issues=tuple(issues),
        preferences=FrozenMap(preferences),
        common_scale=True,
    )


def owners(got: Iterable[int]) -> Outcome:
    """Return who has each of the nine things, if side a gets so many of each kind."""
    return FrozenMap[str, Value](
        {
            f"{kind}_{n}": PARTIES[n >= count]
            for kind, count in zip(KINDS, got, strict=True)
            for n in range(PACKAGES)
        }
    )


def numbers(got: Iterable[int]) -> Outcome:
    """Return how many of each kind side a gets, as the amounts of a package."""
    return FrozenMap[str, Value](dict(zip(KINDS, map(Fraction, got), strict=True)))


@cache
def efficient(worth: tuple[Worth, Worth], got: tuple[int, ...]) -> bool:
    """Tell whether no other division is better for one side and worse for none."""
    return PROPERTIES["pareto_optimal"](amounts(worth), numbers(got)).holds is True


@cache
def envy_free(worth: tuple[Worth, Worth], got: tuple[int, ...]) -> bool:
    """Tell whether neither side would rather have what the other got."""
    return PROPERTIES["envy_free"](things(worth), owners(got)).holds is True


@cache
def best_minimum(worth: tuple[Worth, Worth]) -> Fraction:
    """Return the most points that both sides can have at the least."""
    utilities = settle(amounts(worth), "egalitarian").utilities
    assert utilities is not None
    return min(utilities.values())


@dataclass(frozen=True)
class Reached:
    """What came out of many negotiations: counts of deals with a property, means of points."""

    tried: int
    deals: int
    efficient: int
    envy_free: int
    equal: int
    best: int
    least: Fraction
    hoped: Fraction
    total: Fraction


def reached(camps: Sequence[Camp]) -> Reached:
    """Count what the deals have: all but the number of deals is about deals alone."""
    deals = [(camp, camp.got) for camp in camps if camp.got is not None]

    def count(holds: Callable[[Camp, tuple[int, int, int]], bool]) -> int:
        return sum(holds(camp, got) for camp, got in deals)

    def mean(value: Callable[[Camp], Fraction | int]) -> Fraction:
        return sum((Fraction(value(camp)) for camp, _ in deals), Fraction(0)) / len(deals)

    return Reached(
        tried=len(camps),
        deals=len(deals),
        efficient=count(lambda camp, got: efficient(camp.worth, got)),
        envy_free=count(lambda camp, got: envy_free(camp.worth, got)),
        equal=count(lambda camp, _: camp.points[0] == camp.points[1]),
        best=count(lambda camp, _: min(camp.points) == best_minimum(camp.worth)),
        least=mean(lambda camp: min(camp.points)),
        hoped=mean(lambda camp: best_minimum(camp.worth)),
        total=mean(lambda camp: sum(camp.points)),
    )


def answered(camps: Sequence[Camp], rule: str) -> tuple[list[Settlement], float, float]:
    """Settle every negotiation, each anew, and return the seconds: passed, and of this process."""
    disputes = [amounts(camp.worth) for camp in camps]
    began, own = perf_counter(), process_time()
    settlements = [settle(dispute, rule) for dispute in disputes]
    return settlements, perf_counter() - began, process_time() - own


def as_camp(camp: Camp, settlement: Settlement) -> Camp:
    """Return the negotiation as a rule would have ended it."""
    if settlement.outcome is None or settlement.utilities is None:
        return Camp(camp.worth, None, (int(WALK_AWAY), int(WALK_AWAY)))
    first, second, third = (int(str(settlement.outcome[kind])) for kind in KINDS)
    a, b = (int(settlement.utilities[party]) for party in PARTIES)
    return Camp(camp.worth, (first, second, third), (a, b))


def report(camps: Sequence[Camp]) -> list[str]:
    """Return the comparison, as the lines of a Markdown page."""
    columns = {"people": reached(camps)}
    times: list[str] = []
    for rule in RULES:
        settlements, seconds, own = answered(camps, rule)
        columns[f"`{rule}`"] = reached(list(map(as_camp, camps, settlements)))
        draws = sum(settlement.status.value == "draw" for settlement in settlements)
        times.append(
            f"- `{rule}`: {len(settlements):,} disputes settled one by one in {seconds:.2f} s "
            f"({own:.2f} s of processor time); {draws:,} answers are a draw, "
            f"{len(settlements) - draws:,} are not."
        )
    possible = sum(
        any(envy_free(camp.worth, got) for got in divisions()) for camp in camps if camp.got
    )
    rows = [[label, *(cell(r) for r in columns.values())] for label, cell in CELLS]
    table = [["of the deals", *columns], ["---"] * (len(columns) + 1), *rows]
    return [
        *("| " + " | ".join(row) + " |" for row in table),
        "",
        f"Possible without envy: {_percent(possible, columns['people'].deals)} of the deals.",
        "",
        *times,
    ]


def divisions() -> list[tuple[int, int, int]]:
    """Return every way to divide the packages: what side a gets of each kind."""
    each = range(PACKAGES + 1)
    return [(first, second, third) for first in each for second in each for third in each]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"


CELLS: tuple[tuple[str, Callable[[Reached], str]], ...] = (
    ("deals, of the negotiations", lambda r: f"{r.deals:,} of {r.tried:,}"),
    ("Pareto-efficient", lambda r: _percent(r.efficient, r.deals)),
    ("envy-free", lambda r: _percent(r.envy_free, r.deals)),
    ("equal in points", lambda r: _percent(r.equal, r.deals)),
    ("the best possible minimum", lambda r: _percent(r.best, r.deals)),
    ("mean of the smaller score", lambda r: f"{float(r.least):.2f}"),
    ("… of the best possible", lambda r: f"{float(r.hoped):.2f}"),
    ("mean sum of both scores", lambda r: f"{float(r.total):.2f}"),
)

PAGE = """\
# What people reach, and what a rule answers

1,030 real negotiations between two people over three packages each of firewood, food and water:
CaSiNo (Chawla, Ramirez, Clever, Lucas, May and Gratch, NAACL 2021, CC BY 4.0). A package is worth
5, 4 or 3 points to a side, walking away is worth 5. The points are the ones that people were given,
not what they told each other. `egalitarian` has the best possible minimum by definition.

Made by `HIKIWAKE_SHARED=… python benchmarks/casino.py --write`.

"""


def main(arguments: Sequence[str]) -> int:
    """Print the comparison, and write it where it was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="put the comparison into CASINO.md")
    asked = parser.parse_args(arguments)
    shared = os.environ.get("HIKIWAKE_SHARED")
    path = Path(shared, "data", "casino.csv") if shared else None
    if path is None or not path.is_file():
        print("HIKIWAKE_SHARED names no folder with data/casino.csv: nothing to compare.")
        return 1
    lines = report(camps(path))
    print("\n".join(lines))
    if asked.write:
        RESULTS.write_text(PAGE + "\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
