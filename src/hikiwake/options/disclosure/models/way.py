"""A package of a set, and all of them, inside a model for CP-SAT where points are unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hikiwake.options.disclosure.models.diagram import NOWHERE, Diagram

Worths = Sequence[Sequence[Any]]  # what each option of each issue is worth to a side


class Way:
    """Some package of a set that is not empty; ``options`` is what it decides of each issue."""

    def __init__(self, cp: Any, packages: Diagram) -> None:
        self._cp = cp
        self.options: list[Any] = []
        self._taken: list[list[Any]] = []
        for layer in packages.layers:
            size = layer.shape[1]
            self.options.append(option := cp.new_int_var(0, size - 1, ""))
            self._taken.append(own := [cp.new_bool_var("") for _ in range(size)])
            for k, taken in enumerate(own):
                cp.add(option == k).only_enforce_if(taken)
                cp.add(option != k).only_enforce_if(~taken)
        cp.add_automaton(self.options, 0, [packages.end], packages.arcs())

    def worths(self, numbers: Worths, top: int) -> list[Any]:
        """Return what each issue of it is worth to a side, at most ``top``."""
        found: list[Any] = []
        for own, taken in zip(numbers, self._taken, strict=True):
            found.append(worth := self._cp.new_int_var(0, top, ""))
            for number, literal in zip(own, taken, strict=True):
                self._cp.add(worth == number).only_enforce_if(literal)
        return found


def following(cp: Any, packages: Diagram, numbers: Worths, top: int, depth: int = 0) -> list[Any]:
    """Return, for the nodes after the first issues, what nothing that follows is worth more than.

    ``top`` is what nothing is worth more than.
    """
    found: list[Any] = [0]
    for n in range(len(packages.layers) - 1, depth - 1, -1):
        further, found = found, []
        for row in packages.layers[n].tolist():
            number = cp.new_int_var(0, top, "")
            for worth, node in zip(numbers[n], row, strict=True):
                if node != NOWHERE:
                    cp.add(number >= worth + further[node])
            found.append(number)
    return found


__all__ = ["Way", "Worths", "following"]
