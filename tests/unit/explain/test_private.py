"""What a side, or all sides together, may never read (H14)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hikiwake.api import RULES, settle
from hikiwake.errors import Unsupported
from hikiwake.explain import tell
from hikiwake.explain.language.layout import width_of
from hikiwake.model import Dispute
from hikiwake.settlement import Conflict, Limit, Status
from tests.strategies import disputes, share_disputes
from tests.unit.explain.cast import heirs, heirs_settled, islands_settled, settled
from tests.unit.explain.readers import LANGUAGES, plain_figures, told, without_others

BENS_SECRETS = (
    "CANARY",  # the reasons of his red lines
    "40.25",  # his points for the house
    "60.37",  # … for all the savings
    "57.5",  # … for his part of them
    "7.717",  # his bonus
    "7.72",
    "8.831",  # his walk-away value
    "8.83",
    "65.21",  # his points for the package
    "0.5713",  # his gain
    "5713",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["ann", "joint"])
def test_canaries_stay_with_ben(audience: str, language: str) -> None:
    """Nothing of Ben's stands in Ann's text or in the joint one, though the mediator reads it."""
    dispute, settlement = heirs_settled()
    text = plain_figures(told(dispute, settlement, audience, language))
    assert [secret for secret in BENS_SECRETS if secret in text] == []
    assert "8.83" in plain_figures(told(dispute, settlement, "mediator", language))
    assert "60.37" in plain_figures(told(dispute, settlement, "ben", language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["ann", "joint"])
def test_canaries_stay_with_ben_without_an_agreement(audience: str, language: str) -> None:
    """Conflicts with Ben's limits are told to the mediator and to nobody else."""
    dispute = heirs()
    conflicts = (
        Conflict((Limit("rule", "ann", 2), Limit("red_line", "ben", 1))),
        Conflict((Limit("walk_away", "ann"), Limit("walk_away", "ben"))),
    )
    settlement = settled(dispute, None, Status.NO_AGREEMENT, conflicts=conflicts)
    text = plain_figures(told(dispute, settlement, audience, language))
    assert [secret for secret in BENS_SECRETS if secret in text] == []
    mediator = plain_figures(told(dispute, settlement, "mediator", language))
    assert "CANARY" in mediator
    assert "8.83" in mediator


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_joint_text_has_nobodys_points(language: str) -> None:
    """Without its table, the joint text has no number but the tolerance, the price and a count."""
    dispute, settlement = islands_settled()
    telling = tell(dispute, settlement, "joint", language)
    lines = " ".join(line for section in telling.sections for line in section.lines)
    for known in ("25,600", "25\u00a0600", "1/20", "1/10", "5\u00a0%", "5%", "10\u00a0%", "10%"):
        lines = lines.replace(known, "")
    assert [char for char in lines if char.isdigit()] == ["1"] * (language == "ja")


@pytest.mark.parametrize("tolerance", ["1/20", "1/1000", "0"])
def test_an_own_gain_is_told_to_the_grain_only(tolerance: str) -> None:
    """Ann's gain of 4/7 is 'about 55 %', however fine the tolerance is."""
    dispute, settlement = heirs_settled(tolerance=Fraction(tolerance))
    text = told(dispute, settlement, "ann")
    assert "you come about 55\u00a0% of the way" in text
    assert "57\u00a0%" not in text
    assert "4/7" not in text
    assert "4/7 (about 57\u00a0%)" in told(dispute, settlement, "mediator")


def test_a_coarse_tolerance_makes_a_coarse_grain() -> None:
    """With a tolerance of a third, 4/7 is shown as two thirds."""
    dispute, settlement = heirs_settled(tolerance=Fraction(1, 3))
    assert "you come about 67\u00a0% of the way" in told(dispute, settlement, "ann")


@limits(max_examples=200)
@given(st.one_of(disputes(), share_disputes()), st.sampled_from(RULES), st.sampled_from(LANGUAGES))
def test_no_text_depends_on_what_its_reader_may_not_know(
    dispute: Dispute, rule: str, language: str
) -> None:
    """Whatever others keep private could be anything else: the reader's text would be the same."""
    try:
        settlement = settle(dispute, rule)
    except Unsupported:
        return
    for viewer in (None, *dispute.party_ids):
        audience = viewer or "joint"
        public, known = without_others(dispute, settlement, viewer)
        text = told(dispute, settlement, audience, language)
        assert told(public, known, audience, language) == text
    assert told(dispute, settlement, "mediator", language)


@limits(max_examples=60)
@given(st.one_of(disputes(), share_disputes()), st.sampled_from(LANGUAGES))
def test_every_telling_fits_eighty_columns(dispute: Dispute, language: str) -> None:
    """On random disputes, in every language and for every audience, no line is too wide."""
    settlement = settle(dispute)
    for audience in ("mediator", "joint", *dispute.party_ids):
        for line in tell(dispute, settlement, audience, language).text().splitlines():
            assert width_of(line) <= 80
