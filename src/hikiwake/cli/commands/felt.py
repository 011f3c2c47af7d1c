"""``hikiwake felt``: what each side feels of some packages, sealed, beside what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

EPILOG = (
    "Exit codes: 0 what is a draw feels like one (or: answers written) · 1 a mismatch · "
    "2 the input cannot be used · 3 not everybody has answered"
)


OPENING = "It belongs to opening all answers"
ANSWERING = "Each side consents in its own sealed answers"


def command(
    path: options.Dispute,
    packages: Annotated[
        Path,
        typer.Option(
            "--packages",
            metavar="FILE",
            help="The packages, each as \\[packages.LABEL] (TOML, JSON).",
        ),
    ],
    say: Annotated[
        list[str] | None,
        typer.Option(
            "--say",
            metavar="LABEL=FEELING",
            help="Answer as a party: ahead, neither or behind, for each package.",
            show_default=False,
        ),
    ] = None,
    party: Annotated[
        str | None,
        typer.Option("--as", metavar="PARTY", help="Who answers.", show_default=False),
    ] = None,
    consent: Annotated[
        bool,
        typer.Option("--consent", metavar="", help="Agree to an anonymous export for research."),
    ] = False,
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            help="A side's sealed answers: where they are written, or, for the mediator, read.",
            show_default=False,
        ),
    ] = None,
    seals: Annotated[
        list[str] | None,
        typer.Option(
            "--seal",
            metavar="SEAL",
            help="What a side was shown to have sealed; answers must fit one of them.",
            show_default=False,
        ),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export",
            metavar="FILE",
            help="Write what research may have, if every side consented.",
            show_default=False,
        ),
    ] = None,
    language: options.Language = None,
    as_json: options.AsJson = False,
) -> int:
    """Keep what each side feels of some packages, sealed, and tell it beside what they are."""
    from hikiwake.api import load
    from hikiwake.felt import require_seals
    from hikiwake.formats.beside.felt import read_packages
    from hikiwake.formats.native import is_native, read_public

    answering = bool(say) or party is not None
    # a side that answers needs nobody's points, and may have none but its own
    dispute = read_public(path, {}) if answering and is_native(path) else load(path)
    outcomes = read_packages(dispute, packages)
    if answering:
        if party is None or not answers or len(answers) != 1:
            raise InputError(_answering())
        _refuse({"--export": export is not None, "--seal": seals is not None}, "to answer", OPENING)
        said = party, say or [], consent
        return _answer(dispute, said, outcomes, (answers[0], language))
    _refuse({"--consent": consent}, "without --as", ANSWERING)
    require_seals(seals or ())
    return _open(dispute, outcomes, (answers or [], seals), (export, language, as_json))


def _answer(
    dispute: Any,
    said: tuple[str, list[str], bool],
    packages: dict[str, Any],
    how: tuple[Path, str | None],
) -> int:
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.audiences import voice_for
    from hikiwake.explain.notices.around import sealed_feelings
    from hikiwake.felt import seal_of
    from hikiwake.formats.beside.felt import answers_of, answers_text
    from hikiwake.formats.beside.packages import party_of

    (party, feelings, consent), (file, language) = said, how
    answers = answers_of(party_of(dispute, party, "--as"), feelings, packages, consent)
    voice = voice_for(dispute, party, language)
    require_free(file)
    write_files(file, {file: answers_text(answers)})
    for line in sealed_feelings(voice, file, seal_of(answers)):
        typer.echo(line)
    return 0


def _open(
    dispute: Any,
    outcomes: dict[str, Any],
    given: tuple[list[Path], list[str] | None],
    how: tuple[Path | None, str | None, bool],
) -> int:
    from hikiwake.api import adjust
    from hikiwake.cli.screen import Screen, print_json
    from hikiwake.cli.target import require_free
    from hikiwake.cli.telling import show
    from hikiwake.explain import tell_felt
    from hikiwake.felt import felt, require_sealed
    from hikiwake.formats.beside.felt import felt_json, read_answers

    (files, seals), (export, language, as_json) = given, how
    if export is not None:
        require_free(export)
    answered = [read_answers(dispute, file, outcomes) for file in files]
    for answers in answered:
        if seals is not None:
            require_sealed(answers, seals)
    adjusting = adjust(dispute, repairs=False)
    looks = {label: adjusting.look(outcome) for label, outcome in outcomes.items()}
    found = felt(dispute, looks, answered)
    if export is not None:
        _export(found, export)
    if as_json:
        print_json(felt_json(found))
    else:
        show(Screen(), tell_felt(dispute, found, language), "")
    return 3 if not found.opened else 1 if found.reopens else 0


def _export(found: Any, target: Path) -> None:
    from json import dumps

    from hikiwake.cli.target import write_files
    from hikiwake.felt import research

    text = dumps(research(found), indent=1) + "\n"
    write_files(target, {target: text})


def _refuse(asked: dict[str, bool], found: str, expected: str) -> None:
    """Refuse an option that would do nothing here."""
    for option, given in asked.items():
        if given:
            fault = Fault(f"Option {option}", f"given {found}", expected, "H14", "Leave it out.")
            raise InputError(fault)


def _answering() -> Fault:
    return Fault(
        "Options --say and --as",
        "one without the other, or not one file to write to",
        "--as PARTY, --say LABEL=FEELING for each package, and --answers FILE",
        "H14",
        "Give all three, or none of the first two to open answers.",
    )
