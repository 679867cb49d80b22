"""Texts that are translations from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tui_reader.alignment.passages import Run
from tui_reader.alignment.sentences import IndexBead
from tui_reader.alignment.vectors import SentenceVectors, sentence_vectors
from tui_reader.alignment.whole import as_whole
from tui_reader.corpus import corpus_path
from tui_reader.encoders import load
from tui_reader.formats import read
from tui_reader.text import sentences

if TYPE_CHECKING:
    from tui_reader.encoders.base import AdditiveEncoder


@pytest.fixture(scope="module")
def encoder() -> AdditiveEncoder:
    """The one that aligns sentences."""
    return load("use")


@pytest.fixture(scope="module")
def sides(encoder: AdditiveEncoder) -> tuple[SentenceVectors, SentenceVectors]:
    """The sentences of a bundled translation, source first."""
    document = read(corpus_path() / "typhoon-rice")
    texts = (document.sources[0].text, document.text)
    one, other = (
        sentence_vectors([s.span.of(text.content) for s in sentences.segments(text)], encoder) for text in texts
    )
    return one, other


def run(source: int, rows: range, columns: range) -> Run:
    """A run of 1:1 beads."""
    return Run(source, tuple(IndexBead((i,), (j,), 0.6, 0.4) for i, j in zip(rows, columns, strict=False)))


def test_parts_of_one_translation_become_one_run(
    sides: tuple[SentenceVectors, SentenceVectors], encoder: AdditiveEncoder
) -> None:
    """The sentence that nothing was linked to lies inside the one run, not between two."""
    source, text = sides
    n = min(len(source), len(text))
    runs = [run(0, range(6), range(6)), run(0, range(7, n), range(7, n))]
    (whole,) = as_whole(runs, [source], text, encoder)
    assert whole.source_range == (0, n)
    assert {i for bead in whole.beads for i in bead.source} == set(range(n))


def test_an_article_that_quotes_keeps_its_passages(
    sides: tuple[SentenceVectors, SentenceVectors], encoder: AdditiveEncoder
) -> None:
    """Where a good part of the text is linked to nothing, what lies between quotations is commentary."""
    source, text = sides
    runs = [run(0, range(4), range(4)), run(0, range(9, 12), range(9, 12))]
    assert as_whole(runs, [source], text, encoder) == runs


def test_quotations_of_two_sources_stay_apart(
    sides: tuple[SentenceVectors, SentenceVectors], encoder: AdditiveEncoder
) -> None:
    """A text made of two statements is no translation of one."""
    source, text = sides
    half = len(text) // 2
    other = SentenceVectors(np.copy(source.sums), np.copy(source.counts))
    runs = [run(0, range(half), range(half)), run(1, range(half, len(text)), range(half, len(text)))]
    assert as_whole(runs, [source, other], text, encoder) == runs
