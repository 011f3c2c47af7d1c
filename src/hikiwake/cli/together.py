"""``hikiwake check`` of what one side or everybody holds, and of certificates that go together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.notices.checked import Retelling


def check_together(
    texts: Mapping[str, bytes],
    dispute: Path | None,
    preferences: dict[str, Path],
    teller: Retelling | None,
) -> int:
    """Print what they show together and what must be taken on trust; 0 if they are valid, else 1.

    Without a ``teller`` that is one JSON object.

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
    if teller is None:
        from hikiwake.cli.screen import print_json

        print_json(_json(found, texts))
    else:
        _print(found, teller)
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


def _print(found: Any, teller: Retelling) -> None:
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.language.layout import clean, wrap

    screen = Screen()
    if not found.valid:
        screen.line(teller.verdict(valid=False), "bad")
        for line in wrap(clean(teller.failure_together(found.code, found.failure)), screen.width):
            screen.line(line)
        return
    screen.line(teller.verdict(valid=True, shows=bool(found.claims)), "good")
    _list(screen, map(teller.bullet, found.claims))
    if found.cases:
        screen.line(teller.cases(found.cases))
    if found.trust:
        screen.line(teller.on_trust())
        _list(screen, map(teller.bullet, found.trust))


def _list(screen: Screen, bullets: Iterable[str]) -> None:
    from hikiwake.explain.language.layout import wrap

    for bullet in bullets:
        for line in wrap(bullet, screen.width, hang="  "):
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
