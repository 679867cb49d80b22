"""Sentences of Japanese and English texts, as spans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.model import BlockKind, Segment, Span, Text
from tui_reader.text import sentences_en, sentences_ja
from tui_reader.text.layout import LIST_MARK, goes_on, is_folded
from tui_reader.text.readable import readable, with_protected

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile("[^\r\n]+")
_NEWLINES = re.compile("(\r\n|\n|\r)(\r\n|\n|\r)?")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺｦ-ﾝ\u3400-\u4dbf\u4e00-\u9fff]")


def split(content: str, language: str, span: Span | None = None) -> list[Span]:
    """The sentences of a text or a part of it, in time linear in its length.

    A line end ends a sentence, except in a paragraph folded at a fixed width, after a comma and before a small letter.
    English rules serve every language but Japanese, and within a Japanese text every line without Japanese letters.

    Args:
        content: the whole text.
        language: its ISO 639-1 code.
        span: the part to split, all of it by default.

    Returns:
        Spans of `content`: ordered, disjoint, without surrounding white space. Together they cover everything that
        is not white space.
    """
    runs = _runs(content, span or Span(0, len(content)))
    return [found for run in runs for part in _joined(content, run) for found in _sentences(content, part, language)]


def segments(text: Text) -> tuple[Segment, ...]:
    """The sentences of all blocks of a text but code, in order.

    Blocks know where lines belong together (see `text.blocks`), so a newline inside one is mere white space.
    """
    content = readable(text)
    return tuple(
        Segment(span, index)
        for index, block in enumerate(text.blocks)
        if block.kind is not BlockKind.CODE
        for span in with_protected(text, list(_block_sentences(content, block.span, text.language)), block.span)
    )


def within(text: Text, span: Span) -> list[Span]:
    """The sentences of a part of a text, without regard to its blocks (see `split`)."""
    found = [sentence.shifted(span.start) for sentence in split(readable(text, span), text.language)]
    return list(with_protected(text, found, span))


def _block_sentences(content: str, block: Span, language: str) -> Iterator[Span]:
    for run in _runs(content, block):
        yield from _sentences(content, Span(run[0].start, run[-1].end), language)


def _runs(content: str, span: Span) -> Iterator[list[Span]]:
    """The lines between blank lines."""
    run: list[Span] = []
    for line in _LINE.finditer(content, *span):
        if not line[0].isspace():
            run.append(Span(*line.span()))
        # A line of white space follows its newline at once, an empty one leaves two newlines in a row.
        following = _NEWLINES.match(content, line.end(), span.end)
        if run and (line[0].isspace() or following is None or following[2] is not None):
            yield run
            run = []
    if run:
        yield run


def _joined(content: str, lines: list[Span]) -> Iterator[Span]:
    """A run of lines without a blank one, joined where a sentence goes on across the line end."""
    texts = [line.of(content) for line in lines]
    folded = len(lines) > 1 and is_folded(texts)
    start = lines[0].start
    for index in range(1, len(lines)):
        before, after = texts[index - 1], texts[index]
        bare = not any(map(str.isalnum, after))
        if not bare and (LIST_MARK.match(after) or not (folded or goes_on(before, after))):
            yield Span(start, lines[index - 1].end)
            start = lines[index].start
    yield Span(start, lines[-1].end)


def _sentences(content: str, span: Span, language: str) -> Iterator[Span]:
    """The sentences of a stretch whose newlines are white space."""
    text = span.of(content)
    rules = sentences_ja if language == "ja" and _JAPANESE.search(text) else sentences_en
    for sentence in _between(text, rules.sentence_ends(text)):
        yield sentence.shifted(span.start)


def _between(text: str, ends: list[int]) -> Iterator[Span]:
    """Trimmed spans between the ends; what holds no letter or digit joins the sentence before it, or after it."""
    start = 0
    pending: Span | None = None
    for end in [*ends, len(text)]:
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = left + len(piece.strip())
        start = end
        if left == right:
            continue
        bare = not any(map(str.isalnum, text[left:right]))
        if pending is not None and (bare or not any(map(str.isalnum, pending.of(text)))):
            pending = Span(pending.start, right)
            continue
        if pending is not None:
            yield pending
        pending = Span(left, right)
    if pending is not None:
        yield pending
