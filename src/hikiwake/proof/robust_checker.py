"""Check that a package is a draw for all that the sides may have meant.

    python robust_checker.py CERTIFICATE

For any Python from 3.9 on, standard library only. The form is that of
docs/reference/robust-certificate.md. Every package is listed, and straight lines in a side's
answers are bounded by the ends of the ranges, and by multipliers where answers are linked: any
multipliers of at least 0 make a true bound, wrong ones only fail to show what was claimed.
"""

import json
import sys
from collections import namedtuple
from fractions import Fraction
from itertools import permutations, product
from math import gcd, lcm, prod

MAX_BYTES = 16 * 2**20
MAX_PACKAGES = 10_000
MAX_DIGITS = 3_000
MAX_WEIGHTS = 1_000_000  # of all packages and sides together
MAX_LISTED = 1_000  # conditions, limits, claims, packages of a mixture …


Verdict = namedtuple("Verdict", "valid claims failure cases")  # cases: lines that were bounded
Failure = namedtuple("Failure", "code words")


class Refused(Exception):
    """A certificate does not hold: one of the page's codes, and why in words."""


def demand(holds, code, words):
    """Refuse unless this holds."""
    if not holds:
        raise Refused(code, words)


def parse(data):
    """Return the value of a text in canonical form (RFC 8785), places its only bare numbers."""
    data = data.encode() if isinstance(data, str) else data
    demand(len(data) <= MAX_BYTES, "too-large", "more than 16 MiB")
    data = data[:-1] if data.endswith(b"\n") else data
    short = {"parse_int": lambda digits: int(digits[:10]), "parse_float": str}
    try:
        value = json.loads(data.decode(), parse_constant=str, **short)
        form = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        value, form = None, ""
    demand(value and form.encode() == data, "shape", "no canonical JSON of texts and places")
    return value


def entries(value, *keys):
    """Return the values of an object that has exactly these keys."""
    demand(isinstance(value, dict) and set(value) == set(keys), "shape", f"not the keys {keys}")
    return [value[key] for key in keys]


def listed(value, count=None, most=MAX_LISTED):
    """Return a list of so many entries, or of at most so many."""
    demand(isinstance(value, list) and count in (None, len(value)), "shape", "another list")
    demand(len(value) <= most, "too-large", "a list that is too long")
    return value


def names(value, most):
    """Return a list of different texts, at least one."""
    texts = listed(value, most=most)
    fits = texts and all(isinstance(one, str) for one in texts) and len(set(texts)) == len(texts)
    demand(fits, "shape", "no different texts")
    return texts


def number(value):
    """Return the exact number in a text, in lowest terms."""
    demand(isinstance(value, str) and len(value) <= MAX_DIGITS, "shape", "no text of a number")
    found = Fraction(value)
    demand(str(found) == value, "shape", "no number in lowest terms")
    return found


def place(value, count):
    """Return a place in a list of so many."""
    demand(type(value) is int and 0 <= value < count, "shape", "a place that is not there")
    return value


def pairs(value):
    """Return a list of lists of two."""
    return [listed(pair, 2) for pair in listed(value)]


def weights(value, count):
    """Return weights by place, each place once."""
    found = {place(at, count): number(weight) for at, weight in pairs(value)}
    demand(len(found) == len(value), "shape", "a place named twice")
    return found


def worth(line, numbers):
    """Return what a line comes to for some answers."""
    return sum((weight * numbers[j] for j, weight in line.items()), Fraction(0))


class World:
    """The packages that are allowed, and each side's points for them as lines in its answers."""

    def __init__(self, raw):
        parties, tolerance, price, issues, never, sides, package = entries(
            raw, "parties", "tolerance", "price", "issues", "never", "sides", "package"
        )
        self.parties = names(parties, 100)
        self.tolerance, self.price = number(tolerance), number(price)
        demand(min(self.tolerance, self.price) >= 0, "shape", "a tolerance or price below 0")
        self.issues = [entries(issue, "id", "options") for issue in listed(issues, most=10_000)]
        names([issue for issue, _ in self.issues], 10_000)
        self.sizes = [len(names(options, MAX_PACKAGES)) for _, options in self.issues]
        large = sum(size > 1 for size in self.sizes) > 13 or prod(self.sizes) > MAX_PACKAGES
        demand(not large, "too-large", "more than 10,000 packages")
        never = [condition(when, self.sizes) for when in listed(never)]
        ways = product(*map(range, self.sizes))
        self.packages = [way for way in ways if not any(holds(when, way) for when in never)]
        self.places = {way: at for at, way in enumerate(self.packages)}
        self.package = self.place(package)
        self.sides = [Side(one, self) for one in listed(sides, len(parties))]
        total = sum(len(row) for side in self.sides for row in side.rows)
        demand(total <= MAX_WEIGHTS, "too-large", "too many weights")
        given = [
            [worth(side.rows[at], side.given) / side.unit for side in self.sides]
            for at in range(len(self.packages))
        ]
        demand(min(given[self.package]) >= 0, "given", "as answered a side would walk away")
        possible = [way for way in given if min(way) >= 0]
        self.ideals = [max(way[at] for way in possible) for at in range(len(parties))]
        demand(min(self.ideals) > 0, "given", "as answered a side has nothing to gain")

    def place(self, way):
        """Return where a package stands among all that are allowed."""
        found = self.places.get(tuple(listed(way)), -1)
        demand(found >= 0, "package", "a package that is not there, or is not allowed")
        return found


class Side:
    """One side: its answers, what it said of them, and a line in them for each package."""

    def __init__(self, raw, world):
        keys = ("answers", "points", "bonuses", "walk_away", "limits")
        answers, points, bonuses, walk_away, limits = entries(raw, *keys)
        count = len(listed(answers, most=10_000))
        known = [listed(one, 2) for one in answers]
        self.given = [number(given) for given, _ in known]
        self.ranges = [span and tuple(map(number, listed(span, 2))) for _, span in known]
        table = [
            [weights(option, count) for option in listed(issue, size, MAX_PACKAGES)]
            for issue, size in zip(listed(points, len(world.sizes), 10_000), world.sizes)
        ]
        extras = [(place(at, count), condition(when, world.sizes)) for at, when in pairs(bonuses)]
        away = weights(walk_away, count)
        self.limits = [(weights(weigh, count), number(most)) for weigh, most in pairs(limits)]
        inside = all(s is None or s[0] <= x <= s[1] for x, s in zip(self.given, self.ranges))
        kept = all(worth(weigh, self.given) <= most for weigh, most in self.limits)
        demand(inside and kept, "given", "what was answered breaks a range or a limit")
        parts = [part for issue in table for option in issue for part in option.values()]
        self.unit = lcm(*(part.denominator for part in [*parts, *away.values()]))
        self.rows = [self.row(way, table, extras, away) for way in world.packages]

    def row(self, way, table, extras, away):
        """Return the points for a package above the walk-away value, whole, by answer."""
        found = less({}, away)
        chosen = [issue[option] for issue, option in zip(table, way)]
        for line in [*chosen, *({j: 1} for j, when in extras if holds(when, way))]:
            found = less(found, line, 1, -1)
        return {j: int(weight * self.unit) for j, weight in found.items() if weight}


def condition(raw, sizes):
    """Return a combination: issues by their places, each with the options that it names."""
    found = {place(at, len(sizes)): options for at, options in pairs(raw)}
    demand(found and len(found) == len(raw), "shape", "an empty combination, or an issue twice")
    return {
        at: {place(option, sizes[at]) for option in listed(options, most=MAX_PACKAGES)}
        for at, options in found.items()
    }


def holds(when, way):
    """Tell whether a package has a combination."""
    return all(way[at] in options for at, options in when.items())


class Meant:
    """Ranges of a side's answers, whole numbers of one unit, and which of them are linked how."""

    def __init__(self, side, spans, tables):
        unit = lcm(*(end.denominator for span in spans for end in span))
        self.low, self.high = ([int(span[end] * unit) for span in spans] for end in (0, 1))
        self.parts, self.inside, self.lines = [], set(), 0
        for places, limits in linked(side.limits, spans):
            self.inside.update(places)
            rows = []
            for weigh, most in (side.limits[at] for at in limits):
                sure = sum(w * spans[j][0] for j, w in weigh.items() if j not in places)
                rows.append(([weigh.get(j, 0) for j in places], (most - sure) * unit))
            self.parts.append((places, rows, {}))
        for (places, rows, table), given in zip(self.parts, listed(tables, len(self.parts))):
            for line, multipliers in (listed(one, 2) for one in listed(given, most=500_000)):
                ys = [number(y) for y in listed(multipliers, len(rows))]
                demand(not ys or min(ys) >= 0, "multiplier", "a multiplier below 0")
                table[tuple(int(number(c)) for c in listed(line, len(places)))] = ys

    def most(self, line):
        """Return what a line does not exceed, times some number above 0."""
        self.lines += 1
        found = self.ends((j, c) for j, c in line.items() if j not in self.inside)
        for places, rows, table in self.parts:
            own = [line.get(j, 0) for j in places]
            times = gcd(*own)
            if not times:
                continue
            ys = table.get(tuple(c // times for c in own)) or [0] * len(rows)
            for y, (weigh, most) in zip(ys, rows):
                if y:
                    found += times * y * most
                    own = [c - times * y * w for c, w in zip(own, weigh)]
            found += self.ends(zip(places, own))
        return found

    def ends(self, line):
        """Return what a line comes to at the ends of the ranges where it is largest."""
        return sum(c * (self.high[j] if c > 0 else self.low[j]) for j, c in line)

    def least(self, line):
        """Return what a line does not fall below, times some number above 0."""
        return -self.most({j: -c for j, c in line.items()})


def linked(limits, spans):
    """Return the answers that vary and that limits link, group by group, with their limits."""
    groups = []
    for at, (weigh, _) in enumerate(limits):
        places = {j for j, weight in weigh.items() if weight and spans[j][0] < spans[j][1]}
        joined = [group for group in groups if group[0] & places]
        groups = [group for group in groups if not group[0] & places]
        own = sorted([at, *(other for _, others in joined for other in others)])
        groups.append((places.union(*(before for before, _ in joined)), own))
    groups.sort(key=lambda group: group[1])
    return [(sorted(places), own) for places, own in groups if places]


def spans_of(world, at, error, ranges):
    """Return the range of each answer of a side: its own, or so far off; 0 is the zero (H28)."""
    side, off = world.sides[at], error * world.ideals[at]
    return [
        own if own and ranges else (given - off, given + off) if given or own else (given, given)
        for given, own in zip(side.given, side.ranges)
    ]


def less(one, other, times=1, part=1):
    """Return one line times a number, less another times a number."""
    found = {j: times * c for j, c in one.items()}
    for j, c in other.items():
        found[j] = found.get(j, 0) - part * c
    return found


class Claim:
    """That the package is a draw for all that the sides may have meant."""

    def __init__(self, world, raw):
        error, ranges, sides = entries(raw, "error", "ranges", "sides")
        self.world, self.error, self.ranges = world, number(error), ranges
        demand(isinstance(ranges, bool) and self.error >= 0, "shape", "no error, or no `ranges`")
        self.meant, self.floors, self.tops, self.mixtures, self.hopes = [], [], [], [], []
        for at, (side, one) in enumerate(zip(world.sides, listed(sides, len(world.sides)))):
            floor, mixture, hopes, tables = entries(one, "least", "most", "hopes", "multipliers")
            spans = spans_of(world, at, self.error, ranges)
            self.meant.append(Meant(side, spans, tables))
            self.floors.append(number(floor))
            self.mixtures.append([(world.place(way), number(w)) for way, w in pairs(mixture)])
            self.tops.append(sum(weight for _, weight in self.mixtures[-1]))
            self.hopes.append([world.place(way) for way in listed(hopes, most=10)])
        self.sides = list(zip(self.meant, (side.rows for side in world.sides)))
        self.possible = [[one.most(row) >= 0 for row in rows] for one, rows in self.sides]

    def check(self):
        """Establish the claim, or refuse."""
        for at in range(len(self.sides)):
            self._gains(at)
        for ahead, behind in permutations(range(len(self.sides)), 2):
            apart = self.tops[ahead] - self.floors[behind]
            demand(apart <= self.world.tolerance, "uneven", "a side may be too far ahead")
        for package in {*range(len(self.world.packages))} - {self.world.package}:
            demand(not self._dominates(package), "dominated", "another may be better for all")
            demand(self._cheap(package), "price", "another may show it as too dear")
        return sum(one.lines for one in self.meant)

    def _gains(self, at):
        """Require the least and the greatest gain of a side, and that it has something to gain."""
        (meant, rows), own = self.sides[at], self.world.package
        demand(meant.least(rows[own]) >= 0, "below", "a side may be below its walk-away value")
        for package in {own, *self.hopes[at], *(way for way, _ in self.mixtures[at])}:
            others = (one for j, one in enumerate(self.sides) if j != at)
            accepted = all(one.least(table[package]) >= 0 for one, table in others)
            demand(accepted, "hope", "a package that others might not accept")
        some = any(meant.least(rows[hope]) > 0 for hope in self.hopes[at])
        demand(some, "hope", "a side might have nothing to gain")
        part = self.floors[at]
        demand(part >= 0, "least", "a least gain below 0")
        for package, row in enumerate(rows):
            if all(them[package] for j, them in enumerate(self.possible) if j != at):
                line = less(row, rows[own], part.numerator, part.denominator)
                demand(meant.most(line) <= 0, "least", "a side may gain less")
        unit = lcm(*(weight.denominator for _, weight in self.mixtures[at]))
        line = {j: unit * c for j, c in rows[own].items()}
        for package, weight in self.mixtures[at]:
            demand(weight >= 0, "most", "a weight below 0")
            line = less(line, rows[package], 1, int(weight * unit))
        demand(meant.most(line) <= 0, "most", "a side may gain more")

    def _dominates(self, package):
        """Tell whether another package might be better for some and worse for none."""
        own = self.world.package
        tops = [one.most(less(rows[package], rows[own])) for one, rows in self.sides]
        return min(tops) >= 0 and max(tops) > 0

    def _cheap(self, package):
        """Tell whether a package is none that counts, or costs nobody more than the price."""
        if not all(them[package] for them in self.possible):
            return True
        lines = [rows[package] for _, rows in self.sides]
        if any(self._above(at, line, min(self.floors)) < 0 for at, line in enumerate(lines)):
            return True
        costs = [less(rows[package], rows[self.world.package]) for _, rows in self.sides]
        return all(
            self.meant[at].most(cost) <= 0 or self._above(at, cost, self.world.price) <= 0
            for at, cost in enumerate(costs)
        )

    def _above(self, at, line, part):
        """Return how far a line may be above a part of what a side can hope for, at the most."""
        meant, rows = self.sides[at]
        hopes = (less(line, rows[h], part.denominator, part.numerator) for h in self.hopes[at])
        return min(meant.most(one) for one in hopes)


def check(text, dispute=None):
    """Return the verdict on a certificate's text; ``dispute``: what it is of, whatever package."""
    try:
        raw = parse(text)
        version, stated, claims = entries(raw, "hikiwake_robust", "dispute", "claims")
        demand(version == 1 and version is not True, "version", "another version")
        world = World(stated)
        same = dispute is None or {**dispute, "package": 0} == {**stated, "package": 0}
        demand(same, "dispute", "it speaks of another dispute")
        demand(listed(claims, most=10), "shape", "no claim")
        made = [Claim(world, one) for one in claims]
        cases = sum(one.check() for one in made)
    except Refused as refusal:
        return Verdict(False, (), Failure(*refusal.args), 0)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, ZeroDivisionError):
        return Verdict(False, (), Failure("shape", "not of the form that the page describes"), 0)
    return Verdict(True, tuple(sentences(world, made)), None, cases)


def sentences(world, made):
    """Yield what was established, a sentence each."""
    for (issue, options), option in zip(world.issues, world.packages[world.package]):
        yield f"{issue}: {options[option]}"
    for claim in made:
        off = f"off by up to {claim.error} of each side's range"
        wide = "every answer in the ranges" + f", the others {off}" * bool(claim.error)
        yield f"It is a draw for {wide if claim.ranges else f'all answers {off}'}."
        for party, least, most in zip(world.parties, claim.floors, claim.tops):
            yield f"{party} gains from {least} to {most}; without an agreement, 0."


def main(arguments):
    """Say what holds; exit code 0: valid, 1: not valid, 2: the file cannot be read."""
    try:
        with open(arguments[0], "rb") as file:
            text = file.read(MAX_BYTES + 2)
    except (OSError, IndexError):
        print("usage: python robust_checker.py CERTIFICATE, a file that can be read")
        return 2
    verdict = check(text)
    said = ["Valid.", *verdict.claims] if verdict.valid else ["Not valid.", *verdict.failure]
    for line in said:
        print("".join(c if c.isprintable() else "?" for c in line))
    return 0 if verdict.valid else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
