"""Sentences that the translation has at another place are told by every report that has room for it, as no fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from report_example import HOSTILE, SIGNATURE, span_of
from tui_reader.formats.decode import LineLocator
from tui_reader.model import Alignment, Bead, Block, CheckedBead, Document, Passage, Report, Source, Span, Text
from tui_reader.reports import registry
from tui_reader.reports.moved import moves
from tui_reader.reports.report import ReportOptions

ENGLISH = ("The ferry leaves at noon.", "Nobody waits.", "The gulls do.", "It rains.")
JAPANESE = ("誰も待たない。", "待つのはカモメだ。", "船は正午に出る。", "雨が降る。")
ORDER = ((1, 0), (2, 1), (0, 2), (3, 3))


def _text(sentences: tuple[str, ...], language: str, name: str) -> Text:
    content = "\n".join(sentences)
    return Text(content, language, (Block(Span(0, len(content))),), Path(name), LineLocator(content))


def swapped(
    source: tuple[str, ...] = ENGLISH, order: tuple[tuple[int, int], ...] = ORDER, *, pairs: bool = False
) -> Report:
    """A translation that begins with the second and the third sentence and then says the first."""
    one, other = _text(source, "en", "ferry.en.md"), _text(JAPANESE, "ja", "town.md")
    passage = Passage("p1", "ferry", Span(0, len(one)), Span(0, len(other)), marked=pairs)
    beads = tuple(
        Bead(
            f"p1.{k}",
            0,
            (span_of(one.content, source[i]),),
            (span_of(other.content, JAPANESE[j]),),
            0.7,
            moved=i in (1, 2),
        )
        for k, (i, j) in enumerate(order)
    )
    document = Document("town", other, (Source("ferry", one),), "町", (passage,) if pairs else (), pairs)
    return Report(document, Alignment((passage,), beads), tuple(CheckedBead(bead, 80.0) for bead in beads), SIGNATURE)


def written(name: str, made: Report) -> str:
    """The report in a format."""
    writer = registry.writer(name)(ReportOptions(width=80))
    return "\n".join([*writer.write(made), *writer.close()])


def test_neighbours_on_both_sides_are_one_move() -> None:
    """Two sentences that moved together are told once; what stays in its place is not told."""
    (move,) = moves(swapped())
    assert (move.target.start.line, move.target.end.line) == (1, 2)
    assert (move.source.start.line, move.source.end.line) == (2, 3)


def test_sentences_that_part_are_two_moves() -> None:
    """What has changed places with each other is not run together."""
    made = swapped(order=((2, 0), (1, 1), (0, 2), (3, 3)))
    assert len(list(moves(made))) == 2


def test_text_says_where_and_what() -> None:
    """Line and column of both places with the words."""
    lines = written("text", swapped()).splitlines()
    assert "At another place than in the source" in lines
    assert "  1:1 “誰も待たない。 待つのはカモメだ。” ← source 2:1 “Nobody waits. The gulls do.”" in lines


def test_markdown_says_where() -> None:
    """Below its document."""
    assert "  - `town.md:1` stands at another place than `ferry.en.md:2`" in written("markdown", swapped())


def test_page_says_where_the_source_has_it() -> None:
    """In the row of each moved sentence and of no other."""
    page = written("html", swapped())
    assert page.count('<p class="moved">') == 2
    assert "moved: the source has this in line 2" in page


def test_json_says_which() -> None:
    """Each record of a sentence pair, and that of a pair whose sentences moved inside it."""
    (document,) = json.loads(written("json", swapped()))["documents"]
    assert [record["moved"] for record in document["results"]] == [True, True, False, False]
    (line,) = written("jsonl", swapped(pairs=True)).splitlines()
    assert json.loads(line)["moved"] is True


def test_sarif_notes_it_beside_the_results() -> None:
    """As a notification of the run: a scanner must not count it as a fault."""
    (run,) = json.loads(written("sarif", swapped()))["runs"]
    assert run["results"] == []
    ((note,),) = [invocation["toolExecutionNotifications"] for invocation in run["invocations"]]
    assert note["level"] == "note"
    places = [place["physicalLocation"] for place in note["locations"]]
    assert [place["artifactLocation"]["uri"] for place in places] == ["town.md", "ferry.en.md"]
    assert [place["region"]["startLine"] for place in places] == [1, 2]


@pytest.mark.parametrize("name", ["text", "markdown", "html", "sarif"])
def test_nothing_moved_nothing_said(name: str) -> None:
    """A report without moves looks as it always did."""
    still = swapped()
    beads = tuple(
        CheckedBead(Bead(b.id, 0, b.source_segments, b.target_segments, 0.7), 80.0) for b in still.alignment.beads
    )
    said = written(name, Report(still.document, Alignment(still.alignment.passages, ()), beads, SIGNATURE))
    assert "another place" not in said
    assert 'class="moved"' not in said


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_moved_words_steer_nothing(name: str) -> None:
    """Words of a moved sentence are shown like all words of a file: harmless."""
    said = written(name, swapped(("x.", HOSTILE, "y.", "z.")))
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert not any(line.startswith("::") for line in said.splitlines())
    assert "<script>alert" not in said
