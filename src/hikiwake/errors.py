"""Everything that can go wrong, as a tree.

HikiwakeError
└── InputError            the input cannot be used; holds one or more faults (exit code 2)
    ├── FormatError       a file cannot be read as what it claims to be
    ├── InvalidDispute    a dispute breaks the conventions
    ├── UnknownName       no rule, party, language, template … of that name
    └── Unsupported       valid input that this rule or these engines do not cover
        └── TooLarge      … because it is too large to be answered exactly

No agreement is a result, not an error. A fault never repeats a value from a party's private
preference (H14): it names the place, and says what was expected there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MAX_COMPARED = 2_000  # letters; comparing costs their square


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: which object, what was found, what was expected, what to do."""

    object: str
    found: str
    expected: str
    convention: str
    remedy: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.object}: {self.found}. {self.expected} ({self.convention}). {self.remedy}"


class HikiwakeError(Exception):
    """The root of every error that Hikiwake raises on purpose."""


class InputError(HikiwakeError):
    """The input cannot be used. ``faults`` holds every fault that was found."""

    exit_code = 2

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{f.where}: {f}" if f.where else str(f) for f in faults))


class FormatError(InputError):
    """A file cannot be read as what it claims to be: its syntax, size or encoding is wrong."""


class InvalidDispute(InputError):
    """A dispute breaks the conventions: something is missing, unknown or contradictory."""


class UnknownName(InputError):
    """There is no rule, party, language or template of the name that was given."""


class Unsupported(InputError):
    """The input is valid, but the rule or the engines at hand do not cover it."""


class TooLarge(Unsupported):
    """The dispute is too large for the engines at hand to answer exactly."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a question that suggests the nearest known names, or an empty text.

    Examples
    --------
    >>> did_you_mean("hous", ["house", "savings"])
    "Did you mean 'house'?"
    """
    return asked(nearest(name, known))


def asked(near: Iterable[str]) -> str:
    """Return a question that suggests names, or an empty text where there are none."""
    names = " or ".join(map(repr, near))
    return f"Did you mean {names}?" if names else ""


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return at most three known names that are like this one, the most alike first."""
    names = sorted(known)
    if (letters := sum(map(len, names))) > MAX_COMPARED:
        names = [other for other in names if other[:1] == name[:1]]
        names = names[: MAX_COMPARED * len(names) // letters + 1]
    return get_close_matches(name[:80], names, n=3, cutoff=0.6)
