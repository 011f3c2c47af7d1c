"""What is read aloud, and the tree whose root a checkpoint is."""

from __future__ import annotations

from random import Random

import pytest

from hikiwake.errors import InputError
from hikiwake.sealing import merkle
from hikiwake.sealing.checkpoint import Checkpoint
from hikiwake.sealing.codes import ALPHABET, grouped, ungrouped

# RFC 6962's reference data: these leaves, and the roots over the first 1 to 8 of them.
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f")  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def test_roots_are_those_of_the_standard() -> None:
    """The roots over RFC 6962's reference leaves are the published ones."""
    leaves = [merkle.leaf(bytes.fromhex(leaf)) for leaf in LEAVES]
    assert tuple(merkle.root(leaves[:n]).hex() for n in range(1, 9)) == ROOTS


def test_any_one_wrong_sign_is_noticed() -> None:
    """A code with one sign changed, or two neighbours exchanged, is never read as another."""
    random = Random(6)
    data = random.randbytes(17)
    signs = grouped(data).replace("-", "")
    wrong = {signs[:i] + c + signs[i + 1 :] for i in range(len(signs)) for c in ALPHABET}
    wrong |= {signs[:i] + signs[i + 1] + signs[i] + signs[i + 2 :] for i in range(len(signs) - 1)}
    assert [code for code in wrong - {signs} if ungrouped(code, 17) is not None] == []


def test_a_code_is_read_as_people_say_it() -> None:
    """Small letters, blanks, lines and I, L, O for 1, 1, 0 do not matter."""
    data = bytes(range(16)) + b"\x01"
    code = grouped(data)
    said = code.lower().replace("-", " \n").replace("1", "l").replace("0", "o")
    assert ungrouped(said, 17) == data


def test_a_checkpoint_has_six_groups_of_five() -> None:
    """A checkpoint is short enough to be read by telephone, and comes back the same."""
    checkpoint = Checkpoint.of([merkle.leaf(bytes([n])) for n in range(200)])
    assert [len(group) for group in checkpoint.code.split("-")] == [5] * 6
    assert Checkpoint.from_code(checkpoint.code) == checkpoint


@pytest.mark.parametrize("code", ["", "draw", "0" * 31, "00000-00000-00000-00000-00000-00001", "Ü"])
def test_a_misread_checkpoint_is_refused(code: str) -> None:
    """What is no checkpoint is refused with what to do."""
    with pytest.raises(InputError, match="Compare it sign by sign"):
        Checkpoint.from_code(code)
