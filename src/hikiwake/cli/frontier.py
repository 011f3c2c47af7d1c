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
    from hikiwake.explain.voice import LANGUAGES, speakable

    spoken = speakable(language) or language or LANGUAGES[0]
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
        _print_table(dispute, found, settlement, spoken, every)
    if plot is not None and agreed:
        _draw(dispute, found, settlement, (plot, spoken))
    return 0 if agreed else 1


def _draw(dispute: Any, found: Any, settlement: Any, how: tuple[Path, str]) -> None:
    from hikiwake.cli.progress import working
    from hikiwake.plots import frontier_picture

    plot, language = how
    with working("Drawing"):
        frontier_picture(dispute, found, settlement, plot, language=language)
    typer.echo(f"\nPicture: {plot}", err=True)


def _print_table(dispute: Any, found: Any, settlement: Any, language: str, every: bool) -> None:
    from hikiwake.cli.points import points_of, table, window
    from hikiwake.cli.screen import Screen
    from hikiwake.explain import frontier as texts
    from hikiwake.explain.layout import table_lines, wrap
    from hikiwake.explain.names import Names
    from hikiwake.explain.voice import Voice

    screen, voice = Screen(), Voice(language)
    names = Names(dispute, voice)
    if dispute.illustrative:
        screen.line(texts.frontier_notice(voice), "uneven")
    for role, line in _heading(texts.frontier_title(names, voice), screen.width):
        screen.line(line, role)
    joined = sum(segment.reached for segment in found.segments)
    nearly = len(found.segments) - joined
    flat = len(found.parties) > 2
    extent = texts.Extent(len(found.outcomes), found.searched, joined, nearly, flat)
    for text in texts.frontier_lines(extent, voice):
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
        screen.line(line, "good" if line.startswith(texts.MARK) else role)
    if len(shown) < len(points):
        screen.line()
        screen.line(texts.more_points(len(points) - len(shown), voice))


def _heading(title: str, width: int) -> list[tuple[str, str]]:
    from hikiwake.explain.layout import width_of, wrap

    lines = wrap(title, width)
    rule = "═" * min(width, max(width_of(line) for line in lines))
    return [*(("title", line) for line in lines), ("faint", rule)]
