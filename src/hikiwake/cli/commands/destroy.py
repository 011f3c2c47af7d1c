"""``hikiwake destroy``: remove what is private, at the end; the record still verifies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from hikiwake.cli import options, sealed
from hikiwake.errors import Fault, InputError

EPILOG = "Exit codes: 0 destroyed · 2 not"


def command(
    table: sealed.Table,
    keys: sealed.Keys,
    yes: Annotated[
        bool, typer.Option("--yes", metavar="", help="Yes, destroy them. Without it: list them.")
    ] = False,
    also: Annotated[
        list[Path] | None,
        typer.Option(
            "--also",
            metavar="FILE",
            help="Another file that is private, such as your keys. May be given more than once.",
            show_default=False,
        ),
    ] = None,
    language: options.Language = None,
) -> int:
    """Destroy the private files: what was opened, what opens commitments, and the seals."""
    from hikiwake.explain.notices.table import destroyed, out_of_reach
    from hikiwake.sealing.keys import read_keys
    from hikiwake.sealing.table import SEALS, read_table

    own, at = read_keys(keys), read_table(table)
    voice = sealed.voice_at(table, own.who, language)
    files = [*_files(at.private), *_files(table / SEALS), *(also or [])]
    missing = [path for path in also or [] if path.is_symlink() or not path.is_file()]
    if missing:
        raise _refused(f"File {missing[0].name!r}", "not a file", "A file that is there")
    if not files:
        raise _refused(f"Folder {table.name!r}", "nothing private in it", "Something to destroy")
    if not yes:
        for path in files:
            typer.echo(destroyed(voice, path, done=False))
        expected = "An explicit yes: nothing brings them back"
        remedy = "Nothing was destroyed. Look them over, then add --yes."
        raise _refused("These files", "no --yes given", expected, remedy)
    tell = _entered(at, own, voice)  # first: what is interrupted stands in the record as well
    for path in files:
        _destroy(path)
        typer.echo(destroyed(voice, path, done=True))
    for folder in (at.private, table / SEALS):
        shutil.rmtree(folder, ignore_errors=True)
    tell()
    sealed.tell(out_of_reach(voice))
    return 0


def _entered(at: Any, own: Any, voice: Any) -> Callable[[], None]:
    """Enter that it is destroyed, or sign it for whoever keeps the record; return what tells so."""
    from hikiwake.explain.notices.table import signed
    from hikiwake.sealing.acts import new_act

    act = new_act(own, at.rules, "destroy", {}, at.record.seen, at.record.now())
    if own.who == at.rules.keeper.who:
        at.enter(act, own)
        return partial(sealed.tell_checkpoint, at, voice)
    target = Path(f"{own.who}.{len(at.record.entries) + 1}.destroy.act")
    if not target.exists():  # else it was interrupted before
        sealed.write_public(target, act.data)
    return partial(sealed.tell, signed(voice, target, at.rules.keeper.who))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def _destroy(path: Path) -> None:
    try:
        if not path.is_symlink():
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        why = (error.strerror or "it cannot be removed").lower()
        raise _refused(f"File {path.name!r}", why, "A file that can be removed") from None


def _refused(
    thing: str, found: str, expected: str, remedy: str = "Look it over, then try again."
) -> InputError:
    return InputError(Fault(thing, found, expected, "H24", remedy))
