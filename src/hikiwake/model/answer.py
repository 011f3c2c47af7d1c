"""One number that a party gave, by where it stands in its preference."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

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
