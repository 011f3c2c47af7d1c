"""``hikiwake progress``: how close the sides were at every date, and who moved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hikiwake.cli import options

EPILOG = (
    "Everybody's points are in it: for the mediator only. "
    "Exit codes: 0 closer than then · 1 no closer · 2 the input cannot be used · 3 cannot be told"
)
EXIT_CODES = {"closer": 0, "no_closer": 1, "cannot_tell": 3}


def command(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="HISTORY",
            help="Dated positions of the sides (TOML or JSON), beside the dispute's files; or a "
            "folder with history.toml.",
            show_default=False,
        ),
    ],
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE",
            help="Compare the last date with this one; default: the first that can be compared.",
            show_default=False,
        ),
    ] = None,
    language: options.Language = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Draw a picture, PNG or SVG by the ending of the name.",
            show_default=False,
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """Measure how close the sides were at every date of a history, and who moved."""
    from hikiwake.api import load, progress
    from hikiwake.cli.progress import working
    from hikiwake.cli.screen import Screen, print_json
    from hikiwake.cli.telling import show
    from hikiwake.formats.beside import history as kept

    options.require_picture(plot)
    path = kept.history_file(path)
    tree = kept.read_tree(path)
    dispute = load(kept.dispute_of(tree, path))
    history = kept.read_history(dispute, tree, path.name)
    if since is not None:
        kept.require_earlier(since, history)
    with working("Measuring every date"):
        found = progress(dispute, history)
    told = [moment.entry.date for moment in found.moments if moment.closeness is not None]
    then = since or (told[0] if told else None)
    compared = None if then is None else found.since(then)
    if as_json:
        from hikiwake.formats.results.progressed import progress_json

        print_json(progress_json(found, then))
    else:
        from hikiwake.explain import tell_progress

        show(Screen(), tell_progress(dispute, found, since, language), "")
    if plot is not None:
        _draw(dispute, found, plot, language)
    return EXIT_CODES["cannot_tell" if compared is None else compared.value]


def _draw(dispute: Any, found: Any, plot: Path, language: str | None) -> None:
    from hikiwake.cli.drawing import tell_drawn
    from hikiwake.plots import progress_picture
    from hikiwake.plots.words import Words

    reading = progress_picture(dispute, found, plot, language)
    tell_drawn(Words(dispute, language=language).voice, plot, reading.sentence)
