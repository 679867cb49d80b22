"""The nearest vectors, all compared and through buckets."""

from __future__ import annotations

import numpy as np
import pytest

from tui_reader.alignment.nearest import nearest


def directions(n: int, seed: int) -> np.ndarray:
    """Rows of length 1."""
    rows = np.random.default_rng(seed).normal(size=(n, 32)).astype(np.float32)
    scaled: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


@pytest.mark.parametrize("pairs", [0, 10**9])
def test_what_is_its_own_neighbour_is_found(pairs: int) -> None:
    """Each vector finds itself first, with cosine 1, however it is looked for."""
    rows = directions(700, 1)
    found, cosines = nearest(rows, rows, 3, pairs)
    assert (found[:, 0] == np.arange(700)).all()
    assert np.allclose(cosines[:, 0], 1, atol=1e-5)


def test_buckets_find_what_comparing_everything_finds() -> None:
    """Noisy copies find their originals nearly always, the nearest first, without being compared with everything."""
    rows = directions(1500, 2)
    noisy = rows + 0.12 * np.random.default_rng(3).normal(size=rows.shape).astype(np.float32)
    noisy /= np.linalg.norm(noisy, axis=1, keepdims=True)
    exact, _ = nearest(noisy, rows, 4, 10**9)
    found, cosines = nearest(noisy, rows, 4, 0)
    assert np.mean(exact[:, 0] == found[:, 0]) >= 0.97
    assert (np.diff(cosines, axis=1) <= 0).all()


def test_fewer_vectors_than_asked_for() -> None:
    """There is an answer for every query, no index twice."""
    found, _ = nearest(directions(5, 4), directions(2, 5), 8)
    assert found.shape == (5, 2)
    assert all(set(row) == {0, 1} for row in found.tolist())
