"""A picture of a plan: temptation, exposure and trust needed over time, and all orders' demands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from hikiwake.explain.language.voice import Voice
from hikiwake.explain.plans.names import PlanNames
from hikiwake.findings.course import Course, Planned
from hikiwake.plots import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#2f5f8f", "#f08a24", "#4c8c4a", "#a05195", "#8c564b", "#17a2a2")
NAMED = 14  # steps that still have room for their names


def draw_course(planned: Planned, voice: Voice) -> Figure:
    """Return the picture of a plan."""
    steps, names = len(planned.course.steps), PlanNames(planned.agreement, voice, None)
    told = _Told(planned, voice, names)
    figure = Figure(figsize=(min(16.0, max(10.5, 5.5 + 0.7 * steps)), 8.6), layout="constrained")
    halves: Any = figure.subfigures(1, 2, width_ratios=(1.9, 1))
    left, right = halves
    tempting, exposed, trusting = left.subplots(3, 1, sharex=True, height_ratios=(1.2, 0.8, 0.8))
    parties = names.in_order(planned.agreement.party_ids)
    _temptation(tempting, told, parties)
    _exposure(exposed, told, parties)
    _trust(trusting, told, parties)
    _demands(right.subplots(), told)
    title = words.plain(names.title, 70) or voice.say("An agreement")
    figure.suptitle(title, x=0.01, ha="left", fontsize=14, fontweight="bold")
    if planned.agreement.illustrative:
        notice = words.illustrative(voice)
        figure.text(0.99, 0.985, notice, fontsize=9, va="top", ha="right", style="italic")
    return figure


@dataclass(frozen=True, slots=True)
class _Told:
    """A plan, and the words in which it is told."""

    planned: Planned
    voice: Voice
    names: PlanNames

    def party(self, party: str) -> str:
        """Return a party's name, not longer than a label may be."""
        return words.plain(self.names.party(party), words.SHOWN_NAME)

    def step(self, place: int) -> str:
        """Return the number of a step, and what is done in it."""
        pieces = self.planned.course.steps[place].pieces
        done = " + ".join(self.names.piece(piece) for piece in pieces)
        return f"{place + 1}. {words.plain(done, 34)}"


def _temptation(axes: Axes, told: _Told, parties: list[str]) -> None:
    """Draw what each party would gain by stopping after each step; below 0 it would not."""
    for party, colour in _compared(told.planned, parties):
        heights = [words.number(m.temptation[party]) for m in told.planned.course.moments]
        _steps(axes, heights, colour, told.party(party))
    axes.axhline(0, color=words.INK, linewidth=0.9)
    low, high = axes.get_ylim()
    axes.set_ylim(low, max(high, 0.12 * (high - low)))
    axes.axhspan(0, axes.get_ylim()[1], color="#fbe9d7", zorder=0)
    axes.set_ylabel(told.voice.say("temptation"))
    title = told.voice.say(
        "What stopping for good after a step would bring (shaded: more than going on)"
    )
    axes.set_title(title, loc="left", fontsize=10)
    axes.legend(frameon=False, fontsize=9, loc="lower right")
    _frame(axes, told.voice)


def _exposure(axes: Axes, told: _Told, parties: list[str]) -> None:
    """Draw how far each party would be below what it has without an agreement."""
    for party, colour in _compared(told.planned, parties):
        heights = [words.number(m.exposure[party]) for m in told.planned.course.moments]
        _steps(axes, heights, colour, told.party(party))
    axes.set_ylim(0, max(0.1, axes.get_ylim()[1]))
    axes.set_ylabel(told.voice.say("exposure"))
    title = told.voice.say("How far below what it has without an agreement a side would be then")
    axes.set_title(title, loc="left", fontsize=10)
    _frame(axes, told.voice)


def _steps(axes: Axes, heights: list[float], colour: str, name: str) -> None:
    """Draw a figure that changes with each step: what holds after step n stands from n on."""
    places = [place - 0.5 for place in range(len(heights) + 1)]
    axes.stairs(heights, places, baseline=None, color=colour, linewidth=2.2, label=name)


def _compared(planned: Planned, parties: list[str]) -> list[tuple[str, str]]:
    coloured = zip(parties, _colours(len(parties)), strict=True)
    return [(party, colour) for party, colour in coloured if planned.ranges[party] is not None]


def _frame(axes: Axes, voice: Voice) -> None:
    words.in_percent(axes.yaxis, voice)
    axes.grid(axis="x", color="#eeeeee")
    axes.set_axisbelow(True)


def _trust(axes: Axes, told: _Told, parties: list[str]) -> None:
    steps = told.planned.course.steps
    width = 0.8 / max(1, len(parties))
    for row, (party, colour) in enumerate(zip(parties, _colours(len(parties)), strict=True)):
        shift = (row - (len(parties) - 1) / 2) * width
        places = [n + 1 for n, step in enumerate(steps) if party in step.trust]
        heights = [float(steps[n - 1].trust[party]) for n in places]
        axes.bar([n + shift for n in places], heights, width, color=colour)
        tempted = [n + 1 + shift for n, step in enumerate(steps) if party in step.tempted]
        axes.scatter(tempted, [0.03] * len(tempted), marker="^", s=42, color=colour, zorder=3,
                     edgecolors=words.INK, linewidths=0.8)  # fmt: skip
    axes.set_ylim(0, 1)
    words.in_percent(axes.yaxis, told.voice)
    axes.set_ylabel(told.voice.say("trust needed"))
    title = told.voice.say(
        "Trust that a doer needs before its step (▲ it is tempted; others must trust it)"
    )
    axes.set_title(title, loc="left", fontsize=10)
    if len(steps) <= NAMED:
        names = [told.step(n) for n in range(len(steps))]
        places = range(len(steps) + 1)
        axes.set_xticks(
            places, [told.voice.say("nothing yet"), *names], rotation=28, ha="right", fontsize=8
        )
    else:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlabel(told.voice.say("steps done"))


def _demands(axes: Axes, told: _Told) -> None:
    planned, say = told.planned, told.voice.say
    line = [_spot(course) for course in planned.trade_off]
    axes.plot(*zip(*line, strict=True), color=words.FRONTIER, marker="o", markersize=6,
              linewidth=1.4, linestyle=(0, (2, 2)), clip_on=False,
              label=say("orders that cannot be bettered in both"))  # fmt: skip
    axes.scatter(*line[0], marker="D", s=120, color=words.SETTLED, edgecolors=words.INK, zorder=4,
                 label=say("this plan"), clip_on=False)  # fmt: skip
    once = planned.at_once_demand
    axes.scatter(float(once.temptation), float(once.exposure), marker="*", s=150, zorder=4,
                 color="white", edgecolors=words.INK, label=say("everything at once"),
                 clip_on=False)  # fmt: skip
    if planned.worst is not None:
        axes.scatter(*_spot(planned.worst), marker="X", s=110, color=words.FAINT, zorder=4,
                     edgecolors=words.INK, label=say("the worst order"), clip_on=False)  # fmt: skip
    axes.set_xlim(0, max(0.1, axes.get_xlim()[1]))
    axes.set_ylim(0, max(0.1, axes.get_ylim()[1]))
    for axis in (axes.xaxis, axes.yaxis):
        words.in_percent(axis, told.voice)
    axes.set_xlabel(say("largest temptation"))
    axes.set_ylabel(say("largest exposure"))
    axes.grid(color="#eeeeee")
    axes.set_axisbelow(True)
    axes.set_title(say("What orders ask for"), loc="left", fontsize=10)
    axes.legend(frameon=False, fontsize=8, loc="upper center", bbox_to_anchor=(0.5, -0.12))


def _spot(course: Course) -> tuple[float, float]:
    return float(course.demand.temptation), float(course.demand.exposure)


def _colours(count: int) -> list[str]:
    return [COLOURS[place % len(COLOURS)] for place in range(count)]
