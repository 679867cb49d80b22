"""Lines of evaluation data: JSON objects that know where they stand, so that whatever is wrong in one is named."""

from __future__ import annotations

import json
import re
import reprlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.formats.input import Input
from tui_reader.formats.lines import numbered_lines
from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 1e300
"""What no measured number reaches."""


@dataclass(frozen=True, slots=True)
class Line:
    """One object of a file.

    Attributes:
        path: the file.
        place: its line, from 1.
        values: what the object holds.
    """

    path: Path
    place: int
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the line calls itself, else its place."""
        return str(self.values.get("id", self.place))

    def fault(self, what: str, cure: str) -> InputError:
        """The error that this line is."""
        return InputError(what, path=self.path, line=self.place, cure=cure)

    def wrong(self, key: str, value: object, cure: str) -> InputError:
        """The error that the value of a key is, or that there is none."""
        return self.fault(f"{key} is {reprlib.repr(value)}" if key in self.values else f"it has no {key!r}", cure)

    def text(self, key: str, default: str | None = None) -> str:
        """A text, which must be there unless there is a default."""
        value = self.values.get(key, default)
        if not _is_text(value):
            raise self.wrong(key, value, f"write {key} as a text")
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(map(_is_text, value)):
            raise self.wrong(key, value, f"write {key} as a list of texts")
        return tuple(value)

    def named_texts(self, key: str) -> dict[str, str]:
        """Texts by their names."""
        value = self.values.get(key)
        if not isinstance(value, dict) or not all(map(_is_text, value.values())):
            raise self.wrong(key, value, f"write {key} as texts by their names")
        return value

    def real(self, key: str) -> float:
        """A number."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST:
            raise self.wrong(key, value, f"write {key} as a number")
        return float(value)

    def truth(self, key: str) -> bool:
        """Yes or no, also as 1 or 0."""
        value = self.values.get(key)
        if not isinstance(value, int) or value not in {0, 1}:
            raise self.wrong(key, value, f"write {key} as true or false, 1 or 0")
        return bool(value)

    def spans(self, key: str, found: object, length: int) -> tuple[Span, ...]:
        """Spans inside a text of so many characters.

        Args:
            key: where they stand, for the message.
            found: what stands there.
            length: of the text.
        """
        return tuple(self._span(key, pair, length) for pair in self.listed(key, found))

    def listed(self, key: str, found: object) -> list[Any]:
        """A list of anything.

        Args:
            key: where it stands, for the message.
            found: what stands there.
        """
        if not isinstance(found, list):
            raise self.wrong(key, found, f"write {key} as a list")
        return found

    def _span(self, key: str, pair: object, length: int) -> Span:
        match pair:
            case [int(start), int(end)] if 0 <= start < end <= length:
                return Span(start, end)
        raise self.fault(f"{reprlib.repr(pair)} in {key} is no span of its text", "write [start, end], half-open")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not _LONE_SURROGATE.search(value)


def is_lines(path: Path) -> bool:
    """Whether a file begins as JSON objects do."""
    first = next((line for _, line in numbered_lines(Input.of(path)) if line.strip()), "{")
    return first.lstrip().startswith("{")


def read_lines(path: Path) -> list[Line]:
    """The objects of a file, at least one.

    Raises:
        InputError: missing or unreadable, no line, or one that is no object.
    """
    found = list(_lines(path))
    if not found:
        raise InputError("there is no line in this file", path=path, cure="write an object a line")
    return found


def _lines(path: Path) -> Iterator[Line]:
    for place, written in numbered_lines(Input.of(path)):
        if not written.strip():
            continue
        try:
            values = json.loads(written)
        except (ValueError, RecursionError) as error:
            why = f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else "too much"
            raise InputError(
                f"this line is not JSON: {why}", path=path, line=place, cure="write an object a line"
            ) from error
        if not isinstance(values, dict):
            raise InputError("this line is no JSON object", path=path, line=place, cure="write {…} on each line")
        yield Line(path, place, values)
