"""``hikiwake export``: a dispute in the files of another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hikiwake.cli import options

EPILOG = (
    "Exit codes: 0 written · 2 the source cannot be used or written so, or the target is not free"
)


def command(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help="A dispute: a file, a folder, or anything that import reads.",
            show_default=False,
        ),
    ],
    target: Annotated[
        Path,
        typer.Argument(
            metavar="TARGET",
            help="What is written: a folder, or a file whose name ends in .xlsx or .csv.",
            show_default=False,
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="genius, geniusweb, negmas, csv or xlsx; without it, what TARGET ends in.",
            show_default=False,
        ),
    ] = None,
    language: options.Said = None,
) -> int:
    """Write a dispute for another program, everybody's points in it. Nothing is overwritten."""
    from hikiwake.api import load
    from hikiwake.cli.screen import Screen
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.notices.disputes import noted, to_hand_out, written
    from hikiwake.explain.notices.table import voice_for
    from hikiwake.formats.convert import exported

    voice = voice_for(language, None)
    suffix = target.suffix.lower()
    chosen = form or _told_by(target)
    goal = Path(f"{target}.xlsx") if chosen == "xlsx" and suffix != ".xlsx" else target
    require_free(goal)
    made = exported(load(source), chosen, single=suffix == ".csv")
    places = {goal / name if name else goal: data for name, data in made.files.items()}
    write_files(goal, places)
    screen = Screen()
    width = screen.width
    told = [*written(voice, places), *noted(made.notes, width), *to_hand_out(voice, width)]
    for line in told:
        screen.line(line)
    return 0


def _told_by(target: Path) -> str:
    from hikiwake.errors import Fault, InputError
    from hikiwake.formats.convert import FORMS

    suffix = target.suffix.lower().removeprefix(".")
    if suffix in ("csv", "xlsx"):
        return suffix
    raise InputError(
        Fault(
            f"Target {str(target)!r}",
            "no format, and a name that does not tell it",
            f"One of {', '.join(FORMS)}",
            "H20",
            "Add it, such as: --to genius",
        )
    )
