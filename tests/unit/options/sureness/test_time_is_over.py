"""Time that is over before all is known: bounds and gaps, and nothing that is not so."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.explain import MEDIATOR, tell_robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute, Outcome
from hikiwake.options.sureness import robustness
from hikiwake.options.sureness.divided.many_divisions import ByCases, by_cases
from hikiwake.options.sureness.divided.shares import Divided
from hikiwake.options.sureness.divided.shares import divided as divided_listed
from hikiwake.options.sureness.points import is_draw_of
from hikiwake.options.sureness.whole.packages import Listed, listed
from hikiwake.options.sureness.whole.search import searched
from hikiwake.solvers.deadline import Deadline, TimeIsOver
from tests.unit.options.sureness import test_shares as shares

PIANO = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "piano", kind = "item" }, { id = "desk", kind = "item" }]
[preferences.ann]
points = { piano = [50, 60], desk = 45 }
[preferences.ben]
points = { piano = 40, desk = [50, 54] }
"""


class Steps(Deadline):
    """A time that is over after it was asked for so often."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps

    @property
    def passed(self) -> bool:
        """Whether it was."""
        self.steps -= 1
        return self.steps < 0


def divided() -> Dispute:
    found = shares.settled(0)
    assert found is not None
    return found


@pytest.mark.parametrize("steps", [0, 1, 5, 15, 40])
@pytest.mark.parametrize(
    ("dispute", "name", "ground"),
    [
        (lambda: dispute_from_text(PIANO), "", None),
        (lambda: dispute_from_text(PIANO), "listed", searched),
        (divided, "", None),
        (divided, "divided", by_cases),
    ],
)
def test_what_is_told_holds(
    dispute: Callable[[], Dispute],
    name: str,
    ground: Callable[..., object] | None,
    steps: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Listed or asked about, whole or divided: with time for so many steps no figure says more
    than is so, what holds is proved, and the text says that time was up."""
    given = dispute()
    settlement = api.settle(given)
    all_of_it = robustness.robustness(given, settlement, samples=4)
    if ground is not None:
        monkeypatch.setattr(robustness, name, lambda *of: ground(*of[:2], Steps(steps)))
    found = robustness.robustness(given, settlement, samples=4, deadline=Steps(steps))
    assert found is not None
    assert all_of_it is not None
    assert found.cut_short or steps
    assert found.holds in (all_of_it.holds, None)
    assert found.radius <= all_of_it.radius
    assert found.fails is None or found.fails > all_of_it.radius
    for part, whole in ((found.gains, all_of_it.gains), (found.own, all_of_it.own)):
        for party, span in whole.items():
            assert (part[party].least or Fraction(0)) <= (span.least or Fraction(0))
            assert span.most <= part[party].most
    least, other = found.smallest_regret, all_of_it.smallest_regret
    if least is not None and other is not None:
        assert least.at_least <= max(other.regrets.values())
    assert set(found.influences) <= set(all_of_it.influences)
    told = "The time limit was reached" in tell_robustness(given, found, MEDIATOR).text(10_000)
    assert told == found.cut_short


def test_listing_divisions_stops_midway() -> None:
    """With time for one way to decide the whole issues only, no division is listed: each question
    is asked instead."""
    given = divided()
    outcome = api.settle(given).outcome
    assert outcome is not None
    assert isinstance(robustness.ground_of(given, outcome, Steps(1)), ByCases)


@pytest.mark.parametrize(
    ("dispute", "ground"),
    [(lambda: dispute_from_text(PIANO), listed), (divided, divided_listed)],
)
def test_what_was_listed_is_gone_through_only_in_time(
    dispute: Callable[[], Dispute],
    ground: Callable[[Dispute, Outcome, Deadline], Listed | Divided],
) -> None:
    """What each side gains, whether it is a draw, and the smallest worst regret: each stops when
    time is over, however much of it was left before."""
    given = dispute()
    settlement = api.settle(given)
    assert settlement.outcome is not None
    deadline = Steps(10_000)
    found = ground(given, settlement.outcome, deadline)
    boxes = robustness.sets_of(found, settlement, Fraction(0), own_ranges=True)
    asked: tuple[Callable[[], object], ...] = (
        lambda: found.reach(boxes),
        lambda: found.span(boxes, 0),
        lambda: found.smallest_regret(boxes),
    )
    for ask in asked:
        before = deadline.steps
        ask()
        needed = before - deadline.steps
        assert needed
        deadline.steps = needed - 1
        with pytest.raises(TimeIsOver):
            ask()
        deadline.steps = 10_000


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_whether_it_is_a_draw_at_other_answers_is_told_in_time_or_not_at_all(steps: int) -> None:
    """With time for so few steps a package is settled anew rightly, or nothing is said of it."""
    given = dispute_from_text(PIANO)
    settlement = api.settle(given)
    assert settlement.outcome is not None
    rightly = is_draw_of(given, settlement.outcome)
    try:
        assert is_draw_of(given, settlement.outcome, Steps(steps)) == rightly
    except TimeIsOver:
        return
    assert steps
