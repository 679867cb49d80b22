"""Words that are the same on both sides by their letters: names, loan words, figures, terms left in Latin script."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.text.phonetic import skeleton

if TYPE_CHECKING:
    from tui_reader.checks.coverage.phrases import PhrasedText
    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word

_SHORTEST = 2
"""Consonants that a word needs to be recognised by sound."""


def lexical_matches(one: PhrasedText, other: PhrasedText) -> Floats:
    """For each word of `one` how well its letters or its sound match a word of `other`.

    Returns:
        ``(n_words,)``: 1 for the same letters or figures, up to 0.9 for the same consonants (by normalised indel
        similarity), 0 for nothing alike.
    """
    if not one.n_words or not other.n_words:
        return np.zeros(one.n_words, np.float32)
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where something is compared

    literal = {_literal(other.text, word) for word in other.words}
    same = np.asarray([_literal(one.text, word) in literal for word in one.words], np.float32)
    sounds, others = ([_sound(side.text, word) for word in side.words] for side in (one, other))
    alike = process.cdist(sounds, [s for s in others if s] or ["-"], scorer=fuzz.ratio, score_cutoff=70) / 100
    heard = np.asarray([bool(s) for s in sounds]) * alike.max(axis=1) * 0.9
    matches: Floats = np.maximum(same, heard).astype(np.float32)
    return matches


def _literal(text: str, word: Word) -> str:
    return unicodedata.normalize("NFKC", text[word.start : word.end]).casefold()


def _sound(text: str, word: Word) -> str:
    sound = skeleton(text[word.start : word.end])
    return sound if len(sound) >= _SHORTEST and word.content_word else ""
