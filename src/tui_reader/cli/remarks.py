"""Remarks in files that ignore nothing, because they say too little or the wrong thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.cli.diagnostics import note
from tui_reader.formats.ignores import SHOWN
from tui_reader.reports.places import place

if TYPE_CHECKING:
    from tui_reader.model import Document, Ignore

EVERY_RULE = "all"


def note_incomplete(document: Document) -> None:
    """Say on stderr which remarks of a document's files ignore nothing, and how to mend them."""
    for text in (document.text, *(source.text for source in document.sources)):
        for ignore in text.ignores:
            what = _fault(ignore)
            if what:
                note(f"{place(text, ignore.offset)}: this remark ignores nothing: {what}; write {SHOWN}")


def _fault(ignore: Ignore) -> str | None:
    if not ignore.rules:
        return "it names no rule"
    if not ignore.reason:
        return "it gives no reason"
    from tui_reader.checks.registry import rules  # noqa: PLC0415 - most files have no remarks

    unknown = sorted(ignore.rules - rules().keys() - {EVERY_RULE})
    if unknown:
        from rapidfuzz import process  # noqa: PLC0415 - only a mistake pays for it

        nearest = process.extractOne(unknown[0], [*rules(), EVERY_RULE])[0]
        return f"no rule is called {unknown[0]!r} (did you mean {nearest!r}?)"
    return None if ignore.span.length else "no text follows it"
