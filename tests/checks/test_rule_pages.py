"""Every rule has a page in docs/rules, and its examples are true."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bead_examples import document

from tui_reader.checks.checker import Checker
from tui_reader.checks.registry import rules
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from tui_reader.checks.rules import Example
    from tui_reader.settings import RuleLevel

GLOSSARY = Path(__file__).resolve().parents[1] / "data/glossary.csv"
PAGES = Path(__file__).resolve().parents[2] / "docs/rules"
_BLOCK = re.compile(r"(?:^ {4}.*\n)+", re.MULTILINE)


@cache
def checker() -> Checker:
    """With every rule switched on, and the glossary and words that the pages speak of."""
    levels: tuple[tuple[str, RuleLevel], ...] = tuple((code, "on") for code in rules())
    return Checker(CheckSettings(rules=levels, glossary=str(GLOSSARY), forbidden="大海原"))


def found(example: Example) -> set[str]:
    """Codes of the rules that find something in an example."""
    return {finding.rule for _, finding in checker().check(document(example)).findings}


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    """Nobody meets a code that is explained nowhere, or reads about one that is gone."""
    assert {page.stem for page in PAGES.glob("*.md")} == set(rules())


@pytest.mark.parametrize("code", sorted(rules()))
def test_a_page_says_what_the_rule_says(code: str) -> None:
    """Title, category, the two examples as they are checked below, and how to switch the rule."""
    rule = rules()[code]
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# `{code}`: {rule.title}\n")
    assert f"ITS 2.0: {rule.category}." in page
    examples = ["\n".join(line[4:] for line in block.splitlines()) for block in _BLOCK.findall(page)]
    assert examples[:2] == [f"{rule.good.source}\n{rule.good.target}", f"{rule.bad.source}\n{rule.bad.target}"]
    assert f"`--rule {code}={'off' if rule.default else 'on'}`" in page


@pytest.mark.parametrize("code", sorted(rules()))
def test_the_examples_are_true(code: str) -> None:
    """The rule finds something in the bad example and nothing in the good one."""
    rule = rules()[code]
    assert code in found(rule.bad)
    assert code not in found(rule.good)


@pytest.mark.parametrize("code", sorted(rules()))
def test_codes_are_kebab_case_and_categories_those_of_its(code: str) -> None:
    """Codes stand in settings and baselines for years; categories are a closed list (ITS 2.0, 8.18)."""
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code)
    assert rules()[code].category in {
        "terminology", "mistranslation", "omission", "untranslated", "addition", "duplication", "inconsistency",
        "grammar", "legal", "register", "locale-specific-content", "locale-violation", "style", "characters",
        "misspelling", "typographical", "formatting", "inconsistent-entities", "numbers", "markup",
        "pattern-problem", "whitespace", "internationalization", "length", "non-conformance", "uncategorized", "other",
    }  # fmt: skip
