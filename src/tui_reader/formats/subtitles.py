"""Subtitles in SubRip and WebVTT: what is said, paired by when it is said.

A sentence often runs over several cues: cues are one block until a sentence ends or somebody pauses. Where two files of
subtitles stand against each other (by ``--sources`` or by their names), what is on the screen at the same time is a
passage. Tags such as ``<i>`` and ``<v Anna>`` say how something is shown and are left out.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.decode import LineLocator, decode
from tui_reader.formats.format import Format, TextFile
from tui_reader.formats.front_matter import FrontMatter
from tui_reader.formats.subtitle_timing import Timed, timed_passages
from tui_reader.formats.text_file import opener
from tui_reader.model import Block, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.input import Input
    from tui_reader.model import Document

SUFFIXES = frozenset({".srt", ".vtt"})
_TIMING = re.compile(r"^(?!NOTE).*-->.*$", re.MULTILINE)
_TIME = re.compile(r"\d\d:\d\d[,.]\d+\s*-->\s*(?:\d+:)?\d\d:\d\d[,.]\d+")
# A tag, or a time in it, begins right behind its bracket: in `A < B and C > D` there is none.
_NOT_SPOKEN = re.compile(r"<(?:/?(?:[A-Za-z.][^<>\n]*)?|\d[\d:.]*)>|\{\\[^{}\n]*\}|&#?\w+;")
_LINE_END = "\\N"
_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:(?:\\[^\\\s]*)*$")
"""The beginning of a path on Windows, in which the sign of a line end is a folder's first letter."""
_LONGEST_PATH = 260
_SENTENCE_END = re.compile(r"[.!?…。．！？♪][\"”’」』)）\]]*$")
_PAUSE_SECONDS = 1.0
_PUNCTUATED = 0.3
"""Share of cues that end a sentence, from which punctuation can be relied on (Japanese subtitles often have none)."""
_MOST_CUES = 12
_BETWEEN = "\n\n"


class Cue(NamedTuple):
    """What is on the screen for a while."""

    start: float
    end: float
    """Seconds."""
    lines: tuple[Span, ...]
    """Where its lines stand in the file."""


class Subtitles(NamedTuple):
    """A file of subtitles."""

    text: str
    anchors: list[Anchor]
    blocks: list[Timed]


def read_subtitles(file: Input, language: str | None) -> TextFile:
    """What is said in a file of subtitles.

    Raises:
        InputError: missing, unreadable, or without a cue.
    """
    from tui_reader.text.language import detect  # noqa: PLC0415 - only where nobody says the language

    found = _subtitles(file)
    blocks = tuple(Block(block.span, paragraph=number) for number, block in enumerate(found.blocks))
    locator = AnchoredLocator(found.anchors)
    return TextFile(Text(found.text, language or detect(found.text), blocks, file.path, locator), FrontMatter())


def open_subtitles(file: Input, sources: Sequence[Path], language: str | None) -> Iterator[Document]:
    """The one document in a file of subtitles, its passages found by time.

    Raises:
        InputError: see `read_subtitles`; or the languages do not fit.
    """
    for document in _open(file, sources, language):
        paths = [document.text.path, *(source.text.path for source in document.sources)]
        files = [file.beside(path) for path in paths if path is not None and path.suffix.lower() in SUFFIXES]
        if len(files) == len(paths) == 2:
            target, source = (_subtitles(one).blocks for one in files)
            yield timed_passages(document, source, target)
        else:
            yield document


_open = opener(read_subtitles)


def _subtitles(file: Input) -> Subtitles:
    content = decode(file.read(), file.name)
    cues = _cues(content, file)
    if not cues:
        raise InputError("there is no subtitle in this file", path=file.name)
    lines = LineLocator(content)
    parts: list[str] = []
    anchors: list[Anchor] = []
    blocks: list[Timed] = []
    length = 0
    for group in _blocks(content, cues):
        length += len(_BETWEEN) if blocks else 0
        start = length
        spoken: list[str] = []
        for span in (span for cue in group for span in cue.lines):
            length += 1 if spoken else 0
            pieces = list(_spoken(content, span))
            for piece, place in pieces:
                anchors.append(Anchor(length, *lines(place)))
                length += len(piece)
            spoken.append("".join(piece for piece, _ in pieces))
        parts.append("\n".join(spoken))
        blocks.append(Timed(Span(start, length), group[0].start, max(cue.end for cue in group)))
    return Subtitles(_BETWEEN.join(parts), anchors, blocks)


def _spoken(content: str, span: Span) -> Iterator[tuple[str, int]]:
    """A line without its tags, character references resolved, in pieces with their places."""
    place = span.start
    for match in _NOT_SPOKEN.finditer(content, *span):
        yield content[place : match.start()], place
        yield unescape(match[0]) if match[0].startswith("&") else "", match.start()
        place = match.end()
    yield content[place : span.end], place


def _blocks(content: str, cues: Sequence[Cue]) -> list[list[Cue]]:
    """The cues, those together that one sentence runs over."""
    ends = [_ends_sentence(content, cue) for cue in cues]
    punctuated = sum(ends) >= _PUNCTUATED * len(cues)
    groups: list[list[Cue]] = []
    for index, cue in enumerate(cues):
        goes_on = punctuated and index > 0 and not ends[index - 1] and not _pause(cues, index)
        if goes_on and len(groups[-1]) < _MOST_CUES:
            groups[-1].append(cue)
        else:
            groups.append([cue])
    return groups


def _pause(cues: Sequence[Cue], index: int) -> bool:
    return cues[index].start - cues[index - 1].end > _PAUSE_SECONDS


def _ends_sentence(content: str, cue: Cue) -> bool:
    return bool(_SENTENCE_END.search(_NOT_SPOKEN.sub("", cue.lines[-1].of(content)).rstrip()))


def _cues(content: str, file: Input) -> list[Cue]:
    """The cues with words, in the order of the file; a timing line that is none is a fault."""
    import pysubs2  # noqa: PLC0415 - other formats do without
    from pysubs2.exceptions import Pysubs2Error  # noqa: PLC0415

    try:
        known = pysubs2.SSAFile.from_string(content, keep_html_tags=True, keep_unknown_html_tags=True)
    except Pysubs2Error as error:
        raise InputError("this is no file of SubRip or WebVTT subtitles", path=file.name) from error
    cues: list[Cue] = []
    place = 0
    for event in known:
        lines: list[Span] = []
        for line in event.text.split(_LINE_END):
            at = content.find(line, place) if line.strip() else -1
            if at >= 0:
                is_path = lines and content[place:at] == _LINE_END and _ends_in_path(content, lines[-1])
                start = lines.pop().start if is_path else at
                place = at + len(line)
                lines.append(Span(start, place))
        if any(_NOT_SPOKEN.sub("", line.of(content)).strip() for line in lines):
            cues.append(Cue(event.start / 1000, event.end / 1000, tuple(lines)))
    _report_lost(content, file)
    return cues


def _ends_in_path(content: str, line: Span) -> bool:
    return _PATH.search(content, max(line.start, line.end - _LONGEST_PATH), line.end) is not None


def _report_lost(content: str, file: Input) -> None:
    """pysubs2 takes a cue with a broken time for words of the one before."""
    for match in _TIMING.finditer(content):
        if not _TIME.search(match[0]):
            line = content.count("\n", 0, match.start()) + 1
            cure = "write 00:00:01,000 --> 00:00:02,000"
            file.listener.fault(InputError("this is no time of a subtitle", path=file.name, line=line, cure=cure))


def _sniff(file: Input) -> bool:
    head = file.head().removeprefix(b"\xef\xbb\xbf")
    return head.startswith(b"WEBVTT") or re.match(rb"\s*\d+\s*\r?\n\d+:\d\d:\d\d[,.]\d+ --> ", head) is not None


FORMAT = Format(name="subtitles", suffixes=SUFFIXES, open=open_subtitles, sniff=_sniff, read_text=read_subtitles)
