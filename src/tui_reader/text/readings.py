"""How Japanese words are read: kana for every run of kanji, by Sudachi."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_KANJI = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KATAKANA = re.compile("[ァ-ヶー]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


# Where the small dictionary reads a word that has several readings in another way than readers do: the word, what
# stands before it, and the reading. 私 is わたし in the list of kanji for general use since 2010.
_MENDED = (
    ("私", re.compile(""), "ワタシ"),
    ("日", re.compile("[月火水木金土日]曜$"), "ビ"),
    ("月", re.compile("(?:ひと|ふた)$"), "ツキ"),
)


class Reading(NamedTuple):
    """A run of kanji and how it is read there."""

    span: Span
    kana: str
    """Hiragana."""


def has_kanji(word: str) -> bool:
    """Whether there is anything in a word that a reading could explain."""
    return _KANJI.search(word) is not None


def readings(text: str) -> Iterator[Reading]:
    """The readings of all runs of kanji in a text, in order; numerals and what Sudachi cannot read are left out."""
    from tui_reader.text.words_ja import morphemes  # noqa: PLC0415 - loads a dictionary

    for start, end, morpheme in morphemes(text):
        word = text[start:end]
        kana = _mended(text, start, word) or morpheme.reading_form()
        if morpheme.part_of_speech()[1] == "数詞":
            # Digit by digit a number is read wrongly, and nobody needs its reading.
            continue
        if has_kanji(word) and _KATAKANA.fullmatch(kana):
            yield from (Reading(span.shifted(start), ruby) for span, ruby in _ruby(word, kana))


def word_reading(text: str, word: Span) -> str:
    """How one word of a text is read, in hiragana; empty where nothing is known.

    Args:
        text: what the word stands in, since a reading depends on it.
        word: where.
    """
    from tui_reader.text.words_ja import morphemes  # noqa: PLC0415 - loads a dictionary

    parts = [
        (_mended(text, start, text[start:end]) or morpheme.reading_form()).translate(_TO_HIRAGANA)
        for start, end, morpheme in morphemes(text)
        if word.start <= start and end <= word.end
    ]
    return "".join(parts)


def _mended(text: str, start: int, word: str) -> str:
    """How a word is read that is known to be read wrongly; empty for all others."""
    before = text[max(0, start - 2) : start]
    return next((kana for known, context, kana in _MENDED if known == word and context.search(before)), "")


def _ruby(word: str, kana: str) -> Iterator[tuple[Span, str]]:
    """The reading of a word shared out to its runs of kanji: 見回り is み for 見 and まわ for 回.

    Kana of the word must be found again in the reading; where they are not, the reading stands for the whole word.
    """
    runs = [run.span() for run in _KANJI.finditer(word)]
    pattern, position = "", 0
    for start, end in runs:
        pattern += re.escape(_as_katakana(word[position:start])) + "(.+?)"
        position = end
    shared = re.fullmatch(pattern + re.escape(_as_katakana(word[position:])), kana)
    if shared is None:
        yield Span(0, len(word)), kana.translate(_TO_HIRAGANA)
        return
    for (start, end), ruby in zip(runs, shared.groups(), strict=True):
        yield Span(start, end), ruby.translate(_TO_HIRAGANA)


def _as_katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)
