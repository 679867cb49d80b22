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
    check, chance = kill.Check(tmp_path / "pairs.tsv", kill.CHEAP), random.Random(3)
    kill.write_pairs(check.data, 200)
    figures = kill.kill_many(check, tmp_path, 2, 2, chance)
    assert figures.sound, str(figures)
    assert any(one.finished_before for one in figures.kills)
    assert figures.runs == 1
