"""The files that other programs read from this repository: the GitHub Action and the hooks of pre-commit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tui_reader.formats.registry import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
PAIRS = (
    "id\tsource\ttarget\n"
    "lost\tThe ferry leaves at noon. The captain has forbidden dogs, bicycles and loud music on board. "
    "Tickets are sold at the harbour office.\t船は正午に出る。切符は港の事務所で売っている。\n"
)


def loaded(name: str) -> Any:
    """A YAML file of the repository."""
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def module(*words: object, cwd: Path, variables: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a module of this Python."""
    return subprocess.run(
        [sys.executable, "-m", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | (variables or {}),
    )


def test_the_action_follows_its_schema() -> None:
    """GitHub's schema of composite actions accepts it."""
    done = module("check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml", cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_input_is_put_into_a_script() -> None:
    """An input that says ``"; rm -rf /`` stays a value."""
    steps = loaded("action.yml")["runs"]["steps"]
    assert not [step["name"] for step in steps if "${{" in step["run"]]


def test_the_action_checks(tmp_path: Path, require_tool: Callable[[str], Path]) -> None:
    """Its own script annotates, sums up, writes files and ends with the check's exit code; inputs are not run."""
    (step,) = [step for step in loaded("action.yml")["runs"]["steps"] if step.get("id") == "check"]
    (tmp_path / "a b.tsv").write_text(PAIRS, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/tui-reader"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui_reader "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    variables = {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "PATHS": "a b.tsv\n\n",
        "ARGS": "--encoder\nuse\n",
        "BASELINE": "",
        "CHANGED_SINCE": "",
        "SARIF": "out.sarif",
        "HTML": "$(touch ran).html",
    }
    done = subprocess.run(
        [require_tool("bash"), "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=a b.tsv,line=2,")
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("## Translation check: ")
    assert (tmp_path / "output").read_text(encoding="utf-8") == "exit-code=1\n"
    assert (tmp_path / "out.sarif").is_file()
    assert (tmp_path / "$(touch ran).html").is_file()
    assert not (tmp_path / "ran").exists()


def test_the_hooks_are_a_manifest() -> None:
    """pre-commit itself accepts the file."""
    done = module("pre_commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    (pairs,) = [hook for hook in loaded(".pre-commit-hooks.yaml") if hook["id"] == "tui-reader-pairs"]
    assert {"pairs_tsv", "gettext_po"} <= set(BUILT_IN), pairs["files"]


@pytest.mark.parametrize(("text", "code"), [(PAIRS, 1), (PAIRS.replace("The captain", "船長").split("lost")[0], 2)])
def test_the_hook_runs(tmp_path: Path, require_tool: Callable[[str], Path], text: str, code: int) -> None:
    """pre-commit runs it on the changed files of a repository and stops the commit."""
    git = require_tool("git")
    (hook,) = [hook for hook in loaded(".pre-commit-hooks.yaml") if hook["id"] == "tui-reader-pairs"]
    # As installed, but from this environment instead of one that pre-commit would download packages for.
    entry = f"{sys.executable} -m tui_reader check --encoder use"
    hooks = [{"repo": "local", "hooks": [hook | {"language": "system", "entry": entry}]}]
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": hooks}), encoding="utf-8")
    (tmp_path / "a.tsv").write_text(text, encoding="utf-8")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run([git, *words], cwd=tmp_path, check=True)
    variables = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path)}
    done = module("pre_commit", "run", "--all-files", "--color", "never", cwd=tmp_path, variables=variables)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"- exit code: {code}" in done.stdout
