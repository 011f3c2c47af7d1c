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
from tests.unit.cli.cast import choice

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
        issues = [f"{issue.id}: " for issue in dispute.issues]
        told = verdict.claims[: len(issues)]
        assert all(c.startswith(i) for c, i in zip(told, issues, strict=True))
        assert len(verdict.claims) == len(issues) + 4
        assert list(verdict.trust) == ["own", "status", "limits", "behind"]


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


# The others' walk-away moves her best hope from 100 points to 60; the package stays the same.
FOUR = choice({"a": 50, "b": 60, "c": 100, "d": 10}, {"a": 60, "b": 30, "c": 10, "d": 100})


def told(path: Path, text: str) -> tuple[Settlement, dict[str, Any], dict[str, Any]]:
    """Return a settlement, and what Ann's and the public certificate tell apart from hashes."""
    path.write_text(text, "utf-8")
    dispute = api.load(path)
    settled = api.settle(dispute, certificate=True)
    made = private_certificates(dispute, settled)
    own, public = json.loads(made.parties["ann"]), json.loads(made.public)
    assert public["parties"].keys() == {"ann", "ben"}
    hashes = [own["commitment"], own["nonce"], public["certificate"], *public["parties"].values()]
    assert all(len(bytes.fromhex(one)) == 32 for one in hashes)
    plain = {key: own[key] for key in own.keys() - {"commitment", "nonce"}}
    return settled, plain, {key: public[key] for key in public.keys() - {"certificate", "parties"}}


def test_the_others_walk_away_cannot_be_read_from_it(tmp_path: Path) -> None:
    """Her best hope moves by half her range with it, and her certificate by not one sign."""
    floor = "[preferences.ben.values.deal]"
    low = told(
        tmp_path / "low.toml", FOUR.replace(floor, "[preferences.ben]\nwalk_away = 5\n" + floor)
    )
    high = told(
        tmp_path / "high.toml", FOUR.replace(floor, "[preferences.ben]\nwalk_away = 20\n" + floor)
    )
    assert low[0].ideals is not None
    assert high[0].ideals is not None
    assert (low[0].ideals["ann"], high[0].ideals["ann"]) == (100, 60)
    assert low[0].gains != high[0].gains
    assert low[0].outcome == high[0].outcome
    assert low[1] == high[1]


def test_nothing_of_the_other_side_is_in_it(tmp_path: Path) -> None:
    """Whatever the other side declares: where the answer is the same, so are the certificates."""
    other = FOUR.replace(
        "[preferences.ben.values.deal]\na = 60\nb = 30\nc = 10\nd = 100",
        """\
[[preferences.ben.red_lines]]
never = { deal = "c" }
why = "CANARY-LINE"
[[preferences.ben.bonuses]]
when = { deal = "a" }
points = "70707"
[preferences.ben.values.deal]
a = "80808"
b = "30303"
c = "10101"
d = "90909"
""",
    )
    assert "CANARY-LINE" in other
    one, two = told(tmp_path / "one.toml", FOUR), told(tmp_path / "two.toml", other)
    assert one[0].outcome == two[0].outcome
    assert one[0].utilities != two[0].utilities
    assert one[1] | {"status": ""} == two[1] | {"status": ""}
    assert one[2] | {"status": ""} == two[2] | {"status": ""}


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


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_full_certificate_belongs_to_both(name: str) -> None:
    """With its opening beside it, the full one is what both commit to, and tells the same."""
    dispute = api.load(ROOT / "examples" / name)
    settled = api.settle(dispute, certificate=True)
    assert settled.certificate is not None
    found = private_certificates(dispute, settled)
    for party in dispute.party_ids:
        own = found.parties[party]
        verdict = check(own, found.public, settled.certificate.text, found.opening)
        assert verdict.valid, verdict.failure
        assert list(verdict.trust) == ["own", "full", "declared"]


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
    assert capsys.readouterr().out.count("✓") == len(HEIRS.issues) + 4
    own.write_text(changed(private.parties["ann"], utility=Fraction(3).numerator), "utf-8")
    assert main([str(own)]) == 1
    assert main([str(tmp_path / "nothing.json")]) == 2


def test_there_is_nothing_private_without_a_certificate() -> None:
    """Without a certificate there is nothing to commit to, and that is said."""
    with pytest.raises(ValueError, match="certificate"):
        private_certificates(HEIRS, api.settle(HEIRS))
