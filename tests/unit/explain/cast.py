"""Disputes made by hand, and settlements for them, to be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from hikiwake.model import (
    Bonus,
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    Group,
    Item,
    Linear,
    OneOf,
    Option,
    Outcome,
    Party,
    Preference,
    RedLine,
    Rule,
    Share,
    Table,
    Text,
    Value,
)
from hikiwake.settlement import (
    Change,
    EvenButDearer,
    Exactness,
    Gains,
    GroupShares,
    IssueView,
    Package,
    Settlement,
    Status,
)


def table(**points: int | str) -> Table:
    """Return points for options."""
    return Table(FrozenMap({option: Fraction(p) for option, p in points.items()}))


def when(**tests: str) -> Condition:
    """Return a combination of single values."""
    return Condition(FrozenMap({issue: OneOf(frozenset({v})) for issue, v in tests.items()}))


def package(dispute: Dispute, outcome: Mapping[str, Value], **gains: str | None) -> Package:
    """Return a package with the parties' true points and the gains that the test states."""
    exact = {party: None if g is None else Fraction(g) for party, g in gains.items()}
    known = [gain for gain in exact.values() if gain is not None]
    return Package(
        FrozenMap(outcome),
        FrozenMap({party: dispute.utility(party, outcome) for party in dispute.party_ids}),
        FrozenMap(exact),
        max(known) - min(known) if len(known) > 1 else None,
    )


def package_of(settlement: Settlement) -> Package:
    """Return the package of a settlement that has one."""
    assert settlement.package is not None
    return settlement.package


def settled(dispute: Dispute, found: Package | None, status: Status, **more: Any) -> Settlement:
    """Return a settlement with the views and changes that belong to a package."""
    settlement: dict[str, Any] = {
        "rule": "draw",
        "status": status,
        "exactness": Exactness.EXACT,
        "engine": "brute_force",
        "parties": dispute.party_ids,
        "walk_away": FrozenMap({p: dispute.walk_away(p) for p in dispute.party_ids}),
        "ideals": FrozenMap(dict.fromkeys(dispute.party_ids, Fraction(100))),
        "tolerance": dispute.tolerance,
        "price": dispute.price,
        "searched": 25_600,
        "package": found,
        "ties": 1 if found else 0,
        "illustrative": dispute.illustrative,
    }
    if found is not None:
        views = {p: tuple(_views(dispute, p, found.outcome)) for p in dispute.party_ids}
        settlement["views"] = FrozenMap(views)
        settlement["changes"] = tuple(_changes(dispute, found.outcome))
    return Settlement(**(settlement | more))


def _views(dispute: Dispute, party: str, outcome: Outcome) -> Iterator[IssueView]:
    points = dispute.preferences[party].points
    for issue in dispute.issues:
        own, decided = points.get(issue.id), outcome[issue.id]
        if own is None:
            yield IssueView(issue.id, decided, Fraction(0), (), Fraction(0), False)
        elif isinstance(own, Table):
            best = max(own.points.values())
            hopes = tuple(v for v, p in own.points.items() if p == best)
            yield IssueView(issue.id, decided, own.value(party, decided), hopes, best, True)
        elif isinstance(own, Linear):
            hope = FrozenMap({p: Fraction(p == party) for p in dispute.party_ids})
            worth = own.value(party, decided)
            yield IssueView(issue.id, decided, worth, (hope,), own.whole, True)


def _changes(dispute: Dispute, outcome: Outcome) -> Iterator[Change]:
    for issue in dispute.issues:
        if not isinstance(issue, Choice | Item):
            continue
        for value in dispute.values_of(issue):
            if value != outcome[issue.id]:
                changed = FrozenMap({**outcome, issue.id: value})
                effects = {
                    p: dispute.utility(p, changed) - dispute.utility(p, outcome)
                    for p in dispute.party_ids
                }
                yield Change(issue.id, value, dispute.allows(changed), FrozenMap(effects))


def heirs(**more: Any) -> Dispute:
    """Return two heirs: an item, a share and a choice, a public line, red lines and a bonus."""
    ann = Preference(
        "ann",
        FrozenMap(
            {
                "house": table(ann=55, ben=5, sold=20),
                "savings": Linear(Fraction(30)),
                "move_out": table(june=0, december=15),
            }
        ),
        (RedLine(when(house="ben", move_out="june"), Text("I need the summer")),),
        (Bonus(when(house="ann", move_out="december"), Fraction(5)),),
        Fraction(20),
    )
    ben = Preference(
        "ben",
        FrozenMap(
            {
                "house": table(ann=0, ben="40.25", sold=35),
                "savings": Linear(Fraction(6037, 100)),
                "move_out": table(june=9, december=0),
            }
        ),
        (
            RedLine(when(house="sold", move_out="december"), Text("CANARY Ben needs the money")),
            RedLine(when(house="sold", move_out="june"), Text("CANARY Ben has second thoughts")),
        ),
        (Bonus(when(house="ann", move_out="december"), Fraction(7717, 1000)),),
        Fraction(8831, 1000),
    )
    dispute: dict[str, Any] = {
        "parties": (
            Party(
                "ann",
                Text.of({"en": "Ann", "ja": "アン", "ru": "Анна"}),
                "en",
                FrozenMap(
                    {
                        "en": FrozenMap(
                            {
                                "house": "the old place",
                                "move_out.december": "after Christmas shopping",
                            }
                        )
                    }
                ),
            ),
            Party("ben", Text.of({"en": "Ben", "ja": "ベン", "ru": "Бен"}), "en"),
        ),
        "issues": (
            Item(
                "house",
                (Option("sold", Text.of({"en": "sold", "ja": "売却", "ru": "продажа"})),),
                Text.of({"en": "Family house", "ja": "実家", "ru": "Родительский дом"}),
            ),
            Share("savings", Text.of({"en": "Savings", "ja": "預貯金", "ru": "Сбережения"})),
            Choice(
                "move_out",
                (
                    Option("june", Text.of({"en": "By June", "ja": "6月まで", "ru": "До июня"})),
                    Option(
                        "december",
                        Text.of({"en": "By December", "ja": "12月まで", "ru": "До декабря"}),
                    ),
                ),
                Text.of({"en": "Moving out", "ja": "退去の時期", "ru": "Срок выезда"}),
            ),
        ),
        "preferences": FrozenMap({"ann": ann, "ben": ben}),
        "rules": (
            Rule(when(house="ben", move_out="december"), Text("Nobody waits for an empty house")),
            Rule(when(house="sold"), Text("The house stays in the family"), "ann"),
        ),
        "title": Text.of({"en": "Two heirs", "ja": "二人の相続人", "ru": "Два наследника"}),
    }
    return Dispute(**(dispute | more))


HEIRS_PACKAGE: dict[str, Value] = {
    "house": "ann",
    "savings": FrozenMap({"ann": Fraction(1, 21), "ben": Fraction(20, 21)}),
    "move_out": "december",
}


def heirs_settled(dispute: Dispute | None = None, **more: Any) -> tuple[Dispute, Settlement]:
    """Return the heirs and a draw between them."""
    dispute = dispute or heirs()
    found = package(dispute, HEIRS_PACKAGE, ann="4/7", ben="5713/10000")
    return dispute, settled(dispute, found, Status.DRAW, **({"searched": "infinite"} | more))


_ISLANDS = {
    "north": ({"ru": "Итуруп", "en": "Iturup"}, {"ja": "択捉島", "en": "Etorofu"}),
    "middle": ({"ru": "Кунашир", "en": "Kunashir"}, {"ja": "国後島", "en": "Kunashiri"}),
    "east": ({"ru": "Шикотан", "en": "Shikotan"}, {"ja": "色丹島", "en": "Shikotan"}),
}


def islands(**more: Any) -> Dispute:
    """Return islands that two sides name differently, in a group that is not for trade."""
    sides = (
        ("russia", {"en": "Russia", "ja": "ロシア", "ru": "Россия"}, "ru"),
        ("japan", {"en": "Japan", "ja": "日本", "ru": "Япония"}, "ja"),
    )
    owners = (Option("shared", Text.of({"en": "joint", "ja": "共同", "ru": "совместно"})),)
    parties: list[Party] = []
    for place, (side, name, language) in enumerate(sides):
        words: dict[str, dict[str, str]] = {}
        for island, both in _ISLANDS.items():
            for tongue, wording in both[place].items():
                words.setdefault(tongue, {})[island] = wording
        names = FrozenMap({tongue: FrozenMap(w) for tongue, w in words.items()})
        parties.append(Party(side, Text.of(name), language, names))
    treaty = Choice(
        "treaty",
        (
            Option("none", Text.of({"en": "none", "ja": "なし", "ru": "нет"})),
            Option("peace", Text.of({"en": "peace", "ja": "平和条約", "ru": "мирный договор"})),
        ),
        Text.of({"en": "Treaty", "ja": "条約", "ru": "Договор"}),
    )
    preferences = {
        side: Preference(
            side,
            FrozenMap(
                {
                    **{i: table(**{side: 10, "shared": 6, other: 0}) for i in _ISLANDS},
                    "treaty": table(none=0, peace=3 if side == "japan" else 4),
                }
            ),
            walk_away=Fraction(3),
        )
        for side, other in (("russia", "japan"), ("japan", "russia"))
    }
    dispute: dict[str, Any] = {
        "parties": tuple(parties),
        "issues": (*(Item(island, owners) for island in _ISLANDS), treaty),
        "preferences": FrozenMap(preferences),
        "groups": (
            Group(
                "islands",
                tuple(_ISLANDS),
                True,
                Text.of({"en": "The islands", "ja": "島々", "ru": "Острова"}),
            ),
        ),
        "status_quo": FrozenMap({"north": "russia", "middle": "russia", "east": "russia"}),
        "title": Text.of({"en": "Islands", "ja": "島々", "ru": "Острова"}),
        "illustrative": True,
    }
    return Dispute(**(dispute | more))


def islands_settled(**more: Any) -> tuple[Dispute, Settlement]:
    """Return the islands, shared, as a draw."""
    dispute = islands()
    outcome: dict[str, Value] = dict.fromkeys(_ISLANDS, "shared")
    found = package(dispute, outcome | {"treaty": "peace"}, russia="19/31", japan="18/30")
    groups = (
        GroupShares(
            "islands",
            FrozenMap({"russia": Fraction(3, 5), "japan": Fraction(3, 5)}),
            Fraction(0),
            True,
        ),
    )
    return dispute, settled(dispute, found, Status.DRAW, groups=groups, **more)


def uneven(**more: Any) -> Settlement:
    """Return an uneven settlement of the islands, with a mirror, ties, and an even one beside."""
    dispute = islands()
    shared = dict.fromkeys(("north", "middle", "east"), "shared")
    one = {"north": "russia", "middle": "shared", "east": "japan", "treaty": "peace"}
    two = {"north": "japan", "middle": "shared", "east": "russia", "treaty": "peace"}
    found = package(dispute, one, russia="9/10", japan="1/5")
    mirror = package(dispute, two, russia="1/5", japan="9/10")
    beside = package(dispute, {**shared, "treaty": "none"}, russia="1/4", japan="1/4")
    costs: Gains = FrozenMap({"russia": Fraction(13, 20), "japan": Fraction(-1, 20)})
    known: dict[str, Any] = {
        "ahead": ("russia",),
        "twins": 1,
        "mirrors": (mirror,),
        "ties": 2,
        "tied": (found.outcome, beside.outcome),
        "even_but_dearer": EvenButDearer(beside, costs),
    }
    return settled(dispute, found, Status.UNEVEN, **(known | more))
