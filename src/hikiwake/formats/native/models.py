"""What a dispute file may hold: every key, its shape and what it means.

These models are the one source of two files in ``formats/schema``: the published JSON Schema, and
``validator.json``, the same models as data, with which reading a file needs Pydantic's small core
only (about 20 ms of a cold start instead of about 100). ``publish.py`` writes both; a test keeps
them current. Leaves that may be of several kinds (numbers, names, conditions) are ``Any`` here
and are read by the sibling modules, which can say what is wrong in the words of the house.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, WithJsonSchema, with_config
from typing_extensions import TypedDict

STRICT = ConfigDict(extra="forbid", strict=True)

_LANGUAGES = {"type": "object", "additionalProperties": {"type": "string"}}
_NUMBER: dict[str, Any] = {"type": ["integer", "number", "string"]}
_RANGE: dict[str, Any] = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_POINT: dict[str, Any] = {"anyOf": [_NUMBER, _RANGE]}
_RANKING: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "minItems": 2}
_RANKS: dict[str, Any] = {"anyOf": [_RANKING, {"type": "array", "items": _RANKING}]}

Number = Annotated[
    Any,
    WithJsonSchema(
        {**_NUMBER, "description": 'A number, exactly as written: 12, 12.5, "1/3", "1e3" (H1).'}
    ),
]
Point = Annotated[
    Any,
    WithJsonSchema({**_POINT, "description": "A number, or a range: [50, 60] (H28)."}),
]
Corner = Annotated[
    list[Any],
    WithJsonSchema(
        {"type": "array", "prefixItems": [_NUMBER, _POINT], "minItems": 2, "maxItems": 2}
    ),
]
Text = Annotated[
    Any,
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, _LANGUAGES], "description": "A text, or one a language."}
    ),
]
OptionOrId = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {
                        "id": {"type": "string"},
                        "name": {"anyOf": [{"type": "string"}, _LANGUAGES]},
                    },
                    "required": ["id"],
                    "additionalProperties": False,
                },
            ],
            "description": "An id, or a table with an id and a name.",
        }
    ),
]
Test = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [
                _NUMBER,
                {"type": "array", "items": _NUMBER},
                {
                    "type": "object",
                    "properties": {"from": _NUMBER, "to": _NUMBER},
                    "additionalProperties": False,
                },
                {
                    "type": "object",
                    "properties": {"above": _NUMBER, "below": _NUMBER},
                    "additionalProperties": False,
                },
                {
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "properties": {"above": _NUMBER, "below": _NUMBER},
                        "additionalProperties": False,
                    },
                },
            ],
            "description": "A value, a list of values, { from, to }, { above, below }, or, for a "
            "share and for money, bounds by party (H6).",
        }
    ),
]
Decided = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [_NUMBER, {"type": "object", "additionalProperties": _NUMBER}],
            "description": "An option, an owner, an amount, each party's part of a share, or what "
            "each receives in money, negative where it pays.",
        }
    ),
]
ItemPoints = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [_NUMBER, _RANGE, {"type": "object", "additionalProperties": _POINT}],
            "description": "Share: points for all of it. Money: points for each unit received. "
            "Item: points for having it oneself, 0 "
            "otherwise, or a table that lists every owner (H2). Any point may be a range (H28).",
        }
    ),
]
Condition = dict[str, Test]
Id = Annotated[str, WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 80})]


@with_config(STRICT)
class PartyFile(TypedDict):
    """One side, with its own words for things."""

    id: Id
    name: NotRequired[Text]
    entitlement: NotRequired[
        Annotated[Number, Field(description="Its weight where a rule weighs (H22). Above 0; 1.")]
    ]
    language: NotRequired[Annotated[str, Field(description="A language code, such as en or ja.")]]
    names: NotRequired[
        Annotated[
            dict[str, dict[str, str]],
            Field(description="By language: its own words for `issue` or `issue.option`."),
        ]
    ]


@with_config(STRICT)
class ChoiceFile(TypedDict):
    """An issue decided by taking one of its options."""

    id: Id
    kind: Literal["choice"]
    options: list[OptionOrId]
    name: NotRequired[Text]


@with_config(STRICT)
class ItemFile(TypedDict):
    """An issue decided by who gets it, whole."""

    id: Id
    kind: Literal["item"]
    others: NotRequired[
        Annotated[list[OptionOrId], Field(description="Owners that are no party: sold, shared …")]
    ]
    name: NotRequired[Text]


@with_config(STRICT)
class ShareFile(TypedDict):
    """An issue divided between the parties."""

    id: Id
    kind: Literal["share"]
    total: NotRequired[Annotated[Number, Field(description="How much there is to divide.")]]
    unit: NotRequired[Text]
    claims: NotRequired[
        Annotated[dict[str, Number], Field(description="What each party claims of it (H22).")]
    ]
    name: NotRequired[Text]


@with_config(STRICT)
class AmountFile(TypedDict):
    """An issue decided by a number in a range."""

    id: Id
    kind: Literal["amount"]
    min: Number
    max: Number
    step: NotRequired[
        Annotated[Number, Field(description="Divides max − min. Absent or 0: any number.")]
    ]
    unit: NotRequired[Text]
    name: NotRequired[Text]


@with_config(STRICT)
class MoneyFile(TypedDict):
    """Payments between the parties, which sum to 0. At most one in a dispute (H21)."""

    id: Id
    kind: Literal["money"]
    limit: Annotated[Number, Field(description="The most that a party may pay. Above 0.")]
    unit: NotRequired[Text]
    name: NotRequired[Text]


Issue = Annotated[
    ChoiceFile | ItemFile | ShareFile | AmountFile | MoneyFile,
    Field(discriminator="kind"),
]


@with_config(STRICT)
class RuleFile(TypedDict):
    """Public: these together are not allowed."""

    never: Condition
    why: NotRequired[Text]
    by: NotRequired[Annotated[str, Field(description="Whose public line; none: all's.")]]


@with_config(STRICT)
class GroupFile(TypedDict):
    """Issues that belong together."""

    id: Id
    issues: list[str]
    not_for_trade: NotRequired[
        Annotated[bool, Field(description="They must be even within themselves (H8).")]
    ]
    name: NotRequired[Text]


@with_config(STRICT)
class RedLineFile(TypedDict):
    """What a party will never accept. Private."""

    never: Condition
    why: NotRequired[Text]


@with_config(STRICT)
class BonusFile(TypedDict):
    """Points for a combination as a whole. Private."""

    when: Condition
    points: Point


@with_config(STRICT)
class ConstraintFile(TypedDict):
    """What a weighted sum of points is at least, at most, or exactly. Private."""

    terms: Annotated[
        dict[str, Number],
        Field(description="A weight for each `issue` or `issue.option`, as for names (H29)."),
    ]
    at_least: NotRequired[Number]
    at_most: NotRequired[Number]
    equal: NotRequired[Number]


@with_config(STRICT)
class PreferenceFile(TypedDict):
    """What one party wants. Private to it. Issues that are left out do not matter to it."""

    walk_away: NotRequired[
        Annotated[Point, Field(description="Points without an agreement (H4), or a range.")]
    ]
    points: NotRequired[
        Annotated[dict[str, ItemPoints], Field(description="For items, shares and money.")]
    ]
    values: NotRequired[
        Annotated[dict[str, dict[str, Point]], Field(description="For choices: points by option.")]
    ]
    curves: NotRequired[
        Annotated[
            dict[str, list[Corner]],
            Field(description="For amounts: corners [x, points], x rising from min to max."),
        ]
    ]
    red_lines: NotRequired[list[RedLineFile]]
    bonuses: NotRequired[list[BonusFile]]
    ranks: NotRequired[
        Annotated[
            list[Any],
            WithJsonSchema(_RANKS),
            Field(description="Orders of `issue` or `issue.option`, best first (H29)."),
        ]
    ]
    constraints: NotRequired[
        Annotated[list[ConstraintFile], Field(description="Linear relations between points (H29).")]
    ]


@with_config(STRICT)
class DisputeFile(TypedDict):
    """A dispute: parties, issues, public rules, and privately each party's preference."""

    hikiwake: Annotated[
        Any, WithJsonSchema({"const": 1, "description": "The version of the format (H19)."})
    ]
    title: NotRequired[Text]
    tolerance: NotRequired[
        Annotated[Number, Field(description="What counts as even, in parts of a range (1/20).")]
    ]
    price: NotRequired[
        Annotated[Number, Field(description="What evenness may cost, in parts of a range (1/10).")]
    ]
    common_scale: NotRequired[
        Annotated[bool, Field(description="Points mean the same to everyone (money, say).")]
    ]
    illustrative: NotRequired[
        Annotated[bool, Field(description="Every output says that the numbers are invented.")]
    ]
    chance: NotRequired[
        Annotated[bool, Field(description="A lottery may be offered as a remedy (H25).")]
    ]
    name_sides: NotRequired[
        Annotated[
            bool, Field(description="Whose figures of misstating these are may be told (H14).")
        ]
    ]
    status_quo: NotRequired[
        Annotated[dict[str, Decided], Field(description="The package that stands today (H5).")]
    ]
    parties: list[PartyFile]
    issues: list[Issue]
    rules: NotRequired[list[RuleFile]]
    groups: NotRequired[list[GroupFile]]
    preferences: NotRequired[
        Annotated[
            dict[str, PreferenceFile],
            Field(description="By party; in a folder: preferences/<party>.toml instead."),
        ]
    ]
