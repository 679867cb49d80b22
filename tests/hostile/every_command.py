"""Runs commands one after the other in one process, which reads the weights once: a word list a line of JSON each.

A mark separates what each of them prints, on both streams. The word ``FINGERPRINT`` stands for a finding in the file
that follows it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tui_reader.cli.main import run

MARK = "= = = ="
FINGERPRINT = "FINGERPRINT"


def fingerprint(path: Path) -> str:
    """Of the first finding in a file of pairs."""
    from tui_reader.checks.checker import Checker  # noqa: PLC0415 - after the settings of the folder
    from tui_reader.formats import read_pairs  # noqa: PLC0415
    from tui_reader.settings import load  # noqa: PLC0415

    reports = Checker(load().check).check_all(read_pairs(path))
    return next(finding.fingerprint for report in reports for _, finding in report.findings)


def main() -> None:
    """Run the commands of the first argument."""
    for arguments in json.loads(sys.argv[1]):
        run([fingerprint(Path(arguments[-1])) if word == FINGERPRINT else word for word in arguments])
        sys.stderr.flush()
        print(MARK, flush=True)  # noqa: T201 - it is what a script prints


if __name__ == "__main__":
    main()
