"""``hikiwake new``: start a dispute from a template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

MAX_NAME = 80


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the file or folder is called.")],
    where: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Where it is put.", show_default="here"),
    ] = Path(),
    template: Annotated[
        str,
        typer.Option(
            "--template",
            metavar="NAME",
            help="boundary, co-founders, couple, two-heirs or workplace.",
        ),
    ] = "two-heirs",
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
    """Start a dispute from a template, as a file to fill in. Nothing is ever overwritten."""
    from hikiwake.cli.sealed import tell
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.notices.disputes import to_fill_in, written
    from hikiwake.explain.notices.table import voice_for
    from hikiwake.formats.templates import template_files

    voice = voice_for(language, None)
    name = name.removesuffix(".toml")
    _check_name(name)
    files = template_files(template, folder)
    target = where / name if folder else where / f"{name}.toml"
    require_free(target)
    places: dict[Path, str | bytes] = {
        target / inside if folder else target: text for inside, text in files.items()
    }
    public = [path for path in places if path.parent.name != "preferences"]
    write_files(target, places, public=public)
    tell([*written(voice, places), "", *to_fill_in(voice, target)])
    return 0


def _check_name(name: str) -> None:
    usable = name.isprintable() and name.strip() == name and 0 < len(name) <= MAX_NAME
    if usable and not any(c in '/\\:*?"<>|' for c in name) and name[0] not in ".-":
        return
    raise _fault(
        f"Name {name[:MAX_NAME]!r}",
        "not usable as a file's name",
        f'1 to {MAX_NAME} characters, without / \\ : * ? " < > | and not beginning with . or -',
        "Choose another name; where it is put is the next argument.",
    )


def _fault(thing: str, found: str, expected: str, remedy: str) -> InputError:
    return InputError(Fault(thing, found, expected, "H19", remedy))
