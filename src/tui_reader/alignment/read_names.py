"""Japanese names in kanji recognised in Latin letters by how they are read: 道長 is Michinaga."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.text.readings import readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.encoders.base import Floats
    from tui_reader.model import Span

_SHORTEST = 4
"""Letters that a name needs to be recognised."""
_CUTOFF = 80
"""Percentage of agreement below which two names are different."""


def name_similarity(words: Sequence[str], text: str, places: Sequence[Span]) -> Floats:
    """How well every capitalised word matches every Japanese word of kanji by its reading.

    Args:
        words: in Latin letters.
        text: Japanese.
        places: of its words.

    Returns:
        ``(len(words), len(places))``: normalised indel similarity from 0.8, else 0.
    """
    names = [_folded(word) if word[:1].isupper() else "" for word in words]
    similarity = np.zeros((len(words), len(places)), np.float32)
    if not any(len(name) >= _SHORTEST for name in names):
        return similarity
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where something is compared

    read = [_romanised(kana) for kana in _read(text, places)]
    one, other = ([k for k, word in enumerate(side) if len(word) >= _SHORTEST] for side in (names, read))
    if one and other:
        similarity[np.ix_(one, other)] = (
            process.cdist([names[i] for i in one], [read[j] for j in other], scorer=fuzz.ratio, score_cutoff=_CUTOFF)
            / 100
        )
    return similarity


def _read(text: str, places: Sequence[Span]) -> Iterator[str]:
    """The reading of each word that is all kanji, else nothing."""
    known = {reading.span.start: reading for reading in readings(text)}
    for place in places:
        kana, at = "", place.start
        while at < place.end and at in known:
            kana += known[at].kana
            at = known[at].span.end
        yield kana if at == place.end else ""


@lru_cache(maxsize=4096)
def _romanised(kana: str) -> str:
    import jaconv  # noqa: PLC0415 - only where names are compared

    return _folded(jaconv.kana2alphabet(kana))


def _folded(word: str) -> str:
    """In small letters without marks and long vowels: Ōtani, Ohtani and Ootani are one."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if "a" <= c <= "z")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"ou|oh(?=[^aeiouy]|$)", "o", plain))
