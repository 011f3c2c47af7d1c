"""Small steps from a package inside its cells: one issue more to one side, or more or less of it.

In a cell every whole issue is decided, and what is divided lies between ends (see
:mod:`hikiwake.options.disclosure.hidden.cells`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations

from hikiwake.model import Dispute, FrozenMap, Outcome, Value

Parts = Mapping[str, Fraction]  # of an issue: by side, of an amount by ""; of a whole one nothing
Spans = Mapping[str, tuple[Fraction, Fraction]]


class Steps:
    """The cells in which a package lies, of some by their corners, and steps inside them."""

    def __init__(
        self, dispute: Dispute, outcome: Outcome, cells: Sequence[Sequence[Outcome]]
    ) -> None:
        self._outcome = outcome
        self._divided = [one.id for one in dispute.issues if dispute.decisions_of(one) is None]
        self._whole = [one.id for one in dispute.issues if one.id not in self._divided]
        self._cells = [
            {issue: _spans([_parts(corner[issue]) for corner in cell]) for issue in self._divided}
            for cell in cells
            if all(cell[0][issue] == outcome[issue] for issue in self._whole)
        ]
        self._cells = [cell for cell in self._cells if self._lies_in(cell, outcome)]
        self.towards = list(dict.fromkeys(self._packages()))

    def share(self, outcome: Outcome) -> bool:
        """Tell whether another package lies in one of the cells: then small steps lead to it."""
        same = all(outcome[issue] == self._outcome[issue] for issue in self._whole)
        return same and any(self._lies_in(cell, outcome) for cell in self._cells)

    def _lies_in(self, cell: Mapping[str, Spans], outcome: Outcome) -> bool:
        return all(
            low <= part <= high
            for issue, spans in cell.items()
            for (low, high), part in (
                (spans[of], part) for of, part in _parts(outcome[issue]).items()
            )
        )

    def _packages(self) -> Iterator[Outcome]:
        """Yield where steps in one issue lead to, as far as they go."""
        for cell in self._cells:
            for issue, spans in cell.items():
                here = self._outcome[issue]
                for value in _amounts(here, spans) if "" in spans else _moved(here, spans):
                    yield FrozenMap({**self._outcome, issue: value})


def _parts(value: Value) -> Parts:
    return value if isinstance(value, FrozenMap) else {"": Fraction(value)}


def _spans(corners: Sequence[Parts]) -> Spans:
    each = {of: [one[of] for one in corners] for of in corners[0]}
    return {of: (min(own), max(own)) for of, own in each.items()}


def _amounts(value: Value, spans: Spans) -> Iterator[Value]:
    yield from (end for end in spans[""] if end != value)


def _moved(value: Value, spans: Spans) -> Iterator[Value]:
    """Yield what is divided with as much as can be moved from one side to another."""
    here = _parts(value)
    for one, other in permutations(here, 2):
        more = min(here[one] - spans[one][0], spans[other][1] - here[other])
        if more > 0:
            yield FrozenMap({**here, one: here[one] - more, other: here[other] + more})


__all__ = ["Steps"]
