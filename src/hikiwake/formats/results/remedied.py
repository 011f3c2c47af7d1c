"""What would make a dispute even, as JSON-ready values: to each reader what is its to know."""

from __future__ import annotations

from fractions import Fraction

from hikiwake.findings.offers import Lifted, Lottery, NewIssue, Remedies
from hikiwake.formats.results.settled import (
    JOINT,
    MEDIATOR,
    Json,
    about,
    numbers_json,
    outcome_json,
)
from hikiwake.numeric import fraction_text
from hikiwake.settlement import Gains, Package


def remedies_json(found: Remedies | None, audience: str, tolerance: Fraction) -> Json:
    """Return remedies under their key, for one audience (H14).

    A red line that stands in the way is told to nobody but the party that drew it; a public rule to
    the mediator, and to the party whose public line it is.
    """
    if found is None:
        return {"remedies": None}
    told = _Told(audience, tolerance)
    lottery, transfer, dearer = found.lottery, found.transfer, found.dearer
    return {
        "remedies": {
            "dearer": dearer and told.package(dearer.package) | told.costs(dearer.costs),
            "in_turns": [
                {
                    "issue": turns.issue,
                    "options": list(turns.options),
                    "parts": [fraction_text(part) for part in turns.parts],
                    **told.package(turns.package),
                }
                for turns in found.in_turns
            ],
            "lifted": [told.lifted(one) for one in found.lifted if told.may_see(one)],
            "new_issue": found.new_issue and told.new_issue(found.new_issue),
            "transfer": transfer
            and {"limit": fraction_text(transfer.limit), **told.package(transfer.package)},
            "lottery": lottery and told.lottery(lottery),
            "complete": found.complete,
            **({"undivided": list(found.undivided)} if audience == MEDIATOR else {}),
        }
    }


class _Told:
    """Remedies for one reader."""

    def __init__(self, audience: str, tolerance: Fraction) -> None:
        self._audience, self._tolerance = audience, tolerance
        self._own = None if audience in (MEDIATOR, JOINT) else audience

    def package(self, package: Package) -> Json:
        """Return a package with what it is to the reader."""
        result: Json = {"outcome": outcome_json(package.outcome)}
        if self._audience == MEDIATOR:
            return result | {
                "utilities": numbers_json(package.utilities),
                "gains": numbers_json(package.gains),
            }
        if self._own is None:
            return result
        return result | {
            "utility": fraction_text(package.utilities[self._own]),
            "gain": self._about(package.gains[self._own]),
        }

    def costs(self, costs: Gains) -> Json:
        """Return the price to each, or to the reader."""
        if self._audience == MEDIATOR:
            return {"costs": numbers_json(costs)}
        return {} if self._own is None else {"cost": self._about(costs[self._own])}

    def may_see(self, lifted: Lifted) -> bool:
        """Tell whether the reader may know that a limit stands in the way."""
        own = self._own is not None and lifted.barrier.party == self._own
        return own or (self._audience == MEDIATOR and lifted.barrier.kind != "red_line")

    def lifted(self, lifted: Lifted) -> Json:
        """Return a limit, and what there would be without it."""
        barrier = lifted.barrier
        return {
            "kind": barrier.kind,
            "party": barrier.party,
            "place": barrier.place,
            **self.package(lifted.package),
        }

    def new_issue(self, new: NewIssue) -> Json:
        """Return what a new issue has to be worth, to the reader or to everybody."""
        if self._audience == MEDIATOR:
            return {
                "worth": numbers_json(new.worth),
                "parts": numbers_json(new.parts),
                **self.package(new.package),
            }
        behind = sorted(party for party, worth in new.worth.items() if worth)
        if self._own is None or self._own not in behind:
            return {"to": behind}
        return {"to": behind, "part": self._about(new.parts[self._own])}

    def lottery(self, lottery: Lottery) -> Json:
        """Return the packages, each with its chance."""
        drawn = zip(lottery.packages, lottery.chances, strict=True)
        result: Json = {
            "packages": [{"chance": fraction_text(c)} | self.package(p) for p, c in drawn]
        }
        if self._audience == MEDIATOR:
            costs = numbers_json(lottery.costs)
            return result | {"gains": numbers_json(lottery.gains), "costs": costs}
        return result

    def _about(self, part: Fraction | None) -> str | None:
        return None if part is None else about(part, self._tolerance)
