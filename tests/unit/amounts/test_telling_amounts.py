"""How amounts read, in every language."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.explain.language.names import Names
from hikiwake.explain.language.voice import Voice
from tests.unit.amounts.cast import AGAINST, read, rent
from tests.unit.explain.readers import told

FLAT = AGAINST.replace("[[0, 100], [{most}, 0]]", "[[0, 100], [300, 100], [{most}, 0]]", 1)
RULE = "[[rules]]\nnever = { rent = { from = 850, to = 900 } }\n"


@pytest.mark.parametrize(
    ("language", "decided", "hope", "never"),
    [
        ("en", "550 EUR a month", "from 0 to 300 EUR a month", "from 850 to 900 EUR a month"),
        ("ja", "550ユーロ/月", "0〜300ユーロ/月", "850〜900ユーロ/月"),
        ("ru", "550 евро в месяц", "от 0 до 300 евро в месяц", "от 850 до 900 евро в месяц"),
    ],
)
def test_amounts_come_with_their_unit(language: str, decided: str, hope: str, never: str) -> None:
    """A decided number, a run of best hopes and a bound name the unit once, in the language."""
    dispute = read(rent(more=RULE, curves=FLAT))
    text = told(dispute, api.settle(dispute), "ann", language).replace("\u00a0", " ")
    assert decided in text
    assert hope in text
    assert never in text


def test_best_hopes_apart_are_alternatives() -> None:
    """Two best values with worse ones between them are told one after the other."""
    curves = AGAINST.replace("[[0, 100], [{most}, 0]]", "[[0, 9], [450, 0], [{most}, 9]]", 1)
    dispute = read(rent(curves=curves))
    names = Names(dispute, Voice("en"), "ann")
    view = api.settle(dispute).views["ann"][0]
    assert names.hopes("rent", view.hopes, "ann") == "0 EUR a month or 900 EUR a month"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(25, 8), "3.125 EUR a month"),
        (Fraction(100, 3), "100/3 EUR a month"),
        (Fraction(12345), "12,345 EUR a month"),
        (Fraction(-1, 200), "−0.005 EUR a month"),
        (Fraction(1, 10**20 + 1), "≈0 EUR a month"),
    ],
)
def test_a_decided_number_is_not_rounded(number: Fraction, shown: str) -> None:
    """Two steps never read alike: decimals and fractions in full, unless far too long to read."""
    assert Names(read(rent()), Voice("en")).amount("rent", number) == shown


def test_of_many_steps_the_next_and_the_ends_are_told() -> None:
    """A rent of 19 steps, settled at 450, has four changes, and the text says why."""
    dispute = read(rent())
    settlement = api.settle(dispute)
    assert [change.value for change in settlement.changes] == [
        Fraction(0),
        Fraction(400),
        Fraction(500),
        Fraction(900),
    ]
    for audience in ("mediator", "ann"):
        assert "only the next steps and the ends are looked at" in told(
            dispute, settlement, audience
        )
    mine = told(dispute, settlement, "ann")
    assert "Rent | 900 EUR a month | −50" in mine
    assert "Rent | 500 EUR a month | ≈−5.56" in mine
    assert "Rent | 400" not in mine


def test_few_steps_are_told_in_full() -> None:
    """A rent of 11 steps has ten changes, and nothing is said to be left out."""
    dispute = read(rent(step=90))
    settlement = api.settle(dispute)
    assert len(settlement.changes) == 10
    assert "looked at" not in told(dispute, settlement, "ann")


def test_changes_at_an_end_stay_in_the_range() -> None:
    """Settled at the least, only the next step up and the other end are left."""
    curves = "[preferences.ann.curves]\nrent = [[0, 1], [900, 0]]\n[preferences.ben]\n"
    settlement = api.settle(read(rent(curves=curves)))
    assert settlement.outcome == {"rent": Fraction(0)}
    assert [change.value for change in settlement.changes] == [Fraction(50), Fraction(900)]


def test_nothing_of_a_bens_curve_reaches_ann() -> None:
    """Ann's text is the same to the letter whatever kinks Ben's curve has elsewhere (H14)."""
    bend = "[[0, 0], [300, {y}], [450, 50], [{most}, 100]]"
    texts: set[str] = set()
    for y in ("20", "25", "100/3"):
        curves = AGAINST.replace("[[0, 0], [{most}, 100]]", bend.replace("{y}", f'"{y}"'))
        dispute = read(rent(curves=curves))
        texts.add(told(dispute, api.settle(dispute), "ann"))
    assert len(texts) == 1
