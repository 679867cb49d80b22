"""Why: the evidence for the finding under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui_reader.text import wrap
from tui_reader.tui.band_wording import standing_words
from tui_reader.tui.finding_wording import said
from tui_reader.tui.language import later, speaks_english, tr
from tui_reader.tui.rule_wording import rule_name, severity_name, signal_name
from tui_reader.tui.themes import strong
from tui_reader.tui.wording import confidence_words, fitted, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.style import Style

    from tui_reader.model import Finding, Signal
    from tui_reader.tui.reading import Reading

NAME_CELLS = 11
MARGIN = 3
_WORDS_SHOWN = 160
"""Characters of a neighbour that are enough to know it again."""
_FEWEST_ROWS = 3
NOTHING = later("no problem here ⋅ ] goes to the next one")
NOTHING_AT_ALL = later("no problem to explain")


def explanation(reading: Reading) -> list[tuple[str, str]]:
    """What a person needs to judge the finding under the cursor: names and what there is to say under each."""
    finding = reading.finding
    if finding is None:
        nothing = ("", tr(NOTHING if reading.problems else NOTHING_AT_ALL))
        return [*([*_moved(reading)] or [nothing]), *_score(reading)]
    from tui_reader.reports.finding_text import percent  # noqa: PLC0415 - nothing is explained in the first frame

    rule = finding.rule if speaks_english() else rule_name(finding.rule)
    likely = f"{confidence_words(finding.confidence)} ({percent(finding.confidence)})"
    fields = [
        ("", one_line(said(finding.message))),
        (tr("finding"), f"{rule} ⋅ {severity_name(finding)} ⋅ {likely} ⋅ {tr('w: the rule')}"),
        (tr("words"), one_line(reading.text(finding.side, finding.span))),
        (tr("closest"), _counterpart(reading, finding)),
    ]
    if finding.evidence.signals:
        fields.append((tr("signals"), " ⋅ ".join(map(_signal, finding.evidence.signals))))
    return [*fields, *_score(reading), *_moved(reading)]


def laid_out(fields: list[tuple[str, str]], width: int, ambiguous: int, faint: str, heading: Style) -> Text:
    """Fields with their values wrapped (by the rules of Japanese) beside the names; the nameless ones stand out."""
    text = Text(no_wrap=True)
    for name, value in fields:
        indent = NAME_CELLS if name else 0
        lines = wrap.wrap(value, max(8, width - indent), ambiguous=ambiguous, manner=wrap.Manner(phrases=True))
        for number, line in enumerate(lines):
            text.append("\n" if text else "")
            text.append(fitted(name if number == 0 else "", indent, ambiguous), style=faint)
            text.append(line.of(value), style="" if name else heading)
    return text


def _score(reading: Reading) -> Iterator[tuple[str, str]]:
    """The score of the sentence pair under the cursor, and what it says."""
    score, standing = reading.scores.get(reading.cursor), reading.standings.get(reading.cursor)
    if score is not None:
        where = "" if standing is None else f" ⋅ {standing_words(standing)}"
        yield tr("score"), f"{score:.0f}{where}"


def _moved(reading: Reading) -> Iterator[tuple[str, str]]:
    """Where the sentence stands in the source, if the translation has it at another place."""
    item = reading.item
    if item is None or not item.moved or item.source is None or item.source_id is None:
        return
    before = reading.index.near(item.source.start - 1, item.source_id)
    words = None if before is None else reading.items[before].source
    if words is None or words.start >= item.source.start:
        yield tr("moved"), tr("the translation has it at another place; it begins the source")
    else:
        text = words.of(reading.source_content(item.source_id))
        shown = text if len(text) <= _WORDS_SHOWN else "⋯" + text[-_WORDS_SHOWN:]
        follows = tr("the translation has it at another place; in the source it follows:")
        yield tr("moved"), f"{follows} {one_line(shown)}"


def _counterpart(reading: Reading, finding: Finding) -> str:
    evidence = finding.evidence
    if evidence.counterpart is None:
        return tr("nothing on the other side")
    words = one_line(reading.text(finding.side.other, evidence.counterpart))
    if evidence.similarity is None:
        return words
    return f"{words} ({tr('similarity')} {evidence.similarity:.2f})"


def _signal(signal: Signal) -> str:
    verdict = "" if signal.supports is None else tr(" (for)") if signal.supports else tr(" (against)")
    return f"{signal_name(one_line(signal.name))} {signal.value:.2f}{verdict}"


class WhyPanel(VerticalScroll, can_focus=False):
    """The evidence, below the texts; hidden until it is asked for."""

    DEFAULT_CSS = """
    WhyPanel {
        dock: bottom;
        height: auto;
        margin-bottom: 1;
        padding: 0 3;
        display: none;
        background: $panel;
        scrollbar-size-vertical: 0;
        & > Static { width: 1fr; height: auto; }
    }
    WhyPanel.-open { display: block; }
    """

    def __init__(self, reading: Reading, ambiguous: int = 1) -> None:
        super().__init__()
        self._reading, self._ambiguous = reading, ambiguous
        self.topic: Callable[[], list[tuple[str, str]]] | None = None
        """What is explained instead of the finding, None for the finding."""
        self._laid_out: tuple[object, ...] = ()
        """What is explained, and the room for it."""
        self._lines: list[Text] = []
        self._first = 0
        """The line that is shown first."""

    def explain(self, topic: Callable[[], list[tuple[str, str]]] | None) -> None:
        """Explain something else than the finding from now on, or again the finding (None)."""
        self.topic = topic

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self.has_class("-open")

    def show(self, *, open_: bool | None = None) -> None:
        """Explain the finding under the cursor.

        Args:
            open_: whether to show or hide the panel; None leaves that as it is.
        """
        if open_ is not None:
            self.set_class(open_, "-open")
        if not self.children:
            # Not before: the first frame need not wait for what is hidden.
            self.mount(Static(markup=False))
        width = self.app.size.width - 2 * MARGIN
        fields = explanation(self._reading) if self.topic is None else self.topic()
        if self._laid_out != (fields, width, self._room):
            self._laid_out, self._first = (fields, width, self._room), 0
        heading = strong(self.app.theme_variables)
        self._lines = list(laid_out(fields, width, self._ambiguous, "dim", heading).split("\n"))
        lines = self._lines[self._first :]
        if len(lines) > self._room:
            lines[self._room - 1 :] = [Text("⋯", style="dim")]
        self.query_one(Static).update(Text("\n", no_wrap=True).join(lines))

    @property
    def _room(self) -> int:
        """Rows that it may take: two fifths of those that the last line leaves."""
        return max(_FEWEST_ROWS, (self.app.size.height - 1) * 2 // 5)

    def roll(self) -> bool:
        """Show what there was no room for; False where nothing is left."""
        if not self.is_open or len(self._lines) - self._first <= self._room:
            return False
        self._first += self._room - 1
        self.show()
        return True
