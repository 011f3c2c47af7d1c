"""``hikiwake adjust``: how any package stands, set by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

# words a round, rounds, the part to keep, and the steps of what might be hidden, as they were given
Fixed = tuple[int | None, int | None, str | None, str | None]

EPILOG = (
    "Exit codes: 0 a draw (to a party: told) · 1 no draw, or not possible · "
    "2 the input cannot be used, or the budget of words is spent"
)


def command(
    path: options.Dispute,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="ISSUE=VALUE",
            help="Decide an issue; of a share: savings=ann:1/2,ben:1/2. May be given more than "
            "once. The rest is as settled (for a party: as it is today).",
            show_default=False,
        ),
    ] = None,
    audience: options.OneReader = "mediator",
    language: options.Language = None,
    preferences: options.Preferences = None,
    talks: Annotated[
        Path | None,
        typer.Option(
            "--talks",
            metavar="FILE",
            help="Keep in this file what the sides put forward and were told.",
            show_default=False,
        ),
    ] = None,
    put: Annotated[
        bool,
        typer.Option("--put", metavar="", help="Put the package forward, as the party that reads."),
    ] = False,
    next_round: Annotated[
        bool, typer.Option("--next-round", metavar="", help="Begin the next round. Mediator.")
    ] = False,
    shown: Annotated[
        bool,
        typer.Option(
            "--shown",
            metavar="",
            help="Note that all sides were shown the settled package, and meter it. Mediator.",
        ),
    ] = False,
    texts: Annotated[
        list[str] | None,
        typer.Option(
            "--shown-text",
            metavar="TEXT",
            help="Note that all sides were given this text, each its own, and meter it: "
            "settlement=RULE, remedies, partial=RULE, alternatives=COUNT,WITHIN, "
            "improvements=FILE,COUNT,WITHIN, robustness=ERROR,SEED or honesty=SEED, each with "
            ".joint or .json after its kind if it was that. May be given more than once. "
            "Mediator.",
            show_default=False,
        ),
    ] = None,
    words: Annotated[
        int | None,
        typer.Option(
            "--words",
            metavar="N",
            help="Begin talks with so many words a round (default 3).",
            show_default=False,
        ),
    ] = None,
    rounds: Annotated[
        int | None,
        typer.Option(
            "--rounds",
            metavar="N",
            help="Begin talks with so many rounds (default 3).",
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            "--keep",
            metavar="PART",
            help="Begin talks in which at least this part of what might be hidden stays hidden "
            "(default 1/50; where that cannot be counted, 1/1000 for four of five possibilities).",
            show_default=False,
        ),
    ] = None,
    steps: Annotated[
        str | None,
        typer.Option(
            "--steps",
            metavar="POINTS,WALK_AWAY",
            help="Begin talks in which a side counts as hiding points, and what it has without an "
            "agreement, in such steps of 100 (default 20,20; one number is for both). Choose them "
            "without looking at anybody's points: steps that were fitted to them would tell them.",
            show_default=False,
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Draw a picture, PNG or SVG: of the frontier; for a party, of its own issues.",
            show_default=False,
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """Look at any package: what each side gains, whether it is a draw, and what would repair it."""
    from hikiwake.api import adjust, load
    from hikiwake.cli.progress import working
    from hikiwake.formats.beside.packages import with_settings
    from hikiwake.formats.beside.texts import text_of
    from hikiwake.formats.native import read_own
    from hikiwake.formats.results.settled import MEDIATOR

    files = options.preference_files(preferences)
    own = None if talks is not None or audience == MEDIATOR else read_own(path, audience, files)
    dispute = own or load(path, preferences=files)
    options.require_picture(plot)
    read, fixed = (
        tuple(text_of(dispute, text) for text in texts or ()),
        (words, rounds, keep, steps),
    )
    _check(dispute, audience, (talks, put, next_round, shown, bool(read)), fixed)
    with working("Searching all packages"):
        adjusting = adjust(dispute, own=audience != MEDIATOR)
    settled = _settled(dispute) if audience == MEDIATOR else None
    if shown and settled is None:
        raise _refused("--shown", "no package that is settled", *_TEXT_INSTEAD)
    table = _table(adjusting, talks, fixed, read)
    if audience == MEDIATOR:
        outcome = with_settings(dispute, settled or dispute.status_quo, settings or ())
        talking = table, talks, (next_round, settled, shown, read)
        code = _mediate(adjusting, outcome, talking, (language, as_json))
        if plot is not None:
            _draw(adjusting, outcome, plot, language)
        return code
    outcome = with_settings(dispute, dispute.status_quo, settings or ())
    if put and table is not None and talks is not None:
        table = _kept(dispute, table.put_forward(audience, outcome), talks)
    look = adjusting.own_look(audience, outcome)
    code = _tell_party(look, dispute, table, (language, as_json))
    if plot is not None:
        _draw_own(adjusting, audience, outcome, plot, language)
    return code


def _mediate(
    adjusting: Any,
    outcome: Any,
    talking: tuple[Any, Path | None, tuple[bool, Any, bool, tuple[Any, ...]]],
    how: tuple[Any, bool],
) -> int:
    from hikiwake.cli.screen import Screen, print_json
    from hikiwake.cli.telling import show
    from hikiwake.explain import tell_look
    from hikiwake.formats.results.adjusted import disclosure_json, look_json, words_json

    (table, file, (next_round, settled, shown, read)), (language, as_json) = talking, how
    dispute, look, repairs = adjusting.dispute, adjusting.look(outcome), adjusting.repairs(outcome)
    told = None
    if table is not None:
        if next_round and file is not None:
            table = _kept(dispute, table.next_round(), file)
        if shown and file is not None:
            table = _kept(dispute, table.show_settlement(settled), file)
        if read and file is not None:
            table = _kept(dispute, table.show_texts(settled, *read), file)
        told = _measured(dispute, table, outcome, language)
    if as_json:
        result = look_json(look, repairs) | {"illustrative": dispute.illustrative}
        if told is not None:
            result |= words_json(told[0])
            result |= disclosure_json(told[1], told[2])
        print_json(result)
    else:
        status = "draw" if look.draw else "uneven" if look.possible else "no_agreement"
        show(Screen(), tell_look(dispute, look, repairs, told, language), status)
    return 0 if look.draw else 1


def _measured(dispute: Any, table: Any, outcome: Any, language: str | None) -> tuple[Any, Any, Any]:
    """Return what was told and what that discloses; meanwhile a terminal shows how far that is."""
    from hikiwake.cli.progress import working
    from hikiwake.explain.audiences import MEDIATOR, voice_for
    from hikiwake.explain.options.talks import measuring

    voice = voice_for(dispute, MEDIATOR, language)
    with working(voice.say("What has been disclosed")) as say:
        views = table.exposures(outcome, lambda *view: say(measuring(voice, *view)))
        return table.talks, views, table.room(outcome)


def _tell_party(look: Any, dispute: Any, table: Any, how: tuple[str | None, bool]) -> int:
    from hikiwake.cli.screen import Screen, print_json
    from hikiwake.cli.telling import show
    from hikiwake.explain import tell_own_look
    from hikiwake.formats.results.adjusted import own_look_json, words_json

    language, as_json = how
    talks = None if table is None else table.talks
    if as_json:
        result = own_look_json(look) | {"illustrative": dispute.illustrative}
        print_json(result | (words_json(talks) if talks is not None else {}))
    else:
        show(Screen(), tell_own_look(dispute, look, talks, language), "")
    return 0


def _draw(adjusting: Any, outcome: Any, plot: Path, language: str | None) -> None:
    from hikiwake.cli.drawing import draw
    from hikiwake.plots.words import Words

    this = Words(adjusting.dispute, language=language).voice.say("This package")
    draw(adjusting.dispute, plot, {this: adjusting.package(outcome).gains}, language)


def _draw_own(adjusting: Any, party: str, outcome: Any, plot: Path, language: str | None) -> None:
    """Draw the package, beside today's where that decides everything otherwise."""
    from hikiwake.cli.drawing import tell_drawn
    from hikiwake.plots import compare_picture
    from hikiwake.plots.words import Words

    dispute = adjusting.dispute
    today = dispute.status_quo or {}
    whole = today.keys() == outcome.keys() and today != outcome
    beside = adjusting.own_look(party, today) if whole else None
    look = adjusting.own_look(party, outcome)
    reading = compare_picture(dispute, look, beside, plot, language)
    tell_drawn(Words(dispute, party, language).voice, plot, reading.sentence)


def _settled(dispute: Any) -> Any:
    from hikiwake.api import settle

    return settle(dispute, time_limit=options.SECONDS).outcome


def _table(adjusting: Any, file: Path | None, fixed: Fixed, read: tuple[Any, ...]) -> Any:
    """Return the talks that a file keeps, begun if it is not there; None without a file."""
    if file is None:
        return None
    from hikiwake.api import talk
    from hikiwake.findings.talks import Talks
    from hikiwake.formats.beside.talks import budget_of, read_talks, write_talks

    if not file.exists():
        new = talk(adjusting, Talks(budget_of(*fixed)))
        new.require_texts(*read)  # before anything is written
        talks = Talks(budget_of(*fixed, new.refuses))
        write_talks(adjusting.dispute, talks, file)
        return talk(adjusting, talks)
    if any(number is not None for number in fixed):
        raise InputError(_fixed(file))
    return talk(adjusting, read_talks(adjusting.dispute, file))


def _kept(dispute: Any, table: Any, file: Path) -> Any:
    from hikiwake.formats.beside.talks import write_talks

    write_talks(dispute, table.talks, file)
    return table


def _check(
    dispute: Any,
    audience: str,
    asked: tuple[Path | None, bool, bool, bool, bool],
    fixed: Fixed,
) -> None:
    from hikiwake.formats.beside.talks import budget_of, require_place
    from hikiwake.formats.results.settled import JOINT, MEDIATOR, check_audience

    check_audience(dispute, audience)
    talks, put, next_round, shown, read = asked
    if audience == JOINT:
        raise _refused("--audience", "joint", "The mediator, or a party", "Ask for one of them.")
    if put and audience == MEDIATOR:
        who = "A side puts a package forward"
        raise _refused("--put", "without a party", who, "Add --audience PARTY, or leave it out.")
    budget = any(number is not None for number in fixed)
    asked_of_it = {"--next-round": next_round, "--shown": shown, "--shown-text": read}
    asked_of_it["--words, --rounds, --keep or --steps"] = budget
    for option in (option for option, given in asked_of_it.items() if given):
        options.for_the_mediator(option, audience, "The mediator keeps the talks")
    for option in (option for option, given in {"--put": put, **asked_of_it}.items() if given):
        if talks is None:
            remedy = "Add it, or leave this out."
            raise _refused(option, "without --talks", "A file of talks: --talks FILE", remedy)
    if talks is None:
        return
    if budget:
        budget_of(*fixed)
    if not talks.exists() and (audience != MEDIATOR or next_round):
        remedy = "Check the name; the mediator begins talks: see `hikiwake adjust --help`."
        raise _refused("--talks", "a file that is not there", "Talks that are begun", remedy)
    require_place(talks)


_TEXT_INSTEAD = (
    "An agreement that all can have been shown",
    "Note what they read: --shown-text settlement.",
)


def _refused(option: str, found: str, expected: str, remedy: str) -> InputError:
    return InputError(Fault(f"Option {option}", found, expected, "H14", remedy))


def _fixed(file: Path) -> Fault:
    return Fault(
        "The budget of words",
        f"given again for talks that are under way ({file.name})",
        "What may be told of the whole is fixed before anything is told",
        "H14",
        "Leave --words, --rounds, --keep and --steps out, or begin new talks in another file.",
    )
