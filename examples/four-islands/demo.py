"""Four islands, settled and told to each side. Illustrative; nobody's position.

What `make demo` runs: the pragmatic pairing, as the mediator sees it, as each side reads it in its
own language and with its own names, and as both could sign it; then all nine pairings of three
invented tables a side, and what follows from all of them. Every point is invented.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from io import TextIOWrapper
from itertools import product
from pathlib import Path
from textwrap import fill

import hikiwake as hw

HERE = Path(__file__).parent
WIDTH = 80
STYLES = ("pragmatic", "hard-line", "economic")
ISLANDS = ("island_1", "island_2", "island_3", "island_4")
SHORT = {
    "as_today": "today",
    "joint_use": "joint",
    "shared": "shared",
    "phased": "phases",
    "handed_over": "passed",
}
LEFT_OUT = (
    "What each side has of its best hopes",
    "The limits that it keeps",
    "What a change would do",
    "What holds for this package",
    "Workings",
)
LANGUAGES = {"en": "English", "ja": "Japanese", "ru": "Russian"}


@dataclass(frozen=True)
class Pairing:
    """One invented table a side, and what they settle on."""

    styles: Mapping[str, str]
    settlement: hw.Settlement

    def decided(self, issue: str) -> frozenset[str]:
        """Return what the packages shown, its ties and its twins decide on an issue."""
        if self.settlement.outcome is None:
            return frozenset()
        mirrors = (mirror.outcome for mirror in self.settlement.mirrors)
        outcomes = (self.settlement.outcome, *self.settlement.tied, *mirrors)
        return frozenset(str(outcome[issue]) for outcome in outcomes)


def table(style: str, party: str) -> Path:
    """Return the file of one side's table."""
    folder = HERE / "preferences" if style == "pragmatic" else HERE / "tables" / style
    return folder / f"{party}.toml"


def pairings() -> list[Pairing]:
    """Settle every pairing of the invented tables."""
    parties = hw.load(HERE).party_ids
    found: list[Pairing] = []
    for styles in product(STYLES, repeat=len(parties)):
        chosen = dict(zip(parties, styles, strict=True))
        tables = {party: table(style, party) for party, style in chosen.items()}
        found.append(Pairing(chosen, hw.settle(hw.load(HERE, preferences=tables))))
    return found


# --- what is printed ---------------------------------------------------------------------------


def wrapped(text: str, indent: str = "", hang: str | None = None) -> str:
    return fill(text, WIDTH, initial_indent=indent, subsequent_indent=hang or indent)


def heading(text: str) -> Iterator[str]:
    yield ""
    yield "━" * WIDTH
    yield from wrapped(text).splitlines()
    yield "━" * WIDTH
    yield ""


def opening(dispute: hw.Dispute) -> Iterator[str]:
    yield "Illustrative: every number below is invented; it is nobody's position."
    yield ""
    islands = "; ".join(called(dispute, island) for island in ISLANDS)
    yield wrapped(
        f"Four islands, from north-east to south-west: {islands}. One side administers them, the "
        "other claims them. The facts are public record; no point table for this dispute was ever "
        "published, so three opposed ones were invented for each side."
    )
    yield ""
    yield wrapped(
        "Not at this table: the people who live on the islands today, those who lived there until "
        "the late 1940s and their families, and the Ainu, who lived there before either state "
        "came. None of the points is theirs. Where they are spoken of, they were not asked."
    )


def tellings(dispute: hw.Dispute, settlement: hw.Settlement) -> Iterator[str]:
    """Tell the settlement to the mediator, to each side, and to both."""
    verdicts = hw.properties_of(dispute, settlement)
    yield from heading("What the mediator sees (pragmatic tables on both sides)")
    told = hw.tell(dispute, settlement, "mediator", "en", verdicts)
    kept = tuple(section for section in told.sections if section.heading not in LEFT_OUT)
    yield replace(told, sections=kept).text(WIDTH)
    yield wrapped(
        "Left out here: each side's points issue by issue, what each single change would do, and "
        "more. All of it: hikiwake explain examples/four-islands --for mediator"
    )
    # The tables above name the sides in alphabetical order, so here it is the other way round.
    for party in reversed(dispute.parties):
        name, language = party.name.in_language("en"), party.language or "en"
        yield from heading(
            f"What {name} reads, in {LANGUAGES[language]}, with its own names and its own points"
        )
        english = hw.tell(dispute, settlement, party.id, "en", verdicts)
        yield wrapped(f"In English it begins: “{english.sections[0].lines[0]}”")
        yield ""
        yield hw.tell(dispute, settlement, party.id, language, verdicts).text(WIDTH).rstrip()
    yield from heading("What both can sign: both names, nobody's points")
    yield hw.tell(dispute, settlement, "joint", "en", verdicts).text(WIDTH).rstrip()


def called(dispute: hw.Dispute, issue: str, option: str | None = None) -> str:
    """Return the public name of an issue or of one of its options, in English."""
    found = dispute.issue(issue)
    if option is None:
        return found.name.in_language("en")
    options = {o.id: o.name.in_language("en") for o in getattr(found, "options", ())}
    return options[option]


def hundredths(part: Fraction | None) -> str:
    return "–" if part is None else f"{round(part * 100)}\u00a0%"


def all_pairings(dispute: hw.Dispute, found: list[Pairing]) -> Iterator[str]:
    """Print the nine pairings as a table."""
    yield from heading("Three invented tables a side: all nine pairings")
    names = [party.name.in_language("en") for party in dispute.parties]
    row = "{:<10} {:<10} {:<13} {:>5}  {}"
    yield row.format(*names, "Result", "Apart", "The islands, north-east to south-west")
    yield row.format("─" * 10, "─" * 10, "─" * 13, "─" * 5, "─" * 37)
    for pairing in found:
        settlement = pairing.settlement
        outcome = settlement.outcome
        yield row.format(
            *pairing.styles.values(),
            settlement.status.value.replace("_", " "),
            hundredths(settlement.imbalance),
            ", ".join(SHORT[str(outcome[i])] for i in ISLANDS) if outcome else "–",
        )
    yield ""
    yield wrapped(
        "Apart: the difference between the gains, from what each side has without an agreement; "
        f"up to {hundredths(dispute.tolerance)} counts as even (–: fewer than two sides can gain)."
    )
    for option, short in SHORT.items():
        yield wrapped(f"{short + ':':<8}{called(dispute, ISLANDS[0], option)}", "  ", " " * 10)
    yield from why_not(found)


def why_not(found: list[Pairing]) -> Iterator[str]:
    """Say why some pairings have no draw."""
    if any(not g.even for p in found for g in p.settlement.groups):
        yield wrapped(
            "Uneven: nothing that both could accept is even among the islands themselves. Shown is "
            "what comes closest to it."
        )
    if any(pairing.settlement.status is hw.Status.NO_AGREEMENT for pairing in found):
        yield wrapped(
            "No agreement: the rules, both sides' red lines and what each has without an agreement "
            "cannot all hold. Which of them collide, the mediator is told."
        )


def conclusions(dispute: hw.Dispute, found: list[Pairing]) -> Iterator[str]:
    """Print what follows from every pairing, and what only from some of the inventions."""
    with_package = [pairing for pairing in found if pairing.settlement.outcome is not None]
    draws = sum(pairing.settlement.status is hw.Status.DRAW for pairing in found)
    used = {
        issue.id: Counter(option for p in with_package for option in p.decided(issue.id))
        for issue in dispute.issues
    }
    same = {issue: next(iter(count)) for issue, count in used.items() if len(count) == 1}

    yield ""
    yield f"In none of the {len(found)} pairings:"
    for issue, unused in never_used(dispute, used):
        if issue not in same:
            options = "; ".join(called(dispute, issue, option) for option in unused)
            yield wrapped(f"• {called(dispute, issue)}: {options}", hang="  ")
    yield ""
    yield wrapped(
        f"In every package that was found ({len(with_package)} of {len(found)} pairings have one):"
    )
    for issue, option in same.items():
        yield wrapped(f"• {called(dispute, issue)}: {called(dispute, issue, option)}", hang="  ")
    yield ""
    yield "What hangs on the invention:"
    yield f"• whether there is a package at all: in {len(with_package)} of {len(found)} pairings"
    yield f"• whether it is a draw: in {draws} of {len(found)}"
    for issue, count in used.items():
        if issue not in same:
            shown = "; ".join(f"{called(dispute, issue, o)} ({n})" for o, n in count.most_common())
            yield wrapped(f"• {called(dispute, issue)}: {shown}", hang="  ")
    yield ""
    yield wrapped(
        "So with other tables the islands are decided otherwise: what is shown is a method, not a "
        "verdict. A pairing with ties counts for each of their options."
    )


def never_used(
    dispute: hw.Dispute, used: dict[str, Counter[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each issue, the options that appear in no package."""
    for issue in dispute.issues:
        options = [option.id for option in getattr(issue, "options", ())]
        if unused := [option for option in options if not used[issue.id][option]]:
            yield issue.id, unused


def readout(dispute: hw.Dispute, settlement: hw.Settlement) -> Iterator[str]:
    """Print the pragmatic pairing under the phrases of the news report."""
    yield from heading("In the report's own phrases (pragmatic tables on both sides)")
    gains = by_party(dispute, dict(settlement.gains or {}))
    verdict = "a draw" if settlement.status is hw.Status.DRAW else "not even"
    yield "neither victorious nor defeated"
    yield wrapped(
        f"{verdict}, as these invented tables answer. From what each side has without an "
        f"agreement, the gains are: {gains}. Up to {hundredths(dispute.tolerance)} apart counts "
        "as even.",
        "    ",
    )
    yield "what neither will trade"
    for group in settlement.groups:
        name = next(g.name.in_language("en") for g in dispute.groups if g.id == group.group)
        even = "even within themselves" if group.even else "not even within themselves"
        yield wrapped(
            f"{name}: {even}, whatever else lies on the table. Of all that they could hold for "
            f"each side: {by_party(dispute, dict(group.shares))}.",
            "    ",
        )
    for rule in dispute.rules:
        if rule.by is not None:
            side = dispute.party(rule.by).name.in_language("en")
            yield wrapped(f"Kept, as {side} has stated it: “{rule.why.in_language('en')}”", "    ")
    yield "the trust it needs"
    yield "    see: hikiwake plan examples/four-islands"
    yield "closer than in 1956?"
    yield "    see: hikiwake progress examples/four-islands/history.toml"


def by_party(dispute: hw.Dispute, parts: dict[str, Fraction | None]) -> str:
    """Return each side's part as text, in alphabetical order of the names."""
    names = {party.id: party.name.in_language("en") for party in dispute.parties}
    return ", ".join(
        f"{names[party]} {hundredths(parts[party])}"
        for party in sorted(parts, key=lambda party: names[party])
    )


def report() -> Iterator[str]:
    """Yield everything that the demonstration prints."""
    dispute = hw.load(HERE)
    settlement = hw.settle(dispute)
    found = pairings()
    yield from opening(dispute)
    yield from tellings(dispute, settlement)
    yield from all_pairings(dispute, found)
    yield from conclusions(dispute, found)
    yield from readout(dispute, settlement)


def main() -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    for part in report():
        print(part)


if __name__ == "__main__":
    main()
