"""What a settlement says that the referee does not, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Any

from hikiwake.model import Amount, Curve, Linear, Table
from hikiwake.settlement import MAX_LISTED, Exactness, Package, Settlement, Status
from tests.conformance.definitions import (
    Conflict,
    Count,
    Vector,
    decisions,
    on_curve,
    points,
    spread,
)
from tests.conformance.oracle import Enumeration, Referee

MOST_CONFLICTS = 20


def differences(referee: Referee, rule: str, engine: str, settlement: Settlement) -> list[str]:
    """Return everything in which a settlement differs from the definitions.

    What was found right is kept with the referee: another engine that answers the very same, and
    another rule that says the same of the same package, are right as well.
    """
    answer = replace(settlement, rule="", engine="", seconds=0.0)
    about = replace(answer, twins=0, mirrors=(), even_but_dearer=None)
    return [
        *_same("rule", settlement.rule, rule),
        *_same("engine", settlement.engine, engine),
        *_once(referee, "", about, _about_the_package(referee, about)),
        *_once(referee, rule, answer, _by_the_rule(referee, rule, answer)),
    ]


def _once(referee: Referee, what: str, found: Settlement, wrong: Iterator[str]) -> list[str]:
    """Return what is wrong, unless the very same was right before."""
    right = referee.right.setdefault(what, [])
    if found in right:
        return []
    if not (differences := list(wrong)):
        right.append(found)
    return differences


def _about_the_package(referee: Referee, settlement: Settlement) -> Iterator[str]:
    """Yield what is wrong in what is said of a package, whichever rule has chosen it."""
    parties, dispute = referee.parties, referee.dispute
    yield from _same("exactness", settlement.exactness, Exactness.EXACT)
    yield from _same("walk_away", _vector(referee, settlement.walk_away), referee.walk)
    yield from _same("tolerance", settlement.tolerance, dispute.tolerance)
    yield from _same("price", settlement.price, dispute.price)
    whole = len(referee.all) if isinstance(referee, Enumeration) else "infinite"
    yield from _same("searched", settlement.searched, whole)
    if referee.ideal is None:
        yield from _without_agreement(referee, settlement)
        return
    if settlement.package is None:
        yield f"status {settlement.status} without a package, but there is an agreement"
        return
    yield from _same("ideals", _vector(referee, settlement.ideals), referee.ideal)
    left_out = [p for i, p in enumerate(parties) if i not in referee.compared]
    yield from _same("left_out", list(settlement.left_out), left_out)
    yield from _same("conflicts", settlement.conflicts, ())
    yield from _package("package", referee, settlement.package)
    vector = referee.worth(settlement.package.outcome)
    status = Status.DRAW if referee.is_draw(vector) else Status.UNEVEN
    yield from _same("status", settlement.status, status)
    yield from _ahead(referee, settlement, vector)
    yield from _ties(referee, settlement, vector)
    yield from _groups(referee, settlement)
    yield from _changes(referee, settlement)
    yield from _views(referee, settlement)


def _by_the_rule(referee: Referee, rule: str, settlement: Settlement) -> Iterator[str]:
    """Yield what is wrong in what a rule has chosen, and in what stands beside that."""
    if referee.ideal is None:
        yield from _same("twins", settlement.twins, 0)
        return
    if settlement.package is None:
        return
    vector = referee.worth(settlement.package.outcome)
    if not referee.accepts(rule, vector):
        yield f"answers {_text(vector)}, expected {[_text(v) for v in referee.answers(rule)]}"
        return
    yield from _twins(referee, rule, settlement, vector)
    yield from _first(referee, rule, settlement)
    yield from _dearer(referee, rule, settlement)


def twin_vectors(referee: Referee, rule: str, vector: Vector) -> list[Vector]:
    """Return the other answers of a rule with equal sorted gains."""
    assert referee.ideal is not None
    compared, gains = referee.compared, referee.gains(vector)
    found: set[Vector] = set()
    for order in permutations(compared):
        other = list(vector)
        for here, there in zip(compared, order, strict=True):
            gain, low, high = gains[there], referee.walk[here], referee.ideal[here]
            assert gain is not None
            other[here] = low + gain * (high - low)
        found.add(tuple(other))
    return [v for v in found - {vector} if referee.accepts(rule, v)]


def total(counts: list[Count]) -> Count:
    """Return the sum of some counts."""
    numbers = [count for count in counts if count != "infinite"]
    return "infinite" if len(numbers) < len(counts) else sum(numbers)


def conflicts_of(settlement: Settlement) -> set[Conflict]:
    """Return the conflicts of a settlement as the referee names them."""
    return {
        frozenset(
            (limit.kind, None if limit.kind == "rule" else limit.party, limit.place)
            for limit in conflict.limits
        )
        for conflict in settlement.conflicts
    }


def _without_agreement(referee: Referee, settlement: Settlement) -> Iterator[str]:
    yield from _same("status", settlement.status, Status.NO_AGREEMENT)
    yield from _same("package", settlement.package, None)
    yield from _same("ties", settlement.ties, 0)
    found, expected = conflicts_of(settlement), referee.conflicts()
    if len(found) != len(settlement.conflicts) or not all(c.smallest for c in settlement.conflicts):
        yield "conflicts that come twice, or are not said to be smallest"
    if found - expected or len(found) != min(len(expected), MOST_CONFLICTS):
        yield f"conflicts {sorted(map(sorted, found), key=str)}, expected {expected}"


def _package(what: str, referee: Referee, package: Package) -> Iterator[str]:
    """Yield what is wrong with a package's numbers, or with its being kept at all."""
    if not referee.is_kept(package.outcome):
        yield f"{what} {package.outcome} breaks something: {referee.breaks(package.outcome)}"
    vector = referee.worth(package.outcome)
    yield from _same(f"{what}: utilities", _vector(referee, package.utilities), vector)
    yield from _same(f"{what}: gains", _vector(referee, package.gains), referee.gains(vector))
    yield from _same(f"{what}: imbalance", package.imbalance, referee.imbalance(vector))


def _ahead(referee: Referee, settlement: Settlement, vector: Vector) -> Iterator[str]:
    gains, ahead = referee.gains(vector), []
    imbalance = referee.imbalance(vector)
    if imbalance is not None and imbalance > referee.dispute.tolerance:
        most = max(gain for gain in gains if gain is not None)
        ahead = [p for p, gain in zip(referee.parties, gains, strict=True) if gain == most]
    yield from _same("ahead", list(settlement.ahead), ahead)


def _ties(referee: Referee, settlement: Settlement, vector: Vector) -> Iterator[str]:
    ties = referee.ties(vector)
    yield from _same("ties", settlement.ties, ties)
    tied = set(settlement.tied)
    yield from _same("tied outcomes listed twice", len(settlement.tied) - len(tied), 0)
    for outcome in tied:
        if not referee.is_kept(outcome) or referee.worth(outcome) != vector:
            yield f"tied {outcome} is no tie"
    if ties != "infinite":
        yield from _same("tied outcomes listed", len(tied), min(ties, MAX_LISTED))


def _twins(referee: Referee, rule: str, settlement: Settlement, vector: Vector) -> Iterator[str]:
    others = twin_vectors(referee, rule, vector)
    twins = total([referee.ties(other) for other in others])
    yield from _same("twins", settlement.twins, twins)
    for mirror in settlement.mirrors:
        yield from _package("mirror", referee, mirror)
    found = {referee.worth(mirror.outcome) for mirror in settlement.mirrors}
    if not found <= set(others):
        yield f"mirrors {found}, expected {others}"
    if twins != "infinite":
        distinct = {mirror.outcome for mirror in settlement.mirrors}
        yield from _same("mirrors listed", len(distinct), min(twins, MAX_LISTED))
        if twins <= MAX_LISTED:
            yield from _same("mirrors", found, set(others))


def _first(referee: Referee, rule: str, settlement: Settlement) -> Iterator[str]:
    """Yield whether another answer needs fewer changes from the status quo."""
    if isinstance(referee, Enumeration) and settlement.outcome is not None:
        fewest = min(
            referee.changes(outcome)
            for vector in referee.answers(rule)
            for outcome in referee.tied(vector)
        )
        yield from _same("changes from today", referee.changes(settlement.outcome), fewest)


def _dearer(referee: Referee, rule: str, settlement: Settlement) -> Iterator[str]:
    beside = settlement.even_but_dearer
    expected = frozenset[Vector]()
    if rule == "draw" and settlement.status is Status.UNEVEN:
        expected = referee.even_but_dearer()
    if beside is None or not expected:
        yield from _same("even but dearer", beside, next(iter(expected), None))
        return
    yield from _package("even but dearer", referee, beside.package)
    vector = referee.worth(beside.package.outcome)
    if vector not in expected:
        yield f"even but dearer {_text(vector)}, expected {[_text(v) for v in expected]}"
    assert settlement.outcome is not None
    costs = referee.costs(vector, referee.worth(settlement.outcome))
    yield from _same("costs", _vector(referee, beside.costs), costs)


def _groups(referee: Referee, settlement: Settlement) -> Iterator[str]:
    found = {group.group: group for group in settlement.groups}
    yield from _same("groups", sorted(found), sorted(referee.group_ids))
    assert settlement.outcome is not None
    for name, issues in zip(referee.group_ids, referee.guarded, strict=True):
        if name in found:
            shares, group = referee.shares_in(issues, settlement.outcome), found[name]
            imbalance = spread(shares)
            even = imbalance is None or imbalance <= referee.dispute.tolerance
            yield from _same(f"group {name}: shares", dict(group.shares), shares)
            yield from _same(f"group {name}: imbalance", group.imbalance, imbalance)
            yield from _same(f"group {name}: even", group.even, even)


def _changes(referee: Referee, settlement: Settlement) -> Iterator[str]:
    outcome = settlement.outcome
    assert outcome is not None
    for change in settlement.changes:
        other = {**outcome, change.issue: change.value}
        effects = {
            party: after - before
            for party, after, before in zip(
                referee.parties, referee.worth(other), referee.worth(outcome), strict=True
            )
        }
        yield from _same(f"change of {change.issue}: effects", dict(change.effects), effects)
        yield from _same(
            f"change of {change.issue} to {change.value}: allowed",
            change.allowed,
            referee.is_kept(other),
        )


def _views(referee: Referee, settlement: Settlement) -> Iterator[str]:
    """Yield what is wrong with the issues as each party sees them."""
    dispute, outcome = referee.dispute, settlement.outcome
    assert outcome is not None
    yield from _same("views", set(settlement.views), set(referee.parties))
    for party, views in settlement.views.items():
        names = [view.issue for view in views]
        yield from _same(f"views of {party}", names, [issue.id for issue in dispute.issues])
        for view in views:
            what = f"view of {party} on {view.issue}"
            table = dispute.preferences[party].points.get(view.issue)
            yield from _same(f"{what}: decided", view.decided, outcome[view.issue])
            here = points(dispute, party, outcome, [view.issue], bonuses=False)
            yield from _same(f"{what}: points", view.points, here)
            worths: dict[Any, Fraction] = {}
            if isinstance(table, Table):
                worths = dict(table.points)
            elif isinstance(table, Curve):
                amount = dispute.issue(view.issue)
                assert isinstance(amount, Amount)
                worths = {n: on_curve(table, n) for n in decisions(dispute, amount)}
            if worths:
                most = max(worths.values())
                best = {value for value, worth in worths.items() if worth == most}
                matters = min(worths.values()) < most
                yield from _same(f"{what}: matters", view.matters, matters)
                yield from _same(f"{what}: hoped", view.hoped, most)
                yield from _same(f"{what}: hopes", set(view.hopes), best if matters else set())
            elif isinstance(table, Linear):
                yield from _same(f"{what}: hoped", view.hoped, max(Fraction(0), table.whole))
            else:
                yield from _same(f"{what}: matters", view.matters, False)


def _same(what: str, found: Any, expected: Any) -> Iterator[str]:
    if found != expected:
        yield f"{what}: {_text(found)}, expected {_text(expected)}"


def _vector(referee: Referee, by_party: Any) -> tuple[Any, ...]:
    return tuple(by_party[party] for party in referee.parties)


def _text(value: Any) -> str:
    return f"({', '.join(map(str, value))})" if isinstance(value, tuple) else str(value)
