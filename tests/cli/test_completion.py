"""What a shell is told when somebody presses tab."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command import COMMAND, environment, run

from tui_reader.cli.completion import VARIABLE
from tui_reader.cli.main import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def completed(folder: Path, *words: str) -> list[str]:
    """What could stand in the place of the last of these words."""
    asked = {VARIABLE: "bash_complete", "COMP_WORDS": " ".join(("tui-reader", *words)), "COMP_CWORD": str(len(words))}
    program = "import sys; sys.argv[0] = 'tui-reader'; from tui_reader.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(folder, **asked), capture_output=True, text=True, check=True
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_flags_and_values_are_completed(tmp_path: Path) -> None:
    """The first word is a command, later ones flags, and a flag with choices offers them."""
    assert completed(tmp_path, "") == list(COMMANDS)
    assert completed(tmp_path, "che") == ["check"]
    assert {"--fail-on", "--format"} <= set(completed(tmp_path, "check", "--f"))
    assert completed(tmp_path, "check", "--sensitivity", "h") == ["high"]
    assert completed(tmp_path, "check", "--format", "j") == ["json", "jsonl", "junit"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_name_program_and_variable(tmp_path: Path, shell: str) -> None:
    """Each shell gets a script of its own that calls back."""
    script = run("completion", shell, cwd=tmp_path).stdout
    assert f"{VARIABLE}={shell}_complete" in script
    assert "tui-reader" in script
    assert run("completion", "tcsh", cwd=tmp_path).returncode == 2


def test_bash_takes_the_script(tmp_path: Path, require_tool: Callable[[str], Path]) -> None:
    """A real bash reads it without complaint and knows the command afterwards."""
    bash = require_tool("bash")
    script = f'eval "$({COMMAND[0]} -m tui_reader completion bash)" && complete -p tui-reader'
    done = subprocess.run(
        [bash, "--norc", "-c", script], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "tui-reader" in done.stdout
