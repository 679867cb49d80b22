"""The learned combination: from the features of a word to the probability that the other side lacks it.

A logistic regression per language of the word, fitted by `tui_reader.evaluation.fit` on pairs with inserted phrases.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.features import feature_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word


@dataclass(frozen=True, slots=True)
class LossModel:
    """Weights for words of one language.

    Attributes:
        weights: ``(n_features,)``, for features as they are (the scaling of the fit is folded in).
        bias: what is added.
        calibration: ``(3,)``, for the evidence of a span, see `span_evidence`.
    """

    weights: Floats
    bias: float
    calibration: Floats

    def probabilities(self, features: Floats) -> Floats:
        """``(n_words,)`` from ``(n_words, n_features)``."""
        return logistic(features @ self.weights + self.bias)

    def confidence(self, tokens: Sequence[Word], probabilities: Floats) -> float:
        """Probability that a reader would call these words, taken together, lost.

        Args:
            tokens: neighbouring words.
            probabilities: ``(len(tokens),)`` their word losses.
        """
        return float(logistic(span_evidence(tokens, probabilities) @ self.calibration))


def span_evidence(tokens: Sequence[Word], probabilities: Floats) -> Floats:
    """``(3,)``: one, the log odds of the surest three content words, and the logarithm of how many there are."""
    content = [k for k, word in enumerate(tokens) if word.content_word] or range(len(tokens))
    highest = np.clip(np.sort(probabilities[list(content)])[::-1][:3].mean(), 0.001, 0.999)
    return np.asarray([1.0, np.log(highest / (1 - highest)), np.log(len(content))])


_LONELY, _FOUND_NEARBY = 0.9, 0.01
"""How sure the alignment of a lonely sentence is, and the mean word loss at which half of that is left."""


def lonely_losses(tokens: Sequence[Word], probabilities: Floats) -> Floats:
    """Word losses of a sentence that no sentence of the other side translates.

    Args:
        tokens: its words.
        probabilities: ``(len(tokens),)`` word losses against the sentences around the gap. They are low (a model
            that has seen phrases amiss is not surprised by a sentence), and close to 0 only where the neighbours
            say the same.
    """
    content = [k for k, word in enumerate(tokens) if word.content_word] or list(range(len(tokens)))
    mean = float(probabilities[content].mean()) if content else 0.0
    sure = _LONELY * mean / (mean + _FOUND_NEARBY)
    losses: Floats = sure + (1 - sure) * probabilities
    return losses


def logistic(x: Floats) -> Floats:
    """1 / (1 + e^−x), safe for large values."""
    out: Floats = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return out


@cache
def _archive() -> bytes:
    return files("tui_reader.checks.coverage").joinpath("parameters.npz").read_bytes()


@cache
def parameters_hash() -> str:
    """Short name of the fitted parameters, for the signature."""
    return hashlib.sha256(_archive()).hexdigest()[:8]


@cache
def loss_model(language: str, encoders: str) -> LossModel:
    """The model for words of a language; every language but Japanese uses the English one.

    Args:
        language: ISO 639-1 code.
        encoders: name of the `EncoderSet` that measures.

    Raises:
        ValueError: the parameters were fitted for other features.
    """
    kind = f"{encoders}.{'ja' if language == 'ja' else 'en'}"
    with np.load(BytesIO(_archive()), allow_pickle=False) as archive:
        if tuple(archive[f"{encoders}.features"]) != feature_names(in_context=encoders == "both"):
            raise ValueError("parameters.npz does not fit these features; run tui_reader.evaluation.fit")
        return LossModel(archive[f"{kind}.weights"], float(archive[f"{kind}.bias"]), archive[f"{kind}.calibration"])
