"""How little and how much a party could get, whatever the others keep without an agreement."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hikiwake.model import (
    Curve,
    Dispute,
    FrozenMap,
    Linear,
    Money,
    Preference,
    Table,
)
from hikiwake.model.preference import Points
from hikiwake.options.again import ideals
from hikiwake.settlement import Numbers

_SHARE = Fraction(0), Fraction(1)


def least(dispute: Dispute) -> Numbers:
    """Return each party's least points over the packages that keep every rule and red line.

    Groups that are not for trade do not count here, nor do walk-away values: these are what is to
    be measured from there. There must be such a package.
    """
    return FrozenMap({party: -_most(dispute, party, -1) for party in dispute.party_ids})


def most(dispute: Dispute, zeros: Numbers) -> Numbers:
    """Return each party's ideal if the walk-away values were ``zeros``.

    Parameters
    ----------
    zeros
        What :func:`least` returned.
    """
    if not any(group.not_for_trade for group in dispute.groups):
        return FrozenMap({party: _most(dispute, party, 1) for party in dispute.party_ids})
    preferences = {
        party: replace(dispute.preferences[party], walk_away=zeros[party])
        for party in dispute.party_ids
    }
    return ideals(replace(dispute, preferences=FrozenMap(preferences)))


def _most(dispute: Dispute, party: str, sign: int) -> Fraction:
    """Return the most of a party's points, times 1 or −1, over what rules and red lines allow."""
    preferences = {
        other: Preference(other, red_lines=preference.red_lines, walk_away=Fraction(0))
        for other, preference in dispute.preferences.items()
    }
    own = dispute.preferences[party]
    bonuses = tuple(replace(bonus, points=sign * bonus.points) for bonus in own.bonuses)
    points = FrozenMap({issue: _times(p, sign) for issue, p in own.points.items()})
    spans = {i.id: i.span(len(dispute.parties)) for i in dispute.issues if isinstance(i, Money)}
    extremes = (_extremes(p, spans.get(issue, _SHARE)) for issue, p in points.items())
    floor = sum((min(worths) for worths in extremes), start=Fraction(0))
    floor += sum((min(bonus.points, Fraction(0)) for bonus in bonuses), start=Fraction(0))
    preferences[party] = replace(own, points=points, bonuses=bonuses, walk_away=floor)
    alone = replace(dispute, preferences=FrozenMap(preferences), groups=())
    return ideals(alone)[party]


def _times(points: Points, sign: int) -> Points:
    if isinstance(points, Linear):
        return Linear(sign * points.whole)
    if isinstance(points, Table):
        return Table(FrozenMap({value: sign * p for value, p in points.points.items()}))
    return Curve(tuple((x, sign * y) for x, y in points.corners))


def _extremes(points: Points, span: tuple[Fraction, Fraction]) -> list[Fraction]:
    if isinstance(points, Linear):
        return [points.whole * end for end in span]
    if isinstance(points, Table):
        return list(points.points.values())
    return [y for _, y in points.corners]
