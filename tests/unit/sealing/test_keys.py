"""Keys, cards and backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from hikiwake.errors import InputError
from hikiwake.sealing.backup import locked, unlocked
from hikiwake.sealing.canonical import as_file
from hikiwake.sealing.keys import Card, new_keys, read_card, read_keys
from tests.unit.sealing.cast import keys_of

PASSPHRASE = "four words of rain"


def test_keys_are_new_each_time() -> None:
    """Two keys for one name differ in both of their halves."""
    one, other = new_keys("ann"), new_keys("ann")
    assert {one.signing, one.opening} & {other.signing, other.opening} == set()
    assert one.signing != one.opening


def test_secret_keys_are_never_shown() -> None:
    """Neither the text of keys nor their card has anything secret in it."""
    keys = keys_of("ann")
    for text in (repr(keys), str(keys.card.data)):
        assert keys.signing not in text
        assert keys.opening not in text


@pytest.mark.parametrize("name", ["", "a.b", "../ann", "a/b", " ann", "a\nb", "a" * 81])
def test_a_name_that_cannot_be_a_file_is_refused(name: str) -> None:
    """Names with dots, slashes, blanks at the ends or control characters get no keys."""
    with pytest.raises(InputError, match="H3"):
        new_keys(name)


def test_keys_that_others_can_read_are_refused(tmp_path: Path) -> None:
    """Keys are read only from a file that nobody else may read."""
    file = tmp_path / "ann.keys"
    file.write_bytes(as_file(keys_of("ann").data))
    file.chmod(0o644)
    with pytest.raises(InputError, match="mode 0600"):
        read_keys(file)
    file.chmod(0o600)
    assert read_keys(file) == keys_of("ann")


@pytest.mark.parametrize("key", ["opening", "signing", "who"])
def test_a_card_whose_content_was_changed_is_refused(key: str, tmp_path: Path) -> None:
    """A card signs itself: another name or key in it does not hold."""
    data = keys_of("ann").card.data | {key: keys_of("ben").card.data[key]}
    file = tmp_path / "ann.card"
    file.write_bytes(as_file(data))
    with pytest.raises(InputError, match="its signature does not hold"):
        read_card(file)


def test_a_card_is_no_keys(tmp_path: Path) -> None:
    """Who gives a card where keys are asked for is told which file it is."""
    file = tmp_path / "ann.card"
    file.write_bytes(as_file(keys_of("ann").card.data))
    with pytest.raises(InputError, match=r"a card, which is for others.*WHO\.keys"):
        read_keys(file)


def test_a_card_has_its_own_fingerprint() -> None:
    """Two cards of the same name have different fingerprints."""
    one, other = new_keys("ann").card, new_keys("ann").card
    assert one.fingerprint != other.fingerprint
    assert Card.from_data(one.data, "card").fingerprint == one.fingerprint


@pytest.mark.slow
def test_a_backup_opens_with_its_passphrase_only() -> None:
    """A backup gives the same keys back; with another passphrase, or changed, it gives nothing."""
    backup = locked(keys_of("ann"), PASSPHRASE)
    assert keys_of("ann").signing not in str(backup)
    assert unlocked(backup, PASSPHRASE, "b") == keys_of("ann")
    with pytest.raises(InputError, match="it does not open"):
        unlocked(backup, PASSPHRASE + "!", "b")
    other = {**backup, "box": backup["box"][:60] + "AAAA" + backup["box"][64:]}
    with pytest.raises(InputError, match="it does not open"):
        unlocked(other, PASSPHRASE, "b")


def test_a_short_passphrase_is_refused() -> None:
    """A backup is not made under a passphrase that could be tried out."""
    with pytest.raises(InputError, match="At least 12"):
        locked(keys_of("ann"), "short")
