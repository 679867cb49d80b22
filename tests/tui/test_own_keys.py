"""Keys that a person has chosen: whatever names a key names those."""

from __future__ import annotations

from driving import opened
from lighthouse import make_document, whole_check

from tui_reader.settings import ReaderSettings, Settings
from tui_reader.tui.app import ReaderApp
from tui_reader.tui.keymap import chosen_keys, hints

CHOSEN = (
    ("problem.next", "ctrl+n,f3"),
    ("problem.previous", "/"),
    ("search", "f4"),
    ("help", "f9"),
    ("why", "w"),
    ("rule", "enter"),
    ("list.leave", "x"),
    ("list.filter", "]"),
)
SETTINGS = Settings(reader=ReaderSettings(keys=CHOSEN))


def test_the_footer_names_the_first_of_the_keys_chosen() -> None:
    """As people write them; a command without a key has no hint."""
    own = dict(hints(chosen_keys(CHOSEN)))
    assert [key for key, _ in hints({})] == ["j k", "] [", "enter", "?", "/"]
    assert list(own) == ["j k", "ctrl+n /", "w", "f9", "f4"]
    assert "search" not in {word for _, word in hints({"search": ""})}


async def test_hints_name_keys_that_work() -> None:
    """In the last line of the text, below a list, and in the help."""
    async with opened(settings=SETTINGS) as screen:
        await screen.finished()
        await screen.press("j")
        assert "ctrl+n / problem  w why  f9 help  f4 search" in screen.footer()
        await screen.press("p")
        assert screen.seen().splitlines()[-1].strip() == "enter choose  j k move  ] filter  s sort  x close"
        await screen.press("x", "f9")
        assert any(row.startswith("ctrl+n f3   next problem") for row in screen.listed())


async def test_the_library_names_the_keys_chosen() -> None:
    """There, too; by default the key that quits is q."""
    for settings, said in ((SETTINGS, "] filter  s sort  ? help  x quit"), (None, "/ filter  s sort  ? help  q quit")):
        app = ReaderApp([make_document(), make_document()], settings, whole_check)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            shown = [strip.text.strip() for strip in app.screen._compositor.render_strips()]
            assert shown[-1] == f"enter read  j k move  {said}"
