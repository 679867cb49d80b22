"""What is asked for before the alignment is there and answered after it; texts of which there is little."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from driving import Screen, opened
from lighthouse import JAPANESE, PAIRS, SteppedCheck, make_alignment, make_document, until

from tui_reader.model import Block, BlockKind, Document, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.layout import aligned_layout
from tui_reader.tui.position import spot
from tui_reader.tui.reading import Reading
from tui_reader.tui.screens.contents import ContentsScreen
from tui_reader.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LAST = "以上が町長の言葉でした。"


def with_headings() -> Document:
    """The lighthouse article with its first and its last paragraph as headings."""
    document = make_document()
    first, *others, last = document.text.blocks
    blocks = (_heading(first), *others, _heading(last))
    return replace(document, text=replace(document.text, blocks=blocks))


def _heading(block: Block) -> Block:
    return replace(block, kind=BlockKind.HEADING)


@asynccontextmanager
async def aligning(document: Document) -> AsyncIterator[tuple[Screen, SteppedCheck]]:
    """A document whose alignment has not come, and the check that is to bring it."""
    check = SteppedCheck(document)
    async with opened(check, document=document) as screen:
        try:
            yield screen, check
        finally:
            check.release(*check.gates)


async def aligned(screen: Screen, check: SteppedCheck) -> None:
    """Let the alignment come, whatever stands in front of the text."""
    text = next(shown for shown in screen.app.screen_stack if isinstance(shown, ReadingScreen))
    check.release("alignment")
    await until(screen.pilot, lambda: text.reading.alignment is not None)


def under_the_cursor(screen: Screen) -> str:
    """The words of the translation under the cursor."""
    item = screen.reading.reading.item
    return "" if item is None or item.target is None else item.target.of(JAPANESE)


async def test_nothing_to_list_is_told() -> None:
    """A text with neither a heading nor a passage has no contents: a line says so, and no empty list comes."""
    content = "猫。\n"
    document = Document("d", Text(content, "ja", plain_blocks(content)), ())
    async with aligning(document) as (screen, _):
        await screen.press("t")
        assert isinstance(screen.app.screen, ReadingScreen)
        assert "no headings or passages so far" in screen.footer()


async def test_a_word_ends_with_the_paragraph_that_it_was_a_word_of() -> None:
    """The alignment parts the paragraph in sentences: the cursor is on one of them, and on no word; tab works."""
    async with aligning(make_document()) as (screen, check):
        await screen.press("l")
        await until(screen.pilot, lambda: screen.reading.reading.word is not None)
        await aligned(screen, check)
        assert screen.reading.reading.word is None
        await screen.press("tab")
        assert "the keys act on the source" in screen.footer()


async def test_contents_lead_to_the_text_that_was_listed() -> None:
    """What is chosen from a list made before the alignment is gone to where it stands after it."""
    async with aligning(with_headings()) as (screen, check):
        await screen.press("t")
        assert isinstance(screen.app.screen, ContentsScreen)
        listed = screen.listed()
        at = next(number for number, row in enumerate(listed) if LAST in row)
        await aligned(screen, check)
        await screen.press(*["j"] * at, "enter")
        assert under_the_cursor(screen) == LAST


async def test_a_source_chosen_before_the_alignment_is_gone_to_by_its_own_words() -> None:
    """Not by those of the paragraph that stood beside its first by chance."""
    async with aligning(make_document()) as (screen, check):
        await screen.press("t")
        assert "Ada Quill" in screen.listed()[0]
        await aligned(screen, check)
        await screen.press("enter")
        item = screen.reading.reading.item
        assert item is not None
        assert item.source is not None
        assert item.source.start == 0


async def test_the_place_before_is_a_place_of_the_text() -> None:
    """`''` goes back to the words that one left, though they are the words of another item by now."""
    async with aligning(make_document()) as (screen, check):
        await screen.press("G")
        left = under_the_cursor(screen)
        await screen.press("slash", *"改修", "enter")
        assert under_the_cursor(screen) != left
        await aligned(screen, check)
        await screen.press("apostrophe", "apostrophe")
        assert under_the_cursor(screen) == left


async def test_a_problem_that_is_gone_is_not_gone_to() -> None:
    """A list of problems outlives the check that found them: what another one finds again is gone to, else told."""
    async with opened() as screen:
        await screen.finished()
        text = screen.reading
        await screen.press("p")
        listed = list(text.reading.problems)
        text.reading.found.clear()
        await screen.press("enter")
        assert "what you chose is gone" in screen.footer()
        for number, problem in enumerate(listed):
            text.reading.found.add(problem._replace(item=number))
        assert text.reading.found.again(listed[2]) == listed[2]._replace(item=2)


def test_a_place_in_the_layout_in_force_is_its_item() -> None:
    """Words that stand twice in a source tell two items apart by no position; without a change none is needed."""
    document, alignment = make_document(), make_alignment()
    reading = Reading(document)
    at = next(at for at, item in enumerate(reading.items) if item.target and PAIRS[0][1] in item.target.of(JAPANESE))
    before = spot(reading, at)
    assert before.now(reading) == at
    reading.align(alignment, aligned_layout(document, alignment))
    words = reading.items[before.now(reading) or 0].target
    assert words is not None
    assert words.of(JAPANESE) == PAIRS[0][1]
    for item in range(len(reading.items)):
        assert spot(reading, item).now(reading) == item
