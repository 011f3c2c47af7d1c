"""Certificates of disputes in which something is divided that is not for trade."""

from __future__ import annotations

from typing import Any

from tests.support.certificates import Maker
from tests.support.worlds import Raw

RULES = ("draw", "kalai_smorodinsky", "nash", "egalitarian", "leximin", "utilitarian")


def dispute(issues: list[Any], n: int, **more: Any) -> Raw:
    """Return a dispute with a group of one issue, or of those that are named."""
    named = [
        {"id": f"i{k}", "options": [[["ab"[j], *own]] for j, own in enumerate(issue)]}
        if isinstance(issue, list)
        else issue
        for k, issue in enumerate(issues)
    ]
    found: Raw = {
        "hikiwake_dispute": 1,
        "parties": ["ann", "ben", "cho"][:n],
        "units": [1] * n,
        "walk_away": [0] * n,
        "tolerance": "1/6",
        "price": "1/10",
        "issues": named,
        "never": [],
        "bonuses": [],
        "groups": [{"id": "home", "issues": [0, 1]}],
    }
    return found | more


def halves(ann: int, ben: int) -> Raw:
    """Return land that two divide, in two pieces: ann has at most half of it, or at least."""
    middle = [["1/2", "1/2"], ann // 2, ben // 2]
    return {"id": "land", "options": [[middle, [[0, 1], 0, ben]], [[[1, 0], ann, 0], middle]]}


def apart(*worth: int) -> Raw:
    """Return land that three divide."""
    corners = [[int(i == j) for j in range(3)] for i in range(3)]
    rows = [[int(i == j) * w for j in range(3)] for i, w in enumerate(worth)]
    return {"id": "land", "options": [[[c, *row] for c, row in zip(corners, rows, strict=True)]]}


LAND = dispute(
    [
        [[6, 0], [0, 5]],
        {"id": "land", "options": [[[[1, 0], 4, 0], [[0, 1], 0, 7]]]},
    ],
    2,
    tolerance="1/5",
    groups=[{"id": "home", "issues": [1]}],
)
QUARTER = {
    "id": "land",
    "options": [
        [[["1/4", "3/4"], 1, 6], [[0, 1], 0, 8]],
        [[[1, 0], 4, 0], [["1/4", "3/4"], 1, 6]],
    ],
}
# Ben lets ann have a quarter at most, whatever else is decided: 1/4 and 3/4 is as even as can be.
OUTSIDE = LAND | {
    "issues": [
        {"id": "i0", "options": [[["a", 5, 0]], [["b", 0, 5]]]},
        QUARTER,
    ],
    "bonuses": [{"party": 0, "points": 1, "when": [[0, 0]]}],
    "never": [{"party": 1, "place": 1, "when": [[0, 0, 1], [1, 1]]}],
}
NONE = LAND | {"walk_away": [9, 9]}
# A bonus inside the group; of issues that lie in several parts unless they are merged.
HOME = dispute(
    [[[5, 3, 0], [6, 6, 2]], apart(1, 4, 5)],
    3,
    bonuses=[{"party": 0, "points": 4, "when": [[0, 0], [1, 0]]}],
)
TIED: Raw = {
    "never": [{"party": 0, "place": 1, "when": [[0, 1], [1, 1]]}],
    "bonuses": [
        {"party": 0, "points": 3, "when": [[0, 0], [1, 0]]},
        {"party": 1, "points": -1, "when": [[0, 1]]},
    ],
}
CROSSED = dispute([[[6, 2], [1, 6]], halves(6, 2)], 2, price="1/4", **TIED)
EVEN = dispute(
    [[[2, 2], [6, 1]], halves(2, 2)],
    2,
    tolerance="1/2",
    **TIED | {"bonuses": [TIED["bonuses"][0] | {"points": 1}, TIED["bonuses"][1]]},
)
# Beside the land, which they may trade, three have a field that ben and cho must share evenly.
FIELD = dispute(
    [[[4, 3, 3], [15, 1, 1]], apart(10, 10, 10), apart(0, 1, 1) | {"id": "field"}],
    3,
    tolerance="1/20",
    price="1/4",
    groups=[{"id": "home", "issues": [2]}],
)
FIFTHS = [[j, [0, part, 5 - part]] for j in (0, 1) for part in (2, 3)]
# Of each dispute the outcomes that matter, and rows of multipliers that prove what is owed.
KNOWN: dict[str, tuple[Raw, list[Any], list[Any]]] = {
    "land": (
        LAND,
        FIFTHS,
        [
            [14, 0, -1, 115], [0, 8, -2, 105], [140, 184, -2, 1265], [147, 92],
            [1764, 3496, -2, 31395],
            [0, 8, -2, 1], [56, 56, -2, 3], [140, 168, -2, 11], [7, 4], [14, 0, -1, 1],
            [21, 38, -1, 0],
        ],
    ),
    "outside": (
        OUTSIDE,
        [[j, [0, 1, 0]] for j in (0, 1)],
        [[0, 0, -2, 1], [0, 8, -2, 7], [12, 22, -2, 11], [16, 16, -2, 1], [80, 96, -2, 7]],
    ),
    "home": (
        HOME,
        [[1, [0, 6, 0, 0]]],
        [
            [0, 0, 0, -2, 4, -1, 5], [0, 0, 0, -3, 1], [0, 23, 0, -3, 28], [0, 0, 1, -3, 15],
            [7, 7, 7, -3, 99], [7, 7, 7, -3, 4], [0, 7, 7, -3, 5],
        ],
    ),
    "crossed": (
        CROSSED,
        [[0, [0, 0, 6]]],
        [
            [0, 0, -1, 1, 3, 26], [0, 0, -2, 1], [13, 0, -1, 6], [34, 34, -1, 45, 3, 1068],
            [13, 13, -1, 1], [13, 13, -1, 1, 2, 24],
        ],
    ),
    "even": (
        EVEN,
        [[0, [0, 6, 0]], *([1, [0, part, 6 - part]] for part in range(4))],
        [
            [4, 0, -1, 3, 1, 12], [0, 8, -2, 13], [1, 0, 2, 6], [1, 1], [52, 32, -2, 13], [13, 18],
            [0, 8, -2, 1], [1, 1, 1, 1],
        ],
    ),
}  # fmt: skip


def guarded() -> dict[str, Raw]:
    """Return certificates of these disputes by their names."""
    found: dict[str, Raw] = {}
    for label, (given, outcomes, rows) in KNOWN.items():
        for rule in RULES:
            made = Maker(given, rule, outcomes).make(multipliers=rows)
            found[f"guarded-{label}-{rule}"] = made
    for label in ("home", "crossed", "even"):
        given, outcomes, rows = KNOWN[label]
        made = Maker(given, "draw", outcomes).make(multipliers=rows, merge=[[0, 1]])
        found[f"guarded-{label}-merged"] = made
    given, outcomes, rows = KNOWN["land"]
    found["guarded-land-frontier"] = Maker(given, "frontier", outcomes).make(multipliers=rows)
    ends = [[j, [0, part, 1 - part]] for j in (0, 1) for part in (0, 1)]
    found["guarded-none"] = Maker(NONE, "draw", ends).make(multipliers=[[1, 1]])
    return found


def replaced() -> dict[str, Raw]:
    """Return a certificate with a replacement that must keep a group even.

    A grid of its outcomes is too large to be looked at often.
    """
    outcomes = [
        [1, [0, 0, 199, 201], [0, 0, 21, 19]],
        [1, [0, 1, 0, 0], [0, 19, 1, 0]],
        [0, [0, 0, 1, 0], [0, 0, 21, 19]],
        [0, [0, 0, 0, 1], [0, 0, 19, 21]],
    ]
    rows = [
        [0, 1, 0, -1, 500], [0, 0, 1, -2, 500], [1, 1, 1], [0, 1, 1], [0, 0, 0, -5, 1, -4, 1],
        [0, 0, 0, -13, -52050, -12, 52050, -10, 541, -9, 1000],
        [0, 0, 0, -21, -1041, -19, 1041, -15, 1041, -12, 1041, -9, 200, -6, 200],
    ]  # fmt: skip
    better = [[0, 400, [0, 0, 0, 0], [0, 0, -40, 461], [0, 0, 0, 0], [0, 0, 0, 190]]]
    made = Maker(FIELD, "draw", outcomes).make(multipliers=rows, replacements=better)
    return {"guarded-replaced": made}
