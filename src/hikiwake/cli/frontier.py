"""``hikiwake frontier``: every package that cannot be bettered for one without hurting another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hikiwake.cli import options

EPILOG = (
    "Everybody's points are in it: for the mediator only. "
    "Exit codes: 0 done · 1 no agreement, so it is empty · 2 the input cannot be used"
)


def command(
    path: options.Dispute,
    language: options.Language = None,
    preferences: options.Preferences = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Draw a picture, PNG or SVG by the ending of the name.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", metavar="", help="List all points, however many.")
    ] = False,
    as_json: options.AsJson = False,
) -> int:
    """List the Pareto frontier: the packages that nobody could improve at nobody's cost."""
    from hikiwake.api import frontier, load, settle
    from hikiwake.cli.progress import working

    dispute = load(path, preferences=options.preference_files(preferences))
    with working("Searching all packages"):
        found = frontier(dispute)
        settlement = None if as_json and plot is None else settle(dispute)
    agreed = bool(found.outcomes)
    if as_json:
        from hikiwake.cli.screen import print_json
        from hikiwake.formats.results import frontier_json

        print_json(frontier_json(dispute, found))
    else:
        _print_table(dispute, found, settlement, (every, language))
    if plot is not None and agreed:
        _draw(dispute, found, settlement, plot, language)
    return 0 if agreed else 1


def _draw(dispute: Any, found: Any, settlement: Any, plot: Path, language: str | None) -> None:
    from hikiwake.cli.progress import working
    from hikiwake.plots import frontier_picture

    with working("Drawing"):
        reading = frontier_picture(dispute, found, settlement, plot, language=language)
    typer.echo(f"\nPicture: {plot}. {reading.sentence}", err=True)


def _print_table(dispute: Any, found: Any, settlement: Any, how: tuple[bool, str | None]) -> None:
    from hikiwake.cli.points import MARK, points_of, table, window
    from hikiwake.cli.screen import Screen
    from hikiwake.explain import MEDIATOR, frontier_left_out, frontier_summary
    from hikiwake.explain.audiences import voice_for
    from hikiwake.explain.layout import table_lines, wrap
    from hikiwake.explain.names import Names

    (every, language), screen = how, Screen()
    voice = voice_for(dispute, MEDIATOR, language)
    names = Names(dispute, voice)
    for role, line in _heading(dispute, names, voice, screen.width):
        screen.line(line, role)
    for text in frontier_summary(found, voice):
        for line in wrap(text, screen.width):
            screen.line(line)
    if settlement.outcome is None:
        return
    points = points_of(found, settlement)
    shown = points if every else window(points)
    columns, rows = table(shown, settlement.outcome, names, voice)
    screen.line()
    for place, line in enumerate(table_lines(columns, rows, screen.width)):
        role = "strong" if place == 0 else "faint" if line.startswith("─") else None
        screen.line(line, "good" if line.startswith(MARK) else role)
    if len(shown) < len(points):
        screen.line()
        for line in wrap(frontier_left_out(len(points) - len(shown), voice), screen.width):
            screen.line(line)


def _heading(dispute: Any, names: Any, voice: Any, width: int) -> list[tuple[str, str]]:
    from hikiwake.explain import frontier_title
    from hikiwake.explain.layout import width_of, wrap

    lines = wrap(frontier_title(names, voice), width)
    rule = "═" * min(width, max(width_of(line) for line in lines))
    notice = voice.say("Illustrative: every number is invented; it is nobody's position.")
    shown = wrap(notice, width) if dispute.illustrative else []
    return [*(("uneven", line) for line in shown), *(("title", o) for o in lines), ("faint", rule)]
