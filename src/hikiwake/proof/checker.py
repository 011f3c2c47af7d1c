"""Checks a certificate: establishes anew what a settlement claims, sharing no code with its maker.

    python checker.py settlement.cert.json [dispute.json] [--steps N]

Any Python from 3.9 on, and nothing else. docs/reference/certificate.md describes the format, and
the names here are that page's: i is a party of n, k an issue, j an option, p a part; u are
utilities, d walk-away values, z zeros, and g = (u − z) · factor scaled gains. A pair (v, ε) asks
for at least v, or where ε is 1 for more. At a node U bounds everybody's u, and M the sum Σ λ_i g_i.
"""

from __future__ import annotations

import json
import re
import sys
from fractions import Fraction
from functools import cache, partial, reduce
from hashlib import sha256
from heapq import heappop, heappush
from itertools import chain, compress, count, islice, permutations, repeat, starmap, zip_longest
from math import ceil, floor, lcm, prod
from operator import add, ge, lt, mul, sub
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

MAX_BYTES, MAX_BITS, MAX_SAFE = 2 * 2**20, 10_000, 2**53 - 1
ZEROS, LONG = bytes.maketrans(b"123456789", b"000000000"), b"0" * 601
BITS = bytes.maketrans(b"01", b"\0\1")
NUMBER = re.compile("-?[0-9]+(/[1-9][0-9]*)?")
MAX_PARTIES, MAX_ROWS, MAX_ARRANGED, MAX_STEPS = 100, 100_000, 5, 4_000_000


class Refused(Exception):
    """Why a certificate does not hold: one of the page's codes, and words."""


class Text(str):
    """A text, which is no list of letters here."""

    __iter__: Any = None


def demand(holds, code, words):
    """Refuse unless this holds."""
    if not holds:
        raise Refused(code, words)


def canonical(value):
    """Return the canonical bytes (RFC 8785) of a value that has no floats."""
    form: Any = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    return json.dumps(value, check_circular=False, **form).encode()


def together(texts):
    """Return the canonical text of an object from those of its keys, in order."""
    return b"{%s}" % b",".join([b"%s:%s" % (canonical(key), texts[key]) for key in texts])


def plain(pairs):
    """Return an object of these keys, in ASCII: programs do not agree how to order others."""
    demand(all(key.isascii() for key, _ in pairs), "shape", "a key that is not ASCII")
    return dict(pairs)


def parse(data):
    """Return the value of a canonical JSON text of integers, and the text of each of its keys."""
    data = data.encode() if isinstance(data, str) else data
    demand(len(data) <= MAX_BYTES, "too-large", "more than 2 MiB of text")
    demand(LONG not in data.translate(ZEROS), "too-large", "more than 600 digits in a row")
    hook = None if data.isascii() else plain
    value = json.loads(data, parse_constant=int, parse_float=int, object_pairs_hook=hook)
    demand(type(value) is dict, "shape", "no object")
    texts = {key: canonical(value[key]) for key in sorted(value)}
    same = together(texts) == data.removesuffix(b"\n")
    demand(same, "shape", "a text that is not canonical")
    return value, texts


def written(x):
    """Return a number in the one way in which it is written; None as it is."""
    if x is None:
        return None
    bits = max(x.numerator.bit_length(), x.denominator.bit_length())
    demand(bits <= MAX_BITS, "too-large", "a figure of more than 10,000 bits")
    return int(x) if x.denominator == 1 and abs(x) <= MAX_SAFE else str(x)


def bulk(x):
    """Return how many times as much work a number is as a short one."""
    return 1 + x.numerator.bit_length() // 200


def exact(value) -> Any:
    """Return a JSON value with objects as namespaces, and with the numbers that are texts in it."""
    kind: Any = type(value)
    if value is None or (kind is int and -MAX_SAFE <= value <= MAX_SAFE):
        return value
    if kind is list:
        level: Any = value
        for _ in range(3):  # lists of integers, lists of such lists, and lists of those
            kinds = {*map(type, level)}
            if kinds == {int} and min(level) >= -MAX_SAFE and max(level) <= MAX_SAFE:
                return value
            level = [*chain.from_iterable(level)] if kinds == {list} else ()
        return [v if type(v) is int and -MAX_SAFE <= v <= MAX_SAFE else exact(v) for v in value]
    if kind is dict:
        return SimpleNamespace(**{key: exact(v) for key, v in value.items()})
    demand(kind is str, "shape", "neither a short integer nor a text")
    if NUMBER.fullmatch(value):
        x = Fraction(value) if "/" in value else int(value)
        if written(x) == value:
            return x
    return Text(value)


def ones(mask):
    """Return the places of the ones in a number."""
    first = max((mask & -mask).bit_length() - 1, 0)
    digits = bin(mask >> first)[:1:-1].encode().translate(BITS)
    return [*compress(count(first), digits)]


# --- the dispute ---------------------------------------------------------------------------------


class Dispute:
    """A dispute in integers, refused where it cannot be; it counts the steps of work.

    Its conditions are numbered: what is never allowed, then the bonuses. Several of them are one
    integer, with a bit for each. A corner's points are in columns: everybody's, then everybody's in
    each mixed group. A bonus counts in some of them.
    """

    def __init__(self, raw, steps):
        demand(raw.hikiwake_dispute == 1, "version", "a dispute of another version")
        self.raw, self.n, self.floors = raw, len(raw.parties), raw.walk_away
        self.steps, self.heavy = steps, 1
        demand(2 <= self.n <= MAX_PARTIES, "too-large", "fewer than 2 parties, or more than 100")
        self.cells = [[[own[1:] for own in cell] for cell in issue.options] for issue in raw.issues]
        cells = [cell for cells in self.cells for cell in cells]
        rows = [raw.units, self.floors, *(row for cell in cells for row in cell)]
        demand({len(row) for row in rows} == {self.n}, "shape", "not a number for each party")
        ids, whose = [issue.id for issue in raw.issues], raw.never + raw.bonuses
        fine = len(set(raw.parties)) == self.n and len(set(ids)) == len(ids) > 0 and all(cells)
        fine = fine and {limit.party for limit in raw.never} <= {None, *range(self.n)}
        fine = fine and {bonus.party for bonus in raw.bonuses} <= {*range(self.n)}
        fine = fine and min(*raw.units, raw.tolerance + 1, raw.price + 1) > 0
        demand(fine, "dispute", "an id twice, nobody's red line, an option of nothing, or such")
        gifts = [([bonus.party], bonus.points) for bonus in raw.bonuses]
        given = [points for _, points in gifts]
        parts = {v.denominator for v in chain(*rows, given) if type(v) is not int}
        self.whole = not parts and all(len(cell) == 1 for cell in cells)
        common = 1
        for part in parts:
            common = lcm(common, part)
            written(common)
        self.heavy = bulk(common)
        self.limits, self.words = len(raw.never), 1 + len(whose) // 64
        self.gifts = dict(enumerate(gifts, self.limits))
        self.never, self.own = (1 << self.limits) - 1, dict.fromkeys((None, *range(self.n)), 0)
        for c, one in enumerate(raw.never):
            self.own[one.party] |= 1 << c
        self.bad = self.never | sum(1 << c for c, (_, points) in self.gifts.items() if points <= 0)
        self.bonuses = (1 << len(whose)) - 1 ^ self.never
        places = [*chain.from_iterable([one.when for one in whose])]
        self.spend(self.words * sum([3 + len(named) for named in places]))
        demand(min(chain.from_iterable(places), default=0) >= 0, "shape", "a place below 0")
        self.naming, held = [0] * len(self.cells), [[0] * len(cells) for cells in self.cells]
        self.issues = [0] * len(whose)
        for c, one in enumerate(whose):
            bit = 1 << c
            for k, *js in one.when:
                self.naming[k] |= bit
                self.issues[c] |= 1 << k
                own = held[k]
                for j in js:
                    own[j] |= bit
        once = sum([bin(own).count("1") for own in self.issues]) == len(places)  # noqa: FURB161
        demand(once, "dispute", "an issue twice in a condition")
        # The conditions that do not hold where an issue has an option.
        self.missed = [[all_of & ~own for own in js] for all_of, js in zip(self.naming, held)]
        self.width, self.groups, self.mixed, self.even = self.n, [], [], []
        for group in raw.groups:
            self.add(group.issues)

    def spend(self, steps):
        """Count steps of work, and refuse to do more than is allowed."""
        self.steps -= steps * self.heavy
        if self.steps < 0:
            raise Refused("too-large", "more steps of work than are allowed")

    def add(self, issues):
        """Add a group: how uneven its combinations are; or if it is mixed, columns and lines."""
        fine = 0 < len({*issues}) == len(issues) and min(issues) >= 0
        demand(fine, "dispute", "a group that names an issue twice, or a place below 0")
        mixed = any(len(cell) > 1 for k in issues for cell in self.cells[k])
        able, first = [], self.width if mixed else 0
        for i in range(self.n):
            among = self.own[None] | self.own[i] | self.bonuses
            worths = [row[i] for _, _, rows in self.joined(issues, among) for row in rows]
            if worths and min(worths) < max(worths):
                able.append((first + i, min(worths), max(worths) - min(worths)))
        if not mixed:
            every = self.joined(issues, self.bonuses)
            self.groups.append((issues, {at: apart(row, able) for at, _, [row] in every}))
            return
        corners, inside = [*chain.from_iterable(self.cells)], sum([1 << k for k in issues])
        self.spend(self.n * (self.n + sum(map(len, corners)) + len(self.gifts) * self.words))
        for k, options in enumerate(self.cells):
            for row in chain.from_iterable(options):
                row.extend(row[: self.n] if k in issues else [0] * self.n)
        for c, (columns, _) in self.gifts.items():
            if self.issues[c] and not self.issues[c] & ~inside:
                columns.append(first + columns[0])
        self.width += self.n
        self.mixed.append(([*issues, None], able))  # so that no part ever has all of it
        self.even += permutations(able, 2)

    def joined(self, part, among, groups: Any = None):
        """Return the combinations of some issues' options that keep those among the conditions.

        Of each: its options, the conditions it misses, and what its corners are worth. If groups
        are given, with what is too uneven in each, what another one dominates is dropped as well.
        """
        options, done, have, begun = [((), 0, [[0] * self.width])], [], 0, 0
        near = [group for group in groups or () if not {*part}.isdisjoint(group[0])]
        self.spend(len(groups or ()) + (150 + 5 * sum([len(own) for own, _ in near])) * len(part))
        for k in part:
            size = sum(len(rows) for _, _, rows in options) * sum(map(len, self.cells[k]))
            demand(size <= MAX_ROWS, "too-large", "a part of more than 100,000 rows")
            done.append(k)
            have |= 1 << k
            named = self.naming[k] & among
            ready = [c for c in ones(named) if not self.issues[c] & ~have]
            self.spend((8 + self.width + len(done) + self.words + 2 * len(ready)) * size)
            closed = sum([1 << c for c in ready])
            begun, never, given = begun | named, closed & self.never, closed & self.bonuses
            begun &= ~closed
            cells = [*zip(count(), self.missed[k], self.cells[k])]
            options = [
                ((*at, j), missed | more, [[*map(add, a, b)] for a in rows for b in cell])
                for at, missed, rows in options
                for j, more, cell in cells
                if not never & ~(missed | more)
            ]
            for c in ones(given):
                columns, points = self.gifts[c]
                for i in columns:
                    for row in chain.from_iterable(o[2] for o in options if not o[1] >> c & 1):
                        row[i] += points
            for issues, uneven in near:
                if k in issues and {*issues} <= {*done}:
                    own = [done.index(issue) for issue in issues]
                    options = [o for o in options if tuple([o[0][x] for x in own]) not in uneven]
            whole = all({*issues} <= {*done} or {*issues}.isdisjoint(done) for issues, _ in near)
            if whole and groups is not None:
                options = self.undominated(options, begun)
        return options

    def undominated(self, options, begun):
        """Return options by falling sum, without those to which one before is as good for all.

        And as good for what else depends on it: the conditions that are begun.
        """
        kept, best = [], []
        for option in sorted(options, key=lambda option: -sum(option[2][0])):
            _, missed, [row, *more] = option
            less = (missed ^ self.bad) & begun  # bonuses that it misses, and limits that it fills
            self.spend(8 + (3 + self.words + self.width // 16) * len(best))
            if more or not any(not other & ~less and all(map(ge, u, row)) for other, u in best):
                kept.append(option)
                best += [] if more else [(less, row)]
        return kept


def apart(row, able):
    """Return how far apart are the shares of a group, in these columns of a row."""
    shares = [Fraction(row[i] - least) / extent for i, least, extent in able]
    return max(shares, default=0) - min(shares, default=0)


class Outcome:
    """Which options are taken, with which weights; what they are worth, and what they break."""

    def __init__(self, raw, dispute):
        grouped = 35 * (dispute.width - dispute.n)
        dispute.spend(100 + grouped + (50 + dispute.width + dispute.words) * len(raw))
        demand(len(raw) == len(dispute.cells), "outcome", "not an option for each issue")
        self.at, self.weights, self.u, missed, mixed = [], [], [0] * dispute.width, 0, False
        for k, (cells, entry) in enumerate(zip(dispute.cells, raw)):
            j, *parts = entry if type(entry) is list else [entry, 1]
            rows, total = cells[j] if 0 <= j < len(cells) else [], sum(parts)
            fine = len(parts) == len(rows) > 0 and min(parts) >= 0 < total
            demand(fine, "outcome", "an option that does not exist, or not a weight for each row")
            mixed = mixed or len(rows) > 1
            dispute.spend(35 * dispute.width * len(rows) * mixed)
            self.at.append(j)
            missed |= dispute.missed[k][j]
            self.weights.append([1] if len(rows) == 1 else [Fraction(w) / total for w in parts])
            for weight, row in zip(self.weights[k], rows):
                self.u = [u + weight * points for u, points in zip(self.u, row)]
            for u in self.u if set(map(type, self.u)) != {int} else ():
                written(u)
        self.given = ones(dispute.bonuses & ~missed)
        dispute.spend(2 * len(self.given))
        for c in self.given:
            columns, points = dispute.gifts[c]
            for i in columns:
                self.u[i] += points
        short = [1 << i for i, (u, d) in enumerate(zip(self.u, dispute.floors)) if u < d]
        self.broken = dispute.never & ~missed | sum(short) << dispute.limits
        uneven = [found[tuple([self.at[k] for k in issues])] for issues, found in dispute.groups]
        uneven += [apart(self.u, able) for _, able in dispute.mixed]
        self.imbalance = max(uneven, default=0)
        del self.u[dispute.n :]


# --- spaces --------------------------------------------------------------------------------------


def mask(places):
    """Return the number with ones at these places, a range."""
    return (1 << places.stop) - (1 << places.start)


class Space:
    """All outcomes that keep some limits: parts with their options, and clauses between them.

    The corners of all options are numbered, and what remains of them is one integer, a bit for
    each: so a node is. A literal is two of them, the corners with which it holds, and the others
    of its part; never do all literals of a clause hold. A bonus that touches several parts is a
    part of its own, with two options: it is given, or it is missing.
    """

    def __init__(self, dispute, merge, limits, groups=()):
        self.dispute, merged = dispute, {k for part in merge for k in part}
        parts = [*merge, *([k] for k in range(len(dispute.cells)) if k not in merged)]
        alike = sorted(k for part in parts for k in part) == [*range(len(dispute.cells))]
        demand(alike, "merge", "an issue in two parts, or one that does not exist")
        self.rows, self.options, self.parts, self.home = [], [], [], []
        dispute.spend(1_000 + 100 * len(parts) + 15 * dispute.width)
        among = dispute.bonuses | sum(1 << c for c in limits)
        literals: Any = {c: [] for c in ones(among)}
        for part in parts:
            options = dispute.joined(part, among, groups)
            self.add([rows for _, _, rows in options])
            named = 0
            for k in part:
                named |= dispute.naming[k] & among
            places = ones(named)
            dispute.spend((1 + dispute.words) * len(options) * len(places))
            held = [(missed, mask(at)) for (_, missed, _), at in zip(options, self.options[-1])]
            for c in places:
                bit = 1 << c
                own = sum([at for missed, at in held if not missed & bit])
                literals[c].append((own, self.parts[-1] ^ own))
        self.slices = [slice(own[0].start, own[-1].stop) for own in self.options if own]
        self.first = len(self.rows)
        self.clauses: Any = {c: literals[c] for c in limits}
        clause = dispute.limits
        for c in ones(dispute.bonuses):
            if len(literals[c]) != 1:
                columns, points = dispute.gifts[c]
                dispute.spend(dispute.width)
                gift = [0] * dispute.width
                for i in columns:
                    gift[i] = points
                given = 1 << len(self.rows), 2 << len(self.rows)
                self.add([[gift], [[0] * dispute.width]])
                both = [[given, literal[::-1]] for literal in literals[c]]
                both.append([given[::-1], *literals[c]])
                self.clauses.update(enumerate(both, clause))
                clause += len(both)
        self.every = (1 << len(self.rows)) - 1
        # The clauses with a literal of a part, and what keeps it from being certain.
        self.touching: Any = {part: [] for part in self.parts}
        self.touching[0] = [(0, clause) for clause in self.clauses.values()]
        for one in self.clauses.values():
            for own, rest in one:
                self.touching[own | rest].append((rest, one))
        self.columns = [*zip(*self.rows)]
        for often in ("clause", "best", "sums"):
            setattr(self, often, cache(getattr(self, often)))
        self.all = self.narrow(self.every, [0]) if all(self.parts) else 0
        worths = self.columns if self.all else []
        self.u = [self.bound(self.all, worth, min(worth), 0) for worth in worths]

    def spend(self, times):
        """Count steps for having looked so many times at a number with a bit for each corner."""
        self.dispute.spend(times * (1 + len(self.rows) // 200))

    def add(self, options):
        """Add a part with these options."""
        first, own = len(self.rows), []
        for rows in options:
            own.append(range(len(self.rows), len(self.rows) + len(rows)))
            self.rows += rows
        every = range(first, len(self.rows))
        self.home += [len(self.parts)] * len(every)
        self.options.append(own)
        self.parts.append(mask(every))

    def within(self, bits):
        """Yield the parts in which these corners are."""
        while bits:
            part = self.parts[self.home[bits.bit_length() - 1]]
            bits &= ~part
            yield part

    def narrow(self, left, parts):
        """Return what is left by the clauses of parts that have changed; 0 if that is nothing."""
        parts, looked = [*parts], 0
        while parts:
            touching = self.touching[parts.pop()]
            looked += len(touching)
            for uncertain, clause in touching:
                if left & uncertain:
                    continue
                looked += 2 + len(clause)
                loose: Any = None
                for literal in clause:
                    if left & literal[1]:
                        if loose:
                            break
                        loose = literal
                else:
                    if not loose:
                        return 0
                    own, rest = loose
                    if left & own:
                        left &= ~own
                        parts.append(own | rest)
                        self.spend(looked)
                        looked = 0
        if looked:
            self.spend(looked)
        return left

    def most(self, left, before, u):
        """Return U, which was u before some options went."""
        changed = [*self.within(left ^ before)]
        self.spend((8 + self.dispute.width) * len(changed))
        for part in changed:
            u = [*map(sub, map(add, u, self.best(left & part)), self.best(before & part))]
        return u

    def weighed(self, weights, clauses, multipliers):
        """Return what each corner counts for by multipliers, the least, and what is beside."""
        taken = [*map(self.clause, clauses)]
        self.dispute.spend(len(self.rows) + sum([8 + len(corners) for _, corners in taken]))
        worth, total = self.sums(weights).copy(), 0
        for (more, corners), mu in zip(taken, multipliers):
            total += mu * more
            for x in corners:
                worth[x] -= mu
        return worth, min(worth), total

    def clause(self, c):
        """Return how many literals a clause has besides one, and the corners of all of them."""
        literals = self.clauses.get(c, [(0, 0)])  # one that does not occur never matters
        corners = [*chain.from_iterable([ones(own) for own, _ in literals])]
        self.dispute.spend(8 * len(corners))
        return len(literals) - 1, corners

    def bound(self, left, worth, least, total):
        """Return the most of what the corners of all parts count for, and of what is beside it."""
        self.dispute.spend(3 * len(self.parts) + len(self.rows) // 2)
        worth = [*worth]
        for x in ones(self.every ^ left):
            worth[x] = least
        total += sum(map(max, map(worth.__getitem__, self.slices)))
        gifts = zip(worth[self.first :: 2], worth[self.first + 1 :: 2])
        return total + sum([a if a > b else b for a, b in gifts])  # noqa: FURB136 - max() is slow

    def best(self, own):
        """Return the most that some corners are worth to each party."""
        rows = [self.rows[x] for x in ones(own)]
        self.dispute.spend(64 + own.bit_length() // 8 + len(rows) * self.dispute.width // 4)
        return [*map(max, zip(*rows))]

    def sums(self, weights):
        """Return Σ c_i · points at each corner."""
        self.dispute.spend((1 + len(weights)) * len(self.rows) * bulk(max(weights, key=abs)))
        own: Any = [map(mul, repeat(c), column) for c, column in zip(weights, self.columns) if c]
        return [*reduce(lambda a, b: map(add, a, b), own or [repeat(0, len(self.rows))])]

    def branch(self, left, code):
        """Return the nodes into which a part's options divide one, the first option's last."""
        self.spend(4 * len(self.options[code]))
        options = [own for own in map(mask, self.options[code]) if own & left]
        demand(len(options) > 1, "tree", "an integer that divides nothing")
        part = self.parts[code]
        return [(left & ~part | own, [part]) for own in reversed(options)]


# --- goals: no acceptable outcome is as one of some levels asks ----------------------------------


class Measure:
    """Scaled gains: who is compared, where everybody's zero is, and what one point counts."""

    def __init__(self, dispute, zeros, ranges):
        self.dispute, self.zeros = dispute, zeros
        self.compared = [i for i, r in enumerate(ranges) if r > 0]
        self.others = [i for i, r in enumerate(ranges) if r <= 0]
        self.scale = lcm(*(Fraction(ranges[i]).numerator for i in self.compared))
        written(self.scale)
        self.factors = [int(self.scale / Fraction(r)) if r > 0 else self.scale for r in ranges]
        scaled: Any = map(mul, zeros, self.factors)
        self.offsets = [int(v) if v == int(v) else v for v in scaled]
        room = [span * self.scale for span in (dispute.raw.tolerance, dispute.raw.price)]
        self.within, self.price = map(floor, room) if dispute.whole else room

    def gains(self, u):
        """Return everybody's scaled gains."""
        return [*map(sub, map(mul, u, self.factors), self.offsets)]

    def own(self, gains):
        """Return what there is of the compared parties."""
        return [*map(gains.__getitem__, self.compared)]

    def of(self, u):
        """Return the scaled gains of the compared parties."""
        return self.own(self.gains(u))

    def near(self, gains, kappas):
        """Tell whether gains are within the price of some of these gains; None: of any at all."""
        enough = [*map(add, gains, repeat(self.price))]
        return kappas is None or any(all(map(ge, enough, kappa)) for kappa in kappas)

    def ask(self, value, step=0):
        """Return (v, ε) for a value at least, or with a step for more: a step more, if whole."""
        return (ceil(value) + step, 0) if self.dispute.whole else (value, int(step > 0))

    def slots(self, u):
        """Return for each level of *sorted* the slots that what is better than u reaches."""
        gains = sorted(self.of(u))
        least = [self.ask(gain) for gain in gains]
        return [least[:k] + [self.ask(gains[k], 1)] * len(gains[k:]) for k in range(len(gains))]

    def sorted(self, u):
        """Return the levels of what has better compared gains than u, sorted upward."""
        return [Slots(self, wanted) for wanted in self.slots(u)]

    def larger(self, least, u):
        """Return the level of gains not below those of least, with a larger sum than those of u."""
        own = [int(i in self.compared) for i in range(len(u))]
        asks = {i: self.ask(gain * own[i]) for i, gain in enumerate(self.gains(least))}
        return Box(asks, own, self.ask(sum(self.of(u)), 1))


class Box(NamedTuple):
    """The level of gains as asked, {i: (v, ε)}, whose sum Σ w_i g_i is as a line asks."""

    asks: dict
    w: Any = ()
    line: tuple = (0, 0)

    def closed(self, gains, row=None, bound=0, less=0):
        """Tell whether U's gains leave nothing in the level, or M by a row of multipliers does."""
        own = zip(map(gains.__getitem__, self.asks), repeat(0))
        short = any(map(lt, own, self.asks.values()))
        short = short or (sum(map(mul, self.w, gains)), 0) < self.line
        if short or row is None:
            return short
        s = min((Fraction(weight) / w for weight, w in zip(row, self.w) if w), default=0)
        rest = [weight - s * w for weight, w in zip(row, self.w)] or row
        need = [sum([rest[i] * ask[e] for i, ask in self.asks.items()]) for e in (0, 1)]
        floored = all(i in self.asks for i, weight in enumerate(rest) if weight)
        v, e = self.line
        return floored and (bound, 0) < (need[0] + s * v, need[1] + s * e + less)


class Slots(NamedTuple):
    """The level of compared gains that, sorted upward, reach slots, while nobody else loses."""

    measure: Measure
    wanted: list

    def closed(self, gains, row=None, bound=0, slack=0):
        """Tell whether U's gains leave nothing in the level, or M by a row of multipliers does."""
        own, need = self.measure.own, 0
        short = any(map(lt, zip(sorted(own(gains)), repeat(0)), self.wanted))
        short = short or any(map(lt, map(gains.__getitem__, self.measure.others), repeat(0)))
        if short or row is None:
            return short
        waiting, able = sorted(zip(own(gains), own(row))), []
        for slot in reversed(self.wanted):
            while waiting and (waiting[-1][0], 0) >= slot:
                heappush(able, waiting.pop()[1])
            weight = heappop(able)
            need, slack = need + weight * slot[0], slack + weight * slot[1]
        return (bound, 0) < (need, slack)


class Product(NamedTuple):
    """The level of a larger product of compared gains than this, while nobody loses."""

    measure: Measure
    most: Any

    def work(self):
        """Return the steps that a product of as many gains is."""
        return (len(self.measure.compared) * bulk(self.measure.scale)) ** 2 // 40

    def closed(self, gains, row=None, bound=0, _less=0):
        """Tell whether U's gains leave nothing in the level, or M by a row of multipliers does."""
        short = min(gains) < 0 or prod(self.measure.own(gains)) <= self.most
        if short or row is None:
            return short
        own = self.measure.own(row)
        m = len(own)
        return bound < 0 or (min(own) > 0 and bound**m <= self.most * m**m * prod(own))


def between(limit, one, other):
    """Return the line of two shares of a group: two columns with their weights, and what is beside.

    It says that the one is not above the other by more than a limit.
    """
    (a, low, r), (b, least, s) = one, other
    return a, -s, b, r, limit * r * s + s * low - r * least


class Lines:
    """Sums Σ c_i u_i + c, each as the c_i and then c: some are not below 0 in any level.

    Of each two with a range in a mixed group, by columns, that one's share is not above the other's
    by more than a limit; for a strict goal it is less. For the compared a and b, counted by pairs,
    T − g_a + g_b; for a with itself g_a less its least. Then come blocks: where no line of one is
    below 0, and the last is above, something is better. What is known at a node is one integer: the
    bit 2 k says that line k is not below 0, the next that it is (of the last of a block, that it is
    not above).
    """

    def __init__(self, dispute: Any = None, limit: Any = 0, strict=False, measure=None, least=()):
        self.dispute, self.limit, self.strict = dispute, limit, strict
        self.even = dispute.even if dispute else []
        self.measure: Any = measure
        self.least, self.more, self.blocks = least, [], []
        self.pairs, self.last = len(self.even) + len(least) ** 2, set()
        self.known = ((1 << 2 * self.pairs) - 1) // 3

    def add(self, block):
        """Add a block."""
        first = self.pairs + len(self.more)
        self.blocks.append(range(first, first + len(block)))
        self.more += block
        self.last.add(first + len(block) - 1)

    def line(self, k):
        """Return a line."""
        if k >= self.pairs:
            return self.more[k - self.pairs]
        if k < len(self.even):
            a, v, b, w, more = between(self.limit, *self.even[k])
            line = [0] * (max(a, b) + 1)
            line[a], line[b] = v, w
            return [*line, more]
        measure, (a, b) = self.measure, divmod(k - len(self.even), len(self.least))
        i, j = measure.compared[a], measure.compared[b]
        line = [((h == j) - (h == i != j)) * f for h, f in enumerate(measure.factors)]
        room = measure.within if i != j else -self.least[a]
        return [*line, room - sum(map(mul, line, measure.zeros))]

    def beside(self, weights, multipliers):
        """Return weights with some lines added, what is beside them, and how often less ε."""
        total, less = 0, 0
        for k, mu in multipliers:
            *line, more = self.line(k)
            size = bulk(mu) + bulk(max(line, key=abs))
            self.dispute.spend((25 + 6 * len(line)) * size)
            weights = [w + mu * v for w, v in zip_longest(weights, line, fillvalue=0)]
            total, less = total + mu * more, less - min(mu, 0) * (k not in self.last)
            less += mu * self.strict
        return weights, total, less

    def nodes(self, space, left, known, code):
        """Return the nodes in which a line of a block is the first that does not hold."""
        demand(code < len(self.blocks), "tree", "an integer that divides nothing")
        nodes = []
        for k in self.blocks[code]:
            *line, more = self.more[k - self.pairs]
            space.dispute.spend(30 + known.bit_length() // 500)
            worth, least, total = space.weighed(tuple([-v for v in line]), (), ())
            if (space.bound(left, worth, least, total - more), k in self.last) > (0, False):
                nodes.append((left, [], known | 2 << 2 * k))
            known |= 1 << 2 * k
        return nodes[::-1]


class Goal(NamedTuple):
    """What a tree proves: that no outcome in a space is as one of some levels asks."""

    words: str
    measure: Measure
    space: Space
    levels: list
    lines: Lines
    view: Any = list  # what of upper bounds counts: nothing, if no such outcome is below them


def prove(goal, tree, rows):
    """Follow a tree until nothing is left that is as a goal describes; return the cases."""
    measure, space, lines, cases, codes = goal.measure, goal.space, goal.lines, 0, iter(tree)

    @cache
    def weighed(code):
        row, clauses, multipliers, along = rows[-code - 1]
        own, beside, less = lines.beside([*map(mul, row, measure.factors)], along)
        worth, least, total = space.weighed(tuple(own), clauses, multipliers)
        return worth, least, total + beside - sum(map(mul, row, measure.offsets)), less

    stack: Any = [(space.all, [], lines.known, space.all, space.u, goal.levels)]
    a_level = (15 + 2 * len(measure.zeros)) * bulk(measure.scale)
    a_level += sum([level.work() for level in goal.levels if isinstance(level, Product)])
    while stack:
        left, parts, known, before, u, levels = stack.pop()
        space.dispute.spend(60 + len(levels) * a_level)
        left = space.narrow(left, parts)
        u = space.most(left, before, u) if left else None
        gains = u and goal.view(measure.gains(u))
        reached = levels = [v for v in levels if not v.closed(gains)] if gains else []
        while levels:
            space.dispute.spend(len(levels) * 3 * a_level)
            code: Any = next(codes, None)
            demand(code is not None, "short", "a tree ends while something is open")
            if code >= 0:
                beyond = code - len(space.parts)
                if beyond < 0:
                    nodes = [(*node, known) for node in space.branch(left, code)]
                else:
                    nodes = lines.nodes(space, left, known, beyond)
                stack += [(*node, left, u, reached) for node in nodes]
                break
            demand(-code <= len(rows), "tree", "a row of multipliers that does not exist")
            row, _, _, along = rows[-code - 1]
            if along:
                space.dispute.spend(len(along) * (4 + known.bit_length() // 500))
                fits = all(known >> 2 * k + (mu < 0) & 1 for k, mu in along)
                demand(fits, "tree", "a row with a line that is not known to hold")
            *weights, less = weighed(code)
            bound = space.bound(left, *weights)
            still = [level for level in levels if not level.closed(gains, row, bound, less)]
            demand(len(still) < len(levels), "idle", "a row of multipliers that closes nothing")
            levels = still
        else:
            cases += 1
    demand(not list(codes), "left-over", "a tree goes on after all is closed")
    return cases


# --- the certificate -----------------------------------------------------------------------------

RULES = {
    "draw": "Whatever else is even, and costs nobody too much, is no better or is dominated.",
    "kalai_smorodinsky": "No acceptable package has better gains, sorted upward.",
    "nash": "No acceptable package has a larger product of gains than this, or than the bound.",
    "egalitarian": "No acceptable package has a larger least gain in points, or is better for all.",
    "leximin": "No acceptable package has better points, sorted upward.",
    "utilitarian": "No acceptable package has a larger sum of points.",
    "adjusted_winner": "No acceptable package has better parts of the totals, sorted upward.",
    "frontier": "Whatever else is acceptable is worth no more than one of these, or lies between.",
}


PARETO = "No acceptable package is better for one party and worse for none."
DRAWS = {
    ("draw", "draw"): " No other draw has better gains, sorted upward.",
    ("draw", "uneven"): " No acceptable package is a draw.",
}


def name(value):
    """Return an id or a value so that it can be printed."""
    return "".join(c if c.isprintable() else "?" for c in str(value))[:200]


class Check:
    """What a certificate owes: goals, each with a tree; and sentences of what is established."""

    def __init__(self, given, dispute):
        self.given, self.proof, self.dispute = given, given.proof, dispute
        self.merge, self.level = getattr(given.proof, "merge", []), dispute.raw.tolerance
        self.outcomes = [Outcome(raw, dispute) for raw in given.proof.outcomes]
        self.worths: list[Any] = []
        self.goals: list[Goal] = []
        self.said: list[str] = []
        self.floors: Any = dict.fromkeys(range(dispute.n), (0, 0))
        self.names = [name(party) for party in dispute.raw.parties]

    def state(self, claims):
        """Check what is claimed, as far as no tree must prove it."""
        rule, status = self.given.rule, self.given.status
        demand(rule in RULES, "shape", "a rule that the page does not know")
        fits = (rule == "frontier") == (status == "complete")
        demand(fits and status in STATUSES, "status", "a status that this rule does not have")
        same = canonical(STATUSES[status](self)) == canonical(claims)
        demand(same, "claims", "a figure that is not what comes out")

    def prove(self):
        """Check that every goal is proved; return the number of cases."""
        rows, trees, cases = self.rows(), self.proof.trees, 0
        demand(len(trees) == len(self.goals), "tree", f"{len(self.goals)} trees are owed")
        for goal, tree in zip(self.goals, trees):
            cases += prove(goal, tree, rows)
        self.said += dict.fromkeys(goal.words for goal in self.goals)
        if STATUSES[self.given.status] is Check.settlement:  # it follows, whatever the rule
            self.said.append(PARETO)
        more = DRAWS.get((self.given.rule, self.given.status), "")
        self.said.append(f"Status: {self.given.status}.{more}")
        return cases

    def rows(self):
        """Return the rows of multipliers: of the parties, of clauses, and of lines."""
        n, rows = self.dispute.n, []
        for row in getattr(self.proof, "multipliers", []):
            clauses, multipliers = row[n::2], row[n + 1 :: 2]
            fine = len(row) >= n and len(row) % 2 == n % 2
            along = []
            if min(clauses, default=0) < 0:
                along = [(~c, mu) for c, mu in zip(clauses, multipliers) if c < 0]
                multipliers = [mu for c, mu in zip(clauses, multipliers) if c >= 0]
                clauses = [c for c in clauses if c >= 0]
            fine = fine and min(row[:n]) >= 0 and min(multipliers, default=0) >= 0
            demand(fine, "multiplier", "not a multiplier for each party, or one below 0")
            rows.append((row[:n], clauses, multipliers, along))
        return rows

    def owe(self, words, measure, levels, space=None, lines=None, **more):
        """Owe a tree that proves that no acceptable outcome is as one of some levels asks."""
        among = space or self.space, levels, lines or self.lines
        self.goals.append(Goal(words, measure, *among, **more))

    def points(self, u):
        """Return utilities in points, as they are written."""
        return [written(Fraction(v) / unit) for v, unit in zip(u, self.dispute.raw.units)]

    def outcome(self, place):
        """Return the outcome at a place."""
        demand(0 <= place < len(self.outcomes), "outcome", "an outcome that is not there")
        return self.outcomes[place]

    def evenly(self, uneven):
        """Return the space of what keeps all limits, and in which no group is too uneven."""
        never = range(self.dispute.limits)
        groups = [
            (issues, {at for at, apart in found.items() if uneven(apart)})
            for issues, found in self.dispute.groups
        ]
        groups += [(issues, ()) for issues, _ in self.dispute.mixed]
        return Space(self.dispute, self.merge, never, groups)

    def accept(self):
        """Refuse outcomes that are not acceptable; from here on all is about those that are."""
        for x in self.outcomes:
            fine = not x.broken and x.imbalance <= self.level
            demand(fine, "infeasible", "an outcome that breaks a limit, or is uneven in a group")
        self.space = self.evenly(lambda apart: apart > self.level)
        self.lines = Lines(self.dispute, self.level)

    def conflicts(self):
        """No outcome keeps some limits, each of which is needed for that."""
        dispute, m = self.dispute, self.dispute.limits
        told = [
            f"rule {c.place}" if c.party is None else f"red line {c.place} of {self.names[c.party]}"
            for c in dispute.raw.never
        ]
        told += [f"the walk-away value of {who}" for who in self.names]
        measure, known = Measure(dispute, dispute.floors, [1] * dispute.n), {*range(len(told))}
        for conflict in self.proof.conflicts:
            limits = set(conflict.limits)
            fine = len(conflict.limits) == len(conflict.without) == len(limits) > 0
            fine = fine and limits <= known
            demand(fine, "conflict", "limits that do not exist, or not an outcome for each")
            named = sum([1 << c for c in limits])
            for c, place in zip(conflict.limits, conflict.without):
                dispute.spend(dispute.words)
                left = self.outcome(place).broken & named & ~(1 << c)
                demand(not left, "conflict", "an outcome that breaks more than the limit left out")
            asks = {i: (0, 0) for i in range(dispute.n) if m + i in limits}
            words = ", ".join(told[c] for c in sorted(limits))
            words = f"No package keeps all of: {words}. Each is needed."
            space = Space(dispute, self.merge, sorted(c for c in limits if c < m))
            self.owe(words, measure, [Box(asks)], space, Lines())
        demand(self.goals, "conflict", "no conflict")
        return {"walk_away": self.points(dispute.floors)}

    def frontier(self):
        """The outcomes are the whole frontier of two parties, in order."""
        demand(self.dispute.n == 2, "not-covered", "a frontier of more than two parties")
        self.accept()
        measure = Measure(self.dispute, self.dispute.floors, [1, 1])
        self.walk(self.outcomes, measure, 0, 0, RULES["frontier"])
        self.said += [", ".join(map(str, self.points(x.u))) for x in self.outcomes]
        return {"points": [self.points(x.u) for x in self.outcomes]}

    def walk(self, run, measure, low, high, words):
        """Owe that nothing is better than two neighbours of a run; return the edges between them.

        Before the first matters what gives the one party so much, behind the last what the other.
        """
        a, b = measure.compared
        self.dispute.spend(250 * len(run))
        there, edges = [measure.gains(x.u) for x in run], []
        pairs: Any = zip(there, there[1:])  # equal ones: on the border of two pieces, once on each
        falling = all((p[a] < q[a] and p[b] > q[b]) or p == q for p, q in pairs)
        demand(run and falling, "run", "a run that is not in order")
        pairs = zip([None, *run], [*run, None], [None, *there], [*there, None])
        for x, y, p, q in pairs:
            asks, w, line = dict(self.floors), [0] * self.dispute.n, (0, 0)
            asks[a] = measure.ask(p[a], measure.factors[a]) if p else measure.ask(max(low, 0))
            asks[b] = measure.ask(q[b], measure.factors[b]) if q else measure.ask(max(high, 0))
            if x and y and p != q and x.at == y.at:  # all that lies between can be taken
                w[a], w[b] = p[b] - q[b], q[a] - p[a]
                line = sum(map(mul, w, p)), 1
                edges.append((measure.own(p), measure.own(q)))
            self.owe(words, measure, [Box(asks, w, line)])
        return edges

    def settlement(self):
        """A package, what each party has in it, that its rule gives it, and its status."""
        dispute, rule, tolerance = self.dispute, self.given.rule, self.dispute.raw.tolerance
        x, floors = self.outcome(0), dispute.floors
        self.level = max(tolerance, x.imbalance)
        self.accept()
        ideals = [self.outcome(self.proof.ideals[i]).u[i] for i in range(dispute.n)]
        ranges = [a - d for a, d in zip(ideals, floors)]
        gains = [Fraction(u - d) / r if r else None for u, d, r in zip(x.u, floors, ranges)]
        own = [gain for gain in gains if gain is not None]
        imbalance = max(own) - min(own) if len(own) > 1 else None
        shown = [self.points(x.u), self.points(floors), self.points(ideals), [*map(written, gains)]]
        keys = "utilities", "walk_away", "ideals", "gains"
        claims: dict[str, Any] = dict(zip(keys, shown))
        claims["imbalance"] = written(imbalance)
        self.tell(x, zip(*shown))
        measure = Measure(dispute, floors, ranges)
        if dispute.raw.groups:
            claims["group_imbalance"] = written(x.imbalance)
        if self.level > tolerance:
            words = "No acceptable package is more even in the groups that are not for trade."
            below = self.evenly(lambda apart: apart >= self.level)
            lines = Lines(dispute, self.level, True)
            self.owe(words, measure, [Box(self.floors)], below, lines)
        for i, a in enumerate(measure.gains(ideals)):
            words = f"No acceptable package gives {self.names[i]} more than {shown[2][i]} points."
            more = measure.ask(a, measure.factors[i])
            self.owe(words, measure, [Box({**self.floors, i: more})])
        bound = getattr(self.given.claims, "bound", None) if rule == "nash" else None
        if bound is not None:
            claims["bound"] = written(bound)
        self.by_rule(rule, x, measure, ranges, bound)
        even = imbalance is not None and max(imbalance, self.level) <= tolerance
        demand(self.follows(rule, x, measure, even), "status", "a status that does not follow")
        return claims

    def by_rule(self, rule, x, measure, ranges, bound):
        """Owe that no acceptable outcome is better by a rule that has a measure of its own."""
        dispute, owe = self.dispute, partial(self.owe, RULES[rule])
        units = [r and unit for r, unit in zip(ranges, dispute.raw.units)]
        points = Measure(dispute, dispute.floors, units)
        if rule == "leximin":
            owe(points, points.sorted(x.u))
        elif rule == "egalitarian":
            owe(points, points.sorted(x.u)[:1])
            owe(points, [points.larger(x.u, x.u)])
        elif rule == "utilitarian":
            owe(points, [points.larger(dispute.floors, x.u)])
        elif rule == "nash":
            found, nothing = prod(measure.of(x.u)), "a product where somebody gains nothing"
            demand(min(measure.of(x.u), default=0) > 0, "not-covered", nothing)
            most = found if bound is None else bound * measure.scale ** len(measure.compared)
            demand(found <= most, "claims", "a bound below the product of gains")
            owe(measure, [Product(measure, most)])
            if bound is not None:
                owe(measure, [measure.larger(x.u, x.u)])
        elif rule == "adjusted_winner":
            corners = [[row for cell in cells for row in cell] for cells in dispute.cells]
            totals = [sum(column) for column in zip(*([*map(max, zip(*c))] for c in corners))]
            bare = not (dispute.issues or dispute.raw.groups)
            bare = bare and all(len(cells) == 1 for cells in dispute.cells) and min(totals) > 0
            demand(bare, "not-covered", "more than shares, or nothing for a party")
            parts = Measure(dispute, [0] * dispute.n, totals)
            owe(parts, parts.sorted(x.u))

    def follows(self, rule, x, measure, even):
        """Tell whether the status follows, owing what it rests on."""
        draw, best = self.given.status == "draw", self.outcome(getattr(self.proof, "best", 0))
        if not even and rule not in ("draw", "kalai_smorodinsky"):
            return not draw
        gains, k = measure.of(x.u), measure.of(best.u)
        self.owe(RULES["kalai_smorodinsky"], measure, measure.sorted(best.u))
        known, possible = self.arranged(k, measure)
        close = measure.near(gains, known)
        if rule not in ("draw", "kalai_smorodinsky"):
            return close if draw else not measure.near(gains, possible)
        if rule == "kalai_smorodinsky" or (even and best is x):
            return best is x and draw == even
        if len(gains) < 2 or self.level > self.dispute.raw.tolerance:
            return best is x and not draw
        if not (even and close if draw else best is x):
            return False
        if len(gains) == 2 and hasattr(self.proof, "run"):
            return self.among_neighbours(x, draw, measure, possible)
        self.among_all(x, draw, measure, sorted(k), possible)
        return True

    def arranged(self, k, measure):
        """Return Kalai–Smorodinsky gains that are known, and all that are possible."""
        twins, alike = getattr(self.proof, "twins", None), len(set(k)) < 2
        few = len(k) <= MAX_ARRANGED
        possible: Any = {tuple(k)} if alike else set(permutations(k)) if few else None
        if twins is None:
            return [k], possible
        demand(possible, "not-covered", "twins of more than five parties")
        known = {tuple(measure.of(self.outcome(at).u)) for at in twins} | {tuple(k)}
        demand(known <= possible, "status", "a twin that has other gains, sorted")
        for kappa in sorted(possible - known):
            asks = {i: measure.ask(gain) for i, gain in zip(measure.compared, kappa)}
            self.owe(RULES["kalai_smorodinsky"], measure, [Box({**self.floors, **asks})])
        return known, known

    def among_all(self, x, draw, measure, k, possible):
        """Owe that whatever is even, close enough and better than x is dominated."""
        words, dispute = RULES["draw"], self.dispute
        most, price = k[-1] - measure.within, measure.price
        least = [measure.ask(max(gain - price, most - price, 0)) for gain in k]
        wanted = [[*map(max, level, least)] for level in measure.slots(x.u)] if draw else [least]
        if draw:
            self.owe(words, measure, [measure.larger(x.u, x.u)])
        self.worths += [measure.gains(outcome.u) for outcome in self.outcomes]

        def view(gains):
            dispute.spend(dispute.n * len(self.worths) + 5 * len(k) * len(possible or ()))
            own, gains = measure.own(gains), [*gains]
            own = [*map(min, own, repeat(min(own) + measure.within))]
            for i, gain in zip(measure.compared, own):
                gains[i] = gain
            near = measure.near(own, possible)
            covered = near and any(all(map(ge, w, gains)) and w != gains for w in self.worths)
            return near and not covered and gains

        nearest = [min(own) for own in zip(*possible)] if possible else [k[0]] * len(k)
        least = [gain - measure.price for gain in nearest]
        lines = Lines(dispute, self.level, False, measure, least)
        for place, *others in getattr(self.proof, "replacements", []):
            lines.add(self.replaced(self.outcome(place), *others))
        levels = [Slots(measure, slots) for slots in wanted]
        self.owe(words, measure, levels, lines=lines, view=view)

    def replaced(self, x, unit, *rows):
        """Return the lines of what has x's options, with weights that are sums of u by a unit.

        Those are the weights, the lines of groups, by how much everybody has more, and all
        together; the last corner of an issue has what the others leave.
        """
        dispute, n, waiting = self.dispute, self.dispute.n, iter(rows)
        cells = [cells[j] for cells, j in zip(dispute.cells, x.at)]
        fine = unit > 0 and {len(row) for row in rows} <= {n + 1}
        fine = fine and len(rows) == sum([len(corners) - 1 for corners in cells])
        demand(fine, "replacement", "not a sum for each corner but the last of an issue")
        columns, sums = range(dispute.width), dispute.width + 3 * len(dispute.even)
        dispute.spend(400 + 2 * n * sums + 8 * len(cells) + 2 * len(x.given))
        lines, more = [], [[-unit * (i == j < n) for j in range(n + 1)] for i in columns]
        for columns, points in map(dispute.gifts.get, x.given):
            for i in columns:
                more[i][n] += unit * points
        for corners in cells:
            own = [*islice(waiting, len(corners) - 1)]
            own.append([*map(sub, [0] * n + [unit], map(sum, zip([0] * (n + 1), *own)))])
            lines += own if len(own) > 1 else []
            for points, line in zip(corners, own):
                dispute.spend(20 + 3 * (n + 1) * (dispute.width + 1) * bulk(max(line, key=abs)))
                more = [[*map(add, a, [v * b for b in line])] for a, v in zip(more, points)]
        for a, v, b, w, room in starmap(partial(between, self.level), dispute.even):
            line = [v * p + w * q for p, q in zip(more[a], more[b])]
            line[n] += unit * room
            lines.append(line)
        return [*lines, *more[:n], [*map(sum, zip(*more[:n]))]]

    def among_neighbours(self, x, draw, measure, possible):
        """Tell whether x is the best draw of two compared parties, or whether there is none."""
        run, within, price = [*map(self.outcome, self.proof.run)], measure.within, measure.price
        spots = [measure.of(outcome.u) for outcome in run]
        low = max(spots[0][1] - within, min(kappa[0] for kappa in possible) - price)
        high = max(spots[-1][0] - within, min(kappa[1] for kappa in possible) - price)

        def room(g):
            apart, dear = g[0] - g[1], [v - k + price for ks in possible for v, k in zip(g, ks)]
            return [apart, within - apart, within + apart, *dear]

        for p, q in self.walk(run, measure, low, high, RULES["draw"]):
            for a, b in zip(room(p), room(q)):
                if a * b < 0:  # here what is a draw changes along the edge, or which is better
                    t = Fraction(a) / (a - b)
                    spots.append([u + t * (v - u) for u, v in zip(p, q)])
        for g in spots:
            even = abs(g[0] - g[1]) <= within and measure.near(g, possible)
            better = not draw or sorted(g) > sorted(measure.of(x.u))
            demand(not (even and better), "status", "there is a draw, or a better one")
        return not draw or x in run

    def tell(self, x, figures):
        """Say what is decided, and what each party has of it."""
        for issue, j, weights in zip(self.dispute.raw.issues, x.at, x.weights):
            labels = [label for label, *_ in issue.options[j]]
            value = labels[0]
            if type(value) is list:
                parts = [sum(map(mul, weights, column)) for column in zip(*labels)]
                value = ", ".join(f"{who} {part}" for who, part in zip(self.names, parts))
            elif len(labels) > 1:
                value = sum(map(mul, weights, labels))
            self.said.append(f"{name(issue.id)}: {name(value)}")
        self.said.append("This package keeps every rule, red line and walk-away value.")
        for who, (points, had, most, gain) in zip(self.names, figures):
            has = f"{points} points, of at most {most}; {had} without an agreement"
            self.said.append(f"{who}: {has}. Gain: {'none possible' if gain is None else gain}.")


STATUSES = {
    "draw": Check.settlement,
    "uneven": Check.settlement,
    "no_agreement": Check.conflicts,
    "complete": Check.frontier,
}


# --- the door ------------------------------------------------------------------------------------


class Verdict(NamedTuple):
    """What came of a check: what was established, or why it failed; the cases closed."""

    valid: bool
    claims: tuple
    failure: Any
    cases: int


def check(certificate, dispute=None, steps=MAX_STEPS):
    """Return the verdict on the text of a certificate, with that of its dispute if it has none."""
    try:
        raw, texts = parse(certificate)
        disputes = [(raw["dispute"], texts["dispute"])] if "dispute" in raw else []
        if dispute is not None:
            beside, own = parse(dispute)
            disputes.append((beside, together(own)))
        demand(disputes, "shape", "the dispute is neither in the certificate nor beside it")
        demand(raw["hikiwake_certificate"] == 1, "version", "a certificate of another version")
        for _, text in disputes:
            same = sha256(text).hexdigest() == raw["dispute_hash"]
            demand(same, "hash", "the hash is not that of the dispute")
        work = Check(exact({**raw, "dispute": None}), Dispute(exact(disputes[0][0]), steps))
        work.state(raw["claims"])
        cases = work.prove()
        return Verdict(True, tuple(work.said), None, cases)
    except Refused as refused:
        code, words = refused.args
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        code, words = "shape", "something is not as the page describes it"
    return Verdict(False, (), SimpleNamespace(code=code, words=words), 0)


USAGE = """usage: python checker.py CERTIFICATE [DISPUTE] [--steps N]
Both are files, not folders. DISPUTE is needed where CERTIFICATE does not hold its dispute: a file
of just that JSON text, in its canonical form. A folder or TOML file is for `hikiwake check`."""


def main(arguments):
    """Check files; return 0 (valid), 1 (not valid) or 2 (cannot be read)."""
    words, steps = list(arguments), MAX_STEPS
    try:
        if "--steps" in words:
            at = words.index("--steps")
            steps = int(words.pop(at + 1))
            del words[at]
        verdict = check(*(Path(word).read_bytes() for word in words), steps=steps)
    except (OSError, ValueError, IndexError, TypeError) as error:
        print(f"{error}\n{USAGE}", file=sys.stderr)
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
