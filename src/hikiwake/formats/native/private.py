"""The private part of a file: each party's preference. No fault repeats a number of it (H14)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from hikiwake.errors import Fault
from hikiwake.formats.native.conditions import Spot, read_condition
from hikiwake.formats.native.findings import Place, owner, path_text
from hikiwake.formats.native.known import Known
from hikiwake.formats.native.leaves import entries, read_text_at
from hikiwake.formats.native.numbers import number
from hikiwake.formats.native.relations import RelationReader
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import (
    WALK_AWAY,
    Answer,
    Bonus,
    Choice,
    Condition,
    Curve,
    FrozenMap,
    Issue,
    Item,
    Linear,
    Money,
    Preference,
    RedLine,
    Share,
    Span,
    Table,
    Text,
)

Points = Table | Linear | Curve

_KEY_OF = {
    "item": "points",
    "share": "points",
    "choice": "values",
    "amount": "curves",
    "money": "points",
}
_KINDS = {
    "item": "an item",
    "share": "a share",
    "choice": "a choice",
    "amount": "an amount",
    "money": "money",
}
_CONDITION: Condition = Condition(FrozenMap())


class PreferenceReader:
    """Reads one party's preference; ``place`` is where it stands, ``tree`` the whole file."""

    def __init__(self, tree: Tree, party: str, known: Known) -> None:
        self.tree, self.party, self.known = tree, party, known
        self.place: Place = ("preferences", party)
        self.ranges: dict[Answer, Span] = {}

    def read(self, raw: Tree) -> Preference:
        """Return the preference, what has faults left out."""
        points = FrozenMap(dict(self._all_points(raw)))
        lines, bonuses = tuple(self._red_lines(raw)), tuple(self._bonuses(raw))
        walk_away, place = raw.get("walk_away"), (*self.place, "walk_away")
        declared = None if walk_away is None else self._answer(place, walk_away, WALK_AWAY)
        ranges = FrozenMap(self.ranges)
        own = Preference(self.party, points, lines, bonuses, declared, ranges)
        return RelationReader(self.tree, self.known, self.place, own).read(raw)

    def _all_points(self, raw: Tree) -> Iterator[tuple[str, Points]]:
        for key in ("points", "values", "curves"):
            table = raw.get(key)
            if not isinstance(table, dict):
                continue
            for issue_id, given in cast(Tree, table).items():
                place = (*self.place, key, issue_id)
                if self.known.findings.spoilt(place):
                    continue
                thing = owner(place, self.tree)
                issue = self.known.issue(issue_id, thing, path_text(place))
                if issue is None or not self._right_key(issue, key, place):
                    continue
                points = self._points(issue, place, given)
                if points is not None:
                    yield issue_id, points

    def _right_key(self, issue: Issue, key: str, place: Place) -> bool:
        right, sort = _KEY_OF[issue.kind], _KINDS[issue.kind]
        if key != right:
            self._fault(
                place,
                f"points for {sort} under `{key}`",
                f"The points of {sort} stand under `{right}`",
                f"Move them to [preferences.{self.party}.{right}].",
                "H2",
            )
        return key == right

    def _points(self, issue: Issue, place: Place, raw: object) -> Points | None:
        if isinstance(issue, Choice):
            return self._table(issue, place, raw)
        if isinstance(issue, Item):
            if isinstance(raw, dict):
                return self._table(issue, place, raw)
            own = self._answer(place, raw, Answer("issue", issue.id, self.party))
            if own is None:
                return None
            values = self.known.values_of(issue)
            return Table(FrozenMap({v: own if v == self.party else Fraction(0) for v in values}))
        if isinstance(issue, Share | Money):
            return self._linear(issue, place, raw)
        return self._curve(issue, place, raw)

    def _table(self, issue: Issue, place: Place, raw: object) -> Table | None:
        points: dict[str, Fraction] = {}
        table = cast(Tree, raw)
        for name, given in table.items():
            found = self._answer((*place, name), given, Answer("issue", issue.id, name))
            if found is not None:
                points[name] = found
        return Table(FrozenMap(points)) if len(points) == len(table) else None

    def _linear(self, issue: Share | Money, place: Place, raw: object) -> Linear | None:
        if isinstance(raw, dict):
            found = f"a table of points for {_KINDS[issue.kind]}"
            each = "all of it" if isinstance(issue, Share) else "each unit received"
            self._fault(place, found, f"One number: points for {each}", "Change it.", "H2")
            return None
        whole = self._answer(place, raw, Answer("issue", issue.id))
        return None if whole is None else Linear(whole)

    def _curve(self, issue: Issue, place: Place, raw: object) -> Curve | None:
        corners: list[tuple[Fraction, Fraction]] = []
        for n, corner in enumerate(cast("list[list[object]]", raw)):
            spot = (*place, n)
            if len(corner) != 2:
                expected = "Two numbers: [x, points]"
                self._fault(spot, "a corner of another length", expected, "Change it.", "H2")
                return None
            x = self._number(spot, corner[0])
            y = self._answer(spot, corner[1], Answer("issue", issue.id, place=n + 1))
            if x is None or y is None:
                return None
            corners.append((x, y))
        return Curve(tuple(corners))

    def _red_lines(self, raw: Tree) -> Iterator[RedLine]:
        for n, entry in enumerate(entries(raw, "red_lines")):
            place = (*self.place, "red_lines", n)
            line = cast(Tree, entry) if isinstance(entry, dict) else {}
            never = self._condition(place, "never", line)
            yield RedLine(never, self._why(place, line))

    def _bonuses(self, raw: Tree) -> Iterator[Bonus]:
        for n, entry in enumerate(entries(raw, "bonuses")):
            place = (*self.place, "bonuses", n)
            bonus = cast(Tree, entry) if isinstance(entry, dict) else {}
            when = self._condition(place, "when", bonus)
            answer = Answer("bonus", place=n + 1)
            points = self._answer((*place, "points"), bonus.get("points", 0), answer)
            yield Bonus(when, points or Fraction(0))

    def _condition(self, place: Place, key: str, entry: Tree) -> Condition:
        where = path_text((*place, key))
        spot = Spot(owner(place, self.tree), where, private=True)
        condition = read_condition(entry.get(key), spot, self.known)
        if condition is None:
            self.known.muted.add(where)
        return condition or _CONDITION

    def _why(self, place: Place, entry: Tree) -> Text:
        return read_text_at(self.tree, (*place, "why"), entry.get("why"), self.known.findings)

    def _answer(self, place: Place, raw: object, answer: Answer) -> Fraction | None:
        """Return a number that may be given as a range: the middle, the range kept beside it."""
        if not isinstance(raw, list):
            return self._number(place, raw)
        ends = [self._number(place, end) for end in cast("list[object]", raw)]
        if any(end is None for end in ends):
            return None
        numbers = [end for end in ends if end is not None]
        if len(numbers) != 2 or numbers[0] > numbers[1]:
            expected = "Two numbers, the least and the most: [50, 60]"
            self._fault(place, "a range without two ends in order", expected, "Change it.", "H28")
            return None
        self.ranges[answer] = (numbers[0], numbers[1])
        return (numbers[0] + numbers[1]) / 2

    def _number(self, place: Place, raw: object) -> Fraction | None:
        try:
            return number(raw)
        except ValueError as error:
            expected = 'A number, such as 12, 12.5 or "1/3"'
            self._fault(place, str(error), expected, "Change it.", "H1")
            return None

    def _fault(self, place: Place, found: str, expected: str, remedy: str, convention: str) -> None:
        thing = owner(place, self.tree)
        fault = Fault(thing, found, expected, convention, remedy, path_text(place))
        self.known.findings.add(fault)


def read_preferences(tree: Tree, known: Known) -> FrozenMap[str, Preference]:
    """Return every preference: the parties' in their order, then those that belong to nobody."""
    raw = tree.get("preferences")
    tables = cast(Tree, raw) if isinstance(raw, dict) else {}
    parties = [party.id for party in known.parties]
    order = [*(p for p in parties if p in tables), *(p for p in tables if p not in parties)]
    preferences: dict[str, Preference] = {}
    for party in order:
        table = tables[party]
        if isinstance(table, dict):
            preferences[party] = PreferenceReader(tree, party, known).read(cast(Tree, table))
        else:
            preferences[party] = Preference(party)
            known.muted.add(f"preferences.{party}")
    return FrozenMap(preferences)
