"""The page of a rule, in the language of the reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polib
import pytest
from driving import opened
from lighthouse import whole_check

from tui_reader.checks.registry import rules
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.text.width import cells
from tui_reader.tui.language import CATALOGUES, speak, tr_rule
from tui_reader.tui.screens.rule_page import RulePage

if TYPE_CHECKING:
    from pathlib import Path

TRANSLATED = sorted(CATALOGUES.joinpath("rules").glob("*.po"))
JAPANESE = Settings(reader=ReaderSettings(language="ja"))


def said_by_rules() -> dict[str, str]:
    """What every rule says of itself, and which page says it where."""
    said = {rule.description: f"{code}: what it looks for" for code, rule in rules().items()}
    return said | {rule.cure: f"{code}: what to do" for code, rule in rules().items()}


def test_every_language_of_the_reader_has_the_pages_of_the_rules() -> None:
    """A catalogue of the reader's words without one of the rules would leave half of the page in English."""
    assert [path.name for path in TRANSLATED] == sorted(path.name for path in CATALOGUES.glob("*.po"))


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.stem)
def test_a_catalogue_says_what_the_rules_say_now(path: Path) -> None:
    """Whoever adds a rule translates its description and its cure, and whoever rewords one translates it again."""
    entries = polib.pofile(str(path))
    assert {entry.msgid: entry.comment for entry in entries} == said_by_rules()
    for entry in entries:
        assert re.search("[ぁ-ん].*。$", entry.msgstr), entry.comment
        kept = re.findall(r"\d+(?:,\d+)*|check\.\w+|/\w\w/|%\S*\w|\{\w+\}", entry.msgid)
        assert [piece for piece in kept if piece not in entry.msgstr] == [], entry.comment
        assert cells(entry.msgstr, ambiguous=1) == cells(entry.msgstr, ambiguous=2), "a character of ambiguous width"


def test_what_nobody_has_translated_is_shown_as_it_is(english_afterwards: None) -> None:
    """A rule of another package keeps its words, and one that says nothing says nothing."""
    speak("ja")
    assert tr_rule("A rule of somebody else's.") == "A rule of somebody else's."
    assert tr_rule("") == ""


@pytest.mark.parametrize("size", [(160, 50), (80, 24)])
async def test_the_page_of_a_rule_is_in_the_language_of_the_reader(
    size: tuple[int, int], english_afterwards: None
) -> None:
    """`w`: everything but the examples is Japanese, whole, and nowhere wider than the screen."""
    omission = rules()["omission"]
    async with opened(whole_check, size, JAPANESE) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "w")
        assert isinstance(screen.app.screen, RulePage)
        listed = screen.listed()
        page = "".join(listed)
        for said in (omission.description, omission.cure):
            assert said not in page
            assert tr_rule(said) in page
        assert omission.bad.source.split()[0] in page, "the examples are those of the rule"
        assert max(cells(row) for row in "\n".join(listed).splitlines()) <= size[0] - 6, "3 cells of margin each side"
