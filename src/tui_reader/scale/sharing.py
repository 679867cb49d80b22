"""Tasks shared out to an executor: a few ahead of the workers, and alone where one may have killed its worker."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.errors import TuiReaderError
from tui_reader.scale.parts import receipt_of
from tui_reader.scale.worker import Outcome, Task, check_shard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from tui_reader.scale.executors import Opener

ALONE = 2
"""How often a shard is tried alone after its worker has died beside others."""
# A scheduler that went away shows as one of the last two.
_BROKEN = (BrokenExecutor, CancelledError, OSError)


def outcomes(tasks: Iterable[Task], opened: Opener, ahead: int) -> Iterator[Outcome]:
    """Check all shards, in whatever order they are ready; none is lost, whatever becomes of the workers.

    Args:
        tasks: pulled as they are needed.
        opened: opens an executor, again when one has broken.
        ahead: how many tasks an executor is handed at once.

    Raises:
        TuiReaderError: no shard can be checked: the output cannot be written, or there is no cluster.
    """
    remaining = iter(tasks)
    more = True
    while more:
        pending: dict[Future[Outcome], Task] = {}
        try:
            with opened() as executor:
                yield from _shared(remaining, executor, ahead, pending)
            more = False
        except _BROKEN:
            if not pending:
                raise
            # One of these may be what killed the worker: each must show what it does.
            for task in pending.values():
                yield _finished(task) or _alone(task, opened)


def _shared(
    remaining: Iterator[Task], executor: Executor, ahead: int, pending: dict[Future[Outcome], Task]
) -> Iterator[Outcome]:
    while True:
        for task in islice(remaining, ahead - len(pending)):
            try:
                pending[executor.submit(check_shard, task)] = task
            except _BROKEN:
                pending[Future()] = task
                raise
        if not pending:
            return
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            outcome = _outcome(future, pending[future])
            del pending[future]
            yield outcome


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    try:
        return future.result()
    except (TuiReaderError, *_BROKEN):
        raise
    except Exception as error:
        return Outcome(task.part, 0, f"{type(error).__name__}: {error}")


def _finished(task: Task) -> Outcome | None:
    """What a task came to that was done when its executor broke."""
    receipt = receipt_of(Path(task.output), task.part, task.kind)
    return None if receipt is None else Outcome(task.part, receipt.counts.pairs)


def _alone(task: Task, opened: Opener) -> Outcome:
    for _ in range(ALONE):
        try:
            with opened() as executor:
                return _outcome(executor.submit(check_shard, task), task)
        except _BROKEN:
            continue
    return Outcome(task.part, 0, f"its worker died each of {ALONE + 1} times")
