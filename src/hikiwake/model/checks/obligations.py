"""What makes an agreement's obligations valid. Nothing here repeats a private number (H14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from hikiwake.errors import Fault
from hikiwake.model.checks.ids import id_faults, unknown

if TYPE_CHECKING:
    from hikiwake.model.obligation import Account, Agreement, Obligation

MAX_OBLIGATIONS = 200
MAX_PARTS = 12


def faults(agreement: Agreement) -> Iterator[Fault]:
    """Yield every fault of an agreement, in the order of its file."""
    found = list(_public(agreement))
    yield from found
    for party, account in agreement.accounts.items():
        if party not in agreement.party_ids:
            where = f"private.{party}"
            yield unknown("A private table", "party", party, agreement.party_ids, where)
        else:
            yield from _private(agreement, party, account)
    if not found:
        yield from _cycles(agreement)


def _public(agreement: Agreement) -> Iterator[Fault]:
    ids = agreement.obligation_ids
    yield from id_faults(agreement.party_ids, "Party", "parties")
    yield from id_faults(ids, "Obligation", "obligations")
    for key, number, least in (
        ("parties", len(agreement.parties), 2),
        ("obligations", len(ids), 1),
    ):
        if number < least:
            found = "1 party" if number == 1 else f"{number} {key}"
            remedy = f"Add [[{key}]] entries."
            yield Fault("The plan", found, f"At least {least} needed", "H3", remedy, key)
    if len(ids) > MAX_OBLIGATIONS:
        found, expected = f"{len(ids)} obligations", f"At most {MAX_OBLIGATIONS}"
        yield Fault("The plan", found, expected, "H16", "Join some of them.", "obligations")
    carried: Counter[str] = Counter()
    for place, obligation in enumerate(agreement.obligations, start=1):
        yield from _obligation(agreement, obligation, f"obligations[{place}]")
        for issue, part in obligation.carries.items():
            carried[issue] += part  # pyright: ignore[reportArgumentType]
    for issue, part in carried.items():
        if part > 1:
            what, found = f"Issue {issue[:80]!r}", "carried by more than the whole of it"
            remedy = "Give each obligation its part, such as 1/2."
            yield Fault(what, found, "Parts that sum to 1", "H26", remedy, "obligations")
    yield from _together(agreement)


def _obligation(agreement: Agreement, obligation: Obligation, where: str) -> Iterator[Fault]:
    what = f"Obligation {obligation.id[:80]!r}"
    if not obligation.by:
        yield Fault(what, "nobody who does it", "At least one party", "H26", "Add `by`.", where)
    for key, parties in (
        ("by", obligation.by),
        ("for", obligation.to),
        ("words", obligation.words),
    ):
        yield from _known(what, "party", parties, agreement.party_ids, f"{where}.{key}")
    for key, others in (("after", obligation.after), ("undo", obligation.undo or ())):
        yield from _known(what, "obligation", others, agreement.obligation_ids, f"{where}.{key}")
        if obligation.id in others:
            remedy = "Take it out of its own list."
            yield Fault(what, f"itself under `{key}`", "Others", "H26", remedy, f"{where}.{key}")
    if not 1 <= obligation.parts <= MAX_PARTS:
        expected = f"1 to {MAX_PARTS} pieces"
        found = f"{obligation.parts} parts"
        yield Fault(what, found, expected, "H26", "Change it.", f"{where}.parts")
    if obligation.earliest and obligation.latest and obligation.earliest > obligation.latest:
        found, expected = "a latest date before the earliest", "A time in which it can be done"
        yield Fault(what, found, expected, "H27", "Change one of them.", where)
    if any(not 0 < part <= 1 for part in obligation.carries.values()):
        found, expected = "a part outside 0 to 1", "Above 0, at most 1"
        yield Fault(what, found, expected, "H26", "Change it.", f"{where}.carries")


def _known(
    what: str, kind: str, names: Iterable[str], known: tuple[str, ...], where: str
) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield unknown(what, kind, name, known, where)


def _together(agreement: Agreement) -> Iterator[Fault]:
    split = {o.id for o in agreement.obligations if o.parts > 1}
    times = Counter(name for group in agreement.together for name in group)
    for place, group in enumerate(agreement.together, start=1):
        what, where = f"Together {place}", f"together[{place}]"
        yield from _known(what, "obligation", group, agreement.obligation_ids, where)
        found = ""
        if len(set(group)) < 2:
            found = "fewer than two obligations"
        elif any(times[name] > 1 for name in group):
            found = "an obligation that is named twice"
        elif split.intersection(group):
            found = "an obligation that can be done in parts"
        if found:
            expected = "Two or more whole obligations, each in one such list"
            yield Fault(what, found, expected, "H26", "Change it.", where)


def _private(agreement: Agreement, party: str, account: Account) -> Iterator[Fault]:
    what, where = f"Party {party!r}", f"private.{party}"
    named = {
        "points": [*account.points],
        "kept": [*account.kept],
        "bonuses": [name for bonus in account.bonuses for name in bonus.when],
        "stakes": [name for stake in account.stakes for name in stake.until],
    }
    for key, names in named.items():
        if any(name not in agreement.obligation_ids for name in names):
            expected = f"Known: {', '.join(agreement.obligation_ids[:20])}"
            remedy = "Look for a misspelt id."
            found = "an obligation that does not exist"
            yield Fault(what, found, expected, "H3", remedy, f"{where}.{key}")
    undoable = {o.id for o in agreement.obligations if o.undo is not None}
    checks = (
        ("stakes", any(s.points < 0 for s in account.stakes), "a stake below 0", "0 or more"),
        ("bonuses", any(not b.when for b in account.bonuses), "an empty `when`", "Obligations"),
        ("kept", bool(account.kept.keys() - undoable), "something that cannot be undone",
         "Obligations with `undo`"),
        ("trust", _outside(account.trust), "a number outside 0 to 1", "A likelihood, 0 to 1"),
        ("range", account.range is not None and account.range <= 0, "0 or less", "Above 0"),
    )  # fmt: skip
    for key, wrong, found, expected in checks:
        if wrong:
            yield Fault(what, found, expected, "H26", "Change it.", f"{where}.{key}")


def _outside(part: Fraction | None) -> bool:
    return part is not None and not 0 <= part <= 1


def _cycles(agreement: Agreement) -> Iterator[Fault]:
    """Yield the fault that no order is left, by what must come first, dates and joint moments."""
    one = {name: group[0] for group in agreement.together for name in group}
    before: dict[str, set[str]] = {}
    for first, second in agreement.precedence():
        before.setdefault(one.get(second, second), set()).add(one.get(first, first))
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        round_trip = " → ".join(repr(name) for name in error.args[1])
        yield Fault(
            "The plan",
            f"no order is possible: {round_trip}",
            "What comes first by `after`, `together` and the dates leads in no circle",
            "H27",
            "Take one of these conditions out.",
            "obligations",
        )
