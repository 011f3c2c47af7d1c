"""Talks within a budget, and what a side reads in a text that was given to all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hikiwake.api.beside import alternatives, properties_of, remedies
from hikiwake.api.settling import settle
from hikiwake.errors import InputError
from hikiwake.findings.talks import Reading, Talks, Text
from hikiwake.model import Dispute

if TYPE_CHECKING:
    from hikiwake.options.adjusting.by_hand import Adjusting
    from hikiwake.options.disclosure.words import Talking


def talk(adjusting: Adjusting, talks: Talks) -> Talking:
    """Return talks in which all sides are told coarse words, within a budget fixed beforehand."""
    from hikiwake.options.disclosure.meter import Disclosure
    from hikiwake.options.disclosure.words import Talking

    disclosure = Disclosure(adjusting, talks.budget.hiding, text_for)
    return Talking(adjusting, talks, disclosure)


def text_for(dispute: Dispute, text: Text, reader: str) -> str:
    """Return what a side reads, as the commands make it for that side, in its own language.

    Where there is no such text it is what is said instead.
    """
    from hikiwake.explain import tell, tell_alternatives

    try:
        if text.kind is Reading.ALTERNATIVES:
            found = alternatives(dispute, text.count, within=text.within)
            return tell_alternatives(dispute, found, reader).text()
        settlement = settle(dispute)
        wanted = text.kind is Reading.REMEDIES
        remedied = remedies(dispute, settlement) if wanted else None
        verdicts = properties_of(dispute, settlement)
        return tell(dispute, settlement, reader, None, verdicts, remedied).text()
    except InputError as refused:
        return str(refused)
