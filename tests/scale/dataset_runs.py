"""Runs of data sets on executors of this process, and what they leave on disk."""

from __future__ import annotations

import json
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pair_files

from tui_reader.scale.dataset import files_of
from tui_reader.scale.run import Job, Result, run
from tui_reader.settings import CheckSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui_reader.scale.executors import Opener
    from tui_reader.scale.parts import Kind

SETTINGS = Settings(check=CheckSettings(encoder="use"))
PAIRS = pair_files.pairs(75, document=5)


def threads(count: int) -> Opener:
    """An executor of the standard library in this process, where the encoder is loaded already."""

    @contextmanager
    def opened() -> Iterator[Executor]:
        with ThreadPoolExecutor(count) as pool:
            yield pool

    return opened


def check(
    path: Path, output: Path, *, workers: int = 1, pairs: int = 32, kind: Kind = "jsonl", opened: Opener | None = None
) -> Result:
    """Check a data set into a folder."""
    job = Job(files_of([str(path)]), output, kind, SETTINGS, pairs)
    return run(job, opened or threads(workers), workers + 1, lambda standing: None)


def contents(output: Path) -> dict[str, bytes]:
    """Every file of an output by its name."""
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def records(output: Path) -> list[dict[str, Any]]:
    """All records in the order of the manifest."""
    manifest = json.loads((output / "manifest.json").read_bytes())
    parts = [output / shard["part"] for shard in manifest["shards"]]
    return [json.loads(line) for part in parts for line in part.read_text(encoding="utf-8").splitlines()]
