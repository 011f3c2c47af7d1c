"""GENIUS folders as they are found in the wild: what is forgiven, and how the rest is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hikiwake.errors import FormatError, Unsupported
from hikiwake.formats.genius import read_genius
from hikiwake.model import Dispute
from tests.unit.formats.test_genius import DOMAIN, profile

DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a writer of a folder: a domain, ``amy`` and ``bob``, and what else is given."""

    def write(**files: str | bytes) -> Path:
        usual = {"domain": DOMAIN.format(a=1, b=2), "amy": profile(), "bob": profile(p1=0, c1=7)}
        for name, content in {**usual, **files}.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.xml").write_bytes(data)
        return tmp_path

    return write


def told(folder: Path) -> str:
    """Return the faults of a folder that cannot be read."""
    with pytest.raises(FormatError) as caught:
        read_genius(folder)
    return "\n".join(f"{Path(fault.where).name}: {fault}" for fault in caught.value.faults)


def same_points(one: Dispute, two: Dispute) -> bool:
    """Tell whether everybody wants the same, notes aside."""
    return (one.preferences, one.issues) == (two.preferences, two.issues)


DOCTYPE = '<!DOCTYPE utility_space SYSTEM "http://example.org/genius.dtd">'


@pytest.mark.parametrize(
    "amy",
    [
        profile().encode("utf-8-sig"),
        profile().encode("utf-16"),
        profile().replace("UTF-8", "UTF-16"),
        f"\n  {profile()}",
        f"\n<!-- profile 2 - Amy's -->\n<!---->{profile()}",
        profile().replace('version="1.0"', 'version="1.1"'),
        profile().replace("<utility_space>", f"{DOCTYPE}\n<utility_space>"),
        profile().replace("<utility_space>", '<utility_space number_of_issues="9">'),
        profile().replace('name="Color"', 'description="a &lt;b>" name="Color"'),
        profile().replace("</utility_space>", '<uncertainty comparisons="3"/></utility_space>'),
        profile().replace("<!", "<!").replace("\n", "\r\n"),
    ],
    ids=[
        "byte order mark", "utf-16", "declares utf-16", "blanks first", "comments first",
        "xml 1.1", "document type",
        "wrong count", "descriptions", "uncertainty", "windows line ends",
    ],
)  # fmt: skip
def test_what_means_nothing_changes_nothing(folder: Folder, amy: str | bytes) -> None:
    """Marks, declarations, document types and unknown elements leave the points as they are."""
    usual = read_genius(folder())
    assert same_points(read_genius(folder(amy=amy)), usual)


def test_an_ampersand_may_stand_for_itself(folder: Folder) -> None:
    """``red & white`` is the option that ``red &amp; white`` is, and a note says so."""

    def named(text: str, name: str) -> str:
        return text.replace('"red"', f'"{name}"')

    found = read_genius(
        folder(
            domain=named(DOMAIN.format(a=1, b=2), "red & white"),
            amy=named(profile(), "red & white"),
            bob=named(profile(), "red &amp; white"),
        )
    )
    assert found.utility("amy", {"Color": "red & white"}) > 0
    assert found.notes[0] == "amy.xml: an & that stands for itself is read so, as in GENIUS."


def test_undeclared_windows_text_is_read_with_a_note(folder: Folder) -> None:
    """``café`` in Windows-1252 without a declaration is read as such, alike in every file."""
    names = {
        name: text.replace(DECLARED, "").replace('"red"', '"café"').encode("cp1252")
        for name, text in (("domain", DOMAIN.format(a=1, b=2)), ("amy", profile()))
    }
    found = read_genius(folder(**names, bob=profile().replace('"red"', '"café"')))
    assert found.utility("bob", {"Color": "café"}) > 0
    assert "amy.xml: not readable as UTF-8; read as Windows-1252." in found.notes


@pytest.mark.parametrize(("a", "b"), [(0, 7), (5, 3), (-1, 0), (100, 200)])
def test_indices_may_be_any_whole_numbers(folder: Folder, a: int, b: int) -> None:
    """Issues numbered 0 and 7, backwards, below zero: the points stay where they belong."""
    usual = read_genius(folder())
    other = folder(
        domain=DOMAIN.format(a=a, b=b),
        amy=profile(a=a, b=b),
        bob=profile(a=a, b=b, p1=0, c1=7),
    )
    assert same_points(read_genius(other), usual)


def test_an_option_that_is_evaluated_twice_counts_as_the_last_and_is_noted(folder: Folder) -> None:
    """GENIUS keeps what it reads last; that the file says two things is told."""
    item = re.findall(r"<item[^>]*evaluation=[^>]*/>", profile())[0]
    value = re.sub(r'evaluation="[^"]*"', 'evaluation="77"', item)
    usual = read_genius(folder())
    found = read_genius(folder(amy=profile().replace(item, f"{value}\n{item}")))
    assert same_points(found, usual)
    assert any("twice; the last counts" in note for note in found.notes)
    assert "77" not in "".join(found.notes)


def test_objectives_may_be_nested(folder: Folder) -> None:
    """An issue inside an objective of its own takes the weight that stands beside it there."""
    usual = read_genius(folder())
    inner = '<objective index="9" name="sub"><weight index="2" value="0.5"/><issue index="2"'
    amy = profile().replace('<issue index="2"', inner)
    amy = amy.replace(
        '<weight index="2" value="5E-1"/>', '</objective><weight index="9" value="1"/>'
    )
    assert same_points(read_genius(folder(amy=amy)), usual)


def test_the_same_domain_twice_is_read_once(folder: Folder) -> None:
    """A copy of the domain beside it is ignored, with a note."""
    found = read_genius(folder(old=DOMAIN.format(a=1, b=2)))
    assert found.notes == ("The same domain once more, ignored: old.xml.",)


def test_several_domains_are_told_with_the_profiles_of_each(folder: Folder) -> None:
    """Who belongs where is said, so that the folder can be parted."""
    other = DOMAIN.format(a=1, b=2).replace("red", "pink")
    place = folder(other=other, cem=profile().replace("red", "pink"))
    assert "domain.xml with amy.xml, bob.xml; other.xml with cem.xml." in told(place)


def test_a_profile_of_another_domain_is_told_once(folder: Folder) -> None:
    """Not a fault for each issue that it lacks, but one that says what it is."""
    stranger = profile().replace("Price", "Date").replace("Color", "Place")
    stranger = stranger.replace('"red"', '"Rome"').replace("million", "days")
    assert told(folder(cem=stranger)) == (
        "cem.xml, line 2: File 'cem.xml': a profile of another domain: its issues are 'Date', "
        "'Place'. Profiles of one domain in a folder (H20). Move it elsewhere, if it belongs to "
        "other files."
    )


def test_a_profile_with_other_names_but_the_same_options_is_read(folder: Folder) -> None:
    """GENIUS goes by the numbers of issues, so a renamed issue is the same one."""
    usual = read_genius(folder())
    renamed = profile().replace("Price", "Preis").replace("Color", "Farbe")
    assert same_points(read_genius(folder(amy=renamed)), usual)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '<weight index="1" value="0.25"/>',
            "",
            "line 4: File 'amy.xml': issue 1 'Price' has no w",
        ),
        (
            ' evaluation="3"',
            "",
            "line 6: File 'amy.xml': issue 2 'Color' has no evaluation for the",
        ),
        ('evaluation="3"', 'evaluation="null"', "no evaluation for the option 'red'"),
        ('value="red"', 'value="redd"', "Did you mean 'redd'?"),
        ('value="0.25"', 'value="0,25"', "is no number. A number such as 12 or 0.25 (H20)"),
        ('"red"', '"<red"', "line 6, column 54: File 'amy.xml': not well-formed (invalid token)"),
        ('"red"', '"<red"', "with &lt; for < and &quot; for a quotation mark in texts"),
        (
            "</objective></utility_space>",
            "",
            "line 10, column 1: File 'amy.xml': an empty file",
        ),
        ("/objective></utility_space>", "", "cut short: a tag without an end"),
        ("</issue>", "</item>", "an end tag that does not fit the last open one"),
        (DECLARED, "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!DOCTYPE found, with declarations"),
        (DECLARED, f"{DOCTYPE}<!-- &b; -->", "a name for a character that another file declares"),
    ],
)
def test_what_is_broken_is_told_in_words(folder: Folder, old: str, new: str, message: str) -> None:
    """Which file, which line, what it is, what was expected."""
    assert old in profile()
    assert message in told(folder(amy=profile().replace(old, new, 1)))


def test_an_empty_domain_is_told_once(folder: Folder) -> None:
    """Without issues in the domain no profile is blamed."""
    empty = "<negotiation_template><utility_space></utility_space></negotiation_template>"
    assert told(folder(domain=empty)).count("File") == 1


def test_a_profile_that_was_never_filled_in_is_no_party(folder: Folder) -> None:
    """GENIUS's editor leaves such forms in a folder: no evaluation, and every weight 0."""
    form = re.sub(r' evaluation="[^"]*"', "", profile())
    form = re.sub(r'(<weight[^>]* value=)"[^"]*"', r'\1"0.0"', form)
    read = read_genius(folder(cat=form))
    assert [party.id for party in read.parties] == ["amy", "bob"]
    assert "Profiles never filled in, ignored: cat.xml." in read.notes
    assert "others never filled in: bob.xml, cat.xml" in told(folder(cat=form, bob=form))


def test_a_utility_over_constraints_is_refused_even_where_nothing_is_weighed(
    folder: Folder,
) -> None:
    """It has no evaluations and no weights, and is a party all the same (H18)."""
    form = re.sub(r' evaluation="[^"]*"', "", re.sub(r"<weight[^>]*>", "", profile()))
    rules = form.replace("<utility_space>", '<utility_space type="constraint"><rules/>')
    with pytest.raises(Unsupported, match="constraints"):
        read_genius(folder(amy=rules))


def test_an_issue_without_any_evaluation_is_one_fault(folder: Folder) -> None:
    """Not one for each of its options."""
    amy = profile().replace("evaluation", "estimation")
    assert [line.split(":")[0] for line in told(folder(amy=amy)).splitlines()] == (
        ["amy.xml, line 4", "amy.xml, line 6"]
    )


def test_an_issue_with_a_list_and_no_bounds_is_discrete(folder: Folder) -> None:
    """NegMAS calls a list of numbers an integer issue in one attribute, and discrete in another."""
    usual = read_genius(folder())
    named = profile().replace('name="Price"', 'type="discrete" vtype="integer" name="Price"')
    assert same_points(read_genius(folder(amy=named)), usual)
