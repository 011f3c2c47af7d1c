"""What comes first, how sure it is, and who can ask for it."""

from dataclasses import replace
from typing import Any

import pytest

from hikiwake.api import RULES
from hikiwake.errors import UnknownName
from hikiwake.explain import tell
from hikiwake.model import Dispute, FrozenMap, Item, Party, Preference
from hikiwake.settlement import Exactness, Gains, GroupShares, Status
from tests.unit.explain.cast import heirs, heirs_settled, islands, islands_settled, settled, uneven
from tests.unit.explain.readers import LANGUAGES, told

NOTICE = {
    "en": "Illustrative: every number is invented; it is nobody's position.",
    "ja": "例示です。数値はすべて架空のもので、いずれの当事者の立場でもありません。",
    "ru": "Условный пример: все числа вымышлены и не выражают чьей-либо позиции.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["joint", "mediator", "russia", "japan"])
def test_invented_numbers_are_called_so_on_the_first_line(audience: str, language: str) -> None:
    """The first line of every telling of an illustrative dispute says that it is one."""
    dispute, settlement = islands_settled()
    first = tell(dispute, settlement, audience, language).text().splitlines()[0]
    assert first == NOTICE[language]
    no_agreement = settled(dispute, None, Status.NO_AGREEMENT)
    assert told(dispute, no_agreement, audience, language).startswith(NOTICE[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_numbers_are_not_called_invented(language: str) -> None:
    """Without the mark there is no such line."""
    assert NOTICE[language] not in told(*heirs_settled(), "joint", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_described_without_its_id(rule: str, language: str) -> None:
    """Each rule has a sentence of its own in each language."""
    dispute, settlement = heirs_settled(rule=rule)
    text = told(dispute, settlement, "joint", language)
    assert "_" not in text
    assert "winner" not in text
    if rule != "draw":
        assert text != told(dispute, replace(settlement, rule="draw"), "joint", language)


def test_an_unknown_rule_is_told_by_its_name() -> None:
    """Somebody's own rule is named."""
    assert "Rule: coin." in told(*heirs_settled(rule="coin"), "joint")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"searched": 25_600}, "All packages were searched: there are 25,600."),
        ({"searched": 1}, "All packages were searched: there is 1."),
        ({"searched": 10**5000}, "there are 1 × 10^5000."),
        ({"searched": "infinite"}, "There are infinitely many"),
        ({"exactness": Exactness.BOUNDED}, "narrowed down, not found exactly"),
        ({"exactness": Exactness.SAMPLED}, "Not all packages were searched."),
    ],
)
def test_what_was_searched_is_told_as_it_was(more: dict[str, Any], said: str) -> None:
    """Only an exact result says that all packages were searched."""
    text = told(*heirs_settled(**more), "ann")
    assert said in text
    assert ("All packages were searched" in text) == ("exactness" not in more)


def test_undecided_is_called_open() -> None:
    """At a limit the question is open, with a package so far or without one."""
    dispute, settlement = heirs_settled()
    so_far = told(dispute, replace(settlement, status=Status.UNDECIDED), "ann")
    assert "The package shown is the best that was found" in so_far
    assert "The best package so far" in so_far
    assert "All packages were searched" not in so_far
    nothing = told(dispute, settled(dispute, None, Status.UNDECIDED), "joint")
    assert "before it found a package that every side could accept" in nothing


def test_as_you_answered() -> None:
    """Every package is said to rest on the answers; only a draw is called even."""
    assert "It is even as the sides answered" in told(*heirs_settled(), "ann")
    assert "It rests on what the sides answered" in told(islands(), uneven(), "japan")


def test_a_group_that_cannot_be_even_is_said_first() -> None:
    """Where no package is even within a group, that is the reason that is given."""
    shares: Gains = FrozenMap({"russia": None, "japan": None})
    groups = (GroupShares("islands", shares, None, False),)
    lines = tell(islands(), uneven(groups=groups), "joint", "en").sections[0].lines
    assert lines[1].startswith("What is not for trade could not be settled evenly")
    assert lines[1].endswith("The islands.")


def test_another_rules_even_package_that_costs_too_much_is_explained() -> None:
    """Under another rule an even package is no draw if it costs more than the price."""
    text = told(islands(), uneven(rule="nash", ahead=()), "joint")
    assert "It costs some side more than the price of evenness" in text


@pytest.mark.parametrize("audience", ["an", "Ann", ""])
def test_an_unknown_audience_is_refused(audience: str) -> None:
    """Only the mediator, all together, or a party can be told anything."""
    with pytest.raises(UnknownName, match="Known: mediator, joint, ann, ben"):
        tell(*heirs_settled(), audience)


@pytest.mark.parametrize("name", ["mediator", "joint"])
def test_a_party_called_like_an_audience_is_told_nothing(name: str) -> None:
    """Somebody called 'mediator' does not get to read everybody's points."""
    ids = ("ann", name)
    ambiguous = Dispute(
        tuple(Party(party) for party in ids),
        (Item("house"),),
        FrozenMap({party: Preference(party) for party in ids}),
    )
    with pytest.raises(UnknownName, match="Give the party another id"):
        tell(ambiguous, heirs_settled()[1], name)


def test_an_unknown_language_is_refused_when_asked_for() -> None:
    """A language without a catalog is refused; a party's own unknown one falls back to English."""
    with pytest.raises(UnknownName, match="Known: en, ja, ru"):
        tell(*heirs_settled(), "ann", "fr")
    dispute, settlement = heirs_settled()
    french = tuple(replace(party, language="fr") for party in heirs().parties)
    assert tell(replace(dispute, parties=french), settlement, "ann").language == "en"
    assert tell(dispute, settlement, "ann", "ja-JP").language == "ja"
