"""Sums and windows of long texts: in a file, a stretch at a time, and the same as in memory."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tui_reader.alignment import shelf, vectors
from tui_reader.alignment.ends import no_ends
from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.sentences import align_vectors
from tui_reader.alignment.shelf import Rows
from tui_reader.alignment.vectors import SentenceVectors, Windows, halved, sentence_vectors
from tui_reader.encoders.base import TextSum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.alignment.sentences import IndexBead


class WordEncoder:
    """A vector for each text by chance, the same for texts that begin alike; pooling scales to length 1."""

    name, version = "words", "1"

    def __init__(self, dimension: int = 24) -> None:
        self.dimension = dimension

    def iter_sums(self, texts: Iterable[str]) -> Iterator[TextSum]:
        """One for each."""
        for text in texts:
            chance = np.random.default_rng(int(text.split()[0]))
            yield TextSum(chance.normal(size=self.dimension).astype(np.float32), 9)

    def pool(self, sums: Any, counts: Any) -> Any:
        """Rows scaled to length 1."""
        return (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype(np.float32)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts count as long, and files are written, from a few sentences on."""
    monkeypatch.setattr(vectors, "_HELD", 16)
    monkeypatch.setattr(vectors, "_RUN", 8)
    monkeypatch.setattr(shelf, "LIMIT", 1000)


def texts(count: int) -> list[str]:
    """Texts that differ."""
    return [f"{number} and so on." for number in range(count)]


def beads() -> list[IndexBead]:
    """Of 230 sentences and the same with some left out and two swapped: enough to be searched at half resolution."""
    encoder: Any = WordEncoder()
    other = [text for k, text in enumerate(texts(230)) if k % 23]
    other[40], other[90] = other[90], other[40]
    one, two = sentence_vectors(texts(230), encoder), sentence_vectors(other, encoder)
    return with_moves(align_vectors(one, two, encoder), one, two, encoder)


def test_a_long_text_is_aligned_as_a_short_one(request: pytest.FixtureRequest) -> None:
    """Where sums lie must not change a bead, not by the last bit of its similarity or confidence."""
    expected = beads()
    request.getfixturevalue("small")
    assert isinstance(sentence_vectors(texts(17), WordEncoder()).sums, Rows)  # type: ignore[arg-type]
    assert beads() == expected
    assert {len(bead.target) for bead in expected} >= {0, 1}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("count", [0, 1, 16, 17, 41])
def test_sums_in_a_file_are_those_in_memory(count: int) -> None:
    """Slices, numbers, parts of parts, halves and replaced rows: as an array gives them."""
    encoder: Any = WordEncoder()
    made = sentence_vectors(texts(count), encoder)
    plain = SentenceVectors(np.asarray(made.sums), made.counts, no_ends(count))
    assert made.sums.shape == plain.sums.shape
    for some, same in (
        (made, plain),
        (made.part(3, count).part(2, 9), plain.part(3, count).part(2, 9)),
        (halved(made), halved(plain)),
    ):
        assert np.array_equal(some.sums[:], same.sums[:])
        assert np.array_equal(some.counts, same.counts)
        assert np.array_equal(some.sums[2:5], same.sums[2:5])
        assert np.array_equal(some.windows(3, encoder), same.windows(3, encoder))
    if count:
        numbers = np.asarray([count - 1, 0])
        assert np.array_equal(made.sums[numbers], plain.sums[numbers])
        changed = made.replaced({count - 1: (np.ones(24, np.float32), 5.0)})
        assert np.array_equal(changed.sums[:-1], plain.sums[:-1])
        assert changed.sums[numbers[:1]].tolist() == [[1.0] * 24]
        assert changed.counts[-1] == 5


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("count", [5, 16, 17, 50])
def test_windows_are_the_same_wherever_one_looks_first(count: int) -> None:
    """Forward, backward and across runs."""
    encoder: Any = WordEncoder()
    text = sentence_vectors(texts(count), encoder)
    whole, made = text.windows(4, encoder), Windows(text, 4, encoder)
    for first, last in [(0, 3), (2, count), (count - 1, count), (0, 1), (count // 2, count // 2 + 2), (3, 3)]:
        assert np.array_equal(made.between(first, last), whole[:, first:last])
    assert np.array_equal(np.concatenate([part for _, part in made.runs()], axis=1), whole)
    spread = np.linspace(0, count - 1, 5).astype(int)
    assert np.array_equal(Windows(text, 4, encoder).single(spread), whole[0, spread])


@pytest.mark.usefixtures("small")
def test_memory_does_not_grow_with_the_sums() -> None:
    """2 kB a sentence go into the file; what is left of a sentence is a tenth of that."""
    encoder: Any = WordEncoder(512)

    def peak(count: int) -> int:
        sentences = texts(count)
        tracemalloc.start()
        try:
            made = Windows(sentence_vectors(sentences, encoder), 4, encoder)
            for _ in made.runs():
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(20)
    assert peak(620) - peak(120) < 500 * 700
