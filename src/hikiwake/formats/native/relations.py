"""What a party says of several answers at once: orders and constraints, and what counts (H29).

An answer is called ``issue`` or ``issue.option``, as in a party's own names; the points for an
amount ``issue.amount``; the others ``walk_away`` and ``bonus.1``, unless an issue has that id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, cast

from hikiwake.errors import Fault, Unsupported
from hikiwake.formats.native.findings import Place, owner, path_text
from hikiwake.formats.native.known import Known
from hikiwake.formats.native.leaves import entries
from hikiwake.formats.native.middle import with_middle
from hikiwake.formats.native.numbers import kind, number, number_data
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import (
    WALK_AWAY,
    Amount,
    Answer,
    Constraint,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Item,
    Linear,
    Money,
    Preference,
    Share,
    Span,
    Table,
)

Ranking = tuple[Answer, ...]

_BOUNDS = ("at_least", "at_most", "equal")
_NAMED = "Answers by name, `issue` or `issue.option`, best first, each once"
_TERMS = "A weight in `terms` for each answer by name, and `at_least`, `at_most` or `equal`"


class _Misfit(Exception):
    """Something that says nothing about answers; its text never repeats what stands there."""


@dataclass(slots=True)
class RelationReader:
    """Reads what is said of answers that were read already; ``place`` is where they stand."""

    tree: Tree
    known: Known
    place: Place
    own: Preference
    _left_out: dict[Answer, Span] = field(default_factory=dict[Answer, Span])

    def read(self, raw: Tree) -> Preference:
        """Return the preference with its relations, its numbers the middle of what they allow."""
        ranks = list(self._ranks(raw))
        self._fill([ranking for _, ranking in ranks])
        pairs = list(self._constraints(raw))
        own = replace(
            self.own,
            ranks=tuple(ranking for _, ranking in ranks),
            constraints=tuple(one for _, one in pairs),
        )
        if self.known.findings.faults or not own.relations:
            return own
        places = [*(place for place, _ in ranks), *(place for place, _ in pairs)]
        return with_middle(own, places, self.tree, self.known.findings)

    def _ranks(self, raw: Tree) -> Iterator[tuple[Place, Ranking]]:
        given, place = entries(raw, "ranks"), (*self.place, "ranks")
        several = any(isinstance(entry, list) for entry in given)
        rankings = list(enumerate(given)) if several else [(None, given)] if given else []
        for n, ranking in rankings:
            spot = place if n is None else (*place, n)
            with self._faults(spot, _NAMED):
                if not isinstance(ranking, list):
                    raise _Misfit("a name beside lists of names")
                names = cast("list[object]", ranking)
                answers = [self._answer(name) for name in names]
                if None not in answers:
                    if len(set(answers)) < len(answers) or len(answers) < 2:
                        raise _Misfit("an answer named twice, or alone")
                    found = tuple(answer for answer in answers if answer is not None)
                    self._between(found)
                    yield spot, found

    def _constraints(self, raw: Tree) -> Iterator[tuple[Place, Constraint]]:
        for n, entry in enumerate(entries(raw, "constraints")):
            place = (*self.place, "constraints", n)
            keys = set(cast(Tree, entry)) if isinstance(entry, dict) else {""}
            if keys <= {"terms", *_BOUNDS} and not self.known.findings.spoilt(place):
                with self._faults(place, _TERMS):
                    if (found := self._constraint(cast(Tree, entry))) is not None:
                        yield place, found

    def _constraint(self, entry: Tree) -> Constraint | None:
        terms: dict[Answer, Fraction] = {}
        given = cast(Tree, entry.get("terms") or {})
        for name, weight in given.items():
            answer = self._answer(name)
            if answer is None:
                return None
            if answer not in self.own.answers():
                raise _Misfit("an answer that has no number, no range and no place in `ranks`")
            if answer in terms:
                raise _Misfit("an answer named twice")
            terms[answer] = number(weight)
        if not any(terms.values()):
            raise _Misfit("no `terms` with a weight other than 0")
        bounds = {key: number(entry[key]) for key in _BOUNDS if key in entry}
        low, high = (bounds.get("equal", bounds.get(key)) for key in ("at_least", "at_most"))
        if not bounds or ("equal" in bounds and len(bounds) > 1):
            raise _Misfit("no bound, or `equal` beside another")
        if low is not None and high is not None and low > high:
            raise _Misfit("an `at_least` above its `at_most`")
        return Constraint(FrozenMap(terms), low, high)

    def _answer(self, name: object) -> Answer | None:
        """Return the answer of a name; None where its issue has faults of its own."""
        if not isinstance(name, str):
            raise _Misfit(f"{kind(name)} where an answer's name is needed")
        issue_id, _, value = name.partition(".")
        if issue_id in self.known.broken or not self.known.complete:
            return None
        issue = self.known.by_id.get(issue_id)
        found = self._other(name) if issue is None else self._of(issue, value)
        if found is None:
            raise _Misfit("the name of an answer that does not exist")
        return found

    def _other(self, name: str) -> Answer | None:
        others = (WALK_AWAY, *(Answer("bonus", place=n + 1) for n in range(len(self.own.bonuses))))
        named = {_special(answer): answer for answer in others if answer in self.own.answers()}
        return named.get(name)

    def _of(self, issue: Issue, value: str) -> Answer | None:
        if isinstance(issue, Share | Money):
            return None if value else Answer("issue", issue.id)
        if isinstance(issue, Amount):
            points = self.own.points.get(issue.id)
            xs = [x for x, _ in points.corners] if isinstance(points, Curve) else []
            places = [n for n, x in enumerate(xs, start=1) if value and x == number(value)]
            return Answer("issue", issue.id, place=places[0]) if places else None
        option = value or (self.own.party if isinstance(issue, Item) else "")
        return Answer("issue", issue.id, option) if option in self.known.values_of(issue) else None

    def _between(self, ranking: Ranking) -> None:
        """Note between which numbers an order leaves the answers that have none (H29)."""
        numbers = self.own.answers()
        spans = {answer: (given, given) for answer, given in numbers.items()}
        spans |= dict(self.own.ranges)
        ends = [spans.get(answer) for answer in ranking]
        most: Fraction | None = None
        above: list[Fraction] = []
        for span in ends:
            most = most if span is None else span[1]
            if most is None:
                raise _Misfit("a first answer without a number or a range")
            above.append(most)
        least, below = Fraction(0), list[Fraction]()
        for span in reversed(ends):
            least = least if span is None else span[0]
            below.append(least)
        for answer, span, low, high in zip(ranking, ends, reversed(below), above, strict=True):
            if span is None:
                before = self._left_out.get(answer, (low, high))
                self._left_out[answer] = max(low, before[0]), min(high, before[1])
                if self._left_out[answer][0] > self._left_out[answer][1]:
                    raise _Misfit("an order that leaves no number for an answer")

    def _fill(self, ranks: list[Ranking]) -> None:
        """Give every answer that only orders speak of the range that they leave it."""
        points = dict(self.own.points)
        for answer in dict.fromkeys(a for ranking in ranks for a in ranking if a in self._left_out):
            issue = self.known.by_id[answer.issue]
            if isinstance(issue, Share | Money):
                points[issue.id] = Linear(Fraction(0))
                continue
            assert not isinstance(issue, Amount)
            before = points.get(issue.id)
            given = dict(before.points) if isinstance(before, Table) else {}
            values = self.known.values_of(issue)
            if isinstance(issue, Item) and not given:
                given = dict.fromkeys(values, Fraction(0))
            given[answer.value] = Fraction(0)
            points[issue.id] = Table(FrozenMap({v: given[v] for v in values if v in given}))
        ranges = FrozenMap({**self.own.ranges, **self._left_out})
        self.own = replace(self.own, points=FrozenMap(points), ranges=ranges)

    @contextmanager
    def _faults(self, place: Place, expected: str) -> Iterator[None]:
        """Turn what does not fit into a fault at its place."""
        try:
            yield
        except (_Misfit, ValueError) as error:
            thing, where = owner(place, self.tree), path_text(place)
            fault = Fault(thing, str(error), expected, "H29", "Change it.", where)
            self.known.findings.add(fault)
            if place[2] == "ranks":  # else what it would have filled in counted as missing
                keys = ("points", "values")
                self.known.muted.update(path_text((*self.place, key)) for key in keys)


def relations_data(own: Preference, dispute: Dispute) -> Mapping[str, Any]:
    """Return what a preference says of several answers, as the lists and tables of its file."""
    ids = {issue.id for issue in dispute.issues}
    ranks = [[_name(own, answer, ids) for answer in ranking] for ranking in own.ranks]
    constraints: list[dict[str, Any]] = []
    for one in own.constraints:
        terms = {_name(own, answer, ids): number_data(w) for answer, w in one.terms.items()}
        bounds = {"at_least": one.at_least, "at_most": one.at_most}
        if one.at_least == one.at_most:
            bounds = {"equal": one.at_least}
        numbers = {key: number_data(bound) for key, bound in bounds.items() if bound is not None}
        constraints.append({"terms": terms, **numbers})
    return {"ranks": ranks[0] if len(ranks) == 1 else ranks, "constraints": constraints}


def _name(own: Preference, answer: Answer, ids: set[str]) -> str:
    if answer.of != "issue":
        if (name := _special(answer)).partition(".")[0] in ids:
            raise Unsupported(_no_name(own.party))
        return name
    points = own.points[answer.issue]
    if isinstance(points, Curve):
        return f"{answer.issue}.{points.corners[answer.place - 1][0]}"
    own_item = answer.value == own.party
    return answer.issue if own_item or not answer.value else f"{answer.issue}.{answer.value}"


def _special(answer: Answer) -> str:
    return "walk_away" if answer == WALK_AWAY else f"bonus.{answer.place}"


def _no_name(party: str) -> Fault:
    return Fault(
        f"Party {party!r}",
        "an order or constraint on its walk-away value or a bonus, and an issue of the same name",
        "`walk_away` and `bonus` mean the issue, where there is one",
        "H29",
        "Give the issue another id.",
    )
