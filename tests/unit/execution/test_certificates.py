"""The certificate of a plan, and the program that checks it alone."""

from __future__ import annotations

import ast
import copy
import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hikiwake.execution.certificate import certificate
from hikiwake.execution.plan import plan
from hikiwake.proof import plan_checker
from hikiwake.proof.plan_checker import NotValid, Unusable, check
from tests.unit.execution.cast import three_steps
from tests.unit.execution.oracle import random_agreement

CHECKER = Path(plan_checker.__file__)
Made = dict[str, Any]
EVERYTHING = {"order": True, "least_temptation": True, "least_exposure": True, "trade_off": True}


@pytest.fixture
def made() -> Made:
    """Return the certificate of the three steps."""
    return certificate(plan(three_steps()))


def verdict(made: Made) -> dict[str, Any] | None:
    """Return what a certificate establishes; None: nothing."""
    try:
        return check(json.dumps(made))
    except (NotValid, Unusable):
        return None


def test_the_three_steps_are_certified(made: Made) -> None:
    """All three orders, that none needs less, and that there is no other choice are established."""
    assert verdict(made) == EVERYTHING


def test_it_runs_as_a_program_without_the_project(made: Made, tmp_path: Path) -> None:
    """Python alone, isolated from everything installed, checks a file: exit codes 0, 1 and 2."""
    file = tmp_path / "certificate.json"
    alone = [sys.executable, "-I", "-S", str(CHECKER), str(file)]
    for text, code in (
        (json.dumps(made), 0),
        (json.dumps(made).replace('"temptation": 12', '"temptation": 11', 1), 1),
        ("{}", 2),
        ("", 2),
    ):
        file.write_text(text, "utf-8")
        run = subprocess.run(alone, capture_output=True, text=True, check=False)
        assert (run.returncode, run.stderr) == (code, "")
        assert json.loads(run.stdout)["valid"] is (code == 0)


def test_the_checker_imports_nothing_but_the_standard_library() -> None:
    """It shares no code with what it checks, and can be read in one go."""
    tree = ast.parse(CHECKER.read_text("utf-8"))
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert imported <= {"json", "sys", "itertools"}
    assert CHECKER.read_text("utf-8").count("\n") < 400


def test_random_plans_are_certified() -> None:
    """What was found least on random plans, the checker finds least as well."""
    random = Random(11)
    for _ in range(40):
        assert verdict(certificate(plan(random_agreement(random, 7)))) == EVERYTHING


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("key", ["temptation", "exposure"])
@pytest.mark.parametrize("change", [-1, 1])
def test_a_demand_that_is_not_so_is_refused(made: Made, place: int, key: str, change: int) -> None:
    """An order with another demand than it has is found out."""
    made["points"][place][key] += change
    assert verdict(made) is None


def test_a_worse_order_is_not_called_best(made: Made) -> None:
    """Without the first point, what was refuted no longer shows that the next one is best."""
    del made["points"][0]
    assert verdict(made) == EVERYTHING | {
        "least_temptation": False,
        "least_temptation_above": 11,
        "trade_off": False,
    }


def test_what_is_not_refuted_is_not_established(made: Made) -> None:
    """With nothing refuted only the orders' demands are established."""
    made["refuted"] = []
    found = verdict(made)
    assert found is not None
    assert [found[key] for key in EVERYTHING] == [True, False, False, False]


def test_wider_limits_are_not_refuted(made: Made) -> None:
    """To claim that no order has a temptation of 12 is refused: one has."""
    made["refuted"][0] |= {"temptation": 12, "sets": 8}
    with pytest.raises(NotValid, match="some order keeps"):
        check(json.dumps(made))


def test_random_changes_never_establish_what_is_false() -> None:
    """Whatever is changed, what is then established holds for the numbers that then stand there."""
    random = Random(12)
    for _ in range(25):
        honest = certificate(plan(random_agreement(random, 4)))
        for _ in range(20):
            changed = copy.deepcopy(honest)
            _change(random, changed)
            found = verdict(changed)
            if found is not None:
                _holds(changed, found)


def _change(random: Random, made: Made) -> None:
    """Change one number somewhere."""
    spots: list[tuple[Any, Any]] = []

    def collect(node: Any) -> None:
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if isinstance(value, dict | list):
                collect(value)
            elif isinstance(value, int):
                spots.append((node, key))

    collect(made)
    node, key = random.choice(spots)
    node[key] += random.choice((-1, 1, -7, 7))


def _holds(made: Made, found: dict[str, Any]) -> None:
    problem = plan_checker.Problem(made)
    demands: set[tuple[int, int]] = set()

    def walk(order: list[int]) -> None:
        if len(order) == problem.count:
            demands.add(plan_checker.measured(problem, order))
        done = sum(1 << place for place in order)
        for place in range(problem.count):
            if not done >> place & 1 and not problem.before[place] & ~done:
                walk([*order, place])

    walk([])
    best = made["points"][0]["temptation"], made["points"][0]["exposure"]
    if found["least_temptation"]:
        assert best[0] == min(t for t, _ in demands)
    if found["least_exposure"]:
        assert best[1] == min(e for t, e in demands if t <= best[0])
    if found["trade_off"]:
        points = [(p["temptation"], p["exposure"]) for p in made["points"]]
        assert all(any(p[0] <= t and p[1] <= e for p in points) for t, e in demands)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        "NaN",
        '{"hikiwake_plan": 1}',
        '{"a": 1, "a": 2}',
        "[" * 100_000,
        '{"hikiwake_plan": ' + "1" * 5_000 + "}",
    ],
)
def test_what_is_no_certificate_is_unusable(text: str) -> None:
    """Broken, hostile or merely other JSON is refused, never a traceback of another kind."""
    with pytest.raises(Unusable):
        check(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hikiwake_plan", True),
        ("scale", 0),
        ("scale", 1.5),
        ("items", []),
        ("items", [1, 2, 3]),
        ("before", [[0, 0], [], []]),
        ("before", [[9], [], []]),
        ("gains", []),
        ("points", []),
        ("refuted", [{"temptation": 1, "exposure": None, "from": "middle", "sets": 1}]),
    ],
)
def test_a_wrong_form_is_unusable(made: Made, key: str, value: Any) -> None:
    """Each part has a form, and only that is read."""
    made[key] = value
    with pytest.raises(Unusable):
        check(json.dumps(made))


def test_a_search_takes_no_more_than_was_declared(made: Made) -> None:
    """A refutation that needs more sets than it says is refused, so that nobody has to wait."""
    made["refuted"][-1]["sets"] = 1
    with pytest.raises(NotValid, match="more sets"):
        check(json.dumps(made))
