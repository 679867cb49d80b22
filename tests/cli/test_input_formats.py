"""Formats on the command line: named, streamed, partly broken."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command import environment

from tui_reader.cli import main
from tui_reader.cli.diagnostics import ExitCode
from tui_reader.formats import NAMES
from tui_reader.formats.registry import BUILT_IN, format_named

if TYPE_CHECKING:
    from pathlib import Path

PAIR = {"source": "The harbour is closed.", "target": "港は閉まっている。"}


def test_the_help_names_every_built_in_format() -> None:
    """The list that help shows without importing any format is that of the registry."""
    assert len(NAMES) == len(BUILT_IN)
    assert [format_named(name).name for name in NAMES] == list(NAMES)


def test_a_stream_is_answered_line_by_line(tmp_path: Path) -> None:
    """Whoever writes a line and waits gets its result before writing the next; a named format needs no sniffing."""
    command = [sys.executable, "-m", "tui_reader", "check", "-", "--input-format", "jsonl"]
    with subprocess.Popen(
        [*command, "--format", "jsonl", "--encoder", "use"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment(tmp_path),
        cwd=tmp_path,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("a", "b", "c"):
            process.stdin.write(json.dumps(PAIR | {"id": name}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
        assert process.stdout.read() == ""
    assert process.returncode == ExitCode.CLEAN


@pytest.mark.parametrize(("fail_on", "code"), [("error", ExitCode.FINDINGS), ("never", ExitCode.CLEAN)])
def test_a_part_that_cannot_be_read_fails_the_check(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    fail_on: str,
    code: ExitCode,
) -> None:
    """The rest is checked and the bad part told with its line; it may hide anything, so it counts as an error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.jsonl").write_text(json.dumps(PAIR) + "\nbroken\n", encoding="utf-8")
    assert main.run(["check", "p.jsonl", "--format", "jsonl", "--encoder", "use", "--fail-on", fail_on]) == code
    out, err = capfd.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["1"]
    assert err == "left out: p.jsonl:2: this line is not JSON: Expecting value at column 1\n"


def test_an_unknown_format_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    """One line lists what there is."""
    assert main.run(["check", "-", "--input-format", "word"]) == ExitCode.BAD_INPUT
    assert capfd.readouterr().err.startswith("tui-reader: no format is called 'word'; there are: folder, tsv, csv")


def test_both_names_of_a_pair_are_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A hook hands over every file that changed; a pair side by side is checked once."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.ja.md").write_text("港は**閉まって**いる。\n", encoding="utf-8")
    (tmp_path / "x.en.md").write_text("The harbour is *closed*.\n", encoding="utf-8")
    assert main.run(["check", "x.en.md", "x.ja.md", "--format", "jsonl", "--encoder", "use"]) == ExitCode.CLEAN
    (line,) = capfd.readouterr().out.splitlines()
    assert json.loads(line)["source"] == "The harbour is *closed*."
