"""Documents: what stands in them, in which words, and that what people named is only text."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest

from hikiwake.api import plan, settle
from hikiwake.documents import written
from hikiwake.documents.columns import is_form, shares
from hikiwake.errors import InputError
from hikiwake.explain.language.telling import Section, Table
from hikiwake.explain.statement import KINDS, Backing, Document, document
from hikiwake.findings.course import Planned
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Account, Agreement, Dispute, FrozenMap, Obligation, Stake, Text

DISPUTE = """
hikiwake = 1
title = { en = "The hedge", ja = "生け垣", ru = "Изгородь" }
status_quo = { hedge = "tall" }
[[parties]]
id = "ann"
name = "Ann"
language = "ja"
[parties.names.ja]
hedge = "わたしの木"
[[parties]]
id = "ben"
name = "Ben"
language = "ru"
[parties.names.ru]
hedge = "Моя изгородь"
[[issues]]
id = "hedge"
kind = "choice"
name = "Hedge"
options = ["tall", "short"]
[preferences.ann]
walk_away = "0.1357"
values.hedge = { tall = "0.1357", short = "97.53" }
[preferences.ben]
walk_away = "0.2468"
values.hedge = { tall = "0.2468", short = "86.42" }
[[preferences.ben.red_lines]]
never = { hedge = "tall" }
why = "CANARY-BEN"
"""
OF_ANN, OF_BEN = ("97.53", "1357"), ("86.42", "2468", "CANARY-BEN")
NASTY = '#read("/etc/passwd") *_`[x](y)|</p> $x$ \\ #{1+1}'


@pytest.fixture(scope="module")
def dispute() -> Dispute:
    """A dispute whose points are canaries, and whose sides have their own names."""
    return dispute_from_text(DISPUTE)


def made(dispute: Dispute, kind: str, *reader: str | None, **backing: Any) -> Document:
    """Return a document about the dispute."""
    party, language = (*reader, None, None)[:2]
    return document(dispute, settle(dispute), kind, (party, language), Backing(**backing))


def text(document: Document) -> str:
    """Return a document as Markdown."""
    return written(document, "md").decode()


@pytest.mark.parametrize("kind", ["joint", "terms", "steps"])
@pytest.mark.parametrize("party", [None, "ann", "ben"])
def test_what_may_be_made_public_has_nobodys_points(
    dispute: Dispute, kind: str, party: str | None
) -> None:
    """No document but a private one has anything that a side said, whoever it is written for."""
    found = text(made(dispute, kind, party))
    assert [canary for canary in (*OF_ANN, *OF_BEN) if canary in found] == []


def test_a_memorandum_has_only_its_own_sides_points(dispute: Dispute) -> None:
    """Ann's memorandum has her points and none of Ben's, and says that it is private."""
    found = text(made(dispute, "private", "ann", "en"))
    assert "97.53" in found
    assert [canary for canary in OF_BEN if canary in found] == []
    assert "Private. For the side that it names, and nobody else." in found


def test_an_invented_disputes_documents_say_so_before_their_titles() -> None:
    """The notice stands above the title, of a memorandum as well; no title begins with it."""
    invented = dispute_from_text(DISPUTE.replace("title =", "illustrative = true\ntitle =", 1))
    for kind in KINDS:
        notice, title = made(invented, kind, "ann", "en").title.split("\n")
        assert notice.startswith("Illustrative: ")
        assert title.endswith(("The hedge", "The hedge: for Ann"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reader", ["mediator", "joint", "carl"])
def test_a_document_is_for_a_side_or_for_all(dispute: Dispute, kind: str, reader: str) -> None:
    """Nothing is written for who is no side: the text for the mediator has everybody's points."""
    with pytest.raises(InputError, match="Known: ann, ben"):
        made(dispute, kind, reader)


def test_joint_texts_have_both_names_and_a_sides_its_own(dispute: Dispute) -> None:
    """The joint statement has every side's name for a thing; one for a side only that side's."""
    assert "Моя изгородь / わたしの木" in text(made(dispute, "joint", None, "en"))
    for party, own, other in (("ann", "わたしの木", "Моя"), ("ben", "Моя изгородь", "わたし")):
        found = text(made(dispute, "joint", party))
        assert own in found
        assert other not in found


def test_each_side_reads_its_own_language(dispute: Dispute) -> None:
    """Without another wish Ann's is in Japanese, Ben's in Russian, the joint one in English."""
    assert text(made(dispute, "joint", "ann")).startswith("# 共同声明：生け垣")
    assert text(made(dispute, "joint", "ben")).startswith("# Совместное заявление: Изгородь")
    assert text(made(dispute, "joint")).startswith("# Joint statement: The hedge")


def test_a_draft_says_so_until_all_have_accepted(dispute: Dispute) -> None:
    """A document is a draft, not binding and without prejudice, until all have accepted."""
    assert "Draft. Not binding, and without prejudice." in text(made(dispute, "terms"))
    accepted = text(made(dispute, "terms", accepted=True))
    assert "Draft" not in accepted
    assert "Every side has accepted this package: Ann, Ben." in accepted


def test_record_and_certificate_stand_at_the_foot(dispute: Dispute) -> None:
    """The checkpoint and the commitment to the certificate are the last lines of a document."""
    backing = {"entries": 9, "checkpoint": "00091-EWZ9F", "certificate": "ab" * 32}
    foot = text(made(dispute, "joint", **backing)).rsplit("---", 1)[1]
    assert "Record of 9 entries, checkpoint 00091-EWZ9F" in foot
    assert f"Commitment to the certificate: {'ab' * 32}" in foot


def test_steps_are_what_changes(dispute: Dispute) -> None:
    """The table of steps has what is decided otherwise than today."""
    assert "| 1 | Моя изгородь / わたしの木 – short |" in text(made(dispute, "steps", None, "en"))


PLAN_OF_BEN = ("7.0172", "3.0341", "0.8765", "87.65", "5.0339")


def planned(dispute: Dispute) -> Planned:
    """Return a plan for the dispute in which all that Ben said is a canary."""
    shears = Obligation("shears", ("ann",), ("ben",), Text("lend the shears"))
    cut = Obligation(
        "cut",
        ("ben",),
        ("ann",),
        Text("cut it"),
        words=FrozenMap({"ben": Text("cut mine"), "ann": Text("cut what is hers")}),
        carries=FrozenMap({"hedge": Fraction(1)}),
        after=("shears",),
        latest=date(2027, 3, 31),
        checked=Text("a look over the fence"),
    )
    said = {"shears": Fraction("7.0172"), "cut": Fraction("-3.0341")}
    ben = Account(
        points=FrozenMap(said), stakes=(Stake(Fraction("5.0339")),), trust=Fraction("0.8765")
    )
    ann = Account(points=FrozenMap({"shears": Fraction(-1)}))
    accounts = FrozenMap({"ann": ann, "ben": ben})
    agreement = Agreement(dispute.parties, (cut, shears), accounts)
    return plan(agreement, dispute, settle(dispute))


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
@pytest.mark.parametrize("party", [None, "ann", "ben"])
def test_planned_steps_have_nobodys_figures(
    dispute: Dispute, party: str | None, language: str
) -> None:
    """A table of steps filled from a plan has nothing that a side said of it, nor its trust."""
    course = planned(dispute)
    made = document(dispute, settle(dispute), "steps", (party, language), planned=course)
    found = text(made)
    assert "2027-03-31" in found
    plain = found.replace(",", ".")
    assert [n for n in (*OF_ANN, *OF_BEN, *PLAN_OF_BEN, "%", "≈") if n in plain] == []


@pytest.mark.parametrize(
    ("party", "called"),
    [("ann", "cut what is hers"), ("ben", "cut mine"), (None, "cut mine / cut what is hers")],
)
def test_planned_steps_are_in_order_and_in_each_sides_words(
    dispute: Dispute, party: str | None, called: str
) -> None:
    """Who, what, when, how it is checked and what comes before stand there, first things first."""
    made = document(dispute, settle(dispute), "steps", (party, "en"), planned=planned(dispute))
    table = made.sections[-1].table
    assert table is not None
    assert table.rows == (
        ("1", "Ann", "lend the shears", "by 2027-03-31", "nobody can check it", "–"),
        ("2", "Ben", called, "by 2027-03-31", "a look over the fence", "step 1"),
    )


def test_no_agreement_is_not_stated() -> None:
    """Where there is no package, nothing is written, and why is said."""
    none = dispute_from_text(DISPUTE.replace('"97.53"', '"0.1"'))
    with pytest.raises(InputError, match="no package"):
        made(none, "joint")


def nasty() -> Document:
    """Return a document whose every text would be a command, were it not only text."""
    table = Table((NASTY,), ((NASTY,),))
    return Document("en", NASTY, (Section(NASTY, (NASTY, f"• {NASTY}"), table),), (NASTY,))


def test_markdown_has_no_markup_from_names() -> None:
    """What looks like markup in a name is escaped."""
    found = written(nasty(), "md").decode()
    assert not re.search(r"(?<!\\)[`\[\]<>_]", found)
    assert found.count("|") - found.count(r"\|") == 6


def test_word_has_the_text_as_it_is() -> None:
    """A Word file opens, and has every text unchanged, in the foot as well."""
    from docx import Document as Opened

    opened = Opened(BytesIO(written(nasty(), "docx")))
    assert NASTY in [paragraph.text for paragraph in opened.paragraphs]
    assert [cell.text for row in opened.tables[0].rows for cell in row.cells] == [NASTY, NASTY]
    assert opened.sections[0].footer.paragraphs[0].text == NASTY


def test_a_table_in_word_goes_over_pages() -> None:
    """No row is torn by the end of a page, and the head stands on each page."""
    from docx import Document as Opened

    rows = Opened(BytesIO(written(nasty(), "docx"))).tables[0].rows
    marks = [sorted(re.findall(r"<w:(cantSplit|tblHeader)/>", row._tr.xml)) for row in rows]
    assert marks == [["cantSplit", "tblHeader"], ["cantSplit"]]


def test_a_pdf_takes_names_as_text() -> None:
    """A PDF is made of names that are commands of the typesetter, without running any."""
    assert written(nasty(), "pdf").startswith(b"%PDF-")


@pytest.mark.parametrize("party", [None, "ann", "ben"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_has_its_glyph(dispute: Dispute, kind: str, party: str | None) -> None:
    """The font has every letter of every document, in all three languages."""
    import noto_cjk_sans_jp_regular as font
    from fontTools.ttLib import TTFont

    if kind == "private" and party is None:
        return
    with TTFont(str(font.FONT_PATH), lazy=True) as opened:
        known = set(opened.getBestCmap() or ())
    missing = {c for c in text(made(dispute, kind, party)) if ord(c) not in known and c != "\n"}
    assert missing == set()


def test_columns_are_as_wide_as_their_texts_need() -> None:
    """A column of short texts is narrow, a longer text takes more; what is filled in has room."""
    told = Table(("No.", "What", "When"), (("1", "all of it, part by part", "by May 2027"),))
    number, what, when = shares(told)
    assert number == 0
    assert what > when > 0
    form = Table(("Side", "Signature"), (("Ann", ""),))
    assert shares(form)[1] > 0
    assert (is_form(form), is_form(told)) == (True, False)


def test_an_unknown_form_is_refused(dispute: Dispute) -> None:
    """A file that ends in nothing we write is refused with the forms there are."""
    with pytest.raises(InputError, match="Known: md, docx, pdf"):
        written(made(dispute, "joint"), "odt")
