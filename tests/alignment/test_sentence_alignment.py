"""Sentence alignment on real texts, and its invariants on made ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_reader.alignment import band
from tui_reader.alignment.band import coarse_band, full_band
from tui_reader.alignment.ends import Ends
from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.sentences import align, align_vectors
from tui_reader.alignment.vectors import SentenceVectors, sentence_vectors
from tui_reader.corpus import corpus_path
from tui_reader.encoders import load
from tui_reader.formats import read
from tui_reader.text import sentences

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from tui_reader.alignment.sentences import IndexBead
    from tui_reader.encoders.base import AdditiveEncoder, Contributions, Floats, Ints, TextSum

ENGLISH = [
    "The ferry leaves at half past six in the morning.",
    "Nobody on board expected the fog.",
    "The captain sounded the horn twice and turned back.",
    "By noon the harbour was empty.",
    "My grandmother bought three oranges from the last stall.",
]
JAPANESE = [
    "フェリーは朝の六時半に出る。",
    "霧が出るとは、船の誰も思っていなかった。",
    "船長は汽笛を二度鳴らし、引き返した。",
    "正午には港に人影はなくなっていた。",
    "祖母は最後まで残った屋台でオレンジを三つ買った。",
]


class DirectionEncoder:
    """An additive encoder for made vectors: pooling only scales to length 1."""

    name, version, dimension = "directions", "1", 4

    def encode(self, texts: Sequence[str]) -> Floats:
        """Not needed here."""
        raise AssertionError(texts)

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """Not needed here."""
        raise AssertionError(texts)

    def contributions(self, texts: Sequence[str]) -> list[Contributions]:
        """Not needed here."""
        raise AssertionError(texts)

    def iter_sums(self, texts: Iterable[str]) -> Generator[TextSum]:
        """Not needed here."""
        raise AssertionError(texts)

    def pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """Rows scaled to length 1."""
        scaled: Floats = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return scaled


@pytest.fixture(scope="module")
def encoder() -> AdditiveEncoder:
    """The real encoder."""
    return load("use")


def test_sentences_that_translate_each_other_are_paired(encoder: AdditiveEncoder) -> None:
    """The plain case: five sentences, five translations, five beads."""
    beads = align(ENGLISH, JAPANESE, encoder)
    assert [(bead.source, bead.target) for bead in beads] == [((k,), (k,)) for k in range(5)]


def test_a_missing_sentence_is_a_bead_of_its_own(encoder: AdditiveEncoder) -> None:
    """What the translation leaves out stands alone instead of spoiling its neighbours."""
    beads = align(ENGLISH, JAPANESE[:2] + JAPANESE[3:], encoder)
    assert [(b.source, b.target) for b in beads if not b.target] == [((2,), ())]
    assert sum(len(b.source) == len(b.target) == 1 for b in beads) == 4


def test_two_sentences_translated_by_one_share_a_bead(encoder: AdditiveEncoder) -> None:
    """Joined sentences are found as 2:1 and 1:2, and the similarity is that of the joined text."""
    joined = "霧が出るとは船の誰も思っておらず、船長は汽笛を二度鳴らして引き返した。"
    beads = align(ENGLISH, [JAPANESE[0], joined, *JAPANESE[3:]], encoder)
    assert ((1, 2), (1,)) in [(b.source, b.target) for b in beads]
    turned = align([JAPANESE[0], joined, *JAPANESE[3:]], ENGLISH, encoder)
    assert ((1,), (1, 2)) in [(b.source, b.target) for b in turned]


@pytest.mark.parametrize("heading", ["Ropeway: service resumes on Monday", "After the storm, the ropeway"])
def test_a_heading_is_no_part_of_the_sentence_below_it(heading: str, encoder: AdditiveEncoder) -> None:
    """It says the same thing, but a translation without it has left it out."""
    source = [heading, "The ropeway reopened on Monday, a week after the storm.", "Nobody knows why it broke."]
    target = ["嵐から一週間後の月曜日、ロープウェイは運行を再開した。", "なぜ壊れたのかは誰にも分からない。"]
    assert _pairs(align(source, target, encoder)) == [((0,), ()), ((1,), (0,)), ((2,), (1,))]
    # With a full stop it is a sentence like others, which two may have been joined of.
    assert _pairs(align([f"{heading}.", *source[1:]], target, encoder))[0] == ((0, 1), (0,))


def test_a_line_cut_in_a_sentence_joins_the_next(encoder: AdditiveEncoder) -> None:
    """Lines that somebody cut behind a title are one sentence, whatever else is like what."""
    source = ["The chapel was built by the Rev.", "Ada Moss, a farmer's daughter from the coast.", "Nobody came."]
    target = ["礼拝堂はモス牧師によって建てられた。", "エイダ・モスは海辺の農家の娘だった。", "誰も来なかった。"]
    assert _pairs(align(source, target, encoder)) == [((0, 1), (0, 1)), ((2,), (2,))]
    assert _pairs(align(["The chapel was built by a priest.", *source[1:]], target, encoder))[0] == ((0,), (0,))


def _pairs(beads: Iterable[IndexBead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


@pytest.mark.parametrize(("source", "target"), [([], []), (ENGLISH, []), ([], JAPANESE), (ENGLISH[:1], JAPANESE[:1])])
def test_empty_and_single_sides(source: list[str], target: list[str], encoder: AdditiveEncoder) -> None:
    """An empty side is all deletions or insertions, never an error."""
    beads = align(source, target, encoder)
    assert [i for b in beads for i in b.source] == list(range(len(source)))
    assert [j for b in beads for j in b.target] == list(range(len(target)))


@given(n=st.integers(0, 40), m=st.integers(0, 40), seed=st.integers(0, 99))
@example(n=400, m=4, seed=0)
@example(n=3, m=300, seed=1)
@example(n=210, m=230, seed=2)
@settings(max_examples=60, deadline=None)
def test_every_sentence_is_in_exactly_one_bead(n: int, m: int, seed: int) -> None:
    """Beads are a partition of both sides in order, whatever the vectors say; moves leave them one of the target."""
    chance = np.random.default_rng(seed)
    one, other = (
        SentenceVectors(
            chance.normal(size=(k, 4)).astype("f"), np.full(k, 9, "f"), Ends(*chance.integers(0, 2, (4, k)).astype("f"))
        )
        for k in (n, m)
    )
    beads = align_vectors(one, other, DirectionEncoder())
    assert [i for b in beads for i in b.source] == list(range(n))
    assert [j for b in beads for j in b.target] == list(range(m))
    assert all(b.source or b.target for b in beads)
    moved = with_moves(beads, one, other, DirectionEncoder())
    assert sorted(i for b in moved for i in b.source) == list(range(n))
    assert [j for b in moved for j in b.target] == list(range(m))
    assert all(0 <= b.confidence <= 1 for b in moved)


@pytest.mark.parametrize(("rows", "points"), [(1, 1), (2, 8192), (3, 200), (64, 3000)])
@pytest.mark.parametrize("sizes", [(7, 5), (210, 230), (250, 9), (6, 240), (200, 700)])
def test_frames_change_nothing(monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, int], rows: int, points: int) -> None:
    """However many rows are computed at a time, beads and confidences are the same to the last bit."""
    chance = np.random.default_rng(sizes[0])
    one, other = (
        SentenceVectors(
            chance.normal(size=(k, 4)).astype("f"), np.full(k, 9, "f"), Ends(*chance.integers(0, 2, (4, k)).astype("f"))
        )
        for k in sizes
    )
    usual = align_vectors(one, other, DirectionEncoder())
    monkeypatch.setattr(band, "_ROWS", rows)
    monkeypatch.setattr(band, "_POINTS", points)
    assert align_vectors(one, other, DirectionEncoder()) == usual


@given(st.lists(st.sampled_from([(0, 1), (1, 0), (1, 1), (0, 50)]), min_size=1, max_size=60))
def test_frames_hold_every_row_once(steps: list[tuple[int, int]]) -> None:
    """The rows of a band in order, each with its own columns; no frame is much larger than its rows."""
    path = [(sum(a for a, _ in steps[:k]), sum(b for _, b in steps[:k])) for k in range(len(steps) + 1)]
    searched = coarse_band(path, 2 * path[-1][0], 2 * path[-1][1])
    frames = list(searched.frames())
    rows = [(low, low + width) for frame in frames for low, width in zip(frame.low, frame.widths, strict=True)]
    assert rows == [searched.range(row) for row in range(len(searched.low))]
    assert [row for frame in frames for row in frame.rows] == list(range(len(searched.low)))
    assert all(len(frame.low) == 1 or frame.columns.size <= 8192 for frame in frames)


@given(st.lists(st.sampled_from([(0, 1), (1, 0), (1, 1), (4, 4), (0, 90), (90, 0)]), min_size=1, max_size=40))
def test_a_band_is_linear_whatever_the_path(steps: list[tuple[int, int]]) -> None:
    """Texts in no relation, or one a hundred times as long as the other, are no square to be searched."""
    corners = [tuple(map(sum, zip((0, 0), *steps[:k], strict=True))) for k in range(len(steps) + 1)]
    path = [(i, j) for i, j in corners]
    n, m = 2 * path[-1][0], 2 * path[-1][1]
    band = coarse_band(path, n, m)
    assert np.all(band.low < band.high)
    # A step of 90 is no step of the path; it is searched whole.
    wide = sum(4 * one * other for one, other in steps)
    assert int((band.high - band.low).sum()) <= 60 * (n + m + 2) + wide


def test_a_long_text_is_searched_in_a_narrow_band() -> None:
    """Work is linear in the length: a path found at half resolution leaves a strip around itself."""

    def cells(n: int) -> int:
        band = coarse_band([(k, k) for k in range(n // 2 + 1)], n, n)
        return int((band.high - band.low).sum())

    assert cells(10_000) <= 10.5 * cells(1_000)
    whole = full_band(10, 20)
    assert int((whole.high - whole.low).sum()) == 11 * 21


def test_a_long_document_keeps_its_path(encoder: AdditiveEncoder) -> None:
    """Coarse-to-fine search finds what the full search finds: a document thirty times over, one sentence taken out."""
    document = read(Path(corpus_path()) / "ember-moths")
    texts = [document.sources[0].text, document.text]
    one, other = ([s.span.of(t.content) for s in sentences.segments(t)] for t in texts)
    vectors = [sentence_vectors(side, encoder) for side in (one, other)]
    alone = align_vectors(vectors[0], vectors[1], encoder)
    long = [SentenceVectors(np.tile(v.sums, (12, 1)), np.tile(v.counts, 12)) for v in vectors]
    beads = align_vectors(long[0], long[1], encoder)
    pairs = {(b.source, b.target) for b in beads}
    n, m = len(one), len(other)
    expected = {
        (tuple(i + k * n for i in b.source), tuple(j + k * m for j in b.target))
        for k in range(12)
        for b in alone
        if b.source and b.target
    }
    assert len(pairs & expected) >= 0.97 * len(expected)
