"""The `negotiation_template` file: which issues there are, and their options or ranges."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from hikiwake.formats.genius.elements import Element
from hikiwake.formats.genius.faults import Findings, index_of
from hikiwake.formats.genius.numbers import decimal, whole
from hikiwake.formats.ids import as_id, name_for
from hikiwake.model import Amount, Choice, Option

MAX_LISTED = 10_000
KINDS = ("discrete", "integer", "real")


@dataclass(frozen=True, slots=True)
class DomainIssue:
    """One issue with the index and the values by which profiles refer to it.

    ``options`` leads from a discrete issue's values to ids. ``low`` and ``high`` bound an integer
    or real issue; where they are equal, ``issue`` is a choice of that one value.
    """

    index: int
    name: str
    kind: str
    issue: Choice | Amount
    options: dict[str, str]
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)

    @property
    def label(self) -> str:
        """How faults and notes name it."""
        return label_of(self.index, self.name)


def label_of(index: int, name: str) -> str:
    """Return how faults and notes name an issue."""
    return f"issue {index} {name[:80]!r}"


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
        if kind_of(element) not in KINDS:
            uncovered.append(element)
            continue
        name = element.attributes.get("name") or f"issue {index}"
        made = as_id(name, taken)
        taken.add(made)
        issues.append(_issue(path, element, (index, name, made), findings))
    if not seen:
        findings.missing(path, root, "no issues", "At least one `issue` element")
    if uncovered:
        kinds = ", ".join(sorted({repr(kind_of(element)) for element in uncovered}))
        count = f"{len(uncovered)} {'issue' if len(uncovered) == 1 else 'issues'}"
        known = f"Of issues, only the kinds {', '.join(KINDS)} are read"
        findings.refuse(path, uncovered[0], f"{count} of the kind {kinds}", known)
    most = max(len(issues), *(len(issue.options) for issue in issues), 0)
    if most > MAX_LISTED:
        findings.missing(path, root, f"a list of {most}", f"At most {MAX_LISTED}", "H16")
    return tuple(issues)


def kind_of(element: Element) -> str:
    """Return an issue's kind in small letters: discrete unless it says something else.

    One that lists items and has no bounds is no range, whatever it says: NegMAS writes such.
    """
    kinds = (element.attributes.get(key, "")[:40].lower() for key in ("type", "vtype", "etype"))
    kind = next((kind for kind in kinds if kind not in ("", "discrete")), "discrete")
    bounded = "lowerbound" in bounds_of(element).attributes
    return "discrete" if kind in KINDS and element.named("item") and not bounded else kind


def bounds_of(element: Element) -> Element:
    """Return the element that holds an issue's bounds: itself, or the `range` inside it."""
    ranges = element.named("range")
    return ranges[0] if ranges and "lowerbound" not in element.attributes else element


def _issue(
    path: Path, element: Element, names: tuple[int, str, str], findings: Findings
) -> DomainIssue:
    index, name, made = names
    label, shown = label_of(index, name), name_for(name, made)
    kind = kind_of(element)
    if kind == "discrete":
        options, values = _options(path, element, label, findings)
        return DomainIssue(index, name, kind, Choice(made, options, shown), values)
    read, holder = whole if kind == "integer" else decimal, bounds_of(element)
    low = read(path, holder, "lowerbound", f"the lower bound of {label}", findings)
    high = read(path, holder, "upperbound", f"the upper bound of {label}", findings)
    if low > high:
        findings.missing(
            path, element, f"{label} has a lower bound above its upper one", "Bounds in order"
        )
    if low >= high:
        only = as_id(str(low))
        choice = Choice(made, (Option(only, name_for(str(low), only)),), shown)
        return DomainIssue(index, name, kind, choice, {}, low, low)
    step = Fraction(1) if kind == "integer" else None
    return DomainIssue(index, name, kind, Amount(made, low, high, step, name=shown), {}, low, high)


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
