"""Fit how hard translations of a text are to get right, as people's judgements of machine translations tell it.

A linear function of what both sides mean would be free to take a text with a word less for an easier one. So it also
learns from pairs of texts of which one is the other with a fault: in either direction of translation the fault has to
cost something (ridge regression on differences, as in RankSVM, Joachims 2002, but with squares).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.alignment.word_contexts import word_vectors
from tui_reader.checks.coverage.closeness import joint_meaning
from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.checks.score import difficulty_signals
from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tui_reader.encoders.base import Floats, Ints, TokenEncoder
    from tui_reader.evaluation.faults import Texts

_BATCH = 32
FOLDS = 10
"""Parts of the judged translations; each is looked at with what was fitted on the others."""
_RIDGE = 100.0
"""Penalty on the weights of difficulty: of a meaning of length 1 on either side, and of logarithms of lengths."""
_ERRORS = 0.3
"""How much a translation counts of which is known whether it has a critical error, beside one with a score."""
_FAULT, _FAULTS = 0.3, 16
"""Standard deviations of people's judgements that a fault should cost, and how much all faults together count beside
all judged translations."""


class Judgement(NamedTuple):
    """A translation and what people said of it: a score, or whether it has a critical error."""

    source: str
    target: str
    value: float


def read_judgements(path: Path, key: str) -> list[Judgement]:
    """The lines of a JSONL file with the keys source, target and `key`."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Judgement(row["source"], row["target"], float(row[key])) for row in rows]


class _Ridge:
    """Ridge regression of how people judged, on signals of difficulty."""

    def __init__(self, signals: Floats, standing: Floats, weight: Floats, better: Floats) -> None:
        """What all regressions on some of the judged translations have in common.

        Args:
            signals: ``(n, d)`` of judged translations.
            standing: ``(n,)`` how they were judged.
            weight: ``(n,)`` how much each counts.
            better: ``(m, d)`` signals of texts less those of the same with a fault.
        """
        self.signals, self.standing, self.weight = signals, standing, weight
        self._faults = better.T @ better / len(better)
        self._fault = better.mean(axis=0)

    def fitted(self, kept: NDArray[np.bool_]) -> Floats:
        """``(d + 1,)`` weights that predict the standing of a translation, and what is subtracted.

        Args:
            kept: ``(n,)`` which translations teach.
        """
        signals, standing, weight = self.signals[kept], self.standing[kept], self.weight[kept]
        mean, faults = weight @ signals / weight.sum(), _FAULTS * weight.sum()
        centred = (signals - mean) * np.sqrt(weight)[:, None]
        wanted = (standing - weight @ standing / weight.sum()) * np.sqrt(weight)
        known = centred.T @ centred + faults * self._faults + _RIDGE * np.eye(len(mean))
        weights = np.linalg.solve(known, centred.T @ wanted + faults * _FAULT * self._fault)
        return np.append(weights, mean @ weights)

    def held_out(self) -> Floats:
        """``(n,)`` each translation's standing as predicted by weights fitted on others."""
        folds = np.arange(len(self.signals)) % FOLDS
        out = np.zeros(len(self.signals))
        for fold in range(FOLDS):
            weights = self.fitted(folds != fold)
            out[folds == fold] = self.signals[folds == fold] @ weights[:-1] - weights[-1]
        return out


def fit_difficulty(
    judgements: Sequence[Judgement],
    errors: Sequence[Judgement],
    faults: Sequence[tuple[Texts, Texts]],
    encoder: TokenEncoder,
) -> tuple[Floats, Floats]:
    """How badly such translations were judged.

    Args:
        judgements: machine translations with direct assessments.
        errors: machine translations of which is known whether they have a critical error (1 or 0).
        faults: English and Japanese texts, each beside the same with a fault.
        encoder: measures them.

    Returns:
        Weights of `difficulty_signals`, and what is subtracted, last; and ``(n_judgements,)`` the difficulty of each
        judged translation by weights fitted on others, in standard deviations.
    """
    signals = _signals([(row.source, row.target) for row in [*judgements, *errors]], encoder)
    human, wrong = (np.asarray([row.value for row in rows]) for rows in (judgements, errors))
    standing = np.append(_standard(human), -_standard(wrong))
    weight = np.append(np.ones(len(human)), np.full(len(wrong), _ERRORS))
    ridge = _Ridge(signals, standing, weight, _better(faults, encoder))
    held_out = ridge.held_out()[: len(human)]
    weights: Floats = -(ridge.fitted(np.full(len(weight), fill_value=True)) / held_out.std()).astype(np.float32)
    return weights, -held_out / held_out.std()


def _better(faults: Sequence[tuple[Texts, Texts]], encoder: TokenEncoder) -> Floats:
    """``(2 * n_faults, d)`` by how much signals are above those with a fault, in both directions of translation."""
    place = {texts: k for k, texts in enumerate(dict.fromkeys(texts for both in faults for texts in both))}
    signals = _signals(list(place), encoder)
    differences = signals[[place[whole] for whole, _ in faults]] - signals[[place[worse] for _, worse in faults]]
    return np.concatenate([differences, differences[:, _other_way(differences.shape[1])]])


def _other_way(n_signals: int) -> Ints:
    """Places of the signals of a pair in those of the same pair translated in the other direction."""
    sides = n_signals - len(Side)
    order: Ints = np.concatenate([np.roll(np.arange(sides), sides // 2), [sides + 1, sides]])
    return order


def _standard(values: Floats) -> Floats:
    standard: Floats = (values - values.mean()) / values.std()
    return standard


def _signals(pairs: Sequence[Texts], encoder: TokenEncoder) -> Floats:
    """``(n_pairs, d)`` the signals of difficulty of English and Japanese texts, as the check measures them."""
    found: list[Floats] = []
    for first in range(0, len(pairs), _BATCH):
        contexts = []
        for language, texts in zip(("en", "ja"), zip(*pairs[first : first + _BATCH], strict=True), strict=True):
            vectors = encoder.tokens(texts, pooled=False)
            contexts.append(
                [word_vectors(own, meaningful_words(text, language)) for own, text in zip(vectors, texts, strict=True)]
            )
        for both in zip(*contexts, strict=True):
            meaning = joint_meaning(both, ("en", "ja"))
            signals = None if meaning is None else difficulty_signals(meaning, [side.shape[1] for side in both])
            found.append(np.zeros_like(found[0]) if signals is None else signals)
    return np.stack(found).astype(np.float64)
