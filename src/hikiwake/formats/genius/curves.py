"""Evaluators of integer and real issues, as curves: what they give, cut to 0 and 1 as in GENIUS."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from hikiwake.formats.genius.domain import DomainIssue, bounds_of
from hikiwake.formats.genius.elements import Element
from hikiwake.formats.genius.faults import Findings
from hikiwake.formats.genius.numbers import decimal, whole
from hikiwake.model import Amount, Choice, Curve, FrozenMap, Table
from hikiwake.model.preference import Points

Corner = tuple[Fraction, Fraction]

NOTHING, ALL = Fraction(0), Fraction(1)


def evaluation_of(
    path: Path, element: Element, issue: DomainIssue, findings: Findings
) -> tuple[Corner, ...]:
    """Return an integer or real issue's evaluation as corners over its range, unweighed.

    An integer issue gives offset + slope × (value − lower bound), the bound being the profile's
    own; a real one parameter0 + parameter1 × value, a constant, or a triangle. Early versions of
    GENIUS wrote the parameters of a real issue for integer ones too. What lies below 0 or above 1
    is cut off there, except for constants: so GENIUS does.
    """
    evaluators = element.named("evaluator")
    if not evaluators:
        findings.unevaluated.append(path.name)
        return _line(issue, NOTHING, NOTHING)
    early = {"parameter0", "slope"} & evaluators[0].attributes.keys() == {"parameter0"}
    if issue.kind == "integer" and not early:
        return _integer(path, element, evaluators[0], issue, findings)
    return _real(path, evaluators[0], issue, findings)


def points_along(issue: Choice | Amount, corners: tuple[Corner, ...], weight: Fraction) -> Points:
    """Return an evaluation as points: a curve, or a table where there are no steps between."""
    if isinstance(issue, Choice):
        only = weight * corners[0][1]
        return Table(FrozenMap({option.id: only for option in issue.options}))
    return Curve(tuple((x, weight * y) for x, y in corners))


def _integer(
    path: Path, element: Element, evaluator: Element, issue: DomainIssue, findings: Findings
) -> tuple[Corner, ...]:
    slope = decimal(path, evaluator, "slope", f"the slope of {issue.label}", findings)
    offset = decimal(path, evaluator, "offset", f"the offset of {issue.label}", findings)
    holder, start = bounds_of(element), issue.low
    if "lowerbound" in holder.attributes:
        start = whole(path, holder, "lowerbound", f"the lower bound of {issue.label}", findings)
    first, last = (offset + slope * (end - start) for end in (issue.low, issue.high))
    return _cut(_line(issue, first, last))


def _real(
    path: Path, evaluator: Element, issue: DomainIssue, findings: Findings
) -> tuple[Corner, ...]:
    kind = evaluator.attributes.get("ftype", "")[:40].lower()
    wanted = {"linear": 2, "constant": 1, "triangular": 3}
    if kind not in wanted:
        known = f"An evaluator of the kind {', '.join(wanted)}"
        findings.refuse(path, evaluator, f"{issue.label} is evaluated by {kind!r}", known)
        return _line(issue, NOTHING, NOTHING)
    numbers = [
        decimal(path, evaluator, f"parameter{n}", f"parameter {n} of {issue.label}", findings)
        for n in range(wanted[kind])
    ]
    if kind == "constant":
        return _line(issue, numbers[0], numbers[0])
    if kind == "linear":
        first, last = (numbers[0] + numbers[1] * end for end in (issue.low, issue.high))
        return _cut(_line(issue, first, last))
    low, high, top = numbers
    if not low < top < high:
        expected = "A triangle whose top lies between its ends"
        findings.missing(path, evaluator, f"no triangle in {issue.label}", expected)
        return _line(issue, NOTHING, NOTHING)
    return _triangle(issue, (low, top, high))


def _line(issue: DomainIssue, first: Fraction, last: Fraction) -> tuple[Corner, ...]:
    return ((issue.low, first), (issue.high, last))


def _cut(line: tuple[Corner, ...]) -> tuple[Corner, ...]:
    """Return a line cut off below 0 and above 1, with a corner wherever it is cut."""
    (x0, y0), (x1, y1) = line
    crossed = {
        x0 + (level - y0) * (x1 - x0) / (y1 - y0)
        for level in (NOTHING, ALL)
        if min(y0, y1) < level < max(y0, y1)
    }
    places = [(x0, y0), *((x, _on(line, x)) for x in sorted(crossed)), (x1, y1)]
    return tuple((x, min(max(y, NOTHING), ALL)) for x, y in places)


def _triangle(issue: DomainIssue, ends: tuple[Fraction, Fraction, Fraction]) -> tuple[Corner, ...]:
    low, top, high = ends
    outline = ((low, NOTHING), (top, ALL), (high, NOTHING))

    def height(x: Fraction) -> Fraction:
        for side in pairwise(outline):
            if side[0][0] <= x <= side[1][0]:
                return _on(side, x)
        return NOTHING

    inside = {x for x in ends if issue.low < x < issue.high}
    places = [issue.low, *sorted(inside), issue.high]
    return tuple((x, height(x)) for x in places)


def _on(line: tuple[Corner, ...], x: Fraction) -> Fraction:
    (x0, y0), (x1, y1) = line
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
