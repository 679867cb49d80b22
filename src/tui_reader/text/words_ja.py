"""Japanese words by Sudachi, with parts of speech mapped to UPOS.

Split mode C keeps compound verbs such as 受け止める whole; of nouns the small dictionary knows few compounds anyway.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sudachipy import Dictionary, Morpheme, Tokenizer

Token = tuple[int, int, str, str]
"""Start, end, UPOS, lemma."""

_PARTS: dict[str, str] = {
    "名詞": "NOUN",
    "名詞-固有名詞": "PROPN",
    "名詞-数詞": "NUM",
    "代名詞": "PRON",
    "動詞": "VERB",
    "形容詞": "ADJ",
    "形状詞": "ADJ",
    "形状詞-助動詞語幹": "AUX",
    "副詞": "ADV",
    "連体詞": "DET",
    "接続詞": "CCONJ",
    "感動詞": "INTJ",
    "助詞": "ADP",
    "助詞-接続助詞": "SCONJ",
    "助詞-準体助詞": "SCONJ",
    "助詞-終助詞": "PART",
    "助動詞": "AUX",
    "接頭辞": "NOUN",
    "接尾辞": "NOUN",
    "接尾辞-形状詞的": "PART",
    "接尾辞-動詞的": "AUX",
    "接尾辞-形容詞的": "AUX",
    "記号": "SYM",
    "記号-文字": "NOUN",
    "補助記号": "PUNCT",
    "補助記号-一般": "SYM",
    "空白": "",
}
# 連体詞 that describe rather than point.
_DESCRIBING = lexicon("大きな 小さな おかしな いろんな 様々な 主な 単なる 新たな")
_POLITE = lexicon("お ご 御")
# Sudachi refuses more than 49,149 bytes, and more than 65,535 once normalised: a character may become 33 (ﷺ).
_LONGEST = 1900
_PLACE_TO_CUT = re.compile(r"[\n。！？!?]\s*|[、，,\s]")
_FOLD = re.compile(r"(?<=[ぁ-ゖァ-ヺー一-鿿々])[ \t\u3000]*(?:\r\n|\n|\r)[ \t\u3000]*(?=[ぁ-ゖァ-ヺー一-鿿々])")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PUNCTUATION = re.compile(r"[^\w\s]+")

_per_thread = threading.local()
_lock = threading.Lock()


class _Previous(NamedTuple):
    part: tuple[str, ...]
    lemma: str


_NOTHING = _Previous(("", "", ""), "")


def tokens(text: str) -> Iterator[Token]:
    """The words of a Japanese text, without white space but for a line break that parts a word.

    Lines are read as one where Japanese goes on from one to the next: a text that is folded at a fixed width breaks
    its lines inside words, and 港の図|書館 is a library.
    """
    # A lone surrogate has no UTF-8, which Sudachi is given; any other single character keeps the offsets right.
    safe = _SURROGATES.sub("\ufffd", text)
    joined, places = _unfolded(safe)
    for chunk_start, chunk_end in _chunks(joined):
        for start, end, tag, lemma in _chunk_tokens(joined, chunk_start, chunk_end):
            yield places(start), places(end - 1) + 1, tag, lemma


def _unfolded(text: str) -> tuple[str, Callable[[int], int]]:
    """The text without line breaks between Japanese letters, and the offset in `text` of each of its characters."""
    breaks = [match.span() for match in _FOLD.finditer(text)]
    if not breaks:
        return text, lambda offset: offset
    edges = [0, *(edge for span in breaks for edge in span), len(text)]
    kept = list(zip(edges[::2], edges[1::2], strict=True))
    firsts = [0, *accumulate(end - start for start, end in kept)]

    def place(offset: int) -> int:
        number = bisect_right(firsts, offset) - 1
        return kept[number][0] + offset - firsts[number]

    return "".join(text[start:end] for start, end in kept), place


def morphemes(text: str) -> Iterator[tuple[int, int, Morpheme]]:
    """Sudachi's own morphemes with their places, for what `tokens` leaves out (readings)."""
    safe = _SURROGATES.sub("\ufffd", text)
    for start, end in _chunks(safe):
        for morpheme in _tokenizer().tokenize(safe[start:end]):
            yield start + morpheme.begin(), start + morpheme.end(), morpheme


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Ranges short enough for Sudachi, cut behind the end of a sentence where there is one."""
    start = 0
    while len(text) - start > _LONGEST:
        cuts = [match.end() for match in _PLACE_TO_CUT.finditer(text, start + _LONGEST // 2, start + _LONGEST)]
        end = cuts[-1] if cuts else start + _LONGEST
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _chunk_tokens(text: str, offset: int, end: int) -> Iterator[Token]:
    """The words of a chunk; what Sudachi takes for white space and is none (¨) is a symbol."""
    previous = _NOTHING
    reached = offset
    for morpheme in _tokenizer().tokenize(text[offset:end]):
        # One character may be several morphemes (㍿): the first keeps it.
        first, last = max(offset + morpheme.begin(), reached), offset + morpheme.end()
        part, lemma = morpheme.part_of_speech(), morpheme.dictionary_form()
        tag = _universal(part, lemma, previous)
        previous = _Previous(part, lemma)
        if tag and first < last and not text[first:last].isspace():
            yield from _symbol(text, reached, first)
            yield first, last, tag, lemma
            reached = last
    yield from _symbol(text, reached, end)


def _symbol(text: str, start: int, end: int) -> Iterator[Token]:
    """The stretch between two words as a symbol, unless it is white space."""
    stretch = text[start:end]
    symbol = stretch.strip()
    if symbol:
        first = start + len(stretch) - len(stretch.lstrip())
        yield first, first + len(symbol), "SYM", symbol


def _universal(part: tuple[str, ...], lemma: str, previous: _Previous) -> str:
    """UPOS of a morpheme; empty for white space."""
    tag = _by_part(part)
    if tag in {"VERB", "ADJ"} and part[1] == "非自立可能" and _supports(part, lemma, previous):
        return "AUX"
    if tag == "DET" and lemma in _DESCRIBING:
        return "ADJ"
    if part[0] == "接頭辞" and lemma in _POLITE:
        return "PART"
    return tag


@lru_cache(maxsize=256)
def _by_part(part: tuple[str, ...]) -> str:
    return _PARTS.get(f"{part[0]}-{part[1]}", _PARTS.get(part[0], "X"))


def _supports(part: tuple[str, ...], lemma: str, previous: _Previous) -> bool:
    """Whether a verb or adjective that can be auxiliary is one here: ている, 勉強する, である, 高くない."""
    before, before_detail, before_use = previous.part[:3]
    if before == "助詞" and before_detail == "接続助詞":
        return True
    if lemma in {"する", "できる", "なさる", "いたす", "致す", "くださる", "下さる"} and before == "名詞":
        return "サ変" in before_use
    if lemma == "ある":
        return previous.lemma == "だ"
    inflected = before in {"動詞", "形容詞", "形状詞"} or (before == "助動詞" and part[0] == "形容詞")
    return inflected and (part[0] == "動詞" or lemma == "ない")


def _tokenizer() -> Tokenizer:
    """This thread's tokenizer: Sudachi's may not be used by two threads at a time, its dictionary may."""
    tokenizer: Tokenizer | None = getattr(_per_thread, "tokenizer", None)
    if tokenizer is None:
        from sudachipy import SplitMode  # noqa: PLC0415

        tokenizer = _per_thread.tokenizer = _dictionary().tokenizer(mode=SplitMode.C)
    return tokenizer


def _dictionary() -> Dictionary:
    with _lock:
        return _load_dictionary()


@lru_cache(maxsize=1)
def _load_dictionary() -> Dictionary:
    from sudachipy import Dictionary  # noqa: PLC0415

    return Dictionary(dict="small")
