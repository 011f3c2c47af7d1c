"""GeniusWeb JSON profiles (``LinearAdditiveUtilitySpace``), read as GeniusWeb means them (H20).

A folder of profiles is a dispute: each file a party, the domain the one that they all repeat.
Numbers count as they are written; GeniusWeb itself rounds what lies between the ends of a range of
numbers to 8 decimals, which is not done here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from hikiwake.errors import FormatError
from hikiwake.formats.foreign import (
    Findings,
    assembled,
    choice_of,
    files_in,
    party_ids,
    require_parties,
)
from hikiwake.formats.ids import as_id, name_for
from hikiwake.formats.native.numbers import Bare, is_number, number
from hikiwake.formats.native.syntax import Tree, parse
from hikiwake.model import Amount, Curve, Dispute, FrozenMap, Issue, Preference, Table

__all__ = ["is_geniusweb", "read_geniusweb"]

PROFILE = "LinearAdditiveUtilitySpace"
VALUES = "issuesValues"
_DISCRETE = ("discreteutils", "DiscreteValueSetUtilities")
_NUMBERS = ("numberutils", "NumberValueSetUtilities")
_COVERED = f"Only `{PROFILE}` is read: additive, over lists of values and ranges of numbers"


@dataclass(frozen=True, slots=True)
class _Subject:
    """One issue of the domain: a list of values with their ids, or a range of numbers."""

    name: str
    issue: Issue
    ids: dict[str, str]
    high: Fraction = Fraction(0)

    def shape(self) -> tuple[object, ...]:
        """Return what two domains must agree upon."""
        if isinstance(self.issue, Amount):
            return (self.issue.min, self.issue.max, self.issue.step, self.high)
        return (frozenset(self.ids),)


def is_geniusweb(text: str) -> bool:
    """Tell whether a text looks like a profile or a domain of GeniusWeb."""
    start = text.lstrip()[:1]
    return start == "{" and (f'"{PROFILE}"' in text or f'"{VALUES}"' in text)


def read_geniusweb(folder: Path) -> Dispute:
    """Return the dispute that a folder of GeniusWeb profiles holds.

    Raises
    ------
    FormatError
        With every broken place: which file, which key, what was expected (H20).
    Unsupported
        If a profile is not additive (H18).
    """
    findings = Findings()
    profiles: dict[str, Tree] = {}
    domains: list[tuple[str, object]] = []
    for path in files_in(folder, (".json",)):
        tree = _tree(path, findings)
        if tree is None:
            continue
        inner = tree.get(PROFILE)
        if isinstance(inner, dict):
            profiles[path.stem] = cast(Tree, inner)
            domains.append((f"{path.name}: domain", profiles[path.stem].get("domain")))
        elif VALUES in tree:
            domains.insert(0, (path.name, tree))
        elif len(tree) == 1 and _has_domain(next(iter(tree.values()))):
            findings.refuse(path.name, f"a profile of the kind `{next(iter(tree))}`", _COVERED)
        else:
            findings.notes.append(f"No profile and no domain, ignored: {path.name}.")
    findings.settle()
    require_parties(folder, list(profiles), "profile")
    title, subjects = _domain(domains, findings)
    findings.settle()
    parties = party_ids(list(profiles))
    preferences = {
        name: _Profile(name, tree, subjects, findings).read(parties[name].id)
        for name, tree in profiles.items()
    }
    findings.settle()
    issues = [subject.issue for subject in subjects]
    return assembled(title or folder.resolve().name, parties, issues, preferences, findings.notes)


def _tree(path: Path, findings: Findings) -> Tree | None:
    text = findings.text(path)
    try:
        return None if text is None else parse(text, path.name)
    except FormatError as error:
        findings.broken.extend(error.faults)
        return None


def _has_domain(value: object) -> bool:
    return isinstance(value, dict) and "domain" in value


def _domain(domains: list[tuple[str, object]], findings: Findings) -> tuple[str, list[_Subject]]:
    """Return the title and the issues of the first domain; the others must be the same."""
    first: list[_Subject] = []
    title = ""
    for place, (where, raw) in enumerate(domains):
        tree: Tree = cast(Tree, raw) if isinstance(raw, dict) else {}
        subjects = _subjects(tree, where, findings)
        if place == 0:
            first = subjects
            title = str(tree.get("name") or "")
        elif {s.name: s.shape() for s in subjects} != {s.name: s.shape() for s in first}:
            expected = "The same issues with the same values in every file"
            findings.wrong(where, f"another domain than in {domains[0][0]}", expected)
    return title, first


def _subjects(domain: Tree, where: str, findings: Findings) -> list[_Subject]:
    values = domain.get(VALUES)
    if not isinstance(values, dict) or not values:
        findings.wrong(where, f"no `{VALUES}`", "The issues, each with its values")
        return []
    taken: set[str] = set()
    found: list[_Subject] = []
    for name, raw in cast("dict[str, Any]", values).items():
        subject = _subject(name, raw, f"{where}.{VALUES}.{name[:80]}", taken, findings)
        if subject is not None:
            found.append(subject)
    return found


def _subject(
    name: str, raw: Any, where: str, taken: set[str], findings: Findings
) -> _Subject | None:
    tree: Tree = cast(Tree, raw) if isinstance(raw, dict) else {}
    listed, span = tree.get("values"), tree.get("range")
    if isinstance(listed, list) and listed:
        texts = [_as_text(value) for value in cast("list[object]", listed)]
        if len(set(texts)) < len(texts):
            findings.wrong(where, "a value twice", "Every value once")
        issue, ids = choice_of(name, list(dict.fromkeys(texts)), taken)
        return _Subject(name, issue, ids)
    if isinstance(span, dict):
        return _range(name, cast(Tree, span), f"{where}.range", taken, findings)
    findings.wrong(where, "no `values` and no `range`", "One of them, not empty")
    return None


def _range(
    name: str, span: Tree, where: str, taken: set[str], findings: Findings
) -> _Subject | None:
    faults = len(findings.broken)
    low, high, step = (findings.number(where, span.get(k), k) for k in ("low", "high", "step"))
    if len(findings.broken) > faults:
        return None
    if step <= 0 or low + step > high:
        findings.wrong(where, "fewer than two numbers", "low + step up to high, the step above 0")
        return None
    last = low + (high - low) // step * step
    made = as_id(name, taken)
    taken.add(made)
    return _Subject(name, Amount(made, low, last, step, name=name_for(name, made)), {}, high)


class _Profile:
    """One party's profile while it is read."""

    def __init__(self, name: str, tree: Tree, subjects: list[_Subject], findings: Findings) -> None:
        self.file = f"{name}.json"
        self.tree, self.subjects, self.findings = tree, subjects, findings

    def read(self, party: str) -> Preference:
        """Return the preference; faults are kept, not raised."""
        utilities, weights = self._table("issueUtilities"), self._table("issueWeights")
        points: dict[str, Table | Curve] = {}
        total = Fraction(0)
        for subject in self.subjects:
            where = f"{self.file}: issueUtilities.{subject.name[:80]}"
            weight = self._weight(weights, subject)
            total += weight
            raw = utilities.get(subject.name)
            made = self._points(subject, raw, weight, where)
            if made is not None:
                points[subject.issue.id] = made
        self._ignored(utilities, "issueUtilities")
        if total != 1:
            note = (
                f"{self.file}: the weights do not sum to 1, as GeniusWeb demands; taken as given."
            )
            self.findings.notes.append(note)
        preference = Preference(party, FrozenMap(points))
        return Preference(party, preference.points, walk_away=self._walk_away(preference))

    def _table(self, key: str) -> Tree:
        raw = self.tree.get(key)
        if isinstance(raw, dict):
            return cast(Tree, raw)
        self.findings.wrong(f"{self.file}: {key}", f"no `{key}`", "One entry for each issue")
        return {}

    def _ignored(self, given: Tree, key: str) -> None:
        extra = len(given.keys() - {subject.name for subject in self.subjects})
        if extra:
            note = f"{self.file}: {extra} of `{key}` belong to no issue of the domain; ignored."
            self.findings.notes.append(note)

    def _weight(self, weights: Tree, subject: _Subject) -> Fraction:
        where = f"{self.file}: issueWeights.{subject.name[:80]}"
        if weights and subject.name not in weights:
            self.findings.wrong(where, "no weight", "A weight for every issue of the domain")
            return Fraction(0)
        return self.findings.number(where, weights.get(subject.name, 0), "the weight")

    def _points(
        self, subject: _Subject, raw: object, weight: Fraction, where: str
    ) -> Table | Curve | None:
        tree: Tree = cast(Tree, raw) if isinstance(raw, dict) else {}
        kinds = _NUMBERS if isinstance(subject.issue, Amount) else _DISCRETE
        inner = next((tree[kind] for kind in kinds if kind in tree), None)
        if not isinstance(inner, dict):
            expected = f"`{kinds[0]}` (or `{kinds[1]}`), as the domain gives this issue's values"
            self.findings.wrong(where, "no utilities of the issue's kind", expected)
            return None
        if isinstance(subject.issue, Amount):
            return self._curve(subject, subject.issue, cast(Tree, inner), weight, where)
        return self._by_value(subject, cast(Tree, inner), weight, where)

    def _by_value(self, subject: _Subject, inner: Tree, weight: Fraction, where: str) -> Table:
        raw = inner.get("valueUtilities")
        given = cast(Tree, raw) if isinstance(raw, dict) else {}
        points: dict[str, Fraction] = {}
        for value, option in subject.ids.items():
            if value not in given:
                found = f"no utility for {value[:80]!r}"
                self.findings.wrong(where, found, "Every value needs one", convention="H2")
                continue
            utility = self.findings.number(where, given[value], "a utility")
            points[option] = weight * utility
        if extra := len(given.keys() - subject.ids.keys()):
            self.findings.notes.append(f"{where}: {extra} values that the domain lacks; ignored.")
        return Table(FrozenMap(points))

    def _curve(
        self, subject: _Subject, issue: Amount, inner: Tree, weight: Fraction, where: str
    ) -> Curve:
        keys = ("lowValue", "highValue", "lowUtility", "highUtility")
        low, high, bottom, top = (self.findings.number(where, inner.get(k), k) for k in keys)
        if (low, high) != (issue.min, subject.high):
            expected = "The ends of the domain's range"
            self.findings.wrong(where, "another `lowValue` or `highValue`", expected)
            return Curve(((issue.min, Fraction(0)), (issue.max, Fraction(0))))
        line = Curve(((low, weight * bottom), (high, weight * top)))
        return Curve(((low, weight * bottom), (issue.max, line.value("", issue.max))))

    def _walk_away(self, preference: Preference) -> Fraction:
        bid = self.tree.get("reservationBid")
        if bid is None:
            return Fraction(0)
        raw = cast(Tree, bid).get("issuevalues") if isinstance(bid, dict) else None
        where = f"{self.file}: reservationBid"
        if not isinstance(raw, dict):
            self.findings.wrong(where, "no `issuevalues`", "A value for each issue, or null")
            return Fraction(0)
        given = cast(Tree, raw)
        outcome: dict[str, Any] = {}
        for subject in self.subjects:
            if subject.name not in given:
                continue
            value = _decided(subject, given[subject.name])
            if value is None:
                spot = f"{where}.{subject.name[:80]}"
                self.findings.wrong(spot, "a value that the issue cannot have", "One of its values")
            elif not self.findings.broken:
                outcome[subject.issue.id] = value
        if given.keys() - {subject.name for subject in self.subjects}:
            self.findings.wrong(where, "an issue that the domain lacks", "Issues of the domain")
        return preference.utility(outcome)


def _decided(subject: _Subject, raw: object) -> str | Fraction | None:
    if not isinstance(subject.issue, Amount):
        return subject.ids.get(_as_text(raw))
    try:
        value = number(raw)
    except ValueError:
        return None
    return value if subject.issue.allows(value) else None


def _as_text(raw: object) -> str:
    """Return a value as the name of an option; numbers as they are written."""
    return raw.text if is_number(raw) and isinstance(raw, Bare) else str(raw)
