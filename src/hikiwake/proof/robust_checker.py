"""Check that a package is a draw for all that the sides may have meant.

    python robust_checker.py CERTIFICATE

For any Python from 3.9 on, standard library only. The form is that of
docs/reference/robust-certificate.md. Packages are many, or have no end; so each claim about all
of them is a tree of cases. In each case conditions on a package are weighed: their sum is a
straight line's, bounded for all packages and for all that the sides may have meant. Any weights
and multipliers of at least 0 make a true bound, wrong ones only fail to show what was claimed.
"""

import json
import sys
from collections import namedtuple
from fractions import Fraction
from itertools import permutations, product
from math import lcm, prod

VERSION = 3
MAX_BYTES = 16 * 2**20
MAX_DIGITS = 3_000
MAX_LISTED = 10_000
MAX_INSIDE = 1_000  # combinations of a group that is not for trade
MAX_CORNERS = 1_000  # of what is left of an option, or of linked answers

Verdict = namedtuple("Verdict", "valid claims failure cases")  # cases: leaves of all trees
Failure = namedtuple("Failure", "code words")
Asked = namedtuple("Asked", "side times plus more strict within", defaults=[None])


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
        value, form = {}, ""
    demand(value and form.encode() == data, "shape", "no canonical JSON of texts and places")
    return value


def entries(value, *keys):
    """Return the values of an object that has exactly these keys."""
    demand(isinstance(value, dict) and set(value) == set(keys), "shape", f"not the keys {keys}")
    return [value[key] for key in keys]


def listed(value, count=None):
    """Return a list, of so many entries if it is known."""
    demand(isinstance(value, list) and count in (None, len(value)), "shape", "another list")
    demand(len(value) <= MAX_LISTED, "too-large", "a list that is too long")
    return value


def names(value):
    """Return a list of different texts, at least one."""
    fits = listed(value) and all(isinstance(one, str) for one in value)
    demand(fits and len(set(value)) == len(value), "shape", "no different texts")
    return value


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


def truth(value):
    """Return true or false."""
    demand(isinstance(value, bool), "shape", "neither true nor false")
    return value


def weights(value, count):
    """Return weights by place, each place once."""
    found = {place(at, count): number(w) for at, w in (listed(pair, 2) for pair in listed(value))}
    demand(len(found) == len(value), "shape", "a place named twice")
    return found


def less(one, other, times=1, part: "Fraction | int" = 1):
    """Return one line times a number, less another times a number."""
    found = {j: times * c for j, c in one.items()}
    for j, c in other.items():
        found[j] = found.get(j, 0) - part * c
    return found


def worth(line, numbers):
    """Return what a line comes to for some answers."""
    return sum(c * numbers[j] for j, c in line.items())


def mixed(ends, parts):
    """Return the line of a mixture of ends."""
    found = {}
    for part, line in zip(parts, ends):
        found = less(found, line, 1, -part) if part else found
    return found


class World:
    """What may be decided and how, and what each side said of it. Of a dispute, no package."""

    def __init__(self, raw):
        keys = ("parties", "tolerance", "price", "issues", "never", "groups", "sides")
        parties, tolerance, price, issues, never, groups, sides = entries(raw, *keys)
        self.parties, self.tolerance, self.price = names(parties), number(tolerance), number(price)
        demand(min(self.tolerance, self.price) >= 0, "shape", "a tolerance or price below 0")
        self.issues = [entries(issue, "id", "options") for issue in listed(issues)]
        names([issue for issue, _ in self.issues])
        self.ends = [[len(names(one)) for one in listed(options)] for _, options in self.issues]
        demand(all(self.ends), "shape", "an issue without options")
        self.never = [
            (None if who is None else place(who, len(parties)), self.condition(when))
            for who, when in (listed(one, 2) for one in listed(never))
        ]
        self.groups = [[place(k, len(issues)) for k in listed(own)] for own in listed(groups)]
        self.sides = [Side(one, self) for one in listed(sides, len(parties))]
        self.ideals = []

    def condition(self, raw):
        """Return tests, all of which hold of a package that has a combination: each names an issue,
        and its options, or an end with what its part is above and below."""
        found = []
        for test in listed(raw):
            issue = place(test[0], len(self.ends))
            if len(listed(test)) == 2:
                found.append((issue, {place(at, len(self.ends[issue])) for at in listed(test[1])}))
                continue
            _, end, above, below = listed(test, 4)
            bounds = [None if one is None else number(one) for one in (above, below)]
            demand(len(self.ends[issue]) == 1, "shape", "bounds where options are to choose from")
            found.append((issue, place(end, self.ends[issue][0]), *bounds))
        demand(found, "shape", "an empty combination")
        return found

    def package(self, raw):
        """Return a package: for each issue an option, and the part of each of its ends."""
        found = []
        for sizes, one in zip(self.ends, listed(raw, len(self.ends))):
            option, parts = listed(one, 2) if isinstance(one, list) else (one, ["1"])
            own = tuple(number(x) for x in listed(parts, sizes[place(option, len(sizes))]))
            demand(min(own) >= 0 and sum(own) == 1, "package", "parts that are no division")
            found.append((option, own))
        allowed = not any(has(found, when) for _, when in self.never)
        demand(allowed, "package", "a package that is not allowed")
        return tuple(found)

    def everything(self):
        """Return all that may be left of each issue: of each option, its corners."""
        units = {n: tuple(tuple(int(a == b) for b in range(n)) for a in range(n))
                 for sizes in self.ends for n in sizes}  # fmt: skip
        return [{at: units[n] for at, n in enumerate(sizes)} for sizes in self.ends]


def has(package, tests):
    """Tell whether a package has a combination."""
    for issue, what, *bounds in tests:
        option, parts = package[issue]
        if not bounds and option not in what:
            return False
        if bounds and not within(parts[what], *bounds):
            return False
    return True


def within(part, above, below):
    """Tell whether a part is strictly between bounds."""
    return (above is None or part > above) and (below is None or part < below)


class Side:
    """One side: its answers, what it said of them, and how each end counts for it."""

    def __init__(self, raw, world):
        keys = ("answers", "points", "bonuses", "walk_away", "limits")
        answers, points, bonuses, walk_away, limits = entries(raw, *keys)
        count, known = len(listed(answers)), [listed(one, 3) for one in answers]
        self.given = [number(given) for given, _, _ in known]
        self.ranges = [span and tuple(map(number, listed(span, 2))) for _, span, _ in known]
        self.guessed = [truth(guessed) for _, _, guessed in known]
        self.points = [
            [[weights(end, count) for end in listed(option, n)] for option, n in zip(own, sizes)]
            for own, sizes in zip(listed(points, len(world.ends)), world.ends)
            if listed(own, len(sizes))
        ]
        self.bonuses = [
            (place(at, count), world.condition(when))
            for at, when in (listed(one, 2) for one in listed(bonuses))
        ]
        self.owned = [sorted({j for option in own for end in option for j in end})
                      for own in self.points]  # fmt: skip
        everywhere = [j for own in self.owned for j in own] + [j for j, _ in self.bonuses]
        once = len(set(everywhere)) == len(everywhere)
        demand(once, "shape", "an answer that counts in two places")
        self.alone = set(range(count)) - set(everywhere)
        self.away = weights(walk_away, count)
        self.limits = [(weights(weigh, count), number(most)) for weigh, most in
                       (listed(one, 2) for one in listed(limits))]  # fmt: skip
        inside = all(s is None or s[0] <= x <= s[1] for x, s in zip(self.given, self.ranges))
        kept = all(worth(weigh, self.given) <= most for weigh, most in self.limits)
        demand(inside and kept, "given", "what was answered breaks a range or a limit")

    def line(self, package):
        """Return the points for a package above the walk-away value, by answer."""
        found = less({}, self.away)
        for own, (option, parts) in zip(self.points, package):
            found = less(found, mixed(own[option], parts), 1, -1)
        return less(found, {j: 1 for j, when in self.bonuses if has(package, when)}, 1, -1)


class Meant:
    """What one side may have meant, and what its limits come to by multipliers."""

    def __init__(self, side, spans, bounds):
        self.side, self.spans, self.bounds = side, spans, bounds

    def corners(self, places):
        """Return what is left at each corner of some answers: all that they may be is between."""
        points, walls = [{}], []
        for weigh, _ in self.side.limits:
            free = {j for j, w in weigh.items() if w and len(set(self.spans[j])) > 1}
            alone = free <= set(places) or free.isdisjoint(places)
            demand(alone, "shape", "answers without others that limits link to them")
        for j in places:
            points = [{**point, j: end} for point in points for end in set(self.spans[j])]
            walls += [({j: -1}, -self.spans[j][0]), ({j: 1}, self.spans[j][1])]
            for weigh, most in self.side.limits:
                free = {at: w for at, w in weigh.items() if len(set(self.spans[at])) > 1}
                if j in free and free.keys() <= points[0].keys():
                    sure = sum(w * self.spans[at][0] for at, w in weigh.items() if at not in free)
                    walls.append((free, most - sure))
                    points = cut_off(points, walls)
        points.sort(key=lambda point: [point[j] for j in places])
        spans = [[(at[j],) * 2 if j in at else own for j, own in enumerate(self.spans)]
                 for at in points]  # fmt: skip
        return [Meant(self.side, one, self.bounds) for one in spans]

    def ends(self, line):
        """Return what a line comes to at the ends of the ranges where it is largest."""
        return sum(c * self.spans[j][1 if c > 0 else 0] for j, c in line.items())

    def most(self, line):
        """Return what a line does not exceed."""
        return min(most + self.ends(less(line, part)) for most, part in self.bounds)

    def least(self, line):
        """Return what a line does not fall below."""
        return -self.most(less({}, line))


def bounds_of(side, multipliers):
    """Return the number and the line by which each list of multipliers bounds any line."""
    found = [(0, {})]
    for ys in listed(multipliers):
        most, line = 0, {}
        for y, (weigh, limit) in zip(map(number, listed(ys, len(side.limits))), side.limits):
            demand(y >= 0, "multiplier", "a multiplier below 0")
            most, line = most + y * limit, less(line, weigh, 1, -y)
        found.append((most, line))
    return found


def cut_off(points, walls):
    """Return the corners of what is between some points and not beyond the last of some walls."""

    def beyond(point, wall=walls[-1]):
        return sum(w * point[j] for j, w in wall[0].items()) - wall[1]

    kept = [point for point in points if beyond(point) <= 0]
    for out, near in product([p for p in points if beyond(p) > 0], [p for p in kept if beyond(p)]):
        part = Fraction(beyond(near)) / (beyond(near) - beyond(out))
        kept.append({j: x + part * (out[j] - x) for j, x in near.items()})
    demand(len(kept) <= MAX_CORNERS, "too-large", "too many corners of linked answers")
    met = [{n for n, wall in enumerate(walls) if not beyond(point, wall)} for point in kept]
    unlike = {tuple(point.values()): (point, on) for point, on in zip(kept, met)}.values()
    return [point for point, on in unlike if sum(on <= other for _, other in unlike) == 1]


class Row:
    """What a condition comes to at the most, as a sum over what is decided."""

    def __init__(self, meant, asked, pick):
        most, line = meant.bounds[pick]
        self.meant, self.side, self.times, self.known = meant, asked.side, asked.times, {}
        self.start = less(less(asked.plus, line), meant.side.away, 1, asked.times)
        alone = {j: c for j, c in self.start.items() if j in meant.side.alone}
        self.constant = asked.more + most + meant.ends(alone)

    def of(self, issue, option, corner):
        """Return what an option, or a mixture of its ends, adds."""
        key = issue, option, corner
        if key not in self.known:
            own = mixed(self.meant.side.points[issue][option], corner)
            at = {j: self.start.get(j, 0) + self.times * own.get(j, 0)
                  for j in self.meant.side.owned[issue]}  # fmt: skip
            self.known[key] = self.meant.ends(at)
        return self.known[key]

    def bonus(self, j, held):
        """Return what a bonus adds where its combination holds, or does not."""
        return self.meant.ends({j: self.start.get(j, 0) + self.times * held})


class Question:
    """Conditions on a package: a tree of cases shows that no package meets them all.

    Each is that so many times a side's line, and what is asked beside it, may come to at least 0,
    or above 0, in the side's set or ``within`` another; so are those that groups add.
    """

    def __init__(self, world, sets, groups, asked):
        self.world, self.sets, self.groups = world, sets, groups
        self.asked = [*asked, *(one for group in groups for one in group.asked)]
        self.rows, self.cases = {}, 0

    def shown(self, tree):
        """Tell whether a tree of cases shows it."""
        sets = [one.within or self.sets[one.side] for one in self.asked]
        return self.case(tree, self.world.everything(), sets)

    def case(self, tree, left, sets):
        """Tell whether no package of what is left meets the conditions, over these sets."""
        if not all(left):
            return True
        if not listed(tree) or isinstance(tree[0], list):
            return self.closes(left, tree, sets)
        kind, at, into = listed(tree, 3)
        if kind == "answers":
            which, places = listed(at, 2)
            every = sets[place(which, len(sets))].corners(listed(places))
            return all(self.case(one, left, [*sets[:which], own, *sets[which + 1 :]])
                       for one, own in zip(listed(into, len(every)), every))  # fmt: skip
        cases = {"issue": self.options, "cut": self.cut, "rule": self.rule, "group": self.group}
        demand(isinstance(kind, str) and kind in cases, "shape", "no such case")
        parts = cases[kind](at, left, into)
        return all(self.case(one, part, sets) for one, part in zip(listed(into, len(parts)), parts))

    def options(self, at, left, _):
        """Return what is left by each option of an issue."""
        issue = place(at, len(left))
        return [but(left, issue, {option: own}) for option, own in left[issue].items()]

    def cut(self, at, left, _):
        """Return what is left where the part of an end is at most, and at least, a number."""
        issue, end, value = listed(at, 3)
        ends = self.world.ends[place(issue, len(left))]
        (option,) = left[issue]
        bounds = place(end, ends[option]), number(value)
        return [clipped(left, issue, *bounds, sign) for sign in (-1, 1)]

    def rule(self, at, left, _):
        """Return what is left by each way not to have a combination that is never allowed."""
        parts = []
        for issue, what, *bounds in self.world.never[place(at, len(self.world.never))][1]:
            if not bounds:
                kept = {o: own for o, own in left[issue].items() if o not in what}
                parts.append(but(left, issue, kept))
            for bound, sign in zip(bounds, (-1, 1)):
                if bound is not None:
                    parts.append(clipped(left, issue, what, bound, sign))
        return parts

    def group(self, at, left, into):
        """Return what is left by each combination of a group that may be even within it."""
        group, parts = self.groups[place(at[0], len(self.groups))], []
        named = [tuple(listed(one, len(group.issues))) for one in listed(at[1], len(into))]
        demand(group.possibly <= set(named), "group", "a combination that may be even is left out")
        for combination in named:
            part = left
            for issue, option in zip(group.issues, combination):
                part = but(part, issue, {o: c for o, c in part[issue].items() if o == option})
            parts.append(part)
        return parts

    def closes(self, left, parts, sets):
        """Tell whether conditions, weighed, cannot all be met by anything that is left."""
        rows, strictly = [], False
        for at, weight, pick in (
            part if len(part) == 3 else [*listed(part, 2), 0] for part in parts
        ):
            asked = self.asked[place(at, len(self.asked))]
            meant = sets[at]
            key = at, meant, place(pick, len(meant.bounds))
            if key not in self.rows:
                self.rows[key] = Row(meant, asked, pick)
            rows.append((number(weight), self.rows[key]))
            demand(rows[-1][0] > 0, "multiplier", "a weight that is not above 0")
            strictly |= asked.strict
        total = sum(weight * row.constant for weight, row in rows)
        for issue, options in enumerate(left):
            total += max(sum(weight * row.of(issue, option, corner) for weight, row in rows)
                         for option, corners in options.items() for corner in corners)  # fmt: skip
        for side, one in enumerate(self.sets):
            own = [(weight, row) for weight, row in rows if row.side == side]
            for j, when in one.side.bonuses if own else ():
                total += max(sum(weight * row.bonus(j, held) for weight, row in own)
                             for held in may_hold(left, when))  # fmt: skip
        self.cases += 1
        return total < 0 or (strictly and total == 0)


def but(left, issue, kept):
    """Return what is left if of one issue this is."""
    return [*left[:issue], kept, *left[issue + 1 :]]


def clipped(left, issue, end, bound, sign):
    """Return what is left where the part of an end is on one side of a bound."""
    kept = {}
    for option, corners in left[issue].items():
        inside = [c for c in corners if sign * (c[end] - bound) >= 0]
        for a, b in product(corners, corners):
            if sign * (a[end] - bound) > 0 > sign * (b[end] - bound):
                part = Fraction(bound - b[end]) / (a[end] - b[end])
                inside.append(tuple(part * x + (1 - part) * y for x, y in zip(a, b)))
        demand(len(inside) <= MAX_CORNERS, "too-large", "too many corners are left of an option")
        if inside:
            kept[option] = tuple(dict.fromkeys(inside))
    return but(left, issue, kept)


def may_hold(left, tests):
    """Return whether a combination of whole issues may fail to hold, and may hold."""
    surely = all(set(left[issue]) <= options for issue, options in tests)
    never = any(not options.intersection(left[issue]) for issue, options in tests)
    return (1,) if surely else (0,) if never else (0, 1)


class Group:
    """A group that is not for trade: which combinations are surely, and possibly, even in it."""

    def __init__(self, world, sets, issues):
        self.issues, self.tolerance, self.asked = issues, world.tolerance, []
        sizes = [len(world.ends[k]) for k in issues]
        demand(prod(sizes) <= MAX_INSIDE, "too-large", "more than 1,000 combinations in a group")
        inside = [(who, when) for who, when in world.never if all(t[0] in issues for t in when)]
        every = {}
        for way in product(*map(range, sizes)):
            chosen = {k: (option, (1,)) for k, option in zip(issues, way)}
            against = {who for who, when in inside if has(chosen, when)}
            if None not in against:
                every[way] = chosen, against
        self.shares = [self._shares(one, at, every) for at, one in enumerate(sets)]
        self.surely = {way for way in every if self._apart(way, 1) <= self.tolerance}
        self.possibly = {way for way in every if self._apart(way, 0) <= self.tolerance}

    def _shares(self, meant, at, every):
        """Return a side's least and greatest share by combination, and whether it surely has one;
        None: nothing is at stake for it."""
        side = meant.side
        lines = [[option[0] for option in side.points[k]] for k in self.issues]
        inside = [(j, when) for j, when in side.bonuses if all(t[0] in self.issues for t in when)]
        lines += [[{}, {j: 1}] for j, _ in inside]
        ways = {way: (*way, *(int(has(chosen, when)) for _, when in inside))
                for way, (chosen, _) in every.items()}  # fmt: skip
        kept = [ways[way] for way, (_, against) in every.items() if at not in against]
        demand(kept, "given", "a side that refuses all of a group")
        apart = [[[meant.ends(less(a, b)) for b in own] for a in own] for own in lines]
        unit = lcm(*(Fraction(x).denominator for own in apart for row in own for x in row))
        apart = [[[int(x * unit) for x in row] for row in own] for own in apart]
        turned = [list(zip(*own)) for own in apart]
        free = len(kept) == prod(map(len, apart))  # all combinations: each issue for itself

        def reached(tables, own):
            rows = [table[o] for table, o in zip(tables, own)]
            if free:
                return sum(map(min, rows)), sum(map(max, rows))
            sums = [sum(row[o] for row, o in zip(rows, other)) for other in kept]
            return min(sums), max(sums)

        found = {}
        for way, own in ways.items():
            (least, above), (back, below) = reached(apart, own), reached(turned, own)
            low, rest = max(0, -back), max(0, -least)
            if above <= 0 and below <= 0:
                return None
            least = Fraction(low, low + below) if low + below else 1
            found[way] = least, Fraction(above, above + rest) if above + rest else 0
        every = [mixed([own[o] for own, o in zip(lines, way)], [1] * len(lines)) for way in kept]
        worths = [worth(line, side.given) for line in every]
        best, worst = (every[worths.index(one(worths))] for one in (max, min))
        return found, meant.least(less(best, worst)) > 0

    def _apart(self, way, widest):
        """Return how far apart shares may be at the most, or are at the least."""
        shares = [own[0][way] for own in self.shares if own and (widest or own[1])]
        if len(shares) < 2:
            return 0
        if widest:
            return max(a[1] - b[0] for a, b in permutations(shares, 2))
        return max(least for least, _ in shares) - min(most for _, most in shares)

    def even(self, package):
        """Tell whether a package is surely even within the group."""
        return tuple(package[k][0] for k in self.issues) in self.surely


class Balance:
    """A group that is not for trade, where something is divided: what shares in it are sums of."""

    def __init__(self, world, sets, issues):
        self.world, self.sets, self.issues = world, sets, issues
        combinations = [when for _, when in world.never]
        combinations += [when for one in sets for _, when in one.side.bonuses]
        inside = any(all(test[0] in issues for test in when) for when in combinations)
        demand(not inside, "group", "a combination inside a group where something is divided")
        stakes = {at: self._stake(one) for at, one in enumerate(sets)}
        self.stakes = {at: stake for at, stake in stakes.items() if stake}
        self.asked = [self._fits(*pair) for pair in permutations(self.stakes, 2)]

    def _stake(self, meant):
        """Return a side's worst end of each issue, and by how much its most in the group is above
        its least; None: nothing is at stake."""
        low, whole = {}, {}
        for issue in self.issues:
            ends = [end for option in meant.side.points[issue] for end in option]
            worths = [worth(end, meant.side.given) for end in ends]
            low[issue], best = (ends[worths.index(one(worths))] for one in (min, max))
            fixed = all(meant.ends(less(a, b)) <= 0 for end in ends
                        for a, b in ((low[issue], end), (end, best)))  # fmt: skip
            demand(fixed, "group", "what is least or most in a group hangs on what was meant")
            whole = less(less(whole, best, 1, -1), low[issue])
        if meant.ends(whole) <= 0:
            return None
        surely = meant.ends(less({}, whole)) < 0
        demand(surely, "group", "a side that may have nothing at stake in a group")
        return low, whole

    def _most(self, at, line):
        """Return the most that a line comes to in parts of what is at stake for a side."""
        meant, (_, whole) = self.sets[at], self.stakes[at]
        numbers = dict(enumerate(meant.side.given))
        while True:
            part = Fraction(worth(line, numbers)) / worth(whole, numbers)
            beyond = less(line, whole, 1, part)
            if meant.ends(beyond) <= 0:
                return part
            numbers = {j: meant.spans[j][c > 0] for j, c in beyond.items()}

    def _fits(self, ahead, behind):
        """Return what holds of a package by which one is not too far ahead of another."""

        def apart(issue, option, end):
            own, other = (
                less(self.sets[at].side.points[issue][option][end], self.stakes[at][0][issue])
                for at in (ahead, behind)
            )
            return self._most(behind, other) + self._most(ahead, less({}, own))

        points = [
            [[[[issue, str(apart(issue, option, end))]] if issue in self.issues else []
              for end in range(size)] for option, size in enumerate(sizes)]
            for issue, sizes in enumerate(self.world.ends)
        ]  # fmt: skip
        raw = {"answers": [["1", None, False]] * len(points), "points": points,
               "bonuses": [], "walk_away": [], "limits": []}  # fmt: skip
        within = Meant(Side(raw, self.world), [(1, 1)] * len(points), [(0, {})])
        return Asked(None, 1, {}, self.world.tolerance, False, within)

    def even(self, package):
        """Tell whether a package is surely even within the group."""
        ends = {}
        for at, (low, _) in self.stakes.items():
            line = {}
            for issue in self.issues:
                option, parts = package[issue]
                own = mixed(self.sets[at].side.points[issue][option], parts)
                line = less(less(line, own, 1, -1), low[issue])
            ends[at] = self._most(at, line), -self._most(at, less({}, line))
        pairs = permutations(ends.values(), 2)
        return all(most - least <= self.world.tolerance for (most, _), (_, least) in pairs)


def groups_of(world, sets):
    """Return the groups that are not for trade, looked at by combinations where all are whole."""
    whole = all(max(world.ends[k]) == 1 for own in world.groups for k in own)
    return [(Group if whole else Balance)(world, sets, own) for own in world.groups]


def ideals_of(world, raw):
    """Return what each side could hope for at the most, as answered; and how many cases."""
    sets = [Meant(side, [(x, x) for x in side.given], [(0, {})]) for side in world.sides]
    groups, found, cases = groups_of(world, sets), [], 0
    for at, one in enumerate(listed(raw, len(sets))):
        most, tree = entries(one, "most", "cases")
        found.append(number(most))
        demand(found[at] >= 0, "ideal", "an ideal below 0")
        asked = [Asked(n, 1, {}, -found[at] if n == at else 0, n == at) for n in range(len(sets))]
        question = Question(world, sets, groups, asked)
        demand(question.shown(tree), "ideal", "as answered a side could hope for more")
        cases += question.cases
    return found, cases


class Claim:
    """That the package is a draw for all that the sides may have meant."""

    def __init__(self, world, package, raw):
        keys = ("error", "ranges", "sides", "least", "better", "price")
        error, ranges, sides, *self.trees = entries(raw, *keys)
        self.world, self.error, self.ranges = world, number(error), truth(ranges)
        demand(self.error >= 0, "shape", "an error below 0")
        self.own = [side.line(package) for side in world.sides]
        keys = ("least", "most", "hopes", "multipliers")
        shown = [entries(one, *keys) for one in listed(sides, len(world.sides))]
        self.sets = [
            Meant(side, self.spans(at), bounds_of(side, ys))
            for at, (side, (*_, ys)) in enumerate(zip(world.sides, shown))
        ]
        self.groups = groups_of(world, self.sets)
        demand(all(g.even(package) for g in self.groups), "group", "it may be uneven in a group")
        # a side without a least gain can neither gain nor lose: it is not compared (H9)
        self.floors = {at: number(one[0]) for at, one in enumerate(shown) if one[0] is not None}
        demand(len(self.floors) > 1, "uneven", "fewer than two sides that can gain something")
        demand(min(self.floors.values()) >= 0, "least", "a least gain below 0")
        self.tops, self.hopes = {}, [[] for _ in shown]
        for at, (_, mixture, hopes, _) in enumerate(shown):
            below = self.sets[at].least(self.own[at]) < 0
            demand(not below, "below", "a side may be below its walk-away value")
            if at in self.floors:
                self.tops[at] = self._most(at, mixture)
                self.hopes[at] = [self._accepted(at, hope) for hope in listed(hopes)]
                some = any(self.sets[at].least(hope) > 0 for hope in self.hopes[at])
                demand(some, "hope", "a side might have nothing to gain")

    def spans(self, at):
        """Return the range of each answer: its own, or so far off if it is a guess (H28)."""
        side, off = self.world.sides[at], self.error * self.world.ideals[at]
        return [
            own if own and self.ranges else (x - off, x + off) if guessed else (x, x)
            for x, own, guessed in zip(side.given, side.ranges, side.guessed)
        ]

    def _accepted(self, at, raw):
        """Return a side's line for a package that all others surely accept."""
        package = self.world.package(raw)
        lines = [side.line(package) for side in self.world.sides]
        others = all(m.least(lines[n]) >= 0 for n, m in enumerate(self.sets) if n != at)
        surely = others and all(group.even(package) for group in self.groups)
        demand(surely, "hope", "a package that others might not accept")
        return lines[at]

    def _most(self, at, mixture):
        """Return a side's greatest gain: the weights of a mixture that is nowhere worth less."""
        top, line = 0, self.own[at]
        for raw, weight in (listed(one, 2) for one in listed(mixture)):
            demand(number(weight) >= 0, "most", "a weight below 0")
            top += number(weight)
            line = less(line, self._accepted(at, raw), 1, number(weight))
        demand(self.sets[at].most(line) <= 0, "most", "a side may gain more")
        return top

    def check(self):
        """Establish the claim, or refuse; return how many cases it took."""
        for ahead, behind in permutations(self.floors, 2):
            apart = self.tops[ahead] - self.floors[behind]
            demand(apart <= self.world.tolerance, "uneven", "a side may be too far ahead")
        asked = (
            (self._gains_less, "least", "a side may gain less"),
            (self._better, "dominated", "another may be better for all"),
            (self._dear, "price", "another may show it as too dear"),
        )
        cases = 0
        for (conditions, code, words), trees in zip(asked, self.trees):
            for at, tree in enumerate(listed(trees, len(self.sets))):
                question = Question(self.world, self.sets, self.groups, conditions(at))
                demand(question.shown(tree), code, words)
                cases += question.cases
        return cases

    def _gains_less(self, at):
        """Return what holds of a package by which a side gains less than its least, or something
        where it can gain nothing."""
        asked = [Asked(n, 1, {}, 0, False) for n in range(len(self.sets)) if n != at]
        if at not in self.floors:
            return [*asked, Asked(at, 1, {}, 0, True)]
        return [*asked, Asked(at, self.floors[at], less({}, self.own[at]), 0, True)]

    def _better(self, at):
        """Return what holds of a package that is better for a side, and worse for nobody."""
        return [Asked(n, 1, less({}, own), 0, n == at) for n, own in enumerate(self.own)]

    def _dear(self, at):
        """Return what holds of a package that is as even-handed, and too dear for a side.

        By it everybody gains what the least does here, and loses at most what it is ahead.
        """
        floor, price = min(self.floors.values()), self.world.price
        asked = [Asked(n, 1, {}, 0, False) for n in range(len(self.sets))]
        for n, least in self.floors.items():
            asked += [Asked(n, 1, less({}, hope, 1, floor), 0, False) for hope in self.hopes[n]]
            if least > 0:
                others = min(one for m, one in self.floors.items() if m != n)
                kept = 1 - max(self.tops[n] - others, 0) / least
                asked.append(Asked(n, 1, less({}, self.own[n], 1, kept), 0, False))
        more = less({}, self.own[at])
        asked += [Asked(at, 1, less(more, hope, 1, price), 0, True) for hope in self.hopes[at]]
        return [*asked, Asked(at, 1, more, 0, True)]


def check(text, dispute=None):
    """Return the verdict on a certificate's text; ``dispute``: what it is of."""
    try:
        raw = parse(text)
        version, other = raw["hikiwake_robust"], "of another version: have it made anew"
        demand(version == VERSION, "version", other)
        keys = ("hikiwake_robust", "dispute", "package", "ideals", "claims")
        _, stated, package, ideals, claims = entries(raw, *keys)
        world = World(stated)
        demand(dispute in (None, stated), "dispute", "it speaks of another dispute")
        demand(0 < len(listed(claims)) <= 10, "shape", "no claim, or more than ten")
        chosen = world.package(package)
        world.ideals, cases = ideals_of(world, ideals)
        made = [Claim(world, chosen, one) for one in claims]
        cases += sum(one.check() for one in made)
    except Refused as refusal:
        return Verdict(False, (), Failure(*refusal.args), 0)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError,
            RecursionError):  # fmt: skip
        return Verdict(False, (), Failure("shape", "not of the form that the page describes"), 0)
    return Verdict(True, tuple(sentences(world, chosen, made)), None, cases)


def sentences(world, package, made):
    """Yield what was established, a sentence each."""
    for (issue, options), (option, parts) in zip(world.issues, package):
        ends = [(part, end) for part, end in zip(parts, options[option]) if part]
        yield f"{issue}: " + ", ".join(end if part == 1 else f"{part} {end}" for part, end in ends)
    for claim in made:
        off = f"off by up to {claim.error} of each side's range"
        wide = "every answer in the ranges" + f", the others {off}" * bool(claim.error)
        yield f"It is a draw for {wide if claim.ranges else f'all answers {off}'}."
        for at, party in enumerate(world.parties):
            ends = (
                f"from {claim.floors[at]} to {claim.tops[at]}" if at in claim.floors else "nothing"
            )
            yield f"{party} gains {ends}; without an agreement, 0."


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
