"""Hikiwake's frontier of a loaded dispute: ``python ours.py answered|written|points FOLDER``.

``tables`` instead prints everybody's points, for a peer to work on the very same numbers;
``all_tables FOLDER TARGET`` writes them for every two-party scenario, and ``each FOLDER``,
``each_first FOLDER`` or ``each_from_numbers FOLDER`` times these.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from clock import points, serve, serve_each

from hikiwake.api import frontier, load
from hikiwake.errors import InputError
from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.pareto.compiled import in_integers
from hikiwake.pareto.fronts.points import Points
from hikiwake.solvers import solve
from hikiwake.solvers.merging.few import Few
from hikiwake.solvers.merging.merged import Merged
from hikiwake.solvers.merging.survey import one_each


def written(dispute: Dispute) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Any]]]:
    """``hw.frontier(dispute)``: points as fractions, a package each in names, gains, ties counted.

    A frontier works these out when first asked, so all of them are asked for inside the clock.
    """

    def complete() -> Any:
        found = frontier(dispute)
        outcomes = list(found.outcomes)
        assert len(outcomes) == len(found.exact_utilities) == len(found.gains)
        assert len(found.ties) == len(found)
        return found

    def described(found: Any) -> dict[str, Any]:
        return points(found.parties, found.utilities.tolist())

    return complete, described


def answered(dispute: Dispute) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Any]]]:
    """``hw.frontier(dispute)`` as a peer answers it: points in floating point, a package each.

    The packages are known by their options, and written in names when they are looked at.
    """

    def work() -> Any:
        found = frontier(dispute)
        assert len(found.outcomes) == len(found.utilities)
        return found

    return work, lambda found: points(found.parties, found.utilities.tolist())


def from_numbers(dispute: Dispute) -> Callable[[], Any]:
    """A package for each point, from points that are numbers already: MOBANOS's start and end."""
    problem = compiled(dispute).problem

    def work() -> Any:
        solution = solve(problem)
        assert isinstance(solution, Few | Merged)
        return one_each(solution)

    return work


def only_points(dispute: Dispute) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Any]]]:
    """Every point, with what leads back to its packages, but no package written out."""

    def described(bargain: Bargain) -> dict[str, Any]:
        ends = bargain.frontier
        rows = [ends.point(row) for row in range(len(ends))] if isinstance(ends, Points) else []
        units = bargain.compiled.units
        return points(
            dispute.party_ids,
            [[float(u / unit) for u, unit in zip(row, units, strict=True)] for row in rows],
        )

    return lambda: bargain_over(compiled(dispute)), described


def first_points(dispute: Dispute) -> Callable[[], Any]:
    """Every point of a dispute seen for the first time: its integers are made each time."""
    return lambda: bargain_over(in_integers(dispute))


def tables(dispute: Dispute) -> str:
    """Return the points of a dispute without rules, red lines, bonuses or groups, as JSON."""
    problem = compiled(dispute)
    plain = problem.problem
    if plain.never or plain.extras or plain.shares or problem.tables:
        raise SystemExit("The peer knows no rules, red lines, bonuses, groups or shares.")
    parties = [
        {
            "name": party,
            "walk_away": float(dispute.walk_away(party)),
            "points": [[float(problem.points(i, o[i])) for o in issue] for issue in plain.points],
        }
        for i, party in enumerate(dispute.party_ids)
    ]
    return json.dumps({"sizes": [len(issue) for issue in plain.points], "parties": parties})


def two_party(folder: str) -> Iterator[tuple[str, Dispute]]:
    """Yield every scenario between two parties that is tables of points and nothing more."""
    for place in sorted(Path(folder).glob("*/*/")):
        try:
            dispute = load(place)
            plain = compiled(dispute).problem
        except InputError:
            continue
        if plain.parties == 2 and not (plain.never or plain.extras or plain.continuous):
            yield f"{place.parent.name}/{place.name}", dispute


def main() -> None:
    """Load, then answer."""
    kind, folder, *more = sys.argv[1:]
    each: dict[str, Callable[[Dispute], Callable[[], Any]]] = {
        "each": lambda dispute: only_points(dispute)[0],
        "each_first": first_points,
        "each_from_numbers": from_numbers,
    }
    if kind in each:
        serve_each({name: each[kind](dispute) for name, dispute in two_party(folder)})
        return
    if kind == "all_tables":
        for name, dispute in two_party(folder):
            (Path(more[0]) / f"{name.replace('/', '~')}.json").write_text(tables(dispute), "utf-8")
        return
    try:
        dispute = load(folder)
    except InputError as error:
        raise SystemExit(str(error.faults[0].found)) from None
    if kind == "tables":
        print(tables(dispute))
    else:
        serve(*{"written": written, "answered": answered, "points": only_points}[kind](dispute))


if __name__ == "__main__":
    main()
