"""What a property answers: it holds, it does not and here is why, or it means nothing here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from hikiwake.model import Dispute, Outcome, lot_of
from hikiwake.pareto.canonical import canonical


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


def shown_by(name: str, outcome: Outcome, witnesses: Iterable[Witness]) -> Verdict:
    """Return that a property holds, or one of the witnesses that it does not: a lot says which.

    The lot favours nobody by its place in the file, nor always the same one: it hangs on the
    outcome, too (H13).
    """
    found = min(witnesses, key=lambda witness: _lot(witness, outcome), default=None)
    return Verdict(name, found is None, found)


def _lot(witness: Witness, outcome: Outcome) -> bytes:
    seen = canonical(witness.outcome or outcome).decode()
    return lot_of(canonical(outcome).decode(), witness.party or "", witness.other or "", seen)
