"""A plan told: each reader in its own words, and nobody with another's figures (H14)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from hikiwake.execution.plan import plan
from hikiwake.explain import tell_plan
from hikiwake.explain.language.layout import width_of
from hikiwake.explain.plans.entries import entries
from hikiwake.findings.course import Planned
from hikiwake.formats.results.plan import plan_json
from hikiwake.model import Agreement, FrozenMap, Obligation, Stake, Text
from tests.unit.execution.cast import account, between
from tests.unit.execution.oracle import random_agreement

LANGUAGES = ("en", "ja", "ru")
SECRETS = ("7.017", "5.339", "8.831", "1.117", "0.8765", "88", "87.65")


@cache
def canaries() -> Planned:
    """Return a plan in which each of Ben's numbers can be told from all others."""
    ben = account(13, {}, walk_away=Fraction("8.831"), trust=Fraction("0.8765"))
    points = {"keys": "7.017", "money": "-5.339"}
    ben = replace(
        ben,
        points=FrozenMap({name: Fraction(number) for name, number in points.items()}),
        stakes=(Stake(Fraction("1.117")),),
    )
    ann = account(20, {"keys": -4, "money": 10}, trust=Fraction(1, 2))
    keys = Obligation("keys", ("ann",), words=FrozenMap({"ben": Text("Ben's own word")}))
    return plan(between((keys, Obligation("money", ("ben",))), {"ann": ann, "ben": ben}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["ann", "joint"])
def test_canaries_stay_with_ben(audience: str, language: str) -> None:
    """Nothing that Ben stated, nor what follows from it, stands where he is not the reader."""
    planned = canaries()
    texts = [
        tell_plan(planned, audience, language).text(),
        str(plan_json(planned, audience)),
        str(list(entries(planned, audience, language))),
    ]
    followed = {str(number) for moment in planned.course.moments for number in
                (moment.has["ben"], moment.temptation["ben"], moment.exposure["ben"])}  # fmt: skip
    private = {*SECRETS, *(n for n in followed if "/" in n)}
    for text in texts:
        plain = text.replace(",", ".").replace("\u00a0", " ")
        assert [secret for secret in private if secret in plain] == []
    if audience == "ann":
        assert "Ben's own word" not in " ".join(texts)


def staked(points: int) -> Planned:
    """Return a plan at whose end Ann, who goes last, would lose so many points by stopping."""
    ann = replace(account(20, {"keys": -4, "money": 10}), stakes=(Stake(Fraction(points)),))
    ben = account(13, {"keys": 7, "money": -5})
    keys = Obligation("keys", ("ann",), after=("money",))
    return plan(between((keys, Obligation("money", ("ben",))), {"ann": ann, "ben": ben}))


def test_who_is_held_by_a_stake_is_told_so() -> None:
    """A stake as large as the temptation is named as what holds; one that is smaller is not."""
    for reader in ("ann", "mediator"):
        held, free = (tell_plan(staked(points), reader, "en").text() for points in (4, 3))
        assert "counted." in " ".join(held.split())
        assert "tempted, but" in " ".join(held.split())
        assert "counted." not in " ".join(free.split())
        assert "tempted, but" not in " ".join(free.split())


def test_the_mediator_is_told_who_said_nothing() -> None:
    """Where a side's private table is missing, the mediator reads it, and nobody else."""
    planned = staked(4)
    heard = FrozenMap({"ann": planned.agreement.account("ann")})
    planned = replace(planned, agreement=replace(planned.agreement, accounts=heard))
    told = {
        reader: " ".join(tell_plan(planned, reader, "en").text().split())
        for reader in ("mediator", "joint", "ann")
    }
    missing = "Nothing was said in private about the steps by: ben"
    assert [reader for reader, text in told.items() if missing in text] == ["mediator"]


def test_the_joint_text_speaks_of_no_figures() -> None:
    """All read what the order follows from; of figures, which they do not see, nothing is said."""
    text = " ".join(tell_plan(staked(4), "joint", "en").text().split())
    assert "The order follows from what each side said, in private" in text
    assert "These figures" not in text


def test_ben_reads_his_own_figures_and_words() -> None:
    """What he stated comes back to him, in his own words for things."""
    text = tell_plan(canaries(), "ben", "en").text()
    assert "8.83" in text
    assert "Ben's own word" in text


def other_secrets(random: Random, planned: Planned, reader: str | None) -> Planned:
    """Return the same order as if everybody but the reader had said something else."""
    agreement = planned.agreement
    others = [party for party in agreement.party_ids if party != reader]
    course = planned.course
    moments = tuple(
        replace(
            moment,
            has=_changed(random, moment.has, others),
            temptation=_changed(random, moment.temptation, others),
            exposure=_changed(random, moment.exposure, others),
        )
        for moment in course.moments
    )
    steps = tuple(
        replace(
            step,
            trust=_changed(random, step.trust, others),
            tempted=tuple(p for p in step.tempted if p == reader),
        )
        for step in course.steps
    )
    safe = planned.safeguards
    safe = replace(
        safe,
        deposits=_changed(random, safe.deposits, others),
        guarantees=_changed(random, safe.guarantees, others),
        at_once=(),
        last_costs=(),
        unseen=tuple(one for one in safe.unseen if one.party == reader),
    )
    return replace(
        planned,
        course=replace(course, moments=moments, steps=steps),
        safeguards=safe,
        willing=FrozenMap({p: w for p, w in planned.willing.items() if p == reader}),
        willing_with=None,
        trade_off=(),
        worst=None,
        least_exposure=Fraction(random.randint(0, 9)),
        walk_away=_changed(random, planned.walk_away, others),
        ranges=_changed(random, planned.ranges, others),
        ends=_changed(random, planned.ends, others),
    )


def _changed(random: Random, numbers: FrozenMap, others: list[str]) -> FrozenMap:
    return FrozenMap(
        {p: Fraction(random.randint(1, 99), 7) if p in others else n for p, n in numbers.items()}
    )


def test_no_text_depends_on_what_its_reader_may_not_know() -> None:
    """Whatever others keep private could be otherwise: for the same order the text is the same."""
    random = Random(21)
    for _ in range(25):
        planned = plan(_trusting(random_agreement(random, 5)))
        for reader in (None, *planned.agreement.party_ids):
            audience = reader or "joint"
            other = other_secrets(random, planned, reader)
            assert tell_plan(other, audience).text() == tell_plan(planned, audience).text()
            assert plan_json(other, audience) == plan_json(planned, audience)


def _trusting(agreement: Agreement) -> Agreement:
    accounts = {p: replace(a, trust=Fraction(1, 3)) for p, a in agreement.accounts.items()}
    return replace(agreement, accounts=FrozenMap(accounts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_telling_fits_eighty_columns(language: str) -> None:
    """On random plans, for every audience, no line is too wide."""
    random = Random(22)
    for _ in range(10):
        planned = plan(random_agreement(random, 6))
        for audience in ("mediator", "joint", *planned.agreement.party_ids):
            for line in tell_plan(planned, audience, language).text().splitlines():
                assert width_of(line) <= 80


def test_swapping_the_parties_mirrors_the_plan() -> None:
    """With the parties listed the other way round the demands are the same, and so is the text."""
    random = Random(23)
    for _ in range(20):
        made = random_agreement(random, 6)
        turned = replace(
            made,
            parties=tuple(reversed(made.parties)),
            accounts=FrozenMap({p: made.accounts[p] for p in reversed(made.party_ids)}),
        )
        one, other = plan(made), plan(turned)
        assert [c.demand for c in one.trade_off] == [c.demand for c in other.trade_off]
        assert tell_plan(one, "mediator").text() == tell_plan(other, "mediator").text()
