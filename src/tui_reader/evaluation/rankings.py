"""How well a number tells yes from no, or orders what people have rated: on arrays, no texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.evaluation.statistics import auc, spearman

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

FALSE_ALARMS = 0.05
"""Share of the no that may be taken for yes by the threshold of `recall_at`."""


class Sweep(NamedTuple):
    """All thresholds, from high to low, with what is at or above each."""

    at: NDArray[np.float64]
    true: NDArray[np.int64]
    false: NDArray[np.int64]


def sweep(truth: ArrayLike, value: ArrayLike) -> Sweep:
    """The thresholds between different values."""
    yes, at = np.asarray(truth, bool), np.asarray(value, np.float64)
    order = np.argsort(-at, kind="stable")
    at, yes = at[order], yes[order]
    last = np.append(at[1:] != at[:-1], [True] if len(at) else []).astype(bool)
    return Sweep(at[last], np.cumsum(yes)[last], np.cumsum(~yes)[last])


def average_precision(truth: ArrayLike, value: ArrayLike) -> float | None:
    """Area under the steps of precision over recall; None where nothing is true."""
    _, true, false = sweep(truth, value)
    if not len(true) or not true[-1]:
        return None
    return float((np.diff(true, prepend=0) / true[-1] * true / (true + false)).sum())


def recall_at(truth: ArrayLike, value: ArrayLike, false_alarms: float = FALSE_ALARMS) -> float | None:
    """Recall at the lowest threshold with at most this share of false alarms; None where all cases are alike."""
    _, true, false = sweep(truth, value)
    if not len(true) or not true[-1] or not false[-1]:
        return None
    return float(true[false <= false_alarms * false[-1]].max(initial=0) / true[-1])


def matthews(true: ArrayLike, false: ArrayLike, positives: int, negatives: int) -> NDArray[np.float64]:
    """Matthews correlation from counts, 0 where a margin is empty.

    Args:
        true: how many of the positives were taken for yes.
        false: how many of the negatives were.
        positives: how many there are.
        negatives: how many there are.
    """
    a, b = np.asarray(true, np.float64), np.asarray(false, np.float64)
    c, d = positives - a, negatives - b
    below = np.sqrt((a + b) * (a + c) * (d + b) * (d + c))
    return np.divide(a * d - b * c, below, out=np.zeros_like(below), where=below > 0)


def best_matthews(truth: ArrayLike, value: ArrayLike) -> tuple[float, float]:
    """The highest Matthews correlation over all thresholds of some cases, and its threshold."""
    at, true, false = sweep(truth, value)
    values = matthews(true, false, int(true[-1]), int(false[-1]))
    best = int(values.argmax())
    return float(values[best]), float(at[best])


def crossed_matthews(truth: ArrayLike, value: ArrayLike, group: ArrayLike) -> float:
    """Matthews correlation with the threshold of each half of the groups chosen on the other half.

    Args:
        truth: of each case.
        value: of each case.
        group: number of what a case belongs to; even and odd ones are the halves.
    """
    yes, at, half = np.asarray(truth, bool), np.asarray(value, np.float64), np.asarray(group) % 2
    said = np.zeros(len(yes), bool)
    for part in (0, 1):
        here, there = half == part, half != part
        if there.any():
            said[here] = at[here] >= best_matthews(yes[there], at[there])[1]
    return float(matthews((said & yes).sum(), (said & ~yes).sum(), int(yes.sum()), int((~yes).sum())))


def detection(
    truth: Sequence[bool], value: Sequence[float], group: Sequence[int] | None = None
) -> dict[str, float | int | None]:
    """All figures of one question of yes or no.

    Args:
        truth: the answers.
        value: what should be high for yes.
        group: what each case belongs to, for `crossed_matthews`; by default each is for itself.

    Returns:
        ``AUC``, ``AP``, ``best MCC`` (an upper bound: its threshold was chosen on the same cases), ``crossed MCC``,
        ``base`` (share of yes) and ``n``.
    """
    n = len(truth)
    return {
        "AUC": auc(truth, value),
        "AP": average_precision(truth, value),
        "best MCC": best_matthews(truth, value)[0] if n else None,
        "crossed MCC": crossed_matthews(truth, value, np.arange(n) if group is None else group) if n else None,
        "base": sum(truth) / n if n else None,
        "n": n,
    }


def correlation(value: Sequence[float], human: Sequence[float]) -> dict[str, float | int | None]:
    """``Spearman``, ``Pearson`` and ``Kendall`` of a number with what people said, and ``n``."""
    return {
        "Spearman": spearman(value, human),
        "Pearson": pearson(value, human),
        "Kendall": kendall(value, human),
        "n": len(value),
    }


def pearson(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Linear correlation; None for fewer than two cases or where one side never varies."""
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    if len(a) < 2 or not a.std() or not b.std():
        return None
    return float(np.corrcoef(a, b)[0, 1])


def kendall(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Kendall's tau-b by counting inversions (Knight 1966); None where one side never varies."""
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    pairs = len(a) * (len(a) - 1) // 2
    tied, tied_other = _ties(a), _ties(b)
    if pairs in {tied, tied_other}:
        return None
    # By the one, ties by the other: a pair that is tied on a side is no inversion.
    against = _inversions(b[np.lexsort((b, a))])
    tied_both = _ties(np.stack([a, b], axis=1))
    agreement = pairs - tied - tied_other + tied_both - 2 * against
    return float(agreement / ((pairs - tied) * (pairs - tied_other)) ** 0.5)


def _ties(values: NDArray[np.float64]) -> int:
    """Pairs of equal values."""
    count = np.unique(values, axis=0, return_counts=True)[1]
    return int((count * (count - 1) // 2).sum())


def _inversions(values: NDArray[np.float64]) -> int:
    """Pairs of which the earlier is greater."""
    if len(values) < 2:
        return 0
    early, late = np.array_split(values, 2)
    crossing = int(np.searchsorted(np.sort(late), early).sum())
    return crossing + _inversions(early) + _inversions(late)
