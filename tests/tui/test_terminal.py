"""The real command on a real terminal: what bytes it sends, and how it ends."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

pytest.importorskip("termios", reason="there are no pseudo-terminals here")

import fcntl
import pty
import termios
from typing import TYPE_CHECKING

from tui_reader.tui.store import FILE, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS = 60
HOSTILE = "題\x1b]2;PWNED\x07\n\n灯台は\x1b[5m六月\x9b31mまで\u202e閉鎖\u200bします。\x08\x7f\x0e\n"
SOURCE = '---\nauthor: "Ada \\x1b[41mQuill"\nlanguage: en\n---\n\nThe lighthouse\x1b[2J is closed\u202e until June.\n'

# A stand-in for the check alone: the command, its arguments, its files and the terminal are real.
HANGING = """
import threading
from pathlib import Path
from tui_reader.formats import read
from tui_reader.tui.app import run
def check(document):
    threading.Event().wait()
    yield
run(read(Path("article.txt")), check=check)
print("over and out")
"""


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, process: subprocess.Popen[bytes], descriptor: int) -> None:
        self.process, self._descriptor = process, descriptor
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.output = ""

    def read_until(self, done: Callable[[str], bool]) -> None:
        """Collect output until it satisfies `done` or the program ends."""
        deadline = time.monotonic() + SECONDS
        while not done(self.output):
            ready, _, _ = select.select([self._descriptor], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                pytest.fail(f"not seen in {SECONDS} s; the last output: {self.output[-2000:]!r}")
            try:
                data = os.read(self._descriptor, 65536)
            except OSError:  # the other end is closed
                data = b""
            if not data:
                return
            self.output += self._decoder.decode(data)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._descriptor, keys.encode())

    def quit(self) -> int:
        """Press `q`, read what is left, and give the exit status."""
        self.press("q")
        self.read_until(lambda output: False)
        return self.process.wait(SECONDS)

    @property
    def words(self) -> str:
        """The output without the terminal's own sequences."""
        return re.sub(
            r"\x1b(?:\[[0-9;?<>=$]*[a-zA-Z@`~]|[PX^_].*?\x1b\\|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)", "", self.output
        )


@contextmanager
def terminal(
    arguments: list[str], folder: Path, size: tuple[int, int] = (100, 30), **environment: str
) -> Iterator[Terminal]:
    """A Python program on a terminal of its own."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    unwanted = {"NO_COLOR", "COLUMNS", "LINES", "COLORFGBG"}
    variables = {key: value for key, value in os.environ.items() if key not in unwanted}
    variables |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"} | environment
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=variables, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a text and a source that attack the terminal."""
    (tmp_path / "article.txt").write_bytes(HOSTILE.encode())
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mayor.en.md").write_bytes(SOURCE.encode())
    return tmp_path


def test_no_sequence_of_a_text_reaches_the_terminal(hostile: Path) -> None:
    """Escape sequences, C1 controls, bidi overrides and zero-width characters arrive as marks in the real command."""
    with terminal(["-m", "tui_reader", "read", "article.txt", "--sources", "sources"], hostile) as screen:
        screen.read_until(lambda output: "灯台は␛[5m六月‹U+009B›31m" in output and "␛[2J is closed" in output)
        assert screen.quit() == 0
    assert "題␛]2;PWNED␇" in screen.output
    assert "Ada ␛[41mQuill" in screen.output
    assert "\x1b]2;PWNED" not in screen.output
    assert "\x1b[5m" not in screen.output
    assert "\x1b[41m" not in screen.output
    assert not re.findall("[\x80-\x9f\u202e\u200b\x0e\x7f]", screen.output)


def test_quitting_is_immediate_while_the_check_hangs(hostile: Path) -> None:
    """The program ends, with its terminal restored, although a check is still computing in it."""
    with terminal(["-c", HANGING], hostile) as screen:
        screen.read_until(lambda output: "灯台は" in output)
        assert screen.quit() == 0
    assert "over and out" in screen.output
    assert "\x1b[?1049l" in screen.output


def test_no_color_means_no_colour(hostile: Path) -> None:
    """With NO_COLOR only greys are sent."""
    with terminal(["-c", HANGING], hostile, NO_COLOR="1") as screen:
        screen.read_until(lambda output: "灯台は" in output)
        assert screen.quit() == 0
    colours = re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", screen.output)
    assert colours
    assert all(red == green == blue for red, green, blue in colours)
    named = re.sub(r"[34]8;2;\d+;\d+;\d+", "", screen.output)
    assert not re.findall(r"\x1b\[(?:[0-9]*;)*(?:3[1-6]|4[1-6]|9[1-6])m", named)


PIPED = """
import os, subprocess, sys
os.open(os.ttyname(1), os.O_RDWR)  # whoever leads a session and opens a terminal owns it, as a shell does
command = [sys.executable, "-m", "tui_reader", "read", "-", "--sources", "sources"]
sys.exit(subprocess.run(command, stdin=open("article.txt", "rb")).returncode)
"""


def test_a_piped_text_is_read_with_keys_from_the_terminal(hostile: Path) -> None:
    """Standard input is used up by the text; the reader opens all the same, and `q` ends it."""
    with terminal(["-c", PIPED], hostile) as screen:
        screen.read_until(lambda output: "checked" in output or "compared" in output or "Traceback" in output)
        assert screen.quit() == 0
    assert "Traceback" not in screen.words


def test_a_format_that_was_named_holds_for_the_changed_file(tmp_path: Path) -> None:
    """``--input-format`` says how the file is read when it changes too: a heading does not become a line of text."""
    path = tmp_path / "article.txt"
    path.write_text("# 最初の題\n\n灯台は閉鎖します。\n", encoding="utf-8")
    with terminal(["-m", "tui_reader", "read", path.name, "--input-format", "markdown"], tmp_path) as screen:
        screen.read_until(lambda output: "灯台は閉鎖します。" in output)
        path.write_text("# 別の題\n\n灯台は開きます。\n", encoding="utf-8")
        screen.read_until(lambda output: "灯台は開きます。" in output)
        assert screen.quit() == 0
    assert "別の題" in screen.words
    assert "# 別の題" not in screen.words


def test_what_is_wrong_far_down_a_long_file_ends_the_command(tmp_path: Path) -> None:
    """Its beginning is on the screen at once; the byte that is no text ends it with one line and 2, as in `check`."""
    lines = ["灯台は六月まで閉鎖します。\n\n".encode()] * 2000
    (tmp_path / "article.ja.txt").write_bytes(b"".join([*lines, b"\xff\n"]))
    with terminal(["-m", "tui_reader", "article.ja.txt"], tmp_path) as screen:
        screen.read_until(lambda output: False)
        assert screen.process.wait(SECONDS) == 2
    assert "灯台は六月まで閉鎖します。" in screen.words
    assert "article.ja.txt" in screen.words
    assert "Traceback" not in screen.words


def test_too_small_a_terminal_is_refused_with_a_line(hostile: Path) -> None:
    """The command says what it needs and exits 2; nobody sees a traceback."""
    with terminal(["-m", "tui_reader", "read", "article.txt", "--sources", "sources"], hostile, size=(20, 5)) as screen:
        screen.read_until(lambda output: False)
        assert screen.process.wait(SECONDS) == 2
    words = " ".join(screen.words.split())
    assert "the terminal is too small: 20x5, the reader needs 30x8" in words
    assert "Traceback" not in words


class Tmux:
    """The real command on a screen of tmux."""

    def __init__(self, program: Path, folder: Path, name: str = "reader") -> None:
        self._tmux = [str(program), "-L", f"tui-reader-{os.getpid()}-{folder.name}-{name}", "-f", os.devnull]
        self._folder = folder

    def run(self, *arguments: str) -> str:
        """A command of tmux."""
        return subprocess.run([*self._tmux, *arguments], check=True, capture_output=True, encoding="utf-8").stdout

    def start(self, command: str, **environment: str) -> None:
        """Run a shell command on a new screen of 80 by 24."""
        variables = {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"} | environment
        given = [word for name, value in variables.items() for word in ("-e", f"{name}={value}")]
        size = ["-x", "80", "-y", "24"]
        self.run("-u", "new-session", "-d", "-s", "reader", *size, *given, "-c", str(self._folder), command)

    def screen_with(self, words: str) -> str:
        """The screen, as soon as it has these words."""
        return self.wait_for(lambda shown: words in shown, repr(words))

    def wait_for(self, done: Callable[[str], bool], what: str) -> str:
        """The screen, as soon as `done` says so."""
        deadline = time.monotonic() + SECONDS
        while not done(shown := self.run("capture-pane", "-p", "-t", "reader")):
            assert time.monotonic() < deadline, f"{what} not seen in {SECONDS} s: {shown}"
            select.select([], [], [], 0.05)
        return shown

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names of them."""
        self.run("send-keys", "-t", "reader", *keys)

    def type(self, words: str) -> None:
        """Type words."""
        self.run("send-keys", "-t", "reader", "-l", words)

    def stop(self) -> None:
        """End whatever still runs."""
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)


def test_the_bundled_library_opens_in_tmux(tmp_path: Path, require_tool: Callable[[str], Path]) -> None:
    """Without a path the real command lists the corpus; a document opens, is read to its end, and closes."""
    tmux = Tmux(require_tool("tmux"), tmp_path)
    try:
        tmux.start(f"{sys.executable} -m tui_reader; echo left with $?; read wait")
        library = tmux.screen_with("sentences")
        assert "Japanese" in library
        assert "\x1b" not in library
        tmux.press("Enter")
        tmux.wait_for(lambda shown: "sources" not in shown and "0%" in shown, "the text")
        tmux.press("G")
        tmux.screen_with("100%")
        tmux.press("q")
        assert "left with 0" in tmux.screen_with("left with")
    finally:
        tmux.stop()


def test_a_killed_reader_comes_back_to_its_place(tmp_path: Path, require_tool: Callable[[str], Path]) -> None:
    """Japanese typed into the search leads to its place; after SIGKILL the next reader begins there."""
    lines = [f"{number}番目の文です。" for number in range(200)]
    lines[140] = "岬の灯台が見えました。"
    (tmp_path / "article.ja.txt").write_text("\n\n".join(lines), encoding="utf-8")
    tmux = Tmux(require_tool("tmux"), tmp_path)
    state = tmp_path / "state"
    command = f"exec {sys.executable} -m tui_reader read article.ja.txt"
    try:
        tmux.start(f"{command}; read wait", XDG_STATE_HOME=str(state))
        tmux.screen_with("3番目の文です。")
        tmux.press("/")
        tmux.screen_with("search both languages")
        tmux.type("灯台")
        tmux.press("Enter")
        assert "岬の灯台が見えました。" in tmux.screen_with("match 1/1")
        store = state / "tui-reader" / FILE
        tmux.wait_for(lambda _: store.exists() and any(v.progress > 0.5 for v in Store(store).visits()), "the place")
        os.kill(int(tmux.run("display-message", "-p", "-t", "reader", "#{pane_pid}")), signal.SIGKILL)
        tmux.stop()
        tmux = Tmux(require_tool("tmux"), tmp_path, "again")
        tmux.start(f"{command}; read wait", XDG_STATE_HOME=str(state))
        assert "岬の灯台が見えました。" in tmux.screen_with("141番目の文です。")
    finally:
        tmux.stop()


def test_the_editor_has_the_terminal_and_gives_it_back(tmp_path: Path, require_tool: Callable[[str], Path]) -> None:
    """`e` runs the editor on the real terminal, at the line; what it wrote is on the screen afterwards."""
    (tmp_path / "article.ja.txt").write_text("最初の文です。\n\n次の文です。\n", encoding="utf-8")
    script = tmp_path / "edit.sh"
    script.write_text('#!/bin/sh\necho "editing $1"; read line; sed -i "s/次/別/" "$2"\n', encoding="utf-8")
    script.chmod(0o755)
    tmux = Tmux(require_tool("tmux"), tmp_path)
    try:
        tmux.start(f"{sys.executable} -m tui_reader read article.ja.txt; read wait", EDITOR=str(script))
        tmux.screen_with("次の文です。")
        tmux.press("j")
        tmux.press("e")
        tmux.screen_with("editing +3")
        tmux.press("Enter")
        tmux.screen_with("別の文です。")
        tmux.press("q")
    finally:
        tmux.stop()
