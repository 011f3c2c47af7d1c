"""A dispute as the text of a file, so that a failing one can be kept, read and settled."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hikiwake.model import (
    Amount,
    Between,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Item,
    Linear,
    OneOf,
    Option,
    SharesBeyond,
    Table,
)


def text_of(dispute: Dispute) -> str:
    """Return the dispute as TOML that the program reads."""
    lines = [
        "hikiwake = 1",
        f"tolerance = {_value(dispute.tolerance)}",
        f"price = {_value(dispute.price)}",
        f"common_scale = {str(dispute.common_scale).lower()}",
    ]
    if dispute.status_quo is not None:
        lines.append(f"status_quo = {_value(dispute.status_quo)}")
    for party in dispute.parties:
        lines += ["[[parties]]", f"id = {_value(party.id)}"]
    for issue in dispute.issues:
        lines += ["[[issues]]", f"id = {_value(issue.id)}", f"kind = {_value(issue.kind)}"]
        if isinstance(issue, Choice):
            lines.append(f"options = {_value(issue.options)}")
        elif isinstance(issue, Item) and issue.others:
            lines.append(f"others = {_value(issue.others)}")
        elif isinstance(issue, Amount):
            numbers = {"min": issue.min, "max": issue.max, "step": issue.step or Fraction(0)}
            lines += [f"{key} = {_value(number)}" for key, number in numbers.items()]
    for rule in dispute.rules:
        lines += ["[[rules]]", f"never = {_condition(rule.never)}"]
        lines += [f"by = {_value(rule.by)}"] if rule.by else []
    for group in dispute.groups:
        lines += ["[[groups]]", f"id = {_value(group.id)}", f"issues = {_value(group.issues)}"]
        lines.append(f"not_for_trade = {str(group.not_for_trade).lower()}")
    for party in dispute.party_ids:
        lines += _preference(dispute, party)
    return "\n".join(lines) + "\n"


def _preference(dispute: Dispute, party: str) -> list[str]:
    preference, name = dispute.preferences[party], f"preferences.{party}"
    lines = [f"[{name}]"]
    if preference.walk_away is not None:
        lines.append(f"walk_away = {_value(preference.walk_away)}")
    for issue in dispute.issues:
        points = preference.points.get(issue.id)
        if isinstance(points, Linear):
            lines.append(f"points.{issue.id} = {_value(points.whole)}")
        elif isinstance(points, Table):
            kind = "points" if isinstance(issue, Item) else "values"
            lines.append(f"{kind}.{issue.id} = {_value(points.points)}")
        elif isinstance(points, Curve):
            lines.append(f"curves.{issue.id} = {_value(points.corners)}")
    for line in preference.red_lines:
        lines += [f"[[{name}.red_lines]]", f"never = {_condition(line.never)}"]
    for bonus in preference.bonuses:
        lines += [f"[[{name}.bonuses]]", f"when = {_condition(bonus.when)}"]
        lines.append(f"points = {_value(bonus.points)}")
    return lines


def _condition(condition: Condition) -> str:
    tests: dict[str, Any] = {}
    for issue, test in condition.tests.items():
        if isinstance(test, OneOf):
            tests[issue] = sorted(map(str, test.values))
        elif isinstance(test, Between):
            bounds = {"from": test.low, "to": test.high}
            tests[issue] = {key: number for key, number in bounds.items() if number is not None}
        else:
            assert isinstance(test, SharesBeyond)
            tests[issue] = {
                party: {
                    key: number
                    for key, number in (("above", bound.above), ("below", bound.below))
                    if number is not None
                }
                for party, bound in test.parties.items()
            }
    return _value(tests)


def _value(value: Any) -> str:
    if isinstance(value, Option):
        value = value.id
    if isinstance(value, str | Fraction):
        return f'"{value}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(part) for part in value)}]"
    assert isinstance(value, dict | FrozenMap)
    return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
