"""Words under the cursor: h, l, d, tab and r."""

from __future__ import annotations

import threading
from typing import Any

from driving import Screen, opened
from lighthouse import until

from tui_reader.model import Side


async def step_words(screen: Screen, *keys: str) -> None:
    """Press keys that move by word, and wait until the words of the sentence are known."""
    for key in keys:
        await screen.press(key)
        await until(screen.pilot, lambda: screen.reading.reading.word is not None and linked(screen))


def linked(screen: Screen) -> bool:
    """Whether it is known what stands for the words of the sentence, where it has two sides."""
    item = screen.reading.reading.item
    known = None if item is None else screen.reading.reading.words.get(item)
    return known is not None and (bool(known.links) or not (known.of(Side.SOURCE) and known.of(Side.TARGET)))


async def on_the_first_bead(screen: Screen) -> None:
    """Put the cursor on the sentence about the lighthouse."""
    await screen.finished()
    await screen.press("right_curly_bracket")


async def test_l_and_h_walk_and_the_counterpart_lights_up() -> None:
    """Each word of the active side is lit, and what stands for it on the other side with it."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        await step_words(screen, "l")
        assert screen.lit(Side.TARGET) == ["灯台"]
        assert screen.lit(Side.SOURCE) == ["lighthouse"]
        await step_words(screen, "l", "l")
        assert screen.lit(Side.TARGET) == ["六"]
        assert screen.lit(Side.SOURCE) == ["June"]
        assert screen.styled("June").underline
        await step_words(screen, "h")
        assert screen.lit(Side.TARGET) == ["は"]
        assert screen.lit(Side.SOURCE) == []


async def test_words_stay_inside_the_sentence() -> None:
    """The last word is the end, and another sentence begins without a word."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        await step_words(screen, *["l"] * 12)
        assert screen.lit(Side.TARGET)[0] in "閉鎖します"
        await screen.press("j")
        assert screen.lit(Side.TARGET) == []


async def test_tab_hands_over_to_the_word_that_stands_for_it() -> None:
    """On the other side the cursor is on the counterpart, and walks on from there."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        await step_words(screen, "l")
        await screen.press("tab")
        assert screen.reading.reading.active is Side.SOURCE
        assert screen.lit(Side.SOURCE) == ["lighthouse"]
        await step_words(screen, "l")
        assert screen.lit(Side.SOURCE) == ["will"]


async def test_a_missing_sentence_has_words_on_its_own_side() -> None:
    """Where the active side is empty, the other side's words are walked."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        await screen.press("j", "j")
        await step_words(screen, "l")
        assert screen.reading.reading.active is Side.SOURCE
        assert screen.lit(Side.SOURCE) == ["We"]


async def test_d_explains_the_word_under_the_cursor() -> None:
    """Its reading, its part of speech, what stands for it here and elsewhere; the panel follows the cursor."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        await step_words(screen, "l")
        await screen.press("d")
        await until(screen.pilot, lambda: "nowhere else" in screen.panel())
        assert "灯台《とうだい》" in screen.panel()
        assert "noun" in screen.panel()
        assert "lighthouse" in screen.panel()
        await step_words(screen, "l")
        assert "particle" in screen.panel()
        await until(screen.pilot, lambda: "(nothing)" in screen.panel())
        await screen.press("d")
        assert not screen.reading.why.display


async def test_what_nobody_knows_yet_is_not_denied() -> None:
    """While a word's counterpart is being looked for, the panel says so, and not that there is none."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        linker, gate = screen.reading._words._linker, threading.Event()
        link = linker._link

        def slow(*asked: Any) -> list[tuple[int, int]]:
            gate.wait()
            return link(*asked)

        linker._link = slow
        try:
            await screen.press("l")
            await until(screen.pilot, lambda: screen.reading.reading.word is not None)
            await screen.press("d")
            await until(screen.pilot, lambda: "灯台" in screen.panel())
            assert "lighthouse" not in screen.panel()
            assert "nothing stands for it" not in screen.panel()
        finally:
            gate.set()
        await until(screen.pilot, lambda: "lighthouse" in screen.panel())


async def test_enter_returns_from_the_word_to_the_problem() -> None:
    """The panel serves both, one at a time."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        await step_words(screen, "l")
        await screen.press("d", "enter")
        assert "83%" in screen.panel()


async def test_r_shows_how_kanji_are_read() -> None:
    """The reading stands behind the word, and goes away again; nothing is copied with it."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        await screen.press("r")
        await until(screen.pilot, lambda: "behind the words" in screen.footer())
        assert any("灯台《とうだい》は六" in row for row in screen.rows())
        await screen.press("j", "y")
        assert screen.app.clipboard == "安全が何より大切です。"
        await screen.press("r", "r")
        assert not any("《" in row for row in screen.rows())


async def test_y_copies_the_word_under_the_cursor() -> None:
    """Before the problem and the sentence."""
    async with opened() as screen:
        await on_the_first_bead(screen)
        await step_words(screen, "l")
        await screen.press("y")
        assert screen.app.clipboard == "灯台"


async def test_a_broken_aligner_is_told() -> None:
    """An error of the word aligner is one line, and reading goes on."""
    async with opened() as screen:
        await on_the_first_bead(screen)

        def broken(*_: object) -> list[tuple[int, int]]:
            raise RuntimeError("no weights")

        screen.reading._words._linker._link = broken
        await screen.press("l")
        await until(screen.pilot, lambda: "no weights" in screen.footer())
