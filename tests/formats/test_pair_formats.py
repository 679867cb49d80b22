"""Pairs in CSV, JSON lines and Parquet, and rows that make up a document."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listening import listen, misplaced

from tui_reader.errors import InputError, LanguageError
from tui_reader.formats import Input, open_documents, read_pairs
from tui_reader.formats.pairs_csv import read_csv
from tui_reader.formats.pairs_jsonl import read_jsonl
from tui_reader.model import Span

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def put(path: Path, content: str) -> Path:
    """A file with exactly these characters."""
    path.write_bytes(content.encode())
    return path


def test_neighbouring_rows_of_one_document_are_its_passages(tmp_path: Path) -> None:
    """A document column joins rows in their order; a row without a name there, and one further down, stand alone."""
    rows = ["a\tOne. Two.\t一。二。\td", "b\tThree.\t三。\td", "c\tFour.\t四。\t", "e\tFive.\t五。\td"]
    path = put(tmp_path / "p.tsv", "id\tsource\ttarget\tdocument\n" + "\n".join(rows) + "\n")
    heard = listen(path)
    assert [(one.id, [p.id for p in one.marked]) for one in heard.documents] == [
        ("d", ["a", "b"]),
        ("c", ["c"]),
        ("d", ["e"]),
    ]
    assert heard.pairs[:2] == [("a", "One. Two.", "一。二。"), ("b", "Three.", "三。")]
    assert not [text for text in heard.texts if misplaced(text, path.read_text(encoding="utf-8"))]


def test_a_malformed_row_costs_no_other(tmp_path: Path) -> None:
    """What can be read is read, and each bad row is named by its line."""
    heard = listen(put(tmp_path / "p.tsv", "id\tsource\ttarget\na\tx\ty\nb\tx\n\tx\ty\nd\tx\ty\n"))
    assert [pair[0] for pair in heard.pairs] == ["a", "d"]
    first, second = heard.faults
    assert "p.tsv:3: this row has 2 columns" in first
    assert "p.tsv:4: this pair has no id" in second


def test_where_nothing_can_be_read_the_first_fault_is_the_error(tmp_path: Path) -> None:
    """One line that says where and why, also to a listener that would read on."""
    with pytest.raises(InputError, match=r"p\.tsv:2: this row has 1 columns"):
        listen(put(tmp_path / "p.tsv", "id\tsource\ttarget\nbroken\nbroken too\n"))


def test_csv_as_spreadsheets_write_it(tmp_path: Path) -> None:
    """Quotes, separators and line ends inside cells, a mark at the head, no ids: places are those of the file."""
    content = 'source;target;note\r\n"A ""b""; c\r\nd";港;tui-reader ignore omission: known\r\nshort;"少し"\r\nx;y;\r\n'
    path = tmp_path / "p.csv"
    path.write_bytes(b"\xef\xbb\xbf" + content.encode())
    heard = listen(path)
    assert heard.pairs == [("2", 'A "b"; c\r\nd', "港"), ("5", "x", "y")]
    assert ["p.csv:4: this row has 2 columns" in fault for fault in heard.faults] == [True]
    assert heard.documents[0].text.ignores[0].reason == "known"
    assert not [wrong for text in heard.texts for wrong in misplaced(text, content, spelled='"')]


def test_long_cells_of_csv(tmp_path: Path) -> None:
    """A cell may hold a chapter; an open quote costs its own row, however much it seems to take in."""
    long = "The cat sleeps. " * 20_000
    heard = listen(put(tmp_path / "p.csv", f"source,target\n{long},猫\nThe dog barks.,犬\n"))
    assert heard.pairs == [("2", long, "猫"), ("3", "The dog barks.", "犬")]
    path = put(tmp_path / "p.csv", 'source,target\na,b\n"c,d\n' + "e,f\n" * 1000 + '"g,h\ni,j\n')
    heard = listen(path)
    assert [pair[0] for pair in heard.pairs] == ["2", *(str(line) for line in range(4, 1004)), "1005"]
    assert [fault.split(": bad CSV")[0] for fault in heard.faults] == [f"{path}:3", f"{path}:1004"]


def test_a_quote_in_a_cell_without_quotes_is_a_character(tmp_path: Path) -> None:
    """Inches and the like stand for themselves, as in the csv module: every place behind them is that of the file."""
    rows = [
        "source,target,note",
        'A 5" disk is here in 3 boxes.,5"のディスク,x',
        'He said "no",彼は"いいえ"と言った,y',
        '"a ""b"", c","港 ""の""",z',
    ]
    content = "\n".join(rows) + "\n"
    heard = listen(put(tmp_path / "p.csv", content))
    assert [pair[1:] for pair in heard.pairs] == [
        ('A 5" disk is here in 3 boxes.', '5"のディスク'),
        ('He said "no"', '彼は"いいえ"と言った'),
        ('a "b", c', '港 "の"'),
    ]
    assert not [wrong for text in heard.texts for wrong in misplaced(text, content)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("p.csv", "id,source\n1,x\n", r"p\.csv:1: the first row must name the columns source and target; target is"),
        ("p.csv", 'source,target\n"a,b\n', r"p\.csv:2: bad CSV"),
        ("p.csv", "", r"p\.csv:1: the first row"),
        ("p.jsonl", "{\n", r"p\.jsonl:1: this line is not JSON"),
        ("p.jsonl", '["a", "b"]\n', r"p\.jsonl:1: this line is no JSON object"),
        ("p.jsonl", '{"source": "a"}\n', r"p\.jsonl:1: 'target' is missing"),
        ("p.jsonl", '{"source": "a", "target": "\\ud800"}\n', r"p\.jsonl:1: 'target' holds half a character"),
        ("p.jsonl", "[" * 100_000 + "\n", r"p\.jsonl:1: this line (is not JSON|holds more than a pair)"),
        ("p.jsonl", "\n", r"p\.jsonl: there is no pair"),
    ],
)
def test_malformed_files_are_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    """Nothing to read is one error with the line where the trouble is."""
    with pytest.raises(InputError, match=message):
        listen(put(tmp_path / name, content))


def test_json_lines(tmp_path: Path) -> None:
    """Ids may be numbers or missing, keys stand in any order, other keys and blank lines are passed over."""
    rows = [
        {"target": "港\t\U00020bb7\n", "x": {"source": "no"}, "source": 'A "b"', "id": 7},
        {"source": "c", "target": "d", "source_lang": "ja", "target_lang": "en-GB", "document": 3},
    ]
    content = "\n\n".join(json.dumps(row) for row in rows) + "\nbroken\n"
    heard = listen(put(tmp_path / "p.jsonl", content))
    assert heard.pairs == [("7", 'A "b"', "港\t\U00020bb7\n"), ("3", "c", "d")]
    assert [(one.id, one.text.language) for one in heard.documents] == [("7", "ja"), ("3", "en")]
    assert len(heard.faults) == 1
    source = heard.documents[0].sources[0].text
    assert source.locator is not None
    assert [content.split("\n")[0][source.locator(k).column - 1] for k in range(5)] == ["A", " ", "\\", "b", "\\"]


@pytest.mark.parametrize("name", ['{"x": 1}', "[1]", "true", "1e400", "NaN", '"\\ud800"'])
def test_what_is_no_name_is_no_id(tmp_path: Path, name: str) -> None:
    """Only a string or a number names a pair; whoever writes something else means something else."""
    rows = [f'{{"id": {one}, "source": "a", "target": "b"}}\n' for one in ("1.5", name, "null")]
    heard = listen(put(tmp_path / "p.jsonl", "".join(rows)))
    assert [pair[0] for pair in heard.pairs] == ["1.5", "3"]
    assert ["p.jsonl:2: 'id' " in fault for fault in heard.faults] == [True]


@settings(deadline=None, max_examples=40)  # the first example pays for imports
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_what_other_writers_write_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    """Python's csv and json write any text; it comes back as it was."""
    folder = tmp_path_factory.mktemp("rows")
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["source", "target"])
    writer.writerows(rows)
    found = list(read_csv(Input.of(put(folder / "p.csv", table.getvalue()))))
    assert [(pair.source, pair.target) for pair in found] == rows
    lines = "".join(json.dumps({"source": a, "target": b}, ensure_ascii=len(a) % 2 == 0) + "\n" for a, b in rows)
    found = list(read_jsonl(Input.of(put(folder / "p.jsonl", lines))))
    assert [(pair.source, pair.target) for pair in found] == rows
    for pair in found:
        line = lines.split("\n")[pair.line - 1]
        for offset, character in enumerate(pair.target):
            there = line[pair.target_locator(offset).column - 1]
            assert there == character or there == "\\"


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """A file larger than memory would do: the broken end is never reached."""
    body = '{"source": "a", "target": "b"}\n' * 50_000
    for name, content in (("p.jsonl", body + "broken\n"), ("p.csv", "source,target\n" + "a,b\n" * 50_000 + '"')):
        assert [one.id for one in islice(read_pairs(put(tmp_path / name, content)), 2)] == (
            ["1", "2"] if name == "p.jsonl" else ["2", "3"]
        )


def test_parquet(tmp_path: Path) -> None:
    """Columns go by name, a place is a row; a row without text is a fault."""
    pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    table = pyarrow.table({"source": ["One.", None, "Three."], "target": ["一。", "二。", "三。"], "id": [1, 2, 3]})
    path = tmp_path / "p.parquet"
    parquet.write_table(table, path, row_group_size=1)
    heard = listen(path)
    assert heard.pairs == [("1", "One.", "一。"), ("3", "Three.", "三。")]
    assert "p.parquet:2: 'source' is no string in this row" in heard.faults[0]
    assert heard.documents[1].text.locator is not None
    assert heard.documents[1].text.locator(1) == (3, 2)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match=r"p\.parquet:1: this Parquet file cannot be read on"):
        listen(path)
    parquet.write_table(pyarrow.table({"a": [1]}), path)
    with pytest.raises(InputError, match="this table has no column source; it has a"):
        listen(path)


def test_a_named_format_wins_over_the_name(tmp_path: Path) -> None:
    """``--input-format`` decides; one that does not exist is an error that lists those that do."""
    path = put(tmp_path / "pairs.dat", '{"source": "a", "target": "b"}\n')
    assert listen(path, format_name="jsonl").pairs == [("1", "a", "b")]
    assert listen(path).pairs == [("1", "a", "b")]
    with pytest.raises(InputError, match="no format is called 'jsn'; there are: folder, tsv, csv, jsonl, parquet, po"):
        list(open_documents(path, format_name="jsn"))


def test_remarks_in_notes_speak_of_their_row(tmp_path: Path) -> None:
    """A note column ignores findings of its own row of a document only; ``ignore-file`` means the whole document."""
    rows = ["a\tOne.\t一。\td\ttui-reader ignore omission: left out on purpose", "b\tTwo.\t二。\td\ta note"]
    path = put(tmp_path / "p.tsv", "id\tsource\ttarget\tdocument\tnote\n" + "\n".join(rows) + "\n")
    (document,) = listen(path).documents
    assert [(one.reason, one.span) for one in document.text.ignores] == [("left out on purpose", Span(0, 2))]


EN, JA = "The key is in the hall.", "鍵は玄関にあります。"


@pytest.mark.parametrize(
    ("rows", "directions"),
    [
        ([(EN, JA)], ["en-ja"]),
        ([(JA, EN)], ["ja-en"]),
        ([(JA, EN), (JA, JA), ("12", "12"), (EN, JA), (EN, EN)], ["ja-en", "ja-en", "en-ja", "en-ja", "en-ja"]),
        ([("OK", "OK"), (JA, EN)], ["en-ja", "ja-en"]),
        ([(JA, "")], ["ja-en"]),
        ([("The sign says 「鍵」 and nothing else.", "札には「Key」とだけある。")], ["en-ja"]),
    ],
)
@pytest.mark.parametrize("name", ["p.tsv", "p.csv", "p.jsonl"])
def test_texts_tell_their_direction_where_the_file_does_not(
    tmp_path: Path, name: str, rows: list[tuple[str, str]], directions: list[str]
) -> None:
    """By the script of the source, whatever stands in the rows before."""
    named = [{"id": str(k), "source": one, "target": other} for k, (one, other) in enumerate(rows)]
    between = {"p.tsv": "\t", "p.csv": ","}.get(name)
    table = "\n".join(json.dumps(row) for row in named)
    if between:
        table = "\n".join([between.join(named[0]), *(between.join(row.values()) for row in named)])
    heard = listen(put(tmp_path / name, table + "\n"))
    assert [f"{one.sources[0].text.language}-{one.text.language}" for one in heard.documents] == directions


@pytest.mark.parametrize(
    ("columns", "direction"),
    [
        ({"target_lang": "en"}, "ja-en"),
        ({"source_lang": "ja"}, "ja-en"),
        ({"source_lang": "en"}, "en-ja"),
        ({"source_lang": "eng_Latn", "target_lang": "JPN"}, "en-ja"),
        ({"source_lang": "ja-JP", "target_lang": "EN_us"}, "ja-en"),
    ],
)
def test_a_language_that_is_named_counts(tmp_path: Path, columns: dict[str, str], direction: str) -> None:
    """Whatever the texts look like; one that is named tells the other."""
    row = {"id": "1", "source": EN, "target": JA, **columns}
    (document,) = listen(put(tmp_path / "p.jsonl", json.dumps(row) + "\n")).documents
    assert f"{document.sources[0].text.language}-{document.text.language}" == direction


def table(path: Path, rows: list[dict[str, str]]) -> Path:
    """A file of pairs in the format of its name."""
    if path.suffix == ".parquet":
        pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
        from pyarrow import parquet  # noqa: PLC0415 - an extra

        parquet.write_table(pyarrow.Table.from_pylist(rows), path)
        return path
    between = {".tsv": "\t", ".csv": ","}.get(path.suffix)
    lines = [json.dumps(row) for row in rows]
    if between:
        lines = [between.join(rows[0]), *(between.join(row.values()) for row in rows)]
    return put(path, "\n".join(lines) + "\n")


@pytest.mark.parametrize("name", ["p.tsv", "p.csv", "p.jsonl", "p.parquet"])
def test_pairs_in_other_languages_are_passed_over(tmp_path: Path, name: str) -> None:
    """What is not between Japanese and English is counted, not judged; where that is all, it is an error."""
    named = [("fr", "ja"), ("en", "ja"), ("ja", "ja"), ("en", "de"), ("", "ja")]
    rows = [
        {"id": str(number), "source": EN, "target": JA, "source_lang": one, "target_lang": other}
        for number, (one, other) in enumerate(named)
    ]
    path = table(tmp_path / name, rows)
    heard = listen(path)
    assert [pair[0] for pair in heard.pairs] == ["1", "4"]
    assert (heard.faults, heard.remarks) == ([], [f"{path}: passed over entries: 3 in other languages"])
    with pytest.raises(LanguageError, match=r"this is a translation from 'fr' to 'ja'; what can be checked is"):
        listen(table(tmp_path / name, rows[:1]))
