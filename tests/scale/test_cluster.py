"""The same function runs on a real Dask scheduler with real workers, on loopback."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pair_files
import pytest

from tui_reader.errors import SettingsError
from tui_reader.scale import executors
from tui_reader.scale.dataset import files_of
from tui_reader.scale.run import Job, Standing, run
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


@pytest.mark.filterwarnings("default")  # those of Dask are not ours to mend
def test_a_worker_that_dies_costs_nothing_but_time(tmp_path: Path) -> None:
    """A worker gets SIGKILL in the middle: every byte is that of a run on a process of this machine."""
    distributed: Any = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(66))
    run(job(path, tmp_path / "local"), executors.local(1), 2, lambda standing: None)
    own = {"host": executors.LOOPBACK, "dashboard_address": None, "threads_per_worker": 1}
    with distributed.LocalCluster(n_workers=2, **own) as cluster:
        with distributed.Client(cluster, set_as_default=False) as client:
            pids = list(client.run(os.getpid).values())

        def strike(standing: Standing) -> None:
            if standing.done == 1:
                os.kill(pids[0], signal.SIGKILL)

        address = cluster.scheduler_address
        assert address.startswith(f"tcp://{executors.LOOPBACK}:")
        result = run(job(path, tmp_path / "cluster"), executors.cluster(address), 4, strike)
    assert not result.failed
    assert contents(tmp_path / "cluster") == contents(tmp_path / "local")


@pytest.mark.parametrize("address", ["", "local:", "local:0", "local:x", "http://127.0.0.1", "127.0.0.1:8786"])
def test_another_address_is_refused(address: str) -> None:
    """The message says what may stand there."""
    with pytest.raises(SettingsError, match="local:N"):
        executors.cluster(address)
