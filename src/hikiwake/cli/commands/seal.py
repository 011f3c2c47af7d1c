"""``hikiwake seal``: a preference, or a yes or no, that nobody sees until all open together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hikiwake.cli import options, sealed
from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.sealing.table import Table

EPILOG = "Exit codes: 0 sealed · 2 the input cannot be used"


def command(
    table: sealed.Table,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Your preference file; with --answer, the package that you answer to.",
            show_default=False,
        ),
    ],
    keys: sealed.Keys,
    answer: Annotated[
        str | None,
        typer.Option(
            "--answer",
            metavar="yes|no",
            help="Seal an answer to a package. A yes is shown only if everybody says yes.",
            show_default=False,
        ),
    ] = None,
    opening: Annotated[
        Path | None,
        typer.Option(
            "--opening",
            metavar="FILE",
            help="With --answer: what shows that this is the package in the record.",
            show_default=False,
        ),
    ] = None,
    to: sealed.To = None,
    language: options.Language = None,
) -> int:
    """Seal your preference, or your answer, on your own machine.

    Only who keeps the record can open it, and their program does so only when all are in.
    """
    from hikiwake.explain.notices.table import sealed as told
    from hikiwake.sealing.keys import read_keys
    from hikiwake.sealing.table import read_table

    own, at = read_keys(keys), read_table(table)
    voice = sealed.voice_at(table, own.who, language)
    sealing = (answer, opening) if answer is not None else None
    seal = _answer(at, own, file, *sealing) if sealing else _preference(at, own, file)
    target = to or at.seal_path(own.who, seal.act.about["what"])
    sealed.write_public(target, seal.data)
    sealed.tell(told(voice, target, seal.act.about["commitment"], at.rules.keeper.who))
    return 0


def _preference(at: Table, own: Any, file: Path) -> Any:
    from hikiwake.formats.native import preference_data, read_public, to_data
    from hikiwake.sealing.ground import public_hash
    from hikiwake.sealing.seals import seal_preference

    if own.who not in at.rules.party_ids:
        raise InputError(_no_party(own.who, at.rules.party_ids))
    if file.stem != own.who and file.stem in at.rules.party_ids:
        raise InputError(_of_another(file, own.who))
    dispute = read_public(at.folder, {own.who: file})
    if public_hash(to_data(dispute)) != at.rules.dispute:
        raise InputError(_another_dispute())
    preference = preference_data(dispute.preferences[own.who], dispute)
    return seal_preference(own, at.rules, preference, at.record.seen, at.record.now())


def _answer(at: Table, own: Any, file: Path, answer: str, opening: Path | None) -> Any:
    from hikiwake.sealing.canonical import read
    from hikiwake.sealing.commitment import PACKAGE, Content
    from hikiwake.sealing.seals import YES, seal_answer

    if answer not in ("yes", "no"):
        fault = Fault("Option --answer", f"{answer[:20]!r} found", "yes or no", "H23", "Say one.")
        raise InputError(fault)
    if opening is None:
        raise InputError(_unopened("no --opening given"))
    content = Content.from_data(read(opening), opening.name)
    if content.what != PACKAGE or content.commitment != at.record.package:
        raise InputError(_unopened("the opening is not that of the record's last package"))
    if content.content != sealed.file_content(file):
        raise InputError(_unopened(f"file {file.name!r} is not the one that was settled on"))
    package = content.commitment
    return seal_answer(own, at.rules, package, answer == YES, at.record.seen, at.record.now())


def _no_party(who: str, parties: tuple[str, ...]) -> Fault:
    return Fault(
        f"The keys of {who!r}",
        "not those of a party",
        f"Known: {', '.join(parties)}",
        "H23",
        "Only parties seal. Use your own keys.",
    )


def _of_another(file: Path, who: str) -> Fault:
    return Fault(
        f"File {file.name!r}",
        f"named after {file.stem!r}, where the keys are those of {who!r}",
        "Your own preference",
        "H23",
        "Use your own file; if it is yours, give it another name.",
    )


def _another_dispute() -> Fault:
    return Fault(
        "dispute.toml",
        "not the dispute of the ground rules",
        "Its public part, tolerance and price included, as everybody agreed to it",
        "H23",
        "Compare your copy with another party's before you seal anything.",
    )


def _unopened(found: str) -> Fault:
    return Fault(
        "The package",
        found,
        "The file and the opening that belong to the last act `settle`",
        "H23",
        "Ask who keeps the record for both; do not answer before they match.",
    )
