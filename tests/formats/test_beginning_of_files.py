"""The beginnings of long files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_reader.errors import InputError
from tui_reader.formats import read
from tui_reader.formats.beginning import BEGINNING_BYTES, read_beginning
from tui_reader.formats.input import Input

if TYPE_CHECKING:
    from pathlib import Path

LONG = "灯台は六月まで閉鎖します。\n\n" * 1000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "shift_jis", "euc_jp"])
@pytest.mark.parametrize("joint", ["\n\n", "\n", "\r\n\r\n", ""])
def test_a_beginning_is_what_the_text_begins_with(tmp_path: Path, encoding: str, joint: str) -> None:
    """Whatever the encoding and the ends of lines, no character is cut in two, and most of what is read is kept."""
    path = tmp_path / "long.txt"
    path.write_bytes(joint.join(["灯台は六月まで閉鎖します。"] * 2000).encode(encoding))
    begun = read_beginning(path)
    if begun is None:
        assert encoding == "utf-16" or not joint, "only what cannot be cut is read as a whole"
        return
    content = begun.document.text.content
    assert read(path).text.content.startswith(content)
    assert BEGINNING_BYTES // 2 <= len(content.encode(encoding)) <= BEGINNING_BYTES + 4
    assert not begun.is_whole


@given(st.text(alphabet="aあ漢\n\r 。\u3000é😀", max_size=60), st.integers(4, 100))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_character_is_cut(tmp_path: Path, content: str, most: int) -> None:
    """Wherever the cut falls, what is left is UTF-8, a part of the file, and not too little of it."""
    path = tmp_path / "long.txt"
    path.write_bytes(content.encode())
    kept = replace(Input.of(path), most=most).beginning()
    assert content.startswith(kept.decode())
    assert len(kept) >= min(len(content.encode()), most // 2 - 3)


def test_a_short_document_is_its_own_beginning(tmp_path: Path) -> None:
    """Nothing is read twice where all of it was read."""
    path = tmp_path / "short.ja.txt"
    path.write_text("灯台は六月まで閉鎖します。", encoding="utf-8")
    begun = read_beginning(path)
    assert begun is not None
    assert begun.is_whole
    assert begun.document == read(path)


def test_sources_end_early_too(tmp_path: Path) -> None:
    """A source is as long as the text, and is cut as it is."""
    (tmp_path / "long.ja.txt").write_text(LONG, encoding="utf-8")
    (tmp_path / "long.en.txt").write_text("The lighthouse stays closed until June.\n\n" * 1000, encoding="utf-8")
    begun = read_beginning(tmp_path / "long.ja.txt")
    assert begun is not None
    (source,) = begun.document.sources
    assert 0 < len(source.text) <= BEGINNING_BYTES
    assert source.text.language == "en"


def test_what_a_beginning_cannot_tell_is_read_as_a_whole(tmp_path: Path) -> None:
    """A Japanese text that begins in English is not refused for that; a missing file is refused at once."""
    path = tmp_path / "late.txt"
    path.write_text("This comes first.\n\n" * 1000 + LONG, encoding="utf-8")
    assert read_beginning(path) is None
    with pytest.raises(InputError, match="no such file"):
        read_beginning(tmp_path / "missing")
