"""What becomes of a command whose streams fail or whose caller ends it."""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from command import COMMAND, environment

from tui_reader.cli.diagnostics import ExitCode


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["config", "--help"], ["config", "show"]])
def test_a_full_disk_behind_stdout_is_one_line(tmp_path: Path, arguments: list[str]) -> None:
    """The code is not that of findings, and no traceback tells what a person can mend."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, env=environment(tmp_path), check=False
        )
    assert done.stderr.decode() == "tui-reader: standard output cannot be written: no space left on device\n"
    assert done.returncode == ExitCode.BAD_INPUT


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors are closed differently on Windows")
@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["check", "-"], 2)])
def test_closed_streams_are_empty_ones(tmp_path: Path, arguments: list[str], code: int) -> None:
    """A caller that closes stdin and stdout (``<&- >&-``) hears what is wrong with its input, not with ours."""
    python = "import os, sys; os.closerange(0, 2); os.execv(sys.argv[1], sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", python, *COMMAND, *arguments],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        check=False,
    )
    assert (done.returncode, done.stderr.count(b"\n")) == (code, 1 if code else 0), done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_check_that_is_ended_leaves_no_half_report(tmp_path: Path, number: signal.Signals) -> None:
    """What it has written beside the report goes away with it, and the code says which signal it was."""
    arguments = ["check", "-", "--encoder", "use", "--format", "json", "--output", "all.json", "--format", "jsonl"]
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path),
        preexec_fn=partial(signal.signal, number, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("id\tsource\ttarget\na\tIt rains.\t雨が降る。\n".encode())
        process.stdin.flush()
        process.stdout.readline()
        assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"]
        process.send_signal(number)
        assert (process.wait(60), process.stderr.read()) == (128 + number, b"")
    assert [path.name for path in tmp_path.iterdir() if "all.json" in path.name] == []
