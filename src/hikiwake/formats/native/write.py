"""Writing a dispute in Hikiwake's own format: what `read` gives back equal, number for number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

from hikiwake.formats.native import toml
from hikiwake.formats.native.numbers import number_data
from hikiwake.formats.native.relations import relations_data
from hikiwake.model import (
    WALK_AWAY,
    Amount,
    Answer,
    Between,
    Beyond,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Item,
    Linear,
    Money,
    OneOf,
    Option,
    Party,
    Preference,
    Rule,
    SharesBeyond,
    Text,
    Value,
)
from hikiwake.model.dispute import Group

Data = dict[str, Any]

_FORMAT = 1


def write(dispute: Dispute, form: Literal["toml", "json"] = "toml") -> str:
    """Return the dispute as one file, preferences included: private to who may see them all.

    Raises
    ------
    Unsupported
        If a number has more digits than a file may hold (H1).
    """
    data = to_data(dispute)
    if form == "toml":
        return toml.dumps(data, _short)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _short(path: tuple[str, ...]) -> bool:
    own_line = path[-1] in ("never", "when", "terms")
    return own_line or (path[0] == "preferences" and path[2:-1] == ("points",))


def to_data(dispute: Dispute) -> Data:
    """Return the dispute as the tables and lists of its file, no number a float.

    Notes that an importer left on the dispute are no part of the format and are not written.
    """
    data: Data = {
        "hikiwake": _FORMAT,
        "title": text_data(dispute.title),
        "tolerance": number_data(dispute.tolerance),
        "price": number_data(dispute.price),
        "common_scale": dispute.common_scale,
        "illustrative": dispute.illustrative,
        "chance": True if dispute.chance else None,
        "name_sides": True if dispute.name_sides else None,
        "status_quo": None
        if dispute.status_quo is None
        else {issue: _value(value) for issue, value in dispute.status_quo.items()},
        "parties": [_party(party) for party in dispute.parties],
        "issues": [_issue(issue) for issue in dispute.issues],
        "rules": [_rule(rule) for rule in dispute.rules],
        "groups": [_group(group) for group in dispute.groups],
        "preferences": {
            party: preference_data(preference, dispute)
            for party, preference in dispute.preferences.items()
        },
    }
    needed = ("status_quo", "preferences", "parties", "issues")
    return {k: v for k, v in data.items() if v is not None and (v != [] or k in needed)}


def preference_data(preference: Preference, dispute: Dispute) -> Data:
    """Return one party's preference as the tables and lists of its own file."""
    tables: dict[str, Data] = {"points": {}, "values": {}, "curves": {}}
    for issue_id, points in preference.points.items():
        if isinstance(points, Linear):
            answer = Answer("issue", issue_id)
            tables["points"][issue_id] = _point(preference, answer, points.whole)
        elif isinstance(points, Curve):
            tables["curves"][issue_id] = [
                [number_data(x), _point(preference, Answer("issue", issue_id, place=n), y)]
                for n, (x, y) in enumerate(points.corners, start=1)
            ]
        elif isinstance(dispute.issue(issue_id), Item):
            tables["points"][issue_id] = _item_points(preference, issue_id, points.points)
        else:
            tables["values"][issue_id] = _table(preference, issue_id, points.points)
    walk_away = preference.walk_away
    return _without_empty(
        {
            "walk_away": None if walk_away is None else _point(preference, WALK_AWAY, walk_away),
            **tables,
            "red_lines": [
                _without_empty({"never": _condition(line.never), "why": text_data(line.why)})
                for line in preference.red_lines
            ],
            "bonuses": [
                {
                    "when": _condition(bonus.when),
                    "points": _point(preference, Answer("bonus", place=place), bonus.points),
                }
                for place, bonus in enumerate(preference.bonuses, start=1)
            ],
            **relations_data(preference, dispute),
        }
    )


def _item_points(preference: Preference, issue: str, points: FrozenMap[str, Fraction]) -> Any:
    table = _table(preference, issue, points)
    party = preference.party
    if all(number == 0 for owner, number in table.items() if owner != party):
        return table[party]
    return table


def _table(preference: Preference, issue: str, points: FrozenMap[str, Fraction]) -> Data:
    return {
        value: _point(preference, Answer("issue", issue, value), number)
        for value, number in points.items()
    }


def _point(preference: Preference, answer: Answer, number: Fraction) -> Any:
    """Return a number, or the range that it is the middle of (H28)."""
    span = preference.ranges.get(answer)
    return number_data(number) if span is None else [number_data(end) for end in span]


def text_data(text: Text) -> str | dict[str, str] | None:
    """Return a text as a file holds it, or None for an empty one."""
    return dict(text.by_language) or text.plain or None


def _without_empty(data: Data) -> Data:
    return {k: v for k, v in data.items() if v is not None and v not in ("", [], {})}


def _numbers(numbers: Mapping[str, Fraction]) -> Data:
    return {name: number_data(number) for name, number in numbers.items()}


def _value(value: Value) -> Any:
    if isinstance(value, FrozenMap):
        return _numbers(value)
    return number_data(value) if isinstance(value, Fraction) else value


def _party(party: Party) -> Data:
    names = {language: dict(words) for language, words in party.names.items()}
    name = text_data(party.name)
    weight = None if party.entitlement == 1 else number_data(party.entitlement)
    return _without_empty(
        {
            "id": party.id,
            "name": name,
            "language": party.language,
            "entitlement": weight,
            "names": names,
        }
    )


def _options(options: tuple[Option, ...]) -> list[Any]:
    return [
        {"id": option.id, "name": text_data(option.name)} if option.name else option.id
        for option in options
    ]


def _issue(issue: Issue) -> Data:
    data: Data = {"id": issue.id, "kind": issue.kind, "name": text_data(issue.name)}
    if isinstance(issue, Choice):
        return {**_without_empty(data), "options": _options(issue.options)}
    if isinstance(issue, Item):
        data["others"] = _options(issue.others)
    elif isinstance(issue, Amount):
        data["min"], data["max"] = number_data(issue.min), number_data(issue.max)
        data["step"] = None if issue.step is None else number_data(issue.step)
        data["unit"] = text_data(issue.unit)
    elif isinstance(issue, Money):
        data["limit"], data["unit"] = number_data(issue.limit), text_data(issue.unit)
    else:
        data["total"] = None if issue.total is None else number_data(issue.total)
        data["unit"], data["claims"] = text_data(issue.unit), _numbers(issue.claims)
    return _without_empty(data)


def _rule(rule: Rule) -> Data:
    data = {"never": _condition(rule.never), "why": text_data(rule.why), "by": rule.by}
    return _without_empty(data)


def _group(group: Group) -> Data:
    return {
        "id": group.id,
        **({"name": text_data(group.name)} if group.name else {}),
        "issues": list(group.issues),
        "not_for_trade": group.not_for_trade,
    }


def _condition(condition: Condition) -> Data:
    return {issue: _test(test) for issue, test in condition.tests.items()}


def _test(test: OneOf | Between | Beyond | SharesBeyond) -> Any:
    if isinstance(test, SharesBeyond):
        return {party: _bounds(above=b.above, below=b.below) for party, b in test.parties.items()}
    if isinstance(test, Between):
        return _bounds(**{"from": test.low, "to": test.high})
    if isinstance(test, Beyond):
        return _bounds(above=test.above, below=test.below)
    texts = sorted(value for value in test.values if isinstance(value, str))
    numbers = sorted(value for value in test.values if isinstance(value, Fraction))
    values = [*texts, *(number_data(number) for number in numbers)]
    return values[0] if len(values) == 1 else values


def _bounds(**bounds: Fraction | None) -> Data:
    return {key: number_data(bound) for key, bound in bounds.items() if bound is not None}
