"""What all engines answer for one small dispute, checked by the referee on the way."""

from __future__ import annotations

from fractions import Fraction

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.model import Dispute
from hikiwake.settlement import Settlement
from tests.conformance.comparing import differences
from tests.conformance.oracle import RULES, referee


def settled(the_dispute: Dispute, name: str = "draw", *, judged: bool = True) -> Settlement:
    """Return what every engine that covers the dispute answers, and the referee with them.

    ``judged`` is False where it is too large for the referee: then they need only agree.
    """
    found: list[Settlement] = []
    judge = referee(the_dispute) if judged and name in RULES else None
    for engine in api.ENGINES:
        try:
            settlement = api.settle(the_dispute, name, engine=engine)
        except Unsupported:
            continue
        if judge is not None:
            assert differences(judge, name, engine, settlement) == []
        found.append(settlement)
    assert len({(one.status, one.utilities) for one in found}) == 1
    return found[0]


def points(settlement: Settlement) -> tuple[Fraction, ...]:
    """Return everybody's points."""
    assert settlement.utilities is not None
    return tuple(settlement.utilities.values())


def gains(settlement: Settlement) -> tuple[Fraction | None, ...]:
    """Return everybody's gain."""
    assert settlement.gains is not None
    return tuple(settlement.gains.values())
