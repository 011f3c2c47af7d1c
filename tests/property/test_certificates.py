"""Certificates against brute force: no change makes the checker accept what is not true."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import NamedTuple

import pytest

from hikiwake.proof.checker import RULES, check
from tests.support.certificates import Maker
from tests.support.javascript import answers
from tests.support.known_certificates import known
from tests.support.mutations import is_true, mutated
from tests.support.small_disputes import KINDS, plan_of, whole_dispute
from tests.support.worlds import Raw, text_of

MUTATIONS = 20_000
pytestmark = pytest.mark.xdist_group("mutations")  # they are tried once, in one process


class Tried(NamedTuple):
    """A certificate with something changed, and what the checker says of it."""

    certificate: Raw
    text: str
    valid: bool
    code: str | None


@pytest.fixture(scope="module")
def tried() -> list[Tried]:
    """Random changes to known certificates, each checked; another checker must agree."""
    rng, certificates = Random(20_000), sorted(known().items())
    found: list[Tried] = []
    for k in range(MUTATIONS):
        changed = mutated(certificates[k % len(certificates)][1], rng)
        text = text_of(changed)
        verdict = check(text)
        code = None if verdict.failure is None else verdict.failure.code
        found.append(Tried(changed, text, verdict.valid, code))
    return found


@pytest.mark.slow
def test_no_change_makes_a_false_claim_valid(tried: list[Tried]) -> None:
    """Of 20,000 random changes, those that are accepted claim what brute force finds as well."""
    originals = {text_of(certificate) for certificate in known().values()}
    accepted = [one for one in tried if one.valid and one.text not in originals]
    assert [one.text for one in accepted if not is_true(one.certificate)] == []
    assert len(accepted) > MUTATIONS // 50
    codes = Counter(one.code for one in tried)
    assert len(codes) > 12


@pytest.mark.slow
def test_both_checkers_agree_on_every_change(tried: list[Tried]) -> None:
    """The second checker accepts just those of the 20,000 that the first one accepts."""
    found = answers((one.text.encode("utf-8", "surrogatepass"), None) for one in tried)
    pairs = zip(tried, found, strict=True)
    assert [
        (one.text, one.code, answer.code) for one, answer in pairs if one.valid != answer.valid
    ] == []


def test_what_is_known_is_true() -> None:
    """The judge by brute force finds every known certificate true, and forged figures false."""
    assert [name for name, certificate in known().items() if not is_true(certificate)] == []
    plain = known()["plain-draw"]
    for key, value in (("utilities", [50, 71]), ("ideals", [99, 100]), ("imbalance", "1/4")):
        assert not is_true(plain | {"claims": plain["claims"] | {key: value}})
    assert not is_true(plain | {"status": "draw"})


@pytest.mark.parametrize("kind", KINDS)
def test_small_disputes_get_certificates(kind: str) -> None:
    """What brute force finds by each rule is proved by trees over the checker's nodes."""
    for seed in range(6):
        rng = Random(f"{kind}-{seed}")
        dispute = whole_dispute(rng, kind)
        plan = plan_of(rng, dispute)
        rules = [rule for rule in RULES if rule not in ("adjusted_winner", "frontier")]
        if len(dispute["parties"]) == 2 and not dispute["groups"]:
            rules.append("frontier")
        proof: Raw = {"merge": plan} if plan else {}
        certificate = Maker(dispute, rng.choice(rules)).make(**proof)
        verdict = check(text_of(certificate))
        assert verdict.valid, verdict.failure
