"""Rows: level by construction, complete, inside their columns."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lighthouse import JAPANESE, make_alignment, make_document

from tui_reader.model import Alignment, Bead, Document, Passage, Side, Source, Span, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.text.width import cells
from tui_reader.tui.columns import Columns, Shape, View, arrange
from tui_reader.tui.items import ItemKind, aligned_items, paragraph_items
from tui_reader.tui.rows import Row, RowMap, RowOptions
from tui_reader.tui.typesetting import Line, Readings, Typesetting
from tui_reader.tui.viewport import Place, Viewport

_CHARACTERS = "あ漢。「」、ーょ（）abcXYZ-,. …“①１2\u200b\u202e\x1b\x07\t👩\u200d🚀e\u0301\ud800"
_SENTENCES = st.lists(st.text(_CHARACTERS, min_size=1, max_size=60), min_size=1, max_size=6)
_SHAPES = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2)]
TYPESETTINGS = st.builds(
    Typesetting, st.sampled_from([1, 2]), st.booleans(), st.booleans(), st.sampled_from([Readings.OFF, Readings.ABOVE])
)
_JOINTS = st.sampled_from(["", " ", "\n", "\n\n"])


@st.composite
def aligned_documents(draw: st.DrawFn) -> tuple[Document, Alignment]:
    """Any texts, hostile characters in them, and beads over some of their sentences."""
    target, target_spans = _joined(draw(_SENTENCES), draw(_JOINTS))
    source, source_spans = _joined(draw(_SENTENCES), draw(_JOINTS))
    beads: list[Bead] = []
    commentary = draw(st.integers(0, len(target_spans)))
    targets, sources = target_spans[commentary:], list(source_spans)
    while targets or sources:
        m, n = draw(st.sampled_from(_SHAPES))
        taken = (tuple(sources[:m]), tuple(targets[:n]))
        sources, targets = sources[m:], targets[n:]
        if any(taken):
            beads.append(Bead(f"b{len(beads)}", 0, *taken, 0.5))
        else:
            beads.append(Bead(f"b{len(beads)}", 0, tuple(sources), tuple(targets), 0.5))
            sources, targets = [], []
    start = target_spans[commentary].start if commentary < len(target_spans) else len(target)
    passage = Passage("p", "s", Span(0, len(source)), Span(start, len(target)))
    document = Document(
        "d",
        Text(target, "ja", plain_blocks(target)),
        (Source("s", Text(source, "en", plain_blocks(source))),),
    )
    return document, Alignment((passage,), tuple(beads))


def _joined(sentences: list[str], joint: str) -> tuple[str, list[Span]]:
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + joint
    return text, spans


def all_rows(rows: RowMap) -> list[Row]:
    """Every row there is."""
    return [row for index in range(len(rows)) for row in rows.rows(index)]


def offsets(lines: list[Line | None]) -> list[int]:
    """Which characters lines show, each once however many cells its mark takes."""
    return [offset for line in lines if line for offset in dict.fromkeys(line.offsets)]


def in_blocks(text: Text) -> list[int]:
    """Offsets of everything that must be seen."""
    return [offset for block in text.blocks for offset in range(*block.span) if not text.content[offset].isspace()]


@settings(max_examples=60, deadline=None)
@given(aligned_documents(), st.sampled_from(View), st.integers(30, 200), TYPESETTINGS)
def test_every_character_of_the_text_is_in_exactly_one_row(
    aligned: tuple[Document, Alignment], view: View, width: int, how: Typesetting
) -> None:
    """Nothing of the translation is lost or shown twice, in any view and width, before and after the alignment."""
    document, alignment = aligned
    for items in (paragraph_items(document), aligned_items(document, alignment)):
        rows = all_rows(RowMap(document, items, arrange(width, view), RowOptions(how)))
        seen = [at for at in offsets([row.target for row in rows]) if not document.text.content[at].isspace()]
        assert seen == in_blocks(document.text)


@settings(max_examples=60, deadline=None)
@given(aligned_documents(), st.integers(30, 200))
def test_every_character_of_the_source_is_in_exactly_one_row(aligned: tuple[Document, Alignment], width: int) -> None:
    """The same for a source that is quoted whole."""
    document, alignment = aligned
    source = document.sources[0].text
    rows = all_rows(RowMap(document, aligned_items(document, alignment), arrange(width, View.SIDE_BY_SIDE)))
    seen = [at for at in offsets([row.source for row in rows]) if not source.content[at].isspace()]
    assert seen == in_blocks(source)


@settings(max_examples=60, deadline=None)
@given(aligned_documents(), st.integers(30, 200), TYPESETTINGS)
def test_both_sides_of_a_bead_take_the_same_rows(
    aligned: tuple[Document, Alignment], width: int, how: Typesetting
) -> None:
    """Rows of readings apart, each side begins in the bead's first row without a gap; the taller sets the height."""
    document, alignment = aligned
    columns = arrange(width, View.SIDE_BY_SIDE)
    rows = RowMap(document, aligned_items(document, alignment), columns, RowOptions(how))
    for index, item in enumerate(rows.items):
        if item.kind is not ItemKind.BEAD:
            continue
        content = [row for row in rows.rows(index) if row.source or row.target]
        heights = []
        for side in Side:
            filled = [row.line(side) is not None for row in content]
            assert filled == sorted(filled, reverse=True)
            heights.append(sum(filled))
        assert len(content) == max(heights)


@settings(max_examples=60, deadline=None)
@given(aligned_documents(), st.sampled_from(View), st.integers(30, 200), TYPESETTINGS, st.integers(0, 90))
def test_lines_fit_their_columns_and_hold_no_control_character(
    aligned: tuple[Document, Alignment], view: View, width: int, how: Typesetting, measure: int
) -> None:
    """What reaches the terminal is printable and never wider than its column, but for a mark that hangs behind it."""
    document, alignment = aligned
    columns = arrange(width, view, Shape(measure, hang=how.hang))
    for row in all_rows(RowMap(document, aligned_items(document, alignment), columns, RowOptions(how))):
        if row.ruby is not None:
            assert all(cells(row.ruby[side], how.ambiguous) <= max(columns.source, columns.target) for side in (0, 1))
        for line, column in ((row.source, columns.source), (row.target, columns.target)):
            if line is not None:
                over = cells(line.text, how.ambiguous) - column
                assert over <= 0 or (over <= how.hang and line.text.endswith(("。", "、")))
                assert not set(line.text) & set("\n\r\t\x1b\x07\u202e\u200b\ud800")
                assert len(line.text) == len(line.offsets)


def columns_for(view: View) -> Columns:
    """A usual screen."""
    return arrange(120, view)


def test_a_line_of_the_file_is_no_line_of_the_screen() -> None:
    """Hard-wrapped Japanese is joined without a hole, English with a space, and offsets still point into the file."""
    content = "灯台は六月\nまで閉鎖。\n"
    english = "The lighthouse\n  is closed.\n"
    text = Text(content, "ja", (plain_blocks("x" * 11)[0],))
    source = Source("s", Text(english, "en", (plain_blocks("x" * (len(english) - 1))[0],)))
    document = Document("d", text, (source,))
    rows = RowMap(document, paragraph_items(document), columns_for(View.SIDE_BY_SIDE))
    line = next(row for row in all_rows(rows) if row.target)
    assert line.target is not None
    assert line.source is not None
    assert line.target.text == "灯台は六月まで閉鎖。"
    assert line.source.text == "The lighthouse is closed."
    assert line.target.clip(Span(6, 8)) == (5, 7)


def test_the_translation_alone_shows_where_a_sentence_is_missing() -> None:
    """Without the source column a deletion still has a row; headings and folded runs have none."""
    document = make_document()
    rows = RowMap(document, aligned_items(document, make_alignment()), columns_for(View.TARGET_ONLY))
    assert [row.note for row in all_rows(rows) if row.note] == ["(not in the translation)"]


def test_a_folded_run_unfolds() -> None:
    """What nobody quotes can be read on demand."""
    document = make_document()
    items = aligned_items(document, make_alignment())
    folded = next(index for index, item in enumerate(items) if item.kind is ItemKind.UNQUOTED)
    columns = columns_for(View.SIDE_BY_SIDE)
    assert [row.source for row in RowMap(document, items, columns).rows(folded) if row.source] == []
    unfolded = RowMap(document, items, columns, RowOptions(unfolded=frozenset({folded}))).rows(folded)
    shown = " ".join(row.source.text for row in unfolded if row.source)
    assert shown == "Good evening, everyone. Thank you for coming tonight."


def test_a_mark_covers_a_hostile_character_and_nothing_else() -> None:
    """A span of the file is found again among the marks."""
    content = "安\x1b[31m全\u202eです"
    document = Document("d", Text(content, "ja"), ())
    line = all_rows(RowMap(document, paragraph_items(document), columns_for(View.TARGET_ONLY)))[0].target
    assert line is not None
    assert line.text == "安␛[31m全‹U+202E›です"
    start, end = line.clip(Span(content.index("全"), content.index("全") + 2))
    assert line.text[start:end] == "全‹U+202E›"


@settings(max_examples=60, deadline=None)
@given(aligned_documents(), st.sampled_from(View), st.integers(1, 12), st.lists(st.integers(-30, 30), max_size=8))
def test_the_window_agrees_with_a_flat_list_of_rows(
    aligned: tuple[Document, Alignment], view: View, height: int, moves: list[int]
) -> None:
    """Scrolling by items and rows shows what a plain slice of all rows would show."""
    document, alignment = aligned
    rows = RowMap(document, aligned_items(document, alignment), arrange(60, view))
    flat = all_rows(rows)
    window, at = Viewport(rows, height), 0
    for move in moves:
        window.scroll(move)
        at = max(0, min(at + move, len(flat) - height))
        assert [row for _, row in window.visible()] == flat[at : at + height]


@settings(max_examples=40, deadline=None)
@given(aligned_documents(), st.integers(3, 12), st.integers(0, 20), st.integers(-20, 20), st.booleans())
def test_an_item_that_is_revealed_is_seen(
    aligned: tuple[Document, Alignment], height: int, index: int, scrolled: int, jump: bool
) -> None:
    """Wherever the window was, the item is then inside it, whole where it fits."""
    document, alignment = aligned
    rows = RowMap(document, aligned_items(document, alignment), arrange(60, View.STACKED))
    if not len(rows):
        return
    index %= len(rows)
    window = Viewport(rows, height)
    window.scroll(scrolled)
    window.reveal(index, jump=jump)
    seen = sum(place.item == index for place, _ in window.visible())
    assert seen >= min(len(rows.rows(index)), height - 2 * min(2, (height - 1) // 3))


def test_only_what_is_looked_at_is_wrapped() -> None:
    """A long text opens at once: the first screen makes the rows of a few items only."""
    content = JAPANESE * 2000
    document = Document("d", Text(content, "ja", plain_blocks(content)), ())
    made = []

    class Counting(RowMap):
        def rows(self, index: int) -> tuple[Row, ...]:
            made.append(index)
            return super().rows(index)

    window = Viewport(Counting(document, paragraph_items(document), columns_for(View.STACKED)), 40)
    window.visible()
    window.show(Place(len(window.rows) - 1, 0))
    window.visible()
    assert len(set(made)) < 100 < len(window.rows)
