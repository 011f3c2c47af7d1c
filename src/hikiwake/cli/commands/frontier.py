"""``hikiwake frontier``: every package that cannot be bettered for one without hurting another."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.cli.drawing import draw_found

EPILOG = (
    "Everybody's points are in it: for the mediator only. "
    "Exit codes: 0 done · 1 no agreement, so it is empty · 2 the input cannot be used · "
    "3 only part of it is certain: the time limit was reached first, or four and more sides divide "
    "something beside whole issues"
)

MORE = 0.1  # of the time limit: to mark the package that is settled on, where all of it was used


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
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            help="Stop searching after so long (300 where nothing is said), with the part that is "
            "certain and what may be missing (exit code 3).",
            show_default=False,
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """List the Pareto frontier: the packages that nobody could improve at nobody's cost."""
    from hikiwake.api import frontier, load, settle
    from hikiwake.cli.progress import working
    from hikiwake.explain.language.voice import LANGUAGES, speakable

    spoken = speakable(language) or language or LANGUAGES[0]
    limit = options.seconds(time_limit) or options.SECONDS
    options.require_picture(plot)
    dispute = load(path, preferences=options.preference_files(preferences))
    with working("Searching all packages"):
        began = monotonic()
        found = frontier(dispute, time_limit=limit)
        left = max(limit - (monotonic() - began), MORE * limit)
        settlement = None if as_json and plot is None else settle(dispute, time_limit=left)
    if as_json:
        from hikiwake.cli.screen import print_json
        from hikiwake.formats.results.settled import frontier_json

        print_json(frontier_json(dispute, found))
    else:
        _print_table(dispute, found, settlement, spoken, every)
    if plot is not None:
        draw_found(dispute, (found, settlement), {}, (plot, spoken))
    if _in_part(found) and not _nothing(settlement):
        return 3
    return 0 if found.outcomes else 1


def _in_part(found: Any) -> bool:
    return found.exactness.value != "exact"


def _nothing(settlement: Any) -> bool:
    return settlement is not None and settlement.status.value == "no_agreement"


def _decided(settlement: Any) -> bool:
    return settlement.status.value in ("draw", "uneven")


def _print_table(dispute: Any, found: Any, settlement: Any, language: str, every: bool) -> None:
    from hikiwake.cli.points import points_of, table, window
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.language.layout import table_lines, wrap
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.explain.settled import frontier as texts

    screen, voice = Screen(), Voice(language)
    names = Names(dispute, voice)
    if dispute.illustrative:
        for line in wrap(texts.frontier_notice(voice), screen.width):
            screen.line(line, "uneven")
    for role, line in _heading(texts.frontier_title(names, voice), screen.width):
        screen.line(line, role)
    for text in texts.frontier_lines(_extent(found, settlement, names), voice):
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
        screen.line(line, "good" if line.startswith(texts.MARK) else role)
    if len(shown) < len(points):
        screen.line()
        for line in wrap(texts.more_points(len(points) - len(shown), voice), screen.width):
            screen.line(line)


def _heading(title: str, width: int) -> list[tuple[str, str]]:
    from hikiwake.explain.language.layout import width_of, wrap

    lines = wrap(title, width)
    rule = "═" * min(width, max(width_of(line) for line in lines))
    return [*(("title", line) for line in lines), ("faint", rule)]


def _extent(found: Any, settlement: Any, names: Any) -> Any:
    from hikiwake.explain.settled.frontier import Extent

    joined, least = sum(segment.reached for segment in found.segments), found.complete_from
    return Extent(
        points=len(found.outcomes),
        searched=found.searched,
        parts=joined,
        lines=len(found.segments) - joined,
        flat=len(found.parties) > 2,
        empty=_nothing(settlement),
        settled=_decided(settlement),
        in_part=_in_part(found),
        uncut=found.uncut,
        certain=None if least is None else (names.party(found.parties[0]), least),
    )
