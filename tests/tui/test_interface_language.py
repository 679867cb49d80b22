"""The catalogues of the reader's words."""

from __future__ import annotations

import ast
import re
import string
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from driving import opened
from lighthouse import whole_check

from tui_reader import checks, tui
from tui_reader.checks.registry import rules
from tui_reader.model import CheckedBead, Report
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.tui.finding_wording import SHAPES, said
from tui_reader.tui.language import CATALOGUES, speak
from tui_reader.tui.rule_wording import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Alignment, Document

FOLDER = Path(next(iter(tui.__path__)))


def marked() -> set[str]:
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
    assert {entry.msgid for entry in entries} == marked()
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


def sentences_of_rules() -> set[str]:
    """What the code of the rules says in quotation marks, every value in it as a hole."""
    found = set()
    for path in Path(next(iter(checks.__path__))).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
                sentence = "".join(map(str, parts))
                if "“" in sentence and sentence.endswith("."):
                    found.add(sentence)
    return found


# Put together from several pieces, each of which stands in a shape of its own.
PIECED = {
    "The {} lacks “{}” of the {}.",
    "“{}” {}.",
    "The glossary translates “{}”{}.",
    "“{}” is not the glossary's word for “{}”{}.",
}


def test_every_sentence_of_a_rule_has_a_shape(english_afterwards: None) -> None:
    """A rule that is added or says something else is understood by the reader in every language."""
    sentences = sentences_of_rules()
    assert len(sentences) > 15
    speak("ja")
    for sentence in sentences - PIECED:
        assert said(sentence) != sentence, sentence


def test_what_is_said_keeps_its_words(english_afterwards: None) -> None:
    """Whatever stands in a shape comes through as it is; what fits no shape is shown as it was said."""
    values = {"words": "a “b” {c}\n", "other": "十％", "language": "de", "terms": "港長” or “船長"}
    for language in ("en", "ja"):
        speak(language)
        for shape in SHAPES:
            message = shape.format(**values)
            shown = said(message)
            assert (shown == message) == (language == "en")
            kept = {name: value.replace("” or “", "」か「") for name, value in values.items()}
            assert all(kept[name] in shown for name in fields(shape)) or language == "en"
        assert said("Something else.") == "Something else."


async def test_ctrl_c_tells_the_key_in_japanese(english_afterwards: None) -> None:
    """Not in the words of the toolkit, and the key is the person's own."""
    reader = ReaderSettings(language="ja", keys=(("quit", "f10"),))
    async with opened(settings=Settings(reader=reader)) as screen:
        await screen.finished()
        await screen.press("ctrl+c")
        (told,) = screen.app._notifications
        assert (told.title, told.message) == ("", "終了するには f10 を押します")


def english_check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """A check whose first finding says what the program's own would."""
    for result in whole_check(document):
        if isinstance(result, CheckedBead):
            yield _said_as_usual(result)
        elif isinstance(result, Report):
            yield replace(result, beads=tuple(map(_said_as_usual, result.beads)))
        else:
            yield result


def _said_as_usual(bead: CheckedBead) -> CheckedBead:
    message = "The translation has no counterpart for “as the inspectors advised”."
    return replace(bead, findings=tuple(replace(finding, message=message) for finding in bead.findings))


async def test_what_is_said_of_a_problem_is_japanese(english_afterwards: None) -> None:
    """Message, severity and signals in the panel, the list and the overview; the code stays as settings know it."""
    async with opened(english_check, settings=Settings(reader=ReaderSettings(language="ja"))) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "enter")
        panel = screen.panel()
        assert panel.startswith("「as the inspectors advised」に対応する訳がありません。")
        assert "omission (訳抜け)" in panel
        assert "エラー" in panel
        assert "句の類似度" in panel
        assert "phrase similarity" not in panel
        await screen.press("i")
        assert any(row.endswith("omission (訳抜け)") for row in screen.listed()), screen.listed()
        await screen.press("escape", "p", "slash", *"訳し足し", "enter")
        assert len(screen.listed()) == 1
