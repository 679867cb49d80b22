"""Runs commands one after the other in one process, which reads the weights once: a word list a line of JSON each.

A mark separates what each of them prints, on both streams.
"""

from __future__ import annotations

import json
import sys

from tui_reader.cli.main import run

MARK = "= = = ="


def main() -> None:
    """Run the commands of the first argument."""
    for arguments in json.loads(sys.argv[1]):
        run(arguments)
        sys.stderr.flush()
        print(MARK, flush=True)  # noqa: T201 - it is what a script prints


if __name__ == "__main__":
    main()
