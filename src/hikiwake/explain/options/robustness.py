"""How sure a package is, in words: figures for the mediator, its own part for a side (H14)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import JOINT, MEDIATOR, reader
from hikiwake.explain.language.telling import BULLET, Section, Table, Telling
from hikiwake.explain.options.regret import smallest_regret
from hikiwake.explain.settled.sureness import checked, they_are_left_out, you_are_left_out
from hikiwake.model import Answer, Curve, Dispute, Linear
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.settlement import Status

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.sureness import GainSpan, Influence, Robustness

LISTED = 10


def tell_robustness(
    dispute: Dispute, found: Robustness | None, audience: str, language: str | None = None
) -> Telling:
    """Return how far a package holds if the answers are guesses, told to one audience.

    A side is told of its own answers, with all others as they were given, to the grain of the
    tolerance; and, like everybody together, one coarse error that the draw survives.
    """
    voice, names, title = reader(dispute, audience, language, dispute.illustrative)
    heading = voice.say("Result")
    if found is None:
        nothing = voice.say("Nothing is acceptable to every side, so there is no package to test.")
        return Telling(voice.language, title, (Section(heading, (nothing,)),))
    if audience == MEDIATOR:
        sections = tuple(_for_mediator(dispute, found, voice, names))
    elif audience == JOINT:
        sections = (Section(heading, (_coarse(found, voice),)),)
    else:
        sections = tuple(_for_party(dispute, found, audience, (voice, names)))
    return Telling(voice.language, title, sections)


def _for_mediator(
    dispute: Dispute, found: Robustness, voice: Voice, names: Names
) -> Iterator[Section]:
    first, *more = _result(found, voice)
    more = [*more, *_uneven_groups(found, voice, names), *_taken(found, voice)]
    more += _cut_short(found, voice)
    yield Section(voice.say("Result"), (first, *(BULLET + line for line in more)))
    yield _gains(found, voice, names)
    if found.influences or not found.cut_short:
        yield _influences(dispute, found, voice, names)
    yield from smallest_regret(found, voice, names)


def _result(found: Robustness, voice: Voice) -> Iterator[str]:
    if found.status is not Status.DRAW:
        yield voice.say("The package is no draw as the sides answered. What is in doubt:")
        return
    proven = found.certificate is not None
    if found.holds and proven:
        yield voice.say("Proven for every answer in the ranges: it is a draw.")
    elif found.holds:
        yield voice.say("It is a draw for all answers in these ranges.")
    elif found.holds is False:
        yield voice.say(
            "It is a draw as the sides answered, but not for all answers in these ranges."
        )
    else:
        yield voice.say(
            "Whether it is a draw for all answers in these ranges is not known. No answers were "
            "found for which it is none."
        )
    yield from _sampled(found, voice)
    if found.radius and proven:
        yield voice.say(
            "Proven: it stays a draw if all answers at once are off by up to {part} of each side's "
            "own range, whichever way.",
            part=voice.percent(found.radius, 1),
        )
    elif found.radius:
        yield voice.say(
            "Even as the sides answered: it stays a draw if all answers at once are off by up to "
            "{part} of each side's own range, whichever way.",
            part=voice.percent(found.radius, 1),
        )
    elif found.fails is None or found.fails > found.step:
        yield voice.say(
            "For errors in all answers at once it is not known to stay a draw, not even for "
            "errors of {part} of each side's own range.",
            part=voice.percent(found.step, 1),
        )
    if found.fails is not None:
        yield voice.say(
            "With errors of up to {part} there are answers for which it is none.",
            part=voice.percent(found.fails, 1),
        )
    if found.certificate is not None:
        yield checked(found.certificate.cases, voice)


def _sampled(found: Robustness, voice: Voice) -> Iterator[str]:
    sampled = found.sampled
    if not sampled.of:
        return
    yield voice.say(
        "Of {of} sets of answers drawn at random from the ranges it is a draw for {draws}: that "
        "makes {low} to {high} of all, with 95 % confidence.",
        of=voice.whole(sampled.of),
        draws=voice.whole(sampled.draws),
        low=voice.percent(sampled.low, 2),
        high=voice.percent(sampled.high, 2),
    )


def _cut_short(found: Robustness, voice: Voice) -> Iterator[str]:
    if found.cut_short:
        yield voice.say(
            "The time limit was reached. What is told holds all the same, but bounds may be wide, "
            "and the list of answers that matter most may be incomplete."
        )


def _uneven_groups(found: Robustness, voice: Voice, names: Names) -> Iterator[str]:
    for group in found.uneven_groups:
        yield voice.say(
            "{group}: not for trade, and for some of these answers not even within itself.",
            group=names.group(group),
        )


def _taken(found: Robustness, voice: Voice) -> Iterator[str]:
    """Yield what was taken as the range of each answer."""
    given, relations = sum(found.ranges.values()), sum(found.relations.values())
    if given and relations:
        yield voice.count(
            "{n} answer was given as a range, or left to an order.",
            "{n} answers were given as ranges, or left to an order.",
            given,
        )
    elif given:
        yield voice.count(
            "{n} answer was given as a range.", "{n} answers were given as ranges.", given
        )
    if relations:
        yield voice.count(
            "{n} order or constraint links answers: it holds for every error, too.",
            "{n} orders and constraints link answers: they hold for every error, too.",
            relations,
        )
    if found.error:
        yield voice.say(
            "Answers without a range may be off by {part} of the side's own range.",
            part=voice.percent(found.error, 1),
        )
        yield voice.say("A plain 0 is the zero of a side's scale and stays 0.")
    elif given:
        yield voice.say("Answers without a range are taken as they are.")


def _gains(found: Robustness, voice: Voice, names: Names) -> Section:
    columns = (
        voice.say("Side"),
        voice.say("As answered"),
        voice.say("At least"),
        voice.say("At most"),
        voice.say("Worst regret"),
    )
    compared = [party for party in found.parties if party in found.gains]
    rows = tuple(
        (
            names.party(party),
            voice.say("left out")
            if found.given[party] is None
            else _percent(voice, found.given[party]),
            _percent(voice, span.least),
            _percent(voice, span.most),
            _regret(voice, span),
        )
        for party, span in ((p, found.gains[p]) for p in names.in_order(compared))
    )
    lines = [
        voice.say(
            "Gains from what each side has without an agreement. Worst regret: the part of its own "
            "range that the side may lack to the most it could hope for."
        )
    ]
    if left_out := [party for party in found.parties if party not in found.gains]:
        lines.append(they_are_left_out(left_out, voice, names))
    if elsewhere := [party for party in compared if found.given[party] is None]:
        lines.append(
            voice.say(
                "As answered these can neither gain nor lose and are left out of the comparison; "
                "they are compared wherever they could gain something: {parties}. An error in "
                "parts of their own range is none for them.",
                parties=names.parties(elsewhere),
            )
        )
    if any(span.least is None for span in found.gains.values()):
        lines.append(voice.say("A dash: it may be less than the side has without an agreement."))
    if not all(span.exact for span in found.gains.values()):
        lines.append(voice.say("These are bounds: nothing lies outside them."))
    if any(span.seen is not None for span in found.gains.values()):
        lines.append(
            voice.say(
                "A limit was reached in the search. The worst regret lies between two numbers: one "
                "that was found, and one that it does not exceed."
            )
        )
    return Section(voice.say("What each side gains"), tuple(lines), Table(columns, rows))


def _regret(voice: Voice, span: GainSpan) -> str:
    """Return the worst regret, or, where a limit was reached, between what it lies."""
    most, least = _percent(voice, span.worst_regret), _percent(voice, span.regret_at_least)
    return most if least == most else voice.say("{low} to {high}", low=least, high=most)


def _influences(dispute: Dispute, found: Robustness, voice: Voice, names: Names) -> Section:
    heading = voice.say("Which answers matter most")
    columns = (
        voice.say("Side"),
        voice.say("Answer"),
        voice.say("Apart at its low end"),
        voice.say("Apart at its high end"),
    )
    rows = tuple(
        (
            names.party(one.party),
            answer_name(dispute, one.party, one.answer, (voice, names)),
            *(_percent(voice, apart) for apart in one.imbalance),
        )
        for one in found.influences[:LISTED]
    )
    if not rows:
        return Section(heading, (voice.say("No answer is in doubt."),))
    note = voice.say(
        "How far apart the sides are, counted from what each has without an agreement, if this "
        "answer alone is other than given."
    )
    lines = [note, *_linked(sum(found.relations.values()), voice)]
    if any(None in one.imbalance for one in found.influences[:LISTED]):
        lines.append(
            voice.say(
                "A dash: fewer than two sides have anything at stake then, so there is nothing to "
                "compare."
            )
        )
    return Section(heading, tuple(lines), Table(columns, rows))


def _linked(relations: int, voice: Voice) -> Iterator[str]:
    """Yield what becomes of other answers where some are linked."""
    if relations:
        yield voice.say("Answers that are linked to it move to the middle of what is left to them.")


def _for_party(
    dispute: Dispute, found: Robustness, party: str, told: tuple[Voice, Names]
) -> Iterator[Section]:
    voice, _ = told
    yield Section(voice.say("Result"), (_coarse(found, voice), *_cut_short(found, voice)))
    if party not in found.own:
        yield Section(voice.say("What you gain"), (you_are_left_out(voice),))
        return
    span, grain = found.own[party], max(found.tolerance, DEFAULT_TOLERANCE)

    def about(part: Fraction | None) -> str:
        if part is None:
            return "–"
        return voice.say("about {part}", part=voice.percent(to_grain(part, grain)))

    if span.least is None:
        line = voice.say("If you meant other numbers, you may have less than without an agreement.")
    elif about(span.least) == about(span.most):
        line = voice.say(
            "If you meant other numbers and all others are right, your gain stays {part}, counted "
            "from what you have without an agreement.",
            part=about(span.least),
        )
    else:
        line = voice.say(
            "If you meant other numbers and all others are right, you gain from {low} to {high}, "
            "counted from what you have without an agreement.",
            low=about(span.least),
            high=about(span.most),
        )
    lines = [line]
    if found.given[party] is None:
        lines.insert(0, _left_out_as_answered(voice))
    yield Section(voice.say("What you gain"), tuple(lines))
    own = [one for one in found.influences if one.party == party]
    own.sort(key=lambda one: (-_moved(one, grain), one.answer))  # no finer than shown (H14)
    columns = (
        voice.say("Answer"),
        voice.say("At its low end"),
        voice.say("At its high end"),
    )
    rows = tuple(
        (answer_name(dispute, party, one.answer, told), about(one.own[0]), about(one.own[1]))
        for one in own[:LISTED]
    )
    if rows:
        note = voice.say(
            "What you gain, from what you have without an agreement, if this answer alone is other "
            "than given."
        )
        heading = voice.say("Which of your answers matter most")
        linked = _linked(found.relations[party], voice)
        dash = _own_dash(voice) if any(None in one.own for one in own[:LISTED]) else ()
        yield Section(heading, (note, *linked, *dash), Table(columns, rows))


def _left_out_as_answered(voice: Voice) -> str:
    return voice.say(
        "As answered you can neither gain nor lose and are left out of the comparison; you are "
        "compared wherever you could gain something."
    )


def _own_dash(voice: Voice) -> tuple[str]:
    return (voice.say("A dash: you could gain nothing then, whatever is decided."),)


def _moved(one: Influence, grain: Fraction) -> Fraction:
    low, high = (to_grain(end or Fraction(0), grain) for end in one.own)
    return abs(high - low)


def _coarse(found: Robustness, voice: Voice) -> str:
    if found.status is not Status.DRAW:
        return voice.say("The package is no draw as the sides answered.")
    if not found.coarse_radius:
        return voice.say(
            "Even as the sides answered. That it stays so if the answers are off is not known, "
            "not even for errors of {part} of each side's own range.",
            part=voice.percent(Fraction(1, 100)),
        )
    return voice.say(
        "Even as the sides answered, and it stays so if all answers at once are off by up to "
        "{part} of each side's own range, whichever way.",
        part=voice.percent(found.coarse_radius),
    )


def answer_name(dispute: Dispute, party: str, answer: Answer, told: tuple[Voice, Names]) -> str:
    """Return what an answer is about."""
    voice, names = told
    if answer.of == "walk_away":
        return voice.say("Without an agreement")
    if answer.of == "bonus":
        return voice.say("Bonus no. {n}", n=voice.whole(answer.place))
    points = dispute.preferences[party].points[answer.issue]
    if isinstance(points, Linear):
        return names.issue(answer.issue)
    value = answer.value
    if isinstance(points, Curve):
        value = points.corners[answer.place - 1][0]
    issue = names.issue(answer.issue)
    return voice.say("{issue} – {value}", issue=issue, value=names.value(answer.issue, value))


def _percent(voice: Voice, part: Fraction | None) -> str:
    return "–" if part is None else voice.percent(part, 1)


def answers_of(
    dispute: Dispute, found: Robustness, language: str | None = None
) -> list[tuple[str, Fraction, Fraction]]:
    """Return the least and the most that the gains are apart at the ends of each answer, named.

    Of those that matter most, as many as the text lists: a picture of them has its data there.
    """
    voice, names, _ = reader(dispute, MEDIATOR, language, dispute.illustrative)
    return [
        (
            voice.say(
                "{party}: {answer}",
                party=names.party(one.party),
                answer=answer_name(dispute, one.party, one.answer, (voice, names)),
            ),
            min(low, high),
            max(low, high),
        )
        for one in found.influences[:LISTED]
        for low, high in [one.imbalance]
        if low is not None and high is not None
    ]
