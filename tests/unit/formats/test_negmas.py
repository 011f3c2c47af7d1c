"""NegMAS scenarios as NegMAS 0.16 writes them: what they mean, and what is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import settle
from hikiwake.errors import FormatError, InputError, Unsupported
from hikiwake.formats import read
from hikiwake.formats.negmas.yamltext import MAX_DEPTH, parse_yaml
from hikiwake.model import Amount, Choice
from hikiwake.settlement import Exactness

pytest.importorskip("yaml")

# Written by NegMAS 0.16 (`Scenario.to_yaml`, `to_json`) for a small scenario made up for this test.
SHOP = """issues:
- name: colour
  type: CategoricalIssue
  values:
  - red
  - blue
- name: count
  type: ContiguousIssue
  values:
  - 1
  - 5
- name: kind
  type: ContiguousIssue
  values:
  - 0
  - 3
name: shop
path: null
type: DiscreteCartesianOutcomeSpace
"""
BUYER = """name: buyer
reserved_outcome:
- red
- 1
- 0
reserved_value: -.inf
stability: 2047
type: LinearAdditiveUtilityFunction
values:
- mapping:
    blue: 0.9
    red: 0.1
  type: TableFun
- type: IdentityFun
- slope: 2
  type: LinearFun
weights:
- 1
- 2
- 3
"""
SELLER = """name: seller
reserved_outcome: null
reserved_value: 0.15
stability: 2047
type: LinearAdditiveUtilityFunction
values:
- mapping:
    blue: 0.25
    red: 1.0
  type: TableFun
- bias: 1.25
  slope: -0.25
  type: AffineFun
- mapping:
    0: 0
    1: 0.1
    2: 0.3
    3: 1.0
  type: TableFun
weights:
- 0.5
- 0.3
- 0.2
"""
SELLER_JSON = """{"name": "seller", "reserved_outcome": null, "reserved_value": 0.15,
 "stability": 2047, "type": "LinearAdditiveUtilityFunction",
 "values": [{"mapping": {"blue": 0.25, "red": 1.0}, "type": "TableFun"},
  {"bias": 1.25, "slope": -0.25, "type": "AffineFun"},
  {"mapping": {"0": 0, "1": 0.1, "2": 0.3, "3": 1.0}, "type": "TableFun"}],
 "weights": [0.5, 0.3, 0.2]}"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a writer of the scenario, with texts replaced in its files."""

    def write(**changed: tuple[str, str]) -> Path:
        for name, text in (("shop", SHOP), ("buyer", BUYER), ("seller", SELLER)):
            old, new = changed.get(name, ("", ""))
            assert old in text
            (tmp_path / f"{name}.yml").write_text(
                text.replace(old, new, 1) if old else text, "utf-8"
            )
        return tmp_path

    return write


def test_utilities_are_those_that_negmas_computes(write: Write) -> None:
    """NegMAS gives (red, 3, 3) 15.1 and 0.85, (blue, 5, 0) 10.9 and 0.125."""
    dispute = read(write())
    one = {"colour": "red", "count": Fraction(3), "kind": Fraction(3)}
    two = {"colour": "blue", "count": Fraction(5), "kind": Fraction(0)}
    assert dispute.utility("buyer", one) == Fraction(1, 10) + 6 + 18
    assert dispute.utility("seller", one) == Fraction(1, 2) + Fraction(3, 20) + Fraction(1, 5)
    assert dispute.utility("buyer", two) == Fraction(109, 10)
    assert dispute.utility("seller", two) == Fraction(1, 8)


def test_reservations_become_walk_away_values(write: Write) -> None:
    """A reserved value counts; without one the reserved outcome's utility: 0.1 + 2 = 2.1."""
    dispute = read(write())
    assert dispute.walk_away("seller") == Fraction(15, 100)
    assert dispute.walk_away("buyer") == Fraction(21, 10)


@pytest.mark.parametrize(
    ("declared", "walk_away"), [("-.inf", "0.125"), (".nan", "0.125"), ("0.01", "0.01"), ("1", "1")]
)
def test_no_reserved_value_is_the_least_utility_and_any_other_counts_as_it_stands(
    write: Write, declared: str, walk_away: str
) -> None:
    """−∞ means that any agreement is better: the seller's least utility, 0.125, does the same."""
    folder = write(seller=("reserved_value: 0.15", f"reserved_value: {declared}"))
    assert read(folder).walk_away("seller") == Fraction(walk_away)


def test_lists_are_choices_and_ranges_are_amounts(write: Write) -> None:
    """A categorical issue becomes a choice, a contiguous one an amount in steps of 1."""
    dispute = read(write())
    assert isinstance(dispute.issue("colour"), Choice)
    count = dispute.issue("count")
    assert isinstance(count, Amount)
    assert (count.min, count.max, count.step) == (1, 5, 1)


def test_json_means_the_same_as_yaml(write: Write) -> None:
    """NegMAS writes JSON too; keys of tables are texts there."""
    usual, folder = read(write()), write()
    (folder / "seller.yml").unlink()
    (folder / "seller.json").write_text(SELLER_JSON, "utf-8")
    assert read(folder) == usual


def test_long_type_names_are_read_too(write: Write) -> None:
    """Some versions write ``negmas.preferences.value_fun.TableFun``, or another key for it."""
    usual = read(write())
    folder = write(
        seller=("type: AffineFun", "__python_class__: negmas.preferences.value_fun.AffineFun"),
        shop=("type: Discrete", "type: negmas.outcomes.outcome_space.Discrete"),
    )
    assert read(folder) == usual


def test_an_affine_function_of_numbers_is_additive(write: Write) -> None:
    """2 × count + 3 × kind + 4, the bias counted once: (5, 3) is worth 23."""
    folder = write(
        shop=("- name: colour\n  type: CategoricalIssue\n  values:\n  - red\n  - blue\n", "")
    )
    text = "type: AffineUtilityFunction\nweights: [2, 3]\nbias: 4\nreserved_value: -.inf\n"
    for name in ("buyer", "seller"):
        (folder / f"{name}.yml").write_text(text, "utf-8")
    dispute = read(folder)
    assert dispute.utility("buyer", {"count": Fraction(5), "kind": Fraction(3)}) == 23


def test_a_discount_is_ignored_and_noted(write: Write) -> None:
    """A discounted function is the one inside it, as a settlement has no rounds."""
    folder = write()
    inner = "".join(f"  {line}\n" for line in SELLER.splitlines())
    text = f"type: ExpDiscountedUFun\ndiscount: 0.9\nreserved_value: -.inf\nufun:\n{inner}"
    (folder / "seller.yml").write_text(text, "utf-8")
    (folder / "_stats.yaml").write_text("opposition: 0.5\n", "utf-8")
    dispute = read(folder)
    assert dispute.walk_away("seller") == Fraction(15, 100)
    assert [note.split(":")[0] for note in dispute.notes] == [
        "A record of NegMAS's own is ignored",
        "A discount is ignored, as a settlement has no rounds",
    ]


@pytest.mark.parametrize(
    ("function", "worths"),
    [
        (
            "{type: TriangularFun, start: 1, middle: 2, end: 5, scale: 3, bias: -1}",
            (-1, 2, 1, 0, -1),
        ),
        ("{type: TriangularFun, start: 2, middle: 2, end: 4}", (0, 0, "1/2", 0, 0)),
        (
            "{type: QuadraticFun, a2: -1, a1: 6, bias: 0.5}",
            ("11/2", "17/2", "19/2", "17/2", "11/2"),
        ),
        ("{type: PolynomialFun, coefficients: [0, 0, 1], bias: 2}", (3, 10, 29, 66, 127)),
    ],
)
@pytest.mark.parametrize("listed", [False, True])
def test_functions_that_bend_are_exact_at_every_number(
    write: Write, function: str, worths: tuple[int | str, ...], listed: bool
) -> None:
    """What NegMAS 0.16 itself gives for 1 to 5, times the weight, in a range and in a list."""
    count = "ContiguousIssue\n  values:\n  - 1\n  - 5"
    listing = "CardinalIssue\n  values: [1, 2, 3, 4, 5]"
    line = "- bias: 1.25\n  slope: -0.25\n  type: AffineFun"
    shop = {"shop": (count, listing)} if listed else {}
    found = read(write(seller=(line, f"- {function}"), **shop))
    for number, worth in enumerate(worths, start=1):
        value = str(number) if listed else Fraction(number)
        assert found.utility("seller", {"count": value}) == Fraction(3, 10) * Fraction(worth)


CONTINUOUS = ("ContiguousIssue\n  values:\n  - 1\n  - 5", "ContinuousIssue\n  values: [1.0, 5.0]")


def test_a_continuous_issue_is_an_amount_without_steps(write: Write) -> None:
    """Lines and triangles stay what they are between whole numbers, too."""
    line = "- bias: 1.25\n  slope: -0.25\n  type: AffineFun"
    triangle = "- {type: TriangularFun, start: 2, middle: 2.5, end: 5}"
    found = read(write(shop=CONTINUOUS, seller=(line, triangle)))
    count = found.issue("count")
    assert isinstance(count, Amount)
    assert count.step is None
    for x, worth in ((2, 0), ("2.25", "0.5"), ("2.5", 1), ("3.75", "0.5")):
        given = found.utility("seller", {"count": Fraction(x)})
        assert given == Fraction(3, 10) * Fraction(worth)
    assert settle(found).exactness is Exactness.EXACT


def test_a_curve_over_a_continuous_issue_is_refused(write: Write) -> None:
    """Nothing is rounded to pieces that are straight (H18)."""
    line = "- bias: 1.25\n  slope: -0.25\n  type: AffineFun"
    curve = "- {type: QuadraticFun, a2: -1, a1: 6, bias: 0.5}"
    with pytest.raises(Unsupported, match="a curved function of a range without steps"):
        read(write(shop=CONTINUOUS, seller=(line, curve)))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("shop", "type: CategoricalIssue", "type: OpenIssue", r"issues\[1\]: .*'OpenIssue'"),
        ("seller", "type: AffineFun", "f: !!binary gASV\n  type: LambdaFun", r"kind 'LambdaFun'"),
        ("shop", "type: Discrete", "type: Enumerating", "an outcome space of the kind 'Enum"),
        ("seller", "type: LinearAdditive", "type: HyperRectangle", "seller.yml: .*HyperRectangle"),
        ("seller", "type: AffineFun", "type: CosFun", r"values\[2\] \(count\): .*'CosFun'"),
    ],
)
def test_what_is_not_covered_is_refused(
    write: Write, file: str, old: str, new: str, message: str
) -> None:
    """Other issues, enumerated spaces, other functions, code: refused by name (H18)."""
    with pytest.raises(Unsupported, match=f"(?s){message}"):
        read(write(**{file: (old, new)}))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("seller", "    2: 0.3\n", "", r"values\[3\] \(kind\): .*3 of 4 values .*\(H2\)"),
        ("seller", "blue: 0.25", "green: 0.25", "no utility for 'blue'"),
        ("seller", "- 0.2\n", "", "seller.yml: weights: .*2 `weights`"),
        ("seller", "- 0.2\n", "- a lot\n", r"weights\[3\]: .*a text that is no number"),
        ("seller", "- 0.2\n", "- .nan\n", r"weights\[3\]: .*not a finite number"),
        ("seller", "0.15", "0x1f", "seller.yml line 3: .*unusual notation"),
        ("seller", "name: seller", "name: [", "seller.yml line 3: .*syntax fault"),
        ("seller", "stability: 2047", "name: twice", "seller.yml line 4: .*a key given twice"),
        ("seller", "reserved_value: 0.15", "reserved_value: .inf", "the reserved value is"),
        ("buyer", "- 1\n- 0\n", "- 9\n- 0\n", "reserved_outcome: .*no outcome of the domain"),
        ("buyer", "- mapping:\n    blue: 0.9\n    red: 0.1\n  type: TableFun",
         "- type: IdentityFun", "values that are no numbers"),
        ("shop", "  - 1\n  - 5", "  - 1\n  - 5.5", r"issues\[2\].values: .*no range of whole"),
        ("shop", "  - blue", "  - red", "a value twice"),
        ("shop", "name: count", "name: kind", "issues: .*a name twice"),
    ],
)  # fmt: skip
def test_a_broken_scenario_says_what_and_where(
    write: Write, file: str, old: str, new: str, message: str
) -> None:
    """Each fault names the file, the key or line, and what was found."""
    with pytest.raises(FormatError, match=f"(?s){message}"):
        read(write(**{file: (old, new)}))


def test_faults_never_repeat_private_numbers(write: Write) -> None:
    """Points and reservations that cannot be read stand in no fault (H14)."""
    folder = write(seller=("red: 1.0", "red: 1.0x4711"), buyer=("- 1\n- 0\n", "- 4711\n- 0\n"))
    with pytest.raises(InputError) as error:
        read(folder)
    assert len(error.value.faults) == 2
    assert "4711" not in str(error.value)


def test_objects_are_never_made(write: Write) -> None:
    """YAML that asks for a Python object is refused with its line; nothing is called."""
    folder = write(seller=("name: seller", "name: !!python/object/apply:os.getcwd []"))
    with pytest.raises(FormatError, match=r"seller.yml line 1: .*an object of another program"):
        read(folder)


def test_references_may_be_used_and_cannot_explode() -> None:
    """A reference is what it stands for; ten to the power of nine of them are refused (H16)."""
    assert parse_yaml("a: &x [1]\nb: *x\n", "f") == {"a": [_one()], "b": [_one()]}
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(FormatError, match=r"more than 500000 entries.*H16"):
        parse_yaml("\n".join(["l0: &l0 [1]", *levels]), "f")
    with pytest.raises(FormatError, match="to nothing, or to itself"):
        parse_yaml("a: &x [*x]", "f")


def _one() -> object:
    parsed = parse_yaml("a: 1", "f")
    assert parsed is not None
    return parsed["a"]


def test_depth_is_bounded() -> None:
    """A hundred thousand brackets are refused without running out of stack (H16)."""
    for depth in (MAX_DEPTH + 1, 100_000):
        with pytest.raises(FormatError, match=r"nested too deeply|syntax fault"):
            parse_yaml(f"a: {'[' * depth}", "f")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("yes", True), ("'yes'", "yes"), ("~", None), ("2020-01-01", "2020-01-01")],
)
def test_scalars_are_what_yaml_says(written: str, meant: object) -> None:
    """``yes`` is true unless quoted, ``~`` nothing; a date stays the text that it is."""
    assert parse_yaml(f"a: {written}", "f") == {"a": meant}


def test_without_the_library_the_way_to_install_it_is_told(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """YAML needs PyYAML; where it is missing the fault names the extra."""
    folder = write()
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(Unsupported, match=r"PyYAML is not installed.*hikiwake\[formats\]"):
        read(folder)


@pytest.mark.parametrize("name", ["shop.yml", "seller.yml", "seller.json"])
def test_one_file_of_a_scenario_is_refused_with_the_way_to_the_folder(
    write: Write, name: str
) -> None:
    """Not with what our own format would miss in it."""
    folder = write()
    (folder / "seller.json").write_text(SELLER_JSON, "utf-8")
    with pytest.raises(FormatError, match="one file of those that another program wrote"):
        read(folder / name)
