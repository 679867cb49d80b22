"""Which files a data set has, and how the rows of each are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from tui_reader.errors import InputError
from tui_reader.formats import Input
from tui_reader.formats.decode import guess_encoding
from tui_reader.formats.input import HEAD_BYTES, unreadable
from tui_reader.formats.registry import format_named, format_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SLICED = frozenset({"tsv", "jsonl", "parquet"})
"""Formats whose files are cut into shards; a file in any other is one shard."""
LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of a row; a longer one is a mistake, and would fill the memory of whoever reads it."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a data set."""

    name: str
    """Path or fsspec address."""
    format: str
    whole: bool = False
    """Whether it cannot be cut."""

    @property
    def is_remote(self) -> bool:
        """Whether fsspec has to open it."""
        return "://" in self.name

    @property
    def path(self) -> Path | None:
        """Its path on this machine, None for another address."""
        return None if self.is_remote else Path(self.name)


class Row(NamedTuple):
    """A row of a file that can be cut."""

    line: int
    """From 1; of Parquet, the number of the row."""
    start: int
    """Offset of its first byte; of Parquet, rows before it."""
    data: bytes
    """With its line end."""
    document: bytes
    """Neighbours with the same name here must stay together; empty for a row that stands alone."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.data.strip(b" \t\r\n") if self.data else True


def files_of(addresses: Sequence[str], format_name: str | None = None) -> list[DataFile]:
    """The files of a data set, in the order of their names.

    Args:
        addresses: files, folders, globs or fsspec addresses.
        format_name: of all files, where their names do not tell.

    Raises:
        InputError: an address names nothing that can be read.
    """
    found = [file for address in addresses for file in _expanded(address)]
    return [_data_file(name, format_name) for name in dict.fromkeys(found)]


def opened(file: DataFile) -> BinaryIO:
    """The bytes of a file from its beginning.

    Raises:
        InputError: it is missing or cannot be read.
    """
    try:
        if file.is_remote:
            stream: BinaryIO = _fsspec(file.name).open(file.name, "rb").open()
            return stream
        return Path(file.name).open("rb")
    except (OSError, ValueError) as error:
        raise _refused(file.name, error) from error


def header(file: DataFile) -> bytes:
    """What every slice of a file begins with: the row of names, or an empty line.

    Raises:
        InputError: it is missing, cannot be read, or its first row does not name the columns.
    """
    if file.format != "tsv":
        return b"\n"
    with opened(file) as stream:
        first = stream.readline(LONGEST_LINE)
    missing = {b"id", b"source", b"target"} - set(first.removeprefix(_BOM).rstrip(b"\r\n").split(b"\t"))
    if missing:
        what = f"the first line must name the columns id, source and target; {min(missing).decode()} is missing"
        raise InputError(what, path=file.name, line=1)
    return first if first.endswith(b"\n") else first + b"\n"


def rows(file: DataFile, start: int = 0, line: int = 0) -> Iterator[Row]:
    """The rows of a file that can be cut, blank ones too.

    Args:
        file: the file.
        start: `Row.start` of the first that is wanted; 0 for the first of all.
        line: its number, where `start` is not 0.

    Raises:
        InputError: it is missing, cannot be read, or has a row that is too long.
    """
    if file.format == "parquet":
        yield from _parquet_rows(file, start)
        return
    try:
        yield from _text_rows(file, start, line)
    except (OSError, ValueError) as error:
        raise _refused(file.name, error) from error


def _text_rows(file: DataFile, start: int, line: int) -> Iterator[Row]:
    with opened(file) as stream:
        place = _document_column(stream.readline(LONGEST_LINE)) if file.format == "tsv" else None
        if not start:
            line = 2 if file.format == "tsv" else 1
            start = stream.tell() if file.format == "tsv" else _mark(stream)
        stream.seek(start)
        while data := stream.readline(LONGEST_LINE + 1):
            if len(data) > LONGEST_LINE:
                what = f"this row is longer than {LONGEST_LINE // 1024**2} MB"
                raise InputError(what, path=file.name, line=line, cure="see whether its line ends were lost")
            name = _tsv_document(data, place) if file.format == "tsv" else _json_document(data)
            yield Row(line, start, data, name)
            line, start = line + 1, start + len(data)


def _mark(stream: BinaryIO) -> int:
    return len(_BOM) if stream.read(len(_BOM)) == _BOM else 0


def _document_column(first: bytes) -> int | None:
    names = first.rstrip(b"\r\n").split(b"\t")
    return names.index(b"document") if b"document" in names else None


def _tsv_document(data: bytes, place: int | None) -> bytes:
    if place is None:
        return b""
    cells = data.rstrip(b"\r\n").split(b"\t")
    return cells[place] if place < len(cells) else b""


def _json_document(data: bytes) -> bytes:
    # A key may be spelled with escapes, but no program writes it so; then its rows are documents of their own.
    if b'"document"' not in data:
        return b""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return b""
    name = found.get("document") if isinstance(found, dict) else None
    return str(name).encode("utf-8", "surrogatepass") if name else b""


def _parquet_rows(file: DataFile, start: int) -> Iterator[Row]:
    """Each row as a JSON line, so that one reader serves for both."""
    arrow, parquet = _pyarrow(file.name)
    with opened(file) as stream:
        try:
            table = parquet.ParquetFile(stream)
            columns = [name for name in table.schema_arrow.names if name in _PARQUET_COLUMNS]
            number = 0
            for group in range(table.num_row_groups):
                size = table.metadata.row_group(group).num_rows
                if number + size > start:
                    for batch in table.iter_batches(batch_size=1024, row_groups=[group], columns=columns):
                        for row in batch.to_pylist():
                            if number >= start:
                                yield _parquet_row(row, number)
                            number += 1
                else:
                    number += size
        except (arrow.ArrowException, OSError, UnicodeDecodeError) as error:
            what = f"this Parquet file cannot be read: {' '.join(str(error).split())[:200]}"
            raise InputError(what, path=file.name) from error


_PARQUET_COLUMNS = ("id", "source", "target", "source_lang", "target_lang", "document", "note")


def _parquet_row(row: dict[str, Any], number: int) -> Row:
    document = str(row.get("document") or "").encode("utf-8", "surrogatepass")
    data = json.dumps(row, ensure_ascii=True, default=str).encode() + b"\n"
    return Row(number + 1, number, data, document)


def _pyarrow(name: str) -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - an extra
    except ImportError as error:
        cure = "install it: pip install 'tui-reader[data]'"
        raise InputError("Parquet files need pyarrow, which is not installed", path=name, cure=cure) from error
    return pa, parquet


def _fsspec(name: str) -> Any:
    try:
        import fsspec  # noqa: PLC0415 - an extra
    except ImportError as error:
        cure = "install it: pip install 'tui-reader[data]'"
        raise InputError("addresses need fsspec, which is not installed", path=name, cure=cure) from error
    return fsspec


def _expanded(address: str) -> list[str]:
    if "://" in address:
        return _remote(address)
    if Path(address).is_dir():
        found = sorted(str(path) for path in Path(address).rglob("*") if path.is_file() and _is_data(path))
        what = "this folder holds no file of pairs"
    elif has_magic(address) and not Path(address).exists():
        found = sorted(name for name in glob(address, recursive=True) if Path(name).is_file())
        what = "no file has such a name"
    else:
        return [address]
    if not found:
        raise InputError(what, path=address, cure="name TSV, JSONL or Parquet files")
    return found


def _is_data(path: Path) -> bool:
    hidden = path.name.startswith((".", "_"))
    return not hidden and path.suffix.lower() in {".tsv", ".jsonl", ".ndjson", ".parquet", ".pq"}


def _remote(address: str) -> list[str]:
    try:
        system, path = _fsspec(address).core.url_to_fs(address)
        found = system.glob(path) if has_magic(path) else system.find(path) if system.isdir(path) else [path]
        return sorted(system.unstrip_protocol(name) for name in found)
    except (OSError, ValueError, ImportError) as error:
        raise _refused(address, error) from error


def _data_file(name: str, format_name: str | None) -> DataFile:
    file = DataFile(name, "")
    with opened(file) as stream:
        try:
            head = stream.read(HEAD_BYTES)
        except OSError as error:
            raise _refused(name, error) from error
    if format_name is not None:
        chosen = format_named(format_name).name
    else:
        suffix = Path(name.rpartition("/")[2]).suffix.lower()
        named = {".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}
        chosen = named.get(suffix) or ("" if file.is_remote else format_of(Input.of(Path(name))).name)
    whole = chosen not in SLICED or (chosen != "parquet" and not _is_utf8(head, name))
    if whole and file.is_remote:
        raise InputError("this is no file that can be cut", path=name, cure="name UTF-8 TSV, JSONL or Parquet files")
    return DataFile(name, chosen, whole)


def _is_utf8(head: bytes, name: str) -> bool:
    """Whether most lines are; the others will be told as rows that cannot be read."""
    if b"\x00" not in head:
        lines = [line for line in head.split(b"\n")[:-1] if not line.isascii()]
        if sum(map(_decodes, lines)) * 2 >= len(lines):
            return True
    return guess_encoding(head, name, cut=True) == "utf-8"


def _decodes(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refused(name: str, error: Exception) -> InputError:
    if isinstance(error, InputError):
        return error
    if isinstance(error, OSError):
        return unreadable(name, error)
    return InputError(f"it cannot be read: {error}", path=name)
