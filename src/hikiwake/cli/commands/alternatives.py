"""``hikiwake alternatives``: several good packages, and what each side gives up and gets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

EPILOG = (
    "Exit codes: 0 done, the first package is a draw · 1 it is not, or there is none · "
    "2 the input cannot be used"
)

GAINS = "Everybody's gains can be read from it"


def command(
    path: options.Dispute,
    count: Annotated[
        int,
        typer.Option("--count", metavar="N", help="How many, the settled one included."),
    ] = 5,
    within: Annotated[
        str,
        typer.Option(
            "--within",
            metavar="PART",
            help="Count as a draw what would be one if tolerance and price were so much wider.",
        ),
    ] = "0",
    agreed: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Start from a package that is agreed already (an outcome, or what settle --json "
            "printed): only what is better for every side comes back.",
            show_default=False,
        ),
    ] = None,
    audience: options.Audience = "mediator",
    language: options.Language = None,
    preferences: options.Preferences = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Draw the frontier with these packages in it, PNG or SVG. For the mediator.",
            show_default=False,
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """Show several good packages, as different as possible, and what changes between them."""
    from hikiwake.api import alternatives, load
    from hikiwake.cli.progress import working
    from hikiwake.formats.results.settled import check_audience

    dispute = load(path, preferences=options.preference_files(preferences))
    check_audience(dispute, audience)
    if plot is not None:
        options.for_the_mediator("--plot", audience, GAINS)
        if agreed is not None:
            raise InputError(_from_what_is_agreed())
        options.require_picture(plot)
    part, start = _part(within), None
    if agreed is not None:
        from hikiwake.formats.beside.agreed import read_agreed

        start = read_agreed(dispute, agreed)
    with working("Searching all packages"):
        found = alternatives(dispute, count, within=part, agreed=start)
    if as_json:
        from hikiwake.cli.screen import print_json
        from hikiwake.formats.results.offered import alternatives_json

        print_json(alternatives_json(found, audience))
    else:
        from hikiwake.cli.screen import Screen
        from hikiwake.cli.telling import show
        from hikiwake.explain import tell_alternatives

        telling = tell_alternatives(dispute, found, audience, language)
        show(Screen(), telling, found.status.value)
    if plot is not None:
        _draw(dispute, found, plot, language)
    return 0 if found.packages and found.packages[0].draw else 1


def _draw(dispute: Any, found: Any, plot: Path, language: str | None) -> None:
    from hikiwake.cli.drawing import draw
    from hikiwake.explain.options.alternatives import LETTERS
    from hikiwake.plots.words import Words

    say = Words(dispute, language=language).voice.say
    others = zip(LETTERS[1:], found.packages[1:], strict=False)
    marked = {say("Package {letter}", letter=letter): one.package.gains for letter, one in others}
    draw(dispute, plot, marked, language)


def _from_what_is_agreed() -> Fault:
    return Fault(
        "Option --plot",
        "given with --from",
        "A picture counts gains from what each side has without an agreement",
        "H4",
        "Leave one of them out.",
    )


def _part(text: str) -> Any:
    from hikiwake.numeric import exact

    try:
        return exact(text)
    except ValueError as error:
        raise InputError(
            Fault(
                "Option --within",
                str(error),
                "A part of a range, from 0 to 1",
                "H1",
                "Write it as 1/10 or 0.1.",
            )
        ) from None
