"""For the mediator: how far the sides were apart, over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hikiwake.explain.language.dates import spoken
from hikiwake.findings.history import Moment, Progress
from hikiwake.findings.talks import Interval
from hikiwake.model import Dispute
from hikiwake.plots import words
from hikiwake.plots.canvas import Reading, paint
from hikiwake.plots.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


WIDTH = 9.0  # inches
EVENT, EVENT_WIDTH = 90, 3.3  # letters and inches of what happened, on two lines


def progress_picture(
    dispute: Dispute, found: Progress, path: str | Path, language: str | None = None
) -> Reading:
    """Draw what would still have to be conceded at every date, as an interval; return its reading.

    Raises
    ------
    InputError
        As :func:`~hikiwake.plots.canvas.paint` does.
    """
    told = Words(dispute, language=language)
    sentence, say = _sentence(found, told), told.voice.say
    under = f"{sentence}\n{words.illustrative(told.voice)}" if found.illustrative else sentence
    paint(lambda: _draw(told, found, under), path, told.voice.language)
    rows = [(m.entry.date, _event(m, told), *_ends(m.closeness, told)) for m in found.moments]
    columns = say("Date"), say("What happened"), say("At the least"), say("At the most")
    return Reading(sentence, columns, tuple(rows))


def _event(moment: Moment, told: Words) -> str:
    event = moment.entry.event
    return event.in_language(told.voice.language) or event.plain


def _ends(closeness: Interval | None, told: Words) -> tuple[str, str]:
    if closeness is None:
        unknown = told.voice.say("cannot tell")
        return unknown, unknown
    return told.percent(closeness.low), told.percent(closeness.high)


def _sentence(found: Progress, told: Words) -> str:
    known = [m for m in found.moments if m.closeness is not None]
    if not known:
        return told.voice.say("At no date can it be told how far the sides were apart.")
    first, last = known[0], known[-1]
    return told.voice.say(
        "Still to be conceded by the side that concedes most: {before} ({then}), {after} "
        "({later}).",
        before=_span(first.closeness, told),
        then=spoken(first.entry.date, told.voice.language),
        after=_span(last.closeness, told),
        later=spoken(last.entry.date, told.voice.language),
    )


def _span(closeness: Interval | None, told: Words) -> str:
    low, high = _ends(closeness, told)
    return low if low == high else told.voice.say("from {low} to {high}", low=low, high=high)


def _draw(told: Words, found: Progress, under: str) -> Figure:
    from matplotlib.figure import Figure

    rows = len(found.moments)
    figure = Figure(figsize=(WIDTH, 1.8 + 0.46 * rows), layout="constrained")
    axes = figure.add_subplot()
    for row, moment in enumerate(found.moments):
        _bar(axes, row, moment, told)
    axes.set_yticks(range(rows), [_label(moment, told) for moment in found.moments], fontsize=9)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xlim(0, None)
    words.in_percent(axes.xaxis, told.voice)
    axes.set_xlabel(
        told.voice.say(
            "Still to be conceded by the side that concedes most, in parts of its range"
        ),
        loc="right",
    )
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, pad=9, labelcolor=words.INK)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)
    title = told.voice.say("{title}: how far apart, date by date", title=told.title())
    figure.suptitle(words.headline(title, WIDTH), x=0.01, ha="left", fontsize=13, fontweight="bold")
    figure.supxlabel(words.broken(under, WIDTH), x=0.01, ha="left", fontsize=8.5, color="#555555")
    return figure


def _label(moment: Moment, told: Words) -> str:
    """Return a date and what happened then, on two lines at most."""
    event = words.broken(words.plain(_event(moment, told), EVENT), EVENT_WIDTH)
    first, *more = event.split("\n")
    return "\n".join([f"{moment.entry.date}  {first}", *more[:1]])


def _bar(axes: Axes, row: int, moment: Moment, told: Words) -> None:
    if moment.closeness is None:
        axes.text(0.004, row, told.voice.say("cannot tell"), fontsize=9, style="italic",
                  va="center", color=words.INK)  # fmt: skip
        return
    low, high = float(moment.closeness.low), float(moment.closeness.high)
    if low == high:
        axes.scatter([low], [row], s=70, color=words.FRONTIER, edgecolors=words.INK, linewidths=1,
                     zorder=3, clip_on=False)  # fmt: skip
        return
    axes.plot([low, high], [row, row], color=words.FRONTIER, linewidth=6, zorder=2,
              solid_capstyle="butt")  # fmt: skip
    for end in (low, high):
        axes.scatter([end], [row], s=60, marker="|", color=words.INK, linewidths=2, zorder=3,
                     clip_on=False)  # fmt: skip
