"""Which combinations in groups not for trade are less even than counts, as literals of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hikiwake.options.disclosure.between_two.share import Apart, Share, Staking


class Uneven:
    """The literals. ``mosts`` is the most that each group can be worth, ``step`` that of the grid,
    both in what the model counts in."""

    def __init__(
        self, cp: Any, board: Staking, share: Share, mosts: Sequence[Any], step: int
    ) -> None:
        self._cp, self._board, self._share = cp, board, share
        self._mosts, self._step = mosts, step
        self._literals: dict[tuple[int, Any, bool], list[Any] | None] = {}

    def literals(self, group: int, place: Any, worth: Any, closed: bool) -> list[Any] | None:
        """Return literals one of which holds just if a combination is less even than counts.

        With ``closed``, if it is no more even. None: it always is.
        """
        key = group, place, closed
        if key not in self._literals:
            aparts = self._share.outside(self._board, group, place, closed)
            self._literals[key] = aparts and [
                self._just_if(*self.apart(group, worth, apart)) for apart in aparts
            ]
        return self._literals[key]

    def apart(self, group: int, worth: Any, apart: Apart) -> tuple[Any, Any]:
        """Return that a combination lies beyond a limit, and that it does not."""
        beyond = (
            apart.q * apart.times * worth - apart.p * self._mosts[group] - apart.least * self._step
        )
        return beyond >= self._step, beyond <= 0

    def _just_if(self, holds: Any, fails: Any) -> Any:
        literal = self._cp.new_bool_var("")
        self._cp.add(holds).only_enforce_if(literal)
        self._cp.add(fails).only_enforce_if(~literal)
        return literal


__all__ = ["Uneven"]
