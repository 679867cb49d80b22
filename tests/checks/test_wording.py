"""Untranslated text, terms, repetitions, punctuation, brackets and style, on pairs written by hand."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from bead_examples import NOTHING_MEASURED, view

from tui_reader.checks.family import BeadView, Family, SideView
from tui_reader.checks.registry import rules
from tui_reader.checks.rules import Example
from tui_reader.checks.wording.brackets import Brackets
from tui_reader.checks.wording.capitals import Capitals
from tui_reader.checks.wording.consistency import Consistency
from tui_reader.checks.wording.glossary import read_glossary
from tui_reader.checks.wording.grammar import Grammar
from tui_reader.checks.wording.register import PLAIN, POLITE, Register, endings
from tui_reader.checks.wording.repeated import Repeated
from tui_reader.checks.wording.spelling import Spelling
from tui_reader.checks.wording.terms import Terms
from tui_reader.checks.wording.typography import Typography
from tui_reader.checks.wording.unrelated import Unrelated
from tui_reader.checks.wording.untranslated import Untranslated
from tui_reader.errors import InputError, SettingsError
from tui_reader.model import Finding, Side, WordLoss
from tui_reader.settings import CheckSettings

DATA = Path(__file__).resolve().parents[1] / "data"
SETTINGS = CheckSettings(glossary=str(DATA / "glossary.csv"), forbidden="大海原")
FAMILIES = (Untranslated, Terms, Repeated, Spelling, Grammar, Capitals, Typography, Brackets)


def rows() -> list[tuple[str, Example]]:
    """The table: the code of the rule that should speak, ``-`` where none should, and a pair."""
    with (DATA / "wording.tsv").open(encoding="utf-8", newline="") as stream:
        return [
            (row["expected"], Example(row["source"], row["target"], row["source_lang"], row["target_lang"]))
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def in_document(family: Family, beads: list[BeadView]) -> list[Finding]:
    """What a family finds in a whole document."""
    reader = family.reader()
    assert reader is not None
    for bead in beads:
        reader.see(bead)
    return [finding for _, finding in reader.findings()]


def findings(example: Example) -> list[Finding]:
    """What the families of wording find in a pair at normal sensitivity."""
    bead = replace(view(example), is_pair=True)
    found = [finding for family in FAMILIES for finding in family(SETTINGS).find(bead)]
    found += in_document(Brackets(SETTINGS), [bead])
    return [one for one in found if one.confidence >= rules()[one.rule].threshold("normal")]


@pytest.mark.parametrize(("expected", "example"), rows())
def test_each_pair_of_the_table_is_judged_as_a_person_would(expected: str, example: Example) -> None:
    """The rule that names the fault speaks, and no other rule does; nothing is said about a pair in order."""
    assert {finding.rule for finding in findings(example)} == ({expected} if expected != "-" else set())


def beads(sources: list[str], targets: list[str]) -> list[BeadView]:
    """A document, English to Japanese."""
    return [
        BeadView(SideView(one, "en"), SideView(other, "ja"), NOTHING_MEASURED, index)
        for index, (one, other) in enumerate(zip(sources, targets, strict=True))
    ]


def test_a_quotation_may_run_over_several_sentences() -> None:
    """Only what is still open at the end of a document was forgotten."""
    quoted = beads(["a", "b", "c"], ["彼は「風が出た。", "船が帰る。", "急げ」と言った。"])
    assert in_document(Brackets(SETTINGS), quoted) == []
    assert [finding.rule for finding in in_document(Brackets(SETTINGS), quoted[:2])] == ["unpaired-bracket"]


def test_one_plain_sentence_among_polite_ones_is_found() -> None:
    """But not where a text has no style of its own, and not inside a quotation."""
    polite = [
        "風が出ました。",
        "船が帰ります。",
        "港は静かです。",
        "灯がともりました。",
        "「もう遅い」と父は言いました。",
    ]
    (finding,) = in_document(Register(SETTINGS), beads(["-"] * 6, [*polite, "夜が来た。"]))
    assert finding.span.of("夜が来た。") == "が来た"
    assert in_document(Register(SETTINGS), beads(["-"] * 5, polite)) == []
    assert in_document(Register(SETTINGS), beads(["-"] * 6, polite[:3] + ["夜が来た。"] * 3)) == []


def test_the_style_of_a_sentence_is_that_of_its_end() -> None:
    """Polite words inside a quotation and endings in a noun say nothing about the narrator."""
    text = "「行きます」と彼は言った。行きませんでした。美しい朝。静かである。来てください。"
    assert [ending.style for ending in endings(text)] == [PLAIN, POLITE, PLAIN, POLITE]


def test_the_same_sentence_translated_in_two_ways_is_found_within_a_document() -> None:
    """Case, width and punctuation are no difference; a document of its own remembers nothing of another."""
    first, alike, other = beads(
        ["Close the hatch.", "CLOSE THE HATCH!", "Close the hatch."],
        ["ハッチを閉めること。", "ハッチを閉めること！", "昇降口を閉じる。"],
    )
    assert in_document(Consistency(SETTINGS), [first, alike]) == []
    found = in_document(Consistency(SETTINGS), [first, alike, other])
    assert [finding.rule for finding in found] == ["inconsistent-translation"]
    assert in_document(Consistency(SETTINGS), [other]) == []


def measured(cosine: float, words: int) -> BeadView:
    """A bead of so many content words, and the similarity of its sides."""
    losses = dict.fromkeys(Side, tuple(WordLoss(k, k + 1, 0.1) for k in range(words)))
    coverage = replace(NOTHING_MEASURED, cosine=cosine, losses=losses, content=dict.fromkeys(Side, (True,) * words))
    return BeadView(SideView("a" * words, "en"), SideView("あ" * words, "ja"), coverage)


def test_unrelated_texts_are_those_of_opposite_vectors_and_enough_words() -> None:
    """Short texts have vectors that say little."""
    assert [finding.rule for finding in Unrelated(SETTINGS).find(measured(-0.05, 6))] == ["unrelated"]
    assert list(Unrelated(SETTINGS).find(measured(0.5, 6))) == []
    assert list(Unrelated(SETTINGS).find(measured(-0.05, 2))) == []


def test_a_wrong_word_points_at_both_texts() -> None:
    """A forbidden translation is marked where it stands, with the term that it should translate."""
    example = Example("The harbour master spoke.", "港主任が話した。")
    (finding,) = findings(example)
    assert finding.side is Side.TARGET
    assert finding.span.of(example.target) == "港主任"
    assert finding.evidence.counterpart is not None
    assert finding.evidence.counterpart.of(example.source) == "harbour master"


def test_a_glossary_changes_the_signature() -> None:
    """Two reports with different terms must not be compared as if nothing had changed."""
    assert Terms(CheckSettings()).signature == ""
    assert Terms(SETTINGS).signature != Terms(CheckSettings(forbidden="海")).signature


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "there is nothing"),
        ("term,translation\nmill,水車\n", ":1: the first line must name the columns; source is missing"),
        ("source,target,why\nmill,水車,x\n", ":1: the column 'why' means nothing here"),
        ("source,target\nmill,水車,x\n", ":2: this row has 3 cells"),
        ("source,target\n,水車\n", ":2: this row names no source word"),
        ("source,target\nmill,\n", ":2: this row names neither a target nor a forbidden word"),
        ("source,target,forbidden\nmill,水車|工場,工場\n", ":2: '工場' is both target and forbidden"),
        ("source,target\nmill,水車\n\nMill,工場\n", ":4: 'Mill' has a row on line 2 already"),
        ("source,target\n", "there is no term"),
        ('source,target\n"mill,水車\n', "this row cannot be read"),
    ],
)
def test_a_bad_glossary_is_refused_with_its_line(tmp_path: Path, content: str, message: str) -> None:
    """A person can go there and mend it."""
    path = tmp_path / "terms.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_glossary(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_a_glossary_may_be_separated_by_tabs_and_quoted(tmp_path: Path) -> None:
    """As spreadsheets write them."""
    path = tmp_path / "terms.tsv"
    path.write_text('source\ttarget\n"mill, old"\t水車|水車小屋\n', encoding="utf-8")
    (term,) = read_glossary(path).terms
    assert (term.source, term.targets, term.line) == (("mill, old",), ("水車", "水車小屋"), 2)


def test_forbidden_words_that_are_none_are_refused() -> None:
    """A setting that does nothing is a mistake."""
    with pytest.raises(SettingsError, match="names no word"):
        Terms(CheckSettings(forbidden=" | "))
