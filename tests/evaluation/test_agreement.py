"""How two passes of annotation are compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui_reader.corpus import corpus_path
from tui_reader.evaluation.agreement import FIRST, SECOND, Agreement, agreement, main
from tui_reader.evaluation.gold import FreedomKind, GoldBead, GoldSeverity, Mark, MarkType
from tui_reader.model import Side, Span

LOSS = Mark(MarkType.OMISSION, Side.SOURCE, Span(10, 20), "a clause", GoldSeverity.MAJOR, natural=True)
FREE = Mark(MarkType.FREEDOM, Side.TARGET, Span(0, 5), "a subject", kind=FreedomKind.DROPPED_SUBJECT)


def bead(*marks: Mark, source_id: str = "one") -> GoldBead:
    """A bead of one sentence on each side with these marks."""
    return GoldBead("b1", source_id, (Span(0, 40),), (Span(0, 30),), marks)


def test_the_same_pass_twice_agrees_wholly() -> None:
    """Freedoms do not count: there is no saying how many a person might have marked."""
    assert agreement([bead(LOSS, FREE)], [bead(LOSS)]) == Agreement((1, 1), 1, (1, 1), 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("other", "matched"),
    [
        (replace(LOSS, span=Span(10, 15)), 1),
        (replace(LOSS, span=Span(10, 14)), 0),
        (replace(LOSS, span=Span(0, 20)), 1),
        (replace(LOSS, span=Span(0, 21)), 0),
        (replace(LOSS, span=Span(20, 30)), 0),
        (replace(LOSS, type=MarkType.DEGREE, side=Side.TARGET), 0),
    ],
)
def test_spans_match_when_they_share_half_of_the_longer(other: Mark, matched: int) -> None:
    """A pass that marks whole sentences must not agree with one that marks words."""
    for first, second in ((LOSS, other), (other, LOSS)):
        found = agreement([bead(first)], [bead(second)])
        assert (found.matched, found.exact) == (matched, 0)


def test_a_problem_is_matched_once_and_in_its_own_source() -> None:
    """Two halves of a span are not two agreements, and offsets of another source mean another text."""
    halves = [bead(replace(LOSS, span=Span(10, 15)), replace(LOSS, span=Span(15, 20)))]
    assert agreement([bead(LOSS)], halves).matched == 1
    assert agreement([bead(LOSS)], [bead(LOSS, source_id="two")]).matched == 0


def test_type_severity_and_beads_are_counted_apart() -> None:
    """Two may find the same words and judge them differently."""
    other = replace(LOSS, severity=GoldSeverity.MINOR)
    longer = replace(bead(other), target_spans=(Span(0, 30), Span(30, 35)))
    found = agreement([bead(LOSS)], [longer])
    assert (found.same_beads, found.matched, found.same_type, found.same_severity) == (0, 1, 1, 0)


def test_the_published_passes_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures in docs/annotation.md come from this command; at least 150 pairs have been annotated twice."""
    main([str(corpus_path())])
    lines = capsys.readouterr().out.splitlines()
    folders = sorted(path.parents[1].name for path in corpus_path().glob(f"*/{SECOND}"))
    assert [line.partition(":")[0] for line in lines] == [*folders, "together"]
    assert all((corpus_path() / name / FIRST).is_file() for name in folders)
    assert int(lines[-1].split()[1]) >= 150
    page = (corpus_path().parent / "docs/annotation.md").read_text(encoding="utf-8")
    assert " ".join(lines[-1].split()) in " ".join(page.split())
