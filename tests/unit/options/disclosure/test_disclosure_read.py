"""What the meter counts of the texts that all sides were given to read, against making each anew.

A text is compared byte by byte, as the command that tells it makes it for that side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import pytest

from hikiwake import api
from hikiwake.api import adjust, settle, talk
from hikiwake.api.reading import text_for
from hikiwake.errors import Unsupported
from hikiwake.explain import tell, tell_alternatives, tell_look
from hikiwake.findings.talks import Budget, Exposure, Hiding, Interval, Talks
from hikiwake.findings.texts import Reading, Text
from hikiwake.formats.results.adjusted import disclosure_json
from hikiwake.model import Choice, Dispute, FrozenMap, Option, Party, Preference, Share
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure import finer
from hikiwake.options.disclosure import meter as metering
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.told.asked import settled_for
from hikiwake.options.disclosure.words import Talking
from tests.support.disclosed import all_packages, told_about, with_own
from tests.unit.options.disclosure.test_disclosure_shown import nothing_fits

F = Fraction
SETTLED, REMEDIED = Text(Reading.SETTLEMENT), Text(Reading.REMEDIES)
CHOICES = Text(Reading.ALTERNATIVES, 3)
COARSE = Hiding(F(100), F(50), F(50))
GRID = Hiding(F(100), F(50), F(25))


def drawn(seed: int, sides: int = 2) -> Dispute:
    """Return a dispute over three issues, points and walk-away values on the grid or beside it."""
    chance = Random(seed)
    issues = tuple(
        Choice(f"i{n}", tuple(Option(f"o{k}") for k in range(chance.randint(2, 5 - sides))))
        for n in range(3 if sides == 2 else 2)
    )
    parties = tuple(Party(name) for name in ("ann", "ben", "cem")[:sides])
    bare = Dispute(
        parties,
        issues,
        FrozenMap({p.id: Preference(p.id, FrozenMap(), walk_away=F(0)) for p in parties}),
        tolerance=chance.choice((F(1, 100), F(1, 5))),
        price=chance.choice((F(0), F(1, 3))),
    )
    grid = GRID if sides == 2 else COARSE
    own = [chance.choice(list(hidden_preferences(bare, p.id, grid))) for p in parties]
    return with_own(bare, [replace(one, walk_away=F(0)) for one in own])


@cache
def read(dispute: Dispute, text: Text, reader: str) -> str:
    """Return what a side reads, from the functions that the commands call."""
    if text.kind is Reading.ALTERNATIVES:
        found = api.alternatives(dispute, text.count, within=text.within)
        return tell_alternatives(dispute, found, reader).text()
    settlement = settle(dispute)
    remedies = api.remedies(dispute, settlement) if text.kind is Reading.REMEDIES else None
    verdicts = api.properties_of(dispute, settlement)
    return tell(dispute, settlement, reader, None, verdicts, remedies).text()


def left_of(dispute: Dispute, exposure: Exposure, talks: Talks, grid: Hiding) -> list[Preference]:
    """Return the members of the hidden side for which all would be as it is, each world listed."""
    hidden = [p for p in dispute.party_ids if p not in exposure.observers]
    place, left = hidden.index(exposure.party), {}
    for own in product(*(hidden_preferences(dispute, party, grid) for party in hidden)):
        would_be = with_own(dispute, own)
        if told_about(would_be, *(told.outcome for told in talks.told)) == talks.told and all(
            settled_for(would_be, observer) == settled_for(dispute, observer)
            and all(read(would_be, t, observer) == read(dispute, t, observer) for t in talks.texts)
            for observer in exposure.observers
        ):
            left[own[place]] = None
    return list(left)


def spans(dispute: Dispute, left: Sequence[Preference]) -> dict[object, Interval]:
    """Return the least and the most of each number in some preferences."""
    rows = [numbers_of(dispute, own) for own in left]
    return {n: Interval(min(r[n] for r in rows), max(r[n] for r in rows)) for n in rows[0]}


def begun(dispute: Dispute, grid: Hiding, *texts: Text, word: bool = False) -> Talking:
    """Return talks about the settled package, after a word about one and with texts of it read."""
    outcome = settle(dispute).outcome
    assert outcome is not None
    told = told_about(dispute, all_packages(dispute)[1]) if word else ()
    talking = talk(adjust(dispute), Talks(Budget(hiding=grid), told=told))
    return talking.show_texts(outcome, *texts) if texts else talking.show_settlement(outcome)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "texts", [(SETTLED,), (CHOICES,), (REMEDIED, Text(Reading.ALTERNATIVES, 2, F(1, 4)))]
)
def test_left_is_what_would_have_read_the_same(seed: int, texts: tuple[Text, ...]) -> None:
    """Between two sides, after a word or none, what is left for a side is each member for which it
    would have read the very same texts; every interval is that of these."""
    dispute = drawn(seed)
    talking = begun(dispute, GRID, *texts, word=seed % 2 == 1)
    for exposure in talking.exposures():
        left = left_of(dispute, exposure, talking.talks, GRID)
        assert exposure.left == len(left)
        assert exposure.texts_counted
        if left:
            assert exposure.bounds == exposure.sure == spans(dispute, left)


def test_texts_tell_more_than_the_settled_package() -> None:
    """In some of these disputes a text leaves fewer possibilities than the settled package alone,
    and nowhere more: else the comparison above would hold of a meter that ignores texts."""
    fewer = 0
    for seed in range(4):
        dispute = drawn(seed)
        shown, after = begun(dispute, GRID), begun(dispute, GRID, SETTLED, CHOICES)
        for before, now in zip(shown.exposures(), after.exposures(), strict=True):
            assert before.left is not None
            assert now.left is not None
            assert now.left <= before.left
            fewer += now.left < before.left
    assert fewer


@pytest.mark.slow
def test_of_three_sides_each_reads_its_own() -> None:
    """Among three sides a member is left if some preferences of the remaining side go with it; of
    a pool, if each of the pool would have read the same; not counted, it is told as true."""
    dispute = drawn(3, sides=3)
    talking = begun(dispute, COARSE, SETTLED)
    exposures = talking.exposures()
    assert {len(exposure.observers) for exposure in exposures} == {1, 2}
    for exposure in exposures:
        left = left_of(dispute, exposure, talking.talks, COARSE)
        assert left
        assert exposure.left == len(left)
        assert exposure.bounds == spans(dispute, left)
    assert uncounted(dispute, COARSE, talking, exposures) > 0


def uncounted(dispute: Dispute, grid: Hiding, talking: Talking, every: Sequence[Exposure]) -> int:
    """Compare what is told where nothing is counted with what is; return how much is exact."""
    meter, exact = Disclosure(Adjusting(dispute), grid, text_for), 0
    meter.counted = False
    for known, bounded in zip(every, meter.exposures(talking.talks), strict=True):
        assert bounded.left is None
        assert bounded.texts_counted is (bounded.bounds == bounded.sure)
        for answer, span in known.bounds.items():
            bound, sure = bounded.bounds[answer], bounded.sure.get(answer, span)
            assert bound.low <= span.low <= sure.low <= sure.high <= span.high <= bound.high
            exact += bounded.exact(answer)
    return exact


@pytest.mark.parametrize("seed", range(4))
def test_where_it_is_not_counted_what_is_told_stays_true(seed: int) -> None:
    """Where the grid is not counted, nothing that is left lies outside the bounds, and what is sure
    lies between two members that are left; where both are the same, that is what is left."""
    dispute = drawn(seed)
    talking = begun(dispute, GRID, SETTLED, CHOICES)
    assert uncounted(dispute, GRID, talking, talking.exposures()) > 0


def test_so_it_is_where_something_is_divided() -> None:
    """The same holds between two sides that share something beside a choice."""
    chance, parties = Random(0), (Party("ann"), Party("ben"))
    issues = Share("s"), Choice("date", tuple(Option(f"o{k}") for k in range(3)))
    nothing = {p.id: Preference(p.id, FrozenMap(), walk_away=F(0)) for p in parties}
    bare = Dispute(parties, issues, FrozenMap(nothing), tolerance=F(1, 5))
    own = [chance.choice(list(hidden_preferences(bare, party, COARSE))) for party in nothing]
    dispute = with_own(bare, [replace(one, walk_away=F(0)) for one in own])
    talking = begun(dispute, COARSE, SETTLED)
    assert uncounted(dispute, COARSE, talking, talking.exposures()) > 0


def test_where_it_is_not_counted_members_that_were_found_read_the_same() -> None:
    """Where none that was drawn fits, what is sure rests on members that the search found furthest
    apart: where both ends of a number would have read the same it is exact, as counting shows."""
    dispute = drawn(5)
    talks = begun(dispute, GRID, SETTLED, Text(Reading.ALTERNATIVES, 4, F(1, 10))).talks
    meter = Disclosure(Adjusting(dispute), GRID, text_for)
    known = next(one for one in meter.exposures(talks) if one.party == "ben")
    meter.counted = False
    ben = next(one for one in meter.exposures(talks) if one.party == "ben")
    exact = [answer for answer in ben.bounds if ben.exact(answer)]
    assert ben.fitting == 0
    assert len(exact) > len(ben.bounds) / 2
    assert [ben.bounds[answer] for answer in exact] == [known.bounds[answer] for answer in exact]


def test_that_texts_are_not_counted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mediator reads by which commands texts were made, and, where it is not counted what they
    tell, so, in JSON as well; where it is counted nothing of the kind is said."""
    dispute = drawn(4)
    talking = begun(dispute, GRID, SETTLED, Text(Reading.ALTERNATIVES, 4, F(1, 10)))
    adjusting, talks = Adjusting(dispute), talking.talks
    outcome, room = talks.shown, talking.room(all_packages(dispute)[0])
    assert outcome is not None
    meter = Disclosure(adjusting, GRID, text_for)
    monkeypatch.setattr(metering, "MAX_READ", 0)
    for counted in (True, False):
        meter.counted = counted
        exposures = meter.exposures(talks)
        about = adjusting.look(outcome), adjusting.repairs(outcome)
        said = " ".join(tell_look(dispute, *about, (talks, exposures, room)).text().split())
        assert "tell them: “settle”, “alternatives --count 4 --within 1/10”." in said
        assert ("do not count all that these texts tell" in said) is not counted
        written = disclosure_json(exposures, room)["exposures"]
        assert {one["texts_counted"] for one in written} == {counted}


def test_after_a_text_no_word_is_told_whatever_the_truth_is() -> None:
    """A text shows the settlement, so every further word is refused: for each member that might be
    the truth, of every package, and in the same words."""
    dispute = drawn(0)
    talks = begun(dispute, GRID, CHOICES).talks
    refusals = set()
    for own in list(hidden_preferences(dispute, "ben", GRID))[::40]:
        would_be = talk(Adjusting(with_own(dispute, [own])), talks)
        for outcome in all_packages(dispute):
            with pytest.raises(Unsupported) as refused:
                would_be.put_forward("ann", outcome)
            refusals.add(str(refused.value))
    assert len(refusals) == 1


def test_a_text_is_noted_once() -> None:
    """A text that was read before and again is one text; others come after it."""
    talking = begun(drawn(0), GRID, SETTLED)
    assert talking.talks.shown is not None
    again = talking.show_texts(talking.talks.shown, CHOICES, SETTLED)
    assert again.talks.texts == (SETTLED, CHOICES)


def test_every_text_shows_the_settled_package() -> None:
    """Whoever reads the same text would be shown the same settlement, whether it is a draw, and the
    same own gain: so to note a text notes that all were shown the settled package."""
    dispute = drawn(2)
    members = list(hidden_preferences(dispute, "ben", GRID))[::5]
    worlds = [with_own(dispute, [own]) for own in members]
    seen = [settled_for(world, "ann") for world in worlds]
    for text in (SETTLED, REMEDIED, CHOICES, Text(Reading.ALTERNATIVES, 1, F(1, 2))):
        told = [read(world, text, "ann") for world in worlds]
        assert len(set(told)) == len(set(zip(told, seen, strict=True))) >= len(set(seen)) > 1


def test_a_finer_grid_counts_texts_as_far_as_they_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where nothing declared fits and finer steps are taken, the intervals are those of all their
    members that would have read the same; if no text is made, the bounds are those of the settled
    package alone, and nothing is said to be surely possible."""
    dispute, grid, talks, _ = nothing_fits(127)
    after, seen = replace(talks, texts=(SETTLED,)), list[Exposure]()
    for now, most in ((talks, 0), (after, 0), (after, finer.MAX_READ)):
        monkeypatch.setattr(finer, "MAX_READ", most)
        exposures = Disclosure(Adjusting(dispute), grid, text_for).exposures(now)
        seen.append(next(e for e in exposures if e.party == "ben"))
    shown, unread, ben = seen
    assert shown.finer is not None
    assert shown.sure
    assert (unread.finer, unread.bounds, unread.left) == (shown.finer, shown.bounds, 0)
    assert (unread.sure, unread.texts_counted) == ({}, False)
    assert (ben.finer, ben.texts_counted) == (shown.finer, True)
    assert ben.bounds == ben.sure == spans(dispute, left_of(dispute, ben, after, shown.finer))
