"""Commands that build on a settlement search for it no longer than `settle` does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.cast import Shell

HARD = Path(__file__).parents[3] / "examples/published/square-root-dollar.toml"
PLAN = """
hikiwake = 1
[[obligations]]
id = "pay"
by = "2"
name = "the money changes hands"
carries = ["money"]
"""
SHORT = ("--time-limit", "1e-9")
COMMANDS = (("robustness",), ("robustness", "--honesty"), ("plan",))


@pytest.fixture
def hard(tmp_path: Path) -> tuple[str, str]:
    """Return a dispute that no search settles at once, and a plan for it."""
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, "utf-8")
    return str(HARD), str(plan)


@pytest.mark.parametrize("audience", ["mediator", "1", "joint"])
@pytest.mark.parametrize("command", COMMANDS)
def test_at_the_limit_what_settle_tells_is_told(
    shell: Shell, hard: tuple[str, str], command: tuple[str, ...], audience: str
) -> None:
    """With no time to speak of each tells, to whomever, that it is open, and ends with 3."""
    name, *more = command
    dispute, plan = hard
    more += ["--plan", plan] if name == "plan" else []
    told = [dispute, *SHORT, "--audience", audience, "--language", "en", "--json"]
    settled, ran = shell.run("settle", *told), shell.run(name, *told, *more)
    assert (settled.code, ran.code) == (3, 3)
    assert json.loads(ran.out) == json.loads(settled.out)
    text = shell.run(name, *told[:-1], *more)
    assert text.code == 3
    assert "the search reached its limit before it was finished" in text.words


def test_at_the_limit_nothing_is_written(shell: Shell, hard: tuple[str, str]) -> None:
    """A statement is not made of a package that is not certain; with time enough it is."""
    target = shell.folder / "agreed.md"
    ran = shell.run("statement", hard[0], str(target), *SHORT)
    assert ran.code == 3
    assert not target.exists()
    assert shell.run("statement", hard[0], str(target), "--time-limit", "60").code == 0
    assert target.exists()


@pytest.mark.parametrize("command", [*COMMANDS, ("statement",)])
def test_a_limit_is_a_time(shell: Shell, hard: tuple[str, str], command: tuple[str, ...]) -> None:
    """No time at all is refused by each, with what to do."""
    name, *more = command
    more += ["--plan", hard[1]] if name == "plan" else []
    more += [str(shell.folder / "agreed.md")] if name == "statement" else []
    ran = shell.run(name, hard[0], *more, "--time-limit", "0")
    assert ran.code == 2
    assert "Option --time-limit" in ran.err
