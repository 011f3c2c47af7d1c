"""Which lots of groups not for trade are as even as counts, in a model for CP-SAT.

What counts is given: the tolerance, or more, and then nothing that nobody refuses is more even.

Notation: of a lot a side gets G of at most M; two sides are apart by |G ÷ M - G' ÷ M'|.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any, Protocol

from hikiwake.model import Value
from hikiwake.options.disclosure.among_several.lots import Lots
from hikiwake.options.disclosure.hidden.unknowns import Unknowns


class Evenness(Protocol):
    """Which packages are as even as counts, by what says how even they are.

    ``beyond``: more counts than the tolerance, and then nothing that nobody refuses is more even.
    ``numbers`` are those of which each condition is made, where evenness is told by conditions.
    """

    beyond: bool
    numbers: list[list[Any]]

    def keep(self, pieces: Sequence[tuple[str, Value, Any]], /) -> None:
        """Add that what is decided in a cell is as even as counts, as far as the cell tells.

        It is given by all decisions of whole issues, each with what holds where it is taken.
        """
        ...

    def even(self, decided: Any, /) -> list[Any]:
        """Return literals that only hold, all of them, where a package is as even as counts."""
        ...

    def unless(self, decided: Any, /) -> Iterator[Any]:
        """Yield literals one of which holds where a package is less even than counts."""
        ...

    def no_more_even(self, decided: Any, /) -> Iterator[Any]:
        """Yield literals one of which holds where a package is no more even than counts."""
        ...

    def require(self, decided: Any, /) -> None:
        """Add that a possible package is just as even as counts, or within the tolerance."""
        ...

    def bends(self, here: Any, more: Any, /) -> Iterator[Any]:
        """Yield literals one of which holds where small steps from a package make it less even than
        counts; ``more`` is what a long one would add."""
        ...


class Evenly:
    """The lots. ``level`` is what counts as even; ``beyond``: that is more than the tolerance."""

    def __init__(
        self, cp: Any, lots: Lots, hidden: Sequence[Unknowns], level: Fraction, beyond: bool
    ) -> None:
        self._cp, self._lots, self._hidden, self._level = cp, lots, hidden, level
        self.beyond, self.numbers = beyond, list[list[Any]]()
        self._known: dict[Any, Any] = {}
        self._literals: dict[tuple[int, int], Any] = {}

    def keep(self, pieces: Sequence[tuple[str, Value, Any]]) -> None:
        """Add that what is decided in a cell is as even as counts."""
        for group, own in enumerate(self._lots.groups):
            taken: dict[str, dict[Any, Any]] = {issue: {} for issue in own.issues}
            for issue, value, literal in pieces:
                if issue in taken:
                    taken[issue][value] = literal
            for values in product(*taken.values()):
                literals = [taken[i][v] for i, v in zip(own.issues, values, strict=True)]
                even = self._even_in(group, own.lots[values])
                self._cp.add_bool_or([*(~one for one in literals), even])

    def bends(self, here: Sequence[int], more: Sequence[int]) -> Iterator[Any]:
        """Yield nothing: small steps change no lot."""
        yield from ()

    def even(self, lots: Sequence[int]) -> list[Any]:
        """Return literals that only hold, all of them, where lots are as even as counts."""
        return [self._even_in(group, lot) for group, lot in enumerate(lots)]

    def unless(self, lots: Sequence[int]) -> Iterator[Any]:
        """Yield literals one of which holds where lots are less even than counts."""
        top, below = self._level.denominator, self._level.numerator
        for group, lot in enumerate(lots):
            for apart, whole, _ in self._apart(group, lot):
                for sign in (1, -1):
                    yield self._if(sign * top * apart >= below * whole + 1)

    def no_more_even(self, lots: Sequence[int]) -> Iterator[Any]:
        """Yield literals one of which holds where lots are no more even than counts."""
        top, below = self._level.denominator, self._level.numerator
        for group, lot in enumerate(lots):
            for apart, whole, mosts in self._apart(group, lot):
                for sign in (1, -1):
                    staked = [most >= 1 for most in mosts if not isinstance(most, int)]
                    yield self._if(sign * top * apart >= below * whole, *staked)

    def require(self, lots: Sequence[int]) -> None:
        """Add that lots of a package that is possible are just as even as counts, or within the
        tolerance."""
        for literal in self.even(lots):
            self._cp.add(literal == 1)
        if self.beyond:
            self._cp.add_bool_or(list(self.no_more_even(lots)))

    def _if(self, *kept: Any) -> Any:
        literal = self._cp.new_bool_var("")
        for one in kept:
            if isinstance(one, bool):
                if not one:
                    self._cp.add(literal == 0)
            else:
                self._cp.add(one).only_enforce_if(literal)
        return literal

    def _even_in(self, group: int, lot: int) -> Any:
        """Return a literal that only holds where a lot of a group is as even as counts."""
        key = group, lot
        if key not in self._literals:
            top, below = self._level.denominator, self._level.numerator
            kept = [
                sign * top * apart <= below * whole
                for apart, whole, _ in self._apart(group, lot)
                for sign in (1, -1)
            ]
            self._literals[key] = self._if(*kept)
        return self._literals[key]

    def _apart(self, group: int, lot: int) -> Iterator[tuple[Any, Any, tuple[Any, Any]]]:
        """Yield G·M' - G'·M, M·M', and both M, of each two sides with something at stake."""
        sides = list(self._sides(group, lot))
        for (i, g, m), (j, h, n) in combinations(sides, 2):
            first, second = ((group, i, lot), (group, j)), ((group, j, lot), (group, i))
            apart = self._times(first, g, n) - self._times(second, h, m)
            yield apart, self._times(((group, i), (group, j)), m, n), (m, n)

    def _sides(self, group: int, lot: int) -> Iterator[tuple[int, Any, Any]]:
        """Yield each side with its G and M."""
        own = self._lots.groups[group]
        for n, (hidden, scale) in enumerate(zip(self._hidden, own.scales, strict=True)):
            top, most = scale * hidden.total, hidden.row(own.insides[n].extent, scale)
            got = sum(part * hidden.number(a) for a, part in own.rows[n][lot].items() if part)
            least = -top if own.insides[n].tied else 0  # what rules forbid may give less than 0
            yield (
                n,
                self._variable((group, n, lot), got, least, top),
                self._variable((group, n), most, 0, top),
            )
        for n, parts in enumerate(own.parts, len(self._hidden)):
            if parts is not None:
                yield n, parts[lot].numerator, parts[lot].denominator

    def _variable(self, key: Any, worth: Any, least: int, top: int) -> Any:
        if key not in self._known:
            self._known[key] = variable = self._cp.new_int_var(least, top, "")
            self._cp.add(variable == worth)
        return self._known[key]

    def _times(self, key: Any, one: Any, other: Any) -> Any:
        if isinstance(one, int) or isinstance(other, int):
            return one * other
        if key not in self._known:
            most = max(one.proto.domain) * max(other.proto.domain)
            least = 0 if min(*one.proto.domain, *other.proto.domain) >= 0 else -most
            self._known[key] = both = self._cp.new_int_var(least, most, "")
            self._cp.add_multiplication_equality(both, [one, other])
        return self._known[key]


__all__ = ["Evenly", "Evenness"]
