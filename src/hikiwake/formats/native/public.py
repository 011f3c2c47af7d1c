"""The public part of a file: parties, issues, groups, the status quo, rules."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import cast

from hikiwake.errors import Fault
from hikiwake.formats.native.conditions import Spot, read_condition
from hikiwake.formats.native.findings import Findings, Place, owner, path_text
from hikiwake.formats.native.issues import read_issue
from hikiwake.formats.native.known import Known
from hikiwake.formats.native.leaves import (
    entries,
    is_language,
    read_number,
    read_plain,
    read_text_at,
)
from hikiwake.formats.native.numbers import kind
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import (
    Amount,
    Choice,
    Condition,
    FrozenMap,
    Issue,
    Item,
    Money,
    Outcome,
    Party,
    Rule,
    Share,
    Value,
)
from hikiwake.model.checks.ids import id_faults, unknown
from hikiwake.model.dispute import Group
from hikiwake.numeric import MAX_DIGITS

Names = FrozenMap[str, FrozenMap[str, str]]
_CONDITION: Condition = Condition(FrozenMap())


def read_known(tree: Tree, findings: Findings) -> Known:
    """Return the parties and issues of a dispute, those with faults marked as such."""
    known = Known(findings)
    for top in ("parties", "issues"):
        if findings.spoilt((top,)) and not isinstance(tree.get(top), list):
            known.complete = False
    rows: list[tuple[Place, Tree]] = []
    for n, raw in enumerate(entries(tree, "parties")):
        spot: Place = ("parties", n)
        if (party_id := _id(spot, raw, known)) is not None:
            entry = cast(Tree, raw)
            name = read_text_at(tree, (*spot, "name"), entry.get("name"), findings)
            language = _language(tree, spot, entry, findings)
            given = entry.get("entitlement", 1)
            weight = read_number(tree, (*spot, "entitlement"), given, findings)
            weight = Fraction(1) if weight is None else weight
            known.parties.append(Party(party_id, name, language, entitlement=weight))
            rows.append((spot, entry))
    for n, raw in enumerate(entries(tree, "issues")):
        spot = ("issues", n)
        if (issue_id := _id(spot, raw, known)) is None:
            continue
        issue = read_issue(tree, spot, cast(Tree, raw), issue_id, findings)
        if issue is None:
            known.broken.add(issue_id)
            known.muted.add(path_text(spot))
        known.issues.append(issue or Share(issue_id))
    known.by_id = {issue.id: issue for issue in known.issues}
    known.parties = [
        replace(party, names=_names_of(tree, (*spot, "names"), entry.get("names"), known))
        for party, (spot, entry) in zip(known.parties, rows, strict=True)
    ]
    return known


def _id(place: Place, raw: object, known: Known) -> str | None:
    """Return a usable id, or None: then no other name can be called unknown any more."""
    found = cast(Tree, raw).get("id") if isinstance(raw, dict) else None
    if isinstance(found, str):
        word = "Party" if place[0] == "parties" else "Issue"
        faults = list(id_faults([found], word, path_text((*place, "id"))))
        for fault in faults:
            known.findings.add(fault)
        if not faults:
            return found
    known.complete = False
    return None


def _language(tree: Tree, place: Place, entry: Tree, findings: Findings) -> str | None:
    code = entry.get("language")
    if not isinstance(code, str) or is_language(code):
        return code if isinstance(code, str) else None
    fault = Fault(
        owner(place, tree),
        "a `language` that is no language code",
        "A code such as en, ja or pt-BR",
        "H3",
        "Change it.",
        path_text((*place, "language")),
    )
    findings.add(fault)
    return None


def _names_of(tree: Tree, place: Place, raw: object, known: Known) -> Names:
    if known.findings.spoilt(place) or not isinstance(raw, dict):
        return Names()
    return FrozenMap(
        {
            language: FrozenMap(_names(tree, (*place, language), words, known))
            for language, words in cast("dict[str, dict[str, str]]", raw).items()
        }
    )


def _names(tree: Tree, place: Place, words: dict[str, str], known: Known) -> dict[str, str]:
    thing = owner(place, tree)
    if not is_language(str(place[-1])):
        known.findings.add(
            Fault(
                thing, "names under a key that is no language code", "A code such as en or ja",
                "H3", "Change it.", path_text(place),
            )
        )  # fmt: skip
    named: dict[str, str] = {}
    for key, raw in words.items():
        spot = (*place, key)
        named[key] = read_plain(tree, spot, raw, known.findings)
        issue_id, dot, value = key.partition(".")
        issue = known.issue(issue_id, thing, path_text(place))
        if issue is None or not dot:
            continue
        values = known.values_of(issue) if isinstance(issue, Choice | Item) else []
        if value not in values and known.complete and not known.findings.full:
            found = f"{thing}, issue {issue_id!r}"
            known.findings.add(unknown(found, "value", value, values, path_text(place)))
    return named


def read_groups(tree: Tree, known: Known) -> tuple[Group, ...]:
    """Return the groups, issues with faults of their own left out."""
    groups: list[Group] = []
    for n, raw in enumerate(entries(tree, "groups")):
        place: Place = ("groups", n)
        entry = cast(Tree, raw) if isinstance(raw, dict) else {}
        group_id, issues = entry.get("id"), entries(entry, "issues")
        name = read_text_at(tree, (*place, "name"), entry.get("name"), known.findings)
        usable = isinstance(group_id, str) and not known.findings.spoilt((*place, "issues"))
        faults = (
            list(id_faults([group_id], "Group", path_text((*place, "id"))))
            if isinstance(group_id, str)
            else []
        )
        for fault in faults:
            known.findings.add(fault)
        named = cast("list[str]", issues) if usable else []
        kept = tuple(issue for issue in named if issue not in known.broken)
        if not usable or faults or len(kept) < len(issues):
            known.muted.add(path_text(place))
        shown = str(group_id) if usable and not faults else f"group {n + 1}"
        groups.append(Group(shown, kept, entry.get("not_for_trade") is True, name))
    return tuple(groups)


def read_rules(tree: Tree, known: Known) -> tuple[Rule, ...]:
    """Return the public rules; a placeholder stands where one cannot be used."""
    rules: list[Rule] = []
    for n, raw in enumerate(entries(tree, "rules")):
        place: Place = ("rules", n)
        entry = cast(Tree, raw) if isinstance(raw, dict) else {}
        spot = Spot(f"Rule {n + 1}", f"{path_text(place)}.never")
        never = read_condition(entry.get("never"), spot, known)
        if never is None:
            known.muted.add(spot.where)
        why = read_text_at(tree, (*place, "why"), entry.get("why"), known.findings)
        by = entry.get("by")
        rules.append(Rule(never or _CONDITION, why, by if isinstance(by, str) else None))
    return tuple(rules)


def read_status_quo(tree: Tree, known: Known, digits: int = MAX_DIGITS) -> Outcome | None:
    """Return the package that stands today, or None if the file has none."""
    raw = tree.get("status_quo")
    if not isinstance(raw, dict):
        return None
    values: dict[str, Value] = {}
    for issue_id, decided in cast(Tree, raw).items():
        place: Place = ("status_quo", issue_id)
        issue = known.issue(issue_id, "The status quo", path_text(place))
        if issue is None:
            continue
        value = _decided(tree, place, issue, decided, known.findings, digits)
        if value is not None:
            values[issue_id] = value
    return FrozenMap(values)


def _decided(
    tree: Tree, place: Place, issue: Issue, raw: object, findings: Findings, digits: int
) -> Value | None:
    if isinstance(issue, Amount):
        return read_number(tree, place, raw, findings, digits)
    if isinstance(issue, Share | Money) and isinstance(raw, dict):
        parts = {
            party: read_number(tree, (*place, party), part, findings, digits)
            for party, part in cast(Tree, raw).items()
        }
        whole = {party: part for party, part in parts.items() if part is not None}
        return FrozenMap(whole) if len(whole) == len(parts) else None
    if isinstance(raw, str) and not isinstance(issue, Share | Money):
        return raw
    expected = {
        "share": 'Each party\'s part: { ann = "1/2", ben = "1/2" }',
        "money": "What each party receives, negative where it pays: { ann = 100, ben = -100 }",
        "choice": "An option's id, in quotes",
        "item": "An owner's id, in quotes",
    }[issue.kind]
    thing = f"The status quo, issue {issue.id!r}"
    findings.add(Fault(thing, kind(raw), expected, "H5", "Change it.", path_text(place)))
    return None
