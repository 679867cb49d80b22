"""Where reports go, and what they never take the place of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from command import run

from tui_reader.cli import main
from tui_reader.cli.diagnostics import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = "id\tsource\ttarget\na\tIt rained.\t雨が降った。\n"
ENGLISH = "The ferry leaves at noon.\n"
JAPANESE = "---\nsources: [ferry.en.md]\n---\n\n船は正午に出る。\n"
FAST = ("--encoder", "use", "--format", "text")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a file of pairs, a document with its source, a glossary, and a link to the pairs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    (tmp_path / "in.tsv").write_text(PAIRS, encoding="utf-8")
    (tmp_path / "ferry.ja.md").write_text(JAPANESE, encoding="utf-8")
    (tmp_path / "ferry.en.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "terms.csv").write_text("source,target\nferry,船\n", encoding="utf-8")
    (tmp_path / "link.tsv").symlink_to("in.tsv")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (["in.tsv", "--output", "in.tsv"], "in.tsv"),
        (["in.tsv", "--output", "link.tsv"], "in.tsv"),
        (["link.tsv", "--output", "./in.tsv"], "link.tsv"),
        (["in.tsv", "--glossary", "terms.csv", "--output", "terms.csv"], "terms.csv"),
        (["in.tsv", "--write-baseline", "new.jsonl", "--output", "new.jsonl"], "new.jsonl"),
        (["ferry.ja.md", "--output", "ferry.en.md"], "ferry.en.md"),
        ([".", "--output", "ferry.ja.md"], "ferry.ja.md"),
        (["ferry.ja.md", "--output", "ferry.ja.md.baseline.jsonl"], "ferry.ja.md.baseline.jsonl"),
    ],
)
def test_a_report_takes_the_place_of_nothing_that_the_check_reads(
    folder: Path, arguments: list[str], file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Texts, sources, glossaries and baselines stay as they are, whichever name or link the output has."""
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    code = main.run(["check", *FAST, *arguments])
    said = capfd.readouterr().err
    assert (code, said.count("\n")) == (ExitCode.BAD_INPUT, 1)
    assert re.search(rf"would overwrite \S*{re.escape(file)}, which this check works with; name another file", said)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_two_reports_in_one_file_are_refused_under_two_names(folder: Path) -> None:
    """One of them would be lost."""
    twice = ("--format", "json", "--output", "r.json", "--format", "json", "--output", f"../{folder.name}/r.json")
    done = run("check", "in.tsv", *twice, cwd=folder)
    assert (done.returncode, done.stderr.count("\n")) == (ExitCode.BAD_INPUT, 1)
    assert "two reports cannot go to the same file" in done.stderr


def test_a_report_replaces_an_older_one(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Also the one that it was compared with: that has been read before."""
    for _ in range(2):
        assert main.run(["check", "in.tsv", *FAST[:2], "--output", "r.json"]) == ExitCode.CLEAN
    older = ["--diff-report", "r.json", "--output", "r.json"]
    assert main.run(["check", "in.tsv", *FAST[:2], *older]) == ExitCode.CLEAN
    assert capfd.readouterr().err.startswith("compared with r.json: 0 new, 0 still there, 0 gone")
