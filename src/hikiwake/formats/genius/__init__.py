"""GENIUS XML folders, read as GENIUS itself means them (H20).

The file whose root is `negotiation_template` is the domain, each file whose root is
`utility_space` a party. Everything else is ignored, with a note.

References
----------
Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker (2014), "Genius: an integrated environment for
supporting the design of generic automated negotiators", Computational Intelligence 30 (1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from hikiwake.errors import Fault, FormatError, UnknownName, did_you_mean
from hikiwake.formats.genius.domain import read_domain
from hikiwake.formats.genius.elements import Element, parse, read_bytes
from hikiwake.formats.genius.faults import Findings, listed
from hikiwake.formats.genius.profile import never_filled_in, read_profile
from hikiwake.formats.ids import as_id, name_for
from hikiwake.model import Dispute, FrozenMap, Party, Preference, Text

__all__ = ["read_genius"]

DOMAIN = "negotiation_template"
PROFILE = "utility_space"
MAX_FILES = 1_000
MAX_PARTIES = 100


@dataclass(slots=True)
class _Contents:
    domains: list[tuple[Path, Element]] = field(default_factory=list[tuple[Path, Element]])
    profiles: list[tuple[Path, Element]] = field(default_factory=list[tuple[Path, Element]])
    ignored: list[str] = field(default_factory=list[str])
    unfilled: list[str] = field(default_factory=list[str])


def read_genius(folder: Path, parties: tuple[str, ...] | None = None) -> Dispute:
    """Return the dispute that a GENIUS folder holds.

    Parameters
    ----------
    folder
        The folder with a domain and two or more profiles.
    parties
        Ids of the parties to keep, in this order; default: all, by file name.

    Raises
    ------
    FormatError
        With every broken place in the files: which file, which line, what was expected (H20).
    Unsupported
        If GENIUS knows something that is not read: constraints, other kinds of issues (H18).
    UnknownName
        If one of ``parties`` is not there.
    """
    if not folder.is_dir():
        raise FormatError(
            Fault(
                f"File {folder.name!r}",
                "one file of a GENIUS folder",
                "The folder that holds the domain and its profiles",
                "H20",
                "Give the path of the folder.",
                str(folder),
            )
        )
    findings = Findings()
    contents = _contents(folder, findings)
    if contents.ignored:
        findings.notes.append(f"Not a domain or profile, ignored: {listed(contents.ignored)}.")
    if contents.unfilled:
        findings.notes.append(f"Profiles never filled in, ignored: {listed(contents.unfilled)}.")
    domain = read_domain(*_domain_source(folder, contents, findings), findings)
    if findings.uncovered or not domain:
        findings.settle()
    ids: list[str] = []
    preferences: dict[str, Preference] = {}
    members: dict[str, Party] = {}
    for path, root in contents.profiles:
        party = as_id(path.stem, ids)
        ids.append(party)
        members[party] = Party(party, name_for(path.stem, party))
        preferences[party] = read_profile(path, root, party, domain, findings)
    findings.settle()
    kept = _selected(ids, parties)
    return Dispute(
        parties=tuple(members[party] for party in kept),
        issues=tuple(issue.issue for issue in domain),
        preferences=FrozenMap({party: preferences[party] for party in kept}),
        title=Text.of(folder.resolve().name),
        notes=findings.all_notes(),
    )


def _files(folder: Path) -> tuple[set[str], list[Path]]:
    try:
        every = sorted(folder.iterdir())
        xml = [path for path in every if path.suffix.lower() == ".xml" and path.is_file()]
    except OSError as error:
        why = (error.strerror or "cannot be read").lower()
        expected, remedy = "A folder that can be read", "Check its rights."
        raise _folder_fault(folder, why, expected, remedy) from None
    return {path.name for path in every}, xml[:MAX_FILES]


def _looks_like_genius(data: bytes) -> bool:
    plain = data.replace(b"\0", b"")
    return f"<{PROFILE}".encode() in plain or f"<{DOMAIN}".encode() in plain


def _contents(folder: Path, findings: Findings) -> _Contents:
    contents = _Contents()
    names, files = _files(folder)
    for path in files:
        try:
            data = read_bytes(path)
            known = _looks_like_genius(data) or not data.strip()
            root = parse(path, data, findings.notes) if known else None
        except FormatError as error:
            findings.broken.extend(error.faults)
            continue
        if root is not None and root.tag == DOMAIN:
            contents.domains.append((path, root))
        elif root is not None and root.tag == PROFILE and never_filled_in(root):
            contents.unfilled.append(path.name)
        elif root is not None and root.tag == PROFILE:
            contents.profiles.append((path, root))
        else:
            contents.ignored.append(path.name)
    contents.ignored.extend(sorted(names - {path.name for path in files}))
    findings.settle()
    return contents


def _domain_source(folder: Path, contents: _Contents, findings: Findings) -> tuple[Path, Element]:
    if len(contents.profiles) < 2:
        count = len(contents.profiles)
        unfilled = f", and others never filled in: {listed(contents.unfilled)}"
        raise _folder_fault(
            folder,
            f"{count} {'file' if count == 1 else 'files'} with the root `{PROFILE}`"
            + (unfilled if contents.unfilled else ""),
            "A dispute has two parties or more, each with such a file",
            "Add the missing profiles.",
        )
    if len(contents.profiles) > MAX_PARTIES:
        raise _folder_fault(
            folder,
            f"{len(contents.profiles)} files with the root `{PROFILE}`",
            f"At most {MAX_PARTIES} parties",
            "Move the others elsewhere.",
            "H16",
        )
    if len({_shape(root) for _, root in contents.domains}) > 1:
        raise _several_domains(folder, contents)
    if len(contents.domains) > 1:
        names = [path.name for path, _ in contents.domains[1:]]
        findings.notes.append(f"The same domain once more, ignored: {listed(names)}.")
    if contents.domains:
        return contents.domains[0]
    path, root = contents.profiles[0]
    findings.notes.append(f"No domain file; the issues are those of {path.name}.")
    return path, root


def _shape(root: Element) -> frozenset[tuple[str, frozenset[str]]]:
    """Return the names of a file's issues, each with its options."""
    return frozenset(
        (
            issue.attributes.get("name", ""),
            frozenset(item.attributes.get("value", "") for item in issue.named("item")),
        )
        for issue in root.below("issue")
    )


def _several_domains(folder: Path, contents: _Contents) -> FormatError:
    """Return the error that a folder holds several domains, with which profiles belong to each."""
    shapes = {path.name: _shape(root) for path, root in contents.profiles}
    parts: list[str] = []
    for path, root in contents.domains[:5]:
        own = _shape(root)
        fitting = [name for name, shape in shapes.items() if own <= shape]
        parts.append(f"{path.name} with {listed(fitting) or 'no profile'}")
    names = ", ".join(path.name for path, _ in contents.domains[:5])
    return _folder_fault(
        folder,
        f"{len(contents.domains)} files with the root `{DOMAIN}` ({names})",
        "One domain",
        f"Put each into a folder of its own: {'; '.join(parts)}.",
    )


def _folder_fault(
    folder: Path, found: str, expected: str, remedy: str, convention: str = "H20"
) -> FormatError:
    label = f"Folder {folder.resolve().name!r}"
    return FormatError(Fault(label, found, expected, convention, remedy, str(folder)))


def _selected(ids: list[str], parties: tuple[str, ...] | None) -> list[str]:
    if parties is None:
        return ids
    for party in parties:
        if party not in ids:
            known = f"Known: {', '.join(ids[:20])}"
            hint = did_you_mean(party, ids) or "Use one of these."
            raise UnknownName(Fault(f"Party {party[:80]!r}", "no profile of it", known, "H3", hint))
    return list(dict.fromkeys(parties))
