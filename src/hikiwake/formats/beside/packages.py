"""Packages that somebody writes: on the command line, or in a file beside a dispute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import cast

from hikiwake.errors import Fault, InputError, UnknownName, did_you_mean
from hikiwake.formats.native.numbers import kind, number
from hikiwake.model import Amount, Dispute, FrozenMap, Issue, Money, Outcome, Share, Value
from hikiwake.model.checks.issues import value_fault
from hikiwake.numeric import MAX_DIGITS_DECIDED

_EXPECTED = {
    "choice": "One of its options",
    "item": "One of its owners",
    "amount": "A number",
    "share": "Each party's part, such as ann:1/2,ben:1/2",
    "money": "What each party receives, such as ann:100,ben:-100",
}


def with_settings(dispute: Dispute, base: Outcome | None, settings: Iterable[str]) -> Outcome:
    """Return a package with some issues set as ``issue=value`` says, the rest as in ``base``.

    A share is set as ``savings=ann:1/2,ben:1/2``; one party left out has what remains.

    Raises
    ------
    InputError
        With every fault: no such issue or value (H3, H5), or an issue that stays undecided.
    """
    values: dict[str, Value] = dict(base or {})
    faults, said = list[Fault](), set[str]()
    for text in settings:
        issue_id, equals, raw = text.partition("=")
        if not equals:
            faults.append(_no_setting(text))
            continue
        where = f"--set {issue_id[:80]}"
        if issue_id in said:
            faults.append(_set_twice(issue_id, where))
            continue
        said.add(issue_id)
        found = _read(dispute, issue_id, raw, where, option=True)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            values[issue_id] = found
    missing = [issue.id for issue in dispute.issues if issue.id not in values]
    if missing and not faults:
        faults.append(_undecided(missing))
    if faults:
        raise InputError(*faults)
    return FrozenMap({issue.id: values[issue.id] for issue in dispute.issues})


def outcome_of(dispute: Dispute, table: object, where: str) -> Outcome:
    """Return the package, possibly partial, that a table of a file means.

    Raises
    ------
    InputError
        With every fault (H3, H5).
    """
    if not isinstance(table, dict):
        raise InputError(
            Fault("A package", kind(table), "A table: issue = value", "H5", "Write one.", where)
        )
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for issue_id, raw in cast("dict[str, object]", table).items():
        found = _read(dispute, issue_id, raw, f"{where}.{issue_id[:80]}")
        if isinstance(found, Fault):
            faults.append(found)
        else:
            values[issue_id] = found
    if faults:
        raise InputError(*faults)
    ordered = (issue.id for issue in dispute.issues if issue.id in values)
    return FrozenMap({issue: values[issue] for issue in ordered})


def require_whole(dispute: Dispute, outcome: Mapping[str, Value], where: str) -> None:
    """Refuse a package that leaves issues undecided.

    Raises
    ------
    InputError
        With their ids (H5).
    """
    if missing := [issue.id for issue in dispute.issues if issue.id not in outcome]:
        raise InputError(_undecided(missing, where))


def _read(
    dispute: Dispute, issue_id: str, raw: object, where: str, option: bool = False
) -> Value | Fault:
    known = {issue.id: issue for issue in dispute.issues}
    if issue_id not in known:
        remedy = did_you_mean(issue_id, known) or "Use one of these."
        listed = f"Known: {', '.join(list(known)[:20])}"
        return Fault(f"Issue {issue_id[:80]!r}", "not in this dispute", listed, "H3", remedy, where)
    issue = known[issue_id]
    try:
        value = _value(issue, _parts(dispute, issue, raw) if option else raw)
    except ValueError as error:
        expected = _EXPECTED[issue.kind]
        return Fault(f"Issue {issue_id!r}", str(error), expected, "H5", "Change it.", where)
    return value_fault(dispute, issue, value, where) or value


def _value(issue: Issue, raw: object) -> Value:
    if isinstance(issue, Share | Money):
        if not isinstance(raw, dict):
            raise ValueError(f"{kind(raw)} where everybody's part is needed")
        parts = cast("dict[str, object]", raw).items()
        return FrozenMap({party: number(part, MAX_DIGITS_DECIDED) for party, part in parts})
    if isinstance(issue, Amount):
        return number(raw, MAX_DIGITS_DECIDED)
    if not isinstance(raw, str):
        raise ValueError(f"{kind(raw)} where an id is needed")
    return raw


def _parts(dispute: Dispute, issue: Issue, raw: object) -> object:
    """Return everybody's part of what is divided as a table; any other text as it is."""
    if not isinstance(issue, Share | Money) or not isinstance(raw, str):
        return raw
    pairs = [part.partition(":") for part in raw.split(",")]
    if not all(colon for _, colon, _ in pairs):
        return raw
    parts: dict[str, object] = {party.strip(): part.strip() for party, _, part in pairs}
    if len(parts) < len(pairs):
        raise ValueError("a party whose part is given twice")
    others = [party for party in dispute.party_ids if party not in parts]
    if len(others) == 1 and len(parts) == len(dispute.parties) - 1:
        try:
            given = sum(
                (number(part, MAX_DIGITS_DECIDED) for part in parts.values()), start=Fraction(0)
            )
            parts[others[0]] = str((0 if isinstance(issue, Money) else 1) - given)
        except ValueError:
            return raw
    return parts


def _no_setting(text: str) -> Fault:
    return Fault(
        "Option --set",
        f"{text[:80]!r} found",
        "An issue and its value, such as house=ben",
        "H5",
        "Write ISSUE=VALUE, without blanks around the sign.",
    )


def _set_twice(issue_id: str, where: str) -> Fault:
    return Fault(
        f"Issue {issue_id[:80]!r}",
        "decided twice",
        "One value for each issue",
        "H5",
        "Leave one of them out.",
        where,
    )


def _undecided(missing: list[str], where: str = "") -> Fault:
    return Fault(
        "The package",
        f"nothing said of {', '.join(repr(issue) for issue in missing[:10])}",
        "A value for every issue",
        "H5",
        f"Decide it as well, such as --set {missing[0]}=… (or in the file).",
        where,
    )


def party_of(dispute: Dispute, party: object, where: str) -> str:
    """Return a party's id that a file names.

    Raises
    ------
    UnknownName
        If there is no such party (H3).
    """
    if isinstance(party, str) and party in dispute.party_ids:
        return party
    shown = repr(party[:80]) if isinstance(party, str) else kind(party)
    remedy = did_you_mean(str(party), dispute.party_ids) or "Use one of these."
    known = f"Known: {', '.join(dispute.party_ids[:20])}"
    raise UnknownName(Fault(f"Party {shown}", "not in this dispute", known, "H3", remedy, where))


__all__ = ["outcome_of", "party_of", "require_whole", "with_settings"]
