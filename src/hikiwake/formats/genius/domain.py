"""The `negotiation_template` file: which issues there are, and their options."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hikiwake.formats.genius.elements import Element
from hikiwake.formats.genius.faults import Findings, index_of
from hikiwake.formats.ids import as_id, name_for
from hikiwake.model import Choice, Option

MAX_LISTED = 10_000


@dataclass(frozen=True, slots=True)
class DomainIssue:
    """One issue with the index and the values by which profiles refer to it."""

    index: int
    name: str
    choice: Choice
    options: dict[str, str]


def read_domain(path: Path, root: Element, findings: Findings) -> tuple[DomainIssue, ...]:
    """Return the issues of a domain, or of a profile that stands in for it, in their order."""
    issues: list[DomainIssue] = []
    taken: set[str] = set()
    seen: set[int] = set()
    uncovered: list[Element] = []
    for element in root.below("issue"):
        index = index_of(element)
        if index is None or index in seen:
            what = "no usable index" if index is None else f"index {index} a second time"
            findings.missing(
                path, element, f"an issue with {what}", "Each issue has its own number"
            )
            continue
        seen.add(index)
        name = element.attributes.get("name") or f"issue {index}"
        label = f"issue {index} {name[:80]!r}"
        if other_kind(element):
            uncovered.append(element)
            continue
        options, values = _options(path, element, label, findings)
        made = as_id(name, taken)
        taken.add(made)
        choice = Choice(made, options, name_for(name, made))
        issues.append(DomainIssue(index, name, choice, values))
    if not seen:
        findings.missing(path, root, "no issues", "At least one `issue` element")
    if uncovered:
        kinds = ", ".join(sorted({repr(other_kind(element)) for element in uncovered}))
        count = f"{len(uncovered)} {'issue' if len(uncovered) == 1 else 'issues'}"
        findings.refuse(path, uncovered[0], f"{count} of the kind {kinds}")
    most = max(len(issues), *(len(issue.options) for issue in issues), 0)
    if most > MAX_LISTED:
        findings.missing(path, root, f"a list of {most}", f"At most {MAX_LISTED}", "H16")
    return tuple(issues)


def other_kind(element: Element) -> str | None:
    """Return the kind of an issue that is not discrete, or None if it is."""
    kinds = (element.attributes.get(key, "")[:40] for key in ("type", "vtype", "etype"))
    return next((kind for kind in kinds if kind and kind.lower() != "discrete"), None)


def _options(
    path: Path, element: Element, label: str, findings: Findings
) -> tuple[tuple[Option, ...], dict[str, str]]:
    options: list[Option] = []
    values: dict[str, str] = {}
    taken: set[str] = set()
    for place, item in enumerate(element.named("item"), start=1):
        value = item.attributes.get("value")
        if value is None:
            found = f"{label}, item {place} has no `value`"
            findings.missing(path, item, found, "Every option has one")
        elif value in values:
            findings.notes.append(
                f"{path.name}: {label} lists the option {value[:80]!r} twice; read once."
            )
        else:
            made = as_id(value, taken)
            taken.add(made)
            values[value] = made
            options.append(Option(made, name_for(value, made)))
    if not options:
        findings.missing(path, element, f"{label} has no options", "At least one `item`")
    return tuple(options), values
