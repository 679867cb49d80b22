"""Reads files as the command line does, and remembers what was said about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui_reader.formats import Input, open_documents
from tui_reader.formats.input import Listener

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui_reader.model import Document, Text


@dataclass
class Heard:
    """What came of a file."""

    documents: list[Document] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[str, str, str]]:
        """Id, source and target of every pair."""
        return [
            (
                passage.id,
                passage.source_span.of(document.source(passage.source_id).text.content),
                passage.target_span.of(document.text.content),
            )
            for document in self.documents
            for passage in document.marked
        ]

    @property
    def texts(self) -> list[Text]:
        """All texts of all documents."""
        return [text for one in self.documents for text in (one.text, *(source.text for source in one.sources))]


def listen(path: Path, sources: Sequence[Path] = (), format_name: str | None = None) -> Heard:
    """Read a file around its faults."""
    heard = Heard()
    listener = Listener(lambda error: heard.faults.append(str(error)), heard.remarks.append)
    heard.documents += open_documents(Input.of(path, listener), sources, format_name=format_name)
    return heard


def misplaced(text: Text, content: str, spelled: str = "") -> list[str]:
    """Characters of a text that are not where its locator says, but for those that the file spells in another way."""
    lines = content.split("\n")
    wrong = []
    for offset, character in enumerate(text.content):
        assert text.locator is not None
        line, column = text.locator(offset)
        there = lines[line - 1][column - 1 : column] if line <= len(lines) else ""
        if not character.isspace() and character not in spelled and there != character:
            wrong.append(f"{character!r} at {offset}: {there!r} in {line}:{column}")
    return wrong
