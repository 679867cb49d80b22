"""The line above the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from driving import Screen, opened
from lighthouse import JAPANESE

from tui_reader.model import Document, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.wording import source_heading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE = "灯台の改修について"


def no_check(document: Document) -> Iterator[object]:
    """Nothing is found out."""
    return iter(())


def above(screen: Screen) -> str:
    """What the line says."""
    return screen.reading.header.render_line(0).text.strip()


async def test_the_title_is_said_once(tmp_path: Path) -> None:
    """While the text on the screen begins with its title the line names the file; further down it names the title."""
    content = JAPANESE * 6
    path = tmp_path / "lighthouse.ja.txt"
    path.write_text(content, encoding="utf-8")
    document = Document("d", Text(content, "ja", plain_blocks(content), path), (), title=TITLE)
    async with opened(no_check, document=document, size=(60, 12)) as screen:
        await screen.pilot.pause()
        assert TITLE in screen.rows()[0]
        assert above(screen) == "lighthouse.ja.txt"
        await screen.press("G")
        assert above(screen) == TITLE
        await screen.press("g")
        assert above(screen) == "lighthouse.ja.txt"


async def test_a_title_that_the_text_does_not_begin_with_stays() -> None:
    """Nothing else says it."""
    async with opened(size=(80, 24)) as screen:
        await screen.finished()
        assert above(screen) == "灯台の記事"


async def test_a_heading_on_the_screen_is_not_said_above_it_too() -> None:
    """Stacked, who is quoted stands above the texts once the heading of the passage has rolled away, not before."""
    async with opened(size=(60, 9)) as screen:
        await screen.finished()
        heading = source_heading(screen.reading.reading.document.sources[0])
        await screen.press("]")
        shown = any(heading in row for row in screen.rows())
        while shown:
            assert heading not in above(screen)
            await screen.press("j")
            shown = any(heading in row for row in screen.rows())
        assert heading in above(screen)
