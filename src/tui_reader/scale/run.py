"""The whole of a run: cut, share out, resume, sum up."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.scale.parts import (
    PARTS,
    RECEIPTS,
    UNFINISHED,
    Kind,
    OutputError,
    begin,
    part_path,
    receipt_of,
    write_json,
)
from tui_reader.scale.shards import SHARD_PAIRS, Shard, shards
from tui_reader.scale.sharing import outcomes
from tui_reader.scale.tally import Tally
from tui_reader.scale.worker import Task, worker_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tui_reader.scale.dataset import DataFile
    from tui_reader.scale.executors import Opener
    from tui_reader.settings import CheckSettings, Settings

MANIFEST, SUMMARY, _LOCK = "manifest.json", "summary.json", ".lock"
_LAYOUT = 1
"""Of the output folder; another number is refused."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done."""

    files: Sequence[DataFile]
    output: Path
    kind: Kind
    settings: Settings
    shard_pairs: int = SHARD_PAIRS


@dataclass
class Standing:
    """How far a run is."""

    shards: int = 0
    pairs: int = 0
    """Of all shards; those of files that cannot be cut are counted as they are done."""
    kept: int = 0
    """Shards of an earlier run."""
    done: int = 0
    """Shards, kept ones among them."""
    done_pairs: int = 0
    new_pairs: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    """Shards that could not be checked, and why."""
    began: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """New pairs a second."""
        return self.new_pairs / max(time.monotonic() - self.began, 1e-9)

    @property
    def remaining_seconds(self) -> float | None:
        """How long the rest will take; None while nobody can know."""
        left = self.pairs - self.done_pairs
        return max(left, 0) / self.rate if self.new_pairs else None


@dataclass(frozen=True, slots=True)
class Result:
    """What a run has found."""

    tally: Tally
    failed: tuple[tuple[str, str], ...]
    """Place and reason of shards that could not be checked."""
    faults: tuple[str, ...]
    """The first rows that could not be read."""
    standing: Standing
    signature: str
    by_gate: Mapping[str, Tally]
    """The tally of the files for which each value of ``check.fail_on`` holds: an override may name another."""


MOST_FAULTS = 20


def run(job: Job, opened: Opener, ahead: int, watch: Callable[[Standing], None]) -> Result:
    """Check a data set into a folder. What an earlier run has finished there is kept.

    Args:
        job: what is to be done.
        opened: opens an executor.
        ahead: how many shards it is handed at once.
        watch: is told how far the run is.

    Returns:
        Counts. The results are in the folder: ``parts/`` and, of the same names, ``receipts/``; ``manifest.json`` lists
        them in the order of the data set, ``summary.json`` sums them up.

    Raises:
        InputError: a file cannot be read, the folder cannot be written, or it holds other results.
        SettingsError: there is no cluster.
    """
    with _alone_in(job.output):
        signature = _signature(job.settings.check)
        require_same(job, signature)
        begin(job.output)
        tasks = list(tasks_of(job))
        if not tasks:
            raise InputError("there is no pair in this data set", path=job.files[0].name if job.files else None)
        _write_manifest(job, tasks, signature, {}, complete=False)
        standing = Standing(len(tasks), sum(task.shard.rows for task in tasks))
        left = [task for task in tasks if not _is_kept(task, standing)]
        watch(standing)
        standing.began = time.monotonic()
        for outcome in outcomes(left, opened, ahead) if left else ():
            _count(outcome.part, outcome.pairs, outcome.failure, standing)
            watch(standing)
        return _summed_up(job, tasks, signature, standing)


def tasks_of(job: Job) -> Iterator[Task]:
    """Cut a data set: a task for each shard, in the order of the data.

    Raises:
        InputError: a file cannot be read.
    """
    for file in job.files:
        check = job.settings.at(file.path).check
        signature = _signature(check)
        key = f"{signature}|{check.rules}|{job.kind}"
        for shard in shards(file, job.shard_pairs):
            yield Task(shard, check, signature, str(job.output.resolve()), job.kind, shard.part(key))


def _signature(check: CheckSettings) -> str:
    from tui_reader.checks.checker import Checker  # noqa: PLC0415 - numpy only where something is checked

    return str(Checker(worker_settings(check)).signature)


def _is_kept(task: Task, standing: Standing) -> bool:
    receipt = receipt_of(Path(task.output), task.part, task.kind)
    if receipt is None:
        return False
    standing.kept += 1
    standing.done += 1
    standing.done_pairs += task.shard.rows or receipt.counts.pairs
    return True


def _count(part: str, pairs: int, failure: str | None, standing: Standing) -> None:
    standing.done += 1
    standing.done_pairs += pairs
    standing.new_pairs += pairs
    if failure is not None:
        standing.failed.append((part, failure))


def _summed_up(job: Job, tasks: list[Task], signature: str, standing: Standing) -> Result:
    tally, digests = Tally(), dict[str, str]()
    by_gate: dict[str, Tally] = {}
    faults: list[str] = []
    why = dict(standing.failed)
    failed: list[tuple[str, str]] = []
    for task in tasks:
        receipt = receipt_of(job.output, task.part, task.kind)
        if receipt is None:
            failed.append((_place(task.shard), why.get(task.part, "its results were damaged")))
            continue
        tally.add(receipt.counts)
        gate = job.settings.at(task.shard.file.path).check.fail_on
        by_gate.setdefault(gate, Tally()).add(receipt.counts)
        digests[task.part] = receipt.sha256
        faults += receipt.faults[: MOST_FAULTS - len(faults)]
    _sweep(job.output, {task.part for task in tasks})
    _write_manifest(job, tasks, signature, digests, complete=not failed)
    summary = {"signature": signature, **tally.to_json(), "failed": failed, "faults": faults}
    write_json(job.output / SUMMARY, summary)
    return Result(tally, tuple(failed), tuple(faults), standing, signature, by_gate)


def _place(shard: Shard) -> str:
    if shard.file.whole:
        return shard.file.name
    return f"{shard.file.name}:{shard.first_line}-{shard.first_line + shard.size - 1}"


def _write_manifest(job: Job, tasks: list[Task], signature: str, digests: dict[str, str], *, complete: bool) -> None:
    listed = [
        {
            "part": part_path(Path(), task.part, task.kind).as_posix(),
            "file": task.shard.file.name,
            "first_line": task.shard.first_line,
            "rows": task.shard.rows,
            "input_sha256": task.shard.digest,
            "sha256": digests.get(task.part),
        }
        for task in tasks
    ]
    head: dict[str, Any] = {"layout": _LAYOUT, "signature": signature, "complete": complete}
    write_json(job.output / MANIFEST, head | {"shards": listed})


def require_same(job: Job, signature: str) -> None:
    """Refuse a folder with other results; one whose manifest is damaged is ours and gets a new one.

    Raises:
        OutputError: it holds results of another check, or something else.
    """
    path = job.output / MANIFEST
    if not path.exists():
        own = {PARTS, RECEIPTS, SUMMARY, _LOCK}
        strange = [one.name for one in job.output.iterdir() if one.name not in own and not one.name.startswith(".")]
        if strange:
            raise OutputError(f"this folder holds something else ({strange[0]})", path=job.output, cure="name another")
        return
    try:
        found = json.loads(path.read_bytes())
        layout, other = found["layout"], found["signature"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    if layout != _LAYOUT or other != signature:
        what = f"this folder holds results of {other}, and this run would be {signature}"
        raise OutputError(what, path=job.output, cure="name another folder")


def _sweep(output: Path, names: set[str]) -> None:
    """Take away parts and receipts of shards that the data set no longer has, and what killed workers left."""
    for folder, known in ((output / PARTS, part_path), (output / RECEIPTS, None)):
        for path in folder.iterdir():
            if path.stem not in names and (known is None or path.suffix in {".jsonl", ".parquet", UNFINISHED}):
                path.unlink(missing_ok=True)


@contextmanager
def _alone_in(output: Path) -> Iterator[None]:
    """Two runs in one folder would take away each other's files."""
    from filelock import FileLock, Timeout  # noqa: PLC0415

    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = FileLock(output / _LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise OutputError("another run is writing there", path=output, cure="wait for it to end") from error
    except OSError as error:
        raise OutputError(
            f"it cannot be written: {error.strerror or error}", path=output, cure="name another"
        ) from error
    try:
        yield
    finally:
        lock.release()
