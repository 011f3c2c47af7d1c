"""Packages by their labels, and one side's sealed answers about them, on disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import cast

from hikiwake.errors import Fault, FormatError, InputError, did_you_mean
from hikiwake.findings.talks import Answers, Feeling, Felt
from hikiwake.formats.beside.packages import outcome_of, party_of, require_whole
from hikiwake.formats.native.files import read_text
from hikiwake.formats.native.numbers import kind
from hikiwake.formats.native.syntax import parse
from hikiwake.formats.results.settled import MEDIATOR, VERSION, Json, outcome_json
from hikiwake.model import Dispute, FrozenMap, Outcome

MAX_PACKAGES = 100

_FEELINGS = tuple(feeling.value for feeling in Feeling)


def read_packages(dispute: Dispute, path: Path) -> dict[str, Outcome]:
    """Return the packages of a file by their labels, each whole: ``[packages.A]``.

    Raises
    ------
    FormatError, InputError
        With what is wrong (H3, H5, H16, H19).
    """
    tree = parse(read_text(path, path.name), path.name)
    tables = tree.get("packages")
    if not isinstance(tables, dict) or not 1 <= len(tables) <= MAX_PACKAGES:
        expected = f"From 1 to {MAX_PACKAGES} tables such as [packages.A]"
        given = "none in the file" if tables is None else kind(tables)
        raise FormatError(_fault("The packages", given, expected, path.name))
    found: dict[str, Outcome] = {}
    for label, table in cast("dict[str, object]", tables).items():
        where = f"{path.name}: packages.{label[:80]}"
        found[label] = outcome_of(dispute, table, where)
        require_whole(dispute, found[label], where)
    return found


def answers_of(
    party: str, said: Iterable[str], packages: Mapping[str, Outcome], consent: bool
) -> Answers:
    """Return one side's answers from texts such as ``A=neither``, with a fresh salt.

    Raises
    ------
    InputError
        With every fault: no such package or feeling, or a package without an answer (H3).
    """
    known, feelings, faults = list(packages), dict[str, Feeling](), list[Fault]()
    for text in said:
        label, _, feeling = text.partition("=")
        found = _mistaken(label, feeling, known, feelings)
        if found:
            near = did_you_mean(label, known) if label not in known else ""
            expected = f"PACKAGE=FEELING: {', '.join(known[:20])}; {', '.join(_FEELINGS)}"
            faults.append(Fault("Option --say", found, expected, "H3", near or "Change it."))
            continue
        feelings[label] = Feeling(feeling)
    missing = [label for label in known if label not in feelings]
    if missing and not faults:
        found = f"nothing said of {', '.join(missing[:20])}"
        expected = "A feeling for each package"
        faults.append(Fault("Option --say", found, expected, "H3", "Say something of each."))
    if faults:
        raise InputError(*faults)
    ordered = FrozenMap({label: feelings[label] for label in known})
    return Answers(party, ordered, token_hex(16), consent, _mark(packages))


def _mark(packages: Mapping[str, Outcome]) -> str:
    """Return the hash of packages with their labels."""
    plain = {label: outcome_json(outcome) for label, outcome in packages.items()}
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _mistaken(label: str, feeling: str, known: list[str], said: dict[str, Feeling]) -> str:
    """Return what is wrong with an answer, without repeating a feeling (H14); "" for nothing."""
    if label not in known:
        return f"no package {label[:80]!r}"
    if feeling not in _FEELINGS:
        return f"package {label!r} without a feeling that is known"
    return f"package {label!r} twice" if label in said else ""


def answers_text(answers: Answers) -> str:
    """Return answers as the JSON text that is kept, by their side alone."""
    plain = {
        "hikiwake": VERSION,
        "felt": VERSION,
        "party": answers.party,
        "feelings": {label: feeling.value for label, feeling in answers.feelings.items()},
        "salt": answers.salt,
        "consent": answers.consent,
        "about": answers.about,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


_ANSWERS = {"hikiwake", "felt", "party", "feelings", "salt", "consent", "about"}


def read_answers(dispute: Dispute, path: Path, packages: Mapping[str, Outcome]) -> Answers:
    """Return the answers that a file holds about these very packages.

    Raises
    ------
    FormatError, InputError
        If it is no such file, or about others. The message never repeats an answer (H14).
    """
    tree = parse(read_text(path, path.name), path.name)
    try:
        feelings = cast("dict[str, str]", tree["feelings"])
        versions = tree["hikiwake"], tree["felt"]
        known = tree.keys() == _ANSWERS and versions == (VERSION, VERSION)
        if not known or not isinstance(tree["consent"], bool):
            raise ValueError
        answers = Answers(
            party_of(dispute, tree["party"], path.name),
            FrozenMap({label: Feeling(feeling) for label, feeling in feelings.items()}),
            str(tree["salt"]),
            tree["consent"],
            str(tree["about"]),
        )
    except (KeyError, ValueError, AttributeError, TypeError):
        expected = "What `hikiwake felt --say` wrote"
        fault = _fault("The answers", "another file", expected, path.name)
        raise FormatError(replace(fault, remedy="Give the file that a side wrote.")) from None
    if answers.about != _mark(packages):
        raise InputError(_about_others(answers.party, path.name))
    return answers


def _about_others(party: str, where: str) -> Fault:
    return Fault(
        f"The answers of party {party!r}",
        "about other packages, or these were changed since it answered",
        "The packages as they were when it was asked",
        "H14",
        "Give the file of packages that it was asked about, or let every side answer anew.",
        where,
    )


def felt_json(found: Felt) -> Json:
    """Return what was felt as the object that ``felt --json`` prints. For the mediator (H14)."""
    return {
        "hikiwake": VERSION,
        "audience": MEDIATOR,
        "opened": found.opened,
        "waiting": list(found.waiting),
        "packages": [
            {
                "label": package.label,
                "outcome": outcome_json(package.look.package.outcome),
                "draw": package.look.draw,
                "felt_draw": package.felt_draw,
                "feelings": {p: feeling.value for p, feeling in package.feelings.items()},
                "mismatch": package.mismatch,
            }
            for package in found.packages
        ],
        "illustrative": found.illustrative,
    }


def _fault(thing: str, found: str, expected: str, where: str) -> Fault:
    return Fault(thing, found, expected, "H19", "Change it.", where)
