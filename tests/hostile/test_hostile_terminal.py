"""No escape sequence of a text reaches the terminal, whatever the command: each is run under a real one."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

OWN = re.compile(r"\x1b\[[0-9;]*m|\r\x1b\[K|\r\n|\t")
"""What the commands write themselves: colours, the line of progress, and what separates columns."""
ATTACK = "\x1b]0;owned\x07\x1b[2J\x9b5A\x08\x7f\u202e\x1bc"
PAIRS = f"id\tsource\ttarget\n{ATTACK}\tSeven ropes {ATTACK} hung.\t縄が{ATTACK}かかって。\n2\tIt rained.\t{ATTACK}\n"


def shown(folder: Path, *arguments: str) -> str:
    """What a terminal gets from the command, both streams."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tui_reader", *arguments]
    variables = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=variables)
    os.close(theirs)
    data = b""
    while True:
        ready, _, _ = select.select([ours], [], [], 300)
        try:
            piece = os.read(ours, 65536) if ready else b""
        except OSError:  # as Linux says that nobody writes any more
            piece = b""
        if not piece:
            break
        data += piece
    os.close(ours)
    process.wait()
    return data.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "pairs.tsv", "--encoder", "use"),
        ("check", "pairs.tsv", "--encoder", "use", "--format", "tsv"),
        ("align", f"a{ATTACK}.txt", "b.txt", "--format", "tsv", "--encoder", "use"),
        ("explain", ATTACK, "pairs.tsv", "--encoder", "use"),
        ("rules", ATTACK),
        ("check", f"none{ATTACK}.tsv"),
        ("check", f"none{ATTACK}.tsv", "--workers", "1", "--output", "out"),
    ],
    ids=["check", "table", "align", "explain", "rules", "a missing file", "a missing data set"],
)
def test_a_text_cannot_steer_the_terminal(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Texts, ids, names of files and arguments that attack are shown as marks."""
    (tmp_path / "pairs.tsv").write_text(PAIRS, encoding="utf-8")
    for name in (f"a{ATTACK}.txt", "b.txt"):
        (tmp_path / name).write_text(f"It {ATTACK} rained.\n{ATTACK}\n", encoding="utf-8")
    said = shown(tmp_path, *arguments)
    assert said.strip()
    left = OWN.sub("", said)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left), ascii(left)
