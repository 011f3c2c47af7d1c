"""Certificates that must be refused: each a known one with something changed, its code and why.

`FORGED[name]` is (code, why, known certificate, changes). A change is a path and what comes there:
a value, DROP, or a function of what was there. A dispute that was changed is hashed anew, unless
the hash itself is what changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.support.changing import DROP, changed
from tests.support.guarded_forgeries import FORGED as GUARDED
from tests.support.worlds import Raw, hash_of, text_of

BIG = str(10**3005)
Change = tuple[str, Any]
Forged = tuple[str, str, str, list[Change]]


def put(path: str, value: Any) -> list[Change]:
    """Return one change."""
    return [(path, value)]


def more(*items: Any) -> Callable[[list[Any]], list[Any]]:
    """Return the change that appends."""
    return lambda found: [*found, *items]


def limit(*when: Any, **others: Any) -> Callable[[Any], Any]:
    """Return the change that appends something that is not allowed."""
    one = {"party": None, "place": 1, "when": list(when)} | others
    return lambda found: [*found, one]


def bonus(*when: Any, **others: Any) -> Callable[[Any], Any]:
    """Return the change that appends a bonus."""
    return lambda found: [*found, {"party": 0, "points": 5, "when": list(when)} | others]


def many(found: list[Any], count: int = 18) -> list[Any]:
    """Return the first issue many times."""
    return [found[0] | {"id": f"n{k}"} for k in range(count)]


P, NEVER, ISSUES, ROW = "plain-draw", "dispute/never", "dispute/issues", "proof/multipliers/0"
B, SUMS = "bettered-draw", "proof/replacements/0"
BASES = (2, 3, 5, 7, 11, 13)
CORNER, TREE = "dispute/issues/0/options/0/0", "proof/trees/2"
POWERS = [
    str(base**power) for base, power in zip(BASES, (1990, 1255, 857, 708, 575, 537), strict=True)
]
WIDE: list[Change] = [
    (ISSUES, many),
    ("dispute/groups", [{"id": "ends", "issues": [0, 17]}]),
    ("proof/outcomes", [[1] * 18]),
    ("proof/ideals", [0, 0]),
    ("proof/merge", [list(range(18))]),
]
NEARLY: list[
    Change
] = [  # both could have 2 and have 1: Σ λ_i g_i is 4 where 4 is what better takes
    ("proof/outcomes", [[0], [1]]),
    ("proof/multipliers", [[1, 1], [1, 0]]),
    ("claims/utilities", [1, 1]),
]
SHAPES: dict[str, Forged] = {
    "missing-key": ("shape", "no status", P, put("status", DROP)),
    "null": ("shape", "null in the place of a text", P, put("rule", None)),
    "true": ("shape", "true in the place of 1", P, put("proof/ideals/0", True)),
    "text-for-place": ("shape", "a text for a place", P, put("proof/ideals/0", "0")),
    "no-object": ("shape", "a list in the place of the proof", P, put("proof", [])),
    "no-list": ("shape", "an object in the place of trees", P, put("proof/trees", {})),
    "letters": ("shape", "a text in the place of a list", P, put("proof/trees/0", "")),
    "small-as-text": ("shape", "5 as a text", P, put("dispute/walk_away/0", "5")),
    "not-lowest": ("shape", "2/40 is not in lowest terms", P, put("dispute/tolerance", "2/40")),
    "no-number": ("shape", "a text that is no number", P, put("dispute/price", "a tenth")),
    "digits": ("too-large", "601 digits in a row", P, put("dispute/price", "1" * 601)),
    "points-of-one": ("shape", "points of one party", P, put(CORNER, ["a", 5])),
    "units-of-one": ("shape", "a unit of one party", P, put("dispute/units", [1])),
    "unknown-rule": ("shape", "a rule that does not exist", P, put("rule", "lot")),
    "no-dispute": ("shape", "the dispute is nowhere", P, put("dispute", DROP)),
    "no-run": ("tree", "no run, and no tree in its place", P, put("proof/run", DROP)),
    "condition-issue": ("shape", "an issue that is not there", P, put(NEVER, limit([3, 0]))),
    "condition-below": ("shape", "an issue before the first", P, put(NEVER, limit([-1, 0]))),
    "condition-option": ("shape", "an option that is not there", P, put(NEVER, limit([0, 2]))),
    "condition-nothing": ("shape", "a condition on no issue", P, put(NEVER, limit([]))),
    "group-issue": (
        "shape",
        "a group with an issue that is not there",
        "group-draw",
        put("dispute/groups/0/issues", [0, 9]),
    ),
    "outcome-nothing": ("shape", "null for an option", P, put("proof/outcomes/0/0", None)),
    "version": ("version", "a certificate of version 2", P, put("hikiwake_certificate", 2)),
    "dispute-version": (
        "version",
        "a dispute of version 2",
        P,
        put("dispute/hikiwake_dispute", 2),
    ),
    "hash": ("hash", "a digit changed", P, put("dispute_hash", lambda h: h[:-1] + "x")),
    "other-dispute": (
        "hash",
        "the dispute was changed afterwards",
        P,
        [("dispute/price", 1), ("dispute_hash", lambda h: h)],
    ),
}
LARGE: dict[str, Forged] = {
    "parties": (
        "too-large",
        "101 parties",
        P,
        put("dispute/parties", [f"p{i}" for i in range(101)]),
    ),
    "combinations": (
        "too-large",
        "18 issues in one part: 262,144 combinations",
        "plain-kalai_smorodinsky",
        WIDE,
    ),
    "group-combinations": (
        "too-large",
        "a group of 262,144 combinations",
        "plain-kalai_smorodinsky",
        [(ISSUES, many), ("dispute/groups", [{"id": "all", "issues": list(range(18))}])],
    ),
    "scale": (
        "too-large",
        "ranges with a common multiple of more than 10,000 bits",
        "six-draw",
        put(ISSUES, lambda found: [found[0] | {"options": [[["a", *POWERS]]]}]),
    ),
    "figure": (
        "too-large",
        "utilities of more than 10,000 bits",
        "shares-draw",
        [
            (ISSUES, lambda found: many(found, 6)),
            ("proof/outcomes", [[[0, 1, str(int(power) - 1)] for power in POWERS]]),
        ],
    ),
}
DISPUTES: dict[str, Forged] = {
    "party-twice": ("dispute", "two parties of one id", P, put("dispute/parties/1", "ann")),
    "unit-nothing": ("dispute", "a unit of 0", P, put("dispute/units/0", 0)),
    "tolerance-below": ("dispute", "a tolerance below 0", P, put("dispute/tolerance", -1)),
    "issue-twice": ("dispute", "two issues of one id", P, put("dispute/issues/1/id", "i0")),
    "no-issue": ("dispute", "nothing to settle", P, put(ISSUES, [])),
    "no-corner": ("dispute", "an option of nothing", P, put("dispute/issues/0/options/0", [])),
    "bonus-of-nobody": (
        "dispute",
        "a bonus of no party",
        "rich-draw",
        put("dispute/bonuses/0/party", None),
    ),
    "condition-twice": (
        "dispute",
        "a condition that names an issue twice",
        P,
        put(NEVER, limit([0, 0], [0, 1])),
    ),
    "group-twice": (
        "dispute",
        "a group that names an issue twice",
        "group-draw",
        put("dispute/groups/0/issues", [0, 0]),
    ),
}
CERTIFICATES: dict[str, Forged] = {
    "outcome-option": ("outcome", "an option that is not there", P, put("proof/outcomes/0/0", 2)),
    "outcome-below": ("outcome", "an option before the first", P, put("proof/outcomes/0/0", -1)),
    "outcome-short": (
        "outcome",
        "an outcome that lacks its last",
        P,
        put("proof/outcomes/0", [0, 1]),
    ),
    "outcome-weights": (
        "outcome",
        "a weight too few",
        "heirs-draw",
        put("proof/outcomes/0/1", [0, 1]),
    ),
    "outcome-negative": (
        "outcome",
        "a weight below 0",
        "heirs-draw",
        put("proof/outcomes/0/1", [0, -1, 22]),
    ),
    "outcome-weightless": (
        "outcome",
        "weights that are all 0",
        "smooth-draw",
        put("proof/outcomes/0/1", [0, 0, 0]),
    ),
    "outcome-nowhere": ("outcome", "an ideal that is not there", P, put("proof/ideals/0", 99)),
    "no-outcome": ("outcome", "a settlement without an outcome", P, put("proof/outcomes", [])),
    "infeasible": (
        "infeasible",
        "an outcome below a walk-away value",
        "rich-draw",
        put("proof/outcomes", more([0, 0, 0])),
    ),
    "bonus-changed": (
        "infeasible",
        "a red line that the package crosses",
        P,
        put(NEVER, limit([0, 0, 1], party=0)),
    ),
    "utilities": ("claims", "one point too many", P, put("claims/utilities/0", 51)),
    "lowered-ideal": ("claims", "an ideal below its witness", P, put("claims/ideals/0", 99)),
    "lowered-witness": (
        "short",
        "a witness that gives less than the ideal",
        P,
        [
            ("proof/ideals/0", 0),
            ("claims/ideals/0", 50),
            ("claims/gains/0", 1),
            ("claims/imbalance", "3/10"),
        ],
    ),
    "claims-list": ("claims", "claims are an object", P, put("claims", [])),
    "claim-missing": ("claims", "gains are not claimed", P, put("claims/gains", DROP)),
    "claim-unknown": ("claims", "a claim of fame", P, put("claims/fame", 1)),
    "claim-true": (
        "shape",
        "true for a gain of 1",
        "nobody-compared-draw",
        put("claims/gains/0", True),
    ),
    "bound-below": (
        "claims",
        "a bound below the product",
        "nash-bound",
        put("claims/bound", "1/4"),
    ),
    "frontier-points": (
        "claims",
        "a point of the frontier that is not there",
        "plain-frontier",
        put("claims/points", lambda found: found[1:]),
    ),
    "merge-twice": ("merge", "an issue in two parts", P, put("proof/merge", [[0, 1], [1, 2]])),
    "merge-nowhere": ("merge", "an issue that is not there", P, put("proof/merge", [[0, 3]])),
    "row-below": ("multiplier", "a multiplier below 0", "rich-draw", put(ROW, [2, -1])),
    "row-clause-below": (
        "multiplier",
        "a clause's multiplier below 0",
        "rich-draw",
        put(ROW, [1, 1, 0, -1]),
    ),
    "row-short": ("multiplier", "a multiplier of one party", "rich-draw", put(ROW, [1])),
    "row-half": ("multiplier", "a clause without its multiplier", "rich-draw", put(ROW, [1, 1, 0])),
    "zero-row": (
        "idle",
        "multipliers that are all 0",
        "rich-draw",
        [(ROW, [0, 0]), (TREE, lambda t: [-1, *t])],
    ),
    "trees": ("tree", "a tree too few", P, put("proof/trees", lambda found: found[:-1])),
    "nowhere": ("tree", "an integer that means nothing", P, put(f"{TREE}/0", 3)),
    "divided-twice": ("tree", "a single option divided", P, put(TREE, lambda t: [t[0], *t])),
    "row-nowhere": ("tree", "a row that is not there", P, put(f"{TREE}/0", -1)),
    "idle": (
        "idle",
        "a row that closes nothing",
        "rich-kalai_smorodinsky",
        put(TREE, lambda t: [-4, *t]),
    ),
    "row-without-floor": (
        "idle",
        "a row on a party whose floor is not named",
        "no-agreement-rows",
        [("proof/conflicts", [{"limits": [3], "without": [0]}]), ("proof/trees", [[-1]])],
    ),
    "not-below": (
        "idle",
        "a row whose M is what a better package is worth, and not below it",
        "better",
        [
            *NEARLY,
            ("proof/ideals", [1, 1]),
            ("claims/gains", ["1/2", "1/2"]),
            ("proof/trees", [[], [], [-1]]),
        ],
    ),
    "not-below-ideal": (
        "idle",
        "a row whose M is just as much more as there is, and not below it",
        "better",
        [
            *NEARLY,
            ("proof/ideals", [0, 1]),
            ("status", "uneven"),
            ("claims/ideals", [1, 2]),
            ("claims/gains", [1, "1/2"]),
            ("claims/imbalance", "1/2"),
            ("proof/trees", [[-2], [], [-1]]),
        ],
    ),
    "no-such-clause": (
        "short",
        "a multiplier of a clause that is not there, which counts for nothing",
        "rich-draw",
        [(ROW, [1, 1, 50, 10**9]), (TREE, [-1])],
    ),
    "replacement-short": ("replacement", "no sum for a corner", B, put(SUMS, lambda s: s[:3])),
    "replacement-long": ("replacement", "a sum too many", B, put(SUMS, more([0, 1, 0, 0]))),
    "replacement-of-two": ("replacement", "a sum of two", B, put(f"{SUMS}/2", [0, -1, 12])),
    "replacement-of-nothing": ("replacement", "a unit of 0", B, put(f"{SUMS}/1", 0)),
    "replacement-nowhere": ("outcome", "an outcome that is not there", B, put(f"{SUMS}/0", 4)),
    "replacement-no-number": ("shape", "a text in a sum", B, put(f"{SUMS}/3/0", "a")),
    "replacement-no-list": ("shape", "a number for a sum", B, put(f"{SUMS}/3", 0)),
    "replacement-no-unit": ("shape", "nothing but a place", B, put(SUMS, [0])),
    "replacement-loses": (
        "short",
        "what is put in its place gives ben less: 1 + (u_ben − 2) points",
        B,
        put(f"{SUMS}/3", [0, 1, 0, -2]),
    ),
    "replacement-no-more": (
        "short",
        "what is put in its place is worth just the same",
        B,
        [(SUMS, [2, 10, [1, 0, 0, -4], [0, 1, 0, -3]]), ("proof/trees/6", [0, -4, 2])],
    ),
    "replacement-beyond": (
        "short",
        "what is put in its place needs more than there is of the share: 12 is no more than 13",
        B,
        put(f"{SUMS}/2/3", 13),
    ),
    "replacement-unknown": (
        "tree",
        "a row with a line of which it is not known that it is below 0",
        B,
        put("proof/trees/6", [-5, 0, -4, 2, -5]),
    ),
    "replacement-other-side": (
        "tree",
        "a row with a line not below 0, where it is",
        B,
        put("proof/multipliers/4/8", 51),
    ),
    "even-other-side": ("tree", "more than even", B, put("proof/multipliers/3/4", -1)),
    "even-elsewhere": (
        "tree",
        "a line of what is even, in another proof",
        B,
        put("proof/trees/3/1", -4),
    ),
    "divided-by-nothing": (
        "tree",
        "an integer beyond the replacements",
        B,
        put("proof/trees/6/2", 3),
    ),
    "even-unbettered": (
        "idle",
        "even packages that nothing betters: ann has 7, and less than 2/5 of the share",
        B,
        put("dispute/issues/0/options/0/0", ["a", 7, 3, 3]),
    ),
    "missing-branch": ("short", "a branch is missing", P, put(TREE, lambda t: t[:-1])),
    "repeated-branch": ("left-over", "a branch is repeated", P, put(TREE, lambda t: [*t, t[-1]])),
    "run-disorder": ("run", "a run in disorder", P, put("proof/run", lambda run: run[::-1])),
    "run-end": (
        "short",
        "a run before which there may be a draw",
        "searched-draw",
        [
            ("proof/run", lambda run: run[4:]),
            ("proof/trees", lambda found: [*found[:4], [], *found[9:]]),
        ],
    ),
    "unknown-status": ("status", "a status that does not exist", P, put("status", "even")),
    "other-status": ("status", "a frontier's status", P, put("status", "complete")),
    "uneven-though-draw": ("status", "a draw exists", "stepped", put("status", "uneven")),
    "uneven-though-run": (
        "status",
        "uneven where the run holds a draw",
        "searched-draw",
        put("status", "uneven"),
    ),
    "draw-though-uneven": ("status", "a draw that is not even", P, put("status", "draw")),
    "better-draw": (
        "status",
        "a better draw inside the run",
        "searched-draw",
        put("dispute/tolerance", "1/10"),
    ),
    "no-twin": ("status", "a twin of other gains", P, put("proof/twins", [1])),
    "twins-of-six": ("not-covered", "twins of six parties", "six-uneven", put("proof/twins", [])),
    "no-conflict": (
        "conflict",
        "no agreement without a conflict",
        "no-agreement",
        put("proof/conflicts", []),
    ),
    "conflict-limits": (
        "conflict",
        "a limit that is not there",
        "no-agreement",
        put("proof/conflicts/0/limits/1", 9),
    ),
    "conflict-without": (
        "conflict",
        "no outcome without a limit",
        "no-agreement",
        put("proof/conflicts/0/without", lambda w: w[1:]),
    ),
    "conflict-twice": (
        "conflict",
        "a limit twice, and so one without an outcome",
        "no-agreement",
        put("proof/conflicts/0/limits", lambda c: [c[0], *c]),
    ),
    "conflict-spared": (
        "conflict",
        "a limit that can be spared",
        "no-agreement",
        put("proof/conflicts/0", lambda c: {"limits": [0, 1, 2], "without": [*c["without"], 0]}),
    ),
    "frontier-of-three": (
        "not-covered",
        "a frontier of three",
        "three-draw",
        [("rule", "frontier"), ("status", "complete")],
    ),
    "nash-nothing": ("not-covered", "a product of nothing", "twins-leximin", put("rule", "nash")),
    "adjusted-issues": (
        "not-covered",
        "adjusted winner with whole issues",
        "heirs-draw",
        put("rule", "adjusted_winner"),
    ),
}
FORGED = {**SHAPES, **LARGE, **DISPUTES, **CERTIFICATES, **GUARDED}


def forged(name: str, known: dict[str, Raw]) -> str:
    """Return the text of a forged certificate."""
    _, _, base, changes = FORGED[name]
    certificate = deepcopy(known[base])
    for path, new in changes:
        certificate = changed(certificate, path, new)
    if not any(path == "dispute_hash" for path, _ in changes) and "dispute" in certificate:
        certificate["dispute_hash"] = hash_of(certificate["dispute"])
    return text_of(certificate)


def texts(known: dict[str, Raw]) -> dict[str, tuple[str, str, str]]:
    """Return by name the code, why and the text of what is no canonical JSON."""
    text = text_of(known["plain-draw"])
    return {
        "cut": ("shape", "a text that was cut off", text[:-9]),
        "blank": ("shape", "a blank", text.replace(",", ", ", 1)),
        "key-twice": ("shape", "a key twice", text.replace('{"', '{"rule":"draw","', 1)),
        "float": ("shape", "50.0 for 50", re.sub(r"\b50\b", "50.0", text, count=1)),
        "exponent": ("shape", "5e1 for 50", re.sub(r"\b50\b", "5e1", text, count=1)),
        "minus-zero": ("shape", "-0 for 0", text.replace("[0,", "[-0,", 1)),
        "unsafe": ("shape", "2^53 as an integer", re.sub(r"\b50\b", str(2**53), text, count=1)),
        "surrogate": ("shape", "half a character", text.replace('"ann"', '"\\ud800"', 1)),
        "escape": (
            "shape",
            "a letter that was escaped without need",
            text.replace('"ann"', '"\\u0061nn"', 1),
        ),
        "key-beyond-ascii": (
            "shape",
            "a key that is not ASCII",
            text.replace('{"', '{"\u00e9":0,"', 1),
        ),
        "keys-of-two-orders": (
            "shape",
            "keys that Python and JavaScript order differently",
            text.rstrip("\n")[:-1] + ',"\uffff":0,"\U0001f600":0}',
        ),
        "nothing": ("shape", "an empty text", ""),
        "list": ("shape", "a list", "[]"),
        "infinity": ("shape", "Infinity", text.replace('"price":"1/10"', '"price":Infinity')),
    }
