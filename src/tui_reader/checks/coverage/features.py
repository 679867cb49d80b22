"""What the learned combination looks at: the signals of a word and of its neighbours, and what kind of word it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.spelling import spelling_similarity
from tui_reader.checks.coverage.signals import signal_names, word_signals
from tui_reader.checks.coverage.tokens import token_signal_names, token_signals
from tui_reader.text.phonetic import is_katakana

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.coverage.phrases import PhrasedText
    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word

_NEIGHBOURS = (-2, -1, 1, 2)
_KINDS = ("content word", "number", "capital", "katakana", "kanji", "length", "first", "last", "spelling")
_WHOLE = ("place", "words", "length ratio", "cosine")


def feature_names(*, in_context: bool) -> tuple[str, ...]:
    """Names of the columns that `word_features` returns, with or without those of a token encoder."""
    names = (*_with_neighbours((*signal_names(), *_KINDS)), *_WHOLE)
    return (*names, *_with_neighbours(token_signal_names())) if in_context else names


def _with_neighbours(names: tuple[str, ...]) -> tuple[str, ...]:
    return (*names, *(f"{name} [{step:+d}]" for step in _NEIGHBOURS for name in names))


def word_features(one: PhrasedText, other: PhrasedText) -> Floats:
    """Features of every word of `one` against `other`, ``(n_words, n_features)`` float32."""
    n = one.n_words
    if n == 0:
        return np.zeros((0, len(feature_names(in_context=one.in_context is not None))), np.float32)
    kinds = np.asarray([_kind(one.text, word, k, n) for k, word in enumerate(one.words)], np.float32)
    spelling = _spelling(one, other)[:, None]
    own = np.concatenate([word_signals(one, other), kinds, spelling], axis=1)
    cosine = float(one.vector @ other.vector)
    whole = np.asarray([[k / n, np.log(n), np.log((n + 1) / (other.n_words + 1)), cosine] for k in range(n)])
    return np.concatenate([*_surrounded(own), whole, *_context(one, other)], axis=1).astype(np.float32)


def _context(one: PhrasedText, other: PhrasedText) -> list[Floats]:
    """The columns of the token encoder, none without one."""
    if one.in_context is None or other.in_context is None:
        return []
    return _surrounded(token_signals(one.in_context, other.in_context))


def _surrounded(own: Floats) -> list[Floats]:
    """Columns of the words, then the same of their neighbours."""
    return [own, *(_moved(own, step) for step in _NEIGHBOURS)]


def _kind(text: str, word: Word, index: int, n: int) -> Sequence[float]:
    surface = text[word.start : word.end]
    return (
        word.content_word,
        surface[0].isdigit(),
        surface[0].isupper(),
        is_katakana(surface),
        any("\u4e00" <= c <= "\u9fff" for c in surface),
        min(len(surface), 12) / 6,
        index == 0,
        index == n - 1,
    )


def _spelling(one: PhrasedText, other: PhrasedText) -> Floats:
    """For each word of `one` how well its letters or its sound match the best word of `other`."""
    if not other.n_words:
        return np.zeros(one.n_words, np.float32)
    surfaces = [[word.span.of(side.text) for word in side.words] for side in (one, other)]
    content = np.asarray([word.content_word for word in one.words])
    best: Floats = spelling_similarity(surfaces[0], surfaces[1]).max(axis=1)
    return np.where(content | (best == 1), best, 0)


def _moved(rows: Floats, step: int) -> Floats:
    """Row k + step at row k; the outermost row where there is none."""
    places = np.clip(np.arange(len(rows)) + step, 0, len(rows) - 1)
    moved: Floats = rows[places]
    return moved
