"""``hikiwake frontier``: every package that cannot be bettered for one without hurting another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer

from hikiwake.cli import options

EPILOG = (
    "Everybody's points are in it: for the mediator only. "
    "Exit codes: 0 done · 1 no agreement, so it is empty · 2 the input cannot be used · "
    "3 the time limit was reached first"
)

MORE = 0.1  # of the time limit: to mark the package that is settled on, where all of it was used
NOT_IN_TIME = "The package that `hikiwake settle` shows was not found in time."


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
    time_limit: options.TimeLimit = None,
    as_json: options.AsJson = False,
) -> int:
    """List the Pareto frontier: the packages that nobody could improve at nobody's cost."""
    from hikiwake.api import frontier, load, settle
    from hikiwake.cli.progress import working

    limit = options.seconds(time_limit) or options.SECONDS
    dispute = load(path, preferences=options.preference_files(preferences))
    with working("Searching all packages"):
        began = monotonic()
        found = frontier(dispute, time_limit=limit)
        left = max(limit - (monotonic() - began), MORE * limit)
        settlement = None if as_json and plot is None else settle(dispute, time_limit=left)
    if as_json:
        from hikiwake.cli.screen import print_json
        from hikiwake.formats.results import frontier_json

        print_json(frontier_json(dispute, found))
    else:
        _print_table(dispute, found, settlement, every)
    if plot is not None and found.outcomes:
        _draw(dispute, found, settlement, plot)
    if _in_part(found) and not _nothing(settlement):
        return 3
    return 0 if found.outcomes else 1


def _in_part(found: Any) -> bool:
    return found.exactness.value != "exact"


def _nothing(settlement: Any) -> bool:
    return settlement is not None and settlement.status.value == "no_agreement"


def _decided(settlement: Any) -> bool:
    return settlement.status.value in ("draw", "uneven")


def _draw(dispute: Any, found: Any, settlement: Any, plot: Path) -> None:
    from hikiwake.cli.progress import working
    from hikiwake.plots import frontier_picture

    if not _decided(settlement):
        typer.echo(f"\nNo picture. {NOT_IN_TIME}", err=True)
        return
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
    for text in _summary(found, settlement, voice, names):
        for line in wrap(text, screen.width):
            screen.line(line)
    settled = settlement if _decided(settlement) else None
    points = points_of(found, settled)
    if not points:
        return
    shown = points if every else window(points)
    columns, rows = table(shown, settled and settled.outcome, names, voice)
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


def _summary(found: Any, settlement: Any, voice: Any, names: Any) -> Iterator[str]:
    if _nothing(settlement):
        yield "No package is acceptable to every side: the frontier is empty."
        return
    count, searched = len(found.outcomes), found.searched
    among = "infinitely many" if searched == "infinite" else f"{voice.whole(searched)}"
    points = "point" if count == 1 else "points"
    if not _in_part(found):
        yield f"{voice.whole(count)} {points}; all packages were searched, {among} of them."
    else:
        yield from _what_is_missing(found, voice, names)
    if not count and not _decided(settlement):
        return
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
    yield "◆ is the package that `hikiwake settle` shows." if _decided(settlement) else NOT_IN_TIME


def _what_is_missing(found: Any, voice: Any, names: Any) -> Iterator[str]:
    count, more = len(found.outcomes), "--time-limit allows more time."
    if not count:
        yield f"The time limit was reached before any point of it was certain; {more}"
        return
    points = "point was" if count == 1 else "points were"
    yield f"{voice.whole(count)} {points} certain when the time limit was reached. {more}"
    if found.complete_from is None:
        yield "There may be more, anywhere."
    else:
        first, least = names.party(found.parties[0]), voice.points(found.complete_from)
        yield f"There may be more at which {first} has fewer than {least} points, and no others."
    yield "Of packages worth as much to everyone, the one shown need not be the nearest to today's."
