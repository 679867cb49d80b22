"""Figures of English texts: digits and spelled-out numbers with their units, dates, times."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING

from tui_reader.checks.facts.calendar_en import read_calendar
from tui_reader.checks.facts.english_tokens import Tokens
from tui_reader.checks.facts.figures import Figure, Kind, Weight
from tui_reader.checks.facts.number_words import SCALES, Reading, is_ordinal, read_words, scaled_by_words
from tui_reader.checks.facts.units import CURRENCY_SIGNS, ORDINAL, english_names, squared
from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALE_LETTERS = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_VULGAR = frozenset("½⅓⅔¼¾⅕⅛")
_WRITTEN_FRACTION = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_RANGE = re.compile(r"\s?(?:to|-|–|—|~|and|or)\s?[$€£¥]?")
_BETWEEN = frozenset({"-", "us", "u", "s", "american"})
"""What may stand between a number and its unit: a ten-mile walk, 20 U.S. dollars."""


def figures(text: str) -> Iterator[Figure]:
    """The figures of an English text, in order; `text` as long as the original, full-width digits folded."""
    tokens = Tokens(text)
    position = 0
    while position < len(tokens):
        made = read_calendar(tokens, position) or _counted(tokens, position)
        if made is None:
            position += 1
        else:
            yield made[0]
            position = made[1]


def _counted(tokens: Tokens, at: int) -> tuple[Figure, int] | None:
    """The number that begins at a token with what it counts, and the token after it."""
    number = _number(tokens, at)
    if number is None:
        return None
    unit, end = _unit(tokens, at, number.end)
    span = Span(tokens[at].start, max(tokens[number.end - 1].end, tokens[end - 1].end))
    values = (*number.values, *_in_a_range(tokens, number))
    if unit == "percent":
        return Figure(span, (values[0] / 100, *values), Kind.PERCENT, number.weight, unit), end
    if not unit and is_ordinal(tokens[number.end - 1].word):
        unit = ORDINAL
    return Figure(span, values, Kind.NUMBER, number.weight, unit), number.end


def _number(tokens: Tokens, at: int) -> Reading | None:
    token = tokens[at]
    if token.kind == "digits":
        return _written_fraction(tokens, at) or _glued(tokens, at) or _digits(tokens, at)
    if token.kind == "time":  # no time of day: a score, minutes and seconds
        return Reading(tuple(map(Fraction, re.split("[:.]", token.word))), at + 1, Weight.VAGUE)
    if token.word in _VULGAR:
        return Reading((_vulgar(token.word),), at + 1, Weight.WORD)
    return read_words(tokens, at) if token.kind == "word" else None


def _value(word: str) -> Fraction:
    return Fraction(word.replace(",", ""))


def _vulgar(sign: str) -> Fraction:
    return Fraction(unicodedata.numeric(sign)).limit_denominator(8)


def _written_fraction(tokens: Tokens, at: int) -> Reading | None:
    """3/4, 1½."""
    if tokens[at + 1].word in _VULGAR:
        return Reading((_value(tokens[at].word) + _vulgar(tokens[at + 1].word),), at + 2, Weight.DIGITS)
    written = _WRITTEN_FRACTION.match(tokens.text, tokens[at].start)
    if written is None or not 0 < int(written[1]) < int(written[2]):
        return None
    return Reading((Fraction(int(written[1]), int(written[2])),), tokens.beyond(written.end(), at), Weight.WORD)


def _glued(tokens: Tokens, at: int) -> Reading | None:
    """Digits with letters right behind them: 21st, 1990s, $5bn, or a name such as 5G."""
    value, letters = _value(tokens[at].word), tokens[at + 1].word
    if not tokens.glued(at + 1) or tokens[at + 1].kind != "word":
        return None
    weight = _weight(tokens, at, value)
    if letters in {"st", "nd", "rd", "th"}:
        return Reading((value,), at + 2, weight)
    if letters == "s":
        return Reading((value, value % 100), at + 2, weight)
    if letters in _SCALE_LETTERS and (letters != "m" or tokens.before(at) in CURRENCY_SIGNS):
        return Reading((value * _SCALE_LETTERS[letters],), at + 2, weight, scaled=True)
    return None if letters in english_names() else Reading((value,), at + 1, Weight.VAGUE)


def _digits(tokens: Tokens, at: int) -> Reading:
    value = _value(tokens[at].word)
    weight = _weight(tokens, at, value)
    number = scaled_by_words(tokens, value, at + 1, weight)
    if tokens.words(number.end, 3) == ["and", "a", "half"]:
        return scaled_by_words(tokens, number.values[0] + Fraction(1, 2), number.end + 3, weight)
    return number


def _weight(tokens: Tokens, at: int, value: Fraction) -> Weight:
    """Digits of a name (G20, COVID-19) say nothing, a bare 1 little."""
    before = tokens.text[max(0, tokens[at].start - 2) : tokens[at].start]
    if before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isalpha()):
        return Weight.VAGUE
    return Weight.WORD if value == 1 else Weight.DIGITS


def _unit(tokens: Tokens, at: int, end: int) -> tuple[str, int]:
    """Unit of a number that ends before token `end`, and the token after both."""
    if tokens.glued(at) and tokens.before(at) in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[tokens.before(at)], end
    position = end
    while tokens[position].word in _BETWEEN or (
        tokens[position].word == "." and tokens[position - 1].word in {"u", "s"}
    ):
        position += 1
    words = tokens.words(position, 3)
    if words[:1] in (["square"], ["sq"]):
        return squared(english_names().get(tokens[position + 1].word, "")), position + 2
    name, length = _unit_name(words)
    unit = english_names().get(name, "")
    if not unit or (len(name) == 1 and name.isalpha() and not tokens.glued(position)):
        return "", end
    return unit, position + length


_WATT_HOURS = {f"{power}watt": f"{letter}wh" for power, letter in (("kilo", "k"), ("mega", "m"), ("giga", "g"))}


def _unit_name(words: list[str]) -> tuple[str, int]:
    """A unit of one to three words, and how many."""
    match words:
        case ["per", "cent", *_]:
            return "percent", 2
        case ["°", scale, *_]:
            return f"°{scale}", 2
        case ["degree" | "degrees", scale, *_]:
            return (scale, 2) if scale in {"celsius", "fahrenheit", "centigrade"} else ("", 0)
        case [power, "hour" | "hours", *_] | [power, "-", "hour" | "hours"] if power in _WATT_HOURS:
            return _WATT_HOURS[power], 3 if words[1] == "-" else 2
        case [word, *_]:
            return word, 1
    return "", 0


def _in_a_range(tokens: Tokens, number: Reading) -> Iterator[Fraction]:
    """In “10 to 12 million” the ten may be millions too."""
    link = _RANGE.match(tokens.text, tokens[number.end - 1].end)
    if number.scaled or link is None:
        return
    second = tokens.beyond(link.end(), number.end)
    if tokens[second].kind == "digits" and tokens[second].start == link.end():
        scale = SCALES.get(tokens[second + 1].word)
        if scale is not None:
            yield number.values[0] * scale
