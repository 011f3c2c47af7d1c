"""What others than the mediator may hold of a certificate: a party's own, and a public one.

The full certificate holds everybody's points. A party's own holds what that party declared
itself, so that a small program can work out anew that the package keeps its limits; the public one
holds the status. Both commit to the full one: a hash over a random nonce and its bytes, since
points are few and a bare hash could be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes

from hikiwake.model import (
    Between,
    Beyond,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Linear,
    Money,
    OneOf,
    SharesBeyond,
    Table,
    Value,
)
from hikiwake.model.condition import Test
from hikiwake.proof.canonical import Json, canonical_bytes, number
from hikiwake.settlement import Settlement

NONCE_BYTES = 32


@dataclass(frozen=True, slots=True)
class PrivateCertificates:
    """A text for each party, one for everybody, and one for whoever keeps the full certificate.

    ``parties`` holds what each party alone may read. ``opening`` holds the nonce that the
    commitment to the full certificate was made with: whoever has both texts can show that they
    belong together, and who has only the nonce could guess at points.
    """

    parties: FrozenMap[str, str]
    public: str
    opening: str


def commitment(nonce: bytes, content: bytes) -> str:
    """Return what binds somebody to a content without telling it: SHA-256, in hexadecimal."""
    return sha256(nonce + content).hexdigest()


def private_certificates(dispute: Dispute, settlement: Settlement) -> PrivateCertificates:
    """Return the certificates of a settled dispute that may leave the mediator's hands.

    Every call draws other nonces, so that its texts go together with no other's.

    Raises
    ------
    ValueError
        If the settlement has no package, or no certificate of its own.
    """
    if settlement.package is None or settlement.certificate is None:
        raise ValueError("a settlement without a package or without a certificate")
    nonce = token_bytes(NONCE_BYTES)
    full = commitment(nonce, settlement.certificate.text.encode())
    parties: dict[str, str] = {}
    commitments: dict[str, str] = {}
    for party in dispute.party_ids:
        own = _own(dispute, settlement, party, full)
        salt = token_bytes(NONCE_BYTES)
        commitments[party] = commitment(salt, canonical_bytes(own))
        parties[party] = canonical_bytes({**own, "nonce": salt.hex()}).decode() + "\n"
    public = {
        "hikiwake_public_certificate": 1,
        "rule": settlement.rule,
        "status": settlement.status.value,
        "certificate": full,
        "parties": commitments,
    }
    opening = {"hikiwake_opening": 1, "certificate": full, "nonce": nonce.hex()}
    return PrivateCertificates(
        FrozenMap(parties),
        canonical_bytes(public).decode() + "\n",
        canonical_bytes(opening).decode() + "\n",
    )


def _own(dispute: Dispute, settlement: Settlement, party: str, full: str) -> dict[str, Json]:
    """Return a party's certificate, without the nonce that it was committed to with."""
    package = settlement.package
    assert package is not None
    return {
        "hikiwake_party_certificate": 1,
        **declared(dispute, party),
        "package": {issue: _value(value) for issue, value in package.outcome.items()},
        "utility": number(package.utilities[party]),
        "rule": settlement.rule,
        "status": settlement.status.value,
        "commitment": full,
    }


def declared(dispute: Dispute, party: str) -> dict[str, Json]:
    """Return what a party's certificate holds of the dispute: the party's own part and the public.

    It needs nobody else's preference.
    """
    preference = dispute.preferences[party]
    return {
        "party": party,
        "parties": list(dispute.party_ids),
        "issues": [_issue(dispute, issue, party) for issue in dispute.issues],
        "rules": [_condition(dispute, rule.never) for rule in dispute.rules],
        "red_lines": [_condition(dispute, line.never) for line in preference.red_lines],
        "bonuses": [
            {"points": number(bonus.points), "when": _condition(dispute, bonus.when)}
            for bonus in preference.bonuses
        ],
        "walk_away": number(dispute.walk_away(party)),
    }


def _issue(dispute: Dispute, issue: Issue, party: str) -> dict[str, Json]:
    limit = {"limit": number(issue.limit)} if isinstance(issue, Money) else {}
    return {"id": issue.id, "kind": issue.kind, "points": _points(dispute, issue, party), **limit}


def _points(dispute: Dispute, issue: Issue, party: str) -> Json:
    """Return a party's own points for an issue; None where it does not matter to it."""
    own = dispute.preferences[party].points.get(issue.id)
    if isinstance(own, Linear):
        return number(own.whole)
    if isinstance(own, Table):
        return {option: number(points) for option, points in own.points.items()}
    if isinstance(own, Curve):
        return [[number(x), number(y)] for x, y in own.corners]
    return None


def _value(value: Value) -> Json:
    if isinstance(value, str):
        return value
    if isinstance(value, FrozenMap):
        return {party: number(part) for party, part in value.items()}
    return number(value)


def _condition(dispute: Dispute, condition: Condition) -> dict[str, Json]:
    return {
        issue: _test(dispute.issue(issue), test, dispute) for issue, test in condition.tests.items()
    }


def _test(issue: Issue, test: Test, dispute: Dispute) -> Json:
    if isinstance(test, OneOf):
        values = dispute.decisions_of(issue) or tuple(test.values)
        return {"one_of": [_value(value) for value in values if test.holds(value)]}
    if isinstance(test, SharesBeyond):
        return {"parties": {party: dict(_strict(own)) for party, own in test.parties.items()}}
    if isinstance(test, Between):
        bounds = {"from": test.low, "to": test.high}
        return {name: number(bound) for name, bound in bounds.items() if bound is not None}
    return dict(_strict(test))


def _strict(bound: Beyond) -> Iterator[tuple[str, Json]]:
    for name, value in (("above", bound.above), ("below", bound.below)):
        if value is not None:
            yield name, number(value)


__all__ = ["PrivateCertificates", "commitment", "declared", "private_certificates"]
