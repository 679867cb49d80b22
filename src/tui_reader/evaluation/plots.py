"""Plots of an evaluation as SVG for a page: text stays text, nothing is fetched, colours suit both themes."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from importlib.util import find_spec
from io import StringIO
from typing import TYPE_CHECKING, Any

from tui_reader.errors import SettingsError
from tui_reader.evaluation.figures import BOTH
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.evaluation.figures import Figures

_GREY, _BLUE, _ORANGE = "#808890", "#3b78b8", "#c8721f"
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "tui-reader",
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.size": 10.0,
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), _GREY),
}


def require_plots() -> None:
    """Look whether plots can be drawn here, before the work begins.

    Raises:
        SettingsError: the package is not installed; the message says how to install it.
    """
    if find_spec("matplotlib") is None:
        raise SettingsError("the page needs matplotlib, which is not installed; run: pip install 'tui-reader[plots]'")


def calibration_plot(found: Figures) -> str:
    """Share of right findings over their confidence; a larger dot is more findings."""
    with _drawing(4.6, 4.2) as (axes, out):
        axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1, linestyle="--")
        bins = found.calibration
        axes.plot([b.confidence for b in bins], [b.right for b in bins], color=_BLUE, linewidth=1)
        axes.scatter([b.confidence for b in bins], [b.right for b in bins], [12 + 3 * b.findings for b in bins], _BLUE)
        axes.set(xlim=(0, 1), ylim=(-0.02, 1.02), xlabel="confidence", ylabel="share of right findings")
    return _svg(out)


def groups_plot(found: Figures, name: str) -> str:
    """Precision and recall of omissions and additions together, by genre or direction."""
    part = found.by[name]
    with _drawing(6.4, 0.9 + 0.45 * len(part)) as (axes, out):
        places = range(len(part))
        for shift, colour, figure in ((-0.19, _BLUE, "precision"), (0.19, _ORANGE, "recall")):
            shares = [getattr(counts[BOTH], figure) or 0.0 for counts in part.values()]
            axes.barh([p + shift for p in places], shares, 0.36, color=colour, label=figure)
        axes.set_yticks(list(places), list(map(visible, part)))
        axes.invert_yaxis()
        axes.set(xlim=(0, 1))
        axes.legend(frameon=False, loc="lower right")
    return _svg(out)


def scores_plot(found: Figures) -> str:
    """How the scores of beads with a problem and without one are spread."""
    with _drawing(6.4, 3.2) as (axes, out):
        for name, colour in (("without a problem", _BLUE), ("with a problem", _ORANGE)):
            scores = found.scores[name]
            weights = [1 / len(scores)] * len(scores)
            style = {"histtype": "step", "color": colour, "linewidth": 1.6, "label": name}
            axes.hist(scores, bins=20, range=(0, 100), weights=weights, **style)
        axes.set(xlim=(0, 100), xlabel="score of the bead", ylabel="share of the beads")
        axes.legend(frameon=False, loc="upper left")
    return _svg(out)


@contextmanager
def _drawing(width: float, height: float) -> Iterator[tuple[Any, StringIO]]:
    """Axes of this size in inches, and what they are written to when the block ends."""
    from matplotlib import rc_context  # noqa: PLC0415 - the extra `plots`
    from matplotlib.figure import Figure  # noqa: PLC0415

    out = StringIO()
    with rc_context(_STYLE), warnings.catch_warnings():
        # A genre may have a Japanese name; the browser has a font for it even where matplotlib has none to measure by.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        figure = Figure((width, height), layout="constrained")
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        yield axes, out
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})


def _svg(out: StringIO) -> str:
    """The element without the prologue of a file of its own, and without names that two plots in a page would share."""
    text = out.getvalue()
    return re.sub(r'<g id="[^"]*"', "<g", text[text.index("<svg") :])
