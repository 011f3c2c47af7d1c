"""How payments, and parts of a known total, read in every language."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from hikiwake.explain.language.conditions import combination
from hikiwake.explain.language.names import Names
from hikiwake.explain.language.voice import Voice
from hikiwake.model import (
    Beyond,
    Condition,
    Dispute,
    FrozenMap,
    Linear,
    Money,
    Option,
    Party,
    Preference,
    Share,
    SharesBeyond,
    Text,
)
from hikiwake.model.issue import Choice
from hikiwake.pareto.views import views
from hikiwake.settlement import Status
from tests.unit.explain.cast import package, settled
from tests.unit.explain.readers import LANGUAGES, told

F = Fraction
PARTIES = {"ann": "Ann", "ben": "Ben", "cem": "Cem"}


def paying(*parties: str, **rates: int | str) -> Dispute:
    """Return a dispute over a payment and an estate between some of three parties."""
    sides = parties or ("ann", "ben")
    return Dispute(
        parties=tuple(Party(side, Text(PARTIES[side])) for side in sides),
        issues=(
            Money("payment", F(500), Text("EUR"), Text("Payment")),
            Share("estate", Text("Estate"), F(200), Text("zuz")),
            Choice("deal", (Option("yes"),)),
        ),
        preferences=FrozenMap(
            {
                side: Preference(
                    side,
                    FrozenMap({"payment": Linear(F(rates[side]))})
                    if side in rates
                    else None or FrozenMap[str, Any](),
                )
                for side in sides
            }
        ),
    )


def numbers(**by_party: int | str) -> FrozenMap[str, Fraction]:
    """Return numbers by party."""
    return FrozenMap({party: F(number) for party, number in by_party.items()})


def said(issue: str, value: FrozenMap[str, Fraction], language: str = "en") -> str:
    """Return a value in words, with plain blanks."""
    names = Names(paying(*value), Voice(language))
    return names.value(issue, value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Ann pays Ben 120 EUR"),
        ("ja", "AnnがBenに120 EURを支払う"),
        ("ru", "платит Ann, получает Ben: 120 EUR"),
    ],
)
def test_between_two_it_says_who_pays_whom(language: str, sentence: str) -> None:
    """One pays and the other receives, whichever stands first in the file."""
    assert said("payment", numbers(ann=-120, ben=120), language) == sentence
    assert said("payment", numbers(ben=120, ann=-120), language) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Ann receives 120 EUR, Ben pays 70 EUR, Cem pays 50 EUR"),
        ("ja", "Annが120 EURを受け取る、Benが70 EURを支払う、Cemが50 EURを支払う"),
        ("ru", "Ann получает 120 EUR, Ben платит 70 EUR, Cem платит 50 EUR"),
    ],
)
def test_among_more_it_says_what_each_pays_or_receives(language: str, sentence: str) -> None:
    """Who pays whom is not decided among three, so each is told its own, alphabetically."""
    assert said("payment", numbers(cem=-50, ann=120, ben=-70), language) == sentence


def test_whoever_neither_pays_nor_receives_is_left_out() -> None:
    """With one who pays and one who receives it is plain who pays whom."""
    assert said("payment", numbers(ann=0, ben=10, cem=-10)) == "Cem pays Ben 10 EUR"
    assert said("payment", numbers(ann=0, ben=0)) == "nobody pays anything"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("2000/21", "≈95.24 EUR (exactly 2000/21)"),
        ("0.005", "0.005 EUR"),
        ("1234567", "1,234,567 EUR"),
        (f"1/{10**20 + 1}", "≈0 EUR"),
    ],
)
def test_a_sum_that_is_rounded_says_so_and_what_it_is(number: str, shown: str) -> None:
    """People pay decimals; where those are not the whole truth, the fraction stands beside them."""
    received = numbers(ann=f"-{number}", ben=number)
    assert said("payment", received) == f"Ann pays Ben {shown}"


def test_a_part_that_is_no_round_figure_stays_exact() -> None:
    """Two decimals of a percentage where they say it all, else the fraction, if it can be read."""
    voice = Voice("en")
    shown = [voice.exact_part(F(n)).replace("\u00a0", " ") for n in ("1/8", "617/5000", "1/7")]
    assert shown == ["12.5 %", "12.34 %", "1/7"]
    assert voice.exact_part(F(1, 10**9 + 7)).replace("\u00a0", " ") == "≈0 %"


def test_a_best_hope_is_ones_own_side_of_it() -> None:
    """Whoever likes money hopes to receive the limit, from each of the others."""
    dispute = paying("ann", "ben", "cem", ann="1/10", ben=-1)
    outcome: Any = {
        "payment": numbers(ann=0, ben=0, cem=0),
        "estate": numbers(ann=1, ben=0, cem=0),
        "deal": "yes",
    }
    found = views(dispute, FrozenMap(outcome))
    ann, ben, cem = (found[side][0] for side in ("ann", "ben", "cem"))
    assert (ann.hoped, ben.hoped, cem.matters) == (100, 500, False)
    names = Names(dispute, Voice("en"), "ann")
    assert names.hopes("payment", ann.hopes, "ann") == "receive 1,000 EUR"
    assert names.hopes("payment", ben.hopes, "ben") == "pay 500 EUR"
    assert names.hopes("payment", (numbers(ann=0, ben=0),), "ann") == "pay nothing"


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        (None, -200, "Ann pays more than 200 EUR"),
        (None, 0, "Ann pays more than 0 EUR"),
        (None, 50, "Ann receives less than 50 EUR, or pays"),
        (100, None, "Ann receives more than 100 EUR"),
        (-100, None, "Ann pays less than 100 EUR, or receives"),
        (-200, -100, "Ann pays more than 100 EUR and less than 200 EUR"),
        (100, 200, "Ann receives more than 100 EUR and less than 200 EUR"),
        (-100, 200, "Ann pays less than 100 EUR or receives less than 200 EUR"),
    ],
)
def test_a_bound_on_money_reads_as_paying_or_receiving(
    above: int | None, below: int | None, words: str
) -> None:
    """Nobody has to think about signs: below -200 is to pay more than 200."""
    bound = Beyond(*(None if n is None else F(n) for n in (above, below)))
    never = Condition(FrozenMap({"payment": SharesBeyond(FrozenMap({"ann": bound}))}))
    names = Names(paying(), Voice("en"))
    assert combination(Voice("en"), names, never) == f"Payment – {words}"


@pytest.mark.parametrize(
    ("language", "half", "third"),
    [
        ("en", "Ann: 100 of 200 zuz (50 %)", "Ann: ≈66.67 of 200 zuz (1/3)"),
        ("ja", "Ann：200 zuzのうち100（50%）", "Ann：200 zuzのうち約66.67（1/3）"),
        ("ru", "Ann: 100 из 200 zuz (50 %)", "Ann: ≈66,67 из 200 zuz (1/3)"),
    ],
)
def test_a_part_of_a_known_total_is_told_in_its_unit(language: str, half: str, third: str) -> None:
    """Where the file says how much there is, a part of it is so much of that."""
    assert said("estate", numbers(ann="1/2", ben="1/2"), language).startswith(half)
    assert said("estate", numbers(ann="1/3", ben="2/3"), language).startswith(third)
    assert said("estate", numbers(ann=1, ben=0)) == "Ann: all of it, Ben: nothing"


def test_a_party_reads_which_way_would_be_worse() -> None:
    """Ann likes money, Ben (oddly) would rather pay; at its limit nothing can be worse."""
    dispute = paying(ann="1/10", ben=-1)
    less = "Receiving less, or paying more, would be worse for you."
    more = "Paying less, or receiving more, would be worse for you."
    for received, expected in ((-120, {"ann": less, "ben": more}), (-500, {"ann": "", "ben": ""})):
        outcome: Any = {
            "payment": numbers(ann=received, ben=-received),
            "estate": numbers(ann="1/2", ben="1/2"),
            "deal": "yes",
        }
        found = package(dispute, outcome, ann="1/2", ben="1/2")
        settlement = replace(
            settled(dispute, found, Status.DRAW), views=views(dispute, FrozenMap(outcome))
        )
        for side, sentence in expected.items():
            text = told(dispute, settlement, side)
            assert (less in text, more in text) == (sentence == less, sentence == more)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["mediator", "joint", "ann", "ben"])
def test_a_package_with_money_is_told_to_everybody(audience: str, language: str) -> None:
    """Each telling says who pays whom; Ben's rate is in nobody else's (H14)."""
    dispute = paying(ann="1/10", ben="1/7177")
    outcome: Any = {
        "payment": numbers(ann=-120, ben=120),
        "estate": numbers(ann="1/2", ben="1/2"),
        "deal": "yes",
    }
    found = package(dispute, outcome, ann="1/2", ben="1/2")
    settlement = replace(
        settled(dispute, found, Status.DRAW), views=views(dispute, FrozenMap(outcome))
    )
    text = told(dispute, settlement, audience, language)
    payment = Names(dispute, Voice(language)).value("payment", outcome["payment"])
    assert payment in text
    if audience in ("joint", "ann"):
        assert "7177" not in text
        assert Voice(language).points(F(500, 7177)) not in text
