"""What tests of every layer ask for."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

# Set before anything is imported, so that commands run in subprocesses keep their vectors and places here too.
_CACHE = tempfile.TemporaryDirectory(prefix="tui-reader-tests-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name
os.environ["XDG_STATE_HOME"] = f"{_CACHE.name}/state"

RequireTool = Callable[[str], Path]


@pytest.fixture(scope="session")
def require_tool() -> RequireTool:
    """Gives ``require_tool(name) -> Path``: the program of that name.

    Where the machine lacks it the test skips and says why. With TUI_READER_REQUIRE_TOOLS=1, as ``.ci/run`` sets it,
    the test fails instead, so that a check which should have run is never missing in silence.
    """

    def find(name: str) -> Path:
        found = shutil.which(name)
        if found:
            return Path(found)
        reason = f"the program {name} is not installed"
        if os.environ.get("TUI_READER_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{reason}, and TUI_READER_REQUIRE_TOOLS=1 asks for it")
        pytest.skip(reason)

    return find
