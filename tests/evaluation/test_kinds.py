"""Kinds of evaluation data: told by their keys, read with care, and worth the figures that one can count by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from annotated import report as report_of
from tui_reader.errors import InputError
from tui_reader.evaluation import html_page, text_page
from tui_reader.evaluation.evaluate import evaluated
from tui_reader.evaluation.kinds import (
    assessments,
    coverage,
    critical_errors,
    error_spans,
    perturbations,
    sentence_beads,
    word_links,
)
from tui_reader.evaluation.kinds.kind import Measured, Setup
from tui_reader.evaluation.kinds.pairs import Checked, losses
from tui_reader.evaluation.kinds.registry import kinds, read_data
from tui_reader.evaluation.kit import read_cases
from tui_reader.evaluation.kit import read_data as read_paths
from tui_reader.model import Bead, CheckedBead, Evidence, Finding, Severity, Side, Span, WordLoss
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui_reader.evaluation.cases import Case
    from tui_reader.evaluation.evaluate import Evaluated

PAIR = {"id": "a", "source": "Dogs bark loudly.", "target": "犬がほえる。"}
TAGS = {"words": [[0, 4], [5, 9]], "bad": "01"}
ROWS: dict[str, dict[str, Any]] = {
    "coverage": PAIR | {"group": "g", "kind": "omission", "origin": "made-up", "gold": [[10, 16]]},
    "assessments": PAIR | {"human": -0.5, "source_tags": TAGS},
    "error spans": PAIR | {"human": 80, "n_missing": 1, "random": True, "spans": []},
    "critical errors": PAIR | {"error": 1},
    "perturbations": {"source": "犬がほえる。", "mt": "Dogs bark.", "perturbed": {"critical_id6_addition": "Big."}},
    "word links": PAIR | {"source": "Dogs bark", "target": "犬 が ほえる", "links": "0-0 1-2", "null_source": []},
    "sentence beads": {"version": "plain", "source": ["Dogs bark."], "target": ["犬がほえる。"], "gold": [[[0], [0]]]},
}


def written(path: Path, *rows: object) -> Path:
    """A file of these rows."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def items(name: str, path: Path, *rows: object) -> list[Any]:
    """What is measured of these rows, which must be of a kind."""
    data = read_data(written(path / "data.jsonl", *rows))
    assert data.kind.name == name
    return list(data.items)


def said(score: float, source: Sequence[float] = (), target: Sequence[float] = ()) -> Checked:
    """What a checker might say of a pair."""
    return Checked(score, {Side.SOURCE: np.asarray(source), Side.TARGET: np.asarray(target)})


def test_every_kind_is_told_by_its_keys(tmp_path: Path) -> None:
    """Whatever the file is called; where the keys of two kinds are there, the kind that asks for more is meant."""
    assert ROWS.keys() == {kind.name for kind in kinds()}
    for name, row in ROWS.items():
        assert read_data(written(tmp_path / "data", row)).kind.name == name


def test_a_folder_gives_all_its_files(tmp_path: Path) -> None:
    """Each file is measured by itself, in the order of the names, and what is no JSON lines is passed over."""
    for number, row in enumerate(ROWS.values()):
        written(tmp_path / f"{number}.jsonl", row)
    (tmp_path / "README.md").write_text("These are rows.", encoding="utf-8")
    assert [data.kind.name for data in read_paths([tmp_path])] == list(ROWS)
    assert [case.id for case in read_cases([tmp_path])] == ["a"]


@pytest.mark.parametrize(
    ("name", "changes", "complaint"),
    [
        ("assessments", {"human": "good"}, "human is 'good'; write human as a number"),
        ("assessments", {"human": float("nan")}, "human is nan"),
        ("assessments", {"human": True}, "human is True"),
        ("assessments", {"source": 5}, "source is 5; write source as a text"),
        ("assessments", {"target": "\ud800"}, "write target as a text"),
        ("assessments", {"source_tags": TAGS | {"bad": "0"}}, "source_tags is {'bad': '0'"),
        ("assessments", {"target_tags": {"words": [[0, 99]], "bad": "0"}}, "[0, 99] in target_tags is no span"),
        ("error spans", {"random": "yes"}, "random is 'yes'; write random as true or false"),
        ("error spans", {"n_missing": None}, "n_missing is None"),
        ("critical errors", {"error": 2}, "error is 2; write error as true or false, 1 or 0"),
        ("critical errors", {"error": []}, "error is []"),
        ("perturbations", {"perturbed": {"a": 1}}, "perturbed is {'a': 1}; write perturbed as texts by their names"),
        ("word links", {"links": "0-9"}, "links is '0-9'; write numbers of words from 0"),
        ("word links", {"links": "0:1"}, "links is '0:1'"),
        ("word links", {"null_source": [7]}, "null_source is [7]"),
        ("sentence beads", {"source": "Dogs bark."}, "write source as a list of texts"),
        ("sentence beads", {"gold": [[[0], [4]]]}, "[[0], [4]] in gold is no bead"),
        ("sentence beads", {"gold": {}}, "gold is {}; write gold as a list"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, name: str, changes: dict[str, Any], complaint: str) -> None:
    """File, line, what is wrong and what to write instead: in one line."""
    path = written(tmp_path / "data.jsonl", ROWS[name], ROWS[name] | changes)
    with pytest.raises(InputError) as caught:
        read_data(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_scores_follow_ratings(tmp_path: Path) -> None:
    """A score that orders as people do correlates wholly; a bad word is told from a good one by its higher loss."""
    some = items("assessments", tmp_path, *(ROWS["assessments"] | {"human": human} for human in (1, 2, 4)))
    loss = [0.1] * 5 + [0.9] * 4 + [0.0] * 8
    table = assessments.figures(some, [said(score, loss) for score in (10, 20, 30)])
    assert table["score"] == pytest.approx({"Spearman": 1, "Pearson": 0.9819805, "Kendall": 1, "n": 3})
    assert table.keys() == {"score", "words of the source"}
    assert (table["words of the source"]["AUC"], table["words of the source"]["n"]) == (1, 6)
    assert table["words of the source"]["base"] == 0.5


def test_ratings_count_in_the_random_sample_only(tmp_path: Path) -> None:
    """Pairs kept for their omissions would make ratings look lower than they are; for omission marks all count."""
    rows = [ROWS["error spans"] | more for more in ({}, {"human": 90, "n_missing": 0}, {"human": 1, "random": False})]
    table = error_spans.figures(items("error spans", tmp_path, *rows), [said(40), said(60), said(50)])
    assert table["score"]["Spearman"] == pytest.approx(1)
    assert table["score"]["n"] == 2
    assert (table["omission mark"]["AUC"], table["omission mark"]["n"]) == (1, 3)


def test_a_low_score_tells_an_error(tmp_path: Path) -> None:
    """Higher for the faulty pair is wrong, a tie is half right."""
    some = items("critical errors", tmp_path, *(ROWS["critical errors"] | {"error": error} for error in (1, 0, 0)))
    table = critical_errors.figures(some, [said(50), said(50), said(70)])
    assert table["critical error"]["AUC"] == 0.75


def test_a_damaged_version_is_compared_with_its_own_sentence(tmp_path: Path) -> None:
    """Each damage by itself and in its group; a tie is no win; texts that are not Japanese into English can say so."""
    first = ROWS["perturbations"] | {"perturbed": {"critical_id6_addition": "a", "base_id35_reference": "b", "x": "c"}}
    some = items("perturbations", tmp_path, first, ROWS["perturbations"] | {"target_lang": "de"})
    assert [one.pair.target_language for one in some] == ["en"] * 4 + ["de"] * 2
    table = perturbations.figures(some, [said(score) for score in (50, 40, 60, 50, 90, 95)])
    assert table == {
        "ADDITION": {"accuracy": 0.5, "ties": 0, "n": 2},
        "ALL": {"accuracy": 0.5, "ties": 0, "n": 2},
        "base_id35_reference": {"accuracy": 0, "ties": 0, "n": 1},
        "critical_id6_addition": {"accuracy": 0.5, "ties": 0, "n": 2},
        "x": {"accuracy": 0, "ties": 1, "n": 1},
    }


def test_links_between_words_that_nobody_annotated_do_not_count(tmp_path: Path) -> None:
    """Two right of three that count; where all words are annotated a fourth counts and is wrong."""
    row = ROWS["word links"] | {"source": "a b c", "target": "x y z", "links": "0-0 1-1", "null_source": []}
    found = frozenset({(0, 0), (1, 1), (1, 2), (2, 2)})
    partly = word_links.figures(items("word links", tmp_path, row), [found])
    assert partly["links"] == pytest.approx({"P": 2 / 3, "R": 1, "AER": 0.2, "n": 1})
    wholly = {key: value for key, value in row.items() if key != "null_source"}
    assert word_links.figures(items("word links", tmp_path, wholly), [found])["links"]["P"] == 0.5


def test_beads_agree_strictly_or_in_part(tmp_path: Path) -> None:
    """A bead that joins too much is lax, an invented insertion costs precision, and documents count together too."""
    row = {
        "source": ["a", "b", "c"],
        "target": ["x", "y", "z"],
        "gold": [[[0], [0]], [[1], [1]], [[2], []], [[], [2]]],
    }
    some = items("sentence beads", tmp_path, row, row)
    assert [(one.documents, len(one.source)) for one in some] == [(0, 3), (0, 3), (2, 6)]
    assert some[2].gold[4:] == (((3,), (3,)), ((4,), (4,)), ((5,), ()), ((), (5,)))
    beads = (((0,), (0,)), ((1, 2), (1,)), ((), (2,)))
    table = sentence_beads.figures(some[:2], [beads, beads])
    assert table.keys() == {"2 documents"}
    figures = table["2 documents"]
    assert [figures[f"{name} P"] for name in ("strict", "lax", "null")] == [0.5, 1, 1]
    assert [figures[f"{name} R"] for name in ("strict", "lax", "null")] == [0.5, 1, 0.5]
    assert figures["lines"] == 6


def seen(case: Case, score: float, loss: float, *found: Finding) -> Evaluated:
    """A report on a pair: of its words the last two have this loss."""
    made = report_of(case.document)
    words = tuple(WordLoss(start, end, p) for start, end, p in ((0, 4, 0.1), (5, 9, 0.1), (10, 16, loss)))
    bead = CheckedBead(case_bead(case), score, found, words, ())
    alignment = type(made.alignment)(case.document.marked, (bead.bead,))
    return evaluated(case, type(made)(case.document, alignment, (bead,), made.signature))


def case_bead(case: Case) -> Bead:
    """The whole pair as a bead."""
    return Bead("b", 0, case.gold[0].source_spans, case.gold[0].target_spans, 0.5)


def test_word_losses_tell_damaged_pairs(tmp_path: Path) -> None:
    """Losses are judged letter by letter, pairs by their surest finding or highest loss; ignored words do not count."""
    row = ROWS["coverage"]
    intact = row | {"id": "b", "kind": "intact", "gold": []}
    damaged, whole = items("coverage", tmp_path, row, intact)
    omission = Finding("omission", Side.SOURCE, Span(10, 16), 0.8, Severity.WARNING, "m", Evidence(None, None, ()), "f")
    answers = [seen(damaged, 40, 0.9, omission), seen(whole, 60, 0.2)]
    table = coverage.KIND.figures([damaged, whole], answers)
    assert table.keys() == {"omission", "other rules, intact pairs"}
    assert (table["omission"]["char AUC"], table["omission"]["char AP"]) == (1, 1)
    assert (table["omission"]["row AUC"], table["omission"]["pair"]) == (1, 1)
    assert (table["omission"]["P"], table["omission"]["R"], table["omission"]["FA/100"]) == (1, 1, 0)
    alarm = coverage.KIND.figures([damaged, whole], [answers[0], seen(whole, 60, 0.2, omission)])
    assert (alarm["omission"]["P"], alarm["omission"]["FA/100"], alarm["omission"]["row AUC"]) == (0.5, 100, 0.5)
    ignored, other = items("coverage", tmp_path, row, intact | {"ignore": {"source": [[10, 16]]}})
    spared = coverage.KIND.figures([ignored, other], [seen(ignored, 40, 0.9, omission), seen(other, 40, 0.2, omission)])
    assert (spared["omission"]["FA/100"], spared["omission"]["row AUC"], spared["omission"]["pair"]) == (0, 1, 0.5)


def test_losses_lie_on_their_letters(tmp_path: Path) -> None:
    """What stands in no word has no loss, and each side has its own."""
    (case,) = items("coverage", tmp_path, ROWS["coverage"])
    painted = losses(seen(case, 50, 0.7).report)
    assert painted[Side.SOURCE].tolist() == [0.1] * 4 + [0] + [0.1] * 4 + [0] + [0.7] * 6 + [0]
    assert painted[Side.TARGET].tolist() == [0] * 6


@pytest.mark.parametrize("name", [name for name in ROWS if name != "coverage"])
def test_the_program_answers_every_item(tmp_path: Path, name: str) -> None:
    """One answer an item, each counted as it comes, and figures of them all: with the real encoder."""
    steps: list[None] = []
    data = read_data(written(tmp_path / "data.jsonl", ROWS[name], ROWS[name]))
    found = data.measured(Setup(CheckSettings(encoder="use", threads=1)), lambda: steps.append(None))
    assert len(steps) == found.items == len(data.items)
    assert found.table
    assert "use-" in found.signature


def measured(path: Path, name: str) -> Measured:
    """A file with figures, one of which is not defined."""
    kind = next(kind for kind in kinds() if kind.name == name)
    return Measured(path, kind, 1200, {"one": {"n": 1200, "AUC": 0.5}, "other": {"AUC": None, "P": 1.0}}, "s|<x>")


def test_tables_of_files_are_lined_up(tmp_path: Path) -> None:
    """Numbers of things come last, what a row does not have is blank, what is not defined is a dash."""
    page = "\n".join(text_page.lines(None, None, [measured(tmp_path / "a\x1b[31m.jsonl", "assessments")]))
    assert "\x1b" not in page
    assert "(1,200 pairs checked)" in page
    assert page.endswith("           AUC      P      n\n  one    0.500         1,200\n  other      -  1.000")


def test_a_page_without_findings_has_the_tables(tmp_path: Path) -> None:
    """Neither plots nor the figures of findings stand there, and no name becomes markup."""
    page = html_page.page(None, None, [measured(tmp_path / "<b>.jsonl", "word links")])
    assert "Word links" in page
    assert "&lt;b&gt;.jsonl" in page
    assert "s|&lt;x&gt;" in page
    assert "<svg" not in page
    assert "Expected calibration error" not in page


def test_data_are_plain_in_json(tmp_path: Path) -> None:
    """File, kind, number of items and figures, as a program reads them."""
    plain = json.loads(json.dumps(measured(tmp_path / "a.jsonl", "word links").as_json()))
    assert plain["file"].endswith("a.jsonl")
    assert (plain["kind"], plain["items"], plain["figures"]["other"]) == ("word links", 1200, {"AUC": None, "P": 1.0})


def test_nothing_is_measured_twice(tmp_path: Path) -> None:
    """Coverage pairs go into the figures of findings as the very reports that their table is made of."""
    (data,) = read_paths([written(tmp_path / "data.jsonl", ROWS["coverage"])])
    made = [seen(case, 50, 0.5) for case in data.items]
    told = replace(data, kind=replace(coverage.KIND, answers=lambda _items, _setup: iter(made)))
    assert list(told.measured(Setup(CheckSettings())).evaluated) == made
