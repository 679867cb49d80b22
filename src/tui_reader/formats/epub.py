"""E-books in EPUB 2 and 3: the chapters of the book in reading order, one text.

A place in a book is a place in one of its chapters. Books come from anywhere: what unpacks to more than a book can be,
or names files outside of itself, is refused; nothing is ever unpacked to disk.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import unquote

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.format import Format, TextFile
from tui_reader.formats.front_matter import FrontMatter
from tui_reader.formats.html_page import decode_page, page_text
from tui_reader.formats.html_text import Page
from tui_reader.formats.input import Input
from tui_reader.formats.text_file import opener
from tui_reader.formats.xml_events import Characters, EndTag, Tag, xml_events

if TYPE_CHECKING:
    from tui_reader.model import Location

_CONTAINER = "META-INF/container.xml"
LARGEST_FILE, LARGEST_BOOK = 32 << 20, 256 << 20
"""Bytes that one file, and all that are read together, may unpack to."""


def read_epub(file: Input, language: str | None) -> TextFile:
    """The text of a book; a chapter that cannot be read is a fault.

    Raises:
        InputError: missing, no EPUB, damaged, encrypted, too large, or without text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
            book = _Archive(file, archive)
            package = _package(book)
            page, starts = _chapters(book, package)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        # The second: it says that it needs a version of ZIP which nobody has written yet.
        raise InputError("this is no EPUB, or it is cut off", path=file.name) from error
    page.language = package.language or page.language
    locator = BookLocator(AnchoredLocator(page.anchors or [Anchor(0, 1, 1)]), starts)
    text, _ = page_text(page, file, language, locator)
    return TextFile(text, FrontMatter(title=package.title or None, author=package.author or None))


class Chapter(NamedTuple):
    """Where a chapter begins in the text of its book."""

    offset: int
    name: str


class BookLocator:
    """Maps offsets of a book's text to lines of its chapters.

    Args:
        places: maps them to line and column.
        chapters: in order.
    """

    def __init__(self, places: AnchoredLocator, chapters: list[Chapter]) -> None:
        self._places, self._chapters = places, chapters

    def __call__(self, offset: int) -> Location:
        """Place of the character at `offset` in its chapter."""
        return self._places(offset)

    def part(self, offset: int) -> str:
        """Name of the chapter's file in the book."""
        return self._chapters[max(bisect_right(self._chapters, offset, key=lambda one: one.offset) - 1, 0)].name


@dataclass(frozen=True, slots=True)
class _Member(Input):
    """A file inside the book."""

    data: bytes = b""

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


class _Archive:
    """The files in a book, as far as they can be trusted."""

    def __init__(self, file: Input, archive: zipfile.ZipFile) -> None:
        self.file, self._archive = file, archive
        self._read = 0

    def member(self, name: str) -> _Member:
        """A file of the book.

        Raises:
            InputError: it is missing, encrypted, damaged or too large.
        """
        shown = f"{self.file.name}!{name}"
        try:
            size = self._archive.getinfo(name).file_size
            if size > LARGEST_FILE or self._read + size > LARGEST_BOOK:
                raise InputError(f"this unpacks to {size:,} bytes, more than a text can be", path=shown)
            data = self._archive.read(name)
        except KeyError as error:
            raise InputError("the book names this file and does not hold it", path=shown) from error
        except (RuntimeError, NotImplementedError) as error:
            raise InputError("this is encrypted or packed in a way that cannot be read", path=shown) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise InputError("this is damaged", path=shown) from error
        self._read += len(data)
        return _Member(None, shown, self.file.listener, data=data)


@dataclass(slots=True)
class _Package:
    """What the package document of a book says."""

    folder: str
    title: str = ""
    author: str = ""
    language: str = ""
    files: dict[str, str] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)


def _package(book: _Archive) -> _Package:
    names = [
        event.attributes.get("full-path", "")
        for event in xml_events(book.member(_CONTAINER), {"container"})
        if isinstance(event, Tag) and event.name == "rootfile"
    ]
    if not names:
        raise InputError("the book does not say where its contents are", path=f"{book.file.name}!{_CONTAINER}")
    package = _Package(posixpath.dirname(names[0]))
    element = ""
    for event in xml_events(book.member(_inside("", names[0], book)), {"package"}):
        if isinstance(event, Tag):
            element = event.name
            if element == "item":
                package.files[event.attributes.get("id", "")] = event.attributes.get("href", "")
            elif element == "itemref":
                package.spine.append(event.attributes.get("idref", ""))
        elif isinstance(event, EndTag):
            element = ""
        elif isinstance(event, Characters):
            _describe(package, element, event.text)
    return package


def _describe(package: _Package, element: str, text: str) -> None:
    if element == "title":
        package.title += text
    elif element == "creator":
        package.author += text
    elif element == "language" and not package.language:
        package.language = text.strip()


def _inside(folder: str, href: str, book: _Archive) -> str:
    """The name of a file of the book.

    Raises:
        InputError: it would lie outside.
    """
    name = posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))
    if name.startswith(("/", "..")) or "\\" in name or "\0" in name:
        raise InputError(f"the book names a file outside of itself, {href!r}", path=book.file.name)
    return name


def _chapters(book: _Archive, package: _Package) -> tuple[Page, list[Chapter]]:
    """The text of all chapters that can be read, and where each begins.

    Raises:
        InputError: none can be read.
    """
    whole, starts = Page(), []
    faults: list[InputError] = []
    for item in package.spine:
        try:
            name = _inside(package.folder, package.files.get(item, ""), book)
            data = book.member(name)
            text = decode_page(data.read(), data.name)
        except InputError as error:
            faults.append(error)
            continue
        starts.append(Chapter(whole.length, name))
        whole.reset()
        whole.feed(text)
        whole.close()
    if faults and not starts:
        raise faults[0]
    for fault in faults:
        book.file.listener.fault(fault)
    whole.title = ""
    return whole, starts or [Chapter(0, "")]


def _sniff(file: Input) -> bool:
    head = file.head()
    return head.startswith(b"PK") and b"mimetypeapplication/epub+zip" in head[:100]


FORMAT = Format(name="epub", suffixes=frozenset({".epub"}), open=opener(read_epub), sniff=_sniff, read_text=read_epub)
