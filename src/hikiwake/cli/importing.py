"""``hikiwake import``: what another program wrote, in Hikiwake's own format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from hikiwake.cli.screen import Screen

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
) -> int:
    """Write what another program wrote in our own format. Nothing is ever overwritten."""
    from hikiwake.api import load
    from hikiwake.cli.screen import Screen
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.formats.convert import files_of

    goal = target if folder or target.suffix.lower() == ".toml" else Path(f"{target}.toml")
    require_free(goal)
    dispute = load(source)
    files = files_of(dispute, folder)
    places: dict[Path, str | bytes] = {
        goal / name if folder else goal: text for name, text in files.items()
    }
    write_files(goal, places, public=[goal / "dispute.toml"] if folder else [])
    screen = Screen()
    for path in places:
        screen.line(f"Written: {path}")
    _print_notes(screen, dispute)
    screen.line()
    screen.line(f"Look it over, then:\n  hikiwake validate {goal}\n  hikiwake settle {goal}")
    return 0


def _print_notes(screen: Screen, dispute: Any) -> None:
    from hikiwake.explain.layout import clean, wrap

    parties, issues = len(dispute.parties), len(dispute.issues)
    screen.line(f"{parties} parties, {issues} {'issue' if issues == 1 else 'issues'}.")
    for note in dispute.notes:
        for line in wrap(f"• {clean(note)}", screen.width, hang="  "):
            screen.line(line)
