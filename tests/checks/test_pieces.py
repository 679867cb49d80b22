"""Cutting beads that are too long to compare at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.pieces import LONGEST, pieces


@given(st.integers(0, 3 * LONGEST), st.integers(0, 3 * LONGEST), st.sampled_from(["x", "ab ", "語、", "one. "]))
def test_pieces_make_up_the_bead(one: int, other: int, unit: str) -> None:
    """No character is lost or doubled, offsets say where each piece stands, and none is much over the limit."""
    texts = [(unit * n)[:n] for n in (one, other)]
    parts = pieces((BeadText(texts[0], 7, "en"), BeadText(texts[1], 11, "ja")))
    for side, (text, offset) in enumerate(zip(texts, (7, 11), strict=True)):
        assert "".join(part[side].content for part in parts) == text
        place = offset
        for part in parts:
            assert part[side].offset == place
            assert len(part[side].content) <= LONGEST + 200
            place += len(part[side].content)


def test_an_ordinary_bead_stays_whole() -> None:
    """Nothing is cut that need not be."""
    bead = BeadText("A short sentence.", 0, "en"), BeadText("短い文。", 0, "ja")
    assert pieces(bead) == [bead]
