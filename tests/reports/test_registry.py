"""Reports of other packages are found beside the built-in ones."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import pytest

from tui_reader.reports import registry

if TYPE_CHECKING:
    from pathlib import Path

MODULE = """
class Count:
    def __init__(self, options):
        self.documents = 0

    def write(self, report):
        self.documents += 1
        return iter(())

    def close(self):
        yield str(self.documents)
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package as pip leaves it, with an entry point that names its report."""
    (tmp_path / "counting_report.py").write_text(MODULE, encoding="utf-8")
    about = tmp_path / "counting-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: counting\nVersion: 1.0\n", encoding="utf-8")
    entry = f"[{registry.ENTRY_POINTS}]\ncount = counting_report:Count\n"
    (about / "entry_points.txt").write_text(entry, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "counting_report", raising=False)
    importlib.invalidate_caches()


@pytest.mark.usefixtures("installed")
def test_another_package_adds_a_report() -> None:
    """Its name is listed after the built-in ones, and its writer is loaded when it is asked for."""
    from tui_reader.reports.report import ReportOptions  # noqa: PLC0415 - the test's one use

    assert registry.names() == [*registry.BUILT_IN, "count"]
    assert list(registry.writer("count")(ReportOptions()).close()) == ["0"]


def test_every_built_in_report_loads() -> None:
    """A name in the list whose module is gone would be found by the first who asks for it."""
    for name in registry.BUILT_IN:
        assert hasattr(registry.writer(name), "write"), name
    with pytest.raises(KeyError):
        registry.writer("nothing")
