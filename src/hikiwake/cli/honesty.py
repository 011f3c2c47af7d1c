"""``hikiwake robustness --honesty``: what misstating could gain, and what it would risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

WHOSE = "Whose figures these are is for the mediator, and only if the parties agreed to it"


def tell(
    settled: tuple[Any, Any],
    audience: str,
    language: str | None,
    seed: int,
    shown: tuple[bool, bool],
) -> int:
    """Show what misstating could gain in a dispute, as text or as JSON; return the exit code.

    ``settled`` is the dispute and its settlement. ``shown`` says whether sides are named, and
    whether it is JSON.
    """
    from hikiwake.api import honesty
    from hikiwake.cli.progress import working

    (dispute, settlement), (named, as_json) = settled, shown
    with working("Looking for what misstating could gain"):
        found = honesty(dispute, settlement, seed)
    if as_json:
        from hikiwake.cli.screen import print_json
        from hikiwake.formats.results.honesty import honesty_json

        print_json(honesty_json(found, audience, named))
    else:
        from hikiwake.cli.screen import Screen
        from hikiwake.cli.telling import show
        from hikiwake.explain import tell_honesty

        telling = tell_honesty(dispute, found, audience, language, named)
        show(Screen(), telling, "no_agreement" if found is None else "")
    return 1 if found is None else 0


def require_agreed(dispute: Any, name_sides: bool) -> None:
    """Refuse to name sides where the parties did not agree to it beforehand.

    Raises
    ------
    InputError
        If so (H14).
    """
    if name_sides and not dispute.name_sides:
        raise InputError(
            Fault(
                "Option --name-sides",
                "given, but the parties did not agree to it",
                "A public `name_sides = true` in the dispute, fixed before anybody seals",
                "H14",
                "Leave the option out, or let all sides agree and answer anew.",
            )
        )


def check(honesty: bool, name_sides: bool, audience: str, others: Mapping[str, bool]) -> None:
    """Refuse what does not go together.

    Raises
    ------
    InputError
        If sides are to be named to somebody who is no mediator, or not about honesty at all (H14);
        or if something was asked that belongs to the other question.
    """
    if name_sides and not honesty:
        raise InputError(
            Fault(
                "Option --name-sides",
                "given without --honesty",
                "It says whose figures --honesty tells",
                "H14",
                "Add --honesty, or leave it out.",
            )
        )
    if name_sides:
        options.for_the_mediator("--name-sides", audience, WHOSE)
    for option in (name for name, given in others.items() if given and honesty):
        raise InputError(
            Fault(
                f"Option {option}",
                "given with --honesty",
                "It belongs to how sure the points are, not to what misstating could gain",
                "H28",
                "Ask one after the other.",
            )
        )
