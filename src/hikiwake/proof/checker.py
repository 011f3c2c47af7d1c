"""Checks a certificate: re-establishes what a settlement claims, sharing no code with its maker.

    python checker.py settlement.cert.json [dispute.json] [--steps N]

Any Python from 3.9 on, and nothing else. docs/reference/certificate.md describes the format, and
the names here are that page's: i is a party of n, k an issue, j an option, s a share, f its parts;
u are utilities, d walk-away values, a ideals, z zeros. C are the compared parties, and
g = (u − z) · factor their scaled gains. A pair (v, ε) asks for at least v, or where ε is 1 for more
than v. In a node U bounds the utilities, and M the sum Σ λ_i g_i.
"""

from __future__ import annotations

import gc
import hashlib
import heapq
import json
import re
import sys
from fractions import Fraction
from itertools import chain, count, permutations, product, repeat
from math import ceil, floor, gcd, lcm, prod
from operator import add, ge
from pathlib import Path
from typing import Any, NamedTuple

USAGE = "checker.py settlement.cert.json [dispute.json] [--steps N]"
MAX_BYTES, MAX_DEPTH, MAX_VALUES, MAX_STEPS = 16 * 2**20, 12, 2_000_000, 5_000_000
MAX_BITS, MAX_ROW_BITS, MAX_SAFE = 10_000, 512, 2**53 - 1
MAX_PARTIES, MAX_THINGS, MAX_COMBINATIONS, MAX_CODES = 100, 10_000, 200_000, 1_000_000


class Refused(Exception):
    """Why a certificate does not hold: one of the page's codes, and words."""

    def __init__(self, code, words):
        super().__init__(code, words)
        self.code, self.words = code, words


def demand(holds, code, words):
    """Refuse unless this holds."""
    if not holds:
        raise Refused(code, words)


# --- text and numbers ----------------------------------------------------------------------------


def canonical(value):
    """Return the canonical bytes (RFC 8785) of a value that has no floats."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode()


def parse(data):
    """Return the value of a canonical JSON text."""
    data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
    demand(len(data) <= MAX_BYTES, "too-large", "more than 16 MiB of text")
    data = data[:-1] if data.endswith(b"\n") else data
    plain = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    demand(plain.count(b'"') <= 4 * MAX_VALUES, "too-large", "more than 4,000,000 texts")
    bare = b"".join(plain.split(b'"')[::2])
    values = bare.count(b",") + bare.count(b"[") + bare.count(b"{")
    demand(values <= MAX_VALUES, "too-large", "more than 2,000,000 values")
    nest = bare.translate(None, bytes(set(range(256)) - set(b"[]{}")))
    nest = nest.replace(b"{", b"[").replace(b"}", b"]")
    for _ in range(MAX_DEPTH):
        nest = nest.replace(b"[]", b"")
    demand(b"[]" not in nest, "too-large", "more than 12 levels of brackets")
    collecting = gc.isenabled()
    gc.disable()  # a text holds no cycles, and looking for them would take most of the time
    try:
        value = json.loads(data.decode(), parse_int=_safe, parse_float=_safe, parse_constant=_safe)
        same = canonical(value) == data
    except (ValueError, RecursionError):
        same, value = False, None
    finally:
        (gc.enable if collecting else gc.disable)()
    demand(same, "shape", "no canonical JSON (RFC 8785) of integers")
    return value


def _safe(digits):
    found = int(digits[:20])  # ValueError: a float
    if abs(found) > MAX_SAFE:
        raise ValueError(digits)
    return found


def text(value):
    """Read a text."""
    demand(type(value) is str, "shape", "a text is needed")
    return value


def index(value):
    """Read a place or another small integer."""
    demand(type(value) is int, "shape", "a place is needed")
    return value


def number(value, bits=MAX_BITS):
    """Read a number: an integer, or a fraction in lowest terms."""
    if type(value) is not int:
        demand(
            re.fullmatch("-?[1-9][0-9]*(/[1-9][0-9]*)?", text(value)),
            "shape",
            "a text that is no number",
        )
        above, _, below = value.partition("/")
        demand(
            max(len(above), len(below)) <= bits // 3,
            "too-large",
            "too many digits",
        )
        p, q = int(above), int(below or 1)
        plain = q > 1 if below else abs(p) > MAX_SAFE
        demand(plain and gcd(p, q) == 1, "shape", "a number that is written in another way")
        value = Fraction(p, q) if below else p
    demand(
        max(abs(value.numerator), value.denominator) < 2**bits,
        "too-large",
        "a number of too many bits",
    )
    return value


def whole(value, bits=MAX_BITS):
    """Read a number that must be an integer."""
    found = number(value, bits)
    demand(type(found) is int, "shape", "a whole number is needed")
    return found


def common(values):
    """Refuse numbers that have no common denominator of at most 10,000 bits."""
    shared = 1
    for value in values:
        shared = lcm(shared, value.denominator)
        demand(shared < 2**MAX_BITS, "too-large", "a common denominator of more than 10,000 bits")


def read(value, shape) -> Any:
    """Return a value with its numbers read, or refuse it because it has another shape.

    A shape is one of the functions above, a list [shape, at most so many], a tuple with a shape for
    each place, or an object; a key with "?" may be missing.
    """
    if callable(shape):
        return shape(value)
    if isinstance(shape, dict):
        demand(type(value) is dict, "shape", "an object is needed")
        keys = {key.rstrip("?"): key for key in shape}
        missing = {key for key in shape if key[-1] != "?"} - set(value)
        demand(not missing and set(value) <= set(keys), "shape", "keys missing or unknown")
        return {key: read(value[key], shape[keys[key]]) for key in value}
    demand(type(value) is list, "shape", "a list is needed")
    if isinstance(shape, tuple):
        return [read(v, s) for v, s in zip(sized(value, len(shape)), shape)]
    demand(len(value) <= shape[1], "too-large", f"a list of more than {shape[1]}")
    return [read(v, shape[0]) for v in value]


def maybe(shape):
    """Return the shape of what may be null."""
    return lambda value: None if value is None else read(value, shape)


def sized(values, count):
    """Return a list that must have so many entries."""
    demand(len(values) == count, "shape", f"a list of {count} is needed")
    return values


# --- the dispute ---------------------------------------------------------------------------------

WHEN = {
    "options": [(index, [index, MAX_COMBINATIONS]), MAX_THINGS],
    "shares": [(index, index, maybe(number), maybe(number)), MAX_THINGS],
}
POINTS = [[whole, MAX_PARTIES], MAX_COMBINATIONS]
NAMES = [lambda name: name if type(name) is str else number(name), MAX_COMBINATIONS]
STEPPED = {"id": text, "options": NAMES, "points": POINTS}
NUMBERS = [number, MAX_COMBINATIONS]
SMOOTH = {"id": text, "from": NUMBERS, "to": NUMBERS, "points": POINTS, "changes": POINTS}
DISPUTE = {
    "hikiwake_dispute": index,
    "parties": [text, MAX_PARTIES],
    "units": [whole, MAX_PARTIES],
    "walk_away": [whole, MAX_PARTIES],
    "tolerance": number,
    "price": number,
    "issues": [
        lambda one: read(one, SMOOTH if isinstance(one, dict) and "from" in one else STEPPED),
        MAX_THINGS,
    ],
    "shares": [{"id": text, "points": [whole, MAX_PARTIES], "limit?": number}, MAX_THINGS],
    "never": [{"kind": text, "party": maybe(index), "place": index, "when": WHEN}, MAX_THINGS],
    "bonuses": [{"party": index, "points": whole, "when": WHEN}, MAX_THINGS],
    "groups": [{"id": text, "issues": [index, MAX_THINGS]}, MAX_THINGS],
}


class Beyond(NamedTuple):
    """The literal sign · f > value: a part of a share lies above value, or below −value."""

    share: int
    party: int
    sign: int
    value: Fraction

    def certain(self, node):
        """Tell whether it holds everywhere in a node."""
        return node.least(self.share, self.party, self.sign) > self.value

    def impossible(self, node):
        """Tell whether it holds nowhere in a node."""
        return -node.least(self.share, self.party, -self.sign) <= self.value

    def fail(self, node):
        """Keep of a node where it does not hold."""
        opposite = node.least(self.share, self.party, -self.sign)
        node.bounds[self.share, self.party, -self.sign] = max(opposite, -self.value)


class Among(NamedTuple):
    """The literal that a part's option is one of a set."""

    part: int
    options: frozenset

    def certain(self, node):
        """Tell whether it holds everywhere in a node."""
        return node.domains[self.part] <= self.options

    def impossible(self, node):
        """Tell whether it holds nowhere in a node."""
        return node.domains[self.part].isdisjoint(self.options)

    def fail(self, node):
        """Keep of a node where it does not hold."""
        node.domains[self.part] -= self.options

    def hold(self, node):
        """Keep of a node where it holds."""
        node.domains[self.part] &= self.options


class When:
    """A condition: issues have one of some options, parts of shares lie strictly within bounds."""

    def __init__(self, given, dispute):
        pairs, bounds = given["options"], given["shares"]
        self.sets = {k: frozenset(js) for k, js in pairs}
        self.bounds = [Beyond(s, i, 1, above) for s, i, above, _ in bounds if above is not None]
        self.bounds += [Beyond(s, i, -1, -below) for s, i, _, below in bounds if below is not None]
        self.bounds.sort(key=lambda literal: (literal.share, literal.party, -literal.sign))
        rising = rises([k for k, _ in pairs], len(dispute.issues))
        demand(rising, "dispute", "issues of a condition that do not exist or rise")
        for k, js in pairs:
            there = len(dispute.issues[k]["points"])
            demand(
                js and rises(js, there),
                "dispute",
                "options of a condition that do not exist or rise",
            )
        demand(rises([b[:2] for b in bounds]), "dispute", "shares of a condition do not rise")
        for s, i, *either in bounds:
            there = 0 <= s < len(dispute.shares) and 0 <= i < dispute.n
            demand(there and either != [None, None], "dispute", "a share of a condition")
        demand(pairs or bounds, "dispute", "a condition on nothing")

    def inside(self, issues):
        """Tell whether it lies wholly inside these issues."""
        return not self.bounds and self.sets.keys() <= set(issues)

    def meets(self, at):
        """Tell whether what is given of the options, by issue, is as it says."""
        return all(at[k] in js for k, js in self.sets.items() if k in at)

    def literals(self, outcome):
        """Tell for each literal whether it holds in an outcome."""
        found = [outcome.at[k] in js for k, js in self.sets.items()]
        return found + [b.sign * outcome.parts[b.share][b.party] > b.value for b in self.bounds]


def rises(values, end=None):
    """Tell whether values rise strictly, and are places below an end where there is one."""
    rising = all(a < b for a, b in zip(values, values[1:]))
    return rising and (end is None or not values or (values[0] >= 0 and values[-1] < end))


class Limit(NamedTuple):
    """What is not allowed."""

    kind: str
    party: int
    place: int
    when: When


class Bonus(NamedTuple):
    """What a party gets where a condition holds."""

    party: int
    points: int
    when: When


class Dispute:
    """A dispute in integers, refused where it cannot be; it counts the steps of work."""

    def __init__(self, raw, steps=MAX_STEPS):
        version(raw, "hikiwake_dispute")
        given, self.steps = read(raw, DISPUTE), steps
        self.parties, self.n = given["parties"], len(given["parties"])
        n, parties = self.n, range(self.n)
        demand(n >= 2 and len(set(self.parties)) == n, "dispute", "one party, or one twice")
        self.units, self.floors = sized(given["units"], n), sized(given["walk_away"], n)
        self.tolerance, self.price = given["tolerance"], given["price"]
        least = min(min(self.units) - 1, self.tolerance, self.price)
        demand(least >= 0, "dispute", "a unit, the tolerance or the price is too small")
        self.issues, self.shares = given["issues"], given["shares"]
        ids = [one["id"] for one in self.issues + self.shares]
        demand(ids and len(set(ids)) == len(ids), "dispute", "nothing to decide, or an id twice")
        for one in self.issues:
            self._check_issue(one)
        for one in self.shares:
            even = not any(points % n for points in sized(one["points"], n))
            demand(one.get("limit", 1) > 0 and (even or "limit" not in one), "dispute", "payments")
        self.is_whole = not self.shares and not any("changes" in one for one in self.issues)
        paid = [one["points"] for one in self.shares if "limit" in one]
        self.base = tuple(-sum(points[i] for points in paid) // n for i in parties)
        self.never = [
            Limit(one["kind"], one["party"], one["place"], When(one["when"], self))
            for one in given["never"]
        ]
        for kind, party, place, _ in self.never:
            demand(kind in ("rule", "red_line"), "shape", "neither a rule nor a red line")
            whose = party in parties or (kind, party) == ("rule", None)
            demand(whose and place > 0, "dispute", "whose limit, or which one")
        self.bonuses = [
            Bonus(one["party"], one["points"], When(one["when"], self)) for one in given["bonuses"]
        ]
        for party, points, when in self.bonuses:
            demand(party in parties and points and not when.bounds, "dispute", "a bonus")
        common(bound.value for limit in self.never for bound in limit.when.bounds)
        self.groups = [Group(self, one["issues"]) for one in given["groups"]]
        grouped = [k for group in self.groups for k in group.issues]
        demand(len(set(grouped)) == len(grouped), "dispute", "an issue in two groups")

    def _check_issue(self, one):
        smooth, rows = "changes" in one, len(one["points"])
        names = one["from" if smooth else "options"]
        demand(names, "dispute", "an issue without options")
        for row in sized(one["points"], len(names)) + one.get("changes", []):
            sized(row, self.n)
        if smooth:
            ends = zip(names, sized(one["to"], rows), sized(one["changes"], rows))
            demand(all(a <= b for a, b, _ in ends), "dispute", "a segment that runs backwards")
        else:
            demand(len(set(map(str, names))) == rows, "dispute", "an option twice")

    def spend(self, steps):
        """Count steps of work, and refuse to do more than is allowed."""
        self.steps -= steps
        demand(self.steps >= 0, "too-large", "more steps of work than are allowed")


class Group:
    """A group that is not for trade, and what it is worth to each party: from least to most."""

    def __init__(self, dispute, issues):
        self.dispute, self.issues = dispute, issues
        demand(issues and rises(issues, len(dispute.issues)), "dispute", "the issues of a group")
        smooth = any("changes" in dispute.issues[k] for k in issues)
        demand(not smooth, "dispute", "an amount without steps in a group")
        counts = [len(dispute.issues[k]["points"]) for k in issues]
        demand(prod(counts) <= MAX_COMBINATIONS, "too-large", "a group of too many combinations")
        limits = [limit for limit in dispute.never if limit.when.inside(issues)]
        self.bonuses = [bonus for bonus in dispute.bonuses if bonus.when.inside(issues)]
        dispute.spend((dispute.n + len(limits) + len(self.bonuses)) * prod(counts))
        worths = [[] for _ in range(dispute.n)]
        for options in product(*map(range, counts)):
            at = dict(zip(issues, options))
            broken = [limit for limit in limits if limit.when.meets(at)]
            if all(limit.kind == "red_line" for limit in broken):
                lines = {limit.party for limit in broken}
                for i, worth in enumerate(self.worth(at)):
                    worths[i] += [] if i in lines else [worth]
        self.spans = [(min(found, default=0), max(found, default=0)) for found in worths]

    def worth(self, at):
        """Return what the options at these issues are worth to each party within the group."""
        rows = [self.dispute.issues[k]["points"][at[k]] for k in self.issues]
        found = [sum(column) for column in zip(*rows)]
        for party, points, when in self.bonuses:
            found[party] += points if when.meets(at) else 0
        return found

    def imbalance(self, at):
        """Return the largest less the smallest of the parties' shares of the group."""
        pairs = zip(self.worth(at), self.spans)
        shares = [Fraction(w - least, most - least) for w, (least, most) in pairs if most > least]
        return max(shares) - min(shares) if shares else 0


# --- parts and nodes -----------------------------------------------------------------------------


class Option(NamedTuple):
    """A combination of options of a part's issues: {issue: option}, its points, its changes."""

    at: dict
    points: tuple
    changes: tuple


class Parts:
    """A dispute's issues joined into parts by a plan, for the limits and groups that count.

    `limits` are places in `never` (None: all), `even` tells of a group's imbalance whether it may
    be (None: groups do not count). `options[p]` are the options of part p. `nevers` and `bonuses`
    have by place the literals of the conditions that touch several parts or a share.
    """

    def __init__(self, dispute, plan=(), limits=None, even: Any = None):
        self.dispute, self.even = dispute, even
        first, joined = {part[0]: tuple(part) for part in plan}, {k for part in plan for k in part}
        places = range(len(dispute.issues))
        self.issues = [first.get(k, (k,)) for k in places if k in first or k not in joined]
        part_of = {k: p for p, part in enumerate(self.issues) for k in part}
        self._never = {
            c: limit.when for c, limit in enumerate(dispute.never) if limits is None or c in limits
        }
        conditions = [*self._never.values(), *(bonus.when for bonus in dispute.bonuses)]
        across = [w for w in conditions if w.bounds or len({part_of[k] for k in w.sets}) > 1]
        self._touched = {k for when in conditions for k in when.sets}
        self._across = {k for when in across for k in when.sets}
        self.options = [self._join(part) for part in self.issues]
        known = {id(when): self._literals(when, part_of) for when in across}
        self.nevers = {c: known[id(w)] for c, w in self._never.items() if id(w) in known}
        bonuses = enumerate(bonus.when for bonus in dispute.bonuses)
        self.bonuses = {b: known[id(when)] for b, when in bonuses if id(when) in known}
        self._most, self._weighed = {}, {}

    def _join(self, part):
        dispute, n = self.dispute, self.dispute.n
        groups = [g for g in dispute.groups if self.even and g.issues[0] in part]
        limits = [when for when in self._never.values() if when.inside(part)]
        bonuses = [bonus for bonus in dispute.bonuses if bonus.when.inside(part)]
        smooth = any("changes" in dispute.issues[k] for k in part)
        plain = self._touched.isdisjoint(part) and not groups and not smooth
        options = [Option({}, (0,) * n, ())]
        ahead = prod(len(dispute.issues[k]["points"]) for k in part)
        for k in part:
            rows = dispute.issues[k]["points"]
            changes = [(tuple(row),) for row in dispute.issues[k].get("changes", ())]
            size = len(options) * len(rows) if plain else ahead
            demand(size <= MAX_COMBINATIONS, "too-large", "a part of too many combinations")
            size = len(options) * len(rows)
            dispute.spend((n + len(limits) + len(bonuses)) * size)
            options = [
                Option({**o.at, k: j}, tuple(map(add, o.points, row)), o.changes + change)
                for o in options
                for j, (row, change) in enumerate(zip(rows, changes or repeat(())))
            ]
            options = self._undominated(options) if plain else options
        options = [o for o in options if not any(when.meets(o.at) for when in limits)]
        options = [o for o in options if all(self.even(g.imbalance(o.at)) for g in groups)]
        for party, points, when in bonuses:
            gift = tuple(points if i == party else 0 for i in range(n))
            options = [
                o._replace(points=tuple(map(add, o.points, gift))) if when.meets(o.at) else o
                for o in options
            ]
        return self._undominated(options) if self._across.isdisjoint(part) else options

    def _undominated(self, options):
        plain = [j for j, o in enumerate(options) if not o.changes]
        kept = []
        for j in sorted(plain, key=lambda j: (-sum(options[j].points), j)):
            mine = options[j].points
            if not any(all(map(ge, options[other].points, mine)) for other in kept):
                self.dispute.spend(len(plain))
                kept.append(j)
        dropped = set(plain) - set(kept)
        return [o for j, o in enumerate(options) if j not in dropped]

    def _literals(self, when, part_of):
        found = []
        for p in sorted({part_of[k] for k in when.sets}):
            self.dispute.spend(len(self.options[p]))
            holding = (j for j, o in enumerate(self.options[p]) if when.meets(o.at))
            found.append(Among(p, frozenset(holding)))
        return found + when.bounds

    def most(self, p, domain):
        """Return the most that an option of a domain of part p can be worth to each party."""
        key = p, domain
        if key not in self._most:
            rows = [
                [v + sum(c[i] for c in o.changes if c[i] > 0) for i, v in enumerate(o.points)]
                for o in (self.options[p][j] for j in domain)
            ]
            self._most[key] = tuple(map(max, zip(*rows)))
        return self._most[key]

    def weighed(self, weights):
        """Return for each part the options' worth, weighed: Σ c_i · points_i at its most."""
        if weights not in self._weighed:
            self.dispute.spend(len(weights) * sum(map(len, self.options)))

            def worth(points):
                return sum(c * v for c, v in zip(weights, points) if c)

            self._weighed[weights] = [
                [worth(o.points) + sum(max(0, worth(c)) for c in o.changes) for o in options]
                for options in self.options
            ]
        return self._weighed[weights]


class Node:
    """What remains at a place of a tree: of each part, of each share, and of the bonuses.

    `domains[p]` is the set of part p's options, `out` the bonuses declared out. After `narrow`,
    `sure` and `open` are the bonuses that are certain and those that are neither certain nor
    impossible, and `nevers` the places of what is not narrowed away.
    """

    def __init__(self, parts):
        self.parts = parts
        self.domains = [frozenset(range(len(options))) for options in parts.options]
        self.bounds, self.out, self.sure = {}, frozenset(), ()
        self.nevers, self.open = list(parts.nevers), list(parts.bonuses)

    def child(self):
        """Return a node of its own with the same in it."""
        node = Node.__new__(Node)
        vars(node).update(vars(self), domains=list(self.domains), bounds=dict(self.bounds))
        return node

    def least(self, share, party, sign):
        """Return the least of sign · f of a party's part of a share."""
        return self.bounds.get((share, party, sign), min(sign, 0))

    def span(self, share):
        """Return the least and the most of each party's part of a share."""
        parties = range(self.parts.dispute.n)
        return [(self.least(share, i, 1), -self.least(share, i, -1)) for i in parties]

    def _is_empty(self):
        spans = [self.span(share) for share in {share for share, _, _ in self.bounds}]
        self.parts.dispute.spend(len(self.domains) + self.parts.dispute.n * len(spans))
        return not all(self.domains) or any(
            sum(lo for lo, _ in span) > 1
            or sum(hi for _, hi in span) < 1
            or any(lo > hi for lo, hi in span)
            for span in spans
        )

    def narrow(self):
        """Take away what cannot be; return whether something may remain."""
        changed = True
        while changed:
            if self._is_empty():
                return False
            changed, waiting, self.nevers = False, self.nevers, []
            for c in waiting:
                literals = self.parts.nevers[c]
                self.parts.dispute.spend(len(literals))
                if any(literal.impossible(self) for literal in literals):
                    continue
                loose = [literal for literal in literals if not literal.certain(self)]
                if not loose:
                    return False
                if len(loose) > 1:
                    self.nevers.append(c)
                    continue
                loose[0].fail(self)
                changed = True
        literals = self.parts.bonuses
        self.open = [b for b in self.open if not any(x.impossible(self) for x in literals[b])]
        sure = [b for b in self.open if all(x.certain(self) for x in literals[b])]
        self.sure = [*self.sure, *sure]
        self.open = [b for b in self.open if b not in sure]
        return self.out.isdisjoint(self.sure)

    def upper(self):
        """Return U: what no outcome in the node exceeds, for each party."""
        parts, dispute = self.parts, self.parts.dispute
        dispute.spend(dispute.n * (sum(map(len, self.domains)) + len(dispute.shares)))
        found = list(map(sum, zip(dispute.base, *map(parts.most, count(), self.domains))))
        for s, share in enumerate(dispute.shares):
            span = self.span(s)
            spare, lack = 1 - sum(lo for lo, _ in span), 1 - sum(hi for _, hi in span)
            for i, ((lo, hi), points) in enumerate(zip(span, share["points"])):
                found[i] += points * (min(hi, lo + spare) if points > 0 else max(lo, hi + lack))
        for b in self.sure:
            found[dispute.bonuses[b].party] += dispute.bonuses[b].points
        for b in set(self.open) - self.out:
            found[dispute.bonuses[b].party] += max(0, dispute.bonuses[b].points)
        return found

    def weighted(self, weights, additions):
        """Return what Σ c_i u_i does not exceed in the node, by a row's additions."""
        parts, dispute = self.parts, self.parts.dispute
        dispute.spend(sum(map(len, self.domains)) + dispute.n * len(dispute.shares))
        total = sum(c * v for c, v in zip(weights, dispute.base))
        added = [[] for _ in self.domains]  # for each part (options, what is added to them)
        for b in self.sure:
            total += weights[dispute.bonuses[b].party] * dispute.bonuses[b].points
        questions = [(b, parts.bonuses[b]) for b in self.open if b not in self.out]
        questions += [(len(dispute.bonuses) + c, parts.nevers[c]) for c in self.nevers]
        for b, literals in questions:
            own = dispute.bonuses[b] if b < len(dispute.bonuses) else None
            worth = weights[own.party] * own.points if own else 0
            values = additions.get(b, ())
            if own and own.points > 0:
                total += max(0, worth - sum(values))
            elif values:
                total += values[0] * (len(literals) - 1) + max(0, values[0] + worth) * bool(own)
                values = [-values[0]] * len(literals)
            for literal, value in zip(literals, values):
                dispute.spend(len(self.domains[literal.part]))
                added[literal.part].append((literal.options, value))
        for domain, worths, more in zip(self.domains, parts.weighed(weights), added):
            total += max(worths[j] + sum(v for js, v in more if j in js) for j in domain)
        for s, share in enumerate(dispute.shares):
            span = self.span(s)
            rest = 1 - sum(lo for lo, _ in span)
            worths = [c * v for c, v in zip(weights, share["points"])]
            for worth, (lo, hi) in sorted(zip(worths, span), reverse=True):
                more = min(rest, hi - lo)
                total, rest = total + worth * (lo + more), rest - more
        return total

    def branch(self, code):
        """Return the nodes into which an integer of a tree divides this one, in order."""
        bonus, never = (
            code - len(self.domains),
            code - len(self.domains) - len(self.parts.dispute.bonuses),
        )
        if bonus < 0:
            demand(len(self.domains[code]) > 1, "tree", "a part with one option is divided")
            return (
                self._with(Among.hold, [Among(code, frozenset([j]))])
                for j in sorted(self.domains[code])
            )
        if never < 0:
            demand(bonus in self.open and bonus not in self.out, "tree", "a bonus that is decided")
            inside = self._with(Among.hold, self.parts.bonuses[bonus])
            outside = self.child()
            outside.out |= {bonus}
            return iter([inside, outside])
        demand(never in self.nevers, "tree", "an integer that means nothing here")
        loose = [literal for literal in self.parts.nevers[never] if not literal.certain(self)]
        return (self._with(type(literal).fail, [literal]) for literal in loose)

    def _with(self, change, literals):
        node = self.child()
        for literal in literals:
            change(literal, node)
        return node


# --- goals: no acceptable outcome is as they describe --------------------------------------------


class Measure:
    """Scaled gains: where each party's zero is, which are compared, and what one point counts."""

    def __init__(self, dispute, zeros, ranges):
        self.dispute, self.zeros = dispute, zeros
        self.compared = [i for i, r in enumerate(ranges) if r > 0]
        self.others = [i for i, r in enumerate(ranges) if r <= 0]
        self.scale = lcm(*(ranges[i].numerator for i in self.compared))
        demand(self.scale < 2**MAX_BITS, "too-large", "a common scale of more than 10,000 bits")
        self.factors = [int(self.scale / Fraction(r)) if r > 0 else self.scale for r in ranges]

    def gains(self, u):
        """Return the scaled gains of the compared parties."""
        return [(u[i] - self.zeros[i]) * self.factors[i] for i in self.compared]

    def asks(self, value, more=0):
        """Return (v, ε) for a scaled gain of at least a value, or of more than that."""
        if self.dispute.is_whole:
            return (floor(value) + 1 if more else ceil(value)), 0
        return value, more

    def bound(self, node, row):
        """Return M: what Σ λ_i g_i does not exceed in a node, by a row of multipliers."""
        weights = tuple(a * b for a, b in zip(row.multipliers, self.factors))
        constant = sum(c * z for c, z in zip(weights, self.zeros))
        return node.weighted(weights, row.additions) - constant

    def floored(self, u, parties):
        """Tell whether these parties are at their walk-away values or above."""
        return all(u[i] >= self.dispute.floors[i] for i in parties)


class Box:
    """None has these utilities: a pair (v, ε) for each party, or None where nothing is asked."""

    def __init__(self, measure, asked):
        self.measure, self.asked = measure, asked

    def open(self, u):
        """Return the levels that U does not exclude."""
        short = any(ask and (v, 0) < ask for v, ask in zip(u, self.asked))
        return [] if short else [self.asked]

    def closes(self, level, multipliers, bound, u):
        """Tell whether a row's bound M closes a level."""
        need = slack = 0
        for i, (weight, ask) in enumerate(zip(multipliers, level)):
            if weight and not ask:
                return False
            if weight:
                need += weight * self.measure.factors[i] * (ask[0] - self.measure.zeros[i])
                slack += weight * ask[1]
        return (bound, 0) < (need, slack)


class Edge(Box):
    """None of a box lies above the straight line through two outcomes P and Q."""

    def __init__(self, measure, asked, p, q):
        super().__init__(measure, asked)
        self.p, self.q = p.u, q.u

    def closes(self, level, multipliers, bound, u):
        """Tell whether a row's bound M closes a level: as a box, or along the line."""
        a, b = self.measure.compared
        c = [weight * factor for weight, factor in zip(multipliers, self.measure.factors)]
        along = c[a] * (self.q[a] - self.p[a]) == c[b] * (self.p[b] - self.q[b])
        line = sum(w * (v - z) for w, v, z in zip(c, self.p, self.measure.zeros))
        only = not any(w for i, w in enumerate(c) if i not in (a, b))
        return super().closes(level, multipliers, bound, u) or (only and along and bound <= line)


class Total:
    """None has at least these utilities and a larger sum of scaled gains than x: sum, pareto."""

    def __init__(self, measure, least, x):
        self.measure, self.least, self.base = measure, least, measure.gains(least)
        self.target = measure.asks(sum(measure.gains(x.u)), 1)

    def open(self, u):
        """Return the levels that U does not exclude."""
        enough = (sum(self.measure.gains(u)), 0) >= self.target
        return [self.target] if enough and all(map(ge, u, self.least)) else []

    def closes(self, level, multipliers, bound, u):
        """Tell whether a row's bound M closes a level."""
        own = [multipliers[i] for i in self.measure.compared]
        need = sum(w * g for w, g in zip(own, self.base))
        need += min(own) * (level[0] - sum(self.base))
        return (bound, 0) < (need, min(own) * level[1])


class Product:
    """None has a larger product of scaled gains than this."""

    def __init__(self, measure, most):
        self.measure, self.most = measure, most

    def open(self, u):
        """Return the levels that U does not exclude."""
        floored = self.measure.floored(u, range(len(u)))
        self.measure.dispute.spend(10 * len(self.measure.compared) ** 2)
        larger = floored and prod(self.measure.gains(u)) > self.most
        return [self.most] if larger else []

    def closes(self, level, multipliers, bound, u):
        """Tell whether a row's bound M closes a level: no geometric mean is above the mean."""
        own = [multipliers[i] for i in self.measure.compared]
        return min(own) > 0 and (
            bound <= 0 or bound ** len(own) <= level * len(own) ** len(own) * prod(own)
        )


class Slots:
    """None has sorted scaled gains that reach the slots of a level: *sorted*, *least*."""

    def __init__(self, measure, x, first=None):
        gains = sorted(measure.gains(x.u))
        least, m = [measure.asks(gain) for gain in gains], len(gains)
        self.measure = measure
        self.levels = [least[:k] + [measure.asks(gains[k], 1)] * (m - k) for k in range(m)][:first]

    def view(self, u):
        """Return the scaled gains that count."""
        return self.measure.gains(u)

    def open(self, u):
        """Return the levels that U does not exclude."""
        gains = sorted(self.view(u))
        floored = self.measure.floored(u, self.measure.others)
        return [level for level in self.levels if floored and reaches(gains, level)]

    def closes(self, level, multipliers, bound, u):
        """Tell whether a row's bound M closes a level: the least of Σ λ_i · slot is more."""
        own = [multipliers[i] for i in self.measure.compared]
        waiting, able, need, slack = sorted(zip(self.view(u), own)), [], 0, 0
        for value, more in reversed(level):
            while waiting and (waiting[-1][0], 0) >= (value, more):
                heapq.heappush(able, waiting.pop()[1])
            weight = heapq.heappop(able)
            need, slack = need + weight * value, slack + weight * more
        return (bound, 0) < (need, slack)


def reaches(gains, slots):
    """Tell whether sorted gains reach the slots, place by place."""
    return all((gain, 0) >= slot for gain, slot in zip(gains, slots))


class Strip(Slots):
    """None is undominated, even, near Kalai–Smorodinsky gains k, and (with x) sorts above x.

    `known` are all Kalai–Smorodinsky gains, or None where other arrangements of k are possible.
    """

    def __init__(self, measure, k, x, outcomes, known=None):
        dispute, k = measure.dispute, sorted(k)
        self.within, self.price = (v * measure.scale for v in (dispute.tolerance, dispute.price))
        slots = [measure.asks(max(gain, k[-1] - self.within) - self.price) for gain in k]
        super().__init__(measure, x or outcomes[0])
        self.levels = [list(map(max, level, slots)) for level in self.levels] if x else [slots]
        self.known, self.worths = known, []
        for outcome in outcomes:
            self.know(outcome.u)

    def know(self, u):
        """Add the utilities of an outcome to those that cover what is no better."""
        gains = self.measure.gains(u)
        even = max(gains) - min(gains) <= self.within and self.near(gains)
        meant = even and any(reaches(sorted(gains), level) for level in self.levels)
        self.worths.append((gains + [u[i] for i in self.measure.others], meant))

    def near(self, gains):
        """Tell whether gains can be within the price of Kalai–Smorodinsky gains."""
        return self.known is None or near(gains, self.known, self.price)

    def view(self, u):
        """Return the scaled gains that count: none is more than the tolerance above the least."""
        gains = self.measure.gains(u)
        most = min(gains) + self.within
        return [min(gain, most) for gain in gains]

    def open(self, u):
        """Return the levels that U does not exclude: none, if a known outcome is as good as U."""
        self.measure.dispute.spend(self.measure.dispute.n * len(self.worths))
        gains = self.view(u)
        mine = gains + [u[i] for i in self.measure.others]
        as_good = ((w, meant) for w, meant in self.worths if all(map(ge, w, mine)))
        covered = any(w != mine or not meant for w, meant in as_good)
        return [] if covered or not self.near(gains) else super().open(u)


def near(gains, known, price):
    """Tell whether gains are within the price of some Kalai–Smorodinsky gains."""
    return any(all(k - gain <= price for k, gain in zip(kappa, gains)) for kappa in known)


def prove(goal, measure, root, tree, rows):
    """Follow a tree until no outcome of the root can be as the goal describes; return the cases."""
    cases, codes, stack = 0, iter(tree), [iter([root])]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        levels = upper = []
        if node.narrow():
            upper = node.upper()
            levels = goal.open(upper)
        while levels:
            code: Any = next(codes, None)
            demand(code is not None, "short", "a tree ends while something is open")
            if code >= 0:
                stack.append(node.branch(code))
                break
            demand(-code <= len(rows), "tree", "a row of multipliers that does not exist")
            row, before = rows[-code - 1], len(levels)
            bound = measure.bound(node, row)
            levels = [v for v in levels if not goal.closes(v, row.multipliers, bound, upper)]
            demand(len(levels) < before, "idle", "a row of multipliers that closes nothing")
        else:
            cases += 1
    demand(next(codes, None) is None, "left-over", "a tree goes on after all is closed")
    return cases


# --- the certificate -----------------------------------------------------------------------------


class Row(NamedTuple):
    """A row of multipliers: λ, and additions by bonus or `never` (counted after the bonuses)."""

    multipliers: list
    additions: dict


class Outcome:
    """An outcome: options by issue, parts by share; utilities, broken limits, imbalance."""

    def __init__(self, raw, dispute):
        issues, n, m = dispute.issues, dispute.n, len(dispute.never)
        literals = sum(len(w.sets) + len(w.bounds) for *_, w in dispute.never + dispute.bonuses)
        dispute.spend(n * len(sized(raw, len(issues) + len(dispute.shares))) + literals)
        self.at, self.along, self.parts = {}, {}, raw[len(issues) :]
        common(v for value in raw for v in (value if type(value) is list else [value]))
        self.u = list(dispute.base)
        for k, (one, value) in enumerate(zip(issues, raw)):
            smooth = "changes" in one
            demand((type(value) is list) == smooth, "shape", "an option, or a place on a segment")
            j, t = sized(value, 2) if smooth else (value, 0)
            there = type(j) is int and 0 <= j < len(one["points"]) and 0 <= t <= 1
            demand(there, "outcome", "an option that does not exist")
            self.at[k], self.along[k] = j, t
            slopes = one["changes"][j] if smooth else repeat(0)
            self.u = [u + v + t * c for u, v, c in zip(self.u, one["points"][j], slopes)]
        for share, parts in zip(dispute.shares, self.parts):
            demand(type(parts) is list, "shape", "a list of parts is needed")
            divided = min(sized(parts, n)) >= 0 and sum(parts) == 1
            demand(divided, "outcome", "parts that are not at least 0 with the sum 1")
            self.u = [u + v * f for u, v, f in zip(self.u, share["points"], parts)]
        for party, points, when in dispute.bonuses:
            self.u[party] += points if all(when.literals(self)) else 0
        self.broken = {c for c, limit in enumerate(dispute.never) if all(limit.when.literals(self))}
        self.broken |= {m + i for i in range(n) if self.u[i] < dispute.floors[i]}
        self.imbalance = max((group.imbalance(self.at) for group in dispute.groups), default=0)


def either(shape):
    """Return the shape of a value or a list of such."""
    return lambda value: read(value, [shape, MAX_THINGS] if type(value) is list else shape)


PLACES = [index, MAX_THINGS]
CERTIFICATE = {
    "hikiwake_certificate": index,
    "dispute_hash": text,
    "dispute?": lambda dispute: dispute,
    "rule": text,
    "status": text,
    "claims": lambda claims: claims,
    "proof": {
        "outcomes": [[either(number), 2 * MAX_THINGS], MAX_THINGS],
        "ideals?": PLACES,
        "merge?": [PLACES, MAX_THINGS],
        "multipliers?": [
            [either(lambda value: whole(value, MAX_ROW_BITS)), MAX_THINGS],
            MAX_THINGS,
        ],
        "trees": [[index, MAX_CODES], MAX_VALUES],
        "best?": index,
        "twins?": PLACES,
        "run?": [maybe(index), MAX_THINGS],
        "conflicts?": [{"limits": PLACES, "without": PLACES}, MAX_THINGS],
    },
}
RULES = ["draw", "kalai_smorodinsky", "nash", "egalitarian", "leximin", "utilitarian"]
RULES += ["adjusted_winner", "frontier"]
STATUSES = {
    "draw": "Status: draw.",
    "uneven": "Status: uneven.",
    "no_agreement": "Status: no agreement.",
    "complete": "Every other acceptable package is worth as much as one of these or less, or lies "
    "straight between two neighbours.",
}
DRAWS = {
    ("draw", "draw"): " No other draw has better gains, sorted upward.",
    ("draw", "uneven"): " No acceptable package is a draw.",
}


def version(raw, key):
    """Refuse an object of another version than 1."""
    demand(type(raw) is dict, "shape", "an object is needed")
    demand(canonical(raw.get(key, 1)) == b"1", "version", f"{key} is not 1")


def written(x):
    """Return a number as it is written in JSON."""
    x = Fraction(x)
    large = max(abs(x.numerator), x.denominator) >= 2**MAX_BITS
    demand(not large, "too-large", "a figure of more than 10,000 bits")
    return int(x) if x.denominator == 1 and abs(x) <= MAX_SAFE else str(x)


def read_row(raw, dispute, parts):
    """Return a row of multipliers, refused where it is not as described."""
    n, bonuses, rows = dispute.n, len(dispute.bonuses), raw[dispute.n :]
    kinds = [type(v) for v in raw] == [int] * n + [list] * len(rows)
    demand(kinds and any(raw[:n]), "multiplier", "not a multiplier for each party, or all are 0")
    demand(all(v >= 0 for v in chain(raw[:n], *rows)), "multiplier", "a multiplier below 0")
    demand(all(rows) and rises([row[0] for row in rows]), "multiplier", "additions do not rise")
    for b, *values in rows:
        literals = parts.bonuses.get(b, parts.nevers.get(b - bonuses, ()))
        positive = b < bonuses and dispute.bonuses[b].points > 0
        spread = literals and all(type(literal) is Among for literal in literals)
        many = len(literals) if positive else 1
        fit = spread and len(values) == many
        demand(fit, "multiplier", "additions for what does not touch several parts, or too many")
    return Row(raw[:n], {b: values for b, *values in rows})


class Check:
    """What a certificate owes: goals with their trees, and sentences of what they establish."""

    def __init__(self, given, dispute):
        self.dispute, self.claims, self.proof = dispute, given["claims"], given["proof"]
        self.rule, self.status = given["rule"], given["status"]
        demand(self.rule in RULES, "shape", "a rule that this page does not know")
        demand(self.status in STATUSES, "shape", "a status that this page does not know")
        fits = (self.rule == "frontier") == (self.status == "complete")
        demand(fits, "status", "a status that this rule does not have")
        raws, self.used = self.proof["outcomes"], {"outcomes", "merge", "multipliers", "trees"}
        self.outcomes = [Outcome(raw, dispute) for raw in raws]
        demand(len(set(map(repr, raws))) == len(raws), "outcome", "an outcome twice")
        self.plan = self.proof.get("merge", [])
        taken = [k for part in self.plan for k in part]
        orderly = all(len(p) > 1 and rises(p, len(dispute.issues)) for p in self.plan)
        demand(orderly and rises([p[0] for p in self.plan]), "merge", "parts of a merge")
        demand(len(set(taken)) == len(taken), "merge", "an issue in two parts")
        for group in dispute.groups:
            kept = any(set(group.issues) <= set(part) for part in [*self.plan, group.issues[:1]])
            demand(kept, "merge", "a group in several parts")
        self.owed, self.said, self.level = [], [], dispute.tolerance

    def state(self):
        """Check everything but rows and trees, and list what the trees owe."""
        kinds = {"complete": self.frontier, "no_agreement": self.no_agreement}
        kinds.get(self.status, self.settlement)()
        demand(set(self.proof) <= self.used, "shape", "a key of the proof that has no place here")

    def run(self):
        """Check everything; return the number of cases."""
        self.state()
        parts = Parts(self.dispute, self.plan)
        rows = [read_row(raw, self.dispute, parts) for raw in self.proof.get("multipliers", [])]
        trees = self.proof["trees"]
        demand(sum(map(len, trees)) <= MAX_CODES, "too-large", "more than 1,000,000 integers")
        demand(len(trees) == len(self.owed), "tree", f"{len(self.owed)} trees are owed")
        cases = 0
        for (words, goal, measure, place), tree in zip(self.owed, trees):
            cases += prove(goal, measure, Node(place), tree, rows)
            self.said += [words] if words else []
        self.said.append(STATUSES[self.status] + DRAWS.get((self.rule, self.status), ""))
        return cases

    def owe(self, words, goal, parts=None):
        """Owe a tree for a goal; the words say what it establishes."""
        self.owed.append((words, goal, goal.measure, parts or self.parts))

    def _key(self, name):
        """Return what a key of the proof holds, which must be there."""
        demand(name in self.proof, "shape", f"the proof has no {name}")
        self.used.add(name)
        return self.proof[name]

    def _outcome(self, place):
        """Return the outcome at a place."""
        demand(0 <= place < len(self.outcomes), "outcome", "an outcome that is not there")
        return self.outcomes[place]

    def _claim(self, **expected):
        """Refuse claims that are not what came out."""
        demand(type(self.claims) is dict, "shape", "claims are an object")
        demand(set(self.claims) == set(expected), "shape", "claims that are missing or unknown")
        for name, value in expected.items():
            same = canonical(self.claims[name]) == canonical(value)
            demand(same, "claims", f"{name} is not what comes out")

    def _points(self, u):
        """Return utilities in points, as they are written."""
        return [written(Fraction(v) / unit) for v, unit in zip(u, self.dispute.units)]

    def _accept(self):
        """Refuse outcomes that are not acceptable, and join the issues for those that are."""
        for outcome in self.outcomes:
            fine = not outcome.broken and outcome.imbalance <= self.level
            demand(fine, "infeasible", "an outcome that breaks a limit, or is uneven in a group")
        self.parts = Parts(self.dispute, self.plan, even=lambda apart: apart <= self.level)

    def no_agreement(self):
        """No outcome keeps every rule, red line and walk-away value, and which limits conflict."""
        dispute, n, m = self.dispute, self.dispute.n, len(self.dispute.never)
        self._claim(walk_away=self._points(dispute.floors))
        measure = Measure(dispute, dispute.floors, [1] * n)
        conflicts = self._key("conflicts")
        demand(conflicts, "conflict", "no conflict")
        for conflict in conflicts:
            limits, without = conflict["limits"], conflict["without"]
            demand(limits and rises(limits, m + n), "conflict", "limits that do not exist or rise")
            demand(len(without) == len(limits), "conflict", "not an outcome without each limit")
            for limit, place in zip(limits, without):
                left = self._outcome(place).broken & set(limits) - {limit}
                demand(not left, "conflict", "an outcome that breaks more than the limit left out")
            asked = [(d, 0) if m + i in limits else None for i, d in enumerate(dispute.floors)]
            names = ", ".join(map(self._limit, limits))
            words = f"No package keeps all of: {names}. Each is needed."
            self.owe(words, Box(measure, asked), Parts(dispute, self.plan, set(limits)))

    def _limit(self, place):
        """Say which limit this is."""
        names, m = [name(party) for party in self.dispute.parties], len(self.dispute.never)
        if place >= m:
            return f"the walk-away value of {names[place - m]}"
        kind, party, number, _ = self.dispute.never[place]
        return f"rule {number}" if kind == "rule" else f"red line {number} of {names[party]}"

    def frontier(self):
        """The run is the whole frontier of two parties."""
        dispute = self.dispute
        demand(dispute.n == 2, "not-covered", "a frontier of more than two parties")
        self._accept()
        self._claim(points=[self._points(outcome.u) for outcome in self.outcomes])
        run, whole_run = self._key("run"), [None, *range(len(self.outcomes)), None]
        demand(run == whole_run, "run", "a frontier's run names every outcome in order")
        self._walk([None, *self.outcomes, None], Measure(dispute, dispute.floors, [1, 1]))
        self.said.append(f"The frontier runs through {len(self.outcomes)} packages in this order.")
        self.said += [", ".join(map(str, self._points(outcome.u))) for outcome in self.outcomes]

    def _walk(self, run, measure, edge=lambda p, q: None):
        """Owe for each neighbouring pair of a run that nothing better lies between."""
        (a, b), floors = measure.compared, self.dispute.floors
        there = [measure.gains(outcome.u) for outcome in run if outcome]
        fine = all(p[0] < q[0] and p[1] > q[1] for p, q in zip(there, there[1:]))
        demand(fine, "run", "outcomes of the run are not in order")
        for p, q in zip(run, run[1:]):
            asked = [(floor, 0) for floor in floors]
            asked[a] = measure.asks(p.u[a], 1) if p else asked[a]
            asked[b] = measure.asks(q.u[b], 1) if q else asked[b]
            if p and q and self._is_edge(p, q):
                edge(measure.gains(p.u), measure.gains(q.u))
                self.owe("", Edge(measure, asked, p, q))
            else:
                self.owe("", Box(measure, asked))

    def _is_edge(self, p, q):
        """Tell whether everything between two outcomes is acceptable."""
        if self.dispute.is_whole or p.at != q.at:
            return False
        limits = [(limit.when.literals(p), limit.when.literals(q)) for limit in self.dispute.never]
        return all(any(not x and not y for x, y in zip(*pair)) for pair in limits)

    def settlement(self):
        """A package, what each party has in it, that the rule gives it, and its status."""
        dispute, parties = self.dispute, range(self.dispute.n)
        demand(self.outcomes, "outcome", "no outcome")
        x = self.outcomes[0]
        self.level = max(dispute.tolerance, x.imbalance)
        self._accept()
        places = sized(self._key("ideals"), dispute.n)
        ideals = [self._outcome(place).u[i] for i, place in enumerate(places)]
        ranges = [a - d for a, d in zip(ideals, dispute.floors)]
        above = [u - d for u, d in zip(x.u, dispute.floors)]
        gains = [Fraction(v) / r if r else None for v, r in zip(above, ranges)]
        own = [gain for gain in gains if gain is not None]
        self.imbalance = max(own) - min(own) if len(own) > 1 else None
        figures = {"utilities": x.u, "walk_away": dispute.floors, "ideals": ideals}
        claims: dict[str, Any] = {key: self._points(u) for key, u in figures.items()}
        claims["gains"] = [None if gain is None else written(gain) for gain in gains]
        claims["imbalance"] = None if len(own) < 2 else written(self.imbalance)
        if dispute.groups:
            claims["group_imbalance"] = written(x.imbalance)
        bound = self._bound(own)
        self._claim(**claims, **({} if bound is None else {"bound": written(bound)}))
        self._tell(x, claims)
        measure, asked = Measure(dispute, dispute.floors, ranges), [(d, 0) for d in dispute.floors]
        if self.level > dispute.tolerance:
            parts = Parts(dispute, self.plan, even=lambda apart: apart < self.level)
            words = "No package is more even in the groups that are not for trade."
            self.owe(words, Box(measure, asked), parts)
        for i in parties:
            more = [*asked[:i], measure.asks(ideals[i], 1), *asked[i + 1 :]]
            who, most = name(dispute.parties[i]), claims["ideals"][i]
            words = f"No acceptable package gives {who} more than {most} points."
            self.owe(words, Box(measure, more))
        for words, goal in self._goals(x, measure, ranges, bound):
            self.owe(words, goal)
        holds = self._draw(x, measure) if self.rule == "draw" else self._is_draw(x, measure)
        demand(holds, "status", f"the status {self.status} does not follow")

    def _bound(self, gains):
        """Return the claimed bound on the product of gains, or None."""
        if self.rule != "nash" or type(self.claims) is not dict or "bound" not in self.claims:
            return None
        bound = number(self.claims["bound"])
        demand(prod(gains) <= bound, "claims", "a bound below the product of gains")
        return bound

    def _goals(self, x, measure, ranges, bound):
        """Yield what is to be proved of a rule, with words for it."""
        dispute, floors, m = self.dispute, self.dispute.floors, len(measure.compared)
        units = [unit if r else 0 for unit, r in zip(dispute.units, ranges)]
        points = Measure(dispute, floors, units)
        undominated = "No acceptable package is better for somebody and worse for nobody."
        own = [u if r else d for u, r, d in zip(x.u, ranges, floors)]
        if self.rule == "kalai_smorodinsky":
            yield "No acceptable package has better gains, sorted upward.", Slots(measure, x)
        elif self.rule == "leximin":
            yield "No acceptable package has better points, sorted upward.", Slots(points, x)
        elif self.rule == "egalitarian":
            yield "No acceptable package has a larger least gain in points.", Slots(points, x, 1)
            yield undominated, Total(points, own, x)
        elif self.rule == "utilitarian":
            yield "No acceptable package has a larger sum of points.", Total(points, floors, x)
        elif self.rule == "nash":
            gains = measure.gains(x.u)
            demand(
                gains and min(gains) > 0, "not-covered", "a product where somebody gains nothing"
            )
            if bound is None:
                yield (
                    "No acceptable package has a larger product of gains.",
                    Product(measure, prod(gains)),
                )
            else:
                words = f"No acceptable package has a product of gains above {written(bound)}."
                yield words, Product(measure, measure.scale**m * bound)
                yield undominated, Total(measure, own, x)
        elif self.rule == "adjusted_winner":
            bare = not (dispute.issues or dispute.never or dispute.bonuses)
            bare = bare and not any("limit" in share for share in dispute.shares)
            totals = list(map(sum, zip(*(share["points"] for share in dispute.shares))))
            demand(
                bare and min(totals) > 0, "not-covered", "more than shares, or nothing for a party"
            )
            goal = Slots(Measure(dispute, [0] * dispute.n, totals), x)
            yield "No acceptable package has better parts of the totals, sorted upward.", goal

    def _reference(self, measure):
        """Return the Kalai–Smorodinsky gains that are known, and whether there are no others."""
        best = self._outcome(self._key("best"))
        k, floors = measure.gains(best.u), self.dispute.floors
        words = "No acceptable package has better gains, sorted upward"
        words += "." if best is self.outcomes[0] else ", than the one it is compared with."
        self.owe(words, Slots(measure, best))
        if "twins" not in self.proof:
            return [k], len(set(k)) < 2
        demand(len(k) <= 5, "not-covered", "twins of more than five parties")
        known = [k] + [measure.gains(self._outcome(place).u) for place in self._key("twins")]
        twin = all(sorted(gains) == sorted(k) for gains in known)
        demand(twin, "status", "a twin that has other sorted gains")
        for arranged in sorted(set(permutations(k))):
            if list(arranged) not in known:
                asked = [(d, 0) for d in floors]
                for i, gain in zip(measure.compared, arranged):
                    asked[i] = (measure.zeros[i] + Fraction(gain) / measure.factors[i], 0)
                self.owe("", Box(measure, asked))
        return known, True

    def _is_draw(self, x, measure):
        """Tell whether the status of another rule's package follows."""
        tolerance = self.dispute.tolerance
        if self.imbalance is None or max(self.imbalance, self.level) > tolerance:
            return self.status == "uneven"
        if self.rule == "kalai_smorodinsky":
            return self.status == "draw"
        known, complete = self._reference(measure)
        close = near(measure.gains(x.u), known, self.dispute.price * measure.scale)
        return close if self.status == "draw" else complete and not close

    def _draw(self, x, measure):
        """Tell whether the status of a package by the draw rule follows."""
        dispute, is_draw = self.dispute, self.status == "draw"
        known, complete = self._reference(measure)
        first, best = self.proof["best"] == 0, self._outcome(self.proof["best"])
        if self.imbalance is None or self.level > dispute.tolerance:
            return first and not is_draw
        if first and self.imbalance <= dispute.tolerance:
            return is_draw
        gains = measure.gains(x.u)
        even = self.imbalance <= dispute.tolerance
        even = even and near(gains, known, dispute.price * measure.scale)
        if not (even if is_draw else first):
            return False
        if len(gains) == 2:
            possible = known if complete else [known[0], known[0][::-1]]
            return self._search(x, measure, possible)
        if is_draw:
            rows = enumerate(zip(x.u, dispute.floors))
            own = [u if i in measure.compared else d for i, (u, d) in rows]
            self.owe("", Total(measure, own, x))
        above, all_known = (x if is_draw else None), (known if complete else None)
        goal = Strip(measure, measure.gains(best.u), above, self.outcomes, all_known)
        self.owe("", goal)
        return True

    def _search(self, x, measure, possible):
        """Tell whether x is the best draw of two compared parties, or whether there is none."""
        within, price = (v * measure.scale for v in (self.dispute.tolerance, self.dispute.price))
        run: Any = [None if place is None else self._outcome(place) for place in self._key("run")]
        demand(len(run) > 1 and all(run[1:-1]), "run", "a run of fewer than two, or with a hole")
        for end, a, b in ((run[0], 0, 1), (run[-1], 1, 0)):
            if end:
                g = measure.gains(end.u)
                dear = all(g[a] < kappa[a] - price for kappa in possible)
                demand(dear or g[b] - g[a] > within, "run", "an end of the run that is not outside")
        mine = sorted(measure.gains(x.u)) if self.status == "draw" else []

        def check(gains):
            even = abs(gains[0] - gains[1]) <= within and near(gains, possible, price)
            fine = not even or (mine and sorted(gains) <= mine)
            demand(fine, "status", "there is a draw, or a better one")

        for outcome in run[1:-1]:
            check(measure.gains(outcome.u))

        def edge(p, q):
            def cut(u, v, value):
                return (value - u) / Fraction(v - u)

            for kappa in possible:
                apart = p[0] - p[1], q[0] - q[1]
                low = max(0, cut(*apart, -within), cut(p[0], q[0], kappa[0] - price))
                high = min(1, cut(*apart, within), cut(p[1], q[1], kappa[1] - price))
                middle = min(max(low, cut(*apart, 0)), high)
                for t in (low, middle, high) if low <= high else ():
                    check([u + t * (v - u) for u, v in zip(p, q)])

        self._walk(run, measure, edge)
        return self.status == "uneven" or x in run[1:-1]

    def _tell(self, x, claims):
        """Say what the package is, and what each party has in it."""
        dispute = self.dispute
        names = [name(party) for party in dispute.parties]
        for k, one in enumerate(dispute.issues):
            if "changes" in one:
                a, b = one["from"][x.at[k]], one["to"][x.at[k]]
                value = written(a + x.along[k] * (b - a))
            else:
                value = one["options"][x.at[k]]
            self.said.append(f"{name(one['id'])}: {name(value)}")
        for share, parts in zip(dispute.shares, x.parts):
            limit = share.get("limit")
            values = parts if limit is None else [(dispute.n * f - 1) * limit for f in parts]
            each = ", ".join(f"{who} {written(v)}" for who, v in zip(names, values))
            self.said.append(f"{name(share['id'])}: {each}")
        self.said.append("This package keeps every rule, red line and walk-away value.")
        keys = "utilities", "walk_away", "ideals", "gains"
        for i, who in enumerate(names):
            points, had, most, gain = (claims[key][i] for key in keys)
            points = f"{points} points, of at most {most}; {had} without an agreement"
            self.said.append(f"{who}: {points}. Gain: {'none possible' if gain is None else gain}.")


def name(value):
    """Return an id or a value so that it can be printed."""
    return "".join(c if c.isprintable() else "?" for c in str(value))[:200]


# --- the door ------------------------------------------------------------------------------------


class Failure(NamedTuple):
    """Why a certificate is not valid."""

    code: str
    words: str


class Verdict(NamedTuple):
    """What came of a check: what was established, or why it failed; the cases closed."""

    valid: bool
    claims: tuple
    failure: Any
    cases: int


def check(certificate, dispute=None, steps=MAX_STEPS):
    """Return the verdict on the text of a certificate, with that of its dispute if it has none."""
    try:
        raw = parse(certificate)
        version(raw, "hikiwake_certificate")
        given = read(raw, CERTIFICATE)
        disputes = [given[key] for key in ("dispute",) if key in given]
        disputes += [] if dispute is None else [parse(dispute)]
        demand(disputes, "shape", "the dispute is neither in the certificate nor beside it")
        for one in disputes:
            same = hashlib.sha256(canonical(one)).hexdigest() == given["dispute_hash"]
            demand(same, "hash", "the hash is not that of the dispute")
        digits = re.findall(rb"[0-9]{150,}", canonical([raw, disputes[0]]))
        steps //= 1 + max(map(len, digits), default=0) // 150
        work = Check(given, Dispute(disputes[0], steps))
        cases = work.run()
    except Refused as refused:
        return Verdict(False, (), Failure(refused.code, refused.words), 0)
    return Verdict(True, tuple(work.said), None, cases)


def main(arguments):
    """Check files; return 0 (valid), 1 (not valid) or 2 (cannot be read)."""
    words, steps = list(arguments), MAX_STEPS
    try:
        if "--steps" in words:
            at = words.index("--steps")
            steps = int(words[at + 1])
            del words[at : at + 2]
        texts = [Path(word).read_bytes() for word in words]
        verdict = check(*texts, steps=steps)
    except (OSError, ValueError, IndexError, TypeError) as error:
        print(f"{error}\nusage: python {USAGE}", file=sys.stderr)
        return 2
    for claim in verdict.claims:
        print(claim)
    if verdict.valid:
        print(f"Valid. Checked: {verdict.cases} cases, each closed by one line of arithmetic.")
    else:
        print(f"Not valid ({verdict.failure.code}): {verdict.failure.words}.")
    return 0 if verdict.valid else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # pyright: ignore
    sys.exit(main(sys.argv[1:]))
