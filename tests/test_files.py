"""A file that is being written is the old one until it is the new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui_reader.errors import InputError
from tui_reader.files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator


def half() -> Iterator[str]:
    """One line, and then a failure."""
    yield "new\n"
    raise ValueError("half")


def write(path: Path, lines: Iterator[str]) -> None:
    """Put these lines in the place of the file."""
    with replacing(path) as stream:
        stream.writelines(lines)


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    """An exception half-way through writing changes nothing on disk."""
    path = tmp_path / "a"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="half"):
        write(path, half())
    assert [file.name for file in tmp_path.iterdir()] == ["a"]
    assert path.read_text(encoding="utf-8") == "old"


def test_mode_and_links_survive(tmp_path: Path) -> None:
    """The file keeps its permissions, and what was a link to it stays one."""
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    write(link, iter(["新しい"]))
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "新しい"
    assert path.stat().st_mode & 0o777 == 0o640


def test_no_place_to_write_is_told(tmp_path: Path) -> None:
    """A missing folder is one clear line, not a traceback."""
    with pytest.raises(InputError, match=r"gone/a: it cannot be written: no such file or directory"):
        write(tmp_path / "gone/a", iter([]))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """What cannot be written to is named; nothing is promised about what came before."""
    link = tmp_path / "link"
    link.symlink_to("/dev/full")
    with pytest.raises(InputError, match=r"link: it cannot be written: no space left"):
        write(link, half_a_megabyte())


def half_a_megabyte() -> Iterator[str]:
    """More than any buffer holds."""
    yield from ["x" * 1023 + "\n"] * 512


def test_errors_of_other_files_stay_what_they_are(tmp_path: Path) -> None:
    """A pipe that is closed while a report is written says nothing about the report's file."""
    with pytest.raises(BrokenPipeError):
        write(tmp_path / "a", broken())
    assert list(tmp_path.iterdir()) == []


def broken() -> Iterator[str]:
    """One line, and then somebody else's failure."""
    yield "new\n"
    raise BrokenPipeError(32, "Broken pipe")
