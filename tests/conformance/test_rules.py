"""Every rule with every engine against the referee, on random disputes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hikiwake import api, pareto
from hikiwake.errors import TooLarge, Unsupported
from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, Compiled, NoBargain, bargain_over, compiled
from hikiwake.rules import RULES as ALL_RULES
from hikiwake.rules import DirectRule
from tests.conformance.comparing import differences
from tests.conformance.corpus import (
    AMOUNTS,
    DISCRETE,
    DIVISIONS,
    GROUPED,
    KINDS,
    MIXED,
    QUICK,
    SHARED,
    SLOW,
    corpus,
    judged,
)
from tests.conformance.oracle import RULES, Referee
from tests.conformance.toml import text_of

# What each rule covers with each engine; everything else is refused, and that is tested as well.
COVERED: dict[str, dict[str, tuple[str, ...]]] = {
    "draw": {
        "brute_force": (DISCRETE, AMOUNTS),
        "additive": (DISCRETE, AMOUNTS),
        "cp_sat": (DISCRETE, AMOUNTS),
        "linear": (SHARED, MIXED, GROUPED),
    },
    "kalai_smorodinsky": {
        "brute_force": (DISCRETE, AMOUNTS),
        "additive": (DISCRETE, AMOUNTS),
        "cp_sat": (DISCRETE, AMOUNTS),
        "linear": (SHARED, MIXED, GROUPED),
    },
    "nash": {
        "brute_force": (DISCRETE, AMOUNTS),
        "additive": (DISCRETE, AMOUNTS),
        "cp_sat": (DISCRETE, AMOUNTS),
        "linear": (SHARED, MIXED, GROUPED),
    },
    "egalitarian": {
        "brute_force": (DISCRETE, AMOUNTS),
        "additive": (DISCRETE, AMOUNTS),
        "cp_sat": (DISCRETE, AMOUNTS),
        "linear": (SHARED, MIXED, GROUPED),
    },
    "leximin": {
        "brute_force": (DISCRETE, AMOUNTS),
        "additive": (DISCRETE, AMOUNTS),
        "cp_sat": (DISCRETE, AMOUNTS),
        "linear": (SHARED, MIXED, GROUPED),
    },
    "utilitarian": {
        "brute_force": (DISCRETE, AMOUNTS),
        "additive": (DISCRETE, AMOUNTS),
        "cp_sat": (DISCRETE, AMOUNTS),
        "linear": (SHARED, MIXED, GROUPED),
    },
    "adjusted_winner": {"brute_force": (), "additive": (), "cp_sat": (), "linear": (DIVISIONS,)},
    # direct rules: what they make is judged in test_direct.py
    "proportional": {"brute_force": (), "additive": (), "cp_sat": (), "linear": (DIVISIONS,)},
    "picking": {
        "brute_force": (DISCRETE,),
        "additive": (DISCRETE,),
        "cp_sat": (DISCRETE,),
        "linear": (),
    },
    "talmud": {"brute_force": (), "additive": (), "cp_sat": (), "linear": ()},
    "claims_proportional": {"brute_force": (), "additive": (), "cp_sat": (), "linear": ()},
    "constrained_equal_awards": {"brute_force": (), "additive": (), "cp_sat": (), "linear": ()},
    "constrained_equal_losses": {"brute_force": (), "additive": (), "cp_sat": (), "linear": ()},
    "ibn_ezra": {"brute_force": (), "additive": (), "cp_sat": (), "linear": ()},
    "knaster": {"brute_force": (), "additive": (), "cp_sat": (), "linear": ()},
    "rent": {"brute_force": (), "additive": (), "cp_sat": (), "linear": ()},
}
DIRECT = [name for name, rule in ALL_RULES.items() if isinstance(rule, DirectRule)]

WORDS_ONLY = ("cp_sat",)  # refuses points that do not fit its integers, and says so
SLOWER = {"cp_sat": 15}  # so many times fewer disputes: each is some dozen searches

for _rule in api.RULES:  # an unmarked rule or engine stops the collection
    if set(COVERED.get(_rule, {})) != set(api.ENGINES):
        raise LookupError(f"{_rule}: say in COVERED what each of {api.ENGINES} covers")

PAIRS = [
    pytest.param(
        rule, engine, kind, id=f"{rule}-{engine}-{kind}", marks=pytest.mark.xdist_group(kind)
    )
    for rule in api.RULES
    if rule not in DIRECT
    for engine in api.ENGINES
    for kind in COVERED[rule][engine]
]
REFUSED = [
    pytest.param(rule, engine, kind, id=f"{rule}-{engine}-{kind}")
    for rule in api.RULES
    for engine in api.ENGINES
    for kind in KINDS
    if kind not in COVERED[rule][engine]
    and not (kind == DIVISIONS and SHARED in COVERED[rule][engine])
]


def failures(
    judges: list[Referee], check: Callable[[Referee], list[str]]
) -> list[tuple[str, list[str]]]:
    """Return the disputes with which something is wrong, and what, shortest first."""
    found = [(text_of(judge.dispute), wrong) for judge in judges if (wrong := check(judge))]
    return sorted(found, key=lambda one: len(one[0]))


def assert_agrees(rule: str, engine: str, kind: str, number: int) -> None:
    """Fail with the smallest of the disputes that the engine settles otherwise."""
    judges = judged(kind, number)
    expected = rule if rule in RULES else "kalai_smorodinsky"
    refused: list[Referee] = []

    def check(judge: Referee) -> list[str]:
        try:
            settlement = api.settle(judge.dispute, rule, engine=engine)
        except TooLarge:
            refused.append(judge)
            return [] if engine in WORDS_ONLY else ["refused as too large"]
        except Exception as error:  # noqa: BLE001 – whatever it is, its dispute is wanted
            return [f"{type(error).__name__}: {error}"]
        return [
            wrong
            for wrong in differences(judge, expected, engine, settlement)
            if rule in RULES or not wrong.startswith("rule:")
        ]

    found = failures(judges, check)
    assert len(refused) <= len(judges) * 2 // 3
    if found:
        text, wrong = found[0]
        lines = "\n  ".join(wrong)
        pytest.fail(f"{len(found)} of {len(judges)} differ; the smallest:\n  {lines}\n\n{text}")


@pytest.mark.parametrize(("rule", "engine", "kind"), PAIRS)
def test_agrees_with_the_referee(rule: str, engine: str, kind: str) -> None:
    """Each rule with each engine answers what the definitions say, on a few disputes."""
    assert_agrees(rule, engine, kind, QUICK)


def over_what(engine: str) -> Callable[[Dispute], Bargain | NoBargain]:
    """Return what finds what there is to bargain over with an engine."""
    return lambda dispute: bargain_over(compiled(dispute), engine)


OVER_WHAT = {engine: over_what(engine) for engine in api.ENGINES}


@pytest.fixture
def bargains_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each engine find once what a dispute is over: it is the same for all rules.

    The few disputes above are settled by each rule from the beginning.
    """

    def once(problem: Compiled, engine: str, _deadline: object) -> Bargain | NoBargain:
        return problem.dispute.once(OVER_WHAT[engine])

    monkeypatch.setattr(pareto, "bargain_over", once)


@pytest.mark.slow
@pytest.mark.usefixtures("bargains_found_once")
@pytest.mark.parametrize(("rule", "engine", "kind"), PAIRS)
def test_agrees_with_the_referee_two_thousand_times(rule: str, engine: str, kind: str) -> None:
    """So does each on what 2,000 draws give, over all kinds that it covers (cp_sat: 133 draws)."""
    assert_agrees(rule, engine, kind, SLOW[kind] // SLOWER.get(engine, 1))


@pytest.mark.parametrize(("rule", "engine", "kind"), REFUSED)
def test_refuses_what_is_not_covered(rule: str, engine: str, kind: str) -> None:
    """What a rule or engine does not cover is refused as such, never answered some other way."""
    for dispute in corpus(kind, QUICK)[:10]:
        with pytest.raises(Unsupported):
            api.settle(dispute, rule, engine=engine)
