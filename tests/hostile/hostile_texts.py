"""Texts that mean harm, and what every text function must still hold to.

`TEXT_TARGETS` is what is attacked; `text_of` makes a text from a source of chance, so that hypothesis and the scripts
that fuzz attack with the same ones.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from tui_reader.model import Span
from tui_reader.text import (
    blocks,
    joining,
    json_line,
    language,
    layout,
    normalise,
    phonetic,
    readings,
    sentences,
    stems,
    visible,
    width,
    words,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

FRAGMENTS = (
    *(
        "\x1b[31m",
        "\x1b]0;owned\x07",
        "\x1b[2J",
        "\x9b1A",
        "\x00",
        "\x7f",
        "\x08\x08",
        "\r",
        "\n",
        "\r\n",
        "\t",
        "\x85",
    ),
    *("\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\ufffe", "\ufe0f", "\u0301" * 9, "\ud800"),
    *("👨‍👩‍👧", "🏴\U000e0067\U000e0062\U000e007f", "🇯🇵🇯", "𠮷", "が", "か\u3099", "ﾊﾟ", "㌔", "Ａ", "ß", "İ", "ﬁ"),
    *(
        "。",
        "」",
        "「",
        "『",
        "）」。",
        "…",
        "？！",
        "、",
        "・",
        "ー",
        "彼は来た。",
        "雨が降った",
        "カタカナ",
        "ひらがな",
        "漢字",
    ),
    *(
        "Mr. ",
        "e.g. ",
        "U.S. ",
        "...",
        "?! ",
        '."',
        "\u201c",
        "I",
        "don't ",
        "It rained. ",
        "well-known ",
        "3.14",
        "1,000",
    ),
    *(
        "::error::x",
        "%0A",
        "##[x]",
        "]]>",
        "<!--",
        "-->",
        "</script>",
        "<!DOCTYPE",
        "&amp;",
        "&#x1b;",
        "&lol;",
        "{{",
        "%s",
    ),
    *(
        "- ",
        "# ",
        "> ",
        "```",
        "---\n",
        "* * *",
        "[a](b)",
        "![",
        "| a | b |",
        "\\",
        "\\n",
        '"',
        "'",
        "=cmd|x",
        "{",
        "}",
        "$",
        "_",
    ),
    *(
        "<g>",
        "{0}",
        "%(name)s",
        "http://a.b/?c=d",
        "a@b.c",
        "a" * 40,
        "あ" * 40,
        "(" * 30,
        "9" * 40,
        " " * 30,
        ".\n" * 15,
    ),
)


def text_of(chance: Random) -> str:
    """A text of fragments that each mean something to somebody, and of any characters between them."""
    parts = []
    for _ in range(chance.randrange(1, 12)):
        if chance.random() < 0.8:
            parts.append(chance.choice(FRAGMENTS))
        else:
            parts.append(chr(chance.randrange(0x110000)))
    return "".join(parts)


def require_shown(shown: str) -> None:
    """Nothing in what is shown steers a terminal."""
    for character in shown:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}, repr(character)


def require_ordered(spans: list[Span], length: int) -> None:
    """Spans lie in a text of this length, one behind the other."""
    end = 0
    for span in spans:
        assert end <= span.start <= span.end <= length, (span, end, length)
        end = span.end


def _visible(text: str) -> None:
    shown, offsets = visible.visible_map(text)
    require_shown(shown)
    assert shown == visible.visible(text)
    assert offsets == sorted(offsets)
    assert len(offsets) == len(shown) + 1


def _json(text: str) -> None:
    line = json_line.to_json({text: [text]})
    # Two halves of a surrogate pair side by side are that pair in JSON.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(line) == {whole: [whole]}
    assert all(
        c.isprintable() or c == "\u3000" or unicodedata.category(c) in {"Co", "Cn", "Zs"} or c in PRINTED for c in line
    )


PRINTED = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Format characters that print: signs of numbers and the like."""


def _sentences(text: str) -> None:
    for code in ("ja", "en"):
        found = sentences.split(text, code)
        require_ordered(found, len(text))
        covered = sum(span.length for span in found)
        assert covered <= len(text)
        kept = "".join(span.of(text) for span in found)
        assert "".join(kept.split()) == "".join(text.split())


def _words(text: str) -> None:
    for code in ("ja", "en"):
        require_ordered([word.span for word in words.split(text, code)], len(text))


def _wrap(text: str) -> None:
    for cells in (2, 7, 40):
        require_ordered(wrap.wrap(text, cells), len(text))


def _width(text: str) -> None:
    assert width.cells(text) >= 0
    assert width.cells(text, 2) >= width.cells(text)


def _normalise(text: str) -> None:
    folded, offsets = normalise.fold(text)
    assert len(offsets) >= len(folded)
    assert all(0 <= offset <= len(text) for offset in offsets)
    for span in normalise.find(text, text[:3]):
        assert span.end <= len(text)


def _blocks(text: str) -> None:
    require_ordered([block.span for block in blocks.plain_blocks(text)], len(text))


def _language(text: str) -> None:
    assert language.detect(text).isalpha()


def _joined(text: str) -> None:
    whole, offsets = joining.joined(text, Span(0, len(text)))
    assert len(whole) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


def _layout(text: str) -> None:
    lines = text.splitlines()
    assert isinstance(layout.is_folded(lines), bool)
    for line in lines:
        assert all(isinstance(of(line), bool) for of in (layout.is_heading, layout.is_quoted, layout.ends_sentence))


def _sounds(text: str) -> None:
    for word in text.split():
        assert isinstance(stems.stem(word), str)
        assert isinstance(phonetic.skeleton(word), str)
    assert all(0 <= one.span.start <= one.span.end <= len(text) for one in readings.readings(text))


TEXT_TARGETS: dict[str, Callable[[str], None]] = {
    "visible": _visible,
    "json": _json,
    "sentences": _sentences,
    "words": _words,
    "wrap": _wrap,
    "width": _width,
    "normalise": _normalise,
    "blocks": _blocks,
    "language": _language,
    "joined": _joined,
    "layout": _layout,
    "sounds": _sounds,
}
