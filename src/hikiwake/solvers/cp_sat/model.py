"""A problem without continuous parts as a CP-SAT model, every utility a variable of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from math import gcd, prod
from typing import Any

from hikiwake.errors import Fault, TooLarge
from hikiwake.solvers.problem import Clause, Problem
from hikiwake.solvers.solution import Decision

MAX_BITS = 50  # of a party's utility, so that products with small numbers stay within 64

_WORD = 61

Classes = tuple[tuple[int, ...], ...]  # the options of an issue, those that are alike together
Taken = tuple[int, ...]  # the class taken on each issue
Today = Sequence[int | None]
Key = Callable[[int, int], Any]  # of an issue's option: by it they are put in an order


class Model:
    """The variables of a problem.

    Options of an issue that are worth the same to everyone, and about which every condition says
    the same, are one *class*. Options that another one of their issue dominates are left out
    where no condition names the issue. What is never allowed is required unless ``keeping`` is
    False.

    A utility may be counted too low: an extra that would help is left uncounted, or one that hurts
    counted, where nobody asks for more. That is all that "at least" needs. The clauses that are
    missing, any of whose literals must hold if utilities are to be exact, are ``loose``.

    Raises
    ------
    TooLarge
        If somebody's points do not fit the solver's integers (H18).
    """

    def __init__(self, problem: Problem, keeping: bool = True) -> None:
        from ortools.sat.python import cp_model

        self.problem = problem
        self.classes = tuple(_classes(problem))
        self.cp: Any = cp_model.CpModel()
        self._true: Any = self.cp.new_constant(1)
        self.literals = [self._literals(len(classes)) for classes in self.classes]
        self._held: dict[tuple[int, frozenset[int]], Any] = {}
        self.loose: list[list[Any]] = []
        for clause in problem.never if keeping else ():
            self.cp.add_bool_or([~literal for literal in self._members(clause)])
        for allowed in problem.allowed:
            self._only(allowed.issues, allowed.combinations)
        self.scales = [_Scale(self, party) for party in range(problem.parties)]

    @property
    def true(self) -> Any:
        """A literal that always holds."""
        return self._true

    def _literals(self, count: int) -> list[Any]:
        if count == 1:
            return [self._true]
        if count == 2:
            literal = self.cp.new_bool_var("")
            return [literal, ~literal]
        literals = [self.cp.new_bool_var("") for _ in range(count)]
        self.cp.add_exactly_one(literals)
        return literals

    def _members(self, clause: Clause) -> list[Any]:
        return [self._among(k, options) for k, options in clause.options]

    def _among(self, issue: int, options: frozenset[int]) -> Any:
        """Return the literal that an issue is decided as one of some options."""
        key = (issue, options)
        if key not in self._held:
            sides: tuple[list[Any], list[Any]] = ([], [])
            for literal, members in zip(self.literals[issue], self.classes[issue], strict=True):
                sides[members[0] in options].append(literal)
            self._held[key] = self._one_of(*sides)
        return self._held[key]

    def _one_of(self, outside: list[Any], inside: list[Any]) -> Any:
        if not outside:
            return self._true
        if not inside:
            return ~self._true
        if len(inside) == 1:
            return inside[0]
        if len(outside) == 1:
            return ~outside[0]
        literal = self.cp.new_bool_var("")
        self.cp.add_exactly_one([literal, *outside])
        return literal

    def all_hold(self, clause: Clause, wanted: bool) -> Any:
        """Return a literal that can only hold if a whole combination does.

        Of a combination that is not ``wanted``: one that must hold if the combination does.
        """
        members = self._members(clause)
        if len(members) <= 1:
            return members[0] if members else self._true
        literal = self.cp.new_bool_var("")
        always = [literal, *(~member for member in members)]
        only = [[~literal, member] for member in members]
        self.loose += [always] if wanted else only
        for literals in only if wanted else [always]:
            self.cp.add_bool_or(literals)
        return literal

    def _only(self, issues: Sequence[int], combinations: Iterable[tuple[int, ...]]) -> None:
        places: list[Any] = []
        for k in issues:
            place = self.cp.new_int_var(0, len(self.classes[k]) - 1, "")
            self.cp.add(place == sum(j * literal for j, literal in enumerate(self.literals[k])))
            places.append(place)
        found = sorted(combinations)
        if found:
            self.cp.add_allowed_assignments(places, found)
        else:
            self.cp.add_bool_or([~self._true])

    def taken(self, holds: Callable[[Any], bool]) -> Taken:
        """Return the class taken on each issue in a solution."""
        return tuple(
            next((c for c, literal in enumerate(literals[:-1]) if holds(literal)), -1)
            % len(literals)
            for literals in self.literals
        )

    def packed(self) -> list[Any]:
        """Return the class taken on each issue in a few numbers, each a linear expression."""
        from ortools.sat.python.cp_model import LinearExpr

        return [
            LinearExpr.weighted_sum(  # pyright: ignore[reportUnknownMemberType]
                [literal for k, _ in digits for literal in self.literals[k]],
                [unit * c for k, unit in digits for c in range(len(self.classes[k]))],
            )
            for digits in self._digits
        ]

    def unpacked(self, numbers: Sequence[int]) -> Taken:
        """Return the class taken on each issue, from a few numbers."""
        return tuple(
            number // unit % len(self.classes[k])
            for number, digits in zip(numbers, self._digits, strict=True)
            for k, unit in digits
        )

    @cached_property
    def _digits(self) -> list[list[tuple[int, int]]]:
        """The issues in their order, and what the unit of each is in the number that holds it."""
        digits, unit = [list[tuple[int, int]]()], 1
        for k, classes in enumerate(self.classes):
            if (unit * len(classes)).bit_length() > _WORD:
                digits.append([])
                unit = 1
            digits[-1].append((k, unit))
            unit *= len(classes)
        return digits

    def decision(self, taken: Taken) -> Decision:
        """Return the first of the packages that take these classes."""
        return tuple(classes[c][0] for classes, c in zip(self.classes, taken, strict=True))

    def decisions(self, taken: Taken, today: Today) -> Iterator[Decision]:
        """Yield the packages that take these classes; of alike options today's, if it is one."""
        yield from product(*self._alike(taken, today))

    def ways(self, taken: Taken, today: Today) -> int:
        """Return how many packages ``decisions`` yields."""
        return prod(map(len, self._alike(taken, today)))

    def first_of(self, taken: Taken, today: Today, key: Key) -> Decision:
        """Return the first of these packages, by a key of each issue's options."""
        ways = enumerate(self._alike(taken, today))
        return tuple(min(own, key=lambda option: key(k, option)) for k, own in ways)

    def in_order(self, today: Today, key: Key) -> list[list[int]]:
        """Return the classes of each issue as the first of their options come."""
        return [
            sorted(
                range(len(classes)),
                key=lambda c: min(key(k, option) for option in _ways(classes[c], now)),
            )
            for k, (classes, now) in enumerate(zip(self.classes, today, strict=True))
        ]

    def _alike(self, taken: Taken, today: Today) -> list[tuple[int, ...]]:
        pairs = zip(self.classes, taken, today, strict=True)
        return [_ways(classes[c], now) for classes, c, now in pairs]

    def classes_of(self, decision: Decision) -> Taken:
        """Return the class that a package takes on each issue."""
        pairs = zip(self.classes, decision, strict=True)
        return tuple(
            next(c for c, members in enumerate(classes) if option in members)
            for classes, option in pairs
        )

    def hint(self, decision: Decision, cp: Any = None) -> None:
        """Let every search begin at a package, or that of a copy of the model."""
        cp = self.cp if cp is None else cp
        cp.clear_hints()
        for classes, literals, option in zip(self.classes, self.literals, decision, strict=True):
            if len(literals) > 1:
                for members, literal in zip(classes[:-1], literals[:-1], strict=True):
                    cp.add_hint(literal, option in members)

    def count(self, taken: Taken) -> int:
        """Return how many packages take these classes."""
        return prod(len(classes[c]) for classes, c in zip(self.classes, taken, strict=True))

    def utilities(self, decision: Decision) -> tuple[int, ...]:
        """Return everybody's points for a package, counted without the solver."""
        totals = [0] * self.problem.parties
        for options, j in zip(self.problem.points, decision, strict=True):
            for i, points in enumerate(options[j]):
                totals[i] += points
        for extra in self.problem.extras:
            if all(decision[k] in options for k, options in extra.when.options):
                totals[extra.party] += extra.points
        return tuple(totals)


class _Scale:
    """One party's utility, or less (see ``Model``), as a variable: ``base + step · level``."""

    def __init__(self, model: Model, party: int) -> None:
        self.party = party
        self.base = 0
        terms: list[tuple[Any, int]] = []
        for options, classes, literals in zip(
            model.problem.points, model.classes, model.literals, strict=True
        ):
            points = [options[members[0]][party] for members in classes]
            least = min(points)
            self.base += least
            terms += [
                (lit, p - least) for lit, p in zip(literals, points, strict=True) if p > least
            ]
        for extra in model.problem.extras:
            if extra.party == party and extra.points:
                literal = model.all_hold(extra.when, wanted=extra.points > 0)
                self.base += min(0, extra.points)
                terms.append((literal if extra.points > 0 else ~literal, abs(extra.points)))
        self.step = gcd(*(points for _, points in terms)) or 1
        self.most = sum(points for _, points in terms) // self.step
        widest = max(abs(self.base), abs(self.base + self.step * self.most))
        if self.most.bit_length() > MAX_BITS or widest.bit_length() > _WORD:
            raise _too_long()
        self.level = self._level(model.cp, terms)

    def _level(self, cp: Any, terms: list[tuple[Any, int]]) -> Any:
        from ortools.sat.python.cp_model import LinearExpr

        level = cp.new_int_var(0, self.most, "")
        literals, points = [lit for lit, _ in terms], [p // self.step for _, p in terms]
        total: Any = LinearExpr.weighted_sum(literals, points)  # pyright: ignore[reportUnknownMemberType]
        cp.add(total == level)
        return level

    def levels(self, utility: int) -> int:
        """Return the least level that is worth at least so much."""
        return -((self.base - utility) // self.step)


def _ways(alike: tuple[int, ...], now: int | None) -> tuple[int, ...]:
    """Return the options that are nearest to today's among some that are alike."""
    return (now,) if now is not None and now in alike else alike


def _classes(problem: Problem) -> Iterator[Classes]:
    """Yield, for each issue, its options, those that are alike together."""
    clauses = [*problem.never, *(extra.when for extra in problem.extras)]
    named: dict[int, list[frozenset[int]]] = {}
    for clause in clauses:
        for k, options in clause.options:
            named.setdefault(k, []).append(options)
    listed = {k for allowed in problem.allowed for k in allowed.issues}
    for k, options in enumerate(problem.points):
        alike: dict[Any, list[int]] = {}
        for j, points in enumerate(options):
            said = tuple(j in among for among in named.get(k, ()))
            alike.setdefault((points, said, j if k in listed else None), []).append(j)
        if k not in named and k not in listed:
            best = _undominated([points for points, _, _ in alike])
            yield tuple(tuple(js) for key, js in alike.items() if key[0] in best)
        else:
            yield tuple(map(tuple, alike.values()))


def _undominated(points: list[tuple[int, ...]]) -> set[tuple[int, ...]]:
    best: list[tuple[int, ...]] = []
    for point in sorted(points, reverse=True):
        if not any(all(b >= p for b, p in zip(other, point, strict=True)) for other in best):
            best.append(point)
    return set(best)


def _too_long() -> TooLarge:
    return TooLarge(
        Fault(
            "Engine 'cp_sat'",
            "points that need very long integers",
            f"At most {MAX_BITS} bits for everybody's points in all",
            "H18",
            "Round the points to fewer digits.",
        )
    )


__all__ = ["MAX_BITS", "Key", "Model", "Taken"]
