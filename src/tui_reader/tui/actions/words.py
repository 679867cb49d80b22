"""Moving by word, and explaining the word under the cursor."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui_reader.model import Side
from tui_reader.tui.actions.base import ReadingBase
from tui_reader.tui.items import ItemKind
from tui_reader.tui.language import tr
from tui_reader.tui.typesetting import READINGS_WORDS, Readings
from tui_reader.tui.word_links import BackgroundWords, Linker, Unanswered, UsageKnown, WordsKnown, word_at
from tui_reader.tui.word_wording import word_explanation

if TYPE_CHECKING:
    from tui_reader.model import Document
    from tui_reader.tui.services import Services
    from tui_reader.tui.word_links import ItemWords, Usage


class ReadingsReady(Message):
    """The dictionary that knows how kanji are read is loaded; `form` is how they are to be shown."""

    def __init__(self, form: Readings) -> None:
        super().__init__()
        self.form = form


class Words(ReadingBase):
    """The keys that have to do with single words."""

    def __init__(self, document: Document, services: Services) -> None:
        super().__init__(document, services)
        self._words = BackgroundWords(Linker(document, services.link), self.post_message)
        self._step = 0
        """The step to take when the words of the bead are known."""
        self._usages: tuple[Usage, ...] | None = None

    def on_unmount(self) -> None:
        """Nobody asks about words any more."""
        self._words.cancel()

    def link_words_of(self, document: Document) -> None:
        """Answer for the words of another document from now on."""
        self._words.cancel()
        self._words = BackgroundWords(Linker(document, self.services.link), self.post_message)

    def action_word(self, direction: int) -> None:
        """To the next word of the active side inside the item."""
        item = self.reading.item
        if item is None:
            return
        if item in self.reading.words:
            self._step_word(self.reading.words[item], direction)
        else:
            self._step = direction
            self._words.ask(item)

    @on(WordsKnown)
    def _known(self, message: WordsKnown) -> None:
        self.reading.words[message.item] = message.known
        if message.item == self.reading.item:
            if self._step:
                self._step_word(message.known, self._step)
            else:
                self.moved(reveal=False)
                self.view.repaint()
        self._step = 0

    @on(Unanswered)
    def _unanswered(self, message: Unanswered) -> None:
        self.tell(message.reason)

    def _step_word(self, known: ItemWords, direction: int) -> None:
        if not known.of(self.active) and known.of(self.active.other):
            self.reading.active = self.active.other
            self.view.change_sides()
        count = len(known.of(self.active))
        if not count:
            self.tell(tr("no words here"))
            return
        if self.reading.word is None:
            finding = self.reading.finding
            span = finding.span if finding is not None and finding.side is self.active else None
            at = word_at(known, self.active, span)
        else:
            at = min(max(self.reading.word + direction, 0), count - 1)
        self.reading.word = at
        self.tell("")
        self._explain_again()
        self.moved()

    def action_side(self) -> None:
        """Make the other text the active one; a word hands over to the one that stands for it."""
        item, word = self.reading.item, self.reading.word
        linked: list[int] = []
        if item is not None and word is not None and item in self.reading.words:
            linked = self.reading.words[item].counterparts(self.active, word)
        self.reading.active = self.active.other
        self.reading.word = next(iter(linked), None)
        self.view.change_sides()
        target = self.active is Side.TARGET
        self.tell(tr("the keys act on the translation") if target else tr("the keys act on the source"))
        self._explain_again()
        self.moved(reveal=self.reading.word is not None)

    def action_explain(self) -> None:
        """Explain the word under the cursor, or close the explanation."""
        if self.explains and self.why.topic is not None:
            if self.why.roll():
                return
            self.why.explain(None)
            self.why.show(open_=False)
            self.moved()
        elif self.reading.word is None:
            self._step = 0
            self.action_word(0)
            self.tell(tr("h and l choose a word, d explains it"))
        else:
            self.why.explain(self._explanation)
            self.why.show(open_=True)
            self._explain_again()
            self.call_after_refresh(self.moved)

    def _explanation(self) -> list[tuple[str, str]]:
        return word_explanation(self.reading, self._usages)

    def _explain_again(self) -> None:
        """Look up what else stands for the word, where somebody wants to know."""
        item, at, span = self.reading.item, self.reading.word, self.reading.word_span
        self._usages = None
        if not self.explains or self.why.topic is None or item is None or at is None or span is None:
            return
        word = self.reading.words[item].of(self.active)[at]
        others = [other for other in self.reading.items if other.kind is ItemKind.BEAD and other != item]
        surface = span.of(self.reading.side_text(self.active).content)
        self._words.ask_usage(item, word, surface, self.active, others)

    @on(UsageKnown)
    def _usage_known(self, message: UsageKnown) -> None:
        item, at = self.reading.item, self.reading.word
        if item == message.item and at is not None and self.reading.words[item].of(self.active)[at] == message.word:
            self._usages = message.usages
            self.why.show()

    def on_mount(self) -> None:
        """Show the readings of kanji from the start where a person has set that."""
        self._show_readings(Readings(self.services.settings.reader.readings))

    def action_readings(self) -> None:
        """Show how kanji are read: behind the words, then above them, then not any more."""
        form = self.view.typesetting.readings.following
        self._show_readings(form)
        if form is not Readings.AFTER:
            self.tell(tr(READINGS_WORDS[form]))

    def _show_readings(self, form: Readings) -> None:
        if Readings.OFF not in {form, self.view.typesetting.readings}:
            self._set_readings(form)
            return
        if form is Readings.OFF:
            if self.view.typesetting.readings is not form:
                self._set_readings(form)
            return
        self.tell(tr("loading the dictionary…"))

        def load() -> None:
            from tui_reader.text.readings import readings  # noqa: PLC0415 - loads a dictionary

            list(readings("読み方"))
            self.post_message(ReadingsReady(form))

        threading.Thread(target=load, daemon=True).start()

    @on(ReadingsReady)
    def _readings_ready(self, message: ReadingsReady) -> None:
        self.tell(tr(READINGS_WORDS[message.form]))
        self._set_readings(message.form)

    def _set_readings(self, form: Readings) -> None:
        self.view.typesetting = self.view.typesetting._replace(readings=form)
        self.view.rearrange()
