"""Talks within a budget, metered by what each side was told, shown and given to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hikiwake.findings.talks import Talks

if TYPE_CHECKING:
    from hikiwake.options.adjusting.by_hand import Adjusting
    from hikiwake.options.disclosure.words import Talking


def talk(adjusting: Adjusting, talks: Talks) -> Talking:
    """Return talks in which all sides are told coarse words, within a budget fixed beforehand."""
    from hikiwake.api.reading import text_for
    from hikiwake.options.disclosure.meter import Disclosure
    from hikiwake.options.disclosure.words import Talking

    disclosure = Disclosure(adjusting, talks.budget.hiding, text_for)
    return Talking(adjusting, talks, disclosure)
