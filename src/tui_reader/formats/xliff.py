"""Translations in XLIFF 1.2 and 2.x.

A ``trans-unit`` (1.2) or a ``segment`` (2.x) is a pair; the segments of one unit are one document. Units that are not
to be translated (they, or the group or file around them, say so), or not translated yet (no target, or a state that
says so), are passed over and counted. Alternative translations and matches are not read. A ``note`` with
``tui-reader ignore …`` speaks of its unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.format import Format
from tui_reader.formats.ignores import remark
from tui_reader.formats.inline_codes import InlineContent
from tui_reader.formats.pairs import Pair, paired_documents
from tui_reader.formats.passing_over import Passed, direction
from tui_reader.formats.xml_events import EndTag, Tag, xml_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.ignores import Remark
    from tui_reader.formats.input import Input
    from tui_reader.formats.xml_events import Content, Event
    from tui_reader.model import Document

_UNITS = {"trans-unit", "unit"}
_AROUND_UNITS = {"file", "group"}
_NOT_READ = {"alt-trans", "match", "ignorable", "seg-source", "bin-unit", "glossary", "skeleton", "skl", "originalData"}
_HEADER = "x-gettext-domain-header"
"""A converted PO file's header."""
_UNTRANSLATED = {"new", "needs-translation", "initial"}


def open_xliff(file: Input, sources: Sequence[Path] = (), language: str | None = None) -> Iterator[Document]:
    """The translated units in an XLIFF file, read as they are asked for.

    Raises:
        InputError: missing, no XLIFF, or nothing in it that can be checked.
    """
    yield from paired_documents(read_xliff, file, sources, language)


def read_xliff(file: Input) -> Iterator[Pair]:
    """The translated segments in an XLIFF file; where it stops being XML is a fault."""
    reader = _Reader(file)
    try:
        for event in xml_events(file, {"xliff"}):
            yield from reader.take(event)
    except InputError as error:
        file.listener.fault(error)
    reader.passed.close()


@dataclass(slots=True)
class _Segment:
    id: str
    state: str = ""
    source: Content | None = None
    target: Content | None = None

    def keep(self, inline: InlineContent) -> None:
        """Its source or target is complete."""
        if inline.name == "source":
            self.source = inline.content
        else:
            self.target = inline.content


@dataclass(slots=True)
class _Unit:
    id: str
    line: int
    translate: bool
    segments: list[_Segment] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


class _Reader:
    """Follows the structure of a file event by event."""

    def __init__(self, file: Input) -> None:
        self._file = file
        self.passed = Passed(file)
        self._root_languages = ("", "")
        self._languages: tuple[str, str] | None = None
        self._seen: dict[str, int] = {}
        self._translate = [True]
        self._unit: _Unit | None = None
        self._inline: InlineContent | None = None
        self._skipped = 0

    def take(self, event: Event) -> Iterator[Pair]:
        """The pairs that this event completes."""
        if self._skipped:
            self._skipped += isinstance(event, Tag) - isinstance(event, EndTag)
        elif self._inline is not None:
            if not self._inline.take(event):
                self._close_inline(self._inline)
        elif isinstance(event, Tag):
            self._start(event)
        elif isinstance(event, EndTag) and event.name in _UNITS and self._unit is not None:
            yield from self._pairs(self._unit)
            self._unit = None
        elif isinstance(event, EndTag) and event.name in _AROUND_UNITS:
            self._translate.pop()

    def _start(self, tag: Tag) -> None:
        get = tag.attributes.get
        if tag.name in _NOT_READ or get("restype") == _HEADER:
            self._skipped = 1
            return
        if tag.name in _AROUND_UNITS:
            self._translate.append(self._translates(tag))
        if tag.name == "xliff":
            self._root_languages = (get("srcLang", ""), get("trgLang", ""))
        elif tag.name == "file":
            self._open_file(tag)
        elif tag.name in _UNITS:
            self._open_unit(tag)
        elif self._unit is not None and tag.name == "segment":
            number = len(self._unit.segments) + 1
            self._unit.segments.append(_Segment(get("id") or str(number), get("state", "")))
        elif self._unit is not None and tag.name in {"source", "target", "note"}:
            self._inline = InlineContent(tag)
            if tag.name == "target" and self._unit.segments and get("state"):
                self._unit.segments[-1].state = get("state", "")

    def _open_file(self, tag: Tag) -> None:
        self._seen = {}
        source = tag.attributes.get("source-language", self._root_languages[0])
        target = tag.attributes.get("target-language", self._root_languages[1])
        try:
            self._languages = direction(source, target, self._file, tag.line)
        except InputError as error:
            self._languages = None
            self._file.listener.fault(error)

    def _open_unit(self, tag: Tag) -> None:
        name = tag.attributes.get("id", "")
        if name and name in self._seen:
            what = f"the unit {name!r} stands in line {self._seen[name]} already"
            cure = "give every unit of a file an id of its own"
            self._file.listener.fault(InputError(what, path=self._file.name, line=tag.line, cure=cure))
        self._seen.setdefault(name, tag.line)
        self._unit = _Unit(name or str(tag.line), tag.line, self._translates(tag))
        if tag.name == "trans-unit":
            self._unit.segments.append(_Segment(""))

    def _translates(self, tag: Tag) -> bool:
        """Whether what it holds is to be translated: what is around it says so where it does not."""
        said = tag.attributes.get("translate")
        return self._translate[-1] if said is None else said != "no"

    def _close_inline(self, inline: InlineContent) -> None:
        self._inline = None
        if self._unit is None:
            return
        if inline.name == "note":
            said = remark(inline.content.text)
            self._unit.remarks += [said] if said else []
        elif self._unit.segments:
            self._unit.segments[-1].keep(inline)

    def _pairs(self, unit: _Unit) -> Iterator[Pair]:
        if self._languages is None:
            self.passed.count("in other languages")
            return
        for segment in unit.segments:
            if segment.source is None:
                self._file.listener.fault(
                    InputError(f"the unit {unit.id!r} has no source", path=self._file.name, line=unit.line)
                )
            elif not unit.translate:
                self.passed.count("not to be translated")
            elif segment.target is None or not segment.target.text.strip() or segment.state in _UNTRANSLATED:
                self.passed.count("untranslated")
            else:
                yield Pair(
                    f"{unit.id}/{segment.id}" if len(unit.segments) > 1 else unit.id,
                    segment.source.text,
                    segment.target.text,
                    *self._languages,
                    segment.source.line,
                    segment.source.locator,
                    segment.target.locator,
                    f"{unit.id}" if len(unit.segments) > 1 else "",
                    segment.source.protected,
                    segment.target.protected,
                    tuple(unit.remarks),
                )


def _sniff(file: Input) -> bool:
    return b"<xliff" in file.head().replace(b"\0", b"")[:4096]


FORMAT = Format(name="xliff", suffixes=frozenset({".xlf", ".xliff"}), open=open_xliff, sniff=_sniff, is_catalogue=True)
