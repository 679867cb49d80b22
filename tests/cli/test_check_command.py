"""`check`, `explain` and the summary with the real checker, in real processes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from command import loaded, run

from tui_reader.cli.diagnostics import ExitCode
from tui_reader.corpus import documents

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = "id\tsource\ttarget\nsame\tIt is raining today.\t今日は雨が降っている。\n"
FAULTY = (
    "id\tsource\ttarget\n"
    "lost\tThe ferry leaves at noon. The captain has forbidden dogs, bicycles and loud music on board. "
    "Tickets are sold at the harbour office.\t船は正午に出る。切符は港の事務所で売っている。\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a clean and a faulty file of pairs."""
    path = tmp_path_factory.mktemp("pairs")
    (path / "clean.tsv").write_text(CLEAN, encoding="utf-8")
    (path / "faulty.tsv").write_text(FAULTY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def corpus_lines() -> list[dict[str, object]]:
    """What `check --format jsonl --coverage` says about a bundled document."""
    done = run("check", documents()[0], "--format", "jsonl", "--coverage", cwd=documents()[0])
    assert done.returncode in {ExitCode.CLEAN, ExitCode.FINDINGS}, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_exit_codes_follow_the_findings(folder: Path) -> None:
    """A clean pair is 0, a lost sentence 1, and --fail-on never is 0 whatever was found."""
    assert run("check", "clean.tsv", cwd=folder).returncode == ExitCode.CLEAN
    faulty = run("check", "faulty.tsv", cwd=folder)
    assert (faulty.returncode, "error: " in faulty.stdout) == (ExitCode.FINDINGS, True)
    assert run("check", "faulty.tsv", "--fail-on", "never", cwd=folder).returncode == ExitCode.CLEAN


def test_pairs_from_standard_input_in_a_plain_locale(folder: Path) -> None:
    """`-` is stdin; output is UTF-8 even where the locale is C; one line a pair in the order of the input."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    data = (CLEAN + FAULTY.partition("\n")[2]).encode()
    done = run("check", "-", "--format", "jsonl", cwd=folder, stdin=data, variables=plain)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["same", "lost"]
    assert records[0]["score"] > records[1]["score"]
    assert "coverage" not in records[0]
    text = run("check", "-", cwd=folder, stdin=data, variables=plain).stdout
    assert "船は正午に出る。" in text


def test_check_loads_no_terminal_toolkit(folder: Path) -> None:
    """A check in a pipeline pays for numpy, never for textual or rich."""
    modules = loaded("check", "clean.tsv", cwd=folder)
    assert "numpy" in modules
    assert not modules & {"textual", "rich"}


def test_earlier_pairs_are_reported_before_a_broken_row(tmp_path: Path) -> None:
    """A broken row ends with 2, and nothing of it is a traceback."""
    (tmp_path / "a.tsv").write_text(CLEAN + "broken\n", encoding="utf-8")
    done = run("check", "a.tsv", "--format", "jsonl", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (ExitCode.BAD_INPUT, 1)
    assert "a.tsv:3: this row has 1 columns" in done.stderr


def test_every_bead_of_a_document_has_its_place(corpus_lines: list[dict[str, object]]) -> None:
    """The spans of each line cut exactly its texts out of the files, in the order of the Japanese text."""
    folder = documents()[0]
    target = (folder / "text.ja.md").read_text(encoding="utf-8")
    sources = {path.name.removesuffix(".en.md"): path.read_text(encoding="utf-8") for path in folder.rglob("*.en.md")}
    starts = []
    for line in corpus_lines:
        for side, text in (("source", sources[str(line["source_id"])]), ("target", target)):
            span, words = line[f"{side}_span"], line[side]
            assert (span is None and words == "") or (isinstance(span, list) and text[slice(*span)] == words)
        starts += [line["target_span"][0]] if isinstance(line["target_span"], list) else []
    assert starts == sorted(starts)
    assert len(corpus_lines) > 20


def test_findings_and_words_lie_inside_their_texts(corpus_lines: list[dict[str, object]]) -> None:
    """Offsets of findings and coverage count within the line's own source and target."""
    for line in corpus_lines:
        assert isinstance(line["findings"], list)
        assert isinstance(line["coverage"], dict)
        for finding in line["findings"]:
            assert 0 <= finding["start"] < finding["end"] <= len(str(line[finding["side"]]))
            assert 0 <= finding["confidence"] <= 1
        for side, words in line["coverage"].items():
            assert all(0 <= start < end <= len(str(line[side])) and 0 <= p <= 1 for start, end, p in words)


def test_explain_finds_a_finding_by_its_first_characters(folder: Path) -> None:
    """The fingerprint that check prints, or the beginning of it, brings its evidence; a wrong one is bad input."""
    fingerprint = re.findall(r"\[([0-9a-z]+)\]$", run("check", "faulty.tsv", cwd=folder).stdout, re.MULTILINE)[0]
    done = run("explain", fingerprint[:6], "faulty.tsv", cwd=folder)
    assert done.returncode == ExitCode.CLEAN, done.stderr
    for word in (f"[{fingerprint}]", "Rule omission", "Evidence", "What would make it pass"):
        assert word in done.stdout
    wrong = run("explain", "zzzz", "faulty.tsv", cwd=folder)
    assert (wrong.returncode, "no finding here has the fingerprint zzzz" in wrong.stderr) == (2, True)


def test_without_a_terminal_the_bundled_documents_are_summed_up(tmp_path: Path) -> None:
    """`tui-reader` in a pipe prints each bundled document with its score and exits 0."""
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "")
    assert (
        len(re.findall(r"\d+ sentences, \d+ sources?; score \d+\.\d; .*(error|warning|no findings)", done.stdout)) == 2
    )


def test_rules_are_listed_and_described(tmp_path: Path) -> None:
    """Every rule has a line, each its description, and a misspelt one names its neighbour."""
    listed = run("rules", cwd=tmp_path).stdout
    assert re.search(r"^omission +error", listed, re.MULTILINE)
    assert "translation" in run("rules", "addition", cwd=tmp_path).stdout
    assert "did you mean 'omission'?" in run("rules", "omision", cwd=tmp_path).stderr
