"""What misstating could gain: figures by hand, and a referee that tries a grid of reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest

from hikiwake import api
from hikiwake.explain import JOINT, MEDIATOR, tell_honesty
from hikiwake.findings.honesty import Honesty, Misstating
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.results.honesty import honesty_json
from hikiwake.model import Bonus, Curve, Dispute, FrozenMap, Table, Value
from hikiwake.options.again import answer
from hikiwake.options.misstating import bound as misstated_bound
from hikiwake.options.misstating import unknowing
from hikiwake.options.misstating.case import Case, Report
from hikiwake.options.misstating.honesty import case_of
from hikiwake.options.misstating.knowing import best
from hikiwake.options.misstating.listed import listed
from hikiwake.options.tables import answers
from hikiwake.settlement import Exactness

F = Fraction
EXAMPLES = Path(__file__).parents[4] / "examples"
THINGS = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "a", kind = "item" }, { id = "b", kind = "item" }, { id = "c", kind = "item" }]
[preferences.ann]
points = { a = 50, b = 30, c = 20 }
[preferences.ben]
points = { a = 20, b = 30, c = 50 }
"""


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw few other sides: what they tell does not hang on how many they are."""
    monkeypatch.setattr(unknowing, "DRAWS", 10)


def found(dispute: Dispute, seed: int = 0) -> Honesty:
    answer = api.honesty(dispute, api.settle(dispute), seed)
    assert answer is not None
    return answer


def of(dispute: Dispute, party: str) -> Misstating:
    return next(side for side in found(dispute).sides if side.party == party)


def random_dispute(seed: int) -> Dispute:
    """Return a small dispute of two sides: choices, an amount, now and then a line or a bonus."""
    random = Random(seed)
    text = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "x", kind = "choice", options = ["p", "q", "r"] },
    { id = "y", kind = "choice", options = ["s", "t"] },
    { id = "z", kind = "item" },
    { id = "n", kind = "amount", min = 0, max = 2, step = 1 },
]
"""
    for party in ("ann", "ben"):
        x = ", ".join(f"{v} = {random.choice((0, 10, 20, 30))}" for v in "pqr")
        s, t = random.choice(((0, 20), (15, 0), (0, 0)))
        slope = random.choice((-10, 0, 15))
        text += f"[preferences.{party}]\nwalk_away = {random.choice((0, 0, 15, 30))}\n"
        text += f"points = {{ z = {random.randint(5, 30)} }}\nvalues.x = {{ {x} }}\n"
        text += f"values.y = {{ s = {s}, t = {t} }}\n"
        text += f"curves.n = [[0, {max(0, -2 * slope)}], [2, {max(0, 2 * slope)}]]\n"
        if random.random() < 0.3:
            when = "when = { x = 'q', z = 'ann' }"
            text += f"bonuses = [{{ {when}, points = {random.choice((-8, 12))} }}]\n"
        if random.random() < 0.3:
            text += "red_lines = [{ never = { x = 'r', y = 's' } }]\n"
    return dispute_from_text(text)


def grid(case: Case, most: int, total: int) -> Iterator[Report]:
    """Yield every truthful-in-refusing report whose steps are whole numbers, up to so many."""
    for heights in product(range(most + 1), repeat=case.steps.shape[1]):
        if sum(heights) > total:
            continue
        climbed = case.steps @ np.array(heights)
        refused = climbed[case.own < 0]
        top = int(climbed[case.own >= 0].min())
        low = int(refused.max()) + 1 if len(refused) else top - 2
        for zero in range(low, top + 1):
            yield Report(tuple(map(F, heights)), F(-zero))


def with_report(dispute: Dispute, party: str, report: Report) -> Dispute:
    """Return the dispute in which a party hands in a report: the steps read once more, by name."""
    own, heights = dispute.preferences[party], iter(report.heights)
    points: dict[str, Table | Curve] = {}
    for issue in dispute.issues:
        ways, given = dispute.decisions_of(issue), own.points.get(issue.id)
        assert ways is not None
        worths = [F(0) if given is None else given.value(party, way) for way in ways]
        levels = sorted(set(worths))
        if len(levels) == 1:
            said = [next(heights) for _ in ways]
        else:
            sums = [F(0)]
            for _ in levels[1:]:
                sums.append(sums[-1] + next(heights))
            said = [sums[levels.index(worth)] for worth in worths]
        if isinstance(given, Curve) or not all(isinstance(way, str) for way in ways):
            pairs = zip(ways, said, strict=True)
            points[issue.id] = Curve(tuple((F(str(way)), number) for way, number in pairs))
        else:
            points[issue.id] = Table(FrozenMap(dict(zip(map(str, ways), said, strict=True))))
    bonuses: list[Bonus] = []
    for bonus in own.bonuses:
        size = next(heights)
        bonuses.append(replace(bonus, points=size if bonus.points > 0 else -size))
    said_now = replace(
        own, points=FrozenMap(points), bonuses=tuple(bonuses), walk_away=-report.start
    )
    return replace(dispute, preferences=FrozenMap({**dispute.preferences, party: said_now}))


def packages(dispute: Dispute) -> set[frozenset[tuple[str, Value]]]:
    """Return all the packages that the draw rule holds equally best, by the engines."""
    found = answer(dispute, "draw")
    if found is None:
        return set()
    bargain = found.bargain
    return {
        frozenset(bargain.compiled.outcome(taken).items())
        for point in found.points
        for taken in bargain.frontier.packages(point)
    }


@pytest.mark.parametrize("seed", range(40))
def test_the_rule_on_a_table_of_packages_is_the_rule(seed: int) -> None:
    """What the draw rule answers from a list of packages is what the engines answer."""
    dispute = random_dispute(seed)
    table = listed(dispute)
    kept = np.flatnonzero(np.logical_and.reduce(table.allowed))
    surpluses = [table.surplus(party)[kept] for party in dispute.party_ids]
    lines = kept[answers(surpluses, dispute.tolerance, dispute.price)]
    assert {frozenset(table.outcomes[n].items()) for n in lines} == packages(dispute)


def test_a_side_can_break_a_tie_its_way() -> None:
    """With points 50/30/20 against 20/30/50 a side can get 80: b too; all three it cannot get."""
    for party in ("ann", "ben"):
        side = of(dispute_from_text(THINGS), party)
        assert side.points.most == side.points.at_most == F(4, 5)
        assert side.points.exactness is Exactness.EXACT


def test_of_two_things_nothing_can_be_had_by_misstating() -> None:
    """Ann prefers one thing, Ben the other, 60 to 40: each gets it, whatever one of them says."""
    text = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "a", kind = "item" }, { id = "b", kind = "item" }]
[preferences.ann]
points = { a = 60, b = 40 }
[preferences.ben]
points = { a = 40, b = 60 }
"""
    answer = found(dispute_from_text(text))
    assert answer.more_by_points == 0
    assert answer.proved


def cases(dispute: Dispute) -> Iterator[tuple[str, Case, int]]:
    """Yield each side that can gain, what it would have to know, and what it gets by the truth."""
    table = listed(dispute)
    for place, party in enumerate(dispute.party_ids):
        case = case_of(table, place)
        honest = case.reached(case.own)
        if honest is not None and case.own[case.lines].max() > 0:
            yield party, case, honest


def against_the_grid(dispute: Dispute, highest: int, total: int) -> None:
    for party, case, honest in cases(dispute):
        answer, seen = best(case, honest), honest
        for report in grid(case, highest, total):
            said = case.said(report)
            assert case.truthful(said)
            seen = max(seen, case.reached(said) or 0)
        assert honest <= answer.reached <= answer.at_most
        assert seen <= answer.at_most
        if answer.report is not None:
            handed_in = with_report(dispute, party, answer.report)
            zero = dispute.walk_away(party)
            worths = [
                dispute.utility(party, dict(package)) - zero for package in packages(handed_in)
            ]
            assert max(worths) == answer.reached  # the points of these disputes are whole


@pytest.mark.parametrize("seed", [0, 2, 5, 8, 13, 16, 21])
def test_no_report_of_a_grid_does_better(seed: int) -> None:
    """No report with whole steps gains more than the bound; what is reached, settling reaches."""
    against_the_grid(random_dispute(seed), 2, 4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(25, 33))
def test_no_report_of_a_finer_grid_does_better(seed: int) -> None:
    """The same with higher steps, on more disputes."""
    against_the_grid(random_dispute(seed), 3, 6)


@pytest.mark.parametrize("name", ["alice-bob-wiki-whole", "bob-carol-5-whole"])
def test_no_report_of_a_grid_does_better_on_published_tables(name: str) -> None:
    """Of published tables of points too, each with its best proved and reached."""
    dispute = api.load(EXAMPLES / "published" / f"{name}.toml")
    against_the_grid(dispute, 4, 7)
    assert all(side.points.exactness is Exactness.EXACT for side in found(dispute).sides)


def test_three_sides_have_a_bound_too() -> None:
    """Among three sides no report of a grid gains more than the bound either."""
    text = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }, { id = "carol" }]
issues = [
    { id = "a", kind = "item" }, { id = "b", kind = "item" },
    { id = "c", kind = "item" }, { id = "d", kind = "choice", options = ["x", "y"] },
]
[preferences.ann]
points = { a = 40, b = 30, c = 10 }
values.d = { x = 20, y = 0 }
[preferences.ben]
points = { a = 20, b = 35, c = 30 }
values.d = { x = 0, y = 15 }
[preferences.carol]
points = { a = 30, b = 10, c = 50 }
values.d = { x = 10, y = 0 }
"""
    against_the_grid(dispute_from_text(text), 3, 6)


def test_little_time_makes_the_bound_looser_never_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without programs the bound may be larger, and what is not proved is not called exact."""
    dispute = dispute_from_text(THINGS)
    monkeypatch.setattr(misstated_bound, "MAX_PROGRAMS", 0)
    side = of(dispute, "ann")
    assert side.points.most <= side.points.at_most == 1
    assert side.points.exactness is Exactness.BOUNDED


@pytest.mark.parametrize(
    "name", ["two-heirs", "co-founders", "four-islands", "published/england-zimbabwe.toml"]
)
def test_overstating_gets_a_side_its_ideal(name: str) -> None:
    """A side that says that it has its ideal without an agreement gets it, in any dispute."""
    dispute = api.load(EXAMPLES / name)
    honest = api.settle(dispute)
    for party in dispute.party_ids:
        ideal = honest.ideals[party]
        own = replace(dispute.preferences[party], walk_away=ideal)
        said = replace(dispute, preferences=FrozenMap({**dispute.preferences, party: own}))
        outcome = api.settle(said).outcome
        assert outcome is not None
        assert dispute.utility(party, outcome) == ideal


def test_what_is_tried_comes_near_what_is_known_of_adjusted_winner() -> None:
    """Against 40/60 a side of 55/45 does best by saying 40/60 almost: 55 + 45/6 = 62.5 of 100."""
    text = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "house", kind = "share" }, { id = "savings", kind = "share" }]
[preferences.ann]
points = { house = 55, savings = 45 }
[preferences.ben]
points = { house = 40, savings = 60 }
"""
    side = of(dispute_from_text(text), "ann")
    assert side.truth == F(4, 7)
    assert F(62, 100) <= side.points.most <= F(5, 8)


def test_what_is_drawn_is_the_same_for_the_same_seed() -> None:
    """The same seed gives the same figures, another one others."""
    dispute = dispute_from_text(THINGS)
    assert found(dispute) == found(dispute)
    assert found(dispute) != found(dispute, seed=1)


def test_the_truth_never_ends_below_the_walk_away_value() -> None:
    """A side that tells the truth risks no agreement and nothing worse."""
    for seed in (0, 1, 5):
        for side in found(random_dispute(seed)).sides:
            assert side.unknowing is not None
            truth = side.unknowing.truth
            assert 0 <= truth.worst <= truth.expected
            assert truth.without == 0 or truth.worst == 0
            assert side.overstating.risk is not None
            assert side.overstating.risk.without >= truth.without


def test_swapping_the_parties_swaps_the_figures() -> None:
    """What is exact is the mirror image with the parties swapped (H13)."""
    dispute = dispute_from_text(THINGS)
    swapped = dispute_from_text(
        THINGS.replace("ann", "x").replace("ben", "ann").replace("x", "ben")
    )
    for party, other in (("ann", "ben"), ("ben", "ann")):
        assert of(dispute, party).points.most == of(swapped, other).points.most


def test_nobody_but_the_mediator_is_told_more_than_one_coarse_figure() -> None:
    """All others read the same, without names, to the grain of 1/20; JSON has no more than that."""
    dispute = api.load(EXAMPLES / "published" / "alice-bob-wiki-whole.toml")
    answer = found(dispute)
    told = [tell_honesty(dispute, answer, who, "en") for who in (*dispute.party_ids, JOINT)]
    assert len({one.sections for one in told}) == 1
    text = told[0].text().split("═")[-1]
    assert "Alice" not in text
    assert "Bob" not in text
    assert "25" in text  # of 22.5 %
    assert "22" not in text
    joint = honesty_json(answer, JOINT)
    assert set(joint) == {
        "hikiwake", "audience", "illustrative", "more_by_points", "proved", "unknowing"
    }  # fmt: skip
    assert joint["more_by_points"] == "about 25 %"


def test_whose_figures_they_are_is_said_only_if_asked() -> None:
    """The mediator's text and JSON name nobody either, unless the mediator asks for names."""
    dispute = api.load(EXAMPLES / "published" / "alice-bob-wiki-whole.toml")
    answer = found(dispute)
    text = tell_honesty(dispute, answer, MEDIATOR, "en").text().split("═")[-1]
    assert "Alice" not in text
    assert "alice" not in str(honesty_json(answer, MEDIATOR))
    named = tell_honesty(dispute, answer, MEDIATOR, "en", named=True).text()
    assert "Alice" in named.split("═")[-1]
    sides = honesty_json(answer, MEDIATOR, named=True)["sides"]
    assert [side["party"] for side in sides] == ["alice", "bob"]


def test_nothing_claims_that_the_truth_is_best() -> None:
    """Every text begins by saying that no rule here makes the truth the best answer every time."""
    dispute = dispute_from_text(THINGS)
    answer = found(dispute)
    for audience in (MEDIATOR, JOINT, "ann"):
        first = tell_honesty(dispute, answer, audience, "en").sections[0].lines[0]
        assert first.startswith("No rule here makes the truth the best answer in every case.")


def test_without_an_agreement_there_is_nothing_to_tell() -> None:
    """Where nothing is acceptable to both, nothing is looked for, and that is said."""
    dispute = dispute_from_text(
        THINGS.replace("[preferences.ann]", "[preferences.ann]\nwalk_away = 101")
    )
    assert api.honesty(dispute, api.settle(dispute)) is None
    assert "nothing to gain" in tell_honesty(dispute, None, MEDIATOR, "en").text()
    assert honesty_json(None, JOINT)["status"] == "no_agreement"
