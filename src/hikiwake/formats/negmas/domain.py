"""The outcome space of a NegMAS scenario: lists of values, and ranges of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from hikiwake.formats.foreign import Findings, choice_of
from hikiwake.formats.ids import as_id, name_for
from hikiwake.formats.native.numbers import is_number
from hikiwake.formats.native.syntax import Tree
from hikiwake.formats.negmas.ufun import Subject, type_of
from hikiwake.formats.negmas.yamltext import text_of
from hikiwake.model import Amount
from hikiwake.numeric import exact

_LISTED = (
    "CategoricalIssue",
    "OrdinalIssue",
    "CardinalIssue",
    "DiscreteIssue",
    "DiscreteOrdinalIssue",
    "DiscreteCardinalIssue",
)
_SPACES = ("CartesianOutcomeSpace", "DiscreteCartesianOutcomeSpace")
_RANGES = ("ContiguousIssue", "ContinuousIssue")
_COVERED = "Only lists of values, and ranges of numbers with two ends, are read so far"


@dataclass(slots=True)
class _Reader:
    file: str
    findings: Findings
    taken: set[str]

    def subject(self, place: int, raw: object) -> Subject | None:
        """Return one issue, or None with a fault kept."""
        tree: Tree = cast(Tree, raw) if isinstance(raw, dict) else {}
        kind, values = type_of(tree), tree.get("values")
        name = text_of(tree.get("name") if tree.get("name") is not None else f"issue {place}")
        where = f"{self.file}: issues[{place}]"
        if kind not in (*_LISTED, *_RANGES):
            found = f"an issue of the kind {kind!r}" if kind else "an issue without a type"
            self.findings.refuse(where, found, _COVERED)
            return None
        entries = cast("list[object]", values) if isinstance(values, list) else []
        if any(isinstance(entry, list | dict) for entry in entries) or not entries:
            expected = "A list of texts or numbers, not empty"
            self.findings.wrong(f"{where}.values", "no usable values", expected)
            return None
        if kind in _RANGES:
            whole = kind == "ContiguousIssue"
            return self._range(name, entries, whole, f"{where}.values")
        texts = [text_of(entry) for entry in entries]
        if len(set(texts)) < len(texts):
            self.findings.wrong(f"{where}.values", "a value twice", "Every value once")
        issue, ids = choice_of(name, list(dict.fromkeys(texts)), self.taken)
        numbers = {text_of(e): self._number(where, e) for e in entries if is_number(e)}
        return Subject(name, issue, ids, numbers)

    def _number(self, where: str, raw: object) -> Fraction:
        return self.findings.number(f"{where}.values", raw, "a value")

    def _range(self, name: str, entries: list[object], whole: bool, where: str) -> Subject | None:
        faults = len(self.findings.broken)
        ends = [self.findings.number(where, entry, "an end of the range") for entry in entries]
        if len(self.findings.broken) > faults:
            return None
        broken = whole and any(end.denominator != 1 for end in ends)
        if len(ends) != 2 or broken or ends[0] > ends[1]:
            numbers = "whole numbers" if whole else "numbers"
            expected = f"Two {numbers}: the least and the greatest"
            self.findings.wrong(where, f"no range of {numbers}", expected)
            return None
        low, high = ends
        if low == high:
            issue, ids = choice_of(name, [str(low)], self.taken)
            return Subject(name, issue, ids, {str(low): low})
        made = as_id(name, self.taken)
        self.taken.add(made)
        step = exact(1) if whole else None
        return Subject(name, Amount(made, low, high, step, name=name_for(name, made)), {}, {})


def read_domain(domains: list[tuple[str, Tree]], findings: Findings) -> tuple[str, list[Subject]]:
    """Return the title and the issues of the one outcome space of a scenario."""
    file, tree = domains[0]
    if len(domains) > 1:
        names = ", ".join(name for name, _ in domains[:5])
        findings.wrong(file, f"several outcome spaces ({names})", "One", "Keep one of them.")
    if type_of(tree) not in _SPACES:
        expected = "Issues that are decided independently of each other"
        findings.refuse(file, f"an outcome space of the kind {type_of(tree)!r}", expected)
        return "", []
    if tree.get("constraints"):
        findings.refuse(file, "constraints on outcomes", "Outcome spaces without constraints")
    raw = tree.get("issues")
    issues = cast("list[object]", raw) if isinstance(raw, list) else []
    if not issues:
        findings.wrong(f"{file}: issues", "no issues", "A list with at least one")
    reader = _Reader(file, findings, set())
    made = [reader.subject(place, issue) for place, issue in enumerate(issues, start=1)]
    found = [subject for subject in made if subject is not None]
    if len({subject.name for subject in found}) < len(found):
        findings.wrong(f"{file}: issues", "a name twice", "Every issue has its own name")
    return text_of(tree["name"]) if tree.get("name") else "", found
