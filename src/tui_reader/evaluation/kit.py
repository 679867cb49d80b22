"""Finds what can be evaluated: document folders with gold, folders of them, and files of evaluation data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui_reader import formats
from tui_reader.errors import InputError
from tui_reader.evaluation.cases import Case
from tui_reader.evaluation.evaluate import evaluate
from tui_reader.evaluation.gold import GOLD, read_genre, read_gold
from tui_reader.evaluation.kinds import registry
from tui_reader.evaluation.kinds.kind import Data, Kind
from tui_reader.evaluation.kinds.lines import is_lines
from tui_reader.formats.folder import DESCRIPTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tui_reader.evaluation.evaluate import Evaluated

DOCUMENTS: Kind[Case, Evaluated] = Kind(
    name="documents",
    title="Documents",
    keys=frozenset(),
    unit="documents evaluated",
    items=lambda _lines: (),
    answers=lambda items, setup: evaluate(items, setup.settings, gold_beads=setup.gold_beads),
    spans=tuple,
)
"""Documents with gold beside them: their text is no line of a file, and their figures are those of findings."""


def read_data(paths: Iterable[Path]) -> Iterator[Data[Any, Any]]:
    """Everything in these paths that can be evaluated.

    Args:
        paths: document folders, folders of document folders or of files of evaluation data, such files.

    Raises:
        InputError: a path has nothing to evaluate, or something in it is malformed.
    """
    for path in paths:
        if path.is_dir():
            yield from [_documents(path, [path])] if (path / DESCRIPTION).is_file() else _below(path)
        elif path.name in {DESCRIPTION, GOLD}:
            yield _documents(path, [path.parent])
        elif not path.exists():
            raise InputError("there is no such file", path=path)
        elif is_lines(path):
            yield registry.read_data(path)
        else:
            raise InputError(
                "this has no gold annotations",
                path=path,
                cure="name a document folder, a folder of such folders, or evaluation data in JSON lines",
            )


def read_cases(paths: Iterable[Path]) -> Iterator[Case]:
    """The documents and pairs among it in which omissions and additions are marked.

    Raises:
        InputError: as `read_data`.
    """
    for data in read_data(paths):
        if data.kind.spans:
            yield from data.items


def _below(folder: Path) -> Iterator[Data[Any, Any]]:
    annotated = sorted(gold.parent for gold in folder.glob(f"*/{GOLD}"))
    files = sorted(path for path in folder.glob("*.jsonl") if path.name != GOLD)
    if not annotated and not files:
        raise InputError(
            "nothing here has gold annotations", path=folder, cure=f"name a document folder with a {GOLD}, or see docs"
        )
    if annotated:
        yield _documents(folder, annotated)
    yield from map(registry.read_data, files)


def _documents(path: Path, folders: Iterable[Path]) -> Data[Case, Evaluated]:
    return Data(path, DOCUMENTS, [_document(folder) for folder in folders])


def _document(folder: Path) -> Case:
    document = formats.read(folder)
    return Case(document.id, document.id, document, read_gold(folder, document), read_genre(folder))
