"""Blocks of Markdown and their exact places in the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.formats.markdown_blocks import markdown_blocks
from tui_reader.model import BlockKind

MARKDOWN = """# 港の図書館 #

雨の日に混む。
静かに本を選ぶ。

> 引用の一行目。
> 引用の二行目。

1. 一つ目
   - 入れ子
2. 二つ目

   続きの段落

```python
print("no language")
```

終わり
===
"""


def shown(content: str, start: int = 0) -> list[tuple[str, str]]:
    """Kind and words of every block."""
    return [(block.kind.value, block.span.of(content)) for block in markdown_blocks(content, start)]


def test_marks_stay_outside_the_blocks() -> None:
    """A block's span holds the words only: no #, no >, no list mark; code is marked as no language."""
    assert shown(MARKDOWN) == [
        ("heading", "港の図書館"),
        ("paragraph", "雨の日に混む。"),
        ("paragraph", "静かに本を選ぶ。"),
        ("quote", "引用の一行目。"),
        ("quote", "引用の二行目。"),
        ("list item", "一つ目"),
        ("list item", "入れ子"),
        ("list item", "二つ目"),
        ("list item", "続きの段落"),
        ("code", '```python\nprint("no language")\n```'),
        ("heading", "終わり"),
    ]


def test_line_ends_and_offsets_of_the_file_hold() -> None:
    """With Windows line ends and a start in the middle the spans still point into the whole text."""
    content = "---\r\ntitle: x\r\n---\r\n" + MARKDOWN.replace("\n", "\r\n")
    assert [words for _, words in shown(content, content.index("#"))][:3] == [
        "港の図書館",
        "雨の日に混む。",
        "静かに本を選ぶ。",
    ]


def test_lines_of_a_paragraph_share_it() -> None:
    """Two lines of one paragraph are two blocks with one paragraph number."""
    first, second = markdown_blocks("一行目。\n二行目。\n")
    assert first.paragraph == second.paragraph


@given(st.text("ab#>-*1. \n\r\t`あ。<![]()_=\0\u2028", max_size=60))
def test_blocks_are_ordered_disjoint_and_inside(content: str) -> None:
    """Whatever the Markdown, blocks stand in order, never overlap and are trimmed of nothing but white space."""
    end = 0
    for block in markdown_blocks(content):
        assert end <= block.span.start < block.span.end <= len(content)
        assert block.span.of(content).strip()
        end = block.span.end


@given(st.lists(st.text("abc あ。", min_size=1).filter(lambda line: line.strip()), min_size=1, max_size=6))
def test_every_plain_paragraph_is_found(paragraphs: list[str]) -> None:
    """Paragraphs without markup come back word for word."""
    words = [paragraph.strip() for paragraph in paragraphs]
    blocks = markdown_blocks("\n\n".join(words))
    assert [block.span.of("\n\n".join(words)) for block in blocks] == words
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}
