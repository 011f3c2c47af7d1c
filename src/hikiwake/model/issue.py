"""What is to be decided: a choice, who gets an item, how to share something, an amount, money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from hikiwake.model.frozen import FrozenMap
from hikiwake.model.text import NO_TEXT, Text


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that an issue may be decided as, with the name that people read."""

    id: str
    name: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Choice:
    """An issue decided by taking one of its options."""

    kind: ClassVar[str] = "choice"
    id: str
    options: tuple[Option, ...]
    name: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Item:
    """An issue decided by who gets it, whole: a party, or one of ``others`` (sold, shared …)."""

    kind: ClassVar[str] = "item"
    id: str
    others: tuple[Option, ...] = ()
    name: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Share:
    """An issue divided between the parties: fractions of at least 0 that sum to 1.

    ``total`` is how much there is to divide, in its ``unit``; None: nobody says. ``claims`` holds
    what each party publicly claims of it; empty: nobody claims (H22).
    """

    kind: ClassVar[str] = "share"
    id: str
    name: Text = NO_TEXT
    total: Fraction | None = None
    unit: Text = NO_TEXT
    claims: FrozenMap[str, Fraction] = field(default_factory=FrozenMap[str, Fraction])


@dataclass(frozen=True, slots=True)
class Amount:
    """An issue decided by a number from ``min`` to ``max``; ``step`` None: any number."""

    kind: ClassVar[str] = "amount"
    id: str
    min: Fraction
    max: Fraction
    step: Fraction | None = None
    unit: Text = NO_TEXT
    name: Text = NO_TEXT

    @property
    def steps(self) -> int | None:
        """How many values it may have; None: any number in the range."""
        return None if self.step is None else int((self.max - self.min) / self.step) + 1

    def values(self) -> tuple[Fraction, ...]:
        """Return every value of a stepped amount, rising."""
        return tuple(self.min + n * (self.step or 0) for n in range(self.steps or 0))

    def allows(self, value: Fraction) -> bool:
        """Tell whether the number lies in the range and on the steps."""
        inside = self.min <= value <= self.max
        return inside and (self.step is None or (value - self.min) % self.step == 0)


@dataclass(frozen=True, slots=True)
class Money:
    """Payments between the parties: what each receives, negative where it pays. They sum to 0.

    Nobody pays more than ``limit``. A dispute has it only if its file says so, at most once (H21).
    """

    kind: ClassVar[str] = "money"
    id: str
    limit: Fraction
    unit: Text = NO_TEXT
    name: Text = NO_TEXT

    def span(self, parties: int) -> tuple[Fraction, Fraction]:
        """Return the least and the most that one of so many parties may receive.

        Examples
        --------
        >>> Money("payment", Fraction(500)).span(3)
        (Fraction(-500, 1), Fraction(1000, 1))
        """
        return -self.limit, self.limit * (parties - 1)

    def allows(self, received: Iterable[Fraction]) -> bool:
        """Tell whether these payments sum to 0 and leave nobody paying more than the limit."""
        payments = tuple(received)
        return sum(payments) == 0 and all(-self.limit <= payment for payment in payments)


Issue = Choice | Item | Share | Amount | Money
