"""The score of a bead: one number from 0 to 100 for how well its two sides correspond.

A logistic function of the similarity of the two sides, of how much of either side is probably lost, and of how close
their words are in context. It is fitted (`tui_reader.evaluation.fit`) towards 95 for a faithful translation by a
person, 65 for one that lacks a third of the meaning, 5 for unrelated sentences, a text above the same text with a
fault, and machine translations in the order in which people judged them; where it comes to stand is in docs/method.md.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.closeness import N_CLOSENESS
from tui_reader.checks.coverage.parameters import archive
from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui_reader.checks.coverage.measure import Coverage
    from tui_reader.encoders.base import Floats
    from tui_reader.model import Finding


_PRICES = {Severity.ERROR: 1.5, Severity.WARNING: 0.6, Severity.INFO: 0.15}
"""What a certain finding takes from the log odds. Chosen: nothing was fitted to them."""
_IN_THE_LOSSES = ("omission", "addition")
HARDEST = 2.0
"""Difficulties further from the mean than so many standard deviations count as this far."""
_MIDDLING = 3.0
"""Logarithm of the number of words of a sentence of middling length."""
_FUNCTION_WORD = 0.2
"""What the loss of a function word counts beside that of a content word."""

SIGNS = (0, 1, -1, -1, 1, 1, -1)
"""Of the weights of `score_features`: whether more of it is better or worse."""


def score_features(coverage: Coverage, difficulty: Floats | None = None) -> Floats:
    """``(7,)``: one, cosine, share of lost meaning of either side, how close words are in context, difficulty.

    A share is the mean word loss, a function word counting a fifth of a content word. Closeness is two numbers
    (`coverage.closeness`). The difficulty is how badly people judged translations of such sources, as long as this and
    reading like this one, whatever they left out.

    Args:
        coverage: of the bead.
        difficulty: weights of `difficulty_signals`, what is subtracted as the last; None where they are not known.
    """
    close = np.zeros(N_CLOSENESS) if coverage.closeness is None else coverage.closeness
    hard = 0.0
    if difficulty is not None and coverage.meaning is not None:
        signals = difficulty_signals(coverage.meaning, [len(coverage.losses[side]) for side in Side])
        hard = float(np.clip(signals @ difficulty[:-1] - difficulty[-1], -HARDEST, HARDEST))
    return np.asarray([1.0, coverage.cosine, *(_share(coverage, side) for side in Side), *close, hard], np.float32)


def difficulty_signals(meaning: Floats, n_words: Sequence[int]) -> Floats:
    """What is known of how hard a text is to translate: what both sides mean, and how long they are.

    Args:
        meaning: `Coverage.meaning`.
        n_words: words of the source and of the translation.
    """
    signals: Floats = np.append(meaning, np.log(np.maximum(1, n_words)) - _MIDDLING)
    return signals


def _share(coverage: Coverage, side: Side) -> float:
    p = np.asarray([loss.probability for loss in coverage.losses[side]], np.float64)
    weight = np.where(coverage.content[side], 1.0, _FUNCTION_WORD)
    return float((p * weight).sum() / weight.sum()) if len(p) else 0.0


def score(coverage: Coverage, encoders: str, findings: Iterable[Finding] = ()) -> float:
    """0 to 100; 0 where a side is empty.

    Args:
        coverage: of the bead.
        encoders: name of the `EncoderSet` that measured it.
        findings: what all rules found. Those of coverage are in the word losses already; every other lowers the log
            odds by its confidence times the price of its severity.
    """
    if not all(coverage.losses[side] for side in Side):
        return 0.0
    value = float(score_features(coverage, archive().get(f"{encoders}.difficulty")) @ _weights(encoders))
    value -= sum(_PRICES[f.severity] * f.confidence for f in findings if f.rule not in _IN_THE_LOSSES)
    return float(100 / (1 + np.exp(-value)))


@cache
def _weights(encoders: str) -> Floats:
    weights: Floats = archive()[f"{encoders}.score"]
    return weights
