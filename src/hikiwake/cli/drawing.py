"""The picture of a frontier beside what a command tells."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hikiwake.cli import options

UNDECIDED = "undecided"


def draw(dispute: Any, plot: Path, marked: Mapping[str, Any], language: str | None) -> None:
    """Draw the frontier with some gains marked in it, as far as it is found in the usual time.

    Where it cannot be listed, the packages are drawn without it.
    """
    from hikiwake.api import frontier, settle
    from hikiwake.cli.progress import working
    from hikiwake.errors import Unsupported

    with working("Searching all packages"):
        settlement = settle(dispute, time_limit=options.SECONDS)
        found = None
        if settlement.status.value != UNDECIDED:
            with suppress(Unsupported):
                found = frontier(dispute, time_limit=options.SECONDS)
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
    from hikiwake.explain.language.layout import wrap
    from hikiwake.plots import frontier_picture
    from hikiwake.plots.words import Words

    (found, settlement), (plot, language) = searched, how
    voice = Words(dispute, language=language).voice
    if (why := _why_not(found, settlement, voice)) is not None:
        tell_beside(["", *wrap(why, Screen().width)])
        return
    with working("Drawing"):
        reading = frontier_picture(dispute, found, settlement, plot, marked, language)
    tell_drawn(voice, plot, reading.sentence)


def _why_not(found: Any, settlement: Any, voice: Any) -> str | None:
    from hikiwake.explain.settled.frontier import no_picture, nothing_to_draw

    status = settlement.status.value
    if status == "no_agreement":
        return nothing_to_draw(voice)
    if status == UNDECIDED:
        return no_picture(voice)
    in_time = found is None or len(found) or found.exactness.value == "exact"
    return None if in_time else no_picture(voice, settled=True)


def tell_drawn(voice: Any, plot: Path, reading: str = "") -> None:
    """Say that a picture was drawn, and its reading, in the language of the text beside it."""
    from hikiwake.cli.screen import Screen, tell_beside
    from hikiwake.explain.notices.around import picture

    tell_beside(["", *picture(voice, plot, reading, Screen().width)])
