"""What every picture shares: where it may be written, its style, its reading and its data."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from logging import ERROR, getLogger
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hikiwake.errors import Fault, InputError
from hikiwake.files import hindrance, replace_private

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg")
DOTS_PER_INCH = 160
JAPANESE = "noto_cjk_sans_jp_regular"  # a wheel that holds the first of these
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


def paint(draw: Callable[[], Figure], path: str | Path, language: str = "en") -> None:
    """Draw a picture in the house's style and write it, PNG or SVG by the ending of the name.

    Readable by nobody else: gains can be read from most of them.

    Raises
    ------
    InputError
        If the ending is neither, Matplotlib is not installed, there is no font for Japanese, or the
        file cannot be written.
    """
    target = Path(path)
    require_drawable(target)
    import matplotlib as mpl

    fonts = _fonts()
    if language == "ja" and len(fonts) == 1 and target.suffix.lower() == ".png":
        raise InputError(_no_font(target))
    with mpl.rc_context(_style(fonts)), _in_silence():
        _save(draw(), target)


@contextmanager
def _in_silence() -> Iterator[None]:
    """Say nothing of letters without a glyph, nor of fonts that have one weight only."""
    log = getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            yield
    finally:
        log.setLevel(level)


def require_drawable(target: Path) -> None:
    """Refuse a place where no picture can be drawn, before anything is searched for it.

    That is what is neither PNG nor SVG, a folder that cannot be written to, and everything where
    Matplotlib is not installed.

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
    if (why := hindrance(target)) is not None:
        raise InputError(_no_place(target, why))


def _fonts() -> list[str]:
    """Return the fonts to look for a letter in, one after the other: Japanese after the first."""
    from matplotlib import font_manager

    known = font_manager.fontManager
    if find_spec(JAPANESE) is not None and not any(f.name == CJK_FONTS[0] for f in known.ttflist):
        known.addfont(str(import_module(JAPANESE).FONT_PATH))
    installed = {font.name for font in known.ttflist}
    return ["DejaVu Sans", *(name for name in CJK_FONTS if name in installed)]


def _no_font(target: Path) -> Fault:
    return Fault(
        f"Picture {target.name!r}",
        "no font here has Japanese letters",
        "One of them for a PNG; an SVG takes those of whoever opens it",
        "H18",
        "pip install 'hikiwake[plots]', or draw an SVG",
    )


def _style(fonts: list[str]) -> Any:
    return {
        "font.family": fonts,
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
    picture = BytesIO()
    figure.savefig(picture, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
    try:
        replace_private(target, picture.getvalue())
    except OSError as error:
        why = (error.strerror or "cannot be written").lower()
        raise InputError(_no_place(target, why)) from None


def _no_place(target: Path, why: str) -> Fault:
    return Fault(
        f"Picture {target.name!r}",
        why,
        "A folder that can be written to",
        "H19",
        "Choose another place.",
        str(target),
    )
