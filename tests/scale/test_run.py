"""A run gives the same results however it is shared out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pair_files
import pytest
from dataset_runs import PAIRS, SETTINGS, check, contents, records

from tui_reader.checks.checker import Checker
from tui_reader.reports import jsonl

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.scale.parts import Kind

pytestmark = pytest.mark.usefixtures("remembering")


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
    for row, record in zip(sorted(found, key=lambda row: row["line"]), records(undisturbed), strict=True):
        assert {name: row[name] for name in record} == record


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
