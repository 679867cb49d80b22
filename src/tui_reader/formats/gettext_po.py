"""Translations of a program's messages in gettext PO files.

A message is a pair of its own: ``msgid`` and ``msgstr``. Of a message with plural forms the first form is compared with
``msgid`` and the others with ``msgid_plural``; where the language has one form only, as Japanese has, that form says
what ``msgid_plural`` says. Entries without a translation, fuzzy ones (guesses that no program shows before somebody
has looked at them) and obsolete ones are passed over and counted. Placeholders, tags and keyboard mnemonics are no
language. A translator's comment (``# tui-reader ignore …``) speaks of its entry, ``ignore-file`` in the header of all.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.decode import declared_encoding, decode
from tui_reader.formats.format import Format
from tui_reader.formats.gettext_messages import Catalogue
from tui_reader.formats.ignores import Remark, remark
from tui_reader.formats.pairs import paired_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from polib import POFile

    from tui_reader.formats.input import Input
    from tui_reader.formats.pairs import Pair
    from tui_reader.model import Document

_CHARSET = re.compile(rb"charset=([\w.:-]+)", re.IGNORECASE)
_STRING_LINE = re.compile(r'\s*(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*)?"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r'\\[\\nvtr"fb]')
_ERROR_LINE = re.compile(r"\(line (\d+)\)")
# polib splits lines where str.splitlines does; in a PO file these characters belong to a text.
_OTHER_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HIDE = {ord(end): 0xF0000 + number for number, end in enumerate(_OTHER_ENDS)}
_SHOW = {hidden: end for end, hidden in _HIDE.items()}


def open_po(file: Input, sources: Sequence[Path] = (), language: str | None = None) -> Iterator[Document]:
    """The translated messages in a PO file.

    Raises:
        InputError: missing, unreadable, no message in it, or in a language that cannot be checked.
    """
    yield from paired_documents(read_po, file, sources, language)


def read_po(file: Input) -> Iterator[Pair]:
    """The translated messages in a PO file; an entry that is malformed is a fault.

    Raises:
        InputError: missing, unreadable, or in a language that cannot be checked.
    """
    catalogue = Catalogue(file)
    for entry in _entries(_content(file), catalogue):
        try:
            found = _parsed(entry, file)
        except InputError as error:
            file.listener.fault(error)
            continue
        remarks = _remarks(found)
        if found.metadata:
            catalogue.describe(found.metadata, entry.message_line, remarks)
        for message in found:
            yield from catalogue.pairs(message, entry.message_line, entry.locator, remarks)
    catalogue.passed.close()


def _content(file: Input) -> str:
    """The file decoded as it declares, or, where that fails, as it looks."""
    data = file.read()
    declared = _CHARSET.search(data, 0, 65536)
    encoding = declared_encoding(declared[1].decode()) if declared else None
    if encoding is None:
        return decode(data, file.name)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"the header declares {encoding}, but this is not valid {encoding}"
        file.listener.fault(InputError(what, path=file.name, line=line, cure="correct charset= or save the file anew"))
    return decode(data, file.name)


class _Entry(NamedTuple):
    """The lines of one entry with the comments above it."""

    line: int
    """Number of the first of them."""
    lines: list[str]

    @property
    def message_line(self) -> int:
        """Number of its first line that is no comment."""
        number = next((k for k, line in enumerate(self.lines) if line.strip() and not line.lstrip().startswith("#")), 0)
        return self.line + number

    def locator(self, keyword: str) -> AnchoredLocator:
        """Where the characters of the text after a keyword stand."""
        return AnchoredLocator(lambda: self._anchors(keyword))

    def _anchors(self, wanted: str) -> list[Anchor]:
        anchors: list[Anchor] = []
        offset, keyword = 0, None
        for number, line in enumerate(self.lines, self.line):
            found = _STRING_LINE.fullmatch(line)
            keyword = found[1] or keyword if found else None
            if found is None or keyword != wanted:
                continue
            start = found.start(2)
            anchors.append(Anchor(offset, number, start + 1))
            for count, escape in enumerate(_ESCAPE.finditer(found[2]), 1):
                anchors.append(Anchor(offset + escape.end() - count, number, start + escape.end() + 1))
            offset += len(_ESCAPE.sub(" ", found[2]))
        return anchors or [Anchor(0, self.line, 1)]


def _entries(content: str, catalogue: Catalogue) -> Iterator[_Entry]:
    """The entries one by one: what is broken in one does not reach the next."""
    first, lines, complete = 1, list[str](), False
    for number, raw in enumerate(content.split("\n"), 1):
        line = raw.strip(" \t\r")
        if line.startswith("#~"):
            if line[2:].lstrip().startswith("msgstr ") or line[2:].lstrip().startswith("msgstr[0]"):
                catalogue.passed.count("obsolete")
            line = "#"
        if complete and _begins(line):
            yield _Entry(first, lines)
            first, lines, complete = number, [], False
        complete = complete or line.startswith("msgstr")
        lines.append("" if line == "#" else raw.rstrip("\r"))
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines):
        yield _Entry(first, lines)


def _begins(line: str) -> bool:
    """Whether a line after a msgstr belongs to the next entry: any but further strings and forms."""
    return bool(line) and not line.startswith(('"', "msgstr"))


def _parsed(entry: _Entry, file: Input) -> POFile:
    import polib  # noqa: PLC0415 - other formats do without

    _check(entry, file)
    try:
        found = polib.pofile("\n".join(entry.lines).translate(_HIDE))
    except OSError as error:
        at = _ERROR_LINE.search(str(error))
        line = entry.line + (int(at[1]) - 1 if at else 0)
        raise InputError("this is not PO syntax here", path=file.name, line=line, cure="msgfmt -c says more") from error
    for message in found if any(end in line for line in entry.lines for end in _OTHER_ENDS) else ():
        message.msgid, message.msgstr = (text.translate(_SHOW) for text in (message.msgid, message.msgstr))
        message.msgid_plural = message.msgid_plural.translate(_SHOW)
        message.msgstr_plural = {number: text.translate(_SHOW) for number, text in message.msgstr_plural.items()}
    return found


def _check(entry: _Entry, file: Input) -> None:
    """Refuse what msgfmt refuses and polib does not."""
    for number, line in enumerate(entry.lines, entry.line):
        if line.strip() and not line.lstrip().startswith("#") and not _STRING_LINE.fullmatch(line):
            what = "this line is neither a comment nor a keyword with a quoted string"
            raise InputError(what, path=file.name, line=number, cure="msgfmt -c says more")
    if not any(line.lstrip().startswith("msgstr") for line in entry.lines):
        raise InputError("this entry has no msgstr: is the file cut off?", path=file.name, line=entry.message_line)


def _remarks(found: POFile) -> tuple[Remark, ...]:
    # polib takes the comments at the head of what it reads, here of each entry, for the file's.
    comments = [found.header, *(message.tcomment for message in found)]
    said = (remark(line) for comment in comments for line in comment.split("\n"))
    return tuple(one for one in said if one)


def _sniff(file: Input) -> bool:
    head = file.head()
    return b'\nmsgid "' in b"\n" + head.replace(b"\r", b"\n") and b"\nmsgstr" in head


FORMAT = Format(name="po", suffixes=frozenset({".po", ".pot"}), open=open_po, sniff=_sniff, is_catalogue=True)
