"""``hikiwake import``: what another program wrote, in Hikiwake's own format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hikiwake.cli import options

EPILOG = "Exit codes: 0 written · 2 the source cannot be used, or the target is not free"


def command(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help="A folder of GENIUS, GeniusWeb or NegMAS files, or score sheets: a folder of CSV "
            "files or Excel workbooks, or one of these.",
            show_default=False,
        ),
    ],
    target: Annotated[
        Path,
        typer.Argument(
            metavar="TARGET",
            help="What is written: a TOML file, or a folder with --folder.",
            show_default=False,
        ),
    ],
    folder: Annotated[
        bool,
        typer.Option(
            "--folder",
            metavar="",
            help="A folder with a private preference file for each party, instead of one file.",
        ),
    ] = False,
    language: options.Said = None,
) -> int:
    """Write what another program wrote in our own format. Nothing is ever overwritten."""
    from hikiwake.api import load
    from hikiwake.cli.screen import Screen
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.notices.disputes import noted, size, to_look_over, written
    from hikiwake.explain.notices.table import voice_for
    from hikiwake.formats.convert import files_of

    voice = voice_for(language, None)
    goal = target if folder or target.suffix.lower() == ".toml" else Path(f"{target}.toml")
    require_free(goal)
    dispute = load(source)
    files = files_of(dispute, folder)
    places: dict[Path, str | bytes] = {
        goal / name if folder else goal: text for name, text in files.items()
    }
    write_files(goal, places, public=[goal / "dispute.toml"] if folder else [])
    screen = Screen()
    told = [
        *written(voice, places),
        size(voice, len(dispute.parties), len(dispute.issues)),
        *noted(dispute.notes, screen.width),
        "",
        *to_look_over(voice, goal),
    ]
    for line in told:
        screen.line(line)
    return 0
