"""Passages and beads of whole documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_reader.alignment.document import align_document
from tui_reader.corpus import corpus_path
from tui_reader.encoders import load
from tui_reader.formats import read
from tui_reader.model import Alignment, Document, Passage, Side, Source, Span, Text
from tui_reader.text.blocks import plain_blocks

COMMENTARY = (
    "朝から雨で、洗濯物がいっこうに乾かない。\n\n",
    "このあと近所の喫茶店で、店主と将棋の話をした。\n\n",
    "来週は連載を休みます。\n",
)


def text(content: str, language: str) -> Text:
    """A plain text."""
    return Text(content, language, plain_blocks(content))


@pytest.fixture(scope="module")
def moths() -> Document:
    """A bundled document: one source, wholly translated."""
    return read(Path(corpus_path()) / "ember-moths")


def paragraphs(document: Document, numbers: range) -> str:
    """Some paragraphs of its text."""
    parts = [p for p in document.text.content.split("\n\n") if p.strip() and not p.startswith("#")]
    return "\n\n".join(parts[k] for k in numbers) + "\n\n"


def article(document: Document, *parts: str) -> tuple[Document, Alignment]:
    """An article made of parts, checked against the document's source."""
    made = Document("article", text("".join(parts), "ja"), document.sources)
    return made, align_document(made, load("use"))


def test_a_quotation_between_commentary_is_found_and_nothing_else(moths: Document) -> None:
    """The middle of a source, quoted between the author's own paragraphs: one passage, commentary left alone."""
    quoted = paragraphs(moths, range(2, 5))
    _, alignment = article(moths, COMMENTARY[0], quoted, COMMENTARY[1], COMMENTARY[2])
    start = len(COMMENTARY[0])
    assert [p.target_span for p in alignment.passages] == [Span(start, start + len(quoted.rstrip()))]


def test_what_is_not_quoted_is_named_and_is_no_omission(moths: Document) -> None:
    """Head and tail of the source lie outside every bead, and are reported as unquoted."""
    _, alignment = article(moths, COMMENTARY[0], paragraphs(moths, range(2, 5)), COMMENTARY[1])
    assert len(alignment.unquoted) == 2
    for unquoted in alignment.unquoted:
        assert not any(b.source_span and b.source_span.overlaps(unquoted.span) for b in alignment.beads)


def test_a_quotation_interrupted_by_commentary_is_two_passages(moths: Document) -> None:
    """A paragraph of commentary in the middle belongs to neither passage."""
    one, other = paragraphs(moths, range(1, 3)), paragraphs(moths, range(3, 5))
    made, alignment = article(moths, one, COMMENTARY[1], other)
    between = Span(len(one), len(one) + len(COMMENTARY[1].rstrip()))
    assert len(alignment.passages) == 2
    assert not any(p.target_span.overlaps(between) for p in alignment.passages)
    assert between.of(made.text.content) == COMMENTARY[1].rstrip()


@pytest.mark.parametrize(
    ("dropped", "source"),
    [
        ("ガがどうやって峠を見つけるのかは、1世紀にわたって博物学者たちを悩ませてきた。", "How they find the pass"),
        ("道しるべになる明かりはなく、星もたびたび雲に隠れる。", "There are no lights to guide them"),
    ],
)
def test_a_sentence_dropped_inside_a_quotation_is_an_omission(moths: Document, dropped: str, source: str) -> None:
    """A gap inside a quoted run is a bead without translation, not an unquoted part."""
    quoted = paragraphs(moths, range(1, 4))
    assert dropped in quoted
    _, alignment = article(moths, quoted.replace(dropped, ""))
    gaps = [
        b.source_span.of(moths.sources[0].text.content) for b in alignment.beads if b.source_span and not b.target_span
    ]
    assert len(gaps) == 1
    assert gaps[0].startswith(source)


def test_a_text_about_something_else_has_no_passage(moths: Document) -> None:
    """Nothing is linked in a text that translates nothing, and the whole source is unquoted."""
    _, alignment = article(moths, *COMMENTARY)
    assert alignment.passages == ()
    assert len(alignment.unquoted) == 1


def test_beads_cover_their_passages_in_order(moths: Document) -> None:
    """Beads follow the text, lie inside their passage, and leave out no sentence of it."""
    alignment = align_document(moths, load("use"))
    for side in Side:
        spans = [bead.span(side) for bead in alignment.beads]
        placed = [span for span in spans if span]
        assert placed == sorted(placed)
    for bead in alignment.beads:
        passage = alignment.passages[bead.passage]
        assert bead.source_span is None or passage.source_span.contains(bead.source_span)
        assert bead.target_span is None or passage.target_span.contains(bead.target_span)


def test_a_marked_passage_wins(moths: Document) -> None:
    """What a person marked is taken as it is, even where alignment would never link it."""
    content = COMMENTARY[0] + COMMENTARY[1]
    source = moths.sources[0]
    mark = Passage("by hand", source.id, Span(169, 290), Span(0, len(COMMENTARY[0])), marked=True)
    made = Document("marked", text(content, "ja"), moths.sources, marked=(mark,))
    alignment = align_document(made, load("use"))
    assert alignment.passages == (mark,)
    assert {bead.passage for bead in alignment.beads} == {0}


def test_pairs_are_aligned_inside() -> None:
    """A pair of several sentences gets beads of its own, named after the pair."""
    source, target = "It rained. The dog stayed in bed all day.", "雨だった。犬は一日じゅう寝床から出なかった。"
    pair = Passage("n7", "n7", Span(0, len(source)), Span(0, len(target)), marked=True)
    document = Document("n7", text(target, "ja"), (Source("n7", text(source, "en")),), marked=(pair,), is_pairs=True)
    alignment = align_document(document, load("use"))
    assert [b.id for b in alignment.beads] == ["n7.1", "n7.2"]
    assert [b.target_span.of(target) for b in alignment.beads if b.target_span] == [
        "雨だった。",
        "犬は一日じゅう寝床から出なかった。",
    ]


def test_empty_sources_and_texts() -> None:
    """Nothing to align is no error."""
    document = Document("empty", text("", "ja"), (Source("s", text("", "en")),))
    assert align_document(document, load("use")) == Alignment((), (), ())
