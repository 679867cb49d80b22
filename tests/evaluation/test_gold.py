"""Gold annotations as they are read, and how bad ones are refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tui_reader.errors import InputError
from tui_reader.evaluation.gold import FreedomKind, GoldBead, GoldSeverity, Mark, MarkType, read_genre, read_gold
from tui_reader.model import Side, Span

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = "The ferry sails at nine, if the fog allows. Dogs travel free."
JAPANESE = "渡し船は九時に必ず出る。"
OMITTED = "if the fog allows"
FIRST = "The ferry sails at nine, if the fog allows."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document of one sentence that lost a condition, won a certainty, and lost its neighbour."""
    (tmp_path / "document.toml").write_text('text = "text.ja.md"\n[[source]]\nfile = "ferry.en.md"\n', encoding="utf-8")
    (tmp_path / "text.ja.md").write_text(JAPANESE, encoding="utf-8")
    (tmp_path / "ferry.en.md").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


def mark(**changed: object) -> dict[str, Any]:
    """The lost condition as it stands in a file, with some keys changed."""
    start = ENGLISH.index(OMITTED)
    right = {
        "type": "omission",
        "side": "source",
        "start": start,
        "end": start + len(OMITTED),
        "text": OMITTED,
        "severity": "major",
        "natural": True,
        "note": "condition",
    }
    return {key: value for key, value in {**right, **changed}.items() if value is not None}


def bead(*marks: dict[str, Any], **changed: object) -> dict[str, Any]:
    """The first bead as it stands in a file, with some keys changed."""
    right = {
        "id": "b1",
        "source_id": "ferry",
        "source_spans": [[0, len(FIRST)]],
        "target_spans": [[0, len(JAPANESE)]],
        "source": [FIRST],
        "target": [JAPANESE],
        "marks": list(marks),
    }
    return {key: value for key, value in {**right, **changed}.items() if value is not None}


def write(folder: Path, *beads: dict[str, Any]) -> Path:
    """The folder, its gold written."""
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in beads)
    (folder / "gold.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_beads_and_marks_are_read_as_they_stand(folder: Path) -> None:
    """Spans, types and both kinds of marks arrive; a sentence left out has an empty target."""
    free = mark(type="freedom", start=0, end=9, text="The ferry", severity=None, natural=None, kind="culture")
    certain = mark(type="degree", side="target", start=7, end=9, text="必ず", counterpart=[25, 42], natural=False)
    lost = bead(id="b2", source_spans=[[44, 61]], source=["Dogs travel free."], target_spans=[], target=[], moved=True)
    first, second = read_gold(write(folder, bead(mark(), free, certain), lost))
    major = GoldSeverity.MAJOR
    omission = Mark(MarkType.OMISSION, Side.SOURCE, Span(25, 42), "condition", major, natural=True)
    degree = Mark(MarkType.DEGREE, Side.TARGET, Span(7, 9), "condition", major, counterpart=Span(25, 42))
    freedom = Mark(MarkType.FREEDOM, Side.SOURCE, Span(0, 9), "condition", kind=FreedomKind.CULTURE)
    assert first == GoldBead("b1", "ferry", (Span(0, 43),), (Span(0, 12),), (omission, freedom, degree))
    assert first.problems == (omission, degree)
    assert second == GoldBead("b2", "ferry", (Span(44, 61),), (), moved=True)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (bead(mark(), source_id="bus"), "no source 'bus'"),
        (bead(source_spans=[[0, 999]]), "no span of the source text"),
        (bead(source_spans=[[0, 10]]), "do not hold the sentences"),
        (bead(source_spans=[[0, 43], [30, 43]]), "overlap"),
        (bead(source_spans=[], source=[], target_spans=[], target=[]), "both sides"),
        (bead(marks=None), "'marks' is missing"),
        (bead(mark(text="if it rains")), "not what stands there"),
        (bead(mark(start=44, end=61, text="Dogs travel free.")), "outside its bead"),
        (bead(mark(type="loss")), "write one of: omission, addition"),
        (bead(mark(type="number")), "on the source side"),
        (bead(mark(severity=None)), "severity is None"),
        (bead(mark(type="freedom")), "kind is None"),
    ],
)
def test_a_bad_line_is_named(folder: Path, line: dict[str, Any], complaint: str) -> None:
    """Whoever annotates by hand learns which line is wrong and why, in one line of text."""
    good = bead(id="b0")
    with pytest.raises(InputError) as caught:
        read_gold(write(folder, good, line))
    assert (caught.value.line, caught.value.path) == (2, folder / "gold.jsonl")
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("line", ["{", "[]", "3"])
def test_what_is_no_object_is_refused(folder: Path, line: str) -> None:
    """A broken file ends in a message, not in a traceback."""
    (folder / "gold.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match="object a line"):
        read_gold(folder)


def test_ids_are_unique(folder: Path) -> None:
    """Two beads of one name could not be told apart in a report."""
    with pytest.raises(InputError, match="two beads 'b1'"):
        read_gold(write(folder, bead(), bead()))


def test_missing_gold_is_said(folder: Path) -> None:
    """A document without annotations cannot be evaluated, and the message says what it lacks."""
    with pytest.raises(InputError, match=r"no gold annotations; write gold\.jsonl"):
        read_gold(folder)


def test_a_document_may_say_its_genre(folder: Path) -> None:
    """Figures by genre need a name that the document itself gives; without one the document still opens."""
    assert read_genre(folder) is None
    description = folder / "document.toml"
    description.write_text('genre = "timetable"\n' + description.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_genre(folder) == "timetable"
    assert read_gold(write(folder, bead()))[0].id == "b1"
