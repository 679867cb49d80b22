"""The nouns of the program: plain frozen values, no input or output, no imports from the package.

Every span in these values is half-open and counts Unicode code points of a *decoded* text exactly as its
format gave it (newlines kept, byte-order mark left out, nothing normalised).
"""

from __future__ import annotations

from collections.abc import Iterator
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


class Severity(StrEnum):
    """How bad a finding is; a rule fixes it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for errors, growing as the severity falls (for sorting)."""
        return list(Severity).index(self)


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


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a text."""

    span: Span
    block: int
    """Index of its block in `Text.blocks`."""


@dataclass(frozen=True, slots=True)
class Bead:
    """m source sentences aligned with n target sentences, m and n ≥ 0 but not both 0 (Gale & Church 1993)."""

    id: str
    passage: int
    """Index of its passage in `Alignment.passages`."""
    source_segments: tuple[Span, ...]
    target_segments: tuple[Span, ...]
    similarity: float
    """Cosine of the two sides' vectors; 0 where a side is empty."""
    confidence: float = 1.0
    """Probability that exactly these sentences belong together."""
    moved: bool = False
    """Whether the translation has it at another place than the source."""

    @property
    def source_span(self) -> Span | None:
        """From the first to the last source sentence, None for an insertion."""
        return _hull(self.source_segments)

    @property
    def target_span(self) -> Span | None:
        """From the first to the last target sentence, None for a deletion."""
        return _hull(self.target_segments)

    def span(self, side: Side) -> Span | None:
        """`source_span` or `target_span`."""
        return self.source_span if side is Side.SOURCE else self.target_span


def _hull(spans: tuple[Span, ...]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A run of a source that no passage quotes: the head, the tail, or all of it. Not an omission."""

    source_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which runs of the text translate which runs of which source, down to sentences."""

    passages: tuple[Passage, ...]
    """In the order of the document's text."""
    beads: tuple[Bead, ...]
    """In the order of the document's text; deletions stand where their neighbours in the source stand."""
    unquoted: tuple[Unquoted, ...] = ()
    remarks: tuple[str, ...] = ()
    """What a person should know about it: repairs that change nothing any more."""

    def gap(self, place: int, side: Side) -> Span:
        """Where the missing side of a bead would stand: it touches the sentence before it and the one after it.

        Args:
            place: index of a bead.
            side: the side that it lacks.

        Returns:
            A span that overlaps the neighbours of its passage; empty where the passage has nothing on this side.
        """
        before, after = self._nearest(place, -1, side), self._nearest(place, 1, side)
        if before is None and after is None:
            return Span(0, 0)
        if before is None or after is None:
            edge = before.end - 1 if before is not None else (after or Span(0, 0)).start
            return Span(edge, edge + 1)
        return Span(before.end - 1, after.start + 1)

    def _nearest(self, place: int, step: int, side: Side) -> Span | None:
        """The next sentence of the same passage in a direction that this side has."""
        passage = self.beads[place].passage
        place += step
        while 0 <= place < len(self.beads) and self.beads[place].passage == passage:
            span = self.beads[place].span(side)
            if span is not None and not self.beads[place].moved:
                return span
            place += step
        return None


class Signal(NamedTuple):
    """One measurement behind a finding."""

    name: str
    value: float
    threshold: float | None = None
    """The value from which this signal speaks for the finding, None where it only informs."""
    below: bool = False
    """True where it speaks for the finding below the threshold, not above it."""

    @property
    def supports(self) -> bool | None:
        """Whether it speaks for the finding, None where it only informs."""
        if self.threshold is None:
            return None
        return self.value < self.threshold if self.below else self.value >= self.threshold


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a finding was made."""

    counterpart: Span | None = None
    """The closest words on the other side (offsets in the whole text), None where there is no other side."""
    similarity: float | None = None
    """How close that counterpart is, a cosine."""
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule found wrong."""

    rule: str
    side: Side
    span: Span
    """In the whole text of its side: the source's text, or the document's."""
    confidence: float
    """Probability that a bilingual reader would agree, 0 to 1."""
    severity: Severity
    message: str
    evidence: Evidence = Evidence()
    fingerprint: str = ""
    """Stable name: the same while rule, side, words and bead keep their wording, wherever they move."""


class WordLoss(NamedTuple):
    """A word and the probability that the other side has no counterpart for it."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class CheckedBead:
    """What the checker says about one bead. Offsets count in the whole texts."""

    bead: Bead
    score: float
    """0 to 100, higher = the two sides correspond better."""
    findings: tuple[Finding, ...] = ()
    source_losses: tuple[WordLoss, ...] = ()
    target_losses: tuple[WordLoss, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Everything that changes a number, so that two figures can be compared or refused (after sacrebleu)."""

    version: str
    encoder: str
    parameters: str
    """Short hash of the fitted parameters."""
    sensitivity: str
    rules: str = "default"
    """``default``, or what is switched on, off or to another severity: ``negation=off,number=warning``."""

    def __str__(self) -> str:
        rules = "" if self.rules == "default" else f"|rules:{self.rules}"
        return (
            f"tui-reader:{self.version}|encoder:{self.encoder}"
            f"|parameters:{self.parameters}|sensitivity:{self.sensitivity}{rules}"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """Findings and scores of a document."""

    document: Document
    alignment: Alignment
    beads: tuple[CheckedBead, ...]
    signature: Signature

    @property
    def score(self) -> float | None:
        """Length-weighted mean of the beads' scores, None where nothing is aligned."""
        return mean_score(self.beads)

    def passage_score(self, passage: int) -> float | None:
        """The same for one passage, by its index."""
        return mean_score(tuple(self.of_passage(passage)))

    def of_passage(self, passage: int) -> Iterator[CheckedBead]:
        """The beads of one passage, by its index."""
        return (checked for checked in self.beads if checked.bead.passage == passage)

    @property
    def findings(self) -> tuple[tuple[CheckedBead, Finding], ...]:
        """All findings with their beads, in text order."""
        return tuple((checked, finding) for checked in self.beads for finding in checked.findings)

    def ranked_findings(self) -> tuple[tuple[CheckedBead, Finding], ...]:
        """All findings with their beads, the gravest first: severity, then how much is likely lost."""
        return tuple(sorted(self.findings, key=lambda pair: _gravity(pair[1])))


def _gravity(finding: Finding) -> tuple[int, float]:
    return finding.severity.rank, -finding.confidence * min(finding.span.length, 60) ** 0.5


def mean_score(beads: tuple[CheckedBead, ...]) -> float | None:
    """Length-weighted mean of scores; None for no beads.

    The weight of a bead is the number of characters of its longer side, so that a lost sentence counts fully.
    """
    weights = [
        max((span.length for span in (b.bead.source_span, b.bead.target_span) if span), default=0) for b in beads
    ]
    total = sum(weights)
    return sum(b.score * w for b, w in zip(beads, weights, strict=True)) / total if total else None
