"""What a step of the checker's work is: little, whatever a certificate asks for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import process_time
from types import FrameType
from typing import Any

import pytest

from hikiwake.proof import checker
from tests.support.changing import changed
from tests.support.javascript import answers
from tests.support.known_certificates import dispute, known, rule, when
from tests.support.worlds import Raw, hash_of, text_of
from tools.certificate_vectors import VECTORS

STEPS = 200_000
CALLS_A_STEP = 1.0  # a call takes a tenth of a microsecond or so
SPARE = 3  # so many times as long as counting it a step may take


def claiming(
    raw: Raw, outcome: list[int], most: list[int], rule: str = "kalai_smorodinsky", **proof: Any
) -> str:
    """Return a certificate of two parties who both gain half, with nothing of it proved yet."""
    half = [one // 2 for one in most]
    best = [[0] * len(outcome), [1] * len(outcome)]
    claims = {
        "utilities": half,
        "walk_away": [0, 0],
        "ideals": most,
        "gains": ["1/2", "1/2"],
        "imbalance": 0,
    }
    own = {"outcomes": [outcome, *best], "ideals": [1, 2], "trees": [[], [], []]}
    return text_of(
        {
            "hikiwake_certificate": 1,
            "dispute_hash": hash_of(raw),
            "dispute": raw,
            "rule": rule,
            "status": "draw",
            "claims": claims,
            "proof": own | proof,
        }
    )


def either(count: int, **others: Any) -> Raw:
    """Return a dispute on many issues, each of which is worth a point to the one or the other."""
    return dispute([[[1, 0], [0, 1]]] * count, **others)


def clashing(raw: Raw, count: int) -> str:
    """Return a certificate that names the same conflict many times."""
    given = json.loads(claiming(raw, [0], [2, 2]))
    given |= {"status": "no_agreement", "claims": {"walk_away": [0, 0]}}
    given["proof"] = {"outcomes": [[0]], "trees": []}
    given["proof"]["conflicts"] = [{"limits": [0], "without": [0]}] * count
    return text_of(given)


def bonus(*pairs: Any, points: Any = 1) -> Raw:
    """Return a bonus of the first party."""
    return {"party": 0, "points": points, "when": when(*pairs)}


def deep(count: int) -> list[list[int]]:
    """Return trees of which the last divides issue after issue, and each node again."""
    tree: list[int] = []
    stack = [(0, 0, 0)]  # the next issue, and how many went to the one and to the other
    while stack and len(tree) < STEPS // 20:
        k, one, other = stack.pop()
        if max(one, other) <= count // 2 and k < count:
            tree.append(k)
            stack += [(k + 1, one, other + 1), (k + 1, one + 1, other)]
    return [[], [], tree]


def bettering(*changes: tuple[str, Any]) -> str:
    """Return the certificate with a replacement, with some things changed in its proof."""
    found: Any = known()["bettered-draw"]
    for path, new in changes:
        found = changed(found, f"proof/{path}", new)
    return text_of(found)


def even(*changes: tuple[str, Any], of: str = "guarded-land-kalai_smorodinsky") -> str:
    """Return a certificate in whose group something is divided, with some things changed."""
    found: Any = known()[of]
    for path, new in changes:
        found = changed(found, path, new)
    return text_of(found | {"dispute_hash": hash_of(found["dispute"])})


def hostile() -> dict[str, Callable[[], str]]:
    """Return what writes texts that ask for a lot of work, by what there is a lot of."""
    halves = [k % 2 for k in range(40)]
    chain = [rule([k, [0]], [k + 1, [1]]) for k in range(1_999)]
    stairs = dispute([[[j, 4_000 - j] for j in range(4_000)]])
    many = [halves] * 3_000
    powers = dispute([[[2**k, 0], [0, 2**k]] for k in range(16)])
    wide, every = [[[j, 60 - j] for j in range(60)]] * 2, list(range(60))
    gifts = dispute(wide, bonuses=[bonus([0, every], [1, every])] * 200)
    fine = dispute([[[f"1/{10**180 + k}", 0], [0, 1]] for k in range(15)])
    lines = either(1, never=[rule([0, [0]], party=0)] * 1_000)
    groups = {"groups": [{"id": f"g{k}", "issues": [0]} for k in range(1_000)]}
    plain, thousand = either(2), list(range(1_000))
    single = dispute([[[1, 1]]] * 1_000)
    inside = {"groups": [{"id": f"g{k}", "issues": [0]} for k in range(6_000)]}
    named = {"never": [rule(*([k, [0]] for k in thousand[1:]), [0, []])] * 190}
    full: dict[str, Any] = {"outcomes": [[0] * 1_000] * 3, "merge": [thousand]}
    return {
        "bonuses": lambda: claiming(
            either(1, bonuses=[bonus([0, [0]])] * 500), [0], [2, 2], outcomes=[[0]] * 3_000
        ),
        "gifts": lambda: claiming(gifts, [0, 0], [2, 2], merge=[[0, 1]]),
        "groups": lambda: claiming(lines | groups, [0], [2, 2]),
        "groups of a part": lambda: claiming(single | inside, [0] * 1_000, [2, 2], **full),
        "issues of a rule": lambda: claiming(single | named, [0] * 1_000, [2, 2], **full),
        "conflicts": lambda: clashing(lines, 3_000),
        "run": lambda: claiming(
            plain,
            [0, 1],
            [2, 2],
            "draw",
            outcomes=[[0, 1], [0, 0], [1, 1], [0, 1]],
            best=3,
            run=[0] * 9_000,
        ),
        "fractions": lambda: claiming(fine, [0] * 15, [2, 2], outcomes=[[0] * 15] * 1_000),
        "nodes": lambda: claiming(either(40), halves, [40, 40], trees=deep(40)),
        "outcomes": lambda: claiming(either(40), halves, [40, 40], outcomes=many),
        "rules": lambda: claiming(either(2_000, never=chain), [1] * 2_000, [2_000, 2_000]),
        "options": lambda: claiming(stairs, [0], [4_000, 4_000]),
        "lines": lambda: bettering(("multipliers/3", [0, 0, 0, *([-2, 1] * 100_000)])),
        "long lines": lambda: bettering(
            ("replacements/0/2/3", str(10**590)), ("trees/6", [0, -4, *([2] * 999)])
        ),
        "nodes of replacements": lambda: bettering(
            ("replacements", lambda found: found * 9_000),
            ("trees/6", [0, -4, *range(2, 9_000)]),
        ),
        "replacements": lambda: bettering(("replacements", lambda found: found * 50_000)),
        "groups with something divided": lambda: even(
            ("dispute/groups", lambda found: [found[0] | {"id": f"g{k}"} for k in range(6_000)])
        ),
        "outcomes in such groups": lambda: even(
            ("dispute/groups", lambda found: [found[0] | {"id": f"g{k}"} for k in range(300)]),
            ("proof/outcomes", lambda found: found * 3_000),
        ),
        "conflicts in such groups": lambda: even(
            ("dispute/groups", lambda found: [found[0] | {"id": f"g{k}"} for k in range(300)]),
            ("proof/conflicts", lambda found: found * 20_000),
            of="guarded-none",
        ),
        "lines of such groups": lambda: even(
            ("proof/multipliers", lambda found: [[*found[0][:2], *([-1, 1] * 100_000)]] * 2)
        ),
        "merge": lambda: claiming(powers, halves[:16], [2**16] * 2, merge=[list(range(16))]),
    }


@pytest.mark.parametrize("name", hostile())
def test_a_step_is_little_work(name: str) -> None:
    """Until it has run out of steps the checker calls no more than so many functions a step."""
    text, calls = hostile()[name](), 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        verdict = checker.check(text, steps=STEPS)
    finally:
        sys.setprofile(None)
    assert verdict.failure.words == "more steps of work than are allowed"
    assert calls <= CALLS_A_STEP * STEPS + len(text) // 4


def lasting(work: Callable[[], Any]) -> float:
    """Return how much of the processor's time something takes, at best."""
    times: list[float] = []
    for _ in range(7):
        began = process_time()
        work()
        times.append(process_time() - began)
    return min(times)


def counting() -> None:
    """Count steps one by one."""
    own = checker.Dispute(checker.exact(either(1)), STEPS)
    while own.steps:
        own.spend(1)


@pytest.mark.parametrize("name", hostile())
def test_a_step_takes_little_time(name: str) -> None:
    """To run out of steps takes no longer than to count them and to read the text, or so."""
    text = hostile()[name]()
    reading = lasting(lambda: checker.exact(checker.parse(text)[0]))
    assert lasting(lambda: checker.check(text, steps=STEPS)) < SPARE * (lasting(counting) + reading)


def test_both_checkers_run_out_of_steps() -> None:
    """What is hostile is refused by the second checker as well, for the same reason."""
    texts = (write() for write in hostile().values())
    found = answers(((text.encode(), None) for text in texts), STEPS)
    assert {answer.code for answer in found} == {"too-large"}


def test_what_is_kept_of_clauses_is_paid_for() -> None:
    """The corners that a clause takes from are kept, so steps run out before they are many."""
    raw = either(2, bonuses=[bonus([0, [0]], [1, [0]])] * 100)
    for issue in raw["issues"]:
        issue["options"] = [[[0, 1, 0], [1, 0, 1]]] * 3_000
    space = checker.Space(checker.Dispute(checker.exact(raw), checker.MAX_STEPS), [], [])
    clauses = [*space.clauses]
    with pytest.raises(checker.Refused, match="more steps of work than are allowed"):
        space.weighed((1, 1), clauses, [1] * len(clauses))


def test_honest_certificates_stay_far_from_the_limit() -> None:
    """Each valid vector takes less than a twentieth of the steps that are allowed."""
    for path in sorted((VECTORS / "valid").glob("*.json")):
        assert checker.check(path.read_bytes(), steps=checker.MAX_STEPS // 20).valid
