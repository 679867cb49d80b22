"""What is evaluated: a document with its gold, whatever file it came from."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.evaluation.gold import MarkType
from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_reader.evaluation.gold import GoldBead
    from tui_reader.model import Bead, Document, Span

COVERAGE_RULES = {"omission": Side.SOURCE, "addition": Side.TARGET}
"""The rules whose spans are compared with the gold character by character, and the side of each."""

RELATED = {
    "number": {MarkType.NUMBER, MarkType.DATE, MarkType.UNIT},
    "date": {MarkType.DATE, MarkType.NUMBER},
    "unit": {MarkType.UNIT, MarkType.NUMBER},
    "name": {MarkType.NAME},
    "address": {MarkType.NAME, MarkType.NUMBER},
    "placeholder": {MarkType.NAME},
    "tag": {MarkType.NAME},
    "code": {MarkType.NAME},
    "negation": {MarkType.NEGATION, MarkType.DEGREE},
    "question": {MarkType.NEGATION, MarkType.MISTRANSLATION},
    "antonym": {MarkType.NEGATION, MarkType.MISTRANSLATION},
    "modality": {MarkType.DEGREE, MarkType.NEGATION},
    "roles": {MarkType.MISTRANSLATION},
    "tense": {MarkType.MISTRANSLATION, MarkType.DATE},
    "degree": {MarkType.DEGREE},
    "terminology": {MarkType.TERM},
}
"""What the gold calls the problems that a rule is about. A rule that is not here, such as one on brackets, looks for
what the gold does not annotate."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document with its gold.

    Attributes:
        id: its name in tables.
        group: what is drawn as one where runs are compared: the document, or all versions of one pair.
        document: to be checked.
        gold: its beads.
        genre: kind of text, None where it does not say.
        rules: which of `COVERAGE_RULES` are judged on it.
        damaged: whether it was damaged on purpose, None for what is as people made it.
        uncounted: words of either side that count neither way, besides problems that are marked as something else.
    """

    id: str
    group: str
    document: Document
    gold: tuple[GoldBead, ...]
    genre: str | None = None
    rules: frozenset[str] = frozenset(COVERAGE_RULES)
    damaged: bool | None = None
    uncounted: Mapping[Side, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def direction(self) -> str:
        """Such as ``en→ja``."""
        languages = Counter(source.text.language for source in self.document.sources)
        source = languages.most_common(1)[0][0] if languages else "und"
        return f"{source}→{self.document.text.language}"


class Place(NamedTuple):
    """A text that is judged as one. What is quoted twice is two of them: it may be whole here and cut there.

    Attributes:
        side: which text.
        source_id: of the source; empty for the target.
        quotation: counts the quotations of the same sentences, from 0.
    """

    side: Side
    source_id: str = ""
    quotation: int = 0


class GoldIndex:
    """Finds the gold beads that share sentences with a bead of the checker.

    Args:
        beads: of one document, in the order of the translation.
    """

    def __init__(self, beads: Sequence[GoldBead]):
        self.beads = beads
        self.quotation: list[int] = []
        """For each gold bead, how many before it quote the same sentences."""
        seen: Counter[tuple[str, Span]] = Counter()
        for bead in beads:
            times = [seen[bead.source_id, span] for span in bead.source_spans]
            self.quotation.append(max(times, default=0))
            seen.update((bead.source_id, span) for span in bead.source_spans)
        self._target = _Spans([(span, k) for k, bead in enumerate(beads) for span in bead.target_spans])
        self._sources = {
            source_id: _Spans(
                [(s, k) for k, bead in enumerate(beads) if bead.source_id == source_id for s in bead.source_spans]
            )
            for source_id in {bead.source_id for bead in beads}
        }

    def of(self, bead: Bead, source_id: str) -> list[int]:
        """Numbers of the gold beads that share sentences with a bead: on both sides if there are such, else on one."""
        source = self._sources.get(source_id)
        by_source = {k for span in bead.source_segments for k in (source.touching(span) if source else ())}
        by_target = {k for span in bead.target_segments for k in self._target.touching(span)}
        return sorted(by_source & by_target or by_target or by_source)

    def source_place(self, bead: Bead, source_id: str) -> Place:
        """Where findings on the source side of a bead are judged."""
        quoting = [k for k in self.of(bead, source_id) if self.beads[k].source_id == source_id]
        return Place(Side.SOURCE, source_id, self.quotation[quoting[0]] if quoting else 0)

    def places(self, number: int) -> dict[Side, Place]:
        """Where the marks of a gold bead lie."""
        return {
            Side.SOURCE: Place(Side.SOURCE, self.beads[number].source_id, self.quotation[number]),
            Side.TARGET: Place(Side.TARGET),
        }


class _Spans:
    """Sentences of one text, the same or apart, with the beads that they are in."""

    def __init__(self, entries: Sequence[tuple[Span, int]]):
        beads: dict[Span, list[int]] = {}
        for span, bead in entries:
            beads.setdefault(span, []).append(bead)
        self._entries = sorted(beads.items())
        self._ends = [span.end for span, _ in self._entries]

    def touching(self, span: Span) -> list[int]:
        """The beads with a sentence that shares characters with this one."""
        found = []
        for k in range(bisect_left(self._ends, span.start + 1), len(self._entries)):
            if self._entries[k][0].start >= span.end:
                break
            found += self._entries[k][1]
        return found
