"""Packages adjusted by hand, progress and felt draws in words: they fit, and they keep secrets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hikiwake.api import adjust, load, progress, settle, talk
from hikiwake.errors import TooLarge
from hikiwake.explain import tell_felt, tell_look, tell_own_look, tell_progress
from hikiwake.explain.language.layout import width_of
from hikiwake.felt import felt
from hikiwake.findings.talks import Answers, Budget, Feeling, Talks
from hikiwake.formats.beside.history import read_history, read_tree
from hikiwake.model import Dispute, FrozenMap, Preference
from hikiwake.options.disclosure import meter as disclosure
from hikiwake.options.disclosure import sought as disclosure_sought
from hikiwake.options.disclosure.hidden import climb as disclosure_climb
from tests.strategies import disputes
from tests.unit.explain.readers import LANGUAGES
from tests.unit.options.disclosure.test_disclosure_divided import paid_in

ISLANDS = Path("examples/four-islands")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_telling_fits_eighty_columns(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every language, for the mediator and for a side, no line is too wide."""
    monkeypatch.setattr(disclosure_sought, "MAX_LOOKS", 2)
    monkeypatch.setattr(disclosure, "DRAWN", 5)
    monkeypatch.setattr(disclosure_climb, "STEPS", 1)
    monkeypatch.setattr(disclosure_climb, "FIRST", 2)
    dispute = load(ISLANDS)
    adjusting, today = adjust(dispute), dispute.status_quo
    assert today is not None
    talking = talk(adjusting, Talks(Budget(keep=Fraction(1, 20))))
    for party in dispute.party_ids:
        talking = talking.put_forward(party, today)
    talks = (talking.talks, talking.exposures(today), talking.room(today))
    look = adjusting.look(today)
    history = read_history(dispute, read_tree(ISLANDS / "history.toml"), "history.toml")
    answers = [Answers(p, FrozenMap({"A": Feeling.NEITHER}), "salt") for p in dispute.party_ids]
    tellings = [
        tell_look(dispute, look, adjusting.repairs(today), talks, language),
        tell_progress(dispute, progress(dispute, history), "1956", language),
        tell_felt(dispute, felt(dispute, {"A": look}, answers), language),
    ]
    for party in dispute.party_ids:
        own = adjusting.own_look(party, today)
        tellings.append(tell_own_look(dispute, own, talking.talks, language))
    assert talking.talks.told
    for telling in tellings:
        assert max(width_of(line) for line in telling.text().splitlines()) <= 80


def test_a_hidden_number_about_money_is_told_with_what_it_is_for() -> None:
    """It is what receiving the most that may be paid is worth, so that sum stands beside it."""
    dispute, about = paid_in(1)
    adjusting = adjust(dispute)
    talking = talk(adjusting, Talks(Budget(keep=Fraction(0)))).show_settlement(
        settle(dispute).outcome or about
    )
    talks = (talking.talks, talking.exposures(), talking.room(about))
    telling = tell_look(dispute, adjusting.look(about), adjusting.repairs(about), talks, "en")
    assert "paid – 500" in telling.text()


@limits(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(disputes(packages=100), st.randoms(use_true_random=False), st.sampled_from(LANGUAGES))
def test_what_a_side_reads_of_a_package_rests_on_its_own_points(
    dispute: Dispute, chance: Random, language: str
) -> None:
    """Whatever the others keep private could be anything else: its text would be the same."""
    outcome = FrozenMap(
        {issue.id: chance.choice(dispute.decisions_of(issue) or ()) for issue in dispute.issues}
    )
    viewer = dispute.party_ids[0]
    strangers = {party: Preference(party) for party in dispute.party_ids if party != viewer}
    without = replace(dispute, preferences=FrozenMap({**dispute.preferences, **strangers}))
    texts: set[str] = set()
    for one in (dispute, without):
        try:
            look = adjust(one).own_look(viewer, outcome)
        except TooLarge:
            assume(False)
            raise
        texts.add(tell_own_look(one, look, None, language).text())
    assert len(texts) == 1
