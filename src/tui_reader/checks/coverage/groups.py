"""Groups of words that a translator would drop or add as a whole, measured as a whole.

A clause of six words may show two words at .45 and four at .15: no single word is beyond doubt, all of them together
are. So constituents are formed first, by closed-class words and punctuation (English) or by bunsetsu (Japanese), and
every run of a few of them is measured: the evidence of its words, and what happens to the similarity of the two texts
when exactly this group is taken out of one or put into the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.coverage.phrases import PhrasedText
    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints
    from tui_reader.text.words import Word

_LONGEST = 14
"""Words in the longest group."""
_CHUNKS = 5
"""Constituents in the largest group."""
_OPENING = {"ADP", "CCONJ", "SCONJ", "DET", "PRON"}
_RELATIVE = {"which", "who", "whose", "where", "when", "to", "not", "without"}
_DANGLE_FIRST = {"PART", "AUX", "PUNCT", "SYM"}
_DANGLE_LAST = {"ADP", "CCONJ", "DET", "PRON", "PUNCT", "SCONJ"}
_BREAKS = frozenset(".,;:!?—–()[]…、。；：！？「」『』（）")


class Group(NamedTuple):
    """Words `first` … `last` − 1 of one side."""

    first: int
    last: int

    def overlaps(self, other: Group) -> bool:
        """Whether the two share a word."""
        return self.first < other.last and other.first < self.last


GROUP_FEATURES = (
    "highest words", "mean of words", "lowest content word", "before", "after", "deletion gain", "weight",
    "relative gain", "addition gain", "closest phrase", "content words", "words", "opens at a break", "closes at a break", "whole text",
)  # fmt: skip
"""Columns of `group_features`; the last before the constant term that a model adds."""


def chunks(text: str, words: Sequence[Word], language: str) -> list[int]:
    """Indices of the words at which a constituent begins, 0 included, and the number of words."""
    starts = [0]
    for k in range(1, len(words)):
        before, word = words[k - 1], words[k]
        between = text[before.end : word.start]
        if any(c in _BREAKS for c in between) or _begins(before, word, language):
            starts.append(k)
    return [*starts, len(words)]


def _begins(before: Word, word: Word, language: str) -> bool:
    if language == "ja":
        return word.content_word and not before.content_word
    opens = word.part_of_speech in _OPENING or word.lemma in _RELATIVE
    return opens and before.part_of_speech not in _OPENING


def candidate_groups(text: str, words: Sequence[Word], language: str) -> list[Group]:
    """Runs of up to five constituents, and content words one by one; ends that would dangle are cut off."""
    edges = chunks(text, words, language)
    found = {Group(k, k + 1) for k, word in enumerate(words) if word.content_word}
    for a in range(len(edges) - 1):
        for b in range(a + 1, min(a + _CHUNKS, len(edges) - 1) + 1):
            if edges[b] - edges[a] <= _LONGEST and (group := _trimmed(words, edges[a], edges[b])):
                found.add(group)
    return sorted(found)


def _trimmed(words: Sequence[Word], first: int, last: int) -> Group | None:
    while first < last and words[first].part_of_speech in _DANGLE_FIRST:
        first += 1
    while last > first and words[last - 1].part_of_speech in _DANGLE_LAST and not words[last - 1].content_word:
        last -= 1
    return Group(first, last) if any(word.content_word for word in words[first:last]) else None


def group_measures(one: PhrasedText, other: PhrasedText, groups: Sequence[Group], encoder: AdditiveEncoder) -> Floats:
    """What is measured on each group as a whole, ``(n_groups, 5)``.

    Columns: deletion gain, weight of the group in its own text, their ratio, addition gain, similarity of the closest
    phrase of the other side.
    """
    if not groups:
        return np.zeros((0, 5), np.float32)
    first, last = np.asarray(groups).T
    sums, counts = _running(one.sums[: one.n_words]), _running(one.counts[: one.n_words])
    group_sums = (sums[last] - sums[first]).astype(np.float32)
    group_counts = counts[last] - counts[first]
    frame = one.frame
    n = len(groups)
    pooled = encoder.pool(
        np.concatenate([one.total - group_sums, other.total + group_sums, frame + group_sums]),
        np.concatenate([one.n_tokens - group_counts, other.n_tokens + group_counts, 2 + group_counts]),
    )
    without, added, alone = pooled[:n], pooled[n : 2 * n], pooled[2 * n :]
    cosine = float(one.vector @ other.vector)
    gain = without @ other.vector - cosine
    weight = 1 - without @ one.vector
    closest = (alone @ other.within.T).max(axis=1) if other.n_words else np.zeros(n)
    columns = [gain, weight, gain / (weight + 0.02), added @ one.vector - cosine, closest]
    return np.stack(columns, axis=1).astype(np.float32)


def group_features(text: str, words: Sequence[Word], groups: Sequence[Group], measures: Floats, p: Floats) -> Floats:
    """Features of each group for the model that gives it a confidence, ``(n_groups, 16)`` with a constant last.

    Args:
        text: this side's text.
        words: its words.
        groups: from `candidate_groups`.
        measures: from `group_measures`.
        p: ``(n_words,)`` word losses.
    """
    logits = np.log(np.clip(p, 1e-4, 1 - 1e-4) / (1 - np.clip(p, 1e-4, 1 - 1e-4)))
    content = np.asarray([word.content_word for word in words], bool)
    rows = [_row(text, words, group, logits, content) for group in groups]
    if not rows:
        return np.zeros((0, len(GROUP_FEATURES) + 1), np.float32)
    table = np.asarray(rows, np.float32)
    return np.concatenate([table[:, :5], measures, table[:, 5:], np.ones((len(rows), 1))], axis=1).astype(np.float32)


def _row(text: str, words: Sequence[Word], group: Group, logits: Floats, content: Ints) -> list[float]:
    first, last = group
    inside = logits[first:last]
    meaning = inside[content[first:last]]
    highest = float(np.sort(meaning)[::-1][: max(1, len(meaning) // 2)].mean())
    before = float(logits[first - 1]) if first else -4.0
    after = float(logits[last]) if last < len(words) else -4.0
    opens = first == 0 or _break_between(text, words, first)
    closes = last == len(words) or _break_between(text, words, last)
    whole = (last - first) / len(words)
    size = [float(np.log(len(meaning))), float(np.log(last - first)), float(opens), float(closes), whole]
    return [highest, float(inside.mean()), float(meaning.min()), before, after, *size]


def _break_between(text: str, words: Sequence[Word], k: int) -> bool:
    return any(c in _BREAKS for c in text[words[k - 1].end : words[k].start])


def _running(rows: Floats) -> Floats:
    running: Floats = np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, axis=0, dtype=np.float64)])
    return running


def best_groups(groups: Sequence[Group], confidences: Sequence[float], threshold: float) -> list[tuple[Group, float]]:
    """Disjoint groups at or above the threshold, the most confident first chosen; in order of place.

    Groups that touch are joined: two neighbouring constituents that are both lost are one loss.
    """
    order = sorted(range(len(groups)), key=lambda k: (-confidences[k], -(groups[k].last - groups[k].first)))
    chosen: list[tuple[Group, float]] = []
    for k in order:
        if confidences[k] < threshold:
            break
        if not any(groups[k].overlaps(group) for group, _ in chosen):
            chosen.append((groups[k], confidences[k]))
    joined: list[tuple[Group, float]] = []
    for group, confidence in sorted(chosen):
        if joined and joined[-1][0].last == group.first:
            before, other = joined.pop()
            joined.append((Group(before.first, group.last), max(other, confidence)))
        else:
            joined.append((group, confidence))
    return joined
