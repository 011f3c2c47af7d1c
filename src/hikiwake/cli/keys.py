"""``hikiwake keys``: make the keys that seal and sign, look at them, and keep a backup."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hikiwake.errors import Fault, InputError

HELP = "Make the keys that seal and sign, compare them, and keep a backup under a passphrase."
EPILOG = "Exit codes: 0 done · 2 the input cannot be used"

Passphrase = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="Take the passphrase from the first line of a file, instead of asking.",
        show_default=False,
    ),
]
Target = Annotated[
    Path, typer.Argument(metavar="TARGET", help="What is written.", show_default=False)
]


def new(
    who: Annotated[
        str, typer.Argument(metavar="WHO", help="The party's id in the dispute, or `mediator`.")
    ],
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where they are put.", show_default="here")
    ] = Path(),
) -> int:
    """Make keys: WHO.keys stays secret (mode 0600), WHO.card goes to everybody."""
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.sealing.canonical import as_file
    from hikiwake.sealing.keys import new_keys

    keys = new_keys(who)
    secret, public = folder / f"{who}.keys", folder / f"{who}.card"
    for path in (secret, public):
        require_free(path)
    write_files(
        secret, {secret: as_file(keys.data), public: as_file(keys.card.data)}, public=[public]
    )
    typer.echo(f"Written: {secret} (secret; readable by you only)")
    typer.echo(f"Written: {public} (for everybody)")
    typer.echo(f"Fingerprint: {keys.card.fingerprint}")
    typer.echo(f"\nKeep a backup somewhere else:\n  hikiwake keys backup {secret} {who}.backup")
    return 0


def show(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A card, or your own keys.", show_default=False)
    ],
) -> int:
    """Show whose card or keys a file holds, with the fingerprint that you compare by telephone."""
    from hikiwake.sealing.canonical import read
    from hikiwake.sealing.keys import KEYS, Card, read_keys

    data = read(file)
    card = read_keys(file).card if data.get("form") == KEYS else Card.from_data(data, file.name)
    typer.echo(f"{card.who}\nFingerprint: {card.fingerprint}")
    return 0


def backup(
    keys: Annotated[
        Path, typer.Argument(metavar="KEYS", help="Your own keys.", show_default=False)
    ],
    target: Target,
    passphrase_file: Passphrase = None,
) -> int:
    """Write a backup of keys that only a passphrase opens. It may lie anywhere."""
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.sealing.backup import locked
    from hikiwake.sealing.canonical import as_file
    from hikiwake.sealing.keys import read_keys

    require_free(target)
    own = read_keys(keys)
    made = locked(own, _passphrase(passphrase_file, twice=True))
    write_files(target, {target: as_file(made)})
    typer.echo(f"Written: {target}\nWithout the passphrase nobody can open it, nor can you.")
    return 0


def restore(
    backup: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="The backup.", show_default=False)
    ],
    target: Target,
    passphrase_file: Passphrase = None,
) -> int:
    """Write the keys of a backup again, readable by you only."""
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.sealing.backup import unlocked
    from hikiwake.sealing.canonical import as_file, read

    require_free(target)
    keys = unlocked(read(backup), _passphrase(passphrase_file, twice=False), backup.name)
    write_files(target, {target: as_file(keys.data)})
    typer.echo(f"Written: {target} ({keys.who}; secret)\nFingerprint: {keys.card.fingerprint}")
    return 0


SUBCOMMANDS = {"new": new, "show": show, "backup": backup, "restore": restore}


def _passphrase(file: Path | None, twice: bool) -> str:
    if file is None and not sys.stdin.isatty():
        raise InputError(
            Fault(
                "The passphrase",
                "nobody to ask here",
                "A terminal to type it in, or a file",
                "H23",
                "Name the file with --passphrase-file.",
            )
        )
    if file is None:
        return typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice)
    try:
        return file.read_text("utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise InputError(
            Fault(
                "Option --passphrase-file",
                "no text that can be read there",
                "A file whose first line is the passphrase",
                "H23",
                "Check the path.",
            )
        ) from None
