"""A `utility_space` file: what one party gives to each option, and what it keeps without a deal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from hikiwake.formats.genius.domain import DomainIssue, other_kind
from hikiwake.formats.genius.elements import Element
from hikiwake.formats.genius.faults import Findings, index_of
from hikiwake.model import FrozenMap, Preference, Table
from hikiwake.numeric import exact

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+)?[dDfF]?", re.ASCII)
_ROUNDING = Fraction(1, 10**6)


@dataclass(frozen=True, slots=True)
class _Weighed:
    element: Element
    weight: Element | None


def read_profile(
    path: Path, root: Element, party: str, domain: Sequence[DomainIssue], findings: Findings
) -> Preference:
    """Return one party's preference.

    An evaluation counts as a share of the issue's largest (all 0 if that is 0 or less), times the
    issue's weight; weights are taken as they stand. The reservation value is on the same scale, and
    is raised to the party's least utility if it lies below that.
    """
    if root.attributes.get("type", "").lower() == "nonlinear" or any(root.below("ufun")):
        findings.refuse(path, root, "a utility over hyper-rectangles")
        return Preference(party)
    given = _by_index(path, root, domain, findings)
    points: dict[str, Table] = {}
    for issue in domain:
        weighed = given.get(issue.index)
        if weighed is None:
            found = f"no issue {issue.index} {issue.name[:80]!r}"
            findings.missing(path, root, found, "Every issue of the domain needs its evaluations")
        else:
            points[issue.choice.id] = _table(path, weighed, issue, findings)
    _note_what_is_lost(path, root, points, findings)
    floor = sum((min(table.points.values()) for table in points.values()), start=Fraction(0))
    return Preference(party, FrozenMap(points), walk_away=_walk_away(path, root, floor, findings))


def _by_index(
    path: Path, root: Element, domain: Sequence[DomainIssue], findings: Findings
) -> dict[int, _Weighed]:
    found: dict[int, _Weighed] = {}
    names: dict[str, int] = {}
    for parent in (root, *root.below("objective")):
        weights = {index_of(weight): weight for weight in parent.named("weight")}
        for element in parent.named("issue"):
            index = index_of(element)
            if index is None or index in found:
                what = "no usable index" if index is None else f"index {index} a second time"
                findings.missing(
                    path, element, f"an issue with {what}", "Each issue has its own number"
                )
            else:
                found[index] = _Weighed(element, weights.get(index))
                names[element.attributes.get("name", "")] = index
    known = {issue.index for issue in domain}
    if known - set(found) and all(issue.name in names for issue in domain):
        findings.notes.append(
            f"{path.name}: issues are numbered otherwise than in the domain; matched by name."
        )
        return {issue.index: found[names[issue.name]] for issue in domain}
    if extra := set(found) - known:
        findings.notes.append(
            f"{path.name}: {len(extra)} issues that the domain lacks are ignored."
        )
    return found


def _table(path: Path, weighed: _Weighed, issue: DomainIssue, findings: Findings) -> Table:
    label = f"issue {issue.index} {issue.name[:80]!r}"
    if kind := other_kind(weighed.element):
        findings.refuse(path, weighed.element, f"{label} is of the kind {kind!r}")
        return Table(FrozenMap(dict.fromkeys(issue.options.values(), Fraction(0))))
    weight = Fraction(0)
    if weighed.weight is None:
        findings.missing(path, weighed.element, f"{label} has no weight", "A `weight` of its index")
    else:
        weight = _number(path, weighed.weight, "value", f"the weight of {label}", findings)
    evaluations = _evaluations(path, weighed.element, label, findings)
    largest = max(evaluations.values(), default=Fraction(0))
    points: dict[str, Fraction] = {}
    for value, option in issue.options.items():
        if value not in evaluations:
            found = f"{label} has no evaluation for the option {value[:80]!r}"
            findings.missing(path, weighed.element, found, "Every option of the domain needs one")
        share = evaluations.get(value, Fraction(0)) / largest if largest > 0 else Fraction(0)
        points[option] = weight * share
    if extra := len(set(evaluations) - set(issue.options)):
        findings.notes.append(f"{path.name}: {label} has {extra} options that the domain lacks.")
    return Table(FrozenMap(points))


def _evaluations(
    path: Path, element: Element, label: str, findings: Findings
) -> dict[str, Fraction]:
    evaluations: dict[str, Fraction] = {}
    for place, item in enumerate(element.named("item"), start=1):
        value = item.attributes.get("value")
        if value is None:
            found = f"{label}, item {place} has no `value`"
            findings.missing(path, item, found, "The option that is evaluated")
        elif item.attributes.get("evaluation", "null") != "null":
            what = f"the evaluation of item {place} in {label}"
            evaluations[value] = _number(path, item, "evaluation", what, findings)
    return evaluations


def _walk_away(path: Path, root: Element, floor: Fraction, findings: Findings) -> Fraction:
    reservations = list(root.below("reservation"))
    if not reservations:
        return max(Fraction(0), floor)
    declared = _number(path, reservations[0], "value", "the reservation value", findings)
    return max(declared, floor)


def _note_what_is_lost(
    path: Path, root: Element, points: dict[str, Table], findings: Findings
) -> None:
    for discount in root.below("discount_factor"):
        if _number(path, discount, "value", "the discount factor", findings) not in (0, 1):
            findings.discounted.append(path.name)
    best = sum((max(table.points.values()) for table in points.values()), start=Fraction(0))
    if best > 1 + _ROUNDING:
        findings.above_one.append(path.name)


def _number(path: Path, element: Element, key: str, what: str, findings: Findings) -> Fraction:
    text = element.attributes.get(key)
    if text is None:
        findings.missing(path, element, f"{what} is missing", f"A number under `{key}`")
        return Fraction(0)
    match = _DECIMAL.fullmatch(text.strip())
    if match is None or not (match[2] or match[3]):
        findings.missing(path, element, f"{what} is no number", "A decimal number")
        return Fraction(0)
    try:
        return exact(f"{match[1]}{match[2] or '0'}.{match[3] or '0'}{match[4] or ''}")
    except ValueError as error:
        expected = "At most 60 digits, and an exponent from −60 to 60"
        findings.missing(path, element, f"{what} is {error}", expected)
        return Fraction(0)
