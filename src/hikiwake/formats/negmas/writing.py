"""Writing NegMAS scenarios in YAML: an outcome space, and a utility function for each party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from hikiwake.formats.foreign_writing import (
    Exported,
    Plain,
    Spanned,
    Subject,
    decimal,
    multiplied,
    plain,
    quoted,
    stems,
)
from hikiwake.model import Amount, Dispute

_LARGEST = 2**63


def write_negmas(dispute: Dispute) -> Exported:
    """Return the YAML files of a NegMAS scenario.

    Every weight is 1 and the tables hold the points themselves. Amounts in steps of 1 become ranges
    where everybody's points lie on straight lines.

    Raises
    ------
    Unsupported
        If NegMAS cannot hold the dispute: see :func:`hikiwake.formats.foreign_writing.plain`.
    """
    found = plain(dispute, "NegMAS", _is_range)

    def numbers(party: str) -> Iterator[Fraction]:
        yield found.walk_away[party]
        for subject in found.subjects:
            yield from _line(subject, party) if isinstance(subject, Spanned) else ()
            yield from subject.points[party]

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


def _line(subject: Spanned, party: str) -> tuple[Fraction, Fraction]:
    """Return the slope of a party's points for a range, and what they would be at 0."""
    first, last = subject.points[party]
    slope = (last - first) / (subject.high - subject.low)
    return slope, first - slope * subject.low


def _domain(found: Plain) -> Iterator[str]:
    yield "type: DiscreteCartesianOutcomeSpace"
    yield f"name: {quoted(found.title or 'domain')}"
    yield "issues:"
    for subject in found.subjects:
        yield f"- name: {quoted(subject.label)}"
        ranged = isinstance(subject, Spanned)
        yield f"  type: {'ContiguousIssue' if ranged else 'CategoricalIssue'}"
        yield "  values:"
        if ranged:
            yield from (f"  - {decimal(end)}" for end in (subject.low, subject.high))
        else:
            yield from (f"  - {quoted(value)}" for value in subject.values)


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
    if isinstance(subject, Spanned):
        slope, bias = _line(subject, party)
        yield "- type: AffineFun"
        yield f"  slope: {decimal(slope * factor)}"
        yield f"  bias: {decimal(bias * factor)}"
        return
    yield "- type: TableFun"
    yield "  mapping:"
    for value, points in zip(subject.values, subject.points[party], strict=True):
        yield f"    {quoted(value)}: {decimal(points * factor)}"
