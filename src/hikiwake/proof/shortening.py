"""Rows made shorter: without additions that the leaves can spare, or with one literal for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hikiwake.proof import checker
from hikiwake.proof.opening import Open, Row

Values = tuple[int, ...]
Moved = tuple[int, dict[int, dict[int, int]]]  # a bound; by part its options' worth, so far as new


def shortened(row: Row, openings: Sequence[Open]) -> Row:
    """Return a shorter row that closes all that a row closes at some nodes."""
    multipliers = [one for one in row if isinstance(one, int)]
    ties = _Ties(openings[0].ground, multipliers)
    places = {place for opening in openings for place, _ in opening.ties()}
    additions = {one[0]: one[1:] for one in row if isinstance(one, tuple) and one[0] in places}
    uses = [_Use(opening, row, ties, additions) for opening in openings]
    for place in sorted(additions, key=lambda place: ties.order(place, additions[place])):
        for values in ties.plainer(place, additions[place]):
            moved = [use.moved(place, additions[place], values) for use in uses]
            if all(use.closes(there) for use, there in zip(uses, moved, strict=True)):
                for use, there in zip(uses, moved, strict=True):
                    use.keep(there)
                additions[place] = values
                break
    kept = ((place, *values) for place, values in sorted(additions.items()) if any(values))
    return (*multipliers, *kept)


class _Ties:
    """Bonuses, and what is never allowed, as they count in rows with some multipliers."""

    def __init__(self, ground: Any, multipliers: Sequence[int]) -> None:
        parts, factors = ground.parts, ground.measure.factors
        self.multipliers = multipliers
        self.weights = tuple(a * b for a, b in zip(multipliers, factors, strict=True))
        bonuses = parts.dispute.bonuses
        self._literals: dict[int, Sequence[Any]] = dict(parts.bonuses)
        self._literals |= {len(bonuses) + c: literals for c, literals in parts.nevers.items()}
        self._worths: dict[int, int] = {
            b: self.weights[bonuses[b].party] * bonuses[b].points for b in parts.bonuses
        }
        self._spread = {b for b in parts.bonuses if bonuses[b].points > 0}

    def rest(self, place: int, values: Values) -> int:
        """Return what a bonus or `never` adds to the bound."""
        worth = self._worths.get(place)
        if place in self._spread:
            return max(0, self._worths[place] - sum(values))
        kept = 0 if worth is None else max(0, values[0] + worth)
        return values[0] * (len(self._literals[place]) - 1) + kept

    def added(self, place: int, values: Values) -> Iterator[tuple[Any, int]]:
        """Yield what is added to the options of each literal."""
        literals = self._literals[place]
        own = values if place in self._spread else [-values[0]] * len(literals)
        yield from zip(literals, own, strict=True)

    def order(self, place: int, values: Values) -> tuple[bool, int]:
        """Return a key for what to try first: what is written at length, then what counts least."""
        worth = self._worths.get(place, 0)
        return sorted(values)[-2:] == [0, worth], sum(values)

    def plainer(self, place: int, values: Values) -> Iterator[Values]:
        """Yield plainer additions: none, or all for the literal that has most."""
        yield (0,) * len(values)
        if place in self._spread:
            most = max(range(len(values)), key=lambda n: values[n])
            yield tuple(self._worths[place] if n == most else 0 for n in range(len(values)))


class _Use:
    """A node, and what a row closes there: how its bound moves with the additions, exactly."""

    def __init__(self, opening: Open, row: Row, ties: _Ties, additions: dict[int, Values]) -> None:
        self._opening, self._ties, self._needed = opening, ties, opening.closed_by(row)
        self._open = {place for place, _ in opening.ties()}
        node, ground = opening.node, opening.ground
        worths = ground.parts.weighed(ties.weights)
        own = checker.Row(list(ties.multipliers), additions)
        self._bound: int = ground.measure.bound(node, own)
        self._worths = {p: {j: worths[p][j] for j in js} for p, js in enumerate(node.domains)}
        for place in self._open & additions.keys():
            for literal, value in ties.added(place, additions[place]):
                for j in literal.options & node.domains[literal.part]:
                    self._worths[literal.part][j] += value

    def moved(self, place: int, old: Values, new: Values) -> Moved:
        """Return the bound with other additions for a bonus or `never`."""
        if place not in self._open:
            return self._bound, {}
        ties, changed = self._ties, dict[int, dict[int, int]]()
        bound = self._bound + ties.rest(place, new) - ties.rest(place, old)
        pairs = zip(ties.added(place, old), ties.added(place, new), strict=True)
        for (literal, before), (_, after) in pairs:
            if before != after:
                own, more = self._worths[literal.part], after - before
                there = {j: v + more if j in literal.options else v for j, v in own.items()}
                bound += max(there.values()) - max(own.values())
                changed[literal.part] = there
        return bound, changed

    def closes(self, moved: Moved) -> bool:
        """Tell whether with such a bound all is closed that the row closed."""
        return self._opening.closed_at(self._ties.multipliers, moved[0]) >= self._needed

    def keep(self, moved: Moved) -> None:
        """Go on from there."""
        self._bound = moved[0]
        self._worths |= moved[1]
