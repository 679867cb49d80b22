"""The small transformer of the attention model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tui_reader.checks.coverage.transformer import FARTHEST, LEAST_LINK, N_HEADS, Layer, normalised, read

WIDTH = 16


@pytest.fixture
def layer() -> Layer:
    """A layer of random weights that hears places and links."""
    chance = np.random.default_rng(5)

    def drawn(*shape: int) -> np.ndarray:
        return (chance.normal(size=shape) / 4).astype(np.float32)

    return Layer(
        drawn(4, WIDTH, WIDTH), drawn(4, WIDTH, WIDTH), drawn(N_HEADS, 2 * FARTHEST + 1), np.ones(N_HEADS, np.float32),
        (drawn(WIDTH, 2 * WIDTH), drawn(2 * WIDTH)), drawn(2 * WIDTH, WIDTH), np.ones((3, WIDTH), np.float32),
    )  # fmt: skip


@pytest.fixture
def states() -> list[np.ndarray]:
    """Five words and seven."""
    chance = np.random.default_rng(6)
    return [chance.normal(size=(n, WIDTH)).astype(np.float32) for n in (5, 7)]


def even(states: list[np.ndarray]) -> list[np.ndarray]:
    """Links that say nothing."""
    n, m = map(len, states)
    return [np.full((n, m), -1.0, np.float32), np.full((m, n), -1.0, np.float32)]


def test_layers_that_say_nothing_change_nothing(layer: Layer, states: list[np.ndarray]) -> None:
    """With outputs of 0 every word keeps its state; without layers, too."""
    near, across = (np.concatenate([part[:3], 0 * part[3:]]) for part in (layer.near, layer.across))
    silent = replace(layer, near=near, across=across, outer=0 * layer.outer)
    for layers in ([silent, silent], []):
        for one, other in zip(read(states, even(states), layers), states, strict=True):
            assert np.allclose(one, other)


def test_a_word_hears_the_word_that_it_is_linked_to(layer: Layer, states: list[np.ndarray]) -> None:
    """Where a link is sure and all others as unlikely as can be, only the linked word makes a difference."""
    deaf = replace(layer, near=0 * layer.near, link=np.full(N_HEADS, 9.0, np.float32))
    links = [np.full((5, 7), LEAST_LINK - 5, np.float32), np.full((7, 5), LEAST_LINK - 5, np.float32)]
    links[0][2, 4] = 0
    before = read(states, links, [deaf])[0][2]
    unlinked, linked = (states[1].copy() for _ in range(2))
    unlinked[[0, 1, 2, 3, 5, 6]] += 1.5 * np.random.default_rng(7).normal(size=(6, WIDTH))
    linked[4] = -linked[4]
    assert np.allclose(read([states[0], unlinked], links, [deaf])[0][2], before, atol=1e-4)
    assert not np.allclose(read([states[0], linked], links, [deaf])[0][2], before, atol=1e-2)


def test_words_hear_their_side_by_distance(layer: Layer) -> None:
    """Words that stand farther apart than the farthest may change places unheard; nearer ones may not."""
    chance = np.random.default_rng(8)
    side, other = (chance.normal(size=(n, WIDTH)).astype(np.float32) for n in (FARTHEST + 4, 3))
    far, near = side.copy(), side.copy()
    far[[-1, -2]], near[[1, 2]] = side[[-2, -1]], side[[2, 1]]
    first, changed_far, changed_near = (
        read([one, other], even([one, other]), [layer])[0][0] for one in (side, far, near)
    )
    assert np.allclose(first, changed_far, atol=1e-5)
    assert not np.allclose(first, changed_near, atol=1e-3)


def test_normalised_rows_have_mean_0_and_variance_1() -> None:
    """Whatever was added to a row or multiplied with it is gone; a gain is kept."""
    rows = np.random.default_rng(9).normal(size=(3, WIDTH)).astype(np.float32)
    made = normalised(7 * rows + 2, np.full(WIDTH, 2, np.float32))
    assert np.allclose(made, normalised(rows, np.full(WIDTH, 2, np.float32)), atol=1e-3)
    assert np.allclose(made.mean(axis=1), 0, atol=1e-5)
    assert np.allclose(made.std(axis=1), 2, atol=1e-3)
