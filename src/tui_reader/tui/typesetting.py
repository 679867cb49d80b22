"""Lines of the screen from a run of a text: where they break, what hangs, and how their kanji are read."""

from __future__ import annotations

from bisect import bisect_left
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Span
from tui_reader.text import visible, wrap
from tui_reader.text.joining import joined
from tui_reader.tui.language import later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.model import Text
    from tui_reader.settings import ReaderSettings
    from tui_reader.text.readings import Reading

HANG = 2
"""Cells beyond a column in which a full stop or comma may hang."""


class Readings(StrEnum):
    """How the readings of kanji are shown; the values are those of the setting."""

    OFF = "off"
    AFTER = "after"
    """Behind the word, in double angle brackets."""
    ABOVE = "above"
    """In a row of their own above the line."""

    @property
    def following(self) -> Readings:
        """The next one in the cycle of the key ``r``."""
        forms = list(Readings)
        return forms[(forms.index(self) + 1) % len(forms)]


READINGS_WORDS = {
    Readings.OFF: later("no readings of kanji"),
    Readings.AFTER: later("readings behind the words"),
    Readings.ABOVE: later("readings above the words"),
}


class Typesetting(NamedTuple):
    """How texts are set."""

    ambiguous: int = 1
    """Cells of characters of ambiguous width, 1 or 2."""
    hanging: bool = False
    """Whether full stops and commas may hang beyond the column."""
    phrases: bool = False
    """Whether lines of Japanese break where phrases begin."""
    readings: Readings = Readings.OFF

    @property
    def hang(self) -> int:
        """Cells to be kept free beyond each column."""
        return HANG if self.hanging else 0


def chosen_typesetting(settings: ReaderSettings) -> Typesetting:
    """What a person has set; readings come once their dictionary is loaded."""
    return Typesetting(settings.ambiguous_width, settings.hanging == "on", settings.line_breaks == "phrases")


class Line(NamedTuple):
    """One line of one text as it is shown, never with a control character."""

    text: str
    offsets: Sequence[int]
    """For each shown character its offset in the whole text; never falling."""
    ruby: str = ""
    """The row of readings above it, empty where there is none."""

    def clip(self, span: Span) -> tuple[int, int]:
        """The part of the line, in shown characters, that shows `span` of the whole text."""
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)

    @property
    def span(self) -> Span:
        """From the first to the last character of the whole text that the line shows."""
        return Span(self.offsets[0], self.offsets[-1] + 1) if self.offsets else Span(0, 0)


def typeset(text: Text, pieces: Iterator[Span], width: int, how: Typesetting) -> Iterator[Line]:
    """The lines of some blocks of a text.

    Args:
        text: the whole text.
        pieces: the blocks, or parts of them (`BlockIndex.pieces`).
        width: cells of the column.
        how: in what manner.
    """
    japanese = text.language == "ja"
    form = how.readings if japanese else Readings.OFF
    manner = wrap.Manner(how.hanging, how.phrases and japanese)
    for piece in pieces:
        shown, origin = joined(text.content, piece)
        above: list[Reading] = []
        if form is Readings.AFTER:
            shown, origin = _with_readings(shown, origin)
        elif form is Readings.ABOVE:
            above = _readings(shown)
        for span in wrap.wrap(shown, width, None, how.ambiguous, manner):
            line = _line(shown, origin, span)
            own = list(_of_line(above, span))
            yield line._replace(ruby=_ruby(span.of(shown), own, width, how.ambiguous)) if own else line


def _line(text: str, origin: Sequence[int], span: Span) -> Line:
    """A line with hostile characters as visible marks."""
    shown, places = visible.visible_map(span.of(text))
    if len(shown) == span.length:
        return Line(shown, origin[span.start : span.end])
    return Line(shown, [origin[span.start + place] for place in places[:-1]])


def _readings(text: str) -> list[Reading]:
    from tui_reader.text.readings import readings  # noqa: PLC0415 - loads a dictionary

    return list(readings(text))


def _of_line(readings: Sequence[Reading], line: Span) -> Iterator[Reading]:
    """The readings of words that stand in a line, or most of them; their spans count from the line's start."""
    first = bisect_left(readings, line.start, key=_middle)
    for reading in readings[first : bisect_left(readings, line.end, key=_middle)]:
        inside = Span(max(reading.span.start, line.start), min(reading.span.end, line.end))
        yield reading._replace(span=inside.shifted(-line.start))


def _middle(reading: Reading) -> int:
    return (reading.span.start + reading.span.end - 1) // 2


def _ruby(text: str, readings: Sequence[Reading], width: int, ambiguous: int) -> str:
    from tui_reader.text.ruby import ruby_row  # noqa: PLC0415 - only where readings stand above words

    return ruby_row(text, readings, width, ambiguous)


def _with_readings(text: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The same with the reading of every run of kanji behind it, as its last character's own.

    In double angle brackets, as Aozora Bunko and its readers write ruby in plain text.
    """
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for span, kana in _readings(text):
        ruby = f"《{kana}》"
        parts += (text[position : span.end], ruby)
        offsets += origin[position : span.end]
        offsets += [origin[span.end - 1]] * len(ruby)
        position = span.end
    return "".join([*parts, text[position:]]), [*offsets, *origin[position:]]
