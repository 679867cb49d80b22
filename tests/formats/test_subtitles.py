"""Subtitles: sentences over several cues, and pairs by time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from listening import listen, misplaced

from tui_reader.errors import InputError
from tui_reader.formats import Input
from tui_reader.formats.text_file import read_text_file

if TYPE_CHECKING:
    from pathlib import Path

JAPANESE = """1
00:00:01,000 --> 00:00:03,000
港は雨の日に
閉まる。

2
00:00:03,500 --> 00:00:06,000
<i>猫は門で眠る。</i>

3
00:00:20,000 --> 00:00:23,000
船が朝に着いた。
"""
ENGLISH = """WEBVTT

NOTE a comment --> here

00:01.000 --> 00:02.500 align:start
The harbour closes

2
00:02.500 --> 00:03.400
on rainy days.

00:03.500 --> 00:06.000
The cat sleeps at the gate &amp; dreams.

00:10.000 --> 00:12.000
A dog barks.

00:20.000 --> 00:23.000
<v Anna>The ship arrived.</v>
"""


def put(path: Path, content: str) -> Path:
    """A file with this content."""
    path.write_text(content, encoding="utf-8")
    return path


def test_a_sentence_over_several_cues_is_one_block(tmp_path: Path) -> None:
    """Tags are left out, references resolved, and every character has its place."""
    for name, content, expected in (
        ("a.srt", JAPANESE, ["港は雨の日に\n閉まる。", "猫は門で眠る。", "船が朝に着いた。"]),
        (
            "a.vtt",
            ENGLISH,
            [
                "The harbour closes\non rainy days.",
                "The cat sleeps at the gate & dreams.",
                "A dog barks.",
                "The ship arrived.",
            ],
        ),
    ):
        text = read_text_file(Input.of(put(tmp_path / name, content))).text
        assert [block.span.of(text.content) for block in text.blocks] == expected
        assert not misplaced(text, content)


def test_signs_of_other_things_are_spoken(tmp_path: Path) -> None:
    """What only looks like a tag stays, and so does a path; the sign of a line end elsewhere is one, as in SubRip."""
    said = "Is A < B and C > D? I <3 you, <i>and</i> you.</b>\nSee C:\\My\\New now.\\NThen <c.red>this</c><00:01.500>."
    content = f"1\n00:00:01,000 --> 00:00:03,000\n{said}\n"
    text = read_text_file(Input.of(put(tmp_path / "a.srt", content))).text
    assert text.content == "Is A < B and C > D? I <3 you, and you.\nSee C:\\My\\New now.\nThen this."
    assert not misplaced(text, content)


def test_what_is_shown_together_is_a_passage(tmp_path: Path) -> None:
    """Files pair by name and passages by time; what nobody translated belongs to the passage before it."""
    put(tmp_path / "f.en.vtt", ENGLISH)
    (document,) = listen(put(tmp_path / "f.ja.srt", JAPANESE), [tmp_path / "f.en.vtt"]).documents
    source = document.sources[0].text.content
    assert [
        (passage.target_span.of(document.text.content), passage.source_span.of(source)) for passage in document.marked
    ] == [
        ("港は雨の日に\n閉まる。", "The harbour closes\non rainy days."),
        ("猫は門で眠る。", "The cat sleeps at the gate & dreams.\n\nA dog barks."),
        ("船が朝に着いた。", "The ship arrived."),
    ]


def test_another_clock_is_no_clock(tmp_path: Path) -> None:
    """Where nothing is shown together, the texts are aligned as texts."""
    late = ENGLISH.replace("00:", "50:")
    put(tmp_path / "f.en.vtt", late)
    (document,) = listen(put(tmp_path / "f.ja.srt", JAPANESE), [tmp_path / "f.en.vtt"]).documents
    assert document.marked == ()


def test_without_punctuation_each_cue_is_a_sentence(tmp_path: Path) -> None:
    """Japanese subtitles seldom have full stops."""
    text = read_text_file(Input.of(put(tmp_path / "a.srt", JAPANESE.replace("。", "")))).text
    assert len(text.blocks) == 3


def test_bad_subtitles(tmp_path: Path) -> None:
    """A broken time is a fault with its line; a file without a cue is refused."""
    source = put(tmp_path / "s.txt", "The harbour closes on rainy days, and the cat sleeps.\n")
    heard = listen(put(tmp_path / "a.srt", JAPANESE.replace("00:00:03,500 -->", "00:00:xx -->")), [source])
    assert [f"{tmp_path / 'a.srt'}:7: this is no time of a subtitle" in fault for fault in heard.faults] == [True]
    for content in ("", "WEBVTT\n", "nothing\n"):
        with pytest.raises(InputError, match="subtitle"):
            listen(put(tmp_path / "a.srt", content))
