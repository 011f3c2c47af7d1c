"""``hikiwake record match``: whether a file is the one that the record commits to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hikiwake.cli import options, sealed

if TYPE_CHECKING:
    from hikiwake.sealing.commitment import Content
    from hikiwake.sealing.record import Entry
    from hikiwake.sealing.table import Table


def match(
    table: sealed.Table,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="The package, certificate, offer or proof.", show_default=False
        ),
    ],
    opening: Annotated[
        Path,
        typer.Argument(
            metavar="OPENING", help="What `sign` wrote beside the act.", show_default=False
        ),
    ],
    language: options.Language = None,
) -> int:
    """Tell whether a file is the very one that an entry of the record commits to."""
    from hikiwake.explain.notices.table import matched, not_committed_to
    from hikiwake.sealing.canonical import read
    from hikiwake.sealing.commitment import Content
    from hikiwake.sealing.table import read_table

    at, voice = read_table(table), sealed.voice_at(table, None, language)
    content = Content.from_data(read(opening), opening.name)
    same = content.content == sealed.file_content(file)
    entry = _entry(at, content)
    if entry is None:
        sealed.tell(not_committed_to(voice))
        return 1
    sealed.tell(matched(voice, content.what, same, (entry.number, entry.time, entry.act)))
    return 0 if same else 1


def _entry(at: Table, content: Content) -> Entry | None:
    """Return the entry of the one who made the commitment, if there is one."""
    return next(
        (
            entry
            for entry in at.record.entries
            if entry.act.by == content.by and content.commitment in entry.act.about.values()
        ),
        None,
    )
