"""Negation, opposites and questions on pairs written by hand, in both directions."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from bead_examples import view

from tui_reader.checks.meaning.cues import NEGATION, Cue, unmatched_negations
from tui_reader.checks.meaning.degree import Degree
from tui_reader.checks.meaning.modality import Modality
from tui_reader.checks.meaning.negation import Negation
from tui_reader.checks.meaning.opposed import Opposed
from tui_reader.checks.meaning.poles import _lexicon
from tui_reader.checks.meaning.questions import Questions
from tui_reader.checks.meaning.roles import Roles
from tui_reader.checks.meaning.tense import Tense
from tui_reader.checks.rules import Example
from tui_reader.model import Finding, Span
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from tui_reader.checks.family import Family

TABLE = Path(__file__).resolve().parents[1] / "data/meaning.tsv"
FAMILIES: tuple[type[Family], ...] = (Negation, Opposed, Degree, Modality, Roles, Tense, Questions)


class Row(NamedTuple):
    """A pair and the code of the rule that should speak, ``-`` where none should."""

    expected: str
    english: str
    japanese: str


def rows() -> list[Row]:
    """The table."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [Row(**row) for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]


def findings(example: Example) -> list[Finding]:
    """What the families of meaning find in a pair."""
    return [finding for family in FAMILIES for finding in family(CheckSettings()).find(view(example))]


def both_ways(row: Row) -> tuple[Example, Example]:
    """English to Japanese, and back."""
    return Example(row.english, row.japanese), Example(row.japanese, row.english, "ja", "en")


def test_the_table_is_judged_as_a_person_would() -> None:
    """At least 97 of 100 findings are right, and 95 of 100 faults are found, by the rule that names them."""
    counts: Counter[str] = Counter()
    mistakes: list[str] = []
    for row in rows():
        for example in both_ways(row):
            codes = {finding.rule for finding in findings(example)}
            found, wrong = row.expected in codes, codes - {row.expected}
            missed = not found and row.expected != "-"
            counts.update(found=found, wrong=len(wrong), missed=missed)
            if wrong or missed:
                mistakes.append(f"{row.expected} {sorted(codes)}: {example.source} | {example.target}")
    assert counts["found"] / (counts["found"] + counts["wrong"]) >= 0.97, mistakes
    assert counts["found"] / (counts["found"] + counts["missed"]) >= 0.95, mistakes


def test_the_table_is_large_and_even() -> None:
    """A hundred and twenty pairs at least, a third of them in order."""
    verdicts = Counter(row.expected for row in rows())
    assert verdicts.total() >= 120
    assert verdicts["-"] >= verdicts.total() / 3


@pytest.mark.parametrize("example", both_ways(Row("", "The well is not dry.", "井戸は乾いている。")))
def test_a_finding_points_at_the_word_that_negates(example: Example) -> None:
    """The reader marks the word, on whichever side it stands."""
    (finding,) = findings(example)
    texts = {"source": example.source, "target": example.target}
    assert finding.span.of(texts[finding.side]) == "not"


def test_an_opposite_names_its_counterpart() -> None:
    """So that a person sees both words, and an omission around one of them does not hide the finding."""
    example = Example("The shop opens at the north gate.", "店は南門で開く。")
    (finding,) = findings(example)
    assert finding.span.of(example.target) == "南"
    assert finding.evidence.counterpart is not None
    assert finding.evidence.counterpart.of(example.source) == "north"


def test_other_languages_are_left_alone() -> None:
    """The word lists are English and Japanese; a French negation is not for them."""
    assert findings(Example("Il ne viendra pas.", "彼は来る。", "fr")) == []


def test_cues_of_one_group_explain_each_other_first() -> None:
    """*Prevent* beside 防ぐ leaves nothing over that might stand for a *not* elsewhere."""
    negation, prevent = Cue(Span(0, 3), NEGATION), Cue(Span(9, 12), "prevent")
    assert unmatched_negations([negation, prevent], [prevent]) == [negation]
    assert unmatched_negations([negation], [prevent]) == []


def test_the_extra_negation_is_the_one_far_from_any_counterpart() -> None:
    """Of two negations against one, that in the unmatched half of the sentence is reported."""
    early, late = Cue(Span(2, 5), NEGATION), Cue(Span(80, 83), NEGATION)
    assert unmatched_negations([early, late], [Cue(Span(40, 42), NEGATION)]) == [early]


def test_every_concept_of_the_lexicon_has_words_that_tell_in_both_languages() -> None:
    """A cell of vague words alone could never make its rule speak: the concept would be dead."""
    lexicon = _lexicon()
    telling = {
        (language, pole)
        for language, entries in (("en", lexicon.english), ("ja", lexicon.japanese))
        for found in entries.values()
        for pole, tells, _ in found
        if tells
    }
    for group, (rule, size) in enumerate(zip(lexicon.rules, lexicon.sizes, strict=True)):
        assert rule in {"antonym", "degree", "unit"}
        assert size >= 2, group
        assert len([entry for entry in telling if entry[1].group == group]) == 2 * size, group
