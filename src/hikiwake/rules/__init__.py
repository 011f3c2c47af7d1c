"""Settlement rules, one a file, each named by its idea. A rule looks only at the frontier."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hikiwake.errors import Fault, UnknownName, did_you_mean
from hikiwake.rules import (
    adjusted_winner,
    draw,
    egalitarian,
    kalai_smorodinsky,
    leximin,
    nash,
    utilitarian,
)
from hikiwake.rules.selection import Selection, SettlementRule

RULES: Mapping[str, SettlementRule] = MappingProxyType(
    {
        "draw": draw,
        "kalai_smorodinsky": kalai_smorodinsky,
        "nash": nash,
        "egalitarian": egalitarian,
        "leximin": leximin,
        "utilitarian": utilitarian,
        "adjusted_winner": adjusted_winner,
    }
)


def rule_named(name: str) -> SettlementRule:
    """Return the rule of a name.

    Raises
    ------
    UnknownName
        If there is none.
    """
    if name in RULES:
        return RULES[name]
    hint = did_you_mean(name, RULES) or "Use one of these."
    raise UnknownName(
        Fault(f"Rule {name[:80]!r}", "unknown", f"Known: {', '.join(RULES)}", "H10", hint)
    )


__all__ = ["RULES", "Selection", "SettlementRule", "rule_named"]
