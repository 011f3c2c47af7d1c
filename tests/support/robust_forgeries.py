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


def more(*items: Any) -> Callable[[list[Any]], list[Any]]:
    """Return the change that appends."""
    return lambda found: [*found, *items]


TWOS = [{"id": f"two{n}", "options": ["yes", "no"]} for n in range(13)]
FORGED: dict[str, Forged] = {
    "version": ("version", "of version 2", "ranges", [("hikiwake_robust", 2)]),
    "version-true": ("version", "true in the place of 1", "ranges", [("hikiwake_robust", True)]),
    "unknown-key": ("shape", "a key that the page does not know", "ranges", [("note", "")]),
    "missing-key": ("shape", "no claims", "ranges", [("claims", DROP)]),
    "no-claim": ("shape", "an empty list of claims", "ranges", [("claims", [])]),
    "bare-number": ("shape", "a bare number for a text", "ranges", [("dispute/tolerance", 1)]),
    "not-lowest": ("shape", "2/40 is not in lowest terms", "ranges", [("dispute/price", "2/40")]),
    "by-zero": ("shape", "a fraction over 0", "ranges", [("dispute/tolerance", "1/0")]),
    "no-number": ("shape", "a text that is no number", "ranges", [(f"{ANN}/answers/0/0", "x")]),
    "long-number": (
        "shape", "a number of 3,001 digits", "ranges", [(f"{ANN}/answers/0/0", "1" * 3001)]
    ),
    "negative-price": ("shape", "a price below 0", "ranges", [("dispute/price", "-1")]),
    "negative-error": ("shape", "an error below 0", "ranges", [("claims/0/error", "-1")]),
    "ranges-text": ("shape", "a text for true", "ranges", [("claims/0/ranges", "true")]),
    "same-names": ("shape", "two options alike", "ranges", [("dispute/issues/0/options/1", "ann")]),
    "one-side": ("shape", "one side's answers only", "ranges", [("dispute/sides/1", DROP)]),
    "no-place": ("shape", "a place that is not there", "ranges", [(f"{ANN}/points/0/0/0/0", 99)]),
    "true-place": ("shape", "true in the place of 1", "ranges", [(f"{ANN}/points/0/0/0/0", True)]),
    "twice": (
        "shape", "an answer weighed twice", "ranges", [(f"{ANN}/walk_away", [[0, "1"], [0, "1"]])]
    ),
    "empty-condition": ("shape", "a rule on nothing", "ranges", [("dispute/never", [[]])]),
    "no-list": ("shape", "a text for a list", "ranges", [("dispute/never", "none")]),
    "table": ("shape", "a number for the limits' table", "linked", [(f"{CLAIM}/multipliers", [5])]),
    "line-length": (
        "shape", "a line of another length", "linked",
        [(f"{CLAIM}/multipliers/0/0/0", more("1"))],
    ),
    "many-packages": (
        "too-large", "8 × 8,192 packages", "ranges", [("dispute/issues", more(*TWOS))]
    ),
    "many-claims": ("too-large", "eleven claims", "ranges", [("claims", lambda own: own * 11)]),
    "many-hopes": (
        "too-large", "eleven packages to hope for", "ranges",
        [(f"{CLAIM}/hopes", lambda own: own[:1] * 11)],
    ),
    "package-gone": ("package", "one that is not there", "ranges", [("dispute/package/0", 7)]),
    "package-forbidden": (
        "package", "the package breaks a red line", "ranges",
        [("dispute/never", lambda own: [*own, [[0, [0]]]])],
    ),
    "hope-gone": ("package", "a hope that is no package", "ranges", [(f"{CLAIM}/hopes/0", [0])]),
    "given-outside": (
        "given", "an answer outside its range", "ranges", [(f"{ANN}/answers/0/0", "1000")]
    ),
    "given-breaks": (
        "given", "answers that break a limit", "linked", [(f"{ANN}/limits/0/1", "-1000")]
    ),
    "given-walk-away": (
        "given", "a walk-away value above all points", "ranges",
        [(f"{ANN}/walk_away/0/1", "100")],
    ),
    "given-nothing": (
        "given", "points of 0 for everything", "ranges",
        [(f"{BEN}/points", lambda own: [[[] for _ in issue] for issue in own])],
    ),
    "below": (
        "below", "a walk-away value that may be very large", "ranges",
        [(f"{ANN}/answers/6/1/1", "1000")],
    ),
    "hope-empty": ("hope", "nothing to hope for", "ranges", [(f"{CLAIM}/hopes", [])]),
    "hope-refused": (
        "hope", "a hope that Ben would refuse", "all", [(f"{CLAIM}/hopes", more([0, 0, 0]))]
    ),
    "least": ("least", "more than the least gain", "ranges", [(f"{CLAIM}/least", "9/10")]),
    "least-negative": ("least", "a least gain below 0", "ranges", [(f"{CLAIM}/least", "-1")]),
    "most": ("most", "less than the greatest gain", "ranges", [(f"{CLAIM}/most/0/1", "1/100")]),
    "most-negative": (
        "most", "a weight below 0", "ranges", [(f"{CLAIM}/most/0/1", "-1/100")]
    ),
    "wider": ("least", "a range that is wider", "ranges", [(f"{ANN}/answers/0/1/0", "20")]),
    "larger-error": ("hope", "an error that is larger", "ranges", [("claims/1/error", "1/20")]),
    "no-multipliers": (
        "least", "without multipliers the links are lost", "linked",
        [(f"{CLAIM}/multipliers", [[]])],
    ),
    "multiplier": (
        "multiplier", "a multiplier below 0", "linked",
        [(f"{CLAIM}/multipliers/0/0/1/0", "-1")],
    ),
    "uneven": ("uneven", "a tolerance of 0", "ranges", [("dispute/tolerance", "0")]),
    "price": ("price", "a price of 0, where evenness costs", "dear", [("dispute/price", "0")]),
    "dominated": (
        "dominated", "another package is better for both", "dear",
        [(f"{ANN}/answers/0/0", "641"), ("claims", lambda own: own[:1])],
    ),
}  # fmt: skip


def forged(name: str) -> str:
    """Return the text of a certificate that must be refused."""
    _, _, base, changes = FORGED[name]
    made = known(base)
    for path, value in changes:
        made = changed(made, path, value)
    return text_of(made)
