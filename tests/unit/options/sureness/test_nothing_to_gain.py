"""A side that can neither gain nor lose, where points are guesses: it keeps its floor (H9)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.explain import MEDIATOR, tell_robustness
from hikiwake.findings.sureness import Robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import Dispute
from hikiwake.options.sureness import robustness as robustness_module
from hikiwake.options.sureness.robustness import robustness
from tests.support.robust_certificates import IDLE
from tests.unit.options.sureness import test_robustness as whole

F = Fraction
EVE = """
[preferences.eve]
walk_away = 12
points.z = { ann = 12, ben = [3, 9], eve = 0 }
"""


def beside_eve(seed: int, eve: str = EVE) -> Dispute | None:
    """Return a random dispute with a third side that accepts it only if Ann has z, and then gains
    nothing; None if others gain nothing, either."""
    text = whole.random_text(seed).replace('{ id = "ben" }', '{ id = "ben" }, { id = "eve" }')
    dispute = dispute_from_text(text + eve)
    gains = api.settle(dispute).gains
    return dispute if gains and [p for p, own in gains.items() if own is None] == ["eve"] else None


def robust(dispute: Dispute, samples: int | None = 0) -> Robustness:
    found = robustness(dispute, api.settle(dispute), samples=samples)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(4, 9))
def test_the_others_figures_equal_enumeration_of_all_corners(seed: int) -> None:
    """Least and greatest gains of the other sides are those of all corners, and what is proved to
    be a draw is one at each of them."""
    dispute = beside_eve(seed)
    if dispute is None:
        return
    found = robust(dispute)
    assert [*found.gains] == ["ann", "ben"]
    corners = [*whole.meant(dispute, (F(0), F(1)))]
    each = [whole.gains(one, found.outcome) for one in corners]
    safe = all(span.least is not None for span in found.gains.values())
    for n, party in enumerate(found.gains):
        span = found.gains[party]
        mine = [gain for line in each if (gain := line[n]) is not None]
        assert max(mine) <= span.most
        assert not safe or span.least == min(mine)
    draws = [whole.is_draw(one, found.outcome) for one in corners]
    assert not found.holds or all(draws)
    assert all(draws) or found.holds is not True


@pytest.mark.parametrize("seed", [2, 6, 8])
def test_it_is_the_same_where_packages_are_not_listed(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each question asked instead, gains and the smallest worst regret are the same."""
    dispute = beside_eve(seed)
    if dispute is None:
        return
    listed = robust(dispute)
    monkeypatch.setattr(robustness_module, "MAX_LISTED", 0)
    asked = robust(dispute)
    assert asked.gains == listed.gains
    if listed.smallest_regret and asked.smallest_regret:
        assert asked.smallest_regret.regrets.keys() == {"ann", "ben"}
        assert asked.smallest_regret.at_least == listed.smallest_regret.at_least


def test_both_kinds_are_among_them() -> None:
    """Of these random disputes some hold for all answers, some do not."""
    found = [robust(dispute).holds for dispute in map(beside_eve, (5, 6)) if dispute]
    assert {True, False} <= set(found)


def test_divisions_and_cases_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside a share, by the ends of divisions and by cases: the same figures, both proved."""
    dispute = dispute_from_text(IDLE)
    ends = robust(dispute)
    assert ends.holds
    monkeypatch.setattr(robustness_module, "divided", robustness_module.by_cases)
    cases = robust(dispute)
    assert (cases.holds, cases.gains) == (True, ends.gains)
    assert ends.smallest_regret is not None
    assert [*ends.smallest_regret.regrets] == ["ann", "ben"]


def test_everybody_is_told_who_is_left_out() -> None:
    """The mediator by name, the side itself as when it is settled; it has no gain in JSON."""
    dispute = dispute_from_text(IDLE)
    found = robust(dispute, samples=None)
    told = tell_robustness(dispute, found, MEDIATOR)
    assert "neither gain nor lose: eve." in " ".join(told.sections[1].lines)
    own = tell_robustness(dispute, found, "eve")
    assert own.sections[1].lines[0].startswith("You are left out of the comparison")
    assert len(own.sections) == 2
    assert robustness_json(found, "eve")["own_gain"] is None
    assert robustness_json(found, MEDIATOR)["given"]["eve"] is None
    assert "eve" not in robustness_json(found, MEDIATOR)["gains"]


@pytest.mark.parametrize("seed", range(4, 9))
def test_who_might_gain_for_other_answers_is_compared_there(seed: int) -> None:
    """Eve gains nothing as answered, and something at an end of her range: no figure of hers or of
    the others is beyond those of all corners, and what is proved to be a draw is one at each."""
    dispute = beside_eve(seed, EVE.replace("ann = 12,", "ann = [10, 14],"))
    if dispute is None:
        return
    found = robust(dispute)
    assert [*found.gains] == ["ann", "ben", "eve"]
    corners = [*whole.meant(dispute, (F(0), F(1)))]
    each = [whole.gains(one, found.outcome) for one in corners]
    for n, party in enumerate(found.gains):
        span, mine = found.gains[party], [gain for line in each if (gain := line[n]) is not None]
        assert mine
        assert max(mine) <= span.most
        assert span.least is None or span.least <= min(mine)
    assert found.gains["eve"].least is None  # at 10 she has less than without an agreement
    assert found.holds is False
    assert not all(whole.is_draw(one, found.outcome) for one in corners)


def test_who_might_gain_for_other_answers_is_told_so() -> None:
    """The mediator by name, and the side itself; both read what a dash means."""
    dispute = dispute_from_text(IDLE.replace("ann = 12,", "ann = [10, 14],"))
    found = robust(dispute)
    told = " ".join(tell_robustness(dispute, found, MEDIATOR).sections[1].lines)
    assert "they are compared wherever they could gain something: eve." in told
    own = " ".join(tell_robustness(dispute, found, "eve").text(10_000).split())
    assert "you are compared wherever you could gain something." in own
    assert "A dash: you could gain nothing then, whatever is decided." in own
    others = tell_robustness(dispute, found, "ann").text(10_000)
    assert "wherever" not in others
    assert "A dash" not in others


def test_with_fewer_than_two_compared_nothing_holds() -> None:
    """A single side that can gain something is not compared with anybody: never a draw."""
    flat = IDLE.replace("room = 30, car = [50, 54], cash = 20", "room = 30")
    assert robust(dispute_from_text(flat), samples=5).holds is False


ALONE = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "x", kind = "choice", options = ["a", "b"] }]
[preferences.ann]
values.x = { a = [50, 60], b = 0 }
[preferences.ben]
walk_away = 10
values.x = { a = 10, b = 0 }
"""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "A dash: fewer than two sides have anything at stake then"),
        ("ja", "「–」は、そのとき何かがかかっている当事者が2者に満たず"),
        ("ru", "Прочерк: тогда что-либо поставлено на карту менее чем у двух сторон"),
    ],
)
def test_a_dash_where_nothing_is_compared_is_told_in_words(language: str, words: str) -> None:
    """Only Ann can gain anything, so no answer moves two sides apart: the list of answers says so
    below its dashes, and says nothing of the kind where two sides are compared."""
    dispute = dispute_from_text(ALONE)
    found = robust(dispute)
    assert [*found.gains] == ["ann"]
    text = tell_robustness(dispute, found, MEDIATOR, language).text(10_000)
    assert "–" in text
    assert words in text
    other = dispute_from_text(ALONE.replace("walk_away = 10", "walk_away = 5"))
    assert words not in tell_robustness(other, robust(other), MEDIATOR, language).text(10_000)


def test_where_nobody_can_gain_nothing_is_regretted() -> None:
    """Where no side can gain or lose as answered, the text ends without a smallest worst regret."""
    text = """
    hikiwake = 1
    parties = [{ id = "ann" }, { id = "ben" }]
    issues = [{ id = "x", kind = "choice", options = ["a", "b"] }]
    [preferences.ann]
    walk_away = 10
    values.x = { a = 10, b = 0 }
    [preferences.ben]
    walk_away = 10
    values.x = { a = 10, b = 0 }
    """
    dispute = dispute_from_text(text)
    found = robustness(dispute, api.settle(dispute), F(0), samples=0)
    assert found is not None
    assert found.gains == {}
    told = tell_robustness(dispute, found, MEDIATOR).text()
    assert "neither gain nor lose: ann, ben" in " ".join(told.split())
    assert "smallest worst regret" not in told
