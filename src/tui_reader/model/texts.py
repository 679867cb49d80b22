"""Texts: places in them, their blocks, and the documents that they make up."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol


class Span(NamedTuple):
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` in this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def shared(self, other: Span) -> int:
        """Number of code points that lie in both spans."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, offset: int) -> Span:
        """The same range, `offset` characters further right."""
        return Span(self.start + offset, self.end + offset)


class Side(StrEnum):
    """Which of the two texts a span points into."""

    SOURCE = "source"
    TARGET = "target"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.TARGET if self is Side.SOURCE else Side.SOURCE


class BlockKind(StrEnum):
    """What a block of a text is on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list item"
    CODE = "code"
    """Shown in the reader, but no language: never segmented or checked."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item… of a text. Sentences never cross blocks.

    Several blocks may be one paragraph on the page: `paragraph` counts the runs between blank lines.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    paragraph: int = 0


class Location(NamedTuple):
    """A place in a file as people and editors name it: both numbers start at 1, columns are code points."""

    line: int
    column: int


class Locator(Protocol):
    """Maps an offset of a decoded text to its place in the file it was read from."""

    def __call__(self, offset: int) -> Location:
        """Place of the character at `offset`."""
        ...


@dataclass(frozen=True, slots=True)
class Ignore:
    """A person's remark inside a file that findings of some rules are none, and why."""

    rules: frozenset[str]
    """Codes, or ``all``."""
    reason: str
    span: Span
    """The run of the text that is meant."""
    offset: int = 0
    """Where the remark stands, for messages about it."""

    def covers(self, rule: str, span: Span) -> bool:
        """Whether a finding of this rule on a bead with this span is meant."""
        return bool(self.span.length and self.rules & {rule, "all"}) and self.span.overlaps(span)


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded text with its language, its blocks and the file it came from."""

    content: str
    language: str
    """ISO 639-1 code, or ``und`` where it could not be told."""
    blocks: tuple[Block, ...] = ()
    path: Path | None = None
    locator: Locator | None = field(default=None, compare=False, repr=False)
    ignores: tuple[Ignore, ...] = ()
    """What its format's comments say about findings."""
    protected: tuple[Span, ...] = ()
    """Runs that are no language (inline tags, placeholders, marks), in order and disjoint: see `text.readable`."""

    def __len__(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Source:
    """A text that the document may translate, with who said it, when and where."""

    id: str
    text: Text
    title: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of the document's text that translates a run of one source."""

    id: str
    source_id: str
    source_span: Span
    target_span: Span
    marked: bool = False
    """True where a person (or a file of pairs) said so; False where alignment found it."""
    similarity: float = 1.0
    """Mean similarity of its beads where alignment found it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text in one language with the sources that it translates, quotes or is paired with.

    A file of translation pairs is the same thing: each pair is a passage marked in advance
    (`is_pairs`), and its reports are per passage instead of per bead.
    """

    id: str
    text: Text
    sources: tuple[Source, ...]
    title: str | None = None
    marked: tuple[Passage, ...] = ()
    is_pairs: bool = False
    _by_id: dict[str, Source] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A document of many pairs has a source for each, and every bead asks for its own. The first of equals counts.
        object.__setattr__(self, "_by_id", {source.id: source for source in reversed(self.sources)})

    def source(self, source_id: str) -> Source:
        """The source with this id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[source_id]
