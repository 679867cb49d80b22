"""Fit the score: what it should be for pairs that are known, and the order of translations that people judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.measure import measure
from tui_reader.checks.score import score_features

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.checks.coverage.measure import Coverage
    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.samples import Sample

_BATCH, _FOLDS = 32, 10
_FAITHFUL, _UNRELATED, _JUDGED = 0.95, 0.05, (0.5, 0.95)
"""What a faithful and an unrelated pair should score, and the worst and best of the judged machine translations."""
_FAR = 40
"""Pairs apart from which one takes an unrelated translation."""
_DIFFICULTY = 0.15
"""Log odds that one standard deviation of difficulty costs. Chosen between the order of judgements, which it helps, and
the scores of faithful translations of hard texts, which it lowers."""
_RIDGE = 10.0
"""Penalty on the weights of a meaning of unit length."""


class ScoreWeights(NamedTuple):
    """What the score is made of: weights of `score_features`, and of the source's meaning where there is one."""

    weights: Floats
    difficulty: Floats | None


def fit_score(judgements: Sequence[dict[str, Any]], items: Sequence[Sample], encoders: EncoderSet) -> ScoreWeights:
    """The weights of the score, from word losses by the parameters in use.

    Args:
        judgements: machine translations with direct assessments (only their order counts).
        items: intact and damaged pairs.
        encoders: measure them.
    """
    known, wanted = _known(items)
    human = np.asarray([row["human"] for row in judgements], np.float64)
    percentile = human.argsort().argsort() / len(human)
    pairs = [*known, *((row["source"], row["target"]) for row in judgements)]
    target = np.append(wanted, _JUDGED[0] + (_JUDGED[1] - _JUDGED[0]) * percentile)
    measured = list(_measured(pairs, encoders))
    features = np.stack([score_features(coverage) for coverage in measured]).astype(np.float64)
    meanings = [coverage.meaning for coverage in measured if coverage.meaning is not None]
    if not meanings:
        return ScoreWeights(_logistic_fit(features, target), None)
    judged = np.stack(meanings[len(known) :]).astype(np.float64)
    standing = (human - human.mean()) / human.std()
    ridge = _ridge(judged, standing) / _held_out(judged, standing).std()
    weights = _logistic_fit(features, target)
    weights[-1] = -_DIFFICULTY
    return ScoreWeights(weights, -ridge.astype(np.float32))


def _known(items: Sequence[Sample]) -> tuple[list[tuple[str, str]], list[float]]:
    pairs = [item.texts for item in items]
    wanted = [_FAITHFUL * (1 - _lost_share(item)) for item in items]
    intact = [item.texts for item in items if item.span is None]
    crossed = [(one[0], other[1]) for one, other in zip(intact, intact[_FAR:], strict=False)]
    return [*pairs, *crossed], [*wanted, *[_UNRELATED] * len(crossed)]


def _lost_share(item: Sample) -> float:
    """Share of the characters of the damaged side that the other lacks."""
    if item.span is None:
        return 0.0
    return item.span.length / len(item.texts[item.languages.index(item.side or item.languages[0])])


def _measured(pairs: Sequence[tuple[str, str]], encoders: EncoderSet) -> Iterator[Coverage]:
    for first in range(0, len(pairs), _BATCH):
        part = pairs[first : first + _BATCH]
        yield from measure([(BeadText(one, 0, "en"), BeadText(other, 0, "ja")) for one, other in part], encoders)


def _ridge(meaning: Floats, standing: Floats) -> Floats:
    """Weights that predict the standing of a translation from its source's meaning, and what is subtracted, last."""
    mean = meaning.mean(axis=0)
    centred = meaning - mean
    weights = np.linalg.solve(centred.T @ centred + _RIDGE * np.eye(len(mean)), centred.T @ standing)
    return np.append(weights, mean @ weights)


def _held_out(meaning: Floats, standing: Floats) -> Floats:
    """Each row's prediction by weights fitted on the others."""
    folds = np.arange(len(meaning)) % _FOLDS
    out = np.zeros(len(meaning))
    for fold in range(_FOLDS):
        weights = _ridge(meaning[folds != fold], standing[folds != fold])
        out[folds == fold] = meaning[folds == fold] @ weights[:-1] - weights[-1]
    return out


def _logistic_fit(features: Floats, wanted: Floats) -> Floats:
    """Weights with known signs: more similarity is better; loss, imbalance and difficulty are worse."""
    from scipy.optimize import minimize  # noqa: PLC0415 - comes with the extra `fit`

    x = features

    def loss(w: Floats) -> float:
        return float(((1 / (1 + np.exp(-x @ w)) - wanted) ** 2).mean() + 1e-5 * (w[1:] ** 2).sum())

    bounds = [(None, None), (0, None), *[(None, 0)] * (x.shape[1] - 2)]
    return np.asarray(minimize(loss, np.zeros(x.shape[1]), bounds=bounds).x, np.float32)
