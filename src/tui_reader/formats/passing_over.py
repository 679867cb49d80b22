"""What bilingual formats share: which languages stand against each other, and what is passed over."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui_reader.errors import LanguageError

if TYPE_CHECKING:
    from tui_reader.formats.input import Input

_OTHER = {"en": "ja", "ja": "en"}
_THREE_LETTERS = {"eng": "en", "jpn": "ja"}


class Passed:
    """Counts what is passed over on purpose, by reason."""

    def __init__(self, file: Input) -> None:
        self._file = file
        self._counts: Counter[str] = Counter()

    def count(self, reason: str, number: int = 1) -> None:
        """So many more."""
        self._counts[reason] += number

    def close(self) -> None:
        """Say how many there were."""
        counts = ", ".join(f"{count} {reason}" for reason, count in sorted(self._counts.items()) if count)
        if counts:
            self._file.listener.remark(f"{self._file.name}: passed over entries: {counts}")


def language_of(code: str) -> str:
    """``ja`` from ``ja-JP`` and ``jpn``; empty for nothing."""
    found = code.strip().lower().replace("_", "-").partition("-")[0]
    return _THREE_LETTERS.get(found, found)


def direction(source: str, target: str, file: Input, line: int) -> tuple[str, str]:
    """Source and target language where a file says one of them, both or none.

    Raises:
        LanguageError: they are not Japanese and English.
    """
    one, other = language_of(source), language_of(target)
    found = (one or _OTHER.get(other, "en"), other or _OTHER.get(one, "ja"))
    if set(found) != set(_OTHER):
        what = f"this is a translation from {found[0]!r} to {found[1]!r}; what can be checked is Japanese and English"
        raise LanguageError(what, path=file.name, line=line)
    return found
