"""Matrix products on one thread each.

OpenBLAS shares even small products out to its threads and spins until all are done. Where another program has one of
the processors that takes milliseconds for each product: a short text was seen to take 0.25 s instead of 0.002. So
encoders keep products on one thread and share out texts.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPUTING = RLock()
"""The number of BLAS threads belongs to the process: two computations must not set and restore it in turn."""


@contextmanager
def one_thread() -> Iterator[None]:
    """While it is open a product takes one thread, in every thread of the process; other threads wait to enter."""
    with _COMPUTING, _libraries().limit(limits=1, user_api="blas"):
        yield


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@cache
def _libraries() -> Any:
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - looks through the loaded libraries

    return ThreadpoolController()
