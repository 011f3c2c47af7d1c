"""Forgeries about groups in which something is divided, as `forgeries.py` has those of the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.changing import DROP

Forged = tuple[str, str, str, list[tuple[str, Any]]]
LAND, OUTSIDE = "guarded-land-kalai_smorodinsky", "guarded-outside-kalai_smorodinsky"
ROW, BETTER = "proof/multipliers/0", "proof/replacements/0"


def more(*items: Any) -> Callable[[list[Any]], list[Any]]:
    """Return the change that appends."""
    return lambda found: [*found, *items]


FORGED: dict[str, Forged] = {
    "guarded-other-pair": ("idle", "the line of the other pair", LAND, [(f"{ROW}/2", -2)]),
    "guarded-other-level": (
        "idle",
        "a level a bit higher",
        LAND,
        [("dispute/tolerance", "21/100")],
    ),
    "guarded-no-line": ("tree", "a line that no two parties have", LAND, [(f"{ROW}/2", -3)]),
    "guarded-line-between": ("shape", "no whole number", LAND, [(f"{ROW}/2", "-3/2")]),
    "guarded-line-below": ("tree", "a line taken to be below 0", LAND, [(f"{ROW}/3", -115)]),
    "guarded-no-group": (
        "tree",
        "the line of a group that is not there",
        LAND,
        [("dispute/groups", []), ("claims/group_imbalance", DROP)],
    ),
    "guarded-other-issue": (
        "infeasible",
        "a group of one issue more, of which the lines are others",
        LAND,
        [("dispute/groups/0/issues", [0, 1])],
    ),
    "guarded-one-range": (
        "tree",
        "a line of a party that has no range in the group",
        LAND,
        [
            ("dispute/issues/1/options/0/1/2", 0),
            ("claims/utilities/1", 0),
            ("claims/ideals/1", 5),
            ("claims/gains/1", 0),
            ("claims/imbalance", "19/21"),
            ("claims/group_imbalance", 0),
        ],
    ),
    "guarded-misstated": (
        "claims",
        "a group that is claimed to be more even",
        LAND,
        [("claims/group_imbalance", "1/10")],
    ),
    "guarded-unstated": ("claims", "no word of the group", LAND, [("claims/group_imbalance", 0)]),
    "guarded-just-above": (
        "infeasible",
        "an ideal just above the level",
        LAND,
        [("proof/outcomes/1/1", [0, 3_000_001, 1_999_999])],
    ),
    "guarded-not-least": (
        "claims",
        "a package that is less even than it claims",
        OUTSIDE,
        [("proof/outcomes/0/1", [0, 999, 1])],
    ),
    "guarded-as-even": (
        "idle",
        "what is as even as the level, where it is asked for what is more even",
        OUTSIDE,
        [("proof/multipliers/0", [1, 0, -2, 1])],
    ),
    "guarded-no-agreement": (
        "tree",
        "groups do not matter where there is no agreement",
        "guarded-none",
        [(ROW, more(-1, 1))],
    ),
    "guarded-replaced-uneven": (
        "tree",
        "a replacement that divides the field unevenly",
        "guarded-replaced",
        [(f"{BETTER}/5", [0, 0, 0, 189])],
    ),
}
