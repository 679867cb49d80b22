"""Folding, rolling apart, the split, the filter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from driving import opened
from lighthouse import OMITTED, PAIRS, make_alignment, make_checked

from tui_reader.model import Alignment, CheckedBead, Document, Report, Side, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator


def nearly_clean(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """A check that finds fault with the last sentence only."""
    checked = make_checked()
    faults = checked[3].findings
    beads = tuple(replace(bead, findings=faults if index == 4 else ()) for index, bead in enumerate(checked))
    yield make_alignment()
    yield from beads
    yield Report(document, make_alignment(), beads, Signature("0", "fake", "0", "normal"))


async def test_z_folds_what_is_clean_and_enter_opens_a_fold() -> None:
    """A run of sentences without problems becomes a line, its neighbour beside the problem stays; j passes it by."""
    async with opened(nearly_clean) as screen:
        await screen.finished()
        await screen.press("z")
        rows = screen.rows()
        assert any("3 sentence pairs without problems" in row for row in rows)
        assert not any(PAIRS[1][1] in row for row in rows)
        assert any(PAIRS[3][1] in row for row in rows)
        await screen.press("right_square_bracket", "k", "k")
        before = screen.reading.reading.cursor
        await screen.press("j")
        assert screen.reading.reading.cursor == before + 3
        await screen.press("k", "enter")
        assert any(PAIRS[1][1] in row for row in screen.rows())
        await screen.press("z", "z", "z")
        assert any(PAIRS[1][1] in row for row in screen.rows())
        assert "everything is shown" in screen.footer()


async def test_a_match_in_a_fold_is_shown() -> None:
    """Searching goes into what is folded."""
    async with opened(nearly_clean) as screen:
        await screen.finished()
        await screen.press("z", "slash", *"argued", "enter")
        assert any(PAIRS[2][0] in row for row in screen.rows())


async def test_nothing_is_folded_that_was_not_checked() -> None:
    """A sentence nobody has looked at is not called clean."""
    async with opened(lambda document: iter([make_alignment()])) as screen:
        await screen.press("z")
        assert "nothing to fold" in screen.footer()


async def test_s_lets_the_texts_roll_apart() -> None:
    """The other text stays where it is while this one goes on; = brings it level, s back into step."""
    async with opened(size=(110, 8)) as screen:
        await screen.finished()
        await screen.press("right_curly_bracket", "s")
        view = screen.reading.view
        assert view.other is not None
        still = view.other.top
        await screen.press("G")
        assert view.other.top == still
        assert "以上が町長の言葉でした。" in "".join(screen.rows())
        assert "The lighthouse will stay" in "".join(screen.rows())
        await screen.press("equals_sign")
        assert view.other.top > still
        await screen.press("tab", "g")
        assert screen.reading.reading.active is Side.SOURCE
        await screen.press("s")
        assert view.other is None
        level = [row for row in screen.rows() if PAIRS[0][1] in row]
        assert not level or "The lighthouse will stay" in level[0]


async def test_texts_that_roll_apart_are_level_after_a_narrow_moment() -> None:
    """Where the window had no room for two columns meanwhile, the other text is beside the cursor, not at its top."""
    async with opened(size=(110, 8)) as screen:
        await screen.finished()
        await screen.press("s", "tab", "G", "k", "equals_sign")
        view = screen.reading.view
        assert view.other is not None
        before = view.other.top
        await screen.pilot.resize_terminal(60, 8)
        assert view.other is None
        await screen.pilot.resize_terminal(110, 8)
        await screen.pilot.pause()
        assert view.other is not None
        assert view.other.top == before > (0, 0)


async def test_rolling_apart_needs_two_columns() -> None:
    """In other views the key says so."""
    async with opened(size=(80, 24)) as screen:
        await screen.finished()
        await screen.press("s")
        assert "side by side only" in screen.footer()
        await screen.press("left")
        assert "only side by side" in screen.footer()


async def test_left_and_right_move_the_split() -> None:
    """The source's column takes more or less of the room, and never all of it."""
    async with opened(size=(120, 30)) as screen:
        await screen.finished()
        columns = screen.reading.view.viewport.rows.columns
        await screen.press("left", "left")
        narrower = screen.reading.view.viewport.rows.columns
        assert narrower.source < columns.source
        assert narrower.target > columns.target
        await screen.press(*["right"] * 40)
        assert screen.reading.view.viewport.rows.columns.target >= 20
        assert any(OMITTED[-10:] in row for row in screen.rows())


async def test_f_leaves_one_rule_at_a_time() -> None:
    """Marks, counter and keys go by the rule chosen; after the last rule all are back."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("f")
        assert "only: addition" in screen.footer()
        await screen.press("right_square_bracket")
        assert "problem 1/1" in screen.footer()
        assert not screen.styled("as the inspectors advised").underline
        await screen.press("f", "right_square_bracket")
        assert "/2" in screen.footer()
        await screen.press("f", "j")
        assert "3 problems" in screen.footer() or "/3" in screen.footer()
