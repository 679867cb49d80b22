"""The rules for facts on a table of pairs written for them, in both directions."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from bead_examples import view

from tui_reader.checks.facts.markup import Markup
from tui_reader.checks.facts.names import Names
from tui_reader.checks.facts.numbers import Numbers
from tui_reader.checks.registry import rules
from tui_reader.checks.rules import Example
from tui_reader.settings import CheckSettings

DATA = Path(__file__).resolve().parents[1] / "data"
TABLES = ("facts.tsv", "facts_unseen.tsv", "facts_kinds.tsv")
"""The second was written when the rules were done, and measured before anything was mended (docs/benchmarks.md).

The third has units beside their multiples, bounds, small counts and old eras.
"""
FAMILIES = [family(CheckSettings()) for family in (Numbers, Names, Markup)]


class Case(NamedTuple):
    """A pair and the one rule that must find something in it, none where it is right."""

    example: Example
    expected: frozenset[str]


@cache
def cases(table: str) -> list[Case]:
    """Every pair of a table, from English and from Japanese."""
    with (DATA / table).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    pairs = [(row["english"], row["japanese"], frozenset[str]()) for row in rows]
    pairs += [(row["english"], row["wrong"], frozenset({row["rule"]})) for row in rows if row["wrong"]]
    return [Case(Example(english, japanese), rule) for english, japanese, rule in pairs] + [
        Case(Example(japanese, english, "ja", "en"), rule) for english, japanese, rule in pairs
    ]


def found(example: Example) -> set[str]:
    """Codes of the rules that report something, without an encoder."""
    bead = view(example)
    return {
        finding.rule
        for family in FAMILIES
        for finding in family.find(bead)
        if finding.confidence >= rules()[finding.rule].threshold("normal")
    }


def test_the_table_is_large_and_covers_every_rule_of_facts() -> None:
    """At least 300 different pairs, right and wrong ones, and each rule several times."""
    english = [case for case in cases(TABLES[0]) if case.example.source_language == "en"]
    assert len(set(english)) >= 300
    assert sum(not case.expected for case in english) >= 200
    for rule in (rule for family in FAMILIES for rule in family.rules):
        assert sum(rule.code in case.expected for case in english) >= 3, rule.code


def test_the_second_table_is_large() -> None:
    """At least 150 pairs that are not in the first."""
    english = {case.example for case in cases(TABLES[1]) if case.example.source_language == "en"}
    assert len(english - {case.example for case in cases(TABLES[0])}) >= 150


@pytest.mark.parametrize("table", TABLES)
def test_precision_and_recall_on_the_tables(table: str) -> None:
    """What the rules report is right (≥ .97), and they report what is wrong (≥ .95)."""
    right = false = missed = 0
    wrong: list[object] = []
    for example, expected in cases(table):
        codes = found(example)
        right += len(codes & expected)
        false += len(codes - expected)
        missed += len(expected - codes)
        wrong += [(example, codes)] if codes != expected else []
    precision, recall = right / (right + false), right / (right + missed)
    print(f"{len(cases(table))} pairs: precision {precision:.3f}, recall {recall:.3f}; wrong: {wrong}")  # noqa: T201
    assert precision >= 0.97
    assert recall >= 0.95
