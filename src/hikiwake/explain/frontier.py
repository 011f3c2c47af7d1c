"""A frontier in words: how many points there are, what joins them, and how to read the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hikiwake.explain.names import Names
from hikiwake.explain.voice import Voice
from hikiwake.settlement import Count

MARK = "◆"


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a frontier is: points, straight parts that join them, lines that it only nears."""

    points: int
    searched: Count
    parts: int = 0
    lines: int = 0
    flat: bool = False


def frontier_title(names: Names, voice: Voice) -> str:
    """Return what stands above a frontier."""
    title = names.title() or voice.say("A dispute")
    return voice.say("{title}: the Pareto frontier, for the mediator", title=title)


def frontier_notice(voice: Voice) -> str:
    """Return what stands above everything about a dispute whose numbers are invented."""
    return voice.say("Illustrative: every number is invented; it is nobody's position.")


def frontier_lines(found: Extent, voice: Voice) -> Iterator[str]:
    """Yield what a reader of the points has to know; one sentence where there are none."""
    if not found.points:
        yield voice.say("No package is acceptable to every side: the frontier is empty.")
        return
    if found.searched == "infinite":
        yield voice.count(
            "{n} point; all packages were searched, infinitely many of them.",
            "{n} points; all packages were searched, infinitely many of them.",
            found.points,
        )
    else:
        yield voice.count(
            "{n} point; all packages were searched, {searched} of them.",
            "{n} points; all packages were searched, {searched} of them.",
            found.points,
            searched=voice.whole(found.searched),
        )
    yield from _parts(found, voice)
    yield voice.say("At none of these could a side be better off without another being worse off.")
    yield voice.say(
        "Each cell: the side's points, and its gain from what it has without an agreement."
    )
    yield voice.say("{mark} is the package that `hikiwake settle` shows.", mark=MARK)


def package_column(voice: Voice) -> str:
    """Return what stands above the packages."""
    return voice.say("Package, where it differs from {mark}", mark=MARK)


def more_points(count: int, voice: Voice) -> str:
    """Return that there are more points than the table shows."""
    return voice.count(
        "{n} more point: --all lists it, --json has it.",
        "{n} more points: --all lists them, --json has them.",
        count,
    )


def _parts(found: Extent, voice: Voice) -> Iterator[str]:
    if not found.parts and not found.lines:
        return
    yield voice.count(
        "{n} straight part joins them: along each, something is divided.",
        "{n} straight parts join them: along each, something is divided.",
        found.parts,
    )
    if found.flat:
        yield voice.say(
            "They bound flat faces: all of these are on the frontier, not the points alone."
        )
    if found.lines:
        yield voice.count(
            "{n} more line only bounds a face: just beside it a package is on the frontier, on it "
            "another package is better.",
            "{n} more lines only bound a face: just beside it a package is on the frontier, on it "
            "another package is better.",
            found.lines,
        )
