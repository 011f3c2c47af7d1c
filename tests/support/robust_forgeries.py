"""Certificates of how far draws hold that must be refused: code, why, which one, the changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.changing import DROP, changed
from tests.support.robust_certificates import known, text_of

Change = tuple[str, Any]
Forged = tuple[str, str, str, list[Change]]

ANN, BEN = "dispute/sides/0", "dispute/sides/1"
CLAIM = "claims/0/sides/0"
HALF = "1/2"


def more(*items: Any) -> Callable[[list[Any]], list[Any]]:
    """Return the change that appends."""
    return lambda found: [*found, *items]


def without_group(tree: Any) -> Any:
    """Return a tree whose first case, by a group, leaves one of its combinations out."""
    kind, (group, ways), into = tree
    assert kind == "group"
    return [kind, [group, ways[1:]], into[1:]]


def closed(weights: list[tuple[int, str]]) -> list[Any]:
    """Return a tree of one case."""
    return [[at, weight] for at, weight in weights]


FORGED: dict[str, Forged] = {
    "version": ("version", "of version 2", "share", [("hikiwake_robust", 2)]),
    "version-listed": (
        "version", "of version 1, which listed all packages", "ranges",
        [("hikiwake_robust", 1), ("ideals", DROP), ("package", DROP)],
    ),
    "version-true": ("version", "true in the place of 3", "share", [("hikiwake_robust", True)]),
    "missing-key": ("shape", "no claims", "ranges", [("claims", DROP)]),
    "bare-number": ("shape", "a bare number for a text", "ranges", [("dispute/tolerance", 1)]),
    "no-number": ("shape", "a text that is no number", "ranges", [(f"{ANN}/answers/0/0", "x")]),
    "long-number": (
        "shape", "a number of 3,001 digits", "ranges", [(f"{ANN}/answers/0/0", "1" * 3001)]
    ),
    "same-names": (
        "shape", "two parties alike", "ranges", [("dispute/parties/1", "ann")]
    ),
    "one-side": ("shape", "one side's answers only", "ranges", [("dispute/sides/1", DROP)]),
    "no-options": ("shape", "an issue without options", "ranges", [
        ("dispute/issues/0/options", []), (f"{ANN}/points/0", []), (f"{BEN}/points/0", []),
    ]),
    "no-place": ("shape", "a place that is not there", "ranges", [(f"{ANN}/walk_away/0/0", 99)]),
    "true-place": ("shape", "true in the place of 1", "ranges", [(f"{ANN}/walk_away/0/0", True)]),
    "twice": (
        "shape", "an answer weighed twice", "ranges", [(f"{ANN}/walk_away", [[6, "1"], [6, "1"]])]
    ),
    "empty-condition": ("shape", "a rule on nothing", "ranges", [("dispute/never", [[None, []]])]),
    "no-list": ("shape", "a text for a list", "ranges", [("dispute/never", "none")]),
    "few-multipliers": (
        "shape", "a number for too few limits", "linked", [(f"{CLAIM}/multipliers/0", ["1"])]
    ),
    "hope-gone": ("shape", "a hope that is no package", "ranges", [(f"{CLAIM}/hopes/0", [0])]),
    "long-list": (
        "too-large", "10,001 rules", "ranges", [("dispute/never", [[None, [[0, []]]]] * 10_001)]
    ),
    "given-nothing": (
        "hope", "points of 0 for everything", "ranges",
        [(f"{BEN}/points", lambda own: [[[[]] for _ in issue] for issue in own])],
    ),
    "unknown-key": ("shape", "a key that the page does not know", "share", [("note", "")]),
    "no-ideals": ("shape", "no ideals", "share", [("ideals", DROP)]),
    "no-claim": ("shape", "an empty list of claims", "share", [("claims", [])]),
    "not-lowest": ("shape", "2/40 is not in lowest terms", "share", [("dispute/price", "2/40")]),
    "by-zero": ("shape", "a fraction over 0", "share", [("dispute/tolerance", "1/0")]),
    "negative-price": ("shape", "a price below 0", "share", [("dispute/price", "-1")]),
    "negative-error": ("shape", "an error below 0", "share", [("claims/0/error", "-1")]),
    "ranges-text": ("shape", "a text for true", "share", [("claims/0/ranges", "true")]),
    "guessed-text": ("shape", "a text for true", "share", [(f"{ANN}/answers/0/2", "true")]),
    "same-ends": (
        "shape", "two ends alike", "share", [("dispute/issues/2/options/0", ["ann", "ann"])]
    ),
    "answer-twice": (
        "shape", "an answer that counts in two issues", "share",
        [(f"{ANN}/points/1/0/0", [[2, "1"]])],
    ),
    "bounds-on-options": (
        "shape", "bounds where there are options to choose from", "share",
        [("dispute/never/0/1", more([0, 0, HALF, None]))],
    ),
    "rule-inside": (
        "group", "a rule inside a group in which something is divided", "patch",
        [("dispute/never", [[None, [[0, [2]]]]])],
    ),
    "bonus-inside": (
        "group", "a bonus inside a group in which something is divided", "patch",
        [
            (f"{ANN}/answers", more(["1", None, True])),
            (f"{ANN}/bonuses", lambda own: [[10, [[0, [1]]]]]),
        ],
    ),
    "least-hangs": (
        "group", "what is worse for Ann hangs on what she meant", "patch",
        [(f"{ANN}/answers/8", ["0", ["0", "20"], True]), ("claims/0/ranges", True)],
    ),
    "no-stake": (
        "group", "nothing may be at stake for Ann", "patch",
        [
            (f"{ANN}/answers/7/1", ["0", "11"]), (f"{ANN}/answers/3", ["30", ["0", "30"], True]),
            ("claims/0/ranges", True),
        ],
    ),
    "group-cases": (
        "shape", "combinations of a group in which something is divided", "patch",
        [("claims/0/better/0", ["group", [0, []], []])],
    ),
    "uneven-land": (
        "group", "Ann has the land as well", "patch", [("package/3/1", ["1", "0", "0"])]
    ),
    "no-case": ("shape", "a case of no kind", "share", [("claims/0/better/0", ["skip", 0, []])]),
    "few-cases": (
        "shape", "a case of an option is missing", "share",
        [("claims/0/better/0", ["issue", 0, [[]]])],
    ),
    "few-corners": (
        "shape", "a corner of linked answers is left out", "cakes",
        [("claims/0/better/0/2", lambda own: own[1:])],
    ),
    "linked-apart": (
        "shape", "an answer without the one that is linked to it", "cakes",
        [("claims/0/better/0/1/1", lambda own: own[:1])],
    ),
    "many-ends": (
        "shape", "a cut where options are to choose from", "share",
        [("claims/0/better/0", ["cut", [0, 0, HALF], [[], []]])],
    ),
    "many-claims": ("shape", "eleven claims", "share", [("claims", lambda own: own * 11)]),
    "large-group": (
        "too-large", "4 × 1,000 combinations in a group", "group",
        [
            ("dispute/issues", more({"id": "k", "options": [[str(n)] for n in range(1000)]})),
            ("dispute/groups/0", more(5)),
            ("package", more(0)),
            *((f"{side}/points", more([[[]] for _ in range(1000)])) for side in (ANN, BEN)),
        ],
    ),
    "package-gone": ("shape", "an option that is not there", "share", [("package/0", 7)]),
    "no-division": (
        "package", "parts that are not 1 together", "share", [("package/2/1", [HALF, "1/3"])]
    ),
    "negative-part": (
        "package", "a part below 0", "share", [("package/2/1", ["-1", "2"])]
    ),
    "package-forbidden": (
        "package", "more of the savings than a rule allows", "share",
        [("package/2/1", ["2/3", "1/3"])],
    ),
    "given-outside": (
        "given", "an answer outside its range", "share", [(f"{ANN}/answers/2/0", "1000")]
    ),
    "given-breaks": (
        "given", "answers that break a limit", "linked", [(f"{ANN}/limits/0/1", "-1000")]
    ),
    "multiplier": (
        "multiplier", "a multiplier below 0", "linked", [(f"{CLAIM}/multipliers/0/0", "-1")]
    ),
    "weight": (
        "multiplier", "a weight of 0", "share", [("claims/0/better/0", closed([(0, "0")]))]
    ),
    "ideal": ("ideal", "less than a side could hope for", "share", [("ideals/0/most", "1")]),
    "ideal-nothing": ("ideal", "nothing to hope for", "share", [("ideals/0/most", "0")]),
    "ideal-below": ("ideal", "an ideal below 0", "share", [("ideals/1/most", "-5")]),
    "below": (
        "below", "a walk-away value that may be very large", "share",
        [(f"{ANN}/answers/5/1/1", "1000")],
    ),
    "hope-empty": ("hope", "nothing to hope for", "share", [(f"{CLAIM}/hopes", [])]),
    "hope-refused": (
        "hope", "a hope that Ben would refuse", "all",
        [(f"{CLAIM}/hopes", more([0, 1, 0]))],
    ),
    "least": ("least", "more than the least gain", "share", [(f"{CLAIM}/least", "9/10")]),
    "least-negative": ("least", "a least gain below 0", "share", [(f"{CLAIM}/least", "-1")]),
    "least-nothing": (
        "price", "a least gain of 0, by which nothing is too dear for it", "dear",
        [
            ("dispute/tolerance", "1"), ("dispute/price", "0"),
            *((f"claims/0/sides/{n}/least", "0") for n in (0, 1)),
            *((f"claims/0/least/{n}", closed([(1, "1")])) for n in (0, 1)),
            ("claims/0/price/0", closed([(0, "1")])),
        ],
    ),
    "least-null": (
        "least", "a side that may gain something, said to gain nothing", "money",
        [(f"{CLAIM}/least", None)],
    ),
    "one-compared": (
        "uneven", "two sides of three said to gain nothing", "idle", [(f"{CLAIM}/least", None)]
    ),
    "least-tree": (
        "least", "a proof that shows something else", "share",
        [("claims/0/least/0", closed([(0, "1")]))],
    ),
    "most": ("most", "less than the greatest gain", "share", [(f"{CLAIM}/most/0/1", "1/100")]),
    "most-negative": ("most", "a weight below 0", "share", [(f"{CLAIM}/most/0/1", "-1/100")]),
    "wider": ("least", "a range that is wider", "share", [(f"{ANN}/answers/2/1/0", "40")]),
    "rule-gone": (
        "ideal", "without the rule Ann could hope for more", "share",
        [("dispute/never", lambda own: own[1:])],
    ),
    "larger-error": ("most", "an error that is larger", "share", [("claims/1/error", "1/20")]),
    "no-multipliers": (
        "most", "without multipliers the links are lost", "linked",
        [(f"{CLAIM}/multipliers", lambda own: [["0"] * len(ys) for ys in own])],
    ),
    "uneven": ("uneven", "a tolerance of 0", "share", [("dispute/tolerance", "0")]),
    "price": ("price", "a price of 0, where evenness costs", "dear", [("dispute/price", "0")]),
    "dominated": (
        "dominated", "a proof that shows something else", "amount",
        [("claims/0/better/0", closed([(0, "1"), (1, "1")]))],
    ),
    "uneven-group": (
        "group", "Ann has the shed and the lawn", "group", [("package/2", 0)]
    ),
    "group-left-out": (
        "group", "a combination that may be even is left out", "group",
        [("ideals/0/cases", without_group)],
    ),
}  # fmt: skip


def forged(name: str) -> str:
    """Return the text of a certificate that must be refused."""
    _, _, base, changes = FORGED[name]
    made = known(base)
    for path, value in changes:
        made = changed(made, path, value)
    return text_of(made)
