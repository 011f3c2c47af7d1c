"""Nonlinear profiles: utility for ranges that several issues fall into together (ANAC 2014)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from hikiwake.formats.genius.curves import points_along
from hikiwake.formats.genius.domain import DomainIssue
from hikiwake.formats.genius.elements import Element
from hikiwake.formats.genius.faults import Findings, index_of
from hikiwake.formats.genius.least import least_sum
from hikiwake.formats.genius.numbers import decimal, whole
from hikiwake.model import Between, Bonus, Condition, FrozenMap, Preference
from hikiwake.model.preference import Points

MAX_RECTANGLES = 10_000

Ranges = Mapping[int, tuple[Fraction, Fraction]]


@dataclass(slots=True)
class _Worth:
    """What a profile is worth: to every package alike, and within each rectangle besides."""

    always: Fraction = Fraction(0)
    boxes: list[tuple[Ranges, Fraction]] = field(default_factory=list[tuple[Ranges, Fraction]])


def is_nonlinear(root: Element) -> bool:
    """Tell whether a profile's utility is over hyper-rectangles."""
    return root.attributes.get("type", "").lower() == "nonlinear" or any(root.below("ufun"))


def read_rectangles(
    path: Path, root: Element, party: str, domain: Sequence[DomainIssue], findings: Findings
) -> Preference:
    """Return the preference of a profile over hyper-rectangles.

    A rectangle of INCLUDES adds utility × weights where every range holds, one of EXCLUDES where
    not every one does, an empty one always. Points stay on the file's own scale; the reservation
    value is a fraction of `maxutility`, raised to the party's least utility if it lies below that;
    where a bounded search leaves open whether it does, it is kept, and a note says so.
    """
    utility = next(root.below("utility"), None)
    functions = utility.named("ufun") if utility else []
    if utility is None or not functions:
        findings.missing(path, root, "no `ufun` inside a `utility`", "A utility over rectangles")
        return Preference(party)
    if len(functions) > 1:
        findings.notes.append(f"{path.name}: only the first `ufun` counts, as in GENIUS.")
    scale = decimal(path, utility, "maxutility", "the largest utility", findings)
    if "maxutility" in utility.attributes and scale <= 0:
        findings.missing(path, utility, "the largest utility is not positive", "A number above 0")
    issues = {issue.index: issue for issue in domain}
    worth = _Worth()
    for element, weight in _rectangles(path, functions[0], findings):
        findings.rectangles += 1
        if findings.rectangles > MAX_RECTANGLES:
            limit = f"At most {MAX_RECTANGLES:,} in a folder"
            findings.missing(path, element, "too many rectangles", limit, "H16")
            break
        _add(path, (element, weight), issues, worth, findings)
    if worth.always + sum(max(p, Fraction(0)) for _, p in worth.boxes) > scale:
        findings.cut_off.append(path.name)
    walk_away = _walk_away(path, root, (scale, worth), domain, findings)
    return _preference(party, domain, worth, walk_away)


def _rectangles(
    path: Path, function: Element, findings: Findings
) -> Iterator[tuple[Element, Fraction]]:
    """Yield each rectangle with the product of the weights around it and its own."""
    waiting = [(function, Fraction(1))]
    while waiting:
        element, weight = waiting.pop()
        if "weight" in element.attributes:
            weight *= decimal(path, element, "weight", f"the weight of a `{element.tag}`", findings)
        if element.tag == "hyperRectangle":
            yield element, weight
            continue
        how = element.attributes.get("aggregation", "sum")[:40].lower()
        if how != "sum":
            known = "Only sums of rectangles are read"
            findings.refuse(path, element, f"a utility aggregated by {how!r}", known)
        inside = [*element.named("hyperRectangle"), *element.named("ufun")]
        waiting.extend((child, weight) for child in reversed(inside))


def _add(
    path: Path,
    rectangle: tuple[Element, Fraction],
    issues: Mapping[int, DomainIssue],
    worth: _Worth,
    findings: Findings,
) -> None:
    element, weight = rectangle
    points = weight * decimal(path, element, "utility", "the utility of a rectangle", findings)
    excluded = element.named("EXCLUDES")
    included = element.named("INCLUDES")
    if excluded and included:
        findings.notes.append(
            f"{path.name}: a rectangle both includes and excludes; what it includes is ignored, "
            "as in GENIUS."
        )
    if excluded:
        worth.always, points = worth.always + points, -points
    ranges = _ranges(path, excluded or included, issues, findings)
    if ranges is None or not points:
        return
    if ranges:
        worth.boxes.append((ranges, points))
    else:
        worth.always += points


def _ranges(
    path: Path,
    bounds: Sequence[Element],
    issues: Mapping[int, DomainIssue],
    findings: Findings,
) -> Ranges | None:
    """Return where all bounds hold: the ranges that say something. None: they never all hold."""
    ranges: dict[int, tuple[Fraction, Fraction]] = {}
    for bound in bounds:
        issue = issues.get(index) if (index := index_of(bound)) is not None else None
        if issue is None or issue.kind != "integer":
            what = "no issue of the domain" if issue is None else f"{issue.label}, not an integer"
            findings.missing(path, bound, f"a range of {what}", "The index of an integer issue")
            continue
        low = whole(path, bound, "min", "the least value of a range", findings)
        high = whole(path, bound, "max", "the largest value of a range", findings)
        before = ranges.get(issue.index, (issue.low, issue.high))
        ranges[issue.index] = max(low, before[0]), min(high, before[1])
    if any(low > high for low, high in ranges.values()):
        return None
    return {
        index: (low, high)
        for index, (low, high) in ranges.items()
        if (low, high) != (issues[index].low, issues[index].high)
    }


def _walk_away(
    path: Path,
    root: Element,
    worth_of: tuple[Fraction, _Worth],
    domain: Sequence[DomainIssue],
    findings: Findings,
) -> Fraction:
    scale, worth = worth_of
    declared = Fraction(0)
    if (reservation := next(root.below("reservation"), None)) is not None:
        what = "the reservation value"
        declared = scale * decimal(path, reservation, "value", what, findings)
    spans = {issue.index: (issue.low, issue.high) for issue in domain}
    below = worth.always + sum(min(points, Fraction(0)) for _, points in worth.boxes)
    if any(points < 0 for _, points in worth.boxes):
        least, proven = below, declared >= worth.always
    else:
        found = least_sum(worth.boxes, spans, declared - worth.always)
        least, proven = found.value + worth.always, found.proven
    if not proven:
        findings.maybe_below.append(path.name)
        least = below
    return max(declared, least)


def _preference(
    party: str, domain: Sequence[DomainIssue], worth: _Worth, walk_away: Fraction
) -> Preference:
    ids = {issue.index: issue.issue.id for issue in domain}
    bonuses = tuple(
        Bonus(
            Condition(FrozenMap({ids[index]: Between(*ends) for index, ends in ranges.items()})),
            points,
        )
        for ranges, points in worth.boxes
    )
    same: dict[str, Points] = {}
    if worth.always:
        first = domain[0]
        ends = ((first.low, worth.always), (first.high, worth.always))
        same = {first.issue.id: points_along(first.issue, ends, Fraction(1))}
    return Preference(party, FrozenMap(same), bonuses=bonuses, walk_away=walk_away)
