"""Files that change while they are read, and the editor that changes them."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from driving import Screen, opened
from lighthouse import until

from tui_reader.errors import InputError
from tui_reader.formats import read
from tui_reader.model import (
    Alignment,
    Bead,
    CheckedBead,
    Document,
    Finding,
    Location,
    Passage,
    Report,
    Severity,
    Side,
    Signature,
    Span,
)
from tui_reader.tui.editor import editor_command
from tui_reader.tui.reading import Outcome
from tui_reader.tui.reopen import files_of, reopened

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = ("最初の文です。", "次の文です。", "悪い文です。", "最後の文です。")


def line_check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """Pairs the lines of both texts in order; says that a line with 悪い adds it."""
    text, source = document.text, document.sources[0]
    pairs = zip(source.text.blocks, text.blocks, strict=False)
    beads = tuple(Bead(f"b{n}", 0, (s.span,), (t.span,), 0.9) for n, (s, t) in enumerate(pairs))
    passage = Passage("p", source.id, Span(0, len(source.text)), Span(0, len(text)))
    alignment = Alignment((passage,), beads)
    yield alignment
    checked = []
    for bead in beads:
        (span,) = bead.target_segments
        at = text.content.find("悪い", span.start, span.end)
        finding = Finding("addition", Side.TARGET, Span(at, at + 2), 0.9, Severity.WARNING, "added", fingerprint="x")
        checked.append(CheckedBead(bead, 90.0, (finding,) if at >= 0 else ()))
    yield from checked
    yield Report(document, alignment, tuple(checked), Signature("0", "fake", "0", "normal"))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A text of four lines with a source of four lines."""
    path = tmp_path / "article.ja.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mayor.en.txt").write_text("One.\nTwo.\nThree.\nFour.\n", encoding="utf-8")
    return path


def reading_of(article: Path) -> Document:
    """The document as the command opens it."""
    return read(article, [article.parent / "sources"])


async def changed(screen: Screen, path: Path, content: str) -> None:
    """Write a file and wait until the reader has checked it anew."""
    path.write_text(content, encoding="utf-8")
    screen.reading.look_at_files()
    await until(screen.pilot, lambda: screen.reading.reading.document.text.content != "\n".join(LINES))
    await screen.finished()


async def test_a_changed_file_is_checked_again_and_the_place_kept(article: Path) -> None:
    """A line put in before does not move the cursor from its words; a problem that was mended is gone."""
    async with opened(line_check, document=reading_of(article)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket", "j")
        assert "1 problem" in screen.footer()
        await changed(screen, article, "\n".join(["新しい文です。", *LINES]).replace("悪い", "良い"))
        item = screen.reading.reading.item
        assert item is not None
        assert item.target is not None
        assert item.target.of(screen.reading.reading.document.text.content) == "最後の文です。"
        assert "no problems" in screen.footer()
        assert any("新しい文です。" in row for row in screen.rows())
        await screen.press("slash", *"新しい", "enter")
        assert "match 1/1" in screen.footer()
        await screen.press("l")
        await until(screen.pilot, lambda: screen.lit(Side.TARGET) != [])


async def test_a_changed_source_is_seen_too(article: Path) -> None:
    """Both texts are followed."""
    async with opened(line_check, document=reading_of(article)) as screen:
        await screen.finished()
        source = article.parent / "sources" / "mayor.en.txt"
        source.write_text("Eins.\nZwei.\nDrei.\nVier.\n", encoding="utf-8")
        screen.reading.look_at_files()
        await until(screen.pilot, lambda: any("Zwei." in row for row in screen.rows()))


async def test_a_file_that_is_gone_stays_on_the_screen(article: Path) -> None:
    """Deleted or emptied, what was read can be read on; put back, it is followed again."""
    async with opened(line_check, document=reading_of(article)) as screen:
        await screen.finished()
        article.unlink()
        screen.reading.look_at_files()
        assert "article.ja.txt is gone" in screen.footer()
        await screen.press("j", "G", "g")
        assert any(LINES[0] in row for row in screen.rows())
        article.write_bytes(b"")
        screen.reading.look_at_files()
        await until(screen.pilot, lambda: "gone" not in screen.footer())
        assert any(LINES[0] in row for row in screen.rows())
        await changed(screen, article, "戻りました。")
        assert any("戻りました。" in row for row in screen.rows())


async def test_a_file_cut_inside_a_character_is_told_and_read_on(article: Path) -> None:
    """Another program is writing it, or the disk is full: what was read stays, and why is in the last line."""
    async with opened(line_check, document=reading_of(article)) as screen:
        await screen.finished()
        os.truncate(article, len(LINES[0].encode()) + 2)
        screen.reading.look_at_files()
        await until(screen.pilot, lambda: "article.ja.txt" in screen.footer())
        assert "save it as UTF-8" in screen.reading.footer.notice
        await screen.press("G")
        assert any(LINES[3] in row for row in screen.rows())


async def test_a_failing_check_still_shows_the_changed_text(article: Path) -> None:
    """What is on the disk is on the screen."""

    def failing(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        if "良い" in document.text.content:
            raise InputError("no encoder")
        yield from line_check(document)

    async with opened(failing, document=reading_of(article)) as screen:
        await screen.finished()
        await changed(screen, article, "良い文です。")
        assert screen.reading.reading.outcome is Outcome.FAILED
        assert any("良い文です。" in row for row in screen.rows())


def test_a_document_folder_is_opened_again_as_a_folder(article: Path) -> None:
    """Its title and marked passages come from its description, not from the text alone."""
    (article.parent / "document.toml").write_text(
        'title = "題"\ntext = "article.ja.txt"\n[[source]]\nfile = "sources/mayor.en.txt"\n', encoding="utf-8"
    )
    document = read(article.parent)
    assert len(files_of(document)) == 2
    assert reopened(document) == document


@pytest.mark.parametrize("name", ["article.ja.txt", "article.en.txt"])
def test_texts_side_by_side_are_opened_again_as_that(tmp_path: Path, name: str) -> None:
    """Whoever opened one of them has all of both as one marked passage, and keeps it."""
    (tmp_path / "article.ja.txt").write_text("灯りが消えた。\n", encoding="utf-8")
    (tmp_path / "article.en.txt").write_text("The lamp went out.\n", encoding="utf-8")
    document = read(tmp_path / name)
    assert document.marked
    assert reopened(document) == document


def test_sources_that_a_person_named_are_traced_again(article: Path) -> None:
    """Only texts laid side by side are one passage: with the same file named as a source, nothing is marked."""
    (article.parent / "article.en.txt").write_text("The lamp went out.\n", encoding="utf-8")
    document = read(article, [article.parent / "article.en.txt"])
    assert not document.marked
    assert reopened(document) == document


async def test_a_file_without_a_suffix_is_followed(article: Path) -> None:
    """What is a file is told by the disk, not by its name."""
    plain = article.rename(article.with_name("article"))
    async with opened(line_check, document=reading_of(plain)) as screen:
        await screen.finished()
        await changed(screen, plain, "\n".join(["新しい文です。", *LINES]))
        assert any("新しい文です。" in row for row in screen.rows())


async def test_a_changed_title_is_taken_over(article: Path) -> None:
    """The front matter is part of the file: its title stands above the text, and a title that is deleted is gone."""
    text = article.rename(article.with_name("article.ja.md"))
    text.write_text("---\ntitle: 古い題\n---\n\n本文です。\n", encoding="utf-8")
    async with opened(line_check, document=reading_of(text)) as screen:
        await screen.finished()
        assert "古い題" in screen.seen().splitlines()[0]
        text.write_text("---\ntitle: 新しい題\n---\n\n本文です。\n", encoding="utf-8")
        screen.reading.look_at_files()
        await until(screen.pilot, lambda: "新しい題" in screen.seen().splitlines()[0])
        await screen.finished()
        text.write_text("本文です。\n", encoding="utf-8")
        assert reopened(screen.reading.reading.document).title is None


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes in folders there")
def test_a_pipe_is_not_followed(article: Path) -> None:
    """It can be read once: whoever opened it again would wait for ever."""
    document = reading_of(article)
    pipe = article.with_name("pipe.txt")
    os.mkfifo(pipe)
    piped = replace(document, text=replace(document.text, path=pipe))
    assert files_of(piped) == files_of(document)[1:]


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vi", ["vi", "+7", "a.txt"]),
        ("hx", ["hx", "a.txt:7:3"]),
        ("code --new-window", ["code", "--new-window", "--wait", "--goto", "a.txt:7:3"]),
    ],
)
def test_editors_are_asked_in_their_own_way(tmp_path: Path, editor: str, expected: list[str]) -> None:
    """The line goes to each as it takes it; VISUAL wins over EDITOR."""
    program = tmp_path / editor.split(maxsplit=1)[0]
    program.write_text("")
    program.chmod(0o755)
    environment = {"VISUAL": editor, "EDITOR": "nothing", "PATH": str(tmp_path)}
    assert editor_command(Path("a.txt"), Location(7, 3), environment) == expected


async def test_a_missing_editor_is_told(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether none is named or it is not installed, the line says what to do."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with opened(line_check, document=reading_of(article)) as screen:
        await screen.finished()
        await screen.press("e")
        assert "no editor is named; set the variable EDITOR" in screen.footer()
        monkeypatch.setenv("EDITOR", "vim 'half quoted")
        await screen.press("e")
        assert "EDITOR cannot be read: vim 'half quoted; close its quotation mark" in screen.footer()
        monkeypatch.setenv("EDITOR", "no-such-editor-anywhere")
        await screen.press("e")
        assert "no-such-editor-anywhere is not installed" in screen.footer()


EDITOR = """
import sys
line, path = int(sys.argv[1].lstrip("+")), sys.argv[2]
lines = open(path, encoding="utf-8").read().splitlines()
lines[line - 1] = "直した文です。"
open(path, "w", encoding="utf-8").write("\\n".join(lines))
"""


async def test_e_edits_the_line_under_the_cursor(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor gets the file and the line; what it wrote is checked as soon as it ends."""
    script = article.parent / "editor.py"
    script.write_text(EDITOR)
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    async with opened(line_check, document=reading_of(article)) as screen:
        await screen.finished()
        await screen.press("right_square_bracket")
        # The headless driver cannot hand over its terminal; a real one is tried in test_terminal.
        monkeypatch.setattr(type(screen.app), "suspend", lambda app: open(os.devnull))  # noqa: SIM115
        await screen.press("e")
        await until(screen.pilot, lambda: any("直した文です。" in row for row in screen.rows()))
        await screen.finished()
        assert "no problems" in screen.footer()
