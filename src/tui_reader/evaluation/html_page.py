"""The figures as one page with plots. No request leaves it."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tui_reader.evaluation import text_page
from tui_reader.evaluation.plots import calibration_plot, groups_plot, require_plots, scores_plot
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.evaluation.comparison import Comparison
    from tui_reader.evaluation.figures import Figures
    from tui_reader.evaluation.kinds.kind import Measured

__all__ = ["page", "require_plots"]


def page(found: Figures | None, comparison: Comparison | None = None, measured: Sequence[Measured] = ()) -> str:
    """The whole page.

    Args:
        found: the figures of findings, None where no omissions and additions were marked.
        comparison: with an older run.
        measured: every file, with the figures of its kind.

    Raises:
        SettingsError: what draws the plots is not installed.
    """
    require_plots()
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - other formats do without
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    plots = {
        # Drawn by us from escaped text, so they are not escaped again.
        title: Markup(svg)  # noqa: S704
        for title, svg in (_plots(found) if found else ())
    }
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    template = environment.from_string(files(__package__).joinpath("evaluation.html.j2").read_text(encoding="utf-8"))
    return template.render(
        found=found,
        signature=found.signature if found else measured[0].signature,
        number=text_page.number,
        plots=plots,
        tables=[*(text_page.tables(found) if found else ()), *text_page.measured_tables(measured)],
        comparison=comparison,
        differences=text_page.comparison_rows(comparison) if comparison else [],
    )


def _plots(found: Figures) -> Iterator[tuple[str, Any]]:
    if found.calibration:
        yield "Is a finding as likely right as it says?", calibration_plot(found)
    yield "Precision and recall by genre", groups_plot(found, "genre")
    yield "Precision and recall by direction", groups_plot(found, "direction")
    if all(found.scores.values()):
        yield "Scores of beads with and without a problem", scores_plot(found)
