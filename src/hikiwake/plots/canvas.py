"""What every picture shares: where it may be written, its style, its reading and its data."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg")
DOTS_PER_INCH = 160
CJK_FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "IPAexGothic",
    "IPAGothic",
    "Hiragino Sans",
    "Yu Gothic",
    "MS Gothic",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A picture for those who cannot see it: one sentence, and its data as a table."""

    sentence: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def paint(draw: Callable[[], Figure], path: str | Path) -> None:
    """Draw a picture in the house's style and write it, PNG or SVG by the ending of the name.

    Raises
    ------
    InputError
        If the ending is neither, Matplotlib is not installed, or the file cannot be written.
    """
    target = Path(path)
    require_drawable(target)
    import matplotlib as mpl

    with mpl.rc_context(_style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        _save(draw(), target)


def require_drawable(target: Path) -> None:
    """Refuse what is neither PNG nor SVG, and everything where Matplotlib is not installed.

    Raises
    ------
    InputError
        With what to do (H18, H19).
    """
    what = f"Picture {target.name!r}"
    if target.suffix.lower() not in FORMATS:
        raise InputError(
            Fault(what, "an ending that says neither PNG nor SVG", "One of .png and .svg", "H19",
                  "Rename the file.")
        )  # fmt: skip
    if find_spec("matplotlib") is None:
        raise InputError(
            Fault(what, "Matplotlib is not installed", "It draws the pictures", "H18",
                  "pip install 'hikiwake[plots]'")
        )  # fmt: skip


def _style() -> Any:
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    return {
        "font.family": ["DejaVu Sans", *(name for name in CJK_FONTS if name in installed)],
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": "#555555",
        "axes.labelcolor": "#222222",
        "xtick.color": "#555555",
        "ytick.color": "#555555",
        "svg.fonttype": "none",
        "svg.hashsalt": "hikiwake",
        "path.sketch": None,
    }


def _save(figure: Figure, target: Path) -> None:
    kind = target.suffix.lower().removeprefix(".")
    metadata: dict[str, Any] = {"Date": None} if kind == "svg" else {"Software": None}
    try:
        figure.savefig(target, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
    except OSError as error:
        raise InputError(
            Fault(
                f"Picture {target.name!r}",
                (error.strerror or "cannot be written").lower(),
                "A folder that can be written to",
                "H19",
                "Choose another place.",
                str(target),
            )
        ) from None
