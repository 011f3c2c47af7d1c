"""Check the certificate of a plan, alone: `python plan_checker.py CERTIFICATE.json`.

Standard library only; nothing of the rest of the project is imported, and none of its code shared.

What a certificate says
-----------------------
There are `items`, and `before` lists for each what must come first. For every party there are two
functions of the set of items that are done: `gains`, what it has more than without an agreement,
and `lures`, what it would gain by stopping. Both are whole numbers, in parts of the party's range
times `scale`; the first is 0 before anything is done, the second when everything is. A function is
a `constant`, plus a number for each of the `items` that is done, plus a number for each entry of
`joined` whose items are all done.

After a set is done the temptation is the largest lure, and the exposure the largest loss, but never
below 0. The demand of an order is the largest temptation and the largest exposure of its moments,
from nothing done to everything done.

`points` are orders, each with its demand, the smallest temptation first. `refuted` are pairs of
limits that no order keeps, each with the end at which the search begins ("start" or "end") and the
number of sets that it meets. This program measures every order, and searches again for every
refuted pair: it collects what can be reached from that end without breaking a limit. If the other
end is not among it, no order keeps both limits. More sets than were declared are not looked at.

What is established
-------------------
order             every order keeps `before` and has the demand that is claimed
least_temptation  no order has less temptation than the first
least_exposure    no order with at most that temptation has less exposure than the first
trade_off         no order is better than all of the points: any other is matched by one of them
least_temptation_above, least_exposure_above   where there is a gap: what no order is below

Exit code 0: valid, 1: not valid, 2: not a certificate.
"""

import json
import sys
from itertools import pairwise

MAX_BYTES = 4 * 1024 * 1024
MAX_ITEMS = 400
MAX_PARTIES = 100
MAX_JOINED = 10_000
MAX_POINTS = 100
MAX_DIGITS = 600
MAX_SETS = 1_000_000  # of all searches together

KEYS = {"hikiwake_plan", "items", "before", "gains", "lures", "scale", "points", "refuted"}


class Unusable(Exception):
    """The file is no certificate."""


class NotValid(Exception):
    """The certificate claims what is not so."""


# --- reading -------------------------------------------------------------------------------------


def whole(text):
    """Return a whole number of a bounded length."""
    if len(text) > MAX_DIGITS:
        raise Unusable("a number that is too long")
    return int(text)


def no_float(text):
    """Refuse a number that is not whole."""
    raise Unusable("a number that is not whole")


def table(pairs):
    """Return an object whose keys are all different."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unusable("a key given twice")
    return made


def read(text):
    """Return the certificate in a text, its form checked."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Unusable("a file that is too large")
    try:
        data = json.loads(
            text,
            parse_int=whole,
            parse_float=no_float,
            parse_constant=no_float,
            object_pairs_hook=table,
        )
    except (ValueError, RecursionError) as error:
        raise Unusable("no JSON") from error
    with_keys(data, KEYS, "the certificate")
    if not integer(data["hikiwake_plan"]) or data["hikiwake_plan"] != 1:
        raise Unusable("another version")
    return data


def with_keys(value, keys, what):
    """Require an object with exactly these keys."""
    if not isinstance(value, dict) or set(value) != keys:
        raise Unusable(f"{what}: other keys than {', '.join(sorted(keys))}")


def integer(value):
    """Tell whether a value is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def listed(value, what, most, least=0):
    """Require a list of a bounded length."""
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise Unusable(f"{what}: no list of {least} to {most} entries")
    return value


def places(value, count, what):
    """Require different places of items, and return them as bits."""
    found = 0
    for place in listed(value, what, count):
        if not integer(place) or not 0 <= place < count or found >> place & 1:
            raise Unusable(f"{what}: no different places of items")
        found |= 1 << place
    return found


class Function:
    """A party's number for every set of items."""

    def __init__(self, data, count, what):
        with_keys(data, {"constant", "items", "joined"}, what)
        self.constant = data["constant"]
        self.items = listed(data["items"], what, count, count)
        self.joined = []
        for entry in listed(data["joined"], what, MAX_JOINED):
            members, value = listed(entry, what, 2, 2)
            mask = places(members, count, what)
            if mask == 0:
                raise Unusable(f"{what}: nothing that is joined")
            self.joined.append((mask, value))
        numbers = [self.constant, *self.items, *(value for _, value in self.joined)]
        if not all(integer(number) for number in numbers):
            raise Unusable(f"{what}: something that is no whole number")

    def at(self, done):
        """Return the number for a set."""
        total = self.constant
        for place, value in enumerate(self.items):
            if done >> place & 1:
                total += value
        for mask, value in self.joined:
            if mask & done == mask:
                total += value
        return total


class Problem:
    """The items, what must come before each, and the functions of all parties."""

    def __init__(self, data):
        names = listed(data["items"], "items", MAX_ITEMS, 1)
        if not all(isinstance(name, str) for name in names):
            raise Unusable("items: something that is no name")
        self.count = len(names)
        self.everything = (1 << self.count) - 1
        before = listed(data["before"], "before", self.count, self.count)
        self.before = [places(entry, self.count, "before") for entry in before]
        gains = listed(data["gains"], "gains", MAX_PARTIES)
        lures = listed(data["lures"], "lures", MAX_PARTIES)
        if len(gains) != len(lures):
            raise Unusable("gains and lures of different numbers of parties")
        if not integer(data["scale"]) or data["scale"] < 1:
            raise Unusable("scale: no whole number above 0")
        self.gains = [Function(entry, self.count, "gains") for entry in gains]
        self.lures = [Function(entry, self.count, "lures") for entry in lures]
        if any(gain.at(0) for gain in self.gains):
            raise Unusable("gains: not 0 before anything is done")
        if any(lure.at(self.everything) for lure in self.lures):
            raise Unusable("lures: not 0 when everything is done")

    def demand(self, gains, lures):
        """Return the temptation and the exposure of a moment."""
        temptation = max(lures) if lures else 0
        exposure = max(0, -min(gains)) if gains else 0
        return temptation, exposure

    def at(self, done):
        """Return the temptation and the exposure after a set is done."""
        gains = [function.at(done) for function in self.gains]
        return self.demand(gains, [function.at(done) for function in self.lures])


# --- what is claimed -----------------------------------------------------------------------------


def measured(problem, order):
    """Return the demand of an order, if it is one."""
    done = 0
    moments = [problem.at(done)]
    if sorted(order) != list(range(problem.count)):
        raise NotValid("an order that does not hold every item once")
    for place in order:
        if problem.before[place] & ~done:
            raise NotValid("an order in which something comes too early")
        done |= 1 << place
        moments.append(problem.at(done))
    return max(moment[0] for moment in moments), max(moment[1] for moment in moments)


def check_points(problem, points):
    """Measure every order; the temptations rise and the exposures fall."""
    found = []
    for point in listed(points, "points", MAX_POINTS, 1):
        with_keys(point, {"temptation", "exposure", "order"}, "a point")
        order = listed(point["order"], "an order", problem.count, problem.count)
        claimed = point["temptation"], point["exposure"]
        if not all(integer(number) for number in (*claimed, *order)):
            raise Unusable("a point: something that is no whole number")
        if measured(problem, order) != claimed:
            raise NotValid("an order with another demand than is claimed")
        if found and not (found[-1][0] < claimed[0] and found[-1][1] > claimed[1]):
            raise NotValid("points that are not a trade-off")
        found.append(claimed)
    return found


def check_refuted(problem, entries):
    """Search again for every refuted pair of limits, and return the pairs."""
    pairs = []
    left = MAX_SETS
    for entry in listed(entries, "refuted", 2 * MAX_POINTS):
        with_keys(entry, {"temptation", "exposure", "from", "sets"}, "a refuted pair")
        pair = entry["temptation"], entry["exposure"]
        if not all(limit is None or integer(limit) for limit in pair):
            raise Unusable("a refuted pair: a limit that is no whole number")
        if entry["from"] not in ("start", "end") or not integer(entry["sets"]):
            raise Unusable("a refuted pair: no end, or no number of sets")
        most = min(left, entry["sets"])
        left -= refute(problem, pair, entry["from"] == "end", most)
        pairs.append(pair)
    return pairs


def refute(problem, pair, back, most):
    """Require that no order keeps two limits, and return how many sets that took."""
    functions = [*problem.gains, *problem.lures]
    parties = len(problem.gains)
    first = problem.everything if back else 0
    goal = 0 if back else problem.everything
    figures = [function.at(first) for function in functions]
    if not keeps(problem, pair, figures, parties):
        return 0
    seen = {first}
    stack = [(first, figures)]
    while stack:
        done, figures = stack.pop()
        if done == goal:
            raise NotValid("limits that some order keeps, though they are called refuted")
        for place in range(problem.count):
            other = neighbour(problem, done, place, back)
            if other is None or other in seen:
                continue
            there = moved(functions, figures, done | other, place, back)
            if keeps(problem, pair, there, parties):
                seen.add(other)
                stack.append((other, there))
                if len(seen) > most:
                    raise NotValid("a search that meets more sets than were declared")
    return len(seen)


def neighbour(problem, done, place, back):
    """Return the set with one item more, or with one less; None if that cannot be."""
    bit = 1 << place
    if not back:
        early = done & bit or problem.before[place] & ~done
        return None if early else done | bit
    if not done & bit:
        return None
    rest = done ^ bit
    for later in range(problem.count):
        if rest >> later & 1 and problem.before[later] & bit:
            return None
    return rest


def moved(functions, figures, larger, place, back):
    """Return all figures after one item was added to a set, or taken from it.

    `larger` is the one of the two sets that holds the item.
    """
    bit = 1 << place
    there = []
    for function, figure in zip(functions, figures, strict=True):
        change = function.items[place]
        for mask, value in function.joined:
            if mask & bit and mask & larger == mask:
                change += value
        there.append(figure - change if back else figure + change)
    return there


def keeps(problem, pair, figures, parties):
    """Tell whether a moment keeps two limits; None is no limit."""
    temptation, exposure = problem.demand(figures[:parties], figures[parties:])
    return (pair[0] is None or temptation <= pair[0]) and (pair[1] is None or exposure <= pair[1])


def covers(pairs, temptation, exposure):
    """Tell whether some refuted pair has limits that are at least as wide as these."""
    return any(
        (a is None or (temptation is not None and a >= temptation))
        and (b is None or (exposure is not None and b >= exposure))
        for a, b in pairs
    )


def established(points, pairs):
    """Return what the orders and the refuted pairs establish together."""
    temptation, exposure = points[0]
    found: dict[str, bool | int | None] = {"order": True}
    found["least_temptation"] = temptation <= 0 or covers(pairs, temptation - 1, None)
    found["least_exposure"] = exposure == 0 or covers(pairs, temptation, exposure - 1)
    steps = list(pairwise(points))
    found["trade_off"] = (
        found["least_temptation"]
        and all(covers(pairs, after[0] - 1, here[1] - 1) for here, after in steps)
        and (points[-1][1] == 0 or covers(pairs, None, points[-1][1] - 1))
    )
    if not found["least_temptation"]:
        found["least_temptation_above"] = highest(a for a, b in pairs if b is None)
    if not found["least_exposure"]:
        wide = (b for a, b in pairs if a is None or a >= temptation)
        found["least_exposure_above"] = highest(wide)
    return found


def highest(limits):
    """Return the highest of limits, None where there is none."""
    return max((limit for limit in limits if limit is not None), default=None)


def check(text):
    """Return what a certificate establishes, given as the text of its file.

    Raises Unusable where it is no certificate, NotValid where a claim is not so.
    """
    data = read(text)
    problem = Problem(data)
    points = check_points(problem, data["points"])
    return established(points, check_refuted(problem, data["refuted"]))


def main(arguments):
    """Check the file that is named, print one JSON object, and return the exit code."""
    try:
        if len(arguments) != 1:
            raise Unusable("not exactly one file named")
        with open(arguments[0], "rb") as file:  # noqa: PTH123
            raw = file.read(MAX_BYTES + 1)
        verdict, code = {"valid": True, "claims": check(raw.decode("utf-8"))}, 0
    except NotValid as failure:
        verdict, code = {"valid": False, "failure": str(failure)}, 1
    except (Unusable, OSError, UnicodeDecodeError) as failure:
        why = str(failure) if isinstance(failure, Unusable) else "a file that cannot be read"
        verdict, code = {"valid": False, "unusable": why}, 2
    sys.stdout.write(json.dumps(verdict) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
