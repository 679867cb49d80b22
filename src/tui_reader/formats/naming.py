"""Pairs of texts that lie side by side and say their language by their names.

The name of a file (``x.ja.md`` and ``x.en.md``, ``x_ja.md`` and ``x_en.md``; one of the two may be ``x.md``) or
of a folder above it (``ja/x.md`` and ``en/x.md``) tells which text translates which.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODES = {"ja": ("ja", "ja-JP", "ja_JP", "jp", "jpn"), "en": ("en", "en-US", "en_US", "en-GB", "en_GB", "eng")}
_LANGUAGE = {code.lower(): language for language, codes in _CODES.items() for code in codes}
_OTHER = {"ja": "en", "en": "ja"}
_MARK = re.compile(rf"(?P<stem>.+?)(?P<join>[._-])(?P<code>{'|'.join(map(re.escape, _LANGUAGE))})", re.IGNORECASE)


def language_of_name(path: Path) -> str | None:
    """``ja`` or ``en`` where the name of a file, else of the nearest folder above it, says so."""
    mark = _MARK.fullmatch(path.stem)
    if mark:
        return _LANGUAGE[mark["code"].lower()]
    above = [_LANGUAGE[part.lower()] for part in path.parts[:-1] if part.lower() in _LANGUAGE]
    return above[-1] if above else None


def counterpart(path: Path) -> Path | None:
    """The text in the other language that lies beside a text; None where there is none, or its name says nothing."""
    return next((found for found in _candidates(path) if found != path and found.is_file()), None)


def _candidates(path: Path) -> Iterator[Path]:
    for other in _with_other_folder(path):
        yield from _with_other_name(other)
    yield from _with_other_name(path)
    yield from _with_other_folder(path)


def _with_other_name(path: Path) -> Iterator[Path]:
    mark = _MARK.fullmatch(path.stem)
    if mark is None:
        for code in (*_CODES["ja"], *_CODES["en"]):
            yield path.with_name(f"{path.stem}.{code}{path.suffix}")
        return
    language = _LANGUAGE[mark["code"].lower()]
    for code in _CODES[_OTHER[language]]:
        yield path.with_name(f"{mark['stem']}{mark['join']}{code}{path.suffix}")
    if mark["join"] == ".":
        yield path.with_name(f"{mark['stem']}{path.suffix}")


def _with_other_folder(path: Path) -> Iterator[Path]:
    """The nearest folder that is named after a language exchanged for one named after the other."""
    parts = path.parts
    for index in reversed(range(len(parts) - 1)):
        language = _LANGUAGE.get(parts[index].lower())
        if language:
            for code in _CODES[_OTHER[language]]:
                yield Path(*parts[:index], code, *parts[index + 1 :])
            return
