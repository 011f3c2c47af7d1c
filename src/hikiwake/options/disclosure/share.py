"""Groups not for trade between two sides: what is even there, in a case of what can be hidden.

Notation: in a group a package is worth G to the hidden side, and one is worth M at the most; it
gives the known side the part a of what that could get. It is uneven by |G ÷ M - a|. Each condition
is linear in G and M, so that they need not be given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from hikiwake.options.disclosure.board import Board, Place


@dataclass(frozen=True, slots=True)
class Apart:
    """That q times (``times``·G + ``there``·G of the package known to be possible) > p·M + least.

    All are whole.
    """

    times: int
    there: int
    q: int
    p: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What counts as even: the tolerance, or what the package known to be possible has of it.

    No package that all accept is more even, where that is not within the tolerance (H8). Then it is
    least even in the group ``worst``, where it gives the hidden side more than its part (``sign``
    is 1) or less (-1). ``given`` is M and G there; where it is not, there is one group alone.
    ``most`` is M of the first group, where that is given.
    """

    worst: int | None = None
    sign: int = 0
    given: tuple[int, int] | None = None
    most: int | None = None

    def outside(self, board: Board, group: int, place: Place, closed: bool) -> list[Apart] | None:
        """Return conditions one of which holds where a combination is less even than counts.

        With ``closed``, where it is no more even. None: it always is.
        """
        part, most = board.stakes[group].part(place), self._most_of(group)
        if self.sign and self.given is None:
            there = board.stakes[group].part(board.surely_in(group))
            sides = [(1, -self.sign, part - self.sign * there)]
            sides += [(-1, -self.sign, -part - self.sign * there)]
        else:
            level = self._level(board)
            sides = [(1, 0, part + level), (-1, 0, level - part)]
        found: list[Apart] = []
        for times, other, limit in sides:
            largest = max(times, 0) + max(other, 0)  # so many times M, at the most
            smallest = min(times, 0) + min(other, 0)
            if most is not None:
                least = ceil(limit * most) - 1 if closed else floor(limit * most)
                if least < smallest * most:
                    return None
                if least < largest * most:
                    found.append(Apart(times, other, 1, 0, least))
            elif limit < largest or (closed and limit == largest):
                p, q = _simplest(limit, board.scale, board.top, closed)
                found.append(Apart(times, other, q, p))
        return found

    def _most_of(self, group: int) -> int | None:
        if self.given is not None and group == self.worst:
            return self.given[0]
        return self.most if group == 0 else None

    def _level(self, board: Board) -> Fraction:
        if self.worst is None or self.given is None:
            return board.dispute.tolerance
        most, there = self.given
        part = board.stakes[self.worst].part(board.surely_in(self.worst))
        return abs(Fraction(there, most) - part)

    def parts(self, board: Board) -> list[Share]:
        """Return the same, M of the first group being given in each, then G; none: they are."""
        if not board.stakes or self.given is not None:
            return []
        if self.most is None:
            return [replace(self, most=most) for most in range(0, board.top + 1, board.scale)]
        if self.worst is None or not self.most:
            return []
        return [replace(self, given=(self.most, there)) for there in range(self.most + 1)]


def shares(board: Board) -> Iterator[Share]:
    """Yield every way in which the groups can matter."""
    yield from (Share().parts(board) if len(board.stakes) == 1 else [Share()])
    for group, stake in enumerate(board.stakes):
        part = stake.part(board.surely_in(group))
        for most in range(board.scale, board.top + 1, board.scale):
            for there in range(most + 1):
                apart = Fraction(there, most) - part
                if abs(apart) > board.dispute.tolerance:
                    yield Share(group, 1 if apart > 0 else -1, (most, there))


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
