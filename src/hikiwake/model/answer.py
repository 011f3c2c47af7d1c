"""One number that a party gave, by where it stands in its preference, and what it said of some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from hikiwake.model.frozen import FrozenMap

Span = tuple[Fraction, Fraction]  # the least and the most that an answer may be


@dataclass(frozen=True, slots=True, order=True)
class Answer:
    """Points for one issue, the points of a bonus, or the walk-away value.

    ``value`` is an option or an owner, empty for a share and for money; ``place`` counts from 1 a
    curve's corners, or the bonuses.
    """

    of: Literal["issue", "bonus", "walk_away"]
    issue: str = ""
    value: str = ""
    place: int = 0


WALK_AWAY = Answer("walk_away")


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a weighted sum of answers is at least, or at most, or both."""

    terms: FrozenMap[Answer, Fraction]
    at_least: Fraction | None = None
    at_most: Fraction | None = None

    def limits(self) -> Iterator[tuple[FrozenMap[Answer, Fraction], Fraction]]:
        """Yield weights, and what their sum of products with the answers is at most."""
        if self.at_least is not None:
            minus = {answer: -weight for answer, weight in self.terms.items()}
            yield FrozenMap(minus), -self.at_least
        if self.at_most is not None:
            yield self.terms, self.at_most


def in_order(ranking: Sequence[Answer]) -> Iterator[Constraint]:
    """Yield what an order of answers, best first, says of each two neighbours."""
    for better, worse in pairwise(ranking):
        terms = FrozenMap({better: Fraction(1), worse: Fraction(-1)})
        yield Constraint(terms, at_least=Fraction(0))
