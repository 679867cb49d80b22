"""The same function runs on a real Dask scheduler with real workers, on loopback."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import cheap_check
import pair_files
import pytest

from tui_reader.checks.checker import Checker
from tui_reader.errors import SettingsError, TuiReaderError
from tui_reader.scale import executors
from tui_reader.scale.dataset import files_of
from tui_reader.scale.run import Job, Result, Standing, run
from tui_reader.settings import CheckSettings, Settings

if TYPE_CHECKING:
    from pathlib import Path


def job(path: Path, output: Path) -> Job:
    """A check of a table in shards of one block."""
    return Job(files_of([str(path)]), output, "jsonl", Settings(check=CheckSettings(encoder="use")), 32)


def contents(output: Path) -> dict[str, bytes]:
    """Every file of an output by its name."""
    found = (path for path in output.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(output)): path.read_bytes() for path in found}


def here() -> ThreadPoolExecutor:
    """An executor of this process."""
    return ThreadPoolExecutor(1)


def where() -> tuple[int, str, str]:
    """Of the worker that runs this: its process, its scheduler, and how much freed memory it keeps."""
    from distributed import get_worker  # noqa: PLC0415 - an extra

    return os.getpid(), get_worker().scheduler.address, os.environ["MALLOC_TRIM_THRESHOLD_"]


@pytest.mark.filterwarnings("default")  # those of Dask are not ours to mend
def test_a_worker_that_dies_costs_nothing_but_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker gets SIGKILL in the middle: every byte is that of a run in this process."""
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    dask: Any = pytest.importorskip("dask")
    monkeypatch.setattr(Checker, "check_all", cheap_check.check_all)
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(330))
    run(job(path, tmp_path / "local"), here, 2, lambda standing: None)
    loaded = dask.config.set({"distributed.worker.preload": [cheap_check.__file__]})
    with loaded, executors.cluster("local:2")() as cluster:
        pid, address, kept = cluster.submit(where).result()
        assert address.startswith(f"tcp://{executors.LOOPBACK}:")
        assert int(kept) > 2**20, "its workers hand every bit of memory back at once, and take a fifth longer"

        def strike(standing: Standing) -> None:
            if standing.done == 1:
                os.kill(pid, signal.SIGKILL)

        result = run(job(path, tmp_path / "cluster"), executors.cluster(address), 4, strike)
    assert not result.failed
    assert contents(tmp_path / "cluster") == contents(tmp_path / "local")


@pytest.mark.filterwarnings("default")
def test_a_scheduler_that_goes_away_leaves_what_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says so; a run at another scheduler keeps the shards and ends as an undisturbed one."""
    distributed: Any = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    monkeypatch.setattr(executors, "_WAIT_SECONDS", 1)
    monkeypatch.setattr(Checker, "check_all", cheap_check.check_all)
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(330))
    own = {"host": executors.LOOPBACK, "protocol": "tcp://", "dashboard_address": None, "processes": False}

    def resumed() -> Result:
        with distributed.LocalCluster(n_workers=1, threads_per_worker=1, **own) as cluster:
            opened = executors.cluster(cluster.scheduler_address)

            def strike(standing: Standing) -> None:
                if not standing.kept and standing.done == 2:
                    cluster.close()

            return run(job(path, tmp_path / "out"), opened, 2, strike)

    with pytest.raises(TuiReaderError, match="no scheduler answers there"):
        resumed()
    result = resumed()
    assert 2 <= result.standing.kept < result.standing.shards
    run(job(path, tmp_path / "undisturbed"), here, 2, lambda standing: None)
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")


@pytest.mark.parametrize("address", ["", "local:", "local:0", "local:x", "http://127.0.0.1", "127.0.0.1:8786"])
def test_another_address_is_refused(address: str) -> None:
    """The message says what may stand there."""
    with pytest.raises(SettingsError, match="local:N"):
        executors.cluster(address)
