"""Files of pairs: texts, offsets and refusals."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.errors import InputError
from tui_reader.formats import open_documents, read_pairs
from tui_reader.formats.input import Input
from tui_reader.formats.pairs_tsv import CellLocator, read_rows, unescape
from tui_reader.model import Span
from tui_reader.reports.beads import escape

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    """A file of pairs with this content."""
    path = folder / "pairs.tsv"
    path.write_bytes(content.encode(encoding))
    return path


def test_each_pair_is_a_document_with_a_marked_passage(tmp_path: Path) -> None:
    """A pair's texts are unescaped, its id names everything, and one passage covers both texts whole."""
    path = write(tmp_path, "id\tsource\ttarget\np1\tOne\\ttab.\\nTwo\t一つ。\n")
    (document,) = read_pairs(path)
    (passage,) = document.marked
    assert (document.id, document.is_pairs, document.sources[0].id) == ("p1", True, "p1")
    assert (document.sources[0].text.content, document.text.content) == ("One\ttab.\nTwo", "一つ。")
    assert (document.sources[0].text.language, document.text.language) == ("en", "ja")
    assert (passage.source_span, passage.target_span, passage.marked) == (Span(0, 12), Span(0, 3), True)


def test_columns_go_by_name(tmp_path: Path) -> None:
    """Order does not matter, language columns are used and unknown columns passed over."""
    path = write(
        tmp_path, "note\ttarget\tid\tsource\ttarget_lang\tsource_lang\nx\tHello.\t7\tこんにちは。\ten-GB\tJA\n"
    )
    (document,) = read_pairs(path)
    assert (document.id, document.text.content, document.text.language) == ("7", "Hello.", "en")
    assert document.sources[0].text.language == "ja"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r":1: there is nothing on the first line; name the columns"),
        ("id\tsource\np\ta\n", r":1: .*target is missing"),
        ("id\tsource\ttarget\n", r"there is no pair"),
        ("id\tsource\ttarget\np1\ta\tb\np2\tonly\n", r":3: this row has 2 columns where the first line names 3"),
        ("id\tsource\ttarget\np1\ta\tb\tc\n", r":2: this row has 4 columns"),
        ("id\tsource\ttarget\n\ta\tb\n", r":2: this pair has no id"),
        ("id\tsource\ttarget\tsource_lang\np\ta\tb\t12\n", r":2: '12' is no language code"),
    ],
)
def test_malformed_rows_are_named_by_line(tmp_path: Path, content: str, message: str) -> None:
    """A bad row is one error with the line where it stands."""
    with pytest.raises(InputError, match=message):
        list(read_pairs(write(tmp_path, content)))


def test_broken_utf8_names_the_row(tmp_path: Path) -> None:
    """A damaged byte far down is found at its row, after the rows before it were served."""
    path = tmp_path / "pairs.tsv"
    good = "".join(f"p{n}\tsource text {n}\t訳文{n}\n" for n in range(5000))
    path.write_bytes(b"id\tsource\ttarget\n" + good.encode() + b"x\t\xff\xfe\ty\n")
    with pytest.raises(InputError, match=r"pairs\.tsv:5002: this row is not valid UTF-8"):
        list(read_rows(Input.of(path)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "shift_jis"])
def test_spreadsheets_write_other_encodings(tmp_path: Path, encoding: str) -> None:
    """Files as spreadsheets save them open as well."""
    rows = "".join(f"p{n}\tIt rains.\t今日は朝から雨が降っています。傘を持って出かけましょう。\r\n" for n in range(20))
    documents = list(read_pairs(write(tmp_path, f"id\tsource\ttarget\r\n{rows}", encoding)))
    assert [len(documents), documents[-1].text.content[:3]] == [20, "今日は"]


def test_separators_of_other_standards_stay_in_the_text(tmp_path: Path) -> None:
    """Only a line feed ends a row: U+2028, U+0085 and form feeds belong to the text."""
    (document,) = read_pairs(write(tmp_path, "id\tsource\ttarget\np\ta\u2028b\x85c\fd\te\n"))
    assert document.sources[0].text.content == "a\u2028b\x85c\fd"


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """The first pair comes before a later broken row is seen: the file is not read as a whole."""
    body = "".join(f"p{n}\ta\tb\n" for n in range(100_000))
    path = write(tmp_path, f"id\tsource\ttarget\n{body}broken\n")
    assert [pair.id for pair in islice(read_rows(Input.of(path)), 2)] == ["p0", "p1"]


def test_a_pair_file_is_known_by_its_first_line(tmp_path: Path) -> None:
    """Without a telling suffix the header decides."""
    path = tmp_path / "pairs"
    path.write_text("id\tsource\ttarget\np\tHello there.\tこんにちは。\n", encoding="utf-8")
    assert [document.is_pairs for document in open_documents(path)] == [True]


@given(st.text())
def test_escaping_is_undone(text: str) -> None:
    """Whatever a text holds, its cell holds no tab and no line end, and gives the text back."""
    cell = escape(text)
    assert unescape(cell) == text
    assert not set(cell) & set("\t\n\r")


@given(st.text("a\\\t\n\rあ", max_size=20))
def test_locator_counts_escapes_as_the_file_has_them(text: str) -> None:
    """The column of a character is where its escape begins in the file."""
    cell = escape(text)
    locate = CellLocator(3, 5, cell)
    for offset in range(len(text) + 1):
        assert locate(offset) == (3, 5 + len(escape(text[:offset])))
