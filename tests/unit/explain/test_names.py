"""What things are called: a side's own words, every side's at once, never an id where a name is."""

from fractions import Fraction

import pytest

from hikiwake.explain.language.names import Names
from hikiwake.explain.language.voice import Voice
from hikiwake.model import Amount, Dispute, FrozenMap, Party, Preference, Text
from hikiwake.settlement import AtLeast
from tests.unit.explain.cast import heirs, islands


def named(dispute: Dispute, language: str, viewer: str | None = None) -> Names:
    """Return the names for a reader."""
    return Names(dispute, Voice(language), viewer)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1 or more mirrors"), ("ja", "1以上"), ("ru", "1 и более зеркальных")],
)
def test_a_number_that_may_be_larger_is_told_as_one(language: str, said: str) -> None:
    """What was counted up to a limit is "n or more", with the words that follow in the plural."""
    rest = "in a mirror the same gains, from what each side has without an agreement, fall to "
    rest += "other sides. It is as good. The sides choose, or draw a lot openly."
    count = ("The package has {n} mirror: " + rest, "The package has {n} mirrors: " + rest)
    assert said in Voice(language).count(*count, AtLeast(1))


@pytest.mark.parametrize(("unit", "shown"), [("EUR", "450 EUR"), ("円", "450円"), ("원", "450원")])
def test_a_unit_in_wide_writing_follows_its_number_at_once(unit: str, shown: str) -> None:
    """Japanese, Chinese and Korean units have no blank before them; all others have one."""
    rent = Amount("rent", Fraction(0), Fraction(900), unit=Text.of(unit))
    names = named(heirs(issues=(*heirs().issues, rent)), "en")
    assert names.value("rent", Fraction(450)) == shown


def test_a_side_reads_its_own_words() -> None:
    """Ann's own word for the house stands in her text, the public one in Ben's."""
    assert named(heirs(), "en", "ann").issue("house") == "the old place"
    assert named(heirs(), "en", "ben").issue("house") == "Family house"


def test_own_options_have_own_words() -> None:
    """A wording for one option is used for that option alone."""
    names = named(heirs(), "en", "ann")
    assert names.value("move_out", "december") == "after Christmas shopping"
    assert names.value("move_out", "june") == "By June"


def test_without_words_in_a_language_those_in_its_own_language_stand() -> None:
    """Ann gave no Japanese words, so her English ones come before the public Japanese name."""
    assert named(heirs(), "ja", "ann").issue("house") == "the old place"
    assert named(heirs(), "ja", "ben").issue("house") == "実家"


def test_the_id_stands_where_nothing_has_a_name() -> None:
    """Without any name the id is shown."""
    dispute = heirs()
    bare = heirs(
        parties=(Party("ann"), Party("ben")),
        issues=tuple(
            type(issue)(**{f: getattr(issue, f) for f in issue.__slots__ if f != "name"})
            for issue in dispute.issues
        ),
    )
    assert named(bare, "en", "ann").issue("move_out") == "move_out"
    assert named(bare, "en").party("ben") == "ben"


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_joint_names_do_not_depend_on_the_order_of_the_parties(language: str) -> None:
    """With the parties swapped in the file every name is the same."""
    one = islands()
    other = islands(parties=tuple(reversed(one.parties)))
    for issue in ("north", "middle", "east", "treaty"):
        assert named(one, language).issue(issue) == named(other, language).issue(issue)
    assert named(one, language).in_order(one.party_ids) == named(other, language).in_order(
        other.party_ids
    )


def test_joint_names_give_each_sides_own_in_alphabetical_order() -> None:
    """Each side's own name stands there once: the alphabet decides, not the file."""
    names = named(islands(), "en")
    assert names.issue("north") == "Etorofu / Iturup"
    assert names.issue("middle") == "Kunashir / Kunashiri"
    assert names.issue("east") == "Shikotan"
    assert names.differ()


def test_names_that_agree_need_no_note() -> None:
    """Where all sides have the same names nothing differs."""
    same = heirs(parties=(Party("ann", Text("Ann")), Party("ben", Text("Ben"))))
    assert not named(same, "en").differ()


def test_a_division_names_everybody_and_a_hope_only_the_reader() -> None:
    """A division shows every side's part; a best hope only one's own."""
    names = named(heirs(), "en", "ann")
    parts = FrozenMap({"ben": Fraction(2, 3), "ann": Fraction(1, 3)})
    assert names.value("savings", parts) == "Ann: 1/3 (about 33\u00a0%), Ben: 2/3 (about 67\u00a0%)"
    whole = FrozenMap({"ben": Fraction(0), "ann": Fraction(1)})
    assert names.hopes("savings", (whole,), "ann") == "all of it"
    assert names.hopes("savings", (whole,), "ben") == "nothing"


def test_very_many_hopes_are_not_all_listed() -> None:
    """Four alternatives are named, the rest is only hinted at."""
    names = named(heirs(), "en", "ben")
    assert names.any_of(["a", "b"]) == "a or b"
    assert names.any_of(list("abcdef")) == "a or b or c or d …"


def test_an_amount_is_told_in_decimals_and_exactly_where_those_are_rounded() -> None:
    """Nobody reads 2827/4380 dollars; 25/8 stands in decimals in full."""
    rent = Amount("rent", Fraction(0), Fraction(1), unit=Text.of("dollars"))
    parties, own = (Party("a"), Party("b")), {"a": Preference("a"), "b": Preference("b")}
    names = Names(Dispute(parties, (rent,), FrozenMap(own)), Voice("en"))
    assert names.value("rent", Fraction(2827, 4380)) == "≈0.6454 dollars (exactly 2827/4380)"
    assert names.value("rent", Fraction(25, 8)) == "3.125 dollars"


def test_the_alphabet_does_not_care_for_capitals() -> None:
    """A name in small letters does not stand behind all names in capitals."""
    parties = tuple(
        Party(side, Text(side), "en", FrozenMap({"en": FrozenMap({"house": word})}))
        for side, word in (("ann", "Zoo"), ("ben", "apple house"))
    )
    assert named(heirs(parties=parties), "en").issue("house") == "apple house / Zoo"
