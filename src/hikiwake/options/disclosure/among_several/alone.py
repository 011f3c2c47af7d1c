"""What each issue by itself gives a side: all it gets at a corner is a sum of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from hikiwake.model import WALK_AWAY, Answer, Condition, Dispute, Issue, Value
from hikiwake.options.disclosure.hidden.cells import Piece
from hikiwake.options.disclosure.hidden.unknowns import parts_of


@dataclass(frozen=True, slots=True)
class Row:
    """What a package gives a side: whole parts of its numbers, and something fixed; ÷ ``parts``."""

    numbers: tuple[int, ...]
    fixed: int
    parts: int

    def less(self, other: Row) -> Row:
        """Return how much more it gives than another."""
        parts = lcm(self.parts, other.parts)
        one, two = parts // self.parts, parts // other.parts
        pairs = zip(self.numbers, other.numbers, strict=True)
        fixed = one * self.fixed - two * other.fixed
        return Row(tuple(one * x - two * y for x, y in pairs), fixed, parts)


class Alone:
    """A side; ``numbers`` are those that it hides, none of a known one.

    All that it gets is multiplied by ``scale``, and then whole at corners.
    """

    def __init__(
        self,
        dispute: Dispute,
        party: str,
        numbers: Sequence[Answer],
        pieces: Sequence[Sequence[Piece]],
    ) -> None:
        self._dispute, self._party, self._numbers = dispute, party, numbers
        self._bonuses = () if numbers else dispute.preferences[party].bonuses
        self._walk_away = Fraction(0) if numbers else dispute.walk_away(party)
        every = [self._walk_away, *(one.points for one in self._bonuses)]
        for issue, own in zip(dispute.issues, pieces, strict=True):
            for value in (value for piece in own for value in piece.corners):
                parts, fixed = self._worth(issue, value)
                every += [*parts, fixed]
        self.scale = lcm(*(one.denominator for one in every))

    def worth(self, issue: Issue, value: Value) -> Row:
        """Return what a decision of an issue gives it."""
        parts, fixed = self._worth(issue, value)
        return Row(tuple(int(x * self.scale) for x in parts), int(fixed * self.scale), 1)

    @property
    def always(self) -> Row:
        """What it gets whatever is decided: its walk-away value less."""
        own = tuple(-self.scale if answer == WALK_AWAY else 0 for answer in self._numbers)
        return Row(own, -int(self._walk_away * self.scale), 1)

    @property
    def bonuses(self) -> list[tuple[Row, Condition]]:
        """The bonuses of a known side, and when it gets them."""
        return [(Row((), int(one.points * self.scale), 1), one.when) for one in self._bonuses]

    def _worth(self, issue: Issue, value: Value) -> tuple[list[Fraction], Fraction]:
        if self._numbers:
            parts = dict(parts_of(self._dispute, self._party, issue, value))
            return [parts.get(answer, Fraction(0)) for answer in self._numbers], Fraction(0)
        points = self._dispute.preferences[self._party].points.get(issue.id)
        return [], Fraction(0) if points is None else points.value(self._party, value)


__all__ = ["Alone", "Row"]
