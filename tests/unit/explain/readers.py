"""Helpers that read a telling as a person would, and that take away what a reader may not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hikiwake.explain import tell
from hikiwake.model import Dispute, FrozenMap, Preference
from hikiwake.settlement import Conflict, Limit, Package, Settlement

LANGUAGES = ("en", "ja", "ru")
STRANGE = Fraction(987654321)


def told(dispute: Dispute, settlement: Settlement, audience: str, language: str = "en") -> str:
    """Return a telling as one flowing text: line breaks of the screen are no part of it."""
    telling = tell(dispute, settlement, audience, language)
    parts = [telling.title]
    for section in telling.sections:
        parts += [section.heading, *section.lines]
        if section.table is not None:
            parts += [" | ".join(row) for row in (section.table.columns, *section.table.rows)]
    return "\n".join(parts)


def plain_figures(text: str) -> str:
    """Return a text with its numbers written one way: no thousands, a point, a plain minus."""
    text = unicodedata.normalize("NFKC", text).replace(" ", " ").replace("−", "-")
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


def without_others(
    dispute: Dispute, settlement: Settlement, viewer: str | None
) -> tuple[Dispute, Settlement]:
    """Return both with everything private to others replaced; ``viewer`` None: to everybody."""
    hidden = [party for party in dispute.party_ids if party != viewer]
    preferences = {**dispute.preferences, **{p: Preference(p) for p in hidden}}
    changes: dict[str, Any] = {
        "walk_away": _strange(settlement.walk_away, hidden, -STRANGE),
        "ideals": _strange(settlement.ideals, hidden, STRANGE),
        "views": FrozenMap({p: v for p, v in settlement.views.items() if p == viewer}),
        "changes": tuple(
            replace(c, allowed=not c.allowed, effects=_strange(c.effects, hidden, STRANGE))
            for c in settlement.changes
        ),
        "groups": tuple(
            replace(
                group,
                shares=_strange(group.shares, hidden, STRANGE),
                imbalance=None if group.imbalance else STRANGE,
            )
            for group in settlement.groups
        ),
        "mirrors": tuple(_scrubbed(p, hidden) for p in settlement.mirrors),
        "conflicts": _known(settlement.conflicts, viewer),
        "engine": "strange",
        "seconds": 987654321.0,
    }
    if settlement.package is not None:
        changes["package"] = _scrubbed(settlement.package, hidden)
    if (dearer := settlement.even_but_dearer) is not None:
        changes["even_but_dearer"] = replace(
            dearer,
            package=_scrubbed(dearer.package, hidden),
            costs=_strange(dearer.costs, hidden, STRANGE),
        )
    public = replace(dispute, preferences=FrozenMap(preferences), notes=("strange",))
    return public, replace(settlement, **changes)


def _strange(numbers: Mapping[str, Any], hidden: Iterable[str], number: Fraction) -> Any:
    return FrozenMap({**numbers, **dict.fromkeys(hidden, number)})


def _scrubbed(package: Package, hidden: Iterable[str]) -> Package:
    return replace(
        package,
        utilities=_strange(package.utilities, hidden, STRANGE),
        gains=_strange(package.gains, hidden, STRANGE),
        imbalance=None if package.imbalance is None else STRANGE,
    )


def _known(conflicts: tuple[Conflict, ...], viewer: str | None) -> tuple[Conflict, ...]:
    def own(limit: Limit) -> bool:
        return limit.kind == "rule" or limit.party == viewer

    return tuple(c for c in conflicts if all(own(limit) for limit in c.limits))
