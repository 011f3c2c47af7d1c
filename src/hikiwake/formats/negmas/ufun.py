"""One party's utility function: weighted functions of single issues, each exact on every value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from hikiwake.formats.foreign import Findings, straightened
from hikiwake.formats.native.numbers import Bare, is_number, number
from hikiwake.formats.native.syntax import Tree
from hikiwake.formats.negmas.functions import BENT, STRAIGHT, Function, read_function
from hikiwake.formats.negmas.yamltext import text_of
from hikiwake.model import Amount, Curve, FrozenMap, Issue, Preference, Table, Value

_ADDITIVE = ("LinearAdditiveUtilityFunction",)
_AFFINE = ("AffineUtilityFunction", "LinearUtilityFunction")
_FUNCTIONS = (*STRAIGHT, *BENT)
_MAX_CORNERS = 10_000
_COVERED = "Only sums of functions of single issues are read: LinearAdditive, Affine, Linear"
_COVERED_FUNCTIONS = f"Functions of one issue that are read: TableFun, {', '.join(_FUNCTIONS)}"


@dataclass(frozen=True, slots=True)
class Subject:
    """One issue with the ids of its values and, where they are numbers, what they are."""

    name: str
    issue: Issue
    ids: dict[str, str]
    numbers: dict[str, Fraction]


def type_of(tree: Tree) -> str:
    """Return the last part of a table's type: ``TableFun`` for ``negmas.….TableFun``."""
    raw = tree.get("type", tree.get("__python_class__"))
    return raw.rsplit(".", 1)[-1][:80] if isinstance(raw, str) else ""


def unwrapped(tree: Tree, file: str, findings: Findings) -> Tree:
    """Return the utility function itself where a discounted one holds it, with a note."""
    inner = tree.get("ufun")
    if not type_of(tree).endswith("DiscountedUFun") or not isinstance(inner, dict):
        return tree
    note = f"A discount is ignored, as a settlement has no rounds: {file}."
    findings.notes.append(note)
    found = cast(Tree, inner)
    kept = {k: tree[k] for k in ("reserved_value", "reserved_outcome") if _declared(tree.get(k))}
    return {**found, **kept}


def _declared(raw: object) -> bool:
    """Tell whether a reservation is one: NegMAS writes −∞, or no number, for none."""
    if isinstance(raw, Bare):
        word = raw.text.lower().lstrip("+-.")
        return word != "nan" and (word not in ("inf", "infinity") or raw.text[0] != "-")
    return raw is not None


class UfunReader:
    """A utility function while it is read."""

    def __init__(self, file: str, tree: Tree, subjects: list[Subject], findings: Findings) -> None:
        self.file, self.tree = file, tree
        self.subjects, self.findings = subjects, findings

    def read(self, party: str) -> Preference:
        """Return the preference; faults are kept, not raised."""
        kind = type_of(self.tree)
        if kind not in (*_ADDITIVE, *_AFFINE):
            self.findings.refuse(self.file, f"a utility function of the kind {kind!r}", _COVERED)
            return Preference(party)
        if self.tree.get("constraints"):
            found = "constraints on outcomes"
            self.findings.refuse(self.file, found, "Utility functions without constraints")
        weights = self._by_issue("weights")
        values = self._by_issue("values") if kind in _ADDITIVE else None
        extra = self._number("bias", self.tree.get("bias", 0), "the bias")
        points: dict[str, Table | Curve] = {}
        for place, subject in enumerate(self.subjects):
            weight = self._number(f"weights[{place + 1}]", weights[place], "a weight")
            function: object = {"type": "IdentityFun"} if values is None else values[place]
            where = f"{self.file}: values[{place + 1}] ({subject.name[:80]})"
            added = extra if place == 0 else Fraction(0)
            made = self._points(subject, function, (weight, added), where)
            if made is not None:
                points[subject.issue.id] = made
        preference = Preference(party, FrozenMap(points))
        return Preference(party, preference.points, walk_away=self._walk_away(preference))

    def _number(self, key: str, raw: object, what: str) -> Fraction:
        return self.findings.number(f"{self.file}: {key}", raw, what)

    def _by_issue(self, key: str) -> list[Any]:
        """Return one entry for each issue, from a list in their order or a table by their names."""
        raw = self.tree.get(key)
        if raw is None and key == "weights":
            return [1] * len(self.subjects)
        if isinstance(raw, dict):
            table = cast(Tree, raw)
            missing = [s.name for s in self.subjects if s.name not in table]
            found = [table.get(s.name, 0) for s in self.subjects]
        else:
            found = cast("list[Any]", raw) if isinstance(raw, list) else []
            missing = [s.name for s in self.subjects[len(found) :]]
        if missing or len(found) > len(self.subjects):
            expected = f"One for each of the {len(self.subjects)} issues"
            self.findings.wrong(f"{self.file}: {key}", f"{len(found)} `{key}`", expected)
            return [0] * len(self.subjects)
        return found

    def _points(
        self, subject: Subject, raw: object, scale: tuple[Fraction, Fraction], where: str
    ) -> Table | Curve | None:
        tree: Tree = cast(Tree, raw) if isinstance(raw, dict) else {}
        kind = type_of(tree)
        if kind == "TableFun" or (not kind and tree):
            mapping = tree.get("mapping") if kind else tree
            return self._table(subject, mapping, scale, where)
        if kind == "" and is_number(raw):
            self.findings.wrong(where, "a number", "A function of the issue")
            return None
        if kind not in _FUNCTIONS:
            found = f"a function of the kind {kind!r}" if kind else "no function"
            self.findings.refuse(where, found, _COVERED_FUNCTIONS)
            return None
        function = read_function(kind, tree, where, self.findings)
        return self._along(subject, function, scale, where)

    def _along(
        self, subject: Subject, function: Function, scale: tuple[Fraction, Fraction], where: str
    ) -> Table | Curve | None:
        """Return what a function gives along an issue's numbers, scaled."""

        def worth(x: Fraction) -> Fraction:
            return scale[0] * function.worth(x) + scale[1]

        if isinstance(subject.issue, Amount):
            places = self._places(subject.issue, function, where)
            return Curve(straightened([(x, worth(x)) for x in places])) if places else None
        if function.flat:
            return Table(FrozenMap(dict.fromkeys(subject.ids.values(), worth(Fraction(0)))))
        if len(subject.numbers) < len(subject.ids):
            found, expected = "a function of values that are no numbers", "A table of these values"
            self.findings.wrong(where, found, expected)
            return None
        found = {made: worth(subject.numbers[value]) for value, made in subject.ids.items()}
        return Table(FrozenMap(found))

    def _places(self, amount: Amount, function: Function, where: str) -> Sequence[Fraction]:
        """Return numbers between which the function is straight; none where they are too many."""
        if not function.curved:
            inside = {x for x in function.bends if amount.min < x < amount.max}
            return [amount.min, *sorted(inside), amount.max]
        if amount.steps is not None and amount.steps <= _MAX_CORNERS:
            return list(amount.values())
        found = "a curved function of a range without steps, or with very many"
        self.findings.refuse(where, found, f"Up to {_MAX_CORNERS:,} steps, or straight pieces")
        return []

    def _table(
        self, subject: Subject, raw: object, scale: tuple[Fraction, Fraction], where: str
    ) -> Table | Curve | None:
        given = cast(Tree, raw) if isinstance(raw, dict) else {}
        if isinstance(subject.issue, Amount):
            return self._corners(subject.issue, given, scale, where)
        self._require(subject.ids, given, where)
        points: dict[str, Fraction] = {}
        for value, made in subject.ids.items():
            worth = self.findings.number(where, given.get(value, 0), "a utility")
            points[made] = scale[0] * worth + scale[1]
        return Table(FrozenMap(points))

    def _corners(
        self, issue: Amount, given: Tree, scale: tuple[Fraction, Fraction], where: str
    ) -> Curve | None:
        if issue.steps is None:
            self.findings.wrong(where, "a table over a range without steps", "A function of it")
            return None
        if len(given) < issue.steps:
            found = f"{len(given)} of {issue.steps} values have a utility"
            self.findings.wrong(where, found, "Every value needs one", convention="H2")
            return None
        values = {str(x): x for x in issue.values()}
        self._require(values, given, where)
        worths = (
            (x, self.findings.number(where, given.get(t, 0), "a utility"))
            for t, x in values.items()
        )
        return Curve(straightened([(x, scale[0] * worth + scale[1]) for x, worth in worths]))

    def _require(self, values: Iterable[str], given: Tree, where: str) -> None:
        missing = [value for value in values if value not in given]
        if missing:
            found = f"no utility for {missing[0][:80]!r}"
            self.findings.wrong(where, found, "Every value needs one", convention="H2")

    def _walk_away(self, preference: Preference) -> Fraction:
        """Return the reserved value; without one the least utility, as any agreement is better."""
        value, outcome = self.tree.get("reserved_value"), self.tree.get("reserved_outcome")
        floor = sum((_least(p) for p in preference.points.values()), start=Fraction(0))
        if _declared(value):
            return self._number("reserved_value", value, "the reserved value")
        if outcome is None:
            return floor
        where = f"{self.file}: reserved_outcome"
        entries = cast("list[object]", outcome) if isinstance(outcome, list) else []
        if isinstance(outcome, dict):
            named = cast(Tree, outcome)
            entries = [named.get(subject.name) for subject in self.subjects]
        decided = [_decided(s, e) for s, e in zip(self.subjects, entries, strict=False)]
        if len(entries) != len(self.subjects) or None in decided:
            self.findings.wrong(where, "no outcome of the domain", "One value for each issue")
            return floor
        pairs = zip(self.subjects, cast("list[Value]", decided), strict=True)
        return preference.utility({subject.issue.id: value for subject, value in pairs})


def _decided(subject: Subject, raw: object) -> Value | None:
    if not isinstance(subject.issue, Amount):
        return subject.ids.get(text_of(raw))
    try:
        value = number(raw)
    except ValueError:
        return None
    return value if subject.issue.allows(value) else None


def _least(points: object) -> Fraction:
    if isinstance(points, Curve):
        return min(y for _, y in points.corners)
    return min(points.points.values()) if isinstance(points, Table) else Fraction(0)
