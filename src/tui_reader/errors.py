"""The exceptions of the program.

TuiReaderError            anything that a person can mend; a command prints it as one line and exits 2
├── InputError            a file that cannot be read or understood
│   └── LanguageError     a translation of which neither side, or one alone, is Japanese or English
└── SettingsError         a setting that does not exist or cannot have that value
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class TuiReaderError(Exception):
    """Root of the program's errors; its text is one line fit for a person."""


class InputError(TuiReaderError):
    """A file that cannot be read or understood.

    Args:
        what: what is wrong.
        path: the file, where there is one.
        line: its line, from 1.
        cure: how to mend it.
    """

    def __init__(self, what: str, *, path: Path | str | None = None, line: int | None = None, cure: str | None = None):
        place = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(f"{place}{what}" + (f"; {cure}" if cure else ""))
        self.what, self.path, self.line, self.cure = what, path, line, cure
        self.place = place
        """The file and its line as they stand before the rest, empty where there is no file."""


class LanguageError(InputError):
    """A file of translations that are not between Japanese and English."""


class SettingsError(TuiReaderError):
    """A setting that does not exist or cannot have that value."""
