"""What the reader works with: settings, the checker, the word aligner. Tests put others in their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tui_reader.settings import CheckSettings, Settings
from tui_reader.tui.store import Store
from tui_reader.tui.word_links import Link, default_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui_reader.checks.checker import Checker
    from tui_reader.model import Alignment, CheckedBead, Document, Report
    from tui_reader.tui.checking import Check


@dataclass(frozen=True)
class Services:
    """Everything that a screen may need and does not make itself."""

    check: Check
    settings: Settings = field(default_factory=Settings)
    link: Link = default_link
    store: Store = field(default_factory=lambda: Store(None))
    whole: Callable[[], Document] | None = None
    """Reads all of the document, where only its beginning is given."""
    format_name: str | None = None
    """Of the format of the document, where a person has named it."""


def default_check(settings: CheckSettings) -> Check:
    """The program's own checker, loaded when it is first used and then kept with its models."""

    @cache
    def checker() -> Checker:
        # Imported in the thread that checks: the first screen need not wait for numpy.
        from tui_reader.checks.checker import Checker  # noqa: PLC0415

        return Checker(settings)

    def check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        yield from checker().iter_check(document)

    return check
