"""A record of a thousand entries, changed in ten thousand ways: every change is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from random import Random

import pytest

from hikiwake.errors import InputError
from hikiwake.sealing import clock
from hikiwake.sealing.acts import new_act
from hikiwake.sealing.canonical import digest
from hikiwake.sealing.checkpoint import Checkpoint
from hikiwake.sealing.record import Record, enter
from hikiwake.sealing.verify import How, Reading, verify
from tests.unit.sealing.cast import MEDIATOR, PARTIES, RULES, at, begun, does, signed_anew, step

Lines = list[bytes]


@lru_cache(maxsize=2)
def record_of(entries: int) -> tuple[Record, tuple[bytes, ...]]:
    """Return a record, and its lines without line ends. Everybody acts, in a random order."""
    record, random = begun(), Random(entries)
    for number in range(1, entries):
        step(record, number, random.choice([*PARTIES, MEDIATOR]))
    return record, tuple(entry.line[:-1] for entry in record.entries)


def changed(random: Random, lines: tuple[bytes, ...]) -> tuple[str, Lines, int]:
    """Return a kind of change, the lines after one of that kind, and the place it must be at."""
    kind = random.choice(("bit", "cut", "grown", "joined", "dropped", "moved", "swapped", "twice",
                          "last dropped", "inserted"))  # fmt: skip
    new, place, other = list(lines), *sorted(random.sample(range(len(lines)), 2))
    line = new[place]
    spot = random.randrange(len(line))
    if kind == "bit":
        new[place] = line[:spot] + bytes([line[spot] ^ 1 << random.randrange(8)]) + line[spot + 1 :]
    elif kind == "cut":
        new[place] = line[:spot] + line[spot + 1 :]
    elif kind == "grown":
        new[place] = line[:spot] + random.randbytes(1) + line[spot:]
    elif kind == "joined":
        new[place : place + 2] = [b"".join(new[place : place + 2])]
    elif kind == "dropped":
        del new[place]
    elif kind == "moved":
        new.insert(place, new.pop(other))
    elif kind == "swapped":
        new[place], new[other] = new[other], new[place]
    elif kind == "twice":
        new.insert(other, line)
        place = other
    elif kind == "last dropped":
        del new[place:]
    else:
        new.insert(place, random.randbytes(40).replace(b"\n", b""))
    # A byte that was put in may end a line. All that is as it was is there once for all changes.
    new[place : place + 1] = [part for line in new[place : place + 1] for part in line.split(b"\n")]
    return kind, new, place


def read_from(start: Record, lines: Lines, kept: tuple[Checkpoint, ...]) -> Reading:
    """Return the reading of lines whose beginning is known to hold."""
    copy = replace(start, entries=[*start.entries], hashes=[*start.hashes], agreed={*start.agreed})
    reading = Reading(copy, kept)
    for place in range(len(copy.entries), len(lines)):
        if reading.change is None:
            reading.take(lines[place], lines[place + 1 :])
    if reading.change is None:
        reading.end()
    return reading


def trials(count: int, lines: tuple[bytes, ...]) -> Iterator[tuple[str, Lines, int]]:
    """Yield random single changes, in the order of their places."""
    random = Random(2026)
    yield from sorted((changed(random, lines) for _ in range(count)), key=lambda trial: trial[2])


@pytest.mark.slow
def test_ten_thousand_changes_are_found_at_the_right_entry() -> None:
    """Any one change to a record of 1,000 entries is found, at the entry where it begins."""
    # All before a change is read alike each time: reading is resumed there. A few are read whole.
    whole, lines = record_of(1000)
    kept = (whole.checkpoint,)
    known, missed = Reading(Record(RULES)), list[str]()
    for number, (kind, new, place) in enumerate(trials(10_000, lines)):
        while len(known.record.entries) < place:
            known.take(lines[len(known.record.entries)])
        change = read_from(known.record, new, kept).change
        if change is None or (change.first, change.last) != (place + 1, place + 1):
            missed.append(f"{kind} at {place + 1}: {change}")
        if number % 2000 == 0:
            data = b"".join(line + b"\n" for line in new)
            assert verify(data, RULES, kept).change == change
    assert missed == []
    assert known.change is None


def test_the_record_itself_holds() -> None:
    """A record that nobody changed holds, with and without checkpoints that were kept."""
    record, lines = record_of(60)
    data = b"".join(line + b"\n" for line in lines)
    kept = [Checkpoint.of(record.hashes[:n]) for n in (1, 7, 32, 60)]
    assert verify(data, RULES).change is None
    assert verify(data, RULES, kept).change is None


def rewritten(record: Record, place: int, second: int) -> Record:
    """Return the record as its keeper could write it anew from an own entry at a place on.

    The acts of others stay as they were signed; nobody but their authors can sign them again.
    """
    anew = Record(RULES)
    for number, entry in enumerate(record.entries):
        act, time = entry.act, entry.time
        if number == place:
            about = {"commitment": digest(b"else"), "step": "else"}
            act = new_act(MEDIATOR, RULES, "step", about, entry.act.seen, at(second))
        elif number > place and act.by == MEDIATOR.who:
            act = new_act(MEDIATOR, RULES, act.kind, act.about, anew.seen, act.time)
        again = signed_anew(replace(entry, previous=anew.head, act=act, time=time))
        anew.append(again.line[:-1], again)
    return anew


def test_a_keeper_who_writes_the_record_anew_is_found() -> None:
    """What the keeper changed and signed anew is found by the acts of others or a checkpoint."""
    record, _ = record_of(60)
    kept = record.checkpoint
    for place, entry in enumerate(record.entries):
        if entry.act.by != MEDIATOR.who or place == 0:
            continue
        anew = rewritten(record, place, 10 + place)
        data = b"".join(entry.line for entry in anew.entries)
        change = verify(data, RULES, [kept]).change
        assert change is not None
        assert change.how is How.REWRITTEN
        assert change.first <= place + 1 <= change.last
        later = [e.act.seen.entries for e in record.entries[place + 1 :] if e.act.by != "mediator"]
        if later:
            assert change.last == min(count for count in later if count > place)
            assert verify(data, RULES).change is not None


def test_two_checkpoints_narrow_down_where() -> None:
    """The change lies after the last checkpoint that matches, up to the first that does not."""
    record, _ = record_of(60)
    own = [n for n, entry in enumerate(record.entries) if entry.act.by == MEDIATOR.who and n]
    place = own[-1]
    anew = rewritten(record, place, 10 + place)
    data = b"".join(entry.line for entry in anew.entries[: place + 1])
    kept = [Checkpoint.of(record.hashes[:n]) for n in (place, place + 1)]
    change = verify(data, RULES, kept).change
    assert change is not None
    assert (change.first, change.last) == (place + 1, place + 1)


def test_an_entry_with_an_earlier_time_is_backdated() -> None:
    """A keeper who enters something under an earlier time than the entry before is found there."""
    record, _ = record_of(60)
    for place in (1, 30, 59):
        early = signed_anew(
            replace(record.entries[place], time=clock.later(record.entries[place - 1].time, -1))
        )
        lines = [entry.line for entry in record.entries]
        lines[place] = early.line
        change = verify(b"".join(lines), RULES).change
        assert change is not None
        assert (change.how, change.first) == (How.BACKDATED, place + 1)


def test_an_act_dated_before_what_it_saw_is_backdated() -> None:
    """A party that signs under an earlier time than that of the entry it names is found."""
    record = begun()
    step(record, 5, PARTIES[0])
    seen = record.seen
    about = {"commitment": digest(b"proof"), "step": "s"}
    early = new_act(PARTIES[1], RULES, "step", about, seen, at(14))
    forged = replace(record.entries[1], number=3, previous=record.head, act=early, time=at(20))
    data = b"".join(e.line for e in (*record.entries, signed_anew(forged)))
    change = verify(data, RULES).change
    assert change is not None
    assert (change.how, change.first, change.last) == (How.BACKDATED, 3, 3)


@pytest.mark.parametrize("tail", [b"", b"\n", b" \n", b"{}\n"])
def test_what_stands_after_the_last_entry_is_found(tail: bytes) -> None:
    """A line end missing or too many, and anything after it, is found at the next entry."""
    data = b"".join(line + b"\n" for line in record_of(60)[1])
    change = verify(data[:-1] if not tail else data + tail, RULES).change
    assert change is not None
    assert change.first == (60 if not tail else 61)


def test_what_the_ground_rules_forbid_is_not_entered() -> None:
    """Offers without everybody's agreement, a second opening, and acts of others are refused."""
    record = begun()
    with pytest.raises(InputError, match="offers are not recorded"):
        does(record, PARTIES[0], "offer", 1, commitment="0" * 64)
    with pytest.raises(InputError, match="not theirs to do"):
        does(record, PARTIES[0], "open", 1, parties=["ann"])
    with pytest.raises(InputError, match="not at its place"):
        does(record, MEDIATOR, "begin", 1)
    does(record, MEDIATOR, "open", 2, parties=["ann"])
    with pytest.raises(InputError, match="a second opening"):
        does(record, MEDIATOR, "open", 3, parties=["ann"])
    assert len(record.entries) == 2


def test_offers_need_the_agreement_of_every_party() -> None:
    """Where the ground rules record offers, one is entered once all parties have agreed."""
    record = begun(replace(RULES, offers=True))
    for second, keys in enumerate(PARTIES, start=1):
        with pytest.raises(InputError, match="an act `agree` of every party"):
            does(record, PARTIES[0], "offer", second, commitment="0" * 64)
        does(record, keys, "agree", second)
    does(record, PARTIES[0], "offer", 9, commitment="0" * 64)
    assert record.entries[-1].act.kind == "offer"


def test_an_act_over_another_record_is_not_entered() -> None:
    """Somebody who signed over another copy of the record is told so before it is entered."""
    record, other = begun(), begun()
    step(other, 1, PARTIES[0])
    act = new_act(PARTIES[1], RULES, "agree", {}, other.seen, at(30))
    with pytest.raises(InputError, match="'ben': signed over a record that was another one"):
        enter(record, act, MEDIATOR, at(31))
