"""The test vectors that stand in the reference: another program must answer them alike."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from hikiwake.errors import InputError
from hikiwake.sealing import merkle
from hikiwake.sealing.canonical import canonical, digest, read
from hikiwake.sealing.checkpoint import Checkpoint
from hikiwake.sealing.codes import grouped, ungrouped
from hikiwake.sealing.commitment import Content
from hikiwake.sealing.ground import GroundRules, public_hash
from hikiwake.sealing.keys import Card, Keys
from hikiwake.sealing.seals import Seal, opened
from hikiwake.sealing.verify import verify

FILE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "sealing-vectors.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
RULES = GroundRules.from_data(VECTORS["ground_rules"]["value"], "ground rules")
MEDIATOR = Keys.from_data(VECTORS["keys"]["mediator"], "keys")


@pytest.mark.parametrize("vector", VECTORS["canonical"])
def test_values_have_one_form(vector: Any) -> None:
    """A value has the canonical bytes and the hash that the vectors give."""
    assert canonical(vector["value"]).decode() == vector["bytes"]
    assert digest(canonical(vector["value"])) == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["codes"])
def test_codes_are_the_published_ones(vector: Any) -> None:
    """Bytes have the code that the vectors give, and the code gives them back."""
    data = bytes.fromhex(vector["bytes"])
    assert grouped(data) == vector["code"]
    assert ungrouped(vector["code"], len(data)) == data


@pytest.mark.parametrize("vector", VECTORS["merkle"])
def test_roots_are_the_published_ones(vector: Any) -> None:
    """The root over some leaves is the one that the vectors give."""
    leaves = [bytes.fromhex(leaf) for leaf in vector["leaves"]]
    assert merkle.root(leaves).hex() == vector["root"]


@pytest.mark.parametrize("who", VECTORS["keys"])
def test_cards_follow_from_keys(who: str) -> None:
    """Keys have the card and the fingerprint that the vectors give."""
    keys = Keys.from_data(VECTORS["keys"][who], "keys")
    assert keys.card.data == VECTORS["cards"][who]
    assert Card.from_data(VECTORS["cards"][who], "card") == keys.card
    assert keys.card.fingerprint == VECTORS["fingerprints"][who]


def test_hashes_are_the_published_ones() -> None:
    """The dispute, the ground rules and a content have the hashes that the vectors give."""
    assert public_hash(VECTORS["dispute"]["public"]) == VECTORS["dispute"]["hash"]
    assert RULES.hash == VECTORS["ground_rules"]["hash"]
    content = Content.from_data(VECTORS["content"]["value"], "content")
    assert content.commitment == VECTORS["content"]["commitment"]


@pytest.mark.parametrize("vector", VECTORS["seals"], ids=lambda vector: vector["name"])
def test_a_seal_holds_or_is_refused(vector: Any, tmp_path: Path) -> None:
    """A seal is accepted, or refused where the vectors say so, with the name of whose it is."""
    file = tmp_path / "some.seal"
    file.write_bytes(b64decode(vector["file"]))
    if vector["holds"]:
        seal = Seal.from_data(read(file), RULES, file.name)
        assert opened(seal, MEDIATOR, RULES).data == VECTORS["content"]["value"]
        return
    named = f"'{vector['names']}'" if vector["names"] else "'some.seal'"
    if vector["refused_on"] == "opening":
        seal = Seal.from_data(read(file), RULES, file.name)
        with pytest.raises(InputError, match=named):
            opened(seal, MEDIATOR, RULES)
    else:
        with pytest.raises(InputError, match=named):
            Seal.from_data(read(file), RULES, file.name)


@pytest.mark.parametrize("vector", VECTORS["records"], ids=lambda vector: vector["name"])
def test_a_record_holds_or_is_found_changed(vector: Any) -> None:
    """A record holds, or its change is found between the entries that the vectors name."""
    kept = [Checkpoint.from_code(code) for code in vector["checkpoints"]]
    change = verify(b64decode(vector["file"]), RULES, kept).change
    found = None if change is None else [change.first, change.last]
    assert found == vector["changed"]
