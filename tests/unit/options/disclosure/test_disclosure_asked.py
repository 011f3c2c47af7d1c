"""What sides would be shown in a dispute as it would be, what costs least looked at first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.model import Dispute
from hikiwake.options.disclosure.hidden.grid import drawn_from
from hikiwake.options.disclosure.told.asked import settled_for, settles_alike
from tests.support.disclosed import GRIDS, drawn_with_price, with_own
from tests.unit.options.disclosure.test_disclosure_dividing import divided

F = Fraction


def drawn_of(kind: str, chance: Random) -> Dispute:
    """Return a dispute at random: of whole issues, or in which something is divided."""
    dispute = drawn_with_price(chance) if kind == "whole" else divided(chance, kind)
    return replace(dispute, price=chance.choice((F(0), F(1, 10), F(1, 3), F(1))))


@pytest.mark.parametrize("kind", ["whole", "money", "groups"])
def test_what_settles_alike_is_what_is_shown_alike_to_each(kind: str) -> None:
    """Of disputes at random and of what sides that hide may want instead, those settle alike that
    show each side that looks the same package, as a draw or not, and the same coarse gain."""
    chance, seen = Random(7), Counter[str]()
    for _ in range(8):
        dispute, grid = drawn_of(kind, chance), chance.choice(GRIDS)
        observers = chance.choice((("ann",), ("ann", "ben"), ("ben", "cem")))
        hidden = [party for party in dispute.party_ids if party not in observers]
        true = with_own(dispute, [drawn_from(dispute, one, grid, chance) for one in hidden])
        for _ in range(3):
            own = [drawn_from(dispute, one, grid, chance) for one in hidden]
            would_be = with_own(true, own if chance.random() < 0.8 else own[1:])
            pairs = [(settled_for(would_be, one), settled_for(true, one)) for one in observers]
            alike = all(there == here for there, here in pairs)
            assert settles_alike(would_be, true, observers) is alike
            settled = pairs[0][1]
            seen["alike" if alike else "other"] += 1
            seen["nothing" if settled is None else "draw" if settled[1] else "uneven"] += 1
    assert {"alike", "other", "draw", "uneven"} <= set(seen)
