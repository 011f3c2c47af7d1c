"""``hikiwake check``: what a certificate shows, worked out anew by a small program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.explain.notices.checked import Retelling

EPILOG = "Exit codes: 0 valid · 1 not valid · 2 a file cannot be used"
MAX_BYTES = 2**24


def command(
    certificate: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A certificate that `settle`, `robustness` or `plan` wrote: a full one, a "
            "party's, the public one, or a plan's.",
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
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            metavar="FILE",
            help="What shall belong to it: another certificate of the same settlement, or the "
            "opening. May be given more than once.",
            show_default=False,
        ),
    ] = None,
    preferences: options.Preferences = None,
    language: options.Language = None,
    as_json: options.AsJson = False,
) -> int:
    """Check a certificate: claim by claim what it shows, or the claim that fails and why."""
    from hikiwake.api import check, load
    from hikiwake.cli.progress import working
    from hikiwake.explain.language.voice import LANGUAGES, speakable
    from hikiwake.explain.notices.checked import Retelling

    spoken = speakable(language) or language or LANGUAGES[0]
    files = options.preference_files(preferences)
    if files and dispute is None:
        raise InputError(_nothing_to_prefer())
    text = read(certificate)
    _require_a_certificate(certificate, text)
    texts = _by_kind({certificate: text}, beside or [])
    teller = Retelling(spoken, _parties(texts.get("full", text)))
    if texts:
        from hikiwake.cli.together import check_together

        return check_together(texts, dispute, files, None if as_json else teller)
    about = None if dispute is None else load(dispute, preferences=files)
    with working("Checking"):
        verdict = check(text, about)
    if as_json:
        from hikiwake.cli.screen import print_json

        print_json(_json(verdict))
    else:
        _print(verdict, teller, about is not None, text)
    return 0 if verdict.valid else 1


def _require_a_certificate(path: Path, text: bytes) -> None:
    """Refuse what does not even say that it is one: to call it not valid would mislead."""
    if b'"hikiwake_' not in text:
        expected = "A certificate that `settle`, `robustness` or `plan` wrote"
        remedy = "Name what one of them wrote with --certificate."
        fault = Fault(f"Path {str(path)!r}", "no certificate", expected, "H19", remedy)
        raise InputError(fault)


def _by_kind(first: dict[Path, bytes], beside: list[Path]) -> dict[str, bytes]:
    """Return the files that are looked at together by their kinds; none for a full one alone."""
    from hikiwake.api import kind_of_certificate

    found: dict[str, bytes] = {}
    for path, text in (first | {path: read(path) for path in beside}).items():
        kind = kind_of_certificate(text)
        if not beside and kind in (None, "full", "plan"):
            return {}
        if kind in (None, "plan") or kind in found:
            raise InputError(_not_beside(path, kind))
        found[kind] = text
    return found


def _nothing_to_prefer() -> Fault:
    return Fault(
        "Option --preferences",
        "given without a dispute",
        "DISPUTE, whose preferences are in part elsewhere",
        "H19",
        "Name the dispute after the certificate, or leave the option out.",
    )


def _found(kind: str | None) -> str:
    known = {None: "no such certificate", "plan": "the certificate of a plan"}
    return known.get(kind, f"the second file of the kind {kind!r}")


def _not_beside(path: Path, kind: str | None) -> Fault:
    return Fault(
        f"Path {str(path)!r}",
        _found(kind),
        "One each of a party's certificate, the public one, the full one, its opening",
        "H19",
        "Leave it out, or check it by itself.",
    )


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


def _parties(text: bytes) -> tuple[str, ...]:
    """Return the ids of the parties as a full certificate holds them; none where it does not."""
    try:
        return tuple(map(str, json.loads(text)["dispute"]["parties"]))
    except (ValueError, LookupError, TypeError, RecursionError):
        return ()


def _json(verdict: Any) -> dict[str, Any]:
    return {
        "hikiwake": 1,
        "valid": verdict.valid,
        "claims": list(verdict.claims),
        "cases": verdict.cases,
        "failure": verdict.failure
        and {"code": verdict.failure.code, "words": verdict.failure.words},
    }


def _print(verdict: Any, teller: Retelling, bound: bool, text: bytes) -> None:
    from hikiwake.api import kind_of_certificate
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.language.layout import clean, wrap

    screen, plan = Screen(), kind_of_certificate(text) == "plan"
    screen.line(teller.verdict(verdict.valid), "good" if verdict.valid else "bad")
    for claim in verdict.claims:
        for line in wrap(teller.bullet(claim), screen.width, hang="  "):
            screen.line(line)
    if verdict.failure is not None:
        robust = b'"hikiwake_robust"' in text
        why = teller.failure(verdict.failure.code, verdict.failure.words, robust)
        where = f" {teller.described(plan)}" if verdict.failure.code == "shape" else ""
        for line in wrap(clean(why + where), screen.width):
            screen.line(line)
        return
    screen.line(teller.cases(verdict.cases, plan))
    if not bound and not plan:
        screen.line(teller.unbound())
