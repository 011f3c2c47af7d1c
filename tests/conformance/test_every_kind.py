"""Where each engine is tried on each kind of issue under each rule: nothing may be left unmarked.

`COVERED` in test_rules.py says it by corpora of random disputes. Here it is said by kinds of
issues, and that the corpora hold them. Amounts without steps, money and shares among three and
more are tried in test_hulls.py, rule by rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.model import Amount, Choice, Dispute, Issue, Item, Money, Share
from hikiwake.rules import RULES, DirectRule
from tests.conformance import test_hulls as hulls
from tests.conformance.corpus import AMOUNTS, DISCRETE, MIXED, QUICK, SHARED, corpus
from tests.conformance.test_rules import COVERED

HULLS, REFUSED = "test_hulls.py", "refused"
KINDS: dict[str, Callable[[Issue], bool]] = {
    "choice": lambda issue: isinstance(issue, Choice),
    "item": lambda issue: isinstance(issue, Item),
    "amount by steps": lambda issue: isinstance(issue, Amount) and issue.step is not None,
    "share": lambda issue: isinstance(issue, Share),
    "amount without steps": lambda issue: isinstance(issue, Amount) and issue.step is None,
    "money": lambda issue: isinstance(issue, Money),
}
# Whole issues are for the engines that list or ask; beside what is divided, for linear.
WHOLE = {"brute_force": DISCRETE, "additive": DISCRETE, "cp_sat": DISCRETE, "linear": SHARED}
STEPS = {"brute_force": AMOUNTS, "additive": AMOUNTS, "cp_sat": AMOUNTS, "linear": MIXED}
DIVIDED = dict.fromkeys(("brute_force", "additive", "cp_sat"), REFUSED)
TRIED: dict[str, dict[str, str]] = {
    "choice": WHOLE,
    "item": WHOLE,
    "amount by steps": STEPS,
    "share": {**DIVIDED, "linear": SHARED},
    "amount without steps": {**DIVIDED, "linear": HULLS},
    "money": {**DIVIDED, "linear": HULLS},
}
IN_HULLS = {  # what a rule answers there is judged by this test
    "draw": hulls.test_draws_are_draws,
    "kalai_smorodinsky": hulls.test_ideals_and_the_greatest_sorted_gains,
    "nash": hulls.test_nash_is_best_at_its_own_prices,
    "egalitarian": hulls.test_leximin_and_the_best_smallest,
    "leximin": hulls.test_leximin_and_the_best_smallest,
    "utilitarian": hulls.test_the_largest_sum,
    "adjusted_winner": None,  # two parties' shares only, in COVERED
}
RULES_TRIED = [name for name, rule in RULES.items() if not isinstance(rule, DirectRule)]

for _kind in get_args(Issue):  # an unmarked kind, engine or rule stops the collection
    if not {_kind} <= {Choice, Item, Share, Amount, Money}:
        raise LookupError(f"{_kind.__name__}: say in KINDS and TRIED where it is tried")
if set(TRIED) != set(KINDS):
    raise LookupError("say in TRIED where each of KINDS is tried")
for _name, _engines in TRIED.items():
    if set(_engines) != set(api.ENGINES):
        raise LookupError(f"{_name}: say in TRIED where each of {api.ENGINES} is tried")
if set(IN_HULLS) != set(RULES_TRIED):
    raise LookupError("say in IN_HULLS which test judges each rule")

PLACES = [(kind, engine, place) for kind, own in TRIED.items() for engine, place in own.items()]


def holding(kind: str, disputes: list[Dispute]) -> list[Dispute]:
    """Return the disputes that have an issue of a kind."""
    return [dispute for dispute in disputes if any(map(KINDS[kind], dispute.issues))]


@pytest.mark.parametrize(
    ("kind", "engine", "place"), [one for one in PLACES if one[2] not in (HULLS, REFUSED)]
)
def test_a_corpus_holds_the_kind_and_its_rules_are_tried(
    kind: str, engine: str, place: str
) -> None:
    """Where a kind is said to be tried there are such issues, and every rule goes through them."""
    assert len(holding(kind, corpus(place, QUICK))) >= 5
    rules = [rule for rule in RULES_TRIED if rule != "adjusted_winner"]
    assert [rule for rule in rules if place not in COVERED[rule][engine]] == []


@pytest.mark.parametrize("kind", [kind for kind, _, place in PLACES if place == HULLS])
def test_the_hulls_hold_the_kind(kind: str) -> None:
    """Amounts without steps and money are among the shapes of test_hulls.py, alone and mixed."""
    shapes = [hulls.build(shape, 0) for shape in hulls.SHAPES]
    held = holding(kind, shapes)
    assert any(all(map(KINDS[kind], dispute.issues)) for dispute in held)
    for other in ("share", "choice"):
        assert holding(other, held)
    assert {len(dispute.parties) for dispute in held} >= {2, 3}


@pytest.mark.parametrize(
    ("kind", "engine"), [(kind, engine) for kind, engine, place in PLACES if place == REFUSED]
)
def test_what_is_marked_as_refused_is(kind: str, engine: str) -> None:
    """Engines for whole issues answer nothing that is divided, under any rule."""
    shapes = holding(kind, [hulls.build(shape, 0) for shape in hulls.SHAPES])
    for rule in RULES_TRIED:
        with pytest.raises(Unsupported):
            api.settle(shapes[0], rule, engine=engine)
