"""Small faults put into a text, which no translation is better for: what the score has to put in order.

Where `damage` tells which words the other side lacks, nothing is told here but that the text has become worse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.coverage.measure import meaningful_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tui_reader.text.words import Word

_FEWEST = 5
"""Words of a text that can bear a fault."""


def blemished(text: str, donor: str, language: str, random: Random) -> Iterator[str]:
    """The text with one fault each: a word less, more, twice, another, two in the wrong order, all of them mixed.

    Args:
        text: of one sentence or a few; too short a text gives nothing.
        donor: another text of the language, from which strange words come.
        language: of both.
        random: makes the choices.
    """
    words = meaningful_words(text, language)
    strange = [word.span.of(donor) for word in meaningful_words(donor, language) if word.content_word]
    told = [k for k, word in enumerate(words) if word.content_word]
    if len(words) < _FEWEST or not told or not strange:
        return
    space = "" if language == "ja" else " "
    surfaces = [word.span.of(text) for word in words]
    k, new = random.choice(told), random.choice(strange)
    if len(told) > 1:
        yield _written(text, words, surfaces, {k: ""}).replace("  ", " ")
    yield _written(text, words, surfaces, {k: surfaces[k] + space + new})
    yield _written(text, words, surfaces, {k: surfaces[k] + space + surfaces[k]})
    if new != surfaces[k]:
        yield _written(text, words, surfaces, {k: new})
    j = random.randrange(len(words) - 1)
    if surfaces[j] != surfaces[j + 1]:
        yield _written(text, words, surfaces, {j: surfaces[j + 1], j + 1: surfaces[j]})
    mixed = random.sample(surfaces, len(surfaces))
    if mixed != surfaces:
        yield _written(text, words, mixed, {})


def _written(text: str, words: list[Word], surfaces: list[str], changed: dict[int, str]) -> str:
    """The text with other surfaces in the places of its words."""
    parts, end = [], 0
    for k, word in enumerate(words):
        parts += [text[end : word.start], changed.get(k, surfaces[k])]
        end = word.end
    return "".join([*parts, text[end:]])
