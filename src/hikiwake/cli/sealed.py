"""What the commands around seals and the record share: options, and writing what they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hikiwake.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hikiwake.explain.language.voice import Voice
    from hikiwake.sealing.commitment import Content

Table = Annotated[
    Path,
    typer.Argument(
        metavar="TABLE",
        help="The folder with ground-rules.json and record.jsonl, or your copy of it.",
        show_default=False,
    ),
]
Keys = Annotated[
    Path,
    typer.Option("--keys", metavar="FILE", help="Your own keys (WHO.keys).", show_default=False),
]
To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="Where it is written instead.", show_default=False),
]


def write_public(path: Path, data: Any) -> None:
    """Write an object that everybody may read, where nothing stands yet."""
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.sealing.canonical import as_file

    require_free(path)
    write_files(path, {path: as_file(data)}, public=[path])


def write_private(path: Path, content: Content) -> None:
    """Write what opens a commitment, readable by nobody else."""
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.sealing.canonical import as_file

    require_free(path)
    write_files(path, {path: as_file(content.data)})


def file_content(path: Path) -> Any:
    """Return what stands for a file in a commitment: its hash."""
    from hikiwake.sealing.canonical import digest, malformed

    try:
        return {"file": digest(path.read_bytes())}
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise malformed(path.name, why, "Check the path.") from None


def voice_at(folder: Path, who: str | None, asked: str | None) -> Voice:
    """Return the voice that is asked for, else that of the language of this party at the table."""
    from hikiwake.explain.notices.table import voice_for
    from hikiwake.formats.native import read_public

    own = None
    if asked is None and who is not None:
        try:
            parties = read_public(folder, {}).parties
        except InputError:
            parties = ()  # its own commands say what is wrong with it
        own = next((party.language for party in parties if party.id == who), None)
    return voice_for(asked, own)


def tell(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        typer.echo(line)


def state(table: Any) -> tuple[int, str]:
    """Return the checkpoint that a record has now: how many entries, and the code."""
    checkpoint = table.record.checkpoint
    return checkpoint.entries, checkpoint.code


def tell_checkpoint(table: Any, voice: Voice) -> None:
    """Print the checkpoint that a record has now."""
    from hikiwake.explain.notices.table import checkpoint_after

    typer.echo(checkpoint_after(voice, state(table)))
