"""How close the sides were, date by date, in words: for the mediator, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import MEDIATOR, reader
from hikiwake.explain.language.layout import clean
from hikiwake.explain.language.telling import BULLET, Section, Table, Telling
from hikiwake.findings.history import Moment, Progress, Since, Standing
from hikiwake.findings.talks import Interval

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.model import Dispute

LISTED = 10


def tell_progress(
    dispute: Dispute, found: Progress, since: str | None = None, language: str | None = None
) -> Telling:
    """Return how close the sides were at every date, told to the mediator (H14).

    Parameters
    ----------
    since
        A date with which the last one is compared; without it, the first one that can be.
    """
    voice, names, title = reader(dispute, MEDIATOR, language, found.illustrative)
    sections = [
        Section(voice.say("Result"), tuple(_result(found, since, voice, names))),
        _dates(found, voice),
        *_moved(found, since, voice, names),
        *_sides(dispute, found, voice, names),
        *_shared(found, voice, names),
        Section(voice.say("How it was measured"), tuple(_measured(dispute, found, voice))),
        *_sources(found, voice, names),
    ]
    return Telling(voice.language, title, tuple(sections))


def _result(found: Progress, since: str | None, voice: Voice, names: Names) -> Iterator[str]:
    last = found.moments[-1]
    if last.closeness is not None:
        yield _distance(last, last.closeness, voice)
    else:
        yield voice.say(
            "At the last date, {date}, it cannot be told how far the sides are apart.",
            date=voice.date(last.entry.date),
        )
        yield from _unknown(found, last, voice, names)
    then = _compared_with(found, since)
    if then is None:
        return
    compared = found.since(then)
    if compared is Since.CLOSER:
        yield voice.say("Compared with {date}, that is closer.", date=voice.date(then))
    elif compared is Since.NO_CLOSER:
        yield voice.say("Compared with {date}, that is no closer.", date=voice.date(then))
    else:
        yield voice.say(
            "Compared with {date}, whether that is closer cannot be told.", date=voice.date(then)
        )


def _distance(last: Moment, closeness: Interval, voice: Voice) -> str:
    if closeness.low == closeness.high:
        return voice.say(
            "At the last date, {date}, the side that concedes most would still have to concede at "
            "least {part} of what it can gain, from what each side has without an agreement.",
            date=voice.date(last.entry.date),
            part=voice.percent(closeness.low),
        )
    return voice.say(
        "At the last date, {date}, the side that concedes most would still have to concede at "
        "least {low}, perhaps at least {high}, of what it can gain, from what each side has "
        "without an agreement.",
        date=voice.date(last.entry.date),
        low=voice.percent(closeness.low),
        high=voice.percent(closeness.high),
    )


def _unknown(found: Progress, last: Moment, voice: Voice, names: Names) -> Iterator[str]:
    """Yield why the last distance cannot be told, and the last one that can."""
    if last.silent:
        yield voice.say(
            "Without a position then: {parties}.",
            parties=voice.listing(names.party(p) for p in names.in_order(last.silent)),
        )
    else:
        yield voice.say("No package that keeps the public rules decides each issue as they do.")
    if found.told:
        earlier = found.told[-1]
        yield voice.say(
            "The last date at which it can be told is {date}: {part}.",
            date=voice.date(earlier.entry.date),
            part=interval(voice, earlier.closeness),
        )


def _compared_with(found: Progress, since: str | None) -> str | None:
    """Return the date with which the last one is compared: none where that is the last one."""
    first = next((moment.entry.date for moment in found.told), None)
    return first if since is None and first != found.moments[-1].entry.date else since


def interval(voice: Voice, parts: Interval | None) -> str:
    """Return an interval of parts as people read it; a dash where nothing can be told."""
    if parts is None:
        return "–"
    if parts.low == parts.high:
        return voice.percent(parts.low)
    return voice.say(
        "from {low} to {high}", low=voice.percent(parts.low), high=voice.percent(parts.high)
    )


def _dates(found: Progress, voice: Voice) -> Section:
    columns = (voice.say("Date"), voice.say("What happened"), voice.say("Still to be conceded"))
    rows = tuple(
        (
            moment.entry.date,
            clean(moment.entry.event.in_language(voice.language)) or "–",
            voice.say("cannot tell")
            if moment.closeness is None
            else interval(voice, moment.closeness),
        )
        for moment in found.moments
    )
    return Section(voice.say("Date by date"), (), Table(columns, rows))


def _moved(found: Progress, since: str | None, voice: Voice, names: Names) -> Iterator[Section]:
    """Yield who moved between the date that is compared with and the last one, and by how much."""
    date = _compared_with(found, since)
    then = None if date is None else found.at(date)
    if then is None or then is found.moments[-1] or not then.moved_until_now:
        return
    moved = {one.party: one for one in then.moved_until_now}
    unknown = voice.say("cannot tell")
    rows = tuple(
        (
            names.party(party),
            interval(voice, moved[party].gave_up) if party in moved else unknown,
            interval(voice, moved[party].to_others) if party in moved else unknown,
        )
        for party in names.in_order({s.party for m in found.moments for s in m.standings})
    )
    heading = voice.say("Who moved since {date}", date=voice.date(then.entry.date))
    columns = voice.say("Side"), voice.say("Gave up"), voice.say("Worth to the others")
    yield Section(heading, (), Table(columns, rows))


def _sides(dispute: Dispute, found: Progress, voice: Voice, names: Names) -> Iterator[Section]:
    columns = (
        voice.say("Date"),
        voice.say("Its position, as a gain"),
        voice.say("To the other side's position"),
        voice.say("Above the draw"),
        voice.say("Gave up"),
        voice.say("Worth to the others"),
    )
    for party in names.in_order(dispute.party_ids):
        rows = tuple(
            _row(moment, standing, voice)
            for moment in found.moments
            for standing in moment.standings
            if standing.party == party
        )
        if rows:
            heading = voice.say("Where one side stood: {party}", party=names.party(party))
            yield Section(heading, (), Table(columns, rows))


def _row(moment: Moment, standing: Standing, voice: Voice) -> tuple[str, ...]:
    return (
        moment.entry.date,
        interval(voice, standing.worth),
        interval(voice, standing.apart),
        interval(voice, standing.above_draw),
        interval(voice, standing.moved),
        interval(voice, standing.moved_for),
    )


def _shared(found: Progress, voice: Voice, names: Names) -> Iterator[Section]:
    last = found.moments[-1]
    heading = voice.say("What all sides already accept, what matters most first")
    if not last.silent:
        yield Section(heading, tuple(_accepted(last, voice, names)))
        return
    yield Section(heading, (voice.say("At the last date not every side has a position."),))
    earlier = next((m for m in reversed(found.moments) if not m.silent), None)
    if earlier is not None:
        date = voice.date(earlier.entry.date)
        intro = voice.say("When each had one ({date}), all of them accepted:", date=date)
        yield Section("", (intro, *_accepted(earlier, voice, names)))


def _accepted(moment: Moment, voice: Voice, names: Names) -> Iterator[str]:
    if not moment.shared:
        yield voice.say("Of what they have named, nothing yet.")
    for one in moment.shared[:LISTED]:
        values = {
            "issue": names.issue(one.issue),
            "value": names.value(one.issue, one.value),
        }
        yield BULLET + (
            voice.say("{issue} – {value}", **values)
            if one.certain
            else voice.say("{issue} – {value} (possibly)", **values)
        )


def _measured(dispute: Dispute, found: Progress, voice: Voice) -> Iterator[str]:
    yield BULLET + voice.say(
        "All distances are parts of what each side can gain, from what it has without an "
        "agreement, each by its own points as they are today: positions of the past, measured by "
        "the interests of now."
    )
    yield BULLET + voice.say(
        "What a side has named stays its position until it names it again. Where a position can "
        "mean more than one thing, an interval is told."
    )
    if found.as_today:
        yield BULLET + voice.say("What a side has not named counts as it is today.")
    else:
        yield BULLET + voice.say("What a side has not named may be anything.")
    yield BULLET + voice.say(
        "Still to be conceded: the smallest largest concession over all packages that keep "
        "public rules and decide each issue as some position does."
    )
    if any(dispute.decisions_of(issue) is None for issue in dispute.issues):
        yield BULLET + voice.say(
            "Where positions differ on what is divided, or on a number without steps, a package "
            "may decide it in any way."
        )
    yield BULLET + voice.say(
        "Gave up: how much less a side's own position is worth to it than its last one; below 0 it "
        "asks for more. Above the draw: how much more it asks for than the draw gives it. Where a "
        "dash stands there is nothing to compare with."
    )


def _sources(found: Progress, voice: Voice, names: Names) -> Iterator[Section]:
    lines: list[str] = []
    for moment in found.moments:
        date = voice.date(moment.entry.date)
        if source := clean(moment.entry.source.in_language(voice.language)):
            lines.append(BULLET + voice.say("{date}: {source}", date=date, source=source))
        for position in moment.entry.positions:
            source = clean(position.source.in_language(voice.language))
            note = clean(position.note.in_language(voice.language))
            about = source or note
            if source and note:
                about = voice.say("{source}. {note}", source=source.rstrip(".。"), note=note)
            if about:
                values = {"date": date, "party": names.party(position.party)}
                lines.append(
                    BULLET + voice.say("{date}, {party}: {source}", **values, source=about)
                )
    if lines:
        yield Section(voice.say("Sources, and how sure they are"), tuple(lines))
