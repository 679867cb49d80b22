"""The alignment of a whole document: passages found or marked, and the beads inside each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui_reader.alignment.anchors import anchors
from tui_reader.alignment.clauses import with_clauses
from tui_reader.alignment.joining import Side
from tui_reader.alignment.lonely import with_lonely
from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.passages import Run, find_runs
from tui_reader.alignment.places import TextSentences
from tui_reader.alignment.quoted_words import quoted_words
from tui_reader.alignment.repaired import repaired
from tui_reader.alignment.repairs import Repairs, located, read_repairs, repairs_path
from tui_reader.alignment.sentences import IndexBead, align_vectors
from tui_reader.alignment.texts import align_texts
from tui_reader.alignment.vectors import SentenceVectors, sentence_vectors
from tui_reader.alignment.whole import as_whole
from tui_reader.model import Alignment, Bead, Document, Passage, Span, Text, Unquoted
from tui_reader.text import sentences
from tui_reader.text.readable import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui_reader.alignment.lonely import Question, Witness
    from tui_reader.encoders.base import AdditiveEncoder
    from tui_reader.model import Source

    _Asked = Callable[[Sequence[Question]], list[float]]


class _Sentences:
    """The sentences of one text with their vectors."""

    def __init__(self, text: Text, encoder: AdditiveEncoder):
        segments = sentences.segments(text)
        self.spans = [segment.span for segment in segments]
        self.blocks = [segment.block for segment in segments]
        texts = [readable(text, span) for span in self.spans]
        self.vectors: SentenceVectors = sentence_vectors(texts, encoder, self.blocks)
        self.side = Side(lambda number: readable(text, self.spans[number]), self.vectors)
        self.anchors = [anchors(words) for words in texts]
        self._quoted = {j: words for j, words in enumerate(map(quoted_words, texts)) if words}
        self._encoder = encoder

    def as_quoting(self, sources: Sequence[_Sentences]) -> TextSentences:
        """The sentences of a text that may quote some sources, with what stands between their quotation marks."""
        marked = sentence_vectors(list(self._quoted.values()), self._encoder)
        of_sources = [found for source in sources for found in source.anchors]
        return TextSentences(self.vectors, self.blocks, marked, list(self._quoted), self.anchors, of_sources)

    def inside(self, span: Span) -> tuple[int, int]:
        """First and last + 1 of the sentences that start inside a span."""
        starts = [s.start for s in self.spans]
        return bisect_left(starts, span.start), bisect_left(starts, span.end)


def align_document(document: Document, encoder: AdditiveEncoder, witness: Witness | None = None) -> Alignment:
    """Passages and beads of a document.

    Marked passages are taken as they are; in the rest of the text, passages are looked for.

    Args:
        document: the text with its sources.
        encoder: of sentences.
        witness: says whether a sentence that is left alone belongs to the bead beside it; without one it stays alone.
    """
    if document.is_pairs:
        return _align_pairs(document, encoder, witness)
    text = _Sentences(document.text, encoder)
    sources = [_Sentences(source.text, encoder) for source in document.sources]
    vectors = [source.vectors for source in sources]
    repairs = _repairs(document, text, sources)
    marked, free = _marked_runs(document, text, sources, encoder)
    found = as_whole(find_runs(vectors, text.as_quoting(sources), encoder, free), vectors, text.vectors, encoder)
    if repairs.pins or repairs.forbidden:
        rest = repairs
        for place, (run, passage) in enumerate(marked):
            inside, rest = rest.split(run.source, run.source_range, run.target_range)
            marked[place] = repaired([run], inside, vectors, text.vectors, encoder)[0], passage
        found = repaired(found, rest, vectors, text.vectors, encoder)
    placed = [*marked, *((run, None) for run in found)]
    joined = []
    for run, mark in placed:
        sides = sources[run.source].side, text.side
        asked = _asked(witness, document.sources[run.source].text, document.text)
        beads = _with_joins(run.beads, sides, encoder, asked, _may_join(repairs, run.source))
        joined.append((replace(run, beads=tuple(beads)), mark))
    runs = sorted(joined, key=lambda item: item[0].target_range)
    passages, placed_beads = [], []
    for number, (run, mark) in enumerate(runs):
        source, spans = document.sources[run.source], sources[run.source].spans
        passage = mark or _passage(f"p{number + 1}", source, run, spans, text.spans)
        passages.append(passage)
        placed_beads += _beads(run.beads, spans, text.spans, passage.id, number)
    unquoted = _unquoted(document.sources, sources, [run for run, _ in runs])
    return Alignment(tuple(passages), tuple(placed_beads), tuple(unquoted), repairs.stale)


def _asked(witness: Witness | None, source: Text, target: Text) -> _Asked | None:
    return partial(witness, languages=(source.language, target.language)) if witness is not None else None


def _may_join(repairs: Repairs, source: int) -> Callable[[IndexBead, IndexBead], bool]:
    """Whether a person has nothing against sentences of two beads in one."""

    def may_join(home: IndexBead, beside: IndexBead) -> bool:
        return repairs.may_share(source, (*home.source, *beside.source), (*home.target, *beside.target))

    return may_join


def _with_joins(
    beads: Sequence[IndexBead], sides: tuple[Side, Side], encoder: AdditiveEncoder, asked: _Asked | None,
    may_join: Callable[[IndexBead, IndexBead], bool],
) -> list[IndexBead]:  # fmt: skip
    """The same beads, in which sentences stand with the clauses that they translate, unless a person objects."""
    found = with_clauses(beads, *sides, encoder, may_join)
    return with_lonely(found, sides, encoder, asked, may_join) if asked else found


def _repairs(document: Document, text: _Sentences, sources: Sequence[_Sentences]) -> Repairs:
    """What the file of repairs beside the text says about these sentences."""
    path = repairs_path(document.text)
    if path is None or not path.is_file():
        return Repairs()
    named = {
        source.id: [span.of(source.text.content) for span in part.spans]
        for source, part in zip(document.sources, sources, strict=True)
    }
    return located(read_repairs(path), named, [span.of(document.text.content) for span in text.spans], path)


def _passage(
    name: str, source: Source, run: Run, source_spans: Sequence[Span], target_spans: Sequence[Span]
) -> Passage:
    (i0, i1), (j0, j1) = run.source_range, run.target_range
    similarities = [bead.similarity for bead in run.beads]
    return Passage(
        name,
        source.id,
        Span(source_spans[i0].start, source_spans[i1 - 1].end),
        Span(target_spans[j0].start, target_spans[j1 - 1].end),
        similarity=sum(similarities) / len(similarities),
    )


def _marked_runs(
    document: Document, text: _Sentences, sources: Sequence[_Sentences], encoder: AdditiveEncoder
) -> tuple[list[tuple[Run, Passage]], list[bool]]:
    """Runs of the passages that a person marked, and which sentences are left."""
    free = [True] * len(text.spans)
    runs = []
    for passage in document.marked:
        index = [source.id for source in document.sources].index(passage.source_id)
        (i0, i1), (j0, j1) = sources[index].inside(passage.source_span), text.inside(passage.target_span)
        beads = _aligned(sources[index].vectors.part(i0, i1), text.vectors.part(j0, j1), encoder)
        if not beads:
            continue
        runs.append((Run(index, tuple(_shifted(beads, i0, j0))), passage))
        free[j0:j1] = [False] * (j1 - j0)
    return runs, free


def _align_pairs(document: Document, encoder: AdditiveEncoder, witness: Witness | None) -> Alignment:
    """Every pair is a passage; a pair of one sentence a side is a bead, without asking the encoder."""
    by_id = {source.id: source.text for source in document.sources}
    beads: list[Bead] = []
    for number, passage in enumerate(document.marked):
        source = by_id[passage.source_id]
        one = sentences.within(source, passage.source_span)
        other = sentences.within(document.text, passage.target_span)
        if len(one) == len(other) == 1:
            found = [IndexBead((0,), (0,), 1.0, 0.0)]
        else:
            sides = _side(source, one, encoder), _side(document.text, other, encoder)
            found = align_texts(*sides, encoder)
            if asked := _asked(witness, source, document.text):
                found = with_lonely(found, sides, encoder, asked)
        beads += _beads(found, one, other, passage.id, number)
    return Alignment(document.marked, tuple(beads))


def _side(text: Text, spans: Sequence[Span], encoder: AdditiveEncoder) -> Side:
    texts = [readable(text, span) for span in spans]
    return Side(texts.__getitem__, sentence_vectors(texts, encoder))


def _aligned(source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder) -> list[IndexBead]:
    """Beads of two runs, with moves."""
    return with_moves(align_vectors(source, target, encoder), source, target, encoder)


def _shifted(beads: Iterable[IndexBead], rows: int, columns: int) -> list[IndexBead]:
    return [
        bead._replace(source=tuple(i + rows for i in bead.source), target=tuple(j + columns for j in bead.target))
        for bead in beads
    ]


def _beads(
    beads: Sequence[IndexBead], source: Sequence[Span], target: Sequence[Span], name: str, passage: int
) -> list[Bead]:
    return [
        Bead(
            f"{name}.{k}",
            passage,
            tuple(source[i] for i in bead.source),
            tuple(target[j] for j in bead.target),
            bead.similarity,
            bead.confidence,
            bead.moved,
        )
        for k, bead in enumerate(beads, 1)
    ]


def _unquoted(sources: Sequence[Source], parts: Sequence[_Sentences], runs: Sequence[Run]) -> list[Unquoted]:
    """Runs of source sentences that no passage covers."""
    out = []
    for index, (source, part) in enumerate(zip(sources, parts, strict=True)):
        quoted = [False] * len(part.spans)
        for run in runs:
            if run.source == index:
                first, last = run.source_range
                quoted[first:last] = [True] * (last - first)
        start = None
        for i, inside in enumerate([*quoted, True]):
            if not inside and start is None:
                start = i
            elif inside and start is not None:
                out.append(Unquoted(source.id, Span(part.spans[start].start, part.spans[i - 1].end)))
                start = None
    return out
