"""Damage with a known place: a phrase put in, or taken out.

What is inserted into one side is, by construction, exactly what the other side lacks: an omission where it went into
the source, an addition where it went into the translation. Phrases are whole constituents, taken from the neighbouring
sentences and put where a constituent may stand, so that topic and syntax do not give them away.

What is deleted from one side leaves its counterpart alone on the other. Where that counterpart stands is read off the
word links, and used only where they leave no doubt: all its words are linked to the deleted ones and to nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.checks.coverage.chunks import chunks
from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word

_LONGEST = 10
"""Words in the longest phrase that is inserted."""
_SURE = 0.15
"""Link probability from which a word certainly belongs to its counterpart."""
_REST = 0.4
"""Share of the words that a deletion must leave."""


class Damaged(NamedTuple):
    """A text with a phrase that does not belong."""

    text: str
    span: Span


def insert_phrase(text: str, donor: str, language: str, random: Random) -> Damaged | None:
    """Insert a constituent of `donor` into `text`; None where either is too short to have one."""
    phrase = _phrase(donor, language, random)
    tokens = meaningful_words(text, language)
    places = chunks(text, tokens, language)[1:-1]
    if phrase is None or not places:
        return None
    at = tokens[random.choice(places)].start
    space = "" if language == "ja" else " "
    return Damaged(text[:at] + phrase + space + text[at:], Span(at, at + len(phrase)))


def _phrase(donor: str, language: str, random: Random) -> str | None:
    tokens = meaningful_words(donor, language)
    edges = chunks(donor, tokens, language)[1:]
    if len(edges) < 2:
        return None
    for _ in range(8):
        k = random.randrange(len(edges) - 1)
        first, last = edges[k], edges[min(k + random.choice((1, 1, 1, 2, 2, 3)), len(edges) - 1)]
        if last - first <= _LONGEST and any(word.content_word for word in tokens[first:last]):
            return donor[tokens[first].start : tokens[last - 1].end]
    return None


class Deleted(NamedTuple):
    """One text without a phrase, and where the phrase's counterpart stands in the other."""

    text: str
    counterpart: Span


class Linked(NamedTuple):
    """A text that may lose a phrase, with its links to the other.

    Attributes:
        text: the text.
        tokens: its words without punctuation.
        other: the words of the other text without punctuation.
        links: ``(len(tokens), len(other))`` link probabilities.
        language: of `text`.
    """

    text: str
    tokens: Sequence[Word]
    other: Sequence[Word]
    links: Floats
    language: str


def delete_phrase(linked: Linked, random: Random) -> Deleted | None:
    """Delete constituents of a text whose counterpart is beyond doubt; None where there are none."""
    text, tokens, other = linked.text, linked.tokens, linked.other
    runs = [(run, hull) for run in _runs(text, tokens, linked.language) if (hull := _counterpart(linked, run))]
    if not runs:
        return None
    (first, last), (low, high) = random.choice(runs)
    end = tokens[last].start if last < len(tokens) else tokens[last - 1].end
    return Deleted(text[: tokens[first].start] + text[end:], Span(other[low].start, other[high - 1].end))


def _runs(text: str, tokens: Sequence[Word], language: str) -> Iterator[tuple[int, int]]:
    """Runs of one to three constituents that leave enough of the text."""
    edges = chunks(text, tokens, language)
    for a in range(len(edges) - 1):
        for b in range(a + 1, min(a + 3, len(edges) - 1) + 1):
            size = edges[b] - edges[a]
            if size <= _LONGEST and len(tokens) - size >= _REST * len(tokens):
                yield edges[a], edges[b]


def _counterpart(linked: Linked, run: tuple[int, int]) -> tuple[int, int] | None:
    """The words of the other text that are linked to a run and to nothing else, first and last + 1."""
    (first, last), links, other = run, linked.links, linked.other
    content = [k for k in range(first, last) if linked.tokens[k].content_word]
    if not content or not len(other) or links[content].max(axis=1).min() < _SURE:
        return None
    chosen = links[content].argmax(axis=1)
    low, high = int(chosen.min()), int(chosen.max()) + 1
    meaning = np.asarray([word.content_word for word in other])
    strongest, strength = links.argmax(axis=0), links.max(axis=0)
    from_run = (strongest >= first) & (strongest < last)
    hull = np.zeros(len(other), bool)
    hull[low:high] = True
    inside, outside = hull & meaning, ~hull & meaning & (strength >= _SURE / 3)
    doubtless = (from_run & (strength >= _SURE))[inside].all() and not from_run[outside].any()
    return (low, high) if doubtless and inside.any() and high - low <= _LONGEST else None
