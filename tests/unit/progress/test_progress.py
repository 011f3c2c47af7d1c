"""How close the sides were: a history worked out by hand, and the islands' one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import load, progress
from hikiwake.errors import InputError
from hikiwake.findings.history import Progress, Since
from hikiwake.findings.talks import Interval
from hikiwake.formats.beside.history import read_history, read_tree
from tests.unit.cli.cast import HEADER, Shell

F = Fraction
ISLANDS = Path("examples/four-islands/history.toml")

# Each side can have from 0 to 100. The rent alone is between them: a step is worth 8 to each.
RENT = (
    HEADER.format(title="A rent")
    + """
[[issues]]
id = "rent"
kind = "amount"
min = 0
max = 10
step = 1
[[issues]]
id = "month"
kind = "choice"
options = ["june", "july"]
[preferences.ann.curves]
rent = [[0, 80], [10, 0]]
[preferences.ann.values.month]
june = 20
july = 0
[preferences.ben.curves]
rent = [[0, 0], [10, 80]]
[preferences.ben.values.month]
june = 0
july = 20
"""
)
HEAD = 'hikiwake = 1\nhistory = 1\ndispute = "dispute.toml"\n'


def entry(date: str, **offers: str) -> str:
    """Return an entry with each side's offers, as TOML."""
    positions = "".join(
        f'[[entries.positions]]\nparty = "{party}"\noffers = {offer}\n'
        for party, offer in offers.items()
    )
    return f'[[entries]]\ndate = "{date}"\n{positions}'


def measured(folder: Path, *entries: str, head: str = HEAD) -> Progress:
    (folder / "dispute.toml").write_text(RENT, "utf-8")
    path = folder / "history.toml"
    path.write_text(head + "".join(entries), "utf-8")
    dispute = load(folder / "dispute.toml")
    return progress(dispute, read_history(dispute, read_tree(path), path.name))


def exactly(number: Fraction | int) -> Interval:
    return Interval(F(number), F(number))


JUNE, JULY = 'month = "june"', 'month = "july"'


def test_a_distance_by_hand(tmp_path: Path) -> None:
    """At rents 0 and 10 one gives up 80 of 100; with 5 said as well, they meet there for 40."""
    found = measured(
        tmp_path, entry("2001", ann=f"{{rent = 0, {JUNE}}}", ben=f"{{rent = 10, {JUNE}}}")
    )
    (moment,) = found.moments
    ann, ben = moment.standings
    assert (ann.worth, ann.apart) == (exactly(1), exactly(F(4, 5)))
    assert (ben.worth, ben.apart) == (exactly(F(4, 5)), exactly(F(4, 5)))
    # Only what was said: 0 or 10, so that one of them would have to give up all.
    ways = measured(
        tmp_path,
        entry("2001", ann=f"{{rent = 0, {JUNE}}}", ben=f"{{rent = [5, 10], {JUNE}}}"),
    )
    assert found.moments[0].closeness == exactly(F(4, 5))
    assert ways.moments[0].closeness == Interval(F(2, 5), F(2, 5))
    assert [(s.issue, s.value, s.certain) for s in moment.shared] == [("month", "june", True)]
    assert moment.shared[0].weight == F(2, 5)


def test_who_moved_and_by_how_much(tmp_path: Path) -> None:
    """Ann goes from 0 to 3: she gives up 24 of 100, worth 24 to Ben, who has not moved."""
    found = measured(
        tmp_path,
        entry("2001", ann=f"{{rent = 0, {JUNE}}}", ben=f"{{rent = 10, {JUNE}}}"),
        entry("2002", ann="{rent = 3}"),
    )
    ann, ben = found.moments[1].standings
    assert (ann.moved, ann.moved_for) == (exactly(F(24, 100)), exactly(F(24, 100)))
    assert (ben.moved, ben.moved_for) == (exactly(0), exactly(0))
    assert found.moments[1].closeness == exactly(F(56, 100))
    assert found.since("2001") is Since.CLOSER


def test_who_moved_since_a_date_and_by_how_much(tmp_path: Path) -> None:
    """Ann goes from 0 by 3 to 2, Ben to 9: since the first date 16 and 8 of 100, not 24 and 8."""
    found = measured(
        tmp_path,
        entry("2001", ann=f"{{rent = 0, {JUNE}}}", ben=f"{{rent = 10, {JUNE}}}"),
        entry("2002", ann="{rent = 3}"),
        entry("2003", ann="{rent = 2}", ben="{rent = 9}"),
    )
    moved = {one.party: one for one in found.moments[0].moved_until_now}
    assert (moved["ann"].gave_up, moved["ann"].to_others) == (exactly(F(16, 100)),) * 2
    assert (moved["ben"].gave_up, moved["ben"].to_others) == (exactly(F(8, 100)),) * 2
    (back, forth) = found.moments[1].moved_until_now
    assert (back.gave_up, forth.gave_up) == (exactly(F(-8, 100)), exactly(F(8, 100)))
    assert all(one.gave_up == exactly(0) for one in found.moments[2].moved_until_now)


def test_positions_that_are_one_package_are_no_distance_apart(tmp_path: Path) -> None:
    """Where both accept the same whole package nothing is left to concede."""
    same = f"{{rent = 4, {JULY}}}"
    (moment,) = measured(tmp_path, entry("2001", ann=same, ben=same)).moments
    assert moment.closeness == exactly(0)
    assert [s.apart for s in moment.standings] == [exactly(0), exactly(0)]
    assert [shared.issue for shared in moment.shared] == ["rent", "month"]


def test_what_was_left_open_is_an_interval(tmp_path: Path) -> None:
    """With the month unsaid each position may be worth 20 more or less, and so may the distance."""
    found = measured(tmp_path, entry("2001", ann="{rent = 0}", ben="{rent = 10}"))
    (moment,) = found.moments
    assert moment.standings[0].worth == Interval(F(4, 5), F(1))
    assert moment.closeness is not None
    assert moment.closeness.low < moment.closeness.high
    assert found.since("2001") is Since.CANNOT_TELL


def test_before_both_have_spoken_or_after_one_withdraws_it_cannot_be_told(tmp_path: Path) -> None:
    """One position alone has no distance, nor has one that was withdrawn."""
    gone = '[[entries]]\ndate = "2003"\n[[entries.positions]]\nparty = "ben"\nwithdrawn = true\n'
    found = measured(
        tmp_path, gone, entry("2001", ann="{rent = 0}"), entry("2002", ben="{rent = 1}")
    )
    assert [m.entry.date for m in found.moments] == ["2001", "2002", "2003"]
    assert [m.closeness is None for m in found.moments] == [True, False, True]
    assert found.since("2002") is Since.CANNOT_TELL


def test_the_islands_are_told_from_1855_to_2022() -> None:
    """All dates are there, sources named; in 1855 no distance, in 2022 none can be told."""
    dispute = load(ISLANDS.parent)
    found = progress(dispute, read_history(dispute, read_tree(ISLANDS), "history.toml"))
    years = [moment.entry.date[:4] for moment in found.moments]
    assert years == sorted(years)
    assert {"1855", "1945", "1956", "1960", "1993", "1998", "2001", "2006"} <= set(years)
    assert {"2013", "2016", "2018", "2020", "2022"} <= set(years)
    assert found.illustrative
    assert found.moments[0].closeness == exactly(0)
    assert found.moments[-1].closeness is None
    assert found.since("1956") is Since.CANNOT_TELL
    assert all(m.entry.source or any(p.note for p in m.entry.positions) for m in found.moments)


@pytest.mark.parametrize("language", ["ja", "ru"])
def test_the_islands_have_no_english_source_in_another_language(language: str) -> None:
    """What the example says of its sources is there in each side's language, all of it."""
    history = read_history(load(ISLANDS.parent), read_tree(ISLANDS), "history.toml")
    positions = [position for entry in history.entries for position in entry.positions]
    told = [entry.source for entry in history.entries]
    told += [text for position in positions for text in (position.source, position.note)]
    assert len([text for text in told if text]) > 20
    assert [text.plain for text in told if text and language not in text.by_language] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1", "begins with hikiwake = 1 and history = 1"),
        (HEAD, "At least one [[entries]]"),
        (HEAD + '[[entries]]\ndate = "soon"\n', 'in quotes: "1956", "1956-10"'),
        (HEAD + '[[entries]]\ndate = "2001"\nwhom = 1\n', "an unknown key 'whom'"),
        (HEAD + entry("2001", tim="{rent = 1}"), "Party 'tim'"),
        (HEAD + entry("2001", ann="{rnt = 1}"), "Did you mean 'rent'?"),
        (HEAD + entry("2001", ann="{rent = 11}"), "A number from 0 to 10"),
        (HEAD + entry("2001", ann="{rent = []}"), "At least one"),
        (HEAD + '[[entries]]\ndate = "2001"\n[[entries.positions]]\nparty = "ann"\n', "withdrawn"),
        (HEAD + 'unnamed = "maybe"\n' + entry("2001", ann="{rent = 1}"), "as_today, anything"),
    ],
)
def test_what_is_no_history_is_refused(shell: Shell, text: str, expected: str) -> None:
    """Each fault says where it is, what was expected, and what to do."""
    shell.file(RENT)
    ran = shell.run("progress", shell.file(text, "history.toml"))
    assert (ran.code, ran.out) == (2, "")
    assert expected in " ".join(ran.err.split())


@pytest.mark.parametrize("how", [(), ("--json",), ("--language", "ja"), ("--language", "ru")])
def test_the_command_compares_with_a_date(shell: Shell, how: tuple[str, ...]) -> None:
    """Closer exits with 0; no closer with 1."""
    first = entry("2001", ann=f"{{rent = 0, {JUNE}}}", ben=f"{{rent = 10, {JUNE}}}")
    closer = entry("2002", ann="{rent = 3}")
    shell.file(RENT)
    path = shell.file(HEAD + first + closer, "history.toml")
    ran = shell.run("progress", path, "--since", "2001", *how)
    assert ran.code == 0
    assert "2002" in ran.out
    again = shell.file(HEAD + first + closer + entry("2003", ann="{rent = 0}"), "again.toml")
    assert shell.run("progress", again, "--since", "2001", *how).code == 1


def test_what_cannot_be_told_names_the_last_date_that_can(shell: Shell) -> None:
    """Ben withdraws: who has no position, the last distance, and what both accepted are told."""
    gone = '[[entries]]\ndate = "2003"\n[[entries.positions]]\nparty = "ben"\nwithdrawn = true\n'
    offers = f"{{rent = 0, {JUNE}}}", f"{{rent = 10, {JUNE}}}"
    shell.file(RENT, "dispute.toml")
    shell.file(HEAD + entry("2001", ann=offers[0], ben=offers[1]) + gone, "history.toml")
    said = shell.run("progress", "history.toml", "--since", "2001")
    text = " ".join(said.out.split())
    assert said.code == 3
    assert (
        "Without a position then: Ben. The last date at which it can be told is 2001: 80 %." in text
    )
    assert "At the last date not every side has a position." in text
    assert "When each had one (2001), all of them accepted: • month – june" in text
    assert "Who moved since 2001" in text
    assert "Ann 0 % 0 % Ben cannot tell cannot tell" in text


def test_one_date_is_compared_with_nothing(shell: Shell) -> None:
    """Of a single date it is not said whether it is closer than itself."""
    shell.file(RENT, "dispute.toml")
    shell.file(HEAD + entry("2001", ann="{rent = 0}", ben="{rent = 10}"), "history.toml")
    assert "Compared with" not in shell.run("progress", "history.toml").out


def test_a_folder_means_the_history_in_it(shell: Shell) -> None:
    """A dispute's folder is as good as its history.toml; without one, that is said."""
    folder = str(Path(shell.file(RENT)).parent)
    ran = shell.run("progress", folder)
    assert (ran.code, ran.out) == (2, "")
    assert "a folder without a history. history.toml in it" in " ".join(ran.err.split())
    offers = entry("2001", ann=f"{{rent = 0, {JUNE}}}", ben=f"{{rent = 10, {JUNE}}}")
    path = shell.file(HEAD + offers, "history.toml")
    assert shell.run("progress", folder) == shell.run("progress", path)


def test_no_distance_without_an_agreement(tmp_path: Path) -> None:
    """Where no package is acceptable to all, there is nothing to measure by, and that is said."""
    (tmp_path / "dispute.toml").write_text(
        RENT.replace(
            "[preferences.ann.curves]",
            "[preferences.ann]\nwalk_away = 101\n[preferences.ann.curves]",
        ),
        "utf-8",
    )
    path = tmp_path / "history.toml"
    path.write_text(HEAD + entry("2001", ann="{rent = 1}"), "utf-8")
    dispute = load(tmp_path / "dispute.toml")
    with pytest.raises(InputError, match="no package that every side could accept"):
        progress(dispute, read_history(dispute, read_tree(path), path.name))


def test_no_distance_where_nobody_can_gain(tmp_path: Path) -> None:
    """Where Ann keeps all 100 and nothing is left for Ben, there is nothing to measure in."""
    text = RENT
    for party, own in (("ann", 100), ("ben", 0)):
        table = f"[preferences.{party}.curves]"
        text = text.replace(table, f"[preferences.{party}]\nwalk_away = {own}\n{table}")
    (tmp_path / "dispute.toml").write_text(text, "utf-8")
    path = tmp_path / "history.toml"
    offers = {"ann": f"{{rent = 0, {JUNE}}}", "ben": f"{{rent = 1, {JUNE}}}"}
    path.write_text(HEAD + entry("2001", **offers), "utf-8")
    dispute = load(tmp_path / "dispute.toml")
    with pytest.raises(InputError, match="no side that could gain anything"):
        progress(dispute, read_history(dispute, read_tree(path), path.name))


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ("soon", "'soon', no date"),
        ("2001-13", "'2001-13', a date that does not exist"),
        ("1999", "before the first entry. 2001 or later"),
        ("2002-03", "not before the last entry. A date before 2002-03"),
        ("2030", "not before the last entry"),
    ],
)
def test_a_date_that_nothing_can_be_compared_with_is_refused(
    shell: Shell, since: str, found: str
) -> None:
    """What is no date, and what lies outside of the history, is told at once."""
    shell.file(RENT)
    text = HEAD + entry("2001", ann="{rent = 0}") + entry("2002-03", ann="{rent = 3}")
    ran = shell.run("progress", shell.file(text, "history.toml"), "--since", since)
    assert (ran.code, ran.out) == (2, "")
    assert found in " ".join(ran.err.split())


@pytest.mark.parametrize("when", ["1956-13", "2022-02-30", "0000"])
def test_a_day_that_never_was_is_said_not_to_exist(shell: Shell, when: str) -> None:
    """A thirteenth month, a 30th of February and a year 0 are refused with their place."""
    shell.file(RENT)
    text = HEAD + entry(when, ann="{rent = 0}")
    ran = shell.run("progress", shell.file(text, "history.toml"))
    said = " ".join(ran.err.split())
    assert (ran.code, "entries[1].date" in said) == (2, True)
    assert f"'{when}', a date that does not exist" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('date = "2001"', "date = 2001", "a number. A date, or a year or month in quotes"),
        ('date = "2001"', "", "nothing. A date"),
        ("[[entries.positions]]", "[entries.positions]", "[[entries.positions]] below it"),
        ("[[entries]]", "[entries]", "Double brackets: [[entries]]"),
    ],
)
def test_what_a_history_writes_otherwise_is_never_passed_over(
    shell: Shell, old: str, new: str, said: str
) -> None:
    """A year without quotes, no date, and single brackets are told, not read as nothing."""
    shell.file(RENT)
    text = HEAD + entry("2001", ann="{rent = 0}")
    assert old in text
    ran = shell.run("progress", shell.file(text.replace(old, new), "history.toml"))
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "14 March 2002"), ("ja", "2002年3月14日"), ("ru", "14 марта 2002 г.")],
)
def test_sentences_say_dates_as_the_language_does(shell: Shell, language: str, said: str) -> None:
    """The last date is said in words, and stands in tables as ISO 8601 writes it."""
    shell.file(RENT)
    text = HEAD + entry("2001", ann="{rent = 0}") + entry("2002-03-14", ann="{rent = 3}")
    path = shell.file(text, "history.toml")
    out = shell.run("progress", path, "--language", language).out.replace("\u00a0", " ")
    assert said in out.split("\n\n")[1]
    assert "\n2002-03-14" in out
