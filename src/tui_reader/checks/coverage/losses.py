"""The learned combination: from the features of a word to the probability that the other side lacks it.

A network of one hidden layer per language of the word, fitted by `tui_reader.evaluation.fit` on pairs with phrases put
in or taken out; where contextual vectors are at hand, `attention` has a say beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.checks.coverage.features import feature_names
from tui_reader.checks.coverage.parameters import archive

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word


@dataclass(frozen=True, slots=True)
class LossModel:
    """Weights for words of one language.

    Attributes:
        hidden: ``(n_features, h)`` for features as they are (the scaling of the fit is folded in), and ``(h,)``.
        output: ``(h,)`` and what is added.
    """

    hidden: tuple[Floats, Floats]
    output: tuple[Floats, float]

    @classmethod
    def of(cls, stored: Mapping[str, Floats], language: str, encoders: str) -> LossModel:
        """From arrays named as in parameters.npz; every language but Japanese uses the English ones."""
        kind = f"{encoders}.{'ja' if language == 'ja' else 'en'}"
        hidden, bias, output = (
            np.asarray(stored[f"{kind}.{name}"], np.float32)
            for name in ("hidden.weights", "hidden.bias", "output.weights")
        )
        return cls((hidden, bias), (output, float(stored[f"{kind}.output.bias"])))

    def log_odds(self, features: Floats) -> Floats:
        """``(n_words,)`` from ``(n_words, n_features)``."""
        odds: Floats = np.maximum(features @ self.hidden[0] + self.hidden[1], 0) @ self.output[0] + self.output[1]
        return odds


ATTENTION_SHARE = 0.9
"""Weight of the attention model's log odds beside those of the learned combination. Chosen on development data."""


class WordOdds(NamedTuple):
    """What is believed of the words of one side.

    Attributes:
        losses: ``(n,)`` probability that the other side lacks each word.
        combined: ``(n,)`` log odds of the learned combination.
        attention: ``(n,)`` those of the attention model; those of the combination where there is none.
    """

    losses: Floats
    combined: Floats
    attention: Floats

    @classmethod
    def of(cls, combined: Floats, attention: Floats | None) -> WordOdds:
        """From the log odds; None where contextual vectors are not at hand."""
        heard = combined if attention is None else attention
        return cls(logistic((1 - ATTENTION_SHARE) * combined + ATTENTION_SHARE * heard), combined, heard)


_LONELY, _FOUND_NEARBY = 0.9, 0.002
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
def loss_model(language: str, encoders: str) -> LossModel:
    """The shipped model for words of a language.

    Args:
        language: ISO 639-1 code.
        encoders: name of the `EncoderSet` that measures.

    Raises:
        ValueError: the parameters were fitted for other features.
    """
    if tuple(archive()[f"{encoders}.features"]) != feature_names(in_context=encoders == "both"):
        raise ValueError("parameters.npz does not fit these features; run tui_reader.evaluation.fit")
    return LossModel.of(archive(), language, encoders)
