"""The lines that ask for something: they go when the keys go elsewhere."""

from __future__ import annotations

import pytest
from driving import opened
from lighthouse import until


@pytest.mark.parametrize(("keys", "said"), [(("slash", *"town"), "/ town"), (("m",), "mark this place")])
@pytest.mark.parametrize("way", ["click", "shift+tab"])
async def test_a_question_that_is_left_is_closed(keys: tuple[str, ...], said: str, way: str) -> None:
    """A click on the text gives the keys back to it, and the last line says again where one is."""
    async with opened() as screen:
        await screen.finished()
        await screen.press(*keys)
        await until(screen.pilot, lambda: said in screen.seen())
        if way == "click":
            await screen.pilot.click("#view", offset=(100, 3))
        else:
            await screen.press("shift+tab")
        await until(screen.pilot, lambda: said not in screen.seen().splitlines()[-1])
        before = screen.reading.reading.cursor
        await screen.press("G")
        assert screen.reading.reading.cursor > before
        assert "100%" in screen.seen().splitlines()[-1]


async def test_a_question_survives_other_windows_and_quick_keys() -> None:
    """The terminal may lose the keys and get them back; and one question may follow another at once."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("slash", *"town")
        screen.app.app_focus = False
        await screen.pilot.pause()
        screen.app.app_focus = True
        await screen.press(*"s", "enter")
        assert "not found: towns" in screen.footer() or "near match" in screen.footer()
        for _ in range(5):
            await screen.pilot.press("slash", *"sea", "escape", "slash", *"town", "enter")
            await screen.pilot.pause()
            assert "match 1/" in screen.footer()
            await screen.press("escape")
