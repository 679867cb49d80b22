"""What breaks during a run costs its shard or ends the run in a line, and the next run does the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pair_files
import pytest
from dataset_runs import PAIRS, SETTINGS, check, contents, threads

from tui_reader.checks.checker import Checker
from tui_reader.scale import sharing
from tui_reader.scale.dataset import files_of
from tui_reader.scale.parts import OutputError
from tui_reader.scale.run import Job, Standing, run
from tui_reader.scale.worker import Outcome, Task, check_shard

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("remembering")


def test_a_poisoned_shard_is_told_and_the_rest_finished(
    table: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One text that breaks the checker costs its shard; mended, the next run does that one alone."""
    whole = Checker.check_all

    def poisoned(self: Checker, documents: Any) -> Any:
        for report in whole(self, documents):
            if report.document.id == "d10":
                raise ZeroDivisionError("poison")
            yield report

    monkeypatch.setattr(Checker, "check_all", poisoned)
    result = check(table, tmp_path / "out")
    ((place, reason),) = result.failed
    assert place == f"{table}:37-71"
    assert reason == "ZeroDivisionError: poison"
    assert not json.loads((tmp_path / "out" / "manifest.json").read_bytes())["complete"]
    monkeypatch.undo()
    assert check(table, tmp_path / "out").standing.kept == result.standing.shards - 1
    assert contents(tmp_path / "out") == contents(undisturbed)


def test_a_file_that_changes_under_the_run_is_told(table: Path, tmp_path: Path) -> None:
    """Its results would be of rows that the manifest does not name."""
    path = pair_files.write_tsv(tmp_path / "a.tsv", PAIRS)

    def change(standing: Standing) -> None:
        if not standing.done:
            path.write_text(path.read_text(encoding="utf-8").replace("kettle", "kittle"), encoding="utf-8")

    job = Job(files_of([str(path)]), tmp_path / "out", "jsonl", SETTINGS, 32)
    result = run(job, threads(1), 2, change)
    assert result.failed
    assert all("has changed since it was cut" in reason for _, reason in result.failed)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files here")
def test_a_full_disk_ends_the_run_and_keeps_what_is_finished(table: Path, undisturbed: Path, tmp_path: Path) -> None:
    """The system itself refuses another byte: one line says so, and with room again the rest is done."""
    import resource  # noqa: PLC0415 - not on Windows

    sizes = sorted(path.stat().st_size for path in (undisturbed / "parts").iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (sizes[-1] - 1, hard))
    try:
        with pytest.raises(OutputError, match=r"cannot be written: file too large; .* run the same command again"):
            check(table, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list((tmp_path / "out" / "parts").glob(".*"))
    check(table, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(undisturbed)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here: it takes Linux and root")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_disk_that_runs_full_ends_the_run_and_keeps_what_is_finished(
    table: Path, undisturbed: Path, small_disk: Path
) -> None:
    """A real one: no half-written file is left, and once something is deleted the rest is done."""
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(bytes(262144 + 1))
    needed = sum(-(-len(data) // 4096) * 4096 for data in contents(undisturbed).values())
    ballast.write_bytes(bytes(262144 - 4096 - needed * 2 // 3))
    with pytest.raises(OutputError, match=r"cannot be written: no space left on device; .* run the same command again"):
        check(table, small_disk / "out")
    assert not list((small_disk / "out").rglob("*.unfinished"))
    ballast.unlink()
    check(table, small_disk / "out")
    assert contents(small_disk / "out") == contents(undisturbed)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders are protected in another way here")
def test_a_folder_that_may_not_be_written_is_told() -> None:
    """One line, before anything is checked, even where root runs the tests."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = pair_files.write_tsv(folder / "a.tsv", PAIRS)
        folder.chmod(0o555)
        is_root = os.geteuid() == 0
        try:
            if is_root:
                os.seteuid(65534)
            with pytest.raises(OutputError, match="cannot be written"):
                check(data, folder / "out")
        finally:
            if is_root:
                os.seteuid(0)
            folder.chmod(0o700)


class Fragile(ThreadPoolExecutor):
    """An executor whose worker dies of some tasks, as a process does that the kernel kills for its memory."""

    def __init__(self, deadly: set[str], deaths: list[str]) -> None:
        super().__init__(1)
        self.deadly, self.deaths, self.broken = deadly, deaths, False

    def submit(self, function: Any, task: Any, /, *_: Any, **__: Any) -> Any:  # type: ignore[override] # one task
        """As a broken pool does, refuse everything once broken."""
        if self.broken:
            raise BrokenProcessPool("a worker died")
        return super().submit(self._run, function, task)

    def _run(self, function: Any, task: Task) -> Outcome:
        if self.broken or task.part in self.deadly:
            self.broken = True
            self.deaths.append(task.part)
            raise BrokenProcessPool("a worker died")
        outcome: Outcome = function(task)
        return outcome


def test_a_shard_that_kills_its_workers_is_found_among_the_others(
    table: Path, undisturbed: Path, tmp_path: Path
) -> None:
    """Nobody says which of the shards in flight was the deadly one: each is tried alone, and only it is given up."""
    manifest = json.loads((undisturbed / "manifest.json").read_bytes())
    deadly = Path(manifest["shards"][1]["part"]).stem
    deaths: list[str] = []

    @contextmanager
    def opened() -> Iterator[Executor]:
        with Fragile({deadly}, deaths) as pool:
            yield pool

    result = check(table, tmp_path / "out", workers=2, opened=opened)
    assert [reason for _, reason in result.failed] == [f"its worker died each of {sharing.ALONE + 1} times"]
    assert result.tally.pairs == len(PAIRS) - manifest["shards"][1]["rows"]
    assert deaths.count(deadly) == sharing.ALONE + 1


def test_a_worker_of_another_version_ends_the_run(table: Path, tmp_path: Path) -> None:
    """Two versions in one table would be two measures."""
    (shard, *_), output = list(_shards(table)), tmp_path / "out"
    task = Task(shard, SETTINGS.check, "tui-reader:0.0.1", str(output), "jsonl", "x")
    with pytest.raises(OutputError, match="install the same version"):
        check_shard(task)


def _shards(path: Path) -> Iterator[Any]:
    from tui_reader.scale.shards import shards  # noqa: PLC0415

    return shards(files_of([str(path)])[0])
