"""Texts that sides were given to read, as somebody names them and as talks keep them.

A word of an option and a value in a file are read alike, by one table of what can be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from hikiwake.errors import Fault, FormatError
from hikiwake.findings.texts import KINDS, Reading, Text
from hikiwake.formats.beside.agreed import read_agreed
from hikiwake.formats.beside.packages import outcome_of, require_whole
from hikiwake.formats.results.settled import Json, outcome_json
from hikiwake.model import Dispute, Outcome
from hikiwake.numeric import exact, fraction_text

MAX_PACKAGES = 20  # alternatives that can be asked for
_HOW = ("joint", "as_json")  # whatever the kind
_FEWEST = "fewest-shares"
_PLACES = {"agreed": "FILE", "fewest_shares": _FEWEST}  # beside COUNT for `count`


def text_of(dispute: Dispute, asked: str) -> Text:
    """Return the text that somebody names: its kind, perhaps ``.joint``, ``.json`` and options.

    Options stand after ``=``, in the order of the kind, one after the other with a comma between;
    what is left empty is as usual. Of a package that is agreed the file is named.

    Raises
    ------
    FormatError
        If there is no such text (H1).
    InputError
        If a file holds no such package (H5, H19).
    """
    name, given, options = asked.partition("=")
    kind, *how = name.split(".")
    try:
        takes = KINDS[Reading(kind)].takes
        words = options.split(",") if given else []
        if len(words) > len(takes) or len({*how}) < len(how) or not {*how} <= {"joint", "json"}:
            raise ValueError
        said = {key: word for key, word in zip(takes, words, strict=False) if word}
        asked_for = {key: _raw(dispute, key, word) for key, word in said.items()}
        form = {"joint": "joint" in how, "as_json": "json" in how}
        return text_in(dispute, {"text": kind, **asked_for, **form})
    except (KeyError, ValueError):
        raise FormatError(_no_text(asked)) from None


def text_in(dispute: Dispute, tree: Mapping[str, Any]) -> Text:
    """Return the text that talks keep; ValueError or InputError if it is none."""
    kind = Reading(tree["text"])
    keys = (*KINDS[kind].takes, *_HOW)
    given = {key: value for key, value in tree.items() if key != "text"}
    if not given.keys() <= {*keys} or KINDS[kind].needs not in (None, *given):
        raise ValueError
    return Text(kind, **{key: _VALUES[key](dispute, value) for key, value in given.items()})


def text_json(text: Text) -> Json:
    """Return a text as talks keep it: its kind, and all that was asked for."""
    keys = (*KINDS[text.kind].takes, *_HOW)
    return {"text": text.kind.value} | {key: _written(getattr(text, key)) for key in keys}


def _written(value: Any) -> Any:
    if isinstance(value, Mapping):
        return outcome_json(value)
    return fraction_text(value) if isinstance(value, Fraction) else value


def _raw(dispute: Dispute, key: str, word: str) -> Any:
    """Return a word of an option as it would stand in a file."""
    if key in ("count", "seed"):
        return int(word)
    if key == "fewest_shares":
        return word == _FEWEST or word
    return outcome_json(read_agreed(dispute, Path(word))) if key == "agreed" else word


def _count(dispute: Dispute, raw: object) -> int:
    count = _seed(dispute, raw)
    if not 1 <= count <= MAX_PACKAGES:
        raise ValueError
    return count


def _seed(_: Dispute, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError
    return raw


def _part(_: Dispute, raw: object) -> Fraction:
    if not isinstance(raw, str) or not 0 <= (part := exact(raw)) <= 1:
        raise ValueError
    return part


def _part_or_none(dispute: Dispute, raw: object) -> Fraction | None:
    return None if raw is None else _part(dispute, raw)


def _word(_: Dispute, raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueError
    return raw


def _yes_or_no(_: Dispute, raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError
    return raw


def _agreed(dispute: Dispute, raw: object) -> Outcome:
    outcome = outcome_of(dispute, raw, "texts.agreed")
    require_whole(dispute, outcome, "texts.agreed")
    return outcome


_VALUES: Mapping[str, Callable[[Dispute, object], Any]] = {
    "count": _count,
    "within": _part,
    "agreed": _agreed,
    "rule": _word,
    "fewest_shares": _yes_or_no,
    "error": _part_or_none,
    "seed": _seed,
    "joint": _yes_or_no,
    "as_json": _yes_or_no,
}


def _no_text(asked: str) -> Fault:
    known = (_as_written(kind) for kind in Reading)
    return Fault(
        "Option --shown-text",
        f"{asked[:40]!r} found",
        f"One of: {'; '.join(known)}; with .joint or .json after the kind if it was that",
        "H1",
        "Write one of these, without what was not asked for: as alternatives=3,1/10.",
    )


def _as_written(kind: Reading) -> str:
    takes = KINDS[kind].takes
    places = ",".join(_PLACES.get(key, key.upper()) for key in takes)
    return f"{kind.value}={places}" if places else kind.value


__all__ = ["text_in", "text_json", "text_of"]
