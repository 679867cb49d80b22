"""The statistics of rankings, against scikit-learn, scipy and counts by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies
from scipy.stats import kendalltau, pearsonr
from sklearn.metrics import average_precision_score

from tui_reader.evaluation.rankings import (
    average_precision,
    best_matthews,
    correlation,
    crossed_matthews,
    detection,
    kendall,
    pearson,
    recall_at,
)

CASES = strategies.lists(strategies.tuples(strategies.booleans(), strategies.integers(0, 9)), min_size=1, max_size=40)
RATED = strategies.lists(strategies.tuples(strategies.integers(0, 6), strategies.integers(0, 6)), max_size=40)


@settings(deadline=None)
@given(CASES)
def test_average_precision_is_that_of_scikit_learn(cases: list[tuple[bool, int]]) -> None:
    """Ties are one step; without anything true there is no answer."""
    truth, value = zip(*cases, strict=True)
    if any(truth):
        assert average_precision(truth, value) == pytest.approx(average_precision_score(truth, value))
    else:
        assert average_precision(truth, value) is None


@settings(deadline=None)
@given(CASES)
def test_the_best_threshold_is_the_best_of_all(cases: list[tuple[bool, int]]) -> None:
    """No other value, taken as the threshold, gives a higher Matthews correlation than the one that is found."""
    truth, value = zip(*cases, strict=True)
    found, threshold = best_matthews(truth, value)
    # The Matthews correlation is the linear correlation of two truths; one that never varies has none.
    at = {each: pearson(truth, [one >= each for one in value]) or 0.0 for each in value}
    assert found == pytest.approx(at[threshold])
    assert found == pytest.approx(max(at.values()))


@settings(deadline=None)
@given(RATED)
def test_correlations_are_those_of_scipy(cases: list[tuple[int, int]]) -> None:
    """Ties on either side count as tau-b wants; where a side never varies there is no answer."""
    one, other = [a for a, _ in cases], [b for _, b in cases]
    if len(set(one)) < 2 or len(set(other)) < 2:
        assert (kendall(one, other), pearson(one, other)) == (None, None)
        return
    assert kendall(one, other) == pytest.approx(kendalltau(one, other).statistic)
    assert pearson(one, other) == pytest.approx(pearsonr(one, other).statistic)


def test_recall_at_few_false_alarms() -> None:
    """One alarm of twenty is allowed, two are not, and a threshold below everything is none."""
    truth = [True, False, True, False, True] + [False] * 18
    value = list(range(len(truth), 0, -1))
    assert recall_at(truth, value) == pytest.approx(2 / 3)
    assert recall_at(truth, value, 0) == pytest.approx(1 / 3)
    assert recall_at([False, True], [2, 1]) == 0
    assert recall_at([True], [1]) is None


def test_thresholds_are_chosen_on_the_other_half() -> None:
    """What fits one half only is no skill: the best threshold is perfect on either, the crossed one on none."""
    truth = [True, True, False, False] * 2
    value = [9.0, 9.0, 5.0, 5.0, 3.0, 3.0, 1.0, 1.0]
    group = [0, 0, 0, 0, 1, 1, 1, 1]
    assert best_matthews(truth[:4], value[:4])[0] == best_matthews(truth[4:], value[4:])[0] == 1
    assert crossed_matthews(truth, value, group) == pytest.approx(0)
    # Every half has the same cases here.
    assert crossed_matthews(truth, value, [0, 1] * 4) == best_matthews(truth, value)[0]


def test_figures_of_a_question_and_of_a_rating() -> None:
    """All figures of a perfect number are 1; without cases there are none."""
    told = detection([True, False, True, False], [0.9, 0.1, 0.8, 0.2])
    assert told == {"AUC": 1, "AP": 1, "best MCC": 1, "crossed MCC": pytest.approx(1), "base": 0.5, "n": 4}
    assert detection([], []) == dict.fromkeys(("AUC", "AP", "best MCC", "crossed MCC", "base")) | {"n": 0}
    assert correlation([1, 2, 3], [3, 6, 9]) == pytest.approx({"Spearman": 1, "Pearson": 1, "Kendall": 1, "n": 3})
