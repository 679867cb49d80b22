"""Fit the score: what it should be for pairs that are known, and the order of translations that people judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.measure import measure
from tui_reader.checks.score import HARDEST, SIGNS, score_features
from tui_reader.checks.standing import distribution
from tui_reader.evaluation.difficulty_fit import FOLDS, fit_difficulty
from tui_reader.evaluation.faults import blemished_pairs
from tui_reader.evaluation.statistics import spearman

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.checks.coverage.measure import Coverage
    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.difficulty_fit import Judgement
    from tui_reader.evaluation.faults import Texts
    from tui_reader.evaluation.samples import Sample

_BATCH = 32
_FAITHFUL, _UNRELATED, _JUDGED = 0.95, 0.05, (0.5, 0.95)
"""What a faithful and an unrelated pair should score, and the worst and best of the judged machine translations."""
_FAR = 40
"""Pairs apart from which one takes an unrelated translation."""
_ORDERED, _RANKED = 0.3, 0.1
"""What the order of the judged translations, and of texts with and without a fault, weighs beside known scores."""
_DIFFICULTY = 0.5
"""Log odds that one standard deviation of difficulty costs. Chosen between the order of judgements, which it helps, and
the scores of faithful translations of hard texts, which it lowers."""


_BOUNDS = {0: (None, None), 1: (0, None), -1: (None, 0)}


class _Taught(NamedTuple):
    """What the weights of the score are fitted on.

    Attributes:
        features: ``(n, n_features)``.
        wanted: ``(n,)`` the scores, 0 to 1.
        counts: ``(n,)`` how much each counts.
        gains: ``(m, n_features)`` differences of features that should raise the score.
    """

    features: Floats
    wanted: Floats
    counts: Floats
    gains: Floats


class ScoreWeights(NamedTuple):
    """What the score is made of.

    Attributes:
        weights: of `score_features`.
        difficulty: of `difficulty_signals`, None where what the sides mean is not known.
        standing: from `distribution`.
    """

    weights: Floats
    difficulty: Floats | None
    standing: Floats


def fit_score(
    judgements: Sequence[Judgement],
    errors: Sequence[Judgement],
    items: Sequence[Sample],
    faults: Sequence[tuple[Texts, Texts]],
    encoders: EncoderSet,
) -> ScoreWeights:
    """The weights of the score, from word losses by the parameters in use.

    Args:
        judgements: machine translations with direct assessments (only their order counts).
        errors: machine translations of which is known whether they have a critical error (1 or 0).
        items: intact and damaged pairs.
        faults: pairs, each beside the same with a fault.
        encoders: measure them.
    """
    known, wanted = _known(items)
    human = np.asarray([row.value for row in judgements])
    percentile = human.argsort().argsort() / len(human)
    target = np.append(wanted, _JUDGED[0] + (_JUDGED[1] - _JUDGED[0]) * percentile)
    counts = np.append(np.full(len(known), 1 / len(known)), np.full(len(human), _ORDERED / len(human)))
    whole, worse = zip(*blemished_pairs([item for item in items if item.intact]), strict=True)
    pairs = [*known, *((row.source, row.target) for row in judgements), *whole, *worse]
    measured = list(_measured(pairs, encoders))
    features = np.stack([score_features(coverage) for coverage in measured]).astype(np.float64)
    good, bad = np.split(features[len(target) :], 2)
    taught = _Taught(features[: len(target)], target, counts, good - bad)
    weights = _logistic_fit(taught)
    difficulty = None
    if encoders.tokens is not None and not encoders.borrows:
        difficulty, hard = fit_difficulty(judgements, errors, faults, encoders.tokens)
        weights[-1] = -_DIFFICULTY
        _report(taught, len(known), hard, human)
    scores = [100 / (1 + np.exp(-score_features(one, difficulty) @ weights)) for one in measured[: len(known)]]
    faithful, unrelated = ([x for x, y in zip(scores, wanted, strict=True) if y == z] for z in (_FAITHFUL, _UNRELATED))
    return ScoreWeights(weights, difficulty, distribution(np.asarray(faithful), np.asarray(unrelated)))


def _report(taught: _Taught, n_known: int, hard: Floats, human: Floats) -> None:
    """Prints how well scores order the judged translations, each by weights and a difficulty that have not seen it.

    Args:
        taught: the pairs with known scores, then the judged ones.
        n_known: how many of the first kind.
        hard: ``(n_judged,)`` difficulty of the judged ones.
        human: ``(n_judged,)`` what people said.
    """
    folds, scores = np.arange(len(human)) % FOLDS, np.zeros(len(human))
    for fold in range(FOLDS):
        kept = np.append(np.full(n_known, True), folds != fold)
        weights = _logistic_fit(_Taught(taught.features[kept], taught.wanted[kept], taught.counts[kept], taught.gains))
        scores[folds == fold] = taught.features[n_known:][folds == fold] @ weights
    scores -= _DIFFICULTY * np.clip(hard, -HARDEST, HARDEST)
    print("cross-validated, Spearman with assessments:", end=" ")  # noqa: T201 - a command's answer
    for name, said in (("difficulty", -hard), ("score", scores)):
        print(name, f"{spearman(said.tolist(), human.tolist()):.3f}", end=" ")  # noqa: T201
    print()  # noqa: T201


def _known(items: Sequence[Sample]) -> tuple[list[tuple[str, str]], list[float]]:
    pairs = [item.texts for item in items]
    wanted = [_FAITHFUL * (1 - _lost_share(item)) for item in items]
    intact = [item.texts for item in items if item.intact]
    crossed = [(one[0], other[1]) for one, other in zip(intact, intact[_FAR:], strict=False)]
    return [*pairs, *crossed], [*wanted, *[_UNRELATED] * len(crossed)]


def _lost_share(item: Sample) -> float:
    """Share of the characters of a side that the other lacks, of the side that is worse off."""
    return max(sum(s.length for s in lost) / len(text) for lost, text in zip(item.lost, item.texts, strict=True))


def _measured(pairs: Sequence[tuple[str, str]], encoders: EncoderSet) -> Iterator[Coverage]:
    for first in range(0, len(pairs), _BATCH):
        part = pairs[first : first + _BATCH]
        yield from measure([(BeadText(one, 0, "en"), BeadText(other, 0, "ja")) for one, other in part], encoders)


def _logistic_fit(taught: _Taught) -> Floats:
    """Weights with known signs: more similarity is better; loss and difficulty are worse."""
    from scipy.optimize import minimize  # noqa: PLC0415 - comes with the extra `fit`

    def loss(w: Floats) -> float:
        known = taught.counts @ (1 / (1 + np.exp(-taught.features @ w)) - taught.wanted) ** 2
        return float(known + _RANKED * np.logaddexp(0, -taught.gains @ w).mean() + 1e-5 * (w[1:] ** 2).sum())

    return np.asarray(minimize(loss, np.zeros(len(SIGNS)), bounds=[_BOUNDS[sign] for sign in SIGNS]).x, np.float32)
