"""A settlement, and what is offered beside it, hangs on no side's place in the file (H13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.api import adjust
from hikiwake.errors import Unsupported
from hikiwake.explain import (
    tell,
    tell_alternatives,
    tell_honesty,
    tell_look,
    tell_partial,
    tell_robustness,
)
from hikiwake.formats.native.write import write
from hikiwake.formats.results.adjusted import look_json
from hikiwake.formats.results.asked import partial_json, power_json
from hikiwake.formats.results.offered import alternatives_json
from hikiwake.formats.results.remedied import remedies_json
from hikiwake.formats.results.settled import settlement_json, ties_json
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import (
    Choice,
    Dispute,
    FrozenMap,
    Item,
    Linear,
    Option,
    Outcome,
    Party,
    Preference,
    Share,
    Table,
)
from hikiwake.options.misstating import sample, unknowing, unknowing_settled
from hikiwake.settlement import MAX_LISTED
from tests.private.veils import package_of
from tests.strategies import disputes, item_disputes, share_disputes
from tests.unit.cli.cast import Shell
from tests.unit.cli.conftest import shell

__all__ = ["shell"]

F = Fraction
WHOLE = st.one_of(disputes(packages=24), item_disputes())
ANY = st.one_of(WHOLE, share_disputes())
checked = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def turned(dispute: Dispute) -> Dispute:
    """Return the dispute with its parties, and what they want, in the opposite order."""
    preferences = FrozenMap(dict(reversed(list(dispute.preferences.items()))))
    return replace(dispute, parties=dispute.parties[::-1], preferences=preferences)


def plain(value: Any) -> str:
    """Return JSON with the keys of its objects in the order of the alphabet."""
    return json.dumps(value, sort_keys=True)


def offered(dispute: Dispute, agreed: Outcome | None) -> Iterator[str]:
    """Yield alternatives as everybody reads them."""
    found = api.alternatives(dispute, 3, within=F(1, 5), agreed=agreed)
    for reader in ("mediator", "joint", *sorted(dispute.party_ids)):
        yield plain(alternatives_json(found, reader))
        yield tell_alternatives(dispute, found, reader).text()


def settled(dispute: Dispute) -> Iterator[str]:
    """Yield a settlement with its properties, its power and its remedies, as everybody reads it."""
    settlement = replace(api.settle(dispute), seconds=0.0)
    settlement = replace(settlement, power=api.power(dispute, settlement))
    remedies, verdicts = api.remedies(dispute, settlement), api.properties_of(dispute, settlement)
    yield plain(ties_json(settlement) | power_json(settlement.power))
    for reader in ("mediator", "joint", *sorted(dispute.party_ids)):
        result = settlement_json(dispute, settlement, reader)
        result |= remedies_json(remedies, reader, dispute.tolerance)
        yield plain({key: value for key, value in result.items() if key != "parties"})
        yield tell(dispute, settlement, reader, None, verdicts, remedies).text()


@checked
@given(dispute=WHOLE)
def test_a_settlement_does_not_hang_on_the_order_of_the_parties(dispute: Dispute) -> None:
    """Whoever stands first in the file, everybody reads the same words and numbers: who envies
    whom, who has most, what cannot hold together, what is as good, and what would make a draw."""
    # Of more ties or twins than are listed, which ones are does hang on it.
    settlement = api.settle(dispute)
    counts = settlement.ties, settlement.twins
    assume(all(isinstance(count, int) and count < MAX_LISTED for count in counts))
    assert list(settled(dispute)) == list(settled(turned(dispute)))


def test_all_with_the_largest_gain_are_named() -> None:
    """Where two sides have the largest gain, both are named, in the order of their names."""
    parties = tuple(Party(p) for p in ("cem", "ben", "ann"))
    issues = (
        Choice("deal", (Option("a"), Option("b"))),
        Choice("more", (Option("c"), Option("d"))),
    )
    worth = {"ann": ((0, 4), (0, 0)), "ben": ((1, 0), (0, 2)), "cem": ((0, 4), (0, 0))}
    own = {
        p: Preference(
            p,
            FrozenMap(
                {
                    "deal": Table(FrozenMap({"a": F(deal[0]), "b": F(deal[1])})),
                    "more": Table(FrozenMap({"c": F(more[0]), "d": F(more[1])})),
                }
            ),
        )
        for p, (deal, more) in worth.items()
    }
    dispute = Dispute(parties, issues, FrozenMap({p.id: own[p.id] for p in parties}))
    for one in (dispute, turned(dispute)):
        settlement = api.settle(one)
        text = tell(one, settlement, "mediator", None, api.properties_of(one, settlement)).text()
        assert "Smallest gain: ben. Largest gain: ann, cem." in " ".join(text.split())


@pytest.mark.parametrize("agreed", [False, True])
@checked
@given(dispute=ANY)
def test_alternatives_do_not_hang_on_the_order_of_the_parties(
    agreed: bool, dispute: Dispute
) -> None:
    """Whoever stands first in the file, the same packages and offers of equal worth are shown, in
    the same order, to everybody: where several are as different, a lot decides."""
    start = package_of(dispute) if agreed else None
    assert list(offered(dispute, start)) == list(offered(turned(dispute), start))


@checked
@given(dispute=disputes(packages=24))
def test_a_package_set_by_hand_stands_alike(dispute: Dispute) -> None:
    """How it stands and what would repair it is told in the same words and numbers."""
    outcome, seen = package_of(dispute), set[tuple[str, str]]()
    for one in (dispute, turned(dispute)):
        adjusting = adjust(one)
        look, repairs = adjusting.look(outcome), adjusting.repairs(outcome)
        seen.add((plain(look_json(look, repairs)), tell_look(one, look, repairs).text()))
    assert len(seen) == 1


@checked
@given(dispute=disputes(packages=24))
def test_parts_that_settle_are_the_same(dispute: Dispute) -> None:
    """So are the parts that settle while the rest stays as it is."""
    if not dispute.status_quo:
        return
    seen: set[tuple[str, str]] = set()
    for one in (dispute, turned(dispute)):
        found = api.partial(one)
        text = tell_partial(one, found, "mediator").text()
        seen.add((plain(partial_json(found, "mediator")), text))
    assert len(seen) == 1


@settings(checked, max_examples=6)
@given(dispute=disputes(packages=8))
def test_how_far_it_holds_is_told_alike(dispute: Dispute) -> None:
    """How far a package holds is the same for everybody: the answers drawn at random, and those of
    equal weight that are shown before others."""
    readers = ("mediator", *sorted(dispute.party_ids))
    seen: set[tuple[str, ...]] = set()
    for one in (dispute, turned(dispute)):
        try:
            found = api.robustness(one, api.settle(one))
        except Unsupported:
            return
        texts = [tell_robustness(one, found, reader).text() for reader in readers]
        results = [robustness_json(found, reader) | {"parties": None} for reader in readers]
        seen.add((*texts, *map(plain, results)))
    assert len(seen) == 1


@pytest.mark.parametrize("last", [Share("money"), Choice("month", (Option("may"), Option("june")))])
def test_what_misstating_could_gain_is_told_alike(
    last: Share | Choice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So is what misstating could gain: the others that are drawn at random for a side, and where
    it stands among sides without names, whether packages are listed or reports settled one by
    one."""
    for module, name in ((unknowing, "DRAWS"), (unknowing_settled, "DRAWS"), (sample, "TRIES")):
        monkeypatch.setattr(module, name, 5)
    own = {"ann": (50, 30), "ben": (20, 60), "cem": (20, 60)}
    preferences: dict[str, Preference] = {}
    for party, (house, rest) in own.items():
        points: dict[str, Table | Linear] = {
            "house": Table(FrozenMap({p: F(house if p == party else 0) for p in own})),
            "money": Linear(F(rest)),
            "month": Table(FrozenMap({"may": F(rest if party == "ben" else 0), "june": F(9)})),
        }
        points = {issue: points[issue] for issue in ("house", last.id)}
        preferences[party] = Preference(party, FrozenMap(points))
    parties, issues = tuple(map(Party, own)), (Item("house"), last)
    dispute = Dispute(parties, issues, FrozenMap(preferences), tolerance=F(1), price=F(1))
    told: set[str] = set()
    for one in (dispute, turned(dispute)):
        found = api.honesty(one, api.settle(one))
        told.add(tell_honesty(one, found, "mediator", named=True).text())
    assert len(told) == 1


@pytest.mark.parametrize("command", ["alternatives", "adjust", "robustness"])
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_pictures_do_not_hang_on_the_order_of_the_parties(
    shell: Shell, command: str, ending: str
) -> None:
    """The frontier with packages in it, and which answers matter most, are the same picture byte by
    byte: no colour and no place belongs to who stands first."""
    dispute = api.load(Path(__file__).parents[2] / "examples/published/alice-bob-wiki-whole.toml")
    drawn: set[bytes] = set()
    for one in (dispute, turned(dispute)):
        picture = f"all.{ending}"
        assert shell.run(command, shell.file(write(one)), "--plot", picture).code in (0, 1, 3)
        drawn.add((shell.folder / picture).read_bytes())
    assert len(drawn) == 1
