"""Groups not for trade between two sides: what is even there, in a case of what can be hidden.

Notation: in a group a package gives the hidden side G beyond its least, and one M at the most; it
gives the known side the part a of what that could get. It is uneven by |G ÷ M - a|. Each condition
is linear in G and M, so that they need not be given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Any, Protocol

from hikiwake.model import Dispute


class Stake(Protocol):
    """A group in which the known side has a stake. M is a multiple of ``grain``."""

    @property
    def grain(self) -> int:
        """Of what M is a multiple."""
        ...

    def part(self, place: Any, /) -> Fraction:
        """Return what a combination gives the known side of its most."""
        ...


class Staking(Protocol):
    """All such groups. ``top`` is the most that anything is worth to the hidden side, in steps of
    the grid and times ``scale``, with which every combination is worth a whole number."""

    @property
    def dispute(self) -> Dispute:
        """The dispute."""
        ...

    @property
    def scale(self) -> int:
        """By what is multiplied."""
        ...

    @property
    def top(self) -> int:
        """The most."""
        ...

    @property
    def stakes(self) -> Sequence[Stake]:
        """The groups."""
        ...

    def surely_in(self, group: int) -> Any:
        """Return the combination of a group in the package that is known to be possible."""
        ...


@dataclass(frozen=True, slots=True)
class Apart:
    """That q · ``times`` · G > p·M + least. All are whole."""

    times: int
    q: int
    p: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What counts as even: the tolerance, or what the package known to be possible has of it.

    No package that all accept is more even, where that is not within the tolerance (H8). Then it is
    least even in the group ``worst``. ``given`` is M and G there, or in the only group.
    """

    worst: int | None = None
    given: tuple[int, int] | None = None

    def outside(self, board: Staking, group: int, place: Any, closed: bool) -> list[Apart] | None:
        """Return conditions one of which holds where a combination is less even than counts.

        With ``closed``, where it is no more even. None: it always is.
        """
        part, level = board.stakes[group].part(place), self.level(board)
        most = self.given[0] if self.given and group == (self.worst or 0) else None
        found: list[Apart] = []
        for times, limit in ((1, part + level), (-1, level - part)):
            largest, smallest = max(times, 0), min(times, 0)  # so many times M
            if most is not None:
                least = ceil(limit * most) - 1 if closed else floor(limit * most)
                if least < smallest * most:
                    return None
                if least < largest * most:
                    found.append(Apart(times, 1, 0, least))
            elif limit < largest or (closed and limit == largest):
                p, q = _simplest(limit, board.stakes[group].grain, board.top, closed)
                found.append(Apart(times, q, p))
        return found

    def level(self, board: Staking) -> Fraction:
        """Return how uneven a combination may be that still counts as even."""
        if self.worst is None or self.given is None:
            return board.dispute.tolerance
        most, there = self.given
        part = board.stakes[self.worst].part(board.surely_in(self.worst))
        return abs(Fraction(there, most) - part)


USUAL = Share()


def shares(board: Staking, each: bool) -> Iterator[Share]:
    """Yield every way in which groups can matter; with ``each`` all that one alone can be worth."""
    alone = each and len(board.stakes) == 1
    yield Share(given=(0, 0)) if alone else USUAL
    for group, stake in enumerate(board.stakes):
        part = stake.part(board.surely_in(group))
        for most in range(stake.grain, board.top + 1, stake.grain):
            for there in range(most + 1):
                if abs(Fraction(there, most) - part) > board.dispute.tolerance:
                    yield Share(group, (most, there))
                elif alone:
                    yield Share(given=(most, there))


@lru_cache(maxsize=10_000)
def _simplest(part: Fraction, step: int, top: int, closed: bool) -> tuple[int, int]:
    """Return a simple fraction p ÷ q so that a whole number is more than part·M just where it is
    more than p·M ÷ q, for each M up to the top but 0; ``closed``: where it is as much, or more."""
    mosts = range(step, top + 1, step)
    edges = [(ceil(part * most) - 1 if closed else floor(part * most), most) for most in mosts]
    low = max(Fraction(edge, most) for edge, most in edges)
    high = min(Fraction(edge + 1, most) for edge, most in edges)
    q = 1
    while (p := ceil(low * q)) >= high * q:
        q += 1
    return p, q
