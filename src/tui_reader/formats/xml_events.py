"""XML as a stream of tags and characters, each with its place, from files that nobody trusts.

The standard library's expat says where every character stands, which tree builders forget. Files are read in pieces,
so that memory stays bounded; nothing outside the file is ever loaded, and a file that declares entities of its own (the
way to make a few bytes grow to gigabytes) is refused, as defusedxml refuses it.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.decode import declared_encoding
from tui_reader.formats.input import unreadable
from tui_reader.formats.protected import protected_runs
from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tui_reader.formats.input import Input

_PIECE = 1 << 16
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)


class Tag(NamedTuple):
    """A start tag."""

    name: str
    """Without a namespace prefix."""
    attributes: Mapping[str, str]
    """By their names as written."""
    line: int
    column: int


class EndTag(NamedTuple):
    """An end tag, also the one that an empty element implies."""

    name: str
    line: int
    column: int


class Characters(NamedTuple):
    """Characters that stand in one line one after the other, or one character reference, or one line end."""

    text: str
    line: int
    column: int


Event = Tag | EndTag | Characters


def xml_events(file: Input, roots: Collection[str]) -> Iterator[Event]:
    """What stands in an XML file, in order.

    Args:
        file: the file.
        roots: names that its outermost element may have.

    Raises:
        InputError: missing; another root; not well-formed from some line on; entities of its own; not in the encoding
            that it declares.
    """
    reader = _Reader(file, roots)
    try:
        with file.open() as stream:
            head = stream.read(_PIECE)
            decoder = codecs.getincrementaldecoder(_encoding(head, file))()
            piece = head
            while True:
                yield from reader.feed(decoder, piece, last=not piece)
                if not piece:
                    return
                piece = stream.read(_PIECE)
    except OSError as error:
        raise unreadable(file.name, error) from error


def _encoding(head: bytes, file: Input) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    declared = _DECLARED.search(head)
    name = declared[1].decode() if declared else "utf-8"
    found = declared_encoding(name)
    if found is None:
        what = f"it declares an unknown encoding, {name!r}"
        if name.lower().startswith(("utf-16", "utf-32")):
            what = f"this is not valid {name}, as the file declares itself to be"
        raise InputError(what, path=file.name, line=1)
    return found


class _Reader:
    """Collects what expat reports about one piece after the other."""

    def __init__(self, file: Input, roots: Collection[str]) -> None:
        self._file, self._roots = file, roots
        self._events: list[Event] = []
        self._depth = 0
        self._begun = False
        parser = expat.ParserCreate()
        # Names such as &nbsp; are then reported instead of refused where no DTD is at hand.
        parser.UseForeignDTD(True)
        parser.ordered_attributes = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity_declared
        parser.SkippedEntityHandler = self._entity
        self._parser = parser

    def feed(self, decoder: codecs.IncrementalDecoder, piece: bytes, *, last: bool) -> Iterator[Event]:
        """The events of the next piece; those before an error come first."""
        failed: InputError | None = None
        try:
            text = decoder.decode(piece, last)
            if not self._begun:
                text = text.removeprefix("\N{BYTE ORDER MARK}")
                self._begun = bool(text)
            self._parser.Parse(text, last)
        except UnicodeDecodeError as error:
            line = self._parser.CurrentLineNumber + piece.count(b"\n", 0, error.start)
            failed = self._error(f"this is not valid {error.encoding}, as the file declares itself to be", line)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            failed = self._error(f"this is not well-formed XML: {what}, column {error.offset + 1}", error.lineno)
        except InputError as error:
            failed = error
        events, self._events = self._events, []
        yield from events
        if failed is not None:
            raise failed

    def _error(self, what: str, line: int | None = None) -> InputError:
        return InputError(what, path=self._file.name, line=line or self._parser.CurrentLineNumber)

    @property
    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self._depth and local not in self._roots:
            raise self._error(f"the outermost element is <{name}>, not <{'> or <'.join(sorted(self._roots))}>")
        self._depth += 1
        self._events.append(Tag(local, attributes, *self._place))

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._events.append(EndTag(name.rpartition(":")[2], *self._place))

    def _characters(self, text: str) -> None:
        self._events.append(Characters(text, *self._place))

    def _entity_declared(self, name: str, *_: object) -> None:
        raise self._error(f"it declares an entity of its own, {name!r}, and such files are not read")

    def _entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            if f"{name};" not in html5:
                raise self._error(f"nobody knows what &{name}; stands for")
            self._characters(html5[f"{name};"])


class Content:
    """The characters of an element as they are read: text and protected runs, and where each stands."""

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self._parts: list[str] = []
        self._anchors = [Anchor(0, line, column)]
        self._protected: list[Span] = []
        self.length = 0

    def add(self, text: str, line: int, column: int, *, protected: bool = False) -> None:
        """Characters that stand at this place."""
        if not text:
            return
        self._anchors.append(Anchor(self.length, line, column))
        if protected:
            self._protected.append(Span(self.length, self.length + len(text)))
        self._parts.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    @property
    def protected(self) -> tuple[Span, ...]:
        """The runs that are no language."""
        return protected_runs(self.text, self._protected)

    @property
    def locator(self) -> AnchoredLocator:
        """Where its characters stand."""
        return AnchoredLocator(tuple(self._anchors))
