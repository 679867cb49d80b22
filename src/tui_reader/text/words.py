"""Words of Japanese and English texts, as spans with a part of speech.

Parts of speech are those of Universal Dependencies (UPOS). English words get one only where the word alone tells
(closed classes, numbers, punctuation); all others are ``X``, open class. White space belongs to no word.
"""

from __future__ import annotations

from typing import NamedTuple

from tui_reader.model import Span
from tui_reader.text import words_en, words_ja
from tui_reader.text.lexicon import lexicon

_FUNCTION = lexicon("ADP AUX CCONJ DET PART PRON PUNCT SCONJ SYM")
# Open-class words with so little meaning of their own that a translation may do without: formal nouns, light verbs,
# suffixes of number and politeness; degree and connecting adverbs of English.
_LIGHT = lexicon(
    "こと 事 もの 物 者 ため 為 ところ 所 よう 様 わけ 訳 はず 筈 つもり まま とき 時 ほう 方 うち 内 とおり 通り",
    "たち 達 ら さん 氏 君 ちゃん 的 性 化 さ み げ がち など 等",
    "する 為る ある 有る 在る いる 居る なる 成る できる 出来る やる おる ない 無い よる 因る 対する 関する おける",
    "いう の ん",
    "very also just so too quite rather really even only still already yet again ever then thus therefore however",
    "there here as well much more most less least almost indeed perhaps maybe moreover furthermore",
)


class Word(NamedTuple):
    """A word: half-open range of code points of the text it was found in."""

    start: int
    end: int
    part_of_speech: str
    """UPOS; ``X`` for an English word of an open class."""
    lemma: str
    """Dictionary form; in English the word in lower case without a possessive ending."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def content_word(self) -> bool:
        """Whether it carries meaning of its own: no function word, no punctuation, no formal noun or light verb."""
        return self.part_of_speech not in _FUNCTION and self.lemma not in _LIGHT


def split(content: str, language: str, span: Span | None = None) -> list[Word]:
    """The words of a text or a part of it, in order and disjoint, in time linear in its length.

    Args:
        content: the whole text.
        language: its ISO 639-1 code; every language but ``ja`` is split by the English rules.
        span: the part to split, all of it by default.
    """
    start, end = span or Span(0, len(content))
    tokens = words_ja.tokens if language == "ja" else words_en.tokens
    return [Word(start + first, start + last, tag, lemma) for first, last, tag, lemma in tokens(content[start:end])]
