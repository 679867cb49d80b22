"""What the second check of a document costs beside the first, by processor time, each in a process of its own.

python tests/benchmarks/second_check.py PATH [--sources DIR] [--rounds N]

Start-up is told apart: before the check each process checks one pair of sentences and reads the document, which brings
in all libraries and weights that a check of this kind needs. Vectors are kept in a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ENGLISH = "The night ferry to the island was cancelled because of the storm."
JAPANESE = "島へ向かう夜のフェリーは、嵐のために欠航となった。"


def main() -> None:
    """Check once with an empty cache and once with what that left, and print seconds and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--sources", type=Path, nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        once(options.path, options.sources)
        return
    ratios = []
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"XDG_CACHE_HOME": folder, "OPENBLAS_NUM_THREADS": "1"}
            runs = [
                subprocess.run(
                    [sys.executable, *sys.argv, "--once"], env=environment, check=True, capture_output=True, text=True
                ).stdout.strip()
                for _ in range(2)
            ]
        first, second = (float(run.split()[3]) for run in runs)
        ratios.append(first / second)
        sys.stdout.write(f"first:  {runs[0]}\nsecond: {runs[1]}\n1/{first / second:.1f} beyond start-up\n")
    sys.stdout.write(f"median 1/{statistics.median(ratios):.1f}\n")


def once(path: Path, sources: list[Path]) -> None:
    """Check one pair of sentences, then the document."""
    from tui_reader.checks.checker import Checker  # noqa: PLC0415 - counted
    from tui_reader.encoders import e5, use  # noqa: PLC0415 - counted
    from tui_reader.formats import read  # noqa: PLC0415 - counted
    from tui_reader.model import Document, Source, Text  # noqa: PLC0415 - counted
    from tui_reader.settings import CheckSettings  # noqa: PLC0415 - counted
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415 - counted

    settings = CheckSettings(threads=1)
    english, japanese = (Text(text, name, plain_blocks(text)) for text, name in ((ENGLISH, "en"), (JAPANESE, "ja")))
    Checker(settings).check(Document("pair", japanese, (Source("pair", english),)))
    document = read(path, sources)
    start = time.process_time()
    Checker(settings).check(document)
    taken = time.process_time() - start
    # What is in memory at the end says what was ever needed.
    loaded = use._network.cache_info().currsize + e5._model.cache_info().currsize
    sys.stdout.write(f"start-up {start:.2f} document {taken:.2f} s of processor time, {loaded} networks loaded\n")


if __name__ == "__main__":
    main()
