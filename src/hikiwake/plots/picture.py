"""A picture of a Pareto frontier, with the settled package in it, as PNG or SVG."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hikiwake.course import Planned
from hikiwake.errors import Fault, InputError
from hikiwake.model import Dispute
from hikiwake.settlement import Settlement

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


def frontier_picture(
    dispute: Dispute, frontier: Any, settlement: Settlement, path: str | Path
) -> None:
    """Draw a frontier in gains, from what each party has without an agreement.

    Two parties: a plane, with the line of equal gains and the band that counts as even. More: one
    axis a party, one line a package. For the mediator: everybody's gains can be read from it (H14).

    Parameters
    ----------
    frontier
        What the façade's ``frontier`` returned: one row of gains a point, and straight parts.
    path
        Where it is written; the ending, ``.png`` or ``.svg``, says as what.

    Raises
    ------
    InputError
        If the ending is neither, there is nothing to draw, Matplotlib is not installed, or the
        file cannot be written.
    """
    target = Path(path)
    _require(settlement, target)
    import matplotlib as mpl

    from hikiwake.plots.axes import draw_axes
    from hikiwake.plots.plane import draw_plane

    with mpl.rc_context(_style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        draw = draw_plane if len(frontier.parties) == 2 else draw_axes
        figure: Figure = draw(dispute, frontier, settlement)
        _save(figure, target)


def plan_picture(planned: Planned, path: str | Path) -> None:
    """Draw a plan: temptation, exposure and trust needed over time, and what orders ask for.

    For the mediator: everybody's figures can be read from it (H14).

    Raises
    ------
    InputError
        As :func:`frontier_picture` does.
    """
    target = Path(path)
    _require_kind(target)
    import matplotlib as mpl

    from hikiwake.plots.course import draw_course

    with mpl.rc_context(_style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        _save(draw_course(planned), target)


def _require(settlement: Settlement, target: Path) -> None:
    if settlement.package is None:
        raise InputError(
            Fault(f"Picture {target.name!r}", "no package that every side could accept",
                  "A frontier to draw", "H12",
                  "Settle the dispute first: that names the limits that cannot all hold.")
        )  # fmt: skip
    _require_kind(target)


def _require_kind(target: Path) -> None:
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
