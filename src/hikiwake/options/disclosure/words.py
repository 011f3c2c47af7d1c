"""One coarse word about the whole: only where every side put the package forward, within a budget.

Live answers about the other side are an oracle from which its points can be read in a few dozen
probes. So nobody is told anything about a package that it alone thought of; what is told, all are
told; and how often is fixed beforehand. Whether a word may be told depends only on what was told
before, never on the word itself: else a refusal would be an answer.

References
----------
Kenthapadi, K., Mishra, N. and Nissim, K. (2005), Simulatable Auditing, PODS.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from hikiwake.errors import Fault, InputError, Unsupported
from hikiwake.findings.talks import Exposure, Room, Talks, Told, Word
from hikiwake.findings.texts import Text
from hikiwake.model import FrozenMap, Outcome, Preference
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.meter import Disclosure, Looking, unseen

_ELSE = "Put other packages forward, begin the next round, or let the mediator propose."


class Talking:
    """Talks within their budget. Frozen: what changes them returns others, to be kept."""

    def __init__(self, adjusting: Adjusting, talks: Talks, disclosure: Disclosure) -> None:
        self.talks = talks
        self._adjusting, self._disclosure = adjusting, disclosure

    def put_forward(self, party: str, outcome: Outcome) -> Talking:
        """Return the talks with a package put forward; with its word, if now all have put it so.

        What the budget allows no word about cannot be put forward, whoever else has done so or not:
        else a refusal would tell that all others have.

        Raises
        ------
        Unsupported
            If the budget allows no word about it (H14).
        """
        outcome = FrozenMap(outcome)
        own = self.talks.put.get(party, ())
        put = FrozenMap({**self.talks.put, party: own if outcome in own else (*own, outcome)})
        now = replace(self.talks, put=put)
        if self.told_of(outcome) is not None:
            return self._with(now)
        self.require_room(outcome)
        parties = self._adjusting.dispute.party_ids
        if all(outcome in put.get(p, ()) for p in parties):
            told = Told(now.round, outcome, self._adjusting.word(outcome))
            now = replace(now, told=(*now.told, told))
        return self._with(now)

    def next_round(self) -> Talking:
        """Return the talks at the beginning of the next round, nothing put forward.

        Raises
        ------
        Unsupported
            If there is none left (H14).
        """
        talks = self.talks
        if talks.round >= talks.budget.rounds:
            remedy = "Stay in this round, or let the mediator propose."
            raise Unsupported(_spent(f"the last of {talks.budget.rounds} rounds", remedy))
        return self._with(replace(talks, round=talks.round + 1, put=FrozenMap()))

    def show_settlement(self, outcome: Outcome) -> Talking:
        """Return the talks after all sides were shown this package as the settlement.

        Each saw no more than that, whether it is a draw, and its own gain.
        """
        return self._with(replace(self.talks, shown=outcome))

    def show_texts(self, settled: Outcome | None, *texts: Text) -> Talking:
        """Return the talks after all sides were given these texts to read, each its own.

        ``settled`` is the package that stands in those that show the settled one; None where there
        is no agreement, and they say so.

        Raises
        ------
        InputError
            As :meth:`require_texts` does.
        """
        self.require_texts(*texts)
        talking = self
        if settled is not None and any(text.shows_settled for text in texts):
            talking = self.show_settlement(settled)
        read = tuple(dict.fromkeys((*self.talks.texts, *texts)))
        return self._with(replace(talking.talks, texts=read))

    def require_texts(self, *texts: Text) -> None:
        """Refuse texts that nobody can have been given, because there are none.

        Raises
        ------
        InputError
            As the command that would make it.
        """
        self._disclosure.require(texts)

    def told_of(self, outcome: Outcome) -> Word | None:
        """Return the word that was told of a package, if one was."""
        said = (told.word for told in self.talks.told if told.outcome == outcome)
        return next(said, None)

    @property
    def refuses(self) -> bool:
        """Whether what a word could leave hidden is counted, so that a part can be kept."""
        return self._disclosure.refuses

    def least_left(self, outcome: Outcome) -> Fraction:
        """Return the least part of what might be hidden that a word about a package could leave."""
        return self._disclosure.least_left(self.talks, outcome)

    def room(self, outcome: Outcome) -> Room:
        """Return what a word about a package could leave hidden, and whether it is refused."""
        return self._disclosure.room(self.talks, outcome)

    def spread(self, party: str, outcome: Outcome) -> Counter[Word]:
        """Return how many of a party's possibilities would give each word about a package."""
        return self._disclosure.words_of(party, self.talks, outcome)

    def require_room(self, outcome: Outcome) -> None:
        """Refuse a word that the budget does not allow, whatever the word would be.

        Raises
        ------
        Unsupported
            If the round has no words left, or some word would leave too little hidden (H14).
        """
        budget = self.talks.budget
        if self.talks.words_left <= 0:
            raise Unsupported(_spent(f"all {budget.words} words of this round told"))
        if self.room(outcome).refused:
            raise Unsupported(
                _spent("a word about this package could leave too little of a side's points hidden")
            )

    def exposures(
        self, about: Outcome | None = None, looking: Looking = unseen
    ) -> tuple[Exposure, ...]:
        """Return what each side can still hold possible of the other. For the mediator (H14).

        ``about`` is a package about which a word might be told next; ``looking`` is called before
        each view, with its number and how many there are.
        """
        return self._disclosure.exposures(self.talks, about, looking)

    def possibilities(self, party: str, *observers: str) -> tuple[Preference, ...] | None:
        """Return all that a party might want, for others that pool what they know.

        It is the set that ``exposures`` counts as ``left``, in a fixed order: the members of the
        declared grid that would have told and shown just the same. None where they are not
        counted. For the mediator (H14).

        Parameters
        ----------
        party, observers
            Ids. The observers are those that look, one or more, the party not among them.

        Raises
        ------
        InputError
            If an id is not that of a party, or the party looks at itself, or nobody looks (H3).
        """
        parties = self._adjusting.dispute.party_ids
        if not observers or party in observers or not {party, *observers} <= {*parties}:
            raise InputError(_who_looks(parties))
        seen = tuple(one for one in parties if one in observers)
        return self._disclosure.possible(party, seen, self.talks)

    def _with(self, talks: Talks) -> Talking:
        return Talking(self._adjusting, talks, self._disclosure)


def _who_looks(parties: tuple[str, ...]) -> Fault:
    return Fault(
        "Whose possibilities are asked for, and who looks",
        "other ids, or a party that looks at itself, or nobody who looks",
        f"One of {', '.join(parties)}, and one or more of the others",
        "H3",
        'Write possibilities("a party", "one who looks", …).',
    )


def _spent(found: str, remedy: str = _ELSE) -> Fault:
    return Fault(
        "The budget of words",
        found,
        "What may be told of the whole is fixed before anything is told",
        "H14",
        remedy,
    )
