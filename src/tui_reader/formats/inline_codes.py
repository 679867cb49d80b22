"""Inline elements of XLIFF and TMX: kept in the text as protected runs, to be compared but not translated.

Elements that wrap native code (``<ph>&lt;br/&gt;</ph>``) give that code, all others their own tags. Annotations
(``mrk``, ``hi``, ``sm``, ``em``) are transparent: they say something about words and are no markup of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from tui_reader.formats.xml_events import Characters, Content, EndTag, Tag

if TYPE_CHECKING:
    from tui_reader.formats.xml_events import Event

_NATIVE = {"bpt", "ept", "it", "ph", "ut"}
_ANNOTATIONS = {"mrk", "hi", "sm", "em"}
_EMPTY = {"x", "bx", "ex", "sc", "ec", "ph"}


class InlineContent:
    """Collects the content of a segment with its inline elements.

    Args:
        tag: the start tag of the segment.
    """

    def __init__(self, tag: Tag) -> None:
        self.name = tag.name
        self.content = Content(tag.line, tag.column)
        self._native: list[str] = []
        self._opened: list[Tag] = []
        self._natives = 0

    def take(self, event: Event) -> bool:
        """The next event; False for the end tag of the segment."""
        if isinstance(event, Characters):
            self._characters(event)
        elif isinstance(event, Tag):
            self._start(event)
        elif not self._opened:
            return False
        else:
            self._end(event)
        return True

    @property
    def _in_native(self) -> bool:
        return self._natives > 0

    def _characters(self, event: Characters) -> None:
        if self._in_native:
            self._native.append(event.text)
        else:
            self.content.add(*event)

    def _start(self, tag: Tag) -> None:
        if not self._in_native and tag.name not in _NATIVE | _ANNOTATIONS | {"cp"}:
            self._code(_shown(tag), tag)
        elif tag.name == "cp" and not self._in_native:
            self.content.add(_code_point(tag), tag.line, tag.column)
        self._opened.append(tag)
        self._natives += tag.name in _NATIVE

    def _end(self, end: EndTag) -> None:
        tag = self._opened.pop()
        self._natives -= tag.name in _NATIVE
        if tag.name in _NATIVE and not self._in_native:
            code = "".join(self._native)
            self._native = []
            self._code(code if code.strip() else _shown(tag, empty=True), tag)
        elif not self._in_native and tag.name not in _ANNOTATIONS | _EMPTY | {"cp"}:
            self.content.add(f"</{tag.name}>", end.line, end.column, protected=True)

    def _code(self, code: str, tag: Tag) -> None:
        self.content.add(code, tag.line, tag.column, protected=True)


def _shown(tag: Tag, *, empty: bool = False) -> str:
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in tag.attributes.items())
    return f"<{tag.name}{attributes}{'/' if empty or tag.name in _EMPTY else ''}>"


def _code_point(tag: Tag) -> str:
    """A character that XML cannot hold, written as a number in hexadecimal."""
    try:
        return chr(int(tag.attributes.get("hex", ""), 16))
    except (ValueError, OverflowError):
        return ""
