"""What is said at the table, of seals and the record: who did what, and never what is inside.

Every function returns lines, ready to be shown: sentences are wrapped, lines with a path are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hikiwake.explain.language.layout import clean, table_lines, wrap
from hikiwake.explain.language.voice import LANGUAGES, Voice, speakable

WIDTH = 80

Checkpoint = tuple[int, str]  # how many entries, and the code


def voice_for(asked: str | None, own: str | None) -> Voice:
    """Return the voice of the language that is asked for, else of the reader's own, else English.

    Raises
    ------
    UnknownName
        If there is no catalog for the language that is asked for (H3).
    """
    return Voice(speakable(asked) or asked or speakable(own) or LANGUAGES[0])


def written(voice: Voice, path: object) -> str:
    """Return that a file was written that everybody may read."""
    return voice.say("Written: {path}", path=str(path))


def written_for_you(voice: Voice, path: object) -> str:
    """Return that a file was written that nobody else may read."""
    return voice.say("Written: {path} (readable by you only)", path=str(path))


def written_opening(voice: Voice, path: object) -> str:
    """Return that what opens a commitment was written."""
    return voice.say("Written: {path} (opens the commitment; readable by you only)", path=str(path))


def sealed(voice: Voice, path: object, commitment: str, keeper: str) -> list[str]:
    """Return that a seal was made, and what to do with it."""
    told = voice.say(
        "Hand the file to {keeper}. It tells nobody what is inside.", keeper=clean(keeper)
    )
    return [
        voice.say("Sealed: {path}", path=str(path)),
        voice.say("Commitment: {commitment}", commitment=commitment),
        "",
        *wrap(told, WIDTH),
    ]


def opened(voice: Voice, parties: Iterable[str]) -> list[str]:
    """Return whose seals were opened."""
    told = voice.say("Opened together: {parties}.", parties=voice.listing(map(clean, parties)))
    return wrap(told, WIDTH)


def after_opening(voice: Voice, missing: Sequence[str], place: object) -> list[str]:
    """Return what can be done now, or whose seal is missing for that."""
    if not missing:
        return ["", voice.say("Now:"), f"  hikiwake settle {place}"]
    late = voice.say(
        "Not sealed in time: {parties}. To settle, theirs is needed as well.",
        parties=voice.listing(map(clean, missing)),
    )
    return ["", *wrap(late, WIDTH)]


def answered(voice: Voice, yes: bool, parties: int) -> list[str]:
    """Return whether everybody said yes, and nobody's answer."""
    if yes:
        return [voice.say("Everybody said yes.")]
    told = [voice.say("Not everybody said yes. Nobody's answer is told.")]
    if parties == 2:
        told.append(voice.say("There are two parties: who said yes knows what the other said."))
    return [line for sentence in told for line in wrap(sentence, WIDTH)]


def laid(voice: Voice, fingerprint: str) -> list[str]:
    """Return what stands for the ground rules of a new table."""
    return [voice.say("Ground rules: {fingerprint}", fingerprint=fingerprint)]


def give_copies(voice: Voice, table: object) -> list[str]:
    """Return what to do with a new table."""
    told = voice.say(
        "Give everybody a copy of {table}. Compare the ground rules before you seal.",
        table=str(table),
    )
    return ["", *wrap(told, WIDTH)]


def signed(voice: Voice, path: object, keeper: str) -> list[str]:
    """Return that an act was signed, and what to do with it."""
    return [
        voice.say("Signed: {path}", path=str(path)),
        *wrap(voice.say("Hand the file to {keeper}.", keeper=clean(keeper)), WIDTH),
    ]


def entered(voice: Voice, number: int, kind: str, by: str) -> str:
    """Return that an act was entered."""
    told = {"number": voice.whole(number), "act": _acts(voice)[kind], "who": clean(by)}
    return voice.say("Entered: {number}, {act} by {who}", **told)


def entered_before(voice: Voice, number: int, kind: str, by: str) -> str:
    """Return that an act stands in the record already."""
    told = {"number": voice.whole(number), "act": _acts(voice)[kind], "who": clean(by)}
    return voice.say("Entered before: {number}, {act} by {who}", **told)


def checkpoint_after(voice: Voice, checkpoint: Checkpoint) -> str:
    """Return the state of a record in one line."""
    entries, code = checkpoint
    return voice.count(
        "Checkpoint after {n} entry: {code}",
        "Checkpoint after {n} entries: {code}",
        entries,
        code=code,
    )


def checkpoint_to_keep(voice: Voice, checkpoint: Checkpoint, time: str) -> list[str]:
    """Return the state of a record as it is read out and written down."""
    entries, code = checkpoint
    groups = code.split("-")
    counted = voice.count("{n} entry", "{n} entries", entries)
    halves = (f"  {'  '.join(half)}" for half in (groups[:3], groups[3:]))
    as_of = voice.say("As of {time}.", time=time)
    said = voice.say("{first} {second}", first=as_of, second=without_prejudice(voice))
    return [counted, "", *halves, "", *wrap(said, WIDTH)]


def without_prejudice(voice: Voice) -> str:
    """Return what holds of everything in a record."""
    return voice.say("Without prejudice. Drafts are not binding.")


def entries_as_table(voice: Voice, entries: Iterable[tuple[int, str, Any]]) -> list[str]:
    """Return the entries of a record, each by its number, its time and its act."""
    heads = (voice.say("Entry"), voice.say("Entered"), voice.say("By"), voice.say("What"))
    rows = [
        (str(number), time, clean(act.by), _told(voice, act.kind, act.about))
        for number, time, act in entries
    ]
    return [*wrap(without_prejudice(voice), WIDTH), "", *table_lines(heads, rows, WIDTH), ""]


def holds(voice: Voice, entries: int, against_checkpoints: bool) -> list[str]:
    """Return that a record holds, and what would show only against a checkpoint."""
    told = [
        voice.count(
            "Nothing in the record contradicts itself: {n} entry.",
            "Nothing in the record contradicts itself: {n} entries.",
            entries,
        )
    ]
    if not against_checkpoints:
        told.append(
            voice.say(
                "No checkpoint was given: that entries are missing at the end, or that who keeps "
                "the record wrote it anew, shows only against one that was kept elsewhere "
                "(--checkpoint)."
            )
        )
    return [line for sentence in told for line in wrap(sentence, WIDTH)]


def changed(voice: Voice, places: tuple[int, int], how: str, why: str) -> list[str]:
    """Return where a record was changed, in which way, and by what that shows.

    ``why`` stays in English, as faults do.
    """
    first, last = places
    way = _ways(voice)[how]
    told = (
        voice.say("Changed at entry {first} ({how}): {why}.", first=str(first), how=way, why=why)
        if first == last
        else voice.say(
            "Changed between entries {first} and {last} ({how}): {why}.",
            first=str(first),
            last=str(last),
            how=way,
            why=why,
        )
    )
    return wrap(clean(told), WIDTH)


def matched(voice: Voice, what: str, same: bool, entry: tuple[int, str, Any]) -> list[str]:
    """Return whether a file is what an entry commits to."""
    number, time, act = entry
    thing = _things(voice)[what]
    told = (
        voice.say("The very file that the record commits to: {thing}.", thing=thing)
        if same
        else voice.say(
            "Another file than the one that the record commits to: {thing}.", thing=thing
        )
    )
    where = voice.say(
        "Entry {number}: {act} by {who}, {time}",
        number=str(number),
        act=_acts(voice)[act.kind],
        who=clean(act.by),
        time=time,
    )
    return [*wrap(told, WIDTH), *wrap(where, WIDTH)]


def not_committed_to(voice: Voice) -> list[str]:
    """Return that nothing in the record commits to an opening."""
    return wrap(voice.say("No entry of the record commits to this opening."), WIDTH)


def destroyed(voice: Voice, path: object, done: bool) -> str:
    """Return that a private file is gone, or would be."""
    if done:
        return voice.say("Destroyed: {path}", path=str(path))
    return voice.say("Private: {path}", path=str(path))


def out_of_reach(voice: Voice) -> list[str]:
    """Return what destroying does not reach."""
    told = voice.say(
        "Copies elsewhere, backups, and what a disk keeps of old files are not reached."
    )
    return wrap(told, WIDTH)


def _told(voice: Voice, kind: str, about: Mapping[str, Any]) -> str:
    """Return an act with what the record tells of it."""
    act = _acts(voice)[kind]
    more = {
        "seal": lambda: _things(voice)[about["what"]],
        "open": lambda: voice.listing(map(clean, about["parties"])),
        "accept": lambda: voice.say("by all") if about["by_all"] else voice.say("not by all"),
        "step": lambda: voice.say("{step} done", step=clean(about["step"])),
    }.get(kind)
    return voice.say("{act}: {more}", act=act, more=more()) if more else act


def _acts(voice: Voice) -> dict[str, str]:
    # NOTE: the acts in a record, as they stand in "agree by ann" and in a table
    return {
        "begin": voice.say("begin"),
        "agree": voice.say("agree"),
        "seal": voice.say("seal"),
        "open": voice.say("open"),
        "settle": voice.say("settle"),
        "accept": voice.say("accept"),
        "offer": voice.say("offer"),
        "step": voice.say("step"),
        "destroy": voice.say("destroy"),
    }


def _things(voice: Voice) -> dict[str, str]:
    # NOTE: what is sealed, or committed to
    return {
        "preference": voice.say("preference"),
        "answer": voice.say("answer"),
        "package": voice.say("package"),
        "certificate": voice.say("certificate"),
        "offer": voice.say("offer"),
        "step": voice.say("proof of a step"),
    }


def _ways(voice: Voice) -> dict[str, str]:
    # NOTE: in which way a record was changed
    return {
        "altered": voice.say("altered"),
        "dropped": voice.say("dropped"),
        "reordered": voice.say("reordered"),
        "repeated": voice.say("repeated"),
        "backdated": voice.say("backdated"),
        "rewritten": voice.say("rewritten"),
        "not allowed here": voice.say("not allowed here"),
    }
