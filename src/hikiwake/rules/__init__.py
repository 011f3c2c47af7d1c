"""Settlement rules, one a file, each named by its idea.

Most look only at the frontier. A direct rule says outright what everybody gets.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hikiwake.errors import Fault, UnknownName, did_you_mean
from hikiwake.rules import (
    adjusted_winner,
    claims_proportional,
    constrained_equal_awards,
    constrained_equal_losses,
    draw,
    egalitarian,
    ibn_ezra,
    kalai_smorodinsky,
    knaster,
    leximin,
    nash,
    picking,
    proportional,
    rent,
    talmud,
    utilitarian,
)
from hikiwake.rules.direct import DirectRule
from hikiwake.rules.selection import Selection, SettlementRule

RULES: Mapping[str, SettlementRule | DirectRule] = MappingProxyType(
    {
        "draw": draw,
        "kalai_smorodinsky": kalai_smorodinsky,
        "nash": nash,
        "egalitarian": egalitarian,
        "leximin": leximin,
        "utilitarian": utilitarian,
        "adjusted_winner": adjusted_winner,
        "proportional": proportional,
        "picking": picking,
        "talmud": talmud,
        "claims_proportional": claims_proportional,
        "constrained_equal_awards": constrained_equal_awards,
        "constrained_equal_losses": constrained_equal_losses,
        "ibn_ezra": ibn_ezra,
        "knaster": knaster,
        "rent": rent,
    }
)


def rule_named(name: str) -> SettlementRule | DirectRule:
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


__all__ = ["RULES", "DirectRule", "Selection", "SettlementRule", "rule_named"]
