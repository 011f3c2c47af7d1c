"""``hikiwake frontier``: every package that cannot be bettered for one without hurting another."""

from __future__ import annotations

from collections.abc import Iterator
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
        _print_table(dispute, found, settlement, every)
    if plot is not None and agreed:
        _draw(dispute, found, settlement, plot)
    return 0 if agreed else 1


def _draw(dispute: Any, found: Any, settlement: Any, plot: Path) -> None:
    from hikiwake.cli.progress import working
    from hikiwake.plots import frontier_picture

    with working("Drawing"):
        frontier_picture(dispute, found, settlement, plot, language="en")
    typer.echo(f"\nPicture: {plot}", err=True)


def _print_table(dispute: Any, found: Any, settlement: Any, every: bool) -> None:
    from hikiwake.cli.points import MARK, points_of, table, window
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.layout import table_lines, wrap
    from hikiwake.explain.names import Names
    from hikiwake.explain.voice import Voice

    screen, voice = Screen(), Voice("en")
    names = Names(dispute, voice)
    for role, line in _heading(names.title() or "A dispute", dispute.illustrative, screen.width):
        screen.line(line, role)
    for text in _summary(found, settlement, voice):
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
        screen.line(f"{len(points) - len(shown):,} more points: --all lists them, --json has them.")


def _heading(title: str, illustrative: bool, width: int) -> list[tuple[str, str]]:
    from hikiwake.explain.layout import width_of, wrap

    lines = wrap(f"{title}: the Pareto frontier, for the mediator", width)
    rule = "═" * min(width, max(width_of(line) for line in lines))
    heading = [*(("title", line) for line in lines), ("faint", rule)]
    if illustrative:
        notice = "Illustrative: every number is invented; it is nobody's position."
        heading.insert(0, ("uneven", notice))
    return heading


def _summary(found: Any, settlement: Any, voice: Any) -> Iterator[str]:
    if settlement.outcome is None:
        yield "No package is acceptable to every side: the frontier is empty."
        return
    count, searched = len(found.outcomes), found.searched
    among = "infinitely many" if searched == "infinite" else f"{voice.whole(searched)}"
    points = "point" if count == 1 else "points"
    yield f"{voice.whole(count)} {points}; all packages were searched, {among} of them."
    if found.segments:
        reached = sum(segment.reached for segment in found.segments)
        parts = "part joins" if reached == 1 else "parts join"
        yield f"{reached} straight {parts} them: along each, something is divided."
        if len(found.parties) > 2:
            yield "They bound flat faces: all of these are on the frontier, not the points alone."
        if reached < len(found.segments):
            lines = "line" if len(found.segments) - reached == 1 else "lines"
            bound = "bounds" if len(found.segments) - reached == 1 else "bound"
            yield (
                f"{len(found.segments) - reached} more {lines} only {bound} a face: just beside it "
                "a package is on the frontier, on it another package is better."
            )
    yield "At none of these could a side be better off without another being worse off."
    yield "Each cell: the side's points, and its gain from what it has without an agreement."
    yield "◆ is the package that `hikiwake settle` shows."
