"""What the reader shows, in order: beads, commentary, headings of passages and folded runs that nobody quotes.

The order is that of the document's text. Items hold spans only; wrapping them into rows is `rows`' work.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui_reader.model import Block, Side, Span
from tui_reader.text.width import clusters
from tui_reader.tui.wording import source_heading, unquoted_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Alignment, Bead, Document, Passage, Source, Text, Unquoted

LONGEST_PIECE = 4000
"""Characters of a block that are shown as one; a paragraph of a book has some hundreds, a line of a dump a million."""
_CLUSTER = 64
"""No character as people see it has as many code points."""
_ENDS = "[。．.!?！？][」』）)\\]”’\"'»]*(?:\\s|(?<=[。！？」』）]))"


class ItemKind(StrEnum):
    """What an item is in the reader."""

    BEAD = "bead"
    COMMENTARY = "commentary"
    PARAGRAPH = "paragraph"
    """A paragraph of either text (level with one of the other) while the alignment is not known yet."""
    HEADING = "heading"
    """Who said what follows, where and when."""
    UNQUOTED = "unquoted"
    """A run of a source that no passage quotes, folded to one line."""


class Item(NamedTuple):
    """One thing that the cursor can stand on (headings excepted), with its text on each side."""

    kind: ItemKind
    target: Span | None = None
    source: Span | None = None
    source_id: str | None = None
    bead: int | None = None
    """Index in `Alignment.beads`."""
    passage: int | None = None
    """Index in `Alignment.passages`."""
    spaced: bool = False
    """Whether an empty row stands before it: a new paragraph begins."""
    moved: bool = False
    """Whether the translation has this bead at another place than the source."""
    note: str = ""
    """The line shown for a heading or a folded run."""

    @property
    def is_stop(self) -> bool:
        """Whether the cursor can stand here."""
        return self.kind is not ItemKind.HEADING

    def span(self, side: Side) -> Span | None:
        """Its text on one side."""
        return self.source if side is Side.SOURCE else self.target


class BlockIndex:
    """The blocks of a text by offset."""

    def __init__(self, text: Text) -> None:
        self._content = text.content
        self._blocks = text.blocks or (Block(Span(0, len(text.content))),)

    def paragraph_at(self, offset: int) -> int:
        """Number of the paragraph that holds the character at `offset`."""
        return self._blocks[self._at(offset)].paragraph

    def is_one(self, first: int, last: int) -> bool:
        """Whether two characters stand in the same block."""
        return self._at(first) == self._at(last)

    def _at(self, offset: int) -> int:
        return max(0, bisect_right(self._blocks, offset, key=_start) - 1)

    def pieces(self, run: Span) -> Iterator[Span]:
        """The parts of `run` block by block, without white space at their ends; empty ones are left out.

        What is longer than any paragraph that people write is parted: all of an item is wrapped where a row is seen.
        """
        for at in range(self._at(run.start), len(self._blocks)):
            block = self._blocks[at]
            if block.span.start >= run.end:
                return
            end = min(run.end, block.span.end)
            piece = _trimmed(self._content, max(run.start, block.span.start), end)
            while piece is not None and piece.length > LONGEST_PIECE:
                cut = _cut(self._content, piece.start)
                first = _trimmed(self._content, piece.start, cut)
                if first is not None:
                    yield first
                piece = _trimmed(self._content, cut, end)
            if piece is not None:
                yield piece

    def begins(self, offset: int) -> bool:
        """Whether a block begins at `offset`, white space before it apart."""
        start = self._blocks[self._at(offset)].span.start
        return not self._content[start:offset].strip()


def _cut(content: str, start: int) -> int:
    """Where to part what begins at `start` and is too long: behind a sentence, else a word, else a character."""
    window = content[start : start + LONGEST_PIECE]
    ends = [match.end() for match in re.finditer(_ENDS, window)]
    if ends and ends[-1] > LONGEST_PIECE // 2:
        return start + ends[-1]
    space = window.rfind(" ")
    if space > LONGEST_PIECE // 2:
        return start + space
    *_, last = clusters(window[-_CLUSTER:])
    return start + LONGEST_PIECE - _CLUSTER + last.start


def _start(block: Block) -> int:
    return block.span.start


def _trimmed(content: str, start: int, end: int) -> Span | None:
    piece = content[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(stripped))


def paragraph_items(document: Document, limit: int | None = None) -> tuple[Item, ...]:
    """What to show while nothing is aligned: the paragraphs of the text and of its sources, side by side.

    Args:
        document: the texts.
        limit: how many items to make, None for all.
    """
    targets = BlockIndex(document.text)
    target_spans = ((span, targets.begins(span.start)) for span in targets.pieces(Span(0, len(document.text))))
    return tuple(islice(_paired(target_spans, _source_paragraphs(document.sources)), limit))


class _Paragraph(NamedTuple):
    source: Source
    span: Span
    first: bool
    """Whether the source begins with it."""
    begins: bool
    """Whether it is no more of a long one."""


def _source_paragraphs(sources: tuple[Source, ...]) -> Iterator[_Paragraph]:
    for source in sources:
        blocks = BlockIndex(source.text)
        for index, span in enumerate(blocks.pieces(Span(0, len(source.text)))):
            yield _Paragraph(source, span, index == 0, blocks.begins(span.start))


def _paired(targets: Iterator[tuple[Span, bool]], sources: Iterator[_Paragraph]) -> Iterator[Item]:
    for one, paragraph in zip_longest(targets, sources):
        target, begins = one or (None, False)
        if paragraph is None:
            yield Item(ItemKind.PARAGRAPH, target=target, spaced=begins)
            continue
        source = paragraph.source
        if paragraph.first:
            yield Item(ItemKind.HEADING, source_id=source.id, spaced=True, note=source_heading(source))
        spaced = (begins or paragraph.begins) and not paragraph.first
        yield Item(ItemKind.PARAGRAPH, target, paragraph.span, source.id, spaced=spaced)


def aligned_items(document: Document, alignment: Alignment) -> tuple[Item, ...]:
    """Everything there is to show, in the order of the document's text.

    Commentary has no source side and deletions no target side. Runs that nobody quotes stand next to the passage
    that they precede or follow in their source, sources that are not quoted at all at the end.
    """
    return tuple(_ItemBuilder(document, alignment).build())


class _ItemBuilder:
    def __init__(self, document: Document, alignment: Alignment) -> None:
        self._document, self._alignment = document, alignment
        self._sources = {source.id: source for source in document.sources}
        self._target_blocks = BlockIndex(document.text)
        self._source_blocks = {source.id: BlockIndex(source.text) for source in document.sources}
        self._heads, self._tails, self._unused = _placed(alignment)
        self._position = 0
        """Everything of the document's text before this offset is in an item."""
        self._paragraphs: dict[str, int] = {}
        """The paragraph shown last of each source, and of the document under no id."""

    def build(self) -> Iterator[Item]:
        passage = None
        for index, bead in enumerate(self._alignment.beads):
            if bead.passage != passage:
                yield from self._close(passage)
                yield from self._open(bead.passage)
                passage = bead.passage
            yield from self._bead(index, bead)
        yield from self._close(passage)
        yield from self._commentary(len(self._document.text))
        yield from map(self._folded, self._unused)

    def _open(self, index: int) -> Iterator[Item]:
        passage = self._alignment.passages[index]
        yield from self._commentary(passage.target_span.start)
        yield from map(self._folded, self._heads.get(index, ()))
        source = self._sources[passage.source_id]
        self._paragraphs.clear()
        yield Item(
            ItemKind.HEADING, source_id=source.id, passage=index, spaced=self._position > 0, note=source_heading(source)
        )

    def _close(self, index: int | None) -> Iterator[Item]:
        if index is not None:
            yield from self._commentary(self._alignment.passages[index].target_span.end)
            yield from map(self._folded, self._tails.get(index, ()))

    def _commentary(self, end: int) -> Iterator[Item]:
        for piece in self._target_blocks.pieces(Span(self._position, max(end, self._position))):
            yield Item(ItemKind.COMMENTARY, target=piece, spaced=self._turns("", piece.start))
        self._position = max(self._position, end)

    def _bead(self, index: int, bead: Bead) -> Iterator[Item]:
        source_id = self._alignment.passages[bead.passage].source_id
        target = bead.target_span
        if target is not None:
            yield from self._commentary(target.start)
            target = Span(max(target.start, self._position), max(target.end, self._position))
            self._position = target.end
        sides = (("", target), (source_id, bead.source_span))
        turns = [self._turns(text, span.start) for text, span in sides if span is not None]
        yield Item(
            ItemKind.BEAD, target, bead.source_span, source_id, index, bead.passage, spaced=turns[0], moved=bead.moved
        )

    def _turns(self, source_id: str, offset: int) -> bool:
        """Whether a new paragraph of a source (or of the document: no id) begins at `offset`."""
        blocks = self._source_blocks[source_id] if source_id else self._target_blocks
        before, now = self._paragraphs.get(source_id), blocks.paragraph_at(offset)
        self._paragraphs[source_id] = now
        return before is not None and now != before

    def _folded(self, run: Unquoted) -> Item:
        source = self._sources[run.source_id]
        whole = not any(passage.source_id == run.source_id for passage in self._alignment.passages)
        note = unquoted_note(source, run.span, whole=whole)
        return Item(ItemKind.UNQUOTED, source=run.span, source_id=source.id, spaced=True, note=note)


_Runs: TypeAlias = "dict[int, list[Unquoted]]"


def _placed(alignment: Alignment) -> tuple[_Runs, _Runs, list[Unquoted]]:
    """Unquoted runs by the passage that they stand before, by the one they stand after, and the rest."""
    passages: dict[str, list[tuple[int, Passage]]] = {}
    for index, passage in enumerate(alignment.passages):
        passages.setdefault(passage.source_id, []).append((index, passage))
    heads: _Runs = {}
    tails: _Runs = {}
    unused = []
    for run in alignment.unquoted:
        quoted = passages.get(run.source_id, [])
        before = [(p.source_span.end, index) for index, p in quoted if p.source_span.end <= run.span.start]
        after = [(p.source_span.start, index) for index, p in quoted if p.source_span.start >= run.span.end]
        if before:
            tails.setdefault(max(before)[1], []).append(run)
        elif after:
            heads.setdefault(min(after)[1], []).append(run)
        else:
            unused.append(run)
    return heads, tails, unused


class ItemIndex:
    """Finds the item that shows a character of either text."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        places: dict[str, list[tuple[Span, int]]] = {}
        for index, item in enumerate(items):
            if item.target is not None:
                places.setdefault("", []).append((item.target, index))
            if item.source is not None and item.source_id is not None:
                places.setdefault(item.source_id, []).append((item.source, index))
        self._places = {text: sorted(spans) for text, spans in places.items()}
        self._starts = {text: [span.start for span, _ in spans] for text, spans in self._places.items()}

    def at(self, offset: int, source_id: str = "") -> int | None:
        """Index of the item that holds `offset` of a source (of the document's text: no id), None where none does."""
        index = self.near(offset, source_id)
        if index is None:
            return None
        span, item = self._places[source_id][bisect_right(self._starts[source_id], offset) - 1]
        return item if span.start <= offset < span.end else None

    def near(self, offset: int, source_id: str = "") -> int | None:
        """The same, or else the item before it, or the first; None where no item shows that text."""
        places = self._places.get(source_id)
        return places[max(0, bisect_right(self._starts[source_id], offset) - 1)][1] if places else None
