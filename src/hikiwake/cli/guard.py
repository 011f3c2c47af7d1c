"""What stands around every command: errors become messages and exit codes, never a traceback."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from hikiwake.errors import InputError

INPUT_UNUSABLE = 2
INTERRUPTED = 130
INTERNAL = 70
UNWRITTEN = 74
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
DEBUG = "HIKIWAKE_DEBUG"


def guarded(command: Callable[..., int | None]) -> Callable[..., None]:
    """Return the command with its result as the exit code, and with its errors told in words."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        code: int | None = 0
        try:
            _require_spoken(kwargs.get("language"))
            code = command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.BadParameter):
            raise
        except InputError as error:
            code = _tell(error)
        except (KeyboardInterrupt, typer.Abort):
            code = INTERRUPTED
        except Exception as error:
            if isinstance(error, BrokenPipeError) or has_no_room(error):
                raise
            code = _tell_unexpected(error)
        if code:
            raise typer.Exit(code)

    return wrapped


def _require_spoken(language: str | None) -> None:
    """Refuse a language that nothing is told in, before anything is searched or written.

    Raises
    ------
    UnknownName
        If there is no catalog for it (H3).
    """
    if language is not None:
        from hikiwake.explain.language.voice import Voice, speakable

        Voice(speakable(language) or language)


def has_no_room(error: Exception) -> bool:
    """Tell whether an error says that an output stream takes no more; of a file it has a name."""
    return isinstance(error, OSError) and error.errno in NO_ROOM and error.filename is None


def tell_unwritten(error: OSError) -> int:
    """Say, if that is possible, that the output is not whole, and return the exit code for it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # what is still held back must not fail again at the end
    with contextlib.suppress(OSError):
        sys.stderr.write(
            f"The output could not be written: {(error.strerror or 'unknown').lower()}.\n"
            "What stands there is not whole. Make room, or write to another place.\n"
        )
        sys.stderr.flush()
    return UNWRITTEN


def _tell(error: InputError) -> int:
    if os.environ.get(DEBUG):
        traceback.print_exc()
    from hikiwake.cli.faults import fault_lines
    from hikiwake.cli.screen import Screen

    screen = Screen(sys.stderr)
    for place, fault in enumerate(error.faults):
        if place:
            screen.line()
        for role, text in fault_lines(fault, screen.width):
            screen.line(text, role)
    return INPUT_UNUSABLE


def _tell_unexpected(error: Exception) -> int:
    if os.environ.get(DEBUG):
        traceback.print_exc()
        return INTERNAL
    frames = traceback.extract_tb(error.__traceback__)
    spot = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
    sys.stderr.write(
        f"Hikiwake stopped over a fault of its own ({type(error).__name__} at {spot}).\n"
        "The dispute is as it was. Please report this line and the command that you ran.\n"
        f"With {DEBUG}=1 the whole trace is shown; look it over before you send it:\n"
        "it may hold private numbers.\n"
    )
    return INTERNAL
