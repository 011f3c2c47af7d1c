"""``hikiwake open``: all seals together, or none of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hikiwake.cli import options, sealed
from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.explain.language.voice import Voice
    from hikiwake.sealing.keys import Keys
    from hikiwake.sealing.table import Table

EPILOG = "Exit codes: 0 opened, and with --answers all said yes · 1 not all did · 2 not opened"


def command(
    table: sealed.Table,
    keys: sealed.Keys,
    answers: Annotated[
        bool,
        typer.Option(
            "--answers",
            metavar="",
            help="Open the answers to the last package: only whether all said yes is shown.",
        ),
    ] = False,
    language: options.Language = None,
) -> int:
    """Open what was sealed, if everybody's is in and each matches its commitment."""
    from hikiwake.sealing.keys import read_keys
    from hikiwake.sealing.table import read_table

    own, at = read_keys(keys), read_table(table)
    voice = sealed.voice_at(table, own.who, language)
    return _answers(at, own, voice) if answers else _preferences(at, own, voice)


def _preferences(at: Table, own: Keys, voice: Voice) -> int:
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.notices.table import after_opening, opened, written_for_you
    from hikiwake.sealing.acts import PREFERENCE, new_act
    from hikiwake.sealing.opening import open_preferences

    target = at.private / "opened"
    require_free(target)
    seals = at.take_in(PREFERENCE, own)
    found = open_preferences(at.record, seals, own)
    files = {target / name: text for name, text in _files(at, found).items()}
    at.private.mkdir(mode=0o700, exist_ok=True)
    write_files(target, files)
    if not at.record.opened:  # else what was opened is written anew, and the record knows it
        about = {"parties": list(found)}
        at.enter(new_act(own, at.rules, "open", about, at.record.seen, at.record.now()), own)
    sealed.tell([*opened(voice, found), written_for_you(voice, target)])
    sealed.tell_checkpoint(at, voice)
    missing = [party for party in at.rules.party_ids if party not in found]
    sealed.tell(after_opening(voice, missing, target))
    return 0


def _files(at: Table, found: dict[str, Any]) -> dict[str, str | bytes]:
    """Return the files of the opened dispute, after checking that they make one."""
    from hikiwake.formats.convert import files_of
    from hikiwake.formats.native import dispute_from_text, read_public, to_data
    from hikiwake.sealing.canonical import as_file
    from hikiwake.sealing.ground import public_hash

    public = read_public(at.folder, {})
    data = to_data(public)
    if public_hash(data) != at.rules.dispute:
        raise InputError(
            Fault(
                "dispute.toml",
                "not the dispute of the ground rules",
                "The public part that everybody sealed for",
                "H23",
                "Put back the file that the table began with.",
            )
        )
    empty = {party: {} for party in public.party_ids}
    dispute_from_text(json.dumps({**data, "preferences": {**empty, **found}}), "the opened dispute")
    files: dict[str, str | bytes] = {"dispute.toml": files_of(public, folder=True)["dispute.toml"]}
    opened = {f"preferences/{party}.json": as_file(one) for party, one in found.items()}
    return files | opened


def _answers(at: Table, own: Keys, voice: Voice) -> int:
    from hikiwake.explain.notices.table import answered
    from hikiwake.sealing.acts import ANSWER, new_act
    from hikiwake.sealing.opening import all_say_yes

    seals = at.take_in(ANSWER, own)
    yes = all_say_yes(at.record, seals, own)
    about = {"by_all": yes, "package": at.record.package}
    at.enter(new_act(own, at.rules, "accept", about, at.record.seen, at.record.now()), own)
    sealed.tell(answered(voice, yes, len(at.rules.parties)))
    sealed.tell_checkpoint(at, voice)
    return 0 if yes else 1
