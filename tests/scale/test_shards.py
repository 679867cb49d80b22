"""Data sets are cut at the ends of rows, and a document never."""

from __future__ import annotations

from itertools import chain, islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pair_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.errors import InputError
from tui_reader.formats import open_documents
from tui_reader.formats.input import Listener
from tui_reader.scale.dataset import DataFile, files_of, rows
from tui_reader.scale.shards import BLOCK, blocks, digest, shards
from tui_reader.scale.slices import Slice


def lines_of(path: Path, size: int) -> list[list[int]]:
    """Numbers of the lines that each shard of a file has, read back as a worker reads them."""
    (file,) = files_of([str(path)])
    return [
        [row.line for row in islice(rows(file, shard.start, shard.first_line), shard.size)]
        for shard in shards(file, size)
    ]


@settings(max_examples=60, deadline=None)
@given(
    lengths=st.lists(st.integers(0, 70), min_size=1, max_size=12),
    size=st.integers(1, 200),
    blank=st.booleans(),
    end=st.booleans(),
)
def test_every_row_is_in_one_shard_and_documents_stay_whole(
    lengths: list[int], size: int, blank: bool, end: bool
) -> None:
    """Whatever the documents, blank lines and shard size: no row is lost or doubled, none changes its number."""
    names = [f"d{k}" if length else "" for k, length in enumerate(lengths) for _ in range(length or 1)]
    body = ("\n\n" if blank else "\n").join(f"{k}\tA.\tあ。\t{name}" for k, name in enumerate(names))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.tsv"
        path.write_text(f"id\tsource\ttarget\tdocument\n{body}" + ("\n" if end else ""), encoding="utf-8")
        found = lines_of(path, size)
        (file,) = files_of([str(path)])
        place = {row.line: row.document for row in rows(file)}
    assert list(chain.from_iterable(found)) == sorted(place)
    named = [[place[line] for line in lines if place[line]] for lines in found]
    assert all(not (before and after and before[-1] == after[0]) for before, after in pairwise(named))


@pytest.mark.parametrize("size", [1, 40, 64, 1000])
def test_blocks_do_not_depend_on_the_size_of_shards(tmp_path: Path, size: int) -> None:
    """What is encoded together decides the last bits of a number, so it may depend on the file alone."""
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(3 * BLOCK + 5, document=7))
    (file,) = files_of([str(path)])
    whole = [[row.line for row in block] for block in blocks(rows(file))]
    cut = [
        [row.line for row in block]
        for shard in shards(file, size)
        for block in blocks(islice(rows(file, shard.start, shard.first_line), shard.size))
    ]
    assert cut == whole
    assert len(whole) > 2


def test_json_lines_are_grouped_by_their_document(tmp_path: Path) -> None:
    """The key groups rows as the column of a table does, whatever else stands in the line."""
    path = pair_files.write_jsonl(tmp_path / "a.jsonl", pair_files.pairs(120, document=50))
    with path.open("a", encoding="utf-8") as stream:
        stream.write('["document"]\n{"document": \n')
    assert [(found[0], found[-1]) for found in lines_of(path, 1)] == [(1, 50), (51, 100), (101, 122)]


def test_a_mark_at_the_beginning_is_no_part_of_a_row(tmp_path: Path) -> None:
    """Windows programs put a byte-order mark before the first row."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"source": "A.", "target": "B."}\n')
    (row,) = rows(DataFile(str(path), "jsonl"))
    assert (row.start, row.line, row.data[:1]) == (3, 1, b"{")


def test_parquet_is_cut_inside_and_across_row_groups(tmp_path: Path) -> None:
    """Rows are numbered through all row groups, and documents stay whole there too."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra data is not installed")
    arrow = pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.Table.from_pylist(pair_files.pairs(150, document=45)), path, row_group_size=40)
    found = lines_of(path, 1)
    assert [(lines[0], lines[-1]) for lines in found] == [(1, 45), (46, 90), (91, 135), (136, 150)]


def test_a_digest_changes_with_any_row(tmp_path: Path) -> None:
    """Results are kept under it: no change may pass unseen."""
    path = pair_files.write_tsv(tmp_path / "a.tsv", pair_files.pairs(10))
    (file,) = files_of([str(path)])
    (before,) = shards(file)
    assert before.digest == digest(b"id\tsource\ttarget\n", rows(file))
    path.write_text(path.read_text(encoding="utf-8").replace("kettle", "Kettle", 1), encoding="utf-8")
    (after,) = shards(file)
    assert after.digest != before.digest
    assert after.part("x") != before.part("x")


def test_folders_globs_and_addresses_name_files(tmp_path: Path) -> None:
    """Each names the same files, in the order of their names, and hidden ones are passed over."""
    for name in ("b.tsv", "a.tsv", ".c.tsv", "_d.tsv"):
        pair_files.write_tsv(tmp_path / name, pair_files.pairs(2))
    (tmp_path / "readme.md").write_text("No pairs.", encoding="utf-8")
    expected = [str(tmp_path / "a.tsv"), str(tmp_path / "b.tsv")]
    assert [file.name for file in files_of([str(tmp_path)])] == expected
    assert [file.name for file in files_of([str(tmp_path / "[ab].tsv")])] == expected
    pytest.importorskip("fsspec", reason="the extra data is not installed")
    remote = files_of([f"file://{tmp_path}/[ab].tsv"])
    assert [file.name for file in remote] == [f"file://{name}" for name in expected]
    assert [row.line for row in rows(remote[0])] == [2, 3]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the first line must name"),
        (b"source\ttarget\nA.\tB.\n", "id is missing"),
    ],
)
def test_a_table_without_its_columns_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    """One line says what is wrong, before any worker starts."""
    path = tmp_path / "a.tsv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        list(shards(files_of([str(path)])[0]))


def test_a_line_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose line ends were lost must not fill the memory."""
    monkeypatch.setattr("tui_reader.scale.dataset.LONGEST_LINE", 100)
    path = tmp_path / "a.tsv"
    path.write_text("id\tsource\ttarget\n1\tA.\t" + "あ" * 100, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.tsv:2: this row is longer"):
        list(shards(files_of([str(path)])[0]))


def test_a_piece_of_a_file_does_not_tell_its_encoding() -> None:
    """Rows that look like Shift_JIS in a data set of UTF-8 are rows that cannot be read, also where it is far away."""
    faults: list[InputError] = []
    body = "a\tIt rained.\t雨が降った。\n".encode("cp932") + b"b\t12\t12\n"
    header = b"id\tsource\ttarget\n"
    piece = Slice(None, "memory://a.tsv", Listener(faults.append), skipped=6, header=header, body=body)
    assert [document.id for document in open_documents(piece, format_name="tsv")] == ["b"]
    assert [str(fault) for fault in faults] == ["memory://a.tsv:8: this row is not valid UTF-8; save it as UTF-8"]
