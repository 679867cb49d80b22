"""XLIFF and TMX: units, inline elements, states, and files that are broken or hostile."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listening import listen, misplaced

from tui_reader.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="en-US" target-language="ja" datatype="html"><body><group>
<trans-unit id="1"><note>tui-reader ignore omission: known</note>
 <source>Press <g id="1">Save</g><x id="2"/> &amp; <ph id="3">&lt;br/&gt;</ph>wait &#x2014; %s.</source>
 <seg-source><mrk mtype="seg" mid="1">x</mrk></seg-source>
 <target state="final"><mrk mtype="seg" mid="1"><g id="1">保存</g>を押す<x id="2"/><ph
 id="3">&lt;br/&gt;</ph>%s</mrk></target>
 <alt-trans><source>no</source><target>いいえ</target></alt-trans></trans-unit>
<trans-unit id="2"><source>later</source></trans-unit>
<trans-unit id="3"><source>new</source><target state="needs-translation">新</target></trans-unit>
<trans-unit id="4" translate="no"><source>ID</source><target>ID</target></trans-unit>
</group></body></file></xliff>
"""
XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="ja-JP"
 xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><file id="f"><unit id="u"><mtc:matches><mtc:match ref="#s1">
 <source>Old</source><target>旧</target></mtc:match></mtc:matches>
 <segment id="s1"><source>One <pc id="1">two</pc>.</source><target>一<pc id="1">二</pc>。</target></segment>
 <ignorable><source> </source></ignorable>
 <segment id="s2"><source>Tab<cp hex="0009"/>.</source><target>三<ph id="2"/>。</target></segment></unit></file></xliff>
"""
TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en" segtype="sentence"/><body>
<tu tuid="a"><note>tui-reader ignore all: memory</note><tuv xml:lang="EN-us"><seg>The <bpt i="1">&lt;b&gt;</bpt>cat<ept
 i="1">&lt;/b&gt;</ept> <hi>sleeps</hi>.</seg></tuv><tuv xml:lang="fr"><seg>Le chat.</seg></tuv>
 <tuv xml:lang="ja"><seg>猫は眠る。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu>
<tu srclang="ja"><tuv lang="ja"><seg>犬</seg></tuv><tuv lang="en"><seg>dog</seg></tuv></tu></body></tmx>
"""


def put(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def protected(path: Path) -> list[list[str]]:
    """The protected runs of each text in a file."""
    return [[span.of(text.content) for span in text.protected] for text in listen(path).texts]


def test_xliff_1(tmp_path: Path) -> None:
    """Units are pairs, inline elements protected runs; what is untranslated, locked or an alternative is no pair."""
    path = put(tmp_path / "a.xlf", XLIFF_1)
    heard = listen(path)
    assert heard.pairs == [
        ("1", 'Press <g id="1">Save</g><x id="2"/> & <br/>wait — %s.', '<g id="1">保存</g>を押す<x id="2"/><br/>%s')
    ]
    assert protected(path)[1] == ['<g id="1">', "</g>", '<x id="2"/>', "<br/>", "%s"]
    assert heard.remarks == [f"{path}: passed over entries: 1 not to be translated, 2 untranslated"]
    assert heard.documents[0].text.ignores[0].reason == "known"
    assert not [wrong for text in heard.texts for wrong in misplaced(text, XLIFF_1, spelled='<>&—br/id="12')]


def test_xliff_2(tmp_path: Path) -> None:
    """The segments of a unit are one document, matches and spaces between them are left out."""
    heard = listen(put(tmp_path / "a.xliff", XLIFF_2))
    assert heard.pairs == [
        ("u/s1", 'One <pc id="1">two</pc>.', '一<pc id="1">二</pc>。'),
        ("u/s2", "Tab\t.", '三<ph id="2"/>。'),
    ]
    assert [document.id for document in heard.documents] == ["u"]


NO, YES = 'translate="no"', 'translate="yes"'
TEXTS_1 = "<source>One</source><target>一</target></trans-unit>"
TEXTS_2 = "<segment><source>One</source><target>一</target></segment></unit>"
INHERITED_1 = f"""<xliff version="1.2"><file source-language="en" target-language="ja"><body><group {NO}>
<trans-unit id="a">{TEXTS_1}<trans-unit id="b" {YES}>{TEXTS_1}<group><trans-unit id="c">{TEXTS_1}</group>
<group {YES}><trans-unit id="d">{TEXTS_1}</group></group><trans-unit id="e">{TEXTS_1}</body></file></xliff>"""
INHERITED_2 = f"""<xliff version="2.1" srcLang="en" trgLang="ja"><file id="f" {NO}><unit id="a">{TEXTS_2}
<unit id="b" {YES}>{TEXTS_2}<group id="1"><unit id="c">{TEXTS_2}</group><group id="2" {YES}><unit id="d">{TEXTS_2}
<unit id="f" {NO}>{TEXTS_2}</group></file><file id="g"><unit id="e">{TEXTS_2}</file></xliff>"""


@pytest.mark.parametrize(("inherited", "left_out"), [(INHERITED_1, 2), (INHERITED_2, 3)])
def test_units_inherit_whether_they_are_to_be_translated(tmp_path: Path, inherited: str, left_out: int) -> None:
    """A group or a file says it for all that is in it, of which some may say otherwise; with its end it is over."""
    path = put(tmp_path / "a.xlf", inherited)
    heard = listen(path)
    assert [pair[0] for pair in heard.pairs] == ["b", "d", "e"]
    assert heard.remarks == [f"{path}: passed over entries: {left_out} not to be translated"]


def test_tmx(tmp_path: Path) -> None:
    """English and Japanese variants are pairs in the direction that the unit says; native codes are protected."""
    path = put(tmp_path / "a.tmx", TMX)
    heard = listen(path)
    assert heard.pairs == [("a", "The <b>cat</b> sleeps.", "猫は眠る。"), ("3", "犬", "dog")]
    assert [document.text.language for document in heard.documents] == ["ja", "en"]
    assert heard.remarks == [f"{path}: passed over entries: 1 without a Japanese and an English variant"]
    assert not [wrong for text in heard.texts for wrong in misplaced(text, TMX, spelled="<b>/")]


BOMB = '<!DOCTYPE xliff [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><xliff>&b;</xliff>'
OUTSIDE = '<!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/hostname">]><xliff>&a;</xliff>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BOMB, r"a\.xlf:1: it declares an entity of its own, 'a', and such files are not read"),
        (OUTSIDE, r"a\.xlf:1: it declares an entity of its own"),
        ("<html>\n</html>", r"a\.xlf:1: the outermost element is <html>, not <xliff>"),
        ("", r"a\.xlf:1: this is not well-formed XML: no element found"),
        ("<xliff>\n<a>\n</b></xliff>", r"a\.xlf:3: this is not well-formed XML: mismatched tag"),
        ("<xliff>&nothing;</xliff>", r"a\.xlf:1: nobody knows what &nothing; stands for"),
        ('<?xml version="1.0" encoding="x-none"?><xliff/>', r"a\.xlf:1: it declares an unknown encoding, 'x-none'"),
        ('<?xml version="1.0" encoding="hex"?><xliff/>', r"a\.xlf:1: it declares an unknown encoding, 'hex'"),
        ('<?xml version="1.0" encoding="undefined"?><xliff/>', r"a\.xlf:1: it declares an unknown encoding, 'und"),
        ('<?xml version="1.0" encoding="UTF-16"?><xliff/>', r"a\.xlf:1: this is not valid UTF-16, as the file"),
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<xliff>\n\x93\xfa', r"a\.xlf:3: this is not valid utf-8"),
        (XLIFF_1.replace('"ja"', '"fr"'), r"a\.xlf:3: this is a translation from 'en' to 'fr'"),
        ("<xliff></xliff>", r"a\.xlf: there is no pair in this file"),
    ],
)
def test_bad_files_are_refused_with_their_line(tmp_path: Path, content: str | bytes, message: str) -> None:
    """Nothing outside the file is read, nothing grows, and the reason is one line."""
    with pytest.raises(InputError, match=message):
        listen(put(tmp_path / "a.xlf", content))


def test_units_before_the_break_are_read(tmp_path: Path) -> None:
    """A file that was cut off gives what it has and says where it ends; a doubled or empty unit is named."""
    unit = '<trans-unit id="1"><source>One</source><target>一</target></trans-unit>\n'
    sourceless = '<trans-unit id="9"><target>九</target></trans-unit>\n'
    head = '<xliff version="1.2"><file source-language="en" target-language="ja"><body>\n'
    heard = listen(put(tmp_path / "a.xlf", head + unit + unit + sourceless + "<trans-unit id='2'><source>cu"))
    assert heard.pairs == [("1", "One", "一")] * 2
    assert [fault.split("a.xlf:")[1] for fault in heard.faults] == [
        "3: the unit '1' stands in line 2 already; give every unit of a file an id of its own",
        "4: the unit '9' has no source",
        "5: this is not well-formed XML: no element found, column 30",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "shift_jis", "euc_jp"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    """What the file declares, or marks, is how it is read."""
    content = XLIFF_1.replace("UTF-8", encoding.removesuffix("-sig")).replace("&#x2014;", "-")
    heard = listen(put(tmp_path / "a.xlf", content.encode(encoding)))
    assert heard.pairs[0][2].startswith('<g id="1">保存</g>を押す')


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1).filter(
    str.strip
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
def test_any_text_comes_back_and_a_second_reader_agrees(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    """ElementTree reads the same texts from the same file."""
    body = "".join(
        f'<tu><tuv xml:lang="en"><seg>{escape(a)}</seg></tuv>\n<tuv xml:lang="ja"><seg>{escape(b)}</seg></tuv></tu>\n'
        for a, b in rows
    )
    content = f'<tmx version="1.4"><header srclang="en"/><body>{body}</body></tmx>'
    path = put(tmp_path_factory.mktemp("tmx") / "a.tmx", content)
    heard = listen(path)
    assert [pair[1:] for pair in heard.pairs] == rows
    segments = [segment.text for segment in ET.parse(path).iter("seg")]
    assert segments == [text for row in rows for text in row]
    assert not [wrong for text in heard.texts for wrong in misplaced(text, content, spelled="<>&")]


@pytest.mark.parametrize(("converter", "suffix"), [("po2xliff", ".xlf"), ("po2tmx", ".tmx")])
def test_what_translate_toolkit_converts(tmp_path: Path, converter: str, suffix: str) -> None:
    """A PO file and what the best-known converter makes of it hold the same pairs."""
    program = shutil.which(converter)
    if program is None:
        pytest.skip(f"translate-toolkit's {converter} is not installed: it is GPL, and nothing here depends on it")
    header = 'msgid ""\nmsgstr ""\n"Language: ja\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    messages = 'msgid "The <b>harbour</b> & %s"\nmsgstr "<b>港</b>と%s"\n\nmsgid "gate"\nmsgstr "門"\n'
    path = put(tmp_path / "m.po", header + messages)
    result = path.with_suffix(suffix)
    language = ["-l", "ja"] if converter == "po2tmx" else []
    subprocess.run([program, "--progress=none", *language, path, result], check=True)
    assert [pair[1:] for pair in listen(result).pairs] == [pair[1:] for pair in listen(path).pairs]


def test_large_files_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """The first unit comes out before the last piece of the file is read: its broken end is not seen."""
    unit = '<tu><tuv xml:lang="en"><seg>One</seg></tuv><tuv xml:lang="ja"><seg>一</seg></tuv></tu>\n'
    path = put(tmp_path / "a.tmx", '<tmx version="1.4"><header srclang="en"/><body>' + unit * 5000 + "<broken")
    from tui_reader.formats import open_documents  # noqa: PLC0415 - read strictly, as the interface for programs does

    assert next(open_documents(path)).id == "1"
