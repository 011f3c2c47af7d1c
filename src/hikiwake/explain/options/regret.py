"""The package with the smallest worst regret, as the mediator reads of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hikiwake.explain.language.telling import Section

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.sureness import Robustness


def smallest_regret(found: Robustness, voice: Voice, names: Names) -> Iterator[Section]:
    """Yield which package has it, and what no package is below; nothing: it is not known."""
    least = found.smallest_regret
    if least is None or not least.regrets:  # nobody has anything to gain, or to regret
        return
    part = voice.percent(max(least.regrets.values()), 1)
    differences = names.outcome(least.outcome, found.outcome)
    heading = voice.say("The smallest worst regret")
    if least.proved:
        yield Section(heading, (_compared(least.of, part, differences, voice),))
    else:
        bound = voice.percent(least.at_least, 1)
        yield Section(heading, tuple(_bounded(bound, part, differences, voice)))


def _bounded(bound: str, part: str, differences: str, voice: Voice) -> Iterator[str]:
    """Yield which package has the smallest worst regret that was found, and what none is below."""
    if differences:
        yield voice.say(
            "The smallest worst regret that was found is {part}, in a package that differs from "
            "the settled one in this: {differences}.",
            part=part,
            differences=differences,
        )
    else:
        yield voice.say(
            "The smallest worst regret that was found is {part}, in the settled package.", part=part
        )
    yield voice.say("A limit was reached: of all packages, none is below {part}.", part=bound)


def _compared(of: int | None, part: str, differences: str, voice: Voice) -> str:
    """Return which package has the smallest worst regret, and of how many; None: of all."""
    if of is None and differences:
        return voice.say(
            "Of all packages, the one with the smallest worst regret, {part}, differs from the "
            "settled one in this: {differences}.",
            part=part,
            differences=differences,
        )
    if of is None:
        return voice.say(
            "Of all packages the settled one has the smallest worst regret, {part}.", part=part
        )
    if differences:
        return voice.say(
            "Of {n} packages, the one with the smallest worst regret, {part}, differs from the "
            "settled one in this: {differences}.",
            n=voice.whole(of),
            part=part,
            differences=differences,
        )
    return voice.say(
        "Of {n} packages the settled one has the smallest worst regret, {part}.",
        n=voice.whole(of),
        part=part,
    )
