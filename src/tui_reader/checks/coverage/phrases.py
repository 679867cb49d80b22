"""One side of a bead cut into words and phrases, each with its vectors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.word_contexts import word_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import AdditiveEncoder, Contributions, Floats, Ints, TokenEncoder
    from tui_reader.text.words import Word

LONGEST_ALONE = 3
"""Words in the longest phrase that is encoded alone, out of its context (the expensive part)."""
REMOVED = (1, 3, 6)
"""Words in the phrases that the text is measured without."""


@dataclass(frozen=True, slots=True)
class PhrasedText:
    """A text with its words (punctuation left out) and its phrases.

    Phrases are ordered by length, then by place: the first ``len(words)`` are the words themselves.

    Attributes:
        text: the text of this side of the bead.
        words: its words; offsets count in `text`.
        vector: ``(d,)`` the whole text.
        starts: ``(n_phrases,)`` index of the first word of each phrase of 1 to `LONGEST_ALONE` words.
        sizes: ``(n_phrases,)`` number of words of each.
        alone: ``(n_phrases, d)`` these phrases, encoded by themselves.
        removed_sizes: ``(n_removed,)`` number of words of each phrase that is removed, lengths as in `REMOVED`.
        without: ``(n_removed, d)`` the text without each of them.
        total: ``(d,)`` sum of the contributions of all tokens.
        n_tokens: how many they are.
        sums: ``(n_words, d)`` sum of the contributions of each word.
        counts: ``(n_words,)`` tokens of each word (fractions where a token spans words).
        in_context: ``(n_layers, n_words, d)`` contextual vectors of the words, None without a token encoder.
    """

    text: str
    words: tuple[Word, ...]
    vector: Floats
    starts: Ints
    sizes: Ints
    alone: Floats
    removed_sizes: Ints
    without: Floats
    total: Floats
    n_tokens: int
    sums: Floats
    counts: Floats
    in_context: Floats | None = None

    @property
    def n_words(self) -> int:
        """Number of words."""
        return len(self.words)

    def meaningful_phrases(self) -> Ints:
        """``(n_phrases,)`` 1 for a phrase with a content word, 0 for one of function words alone."""
        content = np.concatenate([[0], np.cumsum([word.content_word for word in self.words])])
        meaningful: Ints = np.minimum(content[self.starts + self.sizes] - content[self.starts], 1)
        return meaningful

    def by_length(self) -> list[Floats]:
        """Vectors of the phrases of 1, 2 … `LONGEST_ALONE` words encoded alone, the whole text where it is shorter."""
        lengths = range(1, LONGEST_ALONE + 1)
        return [self.alone[self.sizes == min(k, self.n_words)] for k in lengths] if self.n_words else []

    def phrase_text(self, phrase: int) -> str:
        """The characters from the first to the last word of a phrase."""
        first, last = self.starts[phrase], self.starts[phrase] + self.sizes[phrase] - 1
        return self.text[self.words[first].start : self.words[last].end]


def phrase_grid(n_words: int, lengths: Sequence[int]) -> tuple[Ints, Ints]:
    """(first word, number of words) of every phrase of these lengths, by length and place.

    Where the text is shorter than a length, the whole text stands in.
    """
    chosen = sorted({min(k, n_words) for k in lengths}) if n_words else []
    sizes = [np.full(n_words - k + 1, k, np.int64) for k in chosen]
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
    places = [[alone.setdefault(d.phrase_text(p), len(alone)) for p in range(len(d.sizes))] for d in drafts]
    vectors = encoder.encode(list(alone))
    finished = [replace(draft, alone=vectors[rows]) for draft, rows in zip(drafts, places, strict=True)]
    return _in_context(finished, encoders.tokens) if encoders.tokens else finished


def _in_context(drafts: Sequence[PhrasedText], encoder: TokenEncoder) -> list[PhrasedText]:
    """The texts with contextual vectors of their words; equal texts are encoded once."""
    texts = list({draft.text: None for draft in drafts})
    tokens = dict(zip(texts, encoder.tokens(texts, pooled=False), strict=True))
    return [replace(draft, in_context=word_vectors(tokens[draft.text], draft.words)) for draft in drafts]


def _draft(text: str, words: tuple[Word, ...], contributions: Contributions, encoder: AdditiveEncoder) -> PhrasedText:
    sums, counts = _per_word(text, words, contributions)
    starts, sizes = phrase_grid(len(words), range(1, LONGEST_ALONE + 1))
    removed, removed_sizes = phrase_grid(len(words), REMOVED)
    summed, counted = _running(sums), _running(counts)
    ends = removed + removed_sizes
    total, n_tokens = contributions.total, len(contributions.vectors)
    stack = np.concatenate([total[None], total - (summed[ends] - summed[removed]).astype(np.float32)])
    left = np.concatenate([[n_tokens], n_tokens - (counted[ends] - counted[removed])]).astype(np.float32)
    pooled = encoder.pool(stack, left)
    return PhrasedText(
        text, words, pooled[0], starts, sizes, np.zeros((0, len(total)), np.float32), removed_sizes, pooled[1:],
        total, n_tokens, sums, counts,
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
