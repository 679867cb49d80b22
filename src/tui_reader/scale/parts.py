"""Results of shards on disk: a part with a line or row for each pair, and a receipt that says that it is whole."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Protocol, cast

from tui_reader.errors import InputError
from tui_reader.scale.tally import Tally
from tui_reader.text.json_line import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind = Literal["parquet", "jsonl"]
KINDS: tuple[Kind, ...] = ("parquet", "jsonl")
PARTS, RECEIPTS = "parts", "receipts"
"""Folders of the output. The first holds nothing else, so that other programs can open it as one data set."""
_ROW_GROUP = 1024
UNFINISHED = ".unfinished"
"""Suffix of files that are being written."""


class OutputError(InputError):
    """The output folder cannot be written: no shard will do better, so the run ends."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a part is whole, and what is in it."""

    part: str
    sha256: str
    faults: tuple[str, ...]
    """What was said about rows that cannot be read, the first ones."""
    tally: dict[str, Any]

    @property
    def counts(self) -> Tally:
        """The tally of its pairs."""
        return Tally.from_json(self.tally)


class PartWriter(Protocol):
    """Writes records to a stream."""

    def write(self, record: dict[str, Any]) -> None:
        """One record."""
        ...

    def close(self) -> None:
        """Nothing more comes."""
        ...


def default_kind() -> Kind:
    """Parquet where pyarrow is installed, else JSON lines."""
    return "parquet" if find_spec("pyarrow") else "jsonl"


def part_path(output: Path, name: str, kind: Kind) -> Path:
    """Where the part of this name is kept."""
    return output / PARTS / f"{name}.{kind}"


def receipt_path(output: Path, name: str) -> Path:
    """Where its receipt is kept."""
    return output / RECEIPTS / f"{name}.json"


def write_part(output: Path, name: str, kind: Kind, fill: Callable[[PartWriter], tuple[Tally, list[str]]]) -> Receipt:
    """Write a part and then its receipt; each appears whole or not at all.

    Args:
        output: the output folder.
        name: of the part.
        kind: of its file.
        fill: writes all records and gives their tally and the faults that were met.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    path = part_path(output, name, kind)
    with _replacing(path) as stream:
        writer = writer_of(kind, stream)
        tally, faults = fill(writer)
        writer.close()
    receipt = Receipt(path.name, _digest(path), tuple(faults), tally.to_json())
    write_json(receipt_path(output, name), asdict(receipt))
    return receipt


def writer_of(kind: Kind, stream: BinaryIO) -> PartWriter:
    """Writes a part to a stream."""
    return _WRITERS[kind](stream)


def receipt_of(output: Path, name: str, kind: Kind) -> Receipt | None:
    """The receipt of a part that is whole; None where either is missing or damaged."""
    path = part_path(output, name, kind)
    try:
        found = json.loads(receipt_path(output, name).read_bytes())
        receipt = Receipt(found["part"], found["sha256"], tuple(map(str, found["faults"])), found["tally"])
        _ = receipt.counts
        whole = receipt.part == path.name and receipt.sha256 == _digest(path)
    except (OSError, ValueError, ArithmeticError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return receipt if whole else None


def write_json(path: Path, value: object) -> None:
    """Put a value in the place of a file, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    with _replacing(path) as stream:
        stream.write(to_json(value).encode() + b"\n")


def begin(output: Path) -> None:
    """Make the folders of an output, and throw away what killed runs left unfinished.

    Raises:
        OutputError: it cannot be written.
    """
    for folder in (output / PARTS, output / RECEIPTS):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refused(folder, error) from error
    for folder in (output, output / PARTS, output / RECEIPTS):
        for left in folder.glob(f".*{UNFINISHED}"):
            left.unlink(missing_ok=True)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream that takes the place of a file when the block ends well."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}.", suffix=UNFINISHED)
    except OSError as error:
        raise _refused(path, error) from error
    part, stream = Path(name), os.fdopen(handle, "wb")
    try:
        yield cast("BinaryIO", _Guarded(stream, path))
        try:
            stream.close()
            part.chmod(0o644)
            part.replace(path)
        except OSError as error:
            raise _refused(path, error) from error
    finally:
        with suppress(OSError):
            stream.close()
        part.unlink(missing_ok=True)


class _Guarded:
    """A stream whose failures are those of the output, whatever else fails around it."""

    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self._stream, self._path = stream, path
        self.closed = False

    def write(self, data: bytes) -> int:
        try:
            return self._stream.write(data)
        except OSError as error:
            raise _refused(self._path, error) from error

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise _refused(self._path, error) from error

    def close(self) -> None:
        """Whoever opened the file closes it."""

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self._stream.tell()


def _refused(path: Path, error: OSError) -> OutputError:
    reason = os.strerror(error.errno) if error.errno else str(error)
    cure = "mend that and run the same command again: what is finished is kept"
    return OutputError(f"it cannot be written: {reason[:1].lower()}{reason[1:]}", path=path, cure=cure)


def _digest(path: Path) -> str:
    whole = sha256()
    with path.open("rb") as stream:
        while data := stream.read(1 << 20):
            whole.update(data)
    return whole.hexdigest()


class _JsonLines:
    """One object a line, as ``check --format jsonl`` writes them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, record: dict[str, Any]) -> None:
        self._stream.write(to_json(record).encode() + b"\n")

    def close(self) -> None:
        pass


class _Parquet:
    """One row a pair, its findings as a list of structures."""

    def __init__(self, stream: BinaryIO) -> None:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415

        self._arrow, self._schema, self._rows = pa, _schema(pa), []
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")

    _rows: list[dict[str, Any]]

    def write(self, record: dict[str, Any]) -> None:
        findings = [finding | {"evidence": to_json(finding["evidence"])} for finding in record["findings"]]
        self._rows.append(record | {"findings": findings})
        if len(self._rows) >= _ROW_GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, self._schema))
            self._rows = []


def _schema(pa: Any) -> Any:
    text, number = pa.string(), pa.int64()
    finding = [("rule", text), ("side", text), ("start", number), ("end", number), ("confidence", pa.float64())]
    finding += [("severity", text), ("message", text), ("fingerprint", text), ("line", number), ("column", number)]
    columns = [("id", text), ("file", text), ("line", number), ("document", text), ("score", pa.float64())]
    findings = pa.list_(pa.struct([*finding, ("evidence", text)]))
    columns += [("standing", pa.struct([("percentile", number), ("band", text)]))]
    return pa.schema([*columns, ("findings", findings), ("moved", pa.bool_()), ("signature", text)])


_WRITERS: dict[Kind, Callable[[BinaryIO], PartWriter]] = {"parquet": _Parquet, "jsonl": _JsonLines}
