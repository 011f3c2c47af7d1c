"""The fewest divided shares against all ways to give shares whole, counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import pytest

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.model import (
    Choice,
    Dispute,
    FrozenMap,
    Linear,
    Money,
    Outcome,
    Party,
    Preference,
    Share,
)
from hikiwake.settlement import FewestShares, Settlement
from hikiwake.solvers.hulls import fewest
from tests.conformance.builders import (
    NAMES,
    choice,
    dispute,
    division,
    outcome,
    preference,
    red_line,
)

F = Fraction
RULES = ("draw", "kalai_smorodinsky", "nash", "egalitarian", "leximin", "utilitarian")
Row = tuple[Fraction, ...]
CASES = [  # parties, shares, whole options, largest points, seed
    *((2, 4, 0, 2, seed) for seed in range(3)),
    *((3, 4, 0, 2, seed) for seed in range(4)),
    *((3, 4, 2, 2, seed) for seed in range(2)),
    (3, 5, 0, 5, 0),
    (4, 4, 0, 1, 0),
]


@cache
def drawn(parties: int, shares: int, options: int, most: int, seed: int) -> Dispute:
    """Return a random dispute over shares whose points often tie, and perhaps one whole issue."""
    random = Random(f"{parties} {shares} {options} {most} {seed}")
    letters = "abc"[:options]
    issues = [Share(f"s{n}") for n in range(shares)]
    return dispute(
        [*issues, *([choice("x", *letters)] if options else [])],
        *(
            preference(
                party,
                {
                    **{f"s{n}": random.randint(1, most) for n in range(shares)},
                    **({"x": {o: random.randint(0, most) for o in letters}} if options else {}),
                },
                0,
            )
            for party in NAMES[:parties]
        ),
    )


def divided(the_dispute: Dispute, package: Outcome) -> int:
    """Return how many shares nobody has whole."""
    shares = [issue.id for issue in the_dispute.issues if isinstance(issue, Share)]
    parts = [package[share] for share in shares]
    return sum(isinstance(own, FrozenMap) and 1 not in own.values() for own in parts)


def left_over(the_dispute: Dispute, settlement: Settlement, kept: list[str]) -> Iterator[Row]:
    """Yield what everybody still misses after each way to give these shares whole."""
    assert settlement.utilities is not None
    parties = the_dispute.party_ids
    whole = [issue for issue in the_dispute.issues if isinstance(issue, Choice)]
    options = [the_dispute.values_of(issue) for issue in whole]
    for owners in product(parties, repeat=len(kept)):
        for taken in product(*options):
            given: dict[str, object] = dict(zip((i.id for i in whole), taken, strict=True))
            nothing = FrozenMap(dict.fromkeys(parties, F(0)))
            given |= {i.id: nothing for i in the_dispute.issues if isinstance(i, Share)}
            for share, owner in zip(kept, owners, strict=True):
                given[share] = FrozenMap({p: F(p == owner) for p in parties})
            package = FrozenMap(given)
            yield tuple(
                settlement.utilities[p] - the_dispute.utility(p, package)  # type: ignore[arg-type]
                for p in parties
            )


def needed(the_dispute: Dispute, settlement: Settlement) -> int:
    """Return 0 or 1 if so few divided shares do; else 2, which stands for more."""
    shares = [issue.id for issue in the_dispute.issues if isinstance(issue, Share)]
    if any(not any(missing) for missing in left_over(the_dispute, settlement, shares)):
        return 0
    for one in shares:
        worths = [the_dispute.preferences[p].points[one].whole for p in the_dispute.party_ids]  # type: ignore[union-attr]
        others = [share for share in shares if share != one]
        for missing in left_over(the_dispute, settlement, others):
            parts = [m / w for m, w in zip(missing, worths, strict=True)]
            if min(parts) >= 0 and sum(parts) == 1:
                return 1
    return 2


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("rule", RULES)
def test_no_package_divides_fewer(case: tuple[int, int, int, int, int], rule: str) -> None:
    """As few shares are divided as a look at every way finds, and by default at most n − 1."""
    the_dispute = drawn(*case)
    default = api.settle(the_dispute, rule)
    found = api.settle(the_dispute, rule, fewest_shares=True)
    assert found.utilities == default.utilities
    assert found.outcome is not None
    assert default.outcome is not None
    for party in the_dispute.party_ids:
        assert the_dispute.utility(party, found.outcome) == found.utilities[party]  # type: ignore[index]
    count = divided(the_dispute, found.outcome)
    assert found.fewest_shares == FewestShares(count, certain=True)
    assert min(count, 2) == needed(the_dispute, found)
    assert count <= divided(the_dispute, default.outcome) <= len(the_dispute.parties) - 1
    assert found.tied[0] == found.outcome
    assert (found.ties, found.twins) == (default.ties, default.twins)


def test_a_bound_can_divide_a_share_more() -> None:
    """Ann takes no less than a third of any of three: two are divided, and no fewer will do."""
    lines = [red_line(**{f"s{n}": {"ann": {"below": "1/3"}}}) for n in range(3)]
    the_dispute = division([(1, 9), (1, 9), (1, 9)], (0, 0), red_lines=(lines, ()))
    settlement = api.settle(the_dispute, fewest_shares=True)
    assert settlement.fewest_shares == FewestShares(2, certain=True)


def test_what_matters_to_nobody_goes_whole_where_the_fewest_are_asked_for() -> None:
    """A share worth nothing to both is halved by default, and whole if the fewest are asked for."""
    the_dispute = division([(0, 0), (5, 5)])
    assert divided(the_dispute, api.settle(the_dispute).outcome) == 2  # type: ignore[arg-type]
    settlement = api.settle(the_dispute, fewest_shares=True)
    assert settlement.fewest_shares == FewestShares(1, certain=True)


def test_a_rule_that_makes_its_package_itself_is_refused() -> None:
    """Proportional divides everything: there is nothing to choose, and that is said."""
    with pytest.raises(Unsupported) as refused:
        api.settle(division([(1, 2), (3, 4)]), "proportional", fewest_shares=True)
    assert refused.value.faults[0].convention == "H18"


def test_where_a_limit_is_reached_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a single round the package shown is the default one, and not called the fewest."""
    monkeypatch.setattr(fewest, "MAX_ROUNDS", 0)
    the_dispute = drawn(3, 4, 0, 2, 0)
    settlement = api.settle(the_dispute, fewest_shares=True)
    assert settlement.fewest_shares is not None
    assert not settlement.fewest_shares.certain
    assert settlement.outcome == api.settle(the_dispute).outcome


def test_money_is_not_counted() -> None:
    """A payment is no shared issue: what it evens out goes whole."""
    the_dispute = Dispute(
        (Party("ann"), Party("ben")),
        (Share("s"), Money("m", F(20))),
        FrozenMap(
            {
                "ann": Preference("ann", FrozenMap({"s": Linear(F(9)), "m": Linear(F(1))})),
                "ben": Preference("ben", FrozenMap({"s": Linear(F(5)), "m": Linear(F(1))})),
            }
        ),
    )
    assert api.settle(the_dispute, fewest_shares=True).fewest_shares == FewestShares(
        0, certain=True
    )


def test_whole_issues_have_nothing_to_divide() -> None:
    """Without shares the fewest are none, and the package stays the same."""
    the_dispute = dispute(
        [choice("x", "a", "b")],
        preference("ann", {"x": {"a": 1, "b": 0}}),
        preference("ben", {"x": {"a": 1, "b": 0}}),
    )
    settlement = api.settle(the_dispute, fewest_shares=True)
    assert settlement.outcome == outcome(x="a")
    assert settlement.fewest_shares == FewestShares(0, certain=True)
