"""The catalogues of the reader's words."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import polib
import pytest

from tui_reader import tui
from tui_reader.tui.language import CATALOGUES

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
