"""``hikiwake keys``: make the keys that seal and sign, look at them, and keep a backup."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.explain.language.voice import Voice

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
    language: options.Language = None,
) -> int:
    """Make keys: WHO.keys stays secret (mode 0600), WHO.card goes to everybody."""
    from hikiwake.cli.sealed import tell
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.notices.keys import made
    from hikiwake.explain.notices.table import voice_for
    from hikiwake.sealing.canonical import as_file
    from hikiwake.sealing.keys import new_keys

    voice = voice_for(language, None)
    keys = new_keys(who)
    secret, public = folder / f"{who}.keys", folder / f"{who}.card"
    for path in (secret, public):
        require_free(path)
    write_files(
        secret, {secret: as_file(keys.data), public: as_file(keys.card.data)}, public=[public]
    )
    tell(made(voice, secret, public, keys.card.fingerprint, who))
    return 0


def show(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A card, or your own keys.", show_default=False)
    ],
    language: options.Language = None,
) -> int:
    """Show whose card or keys a file holds, with the fingerprint that you compare by telephone."""
    from hikiwake.cli.sealed import tell
    from hikiwake.explain.notices.keys import shown
    from hikiwake.explain.notices.table import voice_for
    from hikiwake.sealing.canonical import read
    from hikiwake.sealing.keys import KEYS, Card, read_keys

    voice = voice_for(language, None)
    data = read(file)
    card = read_keys(file).card if data.get("form") == KEYS else Card.from_data(data, file.name)
    tell(shown(voice, card.who, card.fingerprint))
    return 0


def backup(
    keys: Annotated[
        Path, typer.Argument(metavar="KEYS", help="Your own keys.", show_default=False)
    ],
    target: Target,
    passphrase_file: Passphrase = None,
    language: options.Language = None,
) -> int:
    """Write a backup of keys that only a passphrase opens. It may lie anywhere."""
    from hikiwake.cli.sealed import tell
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.notices.keys import backed_up
    from hikiwake.explain.notices.table import voice_for
    from hikiwake.sealing.backup import locked
    from hikiwake.sealing.canonical import as_file
    from hikiwake.sealing.keys import read_keys

    voice = voice_for(language, None)
    require_free(target)
    own = read_keys(keys)
    made = locked(own, _passphrase(passphrase_file, voice, twice=True))
    write_files(target, {target: as_file(made)})
    tell(backed_up(voice, target))
    return 0


def restore(
    backup: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="The backup.", show_default=False)
    ],
    target: Target,
    passphrase_file: Passphrase = None,
    language: options.Language = None,
) -> int:
    """Write the keys of a backup again, readable by you only."""
    from hikiwake.cli.sealed import tell
    from hikiwake.cli.target import require_free, write_files
    from hikiwake.explain.notices.keys import restored
    from hikiwake.explain.notices.table import voice_for
    from hikiwake.sealing.backup import unlocked
    from hikiwake.sealing.canonical import as_file, read

    voice = voice_for(language, None)
    require_free(target)
    keys = unlocked(read(backup), _passphrase(passphrase_file, voice, twice=False), backup.name)
    write_files(target, {target: as_file(keys.data)})
    tell(restored(voice, target, keys.who, keys.card.fingerprint))
    return 0


SUBCOMMANDS = {"new": new, "show": show, "backup": backup, "restore": restore}


def _passphrase(file: Path | None, voice: Voice, twice: bool) -> str:
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
        from hikiwake.explain.notices.keys import prompts

        first, again = prompts(voice)
        return typer.prompt(first, hide_input=True, confirmation_prompt=again if twice else False)
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
