"""Searching from the keyboard."""

from __future__ import annotations

import pytest
from driving import opened


async def test_the_search_finds_both_languages_and_walks() -> None:
    """/ n N go through the matches of both texts, around the end, and say so."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("slash", *"years", "enter")
        assert "match 1/1" in screen.footer()
        assert screen.styled("years").bgcolor != screen.styled("Safety comes first.").bgcolor
        await screen.press("slash", *"灯台", "enter")
        assert "match 1/2" in screen.footer() or "match 2/2" in screen.footer()
        await screen.press("n")
        await screen.press("N")
        await screen.press("slash", *"nowhere", "enter")
        assert "not found: nowhere" in screen.footer()


async def test_a_search_that_finds_nothing_finds_what_is_near() -> None:
    """Misspelt words are found all the same, and the last line does not pretend that they are those asked for."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("slash", *"inspektors", "enter")
        assert "near match 1/1" in screen.footer()
        assert screen.styled("inspectors").bold
        await screen.press("slash", *"安全は何より大切", "enter")
        assert "near match 1/1" in screen.footer()
        await screen.press("slash", *"inspectors", "enter")
        assert "near" not in screen.footer()


async def test_a_tilde_asks_for_what_is_near() -> None:
    """Although the word itself is there, what is nearly the same is found with it."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("slash", "tilde", *"harbor", "enter")
        assert "near match 1/1" in screen.footer()
        await screen.press("slash", "tilde", "enter")
        assert "not found" in screen.footer()


async def test_the_search_unfolds_what_is_not_quoted() -> None:
    """A match in a folded run is shown."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("slash", *"harbour", "enter")
        assert screen.styled("harbour").bold


@pytest.mark.parametrize("key", ["slash", "m", "apostrophe", "x", "S"])
async def test_what_is_asked_can_be_seen(key: str) -> None:
    """Every prompt stands over the last line while it waits, whatever else is there."""
    async with opened(size=(80, 24)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "enter", key)
        at_bottom, _ = screen.app.screen.get_widget_at(2, 23)
        asked = (screen.reading.search_bar, screen.reading.prompt, screen.reading.key_prompt)
        assert any(widget in asked for widget in at_bottom.ancestors_with_self)
        await screen.press("escape")
        at_bottom, _ = screen.app.screen.get_widget_at(2, 23)
        assert at_bottom is screen.reading.footer


async def test_a_match_in_a_text_that_is_hidden_says_so() -> None:
    """With the translation only, words of the source are found, and the line says where they are; v shows them."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("v", "v", "slash", *"harbour", "enter")
        assert "match 1/1, in the source: v shows it" in screen.footer()
        await screen.press("v", "n")
        assert "in the source" not in screen.footer()
        assert any("harbour" in row for row in screen.rows())
