"""How sure a finding is: the probability that a bilingual reader would agree, from what is known of its words.

A logistic regression, fitted by `tui_reader.evaluation.fit` on findings in translations whose omissions and additions
are known, most of them free translations: in those a single word without a counterpart is seldom a fault. English and
Japanese words have a regression of their own, whether they stand in the source or in the translation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.checks.coverage.chunks import chunks
from tui_reader.checks.coverage.parameters import archive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.coverage.spans import WordSpan
    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word

EVIDENCE = (
    "one", "highest three", "highest", "content words", "single", "three or more", "words", "length ratio", "share",
    "cosine", "edges", "figure", "name", "short",
)  # fmt: skip
"""What `span_evidence` says, in order."""
FITTED_PREVALENCE = 0.15
"""Share of the texts that have something the other side lacks, where what was fitted is right."""
PREVALENCE = {"omission": 0.15, "addition": 0.05}
"""The same for which a confidence is right. Translators leave out more than they put in: as in the bundled corpus."""
_SURE = 0.001
"""Probabilities are kept this far from 0 and 1."""


class Setting(NamedTuple):
    """Where a span stands.

    Attributes:
        text: the text of its side of the bead.
        words: the words of that side.
        language: of that side.
        others: number of words on the other side.
        cosine: similarity of the two sides.
    """

    text: str
    words: Sequence[Word]
    language: str
    others: int
    cosine: float


def span_evidence(setting: Setting, span: WordSpan, losses: Floats) -> Floats:
    """``(len(EVIDENCE),)``: what speaks for and against a span.

    Args:
        setting: where it stands.
        span: the words.
        losses: ``(len(setting.words),)`` word losses of the whole side.
    """
    words = setting.words[slice(*span)]
    content = [k for k, word in enumerate(words, span.first) if word.content_word] or list(range(*span))
    ranked = np.sort(losses[content])[::-1]
    surface = setting.text[words[0].start : words[-1].end]
    edges = chunks(setting.text, setting.words, setting.language)
    total = len(setting.words)
    return np.asarray(
        [
            1.0,
            _log_odds(float(ranked[:3].mean())),
            _log_odds(float(ranked[0])),
            np.log(len(content)),
            len(content) == 1,
            len(content) >= 3,
            np.log(total),
            np.log((total + 1) / (setting.others + 1)),
            (span.last - span.first) / total,
            setting.cosine,
            (span.first in edges) + (span.last in edges),
            any(character.isdigit() for character in surface),
            any(word.part_of_speech == "PROPN" for word in words),
            len(surface) <= 2,
        ],
        np.float64,
    )


def _log_odds(probability: float) -> float:
    p = min(max(probability, _SURE), 1 - _SURE)
    return float(np.log(p / (1 - p)))


def confidence(evidence: Floats, rule: str, language: str, encoders: str) -> float:
    """0 to 1.

    Args:
        evidence: from `span_evidence`.
        rule: ``omission`` or ``addition``.
        language: of the words; every language but Japanese uses what was fitted on English.
        encoders: name of the `EncoderSet` that measured the losses.
    """
    weights = archive()[f"{encoders}.{'ja' if language == 'ja' else 'en'}.confidence"]
    rarer = _log_odds(PREVALENCE[rule]) - _log_odds(FITTED_PREVALENCE)
    return float(1 / (1 + np.exp(-(evidence @ weights + rarer))))
