"""``hikiwake check`` of what one side or everybody holds, and of certificates that go together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.cli.screen import Screen


def check_together(
    texts: Mapping[str, bytes], dispute: Path | None, preferences: dict[str, Path], as_json: bool
) -> int:
    """Print what they show together and what must be taken on trust; 0 if they are valid, else 1.

    Raises
    ------
    InputError
        If they cannot be looked at together, or the dispute cannot be used.
    """
    from hikiwake.api import check_together as together
    from hikiwake.cli.progress import working

    if not texts.keys() & {"party", "public"}:
        raise InputError(_nothing_to_show(texts))
    if ("full" in texts) != ("opening" in texts):
        raise InputError(_not_both(texts))
    about = None if dispute is None else _dispute(dispute, preferences, texts)
    with working("Checking"):
        found = together(texts, about)
    if as_json:
        from hikiwake.cli.screen import print_json

        print_json(_json(found, texts))
    else:
        _print(found)
    return 0 if found.valid else 1


def _dispute(path: Path, preferences: dict[str, Path], texts: Mapping[str, bytes]) -> Any:
    """Return the dispute, or for a party's own eyes the part that it may know."""
    from hikiwake.api import load
    from hikiwake.formats.native import read_public

    if "full" in texts:
        return load(path, preferences=preferences)
    if "party" not in texts:
        raise InputError(_says_nothing())
    return read_public(path, preferences) if preferences else load(path)


def _json(found: Any, texts: Mapping[str, bytes]) -> dict[str, Any]:
    failure = None if found.valid else {"code": found.code, "words": found.failure}
    return {
        "hikiwake": 1,
        "kinds": sorted(texts),
        "valid": found.valid,
        "claims": list(found.claims),
        "trust": list(found.trust),
        "cases": found.cases,
        "failure": failure,
    }


def _print(found: Any) -> None:
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.layout import clean, wrap

    screen = Screen()
    if not found.valid:
        screen.line("Not valid.", "bad")
        for line in wrap(clean(found.failure), screen.width):
            screen.line(line)
        return
    if found.claims:
        screen.line("Valid.", "good")
        _list(screen, found.claims)
    else:
        screen.line("Well formed. By itself it shows nothing.", "good")
    if found.cases:
        cases = "1 case" if found.cases == 1 else f"{found.cases:,} cases, each"
        screen.line(f"Checked: {cases} closed by one line of arithmetic.")
    if found.trust:
        screen.line("To be taken on trust:")
        _list(screen, found.trust)


def _list(screen: Screen, sentences: tuple[str, ...]) -> None:
    from hikiwake.explain.layout import clean, wrap

    for sentence in sentences:
        for line in wrap(f"• {clean(sentence)}", screen.width, hang="  "):
            screen.line(line)


def _nothing_to_show(texts: Mapping[str, bytes]) -> Fault:
    return Fault(
        "The files",
        f"{' and '.join(sorted(texts))} only",
        "A party's certificate or the public one among them",
        "H19",
        "Add one with --with; a full certificate is checked by itself.",
    )


def _not_both(texts: Mapping[str, bytes]) -> Fault:
    missing = "opening" if "full" in texts else "full certificate"
    return Fault(
        "The files",
        f"no {missing}",
        "The full certificate and its opening, or neither: a commitment opens with both",
        "H19",
        f"Add the {missing} with --with.",
    )


def _says_nothing() -> Fault:
    return Fault(
        "The public certificate",
        "a dispute beside it",
        "No dispute: a public certificate says nothing about the numbers of one",
        "H19",
        "Leave the dispute out, or add the full certificate and its opening with --with.",
    )
