"""How time grows: ``make growth``. With issues, options, parties and the size of the frontier.

Each size is tried on five disputes made up by chance (``disputes.py``), and their median is taken;
through the medians goes a straight line on logarithmic scales, whose slope is the power by which
time grows. Written to GROWTH.md, and drawn in growth.svg.
"""

from __future__ import annotations

import argparse
import math
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from disputes import choices, shares, tied, worths
from report import progress, seconds
from written import page, table

from hikiwake.api import frontier, settle
from hikiwake.errors import InputError
from hikiwake.model import Dispute

HERE = Path(__file__).resolve().parent
DISPUTES = 5
TIED = "additive, then cp_sat"
SHORTEST = 0.02  # seconds: what is quicker is repeated
COLUMNS = ("what grows", "engine", "size", "time", "lowest–highest", "frontier")
FITS = ("what grows", "engine", "time grows with the power", "measured on")


class TakesTooLongError(Exception):
    """A single dispute took more than it may."""


@dataclass(frozen=True)
class Series:
    """One thing that grows while the rest stays as it is."""

    name: str
    axis: str
    engine: str
    sizes: tuple[int, ...]
    made: Callable[[int, int], Dispute]
    rule: str | None = None  # None: the frontier


@dataclass
class Found:
    """What a series came to: for each size the seconds, and the points of the frontiers."""

    series: Series
    times: dict[int, list[float]] = field(default_factory=dict[int, list[float]])
    points: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    engines: dict[int, str] = field(default_factory=dict[int, str])
    ended: str = ""

    @property
    def medians(self) -> list[tuple[float, float]]:
        """Return size and median time."""
        return [(size, median(times)) for size, times in self.times.items()]


ALL = (
    Series(
        "issues: 2 parties, 10 options",
        "issues",
        "additive",
        (5, 10, 20, 40, 80, 160, 320),
        lambda size, seed: choices(2, size, 10, seed),
    ),
    Series(
        "options: 2 parties, 10 issues",
        "options",
        "additive",
        (5, 10, 20, 40, 80),
        lambda size, seed: choices(2, 10, size, seed),
    ),
    Series(
        "parties: 6 issues of 4 options",
        "parties",
        "additive",
        (2, 3, 4, 5, 6, 8),
        lambda size, seed: choices(size, 6, 4, seed),
    ),
    Series(
        "packages, each looked at: 2 parties, 4 options",
        "packages",
        "brute_force",
        (64, 256, 1_024, 4_096, 16_384),
        lambda size, seed: choices(2, round(math.log(size, 4)), 4, seed),
    ),
    Series(
        "divided things: 2 parties",
        "things",
        "linear",
        (5, 10, 20, 40, 80),
        lambda size, seed: shares(worths(2, size, seed)),
        "draw",
    ),
    Series(
        "divided things: 4 parties",
        "things",
        "linear",
        (3, 5, 10, 15, 20),
        lambda size, seed: shares(worths(4, size, seed)),
        "draw",
    ),
    Series(
        "tied issues: 2 parties, 10 options",
        "issues",
        TIED,
        (5, 8, 12, 20, 30),
        lambda size, seed: tied(2, size, 10, seed),
        "kalai_smorodinsky",
    ),
)


@contextmanager
def within(longest: float) -> Iterator[None]:
    """Stop what takes more seconds than it may, as soon as Python has the word again."""

    def stop(*_: Any) -> None:
        raise TakesTooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, longest)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what work gives, and the seconds of one go, the mean of many where it is quick."""
    began = perf_counter()
    result = work()
    took = perf_counter() - began
    if took >= SHORTEST:
        return result, took
    calls = math.ceil(SHORTEST / max(took, 1e-6))
    began = perf_counter()
    for _ in range(calls):
        work()
    return result, (perf_counter() - began) / calls


def measured(series: Series, longest: float) -> Found:
    """Return a series' times, up to the size that is refused or takes too long."""
    found = Found(series)
    with suppress(InputError):  # so that what is loaded on first use has been
        done(series.made(series.sizes[0], DISPUTES), series)
    for size in series.sizes:
        times: list[float] = []
        points: list[int] = []
        try:
            for seed in range(DISPUTES):
                dispute = series.made(size, seed)
                with within(longest):
                    result, took = timed(lambda dispute=dispute: done(dispute, series))
                times.append(took)
                points.append(result[0])
                found.engines[size] = result[1]
        except InputError as error:
            found.ended = f"{size}: refused, {error.faults[0].found}"
            break
        except TakesTooLongError:
            found.ended = f"{size}: stopped after {longest:g} s"
            break
        found.times[size], found.points[size] = times, points
        progress(f"  {size}: {seconds(median(times))}")
    return found


def done(dispute: Dispute, series: Series) -> tuple[int, str]:
    """Find the frontier, or settle; return the frontier's points (0: not asked) and the engine."""
    if series.rule is None:
        return len(frontier(dispute, engine=series.engine)), series.engine
    # Where issues are tied the engine is chosen as for anybody: small disputes need no solver.
    found = settle(dispute, series.rule, engine=None if series.engine == TIED else series.engine)
    return 0, found.engine


def slope(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return the slope of the straight line nearest to the logarithms of some pairs."""
    logs = [(math.log(x), math.log(y)) for x, y in pairs if x > 0 and y > 0]
    if len(logs) < 3:
        return None
    mean_x, mean_y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    across = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / across if across else None


def sizes_of_frontiers(all_found: Sequence[Found]) -> list[tuple[float, float]]:
    """Return, for every dispute of the additive engine, its frontier's points and its time."""
    return [
        (points, took)
        for found in all_found
        if found.series.engine == "additive"
        for size in found.times
        for points, took in zip(found.points[size], found.times[size], strict=True)
    ]


def lines_of(all_found: Sequence[Found]) -> list[str]:
    """Return the table of times."""
    rows: list[tuple[str, ...]] = []
    for found in all_found:
        series = found.series
        for size, times in found.times.items():
            points = f"{median(found.points[size]):,.0f}" if series.rule is None else "–"
            spread = f"{seconds(min(times))}–{seconds(max(times))}"
            rows.append(
                (
                    series.name,
                    found.engines[size],
                    f"{size:,}",
                    seconds(median(times)),
                    spread,
                    points,
                )
            )
        if found.ended:
            size, _, why = found.ended.partition(": ")
            rows.append((series.name, series.engine, size, why, "–", "–"))
    return table(COLUMNS, rows)


def fits_of(all_found: Sequence[Found]) -> list[str]:
    """Return the table of slopes."""
    rows: list[tuple[str, ...]] = []
    for found in all_found:
        power = slope(found.medians)
        sizes = ", ".join(map(str, found.times)) or "nothing"
        text = "–" if power is None else f"{power:.2f}"
        on = f"{found.series.axis} {sizes}; medians of {DISPUTES}"
        rows.append((found.series.name, found.series.engine, text, on))
    pairs = sizes_of_frontiers(all_found)
    power = slope(pairs)
    rows.append(
        (
            "the frontier, whatever made it grow",
            "additive",
            "–" if power is None else f"{power:.2f}",
            f"{len(pairs)} disputes of the additive rows, each by itself",
        )
    )
    return table(FITS, rows)


def draw(all_found: Sequence[Found], path: Path) -> None:
    """Draw time against what grows, a line a series, and against the size of the frontier."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.fonttype": "none", "font.size": 8, "svg.hashsalt": "growth"})
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for found in all_found:
        if found.times:
            xs, ys = zip(*found.medians, strict=True)
            left.plot(xs, ys, marker="o", markersize=3, linewidth=1, label=found.series.name)
    left.set(xscale="log", yscale="log", xlabel="size of what grows", ylabel="seconds")
    left.legend(fontsize=5.5, frameon=False)
    for found in all_found:
        pairs = sizes_of_frontiers([found])
        if pairs:
            xs, ys = zip(*pairs, strict=True)
            right.plot(xs, ys, "o", markersize=2.5, label=found.series.name)
    right.set(xscale="log", yscale="log", xlabel="points of the frontier", ylabel="seconds")
    right.legend(fontsize=5.5, frameon=False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=float, default=20, help="seconds for one dispute")
    parser.add_argument("--only", default="", help="rows that hold this text; not written")
    given = parser.parse_args()
    all_found: list[Found] = []
    for series in ALL:
        if given.only in series.name:
            progress(f"{series.name} ({series.engine}) …")
            all_found.append(measured(series, given.longest))
    times, fits = lines_of(all_found), fits_of(all_found)
    sys.stdout.write("\n".join([*times, "", *fits]) + "\n")
    if given.only:
        return
    draw(all_found, HERE / "growth.svg")
    how = (
        f"Each time is the median of {DISPUTES} disputes made up by chance, of one go each "
        f"(what takes less than {SHORTEST * 1000:g} ms: the mean of many). The additive and "
        "brute-force rows find the frontier, the others settle."
    )
    picture = ["![Time against size, and against the frontier's points](growth.svg)"]
    text = page("Growth", "make growth", how, fits, picture, times)
    (HERE / "GROWTH.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
