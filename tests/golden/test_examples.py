"""The examples: what they settle on and how it is told, and what must hold for the four islands."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
import tomllib
from contextlib import redirect_stdout
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

from hikiwake.api import load, partial, power, properties_of, settle
from hikiwake.explain import tell, tell_partial
from hikiwake.explain.language.layout import width_of
from hikiwake.formats.results.settled import settlement_json
from hikiwake.model import Choice, Dispute
from hikiwake.settlement import Partial, Settlement, Status
from tests.golden.stored import HERE, compare

EXAMPLES = HERE.parents[1] / "examples"
ISLANDS = EXAMPLES / "four-islands"
STYLES = ("pragmatic", "hard-line", "economic")
PARTIES = {
    "four-islands": ("japan", "russia"),
    "two-heirs": ("ann", "ben"),
    "co-founders": ("mira", "tom"),
}
LANGUAGES = ("en", "ja", "ru")
TELLINGS = [
    (example, audience, language)
    for example, parties in PARTIES.items()
    for audience in ("mediator", "joint", *parties)
    for language in (LANGUAGES if example == "four-islands" else ("en",))
]
ISLAND_FILES = sorted(ISLANDS.rglob("*.toml"))
NOBODYS = "Illustrative; nobody's position."


def settled(example: str) -> tuple[Dispute, Settlement]:
    dispute = load(EXAMPLES / example)
    return dispute, replace(settle(dispute), seconds=0.0)


def table(style: str, party: str) -> Path:
    folder = ISLANDS / "preferences" if style == "pragmatic" else ISLANDS / "tables" / style
    return folder / f"{party}.toml"


@cache
def demo() -> ModuleType:
    spec = importlib.util.spec_from_file_location("four_islands_demo", ISLANDS / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def answers(settlement: Settlement) -> set[tuple[tuple[str, str], ...]]:
    """Return the set of answers: every package that is as good as the one shown, as text."""
    outcomes = [*settlement.tied, *(mirror.outcome for mirror in settlement.mirrors)]
    outcomes += [settlement.outcome] if settlement.outcome is not None else []
    return {tuple(sorted((i, str(v)) for i, v in outcome.items())) for outcome in outcomes}


# --- golden texts ------------------------------------------------------------------------------


@pytest.mark.parametrize(("example", "audience", "language"), TELLINGS)
def test_an_example_is_told_as_before(example: str, audience: str, language: str) -> None:
    """Each audience reads the same words as when somebody last looked them over."""
    dispute, settlement = settled(example)
    verdicts = properties_of(dispute, settlement)
    text = tell(dispute, settlement, audience, language, verdicts).text(80)
    assert max(width_of(line) for line in text.splitlines()) <= 80
    compare(f"texts/{example}.{audience}.{language}.txt", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_power_lies_is_told_as_before(language: str) -> None:
    """What the draw of the four islands leans on reads as when somebody last looked it over."""
    dispute, settlement = settled("four-islands")
    found = replace(settlement, power=power(dispute, settlement))
    text = tell(dispute, found, "mediator", language).text(80)
    assert max(width_of(line) for line in text.splitlines()) <= 80
    plain = tell(dispute, settlement, "mediator", language).text(80)
    lines = set(plain.splitlines())
    told = [line for line in text.splitlines() if line not in lines]
    compare(f"texts/four-islands.power.{language}.txt", "\n".join(told) + "\n")


@pytest.mark.xdist_group("islands in part")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["mediator", "joint", "japan", "russia"])
def test_a_part_of_the_islands_is_told_as_before(audience: str, language: str) -> None:
    """With a hard-line table, what settles and what stays open reads as somebody looked it over."""
    dispute, found = in_part()
    text = tell_partial(dispute, found, audience, language).text(80)
    assert max(width_of(line) for line in text.splitlines()) <= 80
    compare(f"texts/four-islands.partial.{audience}.{language}.txt", text)


@pytest.mark.xdist_group("islands in part")
def test_the_hard_line_leaves_the_large_islands_open() -> None:
    """Pragmatic against hard-line is no draw; each part that is one leaves 1 and 2 open."""
    dispute, found = in_part()
    assert settle(dispute).status is Status.UNEVEN
    assert found.complete
    assert found.found == len(found.agreements) == 2
    for agreement in found.agreements:
        assert {"island_1", "island_2"} <= set(agreement.open)
        assert {"island_3", "island_4", "treaty"} <= set(agreement.settled)


@cache
def in_part() -> tuple[Dispute, Partial]:
    dispute = load(ISLANDS, preferences={"russia": table("hard-line", "russia")})
    return dispute, partial(dispute)


@pytest.mark.parametrize("example", PARTIES)
def test_an_example_settles_as_before(example: str) -> None:
    """The settlement is the same as when somebody last looked it over, for every audience."""
    dispute, settlement = settled(example)
    found = {
        audience: settlement_json(dispute, settlement, audience)
        for audience in ("mediator", "joint", *PARTIES[example])
    }
    compare(f"texts/{example}.json", json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def test_the_demo_prints_as_before() -> None:
    """What `make demo` prints is what somebody last looked over, in at most 80 columns."""
    output = io.StringIO()
    with redirect_stdout(output):
        demo().main()
    text = output.getvalue()
    assert max(width_of(line) for line in text.splitlines()) <= 80
    compare("texts/demo.txt", text)


@pytest.mark.parametrize("example", ["two-heirs", "co-founders"])
def test_an_everyday_example_is_a_draw(example: str) -> None:
    """Heirs and co-founders come to a draw that divides something."""
    _, settlement = settled(example)
    assert settlement.status is Status.DRAW
    assert settlement.imbalance == 0
    assert settlement.searched == "infinite"


# --- the four islands --------------------------------------------------------------------------


@pytest.mark.parametrize("path", ISLAND_FILES, ids=lambda path: path.parent.name + "-" + path.stem)
def test_every_file_of_the_islands_says_first_that_it_is_invented(path: Path) -> None:
    """Whoever opens a file reads on its first line that it is nobody's position."""
    assert path.read_text("utf-8").splitlines()[0] == f"# {NOBODYS}"


def test_the_demo_says_first_that_it_is_invented() -> None:
    """The program says it on its own first line and as the first thing that it prints."""
    assert NOBODYS in (ISLANDS / "demo.py").read_text("utf-8").splitlines()[0]
    assert next(iter(demo().report())).startswith("Illustrative: every number below is invented")


@pytest.mark.parametrize("audience", ["mediator", "joint", "japan", "russia"])
def test_every_output_for_the_islands_says_that_it_is_invented(audience: str) -> None:
    """Texts say it in their first line, objects in a key of their own."""
    dispute, settlement = settled("four-islands")
    assert settlement_json(dispute, settlement, audience)["illustrative"] is True
    first = {language: tell(dispute, settlement, audience, language).text(80).splitlines()[0]
             for language in LANGUAGES}  # fmt: skip
    assert "nobody's position" in first["en"]
    assert "架空" in first["ja"]
    assert "вымышлены" in first["ru"]


def test_neither_sides_word_names_an_id() -> None:
    """Ids are neutral: no island's name and no side's name stands in one, nor in the folder's."""
    dispute = load(ISLANDS)
    own = {
        word.casefold()
        for party in dispute.parties
        for names in party.names.values()
        for key in ("island_1", "island_2", "island_3", "island_4")
        for word in (names[key], party.id)
    }
    ids = {issue.id for issue in dispute.issues} | {group.id for group in dispute.groups}
    ids |= {o.id for issue in dispute.issues if isinstance(issue, Choice) for o in issue.options}
    ids.add(ISLANDS.name)
    assert not {(word, name) for word in own for name in ids if word in name}


def test_each_side_has_its_own_names_in_every_language() -> None:
    """A side's text never falls back on the other side's names, whatever language it is in."""
    dispute = load(ISLANDS)
    keys = {frozenset(names) for party in dispute.parties for names in party.names.values()}
    assert len(keys) == 1
    assert all(set(party.names) == set(LANGUAGES) for party in dispute.parties)
    japan, russia = (dispute.party(party).names for party in ("japan", "russia"))
    assert (japan["ja"]["island_1"], russia["ru"]["island_1"]) == ("択捉島", "Итуруп")


def test_a_side_reads_its_own_names_and_the_joint_text_gives_both() -> None:
    """Japan reads 択捉島 and Russia Итуруп; what both sign has both, in alphabetical order."""
    dispute, settlement = settled("four-islands")
    japan = tell(dispute, settlement, "japan").text()
    russia = tell(dispute, settlement, "russia").text()
    assert "択捉島" in japan
    assert "イトゥルップ" not in japan
    assert "Итуруп" in russia
    assert "Эторофу" not in russia
    assert "Etorofu / Iturup" in tell(dispute, settlement, "joint", "en").text()
    assert "Итуруп / Эторофу" in tell(dispute, settlement, "joint", "ru").text()


def test_best_hopes_of_every_invented_table_add_up_to_a_hundred() -> None:
    """The six tables are of one size, so that none looks more demanding than another."""
    for style, party in product(STYLES, PARTIES["four-islands"]):
        values = tomllib.loads(table(style, party).read_text("utf-8"))["values"]
        assert sum(max(options.values()) for options in values.values()) == 100, (style, party)


def test_one_sides_public_statement_is_attributed_wherever_it_is_shown() -> None:
    """No exchange, no purchase: that is Russia's public line, and never the table's own."""
    dispute, settlement = settled("four-islands")
    lines = [rule for rule in dispute.rules if "economy" in rule.never.tests]
    assert [rule.by for rule in lines] == ["russia"]
    for audience in ("mediator", "joint", "japan"):
        sections = tell(dispute, settlement, audience, "en").sections
        shown = [line for s in sections for line in s.lines if "trade in territories" in line]
        assert len(shown) == 1
        assert "Russia" in shown[0].split("trade in territories")[0]


def test_the_islands_are_even_within_themselves_and_not_as_today() -> None:
    """The pragmatic pairing is a draw that changes today's administration of every island."""
    dispute, settlement = settled("four-islands")
    assert settlement.status is Status.DRAW
    (group,) = settlement.groups
    assert group.group == "islands"
    assert group.even
    assert group.imbalance is not None
    assert Fraction(0) <= group.imbalance <= dispute.tolerance
    assert settlement.outcome is not None
    assert dispute.status_quo is not None
    islands = next(g for g in dispute.groups if g.id == "islands").issues
    assert all(settlement.outcome[i] != dispute.status_quo[i] for i in islands)


@pytest.mark.parametrize(("japan", "russia"), list(product(STYLES, repeat=2)))
def test_with_the_sides_swapped_the_answers_are_the_mirror_image(japan: str, russia: str) -> None:
    """Whoever holds a table gets what that table is given: the name of the side changes nothing."""
    one, other = table(japan, "japan"), table(russia, "russia")
    straight = settle(load(ISLANDS, preferences={"japan": one, "russia": other}))
    swapped = settle(load(ISLANDS, preferences={"japan": other, "russia": one}))
    assert swapped.status is straight.status
    assert answers(swapped) == answers(straight)
    assert (swapped.ties, swapped.twins) == (straight.ties, straight.twins)
    if straight.utilities is not None:
        assert swapped.utilities is not None
        points = {(m.utilities["japan"], m.utilities["russia"]) for m in straight.mirrors}
        mirrored = {(m.utilities["russia"], m.utilities["japan"]) for m in swapped.mirrors}
        points.add((straight.utilities["japan"], straight.utilities["russia"]))
        mirrored.add((swapped.utilities["russia"], swapped.utilities["japan"]))
        assert mirrored == points


@pytest.mark.parametrize(("japan", "russia"), list(product(STYLES, repeat=2)))
def test_the_order_of_the_sides_in_the_file_changes_nothing(japan: str, russia: str) -> None:
    """With the sides named the other way round the set of answers is the same."""
    tables = {"japan": table(japan, "japan"), "russia": table(russia, "russia")}
    dispute = load(ISLANDS, preferences=tables)
    turned = replace(dispute, parties=dispute.parties[::-1])
    straight, reversed_ = settle(dispute), settle(turned)
    assert reversed_.status is straight.status
    assert answers(reversed_) == answers(straight)
    assert reversed_.utilities == straight.utilities
    assert reversed_.outcome == straight.outcome


def test_the_nine_pairings_do_not_all_come_to_the_same() -> None:
    """Opposed tables: some pairings have no draw, and one has no agreement at all."""
    found = demo().pairings()
    statuses = [pairing.settlement.status for pairing in found]
    assert len(found) == 9
    assert {Status.DRAW, Status.UNEVEN, Status.NO_AGREEMENT} == set(statuses)
    assert statuses[0] is Status.DRAW


def test_what_the_demo_says_of_all_nine_pairings_is_computed_from_them() -> None:
    """With only one pairing to look at, every issue is decided alike and none hangs on it."""
    module = demo()
    dispute = load(ISLANDS)
    one = module.pairings()[:1]
    lines = "\n".join(module.conclusions(dispute, one))
    held = lines.split("In every package")[1].split("What hangs on the invention:")[0]
    assert held.count("• ") == len(dispute.issues)
    assert "a package at all: in 1 of 1" in lines
