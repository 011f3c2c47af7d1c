"""The nearest draw of three sides that divide something: found, none there is, or not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from hikiwake.api import adjust, settle
from hikiwake.explain import tell_look
from hikiwake.model import Dispute, FrozenMap, Outcome, Share, Value
from hikiwake.settlement import Status
from tests.conformance.builders import choice, preference, rule
from tests.conformance.builders import dispute as built

F = Fraction
SIDES = ("ann", "ben", "cy")


def over(items: Sequence[str], points: Mapping[str, tuple[int, ...]]) -> Dispute:
    """Return a dispute over items, and money that is divided; the points for it come last."""
    mine = [
        preference(
            p,
            {
                item: {q: worth * (q == p) for q in SIDES}
                for item, worth in zip(items, own, strict=False)
            }
            | {"money": own[-1]},
        )
        for p, own in points.items()
    ]
    return built([*(choice(item, *SIDES) for item in items), Share("money")], *mine)


def packages(dispute: Dispute, parts: int) -> Iterator[Outcome]:
    """Yield every package of a dispute over items and money, everybody's money in so many parts."""
    *items, money = (issue.id for issue in dispute.issues)
    for taken in product(SIDES, repeat=len(items)):
        for a, b in product(range(parts + 1), repeat=2):
            if a + b <= parts:
                parted = (F(a, parts), F(b, parts), F(parts - a - b, parts))
                divided: FrozenMap[str, Fraction] = FrozenMap(dict(zip(SIDES, parted, strict=True)))
                package: dict[str, Value] = {**dict(zip(items, taken, strict=True)), money: divided}
                yield FrozenMap(package)


def all_to(dispute: Dispute, party: str) -> Outcome:
    """Return the package that gives everything to one side."""
    whole = FrozenMap({p: F(p == party) for p in dispute.party_ids})
    given: dict[str, Value] = {
        issue.id: whole if isinstance(issue, Share) else party for issue in dispute.issues
    }
    return FrozenMap(given)


def test_where_there_is_no_draw_that_is_said() -> None:
    """A house, a car and money: no division in sixteenths is a draw, and none is settled on."""
    points = {"ann": (50, 20, 30), "ben": (40, 30, 30), "cy": (30, 20, 50)}
    dispute = over(("house", "car"), points)
    adjusting = adjust(dispute)
    assert settle(dispute).status is Status.UNEVEN
    assert not any(map(adjusting.is_draw, packages(dispute, 16)))
    package = all_to(dispute, "ann")
    told = adjusting.repairs(package)
    assert told.draw is None
    assert told.draw_sought
    text = tell_look(dispute, adjusting.look(package), told, None, "en").text()
    assert "There is no draw in this dispute." in text


def test_a_draw_that_is_not_the_evenest_package_of_all_is_found() -> None:
    """The evenest package leaves somebody ahead; a dearer one does not, and is told."""
    dispute = over(("car",), {"ann": (15, 34), "ben": (17, 30), "cy": (26, 36)})
    adjusting = adjust(dispute)
    bargain = adjusting.bargain
    assert bargain is not None
    assert not any(map(bargain.is_draw, bargain.kalai_smorodinsky()))
    assert settle(dispute).status is Status.DRAW
    for party in SIDES:
        told = adjusting.repairs(all_to(dispute, party)).draw
        assert told is not None
        assert adjusting.look(told.package.outcome).draw


def test_where_draws_only_approach_a_package_it_is_not_said_that_there_are_none() -> None:
    """Beyond 9/10 for Ann every division is a draw, and each has an evener one: none is settled."""
    # Along s the points are (x, 1 − x); k is (.9, .55), and beats all with .45 ≤ x ≤ .9.
    dispute = built(
        [choice("way", "s", "k"), Share("money")],
        preference("ann", {"way": {"s": 0, "k": "0.9"}, "money": 1}),
        preference("ben", {"way": {"s": 0, "k": "-0.45"}, "money": 1}),
        preference("cy", {}),
        rules=(
            rule(way="k", money={"ann": {"above": 0}}),
            rule(money={"cy": {"above": 0}}),
        ),
        tolerance=F(1, 5),
        price=F(1, 2),
    )
    adjusting = adjust(dispute)
    assert settle(dispute).status is Status.UNEVEN
    some = {"ann": F(44, 100), "ben": F(56, 100), "cy": F(0)}
    assert adjusting.is_draw(FrozenMap({"way": "s", "money": FrozenMap(some)}))
    whole = FrozenMap({p: F(p == "ann") for p in SIDES})
    told = adjusting.repairs(FrozenMap({"way": "s", "money": whole}))
    assert told.draw is not None or not told.draw_sought
