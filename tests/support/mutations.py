"""Random changes to certificates and disputes, and whether what a certificate claims is true."""

from __future__ import annotations

import json
import pickle
from copy import deepcopy
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Any

from tests.support.worlds import Raw, World, hash_of, numbers, text_of, written


def places(holder: Any, key: Any) -> list[tuple[Any, Any]]:
    """Return the holder and the key of a value, then of everything inside it."""
    found = [(holder, key)]
    value = holder[key]
    if isinstance(value, dict):
        inside: Any = value
    elif isinstance(value, list):
        inside = range(len(value))
    else:
        return found
    for inner in inside:
        if isinstance(value[inner], (dict, list)):
            found += places(value, inner)
        else:
            found.append((value, inner))
    return found


def mutated(certificate: Raw, rng: Random) -> Raw:
    """Return a certificate with one to three things changed, its dispute hashed anew as a rule."""
    changed = pickle.loads(pickle.dumps(certificate))  # a deep copy, in a tenth of the time
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        roots = ["proof", "claims", "dispute", "status", "rule", "dispute_hash"]
        root = rng.choices(roots, (10, 3, 8, 1, 1, 0.2))[0]
        holder, key = rng.choice(places(changed, root))
        _change(holder, key, rng, root)
    if rng.random() < 0.95 and isinstance(changed.get("dispute"), dict):
        changed["dispute_hash"] = hash_of(changed["dispute"])
    return changed


STATUSES = ("draw", "uneven", "no_agreement", "complete")
RULES = ("draw", "kalai_smorodinsky", "nash", "egalitarian", "leximin", "utilitarian", "frontier")


def _change(holder: Any, at: Any, rng: Random, root: str) -> None:
    value = holder[at]
    if root == "status":
        holder["status"] = rng.choice(STATUSES)
    elif root == "rule":
        holder["rule"] = rng.choice((*RULES, "adjusted_winner"))
    elif isinstance(value, list):
        _change_list(value, rng)
    elif isinstance(value, dict):
        key = rng.choice([*value, "new"])
        value[key] = value.pop(key, None) if rng.random() < 0.3 else _number(value.get(key), rng)
    else:
        holder[at] = _number(value, rng)


def _change_list(value: list[Any], rng: Random) -> None:
    kind = rng.randrange(5)
    if kind == 0 and value:
        del value[rng.randrange(len(value))]
    elif kind == 1 and value:
        value.insert(rng.randrange(len(value) + 1), deepcopy(rng.choice(value)))
    elif kind == 2:
        rng.shuffle(value)
    elif kind == 3 and value:
        value[rng.randrange(len(value))] = deepcopy(rng.choice(value))
    else:
        value.insert(rng.randrange(len(value) + 1), rng.choice((0, 1, -1, None, [], "1/2")))


def _number(value: Any, rng: Random) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        step = rng.choice((-1, 1, -1, 1, 2, -2, -value, 1 - value, 100, 10**16, Fraction(1, 3)))
        return written(value + step)
    return rng.choice(
        (0, 1, 2, None, True, "1/2", "1/3", "1/20", "x", [], {}, -1, 0.5, str(10**20))
    )


@lru_cache(maxsize=1_000)
def _world(dispute: str, named: str) -> World:
    """Return a dispute's outcomes and those named, which many changes leave as they are."""
    return World(json.loads(dispute), extra=json.loads(named))


def is_true(certificate: Raw) -> bool:
    """Tell whether everything that a certificate claims holds, by looking at every outcome.

    Of a dispute that is not whole the outcomes of a grid and those that are named are looked at: so
    there a false claim can pass, but a true one never fails.
    """
    raw, claims, status = certificate["dispute"], certificate["claims"], certificate["status"]
    world = _world(text_of(raw), text_of(certificate["proof"]["outcomes"]))
    if status == "no_agreement":
        return not world.x and _conflicts_hold(world, certificate)
    if certificate["rule"] == "frontier":
        return _is_frontier(world, claims["points"])
    here = len(world.outcomes) - len(certificate["proof"]["outcomes"])
    u, units = world.u[here], numbers(raw["units"])

    def points(values: list[Any]) -> list[Any]:
        return [written(Fraction(v) / unit) for v, unit in zip(values, units, strict=True)]

    gains = world.gains(u)
    apart = max(gains) - min(gains) if len(gains) > 1 else None
    figures = [
        here in world.x,
        claims["utilities"] == points(u),
        claims["walk_away"] == points(world.d),
        claims["ideals"] == points(world.ideals),
        [Fraction(g) for g in claims["gains"] if g is not None] == gains,
        claims["imbalance"] == (None if apart is None else written(apart)),
        claims.get("group_imbalance", 0) == (written(world.apart[here]) if raw["groups"] else 0),
    ]
    return all(figures) and _is_chosen(world, certificate, here, apart)


def _is_chosen(world: World, certificate: Raw, here: int, apart: Fraction | None) -> bool:
    rule, u, draws = certificate["rule"], world.u[here], world.draws
    if rule == "draw" and certificate["status"] == "draw":
        best = max((sorted(world.gains(world.u[j])) for j in draws), default=None)
        return here in draws and sorted(world.gains(u)) == best
    if rule == "draw":
        return not draws and not world.better("kalai_smorodinsky", u)
    better = world.better(rule, u)
    if "bound" in certificate["claims"]:
        most = Fraction(certificate["claims"]["bound"])
        products = [_product(world.gains(world.u[j])) for j in world.x]
        better = [] if max(products) <= most else [0]
    if world.continuous:  # whether it is undominated cannot be seen at a grid
        return not better and (certificate["status"] == "draw") <= (here in draws)
    return not better and (certificate["status"] == "draw") == (here in draws)


def _product(values: list[Fraction]) -> Fraction:
    found = Fraction(1)
    for value in values:
        found *= value
    return found


def _conflicts_hold(world: World, certificate: Raw) -> bool:
    broken = [world.broken(o, u) for o, u in zip(world.outcomes, world.u, strict=True)]
    for conflict in certificate["proof"]["conflicts"]:
        limits = set(conflict["limits"])
        spared = [limits - {limit} for limit in limits]
        if not all(b & limits for b in broken) or not all(
            any(not b & s for b in broken) for s in spared
        ):
            return False
    return certificate["claims"]["walk_away"] == [
        written(Fraction(d) / unit)
        for d, unit in zip(world.d, numbers(world.raw["units"]), strict=True)
    ]


def _is_frontier(world: World, claimed: list[Any]) -> bool:
    units = numbers(world.raw["units"])
    named = {
        tuple(Fraction(v) * unit for v, unit in zip(point, units, strict=True)) for point in claimed
    }
    found = {tuple(map(Fraction, world.u[j])) for j in world.undominated()}
    if world.continuous:
        return named <= found
    return named == found
