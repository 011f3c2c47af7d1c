"""What a small program needs to establish anew that a package is a draw whatever the sides meant.

The form, and what it claims, stand in docs/reference/robust-certificate.md; the small program is
``proof/robust_checker.py``. Every claim about all packages is a tree of cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from hikiwake.findings.sureness import Robustness
from hikiwake.model import Dispute
from hikiwake.options.sureness.draws import Reach
from hikiwake.options.sureness.gains import Shown, compared_ends
from hikiwake.options.sureness.guesses import Box, at
from hikiwake.options.sureness.robustness import Ground, ground_of, sets_of
from hikiwake.options.sureness.trees.cases import Cases, Unproved
from hikiwake.options.sureness.trees.questions import (
    better,
    dear,
    fitting,
    less_gain,
    not_summed,
    possibly_even,
    sets_from,
)
from hikiwake.options.sureness.trees.rows import Asked
from hikiwake.options.sureness.trees.statement import (
    Line,
    Stated,
    minus,
    package_of,
    robust_statement,
    written,
)
from hikiwake.pareto.compiled import compiled
from hikiwake.settlement import Settlement

VERSION = 3
MAX_HOPES = 3
MAX_INSIDE = 1_000  # combinations of a group that is not for trade

Json = Any


def robust_certificate(
    dispute: Dispute, settlement: Settlement, found: Robustness
) -> dict[str, Json] | None:
    """Return the certificate of how far a draw holds, JSON-ready. It holds everybody's points.

    It claims a draw for all answers in the ranges, where that holds, and for errors up to the
    radius; None if neither is proved.

    Raises
    ------
    Unproved
        If what is proved has no tree of cases that is small enough.
    """
    inside = max((len(table.parts) for table in compiled(dispute).tables), default=0)
    if inside > MAX_INSIDE:
        raise Unproved(
            f"a group has {inside:,} combinations, and certificates cover {MAX_INSIDE:,}"
        )
    wanted = claimed(found)
    if not wanted:
        return None
    statement = robust_statement(dispute)
    stated, ground = Stated.of(statement), ground_of(dispute, found.outcome)
    package = package_of(compiled(dispute), found.outcome)
    claims: list[Json] = []
    for error, ranges in wanted:
        boxes = sets_of(ground, settlement, error, own_ranges=ranges)
        if (why := not_summed(ground, boxes)) is not None:
            raise Unproved(why)
        claim = _Claim(ground, stated, boxes, package).made()
        claims.append({"error": str(error), "ranges": ranges, **claim})
    return {
        "hikiwake_robust": VERSION,
        "dispute": statement,
        "package": written(package),
        "ideals": list(_ideals(ground, stated, settlement)),
        "claims": claims,
    }


def claimed(found: Robustness) -> list[tuple[Fraction, bool]]:
    """Return what a certificate can claim: for which errors, and whether in the ranges as well."""
    ranges = [(found.error, True)] if found.holds else []
    return ranges + ([(found.radius, False)] if found.radius else [])


def _ideals(ground: Ground, stated: Stated, settlement: Settlement) -> Iterator[Json]:
    """Yield what each side could hope for as answered, and why it is no more."""
    boxes = [at(side, side.given) for side in ground.sides]
    sets, even = sets_from(stated, boxes), possibly_even(ground, boxes)
    stated, fits = fitting(ground, stated, boxes)
    for n, side in enumerate(ground.sides):
        ideal = settlement.ideals[side.party]
        assert ideal is not None
        most = ideal - settlement.walk_away[side.party]
        asked = [
            Asked(m, Fraction(1), {}, -most if m == n else Fraction(0), m == n)
            for m in range(len(boxes))
        ]
        yield {"most": str(most), "cases": Cases(stated, sets, even, [*asked, *fits]).tree()}


class _Claim:
    """That a package is a draw for all that the sides may have meant in some sets."""

    def __init__(self, ground: Ground, stated: Stated, boxes: Sequence[Box], package: Json) -> None:
        self._known: Reach = ground.reach(boxes)
        assert self._known.proved
        self._ends = compared_ends(self._known.least, self._known.most)
        self._stated, self._dispute = stated, ground.dispute
        self._sets, self._even = sets_from(stated, boxes), possibly_even(ground, boxes)
        self._extended, self._fits = fitting(ground, stated, boxes)
        found = compiled(ground.dispute)

        def named(shown: Shown) -> tuple[list[Json], list[tuple[Json, Fraction]]]:
            mixture = [(package_of(found, own), weight) for own, weight in shown.mixture]
            return [package_of(found, own) for own in shown.hopes[:MAX_HOPES]], mixture

        shown = [
            named(one) if end else ([], [])
            for one, end in zip(ground.shown(boxes), self._ends, strict=True)
        ]
        self._hopes = [hopes for hopes, _ in shown]
        self._mixtures = [mixture for _, mixture in shown]
        self._own = [stated.line(n, package) for n in range(len(boxes))]

    def made(self) -> dict[str, Json]:
        """Return the claim, with a tree for all that it says of all packages."""
        many = range(len(self._sets))
        self._ask_lines()
        hopes, floors = self._lines(), [end and end[0] for end in self._ends]
        asked = {
            "least": [less_gain(self._own, floors[n], n) for n in many],
            "better": [better(self._own, n) for n in many],
            "price": [dear(self._own, self._ends, hopes, (self._dispute.price, n)) for n in many],
        }
        trees = {
            name: [
                Cases(self._extended, self._sets, self._even, [*one, *self._fits]).tree()
                for one in each
            ]
            for name, each in asked.items()
        }
        sides = [
            {
                "least": None if floors[n] is None else str(floors[n]),
                "most": [[written(own), str(weight)] for own, weight in self._mixtures[n]],
                "hopes": [*map(written, self._hopes[n])],
                "multipliers": [[str(y) for y in ys] for ys in self._sets[n].multipliers],
            }
            for n in many
        ]
        return {"sides": sides, **trees}

    def _ask_lines(self) -> None:
        """Learn multipliers for what is said of single packages."""
        for n, meant in enumerate(self._sets):
            own = self._own[n]
            meant.learn(minus({}, own))
            for hope in self._hopes[n]:
                meant.learn(minus({}, self._stated.line(n, hope)))
            more = own
            for package, weight in self._mixtures[n]:
                more = minus(more, self._stated.line(n, package), weight)
                self._accept(n, package)
            meant.learn(more)
            for hope in self._hopes[n]:
                self._accept(n, hope)

    def _accept(self, side: int, package: Json) -> None:
        for n, meant in enumerate(self._sets):
            if n != side:
                meant.learn(minus({}, self._stated.line(n, package)))

    def _lines(self) -> list[list[Line]]:
        pairs = enumerate(self._hopes)
        return [[self._stated.line(n, hope) for hope in hopes] for n, hopes in pairs]
