"""One case of what can be hidden, in full, as a model for CP-SAT.

In a case the most that the known side could gain lies in a range, and what a group not for trade
is worth to the hidden side is given. The rest is sums over issues. That *no* package of a set is
worth more than it may be is said of the nodes of its diagram: what follows on a node is worth no
more than the node's number. That *some* package is worth enough is said of one way through it.

Notation: r is the most that the hidden side can gain, R the most that the known side can. Whatever
is worth something to the hidden side counts in its units, times ``scale``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

from hikiwake.findings.talks import Hiding, Word
from hikiwake.model import Answer, Preference
from hikiwake.options.disclosure.board import Board, Place
from hikiwake.options.disclosure.diagram import NOWHERE, Diagram
from hikiwake.options.disclosure.share import Share
from hikiwake.options.disclosure.shown import Rival, Shown, Stand
from hikiwake.options.disclosure.unknowns import Unknowns
from hikiwake.solvers.watched import search

_QUICK: dict[str, Any] = {
    "num_workers": 1,
    "max_deterministic_time": 1.0,  # the solver's own, repeatable seconds
    "symmetry_level": 0,
    "linearization_level": 0,
    "cp_model_probing_level": 0,
    "max_presolve_iterations": 1,
}
_THOROUGH: dict[str, Any] = {
    "num_workers": 1,
    "max_deterministic_time": 4.0,
    "linearization_level": 2,
}

Reach = tuple[int, int]  # the range of R
Beyond = tuple[Answer, int, Fraction]  # a number, 1 or -1, and how far it was seen that way


@dataclass(frozen=True, slots=True)
class Given:
    """What is given in a case: without ``reach`` nothing was told to be possible.

    ``stand`` is what a settlement that was shown means to the hidden side; None where it can be
    any. ``walk_away`` is in steps of the grid; None where it can be any.
    """

    share: Share | None
    reach: Reach | None
    stand: Stand | None = None
    walk_away: int | None = None


class Case:
    """The model."""

    def __init__(self, board: Board, hiding: Hiding, given: Given) -> None:
        from ortools.sat.python import cp_model

        self._cp: Any = cp_model.CpModel()
        self._board, self._share = board, given.share
        self._hidden = Unknowns(self._cp, board.dispute, board.hidden, hiding)
        self._top = board.scale * self._hidden.total
        self._walk_away = board.scale * self._hidden.walk_away
        self._depth = board.depth if given.share is not None and given.share.most else 0
        self._worths = [
            [self._worth_of(n, value) for value in values] for n, values in enumerate(board.ways)
        ]
        if given.walk_away is not None:
            steps = int(hiding.walk_away_step / self._hidden.unit)
            self._cp.add(self._hidden.walk_away == given.walk_away * steps)
        if given.share is not None:
            self._hold(given.share)
        for place in board.told(Word.NOT_POSSIBLE):
            self._not_possible(place)
        if given.reach is not None:
            gain = self._measure(*given.reach)
            if board.shown is not None:
                self._show(board.shown, gain, given.reach, given.stand)

    def beyond(self, numbers: Iterable[Beyond], thorough: bool = False) -> Preference | bool:
        """Return a member of which some number lies beyond where it was seen.

        ``numbers`` are each 1 or -1 times larger than what they are given with.
        False: there is none, which is proved. True: that was not found out within the limit.
        """
        asked, further = self._cp.new_bool_var(""), list[Any]()
        for answer, sign, seen in numbers:
            literal = self._cp.new_bool_var("")
            number = self._hidden.numbers[answer]
            edge = int(seen / self._hidden.unit) + 1
            self._cp.add(sign * number >= edge).only_enforce_if(literal)
            further.append(literal)
        self._cp.add_bool_or([~asked, *further])
        domain = self._cp.proto.variables[asked.index].domain
        domain[0] = 1  # only now
        ended = search(self._cp, **(_THOROUGH if thorough else _QUICK))
        domain[0] = 0
        if ended.found:
            return self._hidden.preference(ended.value)
        return not ended.impossible

    def learn(self, rival: Rival) -> bool:
        """Add that a package is not settled on instead of the shown one; False: it never is."""
        place, level = self._board.place(rival.outcome), self._level
        uneven = self._uneven(place[: self._depth], level)
        if uneven is None:
            return False
        gain, known = self._worth(place) - self._walk_away, int(self._board.gained[place])
        kept = [self._cp.new_bool_var("") for _ in range(4)]
        self._cp.add(gain <= rival.least - 1).only_enforce_if(kept[0])
        self._cp.add(gain >= rival.most + 1).only_enforce_if(kept[1])
        self._some(self._board.diagram(known), self._worth(place) + 1, kept[2])
        self._some(self._board.diagram(known + 1), self._worth(place), kept[3])
        self._cp.add_bool_or([*kept, *uneven])
        return True

    @property
    def _level(self) -> int:
        return 0 if self._share is None else self._share.level

    def _worth_of(self, n: int, value: Any) -> Any:
        parts = self._hidden.parts_of(self._board.issues[n], value)
        return sum(int(part * self._board.scale) * self._hidden.numbers[a] for a, part in parts)

    def _worth(self, place: Place) -> Any:
        return sum(self._worths[n][option] for n, option in enumerate(place))

    def _hold(self, share: Share) -> None:
        """Add what the group is worth, and that nothing is more even than the possible package."""
        board = self._board
        inside = board.issues[: board.depth]
        most = sum(self._hidden.bests[issue.id] for issue in inside)
        self._cp.add(board.scale * most == share.most)
        self._cp.add(self._worth(board.surely[: board.depth]) == share.there)
        if share.level > share.tolerated:
            self._no_more(board.diagram(0), self._walk_away - 1, share.level - 1)

    def _measure(self, low: int, high: int) -> Any:
        """Add that R lies in its range, and the words that rest on it and on r; return r."""
        board, level = self._board, self._level
        gain = self._cp.new_int_var(0, self._top, "")
        self._no_more(board.diagram(0), self._walk_away + gain, level)
        self._some(board.diagram(0), self._walk_away + gain)
        self._some(board.diagram(low), self._walk_away)
        if high < board.steps[-1]:
            self._no_more(board.diagram(high + 1), self._walk_away - 1, level)
        for word in (Word.EVEN, Word.NOT_EVEN):
            for place in board.told(word):
                self._possible(place, level)
                told = int(board.gained[place]), (low, high), word is Word.EVEN
                self._among(gain, self._worth(place) - self._walk_away, self._codes(*told))
        return gain

    def _show(self, shown: Shown, gain: Any, reach: Reach, stand: Stand | None) -> None:
        """Add that a package was shown as settled; all of that where its stand is given."""
        board, level = self._board, self._level
        place = board.place(shown.outcome)
        self._possible(place, level)
        here = self._worth(place)
        self._no_more(board.diagram(shown.known), here, level)
        self._no_more(board.diagram(shown.known, before=True), here - 1, level)
        if stand is not None:
            self._cp.add(gain == stand.most)
            self._cp.add(here == self._walk_away + stand.gain)
            if stand.best is not None:
                known, own = stand.best
                self._some(board.diagram(known), self._walk_away + own)
            for limit in shown.limits(stand, reach[0]):
                most = self._walk_away + limit.most
                self._no_more(board.diagram(limit.least, limit.before), most, level)
        elif shown.draw:
            codes = self._codes(shown.known, reach, even=True)
            self._among(gain, here - self._walk_away, codes)

    def _codes(self, known: int, reach: Reach, even: bool) -> list[list[int]]:
        """Return what the hidden side can gain at the most, and by a package of a word, as one."""
        times, tolerance = self._top + 1, self._board.dispute.tolerance
        return [
            [times * most + least, times * most + top]
            for most in range(times)
            for least, top in gains(most, known, reach, tolerance, even)
        ]

    def _among(self, gain: Any, here: Any, codes: list[list[int]]) -> None:
        """Add that two numbers are such as some codes stand for."""
        from ortools.sat.python import cp_model

        second = self._cp.new_int_var(0, self._top, "")
        self._cp.add(second == here)
        domain = cp_model.Domain.from_intervals(codes)
        self._cp.add_linear_expression_in_domain((self._top + 1) * gain + second, domain)

    def _possible(self, place: Place, level: int) -> None:
        uneven = self._uneven(place[: self._depth], level)
        if uneven is None:
            self._cp.add_bool_or([])
        else:
            for literal in uneven:
                self._cp.add(literal == 0)

    def _not_possible(self, place: Place) -> None:
        if self._board.gained[place] < 0:
            return
        level = self._level
        uneven = self._uneven(place[: self._depth], level)
        if uneven is not None:
            below = self._cp.new_bool_var("")
            self._cp.add(self._worth(place) <= self._walk_away - 1).only_enforce_if(below)
            self._cp.add_bool_or([below, *uneven])

    def _no_more(self, packages: Diagram, most: Any, level: int) -> None:
        """Add that no package as even as a level is worth more."""
        numbers = self._following(packages)
        for combination, node in zip(
            self._combinations, packages.nodes_after(self._depth).tolist(), strict=True
        ):
            uneven = None if node == NOWHERE else self._uneven(combination, level)
            if uneven is not None:
                kept = self._cp.add(self._worth(combination) + numbers[node] <= most)
                if uneven:
                    literal = self._cp.new_bool_var("")
                    kept.only_enforce_if(literal)
                    self._cp.add_bool_or([literal, *uneven])

    def _following(self, packages: Diagram) -> list[Any]:
        """Return, for the nodes after the group, what whatever follows is not worth more than."""
        numbers: list[Any] = [0]
        for n in range(len(packages.layers) - 1, self._depth - 1, -1):
            further, numbers = numbers, []
            for row in packages.layers[n].tolist():
                number = self._cp.new_int_var(0, self._top, "")
                for worth, node in zip(self._worths[n], row, strict=True):
                    if node != NOWHERE:
                        self._cp.add(number >= worth + further[node])
                numbers.append(number)
        return numbers

    def _some(self, packages: Diagram, least: Any, literal: Any = True) -> None:
        """Add that some package that is as even as counts is worth so much, if a literal holds."""
        if packages.empty:
            self._cp.add_bool_or([~literal] if literal is not True else [])
            return
        options: list[Any] = []
        worths: list[Any] = []
        for own in self._worths:
            options.append(option := self._cp.new_int_var(0, len(own) - 1, ""))
            worths.append(worth := self._cp.new_int_var(0, self._top, ""))
            for k, number in enumerate(own):
                taken = self._cp.new_bool_var("")
                self._cp.add(option == k).only_enforce_if(taken)
                self._cp.add(option != k).only_enforce_if(~taken)
                self._cp.add(worth == number).only_enforce_if(taken)
        self._cp.add_automaton(options, 0, [packages.end], packages.arcs())
        self._cp.add(sum(worths) >= least).only_enforce_if(literal)
        if self._share is not None and self._depth:
            even = self._even(self._share, options[: self._depth], sum(worths[: self._depth]))
            self._cp.add_bool_or(even).only_enforce_if(literal)

    def _even(self, share: Share, options: Sequence[Any], worth: Any) -> list[Any]:
        """Return literals one of which holds if a chosen package is as even as counts."""
        spans: dict[tuple[int, int], list[Place]] = {}
        for combination in self._combinations:
            if span := share.span(combination, share.level):
                spans.setdefault(span, []).append(combination)
        literals: list[Any] = []
        for (least, most), combinations in spans.items():
            literals.append(literal := self._cp.new_bool_var(""))
            self._cp.add_allowed_assignments(options, combinations).only_enforce_if(literal)
            self._cp.add_linear_constraint(worth, least, most).only_enforce_if(literal)
        return literals

    def _uneven(self, combination: Place, level: int) -> list[Any] | None:
        """Return literals, one of which holds if a combination is less even than a level.

        None: it always is.
        """
        if self._share is None or not self._depth:
            return []
        span = self._share.span(combination, level)
        if span is None:
            return None
        key = combination, span
        if key not in self._literals:
            self._literals[key] = list(self._outside(self._worth(combination), span))
        return self._literals[key]

    def _outside(self, worth: Any, span: tuple[int, int]) -> Iterator[Any]:
        """Yield literals that hold just where a worth lies below, and above, a span."""
        assert self._share is not None
        least, most = span
        if least > 0:
            yield self._just_if(worth <= least - 1, worth >= least)
        if most < self._share.most:
            yield self._just_if(worth >= most + 1, worth <= most)

    def _just_if(self, holds: Any, fails: Any) -> Any:
        literal = self._cp.new_bool_var("")
        self._cp.add(holds).only_enforce_if(literal)
        self._cp.add(fails).only_enforce_if(~literal)
        return literal

    @cached_property
    def _combinations(self) -> list[Place]:
        return list(self._board.combinations(self._depth))

    @cached_property
    def _literals(self) -> dict[tuple[Place, tuple[int, int]], list[Any]]:
        return {}


def gains(
    most: int, known: int, reach: Reach, tolerance: Fraction, even: bool
) -> Iterator[tuple[int, int]]:
    """Yield between what the hidden side can gain of its most by a package of a word.

    ``known`` is what the package gives the known side; somewhere in its range is what that could
    gain at the most.
    """
    low, high = reach
    if most == 0 or low == 0 == high:
        if not even:
            yield 0, most
        return
    if low == 0 and not even:
        yield 0, most
        return
    largest, smallest = Fraction(known, max(low, 1)), Fraction(known, high)
    if even:
        least = max(ceil((smallest - tolerance) * most), 0)
        yield from _span(least, min(floor((largest + tolerance) * most), most))
        return
    yield from _span(0, min(ceil((largest - tolerance) * most) - 1, most))
    yield from _span(max(floor((smallest + tolerance) * most) + 1, 0), most)


def _span(least: int, most: int) -> Iterator[tuple[int, int]]:
    if least <= most:
        yield least, most
