"""Opening: all seals together or none, and a yes that shows only if everybody said yes."""

from __future__ import annotations

from collections.abc import Mapping

from hikiwake.errors import Fault, InputError
from hikiwake.sealing import clock
from hikiwake.sealing.acts import ANSWER, PREFERENCE, Act
from hikiwake.sealing.canonical import Json, refused
from hikiwake.sealing.ground import VOID
from hikiwake.sealing.keys import Keys
from hikiwake.sealing.record import Record
from hikiwake.sealing.seals import YES, Seal, opened, whose


def open_preferences(
    record: Record, seals: Mapping[str, Seal], keeper: Keys, time: str | None = None
) -> dict[str, Json]:
    """Return the preferences that were sealed, by party, in the order of the ground rules.

    Parameters
    ----------
    record
        Where every seal that counts is entered.
    seals
        The seals themselves, by party, in any order.
    keeper
        The keys of who keeps the record.

    Raises
    ------
    InputError
        If somebody has not sealed yet and no deadline that was fixed beforehand says otherwise, or
        if any content is not what its commitment stands for: with every fault, whose it is, and
        nothing of what was sealed (H14, H23).
    """
    _require_keeper(record, keeper)
    entered = record.sealed(PREFERENCE)
    missing = [party for party in record.rules.party_ids if party not in entered]
    if missing:
        _require_deadline(record, missing, len(entered), time or clock.now())
    return {party: content["content"] for party, content in _opened(record, entered, seals, keeper)}


def all_say_yes(record: Record, seals: Mapping[str, Seal], keeper: Keys) -> bool:
    """Tell whether every party said yes to what was settled on last, and nothing more than that.

    With two parties a no tells the one who said yes what the other said: nothing can hide that.

    Raises
    ------
    InputError
        If nothing was settled on, an answer is missing, or one is not what its commitment stands
        for (H23).
    """
    _require_keeper(record, keeper)
    if record.package is None:
        raise refused(
            "The answers",
            "nothing was settled on yet",
            "An act `settle` in the record",
            "Enter it first.",
        )
    entered = record.sealed(ANSWER, record.package)
    missing = [party for party in record.rules.party_ids if party not in entered]
    if missing:
        raise refused(
            "The answers",
            f"none yet from {', '.join(missing)}",
            "Everybody's, sealed: they open together or not at all",
            "Wait for them.",
        )
    found = _opened(record, entered, seals, keeper)
    return all(content["content"]["answer"] == YES for _, content in found)


def _opened(
    record: Record, entered: Mapping[str, Act], seals: Mapping[str, Seal], keeper: Keys
) -> list[tuple[str, Json]]:
    """Return every content in the order of the parties, or raise what is wrong with any of them."""
    found: list[tuple[str, Json]] = []
    faults: list[Fault] = []
    for party in record.rules.party_ids:
        if party not in entered:
            continue
        try:
            seal = _entered_seal(entered[party], seals.get(party))
            found.append((party, opened(seal, keeper, record.rules).data))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(*faults)
    return found


def _entered_seal(act: Act, seal: Seal | None) -> Seal:
    if seal is None or seal.act != act:
        found = "missing" if seal is None else "another seal than the record has"
        raise refused(
            whose(act),
            found,
            "The seal that was entered last",
            f"Nothing was opened. Ask {act.by} for it.",
        )
    return seal


def _require_keeper(record: Record, keeper: Keys) -> None:
    if keeper.card.opening != record.rules.keeper.opening or keeper.who != record.rules.keeper.who:
        raise refused(
            f"The keys of {keeper.who!r}",
            "not those that open these seals",
            f"The keys of {record.rules.keeper.who!r}, as the ground rules name them",
            "Use those.",
        )


def _require_deadline(record: Record, missing: list[str], there: int, time: str) -> None:
    rules = record.rules
    if rules.deadline is None:
        expected, remedy = "Everybody's: they open together or not at all", "Wait for them."
    elif time <= rules.deadline:
        expected = f"Everybody's, until the deadline at {rules.deadline}"
        remedy = "Wait for them, or for the deadline."
    elif rules.after_deadline == VOID or not there:
        expected = f"Everybody's by {rules.deadline}, or nothing is ever opened"
        remedy = "Agree on new ground rules, and seal again."
    else:
        return
    raise refused("The seals", f"none yet from {', '.join(missing)}", expected, remedy)
