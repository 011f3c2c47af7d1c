"""The pieces of which random disputes are drawn: issues, points, conditions, groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from hikiwake.model import (
    Beyond,
    Bonus,
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    Item,
    Linear,
    OneOf,
    Option,
    Party,
    Preference,
    RedLine,
    Rule,
    Share,
    SharesBeyond,
    Table,
)

NAMES = ("ann", "ben", "cem", "dua")
PARTS = tuple(Fraction(*pair) for pair in ((0, 1), (1, 4), (1, 3), (1, 2), (2, 3), (3, 4), (1, 1)))
TOLERANCES = tuple(Fraction(*pair) for pair in ((1, 20), (1, 20), (0, 1), (1, 7), (1, 3), (1, 1)))
PRICES = tuple(Fraction(*pair) for pair in ((1, 10), (1, 10), (0, 1), (1, 4), (1, 2), (1, 1)))

T = TypeVar("T")

PERCENT = st.integers(0, 99)
FEW = st.sampled_from([0, 0, 1, 1, 2, 3])
SIGNED = st.sampled_from([-2, -1, 0, 1, 2, 4])
HUNDRED = st.integers(0, 100)
_UGLY = st.builds(Fraction, st.integers(-40, 99), st.sampled_from([1, 3, 7, 11, 97]))
HUGE = st.builds(lambda power, more: 2**power + more, st.sampled_from([60, 70]), st.integers(0, 2))
POINTS = {"few": FEW, "signed": SIGNED, "hundred": HUNDRED, "ugly": _UGLY, "huge": HUGE}
FLAVOURS = ("few", "few", "few", "signed", "hundred", "hundred", "ugly", "huge")
Draw = Any


def chance(draw: Draw, percent: int) -> bool:
    """Return True about so many times in a hundred, False once the example is shrunk."""
    return draw(PERCENT) >= 100 - percent


# To make a strategy takes longer than to draw from it: each is made once.
between = cache(st.integers)


@lru_cache(maxsize=None, typed=True)
def among(*values: Any) -> st.SearchStrategy[Any]:
    """Return what draws one of some values."""
    return st.sampled_from(values)


@cache
def _sets(values: tuple[str, ...], most: int) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(among(*values), min_size=1, max_size=most)


@cache
def _maybe(*values: Any) -> st.SearchStrategy[Any]:
    return st.none() | among(*values)


@cache
def _orders(number: int) -> st.SearchStrategy[list[int]]:
    return st.permutations(range(number))


def permuted(draw: Draw, values: Sequence[T]) -> list[T]:
    """Return values in any order."""
    return [values[place] for place in draw(_orders(len(values)))]


def values_of(issue: Issue, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a choice or an item may be decided as."""
    if isinstance(issue, Choice):
        return tuple(option.id for option in issue.options)
    assert isinstance(issue, Item)
    return parties + tuple(option.id for option in issue.others)


def discrete_issues(draw: Draw, parties: tuple[str, ...], most: int) -> list[Issue]:
    issues: list[Issue] = []
    packages = 1
    for number in range(draw(among(3, 4, 2, 4, 5, 5, 1))):
        room = most // packages
        if room >= len(parties) and chance(draw, 40):
            others = draw(between(0, min(2, room - len(parties))))
            issue: Issue = Item(f"item{number}", tuple(Option(f"o{o}") for o in range(others)))
        else:
            options = draw(among(*((3, 2, 3, 4, 5, 1) if number else (3, 2, 4, 5))))
            options = max(1, min(options, room))
            issue = Choice(f"choice{number}", tuple(Option(f"c{o}") for o in range(options)))
        issues.append(issue)
        packages *= len(values_of(issue, parties))
    return issues


def _test(draw: Draw, issue: Issue, parties: tuple[str, ...]) -> OneOf | SharesBeyond:
    if not isinstance(issue, Share):
        values = values_of(issue, parties)
        if chance(draw, 15):
            most = max(1, len(values) - 1)
            return OneOf(draw(_sets(values, most)))
        return OneOf(frozenset({draw(among(*values))}))
    part = among(*PARTS)
    kind = draw(among("above", "below", "between", "each"))
    first, second = permuted(draw, parties)
    if kind == "each":
        bounds = {
            first: Beyond(draw(part), None),
            second: Beyond(draw(_maybe(*PARTS)), draw(part)),
        }
    else:
        above = draw(part) if kind != "below" else None
        below = draw(part) if kind != "above" else None
        bounds = {first: Beyond(above, below)}
    return SharesBeyond(FrozenMap(bounds))


def _condition(draw: Draw, issues: Sequence[Issue], parties: tuple[str, ...]) -> Condition:
    size = min(len(issues), draw(among(2, 2, 2, 3, 1)))
    chosen = permuted(draw, issues)[:size]
    return Condition(FrozenMap({issue.id: _test(draw, issue, parties) for issue in chosen}))


def _table(draw: Draw, issue: Issue, party: str, parties: tuple[str, ...], flavour: str) -> Table:
    values = values_of(issue, parties)
    if isinstance(issue, Item) and chance(draw, 60):
        own = Fraction(draw(POINTS[flavour]))
        return Table(FrozenMap({v: own if v == party else Fraction(0) for v in values}))
    return Table(FrozenMap({value: Fraction(draw(POINTS[flavour])) for value in values}))


def _swapped(table: Table, issue: Issue, parties: tuple[str, ...]) -> Table:
    """Return the second party's table that mirrors the first one's."""
    values = values_of(issue, parties)
    if isinstance(issue, Choice):
        return Table(
            FrozenMap(dict(zip(values, [table.points[v] for v in reversed(values)], strict=True)))
        )
    swap = {parties[0]: parties[1], parties[1]: parties[0]}
    return Table(FrozenMap({value: table.points[swap.get(value, value)] for value in values}))


def _points(
    draw: Draw, issues: Sequence[Issue], parties: tuple[str, ...], flavour: str
) -> dict[str, dict[str, Table | Linear]]:
    """Return everyone's points; now and then a mirror image, or an issue that does not matter."""
    points: dict[str, dict[str, Table | Linear]] = {party: {} for party in parties}
    mirrored = chance(draw, 30)
    for issue in issues:
        for place, party in enumerate(parties):
            if chance(draw, 8):
                continue
            before = points[parties[0]].get(issue.id)
            if isinstance(issue, Share):
                twin = before if mirrored and place == 1 else None
                whole = twin.whole if isinstance(twin, Linear) else Fraction(draw(POINTS[flavour]))
                points[party][issue.id] = Linear(whole)
            elif mirrored and place == 1 and isinstance(before, Table):
                points[party][issue.id] = _swapped(before, issue, parties)
            else:
                points[party][issue.id] = _table(draw, issue, party, parties, flavour)
    for party in parties:
        if chance(draw, 6):
            points[party] = {}
    return points


def close(
    draw: Draw, parties: tuple[str, ...], most: int
) -> tuple[Choice, dict[str, dict[str, Table | Linear]]]:
    """Return one list of whole packages: each party's dream, and others that lie close together.

    Such lists have draws that are not what Kalai and Smorodinsky would choose, and dear ones.
    """
    places = range(len(parties))
    level = draw(between(4, 12))
    short, other = permuted(draw, places)[:2]
    ahead = [level + draw(between(2, 6)) for _ in places]
    ahead[short] = level
    close = [level + draw(between(0, 1)) for _ in places]
    close[short], close[other] = level + 1, level - draw(between(0, 1))
    dreams = [[20 * (place == own) for place in places] for own in places]
    number = draw(among(*(n for n in (0, 1, 2, 4, 7) if n <= most)))
    rest = [[level + draw(between(-3, 3)) for _ in places] for _ in range(number)]
    vectors = [*dreams, ahead, close, *rest]
    names = [f"c{number}" for number in range(len(vectors))]
    points: dict[str, dict[str, Table | Linear]] = {
        party: {
            "list": Table(
                FrozenMap({n: Fraction(v[place]) for n, v in zip(names, vectors, strict=True)})
            )
        }
        for place, party in enumerate(parties)
    }
    return Choice("list", tuple(Option(name) for name in names)), points


def _value(draw: Draw, issue: Issue, parties: tuple[str, ...]) -> Any:
    if isinstance(issue, Share):
        part = draw(among(*PARTS))
        return FrozenMap({parties[0]: part, parties[1]: 1 - part})
    return draw(among(*values_of(issue, parties)))


def _outcome(draw: Draw, issues: Sequence[Issue], parties: tuple[str, ...], partial: bool) -> Any:
    taken = [issue for issue in issues if not partial or chance(draw, 50)]
    return FrozenMap({issue.id: _value(draw, issue, parties) for issue in taken})


def _groups(draw: Draw, issues: Sequence[Issue]) -> tuple[Group, ...]:
    groups: list[Group] = []
    rest = [issue.id for issue in permuted(draw, issues)]
    for number in range(draw(among(0, 0, 0, 1, 1, 2))):
        size = draw(between(1, 3))
        taken, rest = rest[:size], rest[size:]
        if taken:
            groups.append(Group(f"g{number}", tuple(taken), not chance(draw, 15)))
    return tuple(groups)


def _walk_away(draw: Draw, preference: Preference, package: Any, flavour: str) -> Fraction | None:
    """Return nothing, the worth of some package (often out of reach together), or a bit more."""
    kind = draw(among(*["none"] * 8, "half", "half", "package", "points", "high"))
    if kind == "none":
        return None
    if kind == "points":
        return Fraction(draw(POINTS[flavour]))
    worth = preference.utility(package)
    return {"package": worth, "half": worth / 2, "high": worth + Fraction(draw(FEW))}[kind]


def _preferences(
    draw: Draw,
    issues: Sequence[Issue],
    parties: tuple[str, ...],
    flavour: str,
    points: dict[str, dict[str, Table | Linear]],
) -> FrozenMap[str, Preference]:
    discrete = [issue for issue in issues if not isinstance(issue, Share)]
    preferences: dict[str, Preference] = {}
    for party in parties:
        lines = draw(among(0, 0, 0, 0, 1, 1, 2))
        extras = draw(among(0, 0, 0, 1, 2)) if discrete else 0
        preference = Preference(
            party,
            FrozenMap(points[party]),
            tuple(RedLine(_condition(draw, issues, parties)) for _ in range(lines)),
            tuple(
                Bonus(_condition(draw, discrete, parties), Fraction(draw(POINTS[flavour])))
                for _ in range(extras)
            ),
        )
        package = _outcome(draw, issues, parties, partial=False)
        walk_away = _walk_away(draw, preference, package, flavour)
        preferences[party] = Preference(
            party, preference.points, preference.red_lines, preference.bonuses, walk_away
        )
    return FrozenMap(preferences)


def plain(
    draw: Draw,
    issues: Sequence[Issue],
    parties: tuple[str, ...],
    points: dict[str, dict[str, Table | Linear]],
) -> Dispute:
    """Return a dispute with nothing but points."""
    preferences = {p: Preference(p, FrozenMap(points[p]), (), (), None) for p in parties}
    return Dispute(
        parties=tuple(Party(party) for party in parties),
        issues=tuple(issues),
        preferences=FrozenMap(preferences),
        tolerance=draw(among(*TOLERANCES)),
        price=draw(among(*PRICES)),
        common_scale=True,
    )


def dispute(
    draw: Draw,
    issues: Sequence[Issue],
    parties: tuple[str, ...],
    points: dict[str, dict[str, Table | Linear]] | None = None,
    grouped: bool = False,
) -> Dispute:
    flavour = "few" if points else draw(among(*FLAVOURS))
    if points is None:
        points = _points(draw, issues, parties, flavour)
    rules = draw(among(0, 0, 0, 1, 1, 2, 3))
    today = draw(among("none", "none", "full", "partial"))
    return Dispute(
        parties=tuple(Party(party) for party in parties),
        issues=tuple(issues),
        preferences=_preferences(draw, issues, parties, flavour, points),
        rules=tuple(
            Rule(_condition(draw, issues, parties), by=draw(_maybe(*parties))) for _ in range(rules)
        ),
        groups=_groups(draw, [i for i in issues if grouped or not isinstance(i, Share)]),
        status_quo=(
            None if today == "none" else _outcome(draw, issues, parties, today == "partial")
        ),
        tolerance=draw(among(*TOLERANCES)),
        price=draw(among(*PRICES)),
        common_scale=True,
    )
