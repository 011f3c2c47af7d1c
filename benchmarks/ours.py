"""Hikiwake's frontier of a loaded dispute: ``python ours.py named|points FOLDER``.

``tables`` instead prints everybody's points, for a peer to work on the very same numbers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from clock import points, serve

from hikiwake.api import frontier, load
from hikiwake.errors import InputError
from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.pareto.points import Points


def named(dispute: Dispute) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Any]]]:
    """``hw.frontier(dispute)``: points as fractions, a package each, gains, ties counted.

    A frontier works these out when first asked, so all of them are asked for inside the clock.
    """

    def complete() -> Any:
        found = frontier(dispute)
        assert len(found.outcomes) == len(found.exact_utilities) == len(found.gains)
        assert len(found.ties) == len(found)
        return found

    def described(found: Any) -> dict[str, Any]:
        return points(found.parties, found.utilities.tolist())

    return complete, described


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


def main() -> None:
    """Load, then answer."""
    kind, folder = sys.argv[1:]
    try:
        dispute = load(folder)
    except InputError as error:
        raise SystemExit(str(error.faults[0].found)) from None
    if kind == "tables":
        print(tables(dispute))
    else:
        serve(*{"named": named, "points": only_points}[kind](dispute))


if __name__ == "__main__":
    main()
