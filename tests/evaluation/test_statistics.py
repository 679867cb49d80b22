"""The statistics of an evaluation, against hand-made cases and scikit-learn."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies
from sklearn.metrics import roc_auc_score

from tui_reader.evaluation.statistics import (
    Counts,
    auc,
    calibration,
    calibration_error,
    paired_bootstrap,
    spearman,
    total,
)

CASES = strategies.lists(strategies.tuples(strategies.booleans(), strategies.integers(0, 9)), min_size=1, max_size=40)


def test_precision_recall_and_f1() -> None:
    """Findings and gold spans are counted apart, and one without the other is a zero, not a crash."""
    counts = total([Counts(1, 2, 1, 2), Counts(1, 1, 1, 2)])
    assert (counts.precision, counts.recall) == (2 / 3, 1 / 2)
    assert counts.f1 == pytest.approx(4 / 7)
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    assert Counts(0, 0, 0, 3).f1 == Counts(0, 3, 0, 0).f1 == 0


@given(CASES)
def test_auc_is_that_of_scikit_learn(cases: list[tuple[bool, int]]) -> None:
    """Ties count a half; where all cases are alike there is no answer."""
    truth, value = zip(*cases, strict=True)
    if len(set(truth)) == 1:
        assert auc(truth, value) is None
    else:
        assert auc(truth, value) == pytest.approx(roc_auc_score(truth, value))


def test_rank_correlation() -> None:
    """Only the order counts, and a side that never varies has none."""
    assert spearman([1, 2, 30], [2, 4, 5]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert spearman([1, 1], [1, 2]) is None
    assert spearman([1], [1]) is None


def test_calibration_compares_confidence_with_outcome() -> None:
    """Ten findings at .8 of which eight are right are calibrated; at .95 they are too sure by .15."""
    right = [True] * 8 + [False] * 2
    for confidence, error in ((0.8, 0.0), (0.95, 0.15)):
        bins = calibration([confidence] * 10, right)
        assert [part.findings for part in bins] == [10]
        assert calibration_error(bins) == pytest.approx(error)
    assert [part.low for part in calibration([1.0, 0.0], [True, False])] == [0.0, 0.9]
    assert calibration_error(()) is None
    (weighted,) = calibration([0.8, 0.8], [True, False], [3, 1])
    assert (weighted.right, weighted.weight, weighted.findings) == (0.75, 4, 2)


def test_bootstrap_tells_a_difference_from_chance() -> None:
    """The same improvement in every document is real; one that two documents disagree on is not."""
    old = [Counts(2, 4, 2, 4)] * 12
    better = paired_bootstrap(old, [Counts(3, 4, 3, 4)] * 12, "precision")
    assert better is not None
    assert better.value == pytest.approx(0.25)
    assert 0 < better.low <= 0.25 <= better.high
    assert better.p < 0.05
    mixed = paired_bootstrap(old, [Counts(3, 4, 3, 4), Counts(1, 4, 1, 4)] * 6, "f1")
    assert mixed is not None
    assert mixed.low < 0 < mixed.high
    assert mixed.p > 0.5


def test_bootstrap_draws_the_same_documents_every_time() -> None:
    """Who runs the comparison again reads the same interval."""
    old = [Counts(k % 3, 4, k % 3, 4) for k in range(9)]
    new = [Counts(k % 4, 4, k % 4, 4) for k in range(9)]
    assert paired_bootstrap(old, new, "recall") == paired_bootstrap(old, new, "recall")
    assert paired_bootstrap([Counts()] * 3, [Counts()] * 3, "precision") is None
