"""Pairs of texts in JSON lines: one object a line with the keys that `pairs_tsv` has as columns.

``source`` and ``target`` are required. ``id`` may be a number, or missing: the line stands for it then.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.formats.anchors import Anchor, AnchoredLocator
from tui_reader.formats.format import Format
from tui_reader.formats.ignores import remark
from tui_reader.formats.lines import numbered_lines
from tui_reader.formats.pairs import OPTIONAL_COLUMNS, Pair, pair_id, pair_language, paired_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.formats.input import Input
    from tui_reader.model import Document

_UNIT = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def open_jsonl(file: Input, sources: Sequence[Path] = (), language: str | None = None) -> Iterator[Document]:
    """The documents in JSON lines, read as they are asked for.

    Raises:
        InputError: missing, unreadable, or nothing but malformed lines.
    """
    yield from paired_documents(read_jsonl, file, sources, language)


def read_jsonl(file: Input) -> Iterator[Pair]:
    """The pairs in JSON lines; a malformed line is a fault.

    Raises:
        InputError: missing or unreadable.
    """
    for number, line in numbered_lines(file):
        if not line.strip():
            continue
        try:
            pair = _pair(line, number, file)
        except InputError as error:
            file.listener.fault(error)
        else:
            yield pair


def _pair(line: str, number: int, file: Input) -> Pair:
    found = _object(line, number, file)
    texts = {key: _string(found, key, number, file) for key in ("source", "target")}
    more = {key: _string(found, key, number, file) if found.get(key) else "" for key in OPTIONAL_COLUMNS}
    said = remark(more["note"])
    name = found.get("id")
    name = _string(found, "id", number, file) if isinstance(name, str) else name
    return Pair(
        pair_id(name, file, number),
        texts["source"],
        texts["target"],
        pair_language(more["source_lang"], "", file, number),
        pair_language(more["target_lang"], "", file, number),
        number,
        AnchoredLocator(lambda: _anchors(line, "source", number)),
        AnchoredLocator(lambda: _anchors(line, "target", number)),
        more["document"],
        remarks=(said,) if said else (),
    )


def _object(line: str, number: int, file: Input) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        what = f"this line is not JSON: {error.msg} at column {error.colno}"
        raise InputError(what, path=file.name, line=number) from error
    except (ValueError, RecursionError) as error:
        raise InputError("this line holds more than a pair", path=file.name, line=number) from error
    if not isinstance(found, dict):
        raise InputError("this line is no JSON object", path=file.name, line=number, cure="write {…} on each line")
    return found


def _string(found: dict[str, Any], key: str, number: int, file: Input) -> str:
    value = found.get(key)
    if key == "document" and isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise InputError(f"{key!r} is missing or not a string", path=file.name, line=number)
    if _LONE_SURROGATE.search(value):
        raise InputError(f"{key!r} holds half a character (a lone surrogate)", path=file.name, line=number)
    return value


def _anchors(line: str, key: str, number: int) -> list[Anchor]:
    """One anchor after every escape of a value: there columns and offsets part."""
    start = _value_start(line, key)
    anchors = [Anchor(0, number, start + 1)]
    for offset, unit in enumerate(_UNIT.finditer(line, start), 1):
        if unit[0] == '"':
            break
        if len(unit[0]) > 1:
            anchors.append(Anchor(offset, number, unit.end() + 1))
    return anchors


def _value_start(line: str, key: str) -> int:
    """Where the last string value of a key of the outermost object begins, after its quote."""
    found = place = line.index("{") + 1
    decoder = json.JSONDecoder()
    while True:
        place = _skip(line, place)
        if line[place] == "}":
            return found
        name, place = decoder.raw_decode(line, place)
        place = _skip(line, place)
        if name == key and line[place] == '"':
            found = place + 1
        _, place = decoder.raw_decode(line, place)


def _skip(line: str, place: int) -> int:
    while line[place] in " \t\r\n,:":
        place += 1
    return place


def _sniff(file: Input) -> bool:
    first = file.head().removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    return first.startswith(b"{") and b'"source"' in first and b'"target"' in first


FORMAT = Format(name="jsonl", suffixes=frozenset({".jsonl", ".ndjson"}), open=open_jsonl, sniff=_sniff)
