"""Damage with a known place: a phrase from one sentence put into another.

What is inserted into one side is, by construction, exactly what the other side lacks: an omission where it went into
the source, an addition where it went into the translation. Phrases are whole constituents, taken from the neighbouring
sentences and put where a constituent may stand, so that topic and syntax do not give them away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Span
from tui_reader.text import words

if TYPE_CHECKING:
    from random import Random

_LONGEST = 10
"""Words in the longest phrase that is inserted."""
_OPENING = {"ADP", "CCONJ", "SCONJ"}
_RELATIVE = {"which", "who", "whose", "where", "when"}


class Damaged(NamedTuple):
    """A text with a phrase that does not belong."""

    text: str
    span: Span


def insert_phrase(text: str, donor: str, language: str, random: Random) -> Damaged | None:
    """Insert a constituent of `donor` into `text`; None where either is too short to have one."""
    phrase = _phrase(donor, language, random)
    places = boundaries(text, language)
    if phrase is None or not places:
        return None
    tokens = words.split(text, language)
    at = tokens[random.choice(places)].start
    space = "" if language == "ja" else " "
    return Damaged(text[:at] + phrase + space + text[at:], Span(at, at + len(phrase)))


def boundaries(text: str, language: str) -> list[int]:
    """Indices of the words (punctuation counted) at which a constituent may begin, but the first."""
    tokens = words.split(text, language)
    starts = _starts_bunsetsu if language == "ja" else _starts_phrase
    return [k for k in range(1, len(tokens)) if starts(tokens[k - 1], tokens[k])]


def _starts_bunsetsu(before: words.Word, word: words.Word) -> bool:
    return word.content_word and not before.content_word


def _starts_phrase(before: words.Word, word: words.Word) -> bool:
    opening = word.part_of_speech in _OPENING or word.lemma in _RELATIVE
    return before.part_of_speech == "PUNCT" or (opening and before.part_of_speech not in _OPENING)


def _phrase(donor: str, language: str, random: Random) -> str | None:
    tokens, places = words.split(donor, language), boundaries(donor, language)
    if len(places) < 2:
        return None
    for _ in range(8):
        k = random.randrange(len(places) - 1)
        first, last = places[k], places[min(k + random.choice((1, 1, 1, 2, 2, 3)), len(places) - 1)]
        while last > first and tokens[last - 1].part_of_speech == "PUNCT":
            last -= 1
        if 1 <= last - first <= _LONGEST and any(word.content_word for word in tokens[first:last]):
            return donor[tokens[first].start : tokens[last - 1].end]
    return None
