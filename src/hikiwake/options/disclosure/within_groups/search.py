"""The exact ends of every hidden number where something inside a group is divided: case by case."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hikiwake.options.disclosure.between_two.divided import Search
from hikiwake.options.disclosure.between_two.in_case import Edge, Given
from hikiwake.options.disclosure.within_groups.level import levels
from hikiwake.options.disclosure.within_groups.model import Within


class SearchWithin(Search):
    """The search, by cases of what counts as even."""

    def _cases(self) -> Iterator[Given]:
        draw = self._settled is not None and self._settled[1]
        steps = int(self._hiding.total / self._hiding.step)
        for level in levels(self._corners, steps):
            if level.worst is None or not draw:
                yield from self._reaches(level)

    def _behind(self, known: Fraction, low: Edge, top: Edge) -> tuple[bool, bool]:
        return True, True  # what is even in a group need not lie at corners

    def _model(self, given: Given) -> Within:
        told = self._talks, self._sight, self._surely()
        return Within(self._corners, told, self._hiding, given)


__all__ = ["SearchWithin"]
