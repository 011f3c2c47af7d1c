"""``hikiwake robustness --honesty``: what it prints, to whom, and how it refuses."""

from __future__ import annotations

import pytest

from hikiwake.options.misstating import unknowing
from tests.unit.cli.cast import NONE, Shell

TEXT = """
hikiwake = 1
title = "Three things"
parties = [{ id = "ann", name = "Ann" }, { id = "ben", name = "Ben" }]
issues = [{ id = "a", kind = "item" }, { id = "b", kind = "item" }, { id = "c", kind = "item" }]
[preferences.ann]
points = { a = 50.717, b = 30.303, c = 18.98 }
[preferences.ben]
points = { a = 20, b = 30, c = 50 }
"""
PART = "What misstating could gain"


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw few other sides: what is told of them does not hang on how many they are."""
    monkeypatch.setattr(unknowing, "DRAWS", 10)


def test_it_is_told_only_where_it_is_asked_for(shell: Shell) -> None:
    """Without the option not a word of it is said."""
    path = shell.file(TEXT)
    assert PART not in shell.run("robustness", path).words
    asked = shell.run("robustness", path, "--honesty")
    assert asked.code == 0
    assert PART in asked.words
    assert "How far apart" not in asked.words


def test_the_default_text_says_no_names_below_its_title(shell: Shell) -> None:
    """Whoever reads it, it does not say which side; the mediator may ask for names."""
    path = shell.file(TEXT)
    for audience in ("mediator", "joint", "ann", "ben"):
        text = shell.run("robustness", path, "--honesty", "--audience", audience).out
        body = text.split("═")[-1]
        assert "Ann" not in body
        assert "Ben" not in body
    agreed = shell.file("name_sides = true\n" + TEXT, "agreed.toml")
    assert "Ann" in shell.run("robustness", agreed, "--honesty", "--name-sides").out.split("═")[-1]


def test_sides_are_named_only_where_they_agreed_to_it_beforehand(shell: Shell) -> None:
    """Without `name_sides = true` in the public part no text and no JSON names a side (H14)."""
    for more in ((), ("--json",)):
        refused = shell.run("robustness", shell.file(TEXT), "--honesty", "--name-sides", *more)
        assert refused.code == 2
        assert "did not agree to it" in refused.err
        assert not refused.out


def test_nothing_private_reaches_the_others(shell: Shell) -> None:
    """No points of Ann's, and no figure finer than a twentieth, in a text or JSON for others."""
    path = shell.file(TEXT)
    for audience in ("joint", "ben"):
        for more in ((), ("--json",)):
            out = shell.run("robustness", path, "--honesty", "--audience", audience, *more).out
            assert not [secret for secret in ("717", "303", "18.98", "/") if secret in out]


def test_json_has_names_only_where_they_are_asked_for(shell: Shell) -> None:
    """Sides stand in JSON without an id, unless the mediator asks for names."""
    path = shell.file(TEXT)
    found = shell.run("robustness", path, "--honesty", "--json").json
    assert all("party" not in side and "truth" not in side for side in found["sides"])
    agreed = shell.file("name_sides = true\n" + TEXT, "agreed.toml")
    named = shell.run("robustness", agreed, "--honesty", "--json", "--name-sides").json
    assert {side["party"] for side in named["sides"]} == {"ann", "ben"}


@pytest.mark.parametrize(
    "asked",
    [
        ("--name-sides",),
        ("--honesty", "--name-sides", "--audience", "ann"),
        ("--honesty", "--error", "1/20"),
        ("--honesty", "--plot", "picture.svg"),
    ],
)
def test_what_does_not_go_together_is_refused(shell: Shell, asked: tuple[str, ...]) -> None:
    """Names without figures, names for a side, and options of the other question are refused."""
    refused = shell.run("robustness", shell.file(TEXT), *asked)
    assert refused.code == 2
    assert "Option --" in refused.err


def test_without_a_package_there_is_nothing_to_gain(shell: Shell) -> None:
    """Where there is no agreement that is said, and the exit code is 1."""
    refused = shell.run("robustness", shell.file(NONE), "--honesty")
    assert refused.code == 1
    assert "nothing to gain" in refused.words
