"""The words of the item under the cursor, and what stands for each on the other side."""

from __future__ import annotations

import queue
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from tui_reader.model import Document, Side, Span, Text
from tui_reader.tui.background import Background
from tui_reader.tui.items import Item, ItemKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_reader.text.words import Word

Link = Callable[[Sequence[str], Sequence[str], tuple[str, str]], list[tuple[int, int]]]
"""Links the words of two sides; last, what stands between two words of each."""

_LARGEST = 250_000
"""Pairs of words that are still worth linking: 500 words on either side."""
_ELSEWHERE = 40
"""Other places looked at for the same word."""


def default_link(
    source: Sequence[str], target: Sequence[str], joints: tuple[str, str], encoder: str = "auto", threads: int = 0
) -> list[tuple[int, int]]:
    """The program's own word alignment, with the encoders of a choice (`encoders.choose`)."""
    # Imported in the thread that links: the first screen need not wait for numpy.
    from tui_reader.alignment.words import Tokenized, link_words  # noqa: PLC0415
    from tui_reader.encoders import choose  # noqa: PLC0415

    one, other = (
        Tokenized(side, "en" if joint else "ja") for side, joint in zip((source, target), joints, strict=True)
    )
    return [(link.source, link.target) for link in link_words(one, other, choose(encoder, threads))]


class ItemWords(NamedTuple):
    """The words of both sides of an item, punctuation left out, and their links."""

    words: Mapping[Side, tuple[Word, ...]] = MappingProxyType({})
    links: frozenset[tuple[int, int]] | None = None
    """Indices of source and target words; None as long as nobody knows."""

    def of(self, side: Side) -> tuple[Word, ...]:
        """The words of one side."""
        return self.words.get(side, ())

    def counterparts(self, side: Side, index: int) -> list[int]:
        """Indices of the words on the other side that stand for one word."""
        links = self.links or frozenset()
        pairs = links if side is Side.SOURCE else {(target, source) for source, target in links}
        return sorted(other for one, other in pairs if one == index)


class Usage(NamedTuple):
    """What stands for a word, and how often."""

    words: str
    """Empty where nothing does."""
    times: int


class WordsKnown(Message):
    """The words of an item are known, and how they are linked."""

    def __init__(self, item: Item, known: ItemWords) -> None:
        super().__init__()
        self.item, self.known = item, known


class UsageKnown(Message):
    """It is known what else stands for a word in the document."""

    def __init__(self, item: Item, word: Word, usages: tuple[Usage, ...]) -> None:
        super().__init__()
        self.item, self.word, self.usages = item, word, usages


class Unanswered(Message):
    """A question about words could not be answered."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Linker:
    """Finds the words of items and links them.

    Args:
        document: the texts.
        link: links the words of two sides.
    """

    def __init__(self, document: Document, link: Link) -> None:
        self._document, self._link = document, link

    def unlinked(self, item: Item) -> ItemWords:
        """The words of an item without their links, which take longer."""
        from tui_reader.text import words  # noqa: PLC0415 - loads its rules, and here in the background

        found = {}
        for side in Side:
            text, span = self._text(item, side), item.span(side)
            if text is not None and span is not None:
                split = words.split(text.content, text.language, span)
                found[side] = tuple(word for word in split if word.part_of_speech not in {"PUNCT", "SYM"})
        return ItemWords(found)

    def words(self, item: Item) -> ItemWords:
        """The words of an item and their links; a bead's two sides only have anything to do with each other."""
        found = self.unlinked(item).words
        return ItemWords(found, frozenset(self._links(item, found)))

    def _links(self, item: Item, found: Mapping[Side, tuple[Word, ...]]) -> list[tuple[int, int]]:
        if item.kind is not ItemKind.BEAD or len(found) < 2:
            return []
        if len(found[Side.SOURCE]) * len(found[Side.TARGET]) > _LARGEST:
            return []
        sides, joints = [], []
        for side in Side:
            text = self._text(item, side)
            assert text is not None  # noqa: S101 - it has words
            sides.append([word.span.of(text.content) for word in found[side]])
            joints.append("" if text.language == "ja" else " ")
        return self._link(sides[0], sides[1], (joints[0], joints[1]))

    def _text(self, item: Item, side: Side) -> Text | None:
        if side is Side.TARGET:
            return self._document.text
        return None if item.source_id is None else self._document.source(item.source_id).text

    def usages(self, word: Word, surface: str, side: Side, others: Sequence[Item]) -> Iterator[str]:
        """What stands for the same word in other beads, one at a time, in small letters.

        Where nothing does, it is empty.

        Args:
            word: the word.
            surface: how it is written where it was found.
            side: the side that it stands on.
            others: the beads to look in.
        """
        pattern = _occurrence(word, surface)
        seen = 0
        for item in others:
            text, span = self._text(item, side), item.span(side)
            if text is None or span is None or not pattern.search(text.content, span.start, span.end):
                continue
            known = self.words(item)
            for index, other in enumerate(known.of(side)):
                if other.lemma == word.lemma:
                    yield self._counterpart(item, known, side, index).casefold()
            seen += 1
            if seen == _ELSEWHERE:
                return

    def _counterpart(self, item: Item, known: ItemWords, side: Side, index: int) -> str:
        text = self._text(item, side.other)
        if text is None:
            return ""
        found = [known.of(side.other)[at].span for at in known.counterparts(side, index)]
        return phrase([span.of(text.content) for span in found], text.language)


def phrase(found: Sequence[str], language: str) -> str:
    """Words of a language put together."""
    return ("" if language == "ja" else " ").join(found)


def _occurrence(word: Word, surface: str) -> re.Pattern[str]:
    """What to look for before a sentence is divided into words: a stem that all forms of the word share."""
    stem = 0
    while stem < min(len(surface), len(word.lemma)) and surface[stem].lower() == word.lemma[stem].lower():
        stem += 1
    return re.compile(re.escape(surface[: stem or len(surface)]), re.IGNORECASE)


class BackgroundWords(Background):
    """Finds and links words when asked, the last question first.

    Args:
        linker: does the work.
        post: takes the messages; must be callable from any thread.
    """

    def __init__(self, linker: Linker, post: Callable[[Message], object]) -> None:
        super().__init__("words", post)
        self._linker = linker
        self._questions: queue.SimpleQueue[Callable[[], Message] | None] = queue.SimpleQueue()

    def cancel(self) -> None:
        """Stop after the question in hand."""
        super().cancel()
        self._questions.put(None)

    def ask(self, item: Item) -> None:
        """Ask for the words of an item: `WordsKnown` answers, and once more when they are linked."""
        self._put(lambda: WordsKnown(item, self._linker.unlinked(item)))
        self._put(lambda: WordsKnown(item, self._linker.words(item)))

    def ask_usage(self, item: Item, word: Word, surface: str, side: Side, others: Sequence[Item]) -> None:
        """Ask what stands for a word elsewhere: `UsageKnown` answers."""

        def usage() -> Message:
            counts = Counter(self._linker.usages(word, surface, side, others))
            return UsageKnown(item, word, tuple(Usage(*pair) for pair in counts.most_common()))

        self._put(usage)

    def _put(self, question: Callable[[], Message]) -> None:
        if self.ident is None:
            self.start()
        self._questions.put(question)

    def work(self) -> None:
        """Answer until cancelled."""
        while (question := self._questions.get()) is not None and not self.is_cancelled:
            try:
                self.say(question())
            except Exception as error:
                self.say(Unanswered(f"{type(error).__name__}: {error}"))


def word_at(known: ItemWords, side: Side, span: Span | None) -> int:
    """Index of the first word of a side in a span; the first word of all where there is none."""
    if span is None:
        return 0
    return next((index for index, word in enumerate(known.of(side)) if word.end > span.start), 0)
