"""HTML pages (see `html_text` for what counts as their text)."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.decode import declared_encoding, decode
from tui_reader.formats.format import Format, TextFile
from tui_reader.formats.front_matter import FrontMatter, language_code
from tui_reader.formats.html_text import Page
from tui_reader.formats.ignores import comment_ignores
from tui_reader.formats.protected import disjoint
from tui_reader.formats.text_file import opener
from tui_reader.model import Span, Text

if TYPE_CHECKING:
    from tui_reader.formats.input import Input
    from tui_reader.model import Locator

_DECLARED = re.compile(rb"""<(?:meta[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
# What pages call Shift_JIS is what Windows wrote.
_MEANT = {"shift_jis": "cp932", "iso8859-1": "cp1252"}


def read_html(file: Input, language: str | None) -> TextFile:
    """The text of a page.

    Raises:
        InputError: missing, unreadable, binary or without text.
    """
    page = Page()
    page.feed(decode_page(file.read(), file.name))
    page.close()
    return page_text(page, file, language, AnchoredLocator(page.anchors or [Anchor(0, 1, 1)]))


def page_text(page: Page, file: Input, language: str | None, locator: Locator) -> TextFile:
    """The text that a page, or several, amounts to.

    Raises:
        InputError: there is none.
    """
    from tui_reader.text.language import detect  # noqa: PLC0415 - only where nobody says the language

    content = page.content
    if not content:
        raise InputError("the text is empty", path=file.name)
    code = language or _language(page, file) or detect(content)
    comments = ((Span(at, at + 1), comment) for at, comment in page.comments)
    ignores = comment_ignores(comments, len(content), page.blocks)
    text = Text(content, code, tuple(page.blocks), file.path, locator, ignores, disjoint(page.protected))
    return TextFile(text, FrontMatter(title=" ".join(page.title.split()) or None))


def decode_page(data: bytes, name: str) -> str:
    """The characters of a page: as it declares where that holds, else as they look.

    Raises:
        InputError: this is no text, or in an encoding that cannot be told.
    """
    declared = _DECLARED.search(data, 0, 4096)
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = declared_encoding(declared[1].decode())
        with suppress(UnicodeDecodeError):
            if encoding is not None:
                return data.decode(_MEANT.get(encoding, encoding))
    return decode(data, name)


def _language(page: Page, file: Input) -> str | None:
    try:
        return language_code(page.language or None, file.name)
    except InputError:
        return None


def _sniff(file: Input) -> bool:
    return file.head()[:1024].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


FORMAT = Format(
    name="html",
    suffixes=frozenset({".html", ".htm", ".xhtml"}),
    open=opener(read_html),
    sniff=_sniff,
    read_text=read_html,
)
