"""Where shards are checked: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import active_children, get_context, parent_process
from typing import Any, TypeAlias

from tui_reader.errors import SettingsError

Opener: TypeAlias = Callable[[], AbstractContextManager[Executor]]
"""Opens an executor; it may be asked again when one has broken."""

LOOPBACK = "127.0.0.1"
_LOCAL = "local:"
_WAIT_SECONDS = 30
_KEPT_BYTES = 64 * 1024**2
_ALLOCATOR = {"MALLOC_TRIM_THRESHOLD_": _KEPT_BYTES, "MALLOC_MMAP_THRESHOLD_": _KEPT_BYTES // 2}
"""What a process keeps of freed memory, as the C library's own limits grow to be. Dask has workers hand back all above
64 kB at once, and arithmetic that takes and frees megabytes then spends a fifth of its time on that."""


def local(workers: int) -> Opener:
    """Processes of this machine.

    Args:
        workers: how many, at least one.
    """

    @contextmanager
    def opened() -> Iterator[Executor]:
        before = set(active_children())
        # Not forked: a copy of a process whose threads hold locks may wait for them for ever.
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=prepare)
        try:
            yield pool
            pool.shutdown()
        finally:
            # After Ctrl-C or a full disk nobody wants what the others are at.
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(active_children()) - before:
                child.terminate()

    return opened


def prepare() -> None:
    """Make a new process a worker: one thread for arithmetic, deaf to Ctrl-C, and gone when its parent is gone."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: Any) -> None:
    parent.join()
    os._exit(1)


def cluster(address: str) -> Opener:
    """The workers of a Dask cluster.

    Args:
        address: ``tcp://HOST:PORT`` of a scheduler, or ``local:N`` for N processes behind a scheduler on loopback.

    Raises:
        SettingsError: the extra is not installed, or this is no address.
    """
    if not (_is_local(address) or address.startswith(("tcp://", "tls://"))):
        raise SettingsError(f"--cluster cannot be {address!r}; write tcp://HOST:PORT, or local:N for N processes here")
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError as error:
        cure = "install it: pip install 'tui-reader[cluster]'"
        raise SettingsError(f"--cluster needs Dask, which is not installed; {cure}") from error

    @contextmanager
    def opened() -> Iterator[Executor]:
        with _client(distributed, address) as client:
            yield client.get_executor(pure=False)

    return opened


def width(address: str) -> int:
    """How many shards a cluster can check at once, as far as its address tells; 0 where it does not."""
    return int(address.removeprefix(_LOCAL)) if _is_local(address) else 0


def _is_local(address: str) -> bool:
    count = address.removeprefix(_LOCAL)
    return address.startswith(_LOCAL) and count.isascii() and count.isdigit() and int(count) > 0


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    if not _is_local(address):
        try:
            client = distributed.Client(address, timeout=_WAIT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise SettingsError(f"--cluster {address}: no scheduler answers there: {error}") from error
        with client:
            yield client
        return
    own = {"host": LOOPBACK, "dashboard_address": None, "threads_per_worker": 1, "processes": True}
    import dask  # noqa: PLC0415 - an extra

    with (
        dask.config.set({f"distributed.nanny.pre-spawn-environ.{name}": size for name, size in _ALLOCATOR.items()}),
        distributed.LocalCluster(n_workers=width(address), **own) as found,
        distributed.Client(found, set_as_default=False) as client,
    ):
        yield client
