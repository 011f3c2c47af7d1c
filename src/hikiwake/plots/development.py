"""For the mediator: how far the sides were apart, over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hikiwake.findings.history import Moment, Progress
from hikiwake.findings.talks import Interval
from hikiwake.model import Dispute
from hikiwake.plots import words
from hikiwake.plots.canvas import Reading, paint
from hikiwake.plots.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


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
        "Still to be conceded by the side that concedes most: {before} in {then}, {after} in "
        "{later}.",
        before=_span(first.closeness, told),
        then=first.entry.date[:4],
        after=_span(last.closeness, told),
        later=last.entry.date[:4],
    )


def _span(closeness: Interval | None, told: Words) -> str:
    low, high = _ends(closeness, told)
    return low if low == high else told.voice.say("from {low} to {high}", low=low, high=high)


def _draw(told: Words, found: Progress, under: str) -> Figure:
    from matplotlib.figure import Figure

    rows = len(found.moments)
    figure = Figure(figsize=(9, 1.8 + 0.46 * rows), layout="constrained")
    axes = figure.add_subplot()
    for row, moment in enumerate(found.moments):
        _bar(axes, row, moment, told)
    names = [f"{m.entry.date[:4]}  {words.plain(_event(m, told), 46)}" for m in found.moments]
    axes.set_yticks(range(rows), names)
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
    axes.tick_params(axis="y", length=0, labelcolor=words.INK)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)
    title = told.voice.say("{title}: how far apart, date by date", title=told.title())
    figure.suptitle(title, x=0.01, ha="left", fontsize=13, fontweight="bold")
    figure.supxlabel(words.broken(under, 9), x=0.01, ha="left", fontsize=8.5, color="#555555")
    return figure


def _bar(axes: Axes, row: int, moment: Moment, told: Words) -> None:
    if moment.closeness is None:
        axes.text(0.004, row, told.voice.say("cannot tell"), fontsize=9, style="italic",
                  va="center", color=words.INK)  # fmt: skip
        return
    low, high = float(moment.closeness.low), float(moment.closeness.high)
    axes.plot([low, high], [row, row], color=words.FRONTIER, linewidth=6, zorder=2,
              solid_capstyle="butt")  # fmt: skip
    for end in (low, high):
        axes.scatter([end], [row], s=60, marker="|", color=words.INK, linewidths=2, zorder=3,
                     clip_on=False)  # fmt: skip
