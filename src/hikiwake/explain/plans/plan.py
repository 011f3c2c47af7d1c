"""A plan told: in which order it is carried out, and the trust that it takes, to each reader."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import JOINT, MEDIATOR
from hikiwake.explain.language.telling import BULLET, Section, Table, Telling
from hikiwake.explain.language.voice import LANGUAGES, Voice, speakable
from hikiwake.explain.plans.mediator import for_mediator
from hikiwake.explain.plans.names import PlanNames
from hikiwake.explain.plans.stage import Stage, held_by_stakes, trust_of

if TYPE_CHECKING:
    from hikiwake.findings.course import Planned

NOTHING = Fraction(0)


def tell_plan(planned: Planned, audience: str, language: str | None = None) -> Telling:
    """Return a plan told to one audience, every text ready to read.

    The joint telling has the timetable and no figures; a party's has its own figures besides,
    parts of its range to the grain of the tolerance; the mediator's has everybody's (H14).

    Parameters
    ----------
    audience
        ``"mediator"``, ``"joint"``, or a party's id, as ``check_audience`` has allowed it.

    Raises
    ------
    UnknownName
        If there is no such language (H3).
    """
    viewer = None if audience in (MEDIATOR, JOINT) else audience
    voice = Voice(language_of(planned, viewer, language))
    stage = Stage(planned, voice, PlanNames(planned.agreement, voice, viewer))
    sections = [Section(voice.say("Result"), tuple(_result(stage)))]
    sections.append(timetable(stage))
    if viewer is not None:
        sections += _own(stage, viewer)
    elif audience == MEDIATOR:
        sections += for_mediator(stage)
    closing = tuple(BULLET + line for line in _closing(stage, audience))
    if audience == MEDIATOR:
        last = sections.pop()
        closing, heading = (*last.lines, *closing), last.heading
    else:
        heading = ""
    sections.append(Section(heading, closing))
    return Telling(voice.language, _title(stage, audience, viewer), tuple(sections))


def language_of(planned: Planned, viewer: str | None, asked: str | None) -> str:
    """Return the language that is asked for, else the reader's own, else English."""
    if asked is not None:
        return speakable(asked) or asked
    parties = planned.agreement.parties
    theirs = {speakable(p.language) for p in parties if viewer in (None, p.id)}
    return (theirs.pop() if len(theirs) == 1 else None) or LANGUAGES[0]


def _title(stage: Stage, audience: str, viewer: str | None) -> str:
    voice, title = stage.voice, stage.names.title
    title = title or stage.voice.say("An agreement")
    if viewer is not None:
        party = stage.names.party(viewer)
        title = voice.say("{title}: the plan, for {party}", title=title, party=party)
    elif audience == JOINT:
        title = voice.say("{title}: the plan, for all sides", title=title)
    else:
        title = voice.say("{title}: the plan, for the mediator", title=title)
    if stage.planned.agreement.illustrative:
        notice = voice.say("Illustrative: every number is invented; it is nobody's position.")
        return f"{notice}\n{title}"
    return title


def _result(stage: Stage) -> Iterator[str]:
    voice, planned = stage.voice, stage.planned
    if planned.bound == planned.course.demand:
        yield voice.say(
            "In this order the agreement can be carried out with the least trust: no order leaves "
            "a smaller largest temptation to stop, and none with that a smaller largest exposure."
        )
    else:
        yield voice.say(
            "This is the best order that was found in the time: whether another needs less trust "
            "is not known."
        )


def timetable(stage: Stage) -> Section:
    """Return who does what, when, how it is checked, and what may be withheld until then."""
    voice, names, course = stage.voice, stage.names, stage.course
    columns = (
        voice.say("Step"),
        voice.say("Who does what"),
        voice.say("When"),
        voice.say("How it is checked"),
        voice.say("Until then others may withhold"),
    )
    rows = tuple(
        (
            stage.number(place + 1),
            names.deed(step),
            names.when(step),
            names.checked(step),
            names.withheld(course, place),
        )
        for place, step in enumerate(course.steps)
    )
    lines = (
        voice.say(
            "Each step begins once the one before it has been checked; until then everybody may "
            "wait without breaking the agreement."
        ),
    )
    return Section(voice.say("Timetable"), lines, Table(columns, rows))


def _own(stage: Stage, viewer: str) -> Iterator[Section]:
    voice = stage.voice
    yield Section(
        voice.say("What it asks of you"),
        tuple(BULLET + line for line in (*_own_lines(stage, viewer), *_own_trust(stage, viewer))),
        _own_table(stage, viewer),
    )


def _own_lines(stage: Stage, viewer: str) -> Iterator[str]:
    voice, course, safe = stage.voice, stage.course, stage.planned.safeguards
    if stage.planned.ranges[viewer] is None:
        yield voice.say(
            "The package leaves you no range between what you have without an agreement and the "
            "most that you could hope for, so no part of it can be told."
        )
        return
    guarantee, deposit = safe.guarantees[viewer], safe.deposits[viewer]
    if guarantee:
        most = max(m.exposure[viewer] or NOTHING for m in course.moments)
        yield voice.say(
            "If all stopped at the worst moment for you, you would have {points} points less than "
            "without an agreement: about {percent} of the most that you could hope for beyond "
            "that. A guarantee of so much, paid if the others stop, would cover you.",
            points=voice.points(guarantee),
            percent=stage.about(most),
        )
    else:
        yield voice.say(
            "At no moment would you have less than without an agreement, if all stopped then."
        )
    if deposit:
        yield voice.say(
            "There is a moment at which you would have {points} points more by stopping than by "
            "going on. The others have to trust you there. With a deposit of so much, which you "
            "would not get back, they would not have to.",
            points=voice.points(deposit),
        )
    elif held_by_stakes(stage, (viewer,)):
        yield voice.say(
            "At no moment would you have more by stopping than by going on, once your stake "
            "is counted."
        )
    else:
        yield voice.say("At no moment would you have more by stopping than by going on.")


def _own_trust(stage: Stage, viewer: str) -> Iterator[str]:
    voice, found = stage.voice, stage.planned.willing.get(viewer)
    if found is None:
        return
    values = {"stated": voice.part(found.stated), "needed": voice.part(found.needed)}
    if found.enough:
        yield voice.say(
            "You said that you trust the others to {stated}. Your own steps need {needed} at most: "
            "that is enough.",
            **values,
        )
    else:
        yield voice.say(
            "You said that you trust the others to {stated}. One of your own steps needs {needed}: "
            "that is not enough, without a guarantee or another order.",
            **values,
        )


def _own_table(stage: Stage, viewer: str) -> Table:
    voice, course = stage.voice, stage.course
    columns = (
        voice.say("Step"),
        voice.say("What is done"),
        voice.say("Trust that you need before it"),
        voice.say("What you have if all stop after it"),
    )
    first = course.moments[0].has[viewer]
    rows = [(stage.number(0), voice.say("nothing yet"), "–", voice.points(first))]
    for place, step in enumerate(course.steps):
        rows.append(
            (
                stage.number(place + 1),
                stage.names.deeds(step),
                trust_of(stage, place, viewer),
                voice.points(course.moments[place + 1].has[viewer]),
            )
        )
    return Table(columns, tuple(rows))


def _closing(stage: Stage, audience: str) -> Iterator[str]:
    voice = stage.voice
    if audience == JOINT:
        yield voice.say(
            "The order follows from what each side said, in private, that its steps cost and are "
            "worth to it."
        )
    else:
        yield voice.say(
            "These figures hold for what each side said its steps cost and are worth to it. What a "
            "breach would cost in law, in honour or in the next agreement is in them only as far "
            "as it was stated as a stake."
        )
    yield voice.say("This is an offer: the sides decide. It is not legal advice.")
