"""What things are called: in one side's own words, or in every side's at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from hikiwake.explain.language import payments
from hikiwake.explain.language.layout import clean, width_of
from hikiwake.explain.language.voice import Voice
from hikiwake.model import (
    Amount,
    Choice,
    Dispute,
    FrozenMap,
    Item,
    Money,
    Party,
    Share,
    Text,
    Value,
)

MANY = 4


class Names:
    """The names of a dispute's things in one language.

    With a ``viewer`` they are that party's own words, else the public ones. Without one, every
    side's own name is shown, in alphabetical order, so that none of them comes first by rank.
    """

    def __init__(self, dispute: Dispute, voice: Voice, viewer: str | None = None) -> None:
        self._dispute = dispute
        self._voice = voice
        self._eyes = dispute.parties if viewer is None else (dispute.party(viewer),)
        self._issues = {issue.id: issue for issue in dispute.issues}
        self._parties = {party.id: self._public(party.name, party.id) for party in dispute.parties}
        self._groups = {group.id: self._public(group.name, group.id) for group in dispute.groups}

    def differ(self) -> bool:
        """Tell whether sides have different names for anything that is shown here."""
        things: list[tuple[str, str | None]] = [(issue, None) for issue in self._issues]
        things += [
            (issue.id, option)
            for issue in self._issues.values()
            if isinstance(issue, Choice | Item)
            for option in self._dispute.values_of(issue)
        ]
        return any(len(self._wordings(*thing)) > 1 for thing in things)

    def title(self) -> str:
        """Return the title of the dispute, empty where it has none."""
        return self._public(self._dispute.title, "")

    def party(self, party_id: str) -> str:
        """Return a party's name."""
        return self._parties[party_id]

    def in_order(self, party_ids: Iterable[str]) -> list[str]:
        """Return parties in the alphabetical order of their names: no rank, and no file's order."""
        return sorted(party_ids, key=lambda party_id: _alphabet(self._parties[party_id]))

    def parties(self, party_ids: Iterable[str]) -> str:
        """Return the names of parties in alphabetical order."""
        return self._voice.listing(self._parties[p] for p in self.in_order(party_ids))

    def group(self, group_id: str) -> str:
        """Return a group's name."""
        return self._groups[group_id]

    def issue(self, issue_id: str) -> str:
        """Return what an issue is called."""
        return self._called(issue_id)

    def value(self, issue_id: str, value: Value) -> str:
        """Return what an issue is decided as, in words."""
        if isinstance(value, FrozenMap):
            if self.is_money(issue_id):
                return self._payments(issue_id, value)
            return self._division(issue_id, value)
        if isinstance(value, Fraction):
            return self.payment(issue_id, value)
        return self._called(issue_id, value)

    def amount(self, issue_id: str, number: Fraction) -> str:
        """Return an amount, of money or of a share's total too, with its unit."""
        return self._with_unit(issue_id, self._voice.amount(number))

    def payment(self, issue_id: str, number: Fraction) -> str:
        """Return what is paid, or decided, in decimals with its unit; exactly too, if rounded."""
        if not (exactly := self._voice.exactly(number)):
            return self.amount(issue_id, number)
        # NOTE: a sum of money that had to be rounded, such as "≈33.33 EUR (exactly 100/3)"
        return self._voice.say(
            "{amount} (exactly {fraction})",
            amount=self._with_unit(issue_id, self._voice.points(number)),
            fraction=exactly,
        )

    def hopes(self, issue_id: str, values: Iterable[Value], viewer: str) -> str:
        """Return the values that a party likes best; of a division, only its own part."""
        if self.is_money(issue_id):
            received = [value[viewer] for value in values if isinstance(value, FrozenMap)]
            return self.any_of(
                [payments.own(self._voice, n, self.payment(issue_id, abs(n))) for n in received]
            )
        if isinstance(self._issues[issue_id], Share):
            own = [value[viewer] for value in values if isinstance(value, FrozenMap)]
            return self.any_of([self.part(issue_id, part) for part in own])
        issue = self._issues[issue_id]
        if isinstance(issue, Amount) and issue.step is not None:
            numbers = [value for value in values if isinstance(value, Fraction)]
            runs = list(_runs(numbers, issue.step))
            return self.any_of([self.between(issue_id, low, high) for low, high in runs])
        ordered = sorted(values, key=lambda value: self.place(issue_id, value))
        return self.any_of([self.value(issue_id, value) for value in ordered])

    def is_money(self, issue_id: str) -> bool:
        """Tell whether an issue is about payments."""
        return isinstance(self._issues[issue_id], Money)

    def between(self, issue_id: str, low: Fraction, high: Fraction) -> str:
        """Return a range of amounts, with its unit once."""
        if low == high:
            return self.amount(issue_id, low)
        lowest = self._voice.amount(low)
        return self._voice.say("from {low} to {high}", low=lowest, high=self.amount(issue_id, high))

    def part(self, issue_id: str, part: Fraction) -> str:
        """Return one side's part of something that is divided, and how much that is of it all."""
        if part == 1:
            return self._voice.say("all of it")
        if part == 0:
            return self._voice.say("nothing")
        issue = self._issues[issue_id]
        if not isinstance(issue, Share) or issue.total is None:
            return self._voice.part(part)
        # NOTE: how much one side gets of all that there is, such as "100 of 200 EUR (1/2)"
        return self._voice.say(
            "{number} of {total} ({part})",
            number=self._voice.points(part * issue.total),
            total=self.amount(issue_id, issue.total),
            part=self._voice.exact_part(part),
        )

    def outcome(self, outcome: Mapping[str, Value], unlike: Mapping[str, Value]) -> str:
        """Return, as a list, what one package decides otherwise than another."""
        return self._voice.say("; ").join(
            self._voice.say(
                "{issue} – {value}", issue=self.issue(i), value=self.value(i, outcome[i])
            )
            for i in self._issues
            if i in outcome and outcome[i] != unlike.get(i)
        )

    def place(self, issue_id: str, value: Value) -> tuple[int, int]:
        """Return where a value stands among all: by issue, then by name or file."""
        issue = self._issues[issue_id]
        known = self._ordered(issue) if isinstance(issue, Choice | Item) else []
        place = known.index(value) if isinstance(value, str) and value in known else 0
        return list(self._issues).index(issue_id), place

    def options_in_order(self, issue_id: str, options: Iterable[str | Fraction]) -> list[str]:
        """Return options of an issue in the order in which the dispute gives them."""
        issue, wanted = self._issues[issue_id], set(options)
        if isinstance(issue, Choice | Item):
            return [self._called(issue_id, v) for v in self._ordered(issue) if v in wanted]
        numbers = sorted(number for number in wanted if isinstance(number, Fraction))
        return [self.amount(issue_id, number) for number in numbers]

    def _ordered(self, issue: Choice | Item) -> list[str]:
        values = list(self._dispute.values_of(issue))
        if isinstance(issue, Choice):
            return values
        owners = self.in_order(self._dispute.party_ids)
        return owners + values[len(owners) :]

    def _with_unit(self, issue_id: str, shown: str) -> str:
        issue = self._issues[issue_id]
        unit = "" if isinstance(issue, Choice | Item) else self._public(issue.unit, "")
        if width_of(unit[:1]) > 1:  # Chinese, Japanese and Korean writing has no blank there
            return shown + unit
        # NOTE: an amount, such as "450 EUR a month"
        return self._voice.say("{number} {unit}", number=shown, unit=unit) if unit else shown

    def _payments(self, issue_id: str, received: FrozenMap[str, Fraction]) -> str:
        """Return who pays whom, or where that is not plain, who pays and who receives."""
        rows = [
            (self.party(p), received[p], self.payment(issue_id, abs(received[p])))
            for p in self.in_order(received)
        ]
        return payments.told(self._voice, rows)

    def _division(self, issue_id: str, parts: FrozenMap[str, Fraction]) -> str:
        return self._voice.listing(
            # NOTE: a side and what it gets of something that is divided
            self._voice.say(
                "{party}: {part}", party=self.party(p), part=self.part(issue_id, parts[p])
            )
            for p in self.in_order(parts)
        )

    def any_of(self, shown: list[str]) -> str:
        """Return alternatives one after another; of very many, only the first."""
        # NOTE: what stands between alternatives, blanks included
        some = self._voice.say(" or ").join(shown[:MANY])
        return self._voice.say("{values} …", values=some) if len(shown) > MANY else some

    def _called(self, issue_id: str, option_id: str | None = None) -> str:
        # NOTE: what stands between the names that different sides give to one thing
        return self._voice.say(" / ").join(self._wordings(issue_id, option_id))

    def _wordings(self, issue_id: str, option_id: str | None) -> list[str]:
        key = issue_id if option_id is None else f"{issue_id}.{option_id}"
        public = self._public(*self._unowned(issue_id, option_id))
        return sorted({self._own(party, key) or public for party in self._eyes}, key=_alphabet)

    def _unowned(self, issue_id: str, option_id: str | None) -> tuple[Text, str]:
        issue = self._issues[issue_id]
        if option_id is None:
            return issue.name, issue_id
        if isinstance(issue, Item) and option_id in self._parties:
            return self._dispute.party(option_id).name, option_id
        options = issue.options if isinstance(issue, Choice) else ()
        options = issue.others if isinstance(issue, Item) else options
        return next((o.name for o in options if o.id == option_id), Text()), option_id

    def _own(self, party: Party, key: str) -> str:
        for language in (self._voice.language, party.language):
            if language and (wording := party.names.get(language, {}).get(key)):
                return clean(wording)
        return ""

    def _public(self, text: Text, fallback: str) -> str:
        return clean(text.in_language(self._voice.language)) or clean(fallback)


def _runs(numbers: list[Fraction], step: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield the first and the last of each run of rising numbers that lie a step apart."""
    first = 0
    for place, number in enumerate(numbers):
        if place + 1 == len(numbers) or numbers[place + 1] != number + step:
            yield numbers[first], number
            first = place + 1


def _alphabet(name: str) -> tuple[str, str]:
    return name.casefold(), name
