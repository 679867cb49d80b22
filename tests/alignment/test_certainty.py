"""How sure a bead is: shares of all paths, and what they mean for real texts."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.alignment.band import full_band
from tui_reader.alignment.certainty import TEMPERATURE, Certainty
from tui_reader.alignment.ends import Ends
from tui_reader.alignment.lattice import LONGEST, Costs, Lattice
from tui_reader.alignment.sentences import _best, align
from tui_reader.alignment.vectors import SentenceVectors
from tui_reader.encoders import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_reader.alignment.band import Frame
    from tui_reader.encoders.base import Floats

ENGLISH = ["The harbour was closed for three days.", "Nobody knew who had ordered it.", "Then the ferry came back."]
JAPANESE = ["港は三日間閉鎖された。", "誰が命じたのか、知る者はいなかった。", "やがてフェリーが戻ってきた。"]


class DirectionEncoder:
    """Vectors are sums at length 1."""

    def pool(self, sums: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """As `AdditiveEncoder.pool`."""
        unit: np.ndarray = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return unit.astype("f")


def lattice(n: int, m: int, seed: int) -> Lattice:
    """A lattice over random vectors, with paragraphs and open ends."""
    chance = np.random.default_rng(seed)
    texts = [
        SentenceVectors(
            chance.normal(size=(k, 5)).astype("f"),
            chance.integers(3, 30, size=k).astype("f"),
            Ends(*chance.integers(0, 2, size=(4, k)).astype("f")),
        )
        for k in (n, m)
    ]
    return Lattice(texts[0], texts[1], DirectionEncoder(), Costs(), full_band(n, m))  # type: ignore[arg-type]


def by_row(made: Lattice, table: Callable[[Frame], Floats]) -> list[Floats]:
    """What is known of each row, each from the first column: nothing else is looked at in short texts."""
    return [row for frame in made.band.frames() for row in table(frame)]


def all_paths(made: Lattice) -> list[tuple[tuple[tuple[int, int], ...], float]]:
    """Every path with its gain, found the slow way."""
    gains, ended, passed = (by_row(made, table) for table in (made.gains, made.boundary, made.passed))

    @cache
    def behind(i: int, j: int) -> tuple[tuple[tuple[tuple[int, int], ...], float], ...]:
        if (i, j) == (0, 0):
            return ((((0, 0),), 0.0),)
        found = []
        for k, (one, other) in itertools.product(range(LONGEST + 1), enumerate([0] * (LONGEST + 1))):
            step, width = k, one + other
            if step > i or width > j or not step + width:
                continue
            if step and width:
                worth = float(gains[i - step][step - 1, width - 1, j - width])
            elif step + width == 1:
                worth = -made.costs.skip
            else:
                continue
            price = float((ended if step and width else passed)[i][j])
            found += [((*path, (i, j)), gain + worth - price) for path, gain in behind(i - step, j - width)]
        return tuple(found)

    return list(behind(made.n, made.m))


@given(n=st.integers(1, 4), m=st.integers(1, 4), seed=st.integers(0, 50))
@settings(max_examples=25, deadline=None)
def test_a_share_is_that_of_all_paths(n: int, m: int, seed: int) -> None:
    """Forward and backward sums give what counting every path gives, for matched beads and for lonely sentences."""
    made = lattice(n, m, seed)
    certainty = Certainty(made, _best(made).gains)
    paths = all_paths(made)
    weights = np.exp((np.asarray([gain for _, gain in paths]) - max(gain for _, gain in paths)) / TEMPERATURE)
    weights /= weights.sum()
    shares: dict[object, float] = {}
    for (path, _), weight in zip(paths, weights, strict=True):
        for start, end in itertools.pairwise(path):
            matched = start[0] < end[0] and start[1] < end[1]
            key = (start, end) if matched else ("row", start[0]) if start[0] < end[0] else ("column", start[1])
            shares[key] = shares.get(key, 0.0) + weight
    best = paths[int(weights.argmax())][0]
    for start, end in itertools.pairwise(best):
        matched = start[0] < end[0] and start[1] < end[1]
        key = (start, end) if matched else ("row", start[0]) if start[0] < end[0] else ("column", start[1])
        assert certainty.share(start, end)[0] == pytest.approx(np.clip(shares[key], 1e-6, 1 - 1e-6), abs=2e-4)


@given(n=st.integers(1, 4), m=st.integers(1, 4), seed=st.integers(0, 50))
@settings(max_examples=25, deadline=None)
def test_the_path_that_is_found_gains_most(n: int, m: int, seed: int) -> None:
    """Row by row, dynamic programming finds what going through every path finds."""
    made = lattice(n, m, seed)
    paths = dict(all_paths(made))
    found = tuple(_best(made).path)
    assert paths[found] == pytest.approx(max(paths.values()), abs=1e-5)


def test_gains_end_where_the_texts_end() -> None:
    """No bead takes sentences that are not there."""
    made = lattice(3, 5, 1)
    for row, gains in enumerate(by_row(made, made.gains)):
        possible = np.isfinite(gains)
        for step, width, column in itertools.product(range(LONGEST), range(LONGEST), range(6)):
            assert possible[step, width, column] == (row + step < 3 and column + width < 5)


@pytest.mark.parametrize("stranger", ["船は来なかった。", "それだけではない。"])
def test_a_stranger_in_between_is_doubtful(stranger: str) -> None:
    """Plain pairs are sure; one whose counterpart has been replaced is less sure than its neighbours."""
    encoder = load("use")
    assert all(bead.confidence > 0.9 for bead in align(ENGLISH, JAPANESE, encoder))
    before, odd, after = align(ENGLISH, [JAPANESE[0], stranger, JAPANESE[2]], encoder)
    assert odd.confidence < min(before.confidence, after.confidence)
    assert odd.confidence < 0.75


def test_a_lost_sentence_is_told_with_its_probability() -> None:
    """What is left out stands alone, and that is as sure as the rest allows."""
    beads = align(ENGLISH, [JAPANESE[0], JAPANESE[2]], load("use"))
    (lost,) = [bead for bead in beads if not bead.target]
    assert lost.source == (1,)
    assert 0.5 < lost.confidence < 1
