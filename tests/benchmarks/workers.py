"""One worker, two workers, and two workers of a Dask cluster on the same shards, in turn.

    python tests/benchmarks/workers.py --encoder use --shards 8 --pairs 32 --rounds 3

All workers are started and have read their weights before the first round, so nothing here is start-up.  On a machine
that others use, a worker waits for a processor; the kernel says how long (``/proc/PID/task/TID/schedstat``, Linux), and
*own seconds* leave that out: a run has taken as long as its slowest worker, waiting for work and for the disk
included, waiting for other programs not.  The last lines are medians over the rounds.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from scale import write_pairs
from tui_reader.scale import executors
from tui_reader.scale.dataset import files_of
from tui_reader.scale.run import Job, Standing, run, tasks_of
from tui_reader.scale.worker import check_shard
from tui_reader.settings import CheckSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from tui_reader.scale.executors import Opener
    from tui_reader.scale.worker import Task

Thread = tuple[int, int]
"""Its process and its own number."""


class Round(NamedTuple):
    """What one run took, in seconds."""

    wall: float
    own: float
    """Of the slowest worker, without waiting for a processor."""
    processor: float
    """Of all workers."""


def warm(task: Task, folder: str, count: int) -> Thread:
    """Check a shard, and hold this worker until all of them have checked one."""
    check_shard(task)
    me = (os.getpid(), threading.get_native_id())
    Path(folder, f"warm-{me[0]}").touch()
    while len(list(Path(folder).glob("warm-*"))) < count:
        time.sleep(0.02)
    return me


def spent(thread: Thread) -> tuple[float, float]:
    """Seconds on a processor, and seconds of waiting for one."""
    stat = Path(f"/proc/{thread[0]}/task/{thread[1]}/schedstat").read_text(encoding="ascii").split()
    return int(stat[0]) / 1e9, int(stat[1]) / 1e9


def measure(job: Job, executor: Executor, ahead: int, workers: list[Thread]) -> Round:
    """Run a job on workers that are warm; cutting the file and summing up are left out."""
    began: list[float] = []

    def watch(standing: Standing) -> None:
        if not began:
            began.append(time.monotonic())
            before.extend(spent(one) for one in workers)
        if standing.done == standing.shards:
            ended.append(time.monotonic())
            after.extend(spent(one) for one in workers)

    before: list[tuple[float, float]] = []
    after: list[tuple[float, float]] = []
    ended: list[float] = []
    run(job, held(executor), ahead, watch)
    wall = ended[0] - began[0]
    waited = [done[1] - start[1] for start, done in zip(before, after, strict=True)]
    used = [done[0] - start[0] for start, done in zip(before, after, strict=True)]
    return Round(wall, wall - min(waited), sum(used))


def held(executor: Executor) -> Opener:
    """Hands out an executor that stays open."""

    @contextmanager
    def opened() -> Iterator[Executor]:
        yield executor

    return opened


def main() -> None:
    """Print a row for each run, and the ratios of the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--pairs", type=int, default=32, help="of a shard")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    settings = Settings(check=CheckSettings(encoder=given.encoder))
    kinds = {"one": (executors.local(1), 1, 2), "two": (executors.local(2), 2, 3)}
    kinds["dask"] = (executors.cluster("local:2"), 2, 4)
    found: dict[str, list[Round]] = {name: [] for name in kinds}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        write_pairs(folder / "pairs.tsv", given.shards * given.pairs)
        files = files_of([str(folder / "pairs.tsv")])
        opened: dict[str, tuple[Executor, int, list[Thread]]] = {}
        for name, (opener, count, ahead) in kinds.items():
            executor = stack.enter_context(opener())
            (folder / name / "parts").mkdir(parents=True)
            (folder / name / "receipts").mkdir()
            task = next(iter(tasks_of(Job(files, folder / name, "jsonl", settings, given.pairs))))
            ready = [executor.submit(warm, task, str(folder / name), count) for _ in range(count)]
            opened[name] = executor, ahead, [future.result() for future in ready]
        print("workers\twall s\town s\tprocessor s")  # noqa: T201 - a script
        for number in range(given.rounds):
            for name, (executor, ahead, workers) in opened.items():
                job = Job(files, folder / f"{name}-{number}", "jsonl", settings, given.pairs)
                found[name].append(measure(job, executor, ahead, workers))
                print(name, *(f"{seconds:.2f}" for seconds in found[name][-1]), sep="\t", flush=True)  # noqa: T201
    for what, label in enumerate(Round._fields):
        one, two, dask = (median(row[what] for row in found[name]) for name in kinds)
        print(f"{label}: one / two {one / two:.2f}, dask / two {dask / two:.2f}")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
