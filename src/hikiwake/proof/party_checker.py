"""Check what one side holds of a certificate: ``python party_checker.py FILE…``.

A program by itself for any Python from 3.9 on: standard library only, nothing of Hikiwake's. Which
file is which it sees from what they hold:

- a party's certificate: it works out anew, from the party's own points alone, that the package
  keeps every public rule and every red line of the party, what it is worth to the party, and that
  this is no less than what the party has without an agreement;
- the public one beside it: that both speak of the same full certificate;
- the full one, and the opening of the commitment to it, beside any of these: that it is the one
  that was committed to, and says the same.

It says as well what must be taken on trust. See docs/reference/private-certificates.md.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256

MAX_BYTES = 4 * 2**20
MAX_FULL_BYTES = 16 * 2**20
MAX_DIGITS = 3_000
MAX_BITS = 10_000
STATUSES = ("draw", "uneven")
PARTY, PUBLIC, FULL, OPENING = "party", "public", "full", "opening"
NAMED_BY = {
    PARTY: "hikiwake_party_certificate",
    PUBLIC: "hikiwake_public_certificate",
    FULL: "hikiwake_certificate",
    OPENING: "hikiwake_opening",
}
KEYS = {
    PARTY: "hikiwake_party_certificate party parties issues rules red_lines bonuses walk_away "
    "package utility rule status commitment nonce",
    PUBLIC: "hikiwake_public_certificate rule status certificate parties",
    OPENING: "hikiwake_opening certificate nonce",
}
TRUST = {
    "own": "That its numbers are those that {party} declared: compare them with its own file.",
    "status": "That the status is {status!r} by the rule {rule!r}, and that nothing is better by "
    "it: who may see the full certificate can check that.",
    "limits": "That the package keeps the limits of {others}, and leaves nobody with less than "
    "without an agreement: likewise.",
    "same": "That everybody was given the same: the public certificate shows that.",
    "behind": "That there is a full certificate, and that it says the same: who may see it, and "
    "its opening, can check that.",
    "full": "That the full certificate holds: checker.py checks that.",
    "declared": "That the numbers in the full certificate are those that the parties declared.",
}


class Refused(Exception):
    """The certificate does not hold, and why."""


class Verdict:
    """Whether certificates hold: what was established, in words, or what failed.

    ``trust`` says by topic what must be taken on trust.
    """

    def __init__(self, claims=(), trust=(), failure=None):
        self.valid = failure is None
        self.claims = list(claims)
        self.trust = dict(trust)
        self.failure = failure


def check(own=None, public=None, full=None, opening=None):
    """Return the verdict on the texts of a party's certificate and of what lies beside it."""
    try:
        return _verdict(
            _read(own, PARTY), _read(public, PUBLIC), _read(full, FULL), _read(opening, OPENING)
        )
    except Refused as refusal:
        return Verdict(failure=str(refusal))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
        return Verdict(failure="It is not of the form that such a certificate has.")
    except ZeroDivisionError:
        return Verdict(failure="It holds a number that is none.")


def kind_of(text):
    """Return which kind of text this is: party, public, full, opening, or None."""
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    named = [kind for kind, key in NAMED_BY.items() if b'"%s":' % key.encode() in data]
    if named in ([], [FULL]):
        return named[0] if named else None  # the full one may be large, and is read but once
    if len(data) > MAX_BYTES:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    found = [kind for kind in named if isinstance(value, dict) and NAMED_BY[kind] in value]
    return found[0] if len(found) == 1 else None


def _read(text, kind):
    if text is None:
        return None
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)
    if len(data) > (MAX_FULL_BYTES if kind == FULL else MAX_BYTES):
        raise Refused("It is too large.")
    value = json.loads(
        data.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float, parse_int=_integer
    )
    if value[NAMED_BY[kind]] != 1:
        raise Refused("It is of another version.")
    if kind != FULL and set(value) != set(KEYS[kind].split()):
        raise Refused("It has keys that are not known, or lacks some.")
    if _canonical(value) != (data[:-1] if data.endswith(b"\n") else data):
        raise Refused("It is not written in the canonical form.")
    return (value, data) if kind == FULL else value


def _no_float(text):
    raise Refused("It holds a number that is no whole number: " + text[:20])


def _integer(text):
    if len(text) > 17:
        raise Refused("It holds a whole number that is too long to be one.")
    return int(text)


def _canonical(value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


@lru_cache(maxsize=10_000, typed=True)
def _number(value):
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise Refused("A number is missing.")
    text = str(value)
    if len(text) > MAX_DIGITS:
        raise Refused("It holds a number that is too long.")
    if not set(text) <= set("-/0123456789"):
        raise Refused("A text stands where a number should: " + text[:40])
    number = Fraction(text)
    if str(number) != text:
        raise Refused("A number is not in lowest terms: " + text[:40])
    return number


def _sum(numbers):
    total = Fraction(0)
    for number in numbers:
        total += number
        if max(total.numerator.bit_length(), total.denominator.bit_length()) > MAX_BITS:
            raise Refused("It holds numbers whose sum is too long.")
    return total


def _verdict(own, public, full, opening):
    claims = []
    if public is not None:
        _require_public(public)
    if own is not None:
        claims += _kept(own, own["party"])
    if own is not None and public is not None:
        claims.append(_bound(own, public))
    if full is not None or opening is not None:
        claims += _opened(own, public, full, opening)
    return Verdict(claims, _trusted(own, public, full))


def _trusted(own, public, full):
    """Return by topic what does not follow from the texts that are there."""
    said = own or public
    topics = [] if own is None else ["own"]
    topics += ["same"] if public is None else []
    topics += ["status", "limits", "behind"] if full is None else ["full", "declared"]
    words = {
        "party": own and repr(own["party"]),
        "others": "the parties" if own is None else "the other parties",
        "status": said and said["status"],
        "rule": said and said["rule"],
    }
    return {topic: TRUST[topic].format(**words) for topic in topics}


def _kept(own, party):
    """Return what the party's own numbers show."""
    package = own["package"]
    if party not in own["parties"] or own["status"] not in STATUSES:
        raise Refused("It names nobody among the parties, or no status that is known.")
    _require_package(own)
    for kind, words in (("rules", "public rule"), ("red_lines", "red line")):
        for place, condition in enumerate(own[kind], 1):
            if _holds(condition, package):
                raise Refused(f"The package breaks {words} {place}.")
    points = [_points(issue, package[issue["id"]], party) for issue in own["issues"]]
    more = [_number(one["points"]) for one in own["bonuses"] if _holds(one["when"], package)]
    worth = _sum(points + more)
    if worth != _number(own["utility"]):
        raise Refused(f"The package is worth {worth} points, not {own['utility']}.")
    walk_away = _number(own["walk_away"])
    if worth < walk_away:
        raise Refused("The package is worth less than what the party has without an agreement.")
    than = "more than" if worth > walk_away else "as much as"
    return [f"{issue['id']}: {_said(package[issue['id']])}" for issue in own["issues"]] + [
        f"Public rules kept: {len(own['rules'])}; red lines of its own: {len(own['red_lines'])}.",
        f"It is worth {worth} points to {party!r}.",
        f"That is {than} the {walk_away} points that it has without an agreement.",
    ]


def _said(value):
    if isinstance(value, dict):
        return ", ".join(f"{party} {part}" for party, part in value.items())
    return str(value)


def _require_public(public):
    if public["status"] not in STATUSES or not isinstance(public["rule"], str):
        raise Refused("The public certificate names no status that is known, or no rule.")
    for one in (public["certificate"], *public["parties"].values()):
        if len(bytes.fromhex(one)) != 32 or one != one.lower():
            raise Refused("A commitment is none: it is 64 digits of hexadecimal.")


def _bound(own, public):
    """Return what binds the party's certificate to the public one, or refuse."""
    if (public["rule"], public["status"]) != (own["rule"], own["status"]):
        raise Refused("The public certificate tells another rule or status.")
    if public["certificate"] != own["commitment"]:
        raise Refused("The public certificate commits to another full certificate.")
    plain = {key: value for key, value in own.items() if key != "nonce"}
    if _commitment(own["nonce"], _canonical(plain)) != public["parties"][own["party"]]:
        raise Refused("The public certificate commits to another certificate of this party.")
    return "The public certificate commits to this certificate, and to the same full one."


def _commitment(nonce, content):
    salt = bytes.fromhex(nonce)
    if len(salt) != 32:
        raise Refused("A nonce has not 32 bytes.")
    return sha256(salt + content).hexdigest()


def _opened(own, public, full, opening):
    """Return what binds the others to the full certificate, or refuse."""
    if full is None or opening is None:
        raise Refused("The full certificate and its opening go together; one of them is missing.")
    said, data = full
    found = _commitment(opening["nonce"], data)
    if found != opening["certificate"]:
        raise Refused("The opening is that of another full certificate.")
    for one, commitment in ((own, "commitment"), (public, "certificate")):
        if one is not None and one[commitment] != found:
            raise Refused("The commitment is to another full certificate.")
        if one is not None and (one["rule"], one["status"]) != (said["rule"], said["status"]):
            raise Refused("The full certificate tells another rule or status.")
    claims = ["The full certificate is the one that was committed to."]
    if own is not None:
        _require_alike(own, said)
        claims.append("It has the same package, worth the same, and the same walk-away value.")
    return claims


def _require_alike(own, full):
    """Refuse a party's certificate that tells another package, or of other figures."""
    claims, place = full["claims"], full["dispute"]["parties"].index(own["party"])
    for what, key in (("utility", "utilities"), ("walk_away", "walk_away")):
        if _exact(own[what]) != _exact(claims[key][place]):
            raise Refused("The full certificate has another figure of the party: " + what)
    package = _package_of(full)
    if package.keys() != own["package"].keys():
        raise Refused("The full certificate is about other issues.")
    for issue, value in own["package"].items():
        if _exact(value) != _exact(package[issue]):
            raise Refused(f"The full certificate has another package: {issue!r}.")


def _package_of(full):
    """Return the settled package: a certificate's option is a mixture of its corners, weighed."""
    dispute, outcome = full["dispute"], full["proof"]["outcomes"][0]
    package = {}
    for issue, taken in zip(dispute["issues"], outcome):
        option, *weights = taken if isinstance(taken, list) else (taken, 1)
        names = [corner[0] for corner in issue["options"][option]]
        weights = [_number(weight) for weight in weights]
        if isinstance(names[0], list):
            parts = [_mixed(part, weights) for part in zip(*names)]
            package[issue["id"]] = dict(zip(dispute["parties"], parts))
        else:
            package[issue["id"]] = names[0] if len(names) == 1 else _mixed(names, weights)
    return package


def _mixed(numbers, weights):
    return sum(_number(v) * w for v, w in zip(numbers, weights)) / sum(weights)


def _exact(value):
    """Return a value in a form in which equal ones are equal: integers may be texts."""
    if isinstance(value, dict):
        return {party: str(part) for party, part in value.items()}
    return str(value)


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
            if _sum(parts) != whole or min(parts) < floor:
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
    """Say what holds; exit code 0: valid, 1: not valid, 2: the files cannot be used."""
    texts = {}
    for path in arguments:
        try:
            with open(path, "rb") as file:
                text = file.read(MAX_FULL_BYTES + 1)
        except OSError as error:
            return _unusable(path, "cannot be read: " + str(error.strerror))
        kind = kind_of(text)
        if kind is None or kind in texts:
            return _unusable(path, "is the second of its kind" if kind else "is no such file")
        texts[kind] = text
    if not texts.keys() & {PARTY, PUBLIC}:
        print(__doc__)
        return 2
    verdict = check(*(texts.get(kind) for kind in (PARTY, PUBLIC, FULL, OPENING)))
    for claim in verdict.claims:
        print("✓", _shown(claim))
    for sentence in verdict.trust.values():
        print("? On trust:", _shown(sentence))
    if not verdict.valid:
        print("✗", _shown(verdict.failure))
    return 0 if verdict.valid else 1


def _unusable(path, why):
    print(_shown(f"{path}: {why}"), file=sys.stderr)
    return 2


def _shown(text):
    """Return a text that cannot write on the screen where it should not."""
    return "".join(char if char.isprintable() else "?" for char in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
