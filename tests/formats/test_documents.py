"""Texts, Markdown files and document folders with their sources, and how bad ones are refused."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from tui_reader.errors import InputError
from tui_reader.formats import open_documents, read
from tui_reader.formats.input import HEAD_BYTES, Input
from tui_reader.formats.registry import format_of, formats
from tui_reader.model import BlockKind, Location

if TYPE_CHECKING:
    from pathlib import Path

JAPANESE = "港の図書館は、雨の日に混む。\n\n子どもたちは静かに本を選ぶ。\n"
ENGLISH = "The harbour library is crowded on rainy days. The children choose their books quietly.\n"
FRENCH = "La bibliothèque du port est pleine les jours de pluie, et les enfants choisissent leurs livres.\n"


def put(path: Path, content: str) -> Path:
    """A file with this content, its folder made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_plain_text_with_a_folder_of_sources(tmp_path: Path) -> None:
    """Sources come by name, with ids without suffixes and what their front matter says; notes in Japanese do not."""
    text = put(tmp_path / "article.ja.txt", JAPANESE)
    put(tmp_path / "sources/b.en.md", f"---\ntitle: On rain\nauthor: A. Person\ndate: 2031-03-03\n---\n\n{ENGLISH}")
    put(tmp_path / "sources/a.txt", ENGLISH)
    put(tmp_path / "sources/memo.txt", "これは自分のための覚え書きです。\n")
    put(tmp_path / "sources/README.md", ENGLISH)
    put(tmp_path / "sources/table.csv", "a,b")
    document = read(text, [tmp_path / "sources"])
    assert (document.id, document.text.language) == ("article", "ja")
    assert [source.id for source in document.sources] == ["a", "b"]
    source = document.sources[1]
    assert (source.title, source.author, source.date) == ("On rain", "A. Person", "2031-03-03")
    assert source.text.blocks[0].span.of(source.text.content) == ENGLISH.strip()
    assert source.text.locator is not None
    assert source.text.locator(source.text.blocks[0].span.start) == Location(7, 1)


def test_markdown_names_its_own_sources(tmp_path: Path) -> None:
    """Front matter gives title, language and sources, and is in no block."""
    put(tmp_path / "s/one.en.md", ENGLISH)
    path = put(tmp_path / "a.ja.md", f"---\ntitle: 港\nlanguage: ja\nsources: [s/one.en.md]\n---\n# 港\n\n{JAPANESE}")
    document = read(path)
    assert (document.id, document.title, [s.id for s in document.sources]) == ("a", "港", ["one"])
    assert [block.kind for block in document.text.blocks][:2] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert document.text.content.startswith("---\n")


def test_dashes_in_plain_text_are_no_front_matter(tmp_path: Path) -> None:
    """A ruled line at the head of a plain text is part of the text."""
    document = read(put(tmp_path / "a.txt", f"---\n{JAPANESE}---\n{JAPANESE}"))
    assert len([block for block in document.text.blocks if "港" in block.span.of(document.text.content)]) == 2


def test_document_folder(tmp_path: Path) -> None:
    """document.toml names text, sources and marked passages; the folder and the file itself both open it."""
    put(tmp_path / "d/text.ja.md", JAPANESE)
    put(tmp_path / "d/s.en.md", f"---\ntitle: Old title\n---\n{ENGLISH}")
    put(
        tmp_path / "d/document.toml",
        'id = "rain"\ntitle = "雨"\ntext = "text.ja.md"\n[[source]]\nfile = "s.en.md"\nid = "s1"\ntitle = "New"\n'
        'date = 2031-03-03\n[[passage]]\nsource = "s1"\nlines = "3"\nsource_lines = "4-4"\n',
    )
    document = read(tmp_path / "d")
    assert document == read(tmp_path / "d/document.toml")
    (source,), (passage,) = document.sources, document.marked
    assert (document.id, document.title, source.title, source.date) == ("rain", "雨", "New", "2031-03-03")
    assert (passage.source_id, passage.marked) == ("s1", True)
    assert passage.target_span.of(document.text.content) == "子どもたちは静かに本を選ぶ。"
    assert passage.source_span.of(source.text.content) == ENGLISH.strip()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("", "'text' is missing"),
        ("text = 'text.ja.md'\nsuorce = []", "unknown key 'suorce'; did you mean 'source'"),
        ("text = 'text.ja.md'\n[[source]]\nfle = 'x'", "unknown key 'fle'; did you mean 'file'"),
        ("text = 'text.ja.md'\n[[source]]\nfile = 'none.md'", "none.md: there is no such file"),
        ("text = 'text.ja.md'\nsource = 3", r"source must be a list of tables; write \[\[source\]\]"),
        ("text = ", "bad TOML"),
        ("text = 'text.ja.md'\n[[passage]]\nsource = 'x'\nlines = '1'", "passage 1: no source 'x'; there are: none"),
        (
            "text = 'text.ja.md'\n[[source]]\nfile = 's.md'\n"
            "[[passage]]\nsource = 's'\nlines = '3-9'\nsource_lines = '1'",
            "lines '3-9' are not in .*write first-last, 1 to 4",
        ),
    ],
)
def test_bad_descriptions_are_named(tmp_path: Path, toml: str, message: str) -> None:
    """A mistake in document.toml is one line that names the file, the key and the cure."""
    put(tmp_path / "text.ja.md", JAPANESE)
    put(tmp_path / "s.md", ENGLISH)
    put(tmp_path / "document.toml", toml)
    with pytest.raises(InputError, match=message):
        read(tmp_path)


def test_folder_without_a_document(tmp_path: Path) -> None:
    """Any other folder is refused with what is missing."""
    with pytest.raises(InputError, match=r"holds no document \(no document.toml\)"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("text", "source", "message"),
    [
        (ENGLISH, ENGLISH, r"a\.txt: there is no Japanese in this text \(it looks like English\)"),
        (ENGLISH, None, r"a\.txt: there is no Japanese"),
        ("?? 12 ??\n", ENGLISH, r"there is no Japanese"),
        (JAPANESE, FRENCH, r"s\.txt: there is no English in the sources .*looks like fr.*language: en"),
        (JAPANESE, JAPANESE, r"s\.txt: this source is in Japanese, as the text is"),
        (" \n\n", ENGLISH, r"a\.txt: the text is empty"),
        (JAPANESE, "\n", r"s\.txt: the text is empty"),
    ],
)
def test_languages_that_do_not_fit_are_refused(tmp_path: Path, text: str, source: str | None, message: str) -> None:
    """A pair of texts that cannot be a Japanese-English translation is told apart from one that can."""
    path = put(tmp_path / "a.txt", text)
    sources = [] if source is None else [put(tmp_path / "s.txt", source)]
    with pytest.raises(InputError, match=message):
        read(path, sources)


def test_an_english_text_with_japanese_sources_is_a_document(tmp_path: Path) -> None:
    """The other direction of translation is read by the same code."""
    document = read(put(tmp_path / "a.txt", ENGLISH), [put(tmp_path / "s.txt", JAPANESE)])
    assert (document.text.language, document.sources[0].text.language) == ("en", "ja")


def test_a_source_that_is_too_short_to_tell_counts_as_english(tmp_path: Path) -> None:
    """A post of two words has no detectable language; its letters are enough."""
    document = read(put(tmp_path / "a.txt", JAPANESE), [put(tmp_path / "s.txt", "Ok then\n")])
    assert document.sources[0].text.language in {"en", "und"}
    assert len(document.sources) == 1


def test_sources_of_one_id_are_refused(tmp_path: Path) -> None:
    """Two files that would be one source are named."""
    text = put(tmp_path / "a.txt", JAPANESE)
    put(tmp_path / "s/x.md", ENGLISH)
    put(tmp_path / "s/x.en.md", ENGLISH)
    with pytest.raises(InputError, match=r"two sources have the id x: .*x\.en\.md.*x\.md"):
        read(text, [tmp_path / "s"])


def test_a_passage_marked_in_front_matter(tmp_path: Path) -> None:
    """Lines are counted as an editor counts them; document.toml, where it marks some itself, wins."""
    put(tmp_path / "s.en.md", ENGLISH)
    front = "sources: [s.en.md]\npassages:\n- {source: s, lines: 8, source_lines: 1-1}"
    text = put(tmp_path / "text.ja.md", f"---\n{front}\n---\n{JAPANESE}")
    described = put(tmp_path / "document.toml", 'text = "text.ja.md"\n')
    for path in (text, described):
        document = read(path)
        (passage,) = document.marked
        assert (passage.source_id, passage.marked) == ("s", True)
        assert passage.target_span.of(document.text.content) == "子どもたちは静かに本を選ぶ。"
        assert passage.source_span.of(document.sources[0].text.content) == ENGLISH.strip()
    put(described, 'text = "text.ja.md"\n[[passage]]\nsource = "s"\nlines = "6"\nsource_lines = "1"\n')
    document = read(described)
    assert [p.target_span.of(document.text.content) for p in document.marked] == ["港の図書館は、雨の日に混む。"]


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("title: [a", r"a\.md:\d: bad front matter"),
        ("- a\n- b", "holds no keys"),
        ("language: Japanese!", "is no ISO 639-1 code"),
        ("title: {a: b}", "title must be one value"),
        ("sources: {a: b}", "sources must be a list of files"),
        ("passages: 14-22", "passages must be a list of mappings; write each as"),
        ("passages: [{line: 3}]", "unknown key 'line' in passages; use source, lines, source_lines"),
        ("passages: [{source: x, lines: 6, source_lines: 1}]", "passage 1: no source 'x'; there are: none"),
    ],
)
def test_bad_front_matter_is_named(tmp_path: Path, front: str, message: str) -> None:
    """In Markdown broken front matter is an error, never silently text."""
    with pytest.raises(InputError, match=message):
        read(put(tmp_path / "a.md", f"---\n{front}\n---\n{JAPANESE}"))


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    """What the system says reaches a person as one clear line."""
    with pytest.raises(InputError, match=r"none\.txt: there is no such file$"):
        read(tmp_path / "none.txt")
    with pytest.raises(InputError, match=r"no source text in this folder"):
        read(put(tmp_path / "a.txt", JAPANESE), [put(tmp_path / "empty/x.csv", "").parent])


def test_many_pairs_are_no_document(tmp_path: Path) -> None:
    """`read` promises one document; `open_documents` gives all pairs."""
    path = put(tmp_path / "p.tsv", "id\tsource\ttarget\na\tx\ty\nb\tx\ty\n")
    with pytest.raises(InputError, match="many pairs"):
        read(path)
    assert [document.id for document in open_documents(path)] == ["a", "b"]


def test_suffix_then_content_decides_the_format(tmp_path: Path) -> None:
    """Every built-in format is chosen for its own files, and plain text for what no other claims."""
    names = {"a.md": "markdown", "a.TXT": "text", "a.tsv": "tsv", "a.log": "text"}
    for name, expected in names.items():
        assert format_of(Input.of(put(tmp_path / name, JAPANESE))).name == expected
    assert format_of(Input.of(tmp_path)).name == "folder"
    assert len({known.name for known in formats()}) == len(formats()) >= 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_once_from_its_beginning(tmp_path: Path) -> None:
    """A process substitution cannot be opened twice: looking at its head loses nothing, also beyond the head."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    rows = "".join(f"p{number}\tHello there.\tこんにちは。\n" for number in range(5000))
    data = f"id\tsource\ttarget\n{rows}"
    writer = threading.Thread(target=pipe.write_text, args=(data,), kwargs={"encoding": "utf-8"})
    writer.start()
    assert len(data.encode()) > 2 * HEAD_BYTES
    assert [document.id for document in open_documents(pipe)] == [f"p{number}" for number in range(5000)]
    writer.join()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
def test_a_slow_pipe_is_in_the_encoding_that_a_quick_one_is_in(tmp_path: Path, encoding: str) -> None:
    """A header that arrives alone says nothing of the rows behind it, nor does a row in English."""
    pipe = tmp_path / "pipe.tsv"
    os.mkfifo(pipe)
    rows = "".join(f"p{number}\tIt rained on day {number}.\t{number}日目に雨が降った。\n" for number in range(20))
    writer = os.open(pipe, os.O_RDWR)  # for reading too: then it waits for no reader
    os.write(writer, b"id\tsource\ttarget\n")
    file = Input.of(pipe)
    assert file.head() == b"id\tsource\ttarget\n"
    os.write(writer, ("e\tHello there.\tHello there.\n" + rows).encode(encoding))
    os.close(writer)
    documents = list(open_documents(file))
    expected = [f"{number}日目に雨が降った。" for number in range(20)]
    assert [document.text.content for document in documents[1:]] == expected
    assert [document.text.locator(0).line for document in documents if document.text.locator] == [*range(2, 23)]
