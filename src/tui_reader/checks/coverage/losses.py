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
    from tui_reader.encoders.base import Floats


@dataclass(frozen=True, slots=True)
class LossModel:
    """Weights for words of one language.

    Attributes:
        weights: ``(n_features,)``, for features as they are (the scaling of the fit is folded in).
        bias: what is added.
        calibration: ``(3,)`` weights of a span's evidence, see `span_confidence`.
    """

    weights: Floats
    bias: float
    calibration: Floats

    def probabilities(self, features: Floats) -> Floats:
        """``(n_words,)`` from ``(n_words, n_features)``."""
        return logistic(features @ self.weights + self.bias)

    def span_confidence(self, probabilities: Floats) -> float:
        """Probability that a group of words is rightly reported.

        Args:
            probabilities: of its content words, at least one.
        """
        highest = np.sort(probabilities)[::-1][:3].mean()
        evidence = np.asarray([1.0, logit(highest), np.log(len(probabilities))])
        return float(logistic(evidence @ self.calibration))


def logistic(x: Floats) -> Floats:
    """1 / (1 + e^−x), safe for large values."""
    out: Floats = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return out


def logit(p: Floats) -> Floats:
    """The inverse of `logistic`, cut off at ±6.9."""
    clipped = np.clip(p, 0.001, 0.999)
    out: Floats = np.log(clipped / (1 - clipped))
    return out


@cache
def _archive() -> bytes:
    return files("tui_reader.checks.coverage").joinpath("parameters.npz").read_bytes()


@cache
def parameters_hash() -> str:
    """Short name of the fitted parameters, for the signature."""
    return hashlib.sha256(_archive()).hexdigest()[:8]


@cache
def loss_model(language: str) -> LossModel:
    """The model for words of a language; every language but Japanese uses the English one.

    Raises:
        ValueError: the parameters were fitted for other features.
    """
    kind = "ja" if language == "ja" else "en"
    with np.load(BytesIO(_archive()), allow_pickle=False) as archive:
        if tuple(archive["features"]) != feature_names():
            raise ValueError("parameters.npz does not fit these features; run tui_reader.evaluation.fit")
        return LossModel(archive[f"{kind}.weights"], float(archive[f"{kind}.bias"]), archive[f"{kind}.calibration"])
