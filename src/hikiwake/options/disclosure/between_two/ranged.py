"""What could be hidden where something is divided between two sides: the model of one case.

That no package is worth more, and that some is worth enough, is said of corners and edges (see
:mod:`hikiwake.options.disclosure.between_two.corners`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd
from typing import Any

from hikiwake.findings.talks import Hiding
from hikiwake.model import Preference
from hikiwake.options.disclosure.between_two.evened import Evened, Stakes
from hikiwake.options.disclosure.between_two.in_case import MAX_DIVIDED, Edge, InCase, Limit
from hikiwake.options.disclosure.between_two.placed import Placed
from hikiwake.options.disclosure.between_two.rows import Border, Spot
from hikiwake.options.disclosure.hidden.unknowns import numbers_of

MAX_PARTS = 50_000  # of a point, in which what a side can gain at the most is counted
_DIVIDED = 1_000  # parts of an edge, where exact ones are too many
MAX_UNLIKE = 6  # corners or edges learnt of at once after words; of a settlement more is said


@dataclass(slots=True)
class _Said:
    """A limit; ``spots`` are the packages within its border of which the model knows."""

    limit: Limit
    border: Border
    spots: set[tuple[Spot, bool]] = field(default_factory=set[tuple[Spot, bool]])


class Ranged(InCase):
    """The model."""

    _how: Mapping[str, Any] = {
        "num_workers": 1,
        "symmetry_level": 0,
        "cp_model_probing_level": 0,
        "max_presolve_iterations": 1,
        "keep_all_feasible_solutions_in_presolve": True,
        "find_big_linear_overlap": False,
        "cut_level": 0,
    }

    def heed(self, member: Preference, measured: Any) -> bool:
        """Tell whether the member that was found last shows that packages matter which were not
        looked at; then the model learns of these."""
        numbers, learnt = numbers_of(self._corners.dispute, member), False
        worth, parts = self._worths.of(numbers, Fraction(0))
        level = self._given.share.level(self._stakes)
        kept = {closed: measured.kept(member, level, closed) for closed in (False, True)}
        count = MAX_UNLIKE if self._given.meaning is None else 1
        for said in self._limits:
            limit = said.limit
            most = limit.held * self._hidden.unit * parts / limit.most[1]
            for spot, value, near in said.border.largest(worth, kept[limit.closed], count):
                if value > most or (value == most and limit.strict and not near):
                    learnt |= self._learn(said, spot, near)
                    self._worths.found[spot] = None
        return learnt

    def _even_in_groups(self, stakes: Stakes, hiding: Hiding) -> Evened:
        self._limits: list[_Said] = []
        self._chosen: dict[Edge, Placed] = {}
        sides = self._hidden, hiding
        return Evened(self._cp, self._corners, sides, stakes, self._given.share)

    def _counted(self) -> tuple[int, int]:
        divided = self._corners.parts_of_edges(MAX_PARTS)
        parts = divided * self._worths.parts
        exact = parts <= MAX_PARTS
        self._divided = divided if exact else _DIVIDED
        return (parts, 0) if exact else (MAX_PARTS, 1)

    def _no_more(self, limit: Limit) -> None:
        said = _Said(limit, Border(self._worths, *limit.least))
        self._held.append(limit)
        self._limits.append(said)
        for spot, near in said.border.known(self._worths.found):
            self._learn(said, spot, near)

    def _learn(self, said: _Said, spot: Spot, near: bool) -> bool:
        """Add that a package is worth no more; false where that was done before."""
        if (spot, near) in said.spots:
            return False
        said.spots.add((spot, near))
        limit, (bound, times) = said.limit, said.limit.most
        combination = int(self._corners.combination[spot[0]])
        counts = self._evened.counts(combination, limit.closed)
        if counts is not None:
            row = said.border.row(spot)
            parts = min(row.parts, MAX_DIVIDED)
            common = gcd(times, parts)
            numbers = (part * parts // row.parts for part in row.numbers)
            worth = times // common * self._sum(numbers)
            least = worth + (limit.strict and not near)
            self._cp.add(least <= parts // common * bound).only_enforce_if(counts)
        return True

    def _some(self, least: Edge, most: tuple[Any, int], above: bool = False) -> None:
        if least not in self._chosen:
            self._chosen[least] = self._placed(least)
        placed, (bound, times) = self._chosen[least], most
        common = gcd(times, placed.parts)
        kept = times // common * placed.worth >= placed.parts // common * bound + above
        self._cp.add(kept)

    def _placed(self, least: Edge) -> Placed:
        """Return a package to be chosen that gives the known side so much: a best one of these."""
        exact = not self._slack and least == (0, False)
        finely = self._given.finely and not exact
        divided = max(self._divided, _DIVIDED) if finely else self._divided
        found = Placed(self._cp, (self._worths, self._hidden, self._evened), divided, exact)
        found.reach(*least)
        return found


__all__ = ["Ranged"]
