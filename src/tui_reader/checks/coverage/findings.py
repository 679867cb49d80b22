"""From word losses to findings: which groups of words are reported, how surely, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.family import ADDITION, OMISSION
from tui_reader.checks.coverage.spans import WordSpan
from tui_reader.model import Evidence, Finding, Side, Signal, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.coverage.confidence import Suspect
    from tui_reader.checks.coverage.phrases import PhrasedText
    from tui_reader.checks.rules import Rule
    from tui_reader.encoders.base import AdditiveEncoder, Floats

_GAIN_COUNTS = 0.0
_SIMILARITY_COUNTS = 0.5
"""Deletion gain above which, and phrase similarity below which, a signal speaks for a loss."""
_JOINING = frozenset({"ADP", "CCONJ", "DET", "PART", "SCONJ"})
"""Parts of speech that tell nothing of what a phrase means where they stand at its ends."""
_CLOSE, _DOUBT = 0.7, 0.25
"""Phrase similarity from which a finding is believed less, and what is left of its confidence: whoever is shown so
close a counterpart cannot be told that there is none, and the word may be no more than stressed differently. Chosen."""


@dataclass(frozen=True, slots=True)
class BeadText:
    """One side of a bead as the check sees it.

    Attributes:
        content: what is checked; empty where the bead has no sentence on this side.
        offset: where that starts in the whole text.
        language: of the text.
        surroundings: for an empty side, the sentences around the gap, where the content may have gone.
    """

    content: str
    offset: int
    language: str
    surroundings: str | None = None


@dataclass(frozen=True, slots=True)
class PhrasedBead:
    """Both sides of a bead, as text and cut into phrases."""

    texts: dict[Side, BeadText]
    phrased: dict[Side, PhrasedText]

    @classmethod
    def of(cls, texts: tuple[BeadText, BeadText], source: PhrasedText, target: PhrasedText) -> PhrasedBead:
        """Source first."""
        return cls({Side.SOURCE: texts[0], Side.TARGET: texts[1]}, {Side.SOURCE: source, Side.TARGET: target})

    @property
    def from_japanese(self) -> bool:
        """Whether it is a translation from Japanese into English."""
        return (self.texts[Side.SOURCE].language, self.texts[Side.TARGET].language) == ("ja", "en")


def findings(
    bead: PhrasedBead, side: Side, p: Floats, suspected: Sequence[Suspect], encoder: AdditiveEncoder
) -> list[Finding]:
    """What one side has and the other lacks.

    Args:
        bead: both sides.
        side: the side whose words may be lost on the other.
        p: ``(n_words,)`` word losses of that side.
        suspected: groups of its words; a sentence without partner is one by itself.
        encoder: made the vectors.
    """
    if not bead.texts[side.other].content:
        chosen = _lonely(bead, side, p)
    else:
        rule = _rule(side)
        sure = [(one.words, one.confidence(rule.code)) for one in suspected]
        # What no sensitivity would report needs no evidence.
        chosen = [(words, confidence) for words, confidence in sure if confidence >= rule.threshold("high")]
    maker = _Maker(bead, side, p, encoder)
    return [maker.finding(span, confidence) for span, confidence in chosen]


def doubted(confidence: float, similarity: float | None) -> float:
    """How sure a finding is whose closest counterpart is known, by its cosine."""
    return confidence * _DOUBT if similarity is not None and similarity >= _CLOSE else confidence


def _rule(side: Side) -> Rule:
    return OMISSION if side is Side.SOURCE else ADDITION


def _lonely(bead: PhrasedBead, side: Side, p: Floats) -> list[tuple[WordSpan, float]]:
    """A sentence without partner as one span."""
    content = [k for k, word in enumerate(bead.phrased[side].words) if word.content_word]
    return [(WordSpan(0, len(p)), float(p[content].mean()))] if content else []


class _Maker:
    """Makes findings of spans of one side of a bead."""

    def __init__(self, bead: PhrasedBead, side: Side, p: Floats, encoder: AdditiveEncoder):
        self.bead, self.side, self.p, self.encoder = bead, side, p, encoder
        self.one, self.other = bead.phrased[side], bead.phrased[side.other]
        self.rule = _rule(side)

    def finding(self, words: WordSpan, confidence: float) -> Finding:
        """The finding on some words."""
        rule, here = self.rule, self.bead.texts[self.side]
        span = Span(self.one.words[words.first].start, self.one.words[words.last - 1].end)
        evidence = self._evidence(words)
        return Finding(
            rule=rule.code,
            side=self.side,
            span=span.shifted(here.offset),
            confidence=doubted(confidence, evidence.similarity),
            severity=rule.severity,
            message=_message(rule, span.of(here.content)),
            evidence=evidence,
        )

    def _evidence(self, words: WordSpan) -> Evidence:
        """The closest phrase of the other side, and what was measured on these words."""
        signals = [
            Signal("word probability", float(self.p[slice(*words)].mean())),
            Signal("deletion gain", self._deletion_gain(words), _GAIN_COUNTS),
        ]
        place, other = self.bead.texts[self.side.other], self.other
        if not other.n_words or not place.content:
            return Evidence(signals=tuple(signals))
        similarities = other.alone @ self.encoder.encode([self._meant(words).of(self.one.text)])[0]
        # A particle tells nobody anything: it is the closest only where there is nothing else.
        closest = int((similarities + other.meaningful_phrases()).argmax())
        similarity = float(similarities[closest])
        first, last = int(other.starts[closest]), int(other.starts[closest] + other.sizes[closest]) - 1
        counterpart = Span(other.words[first].start, other.words[last].end).shifted(place.offset)
        signals.append(Signal("phrase similarity", similarity, _SIMILARITY_COUNTS, below=True))
        return Evidence(counterpart, similarity, tuple(signals))

    def _meant(self, words: WordSpan) -> Span:
        """Where the words stand that a counterpart would have to render: no particle or article at the ends."""
        first, last = words
        while first < last - 1 and self.one.words[first].part_of_speech in _JOINING:
            first += 1
        while last - 1 > first and self.one.words[last - 1].part_of_speech in _JOINING:
            last -= 1
        return Span(self.one.words[first].start, self.one.words[last - 1].end)

    def _deletion_gain(self, words: WordSpan) -> float:
        """How much closer the two sides are without exactly these words."""
        sums, count = self.one.sums[slice(*words)].sum(axis=0), self.one.counts[slice(*words)].sum()
        without = self.encoder.pool((self.one.total - sums)[None], np.asarray([self.one.n_tokens - count]))[0]
        return float((without - self.one.vector) @ self.other.vector)


def _message(rule: Rule, words_found: str) -> str:
    if rule is OMISSION:
        return f"The translation has no counterpart for “{words_found}”."
    return f"The source has no counterpart for “{words_found}”."
