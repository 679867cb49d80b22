"""Texts that lie side by side in two languages, and marks in Markdown that are no words."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listening import listen

from tui_reader.errors import InputError
from tui_reader.formats.markdown_blocks import parse_markdown
from tui_reader.formats.naming import counterpart, language_of_name
from tui_reader.model import Span, Text
from tui_reader.text.readable import readable
from tui_reader.text.sentences import segments

JAPANESE = "港の図書館は、雨の日に混む。\n"
ENGLISH = "The harbour library is crowded on rainy days.\n"


def put(path: Path, content: str) -> Path:
    """A file with this content, its folder made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("x.ja.md", "x.en.md"),
        ("x_ja.txt", "x_en.txt"),
        ("x-ja-JP.md", "x-en-GB.md"),
        ("x.ja.md", "x.md"),
        ("x.md", "x.en.md"),
        ("docs/ja/a/x.md", "docs/en/a/x.md"),
        ("ja/x.ja.md", "en/x.en.md"),
    ],
)
def test_each_of_two_names_tells_the_other(tmp_path: Path, japanese: str, english: str) -> None:
    """Whichever is named, the pair is one document: the Japanese text with the English one as its source, whole."""
    paths = [put(tmp_path / japanese, JAPANESE), put(tmp_path / english, ENGLISH)]
    assert [counterpart(path) for path in paths] == paths[::-1]
    for path in paths:
        (document,) = listen(path).documents
        (passage,) = document.marked
        assert [document.text.path, document.sources[0].text.path] == paths
        assert [passage.target_span, passage.source_span] == [Span(0, len(JAPANESE)), Span(0, len(ENGLISH))]


@pytest.mark.parametrize("name", ["maja.md", "open.md", "a.b.md", "x.fr.md", "agenda/x.md"])
def test_other_names_say_nothing(name: str) -> None:
    """A syllable inside a word is no language."""
    assert language_of_name(Path(name)) is None


@pytest.mark.parametrize(("text", "source"), [("x.ja.txt", "y.en.md"), ("x.en.md", "y.ja.txt"), ("x.ja.md", "y.md")])
def test_a_text_has_its_sources_in_the_folder_beside_it(tmp_path: Path, text: str, source: str) -> None:
    """An article and a folder of statements are one document, in which nobody has marked what translates what."""
    japanese = text.endswith(("ja.txt", "ja.md"))
    put(tmp_path / text, JAPANESE if japanese else ENGLISH)
    put(tmp_path / "sources" / source, ENGLISH if japanese else JAPANESE)
    put(tmp_path / "sources" / ("z.en.md" if japanese else "z.ja.md"), ENGLISH if japanese else JAPANESE)
    heard = listen(tmp_path)
    (document,) = heard.documents
    assert document.text.path == tmp_path / text
    assert len(document.sources) == 2
    assert not document.marked
    assert not heard.faults
    assert not heard.remarks


def test_a_counterpart_comes_before_a_folder_of_sources(tmp_path: Path) -> None:
    """Where a text has its pair, what lies in ``sources`` is searched like any folder."""
    put(tmp_path / "x.ja.md", JAPANESE)
    put(tmp_path / "x.en.md", ENGLISH)
    put(tmp_path / "sources/y.ja.md", JAPANESE)
    put(tmp_path / "sources/y.en.md", ENGLISH)
    documents = listen(tmp_path).documents
    assert [document.text.path for document in documents] == [tmp_path / "x.ja.md", tmp_path / "sources/y.ja.md"]
    assert [len(document.sources) for document in documents] == [1, 1]


def test_a_folder_of_a_language_has_its_pairs_in_any_folder(tmp_path: Path) -> None:
    """A page that nobody has translated yet does not take the pages of a folder ``sources`` for its sources."""
    put(tmp_path / "ja/x.md", JAPANESE)
    put(tmp_path / "ja/sources/y.md", JAPANESE)
    put(tmp_path / "en/sources/y.md", ENGLISH)
    heard = listen(tmp_path)
    assert [document.text.path for document in heard.documents] == [tmp_path / "ja/sources/y.md"]
    assert len(heard.remarks) == 1


def test_a_folder_of_other_things_is_no_folder_of_sources(tmp_path: Path) -> None:
    """What is called ``sources`` may hold programs: a text beside it is as lonely as without it, and nothing fails."""
    put(tmp_path / "x.ja.md", JAPANESE)
    put(tmp_path / "y.ja.md", JAPANESE)
    put(tmp_path / "y.en.md", ENGLISH)
    put(tmp_path / "sources/main.c", "int main(void) { return 0; }\n")
    heard = listen(tmp_path)
    assert [document.text.path for document in heard.documents] == [tmp_path / "y.ja.md"]
    assert not heard.faults
    assert len(heard.remarks) == 1


def test_a_tree_is_searched(tmp_path: Path) -> None:
    """Pairs and document folders below a folder, by path; a broken one is a fault, a lonely one is counted."""
    put(tmp_path / "ja/b.md", JAPANESE)
    put(tmp_path / "en/b.md", ENGLISH)
    put(tmp_path / "a.ja.txt", JAPANESE)
    put(tmp_path / "a.en.txt", ENGLISH)
    put(tmp_path / "c.ja.txt", JAPANESE)
    put(tmp_path / "d.ja.txt", " \n")
    put(tmp_path / "d.en.txt", ENGLISH)
    put(tmp_path / ".hidden/a.ja.txt", JAPANESE)
    put(tmp_path / ".hidden/a.en.txt", ENGLISH)
    put(tmp_path / "folder/t.ja.md", JAPANESE)
    put(tmp_path / "folder/t.en.md", ENGLISH)
    put(tmp_path / "folder/document.toml", 'text = "t.ja.md"\n[[source]]\nfile = "t.en.md"\n')
    heard = listen(tmp_path)
    assert [document.id for document in heard.documents] == ["a", "folder", "b"]
    assert [fault.endswith("d.ja.txt: the text is empty") for fault in heard.faults] == [True]
    assert heard.remarks == [
        f"{tmp_path}: 1 Japanese text has no English text beside them, {tmp_path / 'c.ja.txt'} the first"
    ]
    with pytest.raises(InputError, match="--sources belongs to one text"):
        listen(tmp_path, [tmp_path])


def catalogue(language: str, translation: str) -> str:
    """A PO file of one message."""
    return (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "Close the hatch."\nmsgstr "{translation}"\n'
    )


XLIFF = """<xliff version="1.2"><file source-language="en" target-language="ja" original="a"><body>
<trans-unit id="1"><source>Count the ropes.</source><target>綱を数えること。</target></trans-unit></body></file></xliff>
"""
TMX = """<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Oil the door.</seg></tuv>
<tuv xml:lang="ja"><seg>扉に油を差す。</seg></tuv></tu></body></tmx>
"""


def test_catalogues_in_a_tree_are_found(tmp_path: Path) -> None:
    """PO, XLIFF and TMX need no name of their own; translations into other languages and templates are passed over."""
    put(tmp_path / "locale/ja/app.po", catalogue("ja", "ハッチを閉めること。"))
    put(tmp_path / "locale/de/app.po", catalogue("de", "Die Luke schliessen."))
    put(tmp_path / "locale/app.pot", catalogue("", ""))
    put(tmp_path / "app.xlf", XLIFF)
    put(tmp_path / "memory.tmx", TMX)
    put(tmp_path / "broken.tmx", "<tmx")
    put(tmp_path / "a.ja.txt", JAPANESE)
    put(tmp_path / "a.en.txt", ENGLISH)
    heard = listen(tmp_path)
    assert [source for _, source, _ in heard.pairs] == [
        ENGLISH,
        "Count the ropes.",
        "Oil the door.",
        "Close the hatch.",
    ]
    assert ["broken.tmx" in fault for fault in heard.faults] == [True], heard.faults


def test_a_tree_of_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    """The first file that cannot be read says why, and nothing passes for checked; one that can be makes it a fault."""
    put(tmp_path / "a.po", "")
    put(tmp_path / "b.tmx", "<tmx")
    with pytest.raises(InputError, match=r"a\.po: there is no pair in this file"):
        listen(tmp_path)
    put(tmp_path / "c.tmx", TMX)
    heard = listen(tmp_path)
    assert [source for _, source, _ in heard.pairs] == ["Oil the door."]
    assert [name in fault for name, fault in zip(["a.po", "b.tmx"], heard.faults, strict=True)] == [True, True]


def test_named_sources_win_over_the_neighbour(tmp_path: Path) -> None:
    """Who names a source means that one, and nothing is marked then."""
    path = put(tmp_path / "x.ja.md", JAPANESE)
    put(tmp_path / "x.en.md", ENGLISH)
    other = put(tmp_path / "other.md", ENGLISH)
    (document,) = listen(path, [other]).documents
    assert ([source.id for source in document.sources], document.marked) == (["other"], ())


MARKED = """# A **bold** [link](http://a.b/(c) "t") end

Text with `code *x*` and \\*stars &amp; <b>tag</b> <http://auto.link> ![alt](img.png)y.com, [y.com](y.com)y.com
is [ref][r] and [short] ~ 2 * 3 * 4. <!-- c -->

> - item `x`` y` **b

[r]: http://x
[short]: http://y
"""


def test_marks_of_markdown_are_no_words() -> None:
    """Emphasis, addresses, code, tags and escapes are protected; stars and brackets that mean themselves are not."""
    blocks, marks = parse_markdown(f"---\n{MARKED}", 4)
    content = f"---\n{MARKED}"
    shown = readable(Text(content, "en", blocks, protected=marks))
    assert len(shown) == len(content)
    assert [" ".join(block.span.of(shown).split()) for block in blocks] == [
        "A bold link end",
        "Text with and *stars tag alt y.com, y.com y.com",
        "is ref and short ~ 2 * 3 * 4.",
        "item **b",
    ]


def test_sentences_keep_their_marks_and_hide_them() -> None:
    """A sentence's span takes in the marks that touch it; what is read of it has spaces in their place."""
    content = "**First one.** [Second](x.md) one. これは**重要**です。\n"
    blocks, marks = parse_markdown(content)
    text = Text(content, "en", blocks, protected=marks)
    spans = [segment.span for segment in segments(text)]
    assert [span.of(content) for span in spans] == ["**First one.**", "[Second](x.md) one.", "これは**重要**です。"]
    assert [" ".join(readable(text, span).split()) for span in spans] == [
        "First one.",
        "Second one.",
        "これは 重要 です。",
    ]


@settings(deadline=None, max_examples=150)
@given(st.text("ab `*_[]()<>!\\&;#-\nあ", max_size=60))
def test_marks_lie_in_order_inside_blocks(content: str) -> None:
    """Whatever is written, marks are ordered and disjoint, and a part of a text reads as it does in the whole."""
    blocks, marks = parse_markdown(content)
    assert all(one.end <= other.start for one, other in pairwise(marks))
    text = Text(content, "en", blocks, protected=marks)
    whole = readable(text)
    assert len(whole) == len(content)
    for start in range(0, len(content), 7):
        for end in range(start, len(content), 5):
            assert readable(text, Span(start, end)) == whole[start:end]
