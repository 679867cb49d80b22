"""A check of a data set that is killed resumes to the very bytes of one that was not."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

import kill
import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_killed_runs_resume_to_the_same_bytes(tmp_path: Path) -> None:
    """SIGKILL to the main process and to workers: nothing is lost, doubled or done again (``kill.py`` does fifty)."""
    data, chance = tmp_path / "pairs.tsv", random.Random(3)
    kill.write_pairs(data, 68)
    kill.run(data, tmp_path / "undisturbed")
    output = tmp_path / "output"
    for _ in range(2):
        killed = kill.kill_once(data, output, chance, 4.0)
        before = kill.finished(output)
        assert killed.finished_before <= 3
    kill.run(data, output)
    assert kill.repeated(before, output) == 0
    assert kill.contents(output) == kill.contents(tmp_path / "undisturbed")
