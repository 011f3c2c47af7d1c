"""Hypothesis strategies for random disputes: small, awkward, and full of ties.

``disputes()`` has two to four parties and only discrete issues; ``two_party_disputes()`` is the
same for two; ``share_disputes()`` adds issues divided between two parties; ``divisions()`` has
nothing but such issues, as Adjusted Winner needs; ``item_disputes()`` nothing but items;
``paying_disputes()`` adds payments, claims and entitlements to any of them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from hikiwake.model import (
    Beyond,
    Choice,
    Condition,
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
    RedLine,
    Rule,
    Share,
    SharesBeyond,
    Table,
    Text,
)
from tests.drawing import (
    FEW,
    HUGE,
    HUNDRED,
    NAMES,
    SIGNED,
    Draw,
    among,
    between,
    chance,
    close,
    discrete_issues,
    dispute,
    permuted,
    plain,
)

__all__ = [
    "NAMES",
    "close_disputes",
    "disputes",
    "divisions",
    "gap_disputes",
    "grouped_share_disputes",
    "item_disputes",
    "paying_disputes",
    "share_disputes",
    "two_party_disputes",
]


@st.composite
def disputes(draw: Draw, least: int = 2, most: int = 4, packages: int | None = None) -> Dispute:
    """Disputes of discrete issues: mostly up to 48 packages, some up to 300, a few up to 2,000."""
    parties = NAMES[: draw(between(least, most))]
    if chance(draw, 15):
        issue, points = close(draw, parties, packages or 9)
        return (plain if chance(draw, 60) else dispute)(draw, [issue], parties, points)
    limit = packages or draw(among(*[16] * 3, *[48] * 8, *[120] * 8, *[300] * 8, 2000))
    return dispute(draw, discrete_issues(draw, parties, limit), parties)


@st.composite
def close_disputes(draw: Draw) -> Dispute:
    """Disputes over one list of packages, where even and dear ones lie close to the best."""
    parties = NAMES[: draw(between(2, 4))]
    issue, points = close(draw, parties, 9)
    return replace(
        plain(draw, [issue], parties, points),
        tolerance=Fraction(1, draw(among(20, 10, 7))),
        price=Fraction(1, draw(among(10, 4, 3, 2, 1))),
    )


def two_party_disputes(packages: int | None = None) -> st.SearchStrategy[Dispute]:
    """Disputes between two parties: choices and items."""
    return disputes(2, 2, packages)


@st.composite
def share_disputes(draw: Draw, grouped: bool = False) -> Dispute:
    """Disputes between two parties with one to three divided issues, mixed with others.

    ``grouped``: divided issues may be in groups that are not for trade.
    """
    parties = NAMES[:2]
    count = draw(among(1, 1, 1, 2, 2, 3))
    shares: list[Issue] = [Share(f"share{number}") for number in range(count)]
    if chance(draw, 25):
        issue, points = close(draw, parties, 4)
        for party in parties:
            for share in shares[:2]:
                points[party][share.id] = Linear(Fraction(draw(SIGNED)))
        if chance(draw, 40):
            return plain(draw, [issue, *shares[:2]], parties, points)
        return dispute(draw, [issue, *shares[:2]], parties, points, grouped)
    limit = draw(among(1, 2, 4, 8, 12))
    discrete = discrete_issues(draw, parties, limit) if limit > 1 else []
    issues = permuted(draw, shares + discrete)
    return dispute(draw, issues, parties, grouped=grouped)


@st.composite
def gap_disputes(draw: Draw) -> Dispute:
    """Disputes whose frontier is a line with gaps: single packages beat parts of it.

    Where such a part is cut off, packages come as close as one likes to an end that is beaten.
    """
    parties = NAMES[:2]
    whole = 20
    points: list[tuple[int, int]] = []
    for _ in range(draw(among(1, 1, 2))):
        more, less = draw(between(14, 19)), draw(between(9, 12))
        here = [(more, less)]
        if chance(draw, 80):  # where the line ends that the package cuts off, or a bit above
            here.append((whole - less, less + draw(among(1, 1, 0, 2))))
        points += here if draw(st.booleans()) else [(b, a) for a, b in here]
    names = [f"c{number}" for number in range(len(points) + 1)]
    rules: list[Rule] = []
    worth = [[Fraction(0)], [Fraction(0)]]
    for name, (one, other) in zip(names[1:], points, strict=True):
        # all of the share goes to one side, so that the package is a single point
        first = draw(st.booleans())
        bound = Beyond(None, Fraction(1)) if first else Beyond(Fraction(0), None)
        never = {"list": OneOf(frozenset({name})), "share": SharesBeyond(FrozenMap({"ann": bound}))}
        rules.append(Rule(Condition(FrozenMap(never))))
        worth[0].append(Fraction(one - whole if first else one))
        worth[1].append(Fraction(other if first else other - whole))
    preferences = {
        party: Preference(
            party,
            FrozenMap(
                {
                    "share": Linear(Fraction(whole)),
                    "list": Table(FrozenMap(dict(zip(names, worth[place], strict=True)))),
                }
            ),
        )
        for place, party in enumerate(parties)
    }
    return Dispute(
        parties=tuple(Party(party) for party in parties),
        issues=(Share("share"), Choice("list", tuple(Option(name) for name in names))),
        preferences=FrozenMap(preferences),
        rules=tuple(rules),
        tolerance=Fraction(1, draw(among(5, 5, 7, 10, 4, 20))),
        price=Fraction(1, draw(among(2, 2, 1, 4, 10))),
        common_scale=True,
    )


def grouped_share_disputes() -> st.SearchStrategy[Dispute]:
    """Disputes in which a divided issue is in a group that is not for trade."""

    def has_one(dispute: Dispute) -> bool:
        guarded = {i for group in dispute.groups if group.not_for_trade for i in group.issues}
        return any(isinstance(issue, Share) and issue.id in guarded for issue in dispute.issues)

    return share_disputes(grouped=True).filter(has_one)


DIVIDED = st.sampled_from(
    [FEW, HUNDRED, HUGE, st.builds(Fraction, st.integers(0, 99), st.sampled_from([1, 7, 97]))]
)


@st.composite
def divisions(draw: Draw) -> Dispute:
    """Disputes between two parties over divided issues only, as Adjusted Winner takes them."""
    parties = NAMES[:2]
    count = draw(among(2, 3, 3, 4, 1))
    issues: list[Issue] = [Share(f"share{number}") for number in range(count)]
    table: dict[str, dict[str, Table | Linear]] = {}
    for party in parties:
        of = draw(DIVIDED)
        table[party] = {issue.id: Linear(Fraction(draw(of))) for issue in issues}
        if all(linear == Linear(Fraction(0)) for linear in table[party].values()):
            table[party]["share0"] = Linear(Fraction(1))
    return plain(draw, issues, parties, table)


POSITIVE = st.sampled_from(
    [Fraction(1), Fraction(2), Fraction(1, 3), Fraction(500), Fraction(7, 2)]
)
PAYMENTS = st.sampled_from([Fraction(n) for n in (-200, -1, 0, 3)] + [Fraction(-1, 3)])


@st.composite
def paying_disputes(draw: Draw) -> Dispute:
    """Disputes of any sort with payments between the parties, claims on shares, entitlements."""
    base: Dispute = draw(st.one_of(disputes(packages=16), share_disputes()))
    parties = base.party_ids
    money = Money("money", draw(POSITIVE), draw(among(Text(), Text("EUR"))))
    preferences: dict[str, Preference] = {}
    for party, given in base.preferences.items():
        lines = (RedLine(_budget(draw, parties)),) if chance(draw, 50) else ()
        rate = {} if chance(draw, 25) else {"money": Linear(Fraction(draw(SIGNED), 100))}
        preferences[party] = replace(
            given,
            points=FrozenMap({**given.points, **rate}),
            red_lines=(*given.red_lines, *lines),
        )
    claimed = [_claimed(draw, issue, parties) for issue in base.issues]
    today = base.status_quo
    if chance(draw, 50):
        today = FrozenMap({**(today or {}), "money": _payments(draw, parties, money.limit)})
    return replace(
        base,
        parties=tuple(replace(party, entitlement=draw(POSITIVE)) for party in base.parties),
        issues=tuple(permuted(draw, [*claimed, money])),
        preferences=FrozenMap(preferences),
        rules=(*base.rules, *((Rule(_budget(draw, parties)),) if chance(draw, 30) else ())),
        status_quo=today,
    )


def _budget(draw: Draw, parties: tuple[str, ...]) -> Condition:
    above, below = draw(among((True, False), (False, True), (True, True)))
    bound = Beyond(draw(PAYMENTS) if above else None, draw(PAYMENTS) if below else None)
    return Condition(FrozenMap({"money": SharesBeyond(FrozenMap({draw(among(*parties)): bound}))}))


def _payments(draw: Draw, parties: tuple[str, ...], limit: Fraction) -> FrozenMap[str, Fraction]:
    """Return payments that sum to 0, nobody paying more than the limit."""
    order: list[str] = permuted(draw, parties)
    *first, last = order
    each = st.sampled_from([limit, -limit, limit / 3, Fraction(0)])
    received = {party: draw(each) / len(first) for party in first}
    return FrozenMap({**received, last: -sum(received.values(), start=Fraction(0))})


def _claimed(draw: Draw, issue: Issue, parties: tuple[str, ...]) -> Issue:
    if not isinstance(issue, Share) or chance(draw, 25):
        return issue
    claims = {party: Fraction(draw(HUNDRED)) for party in parties} if chance(draw, 75) else {}
    return replace(issue, total=draw(POSITIVE), unit=Text("zuz"), claims=FrozenMap(claims))


@st.composite
def item_disputes(draw: Draw) -> Dispute:
    """Disputes between two to four parties over whole items only, often worth the same."""
    parties = NAMES[: draw(among(2, 2, 3, 3, 4))]
    number = draw(between(1, {2: 6, 3: 5, 4: 4}[len(parties)]))
    issues: list[Issue] = [Item(f"item{place}") for place in range(number)]
    worth = st.sampled_from([st.integers(0, 3), st.integers(0, 100), HUGE])
    table: dict[str, dict[str, Table | Linear]] = {}
    for party in parties:
        of, idle = draw(worth), Fraction(draw(among(0, 0, 0, -2, 5)))
        table[party] = {
            issue.id: Table(
                FrozenMap({p: idle + (Fraction(draw(of)) if p == party else 0) for p in parties})
            )
            for issue in issues
        }
    made = plain(draw, issues, parties, table)
    if chance(draw, 70):
        return made
    keeps = Fraction(draw(between(-3, 6)))
    first = replace(made.preferences[parties[0]], walk_away=keeps)
    return replace(made, preferences=FrozenMap({**made.preferences, parties[0]: first}))
