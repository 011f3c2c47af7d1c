"""Groups not for trade of whole issues where something else is divided, in a model for CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from hikiwake.findings.talks import Hiding
from hikiwake.model import Dispute
from hikiwake.options.disclosure.between_two.corners import Corners
from hikiwake.options.disclosure.between_two.share import Share
from hikiwake.options.disclosure.between_two.staked import Staked
from hikiwake.options.disclosure.between_two.uneven import Uneven
from hikiwake.options.disclosure.hidden.unknowns import Unknowns


@dataclass(frozen=True, slots=True)
class Stakes:
    """The groups, and what the package that is known to be possible decides in each."""

    dispute: Dispute
    scale: int
    top: int
    stakes: Sequence[Staked]
    surely: Sequence[int]

    def surely_in(self, group: int) -> int:
        """Return the combination of a group in that package."""
        return self.surely[group]


def stakes_of(corners: Corners, hiding: Hiding, surely: Sequence[int]) -> Stakes:
    """Return the groups; ``surely`` are the combinations in a package known to be possible."""
    scale = next((stake.scale for stake in corners.stakes), 1)
    return Stakes(
        corners.dispute, scale, scale * int(hiding.total / hiding.step), corners.stakes, surely
    )


class Evened:
    """Which combinations of all groups together are as even as counts."""

    def __init__(
        self,
        cp: Any,
        corners: Corners,
        sides: tuple[Unknowns, Hiding],
        stakes: Stakes,
        share: Share,
    ) -> None:
        self._cp, self._corners, self._stakes = cp, corners, stakes
        self._hidden, hiding = sides
        self._step = int(hiding.step / self._hidden.unit)
        self._mosts = [self._hidden.row(own.inside.extent, stakes.scale) for own in stakes.stakes]
        self._uneven = Uneven(cp, stakes, share, self._mosts, self._step)
        self._kept: dict[tuple[int, bool], Any] = {}
        if share.worst is not None and share.given is not None:
            most, there = share.given
            cp.add(self._mosts[share.worst] == self._step * most)
            surely = self._worth(share.worst, stakes.surely[share.worst])
            cp.add(surely == self._step * there)

    def unless(self, decided: Sequence[int], closed: bool = False) -> list[Any] | None:
        """Return literals one of which holds just if combinations are less even than counts.

        With ``closed``, if they are no more even. None: they always are.
        """
        literals: list[Any] = []
        for group, inside in enumerate(decided):
            worth = self._worth(group, inside)
            found = self._uneven.literals(group, inside, worth, closed)
            if found is None:
                return None
            literals += found
        return literals

    def require(self, decided: Sequence[int]) -> None:
        """Add that combinations are as even as counts."""
        uneven = self.unless(decided)
        if uneven is None:
            self._cp.add_bool_or([])
        for literal in uneven or ():
            self._cp.add(literal == 0)

    def counts(self, combination: int, closed: bool) -> Any:
        """Return a literal that has to hold where a combination is as even as counts.

        With ``closed``, where it is more even. None: it never is.
        """
        key = combination, closed
        if key not in self._kept:
            uneven = self.unless(self._corners.decided(combination), closed)
            if uneven:
                self._kept[key] = literal = self._cp.new_bool_var("")
                self._cp.add_bool_or([literal, *uneven])
            else:
                self._kept[key] = None if uneven is None else True
        return self._kept[key]

    def require_chosen(self, group: int, places: Sequence[Sequence[Any]]) -> None:
        """Add that what is chosen in a group is as even as counts; ``places`` has a literal for
        each way to decide each of its issues."""
        for inside, chosen in enumerate(product(*places)):
            uneven = self._uneven.literals(group, inside, self._worth(group, inside), False)
            other = [~literal for literal in chosen]
            if uneven is None:
                self._cp.add_bool_or(other)
            for literal in uneven or ():
                self._cp.add_bool_or([*other, ~literal])

    def _worth(self, group: int, inside: int) -> Any:
        """Return what a combination gives the hidden side beyond its least, scaled."""
        return self._hidden.row(self._stakes.stakes[group].rows[inside], self._stakes.scale)


__all__ = ["Evened", "Stakes", "stakes_of"]
