"""Months, weekdays, Japanese eras and times of day in English."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from tui_reader.checks.facts.figures import Figure, Kind, Weight
from tui_reader.checks.facts.number_words import ONES, TENS, numbered
from tui_reader.model import Span
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from tui_reader.checks.facts.english_tokens import Token, Tokens

_MONTHS = numbered("january february march april may june july august september october november december", 1)
_SHORT_MONTHS = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = numbered("monday tuesday wednesday thursday friday saturday sunday")
_SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6
}  # fmt: skip
_ERAS = {"meiji": 1867, "taisho": 1911, "taishō": 1911, "showa": 1925, "shōwa": 1925, "heisei": 1988, "reiwa": 2018}
_BEFORE_A_MONTH = lexicon("st nd rd th of in")
_AROUND_A_MONTH = lexicon("this last next every each early late mid since until during rainiest wettest record")
"""What tells the month May from the verb, with superlatives: the coldest May."""
_HALF_OF_DAY = re.compile(
    r"\s*(?P<clock>o['’]?clock)?\s*(?:in the (?P<part>morning|afternoon|evening)|(?P<half>[ap])\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_PAST = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20}

Read = tuple[Figure, int]
"""A figure and the first token after it."""


def read_calendar(tokens: Tokens, at: int) -> Read | None:
    """What is a name of the calendar or a time of day, None where a token begins neither."""
    token = tokens[at]
    if tokens.text[token.start].isupper():
        named = _weekday(tokens, at) or _month(tokens, at) or _era(tokens, at)
        if named is not None:
            return named
    if token.word in {"noon", "midday", "midnight"}:
        minutes = (0, 1440) if token.word == "midnight" else (720,)
        return Figure(tokens.span(at, at + 1), tuple(map(Fraction, minutes)), Kind.TIME, Weight.VAGUE), at + 1
    return _past(tokens, at) or _clock(tokens, at)


def _weekday(tokens: Tokens, at: int) -> Read | None:
    word = tokens[at].word
    day = _WEEKDAYS.get(word, _WEEKDAYS.get(word.removesuffix("s")))
    if day is None and tokens[at + 1].word in {".", ","}:
        day = _SHORT_WEEKDAYS.get(word)
    if day is None:
        return None
    return Figure(tokens.span(at, at + 1), (Fraction(day),), Kind.WEEKDAY, Weight.WORD), at + 1


def _month(tokens: Tokens, at: int) -> Read | None:
    """A month by name; May, March and the short ones only beside a number."""
    word = tokens[at].word
    month = _MONTHS.get(word, _SHORT_MONTHS.get(word))
    if month is None:
        return None
    following = tokens[at + 2 if tokens[at + 1].word == "." else at + 1]
    before = tokens[at - 2 if tokens[at - 1].word == "-" else at - 1].word
    dated = following.kind == "digits" or before[:1].isdecimal() or before in _BEFORE_A_MONTH
    told = before in _AROUND_A_MONTH or before.endswith("est")
    if not dated and ((word in {"may", "march"} and not told) or word not in _MONTHS):
        return None
    weight = Weight.DIGITS if dated else Weight.WORD
    return Figure(tokens.span(at, at + 1), (Fraction(month),), Kind.MONTH, weight), at + 1


def _era(tokens: Tokens, at: int) -> Read | None:
    """Heisei 31."""
    following = tokens[at + 1].word
    if tokens[at].word not in _ERAS or not following.isdecimal():
        return None
    year = Fraction(int(following))
    return Figure(tokens.span(at, at + 2), (year + _ERAS[tokens[at].word], year), Kind.YEAR), at + 2


def _past(tokens: Tokens, at: int) -> Read | None:
    """Half past three, quarter to five."""
    minute, link, hour = (tokens[at + k].word for k in range(3))
    hours = ONES.get(hour, int(hour) if hour.isdecimal() else 0)
    if minute not in _PAST or link not in {"past", "to"} or not 0 < hours <= 12 or (minute, link) == ("half", "to"):
        return None
    if link == "to" and tokens[at - 1].word in {"from", "between"}:
        return None
    total = hours * 60 + (_PAST[minute] if link == "past" else -_PAST[minute])
    return Figure(tokens.span(at, at + 3), _either_half(total), Kind.TIME, Weight.WORD), at + 3


def _clock(tokens: Tokens, at: int) -> Read | None:
    """3:30, 3 p.m., ten o'clock, 6 in the evening."""
    token = tokens[at]
    said = _HALF_OF_DAY.match(tokens.text, token.end)
    hour, minute = _hour_and_minute(token)
    if said is None or hour > 24 or minute > 59 or not (token.kind == "time" or said[0].strip()):
        return None
    end = token.end + len(said[0].rstrip())
    half = (said["half"] or {"morning": "a"}.get((said["part"] or "").lower(), "p" if said["part"] else "")).lower()
    weight = Weight.WORD if token.kind == "word" else Weight.DIGITS
    return Figure(Span(token.start, end), _minutes(hour, minute, half), Kind.TIME, weight), tokens.beyond(end, at + 1)


def _hour_and_minute(token: Token) -> tuple[int, int]:
    """99 hours where a token is no hour."""
    if token.kind == "time":
        hour, minute, *_ = map(int, re.split("[:.]", token.word))
        return hour, minute
    if token.kind == "digits":
        return (int(token.word), 0) if token.word.isdecimal() else (99, 0)
    return ONES.get(token.word, TENS.get(token.word, 99)), 0


def _minutes(hour: int, minute: int, half: str) -> tuple[Fraction, ...]:
    """Minutes of the day; both halves of it where nothing tells which."""
    if half:
        return (Fraction((hour % 12 + (12 if half == "p" else 0)) * 60 + minute),)
    if hour > 12 or hour == 0:
        return (Fraction(hour % 24 * 60 + minute),)
    return _either_half(hour * 60 + minute)


def _either_half(minutes: int) -> tuple[Fraction, ...]:
    return tuple(Fraction((minutes + shift) % 1440) for shift in (0, 720))
