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

from tests.support.worlds import Raw, hash_of, text_of

DROP = object()
BIG = str(10**3005)
Change = tuple[str, Any]
Forged = tuple[str, str, str, list[Change]]


def put(path: str, value: Any) -> list[Change]:
    """Return one change."""
    return [(path, value)]


def more(*items: Any) -> Callable[[list[Any]], list[Any]]:
    """Return the change that appends."""
    return lambda found: [*found, *items]


def limit(when: Raw, **others: Any) -> Callable[[Any], Any]:
    """Return the change that appends something that is not allowed."""
    one = {"kind": "rule", "party": None, "place": 1, "when": when} | others
    return lambda found: [*found, one]


def bonus(when: Raw, **others: Any) -> Callable[[Any], Any]:
    """Return the change that appends a bonus."""
    return lambda found: [*found, {"party": 0, "points": 5, "when": when} | others]


def when(options: Any = (), shares: Any = ()) -> Raw:
    """Return a condition."""
    return {"options": list(options), "shares": list(shares)}


NEVER, ISSUES, PROOF = "dispute/never", "dispute/issues", "proof"
SHAPES: dict[str, Forged] = {
    "unknown-key": ("shape", "a key that the page does not know", "plain-draw", put("note", 1)),
    "missing-key": ("shape", "no status", "plain-draw", put("status", DROP)),
    "null": ("shape", "null in the place of a text", "plain-draw", put("rule", None)),
    "true": ("shape", "true in the place of 1", "plain-draw", put("proof/best", True)),
    "text-for-place": (
        "shape",
        "a text in the place of a place",
        "plain-draw",
        put("proof/best", "0"),
    ),
    "no-object": ("shape", "a list in the place of the proof", "plain-draw", put(PROOF, [])),
    "no-list": ("shape", "an object in the place of trees", "plain-draw", put("proof/trees", {})),
    "small-as-text": (
        "shape",
        "5 written as a text",
        "plain-draw",
        put("dispute/walk_away/0", "5"),
    ),
    "not-lowest": (
        "shape",
        "2/40 is not in lowest terms",
        "plain-draw",
        put("dispute/tolerance", "2/40"),
    ),
    "no-number": (
        "shape",
        "a text that is no number",
        "plain-draw",
        put("dispute/price", "a tenth"),
    ),
    "part-of-a-point": (
        "shape",
        "points are integers in the party's unit",
        "plain-draw",
        put("dispute/issues/0/points/0/0", "1/2"),
    ),
    "points-of-one": (
        "shape",
        "points of one party",
        "plain-draw",
        put("dispute/issues/0/points/0", [5]),
    ),
    "units-of-one": ("shape", "a unit of one party", "plain-draw", put("dispute/units", [1])),
    "unknown-rule": ("shape", "a rule that does not exist", "plain-draw", put("rule", "lot")),
    "unknown-status": (
        "shape",
        "a status that does not exist",
        "plain-draw",
        put("status", "even"),
    ),
    "unknown-limit": (
        "shape",
        "neither a rule nor a red line",
        "plain-draw",
        put(NEVER, limit(when([[0, [0]]]), kind="wish")),
    ),
    "no-best": (
        "shape",
        "a draw names a Kalai–Smorodinsky outcome",
        "plain-draw",
        put("proof/best", DROP),
    ),
    "run-too-much": (
        "shape",
        "Kalai–Smorodinsky needs no run",
        "plain-kalai_smorodinsky",
        put("proof/run", [None, 0, None]),
    ),
    "no-dispute": ("shape", "the dispute is nowhere", "plain-draw", put("dispute", DROP)),
    "claims-list": ("shape", "claims are an object", "plain-draw", put("claims", [])),
    "claim-missing": ("shape", "gains are not claimed", "plain-draw", put("claims/gains", DROP)),
    "claim-unknown": ("shape", "a claim of fame", "plain-draw", put("claims/fame", 1)),
    "segment-for-option": (
        "shape",
        "a segment for an option",
        "plain-draw",
        put("proof/outcomes/0/0", [0, 0]),
    ),
    "part-for-parts": (
        "shape",
        "a number for the parts",
        "heirs-draw",
        put("proof/outcomes/0/1", 1),
    ),
    "outcome-short": (
        "shape",
        "an outcome without its last",
        "plain-draw",
        put("proof/outcomes/0", [0, 1]),
    ),
    "version": (
        "version",
        "a certificate of version 2",
        "plain-draw",
        put("hikiwake_certificate", 2),
    ),
    "dispute-version": (
        "version",
        "a dispute of version 2",
        "plain-draw",
        put("dispute/hikiwake_dispute", 2),
    ),
    "hash": (
        "hash",
        "a hash with one digit changed",
        "plain-draw",
        put("dispute_hash", lambda h: h[:-1] + "x"),
    ),
    "other-dispute": (
        "hash",
        "the dispute was changed afterwards",
        "plain-draw",
        [("dispute/price", 1), ("dispute_hash", lambda h: h)],
    ),
}
LARGE: dict[str, Forged] = {
    "digits": (
        "too-large",
        "a number of 3,400 digits",
        "plain-draw",
        put("dispute/walk_away/0", "1" * 3400),
    ),
    "bits": (
        "too-large",
        "a number of 10,001 bits",
        "plain-draw",
        put("dispute/price", str(2**10001)),
    ),
    "multiplier-bits": (
        "too-large",
        "a multiplier of 513 bits",
        "plain-draw",
        put("proof/multipliers", [[str(2**512), 1]]),
    ),
    "parties": (
        "too-large",
        "101 parties",
        "plain-draw",
        put("dispute/parties", [f"p{i}" for i in range(101)]),
    ),
    "combinations": (
        "too-large",
        "18 issues in one part: 262,144 combinations",
        "plain-kalai_smorodinsky",
        [
            (ISSUES, lambda found: [found[0] | {"id": f"n{k}"} for k in range(18)]),
            (NEVER, limit(when([[0, [0]]]))),
            ("proof/outcomes", [[1] * 18]),
            ("proof/ideals", [0, 0]),
            ("proof/merge", [list(range(18))]),
            ("claims/utilities", [0, 540]),
            ("claims/ideals", [0, 540]),
            ("claims/gains", [None, 1]),
            ("claims/imbalance", None),
        ],
    ),
    "group-combinations": (
        "too-large",
        "a group of 262,144 combinations",
        "plain-kalai_smorodinsky",
        [
            (ISSUES, lambda found: [found[0] | {"id": f"n{k}"} for k in range(18)]),
            ("dispute/groups", [{"id": "all", "issues": list(range(18))}]),
        ],
    ),
    "scale": (
        "too-large",
        "ranges with a common multiple of more than 10,000 bits",
        "plain-kalai_smorodinsky",
        [
            (ISSUES, lambda found: [found[0] | {"points": [[str(2**5001), str(3**3200)], [0, 0]]}]),
            ("proof/outcomes", [[0]]),
            ("proof/ideals", [0, 0]),
            ("claims/utilities", [str(2**5001), str(3**3200)]),
            ("claims/ideals", [str(2**5001), str(3**3200)]),
            ("claims/gains", [1, 1]),
            ("claims/imbalance", 0),
        ],
    ),
    "denominators": (
        "too-large",
        "parts without a common denominator of 10,000 bits",
        "shares-draw",
        [
            ("proof/outcomes/0/0", lambda _: [f"1/{2**5001}", f"{2**5001 - 1}/{2**5001}"]),
            ("proof/outcomes/0/1", lambda _: [f"1/{3**3200}", f"{3**3200 - 1}/{3**3200}"]),
        ],
    ),
    "figure": (
        "too-large",
        "a utility of more than 10,000 bits",
        "shares-draw",
        [
            ("dispute/shares/0/points", [str(2**9000 + 1), str(2**9000 + 1)]),
            ("proof/outcomes/0/0", [f"1/{3**3200}", f"{3**3200 - 1}/{3**3200}"]),
        ],
    ),
    "brackets": (
        "too-large",
        "13 levels of brackets",
        "plain-draw",
        put("proof/trees", [[[[[[[[[[[0]]]]]]]]]]]),
    ),
    "issues": (
        "too-large",
        "10,001 issues in a group",
        "group-draw",
        put("dispute/groups/0/issues", [0] * 10001),
    ),
}
DISPUTES: dict[str, Forged] = {
    "party-twice": (
        "dispute",
        "two parties of one id",
        "plain-draw",
        put("dispute/parties/1", "ann"),
    ),
    "unit-nothing": ("dispute", "a unit of 0", "plain-draw", put("dispute/units/0", 0)),
    "tolerance-below": (
        "dispute",
        "a tolerance below 0",
        "plain-draw",
        put("dispute/tolerance", -1),
    ),
    "issue-twice": (
        "dispute",
        "two issues of one id",
        "plain-draw",
        put("dispute/issues/1/id", "i0"),
    ),
    "no-options": (
        "dispute",
        "an issue without options",
        "plain-draw",
        [("dispute/issues/0/options", []), ("dispute/issues/0/points", [])],
    ),
    "option-twice": (
        "dispute",
        "an option twice",
        "plain-draw",
        put("dispute/issues/0/options", ["a", "a"]),
    ),
    "backwards": (
        "dispute",
        "a segment that runs backwards",
        "smooth-draw",
        put("dispute/issues/1/from/0", 901),
    ),
    "payments": (
        "dispute",
        "points of payments that 2 does not divide",
        "paid-draw",
        put("dispute/shares/0/points/0", 81),
    ),
    "whose": (
        "dispute",
        "a red line of nobody",
        "plain-draw",
        put(NEVER, limit(when([[0, [0]]]), kind="red_line")),
    ),
    "place-0": (
        "dispute",
        "a rule counted from 0",
        "plain-draw",
        put(NEVER, limit(when([[0, [0]]]), place=0)),
    ),
    "bonus-0": (
        "dispute",
        "a bonus of nothing",
        "plain-draw",
        put("dispute/bonuses", bonus(when([[0, [0]]]), points=0)),
    ),
    "bonus-share": (
        "dispute",
        "a bonus on a share",
        "heirs-draw",
        put("dispute/bonuses", bonus(when([], [[0, 0, "1/2", None]]))),
    ),
    "condition-issue": (
        "dispute",
        "a condition on an issue that is not there",
        "plain-draw",
        put(NEVER, limit(when([[3, [0]]]))),
    ),
    "condition-falls": (
        "dispute",
        "issues of a condition that fall",
        "plain-draw",
        put(NEVER, limit(when([[1, [0]], [0, [0]]]))),
    ),
    "condition-option": (
        "dispute",
        "an option that is not there",
        "plain-draw",
        put(NEVER, limit(when([[0, [2]]]))),
    ),
    "condition-share": (
        "dispute",
        "a share that is not there",
        "heirs-draw",
        put(NEVER, limit(when([], [[1, 0, 0, None]]))),
    ),
    "condition-boundless": (
        "dispute",
        "a share without a bound",
        "heirs-draw",
        put(NEVER, limit(when([], [[0, 0, None, None]]))),
    ),
    "condition-shares-fall": (
        "dispute",
        "shares of a condition that fall",
        "heirs-draw",
        put(NEVER, limit(when([], [[0, 1, 0, None], [0, 0, 0, None]]))),
    ),
    "condition-nothing": (
        "dispute",
        "a condition on nothing",
        "plain-draw",
        put(NEVER, limit(when())),
    ),
    "group-twice": (
        "dispute",
        "an issue in two groups",
        "group-draw",
        put("dispute/groups", more({"id": "g", "issues": [0]})),
    ),
    "group-nothing": (
        "dispute",
        "a group of nothing",
        "group-draw",
        put("dispute/groups/0/issues", []),
    ),
    "group-smooth": (
        "dispute",
        "an amount without steps in a group",
        "smooth-draw",
        put("dispute/groups", more({"id": "g", "issues": [1]})),
    ),
}
CERTIFICATES: dict[str, Forged] = {
    "outcome-option": (
        "outcome",
        "an option that is not there",
        "plain-draw",
        put("proof/outcomes/0/0", 2),
    ),
    "outcome-along": (
        "outcome",
        "a place behind its segment",
        "smooth-draw",
        put("proof/outcomes/0/1/1", 2),
    ),
    "outcome-parts": (
        "outcome",
        "parts that sum to more than 1",
        "heirs-draw",
        put("proof/outcomes/0/1/0", "2/21"),
    ),
    "outcome-twice": (
        "outcome",
        "an outcome twice",
        "plain-draw",
        put("proof/outcomes", lambda found: [*found, found[0]]),
    ),
    "outcome-nowhere": (
        "outcome",
        "an ideal at a place that is not there",
        "plain-draw",
        put("proof/ideals/0", 99),
    ),
    "no-outcome": (
        "outcome",
        "a settlement without an outcome",
        "plain-draw",
        put("proof/outcomes", []),
    ),
    "infeasible": (
        "infeasible",
        "an outcome below a walk-away value",
        "rich-draw",
        put("proof/outcomes", more([0, 0, 0])),
    ),
    "utilities": (
        "claims",
        "one point more than there is",
        "plain-draw",
        put("claims/utilities/0", 51),
    ),
    "lowered-ideal": (
        "claims",
        "an ideal below that of its witness",
        "plain-draw",
        put("claims/ideals/0", 99),
    ),
    "claim-true": (
        "claims",
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
    "merge-falls": ("merge", "a part that falls", "rich-merged-draw", put("proof/merge", [[2, 0]])),
    "merge-one": ("merge", "a part of one issue", "plain-draw", put("proof/merge", [[1]])),
    "merge-twice": (
        "merge",
        "an issue in two parts",
        "plain-draw",
        put("proof/merge", [[0, 1], [1, 2]]),
    ),
    "group-apart": ("merge", "a group in several parts", "group-draw", put("proof/merge", DROP)),
    "zero-row": (
        "multiplier",
        "multipliers that are all 0",
        "rich-draw",
        put("proof/multipliers/0", [0, 0]),
    ),
    "row-below": (
        "multiplier",
        "a multiplier below 0",
        "rich-draw",
        put("proof/multipliers/0", [2, -1]),
    ),
    "row-falls": (
        "multiplier",
        "additions that fall",
        "rich-draw",
        put("proof/multipliers/0", [1, 1, [2, 1], [1, 1]]),
    ),
    "row-length": (
        "multiplier",
        "one addition for two literals",
        "rich-draw",
        put("proof/multipliers/0", [1, 1, [0, 1]]),
    ),
    "row-alone": (
        "multiplier",
        "additions for what does not exist",
        "plain-draw",
        put("proof/multipliers", [[1, 1, [0, 1]]]),
    ),
    "trees": ("tree", "a tree too few", "plain-draw", put("proof/trees", lambda found: found[:-1])),
    "nowhere": ("tree", "an integer that means nothing", "plain-draw", put("proof/trees/2/0", 3)),
    "divided-twice": (
        "tree",
        "a part with one option is divided again",
        "plain-draw",
        put("proof/trees/2", lambda t: [t[0], *t]),
    ),
    "bonus-decided": (
        "tree",
        "a bonus inside one part is divided",
        "rich-merged-draw",
        put("proof/trees/2/0", 3),
    ),
    "row-nowhere": ("tree", "a row that is not there", "plain-draw", put("proof/trees/2/0", -1)),
    "idle": (
        "idle",
        "a row that closes nothing",
        "rich-kalai_smorodinsky",
        put("proof/trees/2", lambda t: [-4, *t]),
    ),
    "row-without-floor": (
        "idle",
        "a row on a party whose floor is not named",
        "no-agreement-rows",
        [("proof/conflicts", [{"limits": [3], "without": [0]}]), ("proof/trees", [[-1]])],
    ),
    "idle-box": (
        "idle",
        "a row that closes nothing of a box",
        "rich-draw",
        put("proof/trees/5", lambda t: [-4, *t]),
    ),
    "missing-branch": (
        "short",
        "a branch is missing",
        "plain-draw",
        put("proof/trees/2", lambda t: t[:-1]),
    ),
    "repeated-branch": (
        "left-over",
        "a branch is repeated",
        "plain-draw",
        put("proof/trees/2", lambda t: [*t, t[-1]]),
    ),
    "run-disorder": (
        "run",
        "a run in disorder",
        "plain-draw",
        put("proof/run", lambda run: [None, *run[-2:0:-1], None]),
    ),
    "run-hole": (
        "run",
        "a run with a hole",
        "plain-draw",
        put("proof/run", lambda run: [*run[:2], None, *run[2:]]),
    ),
    "run-end": (
        "run",
        "an end of a run that is not outside",
        "searched-draw",
        put("proof/run", lambda run: run[5:]),
    ),
    "frontier-run": (
        "run",
        "a frontier that is not all outcomes",
        "plain-frontier",
        put("proof/run", lambda run: run[1:]),
    ),
    "other-status": (
        "status",
        "a settlement's rule with a frontier's status",
        "plain-draw",
        put("status", "complete"),
    ),
    "uneven-though-draw": (
        "status",
        "uneven where a draw exists",
        "stepped",
        put("status", "uneven"),
    ),
    "uneven-though-run": (
        "status",
        "uneven where the run holds a draw",
        "searched-draw",
        put("status", "uneven"),
    ),
    "draw-though-uneven": (
        "status",
        "a draw that is not even",
        "plain-draw",
        put("status", "draw"),
    ),
    "better-draw": (
        "status",
        "a better draw inside the run",
        "searched-draw",
        put("dispute/tolerance", "1/10"),
    ),
    "twins-of-six": ("not-covered", "twins of six parties", "six-draw", put("proof/twins", [])),
    "no-twin": ("status", "a twin of other gains", "plain-draw", put("proof/twins", [1])),
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
    "nash-nothing": (
        "not-covered",
        "a product of nothing",
        "twins-leximin",
        put("rule", "nash"),
    ),
    "adjusted-issues": (
        "not-covered",
        "adjusted winner with whole issues",
        "heirs-draw",
        put("rule", "adjusted_winner"),
    ),
}
FORGED = {**SHAPES, **LARGE, **DISPUTES, **CERTIFICATES}


def changed(value: Any, path: list[str], new: Any) -> Any:
    """Return a value with something else at a path."""
    key: Any = int(path[0]) if isinstance(value, list) else path[0]
    if len(path) > 1:
        found = changed(value[key], path[1:], new)
    else:
        found = new(value[key]) if callable(new) else new
    copy: Any = list(value) if isinstance(value, list) else dict(value)
    if found is DROP:
        del copy[key]
    else:
        copy[key] = found
    return copy


def forged(name: str, known: dict[str, Raw]) -> str:
    """Return the text of a forged certificate."""
    _, _, base, changes = FORGED[name]
    certificate = deepcopy(known[base])
    for path, new in changes:
        certificate = changed(certificate, path.split("/"), new)
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
        "nothing": ("shape", "an empty text", ""),
        "list": ("shape", "a list", "[]"),
        "infinity": ("shape", "Infinity", text.replace('"price":"1/10"', '"price":Infinity')),
    }
