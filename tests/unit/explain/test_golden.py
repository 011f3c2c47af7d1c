"""Whole tellings, kept as files to be read aloud; and every example, told to everybody."""

from dataclasses import replace
from pathlib import Path

import pytest

from hikiwake.api import load, settle
from hikiwake.explain import tell
from hikiwake.explain.language.layout import width_of
from tests.unit.explain.cast import heirs, heirs_settled, islands, islands_settled, uneven
from tests.unit.explain.readers import LANGUAGES, told, without_others

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "explain"
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/dispute.toml"))
CASES = {
    "heirs-draw": heirs_settled,
    "islands-draw": islands_settled,
    "islands-uneven": lambda: (islands(), uneven()),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_tellings_are_as_they_were_read_and_agreed(case: str, language: str) -> None:
    """Every word to every audience; on a mismatch a .new file is written, to look at and move."""
    dispute, settlement = CASES[case]()
    audiences = ("joint", *dispute.party_ids, "mediator")
    text = "\n".join(tell(dispute, settlement, a, language).text() for a in audiences)
    golden = GOLDEN / f"{case}.{language}.txt"
    if not golden.exists() or golden.read_text("utf-8") != text:
        golden.with_suffix(".txt.new").write_text(text, "utf-8")
        pytest.fail(f"{golden.name} differs; see {golden.name}.new")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_hand_made_texts_depend_on_nothing_private(case: str, language: str) -> None:
    """With everything private to others replaced, each reader's text is the same."""
    dispute, settlement = CASES[case]()
    for viewer in (None, *dispute.party_ids):
        audience = viewer or "joint"
        hidden = without_others(dispute, settlement, viewer)
        assert told(*hidden, audience, language) == told(dispute, settlement, audience, language)
        assert told(*hidden, "mediator", language) != told(
            dispute, settlement, "mediator", language
        )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_told_to_everybody(example: Path) -> None:
    """Each example reads well formed in every language, and no party reads anything private."""
    dispute = load(example)
    settlement = replace(settle(dispute), seconds=0.0)
    for language in LANGUAGES:
        for audience in ("mediator", "joint", *dispute.party_ids):
            text = tell(dispute, settlement, audience, language).text()
            assert all(width_of(line) <= 80 for line in text.splitlines())
            assert "{" not in text
            if audience != "mediator":
                viewer = None if audience == "joint" else audience
                hidden = without_others(dispute, settlement, viewer)
                assert tell(*hidden, audience, language).text() == text


def test_the_cast_settles_as_its_hand_made_settlement_says() -> None:
    """The hand-made draw of the islands is what the real engine answers."""
    dispute, settlement = islands_settled()
    real = settle(dispute)
    assert real.outcome == settlement.outcome
    assert real.status is settlement.status
    assert settle(heirs()).outcome is not None
