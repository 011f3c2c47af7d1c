"""``hikiwake explain``: a settlement in plain words, for one side, for all, or for the mediator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError


def command(
    path: options.Dispute,
    audience: Annotated[
        str,
        typer.Option(
            "--for",
            "--audience",
            metavar="PARTY|mediator|joint",
            help="Who will read it: a party's id, the mediator (who sees everything), or joint (a "
            "text without points that all sides can sign).",
        ),
    ] = "joint",
    language: options.Language = None,
    rule: options.Rule = "draw",
    time_limit: options.TimeLimit = None,
    fewest_shares: options.FewestShares = False,
    preferences: options.Preferences = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="A certificate of this settlement: it is checked, and the text cites it.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Tell a settlement in plain words, to each reader in its own language and names for things."""
    from hikiwake.api import load, properties_of, settle
    from hikiwake.cli.progress import working
    from hikiwake.cli.screen import Screen
    from hikiwake.cli.telling import show
    from hikiwake.explain import tell
    from hikiwake.formats.results.settled import check_audience

    dispute = load(path, preferences=options.preference_files(preferences))
    check_audience(dispute, audience)
    with working("Searching all packages"):
        settlement = settle(
            dispute,
            rule,
            time_limit=options.seconds(time_limit) or options.SECONDS,
            fewest_shares=fewest_shares,
        )
        if certificate is not None:
            settlement = _citing(dispute, settlement, certificate)
        verdicts = properties_of(dispute, settlement)
    show(Screen(), tell(dispute, settlement, audience, language, verdicts), settlement.status.value)
    return 0


def _citing(dispute: Any, settlement: Any, path: Path) -> Any:
    from hikiwake.api import cite, kind_of_certificate
    from hikiwake.cli.commands.check import read

    text = read(path)
    if kind_of_certificate(text) != "full":
        raise InputError(_not_cited(path, "no full certificate"))
    try:
        return cite(settlement, dispute, text)
    except ValueError as error:
        raise InputError(_not_cited(path, str(error))) from None


def _not_cited(path: Path, found: str) -> Fault:
    return Fault(
        f"Certificate {str(path)!r}",
        found,
        "One that is valid, and of this very settlement",
        "H17",
        "Write it anew with `settle --certificate`, or leave it out.",
    )
