"""Encoders with a cache: the same vectors, and nothing encoded twice."""

from __future__ import annotations

import tracemalloc
from collections import deque
from typing import TYPE_CHECKING

import numpy as np
import pytest
from encoder_texts import AWKWARD, mixed_sentences

from tui_reader.encoders.base import Contributions, Floats, Ints, TokenVectors
from tui_reader.encoders.cache import VectorCache
from tui_reader.encoders.cached import CachedAdditiveEncoder, CachedEncoder, CachedTokenEncoder
from tui_reader.encoders.use import UseEncoder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path

TEXTS = [*mixed_sentences()[:12], *AWKWARD, mixed_sentences()[0]]


class Counting(UseEncoder):
    """The real encoder, counting the texts that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        """As the real one."""
        self.seen += texts
        return super().encode(texts)

    def contributions(self, texts: Sequence[str]) -> list[Contributions]:
        """As the real one."""
        self.seen += texts
        return super().contributions(texts)


class Tokens:
    """A token encoder small enough to reason about: three numbers for each character."""

    name, version, dimension, layers = "tokens", "1", 3, (1, 2)

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row of ones for each text."""
        return np.ones((len(texts), 3), np.float32)

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """As `encode`."""
        yield from self.encode(list(texts))

    def tokens(self, texts: Sequence[str], *, pooled: bool = True) -> list[TokenVectors]:
        """Random numbers, drawn once for each text."""
        self.seen += texts
        return [self._vectors(text, pooled) for text in texts]

    def iter_tokens(self, texts: Iterable[str], *, pooled: bool = True) -> Generator[TokenVectors]:
        """As `tokens`."""
        yield from self.tokens(list(texts), pooled=pooled)

    def _vectors(self, text: str, pooled: bool) -> TokenVectors:
        numbers = np.random.default_rng(len(self.seen)).random((2, len(text), 3), np.float32)
        offsets: Ints = np.stack([np.arange(len(text)), np.arange(len(text)) + 1], axis=1)
        return TokenVectors(numbers, offsets, np.ones(3 if pooled else 0, np.float32))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    """An empty cache."""
    made = VectorCache(tmp_path / "vectors.sqlite3")
    yield made
    made.close()


def test_the_second_time_nothing_is_encoded(cache: VectorCache) -> None:
    """The same bits come back, for awkward texts too, and each text is encoded once even when it is asked for twice."""
    encoder = Counting()
    plain = UseEncoder().encode(TEXTS)
    first = CachedEncoder(encoder, cache).encode(TEXTS)
    assert sorted(encoder.seen) == sorted(set(TEXTS))
    encoder.seen.clear()
    second = CachedEncoder(encoder, cache).encode(TEXTS)
    assert encoder.seen == []
    assert first.tobytes() == second.tobytes()
    np.testing.assert_allclose(first, plain, atol=1e-5)


def test_contributions_come_back_as_they_were(cache: VectorCache) -> None:
    """Vectors and offsets bit for bit, of the same types and writable; the head is the encoder's own."""
    encoder = Counting()
    cached = CachedAdditiveEncoder(encoder, cache)
    first = cached.contributions(TEXTS)
    encoder.seen.clear()
    second = cached.contributions(TEXTS)
    assert encoder.seen == []
    for one, other in zip(first, second, strict=True):
        assert one.vectors.tobytes() == other.vectors.tobytes()
        assert one.offsets.tolist() == other.offsets.tolist()
        assert (one.vectors.dtype, one.offsets.dtype) == (other.vectors.dtype, other.offsets.dtype)
        assert other.vectors.flags.writeable
    sums = np.stack([one.total for one in second])
    counts = np.asarray([len(one.vectors) for one in second])
    np.testing.assert_array_equal(cached.pool(sums, counts), encoder.pool(sums, counts))


def test_token_vectors_come_back_as_they_were(cache: VectorCache) -> None:
    """All axes, with the pooled vector and without it, which are not the same thing."""
    encoder = Tokens()
    cached = CachedTokenEncoder(encoder, cache)
    for pooled in (True, False):
        first, second = cached.tokens(TEXTS, pooled=pooled), list(cached.iter_tokens(TEXTS, pooled=pooled))
        for one, other in zip(first, second, strict=True):
            np.testing.assert_array_equal(one.vectors, other.vectors)
            np.testing.assert_array_equal(one.offsets, other.offsets)
            assert one.pooled.shape == other.pooled.shape == (3 if pooled else 0,)
    assert len(encoder.seen) == 2 * len(set(TEXTS))


@pytest.mark.parametrize("change", ["name", "version", "kind"])
def test_another_encoder_version_or_kind_shares_nothing(cache: VectorCache, change: str) -> None:
    """What one version said is never taken for what another says."""
    encoder = Counting()
    CachedEncoder(encoder, cache).encode(["Harbour."])
    encoder.seen.clear()
    other = CachedAdditiveEncoder(encoder, cache)
    if change == "name":
        other.name = "another"
    elif change == "version":
        other.version = "another"
    if change == "kind":
        other.contributions(["Harbour."])
    else:
        other.encode(["Harbour."])
    assert encoder.seen == ["Harbour."]


def test_texts_that_only_look_alike_are_told_apart(cache: VectorCache) -> None:
    """Keys are of the exact characters: no normalisation, and lone surrogates differ from each other."""
    encoder = Tokens()
    texts = ["か\u3099", "が", "\ud800", "\ud801", "a", "ａ"]
    CachedTokenEncoder(encoder, cache).tokens(texts)
    assert encoder.seen == texts


def test_without_a_cache_that_works_it_still_encodes(tmp_path: Path) -> None:
    """A cache that is off costs time, nothing else."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    off = VectorCache(tmp_path / "file" / "vectors.sqlite3")
    encoder = Counting()
    cached = CachedEncoder(encoder, off)
    np.testing.assert_array_equal(cached.encode(["Harbour."]), cached.encode(["Harbour."]))
    assert off.note is not None
    assert encoder.seen == ["Harbour."] * 2


@pytest.mark.parametrize("known", [False, True])
def test_a_stream_is_held_a_few_texts_at_a_time(cache: VectorCache, known: bool) -> None:
    """However many texts there are, whether they are in the cache or not: the vectors alive at once stay few."""
    encoder = Tokens()
    cached = CachedTokenEncoder(encoder, cache)
    streams = [[f"{name} {number}" for number in range(count)] for name, count in (("Short", 1500), ("Longs", 6000))]
    if known:
        deque(cached.iter_tokens([text for texts in streams for text in texts]), maxlen=0)
    tracemalloc.start()
    peaks = []
    for texts in streams:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        for _ in cached.iter_tokens(texts):
            # What the made-up encoder remembers is not the stream's.
            encoder.seen.clear()
        peaks.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    assert peaks[1] <= 1.2 * peaks[0]
