"""What tests of the meter share: packages, words, disputes as they would be, and random ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

from hikiwake.findings.talks import Hiding, Interval, Talks, Told, Word
from hikiwake.model import (
    Amount,
    Answer,
    Beyond,
    Bonus,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    OneOf,
    Option,
    Outcome,
    Party,
    Preference,
    RedLine,
    Rule,
    SharesBeyond,
    Table,
)
from hikiwake.model.condition import Test
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.together import Together
from hikiwake.options.disclosure.between_two.seen import same_told
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.hidden.members import Member
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.told.asked import settled_for

Case = tuple[Dispute, Hiding, Talks]
Spans = dict[tuple[str, Answer], Interval]  # of each number of each side that hides

F = Fraction
NAMES = ("ann", "ben", "cem", "dan")
GRIDS_OF_TWO = (
    Hiding(F(100), F(50), F(25)),
    Hiding(F(99), F(33), F(33)),
    Hiding(F(100), F(25), F(50)),
)
GRIDS = (
    Hiding(F(100), F(50), F(50)),
    Hiding(F(100), F(50), F(25)),
    Hiding(F(99), F(33), F(33)),
    Hiding(F(100), F(25), F(50)),
)


def all_packages(dispute: Dispute) -> list[Outcome]:
    """Return every package of whole issues."""
    ids = [issue.id for issue in dispute.issues]
    ways = [dispute.decisions_of(issue) or () for issue in dispute.issues]
    return [FrozenMap(dict(zip(ids, values, strict=True))) for values in product(*ways)]


def told_about(dispute: Dispute, *outcomes: Outcome) -> tuple[Told, ...]:
    """Return what would be told about some packages."""
    adjusting = Adjusting(dispute)
    return tuple(Told(1, outcome, adjusting.word(outcome)) for outcome in outcomes)


def with_own(dispute: Dispute, own: Sequence[Preference]) -> Dispute:
    """Return a dispute as it would be if some sides wanted something else."""
    changed = FrozenMap({**dispute.preferences, **{one.party: one for one in own}})
    return replace(dispute, preferences=changed)


def with_member(dispute: Dispute, own: Preference) -> Dispute:
    """Return the same of one side."""
    return with_own(dispute, [own])


def members_of(table: Together | Blends, own: Sequence[Preference]) -> tuple[Member, ...]:
    """Return preferences on the grid as members of it."""
    return tuple(shape.member(one) for shape, one in zip(table.shapes, own, strict=True))


def drawn_points(party: str, issues: list[Issue], chance: Random) -> Preference:
    """Return a side's points for some whole issues, and its walk-away value, at random."""
    points: dict[str, Table | Curve] = {}
    for issue in issues:
        if isinstance(issue, Choice):
            worths = {
                one.id: F(chance.randint(0, 30), chance.choice((1, 3))) for one in issue.options
            }
            points[issue.id] = Table(FrozenMap(worths))
        else:
            points[issue.id] = Curve(tuple((F(at), F(chance.randint(0, 20))) for at in (0, 10)))
    return Preference(party, FrozenMap(points), walk_away=F(chance.choice((0, 0, 10, 20))))


def drawn(chance: Random, sides: int = 3, issues: int | None = None) -> Dispute:
    """Return a dispute of several sides at random with amounts, rules, red lines and bonuses."""
    found: list[Issue] = []
    for n in range(issues or chance.randint(1, 3)):
        if chance.random() < 0.2:
            found.append(Amount(f"i{n}", F(0), F(10), step=F(5)))
        else:
            options = (Option(f"o{k}") for k in range(chance.randint(2, 3)))
            found.append(Choice(f"i{n}", tuple(options)))
    names = NAMES[:sides]
    said = [_condition(found, chance) for _ in range(3)]
    rules = [Rule(one) for one in said[:1] if one.tests and chance.random() < 0.4]
    preferences = {name: drawn_points(name, found, chance) for name in names}
    if said[1].tests and chance.random() < 0.3:
        line, bonus = (RedLine(said[1]),), (Bonus(said[2], F(chance.randint(1, 9))),)
        preferences["ann"] = replace(preferences["ann"], red_lines=line, bonuses=bonus)
    return Dispute(
        tuple(map(Party, names)),
        tuple(found),
        FrozenMap(preferences),
        rules=tuple(rules),
        tolerance=chance.choice((F(0), F(1, 20), F(1, 4), F(1, 2), F(3, 4))),
    )


def drawn_with_price(chance: Random, sides: int = 3) -> Dispute:
    """Return the same with a price for draws, and perhaps a status quo."""
    dispute = drawn(chance, sides)
    today = chance.choice(all_packages(dispute)) if chance.random() < 0.4 else None
    price = chance.choice((F(0), F(1, 10), F(1, 3), F(1)))
    return replace(dispute, price=price, status_quo=today)


def _condition(issues: list[Issue], chance: Random) -> Condition:
    choices = [issue.id for issue in issues if isinstance(issue, Choice)]
    some = chance.sample(choices, min(2, len(choices)))
    return Condition(FrozenMap({issue: OneOf(frozenset({"o0"})) for issue in some}))


def settled_spans(case: Case, observers: tuple[str, ...], most: int) -> Spans | None:
    """Return each interval over all worlds that would have told and shown the same, each settled
    by itself. None: they are too many."""
    dispute, grid, talks = case
    hidden = [party for party in dispute.party_ids if party not in observers]
    own = [list(hidden_preferences(dispute, party, grid)) for party in hidden]
    if prod(map(len, own)) > most:
        return None
    possible = [one.outcome for one in talks.told if one.word is not Word.NOT_POSSIBLE]
    possible += [] if talks.shown is None else [talks.shown]
    found = Spans()
    for world in product(*own):
        would_be = with_own(dispute, list(world))
        pairs = product(hidden, possible)
        if any(would_be.utility(p, one) < would_be.walk_away(p) for p, one in pairs):
            continue
        if same_told(Adjusting(would_be), dispute, observers, talks):
            for one in world:
                for answer, number in numbers_of(dispute, one).items():
                    held = found.get((one.party, answer), Interval(number, number))
                    span = Interval(min(held.low, number), max(held.high, number))
                    found[one.party, answer] = span
    return found


def compared(
    case: Case,
    views: Iterable[tuple[str, ...]],
    spans_of: Callable[[Case, tuple[str, ...]], Spans | None],
    ends_of: Callable[..., Mapping[str, Ends] | None],
) -> Counter[str]:
    """Compare every interval of what was shown with that of all worlds; return what was seen.

    Views of which ``spans_of`` finds too many worlds are passed over.
    """
    seen, (dispute, grid, talks) = Counter[str](), case
    for observers in views:
        spans = spans_of(case, observers)
        if spans is None:
            continue
        found = ends_of(dispute, observers, talks, grid)
        assert found != {}
        assert (found is None) is (not spans)
        for (party, answer), span in spans.items():
            assert found is not None
            assert found[party].bound[answer] == found[party].sure[answer] == span
        settled = settled_for(dispute, observers[0])
        seen["draw" if settled is not None and settled[1] else "uneven"] += 1
        hiding = len(dispute.party_ids) - len(observers)
        seen["nothing" if found is None else f"{hiding} hide"] += 1
    return seen


def said_inside(dispute: Dispute, chance: Random) -> Dispute:
    """Return a dispute with a rule, red line or bonus, or several, wholly inside a group.

    Of the red lines and the bonuses the first side's.
    """
    group = chance.choice(dispute.groups)
    kinds = chance.sample(("rule", "line", "bonus"), chance.choice((1, 1, 2, 3)))
    rules, own = [*dispute.rules], dispute.preferences[dispute.party_ids[0]]
    for kind in kinds:
        issues = [dispute.issue(issue) for issue in group.issues]
        if kind == "bonus":
            issues = [issue for issue in issues if dispute.decisions_of(issue) is not None]
        some = chance.sample(issues, chance.randint(1, min(2, len(issues)))) if issues else []
        tests = {issue.id: _test(dispute, issue, chance) for issue in some}
        if not tests:
            continue
        said = Condition(FrozenMap(tests))
        if kind == "rule":
            rules.append(Rule(said))
        elif kind == "line":
            own = replace(own, red_lines=(*own.red_lines, RedLine(said)))
        else:
            points = F(chance.choice((-15, -5, 10, 20)), chance.choice((1, 3)))
            own = replace(own, bonuses=(*own.bonuses, Bonus(said, points)))
    return replace(with_member(dispute, own), rules=tuple(rules))


def _test(dispute: Dispute, issue: Issue, chance: Random) -> Test:
    whole, part = dispute.decisions_of(issue), F(chance.randint(1, 3), chance.choice((4, 4, 5)))
    if whole is not None:
        chosen = chance.choice(whole)
        assert not isinstance(chosen, FrozenMap)
        return OneOf(frozenset({chosen}))
    bounds = (None, part) if chance.random() < 0.5 else (part, None)
    if isinstance(issue, Amount):
        return Beyond(*(bound and 10 * bound for bound in bounds))
    return SharesBeyond(FrozenMap({chance.choice(dispute.party_ids): Beyond(*bounds)}))
