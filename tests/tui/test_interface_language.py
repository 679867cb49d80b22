"""The catalogues of the reader's words."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from driving import opened

from tui_reader import tui
from tui_reader.checks.registry import rules
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.tui.language import CATALOGUES, speak
from tui_reader.tui.rule_wording import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(next(iter(tui.__path__)))


def said() -> set[str]:
    """Every message that the code can show, singular forms."""
    messages: set[str] = set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id in {"tr", "later", "tr_count"}:  # type: ignore[attr-defined]
                first = node.args[0]  # type: ignore[attr-defined]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    messages.add(first.value)
    return messages


def fields(message: str) -> set[str]:
    """Names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("path", sorted(CATALOGUES.glob("*.po")), ids=lambda path: path.stem)
def test_a_catalogue_has_every_message_and_no_other(path: Path) -> None:
    """Whoever adds a message translates it, whoever drops one drops its translation; the names in braces are kept."""
    entries = polib.pofile(str(path))
    assert {entry.msgid for entry in entries} == said()
    for entry in entries:
        translated = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        assert translated, entry.msgid
        assert fields(translated) - {"n"} == fields(entry.msgid) - {"n"}, entry.msgid
        assert ("{n}" in translated) == ("{n}" in (entry.msgid_plural or entry.msgid)), entry.msgid
        assert not re.search(r"[\u2014\u2192\u203b]", translated), "a character of ambiguous width"


def test_the_titles_of_rules_are_those_of_the_rules() -> None:
    """A rule that is added or called something else is so in the reader, in every language."""
    assert {code: rule.title for code, rule in rules().items() if code not in TITLES} == {}
    assert {code: rules()[code].title for code in TITLES} == TITLES


@pytest.fixture
def english_afterwards() -> Iterator[None]:
    """Other tests read English."""
    yield
    speak("en")


async def test_what_is_said_of_a_problem_is_japanese(english_afterwards: None) -> None:
    """Title, severity and signals in the panel, the list and the overview; the code stays as settings know it."""
    async with opened(settings=Settings(reader=ReaderSettings(language="ja"))) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "enter")
        panel = screen.panel()
        assert panel.startswith("訳し落とし")
        assert "omission" in panel
        assert "エラー" in panel
        assert "句の類似度" in panel
        assert "phrase similarity" not in panel
        await screen.press("i")
        assert any(row.endswith("omission (訳し落とし)") for row in screen.listed()), screen.listed()
        await screen.press("escape", "p", "slash", *"訳し足し", "enter")
        assert len(screen.listed()) == 1
