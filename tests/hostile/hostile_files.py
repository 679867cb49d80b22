"""Files that mean harm, and what every parser must still hold to: read them, read them in part, or refuse in a line.

`FORMAT_NAMES` and `OTHER_FILES` are what is attacked; `file_of` makes a file from a source of chance.
"""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hostile_texts import FRAGMENTS, require_ordered, require_shown

from tui_reader import baseline_file, settings_file
from tui_reader.alignment.repairs import read_repairs
from tui_reader.checks.wording.glossary import read_glossary
from tui_reader.cli.comparison import Comparison
from tui_reader.errors import InputError, TuiReaderError
from tui_reader.evaluation.comparison import read_evaluation
from tui_reader.evaluation.gold import read_gold
from tui_reader.evaluation.kit import read_cases
from tui_reader.formats import Input, open_documents
from tui_reader.formats.input import Listener
from tui_reader.formats.registry import formats
from tui_reader.model import Document, Source, Text
from tui_reader.scale.parts import receipt_of
from tui_reader.scale.run import Job, require_same
from tui_reader.settings import Settings
from tui_reader.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

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
    "settings": b'[check]\nencoder = "use"\nthreads = 2\n[rules]\nomission = "off"\n[[override]]\npaths = ["a/"]\n',
    "baseline": '{"tui-reader-baseline": 1, "signature": "x"}\n{"finding": "a1", "rule": "omission", "document": "雨", '
    '"words": "rain", "status": "ignored", "note": "n", "changed": "2026-01-01T00:00:00+00:00", "who": "a"}\n'.encode(),
    "glossary": 'source,target,forbidden,note\nkettle|pot,やかん,鉄瓶,"a ""b"""\n'.encode(),
    "repairs": '[[pin]]\nsource = "It rained"\ntarget = ["雨が", "彼は"]\n'
    '[[forbid]]\nsource = "A"\ntarget = "B"\n'.encode(),
    "gold": '{"id": "b1", "source_id": "a", "source_spans": [[0, 10]], "target_spans": [[0, 6]], '
    '"source": ["It rained."], "target": ["雨が降った。"], "marks": [{"type": "omission", "side": "source", '
    '"start": 3, "end": 9, "text": "rained", "note": "n", "severity": "minor", "natural": true}]}\n'.encode(),
    "annotated pairs": '{"id": "1", "group": "a", "kind": "omission", "source": "It rained.", "target": "雨。", '
    '"gold": [[3, 9]], "ignore": {"source": [[0, 2]]}, "origin": "ja"}\n'.encode(),
    "evaluation": b'{"signature": "x", "groups": {"a": {"omission": [1, 2, 3, 4]}}, "documents": {}}\n',
    "older report": '{"id": "1", "signature": "x", "score": 50.5, "findings": [{"fingerprint": "a1", "rule": '
    '"omission", "message": "雨"}]}\n'.encode(),
    "description": 'id = "a"\ntitle = "題"\ntext = "t.ja.txt"\nlanguage = "ja"\n[[source]]\nfile = "s.en.txt"\n'
    'author = "A"\n[[passage]]\nsource = "s"\nlines = "1-2"\nsource_lines = "1"\n'.encode(),
    "manifest": b'{"layout": 1, "signature": "x", "complete": true, '
    b'"shards": [{"part": "parts/a.jsonl", "rows": 1}]}\n',
    "receipt": b'{"part": "a.jsonl", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", '
    b'"faults": ["f"], "tally": {"pairs": 1, "unscored": 0, "left_out": 0, "score_total": 5, "histogram": [1, 2], '
    b'"findings": [["omission", "error", 1]], "worst": [[1.5, "f", 2, "i"]], "examples": '
    b'{"omission": [["a", "f", 2, "i", "m", "w"]]}}}\n',
}


_CHAPTER = "<html><body><p>雨が<b>降った</b>。</p><p>It rained.</p></body></html>"
_BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="a/b.opf"/></rootfiles></container>',
    "a/b.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>題</dc:title>'
    '<dc:language>ja</dc:language></metadata><manifest><item id="c" href="c.xhtml"/><item id="d" href="d%20.xhtml"/>'
    '</manifest><spine><itemref idref="c"/><itemref idref="d"/></spine></package>',
    "a/c.xhtml": _CHAPTER,
    "a/d .xhtml": _CHAPTER,
}
"""The files of a book."""
_PAIR = Document("a", Text("雨が降った。", "ja"), (Source("a", Text("It rained.", "en")),))


def _annotated_pairs(path: Path) -> object:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.jsonl")
        file.write_bytes(path.read_bytes())
        return list(read_cases([file]))


def _description(path: Path) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "document.toml").write_bytes(path.read_bytes())
        Path(folder, "t.ja.txt").write_text("雨が降った。\n\n彼は来た。\n", encoding="utf-8")
        Path(folder, "s.en.txt").write_text("It rained.\n\nHe came.\n", encoding="utf-8")
        for document in open_documents(Input.of(Path(folder))):
            _require_sound(document)


def _manifest(path: Path) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "manifest.json").write_bytes(path.read_bytes())
        require_same(Job((), Path(folder), "jsonl", Settings()), "x")


def _receipt(path: Path) -> None:
    with TemporaryDirectory() as folder:
        for name in ("parts", "receipts"):
            Path(folder, name).mkdir()
        Path(folder, "parts", "a.jsonl").touch()
        Path(folder, "receipts", "a.json").write_bytes(path.read_bytes())
        if receipt_of(Path(folder), "a", "jsonl") is None:
            raise InputError("the shard is checked again")


_READERS: dict[str, Callable[[Path], object]] = {
    "settings": lambda path: [*settings_file.file_values(path), *settings_file.file_overrides(path)],
    "baseline": baseline_file.read_file,
    "glossary": read_glossary,
    "repairs": read_repairs,
    "gold": lambda path: read_gold(path.parent, _PAIR, path.name),
    "annotated pairs": _annotated_pairs,
    "evaluation": read_evaluation,
    "older report": Comparison,
    "description": _description,
    "manifest": _manifest,
    "receipt": _receipt,
}
OTHER_FILES = tuple(_READERS)
"""Files beside texts that a person writes."""


def file_of(chance: Random, name: str) -> bytes:
    """A file of a format, or one of `OTHER_FILES`, damaged here and there."""
    data = bytearray(_book(chance) if name == "epub" else seed_of(name))
    for _ in range(chance.choice([0, 0, 0, 1]) if name == "epub" else chance.randrange(6)):
        _damage(data, chance)
    return bytes(data)


def seed_of(name: str) -> bytes:
    """A small sound file of a format, or one of `OTHER_FILES`."""
    if name == "epub":
        return _book(None)
    return _table() if name == "parquet" else _SEEDS[name]


def _book(chance: Random | None) -> bytes:
    """An archive that is whole; with chance, some of its files are damaged."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in _BOOK.items():
            data = bytearray(content.encode())
            if chance is not None:
                for _ in range(chance.choice([0, 0, 0, 1, 3])):
                    _damage(data, chance)
            archive.writestr(name, bytes(data))
    return held.getvalue()


@cache
def _table() -> bytes:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - an extra
    except ImportError:
        return b"PAR1PAR1"
    held = BytesIO()
    rows = [{"id": "1", "source": "It rained.", "target": "雨。", "document": "a"}, {"source": None, "target": ""}]
    parquet.write_table(pa.Table.from_pylist(rows), held)
    return held.getvalue()


_VALUE = re.compile(rb'"[^"\n]*"|-?\d+|\btrue\b|\bfalse\b|\[[^][]*\]|\{[^{}]*\}')
_OTHER_VALUES = [*b"null|5|-1|1e999|NaN|true|[]|[[]]|{}|[5]".split(b"|"), b'""', b'"x"', b'{"a": 1}']
"""What stands in the place of a value of JSON or TOML: sound, and not what is wanted there."""


def _damage(data: bytearray, chance: Random) -> None:
    place = chance.randrange(len(data) + 1)
    match chance.randrange(6):
        case 0:
            del data[place:]
        case 1:
            del data[place : place + chance.randrange(1, 9)]
        case 2:
            data[place:place] = chance.choice(FRAGMENTS).encode("utf-8", "surrogatepass")
        case 3 if data:
            data[place % len(data)] = chance.randrange(256)
        case 4 if values := list(_VALUE.finditer(data)):
            data[slice(*chance.choice(values).span())] = chance.choice(_OTHER_VALUES)
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


def attack_other(name: str, data: bytes, path: Path) -> str:
    """Open a file of `OTHER_FILES` that means harm: ``read`` or ``refused``, anything else raises."""
    path.write_bytes(data)
    try:
        _READERS[name](path)
    except TuiReaderError as error:
        _require_line(str(error))
        return "refused"
    return "read"


def attack(name: str, data: bytes, path: Path) -> str:
    """`attack_format` or `attack_other`."""
    return (attack_other if name in OTHER_FILES else attack_format)(name, data, path)


def _require_sound(document: Document) -> None:
    """Spans lie in their texts, and every character has a place in the file."""
    for text in (document.text, *(source.text for source in document.sources)):
        require_ordered([block.span for block in text.blocks], len(text))
        require_ordered(list(text.protected), len(text))
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
    require_shown(visible.visible(message.replace("\n", "␊")))
