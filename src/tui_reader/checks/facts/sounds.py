"""Names of either language, and whether two of them may sound the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Span
from tui_reader.text.lexicon import lexicon
from tui_reader.text.phonetic import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENGLISH_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_KATAKANA = re.compile("[ァ-ヴ][ァ-ヴー]+")
_OCEAN = re.compile("大西洋|太平洋")
"""Two words to Sudachi, the first of them a family's name."""
_SHORTEST = 2
_ALIKE = 60
"""Percentage of agreement in consonants or in letters from which two names may be one."""
_PART_ALIKE = 75
"""The same for a name that is a part of another: ウースター of Worcestershire."""
_NO_NAMES = lexicon(
    "The A An I He She It We They You My Our His Her Their Its This That These Those There Here What When Where Who",
    "Why How And But Or Nor So Yet For In On At By To Of From With As If While After Before Since Although",
    "Though Because",
    "Foreign Prime Four Five Six Seven Eight Nine Ten",
    "Mr Mrs Ms Dr Prof Sir Lady Lord King Queen Prince Princess President Minister Governor Mayor Judge Captain",
    "Thanks Please Look Let Welcome Dear Hello According Another Other Such Under Over Into Until Among Between During",
    "Despite Instead Perhaps Maybe Today Yesterday Tomorrow Now Later Meanwhile Then Thus",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August",
    "September October November December Not No Yes Some Many Most All Both Each Every One Two Three Also However",
)


class Name(NamedTuple):
    """A name as one text spells it."""

    span: Span
    consonants: str
    """Its skeleton."""
    letters: str
    """In Latin letters, long vowels short."""


def english_names(text: str) -> list[Name]:
    """Capitalised words that may be names, the first of a sentence among them,."""
    found = []
    for match in _ENGLISH_WORD.finditer(text):
        word = re.sub("['’]s?$", "", match[0])
        if len(word) > _SHORTEST and word[0].isupper() and word not in _NO_NAMES:
            found.append(Name(Span(match.start(), match.start() + len(word)), skeleton(word), _folded(word)))
    return found


def japanese_names(text: str) -> list[Name]:
    """Proper names, and katakana that is in no dictionary, by their reading."""
    from tui_reader.text.words_ja import morphemes  # noqa: PLC0415 - loads a dictionary

    names = []
    for start, end, morpheme in morphemes(text):
        word = morpheme.surface()
        katakana = _KATAKANA.fullmatch(word) is not None
        proper = morpheme.part_of_speech()[1] == "固有名詞" or (katakana and morpheme.is_oov())
        if proper and len(word) >= _SHORTEST and not word.isascii() and not _OCEAN.match(text, start):
            names.append(_spoken(Span(start, end), word if katakana else morpheme.reading_form()))
    return names


def katakana_words(text: str) -> list[Name]:
    """All words in katakana, names or not."""
    return [_spoken(Span(*match.span()), match[0]) for match in _KATAKANA.finditer(text)]


def heard(japanese: Name, english: Name) -> bool:
    """Whether two names may be one: by most of their consonants, or letter by letter where those are few."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only where names are compared

    if fuzz.ratio(japanese.letters, english.letters) >= _ALIKE:
        return True
    one, other = sorted((japanese.consonants, english.consonants), key=len)
    if one == other or len(other) <= _SHORTEST:
        return one == other
    return fuzz.ratio(one, other) >= _ALIKE or (len(one) > _SHORTEST and fuzz.partial_ratio(one, other) >= _PART_ALIKE)


def joined(names: Sequence[Name]) -> Iterator[Name]:
    """Every two names that follow each other, as one: ニューヨーク is “New York”."""
    for one, other in pairwise(names):
        if other.span.start - one.span.end <= 1:
            span = Span(one.span.start, other.span.end)
            yield Name(span, one.consonants + other.consonants, one.letters + other.letters)


def _spoken(span: Span, kana: str) -> Name:
    return Name(span, skeleton(kana), _romanised(kana))


@lru_cache(maxsize=4096)
def _romanised(kana: str) -> str:
    import jaconv  # noqa: PLC0415 - only where names are compared

    return _folded(jaconv.kana2alphabet(jaconv.kata2hira(kana)))


def _folded(word: str) -> str:
    """Lower case without marks, long vowels and doubled letters: Ōtani, Ohtani and Ootani are one."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if "a" <= c <= "z")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"ou|oh(?=[^aeiouy]|$)", "o", plain))
