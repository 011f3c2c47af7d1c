"""Settling for the commands that build on a settlement, and what they tell if time was up first."""

from __future__ import annotations

from typing import Any

from hikiwake.cli import options

UNDECIDED = 3


def settle_in_time(dispute: Any, rule: str = "draw", time_limit: float | None = None) -> Any:
    """Return the settlement of a dispute, searched for no longer than ``settle`` does."""
    from hikiwake.api import settle
    from hikiwake.cli.progress import working

    limit = options.seconds(time_limit) or options.SECONDS
    with working("Searching all packages"):
        return settle(dispute, rule, time_limit=limit)


def cut_short(settlement: Any) -> bool:
    """Tell whether time was up before it was certain what is settled on.

    A package that a direct rule made is certain, even where it cannot be compared.
    """
    return settlement.status.value == "undecided" and not settlement.direct


def tell_undecided(
    dispute: Any, settlement: Any, audience: str, language: str | None, as_json: bool = False
) -> int:
    """Tell what ``settle`` tells if time was up, and return its exit code."""
    if as_json:
        from hikiwake.cli.screen import print_json
        from hikiwake.formats.results.settled import settlement_json

        print_json(settlement_json(dispute, settlement, audience))
        return UNDECIDED
    from hikiwake.cli.screen import Screen
    from hikiwake.cli.telling import show
    from hikiwake.explain import tell

    show(Screen(), tell(dispute, settlement, audience, language), settlement.status.value)
    return UNDECIDED
