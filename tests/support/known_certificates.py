"""Certificates of disputes made by hand: one at least of every kind, each valid."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

from tests.support.certificates import Maker, with_trees
from tests.support.guarded import guarded
from tests.support.small_disputes import KINDS, plan_of, whole_dispute
from tests.support.worlds import written

Raw = dict[str, Any]


def dispute(issues: list[Any], n: int = 2, **more: Any) -> Raw:
    """Return a dispute; an issue is a list with the points of each option, or an issue."""
    named = [
        {
            "id": f"i{k}",
            "options": [[["abcd"[j : j + 1] or j, *points]] for j, points in enumerate(issue)],
        }
        if isinstance(issue, list)
        else issue
        for k, issue in enumerate(issues)
    ]
    return {
        "hikiwake_dispute": 1,
        "parties": ["ann", "ben", "cho", "dan", "eve", "fay"][:n],
        "units": [1] * n,
        "walk_away": [0] * n,
        "tolerance": "1/20",
        "price": "1/10",
        "issues": named,
        "never": [],
        "bonuses": [],
        "groups": [],
    } | more


def share(name: str, *points: int, cuts: Any = (0, 1)) -> Raw:
    """Return an issue that two parties divide, in pieces between cuts of the first one's part."""
    pieces = [
        [
            [[written(f), written(1 - f)], written(f * points[0]), written((1 - f) * points[1])]
            for f in (Fraction(high), Fraction(low))
        ]
        for low, high in pairwise(cuts)
    ]
    return {"id": name, "options": pieces}


def when(*pairs: Any) -> list[Any]:
    """Return a condition."""
    return [[k, *js] for k, js in pairs]


def rule(*pairs: Any, party: int | None = None, place: int = 1) -> Raw:
    """Return a rule, or a party's red line."""
    return {"party": party, "place": place, "when": when(*pairs)}


PLAIN = dispute([[[50, 0], [0, 30]], [[30, 0], [0, 40]], [[20, 0], [0, 30]]])
RICH = dispute(
    [[[50, 0], [0, 30], [20, 20]], [[30, 0], [0, 40]], [[20, 0], [0, 30]]],
    never=[rule([1, [0]], [2, [0]]), rule([0, [1]], [2, [1]], party=0)],
    bonuses=[
        {"party": 0, "points": 12, "when": when([0, [0]], [1, [1]])},
        {"party": 1, "points": -5, "when": when([0, [1, 2]], [2, [1]])},
    ],
    walk_away=[5, 10],
)
CLASH = RICH | {"never": [rule([0, [0]], [1, [1]])]}
STEPPED = dispute([[[0, 9], [4, 5], [9, 0]], [[7, 0], [0, 6]]], tolerance="1/5")
for corner, amount in zip(STEPPED["issues"][0]["options"], (0, "1/2", 1), strict=True):
    corner[0][0] = amount
GROUP = dispute(
    [[[4, 0], [0, 4]], [[4, 0], [0, 4]], [[10, 0], [0, 7]]],
    groups=[{"id": "islands", "issues": [0, 1]}],
    bonuses=[{"party": 0, "points": 2, "when": when([0, [0]], [1, [0]])}],
    tolerance="1/4",
)
ALONE = dispute(
    [[[4, 0], [2, 2], [0, 4]], [[10, 0], [0, 7]]],
    groups=[{"id": "island", "issues": [0]}],
    tolerance="1/4",
)
UNEVEN = dispute(
    [[[4, 0], [0, 4]], [[3, 0], [0, 4]], [[10, 0], [0, 7]]],
    groups=[{"id": "islands", "issues": [0, 1]}],
    never=[rule([0, [0]], [1, [0]])],
    tolerance=0,
)
THREE = dispute(
    [[[6, 0, 1], [0, 5, 1], [1, 1, 7]], [[3, 0, 0], [0, 4, 0], [0, 0, 2]], [[5, 5, 0], [0, 0, 6]]],
    n=3,
    tolerance="1/5",
    price="1/4",
)
DEARER = dispute(
    [[[6, 12, 6], [0, 4, 8], [7, 6, 12]], [[4, 7, 5], [9, 3, 8], [2, 4, 2]]],
    n=3,
    tolerance="1/5",
    price="1/4",
)
FLAT = dispute([[[5, 5, 5], [9, 9, 5]], [[9, 0, 9], [0, 9, 9]], [[1, 0, 3], [0, 1, 3]]], n=3)
TWINS = dispute([[[2, 0], [0, 2]]], tolerance=0)
STILL = dispute([[[5, 0], [3, 0]], [[2, 0], [1, 0]]])
NONE = dispute(
    [[[9, 0], [0, 9]], [[1, 0], [0, 1]]],
    walk_away=[6, 6],
    never=[rule([1, [0]], party=0), rule([1, [1]], party=1), rule([0, [0]], [1, [0]])],
)
ALWAYS = {"party": 1, "points": 7, "when": when()}
NEVER = PLAIN | {"never": [rule([0, [0]]), rule(place=2)], "bonuses": [ALWAYS]}
HEIRS = dispute([[[55, 0], [0, 40]], share("savings", 45, 60)])
SEVENTHS = dispute([[[55, 0], [0, 40]], share("savings", 45, 60, cuts=(0, "2/7", 1))])
BOUNDED = dispute(
    [[[220, 0], [0, 160]], share("savings", 180, 240, cuts=(0, "1/2", "3/4", 1))],
    never=[rule([0, [0]], [1, [1, 2]]), rule([1, [2]], party=1)],
    units=[4, 4],
)
PAID = dispute(
    [
        [[30, 0], [0, 20]],
        {"id": "money", "options": [[[[40, -40], 40, -40], [[-40, 40], -40, 40]]]},
    ]
)
SMOOTH = dispute(
    [[[10, 0], [0, 12]], {"id": "rent", "options": [[[0, 0, 20], [900, 30, 0]]]}],
)
SHARES = dispute([share("s", 60, 40), share("t", 40, 60)])
# An even package of the first option is bettered by one of the second: what ann has of the share
# less, she has by the option more.
DIVIDED = {
    "id": "s",
    "options": [[[[1, 0, 0], 10, 0, 0], [[0, 1, 0], 0, 10, 0], [[0, 0, 1], 0, 0, 10]]],
}
BETTERED = dispute(
    [[[4, 3, 3], [12, 1, 1]], DIVIDED],
    n=3,
    price="1/4",
    bonuses=[{"party": 0, "points": 3, "when": when([0, [1]])}],
)
REPLACED: dict[str, Any] = {
    "replacements": [[0, 10, [0, -1, -1, 12], [0, 1, 0, -1]]],
    "multipliers": [
        [0, 1, 1],
        [1, 2, 2],
        [25, 13, 13],
        [0, 0, 0, -2, 1, -3, 1],
        [0, 0, 0, -4, 1, -7, 1, -10, -51],
    ],
}
HOUSE = dispute([[[80, 0], [0, 80]], share("s", 20, 20)])
SEARCHED = dispute([[[1000, 0], [0, 1000], [600, 680], [640, 595]], share("s", 10, 10)])
# The outcomes that matter of a dispute that is not whole, and rows that are exact there.
CONTINUOUS: dict[str, tuple[Raw, list[Any], list[Any]]] = {
    "heirs": (HEIRS, [[0, [0, 1, 20]], [0, [0, 1, 0]], [1, [0, 0, 1]]], [[4, 3], [1, 1]]),
    "sevenths": (SEVENTHS, [[0, [0, 1, 5]], [0, [1, 1, 0]], [1, [0, 0, 1]]], [[4, 3], [1, 1]]),
    "bounded": (BOUNDED, [[0, [0, 0, 1]], [0, [0, 1, 0]], [1, [0, 0, 1]]], [[31, 30]]),
    "paid": (
        PAID,
        [[0, [0, 5, 11]], [0, [0, 1, 1]], [0, [0, 1, 7]]],
        [[1, 1]],
    ),
    "smooth": (SMOOTH, [[1, [0, 3, 8]], [0, [0, 0, 1]], [1, [0, 1, 0]]], [[5, 6], [2, 3]]),
    "shares": (
        SHARES,
        [[[0, 1, 0], [0, 0, 1]], [[0, 1, 0], [0, 1, 0]], [[0, 0, 1], [0, 0, 1]]],
        [[1, 1], [2, 3], [3, 2]],
    ),
    "house": (
        HOUSE,
        [[j, [0, *parts]] for j, parts in ((0, (0, 1)), (0, (1, 0)), (1, (1, 0)), (1, (0, 1)))],
        [[1, 1]],
    ),
    "searched": (
        SEARCHED,
        [[j, [0, *parts]] for j in (2, 3, 0, 1) for parts in ((1, 0), (0, 1))],
        [[1, 1]],
    ),
}


def edited(base: Raw, **changes: Any) -> Raw:
    """Return a dispute with other values at some keys."""
    return deepcopy(base) | changes


def _whole() -> dict[str, Raw]:
    rows = [[1, 1], [2, 3], [1, 1, 0, 4, 1, 6, 2, 5, 3, 7, 7, 3], [0, 1], [1, 0]]
    rules = (
        "draw",
        "kalai_smorodinsky",
        "nash",
        "egalitarian",
        "leximin",
        "utilitarian",
        "frontier",
    )
    found = {f"plain-{r}": Maker(PLAIN, r).make() for r in rules}
    found |= {f"rich-{r}": Maker(RICH, r).make(multipliers=rows) for r in rules}
    found |= {
        f"rich-{first}-first": Maker(RICH, "draw").make(first, multipliers=rows[2:3] + rows[:2])
        for first in ("part", "bonus")
    }
    found |= {f"rich-merged-{r}": Maker(RICH, r).make(merge=[[0, 2]]) for r in rules[:2]}
    found |= {f"group-{r}": Maker(GROUP, r).make(merge=[[0, 1]]) for r in rules}
    found |= {f"uneven-group-{r}": Maker(UNEVEN, r).make(merge=[[0, 1]]) for r in rules[:2]}
    turned = UNEVEN | {"groups": [{"id": "islands", "issues": [1, 0]}]}
    found |= {"group-turned": Maker(turned, "draw").make(merge=[[0, 1]])}
    found |= {"group-alone": Maker(ALONE, "draw").make()}
    found |= {f"three-{r}": Maker(THREE, r).make(multipliers=[[1, 1, 1]]) for r in rules[:6]}
    found |= {f"still-party-{r}": Maker(FLAT, r).make() for r in rules[:6]}
    found |= {f"nobody-compared-{r}": Maker(STILL, r).make() for r in ("draw", "egalitarian")}
    found |= {f"twins-{r}": Maker(TWINS, r).make() for r in ("draw", "leximin")}
    found |= {"clash": Maker(CLASH, "kalai_smorodinsky").make("bonus")}
    found |= {f"dearer-{r}": Maker(DEARER, r).make() for r in rules[:2]}
    bare = {k: v for k, v in found["plain-draw"]["proof"].items() if k != "run"}
    found |= {"plain-without-run": again(found["plain-draw"] | {"proof": bare})}
    found |= {"six-draw": Maker(dispute([[[5] * 6]], n=6), "draw").make()}
    uneven = dispute([[[4, 2, 2, 2, 2, 2], [2, 4, 4, 4, 4, 4]]], n=6)
    found |= {"six-uneven": Maker(uneven, "kalai_smorodinsky").make()}
    found |= {"better": Maker(dispute([[[1, 1], [2, 2]]]), "kalai_smorodinsky").make()}
    found |= {"stepped": Maker(STEPPED, "draw").make()}
    found |= {"no-agreement": Maker(NONE, "draw").make()}
    found |= {"limit-that-always-holds": Maker(NEVER, "draw").make()}
    found |= {"bonus-that-always-holds": Maker(PLAIN | {"bonuses": [ALWAYS]}, "draw").make()}
    found |= {"no-agreement-rows": Maker(NONE, "draw").make(multipliers=[[1, 1]])}
    found["nash-bound"] = bounded(Maker(PLAIN, "nash"), "9/20")
    return found


def _continuous() -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    for label, (given, outcomes, rows) in CONTINUOUS.items():
        for rule_name in ("draw", "kalai_smorodinsky"):
            if (label, rule_name) == ("bounded", "draw"):
                continue  # its frontier is not closed
            made = Maker(given, rule_name, outcomes)
            found[f"{label}-{rule_name}"] = made.make(multipliers=rows)
    outcomes = [[1, [0, 0, 1, 1]], [1, [0, 1, 0, 0]], [0, [0, 0, 1, 0]], [0, [0, 0, 0, 1]]]
    found["bettered-draw"] = Maker(BETTERED, "draw", outcomes).make(**REPLACED)
    for label, rule_name in (("shares", "adjusted_winner"), ("shares", "frontier")):
        given, outcomes, rows = CONTINUOUS[label]
        found[f"{label}-{rule_name}"] = Maker(given, rule_name, outcomes).make(multipliers=rows)
    return found


def _by_chance() -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    for seed in range(3 * len(KINDS)):
        rng, kind = Random(seed), KINDS[seed % len(KINDS)]
        given = whole_dispute(rng, kind)
        plan = plan_of(rng, given)
        proof: Raw = {"merge": plan} if plan else {}
        if seed % 2:
            proof["multipliers"] = [[rng.randrange(1, 4) for _ in given["parties"]] for _ in "abc"]
        rules = ("draw", "kalai_smorodinsky", "nash", "leximin", "egalitarian", "utilitarian")
        found[f"chance-{seed}-{kind}"] = Maker(given, rng.choice(rules)).make(**proof)
    return found


@cache
def known() -> dict[str, Raw]:
    """Return every known certificate by its name."""
    return _whole() | _continuous() | guarded() | _by_chance()


def bounded(maker: Maker, bound: Any) -> Raw:
    """Return a certificate by Nash with a bound on the product."""
    certificate = maker.make()
    certificate["claims"]["bound"] = bound
    return again(certificate)


def again(certificate: Raw) -> Raw:
    """Return a certificate with its trees grown anew."""
    return with_trees(certificate)
