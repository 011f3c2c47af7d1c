"""A side that asks on purpose, again and again, learns nothing but what the budget of words tells.

What only the others have put forward, and what the engines make of their points, shows in no text,
no refusal and no exit code (H14).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from hikiwake import numeric
from hikiwake.api import adjust, settle, talk
from hikiwake.errors import Unsupported
from hikiwake.findings.talks import Budget, Talks
from hikiwake.model import Dispute, FrozenMap, Outcome, Preference
from tests.private.test_on_the_command_line import ran
from tests.private.veils import example, package_of, settings_of
from tests.unit.cli.cast import Shell

F = Fraction
HEIRS = "two-heirs"
UNFIT = [F(1, prime**power) for prime, power in ((3, 90), (7, 50), (11, 41), (13, 38), (17, 35))]


def refusal(talking: object, party: str, outcome: Outcome) -> str:
    """Return why a side cannot put a package forward; "" where it can."""
    try:
        talking.put_forward(party, outcome)  # type: ignore[attr-defined]
    except Unsupported as refused:
        return str(refused)
    return ""


def workshop() -> Dispute:
    """Return a small dispute, whose possibilities can be counted."""
    dispute = example("published/alice-bob-wiki-whole.toml")
    kept = dispute.issues[:3]
    preferences = {
        party: Preference(
            party,
            points=FrozenMap({i.id: own.points[i.id] for i in kept if i.id in own.points}),
            walk_away=F(0),
        )
        for party, own in dispute.preferences.items()
    }
    return replace(dispute, issues=kept, preferences=FrozenMap(preferences), status_quo=None)


@pytest.mark.parametrize("budget", [Budget(words=1, keep=F(0)), Budget(words=9, keep=F(1, 50))])
def test_a_refusal_does_not_tell_what_the_other_has_put_forward(budget: Budget) -> None:
    """Once a word was told, each further package can be put forward, or not, whether the other side
    has put it forward before or not: so nobody can find out what that was without a word."""
    dispute = workshop()
    ways = [dispute.decisions_of(issue) or () for issue in dispute.issues]
    ids = [issue.id for issue in dispute.issues]
    packages = [FrozenMap(dict(zip(ids, values, strict=True))) for values in product(*ways)]
    one, other = dispute.party_ids
    first = settle(dispute).outcome
    assert first is not None
    fresh = talk(adjust(dispute), Talks(budget))
    eager = fresh
    for outcome in packages:
        eager = eager.put_forward(other, outcome)
    seen: set[str] = set()
    for talking in (fresh, eager):
        told = talking.put_forward(one, first).put_forward(other, first)
        assert len(told.talks.told) == 1
        seen.add(str([refusal(told, one, outcome) for outcome in packages]))
    assert len(seen) == 1
    assert "budget of words" in seen.pop()


def test_beyond_the_budget_the_command_answers_alike(shell: Shell) -> None:
    """So it is on the command line, and the file of the talks stays as it was."""
    dispute = example(HEIRS)
    outcome = settle(dispute).outcome
    assert outcome is not None
    one, other = dispute.party_ids
    talks, asked = shell.folder / "talks.json", package_of(dispute)
    given: list[object] = []
    for eager in (False, True):
        talks.unlink(missing_ok=True)
        begin = ("adjust", "--talks", "talks.json", "--words", "1", "--keep", "0", "--json")
        assert ran(shell, dispute, begin).code in (0, 1)
        put = ("adjust", "--talks", "talks.json", "--put", "--audience")
        if eager:
            assert ran(shell, dispute, (*put, other, *settings_of(asked))).code == 0
        for party in (one, other):
            assert ran(shell, dispute, (*put, party, *settings_of(outcome))).code == 0
        before = talks.read_bytes()
        given.append(ran(shell, dispute, (*put, one, *settings_of(asked))))
        assert talks.read_bytes() == before
    assert given[0] == given[1]
    assert [path.name for path in Path(shell.folder).iterdir() if path.name[0] == "."] == []


def test_a_side_looks_at_its_own_even_where_the_others_points_cannot_be_computed_with(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the engines refuse another side's points, a side reads of any package what it would
    read anyhow: no refusal and no search tells it of them."""
    dispute = example(HEIRS)
    one, other = dispute.party_ids
    given = dispute.preferences[other]
    few = list(given.answers().items())[: len(UNFIT)]
    unfit = zip(few, UNFIT, strict=True)
    changed = given.with_answers({answer: number + more for (answer, number), more in unfit})
    monkeypatch.setattr(numeric, "MAX_DENOMINATOR_BITS", 500)
    strange = replace(dispute, preferences=FrozenMap({**dispute.preferences, other: changed}))
    with pytest.raises(Unsupported):
        settle(strange)
    words = ("adjust", "--audience", one, *settings_of(package_of(dispute)))
    for form in ((), ("--json",), ("--plot", "own.svg")):
        told = [ran(shell, one_of, (*words, *form)) for one_of in (dispute, strange)]
        assert told[0] == told[1]
        assert told[0].code == 0
