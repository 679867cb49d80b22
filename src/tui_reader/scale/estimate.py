"""How long a run will take and how much it will write, from a small part of it."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tui_reader.scale.parts import writer_of
from tui_reader.scale.shards import shards
from tui_reader.scale.worker import documents_of, records, worker_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.model import Document, Report
    from tui_reader.scale.run import Job
    from tui_reader.scale.shards import Shard

_PAIRS = 48
"""How many are measured at the beginning of the first, the middle and the last shard."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run needs."""

    files: int
    shards: int
    pairs: int
    """Without those of files that cannot be cut."""
    measured: int
    """Pairs that were checked for this."""
    seconds_a_pair: float
    """Of processor time, on one core of this machine."""
    bytes_a_pair: float
    """As JSON lines; Parquet takes less."""

    @property
    def core_seconds(self) -> float:
        """Processor time of the whole run."""
        return self.pairs * self.seconds_a_pair

    @property
    def size(self) -> float:
        """Bytes of the results."""
        return self.pairs * self.bytes_a_pair


def estimate(job: Job) -> Estimate:
    """Cut a data set and check a few pairs of it; nothing is written.

    Raises:
        InputError: a file cannot be read.
    """
    from tui_reader.checks.checker import Checker  # noqa: PLC0415

    found = [shard for file in job.files for shard in shards(file, job.shard_pairs)]
    chosen = [found[place] for place in sorted({0, len(found) // 2, len(found) - 1})] if found else []
    measured, seconds, size = 0, 0.0, 0
    for number, shard in enumerate(chosen):
        checker = Checker(worker_settings(job.settings.at(shard.file.path).check))
        if not number:
            # The weights are read once a worker, not once a pair.
            _measure(checker.check_all(_beginning(shard, 2)), shard)
        pairs, took, wrote = _measure(checker.check_all(_beginning(shard, _PAIRS)), shard)
        measured, seconds, size = measured + pairs, seconds + took, size + wrote
    total = sum(shard.rows for shard in found)
    return Estimate(len(job.files), len(found), total, measured, seconds / max(measured, 1), size / max(measured, 1))


def _measure(reports: Iterable[Report], shard: Shard) -> tuple[int, float, int]:
    began, count, stream = time.process_time(), 0, io.BytesIO()
    writer = writer_of("jsonl", stream)
    for report in reports:
        for record, _ in records(report, shard):
            writer.write(record)
            count += 1
    return count, time.process_time() - began, len(stream.getvalue())


def _beginning(shard: Shard, pairs: int) -> Iterator[Document]:
    return islice(documents_of(shard), pairs)
