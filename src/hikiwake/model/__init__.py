"""A dispute as frozen values: parties, issues, conditions, preferences. Checked once, when made."""

from hikiwake.model.answer import WALK_AWAY, Answer, Constraint, Span
from hikiwake.model.condition import (
    Between,
    Beyond,
    Bonus,
    Condition,
    OneOf,
    Outcome,
    RedLine,
    Rule,
    SharesBeyond,
    Value,
)
from hikiwake.model.dispute import Dispute, Group, Party
from hikiwake.model.frozen import FrozenMap
from hikiwake.model.issue import Amount, Choice, Issue, Item, Money, Option, Share
from hikiwake.model.lot import lot_of
from hikiwake.model.obligation import Account, Agreement, Joined, Obligation, Stake
from hikiwake.model.preference import Curve, Linear, Preference, Table
from hikiwake.model.text import Text

__all__ = [
    "WALK_AWAY",
    "Account",
    "Agreement",
    "Amount",
    "Answer",
    "Between",
    "Beyond",
    "Bonus",
    "Choice",
    "Condition",
    "Constraint",
    "Curve",
    "Dispute",
    "FrozenMap",
    "Group",
    "Issue",
    "Item",
    "Joined",
    "Linear",
    "Money",
    "Obligation",
    "OneOf",
    "Option",
    "Outcome",
    "Party",
    "Preference",
    "RedLine",
    "Rule",
    "Share",
    "SharesBeyond",
    "Span",
    "Stake",
    "Table",
    "Text",
    "Value",
    "lot_of",
]
