"""From plan files to an agreement: one public file, and privately one table or file a party."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import cast

from hikiwake.errors import Fault, FormatError, InputError, InvalidDispute
from hikiwake.formats.native.files import MAX_BYTES, missing, read_text
from hikiwake.formats.native.syntax import Tree, parse
from hikiwake.formats.plans.tables import Reader
from hikiwake.model import (
    Account,
    Agreement,
    Dispute,
    FrozenMap,
    Joined,
    Obligation,
    Party,
    Stake,
    Text,
)

PLAN = "plan.toml"
SUFFIXES = (".toml", ".json")
FORMAT = 1


def plan_file(path: Path) -> Path | None:
    """Return the plan that stands in a dispute's folder, or None."""
    beside = [path / f"plan{suffix}" for suffix in SUFFIXES]
    return next((file for file in beside if file.is_file()), None)


def is_plan(path: Path) -> bool:
    """Tell whether a file is a plan rather than a dispute: it lists obligations."""
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return False
    try:
        return "obligations" in parse(read_text(path, path.name), path.name)
    except FormatError:
        return False


def public_ids(path: Path) -> list[str]:
    """Return the ids of a plan's obligations, as its public file lists them.

    Raises
    ------
    InputError
        If it cannot be read, or holds what is private (H14).
    """
    tree = parse(read_text(path, path.name), path.name)
    if "private" in tree or path.with_suffix("").exists():
        expected = "The public part alone, as everybody has a copy of the table"
        remedy = "Take the private tables out."
        raise InputError(
            Fault(f"Plan {path.name!r}", "with private tables", expected, "H14", remedy)
        )
    listed = tree.get("obligations")
    listed = listed if isinstance(listed, list) else []
    return [str(one["id"]) for one in listed if isinstance(one, dict) and "id" in one]


def read_plan(path: Path, dispute: Dispute | None = None) -> Agreement:
    """Return the agreement in a plan file, checked, every number exact.

    The private tables stand in the file under ``private``, or each in a file of its own in the
    folder beside it that has its name: ``plan.toml`` and ``plan/ann.toml``.

    Parameters
    ----------
    dispute
        Whose parties carry out; without one the plan lists the parties itself.

    Raises
    ------
    InputError
        With every fault that was found (H16, H19, H26, H27), none with a private number (H14).
    """
    if not path.exists():
        raise missing(path, str(path), "A plan")
    text = read_text(path, path.name)
    faults: list[Fault] = []
    top = Reader(parse(text, path.name), "The plan", f"{path.name}: ", faults)
    _version(top)
    parties = _parties(top, dispute)
    obligations = tuple(_obligation(r) for r in top.tables("obligations", "Obligation"))
    together = tuple(_group(r) for r in top.tables("together", "Together"))
    title = top.wording("title") or (dispute.title if dispute else Text())
    illustrative = top.flag("illustrative") or (dispute is not None and dispute.illustrative)
    accounts = _accounts(top, path, MAX_BYTES - len(text.encode()), faults)
    top.close()
    if faults:
        raise InvalidDispute(*faults[:100])
    try:
        return Agreement(parties, obligations, FrozenMap(accounts), together, title, illustrative)
    except InvalidDispute as error:
        raise InvalidDispute(*(_in_file(fault, path) for fault in error.faults)) from None


def _in_file(fault: Fault, path: Path) -> Fault:
    return replace(fault, where=f"{path.name}: {fault.where}") if fault.where else fault


def _version(top: Reader) -> None:
    raw = top.raw("hikiwake")
    if raw != FORMAT or isinstance(raw, bool):
        found = "no `hikiwake`" if raw is None else "another version of the format"
        remedy = f"Write `hikiwake = {FORMAT}` as the first line."
        top.fault("hikiwake", found, f"This program reads version {FORMAT}", "H19", remedy)


def _parties(top: Reader, dispute: Dispute | None) -> tuple[Party, ...]:
    listed: list[Party] = []
    for reader in top.tables("parties", "Party"):
        language = reader.raw("language")
        spoken = language if isinstance(language, str) else None
        listed.append(Party(reader.text("id"), reader.wording("name"), spoken))
        reader.close()
    if dispute is None:
        return tuple(listed)
    if listed:
        remedy = "Take them out: the dispute lists them."
        top.fault("parties", "parties, beside a dispute", "One list of them", "H26", remedy)
    return dispute.parties


def _obligation(reader: Reader) -> Obligation:
    words = reader.table("words")
    made = Obligation(
        id=reader.text("id"),
        by=reader.names("by"),
        to=reader.names("for"),
        name=reader.wording("name"),
        words=FrozenMap({party: words.wording(party) for party in words.tree}),
        carries=_carries(reader),
        after=reader.names("after"),
        earliest=reader.day("earliest"),
        latest=reader.day("latest"),
        parts=reader.whole("parts", 1),
        checked=reader.wording("checked"),
        undo=_undo(reader),
        closes=reader.flag("closes"),
    )
    reader.close()
    return made


def _carries(reader: Reader) -> FrozenMap[str, Fraction]:
    raw = reader.raw("carries")
    if isinstance(raw, dict):
        return reader.numbers("carries")
    return FrozenMap(dict.fromkeys(reader.names("carries"), Fraction(1)))


def _undo(reader: Reader) -> tuple[str, ...] | None:
    raw = reader.raw("undo")
    if raw is None or isinstance(raw, bool):
        return () if raw else None
    return reader.names("undo")


def _group(reader: Reader) -> tuple[str, ...]:
    names = reader.names("obligations")
    reader.close()
    return names


def _accounts(top: Reader, path: Path, budget: int, faults: list[Fault]) -> dict[str, Account]:
    inline = top.table("private")
    found: dict[str, Account] = {}
    for party in inline.tree:
        found[party] = _account(_private(inline.table(party), party))
    for party, file in _files(path).items():
        name = f"{file.parent.name}/{file.name}"
        if party in found:
            expected = "One place for each party's table"
            fault = Fault("The file", "a second table of this party", expected, "H26",
                          "Remove one of them.", name)  # fmt: skip
            faults.append(fault)
            continue
        try:
            text = read_text(file, name, budget)
            budget -= len(text.encode())
            tree = cast(Tree, parse(text, name, ("preferences", party)))
        except InputError as error:
            faults.extend(error.faults)
            continue
        found[party] = _account(Reader(tree, f"Party {party[:80]!r}", f"{name}: ", faults, True))
    return found


def _private(reader: Reader, party: str) -> Reader:
    return replace(reader, what=f"Party {party[:80]!r}", private=True)


def _files(path: Path) -> dict[str, Path]:
    folder = path.with_suffix("")
    if not folder.is_dir():
        return {}
    files = sorted(f for f in folder.iterdir() if f.suffix in SUFFIXES and f.name[0] != ".")
    return {unicodedata.normalize("NFC", file.stem): file for file in files}


def _account(reader: Reader) -> Account:
    made = Account(
        points=reader.numbers("points"),
        kept=reader.numbers("kept"),
        bonuses=tuple(_joined(r) for r in reader.tables("bonuses", "Bonus")),
        stakes=tuple(_stake(r) for r in reader.tables("stakes", "Stake")),
        trust=reader.number("trust"),
        range=reader.number("range"),
        walk_away=reader.number("walk_away"),
    )
    reader.close()
    return made


def _joined(reader: Reader) -> Joined:
    made = Joined(reader.names("when"), reader.needed("points"))
    reader.close()
    return made


def _stake(reader: Reader) -> Stake:
    made = Stake(reader.needed("points"), reader.names("until"))
    reader.close()
    return made


__all__ = ["PLAN", "is_plan", "plan_file", "public_ids", "read_plan"]
