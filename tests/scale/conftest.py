"""What tests of runs share: a table of pairs, an undisturbed run, and a checker that remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pair_files
import pytest
from dataset_runs import PAIRS, check

from tui_reader.checks.checker import Checker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tui_reader.model import Document, Report

_KNOWN: dict[object, list[Report]] = {}


@pytest.fixture(scope="module")
def remembering() -> Iterator[None]:
    """What the checker said of the same documents is said again: not it but the way to it and back is tested here."""
    whole = Checker.check_all

    def remembered(self: Checker, documents: Iterable[Document]) -> Iterator[Report]:
        block = tuple(documents)
        key = (self.settings, block)
        if key not in _KNOWN:
            _KNOWN[key] = list(whole(self, block))
        return iter(_KNOWN[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Checker, "check_all", remembered)
        yield


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of pairs in documents."""
    return pair_files.write_tsv(tmp_path_factory.mktemp("data") / "a.tsv", PAIRS)


@pytest.fixture(scope="module")
def undisturbed(remembering: None, table: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run on one worker that nothing happened to."""
    output = tmp_path_factory.mktemp("undisturbed") / "out"
    result = check(table, output)
    assert result.tally.pairs == len(PAIRS)
    assert not result.failed
    return output
