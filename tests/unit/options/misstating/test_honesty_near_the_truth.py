"""What misstating could gain on every example of two sides: against reports near the truth."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import lcm
from random import Random

import pytest

from hikiwake import api
from hikiwake.options.misstating import bound as misstated_bound
from hikiwake.options.misstating.case import Case, Report
from hikiwake.options.misstating.knowing import best
from tests.unit.options.misstating.test_honesty import EXAMPLES, cases, packages, with_report

F = Fraction


def tables() -> list[str]:
    """Return the examples in which two sides have points for whole issues only."""
    names = [path.stem for path in sorted((EXAMPLES / "published").glob("*.toml"))]
    disputes = {name: api.load(EXAMPLES / "published" / f"{name}.toml") for name in names}
    return [
        name
        for name, own in disputes.items()
        if len(own.parties) == 2 and all(own.decisions_of(i) is not None for i in own.issues)
    ]


def near_the_truth(case: Case, most: int = 60) -> Iterator[Report]:
    """Yield reports in which up to two steps count as nothing, half, or twice as much: some of all.

    What is refused is refused in truth; the walk-away value is as high as that allows, or less.
    """
    truth = [2 * height for height in case.heights]
    ways = list(product(range(len(truth)), range(len(truth)), (0, F(1, 2), 2), (0, F(1, 2), 1, 2)))
    for one, other, first, second in Random(1).sample(ways, most):
        heights = list(truth)
        heights[other] *= second
        heights[one] = truth[one] * first
        climbed = case.said(Report(tuple(heights), F(0)))
        unit = lcm(*(height.denominator for height in heights))
        top = F(int(climbed[case.own >= 0].min()), unit)
        refused = climbed[case.own < 0]
        below = F(int(refused.max()), unit) if len(refused) else top - 1
        if below < top:
            yield Report(tuple(heights), -top)
            yield Report(tuple(heights), -(top + below) / 2)


@pytest.mark.slow
@pytest.mark.parametrize("name", tables())
def test_no_report_near_the_truth_does_better_on_any_published_table(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every example of two sides with points for whole issues: no report of some dozens gains
    more than the bound; what is reached, settling reaches."""
    monkeypatch.setattr(misstated_bound, "MAX_PROGRAMS", 100)  # looser, never wrong
    dispute = api.load(EXAMPLES / "published" / f"{name}.toml")
    ideals = api.settle(dispute).ideals
    for party, case, honest in cases(dispute):
        answer, top = best(case, honest), int(case.own[case.lines].max())
        reports = list(near_the_truth(case))
        assert reports
        assert all(case.truthful(case.said(report)) for report in reports)
        seen = max(case.reached(case.said(report)) or 0 for report in reports)
        assert max(honest, seen) <= answer.at_most
        assert honest <= answer.reached <= answer.at_most
        if answer.report is not None:
            handed_in, zero = with_report(dispute, party, answer.report), dispute.walk_away(party)
            worths = [dispute.utility(party, dict(one)) - zero for one in packages(handed_in)]
            ideal = ideals[party]
            assert ideal is not None
            assert max(worths) / (ideal - zero) == F(answer.reached, top)
