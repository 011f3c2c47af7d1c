"""Whatever the others keep to themselves, what a side reads does not change by a byte (H14).

Found once, told to everybody: in every language and as JSON. What is said on the command line, the
errors and exit codes included, is in ``test_on_the_command_line``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import prod
from typing import Any
from zlib import crc32

import pytest

from hikiwake import api
from hikiwake.explain import (
    tell,
    tell_alternatives,
    tell_honesty,
    tell_own_look,
    tell_robustness,
)
from hikiwake.formats.results.adjusted import own_look_json
from hikiwake.formats.results.honesty import honesty_json
from hikiwake.formats.results.offered import alternatives_json
from hikiwake.formats.results.remedied import remedies_json
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import Dispute, FrozenMap
from hikiwake.options.misstating import sample as misstated_sample
from hikiwake.options.misstating import unknowing_settled
from hikiwake.options.sureness import robustness
from hikiwake.options.sureness.trees import cases
from tests.private.veils import (
    CANARY,
    NAMES,
    TEMPLATE_NAMES,
    example,
    package_of,
    strange,
    template,
    veiled,
)

LANGUAGES = ("en", "ja", "ru")
LONG = "published/square-root-dollar.toml"  # alternatives on two curves take seconds
EVERY = [name for name in NAMES if name != LONG]
LONG_REPORTS = (  # each report takes long to settle
    LONG,
    "published/knaster-luce-raiffa.toml",
    "published/nash-1950.toml",
    "published/rent-three-rooms.toml",
)

Telling = Callable[[Dispute, str], Iterator[str]]


def remedies(dispute: Dispute) -> Telling:
    """Find what would make a dispute even, and return how it is told to a reader."""
    settlement = api.settle(dispute)
    found = api.remedies(dispute, settlement)

    def told(given: Dispute, reader: str) -> Iterator[str]:
        if found is not None:
            yield json.dumps(remedies_json(found, reader, given.tolerance))
        for language in LANGUAGES:
            yield tell(given, settlement, reader, language, None, found).text()

    return told


def told_by(
    found: Any,
    as_json: Callable[[Any, str], Any],
    tell_it: Callable[[Dispute, Any, str, str], Any],
) -> Telling:
    """Return how something that was found is told to a reader."""

    def told(given: Dispute, reader: str) -> Iterator[str]:
        yield json.dumps(as_json(found, reader))
        for language in LANGUAGES:
            yield tell_it(given, found, reader, language).text()

    return told


def alternatives(dispute: Dispute, agreed: Any = None) -> Telling:
    """Find several good packages, and return how they are told to a reader."""
    found = api.alternatives(dispute, agreed=agreed)
    return told_by(found, alternatives_json, tell_alternatives)


def sureness(dispute: Dispute) -> Telling:
    """Find how far the settled package holds, and return how that is told to a reader."""
    found = api.robustness(dispute, api.settle(dispute))
    return told_by(found, robustness_json, tell_robustness)


def misstating(dispute: Dispute) -> Telling:
    """Find what misstating could gain, and return how that is told to a reader."""
    found = api.honesty(dispute, api.settle(dispute))
    return told_by(found, honesty_json, tell_honesty)


def assert_same(
    dispute: Dispute,
    find: Callable[[Dispute], Telling],
    veil: Callable[[Dispute, str], Dispute],
    readers: Sequence[str] = (),
) -> None:
    """Show that readers, all but the mediator, are told the same with and without a veil."""
    told = find(dispute)
    for reader in readers or (*dispute.party_ids, "joint"):
        other = veil(dispute, reader)
        assert other != dispute
        given, behind = list(told(dispute, reader)), list(find(other)(other, reader))
        assert given == behind
        assert CANARY not in "".join(behind)


@pytest.mark.parametrize("name", EVERY)
def test_what_would_make_it_even_holds_no_secret_of_others(name: str) -> None:
    """With other points, red lines and walk-aways of others, a side reads the same of a settlement
    and of its remedies; and so do all together."""
    assert_same(example(name), remedies, veiled)


@pytest.mark.parametrize("name", EVERY)
def test_alternatives_hold_no_secret_of_others(name: str) -> None:
    """Packages to choose from, their differences and offers of equal worth are the same as well."""
    assert_same(example(name), alternatives, veiled)


@pytest.mark.parametrize("name", EVERY)
def test_what_betters_an_agreed_package_holds_no_secret_of_others(name: str) -> None:
    """So is what comes of a package that is agreed already."""
    dispute = example(name)
    agreed = package_of(dispute)
    assert_same(
        dispute,
        lambda given: alternatives(given, agreed),
        lambda given, reader: veiled(given, reader, one_line_more=False),
    )


@cache
def adjusting(dispute: Dispute) -> Any:
    return api.adjust(dispute)


@pytest.mark.parametrize("name", NAMES)
def test_a_package_set_by_hand_shows_a_side_its_own_points_alone(name: str) -> None:
    """A side reads the same of any package even if the others want nothing and accept anything."""
    dispute = example(name)
    for reader in dispute.party_ids:
        other = strange(dispute, reader)
        assert other != dispute
        for outcome in (package_of(dispute, place) for place in range(3)):
            texts: list[list[str]] = []
            for given in (dispute, other):
                look = adjusting(given).own_look(reader, outcome)
                telling = (tell_own_look(given, look, None, one).text() for one in LANGUAGES)
                texts.append([json.dumps(own_look_json(look)), *telling])
            assert texts[0] == texts[1]


def scaled(dispute: Dispute, reader: str) -> Dispute:
    """Return the dispute with the others on other scales, from the same zero.

    A line on a whole package ties all issues. Of many packages, settled again and again with other
    answers, that takes minutes.
    """
    packages = prod(len(dispute.decisions_of(issue) or ()) or 1 for issue in dispute.issues)
    return veiled(dispute, reader, 0 * dispute.tolerance, one_line_more=packages < 10_000)


def scaled_as_declared(dispute: Dispute, reader: str) -> Dispute:
    """Return it; what was not declared follows from the status quo, so that reports move it."""
    other, given = scaled(dispute, reader), dispute.preferences
    kept = {
        party: replace(own, walk_away=own.walk_away if given[party].walk_away is not None else None)
        for party, own in other.preferences.items()
    }
    return replace(other, preferences=FrozenMap(kept))


QUICK = [f"published/{name}-whole.toml" for name in ("alice-bob-wiki", "bob-carol-5")]
SLOWER = [name for name in NAMES if name not in QUICK]


@pytest.mark.parametrize("name", QUICK)
def test_how_sure_it_is_holds_no_secret_of_others(name: str) -> None:
    """How far a package holds if answers are off is the same with the others on another scale."""
    assert_same(example(name), sureness, scaled)


@pytest.mark.parametrize("name", QUICK)
def test_what_misstating_could_gain_holds_no_secret_of_others(name: str) -> None:
    """What misstating could gain is told to all alike, whatever scale the others count on."""
    dispute = example(name)
    assert_same(dispute, misstating, scaled_as_declared)
    told = misstating(dispute)
    readers = (*dispute.party_ids, "joint")
    bodies = {next(told(dispute, reader)).partition("illustrative")[2] for reader in readers}
    assert len(bodies) == 1


def by_turns(name: str, dispute: Dispute) -> list[str]:
    """Return one of the readers, another from name to name: with all of them it takes minutes."""
    readers = (*dispute.party_ids, "joint")
    return [readers[crc32(name.encode()) % len(readers)]]


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOWER)
def test_no_example_tells_a_secret_of_how_sure_it_is(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor of any other example: one reader each, the radius told in fiftieths."""
    monkeypatch.setattr(robustness, "STEP", Fraction(1, 50))
    assert_same(example(name), sureness, scaled, by_turns(name, example(name)))


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATE_NAMES)
def test_no_template_tells_a_secret_of_how_sure_it_is(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor of any template that `hikiwake new` starts from that is no example."""
    monkeypatch.setattr(robustness, "STEP", Fraction(1, 50))
    monkeypatch.setattr(cases, "MAX_LOOKED", 5)  # bounds are as secret as figures
    assert_same(template(name), sureness, scaled, by_turns(name, template(name)))


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOWER)
def test_no_example_tells_a_secret_of_misstating(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What misstating could gain in any other example: one reader each."""
    if name in LONG_REPORTS:  # what is told does not hang on how many are tried
        monkeypatch.setattr(misstated_sample, "TRIES", 4)
        monkeypatch.setattr(unknowing_settled, "DRAWS", 2)
    assert_same(example(name), misstating, scaled_as_declared, by_turns(name, example(name)))


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATE_NAMES)
def test_no_template_tells_a_secret_of_misstating(name: str) -> None:
    """What it could gain in any template, too."""
    assert_same(template(name), misstating, scaled_as_declared, by_turns(name, template(name)))
