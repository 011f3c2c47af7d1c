"""Score sheets in CSV and in workbooks: what they mean, and what happens to broken ones."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hikiwake.errors import FormatError, Unsupported
from hikiwake.formats import read
from hikiwake.formats.scoresheet import read_scoresheet
from hikiwake.model import Choice, Dispute, Table

UNION = """Issue,Option,Points
Wage,low,0
,high,40
Holiday,20 days,0
Holiday,25 days,30.5
Threshold,,25
"""
FIRM = """Issue;Option;Points
Wage;high;0
;low;60
Holiday;25 days;0
;20 days;12,5

Walk-away:;;10
"""

Book = Callable[..., Path]


def points_of(dispute: Dispute, party: str, issue: str) -> Mapping[str, Fraction]:
    """Return a party's points for each option of an issue."""
    table = dispute.preferences[party].points[issue]
    assert isinstance(table, Table)
    return table.points


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the score sheets of a union and a firm."""
    (tmp_path / "union.csv").write_text(UNION, "utf-8")
    (tmp_path / "firm.csv").write_text(FIRM, "utf-8")
    return tmp_path


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a maker of workbooks: a sheet's rows by its name."""
    openpyxl: Any = pytest.importorskip("openpyxl")

    def make(**sheets: list[tuple[Any, ...]]) -> Path:
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name, rows in sheets.items():
            sheet = made.create_sheet(name.replace("_hidden", ""))
            for row in rows:
                sheet.append(row)
            if name.endswith("_hidden"):
                sheet.sheet_state = "hidden"
        made.save(tmp_path / "scores.xlsx")
        return tmp_path / "scores.xlsx"

    return make


ANN = [
    ("Issue", "Option", "Points"),
    ("Price", "high", 0.1),
    (None, "low", 2),
    ("Threshold", None, 1),
]
BEN = [("Issue", "Option", "Points"), ("Price", "low", 0), ("Price", "high", 3), ("BATNA", None, 2)]


def test_a_folder_of_sheets_is_a_dispute(folder: Path) -> None:
    """Each file is a party, named after the file; the threshold is its walk-away value."""
    dispute = read(folder)
    assert dispute.party_ids == ("firm", "union")
    assert points_of(dispute, "union", "Holiday") == {"25 days": Fraction(61, 2), "20 days": 0}
    assert (dispute.walk_away("union"), dispute.walk_away("firm")) == (25, 10)
    assert dispute.notes == ()


def test_blank_cells_under_an_issue_belong_to_it_and_commas_may_be_decimal(folder: Path) -> None:
    """Parted by semicolons, 12,5 is twelve and a half; a blank issue repeats the one above."""
    assert points_of(read(folder), "firm", "Holiday")["20 days"] == Fraction(25, 2)
    assert points_of(read(folder), "firm", "Wage")["low"] == 60


def test_one_file_with_a_party_column_is_the_same_dispute(tmp_path: Path) -> None:
    """A column for the party, in any order of columns, says whose points a line gives."""
    path = tmp_path / "all.csv"
    path.write_text(
        "Points,Role,Issue,Option\n1.5,Ann,Price,high\n0,,,low\n1,,Threshold,\n"
        "0,Ben,Price,high\n2,Ben,Price,low\n0,Ben,Threshold,\n",
        "utf-8",
    )
    dispute = read(path)
    assert dispute.party_ids == ("Ann", "Ben")
    assert points_of(dispute, "Ann", "Price") == {"high": Fraction(3, 2), "low": 0}
    assert dispute.walk_away("Ann") == 1


def test_a_new_party_does_not_take_over_the_issue_above(tmp_path: Path) -> None:
    """Where the party changes and the issue is blank, nobody knows the issue: a fault."""
    path = tmp_path / "all.csv"
    path.write_text("party,issue,option,points\nAnn,Price,high,1\nBen,,high,2\n", "utf-8")
    with pytest.raises(FormatError, match=r"all.csv line 3: .*an option without an issue"):
        read(path)


def test_a_sheet_is_told_by_its_headings_whatever_its_name(tmp_path: Path) -> None:
    """A text file that begins with the headings is a score sheet, even without .csv."""
    path = tmp_path / "scores.txt"
    lines = (f"{p}\tPrice\t{o}\t{n}" for p in ("Ann", "Ben") for n, o in enumerate("ab"))
    path.write_text("party\tissue\toption\tpoints\n" + "\n".join(lines), "utf-8")
    assert read(path).party_ids == ("Ann", "Ben")


def test_headings_may_be_missing(folder: Path) -> None:
    """Without headings, three columns whose third is a number are issue, option, points."""
    text = UNION.removeprefix("Issue,Option,Points\n")
    (folder / "union.csv").write_text(text, "utf-8")
    assert points_of(read(folder), "union", "Wage")["high"] == 40


def test_a_workbook_is_read_cell_by_cell(book: Book) -> None:
    """One sheet a party; 0.1 in a cell is a tenth, not the nearest binary fraction."""
    dispute = read(book(Ann=ANN, Ben=BEN))
    assert dispute.party_ids == ("Ann", "Ben")
    assert points_of(dispute, "Ann", "Price") == {"high": Fraction(1, 10), "low": 2}
    assert dispute.walk_away("Ben") == 2
    assert dispute.title.plain == "scores"


def test_other_sheets_are_ignored_and_noted(book: Book) -> None:
    """A sheet with instructions and a hidden sheet are no parties, and that is said."""
    path = book(Read_me=[("Please score", "each option")], Ann=ANN, Ben=BEN, Key_hidden=ANN)
    dispute = read(path)
    assert dispute.party_ids == ("Ann", "Ben")
    assert [note.split(":")[0] for note in dispute.notes] == [
        "No score sheet, ignored",
        "A hidden sheet is ignored",
    ]


def test_a_formula_that_was_never_computed_is_a_fault(book: Book) -> None:
    """A program that writes formulas without values leaves nothing to read."""
    rows = [*ANN[:2], ("Price", "low", "=1+1")]
    with pytest.raises(FormatError, match=r"'Ann', row 3.*never computed"):
        read(book(Ann=rows, Ben=BEN))


def test_a_total_is_ignored_and_a_missing_threshold_noted(folder: Path) -> None:
    """A line Total adds nothing; a party that declares no threshold keeps 0 (H4)."""
    (folder / "union.csv").write_text(UNION.replace("Threshold,,25", "Total,,70.5"), "utf-8")
    dispute = read(folder)
    assert dispute.walk_away("union") == 0
    assert dispute.notes == (
        "union.csv: lines with totals are ignored.",
        "union.csv: declares no threshold (H4).",
    )


def test_an_issue_that_one_party_leaves_out_does_not_matter_to_it(folder: Path) -> None:
    """The firm says nothing about holidays: 0 for every option of them, with a note (H2)."""
    (folder / "firm.csv").write_text(FIRM[: FIRM.index("Holiday")], "utf-8")
    dispute = read(folder)
    assert set(dispute.preferences["firm"].points) == {"Wage"}
    assert "'Holiday' is not scored" in dispute.notes[0]


def test_ids_are_made_usable_and_names_stay(folder: Path) -> None:
    """An option 2.5 % has the id ``2_5 %``, and its own name to be read."""
    for name in ("union", "firm"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace("high", "2.5 %"), "utf-8")
    wage = read(folder).issue("Wage")
    assert isinstance(wage, Choice)
    assert [(o.id, o.name.plain) for o in wage.options] == [("2_5 %", "2.5 %"), ("low", "")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "60",
            "sixty",
            r"firm.csv line 3, column C: .*what stands for 'low' is a text that is no number",
        ),
        ("60", "1,000", "line 3, column C: .*thousands or decimals"),
        ("60", "", "line 3, column C: .*nothing: an empty or merged cell"),
        ("60", "1e99", "line 3, column C: .*an exponent beyond"),
        (";low", ";high", "line 3, column C: .*'Wage' has the option 'high' twice"),
        (";low", ";lowest", "no points for 'lowest'.*'low'|no points for 'low'.*'lowest'"),
        ("Walk-away:", "Walk-away:;;1\nBATNA", "a second threshold"),
        ("Walk-away:", "Something", "points without an option"),
        ("Wage;high", ";high", "line 2: .*an option without an issue"),
        ("Issue;Option;Points\nWage;high;0\n", "Hello\n", "no score sheet"),
        (";low;60", ';"low;60', "a cell without an end"),
    ],
)
def test_a_broken_sheet_says_what_and_where(folder: Path, old: str, new: str, message: str) -> None:
    """Each fault names the file, the line where there is one, and what was found."""
    (folder / "firm.csv").write_text(FIRM.replace(old, new, 1), "utf-8")
    with pytest.raises(FormatError, match=f"(?s){message}"):
        read(folder)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("1 500", 1500),
        ("−1\u202f500,5", Fraction(-3001, 2)),
        ("1’500", 1500),
        ("1.500,50", Fraction(3001, 2)),
        ("1,500.50", Fraction(3001, 2)),
        ("1.234.567", 1_234_567),
        ("0,125", Fraction(1, 8)),
        ("1 / 3", Fraction(1, 3)),
    ],
)
def test_thousands_may_be_parted(folder: Path, cell: str, meant: Fraction) -> None:
    """By blanks, apostrophes, points or commas, where that can mean one number only."""
    (folder / "firm.csv").write_text(FIRM.replace("60", cell), "utf-8")
    assert points_of(read(folder), "firm", "Wage")["low"] == meant


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("1.500", "point may part thousands"),
        ("1 1/2", "no number"),
        ("12 5", "no number"),
        ("1.50.000", "no number"),
        ("60 %", "a percent sign"),
    ],
)
def test_a_number_that_may_mean_two_things_is_a_fault(folder: Path, cell: str, found: str) -> None:
    """1.500 beside 12,5 may be a thousand and a half, or one and a half; 1 1/2 is not 11/2."""
    (folder / "firm.csv").write_text(FIRM.replace("60", cell), "utf-8")
    with pytest.raises(FormatError, match=f"(?s)line 3, column C: .*{found}"):
        read(folder)


@pytest.mark.parametrize(
    "line",
    [
        "Your BATNA:;;10",
        "Reservation price;;10",
        "Walk-away point;;10",
        "Bottom line (private);;10",
        ";Threshold;10",
        "BATNA;none;10",
        "Threshold;-;10",
    ],
)
def test_the_threshold_is_told_by_many_words_and_in_either_column(folder: Path, line: str) -> None:
    """It is never taken for one more option of the last issue."""
    (folder / "firm.csv").write_text(FIRM.replace("Walk-away:;;10", line), "utf-8")
    found = read(folder)
    assert found.walk_away("firm") == 10
    assert points_of(found, "firm", "Holiday").keys() == {"25 days", "20 days"}


def test_words_that_may_be_an_option_stay_one(tmp_path: Path) -> None:
    """Under an issue, ``No deal`` is an option; before an option, ``Reservation`` an issue."""
    text = "Issue,Option,Points\nMerger,deal,3\n,No deal,1\nReservation,none,2\n,two,0\nBATNA,,1\n"
    for party in ("ann", "ben"):
        (tmp_path / f"{party}.csv").write_text(text, "utf-8")
    found = read(tmp_path)
    assert [issue.id for issue in found.issues] == ["Merger", "Reservation"]
    assert points_of(found, "ann", "Merger") == {"deal": 3, "No deal": 1}


def test_what_stands_above_the_headings_is_ignored(folder: Path) -> None:
    """A title, whose sheet it is: the headings are looked for in the first lines, with a note."""
    headed = FIRM.replace("Issue;Option;Points", "Topics;Options;Pts (of 100);Why")
    text = f"Score sheet, for the firm, only\n\nKeep it; tell nobody\n{headed}"
    (folder / "firm.csv").write_text(text, "utf-8")
    found = read(folder)
    assert points_of(found, "firm", "Wage") == {"high": 0, "low": 60}
    assert "firm.csv: what stands above the headings is ignored." in found.notes


def test_faults_never_repeat_points(folder: Path) -> None:
    """A number that cannot be read stands in no fault (H14)."""
    (folder / "firm.csv").write_text(FIRM.replace("60", "60x4711").replace("10", "8e4711"), "utf-8")
    with pytest.raises(FormatError) as error:
        read(folder)
    assert len(error.value.faults) == 2
    assert "4711" not in str(error.value)


def test_all_faults_are_told_at_once_and_the_rest_counted(folder: Path) -> None:
    """100 faults are listed, 50 more counted (H16)."""
    lines = "".join(f"Issue {n};a;x\n" for n in range(150))
    (folder / "firm.csv").write_text(f"Issue;Option;Points\n{lines}", "utf-8")
    with pytest.raises(FormatError) as error:
        read(folder)
    assert len(error.value.faults) == 101
    assert error.value.faults[-1].found == "50 more faults"


def test_one_party_is_no_dispute(folder: Path) -> None:
    """A folder with one sheet, or a file that does not say whose lines they are, is refused."""
    (folder / "firm.csv").unlink()
    with pytest.raises(FormatError, match=r"1 score sheet. A dispute has two parties"):
        read(folder)
    with pytest.raises(FormatError, match="no heading `party`"):
        read(folder / "union.csv")


@pytest.mark.parametrize("content", [b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0 locked"])
def test_a_file_that_only_begins_like_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    """Half a workbook, an old one or one with a password cannot be read, and that is said."""
    (tmp_path / "scores.xlsx").write_bytes(content)
    with pytest.raises(FormatError, match=r"scores.xlsx.*no workbook that can be read"):
        read(tmp_path / "scores.xlsx")


def test_a_workbook_that_unpacks_to_very_much_is_refused_unread(tmp_path: Path) -> None:
    """100 MiB of zeros packed into a few kilobytes are never unpacked (H16)."""
    path = tmp_path / "scores.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(100 * 2**20))
    with pytest.raises(FormatError, match=r"too large when unpacked.*H16"):
        read(path)


def test_without_the_library_the_way_to_install_it_is_told(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook needs openpyxl; where it is missing the fault names the extra."""
    path = book(Ann=ANN, Ben=BEN)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(Unsupported, match=r"openpyxl is not installed.*hikiwake\[formats\]"):
        read_scoresheet(path)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_sheets_in_the_encodings_of_spreadsheet_programs_are_read(
    tmp_path: Path, encoding: str
) -> None:
    """What Excel saves as CSV or as Unicode text is read; a note says what was guessed."""
    for party, points in (("ann", 3), ("ben", 0)):
        sheet = f"Issue\tOption\tPoints\nDate\tMärz\t{points}\n\tMai\t1\nThreshold\t\t1\n"
        (tmp_path / f"{party}.csv").write_bytes(sheet.encode(encoding))
    found = read(tmp_path)
    assert found.utility("ann", {"Date": "März"}) == 3
    guessed = {"cp1252": "Windows-1252", "utf-16": "UTF-16"}.get(encoding)
    notes = [
        f"{p}.csv: not in UTF-8; read as {guessed}. If letters look wrong, save it as UTF-8."
        for p in ("ann", "ben")
    ]
    assert list(found.notes) == (notes if guessed else [])


def test_excels_own_first_line_names_the_delimiter(tmp_path: Path) -> None:
    """``sep=;`` before the headings is no part of the table, and lines keep their numbers."""
    for party in ("ann", "ben"):
        sheet = "sep=;\nIssue;Option;Points\nDate;May, early;12,5\nDate;June;0\nThreshold;;1\n"
        (tmp_path / f"{party}.csv").write_text(sheet, "utf-8")
    assert read(tmp_path).utility("ann", {"Date": "May, early"}) == Fraction(25, 2)
    broken = (tmp_path / "ann.csv").read_text("utf-8").replace("12,5", "twelve")
    (tmp_path / "ann.csv").write_text(broken, "utf-8")
    with pytest.raises(FormatError, match=r"ann\.csv line 3"):
        read(tmp_path)
