"""Word links inside a bead, many-to-many, from the vectors of words in their context and of phrases alone.

Words and their phrases of two and three words are encoded alone, as a dictionary would list them; the similarity of two
words is that of the phrases around them. Where the encoders give vectors of tokens, the words in their context count as
well. `alignment.word_links` makes links of both.
"""

from __future__ import annotations

from itertools import groupby, repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.read_names import name_similarity
from tui_reader.alignment.spelling import spelling_similarity
from tui_reader.alignment.word_contexts import contexts, over_words
from tui_reader.alignment.word_grammar import grammar
from tui_reader.alignment.word_links import link_table
from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import AdditiveEncoder, Floats

_PHRASES = (1, 2, 3)
_SHARPNESS = 20.0
"""How much the soft-max prefers the better of two similarities, where phrases alone are measured."""
_DIAGONAL = 0.1
"""Cosine taken from a pair of words at opposite ends of their texts."""
_SPELLING = 0.2
"""Cosine added for words of the same letters or sound."""
_PAIRS = 32
"""Pairs of texts encoded together."""
_BESIDE_CONTEXT = 12.0
"""Logits for a cosine of 1 of phrases alone, where words in their context count as well."""
_SPELT = 4.0
"""Logits for words of the same letters or sound."""
_LONGEST = 500
"""Words on either side above which a pair is linked in parts, so that time stays linear."""
_BATCH = 1500
"""Words of pairs that are encoded together."""
_UNSPACED = frozenset({"ja", "zh"})


class Tokenized(NamedTuple):
    """A text cut into words."""

    words: Sequence[str]
    language: str
    """ISO 639-1 code."""


class Link(NamedTuple):
    """Two words that stand for each other, by their numbers from 0."""

    source: int
    target: int
    probability: float
    """That they do, from 0 to 1."""


class _Part(NamedTuple):
    """Words of a pair that are linked with each other only."""

    pair: int
    starts: tuple[int, int]
    """Numbers of the first words."""
    sides: tuple[Tokenized, Tokenized]


def link_words(source: Tokenized, target: Tokenized, encoders: EncoderSet) -> list[Link]:
    """Links between the words of two texts; see `link_pairs`."""
    return next(link_pairs([(source, target)], encoders))


def link_pairs(pairs: Iterable[tuple[Tokenized, Tokenized]], encoders: EncoderSet) -> Iterator[list[Link]]:
    """Links between the words of each pair of texts, in bounded memory however many pairs there are.

    A pair with more than 500 words on a side is cut into equally many parts on both, which are linked one by one.

    Args:
        pairs: source and target; read as they are needed.
        encoders: measure the words; phrases alone, and so less well, where none gives vectors of tokens.

    Yields:
        For each pair its links in order; a word may have several or none.
    """
    linked = (each for batch in _batches(_parts(pairs)) for each in _linked(batch, encoders))
    for _, parts in groupby(linked, key=lambda each: each[0]):
        yield [link for _, links in parts for link in links]


def _parts(pairs: Iterable[tuple[Tokenized, Tokenized]]) -> Iterator[_Part]:
    for number, pair in enumerate(pairs):
        count = max(1, -(-max(len(side.words) for side in pair) // _LONGEST))
        cuts = [[len(side.words) * k // count for k in range(count + 1)] for side in pair]
        for k in range(count):
            one, other = (
                side._replace(words=side.words[cut[k] : cut[k + 1]]) for side, cut in zip(pair, cuts, strict=True)
            )
            yield _Part(number, (cuts[0][k], cuts[1][k]), (one, other))


def _batches(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """The parts in batches of bounded size."""
    batch: list[_Part] = []
    words = 0
    for part in parts:
        batch.append(part)
        words += sum(len(side.words) for side in part.sides) + 1
        if words >= _BATCH:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def _linked(batch: Sequence[_Part], encoders: EncoderSet) -> Iterator[tuple[int, list[Link]]]:
    """For each part the number of its pair and its links."""
    sides = [part.sides for part in batch]
    alike = _phrase_similarities(
        [(one.words, other.words) for one, other in sides],
        [(_joint(one.language), _joint(other.language)) for one, other in sides],
        encoders.sentences,
    )
    placed = [tuple(_placed(side) for side in pair) for pair in sides]
    in_context = contexts(placed, encoders.tokens) if encoders.tokens else repeat(None, len(batch))
    for part, texts, phrases, context in zip(batch, placed, alike, in_context, strict=True):
        evidence = (_SHARPNESS if context is None else _BESIDE_CONTEXT) * phrases
        evidence = evidence + _SPELT * _written_alike(part.sides, texts)
        if context is not None:
            evidence = evidence + context
        source, target = (grammar(*text, side.language) for text, side in zip(texts, part.sides, strict=True))
        table = link_table(evidence, source, target)
        first, second = part.starts
        yield part.pair, [Link(first + int(i), second + int(j), float(table[i, j])) for i, j in np.argwhere(table)]


def _written_alike(sides: tuple[Tokenized, Tokenized], texts: Sequence[tuple[str, list[Span]]]) -> Floats:
    """How alike every two words are by letters, sound or reading."""
    one, other = sides
    alike = spelling_similarity(one.words, other.words)
    if other.language == "ja" != one.language:
        return np.maximum(alike, name_similarity(one.words, *texts[1]))
    if one.language == "ja" != other.language:
        return np.maximum(alike, name_similarity(other.words, *texts[0]).T)
    return alike


def _joint(language: str) -> str:
    return "" if language in _UNSPACED else " "


def _placed(side: Tokenized) -> tuple[str, list[Span]]:
    """The words as a text, and where each stands in it."""
    joint = _joint(side.language)
    ends = np.cumsum([len(word) + len(joint) for word in side.words], dtype=int).tolist()
    starts = [0, *ends[:-1]]
    places = [Span(start, start + len(word)) for start, word in zip(starts, side.words, strict=False)]
    return joint.join(side.words), places


def link_tables(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], encoder: AdditiveEncoder, joints: tuple[str, str] = (" ", "")
) -> Iterator[Floats]:
    """For each pair of texts the link probability of every two words, ``(n_source, n_target)``, by phrases alone.

    What teaches the coverage check is chosen by it: a better measure would be another one's teacher.

    Args:
        pairs: source and target words.
        encoder: measures phrases.
        joints: what stands between two words of the source and of the target.
    """
    for first in range(0, len(pairs), _PAIRS):
        part = pairs[first : first + _PAIRS]
        for similarity, (one, other) in zip(
            _phrase_similarities(part, [joints] * len(part), encoder), part, strict=True
        ):
            yield link_probabilities(similarity + _SPELLING * spelling_similarity(one, other))


def _phrase_similarities(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], joints: Sequence[tuple[str, str]], encoder: AdditiveEncoder
) -> Iterator[Floats]:
    """For each pair of texts the similarity of every two words by the phrases around them; encoded together."""
    phrases: dict[str, int] = {}
    grids = [
        [_grid(words, joint, phrases) for words, joint in zip(pair, between, strict=True)]
        for pair, between in zip(pairs, joints, strict=True)
    ]
    vectors = encoder.encode(list(phrases))
    for source, target in grids:
        yield similarities([vectors[g] for g in source], [vectors[g] for g in target])


def _grid(words: Sequence[str], joint: str, phrases: dict[str, int]) -> list[list[int]]:
    """Numbers of the phrases of each length that a text has, by place; unseen phrases are added."""
    return [
        [phrases.setdefault(joint.join(words[k : k + n]), len(phrases)) for k in range(max(1, len(words) - n + 1))]
        for n in _PHRASES
    ] if words else []  # fmt: skip


def similarities(source: Sequence[Floats], target: Sequence[Floats]) -> Floats:
    """Similarity of every two words: the mean over phrase lengths of the phrases of that length around them.

    Args:
        source: for each phrase length the vectors of its phrases, ``(n − length + 1, d)``.
        target: likewise.

    Returns:
        ``(n_source, n_target)`` cosines.
    """
    if not source or not target:
        return np.zeros((len(source and source[0]), len(target and target[0])), np.float32)
    n, m = len(source[0]), len(target[0])
    total = np.zeros((n, m))
    for length, (one, other) in enumerate(zip(source, target, strict=True), 1):
        total += over_words(one @ other.T, length, (n, m))
    mean: Floats = (total / len(_PHRASES)).astype(np.float32)
    return mean


def link_probabilities(similarity: Floats) -> Floats:
    """Product of the two soft-maxes of the similarities, a little lower far from the diagonal."""
    n, m = similarity.shape
    if not n or not m:
        return similarity
    distance = np.abs(np.arange(n)[:, None] / n - np.arange(m) / m)
    scaled = np.exp(_SHARPNESS * (similarity - _DIAGONAL * distance))
    both: Floats = scaled / scaled.sum(axis=1, keepdims=True) * scaled / scaled.sum(axis=0, keepdims=True)
    return both
