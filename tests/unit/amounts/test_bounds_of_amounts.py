"""What is too much is refused at once, and what it says is readable."""

from __future__ import annotations

from time import perf_counter

import pytest

from hikiwake import api
from hikiwake.errors import TooLarge, Unsupported
from hikiwake.model import Dispute
from tests.unit.amounts.cast import AGAINST, HEADER, read, rent

TOO_LONG = 2.0  # seconds


def many(issues: int, steps: int) -> str:
    """Return a dispute over so many amounts that nobody minds."""
    amount = 'kind = "amount"\nmin = 1\nmax = {steps}\nstep = 1\n'
    parts = [f'[[issues]]\nid = "a{n}"\n' + amount.format(steps=steps) for n in range(issues)]
    return HEADER + "".join(parts) + "[preferences.ann]\n[preferences.ben]\n"


def refusal(dispute: Dispute) -> str:
    """Return why a dispute is refused, which must not take long."""
    began = perf_counter()
    with pytest.raises(Unsupported) as caught:
        api.settle(dispute)
    assert perf_counter() - began < TOO_LONG
    return str(caught.value)


def test_too_many_steps_are_refused() -> None:
    """10^30 steps are refused without being counted out; the number stays readable."""
    text = refusal(read(rent(step=1, most='"1e30"')))
    assert "Issue 'rent': more than 10^29 steps. An amount with at most 10,000 steps (H18)" in text


def test_no_step_needs_no_steps() -> None:
    """Any number in a range is settled as what it is, however wide the range."""
    assert api.settle(read(rent(step=0))).engine == "linear"
    assert api.settle(read(rent(step=0, most='"1e30"'))).engine == "linear"


def test_too_many_steps_in_all_are_refused() -> None:
    """2,000 amounts of 10,000 steps are refused before any of them is looked at."""
    text = refusal(read(many(2_000, 10_000)))
    assert "The amounts: 40,000,000 steps in all, counted for each party. At most 200,000" in text


def test_the_most_that_is_covered_is_settled() -> None:
    """One amount of 10,000 steps is settled, not refused."""
    assert api.settle(read(many(1, 10_000))).ties == 10_000


def test_conditions_over_too_many_steps_are_refused_in_silence_about_whose() -> None:
    """200 red lines of 9,000 steps each are refused; how many there are is not told (H14)."""
    lines = "".join(
        f"[[preferences.ben.red_lines]]\nnever = {{{{ rent = {{{{ from = {n} }}}} }}}}\n"
        for n in range(200)
    )
    text = refusal(read(rent(step=1, most=9_900, curves=AGAINST + lines)))
    assert "too many steps of amounts within their bounds. At most 1,000,000" in text
    assert "ben" not in text.lower()


def test_a_curve_with_many_corners_is_looked_up_quickly() -> None:
    """5,000 corners over 5,001 steps are settled in the time that a straight line takes."""
    corners = ", ".join(f"[{n}, {n * n % 101}]" for n in range(5_001))
    curves = f"[preferences.ann.curves]\nrent = [{corners}]\n[preferences.ben]\n"
    dispute = read(rent(step=1, most=5_000, curves=curves))
    began = perf_counter()
    assert api.settle(dispute).ideals["ann"] == 100
    assert perf_counter() - began < 5 * TOO_LONG


def test_a_group_of_too_many_combinations_is_refused_readably() -> None:
    """A group with more combinations than atoms says so in a line, not in 40,000 digits."""
    names = ", ".join(f'"a{n}"' for n in range(1_000))
    group = f'[[groups]]\nid = "g"\nissues = [{names}]\nnot_for_trade = true\n'
    dispute = read(many(1_000, 100).replace("[preferences.ann]", group + "[preferences.ann]"))
    with pytest.raises(TooLarge, match=r"more than 10\^1999 combinations"):
        api.settle(dispute)
