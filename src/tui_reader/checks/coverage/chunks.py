"""Constituents of a sentence, by rules on parts of speech and punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.text.words import Word

_OPENING = {"ADP", "CCONJ", "SCONJ"}
_RELATIVE = {"which", "who", "whose", "where", "when"}
_BREAKS = frozenset(".,;:!?—–()[]…、。；：！？「」『』（）")


def chunks(text: str, tokens: Sequence[Word], language: str) -> list[int]:
    """Where constituents begin: indices of words, 0 first and the number of words last.

    English constituents open with a preposition, conjunction or relative, Japanese ones are bunsetsu; punctuation
    ends both.
    """
    starts = [0]
    for k in range(1, len(tokens)):
        before, word = tokens[k - 1], tokens[k]
        if _BREAKS.intersection(text[before.end : word.start]) or _begins(before, word, language):
            starts.append(k)
    return [*starts, len(tokens)]


def _begins(before: Word, word: Word, language: str) -> bool:
    if language == "ja":
        return word.content_word and not before.content_word
    opens = word.part_of_speech in _OPENING or word.lemma in _RELATIVE
    return opens and before.part_of_speech not in _OPENING
