"""The façade: what a settlement and a frontier say beside the package itself."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from hikiwake import api, solvers
from hikiwake.errors import InputError, UnknownName, Unsupported
from hikiwake.model import Dispute
from hikiwake.settlement import Exactness, Status
from tests.conformance.builders import choice, dispute, division, items, one_of, preference

F = Fraction
FILE = """hikiwake = 1
[[parties]]
id = "ann"
[[parties]]
id = "ben"
[[issues]]
id = "house"
kind = "item"
[preferences.ann.points]
house = 3
[preferences.ben.points]
house = {ben}
"""


def test_a_settlement_says_what_it_rests_on() -> None:
    """Rule, engine, exactness, searched packages, walk-aways, ideals, tolerance and price."""
    found = api.settle(one_of((4, 1), (2, 2), (1, 4), walk_away=(1, 0)), "nash")
    assert (found.rule, found.engine, found.exactness) == ("nash", "additive", Exactness.EXACT)
    assert (found.searched, found.parties) == (3, ("ann", "ben"))
    assert (dict(found.walk_away), dict(found.ideals)) == (
        {"ann": 1, "ben": 0},
        {"ann": 4, "ben": 4},
    )
    assert (found.tolerance, found.price) == (F(1, 20), F(1, 10))
    assert (found.certificate, found.illustrative) == (None, False)


def test_shares_are_searched_without_end() -> None:
    """With a share the packages are infinitely many, and the linear engine answers."""
    found = api.settle(division([(1, 1)]))
    assert (found.searched, found.engine) == ("infinite", "linear")


def test_no_agreement_is_a_result() -> None:
    """Nothing acceptable gives a settlement without package, ideals or views, with conflicts."""
    found = api.settle(one_of((1, 1), walk_away=(2, 0)))
    assert found.status is Status.NO_AGREEMENT
    assert (found.outcome, found.utilities, found.gains, found.imbalance) == (None,) * 4
    assert dict(found.ideals) == {"ann": None, "ben": None}
    assert (found.ties, found.tied, found.views, found.changes) == (0, (), {}, ())
    assert len(found.conflicts) == 1


def test_every_party_sees_its_own_hopes_issue_by_issue() -> None:
    """Of two items ann has the one worth 8; on the other, worth 2 to her, she hoped for it too."""
    found = api.settle(items([(2, 5), (8, 4)]))
    assert found.outcome == {"i0": "ben", "i1": "ann"}
    first, second = found.views["ann"]
    assert (first.decided, first.points, first.hopes, first.hoped) == ("ben", 0, ("ann",), 2)
    assert (second.decided, second.points, second.hopes, second.hoped) == ("ann", 8, ("ann",), 8)


def test_an_issue_with_equal_points_does_not_matter() -> None:
    """Where all options are worth the same, or none is named, there is nothing to hope for."""
    issues = [choice("a", "x", "y"), choice("b", "x", "y")]
    ann, ben = (
        preference("ann", {"a": {"x": 3, "y": 3}}),
        preference("ben", {"b": {"x": 1, "y": 0}}),
    )
    views = api.settle(dispute(issues, ann, ben)).views
    assert [(view.matters, view.hopes) for view in views["ann"]] == [(False, ())] * 2
    assert [(view.matters, view.hopes) for view in views["ben"]] == [(False, ()), (True, ("x",))]


def test_changes_tell_what_one_issue_decided_otherwise_would_do() -> None:
    """Giving ann the other item as well would leave ben with nothing: 2 more, 5 less, allowed."""
    found = api.settle(items([(2, 5), (8, 4)]))
    effects = {change.issue: (change.allowed, dict(change.effects)) for change in found.changes}
    assert effects == {
        "i0": (True, {"ann": 2, "ben": -5}),
        "i1": (True, {"ann": -8, "ben": 4}),
    }


def test_engines_that_do_not_fit_or_exist_are_refused() -> None:
    """The façade knows the solvers' engines; one misspelt, or that does not fit, is refused."""
    assert api.ENGINES == solvers.ENGINES
    with pytest.raises(UnknownName, match="Engine 'additiv'"):
        api.settle(one_of((1, 1)), engine="additiv")
    with pytest.raises(Unsupported, match="nothing is shared here"):
        api.frontier(one_of((1, 1)), engine="linear")


def test_a_file_is_loaded_and_a_preference_replaced(tmp_path: Path) -> None:
    """What stands in another file goes before the dispute's own preference of that party."""
    main, other = tmp_path / "dispute.toml", tmp_path / "ben.toml"
    main.write_text(FILE.replace("{ben}", "5"), "utf-8")
    other.write_text("[points]\nhouse = 7\n", "utf-8")
    assert api.load(str(main)).utility("ben", {"house": "ben"}) == 5
    assert api.load(main, preferences={"ben": other}).utility("ben", {"house": "ben"}) == 7
    with pytest.raises(InputError):
        api.load(tmp_path / "nothing.toml")


def test_a_frontier_of_points() -> None:
    """Three of four packages stand: exact points, gains and ties a row, and a float64 table."""
    frontier = api.frontier(one_of((4, 1), (2, 2), (2, 1), (1, 4), (2, 2), walk_away=(1, 1)))
    assert set(frontier.exact_utilities) == {(4, 1), (2, 2), (1, 4)}
    rows = dict(zip(frontier.exact_utilities, frontier.gains, strict=True))
    assert rows[F(2), F(2)] == (F(1, 3), F(1, 3))
    ties = dict(zip(frontier.exact_utilities, frontier.ties, strict=True))
    assert (ties[F(2), F(2)], ties[F(4), F(1)]) == (2, 1)
    assert (len(frontier), len(frontier.outcomes)) == (3, 3)
    assert (frontier.utilities.dtype, frontier.utilities.shape) == (np.float64, (3, 2))
    assert (frontier.vertices, frontier.segments) == ((), ())
    assert (frontier.parties, frontier.engine, frontier.searched) == (("ann", "ben"), "additive", 5)


def test_a_frontier_of_segments() -> None:
    """House whole and savings divided: two segments, three closed ends, one open."""
    house = {"ann": {"ann": 55, "ben": 0}, "ben": {"ann": 0, "ben": 40}}
    the_dispute = dispute(
        [*items([(1, 1)]).issues, *division([(1, 1)]).issues],
        preference("ann", {"i0": house["ann"], "s0": 45}),
        preference("ben", {"i0": house["ben"], "s0": 60}),
    )
    frontier = api.frontier(the_dispute)
    assert [(s.first, s.second, s.first_closed, s.second_closed) for s in frontier.segments] == [
        ((30, 60), (0, 100), False, True),
        ((100, 0), (55, 60), True, True),
    ]
    assert set(frontier.vertices) == {(0, 100), (100, 0), (55, 60)}
    assert sorted(frontier.utilities.tolist()) == [[0.0, 100.0], [55.0, 60.0], [100.0, 0.0]]
    assert frontier.searched == "infinite"


def test_without_agreement_the_frontier_is_empty() -> None:
    """Nothing acceptable leaves no point, and a table of no rows and a column a party."""
    frontier = api.frontier(one_of((1, 1, 1), walk_away=(2, 0, 0)))
    assert (len(frontier), frontier.outcomes, frontier.gains, frontier.vertices) == (0, (), (), ())
    assert frontier.utilities.shape == (0, 3)


def test_the_order_of_issues_moves_no_corner() -> None:
    """Shares of one ratio make one segment, in whatever order the file lists them (H13)."""
    one, other = (api.frontier(division(worths)) for worths in ([(1, 1), (2, 2)], [(2, 2), (1, 1)]))
    assert one.vertices == other.vertices


def awkward_fractions() -> Dispute:
    """Return small points over eight denominators of 60 digits, each of which is allowed (H1)."""
    denominators = [10**59 + n for n in (3, 7, 9, 11, 13, 19, 21, 27)]
    names = [f"c{n}" for n in range(len(denominators))]
    return dispute(
        [choice(name, "ann", "ben") for name in names],
        *(
            preference(
                party,
                {
                    name: {"ann": 0, "ben": 0, party: F(1, denominator)}
                    for name, denominator in zip(names, denominators, strict=True)
                },
            )
            for party in ("ann", "ben")
        ),
    )


def test_a_large_common_denominator_still_has_a_table() -> None:
    """Where the common denominator is beyond any float, the points for a picture are not."""
    frontier = api.frontier(awkward_fractions())
    assert len(frontier) > 1
    exact = [[float(u) for u in row] for row in frontier.exact_utilities]
    assert np.allclose(frontier.utilities, exact, rtol=1e-9, atol=0)
