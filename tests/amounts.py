"""Random disputes with stepped amounts: some choices of a drawn dispute become amounts.

So amounts come in groups, rules, red lines, bonuses and the status quo as often as choices do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from hikiwake.model import (
    Amount,
    Between,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    OneOf,
    Preference,
    Table,
)
from tests.drawing import Draw, among, between, chance
from tests.strategies import close_disputes, disputes, gap_disputes, share_disputes

STEPS = tuple(Fraction(*pair) for pair in ((1, 1), (50, 1), (1, 3), (5, 2)))
STARTS = tuple(Fraction(*pair) for pair in ((0, 1), (0, 1), (-100, 1), (1, 7)))


@dataclass(frozen=True)
class Became:
    """The amount that a choice became, and the number that each option became."""

    amount: Amount
    numbers: Mapping[str, Fraction]


def _became(draw: Draw, choice: Choice) -> Became:
    low, step = draw(among(*STARTS)), draw(among(*STEPS))
    numbers = {option.id: low + place * step for place, option in enumerate(choice.options)}
    high = max(numbers.values())
    return Became(Amount(choice.id, low, high, step), numbers)


def _curve(draw: Draw, table: Table, numbers: Mapping[str, Fraction]) -> Curve:
    """Return a curve through the table's points, or only through some, straight between them."""
    corners = [(numbers[option], table.points[option]) for option in numbers]
    if chance(draw, 40):
        corners = [corners[0], *(c for c in corners[1:-1] if chance(draw, 40)), corners[-1]]
    return Curve(tuple(corners))


def _test(draw: Draw, test: OneOf, became: Became) -> OneOf | Between:
    """Return a list of numbers, or bounds: on the steps, between them, beyond the range, open."""
    numbers = frozenset(became.numbers[str(value)] for value in test.values)
    if chance(draw, 40):
        return OneOf(frozenset(numbers))
    step = became.amount.step or Fraction(0)
    room = among(Fraction(0), Fraction(0), step / 3, 20 * step)
    kind = draw(among("both", "both", "low", "high"))
    low = None if kind == "high" else min(numbers) - draw(room)
    return Between(low, None if kind == "low" else max(numbers) + draw(room))


@st.composite
def with_amounts(draw: Draw, strategy: st.SearchStrategy[Dispute]) -> Dispute:
    """Return a drawn dispute in which at least one choice, if any is fit for it, is an amount."""
    dispute = draw(strategy)
    fit = [i for i in dispute.issues if isinstance(i, Choice) and len(i.options) > 1]
    first = fit[draw(between(0, len(fit) - 1))] if fit else None
    amounts = {i.id: _became(draw, i) for i in fit if i is first or chance(draw, 60)}

    def condition(old: Condition) -> Condition:
        tests = {
            issue: _test(draw, test, amounts[issue])
            if issue in amounts and isinstance(test, OneOf)
            else test
            for issue, test in old.tests.items()
        }
        return Condition(FrozenMap(tests))

    def preference(old: Preference) -> Preference:
        points: dict[str, Any] = {
            issue: _curve(draw, own, amounts[issue].numbers)
            if issue in amounts and isinstance(own, Table)
            else own
            for issue, own in old.points.items()
        }
        lines = tuple(replace(line, never=condition(line.never)) for line in old.red_lines)
        bonuses = tuple(replace(bonus, when=condition(bonus.when)) for bonus in old.bonuses)
        return replace(old, points=FrozenMap(points), red_lines=lines, bonuses=bonuses)

    today: dict[str, Any] = {
        issue: amounts[issue].numbers[str(value)] if issue in amounts else value
        for issue, value in (dispute.status_quo or {}).items()
    }
    return replace(
        dispute,
        issues=tuple(amounts[i.id].amount if i.id in amounts else i for i in dispute.issues),
        rules=tuple(replace(rule, never=condition(rule.never)) for rule in dispute.rules),
        preferences=FrozenMap({p: preference(old) for p, old in dispute.preferences.items()}),
        status_quo=None if dispute.status_quo is None else FrozenMap(today),
    )


def amount_disputes() -> st.SearchStrategy[Dispute]:
    """Disputes without shares, with stepped amounts among their issues."""
    drawn = st.one_of(disputes(), disputes(), disputes(), close_disputes())
    return with_amounts(drawn).filter(_has_an_amount)


def amount_and_share_disputes() -> st.SearchStrategy[Dispute]:
    """Disputes between two parties with shares and stepped amounts."""
    drawn = st.one_of(share_disputes(), share_disputes(), gap_disputes())
    return with_amounts(drawn).filter(_has_an_amount)


def _has_an_amount(dispute: Dispute) -> bool:
    return any(isinstance(issue, Amount) for issue in dispute.issues)
