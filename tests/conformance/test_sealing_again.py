"""A second reader of seals and records, made from docs/reference/sealing.md alone.

It shares no code with ``hikiwake.sealing``: only the standard library and libsodium.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest
from nacl.bindings import sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.signing import VerifyKey

FILE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "sealing-vectors.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
RULES = VECTORS["ground_rules"]["value"]
CARDS = {card["who"]: card for card in (*RULES["parties"], RULES["keeper"])}
HEX, TIME = re.compile("[0-9a-f]{64}"), re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ACT = {"about", "act", "by", "form", "rules", "seen", "signature", "time"}
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def canonical(value: Any) -> bytes:
    """Return canonical bytes: these vectors have no keys that UTF-16 would order otherwise."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha(data: bytes) -> str:
    """Return a hash."""
    return hashlib.sha256(data).hexdigest()


def need(held: bool) -> None:
    """Refuse what does not hold."""
    if not held:
        raise ValueError


def parsed(line: bytes) -> Any:
    """Return an object from its canonical bytes."""
    value = json.loads(line.decode("utf-8"))
    need(canonical(value) == line)
    return value


def check_signature(value: Any, key: str) -> None:
    """Check the signature of an object under its form."""
    body = {k: v for k, v in value.items() if k not in ("form", "signature")}
    message = value["form"].encode() + b"\n" + canonical(body)
    VerifyKey(bytes.fromhex(key)).verify(message, bytes.fromhex(value["signature"]))


def check_act(act: Any) -> None:
    """Check an act: form, ground rules, signature."""
    need(set(act) == ACT and act["form"] == "hikiwake act 1")
    need(act["rules"] == sha(canonical(RULES)) and act["by"] in CARDS)
    need(TIME.fullmatch(act["time"]) is not None and act["time"][5:10] != "02-30")
    need(type(act["seen"]["entries"]) is int)
    check_signature(act, CARDS[act["by"]]["signing"])


def open_seal(file: bytes) -> Any:
    """Return what a seal holds, in the order of checks that the page gives."""
    need(file.endswith(b"\n"))
    seal = parsed(file[:-1])
    need(set(seal) == {"act", "box", "form"} and seal["form"] == "hikiwake seal 1")
    act, about = seal["act"], seal["act"]["about"]
    check_act(act)
    need(act["act"] == "seal" and act["by"] != RULES["keeper"]["who"])
    need(all(HEX.fullmatch(about[k]) is not None for k in ("box", "commitment")))
    box = b64decode(seal["box"], validate=True)
    need(sha(box) == about["box"] and b64encode(box).decode() == seal["box"])
    key = PrivateKey(bytes.fromhex(VECTORS["keys"]["mediator"]["opening"]))
    plain = sodium_unpad(SealedBox(key).decrypt(box), 4096)
    need(sha(plain) == about["commitment"])
    content = parsed(plain)
    need(HEX.fullmatch(content["nonce"]) is not None)
    need((content["what"], content["by"]) == (about["what"], act["by"]))
    need(content["rules"] == act["rules"])
    if content["what"] == "answer":
        need(content["content"] in [{"answer": a, "to": about["to"]} for a in ("yes", "no")])
    return content


def root(leaves: list[bytes]) -> bytes:
    """Return the root of RFC 6962, by its own recursive definition."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def code(data: bytes) -> str:
    """Return the code of some bytes."""
    number = int.from_bytes(data, "big") * 1024
    number += -number % 1021
    signs = ""
    for _ in range(-(-8 * len(data) // 5) + 2):
        number, sign = divmod(number, 32)
        signs = ALPHABET[sign] + signs
    return signs


def holds(file: bytes, kept: list[str]) -> bool:
    """Tell whether a record holds, and has every checkpoint that was kept."""
    before, last, leaves, heads = sha(canonical(RULES)), "", list[bytes](), list[str]()
    heads.append(before)
    codes = set[str]()
    for number, line in enumerate(file.split(b"\n")[:-1], start=1):
        try:
            entry = parsed(line)
            act, seen = entry["act"], entry["act"]["seen"]
            check_act(act)
            check_signature(entry, RULES["keeper"]["signing"])
            need((entry["entry"], entry["previous"]) == (number, heads[-1]))
            need(last <= entry["time"] and act["time"] <= entry["time"])
            need(heads[seen["entries"]] == seen["head"])
        except (ValueError, KeyError, IndexError, CryptoError):
            return False
        last = entry["time"]
        leaves.append(hashlib.sha256(b"\0" + line).digest())
        heads.append(leaves[-1].hex())
        codes.add(code(number.to_bytes(2, "big") + root(leaves)[:15]))
    return all(one.replace("-", "") in codes for one in kept)


@pytest.mark.parametrize("vector", VECTORS["seals"], ids=lambda vector: vector["name"])
def test_a_second_program_answers_alike_about_seals(vector: Any) -> None:
    """A reader made from the page accepts and refuses the same seals."""
    file = b64decode(vector["file"])
    if vector["holds"]:
        assert open_seal(file) == VECTORS["content"]["value"]
        return
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError, CryptoError)):
        open_seal(file)


@pytest.mark.parametrize("vector", VECTORS["records"], ids=lambda vector: vector["name"])
def test_a_second_program_answers_alike_about_records(vector: Any) -> None:
    """A reader made from the page finds the same records whole, and the same ones changed."""
    whole = vector["changed"] is None
    assert holds(b64decode(vector["file"]), vector["checkpoints"]) is whole


@pytest.mark.parametrize("vector", VECTORS["merkle"] + VECTORS["codes"])
def test_a_second_program_answers_alike_about_roots_and_codes(vector: Any) -> None:
    """A reader made from the page gives the same roots and codes."""
    if "root" in vector:
        assert root([bytes.fromhex(leaf) for leaf in vector["leaves"]]).hex() == vector["root"]
    else:
        assert code(bytes.fromhex(vector["bytes"])) == vector["code"].replace("-", "")
