"""What misstating could gain, in words: per case, and without names unless they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import MEDIATOR, reader
from hikiwake.explain.language.telling import BULLET, Section, Table, Telling
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.settlement import Exactness

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.honesty import Honesty, Misstating, Unknowing
    from hikiwake.model import Dispute


def tell_honesty(
    dispute: Dispute,
    found: Honesty | None,
    audience: str,
    language: str | None = None,
    named: bool = False,
) -> Telling:
    """Return what misstating could gain, told to one audience.

    The mediator reads figures side by side, by how much more they are than the truth's; whose they
    are only if ``named``, where the parties agreed to that (H14). Everybody else reads the same:
    what a side could gain at the most, to the grain of 1/20.
    """
    voice, names, title = reader(dispute, audience, language, dispute.illustrative)
    if found is None:
        nothing = voice.say("Nothing is acceptable to every side, so there is nothing to gain.")
        return Telling(voice.language, title, (Section(voice.say("Result"), (nothing,)),))
    if audience == MEDIATOR:
        sections = tuple(_for_mediator(found, voice, names if named else None))
    else:
        sections = (
            Section(voice.say("What misstating could gain"), tuple(_for_all(found, voice))),
        )
    return Telling(voice.language, title, sections)


def _for_all(found: Honesty, voice: Voice) -> Iterator[str]:
    yield _no_promise(voice)
    more = to_grain(found.more_by_points, DEFAULT_TOLERANCE)
    if more and found.proved:
        yield BULLET + voice.say(
            "A side that knew everything could gain up to about {part} of its own range more by "
            "misstating its points.",
            part=voice.percent(more),
        )
    elif found.proved:
        yield BULLET + voice.say(
            "A side that knew everything could gain next to nothing by misstating its points."
        )
    else:
        yield BULLET + voice.say(
            "A side that knew everything could gain about {part} of its own range more by "
            "misstating its points, and perhaps more than that: not all reports were looked at.",
            part=voice.percent(more),
        )
    yield BULLET + _overstating(voice)
    unknowing = found.most_unknowing
    if unknowing is not None:
        yield BULLET + _expected(unknowing, voice)


def _no_promise(voice: Voice) -> str:
    return voice.say(
        "No rule here makes the truth the best answer in every case. This is about this case, and "
        "about one side that misstates while all others tell the truth."
    )


def _overstating(voice: Voice) -> str:
    return voice.say(
        "By overstating what it has without an agreement, a side that knew exactly what the others "
        "accept could get the best that it could hope for. If it is wrong about that, there may be "
        "no agreement at all."
    )


def _expected(unknowing: Unknowing, voice: Voice) -> str:
    def about(part: Fraction) -> str:
        return voice.percent(to_grain(max(part, Fraction(0)), DEFAULT_TOLERANCE))

    return voice.say(
        "A side that knows nothing of the others may expect about {part} of its own range more by "
        "misstating. Then there is no agreement in about {without} of all cases; by the truth in "
        "about {truth}.",
        part=about(unknowing.advantage),
        without=about(unknowing.best.without),
        truth=about(unknowing.truth.without),
    )


def _for_mediator(found: Honesty, voice: Voice, names: Names | None) -> Iterator[Section]:
    first = voice.say("What misstating could gain")
    lines = [
        _no_promise(voice),
        BULLET
        + voice.say(
            "All gains are true ones, in parts of the side's own range, counted from what it has "
            "without an agreement."
        ),
    ]
    if names is None:
        lines.append(
            BULLET
            + voice.say(
                "Whose figures these are is not said. The sides may agree that it is, before they "
                "seal their answers."
            )
        )
    if found.left_out:
        lines.append(
            BULLET
            + voice.count(
                "{n} side can neither gain nor lose and is left out.",
                "{n} sides can neither gain nor lose and are left out.",
                found.left_out,
            )
        )
    yield Section(first, tuple(lines))
    yield _knowing(found, voice, names)
    yield from _risks(found, voice, names)
    yield from _unknowing(found, voice, names)


def _knowing(found: Honesty, voice: Voice, names: Names | None) -> Section:
    """Return what a side could gain that knew everything."""
    lines = [
        voice.say(
            "By its points: it says that things are worth more or less to it than they are, but "
            "not which it likes better, and refuses what it truly refuses."
        ),
        *_sureness(found, voice),
        _overstating(voice),
    ]
    columns = [voice.say("Side"), voice.say("More by its points"), voice.say("At most")]
    if names is not None:
        columns[1:] = [voice.say("By the truth"), voice.say("By its points"), voice.say("At most")]
    rows: list[tuple[str, ...]] = []
    for place, side in enumerate(found.sides):
        points, zero = side.points, side.truth if names is None else Fraction(0)
        cells = [voice.percent(part - zero, 1) for part in (points.most, points.at_most)]
        truth = [] if names is None else [voice.percent(side.truth, 1)]
        rows.append((_side(place, side, voice, names), *truth, *cells))
    heading = voice.say("If a side knew everything")
    return Section(heading, tuple(lines), Table(tuple(columns), tuple(rows)))


def _sureness(found: Honesty, voice: Voice) -> Iterator[str]:
    seen = {side.points.exactness for side in found.sides}
    if Exactness.SAMPLED in seen:
        yield voice.say(
            "Only some such reports were tried, and they may refuse more or less than the side "
            "truly does; none gains more than stands under “At most”."
        )
    elif Exactness.BOUNDED in seen:
        yield voice.say(
            "No such report gains more than stands under “At most”; where that is more, no report "
            "was found that reaches it."
        )
    else:
        yield voice.say("No such report gains more; this is exact.")


def _risks(found: Honesty, voice: Voice, names: Names | None) -> Iterator[Section]:
    """Yield what the same reports come to if the side is wrong about the others."""
    rows: list[tuple[str, ...]] = []
    for place, side in enumerate(found.sides):
        told = _side(place, side, voice, names)
        ways = (
            (voice.say("by its points"), side.points),
            (voice.say("overstating"), side.overstating),
        )
        for way, knowing in ways:
            if knowing.risk is not None:
                parts = (knowing.risk.expected, knowing.risk.worst, knowing.risk.without)
                rows.append((told, way, *(voice.percent(part) for part in parts)))
    if not rows:
        return
    columns = (
        voice.say("Side"),
        voice.say("Misstating"),
        voice.say("Gain on average"),
        voice.say("At the worst"),
        voice.say("No agreement"),
    )
    line = voice.say(
        "What the same reports come to if the others are not what the side took them for, but are "
        "drawn at random as below."
    )
    yield Section(voice.say("What that risks"), (line,), Table(columns, tuple(rows)))


def _unknowing(found: Honesty, voice: Voice, names: Names | None) -> Iterator[Section]:
    """Yield what a side may expect that knows nothing of the others."""
    heading = voice.say("If a side knew nothing of the others")
    told = [
        (_side(place, side, voice, names), side.unknowing)
        for place, side in enumerate(found.sides)
        if side.unknowing is not None
    ]
    if not told:
        line = voice.say(
            "This was not computed: settling against others that are drawn at random reached a "
            "limit."
        )
        yield Section(heading, (line,))
        return
    one = told[0][1]
    lines = (
        voice.say(
            "Sampled: {draws} sets of other sides were drawn, their points for every option evenly "
            "from 0 to 100; without an agreement each has what a package drawn at random is worth "
            "to it.",
            draws=voice.whole(one.draws),
        ),
        voice.say(
            "Of {n} ways to misstate, this is the one that did best against as many other sets.",
            n=voice.whole(one.of - 1),
        ),
    )
    rows = tuple(
        (
            side,
            voice.say(
                "{part} ± {margin}",
                part=voice.percent(unknowing.advantage, 1),
                margin=voice.percent(unknowing.margin, 1),
            ),
            voice.percent(unknowing.best.worst),
            voice.percent(unknowing.best.without),
            voice.percent(unknowing.truth.without),
        )
        for side, unknowing in told
    )
    columns = (
        voice.say("Side"),
        voice.say("More on average"),
        voice.say("At the worst"),
        voice.say("No agreement"),
        voice.say("No agreement by the truth"),
    )
    yield Section(heading, lines, Table(columns, rows))


def _side(place: int, side: Misstating, voice: Voice, names: Names | None) -> str:
    if names is not None:
        return names.party(side.party)
    return voice.say("no. {n}", n=voice.whole(place + 1))
