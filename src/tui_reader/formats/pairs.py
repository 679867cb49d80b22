"""Pairs of texts and the documents that they are: what all formats of translation pairs share."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError, LanguageError
from tui_reader.formats.anchors import JoinedLocator
from tui_reader.formats.passing_over import Passed, direction, language_of
from tui_reader.model import Block, Document, Ignore, Passage, Source, Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.ignores import Remark
    from tui_reader.formats.input import Input
    from tui_reader.model import Locator

BETWEEN = "\n\n"
"""What stands between the rows of one document in its text."""
OPTIONAL_COLUMNS = ("source_lang", "target_lang", "document", "note")


class Pair(NamedTuple):
    """A text and its translation, as a format found them."""

    id: str
    source: str
    target: str
    source_language: str
    target_language: str
    """Both empty where the file does not say: then the texts do (`paired_documents`)."""
    line: int
    """Its line in the file, from 1."""
    source_locator: Locator
    target_locator: Locator
    document: str = ""
    """Neighbours with the same name here are one document; a pair without one is a document of its own."""
    source_protected: tuple[Span, ...] = ()
    target_protected: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()
    """What comments at the pair say about findings."""


def paired_documents(
    read: Callable[[Input], Iterable[Pair]], file: Input, sources: Sequence[Path], language: str | None
) -> Iterator[Document]:
    """The documents that the pairs of a file make up, as they are asked for.

    Args:
        read: gives the pairs in the order of the file.
        file: the file.
        sources: files named beside it: there must be none.
        language: of the target side where a person gave it.

    Raises:
        InputError: source files were named; nothing can be read (the first fault says why); there is no pair.
        LanguageError: all pairs are in other languages.
    """
    if sources:
        raise InputError("a file of pairs holds its own sources", path=file.name, cure="leave out --sources")
    faults = _HeldFaults(file)
    for group in _grouped(directed(read(faults.file), file, language)):
        faults.tell()
        yield _document(group, file.path)
    faults.end()


class _HeldFaults:
    """Keeps faults back until something can be read: where nothing can, the first of them is the error.

    Args:
        file: whose listener is to be told.
    """

    def __init__(self, file: Input) -> None:
        self._listener = file.listener
        self._held: list[InputError] | None = []
        self.file = replace(file, listener=file.listener._replace(fault=self._fault))

    def _fault(self, error: InputError) -> None:
        if self._held is None:
            self._listener.fault(error)
        else:
            self._held.append(error)

    def tell(self) -> None:
        """Something could be read."""
        held, self._held = self._held, None
        for error in held or ():
            self._listener.fault(error)

    def end(self) -> None:
        """All is read.

        Raises:
            InputError: there was nothing.
        """
        if self._held is not None:
            raise self._held[0] if self._held else InputError("there is no pair in this file", path=self.file.name)


def pair_id(value: object, file: Input, line: int) -> str:
    """The name of a pair: what its file calls it, else its line.

    Raises:
        InputError: it is no name.
    """
    if isinstance(value, dict | list | bool) or (isinstance(value, float) and not isfinite(value)):
        raise InputError("'id' is neither a string nor a number", path=file.name, line=line)
    return str(line) if value is None or value == "" else str(value)


def pair_language(code: str, default: str, file: Input, line: int) -> str:
    """ISO 639-1 code from ``ja``, ``JA``, ``jpn`` or ``ja-JP``; `default` for nothing.

    Raises:
        InputError: it is no language code.
    """
    found = language_of(code)
    if found and not (found.isascii() and found.isalpha() and len(found) in {2, 3}):
        raise InputError(f"{code!r} is no language code", path=file.name, line=line, cure="write en or ja")
    return found or default


def directed(pairs: Iterable[Pair], file: Input, language: str | None = None) -> Iterator[Pair]:
    """The pairs with their languages; those that a file does not name are told by the script of the texts.

    A source in Japanese goes into English, any other into Japanese: each pair tells by itself, so that its neighbours
    change nothing. Pairs of which somebody says that they are in other languages are passed over and counted.

    Args:
        pairs: as a format gives them.
        file: where they come from.
        language: of the target side where a person gave it.

    Raises:
        LanguageError: all pairs are in other languages.
    """
    passed = Passed(file)
    refused: LanguageError | None = None
    found = False
    for pair in pairs:
        languages = pair.source_language, language or pair.target_language
        if any(languages):
            try:
                languages = direction(*languages, file, pair.line)
            except LanguageError as error:
                refused = refused or error
                passed.count("in other languages")
                continue
        else:
            languages = _direction(pair)
        found = True
        yield pair._replace(source_language=languages[0], target_language=languages[1])
    if refused is not None and not found:
        raise refused
    passed.close()


def _direction(pair: Pair) -> tuple[str, str]:
    from tui_reader.text.language import is_in_japanese_script  # noqa: PLC0415 - files that name languages do without

    return ("ja", "en") if is_in_japanese_script(pair.source) else ("en", "ja")


def _grouped(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Neighbours of one document together. A pair that stands alone does not wait for the next one to be read."""
    group: list[Pair] = []
    for pair in pairs:
        if group and (not pair.document or _document_of(pair) != _document_of(group[0])):
            yield group
            group = []
        if pair.document:
            group.append(pair)
        else:
            yield [pair]
    if group:
        yield group


def _document_of(pair: Pair) -> tuple[str, str, str]:
    return pair.document, pair.source_language, pair.target_language


def _document(pairs: Sequence[Pair], path: Path | None) -> Document:
    first = pairs[0]
    name = first.document or first.id
    sources = [Row(pair.source, pair.source_locator, pair.source_protected) for pair in pairs]
    targets = [Row(pair.target, pair.target_locator, pair.target_protected, pair.remarks) for pair in pairs]
    source, source_spans = joined(sources, first.source_language, path)
    target, target_spans = joined(targets, first.target_language, path)
    marked = tuple(
        Passage(pair.id, name, one, other, marked=True)
        for pair, one, other in zip(pairs, source_spans, target_spans, strict=True)
    )
    return Document(name, target, (Source(name, source),), marked=marked, is_pairs=True)


class Row(NamedTuple):
    """One side of a pair."""

    text: str
    locator: Locator
    protected: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()


def joined(rows: Sequence[Row], language: str, path: Path | None) -> tuple[Text, list[Span]]:
    """One text of all rows, and where each stands in it."""
    from tui_reader.text.blocks import plain_blocks  # noqa: PLC0415 - rows alone do without

    spans: list[Span] = []
    blocks: list[Block] = []
    start = 0
    for row in rows:
        spans.append(Span(start, start + len(row.text)))
        paragraph = blocks[-1].paragraph + 1 if blocks else 0
        blocks += [
            Block(block.span.shifted(start), block.kind, paragraph + block.paragraph)
            for block in plain_blocks(row.text)
        ]
        start += len(row.text) + len(BETWEEN)
    content = BETWEEN.join(row.text for row in rows)
    text = Text(
        content,
        language,
        tuple(blocks),
        path,
        rows[0].locator if len(rows) == 1 else JoinedLocator([s.start for s in spans], [r.locator for r in rows]),
        tuple(_ignores(rows, spans, len(content))),
        tuple(p.shifted(span.start) for row, span in zip(rows, spans, strict=True) for p in row.protected),
    )
    return text, spans


def _ignores(rows: Sequence[Row], spans: Sequence[Span], length: int) -> Iterator[Ignore]:
    for row, span in zip(rows, spans, strict=True):
        for said in row.remarks:
            meant = Span(span.start, span.start)
            if said.is_complete:
                meant = Span(0, length) if said.whole_file else span
            yield Ignore(said.rules, said.reason, meant, span.start)
