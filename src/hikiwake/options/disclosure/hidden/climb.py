"""Members that would have told the same, found step by step: each surely is still possible.

From members that are known to fit, one number after the other is driven as far as it goes, and
what that disturbs is mended by small steps elsewhere. Nothing here shows that a number goes no
further: see :mod:`hikiwake.options.disclosure.models.relaxed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from hikiwake.model import WALK_AWAY, Answer
from hikiwake.options.disclosure.hidden.members import Member, Shape

STEPS = 40  # looks for one step of one number
STARTS = 2  # members from which that is tried
FIRST = 1_500  # looks for a first member that fits

Far = Callable[[Member], float]


class Climb:
    """Looks for members of which ``far`` is 0 with every number as small and as large as it goes.

    ``fits`` is asked of each of them in the end: there may be more to what was told.
    """

    def __init__(
        self, shape: Shape, far: Far, fits: Callable[[Member], bool], seed: int = 0
    ) -> None:
        self._shape, self._far, self._fits = shape, far, fits
        self._chance = Random(seed)
        self._looked: dict[Member, float] = {}
        self.found: list[Member] = []

    def widen(self, starts: Iterable[Member]) -> list[Member]:
        """Return members that fit, the extremes of every number that were found among them."""
        begin = list(starts)
        for member in begin:
            self._note(member)
        if not self.found:
            self._first(begin)
        numbers = [WALK_AWAY, *(answer for own in self._shape.answers for answer in own)]
        for answer in numbers if self.found else ():
            highest = self._shape.highest if answer == WALK_AWAY else self._shape.total
            for end in (0, highest):
                self._drive(answer, end)
        return self.found

    def _drive(self, answer: Answer, end: int) -> None:
        """Drive a number towards an end: at once if that goes, else step by step."""
        while True:
            nearest = sorted(self._sample(), key=lambda m: abs(end - self._shape.level(m, answer)))[
                :STARTS
            ]
            here = self._shape.level(nearest[0], answer)
            if here == end:
                return
            step = 1 if end > here else -1
            if not any(
                self._reach(member, answer, level)
                for level in dict.fromkeys((end, here + step))
                for member in nearest
            ):
                return

    def _sample(self) -> list[Member]:
        many = len(self.found)
        return (
            self.found if many < 200 else [*self.found[:50], *self._chance.sample(self.found, 150)]
        )

    def _reach(self, member: Member, answer: Answer, level: int) -> bool:
        start = self._shape.with_level(member, answer, level, self._chance)
        return self._shape.level(start, answer) == level and self._mend(start, answer, STEPS)

    def _first(self, starts: list[Member]) -> None:
        for start in sorted(starts, key=self._look)[:STARTS]:
            if self._mend(start, None, FIRST // STARTS):
                return

    def _mend(self, member: Member, keep: Answer | None, steps: int) -> bool:
        """Change a member by small steps until it fits; one number stays as it is."""
        far = self._look(member)
        for _ in range(steps):
            if far == 0 and self._note(member):
                return True
            other = self._shape.near(member, keep, self._chance)
            further = self._look(other)
            if further <= far or self._chance.random() < 0.05:
                member, far = other, further
        return far == 0 and self._note(member)

    def _note(self, member: Member) -> bool:
        if self._look(member) == 0 and self._fits(member):
            self.found.append(member)
            return True
        return False

    def _look(self, member: Member) -> float:
        if member not in self._looked:
            self._looked[member] = self._far(member)
        return self._looked[member]
