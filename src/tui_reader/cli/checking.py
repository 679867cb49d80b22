"""Documents on their way through the checker, each under the settings that hold for its path."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.model import Alignment, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.checker import Checker
    from tui_reader.cli.diagnostics import Progress
    from tui_reader.model import Document
    from tui_reader.settings import CheckSettings, Settings


def reports(found: Iterable[Document], chosen: Settings, progress: Progress) -> Iterator[Report]:
    """The reports on documents, in order, as they are ready.

    Raises:
        InputError: a document has nothing to be compared with, or cannot be read.
    """
    checkers: dict[CheckSettings, Checker] = {}
    alike = groupby(map(_with_sources, found), key=lambda one: (one.is_pairs, chosen.at(one.text.path).check))
    for (is_pairs, check), group in alike:
        checker = checkers[check] = checkers.get(check) or _checker(check)
        if is_pairs:
            yield from progress.counted(checker.check_all(group), "pairs checked")
        else:
            for document in group:
                yield _checked(checker, document, progress)


def _with_sources(document: Document) -> Document:
    if not document.sources:
        raise InputError(
            "there is nothing to compare this text with",
            path=document.text.path,
            cure="name its sources by --sources DIR or in its front matter",
        )
    return document


def _checker(chosen: CheckSettings) -> Checker:
    # Not before there is a document: bad input is told at once, without waiting for numpy.
    from tui_reader.checks.checker import Checker  # noqa: PLC0415

    return Checker(chosen)


def _checked(checker: Checker, document: Document, progress: Progress) -> Report:
    """The report on one document, its sentences counted as they are checked."""
    progress.start("sentences checked")
    for step in checker.iter_check(document):
        if isinstance(step, Report):
            return step
        if isinstance(step, Alignment):
            progress.expect(len(step.beads))
        else:
            progress.advance()
    raise AssertionError("a check ends with its report")
