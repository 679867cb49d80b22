"""What a worker does: check one shard and keep its results. It returns counts, never results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.formats import Input, open_documents
from tui_reader.formats.input import Listener
from tui_reader.model import Side
from tui_reader.scale.dataset import header, rows
from tui_reader.scale.parts import Kind, OutputError, PartWriter, write_part
from tui_reader.scale.shards import Shard, blocks, digest
from tui_reader.scale.slices import Slice
from tui_reader.scale.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui_reader.checks.checker import Checker
    from tui_reader.model import Document, Report
    from tui_reader.scale.dataset import Row
    from tui_reader.settings import CheckSettings

MOST_FAULTS = 20
"""Faults of a shard that are told in words; all are counted."""


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be checked."""

    shard: Shard
    settings: CheckSettings
    signature: str
    """What the checker must be, so that no machine of a cluster mixes other results in."""
    output: str
    kind: Kind
    part: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went."""

    part: str
    pairs: int
    failure: str | None = None
    """Why the shard could not be checked."""


def check_shard(task: Task) -> Outcome:
    """Check a shard and write its part and receipt.

    Raises:
        OutputError: the results cannot be written.
        InputError: this process has another version than the one that shared the work out.
    """
    checker = _checker(worker_settings(task.settings))
    if str(checker.signature) != task.signature:
        what = f"a worker would check with {checker.signature}, not with {task.signature}"
        raise OutputError(what, cure="install the same version everywhere")

    def fill(writer: PartWriter) -> tuple[Tally, list[str]]:
        return _checked(task.shard, checker, writer)

    try:
        receipt = write_part(Path(task.output), task.part, task.kind, fill)
    except OutputError:
        raise
    except Exception as error:
        return Outcome(task.part, 0, f"{type(error).__name__}: {error}")
    return Outcome(task.part, receipt.tally["pairs"])


def worker_settings(settings: CheckSettings) -> CheckSettings:
    """One thread a process, and no vectors on disk: neither changes a result."""
    return replace(settings, threads=1, cache="off")


@cache
def _checker(settings: CheckSettings) -> Checker:
    from tui_reader.checks.checker import Checker  # noqa: PLC0415 - not before the threads of BLAS are set

    return Checker(settings)


def _checked(shard: Shard, checker: Checker, writer: PartWriter) -> tuple[Tally, list[str]]:
    """Check all rows of a shard, block by block."""
    tally, faults = Tally(), _Faults()
    for block in _blocks(shard):
        try:
            for report in checker.check_all(block(Listener(faults))):
                for record, words in records(report, shard):
                    writer.write(record)
                    tally.see(record, words)
        except OutputError:
            raise
        except InputError as error:
            # Nothing at all can be read of this block.
            faults(error)
    tally.left_out = shard.rows - tally.pairs if shard.rows else faults.count
    return tally, faults.told


class _Faults:
    """Hears of rows that cannot be read."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.count = 0

    def __call__(self, error: InputError) -> None:
        self.count += 1
        if len(self.told) < MOST_FAULTS:
            self.told.append(str(error))


def _blocks(shard: Shard) -> Iterator[Callable[[Listener], Iterator[Document]]]:
    """Opens each block of a shard."""
    if shard.file.whole:
        yield lambda listener: _pairs_only(
            open_documents(Input.of(Path(shard.file.name), listener), (), None, shard.file.format), shard
        )
        return
    found = islice(rows(shard.file, shard.start, shard.first_line), shard.size)
    head, held = header(shard.file), list(found)
    if digest(head, held) != shard.digest:
        raise InputError("this file has changed since it was cut", path=shard.file.name, cure="run again")
    yield from (_opener(shard, head, block) for block in blocks(held))


def documents_of(shard: Shard) -> Iterator[Document]:
    """The documents of a shard, without what cannot be read.

    Raises:
        InputError: nothing of it can be read, or it has changed.
    """
    for block in _blocks(shard):
        yield from block(Listener(_Faults()))


def _opener(shard: Shard, head: bytes, block: list[Row]) -> Callable[[Listener], Iterator[Document]]:
    kind = "tsv" if shard.file.format == "tsv" else "jsonl"
    body = b"".join(row.data for row in block)

    def opened(listener: Listener) -> Iterator[Document]:
        file = Slice(shard.file.path, shard.file.name, listener, block[0].line - 2, header=head, body=body)
        return open_documents(file, (), None, kind)

    return opened


def _pairs_only(documents: Iterator[Document], shard: Shard) -> Iterator[Document]:
    for document in documents:
        if not document.is_pairs:
            raise InputError("this is no file of pairs", path=shard.file.name, cure="check it without --workers")
        yield document


def records(report: Report, shard: Shard) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """For each pair its record, as ``check --format jsonl`` has it with its place, and the words of its findings."""
    from tui_reader.reports import jsonl  # noqa: PLC0415
    from tui_reader.reports.places import location  # noqa: PLC0415

    document = report.document
    contents = {Side.TARGET: document.text.content, Side.SOURCE: document.sources[0].text.content}
    for passage, record in zip(report.alignment.passages, jsonl.records(report), strict=True):
        origins = {Side.SOURCE: passage.source_span.start, Side.TARGET: passage.target_span.start}
        words = []
        for finding in record["findings"]:
            side = Side(finding["side"])
            words.append(contents[side][origins[side] + finding["start"] : origins[side] + finding["end"]])
            finding["file"] = shard.file.name
            if shard.file.format == "parquet":
                # The lines that stand for its rows are ours; a place in it is a row, and the character in the cell.
                finding["column"] = finding["start"] + 1
        line = location(document.text, passage.target_span.start).line
        yield record | {"file": shard.file.name, "line": line, "document": document.id}, words
