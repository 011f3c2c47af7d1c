"""All packages between two sides, as one who looks sees them: what each gives the known side.

Notation: numbers are whole. ``gained`` is what a package gives the known side beyond its walk-away
value; below 0: it is not possible, whatever the hidden side wants. Issues come in an order of their
own, those of groups that are not for trade first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import Talks, Word
from hikiwake.model import Dispute, Group, Issue, Outcome
from hikiwake.options.disclosure.hidden.inside import Inside
from hikiwake.options.disclosure.hidden.unknowns import scale_of
from hikiwake.options.disclosure.models.diagram import Diagram, diagram_of
from hikiwake.options.disclosure.told.listed import Listed
from hikiwake.options.disclosure.told.shown import Shown

Array = NDArray[Any]
Place = tuple[int, ...]

MAX_COMBINATIONS = 4_000  # of the issues of groups


@dataclass(frozen=True, slots=True)
class Stake:
    """The known side's stake in a group: how many parts of ``extent`` a combination gives it.

    The issues of the group are those from ``first`` to before ``last``. ``inside`` is how the
    hidden side has it; what that could get at the most is a multiple of ``grain``.
    """

    first: int
    last: int
    got: Array
    extent: int
    inside: Inside
    grain: int

    def part(self, place: Place) -> Fraction:
        """Return what a combination of the group's issues gives the known side of its most."""
        return Fraction(int(self.got[place]), self.extent)


class Board:
    """The packages. ``depth`` issues are those of groups in which the known side has a stake.

    ``top`` is the most that anything can be worth to the hidden side, in steps of the grid.
    """

    def __init__(
        self, dispute: Dispute, table: Listed, talks: Talks, shown: Shown | None = None
    ) -> None:
        self.dispute, self.hidden, self.talks, self.shown = dispute, table.party, talks, shown
        staked = list(table.stakes())
        inside = [issue for group, *_ in staked for issue in group.issues]
        ids = [issue.id for issue in dispute.issues]
        order = [ids.index(issue) for issue in inside]
        self._order = order = [*order, *(n for n in range(len(ids)) if n not in order)]
        self.depth = len(inside)
        self.scale = scale_of(dispute)
        self.top = self.scale * table.shape.total
        self.issues: list[Issue] = [dispute.issues[n] for n in order]
        self.ways = [dispute.decisions_of(issue) or () for issue in self.issues]
        self.gained: Array = np.ascontiguousarray(table.gained.transpose(order))
        self.stakes = list(self._stakes(staked))

    @cached_property
    def steps(self) -> list[int]:
        """Everything that the known side can gain, in order."""
        return [int(gain) for gain in np.unique(self.gained[self.gained >= 0])]

    @cached_property
    def reaches(self) -> list[int]:
        """What the known side could gain at the most, by what it saw of its gains."""
        return self.steps if self.shown is None else self.shown.reaches(self.steps)

    def diagram(self, least: int, before: bool = False) -> Diagram:
        """Return the packages that give the known side at least so much.

        With ``before``, of those that give it just that only what comes before the shown one.
        """
        if (least, before) not in self._diagrams:
            members = (self.gained >= least + before).astype(bool)
            if before and self.shown is not None:
                places = self.shown.before(least)
                members[tuple(places[n] for n in self._order)] = True
            self._diagrams[least, before] = diagram_of(members)
        return self._diagrams[least, before]

    def place(self, outcome: Outcome) -> Place:
        """Return the option of each issue."""
        pairs = zip(self.issues, self.ways, strict=True)
        return tuple(list(values).index(outcome[issue.id]) for issue, values in pairs)

    def combinations(self, depth: int) -> Iterator[Place]:
        """Yield the combinations of the first issues, in C order."""
        yield from product(*(range(len(values)) for values in self.ways[:depth]))

    def places_in(self, group: int) -> Iterator[Place]:
        """Yield the combinations of the issues of a group, in C order."""
        stake = self.stakes[group]
        yield from product(*(range(len(v)) for v in self.ways[stake.first : stake.last]))

    def told(self, *words: Word) -> list[Place]:
        """Return the packages of which one of these words was told, or follows."""
        return list(map(self.place, self.talks.said(*words)))

    @cached_property
    def unbettered(self) -> list[Place]:
        """The packages that nothing betters for one side, with what they give the other."""
        places = map(self.place, self.talks.implied.unbettered)
        return [place for place in places if self.gained[place] >= 0]

    @cached_property
    def better(self) -> list[tuple[Place, Place]]:
        """Packages of which both sides get more from the first than from the second."""
        return [(self.place(one), self.place(other)) for one, other in self.talks.implied.better]

    def surely_in(self, group: int) -> Place:
        """Return what that package decides in a group."""
        return self.surely[self.stakes[group].first : self.stakes[group].last]

    @cached_property
    def surely(self) -> Place:
        """A package that was told or shown to be possible."""
        if self.shown is not None:
            return self.place(self.shown.outcome)
        return self.told(Word.EVEN, Word.NOT_EVEN)[0]

    def _stakes(self, staked: Iterable[tuple[Group, Array, int, Inside]]) -> Iterator[Stake]:
        first = 0
        for group, got, extent, inside in staked:
            last = first + len(group.issues)
            yield Stake(first, last, got, extent, inside, self.scale // inside.parts)
            first = last

    @cached_property
    def _diagrams(self) -> dict[tuple[int, bool], Diagram]:
        return {}


def covered(dispute: Dispute, talks: Talks) -> bool:
    """Tell whether what was told is covered: two sides, and a package possible if groups matter."""
    inside = [issue for group in dispute.groups if group.not_for_trade for issue in group.issues]
    if len(dispute.parties) != 2:
        return False
    if not inside:
        return True
    ways = (len(dispute.decisions_of(dispute.issue(issue)) or ()) for issue in inside)
    said = any(True for _ in talks.said(Word.EVEN, Word.NOT_EVEN))
    return (said or talks.shown is not None) and prod(ways) <= MAX_COMBINATIONS
