"""Translation memories in TMX 1.4.

A ``tu`` with a variant in English and one in Japanese is a pair; ``srclang`` says which is the source (English where it
does not). Units without one of the two are passed over and counted. A ``note`` with ``tui-reader ignore …`` speaks of
its unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.format import Format
from tui_reader.formats.ignores import remark
from tui_reader.formats.inline_codes import InlineContent
from tui_reader.formats.pairs import Pair, paired_documents
from tui_reader.formats.passing_over import Passed, language_of
from tui_reader.formats.xml_events import EndTag, Tag, xml_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.ignores import Remark
    from tui_reader.formats.input import Input
    from tui_reader.formats.xml_events import Content, Event
    from tui_reader.model import Document


def open_tmx(file: Input, sources: Sequence[Path] = (), language: str | None = None) -> Iterator[Document]:
    """The translation units in a TMX file, read as they are asked for.

    Raises:
        InputError: missing, no TMX, or no unit in both languages.
    """
    yield from paired_documents(read_tmx, file, sources, language)


def read_tmx(file: Input) -> Iterator[Pair]:
    """The translation units in a TMX file; where it stops being XML is a fault."""
    reader = _Reader(file)
    try:
        for event in xml_events(file, {"tmx"}):
            yield from reader.take(event)
    except InputError as error:
        file.listener.fault(error)
    reader.passed.close()


@dataclass(slots=True)
class _Unit:
    id: str
    source_language: str
    variants: dict[str, Content] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


class _Reader:
    """Follows the structure of a file event by event."""

    def __init__(self, file: Input) -> None:
        self._file = file
        self.passed = Passed(file)
        self._source_language = ""
        self._count = 0
        self._unit: _Unit | None = None
        self._language = ""
        self._inline: InlineContent | None = None

    def take(self, event: Event) -> Iterator[Pair]:
        """The pair that this event completes."""
        if self._inline is not None:
            if not self._inline.take(event):
                self._close_inline(self._inline)
        elif isinstance(event, Tag):
            self._start(event)
        elif isinstance(event, EndTag) and event.name == "tu" and self._unit is not None:
            yield from self._pair(self._unit)
            self._unit = None

    def _start(self, tag: Tag) -> None:
        get = tag.attributes.get
        if tag.name == "header":
            self._source_language = language_of(get("srclang", ""))
        elif tag.name == "tu":
            self._count += 1
            self._language = ""
            self._unit = _Unit(get("tuid") or str(self._count), language_of(get("srclang", "")))
        elif tag.name == "tuv":
            self._language = language_of(get("xml:lang") or get("lang") or "")
        elif tag.name in {"seg", "note"} and self._unit is not None:
            self._inline = InlineContent(tag)

    def _close_inline(self, inline: InlineContent) -> None:
        self._inline = None
        if self._unit is None:
            return
        if inline.name == "seg":
            self._unit.variants.setdefault(self._language, inline.content)
        elif said := remark(inline.content.text):
            self._unit.remarks.append(said)

    def _pair(self, unit: _Unit) -> Iterator[Pair]:
        if not all(language in unit.variants and unit.variants[language].text.strip() for language in ("en", "ja")):
            self.passed.count("without a Japanese and an English variant")
            return
        source = "ja" if (unit.source_language or self._source_language) == "ja" else "en"
        target = "en" if source == "ja" else "ja"
        one, other = unit.variants[source], unit.variants[target]
        yield Pair(
            unit.id,
            one.text,
            other.text,
            source,
            target,
            one.line,
            one.locator,
            other.locator,
            "",
            one.protected,
            other.protected,
            tuple(unit.remarks),
        )


def _sniff(file: Input) -> bool:
    return b"<tmx" in file.head().replace(b"\0", b"")[:4096]


FORMAT = Format(name="tmx", suffixes=frozenset({".tmx"}), open=open_tmx, sniff=_sniff, is_catalogue=True)
