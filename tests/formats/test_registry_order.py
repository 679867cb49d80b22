"""Finding the format of a file."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tui_reader.formats.registry import formats

if TYPE_CHECKING:
    from pathlib import Path


def test_no_two_formats_claim_one_suffix() -> None:
    """The order in which formats are asked for a suffix makes no odds."""
    claimed = Counter(suffix for known in formats() for suffix in known.suffixes)
    assert [suffix for suffix, count in claimed.items() if count > 1] == []


@pytest.mark.parametrize("name", ["a.ja.txt", "a.ja.md"])
def test_a_text_is_opened_without_what_reads_catalogues(tmp_path: Path, name: str) -> None:
    """Opening an English and a Japanese text imports neither other formats nor statistics of languages."""
    (tmp_path / name).write_text("灯台は夏まで閉鎖されます。\n", encoding="utf-8")
    english = "The lighthouse is closed, and the people of the town say that they would like to see it when it opens. "
    (tmp_path / name.replace(".ja.", ".en.")).write_text(english * 10, encoding="utf-8")
    opened = (
        "import sys; from pathlib import Path; from tui_reader.formats import read; "
        "assert read(Path(sys.argv[1])).sources; "
        "print(*(name for name in ('tui_reader.formats.xliff', 'tui_reader.formats.epub', 'langdetect') "
        "if name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", opened, tmp_path / name], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
