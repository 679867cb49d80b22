"""`align` as the evaluation kit and other aligners call it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from command import run

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = "The ferry leaves at noon.\nIt is raining today.\nThe library is closed on Mondays.\n"
JAPANESE = "船は正午に出る。\n今日は雨が降っている。\n図書館は月曜日が休みだ。\n"


def test_presegmented_beads_in_vecaligns_format(tmp_path: Path) -> None:
    """Lines are sentences, numbered from 0, whatever their number of sentences."""
    (tmp_path / "s.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "t.txt").write_text(JAPANESE, encoding="utf-8")
    done = run("align", "s.txt", "t.txt", "--presegmented", "--format", "vecalign", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [line.rpartition(":")[0] for line in done.stdout.splitlines()] == ["[0]:[0]", "[1]:[1]", "[2]:[2]"]


def test_texts_are_split_where_nobody_did(tmp_path: Path) -> None:
    """Without --presegmented the texts are split into sentences; the table is UTF-8 even where the locale is C."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (tmp_path / "s.txt").write_text(ENGLISH.replace("\n", " "), encoding="utf-8")
    (tmp_path / "t.txt").write_text(JAPANESE.replace("\n", ""), encoding="utf-8")
    rows = [
        line.split("\t") for line in run("align", "s.txt", "t.txt", cwd=tmp_path, variables=plain).stdout.splitlines()
    ]
    assert rows[0][:3] == ["id", "source", "target"]
    assert [row[1] for row in rows[1:]] == ENGLISH.splitlines()
    assert [row[2] for row in rows[1:]] == JAPANESE.splitlines()


def test_word_links_of_pretokenized_pairs(tmp_path: Path) -> None:
    """One line a pair, an empty one where there are no words, each link inside both."""
    (tmp_path / "p.tsv").write_text(
        "id\tsource\ttarget\na\tThe library is closed\t図書館 は 休み だ\nb\t\t何も ない\n", encoding="utf-8"
    )
    done = run("align", "--words", "p.tsv", "--pretokenized", "--format", "pharaoh", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.split("\n")[:2]
    assert "1-0" in first.split()
    assert all(re.fullmatch(r"[0-3]-[0-3]", link) for link in first.split())
    assert second == ""


def test_odd_texts_are_aligned_with_a_warning(tmp_path: Path) -> None:
    """The same file twice and an empty side: a result on stdout, what is odd on stderr, no error."""
    (tmp_path / "s.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "e.txt").write_text("", encoding="utf-8")
    same = run("align", "s.txt", "s.txt", "--presegmented", "--format", "vecalign", cwd=tmp_path)
    assert (same.returncode, len(same.stdout.splitlines())) == (0, 3)
    assert "s.txt and s.txt are the same text" in same.stderr
    empty = run("align", "s.txt", "e.txt", "--presegmented", "--format", "vecalign", cwd=tmp_path)
    assert [line.split(":")[1] for line in empty.stdout.splitlines()] == ["[]"] * 3
    assert "e.txt has no sentences" in empty.stderr


def test_texts_in_no_relation_are_doubted(tmp_path: Path) -> None:
    """Whoever aligns the wrong file hears so, with the figure; standard input is named as such."""
    source = "".join(f"{number} ships left the harbour in {number + 1977}.\n" for number in range(3, 10))
    target = "味噌汁は煮立てない。\n豆腐は最後に入れる。\n" * 4
    (tmp_path / "t.txt").write_text(target, encoding="utf-8")
    done = run("align", "-", "t.txt", "--presegmented", "--format", "jsonl", cwd=tmp_path, stdin=source.encode())
    assert done.returncode == 0
    assert "do not seem to be translations of each other" in done.stderr
    assert all("moved" in json.loads(line) for line in done.stdout.splitlines())


def test_standard_input_cannot_be_both_texts(tmp_path: Path) -> None:
    """Two dashes are wrong usage."""
    assert run("align", "-", "-", cwd=tmp_path).returncode == 2
