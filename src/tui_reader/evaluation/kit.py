"""Reads what can be evaluated: document folders with gold, folders of them, and pairs with spans as JSON lines.

Pairs have the keys of the evaluation kit's ``coverage.jsonl``: ``id``, ``group`` (versions of one pair), ``kind``
(``intact``, ``omission``, ``addition``), ``origin``, ``source``, ``target``, ``gold`` (spans without a counterpart, in
the source for an omission and in the target for an addition) and ``ignore`` (spans by side that count neither way).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tui_reader import formats
from tui_reader.errors import InputError
from tui_reader.evaluation.cases import COVERAGE_RULES, Case
from tui_reader.evaluation.gold import GOLD, GoldBead, GoldSeverity, Mark, MarkType, read_genre, read_gold
from tui_reader.formats.decode import decode
from tui_reader.formats.folder import DESCRIPTION
from tui_reader.formats.input import Input
from tui_reader.model import Document, Passage, Side, Source, Span, Text
from tui_reader.text.blocks import plain_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_KINDS = ("intact", *COVERAGE_RULES)


def read_cases(paths: Iterable[Path]) -> Iterator[Case]:
    """Everything in these paths that has gold.

    Args:
        paths: document folders, folders of document folders, files of pairs with spans.

    Raises:
        InputError: a path has nothing to evaluate, or its gold is malformed.
    """
    for path in paths:
        if path.is_dir():
            yield from [_document(path)] if (path / DESCRIPTION).is_file() else _annotated_below(path)
        elif path.name in {DESCRIPTION, GOLD}:
            yield _document(path.parent)
        elif path.suffix == ".jsonl":
            yield from _pairs(path)
        elif path.exists():
            raise InputError(
                "this has no gold annotations",
                path=path,
                cure="name a document folder, a folder of such folders, or pairs with spans in a .jsonl file",
            )
        else:
            raise InputError("there is no such file", path=path)


def _annotated_below(folder: Path) -> Iterator[Case]:
    found = sorted(gold.parent for gold in folder.glob(f"*/{GOLD}"))
    if not found:
        raise InputError(
            "nothing here has gold annotations", path=folder, cure=f"name a document folder with a {GOLD}, or see docs"
        )
    for one in found:
        yield _document(one)


def _document(folder: Path) -> Case:
    document = formats.read(folder)
    return Case(document.id, document.id, document, read_gold(folder, document), read_genre(folder))


def _pairs(path: Path) -> Iterator[Case]:
    lines = [
        (number, line)
        for number, line in enumerate(decode(Input.of(path).read(), str(path)).split("\n"), 1)
        if line.strip()
    ]
    if not lines:
        raise InputError("there is no pair in this file", path=path)
    yield from (_pair(line, path, number) for number, line in lines)


def _pair(line: str, path: Path, number: int) -> Case:
    try:
        row = json.loads(line)
        kind, group = row["kind"], row["group"]
        source, target, spans = row["source"], row["target"], row["gold"]
        ignore = {side: tuple(Span(int(a), int(b)) for a, b in row.get("ignore", {}).get(side, ())) for side in Side}
        document = _pair_document(str(row.get("id", number)), source, target, row)
        spans = list(spans)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"this is no pair with spans ({f'it has no {error}' if isinstance(error, KeyError) else repr(error)})",
            path=path,
            line=number,
            cure="write id, group, kind, source, target and gold, one object a line",
        ) from error
    if kind not in _KINDS:
        raise InputError(f"kind is {kind!r}", path=path, line=number, cure="write one of: " + ", ".join(_KINDS))
    marks = tuple(_mark(kind, span, document, path, number) for span in spans)
    whole = (Span(0, len(source)),), (Span(0, len(target)),)
    rules = frozenset(COVERAGE_RULES) if kind == "intact" else frozenset({kind})
    origin = row.get("origin")
    return Case(
        document.id,
        str(group),
        document,
        (GoldBead("b1", document.id, *whole, marks),),
        origin,
        rules,
        kind != "intact",
        ignore,
    )


def _pair_document(name: str, source: str, target: str, row: dict[str, Any]) -> Document:
    source_text = Text(source, str(row.get("source_lang", "en")), plain_blocks(source))
    target_text = Text(target, str(row.get("target_lang", "ja")), plain_blocks(target))
    whole = Passage(name, name, Span(0, len(source)), Span(0, len(target)), marked=True)
    return Document(name, target_text, (Source(name, source_text),), marked=(whole,), is_pairs=True)


def _mark(kind: str, pair: object, document: Document, path: Path, number: int) -> Mark:
    side = COVERAGE_RULES.get(kind, Side.SOURCE)
    length = len(document.sources[0].text) if side is Side.SOURCE else len(document.text)
    match pair:
        case [int(start), int(end)] if 0 <= start < end <= length and kind in COVERAGE_RULES:
            return Mark(MarkType(kind), side, Span(start, end), "", GoldSeverity.MAJOR)
    raise InputError(f"{pair!r} is no span of the {side}", path=path, line=number, cure="write [start, end], half-open")
