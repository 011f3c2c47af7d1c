"""``hikiwake settle``: the package, what each side gains, and whether anybody is ahead."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hikiwake.cli import options

if TYPE_CHECKING:
    from hikiwake.cli.screen import Screen

EXIT_CODES = {"draw": 0, "uneven": 1, "no_agreement": 1, "undecided": 3}
TIES_TELL = "Packages that are as good for everyone tell one side about the other"
POWER_TELLS = "Where the power lies follows from what every side said in confidence"
EPILOG = (
    "Exit codes: 0 a draw (with --partial: of a part) · 1 uneven, or no agreement · "
    "2 the input cannot be used · 3 undecided"
)


def command(
    path: options.Dispute,
    rule: options.Rule = "draw",
    audience: options.Audience = "mediator",
    language: options.Language = None,
    preferences: options.Preferences = None,
    time_limit: options.TimeLimit = None,
    fewest_shares: options.FewestShares = False,
    ties: Annotated[
        bool,
        typer.Option(
            "--ties", metavar="", help="List the packages that are as good, for the mediator."
        ),
    ] = False,
    power: Annotated[
        bool,
        typer.Option(
            "--power",
            metavar="",
            help="Tell where the power lies: private limits, today, and options that nobody uses. "
            "For the mediator.",
        ),
    ] = False,
    remedies: Annotated[
        bool,
        typer.Option(
            "--remedies",
            metavar="",
            help="Where there is no draw, look for what would make one, and settle again with it.",
        ),
    ] = False,
    partial: Annotated[
        bool,
        typer.Option(
            "--partial",
            metavar="",
            help="Look for the most issues that settle as a draw while the rest stays as it is.",
        ),
    ] = False,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="Write a certificate that `check` accepts, everybody's points in it. Nothing is "
            "overwritten.",
            show_default=False,
        ),
    ] = None,
    certificates: Annotated[
        Path | None,
        typer.Option(
            "--certificates",
            metavar="FOLDER",
            help="Write one for each party, one for everybody, and the full one that they commit "
            "to, in a new folder.",
            show_default=False,
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """Settle a dispute: show the package, what each side gains, and whether anybody is ahead."""
    from hikiwake.api import load, settle
    from hikiwake.cli.handing import hand_over, require_places
    from hikiwake.cli.progress import working
    from hikiwake.explain.audiences import voice_for
    from hikiwake.formats.results.settled import check_audience

    dispute = load(path, preferences=options.preference_files(preferences))
    check_audience(dispute, audience)
    voice = voice_for(dispute, audience, language)
    if partial:
        from hikiwake.cli.parting import refuse, settle_in_part

        asked = {"--ties": ties, "--power": power, "--remedies": remedies}
        asked |= {"--fewest-shares": fewest_shares, "--certificate": certificate is not None}
        asked |= {"--time-limit": time_limit is not None}
        refuse(asked | {"--certificates": certificates is not None})
        return settle_in_part(dispute, rule, (audience, language), as_json)
    if ties:
        options.for_the_mediator("--ties", audience, TIES_TELL)
    if power:
        options.for_the_mediator("--power", audience, POWER_TELLS)
    require_places(dispute, certificate, certificates)
    proof = (certificate, certificates) != (None, None)
    with working("Searching all packages"):
        settlement = settle(
            dispute,
            rule,
            time_limit=options.seconds(time_limit) or options.SECONDS,
            fewest_shares=fewest_shares,
            certificate=proof,
        )
        settlement = _with_power(dispute, settlement) if power else settlement
        found = _remedies(dispute, settlement) if remedies else None
    if proof:
        hand_over(dispute, settlement, (certificate, certificates), voice, audience == "mediator")
    if as_json:
        _print_json(dispute, settlement, audience, (ties, power), (remedies, found))
    else:
        again = [str(path), *_as_asked(rule, preferences, time_limit, fewest_shares)]
        anew = [str(path), *_as_asked("draw", preferences, None, fewest_shares=False)]
        _print_text((again, anew), (dispute, settlement, found), audience, language, ties)
    return EXIT_CODES[settlement.status.value]


def _with_power(dispute: Any, settlement: Any) -> Any:
    from dataclasses import replace

    from hikiwake.api import power

    return replace(settlement, power=power(dispute, settlement))


def _remedies(dispute: Any, settlement: Any) -> Any:
    from hikiwake.api import remedies

    return remedies(dispute, settlement)


def _print_json(
    dispute: Any,
    settlement: Any,
    audience: str,
    also: tuple[bool, bool],
    remedies: tuple[bool, Any],
) -> None:
    from hikiwake.cli.screen import print_json
    from hikiwake.formats.results.settled import settlement_json, ties_json

    (ties, power), result = also, settlement_json(dispute, settlement, audience)
    if ties:
        result |= ties_json(settlement)
    if power:
        from hikiwake.formats.results.asked import power_json

        result |= power_json(settlement.power)
    if remedies[0]:
        from hikiwake.formats.results.remedied import remedies_json

        result |= remedies_json(remedies[1], audience, dispute.tolerance)
    print_json(result)


def _as_asked(
    rule: str, preferences: list[str] | None, time_limit: float | None, fewest_shares: bool
) -> list[str]:
    """Return the options without which another settlement would be told."""
    asked = [] if rule == "draw" else ["--rule", rule]
    for own in preferences or ():
        asked += ["--preferences", own]
    asked += [] if time_limit is None else ["--time-limit", f"{time_limit:g}"]
    return asked + ["--fewest-shares"] * fewest_shares


def _print_text(
    asked: tuple[list[str], list[str]],
    told: tuple[Any, Any, Any],
    audience: str,
    language: str | None,
    ties: bool,
) -> None:
    from hikiwake.api import properties_of
    from hikiwake.cli.screen import Screen
    from hikiwake.cli.telling import show
    from hikiwake.explain import MEDIATOR, tell

    dispute, settlement, remedies = told
    screen, status = Screen(), settlement.status.value
    verdicts = properties_of(dispute, settlement)
    telling = tell(dispute, settlement, audience, language, verdicts, remedies)
    if audience != MEDIATOR:
        show(screen, telling, status)
        return
    from hikiwake.cli.summary import extras, summary_of

    more = extras(dispute, settlement, telling.language, screen.width, ties)
    show(screen, summary_of(telling), status, more)
    further = remedies is None and _looks_further(settlement)
    _point_further(screen, asked, dispute.party_ids, language, further=further)


def _looks_further(settlement: Any) -> bool:
    """Tell whether there is something to look for beside an uneven package.

    Where fewer than two sides can gain there is nothing to be even in; and a side that gains less
    than it could has another package that gives it more.
    """
    gains = [gain for gain in (settlement.gains or {}).values() if gain is not None]
    uneven = settlement.rule == "draw" and settlement.status.value == "uneven"
    return uneven and len(gains) > 1 and min(gains) < 1


def _point_further(
    screen: Screen,
    asked: tuple[list[str], list[str]],
    parties: tuple[str, ...],
    language: str | None,
    *,
    further: bool,
) -> None:
    """Name the commands that tell more. Nothing but commands, so it reads in every language.

    The language that was asked for is the mediator's; each party is told in its own. ``further``:
    also those that look for a draw, and for other packages.
    """
    again, anew = asked
    spoken = [] if language is None else ["--language", language]
    commands = [["settle", *again, "--remedies", *spoken], ["alternatives", *anew, *spoken]]
    commands = commands if further else []
    for audience in ("mediator", *parties[:3], "joint"):
        own = [] if audience in parties else spoken
        commands.append(["explain", *again, "--for", audience, *own])
    screen.line()
    for command in commands:
        screen.line(f"→ {shlex.join(['hikiwake', *command])}", "faint")
