"""The score of a bead: one number from 0 to 100 for how well its two sides correspond.

A logistic function of the similarity of the two sides, of how much of either side is probably lost, and of their
lengths. It is fitted (`tui_reader.evaluation.fit`) so that a faithful translation by a person stands near 95, one that
lacks a third of the meaning near 65, two unrelated sentences near 5, and machine translations in the order in which
people judged them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.model import Side

if TYPE_CHECKING:
    from tui_reader.checks.coverage.measure import Coverage
    from tui_reader.encoders.base import Floats


N_FEATURES = 7
"""Length of `score_features`."""


def score_features(coverage: Coverage) -> Floats:
    """``(7,)``: one, cosine, share of lost meaning and worst stretch of either side, imbalance of the lengths.

    A share is the mean word loss, a function word counting a fifth of a content word; the worst stretch is the mean of
    the highest eighth of the word losses.
    """
    shares, peaks, sizes = [], [], []
    for side in Side:
        p = np.asarray([loss.probability for loss in coverage.losses[side]], np.float64)
        weight = np.where(coverage.content[side], 1.0, 0.2) if len(p) else np.zeros(0)
        shares.append(float((p * weight).sum() / weight.sum()) if len(p) else 0.0)
        peaks.append(float(np.sort(p)[::-1][: max(1, len(p) // 8)].mean()) if len(p) else 0.0)
        sizes.append(2.0 + weight.sum())
    return np.asarray([1.0, coverage.cosine, *shares, *peaks, abs(np.log(sizes[0] / sizes[1]))], np.float32)


def score(coverage: Coverage, encoders: str) -> float:
    """0 to 100; 0 where a side is empty.

    Args:
        coverage: of the bead.
        encoders: name of the `EncoderSet` that measured it.
    """
    if not all(coverage.losses[side] for side in Side):
        return 0.0
    value = float(score_features(coverage) @ _weights(encoders))
    return float(100 / (1 + np.exp(-value)))


@cache
def _weights(encoders: str) -> Floats:
    archive = files("tui_reader.checks.coverage").joinpath("parameters.npz").read_bytes()
    with np.load(BytesIO(archive), allow_pickle=False) as parameters:
        weights: Floats = parameters[f"{encoders}.score"]
        return weights
