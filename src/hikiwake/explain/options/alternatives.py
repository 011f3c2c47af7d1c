"""Alternatives in words: several packages, and what each side gets and gives up between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import MEDIATOR, reader
from hikiwake.explain.language.telling import BULLET, Section, Table, Telling
from hikiwake.explain.options.choosing import Choosing, decided
from hikiwake.explain.options.offers import equity, offers
from hikiwake.explain.settled.package import names_note
from hikiwake.numeric import DEFAULT_TOLERANCE, fraction_text, to_grain
from hikiwake.settlement import Status

if TYPE_CHECKING:
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.offers import Alternative, Alternatives, Difference
    from hikiwake.model import Dispute

LETTERS = "ABCDEFGHIJKLMNOPQRST"
IN_A_TABLE = 5


def tell_alternatives(
    dispute: Dispute, found: Alternatives, audience: str, language: str | None = None
) -> Telling:
    """Return packages to choose from, told to one audience.

    As in :func:`hikiwake.explain.tell`, a party reads its own points, its own gain to the grain of
    the tolerance and the offers of equal worth to itself; the joint telling has no points, and the
    mediator reads everything (H14).

    Raises
    ------
    UnknownName
        If there is no such language (H3) or audience (H14).
    """
    invented = found.illustrative or dispute.illustrative
    voice, names, title = reader(dispute, audience, language, invented)
    told = Choosing(dispute, found, voice, names, audience)
    return Telling(voice.language, title, tuple(_sections(told)))


def _sections(told: Choosing) -> Iterator[Section]:
    """Yield every section: what there is, each package, offers, the price of evenness, sureness."""
    voice, found = told.voice, told.found
    note = names_note(voice, told.names) if told.viewer is None and found.packages else ()
    yield Section(voice.say("Result"), (*_result(told), *note))
    if found.packages:
        yield _first(told)
        for place, other in enumerate(found.packages[1:], start=1):
            heading = voice.say("Package {letter}", letter=LETTERS[place])
            yield Section(heading, tuple(BULLET + line for line in _other(told, other)))
        if told.audience == MEDIATOR:
            yield from _gains(told)
        yield from offers(told)
        if told.audience == MEDIATOR:
            yield from equity(told)
    lines = tuple(BULLET + line for line in _sureness(told))
    yield Section(voice.say("How it was chosen, and how sure that is"), lines)


def _result(told: Choosing) -> Iterator[str]:
    voice, found = told.voice, told.found
    if found.agreed is not None:
        yield voice.say(
            "A package is agreed already. It stands unless every side prefers another one: here it "
            "is what each side has without an agreement. Each side may refuse, and then it stands."
        )
    if not found.packages:
        yield from _nothing(told)
        return
    draws = sum(package.draw for package in found.packages)
    yield voice.count(
        "Here is {n} package to choose from. No side could do better in it without another doing "
        "worse.",
        "Here are {n} packages to choose from. In none of them could a side do better without "
        "another doing worse.",
        len(found.packages),
    )
    if draws == len(found.packages):
        yield _all_draws(draws, voice)
    elif draws:
        yield voice.count(
            "{n} of them is a draw: nobody is ahead, counted from what each side has without an "
            "agreement.",
            "{n} of them are draws: nobody is ahead, counted from what each side has without an "
            "agreement.",
            draws,
        )
        yield _others(told)
    else:
        alone = len(found.packages) == 1
        yield voice.say("It is no draw.") if alone else voice.say("None of them is a draw.")
        yield _others(told)
        if found.agreed is None:
            yield voice.say("What would make a draw, `hikiwake settle --remedies` looks for.")
    if found.wider is not None and told.audience == MEDIATOR:
        yield voice.say(
            "They differ in shares and amounts only: everything else is decided alike in all of "
            "them. With --within {part} there are others, farther from a draw, that decide more "
            "than that differently.",
            part=fraction_text(found.wider),
        )


def _all_draws(count: int, voice: Voice) -> str:
    if count == 1:
        return voice.say(
            "It is a draw: nobody is ahead, counted from what each side has without an agreement."
        )
    return voice.say(
        "All of them are draws: nobody is ahead, counted from what each side has without an "
        "agreement."
    )


def _others(told: Choosing) -> str:
    voice, found = told.voice, told.found
    step = voice.part(found.tolerance or DEFAULT_TOLERANCE)
    if found.within:
        return voice.say(
            "Where a package is no draw, it was let in because up to {part} more of tolerance and "
            "price was asked for, or because nothing else that was looked at is closer by {step} "
            "or more.",
            part=voice.part(found.within),
            step=step,
        )
    return voice.say(
        "Where a package is no draw, nothing else that was looked at is closer to one by {step} "
        "or more.",
        step=step,
    )


def _nothing(told: Choosing) -> Iterator[str]:
    voice = told.voice
    if told.found.agreed is not None:
        yield voice.say("No package is better for every side than the one that is agreed.")
    else:
        yield voice.say(
            "There is no package to offer: none keeps every public rule and every side's red lines "
            "and leaves each side with at least what it has without an agreement."
        )
        yield voice.say("Which limits cannot all hold, `hikiwake settle` tells.")


def _first(told: Choosing) -> Section:
    voice, names, outcome = told.voice, told.names, told.first.package.outcome
    before, heading = told.dispute.status_quo or {}, voice.say("Today")
    if told.found.agreed is not None:
        before, heading = told.found.agreed, voice.say("Agreed")
    columns = [voice.say("Issue"), voice.say("Decided")]
    columns[1:1] = [heading] if before else []
    rows: list[tuple[str, ...]] = []
    for issue in (issue.id for issue in told.dispute.issues):
        row = [names.issue(issue), names.value(issue, outcome[issue])]
        row[1:1] = [names.value(issue, before[issue]) if issue in before else "–"] if before else []
        rows.append(tuple(row))
    lines = tuple(BULLET + line for line in _standing(told, told.first))
    return Section(
        voice.say("Package {letter}", letter=LETTERS[0]),
        lines,
        Table(tuple(columns), tuple(rows)),
    )


def _standing(told: Choosing, package: Alternative) -> Iterator[str]:
    """Yield whether a package is a draw, and to a party what it is worth to it."""
    voice, viewer = told.voice, told.viewer
    if package.draw:
        yield voice.say("A draw.")
    elif told.audience == MEDIATOR and package.short:  # with fewer than two compared it is 0
        yield voice.say(
            "Not a draw. It would be one if tolerance and price were wider by {part} of the most "
            "that each side could gain from what it has without an agreement.",
            part=voice.part(package.short),
        )
    else:
        yield voice.say("Not a draw.")
    if viewer is not None:
        yield voice.say(
            "This package is worth {points} points to you.",
            points=voice.points(package.package.utilities[viewer]),
        )
        gain = package.package.gains[viewer]
        if gain is not None:
            grain = max(told.found.tolerance, DEFAULT_TOLERANCE)
            yield voice.say(
                "From what you have without an agreement, you come about {percent} of the way to "
                "the most that you could hope for in a package that every side could accept.",
                percent=voice.percent(to_grain(gain, grain)),
            )


def _other(told: Choosing, other: Alternative) -> Iterator[str]:
    voice, names = told.voice, told.names
    if other.tie:
        yield voice.say("A free choice: it is worth exactly as much to every side as package A.")
    yield from _standing(told, other)
    if told.viewer is not None:
        yield from _exchange(told, other, told.viewer)
    elif told.audience == MEDIATOR:
        yield _against(told, other.differences)
        for party in names.in_order(told.found.parties):
            yield from _for_side(told, other, party)
    else:
        yield _against(told, other.differences)


def _against(told: Choosing, differences: Iterable[Difference]) -> str:
    changed = decided(told, differences, lambda difference: difference.after)
    return told.voice.say("Otherwise than in package A: {decided}.", decided=changed)


def _exchange(told: Choosing, other: Alternative, party: str) -> Iterator[str]:
    """Yield what the reader gives up of package A, what it gets instead, and the rest."""
    voice, differences = told.voice, other.differences
    less = [d for d in differences if d.effects[party] < 0]
    more = [d for d in differences if d.effects[party] > 0]
    linked = _linked(told, other, party)
    same = [d for d in differences if d.effects[party] == 0 and d.issue not in linked]
    if less:
        yield voice.say(
            "Against package A you give up: {decided}.",
            decided=decided(told, less, lambda d: d.before),
        )
        yield voice.say(
            "Instead of that: {decided}.", decided=decided(told, less, lambda d: d.after)
        )
    if more:
        yield voice.say(
            "Against package A you get: {decided}.", decided=decided(told, more, lambda d: d.after)
        )
    if alone := [d for d in differences if d.effects[party] == 0 and d.issue in linked]:
        yield voice.say(
            "Different, and of matter to you only by what hangs together: {decided}.",
            decided=decided(told, alone, lambda d: d.after),
        )
    if other.together[party]:
        yield voice.say(
            "What hangs together makes a difference of {points} points to you.",
            points=voice.signed(other.together[party]),
        )
    if same:
        yield voice.say(
            "Different, and no matter to you: {decided}.",
            decided=decided(told, same, lambda d: d.after),
        )


def _linked(told: Choosing, other: Alternative, party: str) -> set[str]:
    """Return the issues of a party's bonuses that come, or no longer do, in another package."""
    before, after = told.first.package.outcome, other.package.outcome
    bonuses = (bonus.when for bonus in told.dispute.preferences[party].bonuses)
    moved = (when for when in bonuses if when.holds(before) != when.holds(after))
    return {issue for when in moved for issue in when.tests}


def _for_side(told: Choosing, other: Alternative, party: str) -> Iterator[str]:
    """Yield, for the mediator, what one side gives up and gets, and what that costs it."""
    voice, names = told.voice, told.names
    less = [names.issue(d.issue) for d in other.differences if d.effects[party] < 0]
    more = [names.issue(d.issue) for d in other.differences if d.effects[party] > 0]
    change = other.package.utilities[party] - told.first.package.utilities[party]
    values = {"party": names.party(party), "points": voice.signed(change)}
    if less and more:
        yield voice.say(
            "{party} ({points} points): gives up on {less}; gets on {more}.",
            **values,
            less=voice.listing(less),
            more=voice.listing(more),
        )
    elif less:
        yield voice.say(
            "{party} ({points} points): gives up on {less}.", **values, less=voice.listing(less)
        )
    elif more:
        yield voice.say(
            "{party} ({points} points): gets on {more}.", **values, more=voice.listing(more)
        )
    else:
        yield _by_no_single_issue(change, values, voice)
        return
    if other.together[party]:
        yield voice.say(
            "{party}: {points} of these points by issues that hang together.",
            party=values["party"],
            points=voice.signed(other.together[party]),
        )


def _by_no_single_issue(change: Fraction, values: Mapping[str, str], voice: Voice) -> str:
    """Return what a package is to a side to which no issue alone is decided better or worse."""
    if change:
        return voice.say("{party} ({points} points): by issues that hang together.", **values)
    return voice.say("{party} ({points} points): worth as much as package A.", **values)


def _gains(told: Choosing) -> Iterator[Section]:
    voice, names, packages = told.voice, told.names, told.found.packages
    heading = voice.say("What each side gains")
    for start in range(0, len(packages), IN_A_TABLE):
        some = packages[start : start + IN_A_TABLE]
        letters = LETTERS[start : start + len(some)]
        rows = tuple(
            (names.party(party), *(_percent(voice, p.package.gains[party]) for p in some))
            for party in names.in_order(told.found.parties)
        )
        lines = ()
        if not start:
            lines = (
                voice.say(
                    "A gain of 0 is what the side has without an agreement, a gain of 1 the most "
                    "that it could get in a package that every side could accept."
                ),
            )
        yield Section(heading, lines, Table((voice.say("Side"), *letters), rows))
        heading = ""


def _percent(voice: Voice, gain: Fraction | None) -> str:
    return "–" if gain is None else voice.percent(gain)


def _sureness(told: Choosing) -> Iterator[str]:
    voice, found = told.voice, told.found
    if found.packages:
        yield from _how_chosen(told)
    yield voice.say(
        "What counts as even was fixed beforehand: gains, from what each side has without an "
        "agreement, that differ by at most {tolerance} of the most that each side could gain. So "
        "was the price: evenness may cost no side more than {price} of that.",
        tolerance=voice.part(found.tolerance),
        price=voice.part(found.price),
    )
    if found.status is Status.DRAW:
        yield voice.say("It is even as the sides answered: it holds for the points that they gave.")
    elif found.packages:
        yield voice.say(
            "It rests on what the sides answered: it holds for the points that they gave."
        )
    yield voice.say("This is an offer: the sides decide. It is not legal advice.")


def _how_chosen(told: Choosing) -> Iterator[str]:
    voice, found = told.voice, told.found
    settled = found.status is Status.DRAW or found.agreed is None
    if settled and len(found.packages) == 1:
        yield voice.say("Package A is the one that is settled on.")
    elif settled:
        yield voice.say(
            "Package A is the one that is settled on. The others are the most different from it "
            "and from one another, by how much the issues that they decide otherwise matter to the "
            "sides, in equal parts."
        )
    more = found.ties == "infinite" or found.ties > 1
    if more if told.audience == MEDIATOR else any(one.tie for one in found.packages[1:]):
        yield voice.say(
            "Other packages are worth exactly as much to every side as package A: they are free "
            "choices, and stand first."
        )
    if told.audience == MEDIATOR:
        yield from _compared(told)


def _compared(told: Choosing) -> Iterator[str]:
    """Yield how many were compared: how many draws there are hangs on what others want (H14)."""
    voice, found = told.voice, told.found
    if found.complete:
        yield voice.count(
            "{n} package was looked at: all that is as close to a draw as what is shown.",
            "{n} packages were looked at: all that are as close to a draw as those shown.",
            found.considered,
        )
    else:
        yield voice.count(
            "{n} package was looked at; there may be others as close to a draw.",
            "{n} packages were looked at; there may be others as close to a draw.",
            found.considered,
        )
    if found.considered <= len(found.packages):
        return
    if found.exhaustive:
        yield voice.say("Every way to choose as many of them was compared.")
    else:
        yield voice.say(
            "Not every way to choose as many of them was compared: each was taken for being far "
            "from those before it, and then exchanged while that helped."
        )
