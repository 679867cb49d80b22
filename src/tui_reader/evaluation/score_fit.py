"""Fit the score: what it should be for pairs that are known, and the order of translations that people judged."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.word_contexts import word_vectors
from tui_reader.checks.coverage.closeness import joint_meaning
from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.measure import meaningful_words, measure
from tui_reader.checks.score import HARDEST, SIGNS, difficulty_signals, score_features
from tui_reader.checks.standing import distribution
from tui_reader.evaluation.blemishes import blemished
from tui_reader.evaluation.statistics import spearman

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.checks.coverage.measure import Coverage
    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import Floats, TokenEncoder
    from tui_reader.evaluation.samples import Sample

_BATCH, _FOLDS = 32, 10
_FAITHFUL, _UNRELATED, _JUDGED = 0.95, 0.05, (0.5, 0.95)
"""What a faithful and an unrelated pair should score, and the worst and best of the judged machine translations."""
_FAR = 40
"""Pairs apart from which one takes an unrelated translation."""
_ORDERED, _RANKED = 0.3, 0.1
"""What the order of the judged translations, and of texts with and without a fault, weighs beside known scores."""
_DIFFICULTY = 0.45
"""Log odds that one standard deviation of difficulty costs. Chosen between the order of judgements, which it helps, and
the scores of faithful translations of hard texts, which it lowers."""
_RIDGE = 100.0
"""Penalty on the weights of difficulty: of a meaning of length 1 on either side, and of logarithms of lengths."""
_ERRORS = 0.03
"""How much a translation counts of which is known whether it has a critical error, beside one with a score."""


_BOUNDS = {0: (None, None), 1: (0, None), -1: (None, 0)}


class Judgement(NamedTuple):
    """A translation and what people said of it: a score, or whether it has a critical error."""

    source: str
    target: str
    value: float


def read_judgements(path: Path, key: str) -> list[Judgement]:
    """The lines of a JSONL file with the keys source, target and `key`."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Judgement(row["source"], row["target"], float(row[key])) for row in rows]


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
    judgements: Sequence[Judgement], errors: Sequence[Judgement], items: Sequence[Sample], encoders: EncoderSet
) -> ScoreWeights:
    """The weights of the score, from word losses by the parameters in use.

    Args:
        judgements: machine translations with direct assessments (only their order counts).
        errors: machine translations of which is known whether they have a critical error (1 or 0).
        items: intact and damaged pairs.
        encoders: measure them.
    """
    known, wanted = _known(items)
    human = np.asarray([row.value for row in judgements])
    percentile = human.argsort().argsort() / len(human)
    target = np.append(wanted, _JUDGED[0] + (_JUDGED[1] - _JUDGED[0]) * percentile)
    counts = np.append(np.full(len(known), 1 / len(known)), np.full(len(human), _ORDERED / len(human)))
    whole, worse = zip(*_blemished([item for item in items if item.intact]), strict=True)
    pairs = [*known, *((row.source, row.target) for row in judgements), *whole, *worse]
    measured = list(_measured(pairs, encoders))
    features = np.stack([score_features(coverage) for coverage in measured]).astype(np.float64)
    good, bad = np.split(features[len(target) :], 2)
    taught = _Taught(features[: len(target)], target, counts, good - bad)
    weights = _logistic_fit(taught)
    difficulty = None
    if encoders.tokens is not None and not encoders.borrows:
        difficulty, hard = _difficulty(judgements, errors, encoders.tokens)
        weights[-1] = -_DIFFICULTY
        _report(taught, len(known), hard, human)
    scores = [100 / (1 + np.exp(-score_features(one, difficulty) @ weights)) for one in measured[: len(known)]]
    faithful, unrelated = ([x for x, y in zip(scores, wanted, strict=True) if y == z] for z in (_FAITHFUL, _UNRELATED))
    return ScoreWeights(weights, difficulty, distribution(np.asarray(faithful), np.asarray(unrelated)))


def _difficulty(
    judgements: Sequence[Judgement], errors: Sequence[Judgement], encoder: TokenEncoder
) -> tuple[Floats, Floats]:
    """How badly such translations were judged.

    Returns:
        Weights of `difficulty_signals`, and what is subtracted, last; and ``(n_judgements,)`` the difficulty of each
        judged translation by weights fitted on others, in standard deviations.
    """
    signals = _signals([*judgements, *errors], encoder)
    human, wrong = (np.asarray([row.value for row in rows]) for rows in (judgements, errors))
    standing = np.append(_standard(human), -_standard(wrong))
    weight = np.append(np.ones(len(human)), np.full(len(wrong), _ERRORS))
    held_out = _held_out(signals, standing, weight)[: len(human)]
    weights: Floats = -(_ridge(signals, standing, weight) / held_out.std()).astype(np.float32)
    return weights, -held_out / held_out.std()


def _report(taught: _Taught, n_known: int, hard: Floats, human: Floats) -> None:
    """Prints how well scores order the judged translations, each by weights and a difficulty that have not seen it.

    Args:
        taught: the pairs with known scores, then the judged ones.
        n_known: how many of the first kind.
        hard: ``(n_judged,)`` difficulty of the judged ones.
        human: ``(n_judged,)`` what people said.
    """
    folds, scores = np.arange(len(human)) % _FOLDS, np.zeros(len(human))
    for fold in range(_FOLDS):
        kept = np.append(np.full(n_known, True), folds != fold)
        weights = _logistic_fit(_Taught(taught.features[kept], taught.wanted[kept], taught.counts[kept], taught.gains))
        scores[folds == fold] = taught.features[n_known:][folds == fold] @ weights
    scores -= _DIFFICULTY * np.clip(hard, -HARDEST, HARDEST)
    print("cross-validated, Spearman with assessments:", end=" ")  # noqa: T201 - a command's answer
    for name, said in (("difficulty", -hard), ("score", scores)):
        print(name, f"{spearman(said.tolist(), human.tolist()):.3f}", end=" ")  # noqa: T201
    print()  # noqa: T201


def _standard(values: Floats) -> Floats:
    standard: Floats = (values - values.mean()) / values.std()
    return standard


def _signals(rows: Sequence[Judgement], encoder: TokenEncoder) -> Floats:
    """``(n_rows, d)`` the signals of difficulty, as the check measures them."""
    found: list[Floats] = []
    for first in range(0, len(rows), _BATCH):
        part = rows[first : first + _BATCH]
        contexts = []
        for language, texts in (("en", [row.source for row in part]), ("ja", [row.target for row in part])):
            vectors = encoder.tokens(texts, pooled=False)
            contexts.append(
                [word_vectors(own, meaningful_words(text, language)) for own, text in zip(vectors, texts, strict=True)]
            )
        for both in zip(*contexts, strict=True):
            meaning = joint_meaning(both, ("en", "ja"))
            signals = None if meaning is None else difficulty_signals(meaning, [side.shape[1] for side in both])
            found.append(np.zeros_like(found[0]) if signals is None else signals)
    return np.stack(found).astype(np.float64)


def _known(items: Sequence[Sample]) -> tuple[list[tuple[str, str]], list[float]]:
    pairs = [item.texts for item in items]
    wanted = [_FAITHFUL * (1 - _lost_share(item)) for item in items]
    intact = [item.texts for item in items if item.intact]
    crossed = [(one[0], other[1]) for one, other in zip(intact, intact[_FAR:], strict=False)]
    return [*pairs, *crossed], [*wanted, *[_UNRELATED] * len(crossed)]


def _blemished(items: Sequence[Sample]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Faithful pairs, each beside the same with a fault in one of its texts, in turn the first and the second."""
    chance = random.Random(1)  # noqa: S311 - reproducible, not secret
    for k, (item, donor) in enumerate(zip(items[::2], items[1::2], strict=False)):
        side = k % 2
        for text in blemished(item.texts[side], donor.texts[side], item.languages[side], chance):
            yield item.texts, (text, item.japanese) if side == 0 else (item.english, text)


def _lost_share(item: Sample) -> float:
    """Share of the characters of a side that the other lacks, of the side that is worse off."""
    return max(sum(s.length for s in lost) / len(text) for lost, text in zip(item.lost, item.texts, strict=True))


def _measured(pairs: Sequence[tuple[str, str]], encoders: EncoderSet) -> Iterator[Coverage]:
    for first in range(0, len(pairs), _BATCH):
        part = pairs[first : first + _BATCH]
        yield from measure([(BeadText(one, 0, "en"), BeadText(other, 0, "ja")) for one, other in part], encoders)


def _ridge(signals: Floats, standing: Floats, weight: Floats) -> Floats:
    """Weights that predict the standing of a translation from such signals, and what is subtracted, last."""
    mean = weight @ signals / weight.sum()
    centred = (signals - mean) * np.sqrt(weight)[:, None]
    wanted = (standing - weight @ standing / weight.sum()) * np.sqrt(weight)
    weights = np.linalg.solve(centred.T @ centred + _RIDGE * np.eye(len(mean)), centred.T @ wanted)
    return np.append(weights, mean @ weights)


def _held_out(signals: Floats, standing: Floats, weight: Floats) -> Floats:
    """Each row's prediction by weights fitted on the others."""
    folds = np.arange(len(signals)) % _FOLDS
    out = np.zeros(len(signals))
    for fold in range(_FOLDS):
        weights = _ridge(signals[folds != fold], standing[folds != fold], weight[folds != fold])
        out[folds == fold] = signals[folds == fold] @ weights[:-1] - weights[-1]
    return out


def _logistic_fit(taught: _Taught) -> Floats:
    """Weights with known signs: more similarity is better; loss and difficulty are worse."""
    from scipy.optimize import minimize  # noqa: PLC0415 - comes with the extra `fit`

    def loss(w: Floats) -> float:
        known = taught.counts @ (1 / (1 + np.exp(-taught.features @ w)) - taught.wanted) ** 2
        return float(known + _RANKED * np.logaddexp(0, -taught.gains @ w).mean() + 1e-5 * (w[1:] ** 2).sum())

    return np.asarray(minimize(loss, np.zeros(len(SIGNS)), bounds=[_BOUNDS[sign] for sign in SIGNS]).x, np.float32)
