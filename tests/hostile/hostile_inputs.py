"""Texts and files that mean harm, and what every function must still hold to.

`TEXT_TARGETS` and `FORMAT_NAMES` are what is attacked. `text_of` and `file_of` make an input from a source of chance,
so that hypothesis and ``tests/fuzz.py`` attack with the same inputs.
"""

from __future__ import annotations

import json
import unicodedata
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.formats import Input, open_documents
from tui_reader.formats.input import Listener
from tui_reader.formats.registry import formats
from tui_reader.text import blocks, json_line, language, normalise, sentences, visible, width, words, wrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from tui_reader.model import Document, Span

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
FORMAT_NAMES = tuple(found.name for found in formats() if found.name != "folder")
_SEEDS: dict[str, bytes] = {
    "tsv": "id\tsource\ttarget\tdocument\n1\tIt rained.\t雨が降った。\ta\n2\tA\\tb\tあ\\nい\ta\n".encode(),
    "csv": 'id,source,target\n1,"It ""rained"".","雨が\n降った。"\n'.encode(),
    "jsonl": '{"id": 1, "source": "It rained.", "target": "雨\\u3042", "document": "a"}\n'.encode(),
    "po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "It rained."\nmsgstr "雨。"\n\n'
    '#, fuzzy\nmsgctxt "a"\nmsgid "One %d"\n'
    'msgid_plural "Many"\nmsgstr[0] "一つ"\n#~ msgid "old"\n#~ msgstr "古い"\n'.encode(),
    "mo": b"\xde\x12\x04\x95"
    + bytes([0, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 36, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0, 0])
    + bytes([1, 0, 0, 0, 44, 0, 0, 0, 1, 0, 0, 0, 46, 0, 0, 0])
    + b"A\x00B\x00",
    "xliff": '<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file '
    'original="a" source-language="en" target-language="ja" datatype="x">'
    '<body><trans-unit id="1"><source>It <g id="1">rained</g>.'
    "</source><target>雨。</target></trans-unit></body></file></xliff>".encode(),
    "tmx": '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>It rained.'
    '</seg></tuv><tuv xml:lang="ja"><seg>雨。</seg></tuv></tu></body></tmx>'.encode(),
    "markdown": "---\ntitle: あ\nlang: ja\n---\n# 題\n\n雨が*降った*。\n\n> 引\n\n- a\n\n```\ncode\n```\n".encode(),
    "text": "雨が降った。\n\nIt rained. 彼は来た。\n".encode(),
    "html": '<!DOCTYPE html><html lang="ja"><body><p>雨が<b>降った</b>。</p></body></html>'.encode(),
    "subtitles": "1\n00:00:01,000 --> 00:00:02,000\n雨が降った。\n\n2\n00:00:03,000 --> 00:00:04,000\nA\n".encode(),
}


def text_of(chance: Random) -> str:
    """A text of fragments that each mean something to somebody, and of any characters between them."""
    parts = []
    for _ in range(chance.randrange(1, 12)):
        if chance.random() < 0.8:
            parts.append(chance.choice(FRAGMENTS))
        else:
            parts.append(chr(chance.randrange(0x110000)))
    return "".join(parts)


def file_of(chance: Random, name: str) -> bytes:
    """A file of a format, damaged here and there."""
    data = bytearray(_SEEDS.get(name, b"") or text_of(chance).encode("utf-8", "surrogatepass"))
    for _ in range(chance.randrange(0, 6)):
        _damage(data, chance)
    return bytes(data)


def _damage(data: bytearray, chance: Random) -> None:
    place = chance.randrange(len(data) + 1)
    match chance.randrange(5):
        case 0:
            del data[place:]
        case 1:
            del data[place : place + chance.randrange(1, 9)]
        case 2:
            data[place:place] = chance.choice(FRAGMENTS).encode("utf-8", "surrogatepass")
        case 3 if data:
            data[place % len(data)] = chance.randrange(256)
        case _:
            data[place:place] = data[max(0, place - 40) : place] * chance.randrange(1, 4)


def attack_format(name: str, data: bytes, path: Path) -> str:
    """Open a file that means harm.

    Args:
        name: of the format.
        data: its content.
        path: where it may be written.

    Returns:
        What it gets: ``read``, ``read in part`` or ``refused``. Anything else raises.
    """
    path.write_bytes(data)
    faults: list[InputError] = []
    file = Input.of(path, Listener(faults.append))
    try:
        for document in open_documents(file, format_name=name):
            _require_sound(document)
    except InputError as error:
        faults.append(error)
        outcome = "refused"
    else:
        outcome = "read in part" if faults else "read"
    for fault in faults:
        _require_line(str(fault))
    return outcome


def _require_sound(document: Document) -> None:
    """Spans lie in their texts, and every character has a place in the file."""
    for text in (document.text, *(source.text for source in document.sources)):
        _require_ordered([block.span for block in text.blocks], len(text))
        _require_ordered(list(text.protected), len(text))
        if text.locator is not None and text.content:
            for offset in (0, len(text) // 2, len(text) - 1):
                line, column = text.locator(offset)
                assert line >= 1
                assert column >= 1
    for passage in document.marked:
        assert 0 <= passage.target_span.start <= passage.target_span.end <= len(document.text)


def _require_line(message: str) -> None:
    """What a person is told is one line once it is shown."""
    assert message
    _require_shown(visible.visible(message.replace("\n", "␊")))


def _require_shown(shown: str) -> None:
    for character in shown:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}, repr(character)


def _require_ordered(spans: list[Span], length: int) -> None:
    end = 0
    for span in spans:
        assert end <= span.start <= span.end <= length, (span, end, length)
        end = span.end


def _visible(text: str) -> None:
    shown, offsets = visible.visible_map(text)
    _require_shown(shown)
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
        _require_ordered(found, len(text))
        covered = sum(span.length for span in found)
        assert covered <= len(text)
        kept = "".join(span.of(text) for span in found)
        assert "".join(kept.split()) == "".join(text.split())


def _words(text: str) -> None:
    for code in ("ja", "en"):
        _require_ordered([word.span for word in words.split(text, code)], len(text))


def _wrap(text: str) -> None:
    for cells in (2, 7, 40):
        _require_ordered(wrap.wrap(text, cells), len(text))


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
    _require_ordered([block.span for block in blocks.plain_blocks(text)], len(text))


def _language(text: str) -> None:
    assert language.detect(text).isalpha()


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
}


def _bomb(entities: int) -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(entities))
    return f'<?xml version="1.0"?><!DOCTYPE x [{lines}]><xliff version="1.2"><a>&l{entities - 1};</a></xliff>'.encode()


def _zip_bomb() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("../../escaped.txt", "x")
        archive.writestr("META-INF/container.xml", b" " * 50_000_000)
    return held.getvalue()


NASTY_FILES: dict[str, tuple[str, bytes]] = {
    "nothing": ("tsv", b""),
    "only a mark": ("jsonl", b"\xef\xbb\xbf"),
    "only line ends": ("csv", b"\n\n\r\n\r"),
    "zeros": ("text", bytes(4096)),
    "every byte": ("markdown", bytes(range(256)) * 16),
    "a mark of UTF-16 and one byte": ("text", b"\xff\xfea"),
    "a table of one long line": ("tsv", b"id\tsource\ttarget\n1\t" + b"a" * 500_000 + b"\tb"),
    "ten thousand columns": ("csv", b"source,target," + b"x," * 10_000 + b"\n" + b"y," * 10_002 + b"\n"),
    "a quote that never ends": ("csv", b'source,target\n"' + b"a\n" * 5000),
    "brackets nested deeply": ("jsonl", b'{"source": "a", "target": ' + b"[" * 50_000),
    "a number of many digits": ("jsonl", b'{"source": "a", "target": "b", "id": ' + b"9" * 6000 + b"}\n"),
    "lone surrogates": ("jsonl", b'{"source": "\\ud800", "target": "\\udfff"}\n'),
    "entities that grow": ("xliff", _bomb(9)),
    "an entity from a file": (
        "tmx",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><tmx><body>&e;</body></tmx>',
    ),
    "tags nested deeply": ("xliff", b"<xliff>" + b"<g>" * 50_000),
    "quotes nested deeply": ("markdown", b">" * 5000 + b" a\n"),
    "brackets of a link": ("markdown", b"[" * 5000 + b"a" + b"](" * 5000),
    "stars": ("markdown", b"*a_ " * 5000),
    "front matter that refers to itself": (
        "markdown",
        b"---\na: &a [*a, *a]\nb: !!python/object:os.system x\n---\nb\n",
    ),
    "front matter that grows": (
        "markdown",
        b"---\n"
        + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b"*a%d," % (n - 1) * 9 if n else b"x") for n in range(9))
        + b"---\n",
    ),
    "offsets beyond the end": ("mo", b"\xde\x12\x04\x95" + b"\xff" * 60),
    "a catalogue of half an entry": ("po", b'msgid "a'),
    "an archive that grows": ("text", _zip_bomb()),
    "dots without end": ("text", b"A. " * 30_000),
    "open quotes without end": ("text", "「".encode() * 20_000),
    "marks on one letter": ("text", ("e" + "\u0301" * 50_000).encode()),
    "a section that is none": ("html", b"<!DOCTYPE html><p>a<![x[ b ]]></p><p>c"),
    "joiners without end": ("text", ("👩" + "\u200d👩" * 10_000).encode()),
}
"""The format that each is opened as, and its bytes."""
