"""The text of HTML pages: what a browser shows, block by block, and where each character stands in the file.

Tags are left out and white space is collapsed. Code is no language: blocks of it (``pre``) are code, inline it is
protected. Readings above characters (``rt``) are not part of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.formats.anchors import Anchor
from tui_reader.model import Block, BlockKind, Span
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_KINDS = {
    **{f"h{level}": BlockKind.HEADING for level in range(1, 7)},
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
}
_BLOCKS = lexicon(
    "h1 h2 h3 h4 h5 h6 li dt dd blockquote pre address article aside body caption center details dialog div dl",
    "fieldset figcaption figure footer form head header hr html legend main nav ol p section summary table tbody td",
    "tfoot th thead title tr ul",
)
_NOT_SHOWN = lexicon(
    "audio canvas datalist iframe map math noscript object rp rt script select style svg template textarea video"
)
_VOID = lexicon("area br hr img input link meta source track wbr col embed base param")
_CODE = lexicon("code kbd samp var tt")
_SPACE = " \t\r\n\f"
_TAG = re.compile("<[A-Za-z/!?]")
_TOKEN = re.compile(rf"[{_SPACE}]+|[^{_SPACE}]+")
_BETWEEN = "\n\n"


class Piece(NamedTuple):
    """Characters of a page, and where the first of them stands."""

    text: str
    line: int
    column: int


class _Open:
    """Elements that are open. Pages may nest them without end, so no question about them looks at all of them."""

    def __init__(self) -> None:
        self._tags: list[str] = []
        self._kinds: list[BlockKind] = []
        self._count = Counter[str]()

    def __contains__(self, tag: str) -> bool:
        return self._count[tag] > 0

    def __bool__(self) -> bool:
        return bool(self._tags)

    @property
    def kind(self) -> BlockKind:
        """Of the innermost element that has one."""
        return self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH

    def add(self, tag: str) -> None:
        """Open an element."""
        self._tags.append(tag)
        self._count[tag] += 1
        if tag in _KINDS:
            self._kinds.append(_KINDS[tag])

    def remove(self) -> str:
        """Close the innermost element: its tag."""
        tag = self._tags.pop()
        self._count[tag] -= 1
        if tag in _KINDS:
            self._kinds.pop()
        return tag


class Page(HTMLParser):
    """Gathers the text of one page or, fed one after the other, of several."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.length = 0
        self.anchors: list[Anchor] = []
        self.blocks: list[Block] = []
        self.protected: list[Span] = []
        self.comments: list[tuple[int, str]] = []
        self.language: str | None = None
        self.title = ""
        self._open, self._hidden = _Open(), _Open()
        self._pieces: list[tuple[Piece, bool]] = []
        self._begun = False
        self._never_closed: set[str] = set()

    @property
    def content(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    def feed(self, data: str) -> None:
        """A whole page. A tag at its end that nothing closes is not shown, as in a browser."""
        unclosed = _TAG.search(data, data.rfind(">") + 1)
        self._never_closed = set()
        super().feed(data[: unclosed.start()] if unclosed else data)

    def close(self) -> None:
        """End a page."""
        super().close()
        self._end_block()
        self._open, self._hidden = _Open(), _Open()

    def parse_html_declaration(self, i: int) -> int:
        """A declaration; what Python's parser gives up on is a bogus comment, as the standard of HTML has it."""
        try:
            return self._parsed_once(i, super().parse_html_declaration)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def parse_comment(self, i: int, report: bool | int = True) -> int:  # noqa: ARG002 - nobody asks for silence
        """A comment."""
        return self._parsed_once(i, super().parse_comment)

    def _parsed_once(self, i: int, parse: Callable[[int], int]) -> int:
        """Where one comment or section is never closed no later one is: to look each time would take for ever."""
        kind = self.rawdata[i : i + 6].lower()[: 4 if self.rawdata.startswith("<!--", i) else 6]
        if kind in self._never_closed:
            return -1
        end = parse(i)
        if end < 0:
            self._never_closed.add(kind)
        return end

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """A start tag begins a block, or something inside one."""
        if tag == "html":
            given = dict(attrs)
            self.language = given.get("lang") or given.get("xml:lang") or self.language
        if tag in _NOT_SHOWN:
            self._hidden.add(tag)
        if tag == "br":
            self._add("\n")
        if tag in _BLOCKS:
            self._end_block()
        if tag in _BLOCKS | _CODE and tag not in _VOID:
            self._open.add(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """``<script/>`` in XHTML is empty."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An end tag closes what was opened inside its element, too."""
        while tag in self._hidden:
            self._hidden.remove()
        if tag in _BLOCKS:
            self._end_block()
        if tag in self._open:
            while self._open.remove() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Characters."""
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        """``&amp;``."""
        self._add(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """``&#38;``."""
        self._add(unescape(f"&#{name};"))

    def handle_comment(self, data: str) -> None:
        """A comment stands where the text before it ends."""
        self.comments.append((self.length + (len(_BETWEEN) if self._begun and self.length else 0), data))

    def _add(self, text: str) -> None:
        if "title" in self._open:
            self.title += text
        elif not self._hidden:
            line, column = self.getpos()
            self._pieces.append((Piece(text, line, column + 1), any(tag in self._open for tag in _CODE)))
            self._begun = self._begun or bool(text.strip())

    def _end_block(self) -> None:
        """Put what was gathered into the text, as a block of its own."""
        pieces, self._pieces, self._begun = self._pieces, [], False
        kind = self._open.kind
        gathered = _Gathered(verbatim=kind is BlockKind.CODE)
        for piece, is_code in pieces:
            gathered.add(piece, is_code=is_code)
        text = gathered.text
        if not text:
            return
        start = self.length + (len(_BETWEEN) if self.length else 0)
        self.anchors += [anchor._replace(offset=anchor.offset + start) for anchor in gathered.anchors]
        self.protected += [span.shifted(start) for span in gathered.protected if span.end <= len(text)]
        self.parts += [_BETWEEN, text] if self.length else [text]
        self.length = start + len(text)
        self.blocks.append(Block(Span(start, self.length), kind, len(self.blocks)))


class _Gathered:
    """The characters of one block, white space collapsed outside code."""

    def __init__(self, *, verbatim: bool) -> None:
        self._verbatim = verbatim
        self._parts: list[str] = []
        self._length = 0
        self.anchors: list[Anchor] = []
        self.protected: list[Span] = []

    @property
    def text(self) -> str:
        """All of it, without white space at the end."""
        return "".join(self._parts).rstrip()

    def add(self, piece: Piece, *, is_code: bool) -> None:
        """Characters that follow those before."""
        start, line, column = self._length, piece.line, piece.column
        for token in _TOKEN.findall(piece.text):
            self._add(token, line, column)
            line += token.count("\n")
            column = len(token) - token.rfind("\n") if "\n" in token else column + len(token)
        if is_code and not self._verbatim and self._length > start:
            self.protected.append(Span(start, self._length))

    def _add(self, token: str, line: int, column: int) -> None:
        if token.strip(_SPACE) or self._verbatim:
            shown = token
        elif not self._parts or self._parts[-1].isspace():
            return
        else:
            shown = "\n" if "\n" in token else " "
        if not self._parts and not token.strip():
            return
        self.anchors.append(Anchor(self._length, line, column))
        self._parts.append(shown)
        self._length += len(shown)
