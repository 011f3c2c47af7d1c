"""NegMAS's frontier of a dispute: ``python negmas_peer.py enumeration|mobanos TABLES``.

TABLES is a file with everybody's points as Hikiwake reads them (``ours.py tables``): the two read
GENIUS files differently, and would not do the same work otherwise. ``once FOLDER`` instead does it
all in one process, by NegMAS's own reading: import, read, enumerate, write out.
Runs in the peers' own virtual environment. What is timed is said in README.md.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from clock import points, serve, serve_each


def ufuns_of(tables: Path) -> Any:
    """Return a linear additive utility function a party, over one outcome space."""
    from negmas.outcomes import make_issue, make_os  # pyright: ignore[reportMissingImports]
    from negmas.preferences import (  # pyright: ignore[reportMissingImports]
        LinearAdditiveUtilityFunction,
    )

    given = json.loads(tables.read_text("utf-8"))
    options = [[str(j) for j in range(size)] for size in given["sizes"]]
    space = make_os([make_issue(names, f"issue{k}") for k, names in enumerate(options)])
    return [
        LinearAdditiveUtilityFunction(
            values=[
                dict(zip(names, row, strict=True))
                for names, row in zip(options, party["points"], strict=True)
            ],
            weights=[1.0] * len(options),
            outcome_space=space,
            reserved_value=party["walk_away"],
            name=party["name"],
        )
        for party in given["parties"]
    ]


def enumeration(tables: Path) -> None:
    """``pareto_frontier``: every outcome is looked at. Any number of parties."""
    from negmas.preferences import pareto_frontier  # pyright: ignore[reportMissingImports]

    ufuns = ufuns_of(tables)
    names = [ufun.name for ufun in ufuns]
    few = list(islice(ufuns[0].outcome_space.enumerate_or_sample(), 64))
    pareto_frontier(ufuns, outcomes=few)  # so that nothing is compiled inside the clock
    serve(lambda: pareto_frontier(ufuns), lambda found: points(names, found[0]))


def mobanos(tables: Path) -> None:
    """``MOBANOSParetoSampler.init``: one issue at a time. Two parties."""
    from negmas.preferences import MOBANOSParetoSampler  # pyright: ignore[reportMissingImports]

    first, second = ufuns_of(tables)

    def work() -> Any:
        sampler = MOBANOSParetoSampler()
        sampler.init(first, second)
        return sampler

    def described(sampler: Any) -> dict[str, Any]:
        found = sampler.pareto_outcomes(min_util=float("-inf"))
        rows = [(float(first(outcome)), float(second(outcome))) for outcome in found]
        return points([first.name, second.name], rows)

    serve(work, described)


def mobanos_each(folder: Path) -> None:
    """MOBANOS on every file of tables in a folder."""
    from negmas.preferences import MOBANOSParetoSampler  # pyright: ignore[reportMissingImports]

    def work(first: Any, second: Any) -> Callable[[], Any]:
        return lambda: MOBANOSParetoSampler().init(first, second)

    files = sorted(folder.glob("*.json"))
    serve_each({file.stem.replace("~", "/"): work(*ufuns_of(file)) for file in files})


def once(folder: Path) -> None:
    """Print the points that enumeration finds."""
    from negmas.inout import Scenario  # pyright: ignore[reportMissingImports]
    from negmas.preferences import pareto_frontier  # pyright: ignore[reportMissingImports]

    scenario: Any = Scenario.from_genius_folder(folder)
    print(pareto_frontier(scenario.ufuns)[0])


def main() -> None:
    """Do what is asked."""
    warnings.simplefilter("ignore")
    kind, path = sys.argv[1:]
    kinds = {
        "enumeration": enumeration,
        "mobanos": mobanos,
        "mobanos_each": mobanos_each,
        "once": once,
    }
    kinds[kind](Path(path))


if __name__ == "__main__":
    main()
