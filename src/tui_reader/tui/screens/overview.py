"""The whole document in figures: scores as a plot, the worst sentence pairs, problems by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tui_reader.tui.language import tr, tr_count
from tui_reader.tui.rule_wording import rule_name
from tui_reader.tui.screens.list_screen import ListRow, ListScreen
from tui_reader.tui.statistics import BINS, statistics
from tui_reader.tui.wording import document_title, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.tui.reading import Reading
    from tui_reader.tui.statistics import Statistics

_BAR_CELLS = 40
_WORDS_SHOWN = 200


class OverviewScreen(ListScreen[int]):
    """Figures about a document; choosing one of the worst sentence pairs goes to it.

    Args:
        reading: the state.
    """

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading

    def heading(self) -> str:
        """The title and the score."""
        score = self._reading.score
        known = "" if score is None else tr("  ⋅  score {score:.0f}").format(score=score)
        return document_title(self._reading.document) + known

    def rows(self) -> Sequence[ListRow[int]]:
        """All there is to tell, section by section."""
        figures = statistics(self._reading)
        sections: tuple[tuple[str, list[ListRow[int]]], ...] = (
            (tr("Texts"), [ListRow(None, line) for line in self._texts(figures)]),
            (tr("Scores of sentence pairs"), [ListRow(None, line) for line in _plot(figures.distribution)]),
            (tr("Problems by rule"), [ListRow(None, line) for line in _counts(figures)]),
            (tr("Lowest scores"), [ListRow(item, self._bead(item), "") for item in figures.worst]),
        )
        rows: list[ListRow[int]] = []
        for title, lines in sections:
            rows.append(self.section(title, first=not rows))
            rows += lines or [ListRow(None, _plain(tr("nothing yet")))]
        return rows

    def _texts(self, figures: Statistics) -> Iterator[Text]:
        source, target = figures.characters
        letters = tr("{source} characters of the sources stand beside {target} of the text")
        yield _plain(letters.format(source=f"{source:,}", target=f"{target:,}"))
        shapes = " ⋅ ".join(f"{shape}: {count}" for shape, count in figures.shapes.most_common(8))
        yield _plain(tr("sentences paired: {shapes}").format(shapes=shapes.replace("–", "-") or "-"))
        unaligned = sum(1 for item in self._reading.items if item.bead is None and item.target is not None)
        yield _plain(tr_count("{n} run of the text translates nothing", "{n} runs translate nothing", unaligned))

    def _bead(self, item: int) -> Text:
        shown = self._reading.items[item]
        source = "" if shown.source_id is None else self._reading.source_content(shown.source_id)
        texts = (
            shown.source.of(source) if shown.source else "",
            shown.target.of(self._reading.document.text.content) if shown.target else "",
        )
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{self._reading.scores[item]:>3.0f}  ", style="bold")
        return line.append("  ⋅  ".join(one_line(text[:_WORDS_SHOWN]) for text in texts if text))


def _plot(distribution: Sequence[int]) -> Iterator[Text]:
    """A bar for each tenth of the scale, the best on top, of coloured cells: block characters vary in width."""
    most = max(distribution, default=0)
    if not most:
        return
    for bin_ in reversed(range(BINS)):
        count = distribution[bin_]
        line = Text(f"{bin_ * 10:>3}-{bin_ * 10 + 10:<3} ", no_wrap=True)
        line.append(" " * max(count > 0, round(count / most * _BAR_CELLS)), style="reverse")
        yield line.append(f" {count}")


def _counts(figures: Statistics) -> Iterator[Text]:
    for rule, count in figures.rules.most_common():
        yield _plain(f"{count:>4}  {rule_name(rule)}")


def _plain(words: str) -> Text:
    return Text(words, no_wrap=True, overflow="ellipsis")
