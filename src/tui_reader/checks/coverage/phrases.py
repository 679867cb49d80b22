"""One side of a bead cut into words and phrases, each with its vectors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.tokens import word_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import AdditiveEncoder, Contributions, Floats, Ints, TokenEncoder
    from tui_reader.text.words import Word

LONGEST_PHRASE = 6
"""Words in the longest phrase that is measured."""
LONGEST_ALONE = 3
"""Words in the longest phrase that is also encoded alone, out of its context (the expensive part)."""


@dataclass(frozen=True, slots=True)
class PhrasedText:
    """A text with its words (punctuation left out) and all its phrases of 1 to `LONGEST_PHRASE` words.

    Phrases are ordered by length, then by place: the first ``len(words)`` are the words themselves.

    Attributes:
        text: the text of this side of the bead.
        words: its words; offsets count in `text`.
        starts: ``(n_phrases,)`` index of each phrase's first word.
        sizes: ``(n_phrases,)`` number of words of each phrase.
        vector: ``(d,)`` the whole text.
        within: ``(n_phrases, d)`` each phrase as its context colours it.
        without: ``(n_phrases, d)`` the text without each phrase.
        alone: ``(n_alone, d)`` the phrases of up to `LONGEST_ALONE` words, encoded by themselves.
        total: ``(d,)`` sum of the contributions of all tokens.
        n_tokens: how many they are.
        sums: ``(n_phrases, d)`` sum of the contributions of each phrase.
        counts: ``(n_phrases,)`` tokens of each phrase (fractions where a token spans words).
        in_context: ``(n_layers, n_words, d)`` contextual vectors of the words, None without a token encoder.
        meaning: ``(d,)`` the whole text by the token encoder, None without one.
    """

    text: str
    words: tuple[Word, ...]
    starts: Ints
    sizes: Ints
    vector: Floats
    within: Floats
    without: Floats
    alone: Floats
    total: Floats
    n_tokens: int
    sums: Floats
    counts: Floats
    in_context: Floats | None = None
    meaning: Floats | None = None

    @property
    def n_words(self) -> int:
        """Number of words."""
        return len(self.words)

    def meaningful_phrases(self) -> Ints:
        """``(n_phrases,)`` 1 for a phrase with a content word, 0 for one of function words alone."""
        content = np.concatenate([[0], np.cumsum([word.content_word for word in self.words])])
        meaningful: Ints = np.minimum(content[self.starts + self.sizes] - content[self.starts], 1)
        return meaningful

    def phrase_text(self, phrase: int) -> str:
        """The characters from the first to the last word of a phrase."""
        first, last = self.starts[phrase], self.starts[phrase] + self.sizes[phrase] - 1
        return self.text[self.words[first].start : self.words[last].end]


def phrase_grid(n_words: int, longest: int = LONGEST_PHRASE) -> tuple[Ints, Ints]:
    """(first word, number of words) of every phrase of up to `longest` words, by length and place."""
    sizes = [np.full(n_words - k + 1, k, np.int64) for k in range(1, min(longest, n_words) + 1)]
    starts = [np.arange(len(s), dtype=np.int64) for s in sizes]
    if not sizes:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(starts), np.concatenate(sizes)


def phrase_texts(texts: Sequence[tuple[str, Sequence[Word]]], encoders: EncoderSet) -> list[PhrasedText]:
    """Cut texts into phrases and give each its vectors; equal phrases are encoded once.

    Args:
        texts: pairs of a text and its words without punctuation.
        encoders: measure them.
    """
    encoder = encoders.sentences
    contributions = encoder.contributions([text for text, _ in texts])
    drafts = [_draft(text, tuple(words), c, encoder) for (text, words), c in zip(texts, contributions, strict=True)]
    alone: dict[str, int] = {}
    places = [
        [alone.setdefault(d.phrase_text(p), len(alone)) for p in np.flatnonzero(d.sizes <= LONGEST_ALONE).tolist()]
        for d in drafts
    ]
    vectors = encoder.encode(list(alone))
    finished = [replace(draft, alone=vectors[rows]) for draft, rows in zip(drafts, places, strict=True)]
    return _in_context(finished, encoders.tokens) if encoders.tokens else finished


def _in_context(drafts: Sequence[PhrasedText], encoder: TokenEncoder) -> list[PhrasedText]:
    """The texts with contextual vectors of their words; equal texts are encoded once."""
    texts = list({draft.text: None for draft in drafts})
    tokens = dict(zip(texts, encoder.tokens(texts), strict=True))
    return [
        replace(draft, in_context=word_vectors(tokens[draft.text], draft.words), meaning=tokens[draft.text].pooled)
        for draft in drafts
    ]


def _draft(text: str, words: tuple[Word, ...], contributions: Contributions, encoder: AdditiveEncoder) -> PhrasedText:
    sums, counts = _per_word(text, words, contributions)
    starts, sizes = phrase_grid(len(words))
    summed, counted = _running(sums), _running(counts)
    phrase_sums = (summed[starts + sizes] - summed[starts]).astype(np.float32)
    phrase_counts = (counted[starts + sizes] - counted[starts]).astype(np.float32)
    total, n_tokens = contributions.total, len(contributions.vectors)
    frame = contributions.vectors[0] + contributions.vectors[-1]
    d = len(total)
    stack = np.concatenate([total[None], frame + phrase_sums, total - phrase_sums])
    sizes_of = np.concatenate([[n_tokens], 2 + phrase_counts, n_tokens - phrase_counts])
    pooled = encoder.pool(stack, sizes_of)
    n = len(starts)
    return PhrasedText(
        text, words, starts, sizes, pooled[0], pooled[1 : n + 1], pooled[n + 1 :],
        np.zeros((0, d), np.float32), total, n_tokens, phrase_sums, phrase_counts,
    )  # fmt: skip


def _running(rows: Floats) -> Floats:
    """Running sums with a zero in front, in double precision so that differences stay exact."""
    running: Floats = np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, axis=0, dtype=np.float64)])
    return running


def _per_word(text: str, words: Sequence[Word], contributions: Contributions) -> tuple[Floats, Floats]:
    """Contributions of each word, and its tokens: a token that spans words is shared by characters.

    Returns:
        ``(n_words, d)`` sums and ``(n_words,)`` counts.
    """
    owner = np.full(len(text) + 1, -1)
    for k, word in enumerate(words):
        owner[word.start : word.end] = k
    sums = np.zeros((len(words), contributions.vectors.shape[1]), np.float32)
    counts = np.zeros(len(words), np.float32)
    for vector, (start, end) in zip(contributions.vectors, contributions.offsets.tolist(), strict=True):
        owners = [k for k in owner[start:end].tolist() if k >= 0]
        for k in set(owners):
            share = owners.count(k) / len(owners)
            sums[k] += share * vector
            counts[k] += share
    return sums, counts
