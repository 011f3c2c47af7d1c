"""What is offered beside a settlement hangs on no side's place in the file (H13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.api import adjust
from hikiwake.explain import tell_alternatives, tell_look, tell_partial
from hikiwake.formats.adjusted import look_json
from hikiwake.formats.asked import partial_json
from hikiwake.formats.native.write import write
from hikiwake.formats.offered import alternatives_json
from hikiwake.model import Dispute, FrozenMap, Outcome
from tests.private.veils import package_of
from tests.strategies import disputes, item_disputes, share_disputes
from tests.unit.cli.cast import Shell
from tests.unit.cli.conftest import shell

__all__ = ["shell"]

F = Fraction
ANY = st.one_of(disputes(packages=24), share_disputes(), item_disputes())
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
