"""Combinations of values: what a rule or a red line never allows, when a bonus counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hikiwake.model.frozen import FrozenMap
from hikiwake.model.text import NO_TEXT, Text

Value = str | Fraction | FrozenMap[str, Fraction]
Outcome = FrozenMap[str, Value]


@dataclass(frozen=True, slots=True)
class OneOf:
    """The issue is decided as one of these options, owners, or numbers."""

    values: frozenset[str | Fraction]

    def holds(self, value: Value) -> bool:
        """Tell whether a value is one of them."""
        return not isinstance(value, FrozenMap) and value in self.values


@dataclass(frozen=True, slots=True)
class Between:
    """The amount lies from ``low`` to ``high``, both included."""

    low: Fraction | None
    high: Fraction | None

    def holds(self, value: Value) -> bool:
        """Tell whether a number lies within the bounds."""
        return isinstance(value, Fraction) and (
            (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        )


@dataclass(frozen=True, slots=True)
class Beyond:
    """The number lies strictly above and strictly below: what it excludes stays closed."""

    above: Fraction | None
    below: Fraction | None

    def holds(self, value: Value) -> bool:
        """Tell whether a number lies strictly within the bounds."""
        return isinstance(value, Fraction) and (
            (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


@dataclass(frozen=True, slots=True)
class SharesBeyond:
    """What each party gets lies strictly within its bounds.

    Of a share that is its fraction, of money what it receives, negative where it pays.
    """

    parties: FrozenMap[str, Beyond]

    def holds(self, value: Value) -> bool:
        """Tell whether what every named party gets lies within its bounds."""
        return isinstance(value, FrozenMap) and all(
            bound.holds(value[party]) for party, bound in self.parties.items()
        )


Test = OneOf | Between | Beyond | SharesBeyond


@dataclass(frozen=True, slots=True)
class Condition:
    """A combination: every issue that it names passes its test."""

    tests: FrozenMap[str, Test]

    def holds(self, outcome: Mapping[str, Value]) -> bool:
        """Tell whether an outcome, possibly partial, is known to have the combination."""
        return all(
            issue in outcome and test.holds(outcome[issue]) for issue, test in self.tests.items()
        )

    @property
    def written(self) -> tuple[str, ...]:
        """The combination as texts, the same in whatever order it was said."""
        tests = sorted((issue, _written(test)) for issue, test in self.tests.items())
        return tuple(text for test in tests for text in test)


def _written(test: Test) -> str:
    if isinstance(test, OneOf):
        return "|".join(sorted(map(str, test.values)))
    if isinstance(test, SharesBeyond):
        return "|".join(sorted(f"{party}:{bound}" for party, bound in test.parties.items()))
    return str(test)


@dataclass(frozen=True, slots=True)
class Rule:
    """A combination that is not allowed; ``by`` names the party whose public line it is."""

    never: Condition
    why: Text = NO_TEXT
    by: str | None = None


@dataclass(frozen=True, slots=True)
class RedLine:
    """A combination that one party will never accept. Private."""

    never: Condition
    why: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points that one party gives to a combination as a whole. Private."""

    when: Condition
    points: Fraction
