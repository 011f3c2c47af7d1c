"""Two people and a rent: small disputes with amounts, as texts and as values."""

from __future__ import annotations

from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute

HEADER = """hikiwake = 1
title = "Rent"
[[parties]]
id = "ann"
name = "Ann"
[[parties]]
id = "ben"
name = "Ben"
"""
RENT = """[[issues]]
id = "rent"
kind = "amount"
name = "Rent"
min = 0
max = {most}
step = {step}
unit = {{ en = "EUR a month", ja = "ユーロ/月", ru = "евро в месяц" }}
"""
HOUSE = """[[issues]]
id = "house"
kind = "item"
others = ["sold"]
name = "House"
"""
AGAINST = """[preferences.ann.curves]
rent = [[0, 100], [{most}, 0]]
[preferences.ben.curves]
rent = [[0, 0], [{most}, 100]]
"""


def rent(step: object = 50, most: object = 900, more: str = "", curves: str = AGAINST) -> str:
    """Return a dispute over a rent: Ann would pay little, Ben would have much."""
    parts = (RENT.format(most=most, step=step), more, curves.format(most=most))
    return HEADER + "".join(parts)


def read(text: str) -> Dispute:
    """Return what a text means."""
    return dispute_from_text(text)
