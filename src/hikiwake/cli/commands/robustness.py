"""``hikiwake robustness``: how far the settled package holds if the answers are guesses."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

EPILOG = (
    "Exit codes: 0 a draw for all answers in the ranges · 1 not for all, no draw, or no "
    "package · 2 the input cannot be used · 3 not known, or undecided. For others than the "
    "mediator: 0 a draw as answered · 1 none · 3 undecided"
)
CONFIDENCE = "It holds, or follows from, what every side said in confidence"


def command(
    path: options.Dispute,
    error: Annotated[
        str | None,
        typer.Option(
            "--error",
            metavar="PART",
            help="Let every answer without a range be off by so much, in parts of its side's own "
            "range (default: 0 if any answer has a range, else 1/20).",
            show_default=False,
        ),
    ] = None,
    audience: options.Audience = "mediator",
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="Where the random answers begin.")
    ] = 0,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Draw which answers matter most, PNG or SVG. For the mediator.",
            show_default=False,
        ),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="Write a certificate of what is proved, for `check`. For the mediator: "
            "everybody's points are in it.",
            show_default=False,
        ),
    ] = None,
    honesty: Annotated[
        bool,
        typer.Option(
            "--honesty",
            metavar="",
            help="Tell instead what a side could gain by misstating, and what it would risk. "
            "Without names.",
        ),
    ] = False,
    name_sides: Annotated[
        bool,
        typer.Option(
            "--name-sides",
            metavar="",
            help="With --honesty: say whose figures they are. For the mediator, where the dispute "
            "says `name_sides = true`: agreed before anybody sealed.",
        ),
    ] = False,
    language: options.Language = None,
    preferences: options.Preferences = None,
    time_limit: options.TimeLimit = None,
    as_json: options.AsJson = False,
) -> int:
    """Tell how far the settled package holds if the points that the sides gave are guesses."""
    from hikiwake.api import load, robustness
    from hikiwake.cli.handing import hand_over_full
    from hikiwake.cli.honesty import check, require_agreed, tell
    from hikiwake.cli.in_time import cut_short, settle_in_time, tell_undecided
    from hikiwake.cli.progress import working
    from hikiwake.cli.target import require_free
    from hikiwake.explain.audiences import voice_for
    from hikiwake.formats.results.settled import MEDIATOR, check_audience

    dispute = load(path, preferences=options.preference_files(preferences))
    check_audience(dispute, audience)
    voice = voice_for(dispute, audience, language)
    asked = {"--error": error, "--plot": plot, "--certificate": certificate}
    check(honesty, name_sides, audience, {name: own is not None for name, own in asked.items()})
    if honesty:
        require_agreed(dispute, name_sides)
    for option, given in (("--plot", plot), ("--certificate", certificate)):
        if given is not None:
            options.for_the_mediator(option, audience, CONFIDENCE)
    options.require_picture(plot)
    if certificate is not None:
        require_free(certificate)
    part, proof = None if error is None else _part(error), certificate is not None
    begun = monotonic()
    settlement = settle_in_time(dispute, time_limit=time_limit)
    if cut_short(settlement):
        return tell_undecided(dispute, settlement, audience, language, as_json)
    if honesty:
        return tell((dispute, settlement), audience, language, seed, (name_sides, as_json))
    left = max(0.0, (options.seconds(time_limit) or options.SECONDS) - (monotonic() - begun))
    with working("Searching all packages"):
        found = robustness(dispute, settlement, part, seed, certificate=proof, time_limit=left)
    if certificate is not None:
        hand_over_full(found, certificate, voice)
    if as_json:
        from hikiwake.cli.screen import print_json
        from hikiwake.formats.results.sureness import robustness_json

        print_json(robustness_json(found, audience))
    else:
        from hikiwake.cli.screen import Screen
        from hikiwake.cli.telling import show
        from hikiwake.explain import tell_robustness

        telling = tell_robustness(dispute, found, audience, language)
        show(Screen(), telling, "no_agreement" if found is None else found.status.value)
    if plot is not None and found is not None:
        _draw(dispute, found, plot, language)
    if audience != MEDIATOR:  # whether it holds for all answers is for the mediator only (H14)
        return 0 if found is not None and found.status.value == "draw" else 1
    if found is None:
        return 1
    return {True: 0, False: 1, None: 3}[found.holds]


def _draw(dispute: Any, found: Any, plot: Path, language: str | None) -> None:
    from fractions import Fraction

    from hikiwake.cli.drawing import tell_drawn
    from hikiwake.explain import answers_of
    from hikiwake.plots import tornado_picture
    from hikiwake.plots.words import Words

    bars = answers_of(dispute, found, language)
    gains = [gain for gain in found.given.values() if gain is not None]
    base = max(gains) - min(gains) if gains else Fraction(0)
    reading = tornado_picture(dispute, bars, plot, base, language, found.cut_short)
    tell_drawn(Words(dispute, language=language).voice, plot, reading.sentence)


def _part(text: str) -> Any:
    from hikiwake.numeric import exact

    try:
        part, found = exact(text), "a number below 0 or above 1"
    except ValueError as error:
        part, found = None, str(error)
    if part is not None and 0 <= part <= 1:
        return part
    expected = "A part of a range, from 0 to 1"
    raise InputError(Fault("Option --error", found, expected, "H1", "Write it as 1/20 or 0.05."))
