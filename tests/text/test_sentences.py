"""Sentences: the cases people get wrong, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.model import Block, BlockKind, Span, Text
from tui_reader.text.blocks import plain_blocks
from tui_reader.text.sentences import segments, split

JAPANESE = [
    "今日は晴れだ。|明日は雨らしい。",
    "彼は「もう遅い。帰ろう。」と言った。|誰も答えなかった。",
    "「もう遅い。」|「まだ早い。」",
    "「もう遅い。」と母は言った。|父は黙っていた。",
    "「雨だ。傘がない。」|娘は空を見上げた。",
    "「雨だ。」母は静かに言った。|傘はない。",
    "「そうだ」。|彼は頷いた。",
    "彼は『「はい。」と言え。』と書いた。|私は従った。",
    "月は出なかった。|というより、誰も見なかった。",
    "雨は止んだ。|といっても、空は暗い。",
    "本当に？|信じられない！|もう一度言って。",
    "本当？と彼は聞いた。|彼女は頷いた。",
    "なぜだ！？|分からない……。|そうか。",
    "え……本当に。|うそだ。",
    "何！|のんびりするな。",
    "面白い!|すごい?|たぶん。",
    "終わった！！　|次へ行く。",
    "終わった。🎉|次へ行く。",
    "店（昨年できた。人気だ。）は混む。|予約がいる。",
    "店は閉まった。|（来月また開く。）|客は待っている。",
    "最高だった（笑）。|また行く。",
    "最高だった。（笑）|また行く。",
    "これは「閉じない括弧。|次の文。|三つ目の文。",
    "閉じ括弧だけ」がある。|次の文。",
    "1. 蓋を開ける。|鍵を押す。",
    "・まず読む。|次に書く。",
    "① 名前を書く。|② 箱に入れる。",
    "価格は3.5％上がった。|給料は１．２％下がった。",
    "Node.jsを使う。|Ver. 2 が出た。",
    "They left. |彼らは去った。",
    "見出し\n|本文が続く。",
    "Yahoo!ニュースで読んだ。|驚いた。",
    "https://example.jp/?q=1 を見た。|良かった。",
    "鈴木氏。|彼が書いた。",
    "研究では差が出た。[3]|詳細は不明だ。",
    "It is late. |Let us go.",
]

ENGLISH = [
    "Mr. Okada met Dr. Lin. |They talked for an hour.",
    "The firm moved to the U.S. in 1998. |It grew fast.",
    "She lives in the U.S. |The house is small.",
    "The U.N. Security Council met. |It adjourned.",
    "We sell fruit, e.g. apples and pears. |We also sell bread.",
    "Tea, milk, etc. are on the table. |Help yourself.",
    "The train leaves at 6 p.m. on Friday. |Be early.",
    "It closed at 5 p.m. |The guard went home.",
    "See No. 7 for details. |No. 8 is missing.",
    "She works for Harbor Inc. as a clerk. |He does not.",
    "We work for Harbor Co. Ltd. and like it. |You do not.",
    "Acme Corp. shares fell. |Others rose.",
    "Robert Hale Jr. spoke to Lt. Col. Ames. |They agreed.",
    "Prof. A. B. Stone, Ph.D., spoke first. |Others followed.",
    "He was born on Jan. 5, 1960. |She was born in Feb. 1961.",
    "J. R. Marsh wrote it. |A. Kim edited it.",
    "That is plan B. |We never used it.",
    "It was I. |He knew.",
    "She thanked Jan. |We left.",
    "Prices rose 3.5 percent. |Wages fell 1.2 percent.",
    "Version 2.0.1 is out. |Download it today.",
    "The vote was 5 vs. 4 in the end. |It passed.",
    "Use p. 5 and pp. 7–9. |Skip the rest.",
    "Well... maybe we should wait. |Then again, no.",
    "I waited... |Nobody came.",
    "He said, “It is late.” |Then he left.",
    "“Are you ready?” she asked. |He nodded.",
    "“I know. |You told me.”",
    "“Stop it!” Ann Lee called. |She ran.",
    "“Stop it!” |Ann Lee was late.",
    "Then Franz Joseph I. took care of it. |It rained.",
    "He wrote to Drs. Lin and Okada. |They agreed.",
    "He shouted “Stop!” and ran. |She did not.",
    "(This part is optional.) |Read on.",
    "The plan (see Fig. 3. It is old) was dropped. |A new one came.",
    "1. Open the lid. |2. Press the key.",
    "- Open the lid. |Press the key.",
    "Follow @lamp_post. |It is funny.",
    "Read https://example.org/a.b?c=d. |Then write to us.",
    "What is Node.js? |It is a runtime.",
    "Nobody at Yahoo! is worried. |We are.",
    "i'm tired. |it's late. |let's go home.",
    "he's laughing at me! |why though? |no idea.",
    "Great work! 🎉 |Now rest.",
    "Great work!🎉 |Now rest.",
    "Thank you all. :lamp: |See you soon.",
    "Did you see that?! |Unbelievable!",
    "Only then did it stop.[3] |The rest is known.",
    "Line one ends here.\n|Line two starts.",
]


def _sentences(content: str, language: str) -> list[str]:
    return [span.of(content) for span in split(content, language)]


@pytest.mark.parametrize("marked", JAPANESE)
def test_japanese_sentences_end_where_a_reader_says(marked: str) -> None:
    """Quotations, brackets, remarks, list marks and numbers neither end a sentence early nor swallow one."""
    assert [part.strip() for part in marked.split("|")] == _sentences(marked.replace("|", ""), "ja")


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_sentences_end_where_a_reader_says(marked: str) -> None:
    """Abbreviations, numbers, initials and informal lower case are told from ends of sentences."""
    assert [part.strip() for part in marked.split("|")] == _sentences(marked.replace("|", ""), "en")


def test_folded_lines_are_one_sentence_and_short_lines_are_not() -> None:
    """A newline inside a paragraph folded as in e-mail is white space; one between short lines ends a sentence."""
    folded = (
        "The committee that looked into the matter of the broken lanterns has now\n"
        "published its report, which is longer than anybody in the town expected\n"
        "it to be."
    )
    assert [folded] == _sentences(folded, "en")
    assert _sentences("Contents\nThe lantern\nThe harbour", "en") == ["Contents", "The lantern", "The harbour"]


def test_blank_lines_end_sentences_whatever_they_hold() -> None:
    """A blank line parts sentences even where the next begins with a small letter."""
    for blank in ("\n\n", "\r\n\r\n", "\n \t\n", "\r\r"):
        assert _sentences(f"the sea,{blank}the rock", "en") == ["the sea,", "the rock"]
    assert _sentences("the sea\n", "en") == ["the sea"]
    assert _sentences("the sea,\r\nthe rock", "en") == ["the sea,\r\nthe rock"]


def test_segments_trust_their_blocks() -> None:
    """A newline inside a block is white space, because the block says so."""
    content = "灯台の光が\n消えた。町は\n暗い。"
    found = segments(Text(content, "ja", (Block(Span(0, len(content))),)))
    assert [segment.span.of(content) for segment in found] == ["灯台の光が\n消えた。", "町は\n暗い。"]


def test_a_part_of_a_text_is_split_in_its_own_offsets() -> None:
    """Spans count from the start of the whole text, and nothing outside the part is touched."""
    content = "前の文。ここから。ここまで。後の文。"
    assert [Span(4, 9), Span(9, 14)] == split(content, "ja", Span(4, 14))


def test_segments_leave_out_code_and_name_their_block() -> None:
    """Each sentence knows its block, and code is not language."""
    content = "一つ目。二つ目。\n\nx = 1. y = 2.\n\n三つ目。"
    first, code, last = plain_blocks(content)
    blocks = (first, Block(code.span, BlockKind.CODE, 1), last)
    found = segments(Text(content, "ja", blocks))
    assert [(s.block, s.span.of(content)) for s in found] == [(0, "一つ目。"), (0, "二つ目。"), (2, "三つ目。")]


ANY_TEXT = st.text(
    st.one_of(st.sampled_from("。！？!?.…」「『』（）()[]“”\"'、1aA亜ア・- \n\r\t　Mr氏🧡"), st.characters()),
    max_size=80,
)


@given(ANY_TEXT, st.sampled_from(["ja", "en", "und"]))
def test_sentences_are_ordered_disjoint_trimmed_and_complete(content: str, language: str) -> None:
    """For any string at all, every character but white space lies in exactly one sentence."""
    spans = split(content, language)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(content).strip() == span.of(content) != "" for span in spans)
    assert "".join(content.split()) == "".join("".join(span.of(content).split()) for span in spans)
