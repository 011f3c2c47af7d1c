"""What the things of a plan are called: in one side's own words, or in every side's at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from hikiwake.explain.language.layout import clean
from hikiwake.model import Agreement, Text

if TYPE_CHECKING:
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.course import Course, Piece, Step


class PlanNames:
    """The names of parties, obligations and steps in one language.

    With a ``viewer`` obligations have that party's own words, else the public ones. Without one,
    where sides have words of their own, all are shown in alphabetical order.
    """

    def __init__(self, agreement: Agreement, voice: Voice, viewer: str | None) -> None:
        self._voice = voice
        self._obligations = {o.id: o for o in agreement.obligations}
        self._parties = {p.id: self._text(p.name, p.id) for p in agreement.parties}
        self._eyes = agreement.party_ids if viewer is None else (viewer,)
        self.title = self._text(agreement.title, "")

    def party(self, party: str) -> str:
        """Return a party's name."""
        return self._parties[party]

    def in_order(self, parties: Iterable[str]) -> list[str]:
        """Return parties in the alphabetical order of their names."""
        return sorted(parties, key=lambda p: (self._parties[p].casefold(), p))

    def parties(self, parties: Iterable[str]) -> str:
        """Return the names of parties in alphabetical order."""
        return self._voice.listing(map(self.party, self.in_order(parties)))

    def obligation(self, name: str) -> str:
        """Return what an obligation is called."""
        obligation = self._obligations[name]
        public = self._text(obligation.name, name)
        own = {self._text(obligation.words.get(p, Text()), public) for p in self._eyes}
        return self._voice.say(" / ").join(sorted(own, key=str.casefold))

    def piece(self, piece: Piece) -> str:
        """Return what is done, and which part of it."""
        name = self.obligation(piece.obligation)
        if piece.of == 1:
            return name
        return self._voice.say(
            "{obligation} (part {number} of {of})",
            obligation=name,
            number=self._voice.whole(piece.number),
            of=self._voice.whole(piece.of),
        )

    def doers(self, step: Step) -> list[str]:
        """Return the parties that do a step."""
        return list(dict.fromkeys(p for piece in step.pieces for p in self.by(piece)))

    def by(self, piece: Piece) -> tuple[str, ...]:
        """Return the parties that do a piece."""
        return self._obligations[piece.obligation].by

    def deed(self, step: Step) -> str:
        """Return who does what in a step."""
        return self._voice.say("; ").join(
            # NOTE: who does what, in a timetable
            self._voice.say("{party}: {deed}", party=self.parties(self.by(p)), deed=self.piece(p))
            for p in step.pieces
        )

    def deeds(self, step: Step) -> str:
        """Return what is done in a step, without who does it."""
        return self._voice.say("; ").join(map(self.piece, step.pieces))

    def checked(self, step: Step) -> str:
        """Return how the others see that a step was done."""
        wordings = dict.fromkeys(
            self._text(self._obligations[p.obligation].checked, "") for p in step.pieces
        )
        nobody = self._voice.say("nobody can check it")
        return self._voice.say("; ").join(wording or nobody for wording in wordings)

    def when(self, step: Step) -> str:
        """Return when a step is done."""
        values = {"first": _day(step.not_before), "last": _day(step.by_when)}
        if step.not_before and step.by_when:
            return self._voice.say("from {first} to {last}", **values)
        if step.by_when:
            return self._voice.say("by {last}", **values)
        return self._voice.say("from {first} on", **values) if step.not_before else "–"

    def withheld(self, course: Course, number: int) -> str:
        """Return the next thing that others do: until a step is checked, they may withhold it."""
        doers = set(self.doers(course.steps[number]))
        for step in course.steps[number + 1 :]:
            others = [p for p in step.pieces if not doers.issuperset(self.by(p))]
            if others:
                return self._voice.say("; ").join(map(self.piece, others))
        return "–"

    def _text(self, text: Text, fallback: str) -> str:
        return clean(text.in_language(self._voice.language)) or clean(fallback)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
