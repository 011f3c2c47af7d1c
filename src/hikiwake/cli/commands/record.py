"""``hikiwake record``: what was done, by whom, in an order that nobody can change unnoticed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hikiwake.cli import options, sealed
from hikiwake.cli.matching import match
from hikiwake.errors import Fault, InputError, UnknownName, did_you_mean

if TYPE_CHECKING:
    from hikiwake.explain.language.voice import Voice
    from hikiwake.sealing.commitment import Content
    from hikiwake.sealing.record import Entry

HELP = "Keep a record of the process that nobody can change unnoticed; nothing private is in it."
EPILOG = (
    "Exit codes: 0 done, or the record holds · 1 it was changed, or a file is another one · "
    "2 the input cannot be used"
)
SIGNED = ("agree", "offer", "settle", "step")

Cards = Annotated[
    list[Path],
    typer.Option("--card", metavar="FILE", help="Each party's card; one option for each."),
]
Deadline = Annotated[
    str | None,
    typer.Option(
        "--deadline",
        metavar="TIME",
        help="Until when preferences are sealed: 2026-12-31T18:00:00Z (UTC). Default: none.",
        show_default=False,
    ),
]
AfterDeadline = Annotated[
    str | None,
    typer.Option(
        "--after-deadline",
        metavar="void|open",
        help="What follows if a seal is missing then: none is ever opened (the default), or those "
        "in are.",
        show_default=False,
    ),
]
Offers = Annotated[
    bool,
    typer.Option(
        "--offers", metavar="", help="Record offers as well, once every party has agreed to."
    ),
]
Kind = Annotated[
    str,
    typer.Argument(
        metavar="agree|offer|settle|step",
        help="What you do: agree to the ground rules, make an offer, settle on a package "
        "(who keeps the record), or report a step as done.",
    ),
]
File = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help="The offer, package or proof. Only a commitment to it is recorded.",
        show_default=False,
    ),
]
Step = Annotated[
    str | None,
    typer.Option(
        "--step",
        metavar="ID",
        help="With `step`: its id in the plan; checked if plan.toml lies on the table.",
        show_default=False,
    ),
]
Certificate = Annotated[
    Path | None,
    typer.Option(
        "--certificate",
        metavar="FILE",
        help="With `settle`: the certificate. Only a commitment to it is recorded.",
        show_default=False,
    ),
]


def begin(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The dispute. Only its public part is used.")
    ],
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="The folder that is made.")],
    keys: sealed.Keys,
    card: Cards,
    deadline: Deadline = None,
    after_deadline: AfterDeadline = None,
    offers: Offers = False,
    language: options.Language = None,
) -> int:
    """Lay the table: fix the ground rules before anybody seals, and begin the record."""
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.notices.table import give_copies, laid, written
    from hikiwake.formats.convert import files_of
    from hikiwake.formats.native import read_public, to_data
    from hikiwake.sealing.ground import GroundRules, public_hash
    from hikiwake.sealing.keys import read_card, read_keys
    from hikiwake.sealing.table import lay, read_table

    require_free(table)
    own, dispute = read_keys(keys), read_public(path, {})
    cards = {found.who: found for found in map(read_card, card)}
    if set(cards) != set(dispute.party_ids) or len(cards) < len(card):
        raise InputError(_cards(list(cards), dispute.party_ids))
    _check_deadline(deadline, after_deadline)
    rules = GroundRules(
        public_hash(to_data(dispute)),
        tuple(cards[party] for party in dispute.party_ids),
        own.card,
        deadline,
        after_deadline or "void",
        offers,
    )
    files: dict[str, str | bytes] = {**lay(rules, own)}
    files["dispute.toml"] = files_of(dispute, folder=True)["dispute.toml"]
    places = {table / name: text for name, text in files.items()}
    write_files(table, places, public=list(places))
    voice = sealed.voice_at(table, own.who, language)
    sealed.tell([*(written(voice, place) for place in places), *laid(voice, rules.fingerprint)])
    sealed.tell_checkpoint(read_table(table), voice)
    sealed.tell(give_copies(voice, table))
    return 0


def sign(
    table: sealed.Table,
    kind: Kind,
    keys: sealed.Keys,
    file: File = None,
    step: Step = None,
    certificate: Certificate = None,
    to: sealed.To = None,
    language: options.Language = None,
) -> int:
    """Sign what you do. A party's act is a file to hand over; the keeper's is entered at once."""
    from hikiwake.explain.notices.table import signed, written_opening
    from hikiwake.sealing.acts import new_act
    from hikiwake.sealing.keys import read_keys
    from hikiwake.sealing.table import read_table

    own, at = read_keys(keys), read_table(table)
    voice = sealed.voice_at(table, own.who, language)
    _check_kind(kind, file, step, certificate)
    hides = _hidden(kind, file, certificate, (own.who, at.rules.hash))
    about = {key: content.commitment for key, content in hides.items()}
    if step is not None:
        _check_step(step, table)
        about["step"] = step
    act = new_act(own, at.rules, kind, about, at.record.seen, at.record.now())
    keeps = own.who == at.rules.keeper.who
    number = len(at.record.entries) + 1
    target = to or Path(f"{own.who}.{number}.{kind}.act")
    if keeps:
        target = at.private / f"{number}.{kind}.act"
        at.private.mkdir(mode=0o700, exist_ok=True)
    for key, content in hides.items():
        opening = target.with_suffix(f".{key}.opening" if key == "certificate" else ".opening")
        sealed.write_private(opening, content)
        typer.echo(written_opening(voice, opening))
    if keeps:
        _echo(at.enter(act, own), voice)
        sealed.tell_checkpoint(at, voice)
        return 0
    sealed.write_public(target, act.data)
    sealed.tell(signed(voice, target, at.rules.keeper.who))
    return 0


def enter(
    table: sealed.Table,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Seals and acts that others handed over."),
    ],
    keys: sealed.Keys,
    language: options.Language = None,
) -> int:
    """Enter what others handed over: for who keeps the record."""
    from hikiwake.cli.target import write_files
    from hikiwake.explain.notices.table import entered_before
    from hikiwake.sealing.acts import Act
    from hikiwake.sealing.canonical import as_file, read
    from hikiwake.sealing.keys import read_keys
    from hikiwake.sealing.seals import SEAL, Seal
    from hikiwake.sealing.table import read_table

    own, at = read_keys(keys), read_table(table)
    voice = sealed.voice_at(table, own.who, language)
    for file in files:
        data = read(file)
        seal = Seal.from_data(data, at.rules, file.name) if data.get("form") == SEAL else None
        act = seal.act if seal is not None else Act.from_data(data, file.name)
        known = at.record.places.get(act.signature)
        if known is None:
            _echo(at.enter(act, own), voice)
        else:
            typer.echo(entered_before(voice, known, act.kind, act.by))
        if seal is None or not at.record.counts(act):
            continue
        place = at.seal_path(act.by, act.about["what"])
        if not (place.exists() and place.samefile(file)):
            place.unlink(missing_ok=True)
            write_files(place, {place: as_file(seal.data)}, public=[place])
    sealed.tell_checkpoint(at, voice)
    return 0


def show(table: sealed.Table, language: options.Language = None) -> int:
    """Show what the record has: who did what, and when it was entered."""
    from hikiwake.explain.notices.table import entries_as_table
    from hikiwake.sealing.table import read_table

    at, voice = read_table(table), sealed.voice_at(table, None, language)
    entries = ((entry.number, entry.time, entry.act) for entry in at.record.entries)
    sealed.tell(entries_as_table(voice, entries))
    sealed.tell_checkpoint(at, voice)
    return 0


def checkpoint(table: sealed.Table, language: options.Language = None) -> int:
    """Print the record's state in 30 signs: to be read out, written down, and kept elsewhere."""
    from hikiwake.explain.notices.table import checkpoint_to_keep
    from hikiwake.sealing.table import read_table

    at, voice = read_table(table), sealed.voice_at(table, None, language)
    sealed.tell(checkpoint_to_keep(voice, sealed.state(at), at.record.entries[-1].time))
    return 0


def verify(
    table: sealed.Table,
    kept: Annotated[
        list[str] | None,
        typer.Option(
            "--checkpoint",
            metavar="CODE",
            help="A checkpoint that somebody kept. May be given more than once.",
            show_default=False,
        ),
    ] = None,
    language: options.Language = None,
) -> int:
    """Tell whether the record holds, or the first entry at which it was changed."""
    from hikiwake.explain.notices.table import changed, holds
    from hikiwake.sealing.checkpoint import Checkpoint
    from hikiwake.sealing.table import reading_of

    voice = sealed.voice_at(table, None, language)
    checkpoints = tuple(Checkpoint.from_code(code) for code in kept or [])
    reading, _ = reading_of(table, checkpoints)
    change = reading.change
    if change is not None:
        sealed.tell(changed(voice, (change.first, change.last), change.how.value, change.why))
        return 1
    sealed.tell(holds(voice, len(reading.record.entries), bool(checkpoints)))
    return 0


SUBCOMMANDS = {
    "begin": begin,
    "sign": sign,
    "enter": enter,
    "show": show,
    "checkpoint": checkpoint,
    "verify": verify,
    "match": match,
}


def _echo(entry: Entry, voice: Voice) -> None:
    from hikiwake.explain.notices.table import entered

    typer.echo(entered(voice, entry.number, entry.act.kind, entry.act.by))


def _hidden(
    kind: str, file: Path | None, certificate: Path | None, by: tuple[str, str]
) -> dict[str, Content]:
    """Return what an act commits to. A bare hash would not do: who guesses the file, finds it."""
    from hikiwake.sealing.commitment import CERTIFICATE, PACKAGE, hidden

    found: dict[str, Content] = {}
    if file is not None:
        key, what = (PACKAGE, PACKAGE) if kind == "settle" else ("commitment", kind)
        found[key] = hidden(what, *by, sealed.file_content(file))
    if certificate is not None:
        found[CERTIFICATE] = hidden(CERTIFICATE, *by, sealed.file_content(certificate))
    return found


def _check_kind(kind: str, file: Path | None, step: str | None, certificate: Path | None) -> None:
    if kind not in SIGNED:
        raise _unsignable(f"{kind[:20]!r} found", f"One of {', '.join(SIGNED)}")
    if (kind == "agree") != (file is None):
        raise _unsignable(
            f"{kind} {'with' if file else 'without'} --file", "A file with every act but `agree`"
        )
    if (kind == "step") != (step is not None):
        raise _unsignable(
            f"{kind} {'with' if step else 'without'} --step",
            "A step's id with `step`, and only there",
        )
    if certificate is not None and kind != "settle":
        raise _unsignable(f"{kind} with --certificate", "A certificate with `settle` only")


def _check_step(step: str, table: Path) -> None:
    """Refuse a step that is not in the plan, if a plan lies on the table."""
    from hikiwake.formats.plans import plan_file, public_ids

    file = plan_file(table)
    if file is None or step in (known := public_ids(file)):
        return
    remedy = did_you_mean(step, known) or "Use the id of an obligation."
    expected = f"In {file.name}: {', '.join(known[:20])}"
    raise UnknownName(Fault(f"Step {step[:80]!r}", "not in the plan", expected, "H24", remedy))


def _unsignable(found: str, expected: str) -> InputError:
    remedy = "See `hikiwake record sign --help`."
    return InputError(Fault("What is signed", found, expected, "H24", remedy))


def _check_deadline(deadline: str | None, after: str | None) -> None:
    from hikiwake.sealing import clock, shape

    if deadline is not None and not (shape.TIME(deadline) and clock.is_time(deadline)):
        raise InputError(
            Fault(
                "Option --deadline",
                f"{deadline[:40]!r} found",
                "A time in UTC, such as 2026-12-31T18:00:00Z",
                "H23",
                "Write it in that form.",
            )
        )
    if after is not None and deadline is None:
        raise InputError(
            Fault(
                "Option --after-deadline",
                "without --deadline",
                "What follows a deadline, where there is one",
                "H23",
                "Add --deadline TIME, or leave it out: then nothing opens until all are in.",
            )
        )
    if after not in (None, "void", "open"):
        raise InputError(
            Fault(
                "Option --after-deadline",
                f"{after[:20]!r} found",
                "void or open",
                "H23",
                "Say one.",
            )
        )


def _cards(found: list[str], parties: tuple[str, ...]) -> Fault:
    return Fault(
        "The cards",
        f"those of {', '.join(found)}",
        f"One card for each party of the dispute: {', '.join(parties)}",
        "H23",
        "Keys carry the ids that the dispute's file gives the parties.",
    )
