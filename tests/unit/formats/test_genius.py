"""GENIUS XML folders: what they mean, exactly, and what happens to broken ones."""

from __future__ import annotations

import contextlib
import os
import random
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.errors import FormatError, InputError, UnknownName, Unsupported
from hikiwake.formats.genius import read_genius
from hikiwake.model import Choice, Dispute, Table

DOMAIN = """<negotiation_template><utility_space number_of_issues="2">
<objective index="0" name="root" type="objective" etype="objective">
<issue index="{a}" name="Price" type="discrete" vtype="discrete" etype="discrete">
<item index="1" value="2.5 million $"/><item index="2" value="2_5 million $"/>
</issue>
<issue index="{b}" name="Color" type="discrete">
<item index="1" value="red"/><item index="2" value="blue"/><item index="3" value="green"/>
</issue></objective></utility_space></negotiation_template>"""

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<utility_space>{extra}
<objective index="0" name="root">
<issue index="{a}" name="Price"><item index="1" value="2.5 million $" evaluation="{p1}"/>
<item index="2" value="2_5 million $" evaluation="{p2}"/></issue>
<issue index="{b}" name="Color"><item index="1" value="red" evaluation="{c1}"/>
<item index="2" value="blue" evaluation="{c2}"/>
<item index="3" value="green" evaluation="0"/></issue>
<weight index="{b}" value="{w2}"/><weight index="{a}" value="{w1}"/>
</objective></utility_space>"""


def profile(**changed: str | int) -> str:
    """Return a profile; Price counts 0.25 and Colour 0.5, unless something is changed."""
    usual = {"a": 1, "b": 2, "p1": 4, "p2": 1, "c1": 3, "c2": 6, "w1": "0.25", "w2": "5E-1"}
    return PROFILE.format(**{"extra": "", **usual, **changed})


def points_of(dispute: Dispute, party: str, issue: str) -> Mapping[str, Fraction]:
    """Return a party's points for each option of an issue."""
    table = dispute.preferences[party].points[issue]
    assert isinstance(table, Table)
    return table.points


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a GENIUS folder with a domain and the parties ``amy`` and ``bob``."""
    (tmp_path / "domain.xml").write_text(DOMAIN.format(a=1, b=2), "utf-8")
    (tmp_path / "amy.xml").write_text(profile(), "utf-8")
    (tmp_path / "bob.xml").write_text(profile(p1=0, p2=0, c1=7), "utf-8")
    return tmp_path


def test_utility_is_the_weighted_sum_of_shares_of_the_largest_evaluation(folder: Path) -> None:
    """Amy: 0.25 × 1/4 + 0.5 × 3/6 = 5/16, although her weights sum to 0.75 only (H20)."""
    dispute = read_genius(folder)
    outcome = {"Price": "2_5 million $ (2)", "Color": "red"}
    assert dispute.utility("amy", outcome) == Fraction(5, 16)


def test_an_issue_whose_largest_evaluation_is_nothing_counts_nothing(folder: Path) -> None:
    """Bob evaluates every price 0: Price is worth 0 to him, and Colour is still weighed."""
    dispute = read_genius(folder)
    outcome = {"Price": "2_5 million $", "Color": "blue"}
    assert dispute.utility("bob", outcome) == Fraction(1, 2) * Fraction(6, 7)


def test_negative_evaluations_are_shares_of_the_largest_too(folder: Path) -> None:
    """−2 against a largest of 4 is −1/2 of the issue; a largest of −1 counts 0 for all."""
    (folder / "amy.xml").write_text(profile(p2=-2, c1=-3, c2=-1).replace('"0"', '"-5"'), "utf-8")
    dispute = read_genius(folder)
    assert points_of(dispute, "amy", "Price")["2_5 million $ (2)"] == Fraction(-1, 8)
    assert set(points_of(dispute, "amy", "Color").values()) == {Fraction(0)}


def test_ids_are_made_usable_and_names_stay(folder: Path) -> None:
    """A dot becomes ``_``, the second of two equal ids is numbered, the original is the name."""
    price = read_genius(folder).issue("Price")
    assert isinstance(price, Choice)
    assert [option.id for option in price.options] == ["2_5 million $", "2_5 million $ (2)"]
    assert [option.name.plain for option in price.options] == ["2.5 million $", "2_5 million $"]


def test_decimals_are_read_exactly(folder: Path) -> None:
    """0.3031462333758278 and 5.497225313618862E-5 are those decimals, not the nearest floats."""
    (folder / "amy.xml").write_text(
        profile(w1="0.3031462333758278", w2="5.497225313618862E-5"), "utf-8"
    )
    best = {"Price": "2_5 million $", "Color": "blue"}
    assert read_genius(folder).utility("amy", best) == (
        Fraction(3031462333758278, 10**16) + Fraction(5497225313618862, 10**20)
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("+1e-2", Fraction(1, 100)),
        (" 2 ", Fraction(2)),
    ],
)
def test_numbers_may_be_written_as_java_writes_them(
    folder: Path, written: str, meant: Fraction
) -> None:
    """GENIUS reads ``.5``, ``5.``, ``+1e-2`` and blanks around: so do we."""
    (folder / "amy.xml").write_text(profile(w1=written), "utf-8")
    assert points_of(read_genius(folder), "amy", "Price")["2_5 million $"] == meant


@pytest.mark.parametrize(
    ("reservation", "walk_away"),
    [("0.6", Fraction(3, 5)), ("0.01", Fraction(1, 16)), ("-1", Fraction(1, 16))],
)
def test_the_reservation_is_the_walk_away_raised_to_the_least_utility(
    folder: Path, reservation: str, walk_away: Fraction
) -> None:
    """Amy's least utility is 1/16: a reservation below it is raised to it, one above it stays."""
    (folder / "amy.xml").write_text(profile(extra=f'<reservation value="{reservation}"/>'), "utf-8")
    assert read_genius(folder).walk_away("amy") == walk_away


def test_issues_may_be_numbered_from_anywhere_and_the_root_may_have_a_weight(folder: Path) -> None:
    """Issues 7 and 12, and a weight for objective 0: weights and evaluations still find them."""
    (folder / "domain.xml").write_text(DOMAIN.format(a=7, b=12), "utf-8")
    root_weight = '<weight index="0" value="1.0"/></objective>'
    text = profile(a=7, b=12).replace("</objective>", root_weight)
    for name in ("amy", "bob"):
        (folder / f"{name}.xml").write_text(text, "utf-8")
    dispute = read_genius(folder)
    best = {"Price": "2_5 million $", "Color": "blue"}
    assert dispute.utility("amy", best) == Fraction(3, 4)


def test_profiles_that_number_issues_otherwise_are_matched_by_name(folder: Path) -> None:
    """Domain 1 and 2, profile 5 and 6 with the same names: read, and noted."""
    (folder / "amy.xml").write_text(profile(a=5, b=6), "utf-8")
    dispute = read_genius(folder)
    assert dispute.utility("amy", {"Price": "2_5 million $", "Color": "blue"}) == Fraction(3, 4)
    assert any("matched by name" in note for note in dispute.notes)


def test_what_is_left_out_is_noted_without_numbers(folder: Path) -> None:
    """A discount factor, foreign files and options the domain lacks are noted; no value is."""
    (folder / "amy.xml").write_text(
        profile(extra='<discount_factor value="0.8125"/>').replace(
            "<weight", '<weight index="9" value="1"/><weight', 1
        ),
        "utf-8",
    )
    (folder / "readme.txt").write_text("hello")
    (folder / "pareto.xml").write_text("\n0.5, 1.0\n")
    notes = " ".join(read_genius(folder).notes)
    assert "discount factor" in notes
    assert "pareto.xml, readme.txt" in notes
    assert "0.8125" not in notes
    assert "13/16" not in notes


def test_without_a_domain_file_the_issues_come_from_the_first_profile(folder: Path) -> None:
    """Two profiles are enough: the issues are those of ``amy``, and that is noted."""
    (folder / "domain.xml").unlink()
    dispute = read_genius(folder)
    assert [issue.id for issue in dispute.issues] == ["Price", "Color"]
    assert "No domain file; the issues are those of amy.xml." in dispute.notes


def test_parties_can_be_selected(folder: Path) -> None:
    """Of three profiles two are kept, in the order asked; a misspelt one gets a hint."""
    (folder / "cleo.xml").write_text(profile(), "utf-8")
    assert read_genius(folder).party_ids == ("amy", "bob", "cleo")
    assert read_genius(folder, ("cleo", "amy")).party_ids == ("cleo", "amy")
    with pytest.raises(UnknownName, match="Did you mean 'cleo'"):
        read_genius(folder, ("amy", "cloe"))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (profile()[:150], r"amy\.xml, line 4, column 31.*cut short: a tag"),
        ("", r"amy\.xml, line 1.*an empty file"),
        (profile(w1="much"), r"amy\.xml, line 9.*weight of issue 1 'Price' is no number"),
        (profile(w1="NaN"), r"amy\.xml, line 9.*weight of issue 1 'Price' is no number"),
        (profile(w1="1e999999999"), r"amy\.xml, line 9.*exponent"),
        (profile(p2=""), r"amy\.xml, line 5.*evaluation of item 2 in issue 1 'Price' is no number"),
        (profile().replace('index="2" value="5E-1"', 'index="9" value="1"'), "no weight"),
        (profile().replace('value="red" ', 'value="pink" '), "no evaluation for the option 'red'"),
        (profile().replace('name="Price"', 'name="X"').replace('x="1" n', 'x="5" n'), "no issue 1"),
        (profile(a=2), "index 2 a second time"),
        (profile().replace('index="1" name="Price"', 'name="Price"'), "no usable index"),
    ],
)
def test_a_broken_profile_is_told_with_file_place_and_reason(
    folder: Path, broken: str, told: str
) -> None:
    """Each broken file gives a FormatError that names the file, the line, and what is missing."""
    (folder / "amy.xml").write_text(broken, "utf-8")
    with pytest.raises(FormatError, match=f"(?s){told}"):
        read_genius(folder)


def test_all_broken_places_are_told_at_once(folder: Path) -> None:
    """Two faults in one file and one in another: three faults in one error."""
    (folder / "amy.xml").write_text(profile(w1="?", w2="?"), "utf-8")
    (folder / "bob.xml").write_text(profile(p1="?"), "utf-8")
    with pytest.raises(FormatError) as caught:
        read_genius(folder)
    assert len(caught.value.faults) == 3


def test_errors_never_show_a_partys_numbers(folder: Path) -> None:
    """An evaluation of 31337x is refused without being repeated (H14)."""
    (folder / "amy.xml").write_text(profile(p1="31337x"), "utf-8")
    with pytest.raises(FormatError) as caught:
        read_genius(folder)
    assert "31337" not in str(caught.value)


def test_kinds_that_genius_does_not_know_are_refused_clearly(folder: Path) -> None:
    """An issue of the kind ``unordered`` is Unsupported, not misread."""
    text = DOMAIN.format(a=1, b=2).replace('"Color" type="discrete"', '"Color" type="unordered"')
    (folder / "domain.xml").write_text(text, "utf-8")
    with pytest.raises(Unsupported, match=r"domain.xml, line 6.*1 issue of the kind 'unordered'"):
        read_genius(folder)


BOMB = """<?xml version="1.0"?><!DOCTYPE utility_space [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<utility_space>&c;</utility_space>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused_before_parsing(
    folder: Path, encoding: str
) -> None:
    """A billion-laughs file is refused for its DOCTYPE, in whatever encoding it hides."""
    (folder / "amy.xml").write_bytes(BOMB.encode(encoding))
    with pytest.raises(FormatError, match="<!DOCTYPE found"):
        read_genius(folder)


def test_files_of_absurd_size_or_depth_are_refused(folder: Path) -> None:
    """More than 4 MiB, or elements nested 200 deep: refused, without trying."""
    (folder / "amy.xml").write_text("<utility_space>" + " " * 2**22 + "</utility_space>")
    with pytest.raises(FormatError, match=r"too large.*H16"):
        read_genius(folder)
    (folder / "amy.xml").write_text("<utility_space>" * 200 + "</utility_space>" * 200)
    with pytest.raises(FormatError, match="nested more than 100 deep"):
        read_genius(folder)


def test_files_in_their_declared_encoding_are_read(folder: Path) -> None:
    """A Latin-1 file that says so is read; one that claims what it is not is read with a note."""
    latin = profile().replace("UTF-8", "ISO-8859-1").replace('name="root"', 'name="wörld"')
    (folder / "amy.xml").write_bytes(latin.encode("latin-1"))
    assert read_genius(folder).party_ids == ("amy", "bob")
    (folder / "amy.xml").write_bytes(latin.replace("ISO-8859-1", "UTF-8").encode("latin-1"))
    assert "amy.xml: not readable as UTF-8; read as Windows-1252." in read_genius(folder).notes


def test_a_folder_that_is_no_scenario_is_refused(folder: Path) -> None:
    """Two domains, a lonely profile, or a file instead of a folder: each told as such."""
    (folder / "again.xml").write_text(DOMAIN.format(a=1, b=2).replace("red", "pink"), "utf-8")
    with pytest.raises(FormatError, match="2 files with the root `negotiation_template`"):
        read_genius(folder)
    (folder / "bob.xml").unlink()
    with pytest.raises(FormatError, match="1 file with the root `utility_space`"):
        read_genius(folder)
    with pytest.raises(FormatError, match="Give the path of the folder"):
        read_genius(folder / "amy.xml")


def test_mutilated_files_give_an_error_or_a_dispute_and_nothing_else(folder: Path) -> None:
    """300 files with bytes flipped, dropped or doubled: a dispute or an InputError, each time."""
    chance, whole = random.Random(7), profile().encode()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            spot = chance.randrange(len(data))
            kind = chance.randrange(3)
            if kind == 0:
                data[spot] = chance.randrange(256)
            elif kind == 1:
                del data[spot : spot + chance.randint(1, 30)]
            else:
                data[spot:spot] = data[spot : spot + 20]
        (folder / "amy.xml").write_bytes(bytes(data))
        with contextlib.suppress(InputError):
            assert read_genius(folder).party_ids == ("amy", "bob")


def scenario_folders() -> list[str]:
    """Return the scenarios that must read: all of 2010, 2011 and 2013."""
    root = Path(os.environ.get("HIKIWAKE_SHARED", ""), "scenarios", "genius")
    if not root.is_dir():
        return ["y2010/Travel"]
    years = ("y2010", "y2011", "y2013")
    return sorted(f"{p.parent.name}/{p.name}" for year in years for p in (root / year).iterdir())


@pytest.mark.parametrize("scenario", scenario_folders())
def test_every_scenario_of_2010_2011_and_2013_means_what_a_second_reading_says(
    shared: Path, scenario: str
) -> None:
    """Utilities of 20 packages agree with a naive reading in floats, to 12 digits."""
    folder = shared / "scenarios" / "genius" / scenario
    dispute = read_genius(folder)
    chance = random.Random(scenario)
    assert len(dispute.parties) == 2
    for party in dispute.party_ids:
        tables = naive_tables(folder / f"{party}.xml")
        for _ in range(20):
            outcome, total = {}, 0.0
            for issue, table in zip(dispute.issues, tables, strict=True):
                assert isinstance(issue, Choice)
                option = chance.choice(issue.options)
                outcome[issue.id] = option.id
                total += table[option.name.plain or option.id]
            assert float(dispute.utility(party, outcome)) == pytest.approx(total, rel=1e-12)


def naive_tables(path: Path) -> list[dict[str, float]]:
    """Return each issue's contribution by value, read the short way, in floats."""
    root = ET.parse(path).getroot()
    weights = {w.get("index"): float(w.get("value", "")) for w in root.iter("weight")}
    tables = []
    for issue in sorted(root.iter("issue"), key=lambda i: int(i.get("index", ""))):
        raw = {
            item.get("value", ""): float(item.get("evaluation", ""))
            for item in issue.findall("item")
        }
        top = max(raw.values())
        weight = weights[issue.get("index")]
        tables.append({value: weight * e / top if top > 0 else 0.0 for value, e in raw.items()})
    return tables
