"""Frontiers that others published for ANAC 2014 (``pareto.xml``), and how ours compares with them.

The files hold no packages, only pairs of numbers: both parties' utilities divided by the
``maxutility`` of their profiles, cut off at 1, as 32-bit floats. Here they become whole numbers
again, and a package is looked for that is worth exactly that much, by a reading of the profiles
and a search that share nothing with Hikiwake's. Used by ``published.py`` and by the tests.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from hikiwake.model import Dispute, FrozenMap, Outcome

PROFILES = ("profile-1", "profile-2")

Pair = tuple[int, int]
Box = tuple[int, dict[str, tuple[int, int]]]  # utility, and for each issue the least and the most


@dataclass(frozen=True)
class Profile:
    """A profile, read the short way: its scale and its rectangles."""

    most: int
    boxes: tuple[Box, ...]
    spans: dict[str, tuple[int, int]]

    def utility(self, values: dict[str, int]) -> int:
        """Return what a package is worth, before it is divided by the scale."""
        return sum(
            worth
            for worth, ranges in self.boxes
            if all(low <= values[issue] <= high for issue, (low, high) in ranges.items())
        )


@dataclass(frozen=True)
class Compared:
    """Our points beside the published ones, all in whole utilities."""

    ours: int
    theirs: int
    same: int
    beaten: int  # published points that one of ours beats
    unmatched: int  # published points that none of ours reaches
    new: int  # ours that were not published

    @property
    def identical(self) -> bool:
        """Whether both have just the same points."""
        return self.same == self.ours == self.theirs

    @property
    def covers(self) -> bool:
        """Whether each published point is equalled or beaten by one of ours."""
        return not self.unmatched


def profile(path: Path) -> Profile:
    """Return a profile with rectangles that all include, as those of 2014 are."""
    root = ET.parse(path).getroot()
    names = {issue.get("index"): issue.get("name", "") for issue in root.iter("issue")}
    boxes = [
        (
            int(box.get("utility", "")),
            {names[b.get("index")]: (int(b.get("min", "")), int(b.get("max", ""))) for b in box},
        )
        for box in root.iter("hyperRectangle")
    ]
    spans = {
        issue.get("name", ""): (
            int(issue.get("lowerbound", "")),
            int(issue.get("upperbound", "")),
        )
        for issue in root.iter("issue")
    }
    return Profile(int(next(root.iter("utility")).get("maxutility", "")), tuple(boxes), spans)


def published(folder: Path) -> tuple[tuple[float, float], ...]:
    """Return the pairs of numbers in a folder's ``pareto.xml``."""
    lines = (folder / "pareto.xml").read_text("utf-8").split("\n")
    pairs = [tuple(map(float, line.split(","))) for line in lines if line.strip()]
    return tuple((first, second) for first, second in pairs)


def scales(folder: Path) -> Pair:
    """Return what the utilities of each profile were divided by."""
    first, second = (profile(folder / f"{name}.xml").most for name in PROFILES)
    return first, second


def whole(folder: Path) -> tuple[Pair, ...]:
    """Return the published pairs as whole utilities.

    Raises
    ------
    ValueError
        If a number is not a whole utility divided by the profile's ``maxutility``.
    """
    most = scales(folder)
    found: list[Pair] = []
    for pair in published(folder):
        first, second = (unscaled(value, scale) for value, scale in zip(pair, most, strict=True))
        found.append((first, second))
    return tuple(found)


def unscaled(value: float, most: int) -> int:
    """Return the only whole number that gives this 32-bit float when divided by ``most``."""
    found = round(value * most)
    if np.float32(found / most) != np.float32(value):
        raise ValueError(f"{value} is no whole utility divided by {most}")
    return found


def package_worth(folder: Path, wanted: Pair, effort: float = 600) -> dict[str, int] | None:
    """Return a package worth exactly this much to both; None if there is none.

    One that is worth at least as much is found sooner. It often is it, and else leads there.

    Raises
    ------
    TimeoutError
        If neither was found out with so much effort, by the solver's own measure.
    """
    from ortools.sat.python import cp_model

    profiles = [profile(folder / f"{name}.xml") for name in PROFILES]
    values: dict[str, int] = {}
    for exactly in (False, True):
        model, parts, sums = _counted(folder, exactly)
        for total, worth in zip(sums, wanted, strict=True):
            model.add(total == worth if exactly else total >= worth)
        for issue, value in values.items():
            for start, literal in parts[issue].items():
                model.add_hint(literal, start == value)
        solver = _solver()
        solver.parameters.max_deterministic_time = effort
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        values = _chosen(solver, parts)
        if tuple(one.utility(values) for one in profiles) == wanted:
            return values
    raise TimeoutError(f"{folder.name}: {wanted} is open after {effort:g} units of effort")


def stepped(folder: Path) -> dict[Pair, dict[str, int]]:
    """Return the whole frontier, each point with a package, by a short program of its own.

    Each step proves the most that the first can have, and then the second, while the second has
    more than in the step before. A rectangle's points may be counted where it holds and need not
    be: as they are positive, the most is the same. Nobody's walk-away is in the way.
    """
    from ortools.sat.python import cp_model

    top = sum(worth for worth, _ in profile(folder / f"{PROFILES[1]}.xml").boxes) + 1
    model, parts, (first, second) = _counted(folder)
    model.maximize(first * top + second)
    found: dict[Pair, dict[str, int]] = {}
    while True:
        solver = _solver()
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return found
        assert status == cp_model.OPTIMAL
        # Beside the last point the second may leave points uncounted; the objective does not.
        point = divmod(round(solver.objective_value), top)
        found[point] = _chosen(solver, parts)
        model.add(second > point[1])


def _chosen(solver: Any, parts: dict[str, dict[int, Any]]) -> dict[str, int]:
    """Return a value of each issue in the part that was found."""
    return {
        issue: next(start for start, literal in own.items() if solver.value(literal))
        for issue, own in parts.items()
    }


def _solver() -> Any:
    """Return a solver that bounds sums by a linear program of all the constraints, without cuts."""
    from ortools.sat.python import cp_model

    solver: Any = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cut_level = 0
    return solver


def _counted(folder: Path, exactly: bool = False) -> tuple[Any, dict[str, dict[int, Any]], Any]:
    """Return a model of the packages, the parts that values lie in, and both utilities.

    Each issue's values fall into parts, named by where they start, which no rectangle divides. A
    rectangle counts only where it holds; ``exactly``: always where it holds.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    profiles = [profile(folder / f"{name}.xml") for name in PROFILES]
    parts = {
        issue: {start: model.new_bool_var("") for start in found}
        for issue, found in starts_of(profiles).items()
    }
    for literals in parts.values():
        model.add_exactly_one(literals.values())
    sums: list[Any] = []
    for one in profiles:
        terms: list[Any] = []
        for worth, ranges in one.boxes:
            assert worth > 0
            holds = model.new_bool_var("")
            beyond: list[Any] = []
            for issue, (low, high) in ranges.items():
                inside = [lit for start, lit in parts[issue].items() if low <= start <= high]
                model.add_bool_or([~holds, *inside])
                beyond += [lit for start, lit in parts[issue].items() if not low <= start <= high]
            if exactly:
                model.add_bool_or([holds, *beyond])
            terms.append(worth * holds)
        sums.append(sum(terms))
    return model, parts, tuple(sums)


def starts_of(profiles: Sequence[Profile]) -> dict[str, list[int]]:
    """Return for each issue where the parts of its values start that no rectangle divides."""
    spans = profiles[0].spans
    starts = {name: {low} for name, (low, _) in spans.items()}
    for _, ranges in (box for one in profiles for box in one.boxes):
        for issue, (low, high) in ranges.items():
            starts[issue] |= {one for one in (low, high + 1) if one <= spans[issue][1]}
    return {issue: sorted(found) for issue, found in starts.items()}


def found_beside(
    folder: Path, wanted: Collection[Pair], known: Collection[dict[str, int]]
) -> dict[Pair, dict[str, int]]:
    """Return packages worth what is wanted that differ from a known one on at most two issues.

    Where none does, there may still be a package. The known ones give the starts of parts.
    """
    profiles = [profile(folder / f"{name}.xml") for name in PROFILES]
    places = [(issue, start) for issue, own in starts_of(profiles).items() for start in own]
    sides = [
        (
            np.array([[_misses(box, *at) for _, box in one.boxes] for at in places], np.int8),
            np.array([worth for worth, _ in one.boxes], np.int64),
        )
        for one in profiles
    ]
    found: dict[Pair, dict[str, int]] = {}
    for values in known:
        if len(found) == len(wanted):
            break
        now = [places.index((issue, values[issue])) for issue, _ in places]
        for pair, first, second in _beside(sides, now):
            if pair in wanted and pair not in found:
                found[pair] = values | dict((places[first], places[second]))
    return found


def _beside(sides: Sequence[tuple[Any, Any]], now: list[int]) -> Iterator[tuple[Pair, int, int]]:
    """Yield what each two places lead to, all in whole numbers; one of them may be there already.

    A rectangle holds where no issue misses it, and the misses of several issues add up.
    """
    start = np.array(now)
    bases = [missed[sorted(set(now))].sum(axis=0, dtype=np.int16) for missed, _ in sides]
    changes = [missed - missed[now] for missed, _ in sides]
    for first in range(len(now)):
        seconds = first + np.flatnonzero(start[first:] != start[first])
        if first == now[first]:
            seconds = np.arange(len(now))
        totals = [
            ((base + change[first] + change[seconds] == 0) @ worths).tolist()
            for base, change, (_, worths) in zip(bases, changes, sides, strict=True)
        ]
        for one, other, second in zip(*totals, seconds.tolist(), strict=True):
            yield (one, other), first, second


def _misses(ranges: Mapping[str, tuple[int, int]], issue: str, value: int) -> bool:
    return issue in ranges and not ranges[issue][0] <= value <= ranges[issue][1]


def as_outcome(dispute: Dispute, values: dict[str, int]) -> Outcome:
    """Return a package as Hikiwake names it."""
    return FrozenMap(
        {issue.id: Fraction(values[issue.name.plain or issue.id]) for issue in dispute.issues}
    )


def without_walk_aways(dispute: Dispute) -> Dispute:
    """Return the dispute with nobody's walk-away in the way: published frontiers ignore them."""
    return replace(
        dispute,
        preferences=FrozenMap(
            {
                party: replace(preference, walk_away=Fraction(0))
                for party, preference in dispute.preferences.items()
            }
        ),
    )


def cut(points: Collection[Pair], most: Pair) -> set[Pair]:
    """Return points as GENIUS cuts them off at ``maxutility``, without those that others beat.

    Some profiles have packages that are worth more than their ``maxutility``. Hikiwake keeps what
    they are worth (and says so in a note); where GENIUS published, they count as the most.
    """
    kept = {(min(first, most[0]), min(second, most[1])) for first, second in points}
    return {one for one in kept if not beaten(one, kept)}


def beaten(one: Pair, others: Collection[Pair]) -> bool:
    """Tell whether another point is as good for both and better for one."""
    return any(a >= one[0] and b >= one[1] and (a, b) != one for a, b in others)


def compared(ours: Collection[Pair], theirs: Sequence[Pair]) -> Compared:
    """Return how our points compare with the published ones."""
    own = set(ours)
    same = own & set(theirs)
    worse = sum(beaten(one, own) for one in set(theirs))
    reached = sum(any(a >= x and b >= y for a, b in own) for x, y in theirs)
    return Compared(
        len(own), len(theirs), len(same), worse, len(theirs) - reached, len(own - set(theirs))
    )
