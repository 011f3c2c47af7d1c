"""Check a party's certificate: ``python party_checker.py CERTIFICATE [PUBLIC]``.

A program by itself for any Python from 3.9 on: standard library only, nothing of Hikiwake's. It
works out anew, from the party's own points alone, that the package keeps every public rule and
every red line of the party, what it is worth to the party, and that this is no less than what the
party has without an agreement. With the public certificate beside it: that both speak of the same
full certificate. What is not shown by it stands in docs/reference/private-certificates.md.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from hashlib import sha256

MAX_BYTES = 4 * 2**20
MAX_DIGITS = 3_000
STATUSES = ("draw", "uneven")
KEYS = {
    "hikiwake_party_certificate",
    "party",
    "parties",
    "issues",
    "rules",
    "red_lines",
    "bonuses",
    "walk_away",
    "package",
    "utility",
    "rule",
    "status",
    "commitment",
    "nonce",
}


class Refused(Exception):
    """The certificate does not hold, and why."""


class Verdict:
    """Whether a certificate holds: what was established, in words, or what failed."""

    def __init__(self, claims=(), failure=None):
        self.valid = failure is None
        self.claims = list(claims)
        self.failure = failure


def check(text, public=None):
    """Return the verdict on a party's certificate; ``public`` is the public one's text."""
    try:
        return Verdict(_established(_read(text), None if public is None else _read(public)))
    except Refused as refusal:
        return Verdict(failure=str(refusal))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
        return Verdict(failure="It is not of the form that a party's certificate has.")


def _read(text):
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    if len(text) > MAX_BYTES:
        raise Refused("It is too large.")
    value = json.loads(text, parse_float=_no_float, parse_constant=_no_float, parse_int=_integer)
    if _canonical(value) != text.rstrip("\n").encode():
        raise Refused("It is not written in the canonical form.")
    return value


def _no_float(text):
    raise Refused("It holds a number that is no whole number: " + text[:20])


def _integer(text):
    if len(text) > 17:
        raise Refused("It holds a whole number that is too long to be one.")
    return int(text)


def _canonical(value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _number(value):
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise Refused("A number is missing.")
    if len(str(value)) > MAX_DIGITS:
        raise Refused("It holds a number that is too long.")
    number = Fraction(value)
    if str(number) != str(value):
        raise Refused("A number is not in lowest terms: " + str(value)[:40])
    return number


def _established(own, public):
    if own["hikiwake_party_certificate"] != 1:
        raise Refused("It is of another version.")
    if set(own) != KEYS:
        raise Refused("It has keys that are not known, or lacks some.")
    party, package = own["party"], own["package"]
    if party not in own["parties"] or own["status"] not in STATUSES:
        raise Refused("It names nobody among the parties, or no status that is known.")
    _require_package(own)
    for kind, words in (("rules", "public rule"), ("red_lines", "red line")):
        for place, condition in enumerate(own[kind], 1):
            if _holds(condition, package):
                raise Refused(f"The package breaks {words} {place}.")
    worth = sum(
        (_points(issue, package[issue["id"]], party) for issue in own["issues"]), Fraction(0)
    )
    for bonus in own["bonuses"]:
        if _holds(bonus["when"], package):
            worth += _number(bonus["points"])
    if worth != _number(own["utility"]):
        raise Refused(f"The package is worth {worth} points, not {own['utility']}.")
    walk_away = _number(own["walk_away"])
    if worth < walk_away:
        raise Refused("The package is worth less than what the party has without an agreement.")
    more = "more than" if worth > walk_away else "as much as"
    claims = [
        f"Public rules kept: {len(own['rules'])}; red lines of its own: {len(own['red_lines'])}.",
        f"It is worth {worth} points to {party!r}.",
        f"That is {more} the {walk_away} points that it has without an agreement.",
    ]
    return claims + ([] if public is None else [_bound(own, public)])


def _bound(own, public):
    """Return what binds the party's certificate to the public one, or refuse."""
    if public["hikiwake_public_certificate"] != 1:
        raise Refused("The public certificate is of another version.")
    if (public["rule"], public["status"]) != (own["rule"], own["status"]):
        raise Refused("The public certificate tells another rule or status.")
    if public["certificate"] != own["commitment"]:
        raise Refused("The public certificate commits to another full certificate.")
    plain = {key: value for key, value in own.items() if key != "nonce"}
    nonce = bytes.fromhex(own["nonce"])
    if (
        len(nonce) != 32
        or sha256(nonce + _canonical(plain)).hexdigest() != public["parties"][own["party"]]
    ):
        raise Refused("The public certificate commits to another certificate of this party.")
    return "The public certificate commits to this certificate, and to the same full one."


def _require_package(own):
    issues = own["issues"]
    if sorted(issue["id"] for issue in issues) != sorted(own["package"]):
        raise Refused("The package does not decide every issue, once.")
    for issue in issues:
        value = own["package"][issue["id"]]
        if issue["kind"] in ("share", "money"):
            if sorted(value) != sorted(own["parties"]):
                raise Refused(f"Issue {issue['id']!r} is not divided between all the parties.")
            parts = [_number(part) for part in value.values()]
            floor, whole = (0, 1) if issue["kind"] == "share" else (-_number(issue["limit"]), 0)
            if sum(parts) != whole or min(parts) < floor:
                raise Refused(f"Issue {issue['id']!r}: the parts do not sum to what there is.")


def _points(issue, value, party):
    """Return the party's points for what one issue is decided as."""
    points = issue["points"]
    if points is None:
        return Fraction(0)
    if issue["kind"] in ("share", "money"):
        return _number(points) * _number(value[party])
    if issue["kind"] != "amount":
        return _number(points[value])
    x = _number(value)
    corners = [(_number(a), _number(b)) for a, b in points]
    for (x0, y0), (x1, y1) in zip(corners, corners[1:]):
        if x0 <= x <= x1 and x0 < x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    if len(corners) == 1 and corners[0][0] == x:
        return corners[0][1]
    raise Refused(f"Issue {issue['id']!r}: the amount is none that has points.")


def _holds(condition, package):
    return all(_passes(test, package[issue]) for issue, test in condition.items())


def _passes(test, value):
    if "one_of" in test:
        return value in test["one_of"]
    if "parties" in test:
        return all(_within(bounds, value[party]) for party, bounds in test["parties"].items())
    return _within(test, value)


def _within(bounds, value):
    x = _number(value)
    limits = {"above": x.__gt__, "below": x.__lt__, "from": x.__ge__, "to": x.__le__}
    return all(limits[name](_number(bound)) for name, bound in bounds.items())


def main(arguments):
    """Say what holds; exit code 0: valid, 1: not valid, 2: the files cannot be read."""
    if not 1 <= len(arguments) <= 2:
        print(__doc__)
        return 2
    try:
        texts = []
        for path in arguments:
            with open(path, "rb") as file:
                texts.append(file.read(MAX_BYTES + 1))
    except OSError as error:
        print("cannot be read:", error.strerror)
        return 2
    verdict = check(*texts)
    for claim in verdict.claims:
        print("✓", claim)
    if not verdict.valid:
        print("✗", verdict.failure)
    return 0 if verdict.valid else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
