"""Bytes become the right text, or a clear refusal."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.errors import InputError
from tui_reader.formats.decode import LineLocator, decode, guess_encoding, later_encoding
from tui_reader.model import Location

JAPANESE = (
    "港の図書館は、雨の日に混む。\r\n子どもたちは傘をたたみ、静かに本を選ぶ。\n「今日は何を読もうか」と司書が尋ねた。\n"
    * 3
)


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "cp932", "euc_jp", "iso2022_jp"])
def test_japanese_encodings_are_told_apart(encoding: str) -> None:
    """A Japanese text saved by any of the usual tools opens as the same text, newlines included."""
    assert decode(JAPANESE.encode(encoding), "a.txt") == JAPANESE


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_byte_order_mark_decides_and_is_no_content(mark: bytes, encoding: str) -> None:
    """Offset 0 is the first character that a person sees, not the mark."""
    assert decode(mark + JAPANESE.encode(encoding), "a.txt") == JAPANESE


def test_utf16_without_a_mark_opens() -> None:
    """Its many zero bytes are not taken for binary data."""
    text = "The library is busy on rainy days. " * 20
    assert decode(text.encode("utf-16-le"), "a.txt") == text


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "cp1252"])
def test_half_a_character_at_the_end_of_a_beginning_is_no_evidence(encoding: str) -> None:
    """Wherever the beginning of a long file ends, it is in the encoding that all of it is in."""
    row = "{0}\tClosed on day {0}.\t" + ("Le café, fermé.\n" if encoding == "cp1252" else "港は{0}日目に閉まる。\n")
    data = ("id\tsource\ttarget\n" + "".join(row.format(number) for number in range(300))).encode(encoding)
    for end in range(8000, 8060):
        assert guess_encoding(data[:end], "a.tsv", cut=True) == encoding, data[end - 8 : end]
    short = b"id\tsource\ttarget\na\tstop\twait\x97"
    assert guess_encoding(short, "a.tsv", cut=True) == guess_encoding(short, "a.tsv")


@pytest.mark.parametrize(
    "row",
    [
        "a\t港の図書館".encode()[:-1] + b"\n",
        "a\t港\n".encode() + b"b\tcaf\xe9\n",
        b"a\tcaf\xe9 noir\n",
        b"a\t\xff\xfe\n",
        b"a\t\x1b[1m\n",
        b"a\t\x93quoted\x94 text\n",
    ],
)
def test_a_damaged_row_does_not_change_the_encoding_of_those_after_it(row: bytes) -> None:
    """A stream of UTF-8 stays one, whatever a program puts in between: only what looks Japanese tells otherwise."""
    assert later_encoding(row, "a.tsv") == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
@pytest.mark.parametrize("text", ["雨。", "フェリーは九時に出る。", "港の図書館は雨の日に混む。"])
def test_a_row_tells_the_encoding_of_what_began_plainly(text: str, encoding: str) -> None:
    """One that is not ASCII is enough, as short as it may be: nobody can be kept waiting for the next."""
    assert later_encoding(f"a\tIt rained.\t{text}\n".encode(encoding), "a.tsv") == encoding


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x7fELF\x02\x01\x01" + bytes(64), bytes(range(256)) * 4]
)
def test_binary_data_is_refused(data: bytes) -> None:
    """A picture or a program is named as such and not shown as garbage."""
    with pytest.raises(InputError, match=r"^a\.bin: this is binary data"):
        decode(data, "a.bin")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_round_trip(text: str) -> None:
    """Valid UTF-8 is never guessed at: every text comes back as it was written."""
    if not any(escape in text.encode() for escape in (b"\x1b$", b"\x1b(")):
        assert decode(text.encode(), "a.txt") == text


@given(st.text("ab\r\n\u2028あ"))
def test_locator_agrees_with_counting(text: str) -> None:
    """Line and column of every offset are those that counting line ends by hand gives."""
    locate = LineLocator(text)
    line, column = 1, 1
    for offset, character in enumerate(text):
        assert locate(offset) == Location(line, column)
        if character == "\n" or (character == "\r" and text[offset + 1 : offset + 2] != "\n"):
            line, column = line + 1, 1
        else:
            column += 1
