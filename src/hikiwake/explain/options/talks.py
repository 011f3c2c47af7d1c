"""What all sides were told of packages that all had put forward, and what that discloses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.explain.language.telling import BULLET, Section, Table
from hikiwake.findings.talks import MOST_RISK, Exposure, Room, Talks, Word
from hikiwake.findings.texts import KINDS, Text
from hikiwake.model import WALK_AWAY, Amount, Answer, Dispute, Money, Outcome, Share

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice

MOST_NUMBERS = 20


def words(
    dispute: Dispute, talks: Talks, voice: Voice, names: Names, about: Outcome | None = None
) -> Iterator[Section]:
    """Yield what all sides were told; ``about`` is the package that the reader has before it."""
    told = {entry.outcome: entry.word for entry in talks.told}
    lines = [
        voice.say(
            "About the whole all sides are told one coarse word, and only of packages that all of "
            "them put forward. How often was fixed before anything was told."
        )
    ]
    if about is not None and about in told:
        lines.append(
            voice.say("Of this package all sides were told: {word}.", word=word(voice, told[about]))
        )
    elif about is not None:
        lines.append(voice.say("Of this package nothing has been told."))
    lines.append(
        voice.count(
            "Round {round} of {rounds}; {n} word may still be told in it.",
            "Round {round} of {rounds}; {n} words may still be told in it.",
            talks.words_left,
            round=voice.whole(talks.round),
            rounds=voice.whole(talks.budget.rounds),
        )
    )
    today = dispute.status_quo or {}
    rows = tuple(
        (
            voice.whole(entry.round),
            names.outcome(entry.outcome, today) or voice.say("everything as it is today"),
            word(voice, entry.word),
        )
        for entry in talks.told
    )
    columns = (
        voice.say("Round"),
        voice.say("Package, where it differs from today"),
        voice.say("Told to all sides"),
    )
    heading = voice.say("What all sides were told")
    yield Section(heading, tuple(lines), Table(columns, rows) if rows else None)


def word(voice: Voice, said: Word) -> str:
    """Return a coarse word in the language of the reader."""
    if said is Word.NOT_POSSIBLE:
        return voice.say("not possible")
    if said is Word.NOT_EVEN:
        return voice.say("possible, not even")
    return voice.say("possible and even")


def measuring(voice: Voice, view: int, views: int) -> str:
    """Return what stands on a terminal while a view of one side is worked out, of so many."""
    return voice.say(
        "Measuring what has been disclosed, view {view} of {views}",
        view=voice.whole(view),
        views=voice.whole(views),
    )


def disclosed(
    dispute: Dispute,
    talks: tuple[Talks, tuple[Exposure, ...], Room],
    voice: Voice,
    names: Names,
) -> Iterator[Section]:
    """Yield what the sides can still hold possible of each other. For the mediator only (H14)."""
    record, exposures, room = talks
    if not exposures:
        return
    grid = record.budget.hiding
    lines = [
        voice.say(
            "What a side might hide was declared beforehand: points in steps of {step}, the bests "
            "of all issues {total} together, what it has without an agreement in steps of "
            "{walk_away_step}, no red lines, no bonuses.",
            step=voice.points(grid.step),
            total=voice.points(grid.total),
            walk_away_step=voice.points(grid.walk_away_step),
        )
    ]
    if record.texts:
        texts = voice.listing([command_of(text) for text in record.texts])
        lines.append(voice.say("All sides have read what these tell them: {texts}.", texts=texts))
    if room.least is None:
        lines += _uncounted(record, room, voice)
    else:
        lines += _counted(record, room.least, voice)
    lines += [BULLET + line for exposure in exposures for line in _exposure(exposure, voice, names)]
    table = _narrowed(dispute, exposures, grid.total, voice, names)
    yield Section(voice.say("What has been disclosed"), tuple(lines), table)


def command_of(text: Text) -> str:
    """Return the command that makes a text, as it is typed; it reads in every language."""
    usual, kind = Text(text.kind), KINDS[text.kind]
    words = [kind.command]
    for name in kind.takes:
        value = getattr(text, name)
        if isinstance(value, Mapping):
            words.append("--from …")
        elif value != getattr(usual, name):
            option = f"--{name.replace('_', '-')}"
            words.append(option if value is True else f"{option} {value}")
    words += ["--audience joint"] * text.joint + ["--json"] * text.as_json
    return f"“{' '.join(words)}”"


def _counted(record: Talks, least: Fraction, voice: Voice) -> Iterator[str]:
    """Yield whether a word would be refused, and a warning before that."""
    keep = record.budget.keep
    if least < keep:
        yield voice.say(
            "A word about this package is refused: it could leave only {part} of that, and at "
            "least {keep} is to be kept.",
            part=voice.percent(least, 1),
            keep=voice.percent(keep, 1),
        )
    elif least < 2 * keep:
        yield voice.say(
            "Warning: a word about this package could leave only {part} of that; below {keep} "
            "it would be refused.",
            part=voice.percent(least, 1),
            keep=voice.percent(keep, 1),
        )


def _uncounted(record: Talks, room: Room, voice: Voice) -> Iterator[str]:
    """Yield what can be promised where what a word leaves is too much to be counted."""
    keep = room.keep
    if not keep or room.risk is None:
        yield voice.say(
            "That is too much to be counted, and no part of it is to be kept: what limits the "
            "words is their number alone."
        )
        return
    if record.beyond_words:
        yield voice.say("The sides have seen more than words, so every further word is refused.")
        return
    values = {
        "keep": voice.percent(keep, 1),
        "risk": voice.percent(room.risk, 1),
        "most": voice.percent(MOST_RISK, 1),
    }
    yield voice.say(
        "That is too much to be counted. What can be promised rests on the number of words: after "
        "one about this package at least {keep} of it is left, for all but {risk} of what a side "
        "might hide.",
        **values,
    )
    if room.refused:
        yield voice.say("That is more than {most}, so the word is refused.", **values)
    elif room.risk * len(Word) > MOST_RISK:
        yield voice.say(
            "Warning: a further word after it would make that more than {most}, and would be "
            "refused.",
            **values,
        )


def _narrowed(
    dispute: Dispute,
    exposures: tuple[Exposure, ...],
    total: Fraction,
    voice: Voice,
    names: Names,
) -> Table | None:
    """Return the numbers that can no longer be anything, those that are known best first.

    Where a number is not known exactly, as much counts as known as might be (H14).
    """
    found = [
        (span.high - span.low, exposure, answer, span)
        for exposure in exposures
        for answer, span in (exposure.sure or exposure.bounds).items()
        if answer != WALK_AWAY and (span.low, span.high) != (0, total)
    ]
    found.sort(key=lambda one: (one[0], one[1].party, one[1].observers, one[2]))
    rows = tuple(
        (
            names.party(exposure.party),
            _observers(exposure, voice, names),
            _hidden(dispute, answer, voice, names),
            voice.points(span.low),
            voice.points(span.high),
            voice.say("yes") if exposure.exact(answer) else voice.say("no"),
        )
        for _, exposure, answer, span in found[:MOST_NUMBERS]
    )
    columns = (
        voice.say("Side"),
        voice.say("As seen by"),
        voice.say("Its points for"),
        voice.say("At the least"),
        voice.say("At the most"),
        voice.say("Exact"),
    )
    return Table(columns, rows) if rows else None


def _hidden(dispute: Dispute, answer: Answer, voice: Voice, names: Names) -> str:
    """Return what a hidden number is about: one end of an amount, of money its limit."""
    issue = dispute.issue(answer.issue)
    if isinstance(issue, Share):
        return names.issue(issue.id)
    if isinstance(issue, Money):
        told = names.amount(issue.id, issue.limit)
    elif isinstance(issue, Amount):
        told = names.value(issue.id, issue.min if answer.place == 1 else issue.max)
    else:
        told = names.value(issue.id, answer.value)
    return voice.say("{issue} – {value}", issue=names.issue(issue.id), value=told)


def _observers(exposure: Exposure, voice: Voice, names: Names) -> str:
    several = [names.party(observer) for observer in exposure.observers]
    if len(several) == 1:
        return several[0]
    return voice.say("{sides} together", sides=voice.listing(several))


def _exposure(exposure: Exposure, voice: Voice, names: Names) -> Iterator[str]:
    values = {
        "party": names.party(exposure.party),
        "observer": _observers(exposure, voice, names),
    }
    if not exposure.bounds:
        yield voice.say(
            "{party}: nothing that was declared fits all that was told. What was declared is too "
            "coarse to say what is known to {observer}.",
            **values,
        )
        return
    if not exposure.texts_counted:
        yield voice.say(
            "{party}: the bounds that follow do not count all that these texts tell {observer}. "
            "Nothing outside them is possible, and perhaps less is left.",
            **values,
        )
    if exposure.finer is not None:
        yield voice.say(
            "{party}: nothing that was declared fits what {observer} was shown. What follows "
            "counts points in steps of {step}, the first of a fixed row of finer ones of which "
            "something was found that fits it.",
            step=voice.points(exposure.finer.step),
            **values,
        )
    bound, sure = exposure.walk_away, exposure.sure.get(WALK_AWAY)
    values |= {"low": voice.points(bound.low), "high": voice.points(bound.high)}
    counted = exposure.left is not None and exposure.finer is None
    if counted and exposure.left is not None and exposure.before is not None:
        yield voice.say(
            "{party}: {left} of {before} possibilities are left for {observer}; what it has "
            "without an agreement is one of them from {low} to {high}.",
            left=voice.whole(exposure.left),
            before=voice.whole(exposure.before),
            **values,
        )
        return
    yield from _drawn(exposure, values, voice)
    if exposure.exact(WALK_AWAY):
        yield voice.say(
            "What {party} has without an agreement: for {observer} it can still be {low}, and it "
            "can still be {high}; less or more it cannot be.",
            **values,
        )
    elif sure is None:
        yield voice.say(
            "What {party} has without an agreement: for {observer} it cannot be less than {low} "
            "or more than {high}. How much less wide that really is was not found out: count on "
            "its being known.",
            **values,
        )
    else:
        yield from _partly_known(exposure, values, voice)


def _partly_known(exposure: Exposure, values: dict[str, str], voice: Voice) -> Iterator[str]:
    """Yield between which values it surely lies, and which end was not found out, if not both."""
    bound, sure = exposure.walk_away, exposure.sure[WALK_AWAY]
    values = {**values, "least": voice.points(sure.low), "most": voice.points(sure.high)}
    if sure.low == bound.low:
        yield voice.say(
            "What {party} has without an agreement: for {observer} it can still be {least}, and no "
            "less; it can still be {most}. Whether also more, up to {high}, was not found out.",
            **values,
        )
    elif sure.high == bound.high:
        yield voice.say(
            "What {party} has without an agreement: for {observer} it can still be {most}, and no "
            "more; it can still be {least}. Whether also less, down to {low}, was not found out.",
            **values,
        )
    else:
        yield voice.say(
            "What {party} has without an agreement: for {observer} it can still be {least}, and it "
            "can still be {most}. Whether also less, down to {low}, or more, up to {high}, was not "
            "found out.",
            **values,
        )


def _drawn(exposure: Exposure, values: dict[str, str], voice: Voice) -> Iterator[str]:
    """Yield how many of what was drawn at random are left, and would be after another word."""
    if exposure.drawn:
        yield voice.say(
            "{party}: of {drawn} possibilities drawn at random, {fitting} would have told "
            "{observer} the same.",
            drawn=voice.whole(exposure.drawn),
            fitting=voice.whole(exposure.fitting),
            **values,
        )
    if exposure.spread:
        yield voice.say(
            "Warning: of these {fitting} a word about this package would leave {impossible} if it "
            "is “not possible”, {uneven} if it is “possible, not even”, {even} if it is “possible "
            "and even”.",
            fitting=voice.whole(exposure.fitting),
            impossible=voice.whole(exposure.spread.get(Word.NOT_POSSIBLE, 0)),
            uneven=voice.whole(exposure.spread.get(Word.NOT_EVEN, 0)),
            even=voice.whole(exposure.spread.get(Word.EVEN, 0)),
        )
