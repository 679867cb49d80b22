"""Fit how hard translations of a text are to get right, as people's judgements of machine translations tell it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.word_contexts import word_vectors
from tui_reader.checks.coverage.closeness import joint_meaning
from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.checks.score import difficulty_signals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui_reader.encoders.base import Floats, TokenEncoder

_BATCH = 32
FOLDS = 10
"""Parts of the judged translations; each is looked at with what was fitted on the others."""
_RIDGE = 100.0
"""Penalty on the weights of difficulty: of a meaning of length 1 on either side, and of logarithms of lengths."""
_ERRORS = 0.03
"""How much a translation counts of which is known whether it has a critical error, beside one with a score."""


class Judgement(NamedTuple):
    """A translation and what people said of it: a score, or whether it has a critical error."""

    source: str
    target: str
    value: float


def read_judgements(path: Path, key: str) -> list[Judgement]:
    """The lines of a JSONL file with the keys source, target and `key`."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Judgement(row["source"], row["target"], float(row[key])) for row in rows]


def fit_difficulty(
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


def _ridge(signals: Floats, standing: Floats, weight: Floats) -> Floats:
    """Weights that predict the standing of a translation from such signals, and what is subtracted, last."""
    mean = weight @ signals / weight.sum()
    centred = (signals - mean) * np.sqrt(weight)[:, None]
    wanted = (standing - weight @ standing / weight.sum()) * np.sqrt(weight)
    weights = np.linalg.solve(centred.T @ centred + _RIDGE * np.eye(len(mean)), centred.T @ wanted)
    return np.append(weights, mean @ weights)


def _held_out(signals: Floats, standing: Floats, weight: Floats) -> Floats:
    """Each row's prediction by weights fitted on the others."""
    folds = np.arange(len(signals)) % FOLDS
    out = np.zeros(len(signals))
    for fold in range(FOLDS):
        weights = _ridge(signals[folds != fold], standing[folds != fold], weight[folds != fold])
        out[folds == fold] = signals[folds == fold] @ weights[:-1] - weights[-1]
    return out
