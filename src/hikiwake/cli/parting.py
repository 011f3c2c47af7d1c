"""``hikiwake settle --partial``: what can be settled while the rest stays open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hikiwake.errors import Fault, InputError


def settle_in_part(dispute: Any, rule: str, reader: tuple[str, str | None], as_json: bool) -> int:
    """Print the largest parts that settle as a draw; 0 if there is one, 1 if not.

    ``reader`` is the audience, and the language asked for.
    """
    from hikiwake.api import partial
    from hikiwake.cli.progress import working
    from hikiwake.cli.screen import Screen, print_json
    from hikiwake.cli.telling import show

    audience, language = reader
    with working("Settling every part"):
        found = partial(dispute, rule)
    if as_json:
        from hikiwake.formats.results.asked import partial_json

        print_json(partial_json(found, audience))
    else:
        from hikiwake.explain import tell_partial

        status = "draw" if found.agreements else "uneven"
        show(Screen(), tell_partial(dispute, found, audience, language), status)
    return 0 if found.agreements else 1


def refuse(options: Mapping[str, bool]) -> None:
    """Refuse what is told of a whole settlement only.

    Raises
    ------
    InputError
        If it was asked for as well.
    """
    for option, asked in options.items():
        if asked:
            raise InputError(
                Fault(
                    "Option --partial",
                    f"together with {option}",
                    "Parts are told without it",
                    "H18",
                    f"Leave out one of the two; `settle {option}` looks at the whole dispute.",
                )
            )
