"""What reaches the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import opened
from lighthouse import (
    MISSING,
)

from tui_reader.model import Document, Side, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.tui.app import ReaderApp
from tui_reader.tui.clipboard import native_command

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_other_side_is_copied_after_tab() -> None:
    """`y` takes the finding's words, or without a finding the bead's on the active side."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "j", "y")
        assert screen.app.clipboard == "安全が何より大切です。"
        await screen.press("tab", "y")
        assert screen.reading.reading.active is Side.SOURCE
        assert screen.app.clipboard == "Safety comes first."
        await screen.press("right_square_bracket", "y")
        assert screen.app.clipboard == MISSING


async def test_what_no_clipboard_takes_is_replaced() -> None:
    """A lone surrogate in the file does not end the reader."""
    content = "壊れた\ud800字です。"
    document = Document("d", Text(content, "ja", plain_blocks(content)), ())
    app = ReaderApp(document, None, lambda document: iter(()))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("y")
        assert app.clipboard == "壊れた?字です。"


@pytest.mark.parametrize(
    ("environment", "platform", "program"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", "wl-copy"),
        ({"DISPLAY": ":0"}, "linux", "xsel"),
        ({}, "darwin", "pbcopy"),
        ({"SSH_CONNECTION": "1", "DISPLAY": ":0"}, "linux", None),
        ({}, "linux", None),
    ],
)
def test_the_desktops_own_clipboard_is_found(
    tmp_path: Path, environment: dict[str, str], platform: str, program: str | None
) -> None:
    """By platform and display, and only where its program is installed; never another machine's."""
    for name in ("wl-copy", "xsel", "pbcopy"):
        (tmp_path / name).touch(mode=0o755)
    command = native_command({**environment, "PATH": str(tmp_path)}, platform)
    assert (command[0] if command else None) == program


async def test_a_copy_that_may_not_arrive_is_called_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a program of the desktop only the terminal can do it, and some do not."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "here there")
    async with opened() as screen:
        await screen.press("y")
        assert "if the terminal passes it on" in screen.footer()
