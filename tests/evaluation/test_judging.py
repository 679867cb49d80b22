"""Which findings count as right: the half-overlap rule, freedoms, other problems, other rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotated import SOURCE, finding, mark, report, sentence, write_document
from tui_reader.evaluation.cases import Case, GoldIndex
from tui_reader.evaluation.evaluate import evaluated
from tui_reader.evaluation.gold import GoldBead, MarkType
from tui_reader.evaluation.judging import Judged, Verdict, judge
from tui_reader.evaluation.kit import read_cases
from tui_reader.evaluation.statistics import Counts
from tui_reader.model import Alignment, Bead, Passage, Side, Span

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import Finding


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Three beads: a lost condition and a wrong number, a freedom, an addition."""
    (found,) = read_cases([write_document(tmp_path)])
    return found


def judged(case: Case, *found: tuple[int, Finding]) -> Judged:
    """What the gold says of these findings."""
    return judge(case, report(case.document, *found))


def verdict(case: Case, rule: str, words: str, counterpart: str | None = None) -> Verdict:
    """What the gold says of one finding."""
    (only,) = judged(case, finding(rule, words, counterpart=counterpart)).findings
    return only.verdict


@pytest.mark.parametrize(
    ("rule", "words", "expected"),
    [
        ("omission", "if the fog allows", Verdict.RIGHT),
        ("omission", "fog", Verdict.RIGHT),
        ("omission", "at nine, if the fog allows", Verdict.RIGHT),
        ("omission", "The ferry sails at nine, if", Verdict.WRONG),
        ("omission", "Dogs", Verdict.WRONG),
        ("omission", "nine", Verdict.UNCOUNTED),
        ("addition", "昼寝", Verdict.RIGHT),
        ("addition", "無料", Verdict.WRONG),
        ("addition", "十時", Verdict.UNCOUNTED),
        ("addition", "毎朝", Verdict.WRONG),
    ],
)
def test_half_of_a_finding_must_lie_in_gold(case: Case, rule: str, words: str, expected: Verdict) -> None:
    """A freedom is a false alarm; what is another problem, and the source's words for it, counts neither way."""
    assert verdict(case, rule, words) is expected


def test_a_finding_on_a_freedom_names_it(case: Case) -> None:
    """Whoever reads the false alarms learns which of them the annotator saw coming."""
    (only,) = judged(case, finding("addition", "無料")).findings
    assert [mark.type for mark in only.freedoms] == [MarkType.FREEDOM]


@pytest.mark.parametrize(
    ("words", "found", "exact"),
    [
        ("the fog", False, False),
        ("the fog allows", True, False),
        ("if the fog allows.", True, True),
        ("", False, False),
    ],
)
def test_half_of_a_gold_span_must_be_covered(case: Case, words: str, found: bool, exact: bool) -> None:
    """A finding of one word has not found a clause; punctuation at the ends makes no difference."""
    result = judged(case, *([finding("omission", words)] if words else []))
    omission = next(m for m in result.marks if m.mark.type is MarkType.OMISSION)
    assert (omission.found, omission.exact, omission.by_any) == (found, exact, bool(words))


def test_two_findings_may_cover_a_span_together(case: Case) -> None:
    """What counts is what a person sees marked, in however many pieces."""
    result = judged(case, finding("omission", "if the"), finding("omission", "allows"))
    assert [m.found for m in result.marks if m.mark.type is MarkType.OMISSION] == [True]


def test_other_rules_are_right_where_they_touch_a_problem(case: Case) -> None:
    """A number rule is judged by its place, or by the place on the other side that it names."""
    assert verdict(case, "number", "十時") is Verdict.RIGHT
    assert verdict(case, "number", "毎朝", counterpart="nine") is Verdict.RIGHT
    assert verdict(case, "name", "無料") is Verdict.WRONG
    assert verdict(case, "brackets", "無料") is Verdict.UNCOUNTED
    result = judged(case, finding("number", "十時"))
    assert [m.found for m in result.marks if m.mark.type is MarkType.NUMBER] == [True]
    assert [m.found for m in judged(case, finding("addition", "十時")).marks if m.mark.type is MarkType.NUMBER] == [
        False
    ]


def test_counts_leave_out_what_is_uncounted(case: Case) -> None:
    """Precision is right findings over those that count, recall covered gold over all gold."""
    found = evaluated(
        case,
        report(case.document, finding("omission", "nine"), finding("omission", "Dogs"), finding("omission", "fog")),
    )
    assert found.spans("omission") == Counts(1, 2, 0, 1)
    assert found.spans("addition") == Counts(0, 0, 0, 1)


def test_a_sentence_quoted_twice_is_judged_where_it_is_quoted(tmp_path: Path) -> None:
    """A condition that one quotation drops and another keeps: a finding is right in the first only."""
    (case,) = read_cases([write_document(tmp_path, ([mark("omission", "if the fog allows")], [], []))])
    first = case.gold[0]
    again = GoldBead("again", first.source_id, first.source_spans, case.gold[2].target_spans)
    twice = replace(case, gold=(first, case.gold[1], again))
    (number, one), (_, other) = finding("omission", "fog"), finding("omission", "fog")
    made = report(case.document, (number, one), (2, other))
    beads = tuple(
        replace(bead, source_segments=first.source_spans) if k == 2 else bead
        for k, bead in enumerate(made.alignment.beads)
    )
    checked = tuple(replace(c, bead=bead) for c, bead in zip(made.beads, beads, strict=True))
    result = judge(twice, replace(made, alignment=replace(made.alignment, beads=beads), beads=checked))
    assert [f.verdict for f in result.findings] == [Verdict.RIGHT, Verdict.WRONG]


def test_beads_are_found_by_both_sides_before_one(case: Case) -> None:
    """A bead of the checker that is one sentence off still belongs to the gold bead that it shares most with."""
    index = GoldIndex(case.gold)

    def bead(source: tuple[int, ...], target: tuple[int, ...]) -> Bead:
        return Bead(
            "b",
            0,
            tuple(sentence(Side.SOURCE, k) for k in source),
            tuple(sentence(Side.TARGET, k) for k in target),
            1.0,
        )

    assert index.of(bead((0,), (0,)), "ferry") == [0]
    assert index.of(bead((0, 1), (1,)), "ferry") == [1]
    assert index.of(bead((0,), (1,)), "ferry") == [1]
    assert index.of(bead((2,), ()), "ferry") == [2]
    assert index.of(bead((2,), ()), "bus") == []


def test_what_nobody_annotated_is_a_false_alarm(case: Case) -> None:
    """A passage that reaches too far makes findings on words without gold; a person would still have to read them."""
    head = "A head.\n"
    document = case.document
    (source,) = document.sources
    longer = replace(source, text=replace(source.text, content=SOURCE + "\n" + head))
    made = report(replace(document, sources=(longer,)))
    span = Span(len(SOURCE) + 1, len(SOURCE) + len(head))
    bead = Bead("p1.4", 0, (span,), (), 0.0)
    extra = replace(made.beads[0], bead=bead, findings=(replace(finding("omission", "fog")[1], span=span),))
    alignment = Alignment((Passage("p1", "ferry", Span(0, span.end), Span(0, 9)),), (*made.alignment.beads, bead))
    result = judge(case, replace(made, alignment=alignment, beads=(*made.beads, extra)))
    assert [(f.verdict, f.gold_bead) for f in result.findings] == [(Verdict.WRONG, None)]
