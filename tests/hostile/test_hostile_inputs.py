"""Nothing that a file may hold crashes a parser or a text function, or reaches the terminal as a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hostile_inputs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("target", hostile_inputs.TEXT_TARGETS)
@FEW
@given(chance=st.randoms(use_true_random=False))
def test_text_functions_hold_their_promises(target: str, chance: Random) -> None:
    """Spans lie in the text and in order, nothing is lost, nothing steers a terminal (``tests/fuzz.py`` does more)."""
    hostile_inputs.TEXT_TARGETS[target](hostile_inputs.text_of(chance))


@pytest.mark.parametrize("name", hostile_inputs.FORMAT_NAMES)
@FEW
@given(chance=st.randoms(use_true_random=False))
def test_formats_read_or_refuse(tmp_path_factory: pytest.TempPathFactory, name: str, chance: Random) -> None:
    """A damaged file is read, read in part, or refused in a line: no other exception, no span outside its text."""
    path = tmp_path_factory.getbasetemp() / f"hostile.{name}"
    hostile_inputs.attack_format(name, hostile_inputs.file_of(chance, name), path)


@pytest.mark.parametrize("name", hostile_inputs.NASTY_FILES)
def test_nasty_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    """Bombs, depth, length and lies about itself: each ends soon, and well."""
    kind, data = hostile_inputs.NASTY_FILES[name]
    outcome = hostile_inputs.attack_format(kind, data, tmp_path / "nasty")
    assert outcome in {"read", "read in part", "refused"}
    assert [path.name for path in tmp_path.iterdir()] == ["nasty"]
