"""Parts of a computation shared out to threads, each with matrix products on one thread of its own."""

from __future__ import annotations

from contextvars import copy_context
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from tui_reader.encoders.blas import one_thread
from tui_reader.encoders.cancellation import checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    Part = TypeVar("Part")
    Result = TypeVar("Result")


def shared_out(work: Callable[[Part], Result], parts: Iterable[Part], threads: int) -> Generator[tuple[Part, Result]]:
    """Each part with what `work` makes of it, in order; as many at a time as there are threads.

    Args:
        work: must be callable from any thread.
        parts: read as they are needed.
        threads: how many to compute with.

    Raises:
        Cancelled: between two parts, or at a `checkpoint` of `work`, where that was asked for.
    """
    remaining = iter(parts)
    if threads == 1:
        for part in remaining:
            checkpoint()
            with one_thread():
                result = work(part)
            yield part, result
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only to encode

    # A pool of its own for each call: nothing is left behind that a fork could inherit.
    with ThreadPoolExecutor(threads) as pool:
        while now := list(islice(remaining, threads)):
            checkpoint()
            with one_thread():
                # Each in a context of its own, so that a checkpoint inside knows whether anybody still waits.
                running = [pool.submit(copy_context().run, work, part) for part in now]
                results = [one.result() for one in running]
            yield from zip(now, results, strict=True)
