"""When a reader of one document sees something: text, first and last bead, first and last finding.

    python tests/benchmarks/first_finding.py PATH [--sources DIR]

Times count from the start of the process, and again from the moment the check's libraries and weights are loaded.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

START = time.perf_counter()


def main() -> None:
    """Check the document once cold and once warm, and print the moments."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--sources", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    from tui_reader.formats import read  # noqa: PLC0415 - counted

    document = read(options.path, options.sources)
    text = time.perf_counter() - START
    cold = moments(document, START)
    warm = moments(document, time.perf_counter())
    rows = {"text": (text, None), **{name: (cold[name], warm[name]) for name in cold}}
    sys.stdout.write(f"{'':16}{'from start':>12}{'loaded':>12}\n")
    for name, (one, other) in rows.items():
        sys.stdout.write(f"{name:16}{one:11.2f}s" + (f"{other:11.2f}s\n" if other is not None else "\n"))


def moments(document: object, start: float) -> dict[str, float]:
    """Seconds from `start` to each event of a check."""
    from tui_reader.checks.checker import Checker  # noqa: PLC0415 - counted
    from tui_reader.model import CheckedBead, Document, Report  # noqa: PLC0415 - counted
    from tui_reader.settings import CheckSettings  # noqa: PLC0415 - counted

    assert isinstance(document, Document)
    seen: dict[str, float] = {}
    # Without the cache: a second check would encode nothing.
    for event in Checker(CheckSettings(cache="off")).iter_check(document):
        now = time.perf_counter() - start
        if isinstance(event, CheckedBead):
            seen.setdefault("first bead", now)
            if event.findings:
                seen.setdefault("first finding", now)
                seen["last finding"] = now
        seen["report" if isinstance(event, Report) else "latest"] = now
        if not isinstance(event, CheckedBead | Report):
            seen["alignment"] = now
    seen.pop("latest")
    return seen


if __name__ == "__main__":
    main()
