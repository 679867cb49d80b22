"""Gold annotations: which sentences belong together, and what a bilingual reader finds wrong in them.

``gold.jsonl`` beside a document holds one bead a line, in the order of the translation. ``corpus/gold.schema.json``
describes a line, ``docs/annotation.md`` how the annotations are made.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from tui_reader import formats
from tui_reader.errors import InputError
from tui_reader.formats.decode import decode
from tui_reader.formats.folder import DESCRIPTION
from tui_reader.formats.input import Input
from tui_reader.model import Side, Span

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.model import Document

GOLD = "gold.jsonl"

Kind = TypeVar("Kind", bound=StrEnum)


class MarkType(StrEnum):
    """What a mark says of its span."""

    OMISSION = "omission"
    ADDITION = "addition"
    NUMBER = "number"
    DATE = "date"
    UNIT = "unit"
    NAME = "name"
    NEGATION = "negation"
    DEGREE = "degree"
    TERM = "term"
    MISTRANSLATION = "mistranslation"
    FREEDOM = "freedom"
    """Nothing is wrong: the way good translators work. A finding here is a false alarm."""


class GoldSeverity(StrEnum):
    """What a problem costs the reader of the translation, after the levels of MQM (Lommel et al. 2014)."""

    MINOR = "minor"
    """A shade is lost or gained, the message stands."""
    MAJOR = "major"
    """The reader learns something wrong, or misses something that was said."""
    CRITICAL = "critical"
    """The reader may come to harm by it, or reads the opposite."""


class FreedomKind(StrEnum):
    """Why the two sides of a freedom look different and say the same."""

    EXPLICITATION = "explicitation"
    DROPPED_SUBJECT = "dropped subject"
    RESTRUCTURING = "restructuring"
    IDIOM = "idiom"
    CONVERSION = "conversion"
    MOVED = "moved"
    CULTURE = "culture"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a bead with what is wrong, or free, about it."""

    type: MarkType
    side: Side
    span: Span
    """In the whole text of its side."""
    note: str
    severity: GoldSeverity | None = None
    """None for a freedom."""
    natural: bool = False
    """Whether translators make it by habit or in haste; False for a slip put in as a test, and for a freedom."""
    kind: FreedomKind | None = None
    """Of a freedom, None for a problem."""
    counterpart: Span | None = None
    """The words of the other side that it belongs to, where the annotator named them."""


@dataclass(frozen=True, slots=True)
class GoldBead:
    """Sentences of both sides that belong together; either side may be empty, not both."""

    id: str
    source_id: str
    source_spans: tuple[Span, ...]
    target_spans: tuple[Span, ...]
    marks: tuple[Mark, ...] = ()
    moved: bool = False
    """Whether the translation has it at another place than the source."""

    @property
    def problems(self) -> tuple[Mark, ...]:
        """The marks that are no freedoms."""
        return tuple(mark for mark in self.marks if mark.type is not MarkType.FREEDOM)


def read_gold(folder: Path, document: Document | None = None, file: str = GOLD) -> tuple[GoldBead, ...]:
    """The gold beads of a document folder, each checked against the texts.

    Args:
        folder: the document's folder.
        document: the document where it is open already.
        file: name of the annotations in the folder.

    Raises:
        InputError: there is no gold, a line is malformed, or its spans do not match the texts.
    """
    path = folder / file
    if not path.is_file():
        raise InputError("this document has no gold annotations", path=folder, cure=f"write {file}")
    opened = document or formats.read(folder)
    lines = decode(Input.of(path).read(), str(path)).split("\n")
    beads = tuple(_Line(path, number, opened).bead(line) for number, line in enumerate(lines, 1) if line.strip())
    seen: set[str] = set()
    for bead in beads:
        if bead.id in seen:
            raise InputError(f"there are two beads {bead.id!r}", path=path, cure="give each an id of its own")
        seen.add(bead.id)
    return beads


def read_genre(folder: Path) -> str | None:
    """What kind of text a document folder holds, such as ``science news``; None where it does not say.

    Raises:
        InputError: its description is missing or no TOML.
    """
    path = folder / DESCRIPTION
    try:
        return tomllib.loads(decode(Input.of(path).read(), str(path))).get("genre")
    except (ValueError, RecursionError) as error:
        raise InputError(f"bad TOML: {error}", path=path) from error


class _Line:
    """Reads one line; every complaint names the file and the line."""

    def __init__(self, path: Path, number: int, document: Document) -> None:
        self._path = path
        self._number = number
        self._document = document
        self._texts = {Side.TARGET: document.text.content}

    def bead(self, line: str) -> GoldBead:
        record = self._parsed(line)
        source_id = self._typed(record, "source_id", str)
        try:
            self._texts[Side.SOURCE] = self._document.source(source_id).text.content
        except KeyError:
            known = ", ".join(source.id for source in self._document.sources)
            raise self._error(f"there is no source {source_id!r}", f"there are: {known}") from None
        sentences = {side: self._sentences(record, side) for side in Side}
        if not any(sentences.values()):
            raise self._error("both sides of this bead are empty", "give it a sentence")
        return GoldBead(
            self._typed(record, "id", str),
            source_id,
            sentences[Side.SOURCE],
            sentences[Side.TARGET],
            tuple(self._mark(entry, sentences) for entry in self._typed(record, "marks", list)),
            self._typed(record, "moved", bool) if "moved" in record else False,
        )

    def _parsed(self, line: str) -> dict[str, Any]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise self._error(f"this is no JSON ({error})", "write one object a line") from error
        if not isinstance(record, dict):
            raise self._error("this is no JSON object", "write one object a line")
        return record

    def _sentences(self, record: dict[str, Any], side: Side) -> tuple[Span, ...]:
        spans = [self._span(pair, side) for pair in self._typed(record, f"{side}_spans", list)]
        if any(before.end > after.start for before, after in pairwise(spans)):
            raise self._error(f"{side}_spans overlap or are out of order", "list sentences in text order")
        if [span.of(self._texts[side]) for span in spans] != self._typed(record, side.value, list):
            raise self._error(f"{side}_spans do not hold the sentences under {side.value!r}", "correct the offsets")
        return tuple(spans)

    def _mark(self, entry: object, sentences: dict[Side, tuple[Span, ...]]) -> Mark:
        if not isinstance(entry, dict):
            raise self._error("a mark is no JSON object", "see corpus/gold.schema.json")
        side, type_ = self._one_of(entry, "side", Side), self._one_of(entry, "type", MarkType)
        span = self._span([entry.get("start"), entry.get("end")], side)
        inside = sentences[side]
        if not inside or not Span(inside[0].start, inside[-1].end).contains(span):
            raise self._error(f"the {type_} {entry.get('text')!r} lies outside its bead", "correct its offsets")
        if span.of(self._texts[side]) != entry.get("text"):
            raise self._error(f"the {type_} {entry.get('text')!r} is not what stands there", "correct its offsets")
        free = type_ is MarkType.FREEDOM
        if not free and (side is Side.SOURCE) != (type_ is MarkType.OMISSION):
            raise self._error(f"an {type_} on the {side} side", "omissions lie in the source, all else in the target")
        return Mark(
            type_,
            side,
            span,
            self._typed(entry, "note", str),
            None if free else self._one_of(entry, "severity", GoldSeverity),
            False if free else self._typed(entry, "natural", bool),
            self._one_of(entry, "kind", FreedomKind) if free else None,
            self._span(entry["counterpart"], side.other) if "counterpart" in entry else None,
        )

    def _span(self, pair: object, side: Side) -> Span:
        match pair:
            case [int(start), int(end)] if 0 <= start < end <= len(self._texts[side]):
                return Span(start, end)
        raise self._error(f"{pair!r} is no span of the {side} text", "write [start, end], half-open")

    def _typed(self, record: dict[str, Any], key: str, kind: type[Any]) -> Any:
        value = record.get(key)
        if not isinstance(value, kind):
            raise self._error(f"{key!r} is missing or of the wrong type", "see corpus/gold.schema.json")
        return value

    def _one_of(self, record: dict[str, Any], key: str, kinds: type[Kind]) -> Kind:
        value = record.get(key)
        if value not in [kind.value for kind in kinds]:
            raise self._error(f"{key} is {value!r}", "write one of: " + ", ".join(kinds))
        return kinds(value)

    def _error(self, what: str, cure: str) -> InputError:
        return InputError(what, path=self._path, line=self._number, cure=cure)
