"""A missing tool skips a test on a person's machine and fails it in continuous integration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

RequireTool = Callable[[str], Path]


def test_a_tool_that_is_there_is_found(
    require_tool: RequireTool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The fixture hands back the program that the shell would run."""
    program = tmp_path / "some-tool.exe"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert require_tool("some-tool.exe") == program


def test_a_missing_tool_skips(require_tool: RequireTool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A newcomer without the tool sees the reason, not a failure."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TUI_READER_REQUIRE_TOOLS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="some-tool is not installed"):
        require_tool("some-tool")


def test_a_missing_tool_fails_where_tools_are_required(
    require_tool: RequireTool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A silent skip in .ci/run would hide a broken check."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TUI_READER_REQUIRE_TOOLS", "1")
    with pytest.raises(pytest.fail.Exception, match="some-tool is not installed"):
        require_tool("some-tool")
