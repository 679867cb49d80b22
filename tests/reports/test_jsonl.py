"""JSON lines keep the contract with programs."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from report_example import SOURCE, TARGET, pair_report, report
from tui_reader.model import Report, mean_score
from tui_reader.reports.jsonl import JsonLines, records
from tui_reader.reports.report import ReportOptions
from tui_reader.text.json_line import to_json


def written(made: Report, *, coverage: bool = True) -> list[dict[str, object]]:
    """What the writer says about a report, parsed again."""
    return [json.loads(line) for line in JsonLines(ReportOptions(coverage=coverage)).write(made)]


def test_one_line_a_bead_with_offsets_inside_its_texts() -> None:
    """The spans place both strings in the whole texts, and a finding's offsets cut its words out of its side."""
    first, second = records(report(), coverage=True)
    assert SOURCE[slice(*first["source_span"])] == first["source"] == "The ferry leaves at noon, weather permitting."
    assert TARGET[slice(*first["target_span"])] == first["target"] == "船は正午に美しく出る。"
    assert [first["id"], first["source_id"], first["passage"], first["score"]] == ["b1", "ferry", 1, 70.25]
    words = [first[finding["side"]][finding["start"] : finding["end"]] for finding in first["findings"]]
    assert words == ["weather permitting", "美しく"]
    assert [first["findings"][0][key] for key in ("rule", "side", "confidence")] == ["omission", "source", 0.91]
    assert first["source"][slice(*first["coverage"]["source"][1][:2])] == "weather"
    assert first["coverage"]["target"] == [[5, 8, 0.75]]
    assert second["findings"][0]["severity"] == "error"


def test_a_missing_side_is_null_and_empty() -> None:
    """A lost sentence has no target: its span is null, its text empty."""
    line = written(report())[1]
    assert (line["target_span"], line["target"], line["source"]) == (None, "", "Nobody waits.")


def test_one_line_a_pair_with_offsets_in_the_whole_texts() -> None:
    """A pair's line gathers its beads: mean score, all findings, all words in order."""
    (line,) = records(pair_report(), coverage=True)
    assert line["id"] == "p7"
    assert line["score"] == mean_score(pair_report().beads)
    texts = {"source": SOURCE, "target": TARGET}
    assert [texts[f["side"]][f["start"] : f["end"]] for f in line["findings"]] == [
        "weather permitting",
        "美しく",
        "Nobody waits.",
    ]
    assert [SOURCE[start:end] for start, end, _ in line["coverage"]["source"]] == ["ferry", "weather"]


def test_coverage_only_where_it_was_asked_for() -> None:
    """The words' probabilities are much data."""
    assert all("coverage" not in line for made in (report(), pair_report()) for line in written(made, coverage=False))


def test_scores_are_not_rounded() -> None:
    """A figure can be compared to its last bit."""
    made = report()
    beads = (replace(made.beads[0], score=70.123456789012345), made.beads[1])
    assert written(replace(made, beads=beads))[0]["score"] == 70.123456789012345


@given(st.text())
def test_any_text_is_one_visible_line(text: str) -> None:
    """Separators, controls, bidi marks and lone surrogates are escaped, and parsing gives the text back."""
    line = to_json({"text": text})
    assert json.loads(line) == {"text": text}
    assert len(line.splitlines()) == 1
    assert not any(character in line for character in "\x1b\x9b\u202e\u2066\u200b")
    line.encode()
