"""Opening: all together or none, whatever the order, and the right one named."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from hikiwake.errors import InputError
from hikiwake.sealing.acts import new_act
from hikiwake.sealing.canonical import as_file, digest, parse
from hikiwake.sealing.ground import OPEN, VOID, GroundRules
from hikiwake.sealing.opening import all_say_yes, open_preferences
from hikiwake.sealing.record import Record, enter
from hikiwake.sealing.seals import Seal, opened, seal_answer
from hikiwake.sealing.table import read_table
from tests.unit.sealing.cast import (
    CANARIES,
    MEDIATOR,
    PREFERENCES,
    RULES,
    TWO,
    at,
    begun,
    does,
    keys_of,
    sealed,
)


def entered(order: tuple[str, ...], rules: GroundRules = RULES) -> tuple[Record, dict[str, Seal]]:
    """Return a record with these parties' seals, entered in this order."""
    record = begun(rules)
    seals = sealed(record)
    for second, who in enumerate(order, start=2):
        enter(record, seals[who].act, MEDIATOR, at(second))
    return record, {who: seals[who] for who in order}


@pytest.mark.parametrize("order", list(permutations(PREFERENCES)))
def test_the_order_of_arrival_changes_nothing(order: tuple[str, ...]) -> None:
    """Whoever sealed first, the same is opened, in the order of the ground rules."""
    record, seals = entered(order)
    found = open_preferences(record, seals, MEDIATOR)
    assert list(found.items()) == list(PREFERENCES.items())


@pytest.mark.parametrize("there", [(), ("ann",), ("cyd", "ann"), ("ben", "cyd")])
def test_nothing_opens_until_all_are_in(there: tuple[str, ...]) -> None:
    """While one seal is missing none is opened, and those who have not sealed are named."""
    record, seals = entered(there)
    with pytest.raises(InputError) as refused:
        open_preferences(record, seals, MEDIATOR)
    missing = [who for who in PREFERENCES if who not in there]
    assert f"none yet from {', '.join(missing)}" in str(refused.value)


def test_a_deadline_that_voids_never_opens() -> None:
    """After a deadline with `void` a missing seal keeps all of them closed for good."""
    rules = replace(RULES, deadline=at(100), after_deadline=VOID)
    record, seals = entered(("ann", "ben"), rules)
    for second in (50, 100, 101, 5000):
        with pytest.raises(InputError, match="none yet from cyd"):
            open_preferences(record, seals, MEDIATOR, at(second))


def test_a_deadline_that_opens_does_so_only_afterwards() -> None:
    """With `open` those that are in open after the deadline, and not a second earlier."""
    rules = replace(RULES, deadline=at(100), after_deadline=OPEN)
    record, seals = entered(("ben", "ann"), rules)
    with pytest.raises(InputError, match="until the deadline"):
        open_preferences(record, seals, MEDIATOR, at(100))
    assert list(open_preferences(record, seals, MEDIATOR, at(101))) == ["ann", "ben"]


def test_a_seal_after_the_deadline_is_not_entered() -> None:
    """What comes after the deadline by the keeper's clock is refused, and named."""
    record = begun(replace(RULES, deadline=at(100)))
    seal = sealed(record)["ann"]
    with pytest.raises(InputError, match="'ann': after the deadline"):
        enter(record, seal.act, MEDIATOR, at(101))


def test_an_old_seal_cannot_be_entered_again() -> None:
    """An act stands in the record once: so nobody makes what was sealed first count anew."""
    record = begun()
    first, second = (sealed(record)["ann"].act for _ in range(2))
    for act in (first, second):
        enter(record, act, MEDIATOR)
    with pytest.raises(InputError, match="'ann': entered a second time"):
        enter(record, first, MEDIATOR)
    assert (record.counts(first), record.counts(second)) == (False, True)


@pytest.mark.parametrize("who", PREFERENCES)
def test_every_changed_byte_of_a_seal_is_refused(who: str) -> None:
    """Any one byte of a party's file changed, dropped or added is refused; others still hold."""
    record = begun()
    file = as_file(sealed(record)[who].data)
    act_ends = file.index(b'"box":"', file.index(b'"time"')) + 9
    places = [*range(0, act_ends, 7), *range(act_ends, len(file), 601), len(file) - 2]
    for place in places:
        for changed in (
            file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :],
            file[:place] + file[place + 1 :],
            file[:place] + b"\x00" + file[place:],
            file[:place] + b" " + file[place:],
        ):
            with pytest.raises(InputError) as refused:
                Seal.from_data(parse(changed[:-1], f"{who}.seal"), RULES, f"{who}.seal")
            told = str(refused.value)
            assert not any(canary in told for canary in CANARIES)


@pytest.mark.parametrize("who", PREFERENCES)
def test_a_content_that_is_not_the_committed_one_is_refused(who: str) -> None:
    """A box signed by its party that holds something else is refused; that party is named."""
    record = begun()
    seals = sealed(record)
    other = sealed(record)[who]
    act = seals[who].act
    about = {**other.act.about, "commitment": act.about["commitment"]}
    swapped = Seal(new_act(keys_of(who), RULES, "seal", about, act.seen, at(1)), other.box)
    for second, seal in enumerate((seals | {who: swapped}).values(), start=2):
        enter(record, seal.act, MEDIATOR, at(second))
    with pytest.raises(InputError) as refused:
        open_preferences(record, seals | {who: swapped}, MEDIATOR)
    assert [fault.object for fault in refused.value.faults] == [f"The sealed preference of '{who}'"]
    assert "does not match its commitment" in str(refused.value)
    assert not any(canary in str(refused.value) for canary in CANARIES)


def test_everybody_whose_content_does_not_match_is_named() -> None:
    """Two contents that do not match give two faults, each with its party."""
    record = begun()
    seals = sealed(record)
    wrong = {
        who: Seal(
            new_act(
                keys_of(who),
                RULES,
                "seal",
                {**seals[who].act.about, "commitment": "0" * 64},
                record.seen,
                at(1),
            ),
            seals[who].box,
        )
        for who in ("ann", "cyd")
    }
    for second, seal in enumerate((seals | wrong).values(), start=2):
        enter(record, seal.act, MEDIATOR, at(second))
    with pytest.raises(InputError) as refused:
        open_preferences(record, seals | wrong, MEDIATOR)
    named = [fault.object for fault in refused.value.faults]
    assert named == ["The sealed preference of 'ann'", "The sealed preference of 'cyd'"]


def test_a_seal_that_was_exchanged_after_it_was_entered_is_refused() -> None:
    """What is opened is what was entered: another seal of the same party does not pass."""
    record, seals = entered(tuple(PREFERENCES))
    seals["ben"] = sealed(begun())["ben"]
    with pytest.raises(InputError, match="'ben': another seal than the record has"):
        open_preferences(record, seals, MEDIATOR)


def test_a_seal_means_nothing_in_another_dispute() -> None:
    """A seal for one dispute is refused under the ground rules of another."""
    seal = sealed(begun())["ann"]
    other = replace(RULES, dispute="e" * 64)
    with pytest.raises(InputError, match="'ann': signed under other ground rules"):
        Seal.from_data(seal.data, other, "ann.seal")


def test_only_the_keeper_can_open() -> None:
    """With a party's keys, its own or another's, nothing opens."""
    record, seals = entered(tuple(PREFERENCES))
    for who in PREFERENCES:
        with pytest.raises(InputError, match="not those that open these seals"):
            open_preferences(record, seals, keys_of(who))
        with pytest.raises(InputError, match="does not open"):
            opened(seals["ann"], keys_of(who), RULES)


def test_a_seal_and_a_record_tell_nothing() -> None:
    """No canary of any side stands in a seal, readable or in base64, nor in the record."""
    record, seals = entered(tuple(PREFERENCES))
    public = b"".join(as_file(seal.data) + seal.box for seal in seals.values())
    public += b"".join(entry.line for entry in record.entries)
    for canary in CANARIES:
        text = canary.encode()
        assert not re.search(rb"(?<![0-9a-f])%b(?![0-9a-f])" % re.escape(text), public)
        assert all(b64encode(b"\0" * n + text)[4:8] not in public for n in range(1, 3))


def test_the_size_of_a_box_tells_little() -> None:
    """A short preference and one three times as long have boxes of the same size."""
    record = begun()
    short, long = sealed(record)["ann"], {"points": {f"i{n}": str(n) for n in range(40)}}
    from hikiwake.sealing.seals import seal_preference

    other = seal_preference(keys_of("ann"), RULES, long, record.seen, at(1))
    assert len(short.box) == len(other.box)


@pytest.mark.parametrize("answers", [(a, b) for a in (True, False) for b in (True, False)])
def test_a_yes_shows_only_if_all_said_yes(answers: tuple[bool, bool]) -> None:
    """Two answers open to one bit: whether both said yes."""
    record = begun(TWO)
    package = digest(b"package")
    does(record, MEDIATOR, "settle", 2, package=package)
    seals = {
        who: seal_answer(keys_of(who), TWO, package, yes, record.seen, at(3))
        for who, yes in zip(("ann", "ben"), answers, strict=True)
    }
    with pytest.raises(InputError, match="none yet from ann, ben"):
        all_say_yes(record, seals, MEDIATOR)
    for seal in seals.values():
        enter(record, seal.act, MEDIATOR, at(4))
    assert len({len(seal.box) for seal in seals.values()}) == 1
    assert all_say_yes(record, seals, MEDIATOR) is all(answers)


def test_an_answer_to_another_package_is_not_entered() -> None:
    """An answer counts for the package that was settled on last, and for no other."""
    record = begun(TWO)
    does(record, MEDIATOR, "settle", 2, package=digest(b"first"))
    seal = seal_answer(keys_of("ann"), TWO, digest(b"second"), True, record.seen, at(3))
    with pytest.raises(InputError, match="about another package"):
        enter(record, seal.act, MEDIATOR, at(4))


def test_every_changed_byte_of_the_ground_rules_is_refused(tmp_path: Path) -> None:
    """Ground rules with any one byte changed are refused, or the record is not theirs any more."""
    good, record = as_file(RULES.data), begun().entries[0].line
    (tmp_path / "record.jsonl").write_bytes(record)
    for place in range(0, len(good), 5):
        changed = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        (tmp_path / "ground-rules.json").write_bytes(changed)
        with pytest.raises(InputError):
            read_table(tmp_path)
    (tmp_path / "ground-rules.json").write_bytes(good)
    assert read_table(tmp_path).rules == RULES


def test_base64_has_one_form() -> None:
    """A box whose base64 has stray bits at its end is refused, though it means the same bytes."""
    record = begun()
    data = sealed(record)["ann"].data
    box = data["box"].rstrip("=")
    padding = data["box"][len(box) :]
    assert padding == "=="
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    stray = box[:-1] + last[last.index(box[-1]) + 1] + padding
    assert b64decode(stray) == b64decode(data["box"])
    with pytest.raises(InputError, match="another box"):
        Seal.from_data({**data, "box": stray}, RULES, "ann.seal")
