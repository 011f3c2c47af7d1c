"""``hikiwake settle``: JSON for each audience, text for people, exit codes."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.cli.commands.settle import EXIT_CODES
from hikiwake.explain.language.layout import width_of
from hikiwake.settlement import Status
from tests.unit.cli.cast import DEARER, FENCE, LURE, NONE, SAMPLE, TIES, TWINS, Shell, choice

GENIUS = Path("scenarios", "genius")
ANSWERS = [(0, "draw"), (1, "uneven"), (1, "no_agreement")]
DESIGN = """
{"hikiwake": 1, "audience": "mediator", "rule": "draw", "status": "draw", "exactness": "exact", "engine": "linear",
 "outcome": {"house": "ann", "savings": {"ann": "1/21", "ben": "20/21"}},
 "utilities": {"ann": "400/7", "ben": "400/7"}, "walk_away": {"ann": "0", "ben": "0"}, "ideals": {"ann": "100", "ben": "100"},
 "gains": {"ann": "4/7", "ben": "4/7"}, "imbalance": "0", "ties": 1, "twins": 0, "left_out": [], "conflicts": [],
 "even_but_dearer": null, "certificate": null, "certificate_reason": "not asked for", "illustrative": false}
"""  # noqa: E501


def test_the_sample_of_the_design_gives_its_object_key_for_key(shell: Shell) -> None:
    """House 55 / savings 45 against 40 / 60 prints the very object of design.md, in its order."""
    ran = shell.run("settle", shell.file(SAMPLE), "--json")
    assert json.dumps(ran.json) == json.dumps(json.loads(DESIGN))
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("dispute", "code", "status"),
    [(SAMPLE, 0, "draw"), (DEARER, 1, "uneven"), (NONE, 1, "no_agreement")],
)
def test_the_exit_code_is_the_answer(shell: Shell, dispute: str, code: int, status: str) -> None:
    """0 for a draw, 1 for uneven and for no agreement, with JSON and without."""
    path = shell.file(dispute)
    ran = shell.run("settle", path, "--json")
    assert (ran.code, ran.json["status"]) == (code, status)
    assert shell.run("settle", path).code == code


def test_the_fewest_shares_are_shown_where_asked_for(shell: Shell) -> None:
    """The option says how many shares are divided, and the commands that tell more keep it."""
    path = shell.file(SAMPLE)
    ran = shell.run("settle", path, "--fewest-shares", "--json")
    assert ran.json["fewest_shares"] == {"divided": 1, "certain": True}
    assert "fewest_shares" not in shell.run("settle", path, "--json").json
    told = shell.run("settle", path, "--fewest-shares").out
    assert "Shared issues that the package divides: 1." in told
    assert "--fewest-shares --for joint" in told
    explained = shell.run("explain", path, "--fewest-shares", "--for", "joint", "--language", "ja")
    assert "分ける論点の数：1" in explained.out
    refused = shell.run("settle", path, "--fewest-shares", "--partial")
    assert refused.code == 2
    assert "--fewest-shares" in refused.err


def test_every_status_has_an_exit_code() -> None:
    """The map from status to exit code is total, and undecided is 3."""
    assert set(EXIT_CODES) == {status.value for status in Status}
    assert EXIT_CODES["undecided"] == 3


def test_a_dearer_even_package_is_an_object_with_its_costs(shell: Shell) -> None:
    """(.90, .24) is shown; (.20, .25) stands beside it and costs Ann 7/10 of her range."""
    found = shell.run("settle", shell.file(DEARER), "--json").json
    assert found["outcome"] == {"deal": "b"}
    assert found["even_but_dearer"] == {
        "outcome": {"deal": "a"},
        "utilities": {"ann": "20", "ben": "25"},
        "gains": {"ann": "1/5", "ben": "1/4"},
        "imbalance": "1/20",
        "costs": {"ann": "7/10", "ben": "-1/100"},
    }


def test_no_agreement_names_the_limits_that_cannot_all_hold(shell: Shell) -> None:
    """Ben's red line and Ann's walk-away value: one smallest conflict, and nothing settled."""
    found = shell.run("settle", shell.file(NONE), "--json").json
    assert found["outcome"] is None
    assert found["utilities"] is None
    assert found["conflicts"] == [
        {
            "limits": [
                {"kind": "red_line", "party": "ben", "place": 1},
                {"kind": "walk_away", "party": "ann", "place": 0},
            ],
            "smallest": True,
        }
    ]


def test_a_party_gets_its_own_points_and_its_gain_to_the_grain(shell: Shell) -> None:
    """Ben sees 400/7 points and about 55 %, and no key that holds anything of Ann's."""
    found = shell.run("settle", shell.file(SAMPLE), "--json", "--audience", "ben").json
    assert found["utility"] == "400/7"
    assert found["gain"] == "about 55 %"
    assert found["walk_away"] == "0"
    hidden = {"utilities", "gains", "ideals", "imbalance", "ties", "twins", "groups"}
    assert not hidden & set(found)


def test_the_joint_object_has_no_points(shell: Shell) -> None:
    """The joint object holds the package and no number but the parts of what is divided."""
    found = shell.run("settle", shell.file(SAMPLE), "--json", "--audience", "joint").json
    assert set(found) == {
        "hikiwake", "audience", "rule", "status", "exactness", "engine", "outcome", "conflicts",
        "even_but_dearer", "certificate", "certificate_reason", "illustrative",
    }  # fmt: skip


@pytest.mark.parametrize("audience", ["joint", "ben"])
@pytest.mark.parametrize("form", [["--json"], []])
def test_what_ann_said_in_confidence_reaches_nobody_else(
    shell: Shell, audience: str, form: list[str]
) -> None:
    """Ann's 60 and 70717 are neither in the joint output nor in Ben's, without agreement."""
    ran = shell.run("settle", shell.file(NONE), "--audience", audience, *form)
    assert "70717" not in ran.out + ran.err
    assert "60" not in ran.out + ran.err


@pytest.mark.parametrize("audience", ["joint", "ann"])
@pytest.mark.parametrize("form", [["--json"], []])
def test_what_ben_said_in_confidence_reaches_nobody_else(
    shell: Shell, audience: str, form: list[str]
) -> None:
    """Ben's red line, and why he drew it, is neither in the joint output nor in Ann's."""
    ran = shell.run("settle", shell.file(NONE), "--audience", audience, *form)
    assert "CANARY-BEN" not in ran.out + ran.err
    assert '"red_line"' not in ran.out


def test_the_text_says_what_came_out_and_shows_gains_as_bars(shell: Shell) -> None:
    """The mediator reads that nobody is ahead, the package, two equal bars, and where to go on."""
    ran = shell.run("settle", shell.file(SAMPLE))
    assert "This package is a draw" in ran.out
    assert "all packages were searched".casefold() in ran.out.casefold()
    bars = [line for line in ran.out.splitlines() if "█" in line]
    assert [bar.split()[0] for bar in bars] == ["Ann", "Ben"]
    assert bars[0].split()[1:] == bars[1].split()[1:]
    assert "Pareto-optimal" in ran.out
    assert "→ hikiwake explain " in ran.out


@pytest.mark.parametrize("dispute", [SAMPLE, DEARER, TIES, TWINS, NONE])
@pytest.mark.parametrize("audience", ["mediator", "ann", "joint"])
@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_no_line_is_wider_than_80_columns(
    shell: Shell, dispute: str, audience: str, language: str
) -> None:
    """In every language, for every audience, each line fits 80 columns, wide characters as two."""
    ran = shell.run("settle", shell.file(dispute), "--audience", audience, "--language", language)
    commands = [line for line in ran.out.splitlines() if line.startswith("→")]
    lines = [line for line in ran.out.splitlines() if line not in commands]
    assert lines
    assert max(width_of(line) for line in lines) <= 80


def test_without_a_terminal_there_is_no_colour(shell: Shell) -> None:
    """Piped output has no escape sequence; FORCE_COLOR brings them, NO_COLOR takes them again."""
    path = shell.file(SAMPLE)
    assert "\x1b" not in shell.run("settle", path).out
    shell.patch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;32mThis package is a draw" in shell.run("settle", path).out
    shell.patch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shell.run("settle", path).out


def test_colour_changes_nothing_but_the_colour(shell: Shell) -> None:
    """With the escape sequences taken out, the coloured text is the plain text."""
    import re

    path = shell.file(DEARER)
    plain = shell.run("settle", path).out
    shell.patch.setenv("FORCE_COLOR", "1")
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", shell.run("settle", path).out)
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


def test_ties_and_twins_are_listed_on_request(shell: Shell) -> None:
    """One tie (`a` and `b` are worth the same), or one twin, in JSON; in the text once only."""
    ties = shell.run("settle", shell.file(TIES), "--json", "--ties").json
    assert sorted(outcome["deal"] for outcome in ties["tied"]) == ["a", "b"]
    twins = shell.run("settle", shell.file(TWINS), "--json", "--ties").json
    assert len(twins["mirrors"]) == 1
    told = shell.run("settle", shell.file(TWINS), "--ties").out
    assert told.count("Mirror: deal") == 1
    told = shell.run("settle", shell.file(TIES), "--ties").out
    assert told.count("As good for everyone: deal") == 1
    many: dict[str, int | str] = dict.fromkeys("abcdef", 10)
    told = shell.run("settle", shell.file(choice(many, many)), "--ties").out
    assert "5. As good for everyone: deal" in told


@pytest.mark.parametrize("audience", ["ann", "joint"])
def test_ties_are_for_the_mediator(shell: Shell, audience: str) -> None:
    """What is as good for everyone tells one side about the other: refused, exit 2."""
    ran = shell.run("settle", shell.file(TIES), "--ties", "--audience", audience)
    assert (ran.code, ran.out) == (2, "")
    assert "H14" in ran.err


def test_a_partys_preference_can_come_from_another_file(shell: Shell) -> None:
    """With other points for Ann (house 40, savings 60) the two are alike, and split alike."""
    other = shell.file("[points]\nhouse = 40\nsavings = 60\n", "other.toml")
    ran = shell.run("settle", shell.file(SAMPLE), "--json", "--preferences", f"ann={other}")
    assert ran.json["gains"] == {"ann": "1/2", "ben": "1/2"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--audience", "bn"], "Did you mean 'ben'?"),
        (["--rule", "nahs"], "Did you mean 'nash'?"),
        (["--language", "jp"], "Known: en, ja, ru"),
        (["--preferences", "ann"], "PARTY=FILE"),
        (["--preferences", "anne=x.toml"], "anne"),
        (["--preferences", "ann=nowhere.toml"], "nowhere.toml"),
    ],
)
def test_what_cannot_be_used_is_told_on_the_error_stream(
    shell: Shell, words: list[str], told: str
) -> None:
    """Exit 2, nothing on the output, and the error says what to do."""
    ran = shell.run("settle", shell.file(SAMPLE), *words)
    assert (ran.code, ran.out) == (2, "")
    assert told in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_a_party_cannot_be_called_like_an_audience(shell: Shell) -> None:
    """If a party's id is `mediator`, that audience is refused: it would be shown everything."""
    path = shell.file(SAMPLE.replace('"ann"', '"mediator"').replace(".ann.", ".mediator."))
    ran = shell.run("settle", path, "--audience", "mediator")
    assert ran.code == 2
    assert "another id" in ran.err


def test_every_genius_folder_of_2010_2011_and_2013_settles(shared: Path, shell: Shell) -> None:
    """Of 29 folders 28 have a package nobody would walk away from; Lunch (0.8 and 0.8) has none."""
    folders = [f for y in ("y2010", "y2011", "y2013") for f in (shared / GENIUS / y).iterdir()]
    without: list[str] = []
    for folder in folders:
        ran = shell.run("settle", str(folder), "--json")
        assert (ran.code, ran.json["status"]) in ANSWERS
        if ran.json["outcome"] is None:
            without.append(folder.name)
            continue
        for party, utility in ran.json["utilities"].items():
            assert Fraction(utility) >= Fraction(ran.json["walk_away"][party])
    assert len(folders) == 29
    assert without == ["Lunch"]


def test_power_is_told_to_the_mediator_only(shell: Shell) -> None:
    """With --power the mediator reads where the power lies; a side and all together are refused."""
    path = shell.file(LURE)
    assert "Where the power lies" in shell.run("settle", path, "--power").out
    assert "Where the power lies" not in shell.run("settle", path).out
    for audience in ("ann", "ben", "joint"):
        ran = shell.run("settle", path, "--power", "--audience", audience)
        assert (ran.code, ran.out) == (2, "")
        assert "--power" in ran.err
        assert "(H14)" in ran.err


def test_power_stands_under_its_key(shell: Shell) -> None:
    """The lure (160, 0), dropped, gives 60/60 instead of 80/40; without --power there is no key."""
    path = shell.file(LURE)
    found = shell.run("settle", path, "--power", "--json").json["power"]
    assert (found["dropped"], found["unused"]) == (3, 3)
    assert (found["agenda"][0]["option"], found["agenda"][0]["outcome"]) == ("d", {"deal": "b"})
    assert "power" not in shell.run("settle", path, "--json").json
    assert shell.run("settle", shell.file(NONE), "--power", "--json").json["power"] is None


def test_a_part_is_told_to_each_reader(shell: Shell) -> None:
    """With --partial: the well is settled, the border stays open; exit code 0 although uneven."""
    path = shell.file(FENCE)
    for audience in ("mediator", "joint", "ann", "ben"):
        ran = shell.run("settle", path, "--partial", "--audience", audience, "--language", "en")
        assert (ran.code, ran.err) == (0, "")
        assert "1 issue of 2" in ran.words
    assert shell.run("settle", path).code == 1
    found = shell.run("settle", path, "--partial", "--json").json
    (agreement,) = found["agreements"]
    assert (found["whole"], found["complete"], found["tried"]) == ("uneven", True, 3)
    assert (agreement["settled"], agreement["open"]) == (["well"], ["border"])
    assert agreement["outcome"] == {"border": "today", "well": "both"}
    assert agreement["gains"] == {"ann": "1/2", "ben": "1/2"}
    own = shell.run("settle", path, "--partial", "--json", "--audience", "ben").json
    assert own["agreements"][0]["gain"] == "about 50 %"
    assert not {"utilities", "gains", "ideals"} & set(own["agreements"][0])


def test_parts_need_a_status_quo(shell: Shell) -> None:
    """Without one --partial is refused, with what to add; together with --ties, --power or a time
    limit, which parts do not have, too."""
    ran = shell.run("settle", shell.file(TIES), "--partial")
    assert ran.code == 2
    assert "[status_quo]" in ran.err
    for option in (["--ties"], ["--power"], ["--time-limit", "5"]):
        ran = shell.run("settle", shell.file(FENCE), "--partial", *option)
        assert ran.code == 2
        assert option[0] in ran.err


def test_where_no_part_settles_the_exit_code_is_1(shell: Shell) -> None:
    """If ben never accepts the well for both, nothing settles, and nobody reads why."""
    lines = '[[preferences.ben.red_lines]]\nnever = { well = "both" }\nwhy = "CANARY-BEN"\n'
    path = shell.file(FENCE + lines)
    ran = shell.run("settle", path, "--partial", "--audience", "ann", "--language", "en")
    assert ran.code == 1
    assert "No part of the dispute was found that settles as a draw" in ran.words
    assert "CANARY" not in ran.out


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_a_time_limit_is_a_time(shell: Shell, seconds: str) -> None:
    """No time, less than none, or no number of seconds is refused with what to do."""
    ran = shell.run("settle", shell.file(SAMPLE), "--time-limit", seconds)
    assert ran.code == 2
    assert "Option --time-limit" in ran.err
    assert shell.run("settle", shell.file(SAMPLE), "--time-limit", "60").code == 0


def test_the_commands_that_tell_more_tell_the_same_settlement(shell: Shell) -> None:
    """They repeat rule, preferences and limits; the language only where no side has its own."""
    other = shell.file("[points]\nhouse = 40\nsavings = 60\n", "other.toml")
    asked = ["--rule", "nash", "--preferences", f"ann={other}", "--time-limit", "20"]
    path = shell.file(SAMPLE)
    shown = shell.run("settle", path, *asked, "--fewest-shares", "--language", "ru").out
    again = [line.split()[3:] for line in shown.splitlines() if line.startswith("→ hikiwake")]
    same = [path, *asked, "--fewest-shares", "--for"]
    assert again == [
        [*same, "mediator", "--language", "ru"],
        [*same, "ann"],
        [*same, "ben"],
        [*same, "joint", "--language", "ru"],
    ]
    assert shell.run("explain", *again[1]).code == 0
