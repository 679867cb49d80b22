"""The whole document in figures: scores as a plot, the worst sentence pairs, problems by rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from tui_reader.model import Band
from tui_reader.tui.band_wording import BANDS, band_name
from tui_reader.tui.language import later, tr, tr_count
from tui_reader.tui.position import Spot, spot
from tui_reader.tui.rule_wording import rule_name
from tui_reader.tui.screens.list_screen import ListRow, ListScreen
from tui_reader.tui.statistics import BINS, statistics
from tui_reader.tui.widgets.inked import ink
from tui_reader.tui.wording import document_title, fitted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style

    from tui_reader.tui.reading import Reading
    from tui_reader.tui.statistics import Statistics

_BAR_CELLS = 40
_WORDS_SHOWN = 200
_NAME_CELLS = 10
_NOWHERE = later("no band")
_NO_LETTER = "-"


class OverviewScreen(ListScreen[Spot]):
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

    def rows(self) -> Sequence[ListRow[Spot]]:
        """All there is to tell, section by section."""
        figures = statistics(self._reading)
        sections: tuple[tuple[str, list[ListRow[Spot]]], ...] = (
            (tr("Texts"), [ListRow(None, line) for line in self._texts(figures)]),
            (tr("What the scores say"), [ListRow(None, line) for line in self._bands(figures)]),
            (tr("Scores of sentence pairs"), [ListRow(None, line) for line in self._plot(figures.distribution)]),
            (tr("Problems by rule"), [ListRow(None, line) for line in _counts(figures)]),
            (tr("Lowest scores"), [ListRow(spot(self._reading, item), self._bead(item), "") for item in figures.worst]),
        )
        rows: list[ListRow[Spot]] = []
        # Of other encoders nobody knows what their scores say.
        for title, lines in sections if self._reading.standings else (sections[0], *sections[2:]):
            rows.append(self.section(title, first=not rows))
            rows += lines or [ListRow(None, _plain(tr("nothing yet")))]
        return rows

    def on_mount(self) -> None:
        """Begin at the top, which a small screen would not show beside the first row to choose."""
        super().on_mount()
        # The list goes to its row only when it is laid out.
        self.call_after_refresh(self._to_the_top)

    def _to_the_top(self) -> None:
        self.options.scroll_home(animate=False, immediate=True)

    def action_cursor(self, direction: int) -> None:
        """Next or previous row; from the first to the figures above it, and from these to the first."""
        before = self.options.scroll_offset
        first = next((at for at, option in enumerate(self.options.options) if not option.disabled), None)
        if direction < 0 and self.options.highlighted == first:
            self._to_the_top()
            return
        self.options.scroll_to_highlight()
        if self.options.scroll_offset == before:
            super().action_cursor(direction)

    def _texts(self, figures: Statistics) -> Iterator[Text]:
        source, target = figures.characters
        letters = tr("{source} characters of the sources stand beside {target} of the text")
        yield _plain(letters.format(source=f"{source:,}", target=f"{target:,}"))
        shapes = " ⋅ ".join(f"{shape}: {count}" for shape, count in figures.shapes.most_common(8))
        yield _plain(tr("sentences paired: {shapes}").format(shapes=shapes.replace("–", "-") or "-"))
        unaligned = sum(1 for item in self._reading.items if item.bead is None and item.target is not None)
        yield _plain(
            tr_count("{n} stretch of the text has no source", "{n} stretches of the text have no source", unaligned)
        )

    def _bands(self, figures: Statistics) -> Iterator[Text]:
        """How many scores each band has, and what that means; only those that say anything."""
        if not figures.bands:
            return
        for band in Band:
            words = BANDS[band]
            yield self._band(band, tr(words.name), figures.bands[band], tr(words.meaning))
        if figures.bands[None]:
            yield self._band(None, tr(_NOWHERE), figures.bands[None], tr("one side has nothing"))

    def _band(self, band: Band | None, name: str, count: int, meaning: str) -> Text:
        line = Text("  ", no_wrap=True, overflow="ellipsis")
        line.append(f" {_letter(band)} ", style=self._ink(band))
        return line.append(f" {fitted(name, _NAME_CELLS)}{count:>4}  ").append(meaning, style="dim")

    def _plot(self, distribution: Sequence[Counter[Band | None]]) -> Iterator[Text]:
        """A bar for each tenth of the scale, the best on top, of cells with the letters and colours of the bands."""
        most = max(map(Counter.total, distribution), default=0)
        if not most:
            return
        for bin_ in reversed(range(BINS)):
            count = distribution[bin_].total()
            line = Text(f"{bin_ * 10:>3}-{bin_ * 10 + 10:<3} ", no_wrap=True)
            for band, cells in _shares(distribution[bin_], max(count > 0, round(count / most * _BAR_CELLS))):
                line.append(_letter(band) * cells, style=self._ink(band))
            yield line.append(f" {count}")

    def _ink(self, band: Band | None) -> Style:
        words = "foreground 60% on foreground 12%" if band is None else BANDS[band].ink
        return ink(words, self.app.theme_variables, "background")

    def _bead(self, item: int) -> Text:
        shown = self._reading.items[item]
        source = "" if shown.source_id is None else self._reading.source_content(shown.source_id)
        texts = (
            shown.source.of(source) if shown.source else "",
            shown.target.of(self._reading.document.text.content) if shown.target else "",
        )
        standing = self._reading.standings.get(item)
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{self._reading.scores[item]:>3.0f}  ", style="bold")
        if self._reading.standings:
            name = tr(_NOWHERE) if standing is None else band_name(standing)
            line.append(fitted(name, _NAME_CELLS), style="dim")
        return line.append("  ⋅  ".join(one_line(text[:_WORDS_SHOWN]) for text in texts if text))


def _letter(band: Band | None) -> str:
    return _NO_LETTER if band is None else BANDS[band].letter


def _shares(counts: Counter[Band | None], cells: int) -> Iterator[tuple[Band | None, int]]:
    """Cells of a bar for each band, the best first, all together as many as there are."""
    total = max(1, counts.total())
    seen = ended = 0
    for band in (*Band, None):
        seen += counts[band]
        end = round(seen / total * cells)
        yield band, end - ended
        ended = end


def _counts(figures: Statistics) -> Iterator[Text]:
    for rule, count in figures.rules.most_common():
        yield _plain(f"{count:>4}  {rule_name(rule)}")


def _plain(words: str) -> Text:
    return Text(words, no_wrap=True, overflow="ellipsis")
