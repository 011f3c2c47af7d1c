"""What a party, and everybody, may hold of a certificate: enough to check, nothing of another's."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hikiwake import api
from hikiwake.proof import PrivateCertificates, private_certificates
from hikiwake.proof.canonical import canonical_bytes
from hikiwake.proof.party_checker import check, main
from hikiwake.proof.private import commitment
from hikiwake.settlement import Settlement
from tests.architecture.source import ROOT

HEIRS = api.load(ROOT / "examples" / "two-heirs")
EXAMPLES = [
    "two-heirs",
    "four-islands",
    "co-founders/dispute.toml",
    "published/knaster-luce-raiffa.toml",
    "published/square-root-dollar.toml",
]


@pytest.fixture(scope="module")
def settled() -> Settlement:
    """Return the heirs' settlement with its certificate."""
    return api.settle(HEIRS, certificate=True)


@pytest.fixture(scope="module")
def private(settled: Settlement) -> PrivateCertificates:
    """Return what may leave the mediator's hands of it."""
    return private_certificates(HEIRS, settled)


def changed(text: str, **values: Any) -> str:
    """Return a certificate with other values."""
    return canonical_bytes(json.loads(text) | values).decode()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_party_can_check_its_own(name: str) -> None:
    """Each party's certificate is valid, by itself and beside the public one."""
    dispute = api.load(ROOT / "examples" / name)
    found = private_certificates(dispute, api.settle(dispute, certificate=True))
    for party in dispute.party_ids:
        assert check(found.parties[party]).valid
        verdict = check(found.parties[party], found.public)
        assert verdict.valid, verdict.failure
        assert len(verdict.claims) == 4


def test_no_certificate_holds_another_partys_numbers(private: PrivateCertificates) -> None:
    """A party's certificate holds its own preference and no ideal, gain or imbalance."""
    for party, other in (("ann", "ben"), ("ben", "ann")):
        own = json.loads(private.parties[party])
        assert own["walk_away"] == HEIRS.walk_away(party)
        assert not {"ideals", "gains", "imbalance", "claims"} & own.keys()
        lines = HEIRS.preferences[other].red_lines
        assert len(own["red_lines"]) == len(HEIRS.preferences[party].red_lines)
        for line in lines:
            assert list(line.never.tests) not in [list(one) for one in own["red_lines"]]
    assert json.loads(private.public).keys() == {
        "hikiwake_public_certificate",
        "rule",
        "status",
        "certificate",
        "parties",
    }


def test_a_commitment_can_be_opened_and_binds(
    settled: Settlement, private: PrivateCertificates
) -> None:
    """Nonce and full certificate give the commitment; with one byte changed they do not."""
    assert settled.certificate is not None
    opening, public = json.loads(private.opening), json.loads(private.public)
    nonce, text = bytes.fromhex(opening["nonce"]), settled.certificate.text.encode()
    assert len(nonce) == 32
    assert commitment(nonce, text) == public["certificate"] == opening["certificate"]
    assert commitment(nonce, text + b" ") != public["certificate"]


def test_every_call_draws_other_nonces(settled: Settlement, private: PrivateCertificates) -> None:
    """Two public certificates of one settlement have no commitment in common."""
    again = json.loads(private_certificates(HEIRS, settled).public)
    before = json.loads(private.public)
    assert again["certificate"] != before["certificate"]
    assert not set(again["parties"].values()) & set(before["parties"].values())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"utility": 1}, "is worth"),
        ({"walk_away": 99}, "less than"),
        ({"status": "perfect"}, "status"),
        ({"hikiwake_party_certificate": 2}, "version"),
        ({"more": 1}, "keys"),
        ({"package": {}}, "every issue"),
        ({"red_lines": [{"house": {"one_of": ["ann", "ben", "sold"]}}]}, "red line 1"),
        ({"rules": [{"house": {"one_of": ["ann", "ben", "sold"]}}]}, "public rule 1"),
        ({"party": "carl"}, "nobody"),
        ({"utility": "2/4"}, "lowest terms"),
        ({"issues": 5}, "form"),
    ],
)
def test_what_does_not_hold_is_refused(
    private: PrivateCertificates, change: dict[str, Any], says: str
) -> None:
    """A false figure, a broken limit or another shape is refused, in words."""
    verdict = check(changed(private.parties["ann"], **change))
    assert not verdict.valid
    assert verdict.failure is not None
    assert says in verdict.failure


def test_a_certificate_of_another_settlement_does_not_go_with_the_public_one(
    settled: Settlement, private: PrivateCertificates
) -> None:
    """A party's certificate is refused beside a public one that was not made with it."""
    other = private_certificates(HEIRS, settled)
    assert not check(private.parties["ann"], other.public).valid
    swapped = changed(private.parties["ann"], nonce="00" * 32)
    assert not check(swapped, private.public).valid


@pytest.mark.parametrize(
    "text", ["", "{}", "[", "[1.5]", '{"a":1,"a":1}', "1e5", "nul", '{"a": 1}']
)
def test_no_text_makes_the_checker_stumble(text: str) -> None:
    """Whatever is no certificate is refused without an exception."""
    assert not check(text).valid


def test_it_runs_as_a_program(
    private: PrivateCertificates, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The small program says what holds, and tells validity by its exit code."""
    own, public = tmp_path / "ann.json", tmp_path / "public.json"
    own.write_text(private.parties["ann"], "utf-8")
    public.write_text(private.public, "utf-8")
    assert main([str(own), str(public)]) == 0
    assert capsys.readouterr().out.count("✓") == 4
    own.write_text(changed(private.parties["ann"], utility=Fraction(3).numerator), "utf-8")
    assert main([str(own)]) == 1
    assert main([str(tmp_path / "nothing.json")]) == 2


def test_there_is_nothing_private_without_a_certificate() -> None:
    """Without a certificate there is nothing to commit to, and that is said."""
    with pytest.raises(ValueError, match="certificate"):
        private_certificates(HEIRS, api.settle(HEIRS))
