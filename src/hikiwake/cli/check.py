"""``hikiwake check``: what a certificate shows, worked out anew by a small program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

EPILOG = "Exit codes: 0 valid · 1 not valid · 2 a file cannot be read"
MAX_BYTES = 2**24


def command(
    certificate: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A certificate, as `settle` and `robustness` write it with --certificate.",
            show_default=False,
        ),
    ],
    dispute: Annotated[
        Path | None,
        typer.Argument(
            metavar="DISPUTE",
            help="The dispute that it shall be about; a certificate for another one is not valid.",
            show_default=False,
        ),
    ] = None,
    preferences: options.Preferences = None,
    as_json: options.AsJson = False,
) -> int:
    """Check a certificate: claim by claim what it shows, or the claim that fails and why."""
    from hikiwake.api import check, load
    from hikiwake.cli.progress import working

    text = read(certificate)
    about = None
    if dispute is not None:
        about = load(dispute, preferences=options.preference_files(preferences))
    with working("Checking"):
        verdict = check(text, about)
    if as_json:
        from hikiwake.cli.screen import print_json

        print_json(_json(verdict))
    else:
        _print(verdict, about is not None)
    return 0 if verdict.valid else 1


def read(path: Path) -> bytes:
    """Return what stands in a certificate's file.

    Raises
    ------
    InputError
        If it cannot be read (H19).
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            Fault(
                f"Path {str(path)!r}",
                (error.strerror or "cannot be read").lower(),
                "A certificate that can be read",
                "H19",
                "Check the path, and its rights.",
            )
        ) from None


def _json(verdict: Any) -> dict[str, Any]:
    return {
        "hikiwake": 1,
        "valid": verdict.valid,
        "claims": list(verdict.claims),
        "cases": verdict.cases,
        "failure": verdict.failure
        and {"code": verdict.failure.code, "words": verdict.failure.words},
    }


def _print(verdict: Any, bound: bool) -> None:
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.layout import clean, wrap

    screen = Screen()
    screen.line("Valid." if verdict.valid else "Not valid.", "good" if verdict.valid else "bad")
    for claim in verdict.claims:
        for line in wrap(f"• {clean(claim)}", screen.width, hang="  "):
            screen.line(line)
    if verdict.failure is not None:
        words = f"{verdict.failure.words} ({verdict.failure.code})."
        for line in wrap(clean(words[:1].upper() + words[1:]), screen.width):
            screen.line(line)
        return
    cases = "1 case" if verdict.cases == 1 else f"{verdict.cases:,} cases, each"
    screen.line(f"Checked: {cases} closed by one line of arithmetic.")
    if not bound:
        screen.line("It speaks of the dispute that it holds itself.")
