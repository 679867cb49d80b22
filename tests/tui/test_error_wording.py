"""What is wrong with a file, in the language of the reader."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from driving import opened
from lighthouse import make_document

import tui_reader
from tui_reader.errors import InputError, SettingsError
from tui_reader.formats import read
from tui_reader.settings import ReaderSettings, Settings
from tui_reader.tui.error_wording import FOLDER, told, translated
from tui_reader.tui.language import CATALOGUES, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui_reader.model import Alignment, CheckedBead, Document, Report

SOURCE = Path(next(iter(tui_reader.__path__)))
READERS_OF_FILES = ("formats", "alignment", "checks", "encoders", "text", "baseline.py", "baseline_file.py", "files.py")
JAPANESE = Settings(reader=ReaderSettings(language="ja"))
# Put together from pieces, each of which stands in a shape of its own.
PIECED = {"the column  "}


def code() -> Iterator[ast.AST]:
    """Every node of what reads files."""
    for name in READERS_OF_FILES:
        path = SOURCE / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def sentence(node: ast.expr) -> str | None:
    """What an expression says, with nothing in its holes; None where it says nothing by itself."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def sentences_of_errors() -> set[str]:
    """All that is said of files, directly or by way of the variables that errors are made of."""
    found: set[str | None] = set()
    for node in code():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Error"):
            if node.func.id in {"InputError", "LanguageError"}:
                found |= {sentence(argument) for argument in node.args[:1]}
                found |= {sentence(keyword.value) for keyword in node.keywords if keyword.arg == "cure"}
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"what", "cure"}:
            found.add(sentence(node.value))
    return {words for words in found if words and words.strip("\0")} - PIECED


@pytest.mark.parametrize("language", sorted(path.stem for path in CATALOGUES.glob("*.po")))
def test_every_sentence_of_an_error_is_understood(language: str, english_afterwards: None) -> None:
    """Whoever adds an error to what reads files, or rewords one, translates it."""
    sentences = sentences_of_errors()
    assert len(sentences) > 100
    speak(language)
    assert sorted(words for words in sentences if translated(words) == words) == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_a_translation_keeps_what_stands_in_it(path: Path, english_afterwards: None) -> None:
    """Names, numbers and braces of the message come through, whatever is in them."""
    speak(path.stem)
    for entry in polib.pofile(str(path)):
        holes = re.findall(r"\{(\w+)\}", entry.msgid)
        assert sorted(holes) == sorted(re.findall(r"\{(\w+)\}", entry.msgstr)), entry.msgid
        values = {name: f"⟦{number}{{x}}⟧" for number, name in enumerate(holes)}
        message = entry.msgid
        for name, value in values.items():
            message = message.replace(f"{{{name}}}", value)
        said = translated(message)
        assert all(value in said for value in values.values()), entry.msgid
        assert not re.search(r"[\u2014\u2192\u203b]", entry.msgstr), "a character of ambiguous width"


def test_an_error_is_one_line_with_its_place(english_afterwards: None) -> None:
    """File and line come first in every language; what no catalogue knows is told as it was said."""
    error = InputError("unknown key 'titel'", path="a.toml", line=3, cure="did you mean 'title'?")
    assert told(error) == "a.toml:3: unknown key 'titel'; did you mean 'title'?" == str(error)
    speak("ja")
    assert told(error) == "a.toml:3: 不明なキー 'titel' があります。'title' ではありませんか"
    assert told(InputError("the moon is new", cure="wait")) == "the moon is new。wait"
    assert told(SettingsError("keys.top: no")) == "keys.top: no"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (bytes(range(256)) * 8, "これはテキストではなくバイナリーデータです"),
        (b"  \n\n", "文章が空です"),
        (b"The harbour is closed.\n\nIt opens in June, they say.\n", "この文章には日本語がありません"),
        (
            "---\nsources: {a: b}\n---\n灯台は閉まっています。\n".encode(),
            "sources はファイルのリストでなければなりません",
        ),
    ],
)
def test_errors_of_real_files_are_told_in_japanese(
    content: bytes, expected: str, tmp_path: Path, english_afterwards: None
) -> None:
    """Nothing English is left in them but the name of the file."""
    path = tmp_path / "a.md"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    speak("ja")
    said = told(caught.value)
    assert expected in said
    assert not re.search("[a-z]{3} [a-z]{3}", said.replace(str(path), "")), said


def broken(_: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """A check that cannot read its glossary."""
    yield from ()
    raise InputError("there is no such file", path="terms.tsv")


def failing(_: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """A check with a fault of its own."""
    yield from ()
    raise ValueError("17")


@pytest.mark.parametrize(
    ("check", "expected"),
    [(broken, "terms.tsv: そのようなファイルはありません"), (failing, "検査に失敗しました：ValueError: 17")],
)
async def test_a_check_that_fails_says_so_in_japanese(
    check: Callable[..., object], expected: str, english_afterwards: None
) -> None:
    """The last line of a Japanese reader is Japanese, whatever goes wrong."""
    async with opened(check, settings=JAPANESE) as screen:
        await screen.finished()
        assert expected in screen.footer()


async def test_a_text_left_out_says_so_in_japanese(english_afterwards: None) -> None:
    """The translation alone has a line for each sentence of the source that it lacks."""
    async with opened(settings=JAPANESE, document=make_document()) as screen:
        await screen.finished()
        await screen.press("v", "v")
        assert any("（訳文にはありません）" in row for row in screen.rows()), screen.rows()
