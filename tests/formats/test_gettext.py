"""Messages of programs in PO and MO files."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from babel.messages.pofile import read_po as babel_read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from listening import listen, misplaced

from tui_reader.errors import InputError
from tui_reader.model import Span

if TYPE_CHECKING:
    from conftest import RequireTool

HEADER = 'msgid ""\nmsgstr ""\n"Language: ja\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
MESSAGES = HEADER + (
    '#: a.c:1\n#, c-format\n# tui-reader ignore omission: said elsewhere\nmsgid "Hello \\"%s\\", "\n"it is late."\n'
    'msgstr "こん\\"%s\\"にちは、"\n"遅いです。"\n\n'
    '#, fuzzy\nmsgid "guess"\nmsgstr "推測"\n\n'
    'msgctxt "menu"\nmsgid "A _file"\nmsgid_plural "%d _files"\nmsgstr[0] "ファイル(_F) %d"\n\n'
    'msgid "not yet"\nmsgstr ""\n#~ msgid "old"\n#~ msgstr "古い"\n'
)


def po(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    """A PO file."""
    path = folder / "m.po"
    path.write_bytes(content.encode(encoding))
    return path


def test_messages_are_pairs_with_their_places(tmp_path: Path) -> None:
    """Contexts, plural forms, placeholders, mnemonics and remarks; each character where the file has it."""
    heard = listen(po(tmp_path, MESSAGES))
    assert heard.pairs == [
        ('Hello "%s", it is late.', 'Hello "%s", it is late.', 'こん"%s"にちは、遅いです。'),
        ("menu|A _file[0]", "%d _files", "ファイル(_F) %d"),
    ]
    first, second = heard.documents
    assert [span.of(second.text.content) for span in second.text.protected] == ["(_F)", "%d"]
    assert [span.of(second.sources[0].text.content) for span in second.sources[0].text.protected] == ["%d", "_"]
    assert [(one.reason, one.span) for one in first.text.ignores] == [("said elsewhere", Span(0, 15))]
    assert heard.remarks == [f"{tmp_path / 'm.po'}: passed over entries: 1 fuzzy, 1 obsolete, 1 untranslated"]
    assert not [wrong for text in heard.texts for wrong in misplaced(text, MESSAGES, spelled='"')]


def test_several_plural_forms_stand_against_singular_and_plural(tmp_path: Path) -> None:
    """Into English the first form is the singular, the others are plurals."""
    content = HEADER.replace("Language: ja", "Language: en_GB") + (
        'msgid "一枚"\nmsgid_plural "%d枚"\nmsgstr[0] "one sheet"\nmsgstr[1] "%d sheets"\n'
    )
    heard = listen(po(tmp_path, content))
    assert [pair[1:] for pair in heard.pairs] == [("一枚", "one sheet"), ("%d枚", "%d sheets")]
    assert {document.text.language for document in heard.documents} == {"en"}


@pytest.mark.parametrize(
    ("damage", "line", "message"),
    [
        ("<<<<<<< HEAD\n", 1, "this line is neither a comment nor a keyword"),
        ('msgid "x\nmsgstr "y"\n', 1, "this line is neither a comment nor a keyword"),
        ('msgid "x" "y"\nmsgstr "z"\n', 1, "this line is neither"),
        ('msgid "x"\nmsgid_plural "y"\nmsgid "z"\nmsgstr "z"\n', 3, "this is not PO syntax"),
        ('# a comment\nmsgid "cut off"\n', 2, "this entry has no msgstr"),
        ('msgid "guess"\nmsgstr "推量"\n', 1, "the same message stands in line 15 already"),
    ],
)
def test_a_broken_entry_costs_no_other(tmp_path: Path, damage: str, line: int, message: str) -> None:
    """What a merge or an editor breaks is named by its line, and the entries before it are read."""
    heard = listen(po(tmp_path, MESSAGES + damage))
    (fault,) = heard.faults
    assert f"m.po:{MESSAGES.count(chr(10)) + line}: {message}" in fault
    assert [pair[2] for pair in heard.pairs][:2] == ['こん"%s"にちは、遅いです。', "ファイル(_F) %d"]


def test_entries_after_a_broken_one_are_read(tmp_path: Path) -> None:
    """An unclosed quote ends with its entry."""
    heard = listen(po(tmp_path, MESSAGES + 'msgid "x\nmsgstr "y"\n\nmsgid "later"\nmsgstr "後で"\n'))
    assert heard.pairs[-1][2] == "後で"
    assert len(heard.faults) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "m.po: there is no pair in this file"),
        ('{"a": "b"}\n', "m.po:1: this line is neither a comment nor a keyword"),
        (HEADER.replace("Language: ja", "Language: fr"), "m.po:1: the translation is in 'fr'"),
        (HEADER + 'msgid "a"\nmsgstr ""\n', "m.po: there is no pair in this file"),
    ],
)
def test_files_without_a_translation_are_refused(tmp_path: Path, content: str, message: str) -> None:
    """Nothing to read is one error."""
    with pytest.raises(InputError, match=message):
        listen(po(tmp_path, content))


def test_other_encodings_and_wrong_declarations(tmp_path: Path) -> None:
    """A declared charset is used; one that does not hold is a fault, and the text is read as it looks."""
    content = HEADER + 'msgid "rain"\nmsgstr "雨が降る港の図書館は混む"\n'
    assert listen(po(tmp_path, content.replace("UTF-8", "EUC-JP"), "euc_jp")).pairs[0][2] == "雨が降る港の図書館は混む"
    heard = listen(po(tmp_path, content, "euc_jp"))
    assert heard.pairs[0][2] == "雨が降る港の図書館は混む"
    assert "m.po:7: the header declares utf-8, but this is not valid utf-8" in heard.faults[0]


@pytest.mark.parametrize("charset", ["hex", "base64", "rot13", "undefined", "unicode_escape", "idna", "x-none"])
def test_a_charset_that_is_none_of_texts_is_not_believed(tmp_path: Path, charset: str) -> None:
    """Python has codecs for other things than the characters of a file: such a file is read as it looks."""
    content = HEADER.replace("UTF-8", charset) + 'msgid "rain"\nmsgstr "雨が降る"\n'
    heard = listen(po(tmp_path, content))
    assert (heard.pairs, heard.faults) == ([("rain", "rain", "雨が降る")], [])


@settings(deadline=None, max_examples=40)  # the first example pays for imports
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1), min_size=1))
def test_polib_writes_and_we_read(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever a message holds, its file gives it back, as PO and as MO."""
    catalogue = polib.POFile(wrapwidth=20)
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "ja"}
    for number, text in enumerate(texts):
        catalogue.append(polib.POEntry(msgid=f"message {number}", msgstr=text))
    folder = tmp_path_factory.mktemp("po")
    catalogue.save(str(folder / "a.po"), newline="\n")
    catalogue.save_as_mofile(str(folder / "a.mo"))
    assert [pair[2] for pair in listen(folder / "a.po").pairs] == texts
    assert sorted(pair[2] for pair in listen(folder / "a.mo").pairs) == sorted(texts)


def test_a_second_reader_sees_the_same(tmp_path: Path) -> None:
    """Babel reads the same messages from the same file."""
    path = po(tmp_path, MESSAGES)
    with path.open("rb") as stream:
        catalogue = babel_read_po(stream, locale="ja", abort_invalid=False)
    theirs = {
        (message.string if isinstance(message.string, str) else message.string[0])
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    } - {""}
    assert theirs == {pair[2] for pair in listen(path).pairs}


def test_msgfmt_compiles_what_we_read_back(tmp_path: Path, require_tool: RequireTool) -> None:
    """The compiled catalogue holds the same pairs as its source."""
    path = po(tmp_path, MESSAGES)
    subprocess.run([require_tool("msgfmt"), path, "-o", tmp_path / "m.mo"], check=True)
    compiled = listen(tmp_path / "m.mo")
    assert sorted(pair[1:] for pair in compiled.pairs) == sorted(pair[1:] for pair in listen(path).pairs)


def test_messages_that_depend_on_the_system_are_counted(tmp_path: Path, require_tool: RequireTool) -> None:
    """A compiled catalogue keeps them apart, where only the program's own system puts them together."""
    content = HEADER + '#, c-format\nmsgid "%<PRIdMAX> bytes"\nmsgstr "%<PRIdMAX> バイト"\n\nmsgid "a"\nmsgstr "あ"\n'
    path = po(tmp_path, content)
    subprocess.run([require_tool("msgfmt"), path, "-o", tmp_path / "m.mo"], check=True)
    heard = listen(tmp_path / "m.mo")
    assert [pair[0] for pair in heard.pairs] == ["a"]
    assert heard.remarks == [f"{tmp_path / 'm.mo'}: passed over entries: 1 spelled differently from system to system"]
    assert len(listen(path).pairs) == 2


def test_damaged_catalogues_are_refused(tmp_path: Path) -> None:
    """Cut at any place, an MO file is an error or gives whole messages; never anything else."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "ja"}
    catalogue.extend(polib.POEntry(msgid=f"m{n}", msgstr=f"訳{n}") for n in range(9))
    path = tmp_path / "a.mo"
    catalogue.save_as_mofile(str(path))
    data = path.read_bytes()
    assert len(listen(path).pairs) == 9
    for size in range(0, len(data), 7):
        path.write_bytes(data[:size])
        with pytest.raises(InputError, match=r"a\.mo: (this is no MO file|this MO file is cut off)"):
            listen(path)


@pytest.mark.parametrize("name", ["grep", "sed", "make"])
def test_catalogues_of_this_machine(name: str) -> None:
    """Japanese catalogues of installed programs are read whole: as many messages as polib finds."""
    path = Path("/usr/share/locale/ja/LC_MESSAGES") / f"{name}.mo"
    if not path.is_file():
        pytest.skip(f"no Japanese catalogue of {name} is installed")
    heard = listen(path)
    assert heard.faults == []
    messages = [entry for entry in polib.mofile(str(path)) if entry.msgstr or entry.msgstr_plural]
    assert len(heard.pairs) == sum(len(entry.msgstr_plural) or 1 for entry in messages) > 0
