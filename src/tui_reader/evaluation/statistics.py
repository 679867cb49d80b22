"""The statistics of an evaluation, on arrays: no texts, no findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

BINS = 10
"""Bins of a calibration curve."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What precision and recall are made of."""

    right: int = 0
    """Findings that are right."""
    said: int = 0
    """All findings that count."""
    found: int = 0
    """Gold spans that were found."""
    wanted: int = 0
    """All gold spans."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.said + other.said, self.found + other.found, self.wanted + other.wanted
        )

    @property
    def precision(self) -> float | None:
        """Share of the findings that are right; None without findings."""
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """Share of the gold spans that were found; None without any."""
        return self.found / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; 0 where one of them is missing, None where both are."""
        if not self.said and not self.wanted:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    return sum(counts, Counts())


def auc(truth: Sequence[bool], value: Sequence[float]) -> float | None:
    """Area under the ROC curve: the chance that a true case has the higher value, ties counting a half.

    None where all cases are alike.
    """
    yes = np.asarray(truth, bool)
    positives, negatives = int(yes.sum()), int((~yes).sum())
    if not positives or not negatives:
        return None
    ranked = ranks(value)
    return float((ranked[yes].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def ranks(values: Sequence[float]) -> NDArray[np.float64]:
    """``(n,)`` ranks from 1; ties share their mean rank."""
    _, where, count = np.unique(np.asarray(values, np.float64), return_inverse=True, return_counts=True)
    mean: NDArray[np.float64] = (np.cumsum(count) - (count - 1) / 2)[where]
    return mean


def spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Rank correlation; None for fewer than two cases or where one side never varies."""
    a, b = ranks(one), ranks(other)
    if len(a) < 2 or not a.std() or not b.std():
        return None
    return float(np.corrcoef(a, b)[0, 1])


class Bin(NamedTuple):
    """Findings whose confidence lies in one tenth."""

    low: float
    high: float
    findings: int
    confidence: float
    """Their mean confidence."""
    right: float
    """Share of them that are right."""
    weight: float
    """What they weigh together: their number where all weigh alike."""


def calibration(
    confidence: Sequence[float], right: Sequence[bool], weights: Sequence[float] | None = None
) -> tuple[Bin, ...]:
    """The bins of a calibration curve that hold findings, of equal width.

    Args:
        confidence: of each finding.
        right: whether it is right.
        weights: how much it counts; by default all alike.
    """
    p, truth = np.asarray(confidence, np.float64), np.asarray(right, np.float64)
    weight = np.ones(len(p)) if weights is None else np.asarray(weights, np.float64)
    place = np.minimum((p * BINS).astype(int), BINS - 1)
    return tuple(_bin(k, p[inside], truth[inside], weight[inside]) for k in range(BINS) if (inside := place == k).any())


def _bin(number: int, p: NDArray[np.float64], truth: NDArray[np.float64], weight: NDArray[np.float64]) -> Bin:
    share = weight / weight.sum()
    low, high = number / BINS, (number + 1) / BINS
    return Bin(low, high, len(p), float(p @ share), float(truth @ share), float(weight.sum()))


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Expected calibration error (Naeini et al. 2015): how far confidence and share of right findings lie apart."""
    total_weight = sum(part.weight for part in bins)
    return sum(part.weight * abs(part.confidence - part.right) for part in bins) / total_weight if bins else None


class Difference(NamedTuple):
    """How much higher a figure is in the new run than in the old."""

    value: float
    low: float
    high: float
    """The middle 95 % of the resampled differences lie between `low` and `high`."""
    p: float
    """Two-sided: how often a resampled difference lies on the other side of zero, times two."""


def paired_bootstrap(
    old: Sequence[Counts], new: Sequence[Counts], figure: str, samples: int = 10_000, seed: int = 1
) -> Difference | None:
    """Whether two runs on the same documents differ by more than the choice of documents explains (Koehn 2004).

    Documents are drawn with replacement, the same ones for both runs, and their counts added up.

    Args:
        old: of each document in the old run.
        new: of the same documents, in the same order, in the new run.
        figure: ``precision``, ``recall`` or ``f1``.
        samples: number of draws.
        seed: of the draws.

    Returns:
        None where there is nothing to compare.
    """
    values = _figure(_table(old).sum(axis=0), figure), _figure(_table(new).sum(axis=0), figure)
    if len(old) < 2 or any(np.isnan(value) for value in values):
        return None
    chance = np.random.default_rng(seed)
    times = chance.multinomial(len(old), np.full(len(old), 1 / len(old)), size=samples)
    drawn = _figure(times @ _table(new), figure) - _figure(times @ _table(old), figure)
    drawn = drawn[~np.isnan(drawn)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    side = min(float((drawn <= 0).mean()), float((drawn >= 0).mean()))
    return Difference(float(values[1] - values[0]), float(low), float(high), min(1.0, 2 * side))


def _table(counts: Sequence[Counts]) -> NDArray[np.int64]:
    """``(n, 4)`` counts."""
    return np.asarray([[c.right, c.said, c.found, c.wanted] for c in counts], np.int64).reshape(-1, 4)


def _figure(table: NDArray[np.int64], figure: str) -> NDArray[np.float64]:
    """``(...,)`` one figure of ``(..., 4)`` counts; NaN where it is not defined."""
    right, said, found, wanted = np.moveaxis(table.astype(np.float64), -1, 0)
    precision, recall = _ratio(right, said), _ratio(found, wanted)
    if figure == "precision":
        return precision
    if figure == "recall":
        return recall
    p, r = np.nan_to_num(precision), np.nan_to_num(recall)
    f1 = np.nan_to_num(_ratio(2 * p * r, p + r))
    return np.where((said == 0) & (wanted == 0), np.nan, f1)


def _ratio(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = np.divide(a, b, out=np.full(np.shape(a), np.nan), where=np.asarray(b) > 0)
    return share
