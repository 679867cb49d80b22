"""What is wrong with a file, in the language of the reader.

What reads files speaks English wherever it is asked. Its sentences are known here by their shapes, which are the
messages of a catalogue of their own; what stands in their holes (names, numbers, what a library says) stays what it is.
What no shape fits (formats of other packages) is shown as it was said.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.errors import InputError
from tui_reader.tui.language import CATALOGUES, language, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_reader.errors import TuiReaderError

FOLDER = CATALOGUES / "errors"
_HOLE = re.compile(r"\{(\w+)\}")
_ESCAPED_HOLE = re.compile(r"\\{(\w+)\\}")
_LANGUAGES = frozenset({"Japanese", "English"})


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    translation: str


def told(error: TuiReaderError) -> str:
    """What is wrong and how to mend it, in the language in force; as one line, after the file and its line."""
    if not isinstance(error, InputError) or not _shapes(language()):
        return str(error)
    what = error.place + translated(error.what)
    return tr("{what}; {cure}").format(what=what, cure=translated(error.cure)) if error.cure else what


def translated(sentence: str) -> str:
    """One sentence of an error in the language in force."""
    for shape in _shapes(language()):
        found = shape.pattern.fullmatch(sentence)
        if found:
            return _filled(shape.translation, {name: _word(value) for name, value in found.groupdict().items()})
    return sentence


def _word(value: str) -> str:
    """What stands in a hole; the names of languages are words of the program's own."""
    return translated(value) if value in _LANGUAGES else value


def _filled(translation: str, values: Mapping[str, str]) -> str:
    # Not by `str.format`: some cures show braces.
    return _HOLE.sub(lambda hole: values[hole[1]], translation)


@cache
def _shapes(language: str) -> tuple[_Shape, ...]:
    """The sentences that a catalogue has; of two that fit the one that says more comes first."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return ()
    from polib import pofile  # noqa: PLC0415 - English needs none

    entries = pofile(str(path), encoding="utf-8")
    entries.sort(key=lambda entry: len(_HOLE.sub("", entry.msgid)), reverse=True)
    return tuple(_Shape(_pattern(entry.msgid), entry.msgstr) for entry in entries)


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(_ESCAPED_HOLE.sub(r"(?P<\1>.*?)", re.escape(shape)), re.DOTALL)
