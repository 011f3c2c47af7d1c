"""The picture of a frontier beside what a command tells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
    from hikiwake.cli.screen import Screen, tell_beside
    from hikiwake.explain.frontier import no_picture
    from hikiwake.explain.layout import wrap
    from hikiwake.plots import frontier_picture
    from hikiwake.plots.words import Words

    (found, settlement), (plot, language) = searched, how
    settled, voice = settlement.status.value != UNDECIDED, Words(dispute, language=language).voice
    if not settled or (not len(found) and found.exactness.value != "exact"):
        tell_beside(["", *wrap(no_picture(voice, settled), Screen().width)])
        return
    with working("Drawing"):
        reading = frontier_picture(dispute, found, settlement, plot, marked, language)
    tell_drawn(voice, plot, reading.sentence)


def tell_drawn(voice: Any, plot: Path, reading: str = "") -> None:
    """Say that a picture was drawn, and its reading, in the language of the text beside it."""
    from hikiwake.cli.screen import Screen, tell_beside
    from hikiwake.explain.around import picture

    tell_beside(["", *picture(voice, plot, reading, Screen().width)])
