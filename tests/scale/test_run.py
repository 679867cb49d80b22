"""A run gives the same results however it is shared out, and resumes after whatever happened to it."""

from __future__ import annotations

import json
import os
import shutil
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

from tui_reader.checks.checker import Checker
from tui_reader.errors import InputError
from tui_reader.reports import jsonl
from tui_reader.scale import sharing
from tui_reader.scale.dataset import files_of
from tui_reader.scale.parts import OutputError
from tui_reader.scale.run import Job, Result, Standing, run
from tui_reader.scale.worker import Outcome, Task, check_shard
from tui_reader.settings import CheckSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui_reader.model import Document, Report
    from tui_reader.scale.executors import Opener
    from tui_reader.scale.parts import Kind

SETTINGS = Settings(check=CheckSettings(encoder="use"))
PAIRS = pair_files.pairs(75, document=5)


@pytest.fixture(autouse=True, scope="module")
def remembering() -> Iterator[None]:
    """What the checker said of the same documents is said again: not it but the way to it and back is tested here."""
    known: dict[object, list[Report]] = {}
    whole = Checker.check_all

    def remembered(self: Checker, documents: Iterable[Document]) -> Iterator[Report]:
        block = tuple(documents)
        key = (self.settings, block)
        if key not in known:
            known[key] = list(whole(self, block))
        return iter(known[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Checker, "check_all", remembered)
        yield


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


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of pairs in documents."""
    return pair_files.write_tsv(tmp_path_factory.mktemp("data") / "a.tsv", PAIRS)


@pytest.fixture(scope="module")
def undisturbed(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run on one worker that nothing happened to."""
    output = tmp_path_factory.mktemp("undisturbed") / "out"
    result = check(table, output)
    assert result.tally.pairs == len(PAIRS)
    assert not result.failed
    return output


def test_every_pair_is_there_once_with_what_the_checker_says(table: Path, undisturbed: Path) -> None:
    """Sharing out adds no judgement: the records are those of ``check --format jsonl``, with their place."""
    found = records(undisturbed)
    assert [record["id"] for record in found] == [pair["id"] for pair in PAIRS]
    assert [record["line"] for record in found] == list(range(2, len(PAIRS) + 2))
    from tui_reader.formats import read_pairs  # noqa: PLC0415

    expected = [one for report in Checker(SETTINGS.check).check_all(read_pairs(table)) for one in jsonl.records(report)]
    for one, other in zip(found, expected, strict=True):
        assert one["score"] == pytest.approx(other["score"], abs=1e-3)
        assert [(f["rule"], f["start"], f["line"], f["column"]) for f in one["findings"]] == [
            (f["rule"], f["start"], f["line"], f["column"]) for f in other["findings"]
        ]
    assert sum(len(record["findings"]) for record in found) > 10


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_workers_change_no_byte(table: Path, tmp_path: Path, kind: Kind) -> None:
    """Manifest, summary, receipts and parts are the same from one worker and from three."""
    if kind == "parquet":
        pytest.importorskip("pyarrow", reason="the extra data is not installed")
    check(table, tmp_path / "one", workers=1, kind=kind)
    check(table, tmp_path / "three", workers=3, kind=kind)
    assert contents(tmp_path / "one") == contents(tmp_path / "three")
    assert len(contents(tmp_path / "one")) >= 2 + 2 * 3


def test_the_size_of_shards_changes_no_record(table: Path, undisturbed: Path, tmp_path: Path) -> None:
    """The last bit of a score does not depend on where a file was cut."""
    check(table, tmp_path / "out", pairs=1000)
    assert records(tmp_path / "out") == records(undisturbed)
    assert len(contents(tmp_path / "out")) < len(contents(undisturbed))
    one, other = (json.loads((where / "summary.json").read_bytes()) for where in (tmp_path / "out", undisturbed))
    assert one == other


def test_a_parquet_result_holds_what_json_lines_hold(table: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Another program reads the parts as one table."""
    dataset = pytest.importorskip("pyarrow.dataset", reason="the extra data is not installed")
    check(table, tmp_path / "out", kind="parquet")
    found = dataset.dataset(tmp_path / "out" / "parts").to_table().to_pylist()
    for row in found:
        for finding in row["findings"]:
            finding["evidence"] = json.loads(finding["evidence"])
            finding["file"] = row["file"]
    assert sorted(found, key=lambda row: row["line"]) == records(undisturbed)


def test_parquet_and_json_lines_are_read_as_tables_are(undisturbed: Path, tmp_path: Path) -> None:
    """The same pairs in another format have the same scores and findings."""
    path = pair_files.write_jsonl(tmp_path / "a.jsonl", PAIRS)
    check(path, tmp_path / "lines")
    scores = [record["score"] for record in records(undisturbed)]
    assert [record["score"] for record in records(tmp_path / "lines")] == scores
    arrow = pytest.importorskip("pyarrow", reason="the extra data is not installed")
    from pyarrow import parquet  # noqa: PLC0415

    parquet.write_table(arrow.Table.from_pylist(PAIRS), tmp_path / "a.parquet", row_group_size=20)
    check(tmp_path / "a.parquet", tmp_path / "rows")
    found = records(tmp_path / "rows")
    assert [record["score"] for record in found] == scores
    assert [record["line"] for record in found] == list(range(1, len(PAIRS) + 1))
    assert all(f["column"] == f["start"] + 1 for record in found for f in record["findings"])


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a part that was cut": lambda out: cut(first(out, "parts")),
    "a part with another byte": lambda out: flip(first(out, "parts")),
    "a part that is gone": lambda out: first(out, "parts").unlink(),
    "a receipt that was cut": lambda out: cut(first(out, "receipts")),
    "a receipt of another kind": lambda out: first(out, "receipts").write_text("[]", encoding="utf-8"),
    "a receipt that is gone": lambda out: first(out, "receipts").unlink(),
    "a manifest that was cut": lambda out: cut(out / "manifest.json"),
    "a manifest that is no text": lambda out: (out / "manifest.json").write_bytes(os.urandom(200)),
    "a manifest that is gone": lambda out: (out / "manifest.json").unlink(),
    "a summary that is gone": lambda out: (out / "summary.json").unlink(),
    "what a killed run leaves": lambda out: (out / "parts" / ".x.unfinished").write_text("{", encoding="utf-8"),
    "a part of rows that are gone": lambda out: (out / "parts" / "x.jsonl").write_text("{}\n", encoding="utf-8"),
}


def first(output: Path, folder: str) -> Path:
    """The first file of a folder of an output."""
    return min((output / folder).iterdir())


def cut(path: Path) -> None:
    """Leave half of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def flip(path: Path) -> None:
    """Change one digit of a file, so that it is still well formed."""
    data = path.read_bytes()
    path.write_bytes(data.replace(b"0.", b"1.", 1))


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_output_is_mended(table: Path, undisturbed: Path, tmp_path: Path, damage: str) -> None:
    """Whatever is broken in the folder, the next run finds it and ends with what an undisturbed run has."""
    output = tmp_path / "out"
    shutil.copytree(undisturbed, output)
    DAMAGE[damage](output)
    result = check(table, output)
    assert contents(output) == contents(undisturbed)
    assert result.standing.kept >= result.standing.shards - 1


def test_new_rows_cost_only_themselves(table: Path, undisturbed: Path, tmp_path: Path) -> None:
    """A data set that has grown keeps the shards that have not changed."""
    path, output = tmp_path / "a.tsv", tmp_path / "out"
    pair_files.write_tsv(path, PAIRS)
    before = check(path, output)
    pair_files.write_tsv(path, [*PAIRS, *pair_files.pairs(77, document=5)[75:]])
    after = check(path, output)
    assert after.tally.pairs == before.tally.pairs + 2
    assert after.standing.kept == before.standing.shards - 1
    assert len(list((output / "parts").iterdir())) == after.standing.shards


def test_results_under_other_settings_are_not_mixed(table: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Two signatures in one folder would be two measures in one table."""
    other = Settings(check=CheckSettings(encoder="use", sensitivity="high"))
    job = Job(files_of([str(table)]), undisturbed, "jsonl", other, 32)
    before = contents(undisturbed)
    with pytest.raises(InputError, match="sensitivity:normal"):
        run(job, threads(1), 2, lambda standing: None)
    assert contents(undisturbed) == before


def test_another_glossary_is_another_measure(tmp_path: Path) -> None:
    """Findings depend on its terms, so results under two of them are not mixed either."""
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(4))
    glossary = tmp_path / "terms.csv"
    chosen = Settings(check=CheckSettings(encoder="use", glossary=str(glossary)))
    job = Job(files_of([str(path)]), tmp_path / "out", "jsonl", chosen)
    glossary.write_text("source,target\nkettle,鉄瓶\n", encoding="utf-8")
    assert run(job, threads(1), 2, lambda standing: None).tally.count(["terminology"]) == 1
    glossary.write_text("source,target\nkettle,やかん\n", encoding="utf-8")
    with pytest.raises(InputError, match="terms:"):
        run(job, threads(1), 2, lambda standing: None)


def test_a_folder_of_something_else_is_refused(table: Path, tmp_path: Path) -> None:
    """A slip of the pen must not sweep through somebody's photographs."""
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="something else"):
        check(table, tmp_path)
    assert (tmp_path / "holiday.jpg").exists()


def test_two_runs_cannot_share_a_folder(table: Path, tmp_path: Path) -> None:
    """The second one is told, and the first goes on."""

    def again(_standing: Standing) -> None:
        with pytest.raises(InputError, match="another run"):
            check(table, tmp_path / "out")

    job = Job(files_of([str(table)]), tmp_path / "out", "jsonl", SETTINGS, 1000)
    assert run(job, threads(1), 2, again).tally.pairs == len(PAIRS)


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


def test_rows_that_cannot_be_read_are_counted_and_told(tmp_path: Path) -> None:
    """Nothing is dropped in silence, and every line keeps its number across shards."""
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(70))
    lines = path.read_bytes().split(b"\n")
    lines[40], lines[60] = b"only one cell", b"p59\tA.\t\xff\xfe"
    path.write_bytes(b"\n".join(lines))
    result = check(path, tmp_path / "out")
    assert (result.tally.pairs, result.tally.left_out) == (68, 2)
    assert [fault.partition(": ")[0] for fault in result.faults] == [f"{path}:41", f"{path}:61"]
    assert len({record["line"] for record in records(tmp_path / "out")} | {41, 61}) == 70


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
