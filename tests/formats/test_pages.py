"""HTML pages and e-books: their text, its places, and files that nobody should trust."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listening import listen, misplaced

from tui_reader.errors import InputError
from tui_reader.formats import Input
from tui_reader.formats.epub import LARGEST_FILE
from tui_reader.formats.text_file import read_text_file
from tui_reader.reports.places import place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tui_reader.model import Text

PAGE = """<!DOCTYPE html><html lang="ja"><head><title>港 &amp; 海</title><style>x{}</style></head>
<body><!-- tui-reader ignore omission: said above --><h1>港の<ruby>図書館<rt>としょかん</rt></ruby></h1>
<p>港の<b>図書館</b>は
   雨の日に混む。&lt;猫&#x306F;&gt;<br>眠る。<code>x = 1</code>と書く。
<p>次の段落。<script>alert("x")</script><ul><li>項目一<li>項目二</ul>
<pre>  code
   here</pre>終わり。</body></html>
"""
ENGLISH = "<html lang='en'><p>The harbour library is crowded on rainy days.</p></html>"


def put(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def page(path: Path) -> Text:
    """The text of a page."""
    return read_text_file(Input.of(path)).text


def test_a_page_is_what_a_browser_shows(tmp_path: Path) -> None:
    """Tags, scripts and readings are left out, white space is collapsed, and every character has its place."""
    path = put(tmp_path / "a.html", PAGE)
    text, about = read_text_file(Input.of(path))
    assert [(block.kind.value, block.span.of(text.content)) for block in text.blocks] == [
        ("heading", "港の図書館"),
        ("paragraph", "港の図書館は\n雨の日に混む。<猫は>\n眠る。x = 1と書く。"),
        ("paragraph", "次の段落。"),
        ("list item", "項目一"),
        ("list item", "項目二"),
        ("code", "code\n   here"),
        ("paragraph", "終わり。"),
    ]
    assert (about.title, text.language) == ("港 & 海", "ja")
    assert [span.of(text.content) for span in text.protected] == ["x = 1"]
    assert [ignore.span.of(text.content) for ignore in text.ignores] == ["港の図書館"]
    assert not misplaced(text, PAGE, spelled="<>は")


def test_a_page_with_its_source(tmp_path: Path) -> None:
    """Pages pair by their names, and stand as sources in a folder."""
    put(tmp_path / "a.en.html", ENGLISH)
    (document,) = listen(put(tmp_path / "a.ja.html", PAGE)).documents
    assert document.sources[0].text.content == "The harbour library is crowded on rainy days."


@pytest.mark.parametrize("end", ["<a href=", "<a href='x", "<!-- 後で", "</p", "<![CDATA[x"])
def test_a_tag_that_the_page_breaks_off_in_is_not_shown(tmp_path: Path, end: str) -> None:
    """As in a browser; what is no tag, as a sign of comparison, is text."""
    assert page(put(tmp_path / "a.html", f"<p>港は1 < 2で静かだ。{end}")).content == "港は1 < 2で静かだ。"


@pytest.mark.parametrize("declared", ["Shift_JIS", "UTF-8", "nonsense", "hex", "undefined", "unicode_escape"])
def test_the_encoding_is_what_holds(tmp_path: Path, declared: str) -> None:
    """A page in Shift_JIS is read whatever it declares."""
    content = f"<meta charset={declared}><p>港の図書館は雨の日に混む。子どもたちは静かに本を選ぶ。①</p>"
    assert page(put(tmp_path / "a.html", content.encode("cp932"))).content.endswith("本を選ぶ。①")


@settings(deadline=None, max_examples=100)
@given(st.text("<>/pbrli&;!-=\"' \nあa", max_size=80))
def test_any_soup_is_text_or_refused(tmp_path_factory: pytest.TempPathFactory, soup: str) -> None:
    """Whatever is between brackets, blocks are ordered and disjoint, and places are in the file."""
    path = put(tmp_path_factory.mktemp("soup") / "a.html", soup)
    try:
        text = page(path)
    except InputError:
        return
    assert text.locator is not None
    for one, other in pairwise(text.blocks):
        assert one.span.end <= other.span.start
    lines = soup.split("\n")
    for offset in range(len(text.content)):
        line, column = text.locator(offset)
        assert 1 <= column <= len(lines[line - 1]) + 1


CONTAINER = '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>'
PACKAGE = (
    '<package xmlns:dc="x"><metadata><dc:title>本</dc:title><dc:language>ja</dc:language></metadata><manifest>'
    '<item id="a" href="a.xhtml"/><item id="b" href="b%20b.xhtml"/></manifest>'
    '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>'
)
CHAPTERS: Mapping[str, str | bytes] = {
    "OPS/a.xhtml": "<html>\n<body><p>港は閉まる。</p></body></html>",
    "OPS/b b.xhtml": "<p>猫は眠る。&nbsp;</p>",
}


def book(path: Path, files: Mapping[str, str | bytes] = CHAPTERS, package: str = PACKAGE) -> Path:
    """An e-book of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/p.opf", package)
        for name, content in files.items():
            archive.writestr(name, content)
    return put(path, packed.getvalue())


def test_a_book_is_its_chapters_in_order(tmp_path: Path) -> None:
    """The spine orders them; a place names the chapter's file and its line."""
    path = book(tmp_path / "a.epub")
    text, about = read_text_file(Input.of(path))
    assert (text.content, about.title, text.language) == ("猫は眠る。\n\n港は閉まる。", "本", "ja")
    assert [place(text, offset) for offset in (0, 7)] == [f"{path}!OPS/b b.xhtml:1:4", f"{path}!OPS/a.xhtml:2:10"]


def heard_of(path: Path) -> list[str]:
    """What is said about a book whose other chapters can be read."""
    source = put(path.parent / "s.txt", "The harbour is closed and the cat sleeps at the gate.\n")
    return listen(path, [source]).faults


def test_a_bad_chapter_costs_no_other(tmp_path: Path) -> None:
    """A chapter that is missing, outside of the book or not text is named, and the rest is read."""
    outside = PACKAGE.replace("b%20b.xhtml", "../../../etc/passwd")
    cases: list[tuple[str, Mapping[str, str | bytes], str]] = [
        (PACKAGE, {"OPS/a.xhtml": CHAPTERS["OPS/a.xhtml"]}, "a.epub!OPS/b b.xhtml: the book names this file and does"),
        (outside, CHAPTERS, "a.epub: the book names a file outside of itself, '../../../etc/passwd'"),
        (PACKAGE, {**CHAPTERS, "OPS/b b.xhtml": b"\x00\x01\x02" * 50}, "a.epub!OPS/b b.xhtml: this is binary data"),
    ]
    for package, files, message in cases:
        (fault,) = heard_of(book(tmp_path / "a.epub", files, package))
        assert message in fault


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    """A chapter of a few kilobytes that would fill the memory is refused unread."""
    path = book(tmp_path / "a.epub", {**CHAPTERS, "OPS/b b.xhtml": b" " * (LARGEST_FILE + 1)})
    assert path.stat().st_size < 100_000
    (fault,) = heard_of(path)
    assert "a.epub!OPS/b b.xhtml: this unpacks to 33,554,433 bytes" in fault


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this is no EPUB, or it is cut off"),
        (b"PK\x03\x04nonsense", "this is no EPUB, or it is cut off"),
    ],
)
def test_what_is_no_book_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    """One line says so."""
    with pytest.raises(InputError, match=message):
        page(put(tmp_path / "a.epub", data))


def test_a_book_cut_anywhere_is_refused(tmp_path: Path) -> None:
    """No part of a damaged archive raises anything but the one error."""
    data = book(tmp_path / "a.epub").read_bytes()
    for size in range(1, len(data), 97):
        with pytest.raises(InputError):
            page(put(tmp_path / "a.epub", data[:size]))
    with pytest.raises(InputError, match="it declares an entity of its own"):
        page(book(tmp_path / "a.epub", package='<!DOCTYPE package [<!ENTITY a "b">]><package/>'))
    with pytest.raises(InputError, match=r"a\.epub: the text is empty"):
        page(book(tmp_path / "a.epub", package="<package/>"))
