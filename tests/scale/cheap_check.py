"""The command with a checker that knows nothing: it makes up scores and findings, the same for the same texts.

    python tests/scale/cheap_check.py check pairs.tsv --workers 2 --output results

For tests of how data sets are shared out, kept and resumed, where what is said of a pair does not matter. Worker
processes import this script as their main module, so that theirs is the same.
"""

from __future__ import annotations

import os
import sys
from hashlib import pbkdf2_hmac
from typing import TYPE_CHECKING

from tui_reader.checks.checker import Checker
from tui_reader.model import Alignment, Bead, CheckedBead, Finding, Passage, Report, Severity, Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.model import Document

ROUNDS = int(os.environ.get("CHEAP_CHECK_ROUNDS", "1"))
"""What a pair costs; 10,000 are some milliseconds."""


def check_all(self: Checker, documents: Iterable[Document]) -> Iterator[Report]:
    """In the place of `Checker.check_all`."""
    for document in documents:
        checked = tuple(_checked(document, place, passage) for place, passage in enumerate(document.marked))
        alignment = Alignment(document.marked, tuple(one.bead for one in checked))
        yield Report(document, alignment, checked, self.signature)


def _checked(document: Document, place: int, passage: Passage) -> CheckedBead:
    source, target = passage.source_span, passage.target_span
    words = source.of(document.sources[0].text.content) + target.of(document.text.content)
    number = int.from_bytes(pbkdf2_hmac("sha256", words.encode("utf-8", "surrogatepass"), b"", ROUNDS)[:6], "big")
    bead = Bead(passage.id, place, (source,), (target,), 0.5)
    return CheckedBead(bead, number % 1_000_000 / 10_000, tuple(_findings(source, number)))


def _findings(source: Span, number: int) -> Iterator[Finding]:
    if number % 5 == 0 and source.length:
        span = Span(source.start, source.start + 1)
        yield Finding("omission", Side.SOURCE, span, 0.9, Severity.ERROR, "made up", fingerprint=f"{number:x}")


def replace_checker() -> None:
    """Make this process say what it makes up."""
    Checker.check_all = check_all  # type: ignore[method-assign] # that is what this script is for


def dask_setup(_worker: object) -> None:
    """Called in each worker of a Dask cluster that is told to load this script first."""
    replace_checker()


if __name__ in {"__main__", "__mp_main__"}:
    replace_checker()

if __name__ == "__main__":
    from tui_reader.cli.main import run

    sys.exit(run(sys.argv[1:]))
