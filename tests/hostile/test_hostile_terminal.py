"""No escape sequence of a text reaches the terminal, whatever the command: each is run under a real one."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
from pathlib import Path

import every_command
import pytest

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

OWN = re.compile(r"\x1b\[[0-9;]*m|\r\x1b\[K|\r\n|\t")
"""What the commands write themselves: colours, the line of progress, and what separates columns."""
ATTACK = "\x1b]0;owned\x07\x1b[2J\x9b5A\x08\x7f\u202e\x1bc"
IN_TOML = "".join(f"\\u{ord(character):04x}" for character in ATTACK)
PAIRS = f"id\tsource\ttarget\n{ATTACK}\tSeven ropes {ATTACK} hung.\t縄が{ATTACK}かかって。\n2\tIt rained.\t{ATTACK}\n"
ANNOTATED = {
    "id": ATTACK,
    "group": ATTACK,
    "origin": ATTACK,
    "kind": "omission",
    "source": f"Seven ropes {ATTACK} hung.",
    "target": f"縄が{ATTACK}かかって。",
    "gold": [[0, 5]],
}
CHEAP = str(Path(__file__).parents[1] / "scale" / "cheap_check.py")
FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "tsv", "markdown", "html")
USE = ("--encoder", "use")
COMMANDS: dict[str, tuple[str, ...]] = {
    **{f"check, {name}": ("check", "pairs.tsv", "--format", name) for name in FORMATS},
    "check, a document": ("check", f"a{ATTACK}.ja.txt", "--sources", f"a{ATTACK}.txt", "--no-baseline"),
    "check, a dry run": ("check", "pairs.tsv", "--dry-run"),
    "check, a table cut off": ("check", "cut.tsv"),
    "explain": ("explain", every_command.FINGERPRINT, "pairs.tsv"),
    "explain, no such": ("explain", ATTACK, "pairs.tsv"),
    **{f"align, {n}": ("align", f"a{ATTACK}.txt", "b.txt", "--format", n) for n in ("tsv", "jsonl", "vecalign")},
    **{f"align, words, {n}": ("align", "--words", "pairs.tsv", "--format", n) for n in ("tsv", "jsonl", "pharaoh")},
    **{f"evaluate, {name}": ("evaluate", "annotated.jsonl", "--format", name) for name in ("text", "json", "html")},
    "evaluate, no such": ("evaluate", f"none{ATTACK}"),
    "rules": ("rules",),
    "rules, one": ("rules", "omission"),
    "rules, no such": ("rules", ATTACK),
    "cache, path": ("cache", "path"),
    "cache, info": ("cache", "info"),
    "cache, clear": ("cache", "clear"),
    "config, path": ("config", "path"),
    "config, show": ("config", "show", "--origin"),
    "config, of a path": ("config", "show", f"a{ATTACK}.md", "--origin"),
    "config, validate, no such glossary": ("config", "validate"),
    "config, schema": ("config", "schema"),
    "doctor": ("doctor",),
    "completion": ("completion", "bash"),
    "completion, no such": ("completion", ATTACK),
    "read, no such": ("read", f"none{ATTACK}"),
    "no such file": ("check", f"none{ATTACK}.tsv"),
    "no such data set": ("check", f"none{ATTACK}.tsv", "--workers", "1", "--output", "out"),
}


def shown(folder: Path, *words: str, variables: dict[str, str] | None = None) -> str:
    """What a terminal gets from a Python program, both streams."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **(variables or {})}
    process = subprocess.Popen(
        [sys.executable, *words], cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
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


def require_harmless(said: str) -> None:
    """Nothing but what the commands write themselves steers the terminal."""
    assert said.strip()
    left = OWN.sub("", said)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left), ascii(left)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command prints in a folder where texts, names, settings and variables attack."""
    folder = tmp_path_factory.mktemp("hostile") / ATTACK
    folder.mkdir()
    (folder / "pairs.tsv").write_text(PAIRS, encoding="utf-8")
    (folder / "cut.tsv").write_text(f"{PAIRS}{ATTACK}\n", encoding="utf-8")
    (folder / "annotated.jsonl").write_text(json.dumps(ANNOTATED) + "\n", encoding="utf-8")
    (folder / f"a{ATTACK}.ja.txt").write_text(
        f"雨が{ATTACK}降った。\n\n縄が七本{ATTACK}かかっていた。\n", encoding="utf-8"
    )
    for name in (f"a{ATTACK}.txt", "b.txt"):
        (folder / name).write_text(f"It {ATTACK} rained.\n{ATTACK}\n", encoding="utf-8")
    override = f'[[override]]\npaths = ["*.md"]\n[override.check]\nglossary = "{IN_TOML}"\n'
    (folder / "tui-reader.toml").write_text(f'[check]\nencoder = "use"\n{override}', encoding="utf-8")
    variables = {"XDG_CACHE_HOME": f"{folder}/cache", "LANG": f"C.UTF-8{ATTACK}", "COLORTERM": ATTACK}
    words = json.dumps(list(COMMANDS.values()))
    parts = shown(folder, every_command.__file__, words, variables=variables).split(every_command.MARK)
    assert len(parts) == len(COMMANDS) + 1, parts[-1]
    return dict(zip(COMMANDS, parts, strict=False))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_text_cannot_steer_the_terminal(said: dict[str, str], name: str) -> None:
    """Texts, ids, names of files, settings and arguments that attack are shown as marks."""
    require_harmless(said[name])
    assert "Traceback" not in said[name]
    assert ("tui-reader: " in said[name]) == ("no such" in name)


def test_the_check_of_a_data_set_cannot_either(tmp_path: Path) -> None:
    """Its line of progress and its summary, in a process of its own as people run it."""
    (tmp_path / f"a{ATTACK}.tsv").write_text(PAIRS, encoding="utf-8")
    found = shown(tmp_path, CHEAP, "check", f"a{ATTACK}.tsv", *USE, "--workers", "1", "--output", f"out{ATTACK}")
    require_harmless(found)
    assert "owned" in found
    assert "2 pairs" in found
