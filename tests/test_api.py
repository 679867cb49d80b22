"""The public namespace: these names, typed, and nothing loaded before it is used."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING, assert_type

import pytest

import tui_reader

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = """
Alignment Baseline Bead Block CheckedBead Checker Document Evidence Finding InputError Passage Report Settings
SettingsError Severity Side Signal Signature Source Span Text TuiReaderError __version__ align check iter_check
load_settings open_documents read read_pairs
"""


def test_the_namespace_is_flat_and_complete() -> None:
    """A name that comes or goes is a decision, so this list is changed by hand."""
    assert PUBLIC.split() == tui_reader.__all__ == dir(tui_reader)
    for name in tui_reader.__all__:
        assert getattr(tui_reader, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        tui_reader.nothing  # noqa: B018


def test_importing_the_package_loads_nothing() -> None:
    """Whoever imports the package pays for what is used, when it is used."""
    program = (
        "import sys; before = set(sys.modules); import tui_reader; tui_reader.Finding; "
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}; print(*sorted(new))"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not set(loaded) & {"numpy", "click", "textual", "rich", "sudachipy", "yaml", "platformdirs"}


def test_a_document_is_read_aligned_and_checked(tmp_path: Path) -> None:
    """The three verbs of the package work one after the other; settings hold for the document's path.

    mypy, which looks at the tests too, holds the types to what is asserted here.
    """
    (tmp_path / "a.en.md").write_text("The ferry leaves at noon. It rains.\n", encoding="utf-8")
    (tmp_path / "a.ja.md").write_text("---\nsources: [a.en.md]\n---\n\n船は正午に出る。雨が降る。\n", encoding="utf-8")
    (tmp_path / "tui-reader.toml").write_text(
        "[[override]]\npaths = ['*.md']\nrules.omission = 'off'\n", encoding="utf-8"
    )
    document = tui_reader.read(tmp_path / "a.ja.md")
    alignment = tui_reader.align(document)
    report = tui_reader.check(document, tui_reader.load_settings(tmp_path))
    assert_type(document, tui_reader.Document)
    assert_type(alignment, tui_reader.Alignment)
    assert_type(report, tui_reader.Report)
    assert [bead.source_span for bead in alignment.beads] == [bead.bead.source_span for bead in report.beads]
    assert "omission=off" in str(report.signature)
    assert files("tui_reader").joinpath("py.typed").is_file()
