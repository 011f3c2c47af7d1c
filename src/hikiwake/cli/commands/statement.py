"""``hikiwake statement``: a settlement on paper, to sign and to work from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.explain.statement import Backing
    from hikiwake.findings.course import Planned

EPILOG = (
    "Exit codes: 0 written · 2 the input cannot be used, or there is no package · 3 undecided: "
    "nothing written"
)

Table = Annotated[
    Path | None,
    typer.Option(
        "--table",
        metavar="TABLE",
        help="The table with the record, whose checkpoint stands at the foot.",
        show_default=False,
    ),
]
Opening = Annotated[
    Path | None,
    typer.Option(
        "--opening",
        metavar="FILE",
        help="With --table: shows that this is the package that was settled on and accepted.",
        show_default=False,
    ),
]
Plan = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        metavar="FILE",
        help="With --kind steps: the plan that fills the table, in the order of least trust.",
        show_default=False,
    ),
]


def command(
    path: options.Dispute,
    target: Annotated[
        Path,
        typer.Argument(
            metavar="TARGET",
            help="What is written: its name ends in .md, .docx or .pdf.",
            show_default=False,
        ),
    ],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="joint|terms|steps|private",
            help="A joint statement, a term sheet, a table of steps; or one side's memorandum, "
            "with its own points, for its own files.",
        ),
    ] = "joint",
    party: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="PARTY",
            help="In this side's language and names. Default: for all, with every side's names.",
            show_default=False,
        ),
    ] = None,
    language: options.Language = None,
    plan: Plan = None,
    time_limit: options.TimeLimit = None,
    table: Table = None,
    opening: Opening = None,
) -> int:
    """Write a settlement as a document: Markdown, Word or PDF. Nothing is ever overwritten."""
    from hikiwake.api import load, load_plan, properties_of
    from hikiwake.cli.in_time import cut_short, settle_in_time, tell_undecided
    from hikiwake.cli.progress import working
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.documents import written
    from hikiwake.explain.audiences import JOINT, voice_for
    from hikiwake.explain.notices.table import written as told_written
    from hikiwake.explain.notices.table import written_for_you
    from hikiwake.explain.statement import document

    _check(kind, party, opening is not None and table is None, plan is not None)
    require_free(target)
    dispute = load(path)
    agreement = None if plan is None else load_plan(plan, dispute)
    settlement = settle_in_time(dispute, time_limit=time_limit)
    if cut_short(settlement):
        return tell_undecided(dispute, settlement, party or "joint", language)
    with working("Looking at the package"):
        verdicts = properties_of(dispute, settlement)
    backing = _backing(dispute, settlement, table, opening)
    planned = _planned(agreement, dispute, settlement)
    made = document(dispute, settlement, kind, (party, language), backing, verdicts, planned)
    content = written(made, target.suffix.lower().removeprefix("."))
    write_files(target, {target: content}, public=[] if kind == "private" else [target])
    voice = voice_for(dispute, party or JOINT, language)
    typer.echo((written_for_you if kind == "private" else told_written)(voice, target))
    return 0


def _planned(agreement: Any, dispute: Any, settlement: Any) -> Planned | None:
    from hikiwake.api import plan
    from hikiwake.cli.progress import working

    if agreement is None or settlement.package is None:
        return None
    with working("Looking through the orders"):
        return plan(agreement, dispute, settlement)


def _backing(dispute: Any, settlement: Any, table: Path | None, opening: Path | None) -> Backing:
    """Return what the record says, accepted only where the opening shows that it is of this."""
    from hikiwake.explain.statement import Backing

    if table is None:
        return Backing()
    from hikiwake.sealing.table import read_table

    record = read_table(table).record
    settled, accepted = record.acts("settle"), record.acts("accept")
    same = opening is not None and _is_package(dispute, settlement, opening, record.package)
    said = [act.about["by_all"] for act in accepted if act.about["package"] == record.package]
    certificate = settled[-1].about.get("certificate", "") if same else ""
    checkpoint = record.checkpoint
    return Backing(checkpoint.entries, checkpoint.code, certificate, same and said[-1:] == [True])


def _is_package(dispute: Any, settlement: Any, opening: Path, package: str | None) -> bool:
    from hikiwake.api import settle
    from hikiwake.sealing.canonical import read
    from hikiwake.sealing.commitment import Content

    content = Content.from_data(read(opening), opening.name)
    if content.commitment == package:
        if content.content == _printed(dispute, settlement):
            return True
        # what `settle` prints counts the cases of a certificate, where one was asked for
        if content.content == _printed(dispute, settle(dispute, certificate=True)):
            return True
    raise InputError(
        Fault(
            "The package",
            "not the one that the record commits to",
            "What `hikiwake settle --audience joint --json` printed, and its opening",
            "H24",
            "Leave --opening out for a draft.",
        )
    )


def _printed(dispute: Any, settlement: Any) -> dict[str, str]:
    from hikiwake.formats.results.settled import JOINT, settlement_json
    from hikiwake.sealing.canonical import digest

    result = settlement_json(dispute, settlement, JOINT)
    text = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
    return {"file": digest(text.encode())}


def _check(kind: str, party: str | None, alone: bool, planned: bool) -> None:
    from hikiwake.explain.statement import KINDS

    found = expected = ""
    if kind not in KINDS:
        found, expected = f"kind {kind[:20]!r}", f"One of {', '.join(KINDS)}"
    elif kind == "private" and party is None:
        found, expected = "a memorandum for nobody", "The side that it is for, with --for"
    elif alone:
        found, expected = "--opening without --table", "Both, or neither"
    elif planned and kind != "steps":
        found, expected = f"a plan for kind {kind!r}", "--plan with --kind steps"
    if found:
        remedy = "See `hikiwake statement --help`."
        raise InputError(Fault("The statement", found, expected, "H19", remedy))
