"""A picture of a plan, as PNG or SVG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hikiwake.explain.language.voice import Voice
from hikiwake.explain.plans.plan import language_of
from hikiwake.findings.course import Planned
from hikiwake.plots.canvas import paint

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def plan_picture(planned: Planned, path: str | Path, language: str | None = None) -> None:
    """Draw a plan: temptation, exposure and trust needed over time, and what orders ask for.

    For the mediator: everybody's figures can be read from it (H14).

    Raises
    ------
    InputError
        If the ending is neither PNG nor SVG, Matplotlib is not installed, or the file cannot be
        written.
    """

    def draw() -> Figure:
        from hikiwake.plots.course import draw_course

        return draw_course(planned, voice)

    voice = Voice(language_of(planned, None, language))
    paint(draw, path, voice.language)
