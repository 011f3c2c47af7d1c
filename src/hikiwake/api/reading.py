"""What a reader is given: the very text, or JSON, that the commands make for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hikiwake.api.beside import (
    alternatives,
    honesty,
    partial,
    properties_of,
    remedies,
    robustness,
)
from hikiwake.api.settling import settle
from hikiwake.explain import (
    JOINT,
    Telling,
    tell,
    tell_alternatives,
    tell_honesty,
    tell_partial,
    tell_robustness,
)
from hikiwake.findings.texts import Reading, Text
from hikiwake.formats.results.asked import partial_json
from hikiwake.formats.results.honesty import honesty_json
from hikiwake.formats.results.offered import alternatives_json
from hikiwake.formats.results.remedied import remedies_json
from hikiwake.formats.results.settled import settlement_json
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import Dispute

if TYPE_CHECKING:
    from hikiwake.formats.results.settled import Json

Made = tuple[Callable[[str], Telling], Callable[[str], "Json"]]  # for a reader, in its language


def text_for(dispute: Dispute, text: Text, reader: str) -> str:
    """Return what a side reads, byte by byte, in its own language.

    Raises
    ------
    InputError
        Where the command makes no such text.
    """
    told, written = _MADE[text.kind](dispute, text)
    audience = JOINT if text.joint else reader
    return json.dumps(written(audience)) if text.as_json else told(audience).text()


def _partial(dispute: Dispute, text: Text) -> Made:
    found = partial(dispute, text.rule)
    return lambda who: tell_partial(dispute, found, who), lambda who: partial_json(found, who)


def _settled(dispute: Dispute, text: Text) -> Made:
    settlement = settle(dispute, text.rule, fewest_shares=text.fewest_shares)
    with_remedies = text.kind is Reading.REMEDIES
    found = remedies(dispute, settlement) if with_remedies else None

    def told(who: str) -> Telling:
        verdicts = properties_of(dispute, settlement)
        return tell(dispute, settlement, who, None, verdicts, found)

    def written(who: str) -> Json:
        also = remedies_json(found, who, dispute.tolerance) if with_remedies else {}
        return settlement_json(dispute, settlement, who) | also

    return told, written


def _alternatives(dispute: Dispute, text: Text) -> Made:
    found = alternatives(dispute, text.count, within=text.within, agreed=text.agreed)
    return (
        lambda who: tell_alternatives(dispute, found, who),
        lambda who: alternatives_json(found, who),
    )


def _robustness(dispute: Dispute, text: Text) -> Made:
    found = robustness(dispute, settle(dispute), text.error, text.seed)
    return lambda who: tell_robustness(dispute, found, who), lambda who: robustness_json(found, who)


def _honesty(dispute: Dispute, text: Text) -> Made:
    found = honesty(dispute, settle(dispute), text.seed)
    return lambda who: tell_honesty(dispute, found, who), lambda who: honesty_json(found, who)


_MADE: Mapping[Reading, Callable[[Dispute, Text], Made]] = {
    Reading.PARTIAL: _partial,
    Reading.SETTLEMENT: _settled,
    Reading.ALTERNATIVES: _alternatives,
    Reading.IMPROVEMENTS: _alternatives,
    Reading.REMEDIES: _settled,
    Reading.ROBUSTNESS: _robustness,
    Reading.HONESTY: _honesty,
}
