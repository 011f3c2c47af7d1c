"""Arguments and options that several commands take, worded once."""

from __future__ import annotations

from math import inf
from pathlib import Path
from typing import Annotated

import typer

from hikiwake.errors import Fault, InputError

Dispute = Annotated[
    Path,
    typer.Argument(
        metavar="PATH",
        help="The dispute: a file (TOML or JSON), a folder with dispute.toml and preferences/, "
        "or what another program wrote: a folder or a score sheet.",
        show_default=False,
    ),
]
Rule = Annotated[
    str,
    typer.Option(
        "--rule",
        metavar="NAME",
        help="draw, kalai_smorodinsky, nash, egalitarian, leximin, utilitarian, "
        "adjusted_winner, proportional, picking, talmud, claims_proportional, "
        "constrained_equal_awards, constrained_equal_losses, ibn_ezra, knaster, or rent.",
    ),
]
Audience = Annotated[
    str,
    typer.Option(
        "--audience",
        "--for",
        metavar="mediator|PARTY|joint",
        help="Who will read it. A party is shown nothing of another's points.",
    ),
]
OneReader = Annotated[
    str,
    typer.Option(
        "--audience",
        "--for",
        metavar="mediator|PARTY",
        help="Who will read it. A party is shown its own side, from its own points alone.",
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="en|ja|ru",
        help="The language of the text; default: the party's own, else English.",
        show_default=False,
    ),
]
Said = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="en|ja|ru",
        help="The language of what is said; default: English. Faults and notes are in English.",
        show_default=False,
    ),
]
Preferences = Annotated[
    list[str] | None,
    typer.Option(
        "--preferences",
        metavar="PARTY=FILE",
        help="Take this party's preference from another file. May be given more than once.",
        show_default=False,
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        help="Stop searching after so long, with the best so far and a bound (exit code 3).",
        show_default=False,
    ),
]
SECONDS = 300.0  # unless a limit is given: nobody should wait without knowing for what
FewestShares = Annotated[
    bool,
    typer.Option(
        "--fewest-shares",
        metavar="",
        help="Of the packages worth as much to every side, show one that divides the fewest "
        "shared issues.",
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", metavar="", help="Print one JSON object; fractions are text.")
]


def require_picture(plot: Path | None) -> None:
    """Refuse a place where the picture that was asked for cannot be drawn, before searching.

    Raises
    ------
    InputError
        With what to do (H18, H19).
    """
    if plot is not None:
        from hikiwake.plots.canvas import require_drawable

        require_drawable(plot)


def for_the_mediator(option: str, audience: str, expected: str) -> None:
    """Refuse an option that tells one side about another, unless the mediator asked (H14).

    Raises
    ------
    InputError
        If somebody else will read it.
    """
    if audience != "mediator":
        raise InputError(
            Fault(
                f"Option {option}",
                f"asked for audience {audience[:80]!r}",
                expected,
                "H14",
                "Leave it out, or ask as the mediator.",
            )
        )


def seconds(given: float | None) -> float | None:
    """Return a time limit, if one is given.

    Raises
    ------
    InputError
        If it is no time that can pass.
    """
    if given is None or 0 < given < inf:
        return given
    raise InputError(
        Fault(
            "Option --time-limit",
            f"{given:g} found",
            "A number of seconds above 0",
            "H18",
            "Leave it out for the usual limit.",
        )
    )


def preference_files(given: list[str] | None) -> dict[str, Path]:
    """Return which party takes its preference from which file.

    Raises
    ------
    InputError
        If one of them does not read PARTY=FILE.
    """
    files: dict[str, Path] = {}
    for text in given or []:
        party, equals, file = text.partition("=")
        if not (party and equals and file):
            raise InputError(
                Fault(
                    "Option --preferences",
                    f"{text[:80]!r} found",
                    "A party's id and a file, such as ann=preferences/ann.toml",
                    "H19",
                    "Write PARTY=FILE, without blanks around the sign.",
                )
            )
        files[party] = Path(file)
    return files
