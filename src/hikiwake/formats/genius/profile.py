"""A `utility_space` file: what one party gives to each option, and what it keeps without a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from hikiwake.errors import did_you_mean
from hikiwake.formats.genius.curves import evaluation_of, points_along
from hikiwake.formats.genius.domain import DomainIssue, kind_of
from hikiwake.formats.genius.elements import Element
from hikiwake.formats.genius.faults import MEND, Findings, index_of
from hikiwake.formats.genius.numbers import decimal
from hikiwake.formats.genius.rectangles import is_nonlinear, read_rectangles
from hikiwake.model import Curve, FrozenMap, Preference, Table
from hikiwake.model.preference import Points

_ROUNDING = Fraction(1, 10**6)
_NONE = Fraction(0)
_ELSEWHERE = "Move it elsewhere, if it belongs to other files."


@dataclass(frozen=True, slots=True)
class _Weighed:
    element: Element
    weight: Element | None


def read_profile(
    path: Path, root: Element, party: str, domain: Sequence[DomainIssue], findings: Findings
) -> Preference:
    """Return one party's preference.

    A discrete evaluation counts as a share of the issue's largest (all 0 if that is 0 or less), an
    integer or real one as its evaluator says, times the issue's weight; weights are taken as they
    stand. The reservation value is on the same scale, and is raised to the party's least utility if
    it lies below that.
    """
    for discount in root.below("discount_factor"):
        if decimal(path, discount, "value", "the discount factor", findings) not in (0, 1):
            findings.discounted.append(path.name)
    if is_nonlinear(root):
        return read_rectangles(path, root, party, domain, findings)
    if root.attributes.get("type", "").lower() == "constraint":
        known = "Sums over issues, and sums of hyper-rectangles"
        findings.refuse(path, root, "a utility over constraints", known)
        return Preference(party)
    if (others := _of_another_domain(root, domain)) is not None:
        found = f"a profile of another domain: its issues are {others}"
        findings.missing(path, root, found, "Profiles of one domain in a folder", remedy=_ELSEWHERE)
        return Preference(party)
    given = _by_index(path, root, domain, findings)
    points: dict[str, Points] = {}
    for issue in domain:
        weighed = given.get(issue.index)
        if weighed is None:
            found = f"no issue {issue.index} {issue.name[:80]!r}"
            findings.missing(path, root, found, "Every issue of the domain needs its evaluations")
        else:
            points[issue.issue.id] = _points(path, weighed, issue, findings)
    if sum((max(_levels(own)) for own in points.values()), start=Fraction(0)) > 1 + _ROUNDING:
        findings.above_one.append(path.name)
    floor = sum((min(_levels(own)) for own in points.values()), start=Fraction(0))
    return Preference(party, FrozenMap(points), walk_away=_walk_away(path, root, floor, findings))


def never_filled_in(root: Element) -> bool:
    """Tell whether a profile is the form that GENIUS's editor begins with: nothing is in it yet."""
    items, weights = list(root.below("item")), list(root.below("weight"))
    worth = any(item.attributes.get("evaluation", "null") != "null" for item in items)
    weighed = any(weight.attributes.get("value", "").strip("0.") for weight in weights)
    other = any(any(root.below(tag)) for tag in ("evaluator", "utility", "rules"))
    return bool(items) and not (worth or weighed or other)


def _of_another_domain(root: Element, domain: Sequence[DomainIssue]) -> str | None:
    """Return the names of a profile's issues, if no name and no list of options is the domain's."""
    own = list(root.below("issue"))
    names = [element.attributes.get("name", "") for element in own]
    lists = [{item.attributes.get("value") for item in element.named("item")} for element in own]
    known = {issue.name for issue in domain}
    alike = any(
        issue.kind != "discrete" or any(values.issuperset(issue.options) for values in lists)
        for issue in domain
    )
    if not own or alike or known & set(names):
        return None
    return ", ".join(repr(name[:80]) for name in names[:5]) + (" …" if len(names) > 5 else "")


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


def _points(path: Path, weighed: _Weighed, issue: DomainIssue, findings: Findings) -> Points:
    label = issue.label
    nothing = points_along(issue.issue, ((issue.low, _NONE), (issue.high, _NONE)), _NONE)
    if (kind := kind_of(weighed.element)) != issue.kind:
        expected = f"The kind that the domain gives it, {issue.kind!r}"
        findings.missing(path, weighed.element, f"{label} is of the kind {kind!r}", expected)
        return nothing
    if weighed.weight is None:
        findings.missing(
            path, weighed.element, f"{label} has no weight", "A `weight` with its index"
        )
        return nothing
    weight = decimal(path, weighed.weight, "value", f"the weight of {label}", findings)
    if issue.kind == "discrete":
        return _table(path, weighed.element, issue, weight, findings)
    corners = evaluation_of(path, weighed.element, issue, findings)
    return points_along(issue.issue, corners, weight)


def _table(
    path: Path, element: Element, issue: DomainIssue, weight: Fraction, findings: Findings
) -> Table:
    evaluations = _evaluations(path, element, issue.label, findings)
    if not evaluations:
        found = f"{issue.label} has no evaluations"
        findings.missing(path, element, found, "Every option of the domain needs one")
        return Table(FrozenMap(dict.fromkeys(issue.options.values(), _NONE)))
    extra = set(evaluations) - set(issue.options)
    largest = max(evaluations.values(), default=_NONE)
    points: dict[str, Fraction] = {}
    for value, option in issue.options.items():
        if value not in evaluations:
            found = f"{issue.label} has no evaluation for the option {value[:80]!r}"
            expected = "Every option of the domain needs one"
            remedy = f"{did_you_mean(value, extra)} {MEND}".strip()
            findings.missing(path, element, found, expected, remedy=remedy)
        share = evaluations.get(value, _NONE) / largest if largest > 0 else _NONE
        points[option] = weight * share
    if extra:
        findings.notes.append(
            f"{path.name}: {issue.label} has {len(extra)} options that the domain lacks."
        )
    return Table(FrozenMap(points))


def _levels(points: Points) -> list[Fraction]:
    """Return every level that the points of an issue may turn at; 0 where there is none."""
    if isinstance(points, Curve):
        return [y for _, y in points.corners]
    return list(points.points.values()) if isinstance(points, Table) and points.points else [_NONE]


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
            given = decimal(path, item, "evaluation", what, findings)
            if evaluations.get(value, given) != given:
                again = f"{label} evaluates the option {value[:80]!r} twice; the last counts"
                findings.notes.append(f"{path.name}: {again}.")
            evaluations[value] = given
    return evaluations


def _walk_away(path: Path, root: Element, floor: Fraction, findings: Findings) -> Fraction:
    reservations = list(root.below("reservation"))
    if not reservations:
        return max(Fraction(0), floor)
    declared = decimal(path, reservations[0], "value", "the reservation value", findings)
    return max(declared, floor)
