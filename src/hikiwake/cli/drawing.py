"""The picture of a frontier beside what a command tells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from hikiwake.cli import options

UNDECIDED = "undecided"


def draw(dispute: Any, plot: Path, marked: Mapping[str, Any], language: str | None) -> None:
    """Draw the frontier with some gains marked in it, as far as it is found in the usual time."""
    from hikiwake.api import frontier, settle
    from hikiwake.cli.progress import working

    with working("Searching all packages"):
        settlement = settle(dispute, time_limit=options.SECONDS)
        late = settlement.status.value == UNDECIDED
        found = None if late else frontier(dispute, time_limit=options.SECONDS)
    draw_found(dispute, (found, settlement), marked, (plot, language))


def draw_found(
    dispute: Any,
    searched: tuple[Any, Any],
    marked: Mapping[str, Any],
    how: tuple[Path, str | None],
) -> None:
    """Draw a frontier that was found, with its settlement, or say why there is no picture."""
    from hikiwake.cli.progress import working
    from hikiwake.explain.frontier import no_picture
    from hikiwake.plots import frontier_picture
    from hikiwake.plots.words import Words

    (found, settlement), (plot, language) = searched, how
    settled = settlement.status.value != UNDECIDED
    if not settled or (not len(found) and found.exactness.value != "exact"):
        voice = Words(dispute, language=language).voice
        typer.echo(f"\n{no_picture(voice, settled)}", err=True)
        return
    with working("Drawing"):
        reading = frontier_picture(dispute, found, settlement, plot, marked, language)
    typer.echo(f"\nPicture: {plot}. {reading.sentence}", err=True)
