"""What the commands around seals and the record share: options, and writing what they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from hikiwake.sealing.commitment import Content

WITHOUT_PREJUDICE = "Without prejudice. Drafts are not binding."

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


def tell_checkpoint(table: Any) -> None:
    """Print the checkpoint that a record has now."""
    checkpoint = table.record.checkpoint
    entries = "1 entry" if checkpoint.entries == 1 else f"{checkpoint.entries} entries"
    typer.echo(f"Checkpoint after {entries}: {checkpoint.code}")
