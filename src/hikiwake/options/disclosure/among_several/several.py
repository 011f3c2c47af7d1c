"""The exact ends of every number that several sides hide together: case by case.

A side that looks sees all that the others could be together, and each of them alone. In each case
(see :mod:`hikiwake.options.disclosure.among_several.joint`) members are asked for of which *some*
number lies beyond all that was seen, until it is proved that there are none. They are looked at in
full: if they would not have told or shown the same, the model learns which packages say so, or the
most that a known side could gain is cut where that matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import ceil, floor

from hikiwake.findings.talks import Hiding, Talks, Word
from hikiwake.model import Dispute
from hikiwake.options.disclosure.among_several.all_ends import AllEnds, Members, ends_with_texts
from hikiwake.options.disclosure.among_several.joint import Given, Joint, Reach
from hikiwake.options.disclosure.among_several.judged import Judge, Undercut
from hikiwake.options.disclosure.among_several.settling import Best, Instead, Reason, Settling, near
from hikiwake.options.disclosure.among_several.together import Look, Together, covers_together
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.models.question import QUICK
from hikiwake.options.disclosure.told.otherwise import Further
from hikiwake.options.disclosure.told.read import Readers

MAX_ASKED = 500  # questions about what some sides can hide together
PATIENT = 3.0  # of the solver's own, repeatable seconds


@lru_cache(maxsize=20)
def ends_of_several(
    dispute: Dispute,
    observers: tuple[str, ...],
    talks: Talks,
    hiding: Hiding,
    hasty: bool = False,
    readers: Readers | None = None,
) -> dict[str, Ends] | None:
    """Return how far the numbers of each side are known that is not among those that look.

    None: nothing that was declared fits all that was told. Nothing where something is
    divided, a group is not for trade, or numbers are too large.
    """
    if not covers_together(dispute):
        return {}
    hidden = [party for party in dispute.party_ids if party not in observers]
    together = Together(dispute, hidden, hiding)
    if not together.exact:
        return {}
    judge = None if talks.shown is None else Judge(together, talks)
    how = hiding, hasty
    return ends_with_texts(
        dispute, lambda more: _Search(together, judge, talks, how, more), readers
    )


class _Search(AllEnds[Given]):
    """The search over tables of whole packages."""

    def __init__(
        self,
        together: Together,
        judge: Judge | None,
        talks: Talks,
        how: tuple[Hiding, bool],
        further: Further | None = None,
    ) -> None:
        hiding, hasty = how
        super().__init__(together.hidden, together.shapes, hiding, (MAX_ASKED, hasty), further)
        self._together, self._judge, self._talks = together, judge, talks
        self._learnt: list[int | Reason] = []
        self._fruitful = True  # whether the ends of the grid are asked for alone, first

    def _cases(self) -> Iterator[Given]:
        """Yield whether each known side can gain something, with all that it could then gain.

        After a settlement only what it saw that it gains; and of a draw whether it is the best.
        """
        together, judge, free = self._together, self._judge, (None,) * len(self._shapes)
        said = list(self._talks.said(Word.EVEN, Word.NOT_EVEN))
        said += [] if judge is None else [judge.outcome]
        if not said:
            yield Given(None, free)
            return
        rows = [together.allowed.place(outcome) for outcome in said]
        if None in rows:
            return
        reaches: list[list[Reach]] = []
        for k, (own, steps) in enumerate(zip(together.allowed.above, together.steps, strict=True)):
            least = max(int(own[row]) for row in rows)
            further = [step for step in steps if step >= least]
            if judge is not None:
                gain = int(own[judge.row])
                further = [step for step in further if judge.gain_seen(k, gain, step)]
            some = [step for step in further if step]
            reaches.append([(0, 0)] if further[:1] == [0] else [])
            reaches[-1] += [(some[0], some[-1])] if some else []
        for one in product(*reaches):
            if judge is not None and judge.draw and together.dispute.price:
                yield Given(one, free, near(together, judge, one))
            yield Given(one, free)  # the last comes first

    def _settle(self, given: Given) -> list[Given]:
        """Find all that lies further in a case; return its parts where it has to be cut."""
        model = _Model(self._together, self._talks, self._hiding, given, self._judge)
        for reason in self._learnt:
            model.learn(reason)
        if self._fruitful and (parts := self._ask_all(model, given, furthest=True)):
            return parts
        return self._ask_all(model, given)

    def _ask_all(self, model: _Model, given: Given, furthest: bool = False) -> list[Given]:
        """The same, of all that lies further, or only of what lies at the end of the grid."""
        asked = [self._ends()]
        while asked:
            ends = list(filter(self._inside, asked.pop()))
            limit = QUICK if furthest or len(ends) > 1 else PATIENT
            found = self._ask(model.joint, ends, furthest, limit) if ends else False
            self._fruitful &= not furthest or found is not False
            if found is True and not furthest:
                if len(ends) > 1:
                    asked += [[end] for end in ends]
                elif parts := self._narrower(given):
                    return parts
                else:
                    self._open.update(ends)
            elif not isinstance(found, bool):
                if parts := self._heed(model, given, found):
                    return parts
                asked.append(ends)
        return []

    def _heed(self, model: _Model, given: Given, members: Members) -> list[Given]:
        """Note members that fit; else let the model learn why not, or cut the case."""
        if self._fits(members):
            self._note(members)
            self._fruitful = True
            return []
        look = self._together.look(members)
        new = [
            reason
            for reason in dict.fromkeys(self._why(model, members, look))
            if reason not in self._learnt and model.learn(reason)
        ]
        self._learnt += new
        if new:
            return []
        parts = self._cut(given, look) or self._cut_best(model, given)
        if not parts:
            self._open.update(self._ends())
        return parts

    def _why(self, model: _Model, members: Members, look: Look) -> Iterator[int | Reason]:
        """Yield why members would not have been told and shown the same, as far as that is seen."""
        most = [*model.claims(), *(high for _, high in model.joint.given.reaches or ())]
        if most:
            yield from look.beyond(most, self._together.allowed.columns)
        if self._judge is not None:
            verdict = self._judge.look(members, look)
            yield from verdict.better
            if verdict.best is not None:
                yield Best(verdict.best)
            for other in verdict.others:
                yield other if isinstance(other, Undercut) else Instead(other, model.taken())

    def _fits(self, members: Members) -> bool:
        look = self._together.look(members)
        words = self._together.words(look, self._talks)
        return words and (self._judge is None or self._judge.look(members, look).same)

    def _beside(self, members: Members) -> Iterable[Members]:
        return self._together.beside(members)

    def _cut(self, given: Given, look: Look) -> list[Given]:
        """Return a case cut where it matters for what members would have been told."""
        first = len(self._shapes)
        for k, (low, high) in enumerate(given.reaches or ()):
            here = look.reach[first + k]
            cuts = [cut for cut in self._cuts(first + k, look) if low < cut <= high]
            if cuts:
                cut = min(cuts, key=lambda one: (abs(one - here), one))
                return self._parts(given, k, [(low, cut - 1), (cut, high)])
        for k, (low, high) in enumerate(given.reaches or ()):
            here = look.reach[first + k]
            if low < high:
                return self._parts(given, k, [(low, here - 1), (here, here), (here + 1, high)])
        return []

    def _parts(self, given: Given, k: int, parts: Iterable[Reach]) -> list[Given]:
        """Return a case with each of these as what a known side could gain at the most."""
        reaches, found = given.reaches or (), list[Given]()
        for low, high in parts:
            if between := [step for step in self._together.steps[k] if low <= step <= high]:
                part = between[0], between[-1]
                found.append(replace(given, reaches=(*reaches[:k], part, *reaches[k + 1 :])))
        return found

    def _cut_best(self, model: _Model, given: Given) -> list[Given]:
        """Return a case cut by what the best may give the known sides."""
        vectors = () if model.settling is None else model.settling.vectors
        if len(vectors) < 2:
            return []
        spans = [(max(own) - min(own), max(own)) for own in zip(*vectors, strict=True)]
        widest = max(range(len(spans)), key=lambda k: Fraction(spans[k][0], max(spans[k][1], 1)))
        ordered = sorted(vectors, key=lambda one: (one[widest], one))
        half = len(ordered) // 2
        parts = tuple(ordered[:half]), tuple(ordered[half:])
        return [replace(given, dearer=part) for part in parts]

    def _cuts(self, side: int, look: Look) -> Iterator[int]:
        """Yield the least that a known side could gain at most where a word changes."""
        tolerance = self._together.dispute.tolerance
        for told in self._talks.told:
            gains = self._together.standing(look, told.outcome) or []
            for n, (above, most) in enumerate(gains):
                gain = Fraction(above, max(most, 1))
                if n != side and gain + tolerance:
                    yield ceil(gains[side][0] / (gain + tolerance))
                if n != side and gain > tolerance:
                    yield floor(gains[side][0] / (gain - tolerance)) + 1

    def _narrower(self, given: Given) -> list[Given]:
        """Return a case cut where less is then to be found out; none: it cannot be."""
        for k, (low, high) in enumerate(given.reaches or ()):
            between = [one for one in self._together.steps[k] if low < one <= high]
            if between:
                middle = between[len(between) // 2]
                return self._parts(given, k, [(low, middle - 1), (middle, high)])
        return [replace(given, walk_aways=own) for own in self._by_walk_away(given.walk_aways)]


class _Model:
    """What members must meet in a case."""

    def __init__(
        self, together: Together, talks: Talks, hiding: Hiding, given: Given, judge: Judge | None
    ) -> None:
        self._together = together
        self.joint = Joint(together, talks, hiding, given)
        self.settling = None if judge is None else Settling(self.joint, judge)

    def learn(self, reason: int | Reason) -> bool:
        """Learn why members do not fit; False: that says nothing here."""
        if isinstance(reason, int):
            self.joint.learn(reason)
            return True
        return self.settling is not None and self.settling.learn(reason)

    def claims(self) -> list[int]:
        """Return the most that each side that hides could gain by what was found, as worths."""
        times = self._together.shapes[0].largest // self.joint.top
        return [times * most for most in self.joint.claims]

    def taken(self) -> tuple[int, ...]:
        """Return what those that hide get of what was taken for the best, if it is there."""
        value, settling = self.joint.value, self.settling
        if value is None or settling is None or self.joint.given.dearer is None:
            return ()
        return settling.taken(value)
