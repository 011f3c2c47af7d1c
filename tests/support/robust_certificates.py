"""Certificates of how far draws hold: some that are valid, for every kind of dispute."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute
from hikiwake.options.sureness.certificate import robust_certificate
from hikiwake.options.sureness.robustness import robustness

Raw = dict[str, Any]

HEAD = 'hikiwake = 1\nparties = [{ id = "ann" }, { id = "ben" }]\n'
RANGES = (
    HEAD
    + """
tolerance = "1/8"
issues = [
    { id = "room", kind = "item" },
    { id = "car", kind = "item" },
    { id = "pet", kind = "choice", options = ["cat", "none"] },
]
[preferences.ann]
walk_away = [4, 5]
points = { room = [52, 58], car = 35 }
values.pet = { cat = [8, 12], none = 0 }
[preferences.ben]
walk_away = 6
points = { room = 22, car = [53, 57] }
values.pet = { cat = 0, none = 10 }
"""
)
LINKED = (
    HEAD
    + """
issues = [
    { id = "room", kind = "item" },
    { id = "car", kind = "item" },
    { id = "pet", kind = "choice", options = ["cat", "none"] },
]
[preferences.ann]
ranks = ["room", "car"]
points = { room = [40, 80], car = [20, 60] }
values.pet = { cat = [1, 4], none = 0 }
constraints = [
    { terms = { room = 1, car = 1 }, equal = 100 },
    { terms = { room = 1, car = -1, "pet.cat" = 1 }, at_least = 20, at_most = 26 },
]
[preferences.ben]
points = { room = 38, car = 60 }
values.pet = { cat = 2, none = 2 }
"""
)
EVERYTHING = (
    HEAD
    + """
tolerance = "1/10"
status_quo = { room = "ann", rent = 0 }
issues = [
    { id = "room", kind = "item", others = ["sold"] },
    { id = "rent", kind = "amount", min = 0, max = 4, step = 1 },
    { id = "pet", kind = "choice", options = ["cat", "none"] },
]
rules = [{ never = { room = "sold", rent = { from = 3 } } }]
[preferences.ann]
points = { room = 20 }
curves.rent = [[0, [20, 22]], [3, 5], [4, 0]]
values.pet = { cat = [38, 40], none = 0 }
red_lines = [{ never = { room = "ben", pet = "none" } }]
[[preferences.ann.bonuses]]
when = { room = "ben", pet = "cat" }
points = [2, 4]
[preferences.ben]
walk_away = 1
points = { room = [48, 50] }
curves.rent = [[0, 0], [4, 30]]
values.pet = { cat = 0, none = 12 }
"""
)
DEAR = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "x", kind = "choice", options = ["a", "b", "c", "d"] }]
[preferences.ann]
values.x = { a = 600, b = 640, c = 1000, d = 0 }
[preferences.ben]
values.x = { a = 680, b = [594, 596], c = 0, d = 1000 }
"""

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
YARDS = (
    HEAD
    + """
tolerance = "1/5"
issues = [
    { id = "room", kind = "item" }, { id = "car", kind = "item" },
    { id = "shed", kind = "item", others = ["sold"] }, { id = "lawn", kind = "item" },
    { id = "well", kind = "item" }, { id = "gate", kind = "item" },
]
groups = [
    { id = "yard", issues = ["shed", "lawn"], not_for_trade = true },
    { id = "fence", issues = ["well", "gate"], not_for_trade = true },
]
rules = [{ never = { shed = "sold", lawn = "ben" } }]
[preferences.ann]
points = { room = [66, 68], car = 16, shed = [10, 11], lawn = [8, 9], well = 1 }
red_lines = [{ never = { shed = "sold", lawn = "ann" } }]
bonuses = [{ when = { shed = "ann", lawn = "ben" }, points = 1 }]
[preferences.ben]
points = { room = 12, car = [60, 62], shed = 10, lawn = [10, 11] }
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
PATCH = (
    HEAD.replace('{ id = "ben" }', '{ id = "ben" }, { id = "eve" }')
    + """
tolerance = "1/4"
issues = [
    { id = "room", kind = "item" }, { id = "car", kind = "item" },
    { id = "shed", kind = "item" }, { id = "land", kind = "share" },
]
groups = [{ id = "patch", issues = ["shed", "land"], not_for_trade = true }]
[preferences.ann]
points = { room = [66, 68], car = 40, shed = [10, 11], land = 30 }
[preferences.ben]
points = { room = 40, car = [60, 62], shed = 8, land = [34, 36] }
[preferences.eve]
walk_away = 5
points.room = { ann = 5, ben = 5, eve = 0 }
"""
)
IDLE = """
hikiwake = 1
tolerance = "1/8"
parties = [{ id = "ann" }, { id = "ben" }, { id = "eve" }]
issues = [
    { id = "room", kind = "item" },
    { id = "car", kind = "item" },
    { id = "cash", kind = "share" },
]
[preferences.ann]
points = { room = [52, 58], car = 35, cash = 10 }
[preferences.ben]
points = { room = 30, car = [50, 54], cash = 20 }
[preferences.eve]
walk_away = 12
points.room = { ann = 12, ben = [3, 9], eve = 0 }
"""
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
    "share": SHARE, "amount": AMOUNT, "money": MONEY, "group": GROUP, "yards": YARDS,
    "many": MANY, "cakes": CAKES, "idle": IDLE, "patch": PATCH,
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
    """Return the certificate of a dispute; None if nothing is proved of it."""
    settlement = api.settle(dispute)
    found = robustness(dispute, settlement, samples=0)
    assert found is not None
    return robust_certificate(dispute, settlement, found)


def text_of(value: Any) -> str:
    """Return the canonical text of a certificate."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
