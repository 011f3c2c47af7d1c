"""What the published disputes are told for: impossibilities, objections, bounds."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from hikiwake.api import load, properties_of, settle
from hikiwake.explain import tell
from hikiwake.model import Curve, Dispute, FrozenMap, Linear, Value
from hikiwake.properties import PROPERTIES
from hikiwake.solvers.programs import Optimum, Program, proves, solve
from tests.golden.test_published import PUBLISHED

CORNERS = 100


def published(name: str) -> Dispute:
    return load(PUBLISHED / f"{name}.toml")


def worth(dispute: Dispute, party: str, issue: str) -> int:
    """Return the points for all of a share, which are whole in these files."""
    points = dispute.preferences[party].points[issue]
    assert isinstance(points, Linear)
    return int(points.whole)


def best_minimum_without_envy(dispute: Dispute) -> tuple[Program, dict[tuple[str, str], int]]:
    """Return the program: the largest t that everybody has, and nobody has less than it envies.

    Its unknowns are each party's part of each issue (by number), t, and what is to spare.
    """
    parties, issues = dispute.party_ids, [issue.id for issue in dispute.issues]
    pairs = list(permutations(parties, 2))
    place = {(p, i): n for n, (p, i) in enumerate((p, i) for p in parties for i in issues)}
    columns: list[list[tuple[int, int]]] = [[] for _ in place]
    for (party, issue), column in place.items():
        columns[column].append((issues.index(issue), 1))
        columns[column].append((len(issues) + parties.index(party), worth(dispute, party, issue)))
        for row, (one, other) in enumerate(pairs, len(issues) + len(parties)):
            sign = (party == one) - (party == other)
            if sign:
                columns[column].append((row, sign * worth(dispute, one, issue)))
    least = range(len(issues), len(issues) + len(parties))
    columns.append([(row, -1) for row in least])
    rows = len(issues) + len(parties) + len(pairs)
    columns += [[(row, -1)] for row in range(len(issues), rows)]
    objective = [int(column == len(place)) for column in range(len(columns))]
    right = [1] * len(issues) + [0] * (rows - len(issues))
    return Program([tuple(column) for column in columns], objective, right), place


def test_without_envy_the_best_smallest_number_of_points_is_smaller() -> None:
    """Reijnierse and Potters: 40 each has envy; without it the best minimum is 4730/123."""
    dispute = published("reijnierse-potters")
    program, place = best_minimum_without_envy(dispute)
    found = solve(program)
    assert isinstance(found, Optimum)
    assert proves(program, found)
    assert found.value == Fraction(4730, 123) < 40
    package = FrozenMap[str, Value](
        {
            issue.id: FrozenMap(
                {p: found.parts.get(place[p, issue.id], Fraction(0)) for p in dispute.party_ids}
            )
            for issue in dispute.issues
        }
    )
    assert min(dispute.utility(p, package) for p in dispute.party_ids) == found.value
    assert PROPERTIES["envy_free"](dispute, package).holds is True


@pytest.mark.parametrize("rule", ["draw", "kalai_smorodinsky", "leximin"])
def test_what_cannot_be_had_is_said(rule: str) -> None:
    """The equal and efficient package is answered, and that Ann envies Ben is told with it."""
    dispute = published("reijnierse-potters")
    settlement = settle(dispute, rule)
    verdicts = properties_of(dispute, settlement)
    assert verdicts["pareto_optimal"].holds is verdicts["equitable"].holds is True
    witness = verdicts["envy_free"].witness
    assert witness is not None
    assert (witness.party, witness.other, witness.amount) == ("ann", "ben", 10)
    text = tell(dispute, settlement, "mediator", "en", verdicts).text(1000)
    assert "Not envy-free: a side (Ann) would rather have what another gets (Ben)" in text


def test_of_these_rules_only_nash_takes_from_a_side_when_there_is_more() -> None:
    """Kalai and Smorodinsky 1975: every point of the first problem is in the second."""
    first, second = published("ks-1975-first"), published("ks-1975-second")
    curves = [d.preferences["2"].points["point"] for d in (first, second)]
    for x in (Fraction(n, 40) for n in range(41)):
        assert curves[0].value("2", x) <= curves[1].value("2", x)
    fell: dict[str, bool] = {}
    for rule in ("nash", "kalai_smorodinsky", "egalitarian"):
        less, more = settle(first, rule).utilities, settle(second, rule).utilities
        assert less is not None
        assert more is not None
        fell[rule] = any(more[party] < less[party] for party in first.party_ids)
    assert fell == {"nash": True, "kalai_smorodinsky": False, "egalitarian": False}


def test_the_corners_lie_on_the_square_root() -> None:
    """Each corner's points, squared, are what is left of the dollar; 101 of them, evenly spread."""
    curve = published("square-root-dollar").preferences["2"].points["money"]
    assert isinstance(curve, Curve)
    assert [points for _, points in curve.corners] == [
        Fraction(n, CORNERS) for n in range(CORNERS, -1, -1)
    ]
    assert all(points**2 == 1 - x for x, points in curve.corners)


def test_the_even_division_of_the_dollar_lies_within_its_bound() -> None:
    """The true x solves x² + x = 1; the answer is below it by no more than 1/49200."""
    found = settle(published("square-root-dollar"), "kalai_smorodinsky").outcome
    assert found is not None
    x = found["money"]
    assert isinstance(x, Fraction)
    bound = Fraction(1, 4 * CORNERS * (2 * 61 + 1))
    assert bound == Fraction(1, 49200)
    assert x**2 + x < 1 < (x + bound) ** 2 + (x + bound)


def test_the_largest_product_of_the_dollar_lies_within_its_bound() -> None:
    """The true largest product is 2/3 times the root of 1/3; ours is within 1/46000 below."""
    settlement = settle(published("square-root-dollar"), "nash")
    assert settlement.utilities is not None
    product = settlement.utilities["1"] * settlement.utilities["2"]
    bound = Fraction(1, 4 * CORNERS * (2 * 57 + 1))
    assert bound == Fraction(1, 46000)
    true_squared = Fraction(4, 27)
    assert product**2 <= true_squared < (product + bound) ** 2


def test_the_line_of_equal_area_runs_through_the_largest_island_alone() -> None:
    """Half of 5036.14 km²; of the largest island between a fifth and a quarter, as was said."""
    dispute = published("kuril-equal-area")
    settlement = settle(dispute)
    assert settlement.outcome is not None
    assert settlement.utilities is not None
    assert sum(settlement.utilities.values()) == Fraction("5036.14")
    parts = [settlement.outcome[issue.id] for issue in dispute.issues]
    south = [part["japan"] for part in parts if isinstance(part, FrozenMap)]
    assert Fraction(1, 5) < south[0] < Fraction(1, 4)
    assert south[1:] == [1, 1, 1]
