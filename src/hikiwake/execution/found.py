"""What a search for an order is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

Order = tuple[int, ...]  # items, by their places


@dataclass(frozen=True, slots=True)
class Limits:
    """What the largest temptation and exposure of an order may be, times the problem's scale."""

    temptation: int | None = None
    exposure: int | None = None

    def allow(self, temptation: int, exposure: int) -> bool:
        """Tell whether a moment keeps both."""
        return (self.temptation is None or temptation <= self.temptation) and (
            self.exposure is None or exposure <= self.exposure
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The least value and an order that has it; ``bound``: no order has less.

    No value and no bound: no order keeps the limits. A bound alone: none was found in time.
    """

    value: int | None
    order: Order | None
    bound: int | None

    @property
    def proven(self) -> bool:
        """Whether the value is the bound, or there certainly is no order."""
        return self.value == self.bound
