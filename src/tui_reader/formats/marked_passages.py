"""Passages that a person has marked, in ``document.toml`` or in the front matter of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.formats.decode import LineLocator
from tui_reader.model import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tui_reader.model import Document, Text


def marked_passages(entries: Sequence[Mapping[str, Any]], document: Document, path: Path | str) -> tuple[Passage, ...]:
    """The passages, in the order of the text.

    Args:
        entries: for each the id of its ``source``, its ``lines`` in the text and its ``source_lines``: first-last.
        document: the text with its sources.
        path: the file that says so.

    Raises:
        InputError: a key is missing, or there are no such sources or lines.
    """
    found = [_passage(entry, number, document, path) for number, entry in enumerate(entries, 1)]
    return tuple(sorted(found, key=lambda passage: passage.target_span))


def _passage(entry: Mapping[str, Any], number: int, document: Document, path: Path | str) -> Passage:
    source_id = _string(entry, "source", path)
    try:
        source = document.source(source_id)
    except KeyError:
        known = ", ".join(source.id for source in document.sources) or "none"
        raise InputError(f"passage {number}: no source {source_id!r}", path=path, cure=f"there are: {known}") from None
    source_span = _lines(_string(entry, "source_lines", path), source.text, path)
    target_span = _lines(_string(entry, "lines", path), document.text, path)
    return Passage(f"p{number}", source_id, source_span, target_span, marked=True)


def _string(entry: Mapping[str, Any], key: str, path: Path | str) -> str:
    value = entry.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        raise InputError(f"{key!r} is missing or not a string", path=path)
    return value


def _lines(given: str, text: Text, path: Path | str) -> Span:
    first, _, last = given.partition("-")
    starts = LineLocator(text.content).line_starts
    if not (first.isdecimal() and (last or first).isdecimal() and 0 < int(first) <= int(last or first) <= len(starts)):
        raise InputError(
            f"lines {given!r} are not in {text.path}", path=path, cure=f"write first-last, 1 to {len(starts)}"
        )
    start = starts[int(first) - 1]
    stop = int(last or first)
    inside = text.content[start : starts[stop] if stop < len(starts) else len(text.content)]
    trimmed = inside.strip()
    if not trimmed:
        raise InputError(f"lines {given!r} of {text.path} are empty", path=path)
    start += inside.index(trimmed)
    return Span(start, start + len(trimmed))
