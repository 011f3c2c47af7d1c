"""Writing NegMAS scenarios in YAML: an outcome space, and a utility function for each party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from hikiwake.formats.decimals import decimal
from hikiwake.formats.foreign_writing import (
    Curved,
    Exported,
    Listed,
    Plain,
    Spanned,
    Subject,
    multiplied,
    plain,
    quoted,
    stems,
)
from hikiwake.model import Amount, Dispute

_LARGEST = 2**63
_KINDS = {Listed: "CategoricalIssue", Spanned: "ContiguousIssue", Curved: "ContinuousIssue"}


def write_negmas(dispute: Dispute) -> Exported:
    """Return the YAML files of a NegMAS scenario.

    Every weight is 1 and the tables hold the points themselves. Amounts in steps of 1 become ranges
    where everybody's points lie on straight lines; amounts without steps become continuous issues,
    on which points that bend are sums of trapezoids.

    Raises
    ------
    Unsupported
        If NegMAS cannot hold the dispute: see :func:`hikiwake.formats.foreign_writing.plain`.
    """
    found = plain(dispute, "NegMAS", _is_range, curves=True)

    def numbers(party: str) -> Iterator[Fraction]:
        yield found.walk_away[party]
        for subject in found.subjects:
            yield from subject.points[party]
            if rises := _rises(subject, party):
                yield from (height for _, height in rises)
            elif not isinstance(subject, Listed):
                yield from _line(subject, party)

    factors, scaled = multiplied(found, numbers)
    names, other = stems(found.parties, ["domain"])
    files = {"domain.yml": "\n".join(_domain(found))}
    for party, stem in names.items():
        files[f"{stem}.yml"] = "\n".join(_ufun(found, party, stem, factors))
    coded = {name: f"{text}\n".encode() for name, text in files.items()}
    return Exported(coded, (*found.notes, *scaled, *other))


def _is_range(amount: Amount) -> bool:
    ends = (amount.min, amount.max)
    return amount.step == 1 and all(e.denominator == 1 and abs(e) < _LARGEST for e in ends)


def _line(subject: Spanned | Curved, party: str) -> tuple[Fraction, Fraction]:
    """Return the slope between a party's points for the ends, and what they would be at 0."""
    first, *_, last = subject.points[party]
    slope = (last - first) / (subject.high - subject.low)
    return slope, first - slope * subject.low


def _rises(subject: Subject, party: str) -> list[tuple[Fraction, Fraction]]:
    """Return points that bend as a sum: from where each part rises to the end, and by how much."""
    if not isinstance(subject, Curved) or len(subject.places[party]) == 2:
        return []
    corners = list(zip(subject.places[party], subject.points[party], strict=True))
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(corners)]
    turns = [after - before for before, after in pairwise([Fraction(0), *slopes])]
    places = subject.places[party][:-1]
    return [(x, turn * (subject.high - x)) for x, turn in zip(places, turns, strict=True) if turn]


def _domain(found: Plain) -> Iterator[str]:
    curved = any(isinstance(subject, Curved) for subject in found.subjects)
    yield f"type: {'' if curved else 'Discrete'}CartesianOutcomeSpace"
    yield f"name: {quoted(found.title or 'domain')}"
    yield "issues:"
    for subject in found.subjects:
        yield f"- name: {quoted(subject.label)}"
        yield f"  type: {_KINDS[type(subject)]}"
        yield "  values:"
        if isinstance(subject, Listed):
            yield from (f"  - {quoted(value)}" for value in subject.values)
        else:
            yield from (f"  - {decimal(end)}" for end in (subject.low, subject.high))


def _ufun(found: Plain, party: str, stem: str, factors: Mapping[str, int]) -> Iterator[str]:
    factor = factors[party]
    yield "type: LinearAdditiveUtilityFunction"
    yield f"name: {quoted(stem)}"
    yield f"reserved_value: {decimal(found.walk_away[party] * factor)}"
    yield "weights:"
    yield from ("- 1" for _ in found.subjects)
    yield "values:"
    for subject in found.subjects:
        yield from _function(subject, party, factor)


def _function(subject: Subject, party: str, factor: int) -> Iterator[str]:
    if isinstance(subject, Curved) and _rises(subject, party):
        yield from _trapezoids(subject, party, factor)
        return
    if not isinstance(subject, Listed):
        slope, bias = _line(subject, party)
        yield "- type: AffineFun"
        yield f"  slope: {decimal(slope * factor)}"
        yield f"  bias: {decimal(bias * factor)}"
        return
    yield "- type: TableFun"
    yield "  mapping:"
    for value, points in zip(subject.values, subject.points[party], strict=True):
        yield f"    {quoted(value)}: {decimal(points * factor)}"


def _trapezoids(subject: Curved, party: str, factor: int) -> Iterator[str]:
    """Yield a sum of trapezoids, each of which rises as far as the range goes."""
    rises, high = _rises(subject, party), subject.high
    columns = {
        "starts": [x for x, _ in rises],
        "rise_ends": [high for _ in rises],
        "fall_starts": [high for _ in rises],
        "ends": [high + 1 for _ in rises],
        "scales": [height * factor for _, height in rises],
    }
    yield "- type: MultiModalTrapezoidalFun"
    yield f"  bias: {decimal(subject.points[party][0] * factor)}"
    for name, numbers in columns.items():
        yield f"  {name}:"
        yield from (f"  - {decimal(number)}" for number in numbers)
