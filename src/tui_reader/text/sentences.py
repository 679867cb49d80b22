"""Sentences of Japanese and English texts, as spans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.model import BlockKind, Segment, Span, Text
from tui_reader.text import sentences_en, sentences_ja
from tui_reader.text.layout import LIST_MARK, ends_sentence, is_folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEWLINE = re.compile("\r\n|\n|\r")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺｦ-ﾝ\u3400-\u4dbf\u4e00-\u9fff]")
# A line that ends so goes on in the next one, whatever its length.
_GOES_ON = re.compile(r"[、，,;；:：・—―–(（「『\[]\s*$")


def split(content: str, language: str, span: Span | None = None) -> list[Span]:
    """The sentences of a text or a part of it, in time linear in its length.

    A line end ends a sentence, except in a paragraph folded at a fixed width and after a comma. English rules serve
    every language but Japanese, and within a Japanese text every stretch without kana and Han characters.

    Args:
        content: the whole text.
        language: its ISO 639-1 code.
        span: the part to split, all of it by default.

    Returns:
        Spans of `content`: ordered, disjoint, without surrounding white space. Together they cover everything that
        is not white space.
    """
    start, end = span or Span(0, len(content))
    found: list[Span] = []
    for line in _lines(content, start, end):
        japanese = language == "ja" and _JAPANESE.search(content, line.start, line.end)
        rules = sentences_ja if japanese else sentences_en
        text = line.of(content)
        ends = rules.sentence_ends(text)
        found += [sentence.shifted(line.start) for sentence in _between(text, ends)]
    return found


def segments(text: Text) -> tuple[Segment, ...]:
    """The sentences of all blocks of a text but code, in order."""
    return tuple(
        Segment(span, index)
        for index, block in enumerate(text.blocks)
        if block.kind is not BlockKind.CODE
        for span in split(text.content, text.language, block.span)
    )


def _lines(content: str, start: int, end: int) -> Iterator[Span]:
    """The stretches of a text whose inner newlines are mere white space."""
    lines: list[Span] = []
    for newline in _NEWLINE.finditer(content, start, end):
        lines.append(Span(start, newline.start()))
        start = newline.end()
    lines.append(Span(start, end))
    run: list[Span] = []
    for line in lines:
        if line.of(content).strip():
            run.append(line)
        elif run:
            yield from _joined(content, run)
            run = []
    if run:
        yield from _joined(content, run)


def _joined(content: str, lines: list[Span]) -> Iterator[Span]:
    """A run of lines without a blank one, joined where a sentence goes on across the line end."""
    texts = [line.of(content) for line in lines]
    folded = len(lines) > 1 and is_folded(texts)
    start = lines[0].start
    for index in range(1, len(lines)):
        before, after = texts[index - 1], texts[index]
        marked = LIST_MARK.match(after) is not None
        bare = not any(map(str.isalnum, after))
        if not bare and (marked or not (folded or _continues(before, after))):
            yield Span(start, lines[index - 1].end)
            start = lines[index].start
    yield Span(start, lines[-1].end)


def _continues(before: str, after: str) -> bool:
    """Whether a sentence clearly goes on from one line to the next, as in text with one clause a line."""
    return not ends_sentence(before) and (_GOES_ON.search(before) is not None or after.lstrip()[:1].islower())


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
