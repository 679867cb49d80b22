"""Vectors on disk: what the command line shows of them."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tui_reader.corpus import corpus_path
from tui_reader.encoders.cache import VectorCache


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real command with a cache folder of its own."""
    environment = os.environ | {"XDG_CACHE_HOME": str(home)}
    command = [sys.executable, "-m", "tui_reader", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def records(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """The objects of a JSON-lines report."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_second_check_says_the_same_and_the_cache_can_be_cleared(tmp_path: Path) -> None:
    """The file is where ``cache path`` says; results with it, without it and after clearing are equal."""
    document = str(Path(corpus_path()) / "ember-moths")
    where = Path(run(tmp_path, "cache", "path").stdout.strip())
    assert where.is_relative_to(tmp_path)
    without = run(tmp_path, "check", document, "--format", "jsonl", "--no-cache", "--encoder", "use")
    assert not where.exists()
    first, second = (run(tmp_path, "check", document, "--format", "jsonl", "--encoder", "use") for _ in range(2))
    assert where.stat().st_size > 100_000
    assert first.stdout == second.stdout
    for one, other in zip(records(without), records(first), strict=True):
        assert [f["fingerprint"] for f in one["findings"]] == [f["fingerprint"] for f in other["findings"]]
        assert math.isclose(one["score"], other["score"], abs_tol=1e-2)
    assert first.stderr == ""
    cleared = run(tmp_path, "cache", "clear")
    assert (cleared.returncode, cleared.stdout) == (0, "")
    assert where.stat().st_size < 100_000


def test_info_says_what_is_kept_and_makes_nothing(tmp_path: Path) -> None:
    """Without a cache there is none afterwards; with one, its entries are counted and its bound is named."""
    done = run(tmp_path, "cache", "info")
    assert done.returncode == 0
    assert "0 (nothing is kept yet)" in done.stdout
    assert not Path(run(tmp_path, "cache", "path").stdout.strip()).exists()
    where = Path(run(tmp_path, "cache", "path").stdout.strip())
    cache = VectorCache(where)
    cache.put({b"one": b"x" * 300_000, b"two": b"y" * 300_000})
    cache.close()
    lines = dict(line.split(maxsplit=1) for line in run(tmp_path, "cache", "info").stdout.splitlines())
    assert lines == {"path": str(where), "entries": "2", "size": "0.6 MB of at most 256 MB"}


def test_a_cache_that_cannot_be_opened_is_not_said_to_be_cleared(tmp_path: Path) -> None:
    """One line tells which file stands in the way; nothing has been forgotten."""
    where = Path(run(tmp_path, "cache", "path").stdout.strip())
    where.mkdir(parents=True)
    done = run(tmp_path, "cache", "clear")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{where}: the cache is off: unable to open database file; delete what lies there" in done.stderr


def test_info_and_clear_survive_a_file_that_is_no_cache(tmp_path: Path) -> None:
    """Somebody else's file in its place is replaced, as a check would replace it; nothing raises."""
    where = Path(run(tmp_path, "cache", "path").stdout.strip())
    where.parent.mkdir(parents=True)
    where.write_bytes(b"This is a shopping list. " * 1000)
    done = run(tmp_path, "cache", "info")
    assert (done.returncode, done.stderr) == (0, "")
    assert "entries   0" in done.stdout
    assert run(tmp_path, "cache", "clear").returncode == 0
