"""Score sheets with a column of points for each party, and in other languages."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from fractions import Fraction
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hikiwake.errors import FormatError
from hikiwake.formats import read
from hikiwake.model import Choice, Dispute, Table
from tests.drawing import Draw

Rows = list[tuple[Any, ...]]
Book = Callable[..., Path]

HEADINGS = {
    "en": ("Issue", "Option", "Threshold", "{}"),
    "de": ("Thema", "Möglichkeit", "Schwelle", "Punkte für {}"),
    "fr": ("Sujet", "Choix", "Seuil", "Points de {}"),
    "es": ("Tema", "Opción", "Umbral", "Puntos de {}"),
    "ru": ("Вопрос", "Вариант", "Порог", "Баллы {}"),
    "ja": ("論点", "選択肢", "閾値", "{}の点数"),
}
BOTH: Rows = [
    ("Issue", "Option", "Ann", "Ben"),
    ("Wage", "low", 0, 60),
    (None, "high", 40, 0),
    ("Holiday", "20 days", 0, "20,5"),
    (None, "25 days", 30.5, 0),
    ("Threshold", None, 25, 10),
]


def scores(dispute: Dispute, party: str) -> dict[str, dict[str, Fraction]]:
    """Return a party's points by the names of issues and options."""
    found: dict[str, dict[str, Fraction]] = {}
    for issue in dispute.issues:
        table = dispute.preferences[party].points.get(issue.id)
        if isinstance(table, Table) and isinstance(issue, Choice):
            names = {option.id: option.name.plain or option.id for option in issue.options}
            points = {names[option]: worth for option, worth in table.points.items()}
            found[issue.name.plain or issue.id] = points
    return found


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a maker of workbooks: a sheet's rows by its name."""

    def make(**sheets: Rows) -> Path:
        return workbook(tmp_path / "scores.xlsx", sheets)

    return make


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook."""
    openpyxl: Any = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def with_row(place: int, *row: Any) -> Rows:
    """Return the rows of both with another one at a place."""
    return [row if n == place else own for n, own in enumerate(BOTH)]


def test_a_column_for_each_party_is_a_dispute(book: Book) -> None:
    """Each column of numbers right of the options is the party's whose name stands above it."""
    dispute = read(book(Scores=BOTH))
    assert dispute.party_ids == ("Ann", "Ben")
    assert scores(dispute, "Ben") == {
        "Wage": {"low": 60, "high": 0},
        "Holiday": {"20 days": Fraction(41, 2), "25 days": 0},
    }
    assert (dispute.walk_away("Ann"), dispute.walk_away("Ben")) == (25, 10)
    assert dispute.notes == ()


def test_a_dispute_may_be_spread_over_sheets_or_files(book: Book, tmp_path: Path) -> None:
    """A sheet or file for each issue, with a column a party in each, is one dispute."""
    whole = read(book(Scores=BOTH))
    assert read(book(Wages=BOTH[:3], Holidays=[BOTH[0], *BOTH[3:]])).preferences == (
        whole.preferences
    )
    (tmp_path / "apart").mkdir()
    for name, rows in (("wages", BOTH[:3]), ("days", [BOTH[0], *BOTH[3:]])):
        lines = (";".join("" if c is None else str(c) for c in row) for row in rows)
        (tmp_path / "apart" / f"{name}.csv").write_text("\n".join(lines), "utf-8")
    assert scores(read(tmp_path / "apart"), "Ann") == scores(whole, "Ann")


def test_a_folder_of_workbooks_is_a_dispute(tmp_path: Path) -> None:
    """A workbook for each party, with one sheet of any name, beside a CSV file for another."""
    for place, party in ((2, "Ann"), (3, "Ben")):
        rows = [(*row[:2], row[place]) for row in BOTH]
        rows[0] = ("Issue", "Option", "Points")
        workbook(tmp_path / f"{party}.xlsx", {"Sheet1": rows})
    whole = "Issue;Option;Points\nWage;low;1\n;high;2\nBATNA;;1\n"
    (tmp_path / "Cem.csv").write_text(whole, "utf-8")
    dispute = read(tmp_path)
    assert dispute.party_ids == ("Ann", "Ben", "Cem")
    assert scores(dispute, "Ben")["Holiday"]["20 days"] == Fraction(41, 2)


def test_words_beside_the_numbers_are_ignored_and_noted(book: Book) -> None:
    """A column of remarks is nobody's points, and a note says that it is ignored."""
    rows = [(*row[:2], "Unit" if not n else "EUR", *row[2:]) for n, row in enumerate(BOTH)]
    dispute = read(book(Scores=rows))
    assert dispute.party_ids == ("Ann", "Ben")
    assert dispute.notes == ("scores.xlsx, sheet 'Scores': columns that are ignored: 'Unit'.",)


def test_an_issue_that_a_party_leaves_blank_does_not_matter_to_it(book: Book) -> None:
    """No number for any option of the issue: 0 for all, with a note (H2)."""
    rows = with_row(3, "Holiday", "20 days", None, 20)
    rows[4] = (None, "25 days", None, 0)
    dispute = read(book(Scores=rows))
    assert set(scores(dispute, "Ann")) == {"Wage"}
    assert "column C 'Ann': the issue 'Holiday' is not scored" in dispute.notes[0]


@pytest.mark.parametrize("language", HEADINGS)
def test_headings_are_read_in_six_languages(book: Book, language: str) -> None:
    """Headings, the last line, and what says that these are points of a party."""
    issue, option, threshold, points = HEADINGS[language]
    rows = [(issue, option, points.format("Ann"), points.format("Ben")), *BOTH[1:-1]]
    dispute = read(book(Scores=[*rows, (threshold, None, 25, 10)]))
    assert dispute.party_ids == ("Ann", "Ben")
    assert dispute.walk_away("Ann") == 25


@pytest.mark.parametrize(
    ("encoding", "language", "named"),
    [("cp1251", "ru", "Windows-1251"), ("cp932", "ja", "Shift-JIS"), ("cp1252", "es", "1252")],
)
def test_what_windows_writes_there_is_told_by_its_headings(
    tmp_path: Path, encoding: str, language: str, named: str
) -> None:
    """A file in no UTF-8 is read in the encoding in which its headings are words; that is noted."""
    issue, option, threshold, points = HEADINGS[language]
    head = f"{issue};{option};{points.format('A')};{points.format('B')}"
    text = f"{head}\nX;y;1;2\n;z;3;4\n{threshold};;1;1\n"
    (tmp_path / "all.csv").write_bytes(text.encode(encoding))
    dispute = read(tmp_path / "all.csv")
    assert dispute.walk_away("A") == 1
    assert named in dispute.notes[0]


@pytest.mark.parametrize("cell", ["40 pts", "40 points", "４０点", "40 Punkte", "４０", " 40 "])
def test_a_number_may_say_that_it_is_points(book: Book, cell: str) -> None:
    """The word points beside a number, and wide digits, change nothing."""
    assert (
        scores(read(book(Scores=with_row(2, None, "high", cell, 0))), "Ann")["Wage"]["high"] == 40
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (with_row(2, None, "high", None, 0), r"'Scores', row 3, column C: .*'high' is nothing"),
        (with_row(2, None, "high", "40 EUR", 0), r"row 3, column C: .*number with a unit"),
        (with_row(2, None, "high", 40, "a lot"), r"row 3, column D: .*is a text that is no number"),
        ([*BOTH, ("BATNA", None, 3, 4)], r"row 7, column D: .*second threshold \(also .*row 6"),
        (with_row(5, "Threshold", None, 25, None), r"row 6, column D: .*the threshold is nothing"),
        ([*BOTH[:3], (None, "high", 1, 2)], r"row 4, column C: .*'high' twice \(also .*row 3"),
        (with_row(0, "Issue", "Option", "Ann (EUR)", "Ann (h)"),
         r"row 1: .*column C 'Ann \(EUR\)' and column D 'Ann \(h\)' may both .* 'Ann'"),
        (with_row(0, "Issue", "Option", "Weight", "Ben"), r"row 1: .*C 'Weight' holds weights"),
        (with_row(0, "Issue", "Option", "Points", "Points"), r"column C 'Points' and column D"),
        (with_row(0, "Kwestia", "Opcja", "Ann", "Ben"), r"no score sheet.*Japanese"),
        ([*BOTH[:5], ("Total", None, 70, 80), (None, "30", 1, 1)], ""),
    ],
)  # fmt: skip
def test_a_fault_names_sheet_row_and_column(book: Book, rows: Rows, message: str) -> None:
    """Each fault says where it stands, and never what somebody's points are; a total is none."""
    path = book(Scores=rows)
    if not message:
        assert read(path).party_ids == ("Ann", "Ben")
        return
    with pytest.raises(FormatError, match=f"(?s){message}") as error:
        read(path)
    assert "40" not in str(error.value)


def test_who_a_number_belongs_to_is_said_once_only(book: Book) -> None:
    """A column that names the party and a column for each party contradict each other."""
    rows = [("Party" if not n else "Cem", *row) for n, row in enumerate(BOTH)]
    with pytest.raises(FormatError, match=r"column A 'Party' and column D 'Ann' both say whose"):
        read(book(Scores=rows))


def test_a_decimal_comma_is_not_cut_where_commas_part_cells(tmp_path: Path) -> None:
    """``12,5`` without quotes is two cells there: refused, instead of read as 12."""
    for text, line in (
        ("Issue,Option,Ann,Ben\nWage,low,0,12,5\n,high,1,2\n", "column E"),
        ("party,issue,option,points\nAnn,Wage,low,0,5\nBen,Wage,low,1\n", "column E"),
    ):
        (tmp_path / "all.csv").write_text(text, "utf-8")
        with pytest.raises(FormatError, match=rf"line 2, {line}: .*more cells than there are head"):
            read(tmp_path / "all.csv")


def test_an_issue_written_in_two_ways_is_a_fault(book: Book) -> None:
    """``Wage`` in one sheet and ``Wages`` in the other, with the same options, are one issue."""
    one: Rows = [("Issue", "Option", "Points"), ("Wage", "low", 1), ("Tea", "yes", 1)]
    two = [*one[:1], ("Wages", "low", 1), *one[2:]]
    with pytest.raises(FormatError, match=r"'Ben', row 2, column C: .*'Wages', which reads 'Wage'"):
        read(book(Ann=one, Ben=two))
    with pytest.raises(FormatError, match="no issue that another party scores as well"):
        read(book(Ann=one[:2], Ben=[one[0], ("Holiday", "20 days", 1)]))


def test_an_option_that_another_sheet_lacks_has_its_line(book: Book) -> None:
    """Where the options of an issue differ the fault names the line of the option."""
    one: Rows = [("Issue", "Option", "Points"), ("Wage", "low", 1)]
    with pytest.raises(FormatError, match=r"'Ben', row 3, column C: .*the option 'high'"):
        read(book(Ann=one, Ben=[*one, (None, "high", 2)]))


NAMES = ("Wage", "2.5 %", "家", "Тарифы", "a, b; c", 'say "no"', "Ünsal", "Total of all", "x (EUR)")


@st.composite
def tables(draw: Draw) -> tuple[str, list[str], dict[str, list[str]], list[list[str]]]:
    """A language, parties, issues with options, and a line of numbers for each option, as text."""
    parties = draw(st.lists(st.sampled_from(("甲", "Ann", "Ben", "Профсоюз", "Cem")), min_size=2,
                            max_size=4, unique=True))  # fmt: skip
    names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
    issues = {issue: draw(names) for issue in draw(names)}
    number = st.decimals(-500, 500, allow_nan=False, places=3).map(str)
    count = sum(map(len, issues.values())) + 1
    line = st.lists(number, min_size=len(parties), max_size=len(parties))
    lines = draw(st.lists(line, min_size=count, max_size=count))
    return draw(st.sampled_from(sorted(HEADINGS))), parties, issues, lines


@given(table=tables(), form=st.sampled_from(("csv", "xlsx")))
@settings(max_examples=60)
def test_what_is_written_in_columns_is_read_again(
    table: tuple[str, list[str], dict[str, list[str]], list[list[str]]], form: str
) -> None:
    """Any names and points, in any of the languages, as CSV or as a workbook of texts."""
    language, parties, issues, lines = table
    issue_word, option_word, threshold, points = HEADINGS[language]
    options = [(issue, option) for issue, own in issues.items() for option in own]
    rows: Rows = [(issue_word, option_word, *(points.format(p) for p in parties))]
    rows += [(*o, *line) for o, line in zip([*options, (threshold, "")], lines, strict=True)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"all.{form}"
        if form == "csv":
            out = StringIO(newline="")
            csv.writer(out).writerows(rows)
            path.write_text(out.getvalue(), "utf-8")
        else:
            workbook(path, {"Scores": rows})
        dispute = read(path)
    for place, party in enumerate(parties):
        given_points = [Fraction(line[place]) for line in lines]
        found = scores(dispute, party)
        assert [found[issue][option] for issue, option in options] == given_points[:-1]
        assert dispute.walk_away(party) == given_points[-1]
