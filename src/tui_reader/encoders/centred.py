"""Any encoder with token vectors as an `AdditiveEncoder`.

The vectors of most encoders crowd into a narrow cone, where unrelated texts have a cosine of .7 or .8. So the mean of
some unrelated sentences is taken away from each (Mu & Viswanath 2018), and so is the direction in which the languages
lie apart (Libovický et al. 2020): then cosines spread about as they do for ``use``, for which the check was fitted.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.encoders.base import Contributions, Floats, Ints, TextSum, TokenEncoder, TokenVectors

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

_REVISION = 1
"""Raised whenever this module gives other vectors for the same token vectors."""
_ENGLISH = (
    "The baker opens at six and sells out by nine.",
    "Interest rates rose again in the third quarter.",
    "She tuned the old guitar before the children arrived.",
    "A new enzyme breaks the plastic down in two days.",
    "Turn left behind the church and follow the river.",
    "The court dismissed the appeal without giving reasons.",
    "Snow is expected above eight hundred metres tonight.",
    "Our goalkeeper broke a finger in the second half.",
)
_JAPANESE = (
    "郵便局は駅の裏に移転しました。",
    "この病気は早く見つければ治すことができる。",
    "祖母は毎朝、庭の椿に話しかけていた。",
    "来年度の予算案が委員会で可決された。",
    "玉ねぎが透き通るまで弱火で炒めます。",
    "新しい望遠鏡が遠い銀河の光をとらえた。",
    "切符をなくしたので、もう一度買うしかない。",
    "将棋の対局は深夜まで続いた。",
)
"""Sentences about nothing in common: their mean is what all texts share."""


class CentredEncoder:
    """An `AdditiveEncoder` made of token vectors and the vector of the whole text.

    A token contributes its own vector and an equal share of what sets the text's vector apart from their mean: so the
    contributions of a text add up to the very vector that the encoder gives it, whatever its way of pooling.

    Args:
        encoder: whose vectors are taken; its last layer counts.
    """

    def __init__(self, encoder: TokenEncoder):
        self._encoder = encoder
        self.name = encoder.name

    @property
    def version(self) -> str:
        """Version of the encoder and of what is made of its vectors."""
        return f"{self._encoder.version}-centred{_REVISION}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Floats:
        """As `Encoder.encode`."""
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for k, vector in enumerate(self.iter_encode(texts)):
            rows[k] = vector
        return rows

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """As `Encoder.iter_encode`."""
        for vector in self._encoder.iter_encode(texts):
            yield _unit(self._apart(vector)) if vector.any() else vector

    def iter_sums(self, texts: Iterable[str]) -> Generator[TextSum]:
        """As `AdditiveEncoder.iter_sums`."""
        for found in self._iter_contributions(texts):
            yield TextSum(found.total, len(found.vectors))

    def contributions(self, texts: Sequence[str]) -> list[Contributions]:
        """As `AdditiveEncoder.contributions`; the first and the last stand for the marks and are zero."""
        return list(self._iter_contributions(texts))

    def pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """As `AdditiveEncoder.pool`: sums at length 1."""
        out: Floats = (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        out[np.asarray(counts) <= 0] = 0
        return out

    def _iter_contributions(self, texts: Iterable[str]) -> Generator[Contributions]:
        def lengths() -> Generator[str]:
            for text in texts:
                ends.append(len(text))
                yield text

        ends: list[int] = []
        for k, found in enumerate(self._encoder.iter_tokens(lengths())):
            offsets = np.concatenate([[(0, 0)], found.offsets, [(ends[k], ends[k])]]).astype(np.int64)
            vectors = np.zeros((len(offsets), self.dimension), np.float32)
            if len(found.offsets):
                vectors[1:-1] = self._apart(_shares(found))
            yield Contributions(vectors, offsets)

    def _apart(self, vectors: Floats) -> Floats:
        """``(…, dimension)`` vectors without what all texts share and what tells their language."""
        shared, language = self._common
        apart = vectors - shared
        without: Floats = apart - (apart @ language)[..., None] * language
        return without

    @cached_property
    def _common(self) -> tuple[Floats, Floats]:
        """The mean of texts, and from one language to the other a vector of length 1."""
        english, japanese = (self._encoder.encode(some).mean(axis=0) for some in (_ENGLISH, _JAPANESE))
        return (english + japanese) / 2, _unit(english - japanese)


def _shares(found: TokenVectors) -> Floats:
    """``(n_tokens, dimension)`` rows whose mean is the text's own vector."""
    tokens = found.vectors[-1]
    mean = tokens.mean(axis=0)
    scale = max(float(np.linalg.norm(mean)), 1e-9)
    shares: Floats = (tokens - mean) / np.float32(scale) + found.pooled
    return shares


def _unit(vector: Floats) -> Floats:
    unit: Floats = (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)
    return unit
