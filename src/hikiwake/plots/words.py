"""What the pictures call things, and the colours in which they show them."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from hikiwake.model import Dispute
from hikiwake.numeric import percent
from hikiwake.settlement import Settlement, Status

FRONTIER = "#2f5f8f"
SETTLED = "#f08a24"
INK = "#222222"
FAINT = "#8a8a8a"
BAND = "#e9e9e9"

SHOWN_NAME = 32
ILLUSTRATIVE = "Illustrative: every number is invented; it is nobody's position."
LABELS = {
    Status.DRAW: "Draw",
    Status.UNEVEN: "Not even",
    Status.UNDECIDED: "Best package so far",
}


def title_of(dispute: Dispute) -> str:
    """Return the title of the dispute, on one line."""
    return plain(dispute.title.plain, 70) or "A dispute"


def name_of(dispute: Dispute, party: str) -> str:
    """Return a party's name, on one line, not longer than a label may be."""
    return plain(dispute.party(party).name.plain or party, SHOWN_NAME)


def own_name(dispute: Dispute, party: str, issue: str) -> str:
    """Return what a party calls an issue in English, else its public name, on one line."""
    words = dispute.party(party).names.get("en", {})
    return plain(words.get(issue) or dispute.issue(issue).name.plain or issue, SHOWN_NAME)


def in_order(dispute: Dispute) -> list[int]:
    """Return the parties' places in the alphabetical order of their names, which is no rank."""
    ids = dispute.party_ids
    return sorted(range(len(ids)), key=lambda i: (name_of(dispute, ids[i]).casefold(), ids[i]))


def plain(text: str, longest: int) -> str:
    """Return a text without control characters and markup, shortened where it is too long."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    short = kept if len(kept) <= longest else kept[: longest - 1] + "…"
    return short.replace("$", r"\$")


def label_of(settlement: Settlement) -> str:
    """Return what the settled package is called."""
    if settlement.rule != "draw":
        return settlement.rule.replace("_", " ").capitalize()
    return LABELS.get(settlement.status, "Package")


def in_percent(gain: Fraction | None) -> str:
    """Return a gain as people read it."""
    return "–" if gain is None else f"{percent(gain)} %"


def number(gain: Fraction | None) -> float:
    """Return a gain as a place in the picture; a party without range stays at 0."""
    return 0.0 if gain is None else float(gain)
