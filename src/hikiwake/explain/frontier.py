"""The Pareto frontier in words, for the mediator: how many points there are, and what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hikiwake.explain.names import Names
from hikiwake.explain.voice import Voice


def frontier_title(names: Names, voice: Voice) -> str:
    """Return what stands above a frontier."""
    title = names.title() or voice.say("A dispute")
    return voice.say("{title}: the Pareto frontier, for the mediator", title=title)


def frontier_summary(found: Any, voice: Voice) -> Iterator[str]:
    """Yield what there is to say of a frontier as a whole; of an empty one, that it is empty."""
    if not found.outcomes:
        yield voice.say("No package is acceptable to every side: the frontier is empty.")
        return
    yield _count(found, voice)
    if found.segments:
        yield from _segments(found, voice)
    yield voice.say("At none of these could a side be better off without another being worse off.")
    yield voice.say(
        "Each cell: the side's points, and its gain from what it has without an agreement."
    )
    yield voice.say("◆ is the package that `hikiwake settle` shows.")


def frontier_left_out(count: int, voice: Voice) -> str:
    """Return that some points are not listed, and how to see them."""
    return voice.count(
        "{n} more point: --all lists it, --json has it.",
        "{n} more points: --all lists them, --json has them.",
        count,
    )


def frontier_differences(mark: str, voice: Voice) -> str:
    """Return the heading of the column that says where each package differs."""
    return voice.say("Package, where it differs from {mark}", mark=mark)


def _count(found: Any, voice: Voice) -> str:
    if found.searched == "infinite":
        return voice.count(
            "{n} point; all packages were searched, infinitely many of them.",
            "{n} points; all packages were searched, infinitely many of them.",
            len(found.outcomes),
        )
    return voice.count(
        "{n} point; all packages were searched, {searched} of them.",
        "{n} points; all packages were searched, {searched} of them.",
        len(found.outcomes),
        searched=voice.whole(found.searched),
    )


def _segments(found: Any, voice: Voice) -> Iterator[str]:
    reached = sum(segment.reached for segment in found.segments)
    yield voice.count(
        "{n} straight part joins them: along each, something is divided.",
        "{n} straight parts join them: along each, something is divided.",
        reached,
    )
    if len(found.parties) > 2:
        yield voice.say(
            "They bound flat faces: all of these are on the frontier, not the points alone."
        )
    if reached < len(found.segments):
        yield voice.count(
            "{n} more line only bounds a face: just beside it a package is on the frontier, on it "
            "another package is better.",
            "{n} more lines only bound a face: just beside it a package is on the frontier, on it "
            "another package is better.",
            len(found.segments) - reached,
        )
