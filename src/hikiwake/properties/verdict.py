"""What a property answers: it holds, it does not and here is why, or it means nothing here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from hikiwake.model import Dispute, Outcome


@dataclass(frozen=True, slots=True)
class Witness:
    """What shows that a property does not hold.

    ``party`` is the party concerned, ``other`` another one it is compared with, ``outcome`` a
    package that shows it, ``amount`` by how much (points of ``party``, or parts of a range).
    """

    party: str | None = None
    other: str | None = None
    outcome: Outcome | None = None
    amount: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an outcome has a property; None where it means nothing, and ``why`` says so."""

    name: str
    holds: bool | None
    witness: Witness | None = None
    why: str = ""


Property = Callable[[Dispute, Outcome], Verdict]
