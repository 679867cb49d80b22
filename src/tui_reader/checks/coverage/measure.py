"""The coverage check of beads: word losses on both sides, and the findings they amount to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.features import word_features
from tui_reader.checks.coverage.losses import LossModel, loss_model
from tui_reader.checks.coverage.phrases import PhrasedText, phrase_texts
from tui_reader.checks.coverage.spans import WordSpan, group_words
from tui_reader.checks.rules import ADDITION, OMISSION
from tui_reader.model import Evidence, Finding, Side, Signal, Span, WordLoss
from tui_reader.text import words
from tui_reader.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.rules import Rule
    from tui_reader.encoders.base import AdditiveEncoder, Floats

_WORD_THRESHOLD = {"low": 0.6, "normal": 0.5, "high": 0.35}
"""Probability at which a content word may seed a span, by sensitivity."""
CONFIDENCE_THRESHOLD = {"low": 0.8, "normal": 0.6, "high": 0.3}
"""Confidence from which a span is reported, by sensitivity."""


@dataclass(frozen=True, slots=True)
class BeadText:
    """One side of a bead as the check sees it.

    Attributes:
        content: what is checked.
        offset: where that starts in the whole text.
        language: of the text.
        surroundings: what the *other* side's words are compared with: this content, or, where a side of the bead is
            empty, its neighbourhood.
    """

    content: str
    offset: int
    language: str
    surroundings: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Word losses and findings of one bead.

    Attributes:
        cosine: similarity of the two sides.
        losses: by side, with offsets in the whole texts.
        content: by side, whether each word carries meaning.
        findings: of both sides.
    """

    cosine: float
    losses: dict[Side, tuple[WordLoss, ...]]
    content: dict[Side, tuple[bool, ...]]
    findings: tuple[Finding, ...]


def measure(
    beads: Sequence[tuple[BeadText, BeadText]], encoder: AdditiveEncoder, sensitivity: str = "normal"
) -> list[Coverage]:
    """Check a few beads together, source and target side of each.

    A bead's result does not depend on the beads that it is measured with.
    """
    shown: list[tuple[str, str]] = []
    for source, target in beads:
        shown += [(source.surroundings or source.content, source.language)]
        shown += [(target.surroundings or target.content, target.language)]
    phrased = phrase_texts([(text, _words(text, language)) for text, language in shown], encoder)
    return [
        _Measured(bead, phrased[2 * k], phrased[2 * k + 1], encoder, sensitivity).coverage()
        for k, bead in enumerate(beads)
    ]


def _words(text: str, language: str) -> list[words.Word]:
    return [word for word in words.split(text, language) if word.part_of_speech != "PUNCT"]


class _Measured:
    """One bead with its phrases."""

    def __init__(
        self, bead: tuple[BeadText, BeadText], source: PhrasedText, target: PhrasedText,
        encoder: AdditiveEncoder, sensitivity: str,
    ):  # fmt: skip
        self.texts = {Side.SOURCE: bead[0], Side.TARGET: bead[1]}
        self.phrased = {Side.SOURCE: source, Side.TARGET: target}
        self.encoder, self.sensitivity = encoder, sensitivity

    def coverage(self) -> Coverage:
        losses: dict[Side, tuple[WordLoss, ...]] = {}
        content: dict[Side, tuple[bool, ...]] = {}
        findings: list[Finding] = []
        for side in Side:
            here, one, other = self.texts[side], self.phrased[side], self.phrased[side.other]
            if not here.content:
                losses[side], content[side] = (), ()
                continue
            model = loss_model(here.language)
            p = model.probabilities(word_features(one, other, self.encoder))
            losses[side] = tuple(
                WordLoss(here.offset + w.start, here.offset + w.end, float(x))
                for w, x in zip(one.words, p, strict=True)
            )
            content[side] = tuple(w.content_word for w in one.words)
            findings += self._findings(side, p, model)
        cosine = float(np.clip(self.phrased[Side.SOURCE].vector @ self.phrased[Side.TARGET].vector, -1, 1))
        return Coverage(cosine, losses, content, tuple(findings))

    def _findings(self, side: Side, p: Floats, model: LossModel) -> list[Finding]:
        one = self.phrased[side]
        threshold = _WORD_THRESHOLD[self.sensitivity]
        out = []
        for group in group_words(one.words, p.tolist(), threshold):
            inside = np.asarray([p[k] for k in range(*group) if one.words[k].content_word])
            confidence = model.span_confidence(inside)
            if confidence >= CONFIDENCE_THRESHOLD[self.sensitivity]:
                out.append(self._finding(side, group, confidence, float(inside.mean()), threshold))
        return out

    def _finding(self, side: Side, group: WordSpan, confidence: float, mean: float, threshold: float) -> Finding:
        rule = OMISSION if side is Side.SOURCE else ADDITION
        one, here = self.phrased[side], self.texts[side]
        span = Span(one.words[group.first].start, one.words[group.last - 1].end)
        evidence = self._evidence(side, group, span, mean, threshold)
        return Finding(
            rule=rule.code,
            side=side,
            span=span.shifted(here.offset),
            confidence=confidence,
            severity=rule.severity,
            message=_message(rule, span.of(here.content)),
            evidence=evidence,
            fingerprint=self._fingerprint(rule, span.of(here.content)),
        )

    def _evidence(self, side: Side, group: WordSpan, span: Span, mean: float, threshold: float) -> Evidence:
        """The closest phrase of the other side, and what was measured on exactly these words."""
        one, other = self.phrased[side], self.phrased[side.other]
        sums = one.sums[group.first : group.last].sum(axis=0)
        count = one.counts[group.first : group.last].sum()
        without = self.encoder.pool((one.total - sums)[None], np.asarray([one.n_tokens - count]))[0]
        gain = float(without @ other.vector - one.vector @ other.vector)
        alone = self.encoder.encode([span.of(one.text)])[0]
        counterpart = similarity = None
        if other.n_words and self.texts[side.other].content:
            similarities = other.within @ alone
            closest = int(similarities.argmax())
            similarity = float(similarities[closest])
            first, last = other.starts[closest], other.starts[closest] + other.sizes[closest] - 1
            counterpart = Span(other.words[first].start, other.words[last].end).shifted(self.texts[side.other].offset)
        signals = [Signal("word probability", mean, threshold), Signal("deletion gain", gain, 0.0)]
        if similarity is not None:
            signals.append(Signal("phrase similarity", similarity, None))
        return Evidence(counterpart, similarity, tuple(signals))

    def _fingerprint(self, rule: Rule, words_found: str) -> str:
        parts = [rule.code, words_found, *(self.texts[side].content for side in Side)]
        folded = "\x1f".join("".join(fold(part)[0].split()) for part in parts)
        return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _message(rule: Rule, words_found: str) -> str:
    if rule is OMISSION:
        return f"The translation has no counterpart for “{words_found}”."
    return f"The source has no counterpart for “{words_found}”."
