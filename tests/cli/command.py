"""Runs the real command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COMMAND = [sys.executable, "-m", "tui_reader"]

_LIST_MODULES = """
import sys
from tui_reader.__main__ import main
sys.argv = ["tui-reader", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert end.code in (None, 0, 1), end.code
print(*sorted(sys.modules), file=sys.stderr)
"""


def environment(folder: Path, **changes: str) -> dict[str, str]:
    """This environment without settings of its own: no variables, and the user's folder below `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUI_READER_")}
    user = str(folder / "user")
    return kept | {"XDG_CONFIG_HOME": user, "APPDATA": user, "PYTHONWARNINGS": "error"} | changes


def run(
    *arguments: object, cwd: Path, stdin: bytes = b"", variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command with these arguments in `cwd`, its output decoded as UTF-8."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=environment(cwd, **(variables or {})),
        check=False,
        timeout=120,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def loaded(*arguments: object, cwd: Path) -> set[str]:
    """The top-level modules that a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", _LIST_MODULES, *map(str, arguments)],
        cwd=cwd,
        env=environment(cwd),
        capture_output=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stderr.decode().splitlines()[-1].split()}
