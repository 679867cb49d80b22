"""Words that are the same on both sides by their letters: names, loan words, figures, terms left in Latin script."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.text.phonetic import skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Floats

_SHORTEST = 2
"""Consonants that a word needs to be recognised by sound."""
_CUTOFF = 70
"""Percentage of agreement below which two sounds are different."""


def spelling_similarity(source: Sequence[str], target: Sequence[str]) -> Floats:
    """How well every word of one text matches every word of another by letters or by sound.

    Returns:
        ``(n_source, n_target)``: 1 for the same letters or figures, up to 0.9 for the same consonants (normalised
        indel similarity), 0 for nothing alike. Words of one letter and punctuation match nothing.
    """
    if not source or not target:
        return np.zeros((len(source), len(target)), np.float32)
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where something is compared

    numbers: dict[str, int] = {}
    one, other = (
        np.asarray([numbers.setdefault(_literal(w), len(numbers)) for w in words]) for words in (source, target)
    )
    worded = np.asarray([any(c.isalnum() for c in w) and (len(w) > 1 or w.isdigit()) for w in source])
    same = (one[:, None] == other[None]) & worded[:, None]
    sounds, others = ([_sound(word) for word in words] for words in (source, target))
    heard = process.cdist(sounds, others, scorer=fuzz.ratio, score_cutoff=_CUTOFF) / 100
    heard[[k for k, sound in enumerate(sounds) if not sound]] = 0
    similarity: Floats = np.maximum(same, heard * 0.9).astype(np.float32)
    return similarity


def _literal(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _sound(word: str) -> str:
    sound = skeleton(word)
    return sound if len(sound) >= _SHORTEST else ""
