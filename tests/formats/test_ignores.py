"""Remarks in comments: which paragraph they speak of, and what they must say."""

from __future__ import annotations

import pytest

from tui_reader.formats.ignores import markup_ignores, remark
from tui_reader.formats.markdown_blocks import markdown_blocks

MARKDOWN = """# 題

一つ目の段落。

<!-- tui-reader ignore omission, number: 題にある -->
二つ目の段落。
続き。

三つ目の段落。
"""


def meant(content: str) -> list[tuple[set[str], str, str]]:
    """Rules, reason and the words meant, of every remark."""
    found = markup_ignores(content, markdown_blocks(content))
    return [(set(one.rules), one.reason, one.span.of(content)) for one in found]


def test_a_remark_on_a_line_of_its_own_speaks_of_the_next_paragraph() -> None:
    """All of that paragraph, and nothing before or after it."""
    assert meant(MARKDOWN) == [({"omission", "number"}, "題にある", "二つ目の段落。\n続き。")]


def test_a_remark_for_the_whole_file() -> None:
    """ignore-file means everything, wherever it stands."""
    content = MARKDOWN.replace("ignore omission", "ignore-file omission")
    assert meant(content)[0][2] == content


def test_a_remark_at_the_end_means_nothing() -> None:
    """No paragraph follows it, so no finding is ignored."""
    assert meant("本文。\n\n<!-- tui-reader ignore all: x -->\n") == [({"all"}, "x", "")]


@pytest.mark.parametrize(
    "comment", ["tui-reader ignore omission", "tui-reader ignore omission:  ", "tui-reader ignore : x"]
)
def test_a_remark_without_rules_or_reason_ignores_nothing(comment: str) -> None:
    """It is kept, so that a person can be told, but its span is empty."""
    assert meant(f"<!-- {comment} -->\n本文。\n")[0][2] == ""


@pytest.mark.parametrize("comment", ["tui-reader is nice", "ignore omission: x", "tui-reader ignored: x"])
def test_other_comments_are_no_remarks(comment: str) -> None:
    """Only a comment that begins as a remark is one."""
    assert remark(comment) is None
