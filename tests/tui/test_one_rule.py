"""The problems of one rule only: the others are not forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from driving import opened
from lighthouse import make_document

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_filter_does_not_make_a_text_clean(tmp_path: Path) -> None:
    """With the only addition decided and ignored, what tells of problems says that other rules have some."""
    document = make_document()
    document = replace(document, text=replace(document.text, path=tmp_path / "article.ja.txt"))
    async with opened(document=document) as screen:
        await screen.finished()
        await screen.press("f", "right_square_bracket", "c", "U")
        assert "every problem of this rule has been decided" in screen.footer()
        await screen.press("x", *"fine", "enter", "j")
        assert "none of this rule ⋅ reviewed 1" in screen.footer()
        for key in ("right_square_bracket", "U", "c", "w"):
            await screen.press("escape", key)
            assert "no problem of this rule: f goes on to the others" in screen.footer(), key
        await screen.press("f", "right_square_bracket")
        assert "problem 1/2" in screen.footer()


async def test_the_end_of_the_check_counts_what_every_rule_has_found() -> None:
    """Though only one rule's problems are shown when it comes."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("f")
        reading = screen.reading
        reading.background.cancel()
        reading.background = type(reading.background)(
            reading.reading.document, reading.services.check, reading.post_message
        )
        reading.footer.show(state="checking", notice="")
        reading.background.start()
        await screen.finished()
        assert "checked: 3 problems" in screen.footer()
