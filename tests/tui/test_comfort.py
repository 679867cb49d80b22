"""Keys, colours and language as a person likes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import opened
from lighthouse import until
from textual.color import Color
from textual.command import Command, CommandList

from tui_reader.errors import SettingsError
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.tui.app import ReaderApp
from tui_reader.tui.keymap import COMMANDS, chosen_keys
from tui_reader.tui.language import fitting_language, tr
from tui_reader.tui.themes import CONTRAST, PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App


async def test_keys_can_be_chosen_by_the_name_of_the_command() -> None:
    """The chosen key does the command's work, its old one none; the help shows the new one."""
    settings = Settings(reader=ReaderSettings(keys=(("problem.next", "E,f6"),)))
    async with opened(settings=settings) as screen:
        await screen.finished()
        await screen.press("E")
        assert "problem 1/3" in screen.footer()
        await screen.press("f6")
        assert "problem 2/3" in screen.footer()
        await screen.press("right_square_bracket")
        assert "problem 2/3" in screen.footer()
        await screen.press("question_mark")
        assert any(row.startswith("E f6") and "next problem" in row for row in screen.listed())


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ((("problem.nxt", "n"),), "did you mean problem.next"),
        ((("problem.next", "j"),), "the key j is that of bead.next already"),
    ],
)
def test_a_wrong_choice_of_keys_is_told(keys: Sequence[tuple[str, str]], told: str) -> None:
    """A command that does not exist, or a key that does something else."""
    with pytest.raises(SettingsError, match=told):
        chosen_keys(keys)


@pytest.mark.parametrize(("theme", "page"), [("light", PAPER.background), ("high-contrast", CONTRAST.background)])
async def test_a_theme_that_is_set_is_there_from_the_start(
    theme: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No style sheet is parsed a second time before the first frame, and no other colours flash up before it."""
    parsed: list[App[None]] = []
    monkeypatch.setattr(ReaderApp, "refresh_css", lambda app, animate=True: parsed.append(app))
    async with opened(settings=Settings(reader=ReaderSettings(theme=theme))) as screen:  # type: ignore[arg-type]
        assert parsed == []
        assert screen.app.screen.styles.background == Color.parse(str(page))
        assert screen.app.has_class("-dark-mode") == (theme != "light")


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast", "ansi"])
async def test_problems_stand_out_in_every_theme(theme: str) -> None:
    """Each theme paints, and marks by attribute as well as by colour."""
    async with opened(settings=Settings(reader=ReaderSettings(theme=theme))) as screen:  # type: ignore[arg-type]
        await screen.finished()
        await screen.press("right_square_bracket")
        style = screen.styled(", as the inspectors advised")
        assert style.underline
        assert style.color != screen.styled("Safety comes first.").color
        await screen.press("question_mark", "escape", "p", "escape", "i", "escape")


async def test_the_interface_speaks_japanese() -> None:
    """Footer, notices, lists and help are in the language of the setting; the next reader's are its own."""
    async with opened(settings=Settings(reader=ReaderSettings(language="ja"))) as screen:
        await screen.finished()
        assert "検査済み：問題 3 件" in screen.footer()
        await screen.press("right_square_bracket")
        assert "問題 1/3" in screen.footer()
        await screen.press("question_mark")
        assert any("次の問題" in row for row in screen.listed())
    async with opened() as screen:
        await screen.finished()
        assert "checked: 3 problems" in screen.footer()


@pytest.mark.parametrize(
    ("setting", "environment", "language"),
    [
        ("ja", {}, "ja"),
        ("en", {"LANG": "ja_JP.UTF-8"}, "en"),
        ("auto", {"LANG": "ja_JP.UTF-8"}, "ja"),
        ("auto", {"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ("auto", {}, "en"),
    ],
)
def test_the_language_follows_the_locale(setting: str, environment: dict[str, str], language: str) -> None:
    """Unless the setting says otherwise."""
    assert fitting_language(setting, environment) == language


async def test_the_palette_has_every_command() -> None:
    """What a key does can be found by typing what it does, and done by enter."""
    async with opened() as screen:
        await screen.finished()
        commands = {command.title: command for command in screen.app.get_system_commands(screen.reading)}
        assert {tr(command.description) for command in COMMANDS} | {"theme"} == set(commands)
        await commands["next problem"].callback()
        await screen.pilot.pause()
        assert "problem 1/3" in screen.footer()


@pytest.mark.parametrize("typed", ["めも", "メモ", "ﾒﾓ"])
async def test_the_palette_finds_words_in_any_kana(typed: str, english_afterwards: None) -> None:
    """Whoever types before converting finds the command too, and enter does it."""
    async with opened(settings=Settings(reader=ReaderSettings(language="ja"))) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "colon", *typed)
        await until(screen.pilot, lambda: "問題にメモ" in screen.seen(), "it is never listed")
        await screen.press("enter")
        await until(screen.pilot, lambda: screen.app.screen is screen.app.screen_stack[0], "the palette stays")
        await until(screen.pilot, lambda: screen.seen().splitlines()[-1].startswith(" メモ"), "nobody asks for a note")


async def test_the_palette_lists_commands_as_the_help_does() -> None:
    """Not by their first letters: what belongs together stands together."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("colon")
        options = screen.app.screen.query_one(CommandList)
        await until(screen.pilot, lambda: options.option_count > len(COMMANDS), "the list is never whole")
        listed = [option.hit.text for option in options.options if isinstance(option, Command)]
        assert listed == [*(command.description for command in COMMANDS), "theme"]


@pytest.mark.parametrize("themes", [False, True])
async def test_a_palette_that_finds_nothing_says_so(themes: bool, english_afterwards: None) -> None:
    """In the language of the reader; choosing the line does nothing."""
    async with opened(settings=Settings(reader=ReaderSettings(language="ja"))) as screen:
        await screen.finished()
        if themes:
            screen.app.search_themes()
            await screen.pilot.pause()
        else:
            await screen.press("colon")
        await screen.press(*"zqxj")
        await until(screen.pilot, lambda: "該当する項目はありません" in screen.seen(), "nothing is said")
        await screen.press("enter")
        await until(screen.pilot, lambda: screen.app.screen is screen.app.screen_stack[0], "the palette stays")


async def test_themes_are_chosen_in_the_palette() -> None:
    """The theme found by its name is in force after enter; the question is the reader's own."""
    async with opened() as screen:
        await screen.finished()
        await screen.press("colon")
        assert "search for commands" in screen.seen()
        await screen.press("escape")
        screen.app.search_themes()
        await screen.pilot.pause()
        assert "search for themes" in screen.seen()
        before = screen.app.theme
        await screen.press(*"contrast")
        await until(
            screen.pilot,
            lambda: "▎contrast" in screen.seen() or "  contrast" in screen.seen(),
            "the theme is never listed",
        )
        await screen.press("down", "enter", "enter")
        await until(screen.pilot, lambda: screen.app.theme != before, "the theme never changes")
        assert "contrast" in screen.app.theme
