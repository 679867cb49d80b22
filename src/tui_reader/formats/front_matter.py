"""YAML front matter: what a text says about itself before it begins."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from tui_reader.errors import InputError

_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n|\r|\n)(.*?)^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.DOTALL | re.MULTILINE
)


PASSAGE_KEYS = ("source", "lines", "source_lines")
"""What a marked passage says about itself."""


class FrontMatter(NamedTuple):
    """The keys that are understood; all others are passed over."""

    id: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    """ISO 639-1."""
    sources: tuple[str, ...] = ()
    """Paths of files or folders, relative to the file that names them."""
    passages: tuple[dict[str, Any], ...] = ()
    """Quotations that a person has marked, see `marked_passages`."""
    end: int = 0
    """Offset of the first character after the front matter."""


def parse_front_matter(content: str, name: str, *, strict: bool) -> FrontMatter:
    """What stands between the two ``---`` lines at the head of a text.

    Args:
        content: the whole text.
        name: how a message calls its file.
        strict: whether a block that is no YAML mapping is an error; otherwise it is part of the text.

    Raises:
        InputError: the block is no YAML mapping, or a known key has an impossible value.
    """
    match = _FRONT_MATTER.match(content)
    if match is None:
        return FrontMatter()
    found = _mapping(match[1], name, strict)
    if found is None:
        return FrontMatter()
    return FrontMatter(
        **{key: _scalar(found, key, name) for key in ("id", "title", "author", "date", "url")},
        language=language_code(found.get("language"), name),
        sources=_paths(found.get("sources"), name),
        passages=_passages(found.get("passages"), name),
        end=match.end(),
    )


def language_code(value: Any, name: str) -> str | None:
    """ISO 639-1 code from ``ja``, ``JA`` or ``ja-JP``; None for None.

    Raises:
        InputError: it is no language code.
    """
    if value is None:
        return None
    code = str(value).lower().partition("-")[0].partition("_")[0]
    if not (code.isascii() and code.isalpha() and len(code) in {2, 3}):
        raise InputError(f"language {value!r} is no ISO 639-1 code", path=name, cure="write ja or en")
    return code


def _mapping(block: str, name: str, strict: bool) -> dict[str, Any] | None:
    import yaml  # noqa: PLC0415 - texts without front matter do not pay for it

    try:
        found = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if not strict:
            return None
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise InputError(f"bad front matter: {what}", path=name, line=mark.line + 2 if mark else 1) from error
    if isinstance(found, dict):
        return found
    if strict and found is not None:
        raise InputError("bad front matter: it holds no keys", path=name, line=1, cure="write it as key: value lines")
    return {} if found is None else None


def _scalar(found: dict[str, Any], key: str, name: str) -> str | None:
    value = found.get(key)
    if isinstance(value, list | dict):
        raise InputError(f"bad front matter: {key} must be one value", path=name)
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def _paths(value: Any, name: str) -> tuple[str, ...]:
    paths = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(path, str) for path in paths):
        raise InputError("bad front matter: sources must be a list of files", path=name)
    return tuple(paths)


def _passages(value: Any, name: str) -> tuple[dict[str, Any], ...]:
    entries = [] if value is None else value
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        cure = "write each as - {source: ID, lines: 14-22, source_lines: 3-9}"
        raise InputError("bad front matter: passages must be a list of mappings", path=name, cure=cure)
    for entry in entries:
        for key in entry:
            if key not in PASSAGE_KEYS:
                raise InputError(
                    f"bad front matter: unknown key {key!r} in passages",
                    path=name,
                    cure=f"use {', '.join(PASSAGE_KEYS)}",
                )
    return tuple(entries)
