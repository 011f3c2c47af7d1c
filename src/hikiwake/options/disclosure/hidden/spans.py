"""How far each hidden number was seen among members of the declared grid, in its steps."""

from __future__ import annotations

from hikiwake.findings.talks import Interval
from hikiwake.model import Answer
from hikiwake.options.disclosure.hidden.members import Member, Shape


class Spans:
    """The least and the most of each number, of all in ``held``; empty before one was seen."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self.held: list[Member] = []
        self._low: list[int] = []
        self._high: list[int] = []
        self._places = {answer: n for n, answer in enumerate(shape.numbers)}

    @property
    def empty(self) -> bool:
        """Whether no member was seen."""
        return not self._low

    def hold(self, member: Member) -> None:
        """Note a member."""
        self.held.append(member)
        own = _flat(member)
        self._low = list(map(min, self._low or own, own))
        self._high = list(map(max, self._high or own, own))

    def lies_beyond(self, member: Member) -> bool:
        """Tell whether some number of a member lies further than was seen, if anything was."""
        own = _flat(member)
        less, more = map(int.__lt__, own, self._low), map(int.__gt__, own, self._high)
        return self.empty or any(less) or any(more)

    def of(self, answer: Answer) -> Interval | None:
        """Return how far a number was seen, if any was."""
        if self.empty:
            return None
        n, step = self._places[answer], self._shape.step_of(answer)
        return Interval(self._low[n] * step, self._high[n] * step)

    def intervals(self) -> dict[Answer, Interval]:
        """Return how far each number was seen."""
        spans = ((answer, self.of(answer)) for answer in self._places)
        return {answer: span for answer, span in spans if span is not None}


def _flat(member: Member) -> list[int]:
    return [member.walk_away, *(level for own in member.levels for level in own)]
