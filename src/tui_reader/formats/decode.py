"""From bytes to text: which encoding it is, and where each character stands."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right

from tui_reader.errors import InputError
from tui_reader.model import Location

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the UTF-16 mark, so it stands before it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_JAPANESE_ENCODINGS = ["shift_jis", "cp932", "euc_jp", "iso2022_jp"]
_OTHER_ENCODINGS = ["cp1252", "gb18030", "big5", "euc_kr", "cp1251"]
_ISO_2022_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I")
# Text never holds these; files of other kinds nearly always do.
_BINARY_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Marks, kana, kanji, wide letters and pictures: other encodings of Japanese seldom look like these in UTF-8.
_EXPECTED = re.compile("[\u2000-\u206f\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef\U0001f000-\U0001faff]+")
_NEWLINE = re.compile(r"\r\n|\r|\n")
# A space, a tab, a line end or a comma is never the second half of a character.
_PARTS_OF_CHARACTERS = bytes(range(0x30, 0x100))
# Python's codecs for other things than the characters of a file read this as something else, or not at all.
_ASCII = b"xn--4ca.\\u0041"
_SAVE_AS_UTF8 = "save it as UTF-8 text"


def decode(data: bytes, name: str) -> str:
    """The text in these bytes, without a byte-order mark, newlines as they are.

    A byte-order mark decides; then strict UTF-8; then charset-normalizer chooses among the encodings
    that Japanese and English texts come in.

    Args:
        data: the whole file.
        name: how a message calls the file.

    Raises:
        InputError: this is no text, or in an encoding that cannot be told.
    """
    encoding = guess_encoding(data, name)
    mark = next((mark for mark, _ in _BOMS if data.startswith(mark)), b"")
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"this is not valid {encoding} text", path=name, line=line, cure=_SAVE_AS_UTF8) from error


def guess_encoding(data: bytes, name: str, *, cut: bool = False) -> str:
    """Python's name of the encoding of these bytes (a byte-order mark counts as decided, not as content).

    Args:
        data: the file, or its beginning.
        name: how a message calls the file.
        cut: whether `data` may end in the middle of a character.

    Raises:
        InputError: this is no text, or in an encoding that cannot be told.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if any(escape in data for escape in _ISO_2022_ESCAPES) and _decodes(data, "iso2022_jp", cut):
        return "iso2022_jp"
    if b"\x00" in data:
        return _utf16_without_mark(data, name)
    if _decodes(data, "utf-8", cut):
        return "utf-8"
    return _best_guess(_without_broken_end(data) if cut else data, name)


def is_plain(data: bytes) -> bool:
    """Whether these bytes say the same in every encoding in which letters are as in ASCII."""
    return data.isascii() and b"\x1b" not in data and b"\x00" not in data


def later_encoding(data: bytes, name: str) -> str:
    """Python's name of the encoding of a text that began plainly, by what comes first that is not plain.

    It is UTF-8 unless most of that is not and looks Japanese: one damaged row says nothing about those after it.

    Args:
        data: from that on, as far as it is known; it may end in the middle of a character.
        name: how a message calls the file.
    """
    beyond_ascii = len(data.translate(None, bytes(range(0x80))))
    expected = "".join(_EXPECTED.findall(data.decode(errors="ignore"))).encode()
    if expected and len(expected) * 2 >= beyond_ascii:
        return "utf-8"
    try:
        found = guess_encoding(data, name, cut=True)
    except InputError:
        return "utf-8"
    return found if found in _JAPANESE_ENCODINGS else "utf-8"


def declared_encoding(name: str) -> str | None:
    """Python's name of an encoding that a file declares, in ASCII; None where a file in it would not say so.

    That is where there is no such encoding, where it is none of texts (``hex``, ``unicode_escape``), and where letters
    are not as in ASCII.
    """
    try:
        found = codecs.lookup(name).name
        text = _ASCII.decode(found)
    except (LookupError, UnicodeError):
        return None
    # Some have a yen sign for the backslash.
    return found if text.replace("\N{YEN SIGN}", "\\") == _ASCII.decode() else None


def _looks_binary(data: bytes) -> bool:
    return len(_BINARY_BYTES.findall(data)) * 100 > len(data)


def _decodes(data: bytes, encoding: str, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def _without_broken_end(data: bytes) -> bytes:
    """What stands before a character of which there may be only a part: no guess is made of half a character."""
    known = (*_JAPANESE_ENCODINGS, *_OTHER_ENCODINGS)
    if not any(_decodes(data, encoding, cut=True) and not _decodes(data, encoding, cut=False) for encoding in known):
        return data
    whole = data.rstrip(_PARTS_OF_CHARACTERS)
    return data if whole.isascii() else whole


def _utf16_without_mark(data: bytes, name: str) -> str:
    # Western letters, spaces and line ends have a zero byte on one side, always the same one.
    even, odd = data[::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if len(data) > (even + odd) * 50 or min(even, odd) * 50 > even + odd or not _decodes(data, encoding, cut=True):
        raise _binary(name)
    return encoding


def _best_guess(data: bytes, name: str) -> str:
    if _looks_binary(data):
        raise _binary(name)
    for candidates in (_JAPANESE_ENCODINGS, _OTHER_ENCODINGS):
        found = _charset_normalizer(data, candidates)
        if found is not None:
            return found
    raise InputError("its encoding cannot be told", path=name, cure=_SAVE_AS_UTF8)


def _charset_normalizer(data: bytes, candidates: list[str]) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only texts that are not UTF-8 pay for it

    best = from_bytes(data, cp_isolation=candidates, enable_fallback=False).best()
    return None if best is None else best.encoding


def _binary(name: str) -> InputError:
    return InputError("this is binary data, not text", path=name)


class LineLocator:
    """Maps offsets of a text to line and column; the table of lines is made on first use."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """Offset of the first character of every line."""
        if self._starts is None:
            self._starts = [0, *(match.end() for match in _NEWLINE.finditer(self._content))]
        return self._starts

    def __call__(self, offset: int) -> Location:
        """Place of the character at `offset`."""
        line = bisect_right(self.line_starts, offset) - 1
        return Location(line + 1, offset - self.line_starts[line] + 1)
