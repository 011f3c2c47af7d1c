"""Frozen mappings, texts by language, and the values that an issue may have."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from fractions import Fraction
from typing import Any

import pytest

from hikiwake.model import (
    Amount,
    Choice,
    Dispute,
    FrozenMap,
    Item,
    Money,
    Option,
    Party,
    Preference,
    Share,
    Text,
)

F = Fraction


def test_a_frozen_map_equals_any_mapping_of_the_same_items() -> None:
    """Order plays no part in equality, nor does the kind of mapping; values do."""
    one = FrozenMap({"house": "ann", "car": "ben"})
    assert one == {"car": "ben", "house": "ann"}
    assert one == FrozenMap({"car": "ben", "house": "ann"})
    assert one != {"house": "ann"}
    assert one != FrozenMap({"house": "ann", "car": "ann"})


def test_keys_and_values_can_be_given_apart() -> None:
    """Paired keys and values are the same mapping and hash; picked values come in order."""
    paired = FrozenMap.paired(("a", "b"), (1, 2))
    assert paired == FrozenMap({"a": 1, "b": 2})
    assert hash(paired) == hash(FrozenMap({"b": 2, "a": 1}))
    assert paired.pick(["b", "a", "b"]) == (2, 1, 2)


def test_equal_frozen_maps_have_equal_hashes() -> None:
    """Outcomes may stand in sets: the same items in another order are the same element."""
    one, other = FrozenMap({"a": 1, "b": 2}), FrozenMap({"b": 2, "a": 1})
    assert hash(one) == hash(other) == hash(one)
    assert len({one, other, FrozenMap({"a": 1})}) == 2


def test_a_frozen_map_keeps_its_order_and_its_items() -> None:
    """It lists its items in the order given, and what happens to the source later is not seen."""
    source = {"z": 1, "a": 2}
    frozen = FrozenMap(source)
    source["b"] = 3
    assert list(frozen.items()) == [("z", 1), ("a", 2)]
    assert (len(frozen), repr(frozen)) == (2, "{'z': 1, 'a': 2}")
    assert len(FrozenMap[str, int]()) == len(FrozenMap[str, int](None)) == 0


def test_a_frozen_map_cannot_be_changed() -> None:
    """No item can be set or removed, and no attribute be added."""
    frozen: Any = FrozenMap({"a": 1})
    with pytest.raises(TypeError):
        frozen["a"] = 2
    with pytest.raises(TypeError):
        del frozen["a"]
    with pytest.raises(AttributeError):
        frozen.other = 1


def test_frozen_maps_nest() -> None:
    """An outcome with a division is hashable, for its division is frozen as well."""
    outcome = FrozenMap({"savings": FrozenMap({"ann": F(1, 3), "ben": F(2, 3)})})
    other = FrozenMap({"savings": FrozenMap({"ben": F(2, 3), "ann": F(1, 3)})})
    assert len({outcome, other}) == 1


def test_a_text_is_one_for_all_or_one_for_each_language() -> None:
    """A plain text is the same in every language; a table of languages has its own wordings."""
    plain = Text.of("House")
    table = Text.of({"ja": "家", "en": "House"})
    assert [plain.in_language(language) for language in (None, "en", "ja")] == ["House"] * 3
    wordings = [table.in_language(language) for language in ("ja", "en", "ru")]
    assert wordings == ["家", "House", "House"]
    assert table.in_language(None) == "House"


def test_without_english_the_first_wording_is_the_plain_one() -> None:
    """A table without English falls back to its first entry, an empty one to nothing."""
    assert Text.of({"ru": "Дом", "ja": "家"}).in_language("en") == "Дом"
    assert Text.of({}).in_language("en") == ""


def test_an_empty_text_is_false() -> None:
    """A name that nobody gave can be told from one that somebody did."""
    assert not Text.of(None)
    assert not Text.of("")
    assert Text.of("x")
    assert Text.of({"ja": "家"})


def test_a_stepped_amount_has_every_step_from_min_to_max() -> None:
    """From 0 to 1 by thirds there are four values, both ends included."""
    amount = Amount("rent", F(0), F(1), F(1, 3))
    assert amount.steps == 4
    assert amount.values() == (F(0), F(1, 3), F(2, 3), F(1))
    assert [amount.allows(n) for n in (F(0), F(1, 3), F(1, 2), F(1), F(4, 3), F(-1, 3))] == [
        True, True, False, True, False, False,
    ]  # fmt: skip


def test_steps_count_from_the_least_value() -> None:
    """From 5 by tens 15 is on the steps, and 20 is not."""
    amount = Amount("rent", F(5), F(25), F(10))
    assert amount.values() == (5, 15, 25)
    assert amount.allows(F(15))
    assert not amount.allows(F(20))


def test_a_continuous_amount_allows_every_number_in_its_range() -> None:
    """Without a step there is no list of values, and any number between the ends is allowed."""
    amount = Amount("rent", F(0), F(900))
    assert (amount.steps, amount.values()) == (None, ())
    assert amount.allows(F(1, 7))
    assert not amount.allows(F(901))


def test_issues_know_their_kind_and_cannot_be_changed() -> None:
    """The five kinds carry the words of the file, and are frozen."""
    issues = (
        Choice("a", (Option("x"),)),
        Item("b"),
        Share("c"),
        Amount("d", F(0), F(1)),
        Money("e", F(1)),
    )
    assert [issue.kind for issue in issues] == ["choice", "item", "share", "amount", "money"]
    frozen: Any = issues[1]
    with pytest.raises(FrozenInstanceError):
        frozen.id = "other"


def test_what_is_made_of_a_dispute_is_made_once_and_not_passed_on() -> None:
    """A function runs once a dispute; a changed one starts anew; equality and texts ignore it."""
    parties = (Party("ann"), Party("ben"))
    preferences = FrozenMap({party.id: Preference(party.id) for party in parties})
    dispute = Dispute(parties, (Item("house"),), preferences)
    asked: list[Dispute] = []

    def titled(asking: Dispute) -> str:
        asked.append(asking)
        return f"about {len(asking.issues)}"

    untouched = replace(dispute)
    assert dispute.once(titled) == dispute.once(titled) == "about 1"
    assert asked == [dispute]
    assert untouched == dispute
    assert (hash(untouched), repr(untouched)) == (hash(dispute), repr(dispute))
    assert replace(dispute, issues=(Item("house"), Item("car"))).once(titled) == "about 2"
    assert len(asked) == 2
