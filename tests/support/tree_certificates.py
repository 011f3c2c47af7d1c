"""Certificates by cases of how far draws hold: some that are valid, for every kind of dispute."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute
from hikiwake.options.robust_trees import tree_certificate
from hikiwake.options.robustness import robustness
from tests.support.robust_certificates import DEAR, EVERYTHING, HEAD, LINKED, RANGES, Raw, text_of

SHARE = (
    HEAD
    + """
tolerance = "1/8"
issues = [
    { id = "room", kind = "item" },
    { id = "car", kind = "item" },
    { id = "savings", kind = "share" },
]
rules = [{ never = { room = "ann", savings = { ann = { above = "1/2" } } } }]
[preferences.ann]
walk_away = [4, 5]
points = { room = [52, 54], car = 35, savings = [29, 31] }
red_lines = [{ never = { room = "ben", savings = { ann = { below = "1/3" } } } }]
[preferences.ben]
points = { room = 22, car = [53, 55], savings = 30 }
bonuses = [{ when = { room = "ann", car = "ben" }, points = [2, 3] }]
"""
)
AMOUNT = (
    HEAD
    + """
tolerance = "1/8"
issues = [
    { id = "pet", kind = "choice", options = ["cat", "dog"] },
    { id = "rent", kind = "amount", min = 0, max = 10 },
]
[preferences.ann]
values.pet = { cat = [30, 31], dog = 0 }
curves.rent = [[0, [50, 52]], [4, 30], [10, 0]]
red_lines = [{ never = { pet = "dog", rent = { above = 6 } } }]
[preferences.ben]
walk_away = 3
values.pet = { cat = 0, dog = [20, 21] }
curves.rent = [[0, 0], [10, [60, 61]]]
"""
)
MONEY = """
hikiwake = 1
tolerance = "1/8"
parties = [{ id = "ann" }, { id = "ben" }, { id = "eve" }]
issues = [
    { id = "room", kind = "choice", options = ["large", "light", "small"] },
    { id = "cash", kind = "money", limit = 30 },
]
rules = [{ never = { room = "large", cash = { eve = { below = -20 } } } }]
[preferences.ann]
points.cash = 1
values.room = { large = [60, 61], light = 20, small = 10 }
[preferences.ben]
points.cash = 1
values.room = { large = 20, light = 40, small = 30 }
[preferences.eve]
points.cash = [1, "11/10"]
values.room = { large = 5, light = 20, small = [25, 26] }
"""
GROUP = (
    HEAD
    + """
tolerance = "1/8"
issues = [
    { id = "room", kind = "item" }, { id = "car", kind = "item" },
    { id = "shed", kind = "item" }, { id = "lawn", kind = "item" },
    { id = "cash", kind = "share" },
]
groups = [{ id = "yard", issues = ["shed", "lawn"], not_for_trade = true }]
[preferences.ann]
points = { room = [66, 68], car = 16, shed = [10, 11], lawn = [8, 9], cash = 10 }
[preferences.ben]
points = { room = 12, car = [60, 62], shed = 10, lawn = [10, 11], cash = 20 }
"""
)
CAKES = (
    HEAD
    + """
tolerance = "1/6"
issues = [
    { id = "x", kind = "item" },
    { id = "s", kind = "share" },
    { id = "t", kind = "share" },
]
[preferences.ann]
ranks = ["s", "t"]
points = { x = 50, s = [30, 34], t = [26, 32] }
[preferences.ben]
points = { x = 30, s = [20, 26], t = [42, 48] }
constraints = [{ terms = { s = 1, t = 1 }, equal = 68 }]
"""
)
MANY = (
    HEAD
    + 'tolerance = "1/8"\nissues = ['
    + ", ".join(f'{{ id = "i{n}", kind = "item" }}' for n in range(14))
    + "]\n[preferences.ann]\nwalk_away = 60\npoints = { "
    + ", ".join(f"i{n} = [{20 + 7 * n % 30}, {21 + 7 * n % 30}]" for n in range(14))
    + " }\n[preferences.ben]\nwalk_away = 60\npoints = { "
    + ", ".join(f"i{n} = {21 + 11 * n % 31}" for n in range(14))
    + " }\n"
)
WHOLE = {"ranges": RANGES, "linked": LINKED, "all": EVERYTHING, "dear": DEAR}
DISPUTES = WHOLE | {
    "share": SHARE, "amount": AMOUNT, "money": MONEY, "group": GROUP, "many": MANY, "cakes": CAKES
}  # fmt: skip


@cache
def text_of_known(name: str) -> str:
    """Return one of the certificates that are valid."""
    made = made_of(dispute_from_text(DISPUTES[name]))
    assert made is not None
    return text_of(made)


def known(name: str) -> Raw:
    """Return one of the certificates that are valid, anew."""
    return json.loads(text_of_known(name))


def made_of(dispute: Dispute) -> dict[str, Any] | None:
    """Return the certificate by cases of a dispute; None if nothing is proved of it."""
    settlement = api.settle(dispute)
    found = robustness(dispute, settlement, samples=0)
    assert found is not None
    return tree_certificate(dispute, settlement, found)


def listed_form(made: Raw) -> Raw | None:
    """Return a certificate of whole issues in the form of those that list all packages.

    None: its statement says something that cannot be said there.
    """
    stated = made["dispute"]
    sides: list[Raw] = []
    for side in stated["sides"]:
        if any(bool(x != "0" or own) != guessed for x, own, guessed in side["answers"]):
            return None
        points = [[ends[0] for ends in options] for options in side["points"]]
        sides.append(side | {"answers": [a[:2] for a in side["answers"]], "points": points})
    return made | {
        "dispute": stated
        | {
            "package": [option for option, _ in made["package"]],
            "never": [when for _, when in stated["never"]],
            "sides": sides,
        }
    }
