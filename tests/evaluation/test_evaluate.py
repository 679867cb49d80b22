"""From files to figures: what can be evaluated, what is counted, what a page says."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from annotated import finding, mark, report, write_document
from tui_reader.checks.coverage.confidence import PREVALENCE
from tui_reader.errors import InputError
from tui_reader.evaluation import evaluate as evaluating
from tui_reader.evaluation import html_page, plots, text_page
from tui_reader.evaluation.comparison import compare, read_evaluation
from tui_reader.evaluation.evaluate import Evaluated, evaluate, evaluated
from tui_reader.evaluation.figures import Figures, as_json, figures
from tui_reader.evaluation.gold_alignment import gold_alignment, lax_beads, strict_beads, unmatched
from tui_reader.evaluation.kit import read_cases
from tui_reader.evaluation.mistakes import mistakes
from tui_reader.evaluation.statistics import Counts
from tui_reader.model import Side, Span
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui_reader.evaluation.cases import Case
    from tui_reader.model import Document, Report


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Three beads: a lost condition and a wrong number, a freedom, an addition."""
    (found,) = read_cases([write_document(tmp_path)])
    return found


@pytest.fixture
def items(case: Case) -> list[Evaluated]:
    """One right finding, one false alarm on a freedom, and a miss."""
    found = finding("omission", "if the fog allows", 0.9), finding("addition", "無料", 0.6)
    return [evaluated(case, report(case.document, *found))]


def pair(kind: str, **more: object) -> str:
    """A line of a file of pairs with spans."""
    row: dict[str, Any] = {"id": kind, "group": "g", "kind": kind, "origin": "made", "gold": []}
    row |= {"source": "Dogs bark loudly.", "target": "犬がほえる。", "ignore": {"source": [[0, 4]], "target": []}}
    return json.dumps(row | more) + "\n"


def test_a_folder_gives_every_document_in_it(tmp_path: Path) -> None:
    """A document, a folder of documents and a description file are all paths to cases."""
    for name in ("ferry", "another"):
        write_document(tmp_path / name)
    (tmp_path / "without gold").mkdir()
    assert [case.id for case in read_cases([tmp_path])] == ["another", "ferry"]
    (one,) = read_cases([tmp_path / "ferry" / "document.toml"])
    assert (one.genre, one.direction, len(one.gold)) == ("timetable", "en→ja", 3)


def test_pairs_are_judged_in_the_direction_of_their_damage(tmp_path: Path) -> None:
    """An intact pair tells about both rules, a damaged one about its own; ignored words count neither way."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(pair("intact") + pair("omission", gold=[[10, 16]]), encoding="utf-8")
    intact, damaged = read_cases([path])
    assert intact.rules == {"omission", "addition"}
    assert damaged.rules == {"omission"}
    assert (damaged.group, damaged.genre) == ("g", "made")
    assert [m.span for m in damaged.gold[0].marks] == [Span(10, 16)]
    assert damaged.uncounted[Side.SOURCE] == (Span(0, 4),)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "pairs.jsonl: there is no line in this file"),
        ("{", "pairs.jsonl:1: this line is not JSON"),
        (pair("intact") + "5", "pairs.jsonl:2: this line is no JSON object"),
        (pair("broken"), "kind is 'broken'; write one of: intact, omission, addition"),
        (pair("omission", gold=[[3, 99]]), "[3, 99] in gold is no span of its text"),
        (pair("intact", gold=[[0, 4]]), "gold is [[0, 4]]; leave it empty"),
        (pair("omission", ignore={"source": [["a", 4]]}), "['a', 4] in ignore is no span"),
        (pair("intact") + json.dumps({"id": "1"}), "pairs.jsonl:2: it has no 'gold'; write gold, group, kind, source"),
        (json.dumps({"id": "1"}), "pairs.jsonl:1: no kind of evaluation data has these keys; write those of one kind"),
    ],
)
def test_a_bad_file_of_pairs_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    """One line says which line of which file is wrong and what is expected."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read_cases([path]))
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    """Figures of nothing would read as a perfect checker."""
    with pytest.raises(InputError, match="nothing here has gold annotations"):
        list(read_cases([tmp_path]))


def test_what_has_no_gold_is_refused(tmp_path: Path) -> None:
    """A misspelled path and a text without annotations are told apart."""
    (tmp_path / "text.md").write_text("Dogs bark.", encoding="utf-8")
    with pytest.raises(InputError, match=r"text\.md: this has no gold annotations; name a document folder"):
        list(read_cases([tmp_path / "text.md"]))
    for name in ("tetx.md", "pairs.jsonl"):
        with pytest.raises(InputError, match=rf"{name}: there is no such file"):
            list(read_cases([tmp_path / name]))


def test_every_table_counts_the_same_findings(items: list[Evaluated]) -> None:
    """Overall, by genre, by direction and by type: one omission found, one alarm on a freedom, one addition missed."""
    found = figures(items)
    omission, addition = Counts(1, 1, 1, 1), Counts(0, 1, 0, 1)
    expected = {"omission": omission, "addition": addition, "both": omission + addition}
    assert found.spans == found.exact == expected
    assert found.by["genre"] == {"timetable": expected}
    assert found.by["direction"] == {"en→ja": expected}
    assert found.types["number"] == (0, 0, 1)
    assert found.rules == {"omission": (1, 0, 0), "addition": (0, 1, 0)}
    assert found.freedoms == {"culture": (1, 1)}
    assert found.recall["severity"]["minor"]["addition"] == Counts(found=0, wanted=1)
    assert found.recall["natural"]["put in as a test"]["addition"].wanted == 1
    assert found.calibration_error == pytest.approx((0.1 + 0.6) / 2)


def test_faulty_beads_are_told_by_their_score(items: list[Evaluated]) -> None:
    """Of three beads the two with problems have the lower scores; their costs are 10 and 1."""
    found = figures(items)
    assert found.detection["any problem"] == (1.0, 0.5, 3, 2)
    assert found.score_of_beads == pytest.approx(1)
    assert [bead.cost for bead in items[0].beads] == [10, 0, 1]


def test_calibration_is_weighed_to_the_share_of_damage_that_confidences_are_meant_for(case: Case) -> None:
    """Three intact pairs with a false alarm, one damaged with a right finding: 15 % are right if 15 % are damaged."""
    false, right = finding("omission", "Dogs", 0.55), finding("omission", "if the fog allows", 0.55)
    intact = evaluated(replace(case, damaged=False), report(case.document, false))
    damaged = evaluated(replace(case, damaged=True), report(case.document, right))
    (only,) = figures([intact, intact, intact, damaged]).calibration
    assert only.findings == 4
    assert only.right == pytest.approx(PREVALENCE["omission"])
    (unweighted,) = figures([replace(item, case=case) for item in (intact, intact, intact, damaged)]).calibration
    assert unweighted.right == 0.25


def test_json_has_the_figures_at_the_top(items: list[Evaluated]) -> None:
    """Programs read precision, recall and F1 without knowing the rest, and what is not defined is null."""
    plain = json.loads(json.dumps(as_json(figures(items))))
    assert [plain[name] for name in ("precision", "recall", "f1")] == [0.5, 0.5, 0.5]
    assert plain["alignment"]["unmatched"]["precision"] is None
    assert plain["score_correlation"]["documents"] is None


def test_agreement_of_beads(case: Case) -> None:
    """Strict beads are equal, lax ones share a sentence on both sides, and an unmatched sentence is one on both."""
    assert strict_beads(case.gold, gold_alignment(case.gold)) == Counts(3, 3, 3, 3)
    first, second, third = gold_alignment(case.gold).beads
    joined = replace(
        first,
        source_segments=(*first.source_segments, *second.source_segments),
        target_segments=(*first.target_segments, *second.target_segments),
    )
    alone = replace(third, target_segments=())
    changed = replace(gold_alignment(case.gold), beads=(joined, alone))
    assert strict_beads(case.gold, changed) == Counts(0, 1, 0, 3)
    assert lax_beads(case.gold, changed) == Counts(1, 1, 2, 3)
    assert unmatched(case.gold, changed) == Counts(0, 1, 0, 0)


def test_the_gold_beads_can_be_handed_to_the_checker(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """With them the alignment is perfect, whatever the aligner would have done."""

    def no_aligner(*_: object) -> None:
        raise AssertionError("the aligner was asked")

    monkeypatch.setattr("tui_reader.checks.checker.align_document", no_aligner)
    (found,) = evaluate([case], CheckSettings(encoder="use", cache="off"), gold_beads=True)
    assert found.strict == Counts(3, 3, 3, 3)
    with pytest.raises(AssertionError, match="the aligner was asked"):
        list(evaluate([case], CheckSettings(encoder="use", cache="off")))


def test_pairs_and_documents_come_out_in_order(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs are checked together, documents one by one, and every report meets its own gold."""
    (tmp_path / "pairs.jsonl").write_text(pair("intact"), encoding="utf-8")
    (one,) = read_cases([tmp_path / "pairs.jsonl"])

    class Checker:
        """Says which document it was asked about."""

        def __init__(self, _settings: CheckSettings) -> None:
            self.signature = "fake"

        def check(self, document: Document) -> Report:
            return report(case.document)

        def check_all(self, documents: Iterator[Document]) -> Iterator[Report]:
            for document in documents:
                empty = report(case.document)
                yield replace(empty, document=document, beads=(), alignment=replace(empty.alignment, beads=()))

    monkeypatch.setattr(evaluating, "Checker", Checker)
    found = list(evaluate([one, case, one], CheckSettings()))
    assert [item.report.document.id for item in found] == ["intact", case.id, "intact"]


def test_mistakes_show_both_texts(items: list[Evaluated]) -> None:
    """Whoever improves the checker reads what was said, what was marked, and what was measured."""
    alarm, *misses = mistakes(items)
    assert (alarm["kind"], alarm["words"], alarm["freedoms"], alarm["bead_is_gold"]) == (
        "false alarm", "無料", ["culture"], True,
    )  # fmt: skip
    assert alarm["source"] == "Dogs travel free."
    assert [(miss["type"], miss["words"]) for miss in misses] == [("number", "十時"), ("addition", "昼寝ができる")]
    assert misses[1]["losses"] == [["猫は半額で、昼寝ができる。", 0.1]]


def test_a_run_is_compared_with_an_older_one(case: Case, tmp_path: Path) -> None:
    """The differences are those of the shared documents; what only one run has is said."""
    cases = [replace(case, id=name, group=name) for name in "abcde"]
    good, bad = finding("omission", "if the fog allows"), finding("omission", "Dogs")
    old = figures([evaluated(one, report(one.document, bad)) for one in cases])
    path = tmp_path / "old.json"
    path.write_text(json.dumps(as_json(old)), encoding="utf-8")
    new = figures([evaluated(one, report(one.document, good)) for one in cases[1:]])
    comparison = compare(read_evaluation(path), new)
    assert (comparison.shared, comparison.left_out) == (4, 1)
    difference = comparison.differences["omission"]["precision"]
    assert difference is not None
    assert (difference.value, difference.low, difference.high, difference.p) == (1, 1, 1, 0)
    assert any("+1.000 (+1.000 to +1.000" in line for line in text_page.lines(new, comparison))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"signature": "s", "groups": {"a": {"omission": [1]}, "b": 3}}'])
def test_what_is_no_evaluation_is_refused(tmp_path: Path, content: str) -> None:
    """Some other JSON file ends in a line that says how to write the right one."""
    path = tmp_path / "old.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="no evaluation"):
        read_evaluation(path)


class _Page(HTMLParser):
    """Collects what a browser would fetch or run, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "xlink:href"}]

    def handle_data(self, data: str) -> None:
        self.words += data


def hostile(case: Case) -> Figures:
    """Figures of a document whose genre and name are an attack on pages, terminals and formulas."""
    name = "<script>alert(1)</script>$x$\x1b[31m詩"
    bad = replace(case, id=name, genre=name)
    return figures([evaluated(bad, report(bad.document, finding("omission", "fog")))])


def test_the_page_has_plots_and_fetches_nothing(case: Case) -> None:
    """Four drawings stand in the page itself, and no text of a file becomes markup."""
    page = _Page()
    page.feed(html_page.page(hostile(case)))
    assert page.tags.count("svg") == 4
    assert "script" not in page.tags
    assert all(address.startswith("#") for address in page.addresses)
    assert "<script>alert(1)</script>$x$␛[31m詩" in page.words
    assert "\x1b" not in page.words


def test_the_same_figures_make_the_same_page(items: list[Evaluated]) -> None:
    """A page under version control changes only where a figure does."""
    found = figures(items)
    assert html_page.page(found) == html_page.page(found)


def test_text_never_reaches_the_terminal_as_it_is(case: Case) -> None:
    """A genre with an escape sequence is shown, not obeyed."""
    assert "\x1b" not in "\n".join(text_page.lines(hostile(case)))


def test_a_page_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named before the work begins."""
    monkeypatch.setattr(plots, "find_spec", lambda _name: None)
    with pytest.raises(Exception, match=r"pip install 'tui-reader\[plots\]'"):
        html_page.require_plots()


def test_two_marks_of_one_bead_weigh_together(tmp_path: Path) -> None:
    """A critical problem outweighs any number of minor ones a bead can hold."""
    marks = [mark("omission", "if the fog allows", severity="critical"), mark("addition", "毎朝", severity="minor")]
    (case,) = read_cases([write_document(tmp_path, (marks, [], []))])
    assert evaluated(case, report(case.document)).beads[0].cost == 26
