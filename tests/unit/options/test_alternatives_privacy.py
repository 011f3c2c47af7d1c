"""What the text and the JSON of alternatives tell, and to whom."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.explain import tell_alternatives
from hikiwake.findings.offers import Alternative, Alternatives
from hikiwake.formats.results.offered import alternatives_json
from hikiwake.model import Dispute, FrozenMap, Preference
from tests.strategies import disputes, share_disputes

F = Fraction
STRANGE = F(987654321)
QUICK = limits(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def scrubbed(told: Alternatives, viewer: str | None) -> Alternatives:
    """Return alternatives with every number of others replaced by a strange one, and how many there
    are to choose from by another."""
    hidden = [p for p in told.parties if p != viewer]

    def strange(numbers: Any) -> Any:
        return FrozenMap({**numbers, **dict.fromkeys(hidden, STRANGE)})

    def package(one: Alternative) -> Alternative:
        return replace(
            one,
            package=replace(
                one.package,
                utilities=strange(one.package.utilities),
                gains=strange(one.package.gains),
                imbalance=STRANGE,
            ),
            short=STRANGE,
            costs=strange(one.costs),
            differences=tuple(replace(d, effects=strange(d.effects)) for d in one.differences),
            together=strange(one.together),
        )

    own = {
        p: tuple(replace(o, utilities=strange(o.utilities), acceptable=False) for o in offers)
        for p, offers in told.equal_worth.items()
        if p == viewer
    }
    return replace(
        told,
        packages=tuple(map(package, told.packages)),
        walk_away=strange(told.walk_away),
        ideals=strange(told.ideals),
        apart=STRANGE,
        ties="infinite",
        considered=987,
        complete=not told.complete,
        exhaustive=not told.exhaustive,
        equal_worth=FrozenMap(own),
        equity=None,
    )


@QUICK
@given(st.one_of(disputes(packages=24), share_disputes()), st.sampled_from(("en", "ja", "ru")))
def test_no_text_holds_what_its_reader_may_not_know(found: Dispute, language: str) -> None:
    """With all numbers of others replaced, a side's text and JSON and the joint ones are equal."""
    told = api.alternatives(found, 3)
    for viewer in (None, *found.party_ids):
        audience = viewer or "joint"
        public = replace(
            found,
            preferences=FrozenMap(
                {p: found.preferences[p] if p == viewer else Preference(p) for p in found.party_ids}
            ),
        )
        text = tell_alternatives(found, told, audience, language).text(10_000)
        hidden = scrubbed(told, viewer)
        assert tell_alternatives(public, hidden, audience, language).text(10_000) == text
        assert alternatives_json(hidden, audience) == alternatives_json(told, audience)
    assert tell_alternatives(found, told, "mediator", language).text()
