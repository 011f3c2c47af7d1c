"""Issues and their options, read from the entries of a file."""

from __future__ import annotations

from typing import cast

from hikiwake.errors import Fault, did_you_mean
from hikiwake.formats.native.findings import Findings, Place, owner, path_text
from hikiwake.formats.native.leaves import entries, read_number, read_text_at
from hikiwake.formats.native.numbers import kind
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import Amount, Choice, FrozenMap, Issue, Item, Money, Option, Share, Text
from hikiwake.model.checks.ids import id_faults


def read_issue(
    tree: Tree, place: Place, raw: Tree, issue_id: str, findings: Findings
) -> Issue | None:
    """Return the issue at a place, or None where what it needs has faults."""
    needed = ("kind", "options", "others", "min", "max", "limit", "claims")
    if any(findings.spoilt((*place, key)) for key in needed):
        return None
    name = read_text_at(tree, (*place, "name"), raw.get("name"), findings)
    sort = raw["kind"]
    made = {"share": _share, "amount": _amount, "money": _money}.get(str(sort))
    if made is not None:
        return made(tree, place, raw, (issue_id, name), findings)
    key = "options" if sort == "choice" else "others"
    options = _options(tree, (*place, key), entries(raw, key), findings)
    if options is None:
        return None
    return Choice(issue_id, options, name) if sort == "choice" else Item(issue_id, options, name)


def _options(
    tree: Tree, place: Place, raw: list[object], findings: Findings
) -> tuple[Option, ...] | None:
    options: list[Option] = []
    for number_, entry in enumerate(raw):
        spot = (*place, number_)
        if isinstance(entry, dict):
            option = _option_table(tree, spot, cast(Tree, entry), findings)
        elif isinstance(entry, str):
            option = Option(entry)
        else:
            found = f"{kind(entry)} in `{place[-1]}`"
            _bad_option(tree, spot, found, 'Ids are texts: write "1", not 1.', findings)
            option = None
        if option is not None:
            faults = list(id_faults([option.id], f"{owner(place, tree)}, option", path_text(spot)))
            for fault in faults:
                findings.add(fault)
            if not faults:
                options.append(option)
    return tuple(options) if len(options) == len(raw) else None


def _option_table(tree: Tree, place: Place, raw: Tree, findings: Findings) -> Option | None:
    strange = [key for key in raw if key not in ("id", "name")]
    if strange:
        remedy = did_you_mean(strange[0], ("id", "name")) or "Remove it."
        _bad_option(tree, place, f"unknown key {strange[0][:80]!r}", remedy, findings)
        return None
    option_id = raw.get("id")
    if not isinstance(option_id, str):
        found = "no `id`" if option_id is None else f"{kind(option_id)} under `id`"
        _bad_option(tree, place, found, 'Ids are texts: write "1", not 1.', findings)
        return None
    name = read_text_at(tree, (*place, "name"), raw.get("name"), findings)
    return Option(option_id, name)


def _bad_option(tree: Tree, place: Place, found: str, remedy: str, findings: Findings) -> None:
    expected = 'An id, or { id = "…", name = "…" }'
    findings.add(Fault(owner(place, tree), found, expected, "H3", remedy, path_text(place)))


def _amount(
    tree: Tree, place: Place, raw: Tree, named: tuple[str, Text], findings: Findings
) -> Amount | None:
    numbers = [
        read_number(tree, (*place, key), raw.get(key, 0), findings)
        for key in ("min", "max", "step")
    ]
    unit = read_text_at(tree, (*place, "unit"), raw.get("unit"), findings)
    low, high, step = numbers
    if low is None or high is None or step is None:
        return None
    return Amount(named[0], low, high, step or None, unit, named[1])


def _share(
    tree: Tree, place: Place, raw: Tree, named: tuple[str, Text], findings: Findings
) -> Share | None:
    unit = read_text_at(tree, (*place, "unit"), raw.get("unit"), findings)
    given = cast(Tree, raw.get("claims", {}))
    claims = {
        party: read_number(tree, (*place, "claims", party), claim, findings)
        for party, claim in given.items()
    }
    total = read_number(tree, (*place, "total"), raw.get("total", 0), findings)
    whole = {party: claim for party, claim in claims.items() if claim is not None}
    if total is None or len(whole) < len(claims):
        return None
    return Share(named[0], named[1], total if "total" in raw else None, unit, FrozenMap(whole))


def _money(
    tree: Tree, place: Place, raw: Tree, named: tuple[str, Text], findings: Findings
) -> Money | None:
    limit = read_number(tree, (*place, "limit"), raw["limit"], findings)
    unit = read_text_at(tree, (*place, "unit"), raw.get("unit"), findings)
    return None if limit is None else Money(named[0], limit, unit, named[1])
