"""Draw the figures of the explanation by running the checker: python docs/make_figures.py (extra ``plots``)."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from tui_reader import check
from tui_reader.checks.coverage.family import OMISSION
from tui_reader.model import Document, Passage, Source, Span, Text
from tui_reader.settings import CheckSettings, Settings
from tui_reader.text.blocks import plain_blocks

PICTURES = Path(__file__).resolve().parent / "pictures"
_GREY, _RED, _BLUE = "#808890", "#b03048", "#3b78b8"


def losses() -> list[tuple[str, float]]:
    """The words of the example of the rule ``omission`` with the probability that the translation lacks them."""
    example = OMISSION.bad
    source, target = (
        Text(text, language, plain_blocks(text))
        for text, language in ((example.source, example.source_language), (example.target, example.target_language))
    )
    whole = Passage("p", "s", Span(0, len(source)), Span(0, len(target)), marked=True)
    document = Document("example", target, (Source("s", source),), marked=(whole,), is_pairs=True)
    report = check(document, Settings(check=CheckSettings(encoder="both", cache="off")))
    return [
        (example.source[loss.start : loss.end], float(loss.probability))
        for checked in report.beads
        for loss in checked.source_losses
    ]


def draw_losses(words: list[tuple[str, float]]) -> str:
    """A bar for each word, as SVG."""
    from matplotlib import rc_context  # noqa: PLC0415 - the extra `plots`
    from matplotlib.figure import Figure  # noqa: PLC0415

    style: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "tui-reader",
        "font.family": "sans-serif",
        **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), _GREY),
    }
    out = StringIO()
    with rc_context(style):
        figure = Figure((8.4, 2.9), layout="constrained")
        axes = figure.add_subplot()
        axes.bar(range(len(words)), [p for _, p in words], color=[_RED if p >= 0.5 else _BLUE for _, p in words])
        axes.set_xticks(range(len(words)), [word for word, _ in words], rotation=45, ha="right")
        axes.set(ylim=(0, 1), ylabel="probability of loss")
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def main() -> None:
    """Draw all figures."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "word-losses.svg").write_text(draw_losses(losses()), encoding="utf-8")


if __name__ == "__main__":
    main()
