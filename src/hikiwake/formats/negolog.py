"""NegoLog's JSON profiles, read as NegoLog means them (H20).

A folder of profiles is a dispute: each file a party (``profileA.json``, ``profileB.json``). An
issue's weight times the value's utility is what counts; ``reservationValue`` is the walk-away
value. ``specs.json`` gives the title, and nothing else of what it says is used.

References
----------
Doğru, A., Keskin, M. O., Jonker, C. M., Baarslag, T. and Aydoğan, R. (2024), NegoLog: An Integrated
Python-based Automated Negotiation Framework with Enhanced Assessment Components, IJCAI 2024.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import cast

from hikiwake.errors import FormatError
from hikiwake.formats.foreign import (
    Findings,
    assembled,
    choice_of,
    files_in,
    party_ids,
    require_parties,
)
from hikiwake.formats.native.syntax import Tree, parse
from hikiwake.model import Dispute, FrozenMap, Issue, Preference, Table

__all__ = ["is_negolog", "read_negolog"]

WEIGHTS, ISSUES, RESERVATION = "issueWeights", "issues", "reservationValue"
_SPECS, _NAME = "specs.json", "Name"

Subject = tuple[str, Issue, dict[str, str]]  # its name, what is read, and each value's id


def is_negolog(text: str) -> bool:
    """Tell whether a text looks like a profile of NegoLog."""
    return text.lstrip()[:1] == "{" and f'"{WEIGHTS}"' in text and f'"{ISSUES}"' in text


def read_negolog(folder: Path) -> Dispute:
    """Return the dispute that a folder of NegoLog profiles holds.

    Raises
    ------
    FormatError
        With every broken place: which file, which key, what was expected (H20).
    """
    findings = Findings()
    profiles: dict[str, Tree] = {}
    title = folder.resolve().name
    for path in files_in(folder, (".json",)):
        tree = _tree(path, findings)
        if tree is None:
            continue
        if WEIGHTS in tree and ISSUES in tree:
            profiles[path.stem] = tree
        elif path.name == _SPECS:
            title = str(tree.get(_NAME) or title)
        else:
            findings.notes.append(f"No profile, ignored: {path.name}.")
    findings.settle()
    require_parties(folder, list(profiles), "profile")
    subjects = _subjects(next(iter(profiles.values())), f"{next(iter(profiles))}.json", findings)
    parties = party_ids(list(profiles))
    preferences = {
        name: _preference(parties[name].id, f"{name}.json", tree, subjects, findings)
        for name, tree in profiles.items()
    }
    findings.settle()
    return assembled(title, parties, [one[1] for one in subjects], preferences, findings.notes)


def _tree(path: Path, findings: Findings) -> Tree | None:
    text = findings.text(path)
    try:
        return None if text is None else parse(text, path.name)
    except FormatError as error:
        findings.broken.extend(error.faults)
        return None


def _subjects(tree: Tree, file: str, findings: Findings) -> list[Subject]:
    """Return the issues that the first profile weighs, in its order."""
    values, found = _table(tree, ISSUES, file, findings), list[Subject]()
    taken: set[str] = set()
    for name in _table(tree, WEIGHTS, file, findings):
        options = values.get(name)
        if not isinstance(options, dict) or not options:
            where = f"{file}: {ISSUES}.{name[:80]}"
            findings.wrong(where, "no values", "Every value of the issue with its utility")
            continue
        issue, ids = choice_of(name, list(cast(Tree, options)), taken)
        found.append((name, issue, ids))
    return found


def _preference(
    party: str, file: str, tree: Tree, subjects: list[Subject], findings: Findings
) -> Preference:
    weights, values = (_table(tree, key, file, findings) for key in (WEIGHTS, ISSUES))
    if weights.keys() != {name for name, _, _ in subjects}:
        if weights:
            found, expected = "other issues than in the first profile", "The same in every file"
            findings.wrong(f"{file}: {WEIGHTS}", found, expected)
        return Preference(party, FrozenMap({}))
    points: dict[str, Table] = {}
    total = Fraction(0)
    for name, issue, ids in subjects:
        where = f"{file}: {ISSUES}.{name[:80]}"
        raw = values.get(name)
        given = cast(Tree, raw) if isinstance(raw, dict) else {}
        if given.keys() != ids.keys():
            expected = "The same values in every file, each with its utility"
            findings.wrong(where, "other values than in the first profile", expected)
            continue
        weight = findings.number(f"{file}: {WEIGHTS}.{name[:80]}", weights[name], "the weight")
        total += weight
        worths = {ids[value]: findings.number(where, u, "a utility") for value, u in given.items()}
        points[issue.id] = Table(FrozenMap({o: weight * worth for o, worth in worths.items()}))
    if total != 1:
        findings.notes.append(f"{file}: the weights do not sum to 1; taken as given.")
    keeps = findings.number(f"{file}: {RESERVATION}", tree.get(RESERVATION, 0), "it")
    return Preference(party, FrozenMap(points), walk_away=keeps)


def _table(tree: Tree, key: str, file: str, findings: Findings) -> Tree:
    raw = tree.get(key)
    if isinstance(raw, dict) and raw:
        return cast(Tree, raw)
    findings.wrong(f"{file}: {key}", "no entries", "One entry for each issue")
    return {}
