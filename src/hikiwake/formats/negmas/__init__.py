"""NegMAS scenarios in YAML or JSON: additive utilities over discrete issues (H18, H20).

The file whose ``type`` is an outcome space is the domain, each file whose ``type`` is a utility
function a party, named after the file.

References
----------
Mohammad, Nakadai and Greenwald (2021), "NegMAS: a platform for situated negotiations", in Recent
Advances in Agent-based Negotiation.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from hikiwake.errors import FormatError
from hikiwake.formats.foreign import (
    Findings,
    assembled,
    files_in,
    party_ids,
    require_parties,
)
from hikiwake.formats.native.syntax import Tree, parse
from hikiwake.formats.negmas.domain import read_domain
from hikiwake.formats.negmas.ufun import UfunReader, type_of, unwrapped
from hikiwake.formats.negmas.yamltext import parse_yaml
from hikiwake.model import Dispute

__all__ = ["is_negmas", "is_ufun", "read_negmas"]

_SUFFIXES = (".yml", ".yaml", ".json")
_TYPE = re.compile(
    r"""^\s*["']?(?:type|__python_class__)["']?\s*:\s*["']?[\w.]*OutcomeSpace""", re.MULTILINE
)
_ONE_LINE = re.compile(r"""["'](?:type|__python_class__)["']\s*:\s*["'][\w.]*OutcomeSpace""")
_UFUN = re.compile(r"""["'](?:type|__python_class__)["']\s*:\s*["'][\w.]*(?:Function|UFun)["']""")


def is_negmas(text: str) -> bool:
    """Tell whether a text looks like the domain of a NegMAS scenario."""
    return bool(_TYPE.search(text) or _ONE_LINE.search(text))


def is_ufun(text: str) -> bool:
    """Tell whether a JSON text looks like a party's utility function in a NegMAS scenario."""
    return bool(_UFUN.search(text))


def read_negmas(folder: Path) -> Dispute:
    """Return the dispute that a folder of NegMAS files holds.

    Raises
    ------
    FormatError
        With every broken place: which file, which key, what was expected (H20).
    Unsupported
        If an issue is not discrete, or a utility not additive (H18).
    """
    findings = Findings()
    domains: list[tuple[str, Tree]] = []
    ufuns: dict[str, tuple[str, Tree]] = {}
    for path in files_in(folder, _SUFFIXES):
        if path.name.startswith("_"):
            findings.notes.append(f"A record of NegMAS's own is ignored: {path.name}.")
            continue
        tree = _tree(path, findings)
        kind = type_of(tree or {})
        if tree is None:
            continue
        if kind.endswith("OutcomeSpace"):
            domains.append((path.name, tree))
        elif "fun" in kind.lower():
            if path.stem in ufuns:
                expected = "One file for each party"
                findings.wrong(path.name, f"the same party as {ufuns[path.stem][0]}", expected)
            ufuns[path.stem] = (path.name, tree)
        else:
            findings.notes.append(f"No domain and no utility function, ignored: {path.name}.")
    if not domains and not findings.broken:
        expected = "A file whose `type` is an outcome space"
        findings.wrong(folder.name, "no domain", expected)
    findings.settle()
    require_parties(folder, list(ufuns), "utility function")
    title, subjects = read_domain(domains, findings)
    findings.settle()
    parties = party_ids(list(ufuns))
    preferences = {
        name: UfunReader(file, unwrapped(tree, file, findings), subjects, findings).read(
            parties[name].id
        )
        for name, (file, tree) in ufuns.items()
    }
    findings.settle()
    issues = [subject.issue for subject in subjects]
    return assembled(title or folder.resolve().name, parties, issues, preferences, findings.notes)


def _tree(path: Path, findings: Findings) -> Tree | None:
    text = findings.text(path)
    if text is None:
        return None
    try:
        reader = parse if path.suffix.lower() == ".json" else parse_yaml
        tree = reader(text, path.name)
    except FormatError as error:
        findings.broken.extend(error.faults)
        return None
    return cast(Tree, tree if tree is not None else {})
