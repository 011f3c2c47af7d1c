"""What the meter counts of each kind of text, against making the text anew in every world."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from hikiwake import api, explain
from hikiwake.errors import Fault, InputError, Unsupported
from hikiwake.explain.statement import KINDS as STATEMENTS
from hikiwake.explain.statement import document
from hikiwake.findings.talks import Budget, Hiding, Talks
from hikiwake.findings.texts import KINDS, Reading, Text
from hikiwake.formats.results.asked import partial_json
from hikiwake.formats.results.honesty import honesty_json
from hikiwake.formats.results.offered import alternatives_json
from hikiwake.formats.results.remedied import remedies_json
from hikiwake.formats.results.settled import settlement_json
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import Choice, Dispute, FrozenMap, Option, Outcome, Party, Preference
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.told.asked import settled_for
from hikiwake.options.disclosure.words import Talking
from tests.support.disclosed import all_packages, with_own

F = Fraction
COARSE, COARSEST = Hiding(F(100), F(50), F(50)), Hiding(F(100), F(100), F(100))
TODAY: Outcome = FrozenMap({"deal": "o0", "date": "o1"})
IMPROVED = Text(Reading.IMPROVEMENTS, 3, agreed=TODAY)
PARTIAL, BY_NASH = Text(Reading.PARTIAL), Text(Reading.SETTLEMENT, rule="nash")
QUICK = (
    PARTIAL,
    BY_NASH,
    IMPROVED,
    Text(Reading.SETTLEMENT, joint=True),
    Text(Reading.SETTLEMENT, as_json=True),
    Text(Reading.ALTERNATIVES, 2, as_json=True, joint=True),
)


def drawn(seed: int, grid: Hiding = COARSE) -> Dispute:
    """Return a dispute over two issues, or one, with a status quo, points on the grid."""
    chance = Random(seed)
    counts = {"deal": 2} if grid is COARSEST else {"deal": 2, "date": chance.randint(2, 3)}
    issues = (Choice(i, tuple(Option(f"o{k}") for k in range(n))) for i, n in counts.items())
    parties = (Party("ann"), Party("ben"))
    bare = Dispute(
        parties,
        tuple(issues),
        FrozenMap({p.id: Preference(p.id, FrozenMap(), walk_away=F(0)) for p in parties}),
        status_quo=FrozenMap({issue: TODAY[issue] for issue in counts}),
        tolerance=chance.choice((F(1, 100), F(1, 5))),
        price=chance.choice((F(0), F(1, 3))),
    )
    own = [chance.choice(list(hidden_preferences(bare, p.id, grid))) for p in parties]
    return with_own(bare, [replace(one, walk_away=F(0)) for one in own])


@cache
def read(dispute: Dispute, text: Text, reader: str) -> str:
    """Return what a side reads, from the functions that the commands call."""
    who, found, also = "joint" if text.joint else reader, None, {}
    if text.kind is Reading.PARTIAL:
        found = api.partial(dispute, text.rule)
        told, written = explain.tell_partial(dispute, found, who), partial_json(found, who)
    elif text.kind in (Reading.ALTERNATIVES, Reading.IMPROVEMENTS):
        found = api.alternatives(dispute, text.count, within=text.within, agreed=text.agreed)
        told = explain.tell_alternatives(dispute, found, who)
        written = alternatives_json(found, who)
    elif text.kind is Reading.ROBUSTNESS:
        found = api.robustness(dispute, api.settle(dispute), text.error, text.seed)
        told, written = explain.tell_robustness(dispute, found, who), robustness_json(found, who)
    elif text.kind is Reading.HONESTY:
        found = api.honesty(dispute, api.settle(dispute), text.seed)
        told, written = explain.tell_honesty(dispute, found, who), honesty_json(found, who)
    else:
        settlement = api.settle(dispute, text.rule, fewest_shares=text.fewest_shares)
        verdicts = api.properties_of(dispute, settlement)
        if text.kind is Reading.REMEDIES:
            found = api.remedies(dispute, settlement)
            also = remedies_json(found, who, dispute.tolerance)
        told = explain.tell(dispute, settlement, who, None, verdicts, found)
        written = settlement_json(dispute, settlement, who) | also
    return json.dumps(written) if text.as_json else told.text()


def worlds(dispute: Dispute, grid: Hiding, hidden: str) -> list[Dispute]:
    """Return the dispute as it would be for each member of the grid."""
    return [with_own(dispute, [own]) for own in hidden_preferences(dispute, hidden, grid)]


def assert_counted(dispute: Dispute, grid: Hiding, texts: Iterable[Text]) -> int:
    """Compare what is left after each text with listing; return how often it is fewer than all."""
    meter, fewer = Disclosure(Adjusting(dispute), grid, read), 0
    for text in texts:
        for exposure in meter.exposures(Talks(Budget(hiding=grid), texts=(text,))):
            observer, own = exposure.observers[0], read(dispute, text, exposure.observers[0])
            every = worlds(dispute, grid, exposure.party)
            left = [one for one in every if read(one, text, observer) == own]
            assert (exposure.left, exposure.before) == (len(left), len(every))
            assert exposure.texts_counted
            walk_aways = [one.walk_away(exposure.party) for one in left]
            if left:
                span = exposure.walk_away
                assert (span.low, span.high) == (min(walk_aways), max(walk_aways))
            fewer += 0 < len(left) < len(every)
    return fewer


@pytest.mark.parametrize("seed", [1, 2])
def test_left_is_what_would_have_read_the_same(seed: int) -> None:
    """After a text of any of these kinds, and nothing else shown, what is left for a side is each
    member for which it would have read the same text, byte by byte; not every member is."""
    assert assert_counted(drawn(seed), COARSE, QUICK) > len(QUICK)


def test_how_sure_and_what_lying_could_gain_are_counted() -> None:
    """So it is after the texts of how far a package holds, and of what misstating could gain."""
    texts = (Text(Reading.ROBUSTNESS, error=F(1, 5)), Text(Reading.HONESTY))
    assert assert_counted(drawn(1, COARSEST), COARSEST, texts) > 0


def test_what_is_no_text_in_some_world_is_what_is_said_instead() -> None:
    """Where a command refuses in some worlds, a side that was given a text knows that it is in none
    of them; and a text that the command refuses in truth cannot have been given."""
    dispute = drawn(0)

    def picky(would_be: Dispute, text: Text, reader: str) -> str:
        if would_be.preferences["ben"].walk_away:
            raise InputError(Fault("A text", "none", "Another", "H18", "Ask for another."))
        return f"{text.kind.value} for {reader}"

    talks = Talks(Budget(hiding=COARSE), texts=(PARTIAL,))
    exposures = Disclosure(Adjusting(dispute), COARSE, picky).exposures(talks)
    ben = next(one for one in exposures if one.party == "ben")
    members = hidden_preferences(dispute, "ben", COARSE)
    assert ben.left == sum(not own.walk_away for own in members)
    bare = api.talk(api.adjust(replace(dispute, status_quo=None)), Talks(Budget()))
    for text in (PARTIAL, Text(Reading.SETTLEMENT, rule="nahs")):
        with pytest.raises(InputError):
            bare.show_texts(TODAY, text)


def begun(dispute: Dispute, *texts: Text) -> Talking:
    """Return talks in which all sides were given some texts."""
    outcome = api.settle(dispute).outcome
    assert outcome is not None
    return api.talk(api.adjust(dispute), Talks(Budget(hiding=COARSE))).show_texts(outcome, *texts)


def test_only_what_shows_the_settled_package_notes_it() -> None:
    """Who reads the same of a text that is said to show the settlement would be shown the same; of
    each other kind some would read the same and be shown another. Only the first notes it."""
    dispute = drawn(1)
    every = worlds(dispute, COARSE, "ben")
    asked = {kind: IMPROVED if KINDS[kind].needs else Text(kind) for kind in Reading}
    quick = [t for kind, t in asked.items() if kind not in (Reading.ROBUSTNESS, Reading.HONESTY)]
    for text in (*quick, *(replace(t, joint=True) for t in quick), *QUICK):
        seen = defaultdict(set)
        for world in every:
            seen[read(world, text, "ann")].add(settled_for(world, "ann"))
        shows = all(len(one) == 1 for one in seen.values())
        assert shows or not text.shows_settled
        assert (begun(dispute, text).talks.shown is not None) is text.shows_settled
    assert not any(asked[kind].shows_settled for kind in (Reading.ROBUSTNESS, Reading.HONESTY))
    assert sum(text.shows_settled for text in quick) == 3


@pytest.mark.parametrize("text", [PARTIAL, BY_NASH, IMPROVED])
def test_after_any_text_no_word_is_told(text: Text) -> None:
    """What a word would leave is promised only where words alone were told: after a text each is
    refused, of every package, whatever the sides want."""
    refusals = set()
    for world in worlds(drawn(0), COARSE, "ben")[::20]:
        talking = api.talk(api.adjust(world), begun(drawn(0), text).talks)
        for outcome in all_packages(world):
            with pytest.raises(Unsupported) as refused:
                talking.put_forward("ann", outcome)
            refusals.add(str(refused.value))
    assert len(refusals) == 1


def test_what_is_for_all_and_json_tell_a_side_no_more_than_its_own_text() -> None:
    """Who would read the same text of its own would read the same text for all and the same JSON:
    so the docs say, but of the JSON of how sure a package is."""
    dispute = drawn(1)
    kinds = (PARTIAL, IMPROVED, *map(Text, (Reading.SETTLEMENT, Reading.ALTERNATIVES)))
    for text in (*kinds, Text(Reading.REMEDIES)):
        seen = defaultdict(set)
        for world in worlds(dispute, COARSE, "ben"):
            forms = (replace(text, joint=j, as_json=c) for j, c in ((1, 0), (0, 1), (1, 1)))
            seen[read(world, text, "ann")].add(tuple(read(world, f, "ann") for f in forms))
        assert all(len(one) == 1 for one in seen.values())
        assert len(seen) > 1


def test_a_statement_tells_a_side_no_more_than_the_text_of_the_settlement() -> None:
    """Who would read the same text of the settlement would read the same statement of each kind,
    made without a plan: so to note the text is enough."""
    seen = defaultdict(set)
    for world in worlds(drawn(1), COARSE, "ben"):
        settlement = api.settle(world)
        verdicts = api.properties_of(world, settlement)
        if settlement.package is not None:
            for_ann = ("ann", None), None, verdicts
            own = (document(world, settlement, kind, *for_ann) for kind in STATEMENTS)
            seen[read(world, Text(Reading.SETTLEMENT), "ann")].add(tuple(own))
    assert all(len(one) == 1 for one in seen.values())
    assert len(seen) > 1
