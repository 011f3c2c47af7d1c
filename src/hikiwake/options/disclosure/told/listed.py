"""All packages of a dispute in a table: what would be told if one side wanted something else.

Where everything is decided whole, and the packages are not too many, this answers at once what
:class:`~hikiwake.options.adjusting.by_hand.Adjusting` searches for anew in each dispute.

Notation: numbers are whole. For each side, ``above`` is what a package gives it beyond its
walk-away value and ``reach`` the most of that among possible packages: its gain is above ÷ reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import Hiding, Implied, Talks, Word
from hikiwake.model import Dispute, Group, Outcome
from hikiwake.numeric import fits_int64
from hikiwake.options.disclosure.hidden.inside import (
    Inside,
    countable,
    few_parts,
    inside_of,
    own_inside,
    span,
)
from hikiwake.options.disclosure.hidden.kinds import Kinds, Standing, even, merged
from hikiwake.options.disclosure.hidden.members import Member, Shape
from hikiwake.options.disclosure.told.allowed import Allowed, Ways, fits_table
from hikiwake.options.disclosure.told.asked import Settled, seen_of
from hikiwake.options.disclosure.told.settled import far_from_settled

Array = NDArray[Any]


def listed(dispute: Dispute, party: str, hiding: Hiding, ways: Ways) -> Listed | None:
    """Return the table for a side that hides; None where there is none, or a group is not covered.

    ``ways`` are the decisions of each issue.
    """
    if not fits_table(ways):
        return None
    if any(group.not_for_trade for group in dispute.groups) and not covered(dispute, party):
        return None
    found = Listed(dispute, party, hiding, ways)
    return found if found.exact else None


def covered(dispute: Dispute, party: str) -> bool:
    """Tell whether what is said wholly inside groups not for trade leaves few enough ways."""
    return all(
        countable(dispute, [party], group) and few_parts(dispute, [party], group)
        for group in dispute.groups
        if group.not_for_trade
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A known side's part of a group: what each decision of each issue gives it, and how much too
    much that is together. ``bonuses`` hang on which options of which issues are taken."""

    worths: list[Array]
    less: int
    bonuses: list[tuple[int, dict[int, Array]]]

    def of(self, columns: Mapping[int, Array]) -> Array:
        """Return it where issues are decided so; what is not decided counts nothing."""
        length = len(next(iter(columns.values()))) if columns else 1
        total = np.full(length, -self.less, dtype=np.int64)
        for n, worth in enumerate(self.worths):
            if n in columns:
                total = total + worth[columns[n]]
        for points, tests in self.bonuses:
            if tests.keys() <= columns.keys():
                met = [own[columns[n]] for n, own in tests.items()]
                total = total + points * np.all(met, axis=0)
        return total


class Listed:
    """Every package that public rules and all the others allow, whatever one side wants."""

    def __init__(self, dispute: Dispute, party: str, hiding: Hiding, ways: Ways) -> None:
        self._dispute, self.party = dispute, party
        self._known = [other for other in dispute.party_ids if other != party]
        self._allowed = allowed = Allowed(dispute, self._known, ways)
        self.shape = Shape(dispute, party, hiding)
        wholes = [part for _, part, _ in self._spans]
        room = 2 * dispute.tolerance.denominator * lcm(*wholes) * self.shape.largest ** len(wholes)
        self.exact = fits_int64(room) and not allowed.too_huge
        whole = tuple(range(len(allowed.sizes)))
        self._tables = {(n, whole): own for n, own in enumerate(allowed.tables)}

    def far(self, member: Member, talks: Talks, seen: Settled | None = None) -> float:
        """Return how far a member is from being told the same; 0 where all words are the same.

        With ``seen``, what the one other side saw settled, also from settling so, but for the
        choice among ties. It is no more than a direction for a search.
        """
        stands = self._stands(member)
        far = sum(
            self._missed(member, stands, self.place(told.outcome), told.word) for told in talks.told
        )
        far += self._unlike(member, stands, talks.implied)
        if seen is None:
            return far
        place = self.place(seen[0])
        far += 2 * self._missed(member, stands, place, Word.EVEN if seen[1] else None)
        if place is None or far >= 2:
            return far + 10
        here = self._above_at(member, place)
        groups_even = stands.level <= stands.whole * self._dispute.tolerance.numerator
        return far + far_from_settled(self._dispute, stands, here, seen, groups_even)

    def word(self, member: Member, outcome: Outcome) -> Word:
        """Return the word about a package if the side were this member."""
        stands, place = self._stands(member), self.place(outcome)
        return next(word for word in Word if not self._missed(member, stands, place, word))

    def place(self, outcome: Outcome) -> int | None:
        """Return the row of a package; None where it is not possible whatever the side wants."""
        return self._allowed.place(outcome)

    @property
    def gained(self) -> Array:
        """What every package gives the first known side beyond its walk-away value; below 0 where
        it is not possible, whatever the hidden side wants."""
        return self._allowed.tables[0]

    def stakes(self) -> Iterator[tuple[Group, Array, int, Inside]]:
        """Yield each group not for trade in which the first known side has a stake: of all ways to
        decide its issues what each gives it, beyond the least, and the most of that, scaled; and
        how the hidden side has the group."""
        known = self._known[0]
        for (group, _, spans), inside in zip(self._spans, self._insides, strict=True):
            if known in spans:
                least, extent = spans[known]
                places = [self._ids.index(issue) for issue in group.issues]
                got: Array = np.array(-least)
                for n in places:
                    got = np.add.outer(got, self._allowed.column(known, n))
                for bonus in own_inside(self._dispute, known, group).bonuses:
                    points = int(bonus.points * self._allowed.scale(known))
                    got = got + points * self._allowed.met(bonus.when, places)
                yield group, got, extent, inside

    def standing(self, member: Member, outcome: Outcome) -> tuple[list[int], list[int]]:
        """Return what a package of the table gives each side, the hidden one first, and the most
        that each could gain."""
        row = self.place(outcome)
        assert row is not None
        return self._above_at(member, row), self._stands(member).reach

    def reach(self, member: Member) -> list[int]:
        """Return the most that each side could gain, the hidden one first."""
        return self._stands(member).reach

    def as_even(self, member: Member, columns: Mapping[int, Array]) -> Array:
        """Return which packages, by the option of each issue, are as even in groups as counts."""
        return self._as_even(member, self._stands(member).level, columns)

    def _as_even(self, member: Member, level: int, columns: Mapping[int, Array]) -> Array:
        shares = [[part.of(columns) for part in own] for _, _, own in self._groups]
        apart = self._apart(member, self.shape.tables(member), columns, shares)
        return apart * self._dispute.tolerance.denominator <= level

    def _stands(self, member: Member) -> Standing:
        tables = self.shape.tables(member)
        active = tuple(n for n, table in enumerate(tables) if table.any())
        kinds = self._kinds(active)
        own = np.full(len(kinds.most[0]), -self.shape.walk_away(member), dtype=np.int64)
        for n, column in zip(active, kinds.columns, strict=True):
            own += tables[n][column]
        accepted = np.flatnonzero(own >= 0)
        whole = self._whole(member)
        level = whole * self._dispute.tolerance.numerator
        if self._groups:
            columns = dict(zip(active, kinds.columns, strict=True))
            apart = self._apart(member, tables, columns, kinds.shares)[accepted]
            apart = apart * self._dispute.tolerance.denominator
            level = max(level, int(apart.min())) if len(apart) else level
            accepted = accepted[apart <= level]
        points = [one[accepted] for one in (own, *kinds.most)]
        reach = [int(one.max()) if len(accepted) else -1 for one in points]
        return Standing(level, whole, points, reach)

    def _above_at(self, member: Member, row: int) -> list[int]:
        """Return what a listed package gives each side beyond its walk-away value."""
        tables = zip(self.shape.tables(member), self._allowed.columns, strict=True)
        own = sum(int(table[column[row]]) for table, column in tables)
        return [own - self.shape.walk_away(member), *(int(one[row]) for one in self._allowed.above)]

    def _missed(
        self, member: Member, stands: Standing, row: int | None, word: Word | None
    ) -> float:
        """Return 0 if this is the word about a package, else how far it is from being so.

        None stands for either of the words that say that it is possible.
        """
        if row is None:
            return 0 if word is Word.NOT_POSSIBLE else 3
        above = self._above_at(member, row)
        if above[0] < 0:
            return 0 if word is Word.NOT_POSSIBLE else 2 - above[0] / self.shape.largest
        if self._groups:
            columns = {n: column[row : row + 1] for n, column in enumerate(self._allowed.columns)}
            if not self._as_even(member, stands.level, columns)[0]:
                return 0 if word is Word.NOT_POSSIBLE else 2
        if word is Word.NOT_POSSIBLE:
            return 1
        if word is None:
            return 0
        gains = [(a, r) for a, r in zip(above, stands.reach, strict=True) if r > 0]
        alike = len(gains) > 1 and even(gains, self._dispute.tolerance)
        if alike == (word is Word.EVEN):
            return 0
        if word is Word.NOT_EVEN or len(gains) < 2:
            return 1
        parts = [a / r for a, r in gains]
        return max(parts) - min(parts)

    def _unlike(self, member: Member, stands: Standing, implied: Implied) -> float:
        """Return 0 if all is so that follows from texts, else how much is not."""
        far = 0.0
        for outcome in implied.possible:
            far += self._missed(member, stands, self.place(outcome), None)
        for one, other in implied.better:
            far += self._worth(member, one) <= self._worth(member, other)
        if len(self._known) == 1:  # of several, points are not those of one package
            own, known = stands.points
            for outcome in implied.unbettered:
                if (row := self.place(outcome)) is not None:
                    here, there = self._above_at(member, row)
                    better = (own >= here) & (known >= there) & ((own > here) | (known > there))
                    far += bool(better.any())
            if implied.ahead is not None and (row := self.place(implied.ahead[0])) is not None:
                here, there = self._above_at(member, row)
                most, reach = stands.reach
                ahead = here * reach > there * most
                far += min(most, reach) <= 0 or ahead is not (implied.ahead[1] == self.party)
        return far + (not self.read_alike(stands.reach[1:], implied))

    def _worth(self, member: Member, outcome: Outcome) -> int:
        """Return what any package is worth to the hidden side."""
        pairs = zip(self.shape.tables(member), self._allowed.option(outcome), strict=True)
        return sum(int(table[option]) for table, option in pairs)

    def read_alike(self, reach: Sequence[int], implied: Implied) -> bool:
        """Tell whether the known sides would have read their gains if they could gain so much."""
        for n, party in enumerate(self._known):
            for outcome, seen in implied.gains.get(party, {}).items():
                row = self.place(outcome)
                if row is None or reach[n] <= 0:
                    return False
                gain = Fraction(int(self._allowed.above[n][row]), reach[n])
                if seen_of(self._dispute, gain) != seen:
                    return False
        return True

    def _kinds(self, active: tuple[int, ...]) -> Kinds:
        if active not in self._known_kinds:
            matter = [
                (group, own)
                for group, _, own in self._groups
                if len(own) > 1 or any(self._ids[n] in group.issues for n in active)
            ]
            issues = {issue for group, _ in matter for issue in group.issues}
            kept = [n for n, one in enumerate(self._ids) if n in active or one in issues]
            tables = [self._most_of(party, tuple(kept)) for party in range(len(self._known))]
            here = np.nonzero(tables[0] >= 0)
            columns, most = dict(zip(kept, here, strict=True)), [one[here] for one in tables]
            shares = [[part.of(columns) for part in own] for _, _, own in self._groups]
            parts = [columns[n] for n in active]
            for (group, _, _), own in zip(self._groups, shares, strict=True):
                if set(group.issues) <= issues:
                    parts += [np.unique(one, return_inverse=True)[1].reshape(-1) for one in own]
            self._known_kinds[active] = merged(
                Kinds([columns[n] for n in active], most, shares), parts
            )
        return self._known_kinds[active]

    def _most_of(self, party: int, kept: tuple[int, ...]) -> Array:
        """Return the most that a known side gets, given the decisions of some issues.

        Below 0 where these allow nothing.
        """
        if (party, kept) not in self._tables:
            free = [n for n in range(len(self._allowed.sizes)) if n not in kept]
            wider = tuple(sorted((*kept, free[-1])))
            axis = wider.index(free[-1])
            self._tables[party, kept] = self._most_of(party, wider).max(axis=axis)
        return self._tables[party, kept]

    def _whole(self, member: Member) -> int:
        """Return into how many parts shares of groups are divided."""
        pairs = zip(self._ranges(member), self._groups, strict=True)
        return lcm(*(parts * max(extent, 1) for (_, extent), (_, parts, _) in pairs))

    def _ranges(self, member: Member) -> list[tuple[int, int]]:
        """Return what the hidden side gets of each group at the least, and beyond that."""
        numbers = self.shape.worths(member) if self._insides else {}
        found: list[tuple[int, int]] = []
        for inside in self._insides:
            least, extent = inside.span(numbers)
            found.append((least // inside.parts, extent // inside.parts))
        return found

    def _apart(
        self,
        member: Member,
        tables: Sequence[Array],
        columns: Mapping[int, Array],
        shares: Sequence[Sequence[Array]],
    ) -> Array:
        """Return how uneven packages are within the group where they are least even (H8)."""
        whole = self._whole(member)
        length = len(next(iter(columns.values()))) if columns else 1
        found = np.zeros(length, dtype=np.int64)
        groups = zip(self._groups, self._ranges(member), shares, strict=True)
        for (group, parts, _), (least, extent), own in groups:
            compared = [share * (whole // parts) for share in own]
            if extent:
                places = [n for n in columns if self._ids[n] in group.issues]
                got = np.full(length, -least, dtype=np.int64)
                for n in places:
                    got += tables[n][columns[n]]
                compared.append(got * (whole // extent))
            if len(compared) > 1:
                spread = np.max(compared, axis=0) - np.min(compared, axis=0)
                found = np.maximum(found, spread)
        return found

    @cached_property
    def _known_kinds(self) -> dict[tuple[int, ...], Kinds]:
        return {}

    @cached_property
    def _ids(self) -> list[str]:
        return [issue.id for issue in self._dispute.issues]

    @cached_property
    def _insides(self) -> list[Inside]:
        return [inside_of(self._dispute, self.party, group) for group, _, _ in self._spans]

    @cached_property
    def _groups(self) -> list[tuple[Group, int, list[_Part]]]:
        """Of each group not for trade the parts of a whole share; and how many of them each other
        side with a range there gets."""
        found: list[tuple[Group, int, list[_Part]]] = []
        for group, parts, spans in self._spans:
            own: list[_Part] = []
            for party, (least, extent) in spans.items():
                times = parts // extent
                columns = [self._allowed.column(party, n) for n in range(len(self._ids))]
                worths = [
                    (column * times * (issue in group.issues)).astype(np.int64)
                    for column, issue in zip(columns, self._ids, strict=True)
                ]
                scale = times * self._allowed.scale(party)
                bonuses = [
                    (int(bonus.points * scale), self._allowed.options(bonus.when))
                    for bonus in own_inside(self._dispute, party, group).bonuses
                ]
                own.append(_Part(worths, least * times, bonuses))
            found.append((group, parts, own))
        return found

    @cached_property
    def _spans(self) -> list[tuple[Group, int, dict[str, tuple[int, int]]]]:
        """Of each such group, what each other side gets at the least and beyond that, scaled."""
        found: list[tuple[Group, int, dict[str, tuple[int, int]]]] = []
        for group in self._dispute.groups:
            if group.not_for_trade:
                scaled: dict[str, tuple[int, int]] = {}
                for party in self._known:
                    least, extent = span(self._dispute, party, group)
                    scale = self._allowed.scale(party)
                    if extent:
                        scaled[party] = int(least * scale), int(extent * scale)
                found.append((group, lcm(*(extent for _, extent in scaled.values())), scaled))
        return found
