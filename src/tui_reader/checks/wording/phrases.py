"""Where a word or phrase stands in a text, in whatever inflected form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.model import Span
from tui_reader.text import words
from tui_reader.text.normalise import find, fold
from tui_reader.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.checks.family import SideView


class PhraseIndex:
    """Many phrases, found in a text in time linear in its length.

    An English phrase matches word by word in all forms; a Japanese one by dictionary forms, so that 受け付けた is found
    for 受け付ける, and only at the borders of words, so that 港 is not found in 空港.

    Args:
        phrases: in one language.
        language: ISO 639-1 code of the phrases.
    """

    def __init__(self, phrases: Sequence[str], language: str) -> None:
        self._surfaces = [(number, fold(phrase)[0]) for number, phrase in enumerate(phrases) if language == "ja"]
        self._by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for number, phrase in enumerate(phrases):
            keys = tuple(_key(word.span.of(phrase), word.lemma, language) for word in words.split(phrase, language))
            if keys:
                self._by_first.setdefault(keys[0], []).append((keys, number))

    def find(self, side: SideView) -> Iterator[tuple[int, Span]]:
        """Number of each phrase that stands in a text, and where; each once."""
        yield from dict.fromkeys((*self._inflected(side), *self._uninflected(side)))

    def _inflected(self, side: SideView) -> Iterator[tuple[int, Span]]:
        if not self._by_first:
            return
        keys = [_key(word.span.of(side.content), word.lemma, side.language) for word in side.words]
        for place, key in enumerate(keys):
            for wanted, number in self._by_first.get(key, ()):
                last = place + len(wanted)
                if tuple(keys[place:last]) == wanted:
                    yield number, Span(side.words[place].start, side.words[last - 1].end)

    def _uninflected(self, side: SideView) -> Iterator[tuple[int, Span]]:
        """Japanese phrases that are parted into other words in a sentence than alone."""
        if not self._surfaces:
            return
        starts, ends = {word.start for word in side.words}, {word.end for word in side.words}
        folded = fold(side.content)[0]
        for number, surface in self._surfaces:
            if surface and surface in folded:
                for span in find(side.content, surface):
                    if span.start in starts and span.end in ends:
                        yield number, span


def _key(surface: str, lemma: str, language: str) -> str:
    return fold(lemma)[0] if language == "ja" else stem(surface)
