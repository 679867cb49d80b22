"""Pairs of texts in Apache Parquet, with the columns of `pairs_tsv` (``id`` may be missing).

A place in such a file is its row, from 1, and the character in the cell. Needs the extra ``parquet`` (pyarrow).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.format import Format
from tui_reader.formats.ignores import remark
from tui_reader.formats.pairs import OPTIONAL_COLUMNS, Pair, pair_id, pair_language, paired_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.input import Input
    from tui_reader.model import Document

_MAGIC = b"PAR1"
_BATCH = 1024
"""Rows in memory at once, besides what Parquet itself keeps of a row group."""


def open_parquet(file: Input, sources: Sequence[Path] = (), language: str | None = None) -> Iterator[Document]:
    """The documents in a Parquet file of pairs, read as they are asked for.

    Raises:
        InputError: pyarrow is not installed; no Parquet file; no columns source and target.
    """
    yield from paired_documents(read_parquet, file, sources, language)


def read_parquet(file: Input) -> Iterator[Pair]:
    """The rows of a Parquet file of pairs; one without texts is a fault.

    Raises:
        InputError: see `open_parquet`.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - an extra
    except ImportError as error:
        cure = "install it: pip install 'tui-reader[parquet]'"
        raise InputError("Parquet files need pyarrow, which is not installed", path=file.name, cure=cure) from error
    number = 0
    try:
        table = parquet.ParquetFile(io.BytesIO(file.read()) if file.is_stream else file.path)
        columns = _columns(table.schema_arrow.names, file)
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
            for row in batch.to_pylist():
                number += 1
                pair = _fault_or_pair(row, number, file)
                if pair is not None:
                    yield pair
    # Names and texts that are not UTF-8 are found out one by one, and told as what they are.
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        what = " ".join(str(error).split())[:200]
        fault = InputError(f"this Parquet file cannot be read on: {what}", path=file.name, line=number + 1)
        if not number:
            raise fault from error
        file.listener.fault(fault)


def _columns(names: Sequence[str], file: Input) -> list[str]:
    missing = [name for name in ("source", "target") if name not in names]
    if missing:
        raise InputError(f"this table has no column {missing[0]}; it has {', '.join(names[:10])}", path=file.name)
    return [name for name in ("id", "source", "target", *OPTIONAL_COLUMNS) if name in names]


def _fault_or_pair(row: dict[str, Any], number: int, file: Input) -> Pair | None:
    try:
        return _pair(row, number, file)
    except InputError as error:
        file.listener.fault(error)
        return None


def _pair(row: dict[str, Any], number: int, file: Input) -> Pair:
    for key in ("source", "target"):
        if not isinstance(row[key], str):
            raise InputError(f"{key!r} is no string in this row", path=file.name, line=number)
    more = {key: str(row.get(key) or "") for key in OPTIONAL_COLUMNS}
    said = remark(more["note"])
    place = AnchoredLocator([Anchor(0, number, 1)])
    return Pair(
        pair_id(row.get("id"), file, number),
        row["source"],
        row["target"],
        pair_language(more["source_lang"], "", file, number),
        pair_language(more["target_lang"], "", file, number),
        number,
        place,
        place,
        more["document"],
        remarks=(said,) if said else (),
    )


def _sniff(file: Input) -> bool:
    return file.head().startswith(_MAGIC)


FORMAT = Format(name="parquet", suffixes=frozenset({".parquet", ".pq"}), open=open_parquet, sniff=_sniff)
