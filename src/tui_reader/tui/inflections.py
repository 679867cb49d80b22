"""Other forms of the words searched for: 染まる for 染った, walked and walking for walk, went for go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATIN = re.compile(r"[a-zà-öø-ÿ']+")
_SHORTEST_WORD = 2
_PREDICATE = re.compile("(?:^|[^一-鿿々])([一-鿿々]+)([ぁ-ゖ]+)$")
"""The last word of a query, if it has kana behind its kanji, which is where Japanese words are inflected."""
_PARTICLES = frozenset(["は", "が", "を", "に", "で", "と", "も", "へ", "の", "や", "から", "まで", "より"])
"""Kana that are no ending, but stand behind a noun."""


def inflected_spans(text: str, query: str) -> list[Span]:
    """The runs of a text that say a query in other forms, in order and not overlapping.

    One regular expression goes through the text once. English words are the same where their stems are (`text.stems`);
    a Japanese query is one where the text has its kanji with other kana behind them, of which those are taken that
    begin most like the query's.

    Args:
        text: folded, paragraphs parted by newlines.
        query: folded.

    Returns:
        Their spans; none for a query without a word that is inflected.
    """
    predicate = _PREDICATE.search(query)
    if predicate is None:
        return _english(text, query)
    return [] if predicate[2] in _PARTICLES else _japanese(text, query, predicate)


def _japanese(text: str, query: str, predicate: re.Match[str]) -> list[Span]:
    kana = predicate[2]
    known = query[: predicate.start(2)]
    pattern = f"(?<![一-鿿々]){re.escape(known)}([ぁ-ゖ]{{1,{len(kana)}}})"
    found = [(_shared(match[1], kana), Span(*match.span())) for match in re.finditer(pattern, text)]
    best = max((alike for alike, _ in found), default=0)
    return [span for alike, span in found if alike == best]


def _english(text: str, query: str) -> list[Span]:
    from tui_reader.text.stems import irregular_forms  # noqa: PLC0415 - nobody searches in the first frame

    words = _LATIN.findall(query)
    if not any(len(word) > _SHORTEST_WORD or irregular_forms(word) for word in words):
        return []
    pattern, end = "(?<![a-z'])", 0
    for word in _LATIN.finditer(query):
        pattern += re.escape(query[end : word.start()]) + "(" + "|".join(_shapes(word[0])) + ")(?![a-z'])"
        end = word.end()
    matches = re.finditer(pattern + re.escape(query[end:]), text)
    return [Span(*match.span()) for match in matches if _same_stems(match.groups(), words)]


def _shapes(word: str) -> Iterator[str]:
    """Expressions for whatever may be a form of a word; stems decide."""
    from tui_reader.text.stems import irregular_forms, stem  # noqa: PLC0415 - nobody searches in the first frame

    if len(word) <= _SHORTEST_WORD and not irregular_forms(word):
        yield re.escape(word)
        return
    for form in irregular_forms(word) or {word}:
        # Forms begin with what the stem has of the word: carr- of carry (carri), hop- of hopped.
        yield re.escape(form[: _shared(form, stem(form))].removesuffix("i") or form) + "[a-z']*"


def _same_stems(found: tuple[str, ...], words: list[str]) -> bool:
    from tui_reader.text.stems import stem  # noqa: PLC0415 - nobody searches in the first frame

    return all(one == word or stem(one) == stem(word) for one, word in zip(found, words, strict=True))


def _shared(one: str, other: str) -> int:
    """How many characters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
