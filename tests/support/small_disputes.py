"""Small disputes of every kind, in the canonical form, by a seeded generator."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.support.worlds import written

Raw = dict[str, Any]

KINDS = (
    "two",
    "three",
    "five",
    "walk_away",
    "ties",
    "nothing_to_gain",
    "bonuses",
    "never",
    "tight",
    "group",
    "uneven_group",
    "everything",
    "large",
    "one_sided",
)
PRICES = (0, "1/10", "1/4", 1)


def whole_dispute(rng: Random, kind: str) -> Raw:
    """Return a dispute without shares and without amounts that have no steps."""
    n = {"two": 2, "three": 3, "five": 5}.get(kind) or rng.choice((2, 2, 3))
    most = 3 if kind == "ties" else 10**18 if kind == "large" else 12
    count = 2 if n == 5 else rng.choice((2, 3, 4))
    sizes = [rng.choice((2, 2, 3)) for _ in range(count)]
    issues = [_issue(rng, k, size, n, most) for k, size in enumerate(sizes)]
    dispute: Raw = {
        "hikiwake_dispute": 1,
        "parties": ["ann", "ben", "cho", "dan", "eve"][:n],
        "units": [written(rng.choice((1, 1, 2, 10))) for _ in range(n)],
        "walk_away": [0] * n,
        "tolerance": rng.choice((0, "1/20", "1/20", "1/5")),
        "price": rng.choice(PRICES),
        "issues": issues,
        "never": [],
        "bonuses": [],
        "groups": [],
    }
    if kind in ("walk_away", "everything"):
        dispute["walk_away"] = [rng.randrange(8) for _ in range(n)]
    if kind == "tight":
        dispute["walk_away"] = [rng.randrange(10, 26) for _ in range(n)]
    if kind in ("nothing_to_gain", "one_sided"):
        still = range(n) if kind == "one_sided" else [rng.randrange(n)]
        for i in list(still)[: n - 1]:
            for issue in issues:
                for [corner] in issue["options"]:
                    corner[i + 1] = 0
    if kind in ("bonuses", "everything", "tight"):
        for _ in range(rng.randrange(1, 5)):
            points = rng.choice((-9, -4, 3, 7, 12))
            bonus = {"party": rng.randrange(n), "points": points, "when": _when(rng, sizes)}
            dispute["bonuses"].append(bonus)
    if kind in ("never", "everything", "tight"):
        _limits(rng, dispute, sizes)
    if kind in ("group", "uneven_group", "everything"):
        together = sorted(rng.sample(range(count), 2))
        dispute["groups"].append({"id": "home", "issues": together})
        dispute["tolerance"] = 0 if kind == "uneven_group" else "1/5"
    return dispute


def _issue(rng: Random, k: int, size: int, n: int, most: int) -> Raw:
    points = [[written(rng.randrange(most)) for _ in range(n)] for _ in range(size)]
    return {"id": f"i{k}", "options": [[[f"o{j}", *row]] for j, row in enumerate(points)]}


def _when(rng: Random, sizes: list[int]) -> list[Any]:
    issues = sorted(rng.sample(range(len(sizes)), rng.choice((1, 2, 2, min(3, len(sizes))))))
    return [
        [k, *sorted(rng.sample(range(sizes[k]), rng.choice((1, sizes[k] - 1))))] for k in issues
    ]


def _limits(rng: Random, dispute: Raw, sizes: list[int]) -> None:
    places: dict[Any, int] = {}
    for _ in range(rng.randrange(1, 4)):
        kind = rng.choice(("rule", "red_line"))
        party = rng.randrange(len(dispute["parties"])) if kind == "red_line" else None
        places[party] = places.get(party, 0) + 1
        limit = {"party": party, "place": places[party], "when": _when(rng, sizes)}
        dispute["never"].append(limit)


def plan_of(rng: Random, dispute: Raw) -> list[list[int]]:
    """Return a random plan for joining issues, that keeps groups together."""
    issues = list(range(len(dispute["issues"])))
    plan = [list(group["issues"]) for group in dispute["groups"]]
    rest = [k for k in issues if not any(k in part for part in plan)]
    if len(rest) > 1 and rng.random() < 0.5:
        plan.append(sorted(rng.sample(rest, rng.randrange(2, len(rest) + 1))))
    return sorted(part for part in plan if len(part) > 1)
