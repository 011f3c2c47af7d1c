"""From where the most of a party is sought: no package with money lies below."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake.model import Dispute, Money
from hikiwake.options import spans
from hikiwake.settlement import Numbers
from tests.conformance.builders import NAMES, dispute, preference


@pytest.mark.parametrize(("parties", "most"), [(2, 50), (3, 100), (4, 150)])
def test_the_floor_is_as_low_as_payments_can_bring_it(
    parties: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a tenth of a point a unit and a limit of 500, each of the others may bring 50 points."""
    wants = [preference(party, {"payment": "1/10"}) for party in NAMES[:parties]]
    floors: list[Fraction | None] = []

    def noted(alone: Dispute) -> Numbers:
        floors.extend(p.walk_away for p in alone.preferences.values() if p.points)
        return spans.FrozenMap(dict.fromkeys(alone.party_ids, Fraction(0)))

    monkeypatch.setattr(spans, "ideals", noted)
    given = dispute([Money("payment", Fraction(500))], *wants)
    spans.least(given)
    assert floors == [-most] * parties
    floors.clear()
    spans.most(given, spans.FrozenMap(dict.fromkeys(given.party_ids, Fraction(0))))
    assert floors == [-50] * parties
