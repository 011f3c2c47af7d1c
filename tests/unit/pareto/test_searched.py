"""What is asked of CP-SAT: the same answers where both can give them, and honest ones elsewhere."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from hikiwake import api
from hikiwake.errors import TooLarge
from hikiwake.explain import tell
from hikiwake.model import (
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    OneOf,
    Option,
    Party,
    Preference,
    RedLine,
    Table,
)
from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.fronts.searched import frontier
from hikiwake.settlement import AtLeast, Exactness, Status
from hikiwake.solvers import memory

RANDOM = Random(20261124)


def tied(issues: int, options: int = 3, parties: int = 2, scale: int = 1) -> Dispute:
    """Return a dispute all of whose issues hang together, by a red line over all of them."""
    names = [f"i{k}" for k in range(issues)]
    choices = tuple(Choice(name, tuple(Option(f"o{j}") for j in range(options))) for name in names)
    first = Condition(FrozenMap({name: OneOf(frozenset({"o0"})) for name in names}))
    preferences = {
        party: Preference(
            party,
            FrozenMap(
                {
                    name: Table(
                        FrozenMap(
                            {
                                f"o{j}": Fraction(RANDOM.randint(0, 100) * scale)
                                for j in range(options)
                            }
                        )
                    )
                    for name in names
                }
            ),
            red_lines=(RedLine(first),),
        )
        for party in (f"p{n}" for n in range(parties))
    }
    people = tuple(Party(party) for party in preferences)
    return Dispute(people, choices, FrozenMap(preferences))


def test_what_cannot_be_listed_is_asked_of_the_solver() -> None:
    """Sixteen tied issues make 3^16 combinations: too many for a list, not for questions."""
    settlement = api.settle(tied(16))
    assert (settlement.engine, settlement.exactness) == ("cp_sat", Exactness.EXACT)
    assert settlement.status is Status.DRAW
    assert settlement.ties == 1


def test_an_outgrown_frontier_is_asked_of_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the merge would look at too many sums, the solver answers, and the same."""
    the_dispute = tied(6, parties=3)
    whole = api.settle(the_dispute)
    monkeypatch.setattr(memory, "MAX_SUMS", 0)
    asked = api.settle(the_dispute)
    assert (whole.engine, asked.engine) == ("additive", "cp_sat")
    assert (whole.outcome, whole.gains) == (asked.outcome, asked.gains)


def test_the_frontier_can_be_asked_for_point_by_point() -> None:
    """The solver's points are the merge's points, in any order."""
    the_dispute = tied(5, parties=3)
    whole, asked = (api.frontier(the_dispute, engine=engine) for engine in (None, "cp_sat"))
    assert set(whole.exact_utilities) == set(asked.exact_utilities)
    assert asked.engine == "cp_sat"


def test_a_time_limit_ends_in_an_open_question() -> None:
    """A thousandth of a second is too short: undecided, bounded, and no claim about a draw."""
    settlement = api.settle(tied(40, 10), engine="cp_sat", time_limit=0.001)
    assert (settlement.status, settlement.exactness) == (Status.UNDECIDED, Exactness.BOUNDED)
    assert settlement.conflicts == ()
    assert api.properties_of(tied(2), settlement) == {}


def test_too_many_ties_are_counted_as_at_least_so_many() -> None:
    """Eleven issues of two options that matter to nobody, but are tied: more ties than listed."""
    names = [f"i{k}" for k in range(11)]
    choices = tuple(Choice(name, (Option("no"), Option("yes"))) for name in names)
    line = RedLine(Condition(FrozenMap({name: OneOf(frozenset({"no"})) for name in names})))
    preferences = {p: Preference(p, red_lines=(line,)) for p in ("ann", "ben")}
    people = (Party("ann"), Party("ben"))
    the_dispute = Dispute(people, choices, FrozenMap(preferences))
    found = api.settle(the_dispute, engine="cp_sat")
    assert isinstance(found.ties, AtLeast)
    assert found.ties == 1000
    assert api.settle(the_dispute).ties == 2**11 - 1


def test_points_that_do_not_fit_are_refused() -> None:
    """Points of 2^60 do not fit the solver's integers together: refused, not rounded."""
    with pytest.raises(TooLarge, match="very long integers"):
        api.settle(tied(3, scale=2**60 + 1), engine="cp_sat")


def test_a_search_for_what_is_dearer_that_has_no_end_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """(.90, .24) is the answer all the same; whether (.20, .25) is undominated stays open."""
    gains = {"even": (20, 25), "best": (90, 24), "ann": (100, 0), "ben": (0, 100)}
    deal = Choice("deal", tuple(Option(name) for name in gains))
    preferences = {
        party: Preference(
            party,
            FrozenMap({"deal": Table(FrozenMap({k: Fraction(v[i]) for k, v in gains.items()}))}),
        )
        for i, party in enumerate(("ann", "ben"))
    }
    the_dispute = Dispute((Party("ann"), Party("ben")), (deal,), FrozenMap(preferences))
    known = api.settle(the_dispute, engine="cp_sat")
    assert known.even_but_dearer is not None
    assert known.even_but_dearer.package.outcome == {"deal": "even"}

    def out_of_reach(*_: object) -> bool:
        raise LimitReached

    monkeypatch.setattr(frontier.Searched, "_dominator", out_of_reach)
    settlement = api.settle(the_dispute, engine="cp_sat")
    assert (settlement.status, settlement.outcome) == (Status.UNEVEN, {"deal": "best"})
    assert settlement.dearer_unknown
    told = tell(the_dispute, settlement, "joint", "en").text(width=1_000)
    assert "was not found out" in told


def test_products_of_different_sides_are_compared_as_gains() -> None:
    """Either Ann gets all or Ben does: both products of gains are 1, whatever the points."""
    deal = Choice("deal", (Option("hers"), Option("his")))
    points = {"ann": {"hers": 3, "his": 0}, "ben": {"hers": 0, "his": 50}}
    preferences = {
        party: Preference(
            party, FrozenMap({"deal": Table(FrozenMap({k: Fraction(v) for k, v in own.items()}))})
        )
        for party, own in points.items()
    }
    the_dispute = Dispute((Party("ann"), Party("ben")), (deal,), FrozenMap(preferences))
    assert api.settle(the_dispute, "nash", engine="cp_sat").twins == 1


def test_a_frontier_of_three_is_not_asked_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many points as are allowed are listed; one more is refused, and the bound is told."""
    dispute = tied(3, parties=3)
    points = len(api.frontier(dispute))
    monkeypatch.setattr(frontier, "MAX_ONE_BY_ONE", points)
    assert len(api.frontier(dispute, engine="cp_sat")) == points
    monkeypatch.setattr(frontier, "MAX_ONE_BY_ONE", points - 1)
    with pytest.raises(TooLarge, match=f"At most {points - 1}"):
        len(api.frontier(dispute, engine="cp_sat"))
