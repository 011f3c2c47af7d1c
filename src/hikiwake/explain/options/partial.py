"""Partial agreement in words: what is settled, and what stays open without prejudice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hikiwake.explain.audiences import MEDIATOR, reader
from hikiwake.explain.language.names import Names
from hikiwake.explain.language.telling import BULLET, Section, Table, Telling
from hikiwake.explain.language.voice import Voice
from hikiwake.explain.settled.package import names_note
from hikiwake.model import Dispute
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.settlement import Partial, PartialAgreement, Status

LISTED = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Everything that the sentences of a telling of partial agreements may use."""

    dispute: Dispute
    found: Partial
    voice: Voice
    names: Names
    audience: str

    @property
    def viewer(self) -> str | None:
        """The party that reads it; None: no single side."""
        return self.audience if self.audience in self.found.parties else None


def tell_partial(
    dispute: Dispute, found: Partial, audience: str, language: str | None = None
) -> Telling:
    """Return what can be settled while the rest stays open, told to one audience.

    As in :func:`hikiwake.explain.tell`, a party reads its own points and its own gain to the grain
    of the tolerance, the joint telling has no points, and the mediator reads everything (H14).

    Raises
    ------
    UnknownName
        If there is no such language (H3) or audience (H14).
    """
    invented = found.illustrative or dispute.illustrative
    voice, names, title = reader(dispute, audience, language, invented)
    part = Part(dispute, found, voice, names, audience)
    return Telling(voice.language, title, tuple(_sections(part)))


def _sections(part: Part) -> Iterator[Section]:
    """Yield every section: what came out, each package, and how sure that is."""
    voice, found = part.voice, part.found
    note = names_note(voice, part.names) if part.viewer is None else ()
    yield Section(voice.say("Result"), (*_result(part), *note))
    shown = found.agreements[:LISTED]
    for place, agreement in enumerate(shown, start=1):
        heading = voice.say("The package")
        if len(shown) > 1:
            heading = voice.say("Package {number}", number=voice.whole(place))
        yield from _package(part, agreement, heading)
    yield Section(
        voice.say("How it was chosen, and how sure that is"),
        tuple(BULLET + line for line in _sureness(part)),
    )


def _result(part: Part) -> Iterator[str]:
    voice, found = part.voice, part.found
    if found.whole is Status.DRAW:
        yield voice.say(
            "The whole dispute settles as a draw: nothing needs to be left open. Nobody is ahead, "
            "counted from what each side has without an agreement."
        )
        return
    if not found.agreements:
        yield voice.say(
            "No part of the dispute was found that settles as a draw while the rest stays as it is "
            "today."
        )
        return
    settled = found.agreements[0].settled
    yield voice.count(
        "The whole dispute does not settle as a draw, but a part does: {n} issue of {all}. On the "
        "others nothing is decided. They stay as they are today, without prejudice to what any "
        "side holds about them.",
        "The whole dispute does not settle as a draw, but a part does: {n} issues of {all}. On "
        "the others nothing is decided. They stay as they are today, without prejudice to what "
        "any side holds about them.",
        len(settled),
        all=voice.whole(len(part.dispute.issues)),
    )
    yield voice.say(
        "Within that part nobody is ahead, counted from what each side has without an agreement."
    )
    if found.found > 1:
        yield voice.count(
            "There is {n} such part of this size; the sides choose.",
            "There are {n} such parts of this size; the sides choose.",
            found.found,
        )
    if found.found > LISTED:
        yield voice.say("The first ones are shown.")


def _package(part: Part, agreement: PartialAgreement, heading: str) -> Iterator[Section]:
    voice, names, outcome = part.voice, part.names, agreement.package.outcome
    today = part.dispute.status_quo or {}
    columns = (voice.say("Issue"), voice.say("Today"), voice.say("Decided"))
    rows: list[tuple[str, ...]] = []
    for issue in agreement.settled:
        before = names.value(issue, today[issue]) if issue in today else "–"
        rows.append((names.issue(issue), before, names.value(issue, outcome[issue])))
    yield Section(heading, (), Table(columns, tuple(rows)))
    if agreement.open:
        columns = (voice.say("Left open, without prejudice"), voice.say("Today"))
        left = tuple(
            (names.issue(i), names.value(i, today[i]) if i in today else "–")
            for i in agreement.open
        )
        yield Section("", (), Table(columns, left))
    others = tuple(_others(part, agreement))
    if part.viewer is not None:
        lines = tuple(BULLET + line for line in (*_own(part, agreement, part.viewer), *others))
        yield Section("", lines)
    elif part.audience == MEDIATOR:
        yield Section("", tuple(BULLET + line for line in others), _gains(part, agreement))
    elif others:
        yield Section("", tuple(BULLET + line for line in others))


def _others(part: Part, agreement: PartialAgreement) -> Iterator[str]:
    voice, ties, twins = part.voice, agreement.ties, agreement.twins
    if ties == "infinite" or twins == "infinite" or ties > 1 or twins > 0:
        yield voice.say(
            "Other packages for these issues are as good as this one, counted from what each side "
            "has without an agreement."
        )


def _own(part: Part, agreement: PartialAgreement, viewer: str) -> Iterator[str]:
    voice, package = part.voice, agreement.package
    yield voice.say(
        "This package, with everything else as it is today, is worth {points} points to you.",
        points=voice.points(package.utilities[viewer]),
    )
    yield voice.say(
        "Without an agreement you keep {points} points.",
        points=voice.points(part.found.walk_away[viewer]),
    )
    gain = package.gains[viewer]
    if gain is not None:
        grain = max(part.found.tolerance, DEFAULT_TOLERANCE)
        yield voice.say(
            "From what you have without an agreement, you come about {percent} of the way to the "
            "most that you could hope for if only these issues are decided.",
            percent=voice.percent(to_grain(gain, grain)),
        )


def _gains(part: Part, agreement: PartialAgreement) -> Table:
    voice, package = part.voice, agreement.package
    columns = (
        voice.say("Side"),
        voice.say("Points"),
        voice.say("Without an agreement"),
        voice.say("At most"),
        voice.say("Gain"),
    )
    rows = tuple(
        (
            part.names.party(party),
            voice.points(package.utilities[party]),
            voice.points(part.found.walk_away[party]),
            _or_dash(part, agreement.ideals[party]),
            "–" if gain is None else voice.part(gain, in_full=True),
        )
        for party in part.names.in_order(part.found.parties)
        for gain in (package.gains[party],)
    )
    return Table(columns, rows)


def _or_dash(part: Part, number: Fraction | None) -> str:
    return "–" if number is None else part.voice.points(number)


def _sureness(part: Part) -> Iterator[str]:
    voice, found = part.voice, part.found
    if found.whole is not Status.DRAW:
        yield voice.say(
            "A part settles if, with everything else as it is today, it has a draw that decides "
            "each of its issues otherwise than today. Public rules and red lines that touch it are "
            "kept."
        )
        if found.complete and found.agreements:
            yield voice.say("No larger part settles so: all of them were tried.")
        elif found.complete:
            yield voice.say("All parts were tried.")
        elif found.agreements:
            yield voice.say("Not all parts were tried; there may be others, even larger ones.")
        else:
            yield voice.say("Not all parts were tried; there may be one that settles.")
    yield voice.say(
        "What counts as even was fixed beforehand: gains, from what each side has without an "
        "agreement, that differ by at most {tolerance} of the most that each side could gain. So "
        "was the price: evenness may cost no side more than {price} of that.",
        tolerance=voice.part(found.tolerance),
        price=voice.part(found.price),
    )
    if found.agreements:
        yield voice.say("It is even as the sides answered: it holds for the points that they gave.")
    yield voice.say("This is an offer: the sides decide. It is not legal advice.")
