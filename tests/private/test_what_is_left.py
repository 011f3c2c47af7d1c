"""How much of what a side might hide is left after each text: the table in the docs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice, product
from pathlib import Path

import pytest

from hikiwake import api
from hikiwake.explain import tell, tell_alternatives
from hikiwake.findings.talks import Budget, Hiding, Talks
from hikiwake.findings.texts import Reading, Text
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute, FrozenMap
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.told.asked import settled_for
from tests.support.disclosed import with_member

pytestmark = pytest.mark.xdist_group("texts of a workshop")  # they are told once, in one process

TEXTBOOK = Path(__file__).parents[2] / "docs" / "textbook"
TABLE = (TEXTBOOK / "what-cannot-be-promised.md").read_text("utf-8")


def workshop() -> Dispute:
    """Return the dispute of the page on what is disclosed."""
    page = (TEXTBOOK / "disclosure.md").read_text("utf-8")
    found = re.search(r"```toml\n(# workshop\.toml\n.*?)```", page, re.DOTALL)
    assert found is not None
    return dispute_from_text(found[1], "workshop.toml")


def told_word(dispute: Dispute) -> str:
    outcome = api.settle(workshop()).outcome
    assert outcome is not None
    return api.adjust(dispute, repairs=False).word(outcome).value


def told_as_metered(dispute: Dispute) -> str:
    return repr(settled_for(dispute, "ann"))


def told_settled(dispute: Dispute) -> str:
    settlement = api.settle(dispute)
    verdicts = api.properties_of(dispute, settlement)
    return tell(dispute, settlement, "ann", None, verdicts).text()


def told_remedied(dispute: Dispute) -> str:
    settlement = api.settle(dispute)
    verdicts, remedies = api.properties_of(dispute, settlement), api.remedies(dispute, settlement)
    return tell(dispute, settlement, "ann", None, verdicts, remedies).text()


def told_two(dispute: Dispute) -> str:
    return tell_alternatives(dispute, api.alternatives(dispute, 2), "ann").text()


def told_five(dispute: Dispute) -> str:
    return tell_alternatives(dispute, api.alternatives(dispute, 5), "ann").text()


def told_from_each(dispute: Dispute) -> str:
    ids = [issue.id for issue in dispute.issues]
    ways = product(*(dispute.decisions_of(issue) or () for issue in dispute.issues))
    packages = (FrozenMap(dict(zip(ids, values, strict=True))) for values in ways)
    found = (api.alternatives(dispute, 2, agreed=package) for package in packages)
    return "".join(tell_alternatives(dispute, one, "ann").text() for one in found)


def worlds() -> Iterator[Dispute]:
    """Yield the dispute as it would be for all that Ben might hide."""
    dispute = workshop()
    for member in hidden_preferences(dispute, "ben", Hiding()):
        yield with_member(dispute, member)


@cache
def texts_of(told: Callable[[Dispute], str], each: int = 1) -> tuple[str, ...]:
    """Return what Ann would be told in each of these worlds, or in every so many of them."""
    return tuple(map(told, islice(worlds(), 0, None, each)))


def left_after(texts: Sequence[str]) -> tuple[int, str]:
    """Return how many possibilities are left on average, and how often only one is."""
    alike = Counter(texts).values()
    known = 100 * sum(n == 1 for n in alike) / len(texts)
    percent = f"{known:.1f} %" if known < 1 else f"{known:.0f} %"
    return round(sum(n * n for n in alike) / len(texts)), percent if known else "never"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "row", "left"),
    [
        (told_word, "one word about the settled package | 284 |", 284),
        (told_as_metered, "what the meter counts as shown | 49 |", 49),
        (told_settled, "which packages are as good or even but dearer | 36 |", 36),
        (told_two, "`--count 5` | 36, or 35 |", 36),
        (told_five, "`--count 5` | 36, or 35 |", 35),
        (told_from_each, "from each of the 8 packages in turn | 13 |", 13),
    ],
)
def test_so_many_are_left_after_a_text(told: Callable[[Dispute], str], row: str, left: int) -> None:
    """Whatever Ben might hide, each as likely as any other: so many of his possibilities would have
    shown Ann the same text, byte by byte, on average, and so often no other; so the docs say."""
    found, known = left_after(texts_of(told))
    assert found == left
    assert f"{row} {known} |" in TABLE


@pytest.mark.slow
def test_remedies_tell_more() -> None:
    """Of every sixth possibility fewer are left after remedies than after the settlement alone, and
    more often no other; and so the docs say."""
    settled, known = left_after(texts_of(told_settled)[::6])
    remedied, more = left_after(texts_of(told_remedied, 6))
    said = f"{settled} are left after `settle --audience ann`, and {remedied} after"
    assert said in " ".join(TABLE.split())
    assert f"knows Ben's points in {known} and in {more} of the cases" in " ".join(TABLE.split())


@pytest.mark.slow
def test_the_meter_counts_the_rows_of_texts() -> None:
    """After the text of the settlement, or five alternatives, the meter leaves just as many as
    would have shown Ann the same text, of truths that leave few, some and many: so the averages of
    the docs are the meter's."""
    for kind, told in ((Reading.SETTLEMENT, told_settled), (Reading.ALTERNATIVES, told_five)):
        texts = texts_of(told)
        alike = Counter(texts)
        truths = {alike[text]: world for text, world in zip(texts, worlds(), strict=True)}
        for left in sorted(truths)[:: len(truths) // 4]:
            outcome = api.settle(truths[left]).outcome
            talks = Talks(Budget(), shown=outcome, texts=(Text(kind),))
            exposures = api.talk(api.adjust(truths[left]), talks).exposures()
            assert [e.left for e in exposures if e.party == "ben"] == [left]
