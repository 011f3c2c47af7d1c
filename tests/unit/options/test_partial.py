"""Partial agreement: hand-worked facts, a referee that tries every set, and who reads what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.errors import Fault, TooLarge, Unsupported
from hikiwake.explain import tell_partial
from hikiwake.formats.results.asked import partial_json
from hikiwake.model import Bonus, Dispute, FrozenMap, Group, Outcome, Preference
from hikiwake.options import partial as module
from hikiwake.options.restricted import restricted
from hikiwake.settlement import Partial, Status
from tests.conformance.builders import choice, condition, dispute, preference, red_line, rule
from tests.property.transforms import parties_renamed
from tests.strategies import NAMES, disputes
from tests.unit.explain.readers import STRANGE

F = Fraction
QUICK = limits(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def border_and_trade(
    ann: dict[str, Any] | None = None, ben: dict[str, Any] | None = None, **more: Any
) -> Dispute:
    """A border that ben can give up only if trade pays him, and trade that is even half way.

    Moved, the border is worth 50 to ann and −5 to ben. Trade is worth 10 to each if it is open,
    or 20 to one side only.
    """
    issues = [
        choice("border", "today", "moved"),
        choice("trade", "today", "open", "hers", "his"),
    ]
    trade = {"today": (0, 0), "open": (10, 10), "hers": (20, 0), "his": (0, 20)}
    return dispute(
        issues,
        *(
            preference(
                party,
                {
                    "border": {"today": 0, "moved": (50, -5)[place]},
                    "trade": {option: both[place] for option, both in trade.items()},
                },
                **((ann, ben)[place] or {}),
            )
            for place, party in enumerate(("ann", "ben"))
        ),
        **{"status_quo": FrozenMap({"border": "today", "trade": "today"}), **more},
    )


def sets(found: Partial) -> list[tuple[str, ...]]:
    return [agreement.settled for agreement in found.agreements]


def test_trade_is_settled_and_the_border_stays_open() -> None:
    """Together the best is 50/60 against 15/20: uneven. Trade alone: 10 and 10, half of 20 each."""
    found = api.partial(border_and_trade())
    assert found.whole is Status.UNEVEN
    (agreement,) = found.agreements
    assert (agreement.settled, agreement.open) == (("trade",), ("border",))
    assert agreement.package.outcome == {"border": "today", "trade": "open"}
    assert dict(agreement.package.utilities) == {"ann": 10, "ben": 10}
    assert dict(agreement.package.gains) == {"ann": F(1, 2), "ben": F(1, 2)}
    assert dict(agreement.ideals) == {"ann": 20, "ben": 20}
    assert (found.found, found.tried, found.complete) == (1, 3, True)


def test_where_the_whole_is_a_draw_nothing_is_left_open() -> None:
    """With a tolerance of a tenth, 50/60 and 15/20 are even: the whole dispute is the answer."""
    found = api.partial(border_and_trade(tolerance=F(1, 10)))
    assert (found.whole, found.tried) == (Status.DRAW, 1)
    assert sets(found) == [("border", "trade")]
    assert found.agreements[0].open == ()


def test_without_a_status_quo_there_is_nothing_to_leave_as_it_is() -> None:
    """No status quo, or an empty one: refused, with what to add (H5)."""
    for today in (None, FrozenMap[str, Any]()):
        with pytest.raises(Unsupported, match=r"\(H5\)\. Add \[status_quo\]"):
            api.partial(border_and_trade(status_quo=today))


def test_an_open_issue_without_a_today_counts_nothing_and_is_not_told() -> None:
    """If the status quo says nothing of the border, it stays out of the package and counts 0."""
    found = api.partial(border_and_trade(status_quo=FrozenMap({"trade": "today"})))
    (agreement,) = found.agreements
    assert agreement.package.outcome == {"trade": "open"}
    assert dict(agreement.package.utilities) == {"ann": 10, "ben": 10}


def test_a_rule_that_names_an_open_issue_is_judged_with_today() -> None:
    """ "Never open trade at today's border" takes the draw away while the border stays open."""
    found = api.partial(border_and_trade(rules=[rule(border="today", trade="open")]))
    assert (found.agreements, found.complete) == ((), True)
    kept = api.partial(border_and_trade(rules=[rule(border="moved", trade="open")]))
    assert sets(kept) == [("trade",)]


def test_what_breaks_a_rule_today_may_stay_as_it_is() -> None:
    """Today's border breaks a rule; a part that leaves it open adds no breach, and settles."""
    broken = border_and_trade(rules=[rule(border="today")])
    found = api.partial(broken)
    assert found.whole is Status.UNEVEN
    (agreement,) = found.agreements
    assert agreement.settled == ("trade",)
    assert not broken.allows(agreement.package.outcome)


def test_a_private_red_line_is_kept_in_a_part() -> None:
    """If ben never accepts open trade, no part is even."""
    found = api.partial(border_and_trade(ben={"red_lines": (red_line(trade="open"),)}))
    assert found.agreements == ()


def test_bonuses_count_with_what_stands_today() -> None:
    """A bonus for open trade at today's border counts; one for the border alone is at home."""
    together = Bonus(condition(border="today", trade="open"), F(1))
    found = api.partial(border_and_trade(ann={"bonuses": (together,)}))
    assert dict(found.agreements[0].package.utilities) == {"ann": 11, "ben": 10}
    alone = Bonus(condition(border="today"), F(7))
    found = api.partial(border_and_trade(ann={"bonuses": (alone,)}))
    assert dict(found.walk_away) == {"ann": 7, "ben": 0}
    (agreement,) = found.agreements
    assert dict(agreement.package.utilities) == {"ann": 17, "ben": 10}
    assert agreement.package.gains["ann"] == F(1, 2)


def test_an_issue_that_may_as_well_stay_is_not_settled() -> None:
    """A third issue that nobody minds could be decided either way: it is left as it is."""
    base = border_and_trade()
    idle = replace(
        base,
        issues=(*base.issues, choice("anthem", "today", "new")),
        status_quo=FrozenMap({"border": "today", "trade": "today", "anthem": "today"}),
    )
    assert sets(api.partial(idle)) == [("trade",)]


def test_of_a_group_only_the_settled_issues_must_be_even() -> None:
    """A group not for trade, of which one issue stays open, is what is left of it."""
    group = Group("land", ("border", "trade"), not_for_trade=True)
    part = restricted(border_and_trade(groups=(group,)), {"trade"})
    assert [(g.id, g.issues) for g in part.groups] == [("land", ("trade",))]
    assert restricted(part, {"trade"}) == part


def test_a_search_that_was_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a bound of two sets the third is not tried; the answer and the text say so."""
    monkeypatch.setattr(module, "MAX_TABLES", 2)
    dispute = border_and_trade()
    found = api.partial(dispute)
    assert (found.agreements, found.tried, found.complete) == ((), 2, False)
    assert "Not all parts were tried" in tell_partial(dispute, found, "joint").text(1000)


def test_a_part_too_large_counts_as_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the engines refuse the border alone, the trade is still found, and nothing is hidden."""
    answer = module.answer

    def refusing(dispute: Dispute, rule: str) -> Any:
        if [issue.id for issue in dispute.issues] == ["border"]:
            raise TooLarge(Fault("The dispute", "too large", "A smaller one", "H18", "Cut it."))
        return answer(dispute, rule)

    monkeypatch.setattr(module, "answer", refusing)
    found = api.partial(border_and_trade())
    assert (sets(found), found.complete) == ([("trade",)], False)


def test_a_rule_of_another_name_is_asked() -> None:
    """Under Nash the part is 10 and 10 as well: the product is 100."""
    assert sets(api.partial(border_and_trade(), "nash")) == [("trade",)]


# --- a referee that lists every package of every set -------------------------------------------


def listed(dispute: Dispute, table: tuple[str, ...]) -> Iterator[Outcome]:
    """Yield what is acceptable to all if these issues are decided and the others stay."""
    today = dispute.status_quo or FrozenMap()
    touching = [c for c in dispute.forbidden() if c.tests.keys() & set(table)]
    for values in product(*(dispute.decisions_of(dispute.issue(i)) or () for i in table)):
        outcome: Outcome = FrozenMap({**today, **dict(zip(table, values, strict=True))})
        if any(condition.holds(outcome) for condition in touching):
            continue
        if all(dispute.utility(p, outcome) >= dispute.walk_away(p) for p in dispute.party_ids):
            yield outcome


def answers(dispute: Dispute, table: tuple[str, ...]) -> list[Outcome]:
    """Return all the best draws by their definition (H10); none if there is no draw."""
    parties, every = dispute.party_ids, list(listed(dispute, table))
    points = {o: tuple(dispute.utility(p, o) for p in parties) for o in every}
    floors = [dispute.walk_away(p) for p in parties]
    ideals = [max((u[i] for u in points.values()), default=floors[i]) for i in range(len(parties))]
    compared = [i for i, floor in enumerate(floors) if ideals[i] > floor]
    if len(compared) < 2:
        return []
    undominated = {o: u for o, u in points.items() if not any(beats(v, u) for v in points.values())}
    gains = {
        o: tuple((u[i] - floors[i]) / (ideals[i] - floors[i]) for i in compared)
        for o, u in undominated.items()
    }
    highest = max(sorted(gain) for gain in gains.values())
    references = {gain for gain in gains.values() if sorted(gain) == highest}
    draws = {
        o: gain
        for o, gain in gains.items()
        if max(gain) - min(gain) <= dispute.tolerance
        and any(
            max(r - g for r, g in zip(reference, gain, strict=True)) <= dispute.price
            for reference in references
        )
    }
    if not draws:
        return []
    best = max(sorted(gain) for gain in draws.values())
    return [o for o, gain in draws.items() if sorted(gain) == best]


def beats(one: tuple[Fraction, ...], other: tuple[Fraction, ...]) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


@QUICK
@given(disputes(packages=48), st.randoms(use_true_random=False))
def test_the_sets_are_those_that_a_referee_finds(dispute: Dispute, chance: Any) -> None:
    """Trying every set, by the definition of a draw, finds the same largest sets (no groups)."""
    dispute = with_today(replace(dispute, groups=(), tolerance=F(1, 5)), chance)
    assume(len(dispute.issues) <= 4)
    today = dispute.status_quo or FrozenMap()
    ids = tuple(issue.id for issue in dispute.issues)
    found = api.partial(dispute)
    if answers(dispute, ids):
        assert found.whole is Status.DRAW
        return
    for size in range(len(ids) - 1, 0, -1):
        settled = {
            table
            for table in combinations(ids, size)
            if (best := answers(dispute, table))
            and all(outcome[i] != today.get(i) for outcome in best for i in table)
        }
        if settled:
            assert set(sets(found)) == settled
            assert (found.found, found.complete) == (len(settled), True)
            return
    assert (found.agreements, found.complete) == ((), True)


def with_today(dispute: Dispute, chance: Any) -> Dispute:
    """Return the dispute with a status quo on all of its issues, or on some."""
    today = {
        issue.id: chance.choice(dispute.decisions_of(issue) or ("",))
        for issue in dispute.issues
        if chance.random() < 0.8
    }
    first = dispute.issues[0]
    today = today or {first.id: (dispute.decisions_of(first) or ("",))[0]}
    return replace(dispute, status_quo=FrozenMap(today))


# --- neutral, and private ------------------------------------------------------------------------


@QUICK
@given(disputes(packages=48), st.randoms(use_true_random=False), st.permutations(NAMES))
def test_swapped_parties_settle_the_same_issues(
    dispute: Dispute, chance: Any, order: list[str]
) -> None:
    """With the names exchanged the same sets settle, with mirrored gains (H13)."""
    dispute = with_today(replace(dispute, tolerance=F(1, 5)), chance)
    assume(len(dispute.issues) <= 4)
    parties = sorted(dispute.party_ids)
    names = dict(zip(parties, [p for p in order if p in parties], strict=True))
    here, there = (api.partial(d) for d in (dispute, parties_renamed(dispute, names)))
    assert sets(here) == sets(there)
    assert (here.whole, here.tried) == (there.whole, there.tried)
    for ours, theirs in zip(here.agreements, there.agreements, strict=True):
        assert {names[p]: ideal for p, ideal in ours.ideals.items()} == dict(theirs.ideals)
        levels = [sorted(map(str, a.package.gains.values())) for a in (ours, theirs)]
        assert levels[0] == levels[1]


@QUICK
@given(
    disputes(packages=48),
    st.randoms(use_true_random=False),
    st.sampled_from(("en", "ja", "ru")),
)
def test_no_text_depends_on_what_its_reader_may_not_know(
    dispute: Dispute, chance: Any, language: str
) -> None:
    """Whatever others keep private could be anything else: text and JSON are the same (H14)."""
    dispute = with_today(replace(dispute, tolerance=F(1, 5)), chance)
    assume(len(dispute.issues) <= 4)
    found = api.partial(dispute)
    for viewer in (None, *dispute.party_ids):
        public, known = without_others(dispute, found, viewer)
        text = tell_partial(dispute, found, viewer or "joint", language).text(1000)
        assert tell_partial(public, known, viewer or "joint", language).text(1000) == text
        assert partial_json(found, viewer or "joint") == partial_json(known, viewer or "joint")
        assert "987" not in text
    assert tell_partial(dispute, found, "mediator", language).text()


def without_others(dispute: Dispute, found: Partial, viewer: str | None) -> tuple[Dispute, Partial]:
    """Return both with what is private to others replaced by strange numbers."""
    hidden = [party for party in dispute.party_ids if party != viewer]

    def strange(numbers: Any) -> Any:
        return FrozenMap({**numbers, **dict.fromkeys(hidden, STRANGE)})

    agreements = tuple(
        replace(
            agreement,
            ideals=FrozenMap(dict.fromkeys(dispute.party_ids, STRANGE)),
            package=replace(
                agreement.package,
                utilities=strange(agreement.package.utilities),
                gains=strange(agreement.package.gains),
                imbalance=STRANGE,
            ),
        )
        for agreement in found.agreements
    )
    known = replace(
        found, walk_away=strange(found.walk_away), agreements=agreements, tried=987654321
    )
    preferences = {**dispute.preferences, **{p: Preference(p) for p in hidden}}
    return replace(dispute, preferences=FrozenMap(preferences), notes=("strange",)), known


def test_a_joint_text_has_no_points() -> None:
    """The joint text names what is settled and what stays open, and nobody's numbers."""
    dispute = border_and_trade()
    found = api.partial(dispute)
    text = tell_partial(dispute, found, "joint").text(1000)
    assert "1 issue of 2" in text
    assert "Left open, without prejudice" in text
    assert "points" not in text.split("How it was chosen")[0]
    assert "utility" not in partial_json(found, "joint")["agreements"][0]


def test_a_party_reads_its_own_gain_to_the_grain() -> None:
    """Ann gains exactly a half, and reads "about 50 %"; ben's points are not in her text."""
    dispute = border_and_trade()
    found = api.partial(dispute)
    text = tell_partial(dispute, found, "ann").text(1000).replace("\u00a0", " ")
    assert "you come about 50 % of the way" in text
    assert partial_json(found, "ann")["agreements"][0]["gain"] == "about 50 %"
