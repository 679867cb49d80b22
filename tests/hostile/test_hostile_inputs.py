"""Nothing that a file may hold crashes a parser or a text function, or reaches the terminal as a command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import hostile_files
import hostile_texts
import nasty_files
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits import within_limits

if TYPE_CHECKING:
    from random import Random

SECURITY = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("target", hostile_texts.TEXT_TARGETS)
@FEW
@given(chance=st.randoms(use_true_random=False))
def test_text_functions_hold_their_promises(target: str, chance: Random) -> None:
    """Spans lie in the text and in order, nothing is lost, nothing steers a terminal (``tests/fuzz.py`` does more)."""
    hostile_texts.TEXT_TARGETS[target](hostile_texts.text_of(chance))


@pytest.mark.parametrize("name", hostile_files.FORMAT_NAMES)
@FEW
@given(chance=st.randoms(use_true_random=False))
def test_formats_read_or_refuse(tmp_path_factory: pytest.TempPathFactory, name: str, chance: Random) -> None:
    """A damaged file is read, read in part, or refused in a line: no other exception, no span outside its text."""
    path = tmp_path_factory.getbasetemp() / f"hostile.{name}"
    hostile_files.attack_format(name, hostile_files.file_of(chance, name), path)


@pytest.mark.parametrize("name", [*hostile_files.FORMAT_NAMES, *hostile_files.OTHER_FILES])
def test_attacks_begin_with_files_that_are_sound(tmp_path: Path, name: str) -> None:
    """Damage to a file that nobody could read anyway would prove nothing."""
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="the extra data is not installed")
    data, path = hostile_files.seed_of(name), tmp_path / "sound"
    attacked = hostile_files.attack_format if name in hostile_files.FORMAT_NAMES else hostile_files.attack_other
    # The table of Parquet has a row without a source on purpose.
    assert attacked(name, data, path) == ("read in part" if name == "parquet" else "read")


@pytest.mark.parametrize("name", hostile_files.OTHER_FILES)
@FEW
@given(chance=st.randoms(use_true_random=False))
def test_files_beside_texts_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, chance: Random
) -> None:
    """Settings, baselines, glossaries and corrections that are damaged: one line, no other exception."""
    path = tmp_path_factory.getbasetemp() / f"hostile.{name}"
    hostile_files.attack_other(name, hostile_files.file_of(chance, name), path)


@pytest.mark.parametrize("name", nasty_files.NASTY_FILES)
def test_nasty_files_get_what_the_security_page_says(tmp_path: Path, name: str) -> None:
    """Bombs, depth, length and lies about itself: each ends soon, well, as documented, and writes nothing."""
    kind, data = nasty_files.NASTY_FILES[name]
    if kind == "parquet":
        pytest.importorskip("pyarrow", reason="the extra data is not installed")
    with within_limits():
        outcome = hostile_files.attack(kind, data, tmp_path / "nasty")
    assert f"| {name} | {kind} | {outcome} |" in SECURITY.splitlines()
    assert [path.name for path in tmp_path.iterdir()] == ["nasty"]


def test_every_format_has_a_nasty_file() -> None:
    """A format that is added brings its own."""
    assert {kind for kind, _ in nasty_files.NASTY_FILES.values()} == {
        *hostile_files.FORMAT_NAMES,
        *hostile_files.OTHER_FILES,
    }


def test_names_of_columns_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """The library that reads Parquet finds that out in its own way."""
    pytest.importorskip("pyarrow", reason="the extra data is not installed")
    data = hostile_files.seed_of("parquet").replace(b"document", b"documen\xfc")
    assert hostile_files.attack("parquet", data, tmp_path / "nasty") == "refused"
