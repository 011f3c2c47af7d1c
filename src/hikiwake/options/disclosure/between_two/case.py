"""One case of what can be hidden, in full, as a model for CP-SAT.

In a case the most that the known side could gain lies in a range, and what counts as even in groups
not for trade rests on one of them. The rest is sums over issues. That *no* package of a set is
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

import numpy as np

from hikiwake.findings.talks import Hiding, Word
from hikiwake.model import Answer, Preference
from hikiwake.options.disclosure.between_two.board import Board, Place
from hikiwake.options.disclosure.between_two.share import Apart, Share
from hikiwake.options.disclosure.between_two.uneven import Uneven
from hikiwake.options.disclosure.hidden.unknowns import Unknowns
from hikiwake.options.disclosure.models.diagram import NOWHERE, Diagram
from hikiwake.options.disclosure.models.question import QUICK, some_reach
from hikiwake.options.disclosure.models.way import Way, following
from hikiwake.options.disclosure.told.shown import Rival, Shown, Stand

Reach = tuple[int, int]  # the range of R
Beyond = tuple[Answer, int, Fraction]  # a number, 1 or -1, and how far it was seen that way


@dataclass(frozen=True, slots=True)
class Given:
    """What is given in a case: without ``reach`` nothing was told to be possible.

    ``stand`` is what a settlement that was shown means to the hidden side; None where it can be
    any. ``walk_away`` is in steps of the grid; None where it can be any.
    """

    share: Share
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
        self._step = int(hiding.step / self._hidden.unit)
        matter = given.share.given is None or given.share.given[0] > 0
        self._depth, self._groups = (board.depth, board.stakes) if matter else (0, [])
        insides = [stake.inside for stake in board.stakes]
        self._mosts = [self._hidden.row(inside.extent, board.scale) for inside in insides]
        self._leasts = [self._hidden.row(inside.least, board.scale) for inside in insides]
        self._outside = Uneven(self._cp, board, given.share, self._mosts, self._step)
        self._worths = [
            [self._worth_of(n, value) for value in values] for n, values in enumerate(board.ways)
        ]
        if given.walk_away is not None:
            steps = int(hiding.walk_away_step / self._hidden.unit)
            self._cp.add(self._hidden.walk_away == given.walk_away * steps)
        if board.stakes:
            self._hold(given.share)
        for place in board.told(Word.NOT_POSSIBLE):
            self._not_possible(place)
        for one, other in board.better:
            self._cp.add(self._worth(one) >= self._worth(other) + 1)
        for place in board.unbettered:
            known, here = int(board.gained[place]), self._worth(place)
            self._no_more(board.diagram(known + 1), here - 1)
            if np.count_nonzero(board.gained == known) > 1:
                self._no_more(board.diagram(known), here)
        if given.reach is not None:
            gain = self._measure(*given.reach)
            if board.shown is not None:
                self._show(board.shown, gain, given.reach, given.stand)

    def beyond(self, numbers: Iterable[Beyond], limit: float = QUICK) -> Preference | bool:
        """Return a member of which some number lies beyond where it was seen.

        ``numbers`` are each 1 or -1 times larger than what they are given with.
        False: there is none, which is proved. True: that was not found out within the limit.
        """
        edges = ((s * self._hidden.numbers[a], int(seen / self._hidden.unit) + 1)
                 for a, s, seen in numbers)  # fmt: skip
        ended = some_reach(self._cp, edges, limit)
        if ended.found:
            return self._hidden.preference(ended.value)
        return not ended.impossible

    def learn(self, rival: Rival) -> None:
        """Add that a package is not settled on instead of the shown one."""
        place = self._board.place(rival.outcome)
        gain, known = self._worth(place) - self._walk_away, int(self._board.gained[place])
        kept = [self._cp.new_bool_var("") for _ in range(4)]
        self._cp.add(gain <= rival.least - 1).only_enforce_if(kept[0])
        self._cp.add(gain >= rival.most + 1).only_enforce_if(kept[1])
        self._some(self._board.diagram(known), self._worth(place) + 1, kept[2])
        self._some(self._board.diagram(known + 1), self._worth(place), kept[3])
        self._cp.add_bool_or([*kept, *(self._uneven(place) or ())])

    def exclude(self, member: Preference) -> None:
        """Leave out a member alone: it was seen that it does not fit."""
        self._cp.add_bool_or(self._hidden.unlike(member))

    def _worth_of(self, n: int, value: Any) -> Any:
        parts = self._hidden.parts_of(self._board.issues[n], value)
        return sum(int(part * self._board.scale) * self._hidden.numbers[a] for a, part in parts)

    def _worth(self, place: Place) -> Any:
        return sum(self._worths[n][option] for n, option in enumerate(place))

    def _hold(self, share: Share) -> None:
        """Add what is given of groups, and that nothing is more even than the possible package."""
        board, surely = self._board, self._board.surely[: self._board.depth]
        group = share.worst or 0
        if share.given is not None:
            most, there = share.given
            self._cp.add(self._mosts[group] == self._step * most)
            self._cp.add(self._got(group, board.surely_in(group)) == self._step * there)
        self._possible(surely)
        if share.worst is not None:
            self._no_more(board.diagram(0), self._walk_away - 1, closed=True)

    def _measure(self, low: int, high: int) -> Any:
        """Add that R lies in its range, and the words that rest on it and on r; return r."""
        board = self._board
        gain = self._cp.new_int_var(0, self._top, "")
        if not any(low <= one <= high for one in board.reaches):
            self._cp.add_bool_or([])
        self._no_more(board.diagram(0), self._walk_away + gain)
        self._some(board.diagram(0), self._walk_away + gain)
        self._some(board.diagram(low), self._walk_away)
        if high < board.steps[-1]:
            self._no_more(board.diagram(high + 1), self._walk_away - 1)
        for place in map(board.place, board.talks.implied.possible):
            self._possible(place)
            self._cp.add(self._worth(place) >= self._walk_away)
        for word in (Word.EVEN, Word.NOT_EVEN):
            for place in board.told(word):
                self._possible(place)
                told = int(board.gained[place]), (low, high), word is Word.EVEN
                self._among(gain, self._worth(place) - self._walk_away, self._codes(*told))
        return gain

    def _show(self, shown: Shown, gain: Any, reach: Reach, stand: Stand | None) -> None:
        """Add that a package was shown as settled; all of that where its stand is given."""
        board = self._board
        place = board.place(shown.outcome)
        self._possible(place)
        here = self._worth(place)
        self._no_more(board.diagram(shown.known), here)
        self._no_more(board.diagram(shown.known, before=True), here - 1)
        if stand is not None:
            self._cp.add(gain == stand.most)
            self._cp.add(here == self._walk_away + stand.gain)
            if stand.best is not None:
                known, own = stand.best
                self._some(board.diagram(known), self._walk_away + own)
            for limit in shown.limits(stand, reach[0]):
                most = self._walk_away + limit.most
                self._no_more(board.diagram(limit.least, limit.before), most)
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

    def _possible(self, place: Place) -> None:
        """Add that a package is as even as counts."""
        uneven = self._uneven(place)
        if uneven is None:
            self._cp.add_bool_or([])
        else:
            for literal in uneven:
                self._cp.add(literal == 0)

    def _not_possible(self, place: Place) -> None:
        uneven = self._uneven(place)
        if self._board.gained[place] >= 0 and uneven is not None:
            below = self._cp.new_bool_var("")
            self._cp.add(self._worth(place) <= self._walk_away - 1).only_enforce_if(below)
            self._cp.add_bool_or([below, *uneven])

    def _no_more(self, packages: Diagram, most: Any, closed: bool = False) -> None:
        """Add that no package that is as even as counts is worth more; ``closed``: more even."""
        numbers = following(self._cp, packages, self._worths, self._top, self._depth)
        nodes = packages.nodes_after(self._depth).tolist()
        for combination, node in zip(self._combinations, nodes, strict=True):
            uneven = None if node == NOWHERE else self._uneven(combination, closed)
            if uneven is not None:
                kept = self._cp.add(self._worth(combination) + numbers[node] <= most)
                if uneven:
                    literal = self._cp.new_bool_var("")
                    kept.only_enforce_if(literal)
                    self._cp.add_bool_or([literal, *uneven])

    def _some(self, packages: Diagram, least: Any, literal: Any = True) -> None:
        """Add that some package that is as even as counts is worth so much, if a literal holds."""
        if packages.empty:
            self._cp.add_bool_or([~literal] if literal is not True else [])
            return
        way = Way(self._cp, packages)
        worths = way.worths(self._worths, self._top)
        self._cp.add(sum(worths) >= least).only_enforce_if(literal)
        for group, stake in enumerate(self._groups):
            inside = way.options[stake.first : stake.last]
            got = sum(worths[stake.first : stake.last]) - self._leasts[group]
            even = self._even(group, inside, got)
            self._cp.add_bool_or(even).only_enforce_if(literal)

    def _even(self, group: int, options: Sequence[Any], got: Any) -> list[Any]:
        """Return literals one of which holds if what is chosen in a group is as even as counts."""
        kinds: dict[tuple[Apart, ...], list[Place]] = {}
        for place in self._board.places_in(group):
            aparts = self._share.outside(self._board, group, place, closed=False)
            if aparts is not None:
                kinds.setdefault(tuple(aparts), []).append(place)
        literals: list[Any] = []
        for aparts, places in kinds.items():
            literals.append(literal := self._cp.new_bool_var(""))
            self._cp.add_allowed_assignments(options, places).only_enforce_if(literal)
            for apart in aparts:
                within = self._outside.apart(group, got, apart)[1]
                self._cp.add(within).only_enforce_if(literal)
        return literals

    def _uneven(self, place: Place, closed: bool = False) -> list[Any] | None:
        """Return literals one of which holds just if a package is less even than counts.

        With ``closed``, if it is no more even. None: it always is.
        """
        literals: list[Any] = []
        for group, stake in enumerate(self._groups):
            own = place[stake.first : stake.last]
            found = self._outside.literals(group, own, self._got(group, own), closed)
            if found is None:
                return None
            literals += found
        return literals

    def _got(self, group: int, place: Place) -> Any:
        """Return what a combination of a group gives beyond the least."""
        first = self._board.stakes[group].first
        worth = sum(self._worths[first + n][option] for n, option in enumerate(place))
        return worth - self._leasts[group]

    @cached_property
    def _combinations(self) -> list[Place]:
        return list(self._board.combinations(self._depth))


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
