"""How close two sides are in context: what holds whatever the vectors are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.checks.coverage.attention import attention_model
from tui_reader.checks.coverage.closeness import N_CLOSENESS, closeness, joint_meaning

LANGUAGES = ("en", "ja")


def _contexts(words: tuple[int, int], seed: int) -> list[np.ndarray]:
    """Vectors of so many words of either side, with the mean of their language put back."""
    chance = np.random.default_rng(seed)
    means = [attention_model().language(language).mean for language in LANGUAGES]
    return [
        mean[:, None] + chance.normal(size=(len(mean), n, mean.shape[1])) for mean, n in zip(means, words, strict=True)
    ]


def _content(words: tuple[int, int]) -> list[np.ndarray]:
    return [np.arange(n) % 2 == 0 for n in words]


@given(words=st.tuples(st.integers(1, 6), st.integers(1, 6)), seed=st.integers(0, 99))
def test_both_are_cosines_and_sides_count_alike(words: tuple[int, int], seed: int) -> None:
    """Each lies between -1 and 1, and the same two sides the other way round are as close."""
    contexts, content = _contexts(words, seed), _content(words)
    found = closeness(contexts, LANGUAGES, content)
    turned = closeness(contexts[::-1], LANGUAGES[::-1], content[::-1])
    assert found is not None
    assert turned is not None
    assert found.shape == (N_CLOSENESS,)
    assert np.abs(found).max() <= 1 + 1e-5
    assert found == pytest.approx(turned, abs=1e-5)


def test_the_same_words_are_as_close_as_can_be_and_others_are_not() -> None:
    """Where the centred vectors agree both are 1; random ones are near 0."""
    one, other = _contexts((4, 4), 1)
    means = [attention_model().language(language).mean for language in LANGUAGES]
    same = one - means[0][:, None] + means[1][:, None]
    content = _content((4, 4))
    assert closeness([one, same], LANGUAGES, content) == pytest.approx([1, 1], abs=1e-4)
    strange = closeness([one, other], LANGUAGES, content)
    assert strange is not None
    assert np.abs(strange).max() < 0.3


def test_a_side_without_words_has_no_meaning() -> None:
    """Nothing is close to nothing."""
    contexts = _contexts((3, 0), 2)
    assert closeness(contexts, LANGUAGES, _content((3, 0))) is None
    assert joint_meaning(contexts, LANGUAGES) is None
