"""What a word does in its sentence, as far as that tells what it can translate.

A noun is seldom the counterpart of a preposition, and some words have no counterpart by grammar: articles in Japanese,
the particles は, が and を in English. What follows a Japanese verb (進ん・で・い・ない) leans on it and shares its
counterpart.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.text import words as text_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Floats, Ints
    from tui_reader.model import Span
    from tui_reader.text.words import Word


class Role(IntEnum):
    """What a word does."""

    CONTENT = 0
    FUNCTION = 1
    """Relates or replaces others: prepositions, particles, conjunctions, pronouns."""
    TAIL = 2
    """Japanese auxiliaries and the like, leaning on a predicate."""
    POINTING = 3
    """その and its like, which an article may stand for."""
    SILENT = 4
    """Has no counterpart by grammar."""
    MARK = 5
    """Punctuation."""
    OTHER = 6


_UNLIKE = 2.0
"""Price of linking words of roles that seldom meet."""
_UNHEARD = 4.0
"""Price of linking a silent word, or a mark with a word."""


def _prices() -> Floats:
    prices = np.zeros((len(Role), len(Role)))
    prices[Role.CONTENT, Role.FUNCTION] = prices[Role.FUNCTION, Role.TAIL] = _UNLIKE
    prices[Role.SILENT] = prices[Role.MARK] = _UNHEARD
    prices[Role.SILENT, Role.CONTENT] += _UNLIKE
    prices[Role.SILENT, [Role.SILENT, Role.MARK]] += _UNHEARD
    prices[Role.SILENT, Role.POINTING] = prices[Role.MARK, Role.MARK] = 0
    symmetric: Floats = np.maximum(prices, prices.T)
    return symmetric


_JAPANESE = (
    dict.fromkeys(("NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"), Role.CONTENT)
    | dict.fromkeys(("ADP", "CCONJ", "PRON"), Role.FUNCTION)
    | {"DET": Role.POINTING}
)
_ENGLISH = dict.fromkeys(("X", "NUM"), Role.CONTENT) | dict.fromkeys(
    ("ADP", "DET", "CCONJ", "PRON", "SCONJ", "PART"), Role.FUNCTION
)
_SILENT_PARTICLES = frozenset("はがを")
_ARTICLES = frozenset({"the", "a", "an"})
_LEANING = {"SCONJ": frozenset({"て", "で", "ば", "たり", "ながら"}), "PART": frozenset({"的", "的な"})}
"""Besides all auxiliaries."""
_NO_SUPPORT = frozenset({"PUNCT", "SYM", "ADP"})
"""Parts of speech that nothing leans on."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the words of a text do.

    Attributes:
        roles: ``(n_words,)`` values of `Role`.
        leans: ``(n_words,)`` whether a word shares the counterpart of the one before it.
    """

    roles: Ints
    leans: Ints


def grammar(text: str, places: Sequence[Span], language: str) -> Grammar:
    """What each word of a text does.

    Args:
        text: the text.
        places: where its words are, in order and disjoint; they need not be those that this program would find.
        language: its ISO 639-1 code; every language but ``ja`` is taken for English.
    """
    tags = _tagged(text_words.split(text, language), places)
    surfaces = [place.of(text) for place in places]
    leans = np.zeros(len(places), bool)
    roles = np.zeros(len(places), np.int64)
    for k, (surface, word) in enumerate(zip(surfaces, tags, strict=True)):
        tag = word.part_of_speech if word else "X"
        if language == "ja":
            before = tags[k - 1] if k else None
            tail = before is not None and before.part_of_speech not in _NO_SUPPORT and _auxiliary(surface, tag)
            counter = before is not None and before.part_of_speech == "NUM" and tag == "NOUN"
            leans[k] = tail or counter
            roles[k] = Role.TAIL if tail else _japanese(surface, tag, word)
        else:
            roles[k] = Role.SILENT if surface.lower() in _ARTICLES else _ENGLISH.get(tag, Role.OTHER)
        if _is_mark(surface):
            roles[k] = Role.MARK
    return Grammar(roles, leans)


def prices(source: Grammar, target: Grammar) -> Floats:
    """``(n_source, n_target)``: what linking two words costs for what they are, in logits."""
    table: Floats = _prices()[source.roles[:, None], target.roles[None]]
    return table


def _tagged(found: Sequence[Word], places: Sequence[Span]) -> list[Word | None]:
    """For each place the word that covers most of it."""
    out: list[Word | None] = []
    first = 0
    for place in places:
        while first < len(found) and found[first].end <= place.start:
            first += 1
        most, best = 0, None
        for word in found[first:]:
            if word.start >= place.end:
                break
            shared = word.span.shared(place)
            if shared > most:
                most, best = shared, word
        out.append(best)
    return out


def _auxiliary(surface: str, tag: str) -> bool:
    return tag == "AUX" or surface in _LEANING.get(tag, ())


def _japanese(surface: str, tag: str, word: Word | None) -> Role:
    if surface in _SILENT_PARTICLES and tag in {"ADP", "SCONJ"}:
        return Role.SILENT
    role = _JAPANESE.get(tag, Role.OTHER)
    return Role.OTHER if role is Role.CONTENT and word is not None and not word.content_word else role


def _is_mark(surface: str) -> bool:
    return not any(c.isalnum() or c in "%％‰" or unicodedata.category(c) == "Sc" for c in surface)
