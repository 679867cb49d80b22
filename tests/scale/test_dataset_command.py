"""``tui-reader check DATASET --workers N --output FOLDER`` as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import cheap_check
import pair_files
import pytest

from tui_reader.cli.dataset import duration
from tui_reader.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

REAL = ("-m", "tui_reader")
CHEAP = (cheap_check.__file__,)
"""How Python starts the command with the real checker, and with one that makes up what it says."""


def command(folder: Path, *arguments: str, program: tuple[str, ...] = REAL) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    words = [sys.executable, *program, "check", "--encoder", "use", *arguments]
    return subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=300)


def test_a_folder_is_checked_by_two_processes_and_summed_up(tmp_path: Path) -> None:
    """Counts, a histogram, the worst and an example of each rule; nothing of a text steers the terminal."""
    (tmp_path / "data").mkdir()
    pair_files.write_tsv(tmp_path / "data" / "a.tsv", pair_files.pairs(34))
    hostile = [
        {
            "id": f"\x1b]0;owned {k}\x07",
            "source": f"Rain \x1b[31mfell on {k} roofs\x1b[0m of the mill.",
            "target": "雨。",
        }
        for k in range(20)
    ]
    pair_files.write_jsonl(tmp_path / "data" / "b.jsonl", hostile)
    flags = ("--workers", "2", "--shard-pairs", "32", "--format", "jsonl", "--output", "out")
    done = command(tmp_path, "data", *flags, program=CHEAP)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("54 pairs, ")
    assert "out\n" in done.stdout
    assert "(error)" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert "␛]0;owned" in done.stdout
    summary = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert sum(summary["histogram"]) + summary["unscored"] == summary["pairs"] == 54
    assert summary["worst"] == sorted(summary["worst"])
    again = command(tmp_path, "data", *flags, program=CHEAP)
    assert again.stdout == done.stdout
    assert "3 of 3 shards were kept" in again.stderr


def test_an_override_says_what_counts_in_its_files(tmp_path: Path) -> None:
    """A data set fails where the check of its files one by one would: some paths may be gated by other rules."""
    for name in ("data", "data/draft"):
        (tmp_path / name).mkdir()
        pair_files.write_tsv(tmp_path / name / "a.tsv", pair_files.pairs(34))
    flags = ("--workers", "1", "--format", "jsonl", "--output", "out")
    never = "paths = ['data/']\ncheck.fail_on = 'never'\n"
    codes = []
    for override in (never, never.replace("data/", "data/draft/")):
        (tmp_path / "tui-reader.toml").write_text(f"[[override]]\n{override}", encoding="utf-8")
        codes.append(command(tmp_path, "data", *flags, program=CHEAP).returncode)
    assert codes == [0, 1]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says how many pairs there are, and what they cost in time and room."""
    pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(5))
    done = command(tmp_path, "a.tsv", "--dry-run", "--workers", "4", program=CHEAP)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("5 pairs in 1 shard of 1 file\n")
    assert "for 4 workers" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["a.tsv"]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--workers", "1"], "needs one --output FOLDER"),
        (["--workers", "1", "--output", "o", "--baseline", "b.jsonl"], "--baseline does not go with"),
        (["--workers", "1", "--output", "o", "--cluster", "local:1"], "exclude each other"),
        (["--cluster", "nowhere", "--output", "o"], "local:N"),
        (["--workers", "1", "--output", "o", "--format", "html"], "parquet, jsonl"),
        (["--workers", "0", "--output", "o"], "0 is not in the range"),
    ],
)
def test_flags_that_make_no_sense_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str], said: str
) -> None:
    """One line, exit 2, and no folder is made."""
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(2))
    assert run(["check", str(path), *flags]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("missing", ["none.tsv", "none*.tsv", "empty"])
def test_a_data_set_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file, a glob or a folder without data: one line, exit 2."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run(["check", missing, "--workers", "1", "--output", "o"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"tui-reader: {missing}: ")
    assert said.count("\n") == 1


def test_durations_are_told_as_people_tell_them() -> None:
    """Nobody divides by 86,400 in the head."""
    assert [duration(n) for n in (45, 600, 12_600, 1_036_800)] == ["45 s", "10 min", "3.5 h", "12 days"]
