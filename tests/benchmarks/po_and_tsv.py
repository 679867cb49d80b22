"""What a PO file costs beside the same pairs in TSV: reading them, and checking them.

    python tests/benchmarks/po_and_tsv.py [--entries 10000] [--checked 400] [--rounds 3]

The pairs are those of the bundled corpus, numbered so that no two are the same. Both files are read whole, in turn; of
each the first pairs are read and checked with USE, in turn, and the whole file is reckoned from that.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
import tracemalloc
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import polib
from corpus_pairs import clean_pairs

from tui_reader.checks.checker import Checker
from tui_reader.formats import read_pairs
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from collections.abc import Callable


def write(folder: Path, count: int) -> dict[str, Path]:
    """The same pairs in both formats."""
    rows = [
        (f"Entry {number}: {pair.source}", f"項目{number}：{pair.target}")
        for number, pair in enumerate(islice(cycle(list(clean_pairs())), count))
    ]
    catalogue = polib.POFile()
    catalogue.metadata = {"Language": "ja", "Content-Type": "text/plain; charset=UTF-8"}
    catalogue.extend(polib.POEntry(msgid=source, msgstr=target) for source, target in rows)
    paths = {"PO": folder / "pairs.po", "TSV": folder / "pairs.tsv"}
    catalogue.save(str(paths["PO"]))
    lines = [f"p{number}\t{source}\t{target}" for number, (source, target) in enumerate(rows)]
    paths["TSV"].write_text("\n".join(["id\tsource\ttarget", *lines]) + "\n", encoding="utf-8")
    return paths


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run; other programs on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def read_all(path: Path) -> int:
    """Read a whole file."""
    return sum(1 for _ in read_pairs(path))


def main() -> None:
    """Print the cost of both formats and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--checked", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    checker = Checker(CheckSettings(encoder="use", threads=1))
    with tempfile.TemporaryDirectory() as name:
        paths = write(Path(name), options.entries)
        reading: dict[str, list[float]] = {kind: [] for kind in paths}
        checking: dict[str, list[float]] = {kind: [] for kind in paths}

        def check(path: Path) -> None:
            for _ in checker.check_all(islice(read_pairs(path), options.checked)):
                pass

        check(paths["TSV"])
        for _ in range(options.rounds):
            for kind, path in paths.items():
                reading[kind].append(seconds(lambda path=path: read_all(path)))  # type: ignore[misc]
                checking[kind].append(seconds(lambda path=path: check(path)))  # type: ignore[misc]
        whole = {}
        for kind in paths:
            read, checked = statistics.median(reading[kind]), statistics.median(checking[kind])
            # What was checked had to be read too.
            whole[kind] = checked * options.entries / options.checked
            sys.stdout.write(
                f"{kind:4} read {options.entries}: {read:6.2f} s, check {options.checked} of them: {checked:6.2f} s, "
                f"check all: {whole[kind]:7.1f} s\n"
            )
        sys.stdout.write(f"PO ÷ TSV: {whole['PO'] / whole['TSV']:.3f}\n")
        tracemalloc.start()
        read_all(paths["PO"])
        sys.stdout.write(
            f"peak of Python's memory while reading the PO file: {tracemalloc.get_traced_memory()[1]:,} bytes\n"
        )


if __name__ == "__main__":
    main()
