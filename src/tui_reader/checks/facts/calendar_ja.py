"""Years of Japanese eras, weekdays and times of day in Japanese."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tui_reader.checks.facts.figures import Figure, Kind, Weight
from tui_reader.checks.facts.kanji_numerals import RUN, is_kanji, value_of
from tui_reader.model import Span

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_WEEKDAYS = {day: k for k, day in enumerate("月火水木金土日")}
_MORNING = frozenset({"午前", "朝", "未明", "早朝"})
_AFTERNOON = frozenset({"午後", "夕方", "夕"})
CALENDAR = rf"""
    (?P<era>(?P<name>明治|大正|昭和|平成|令和)(?P<year>{RUN}|元)年?)
    |(?P<weekday>[月火水木金土日](?=曜)曜日?|(?<=[（(])[月火水木金土日](?=(?:[・、]?祝)?[)）]))
    |(?P<noon>正午|真夜中|零時|深夜零時)
    |(?P<clock>(?:(?P<half>午前|午後|朝|夜|夕方|深夜|未明|昼|早朝|晩|夕)の?\s?)?
       (?:(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?![\d:])
         |(?P<hour>{RUN})時(?!間|代|点|期|速|刻|々|差|計|給|短|効)(?:(?P<thirty>半)|(?P<minute>{RUN})分)?))"""
"""The alternatives of a verbose pattern; the name of each tells `read_calendar` what it is."""


def read_calendar(match: re.Match[str], starts_word: Callable[[int], bool]) -> Figure | None:
    """The figure that a match of `CALENDAR` is, None where it is none after all."""
    span = Span(match.start(), match.end())
    if match["era"]:
        year = Fraction(1) if match["year"] == "元" else value_of(match["year"])
        return Figure(span, (year + _ERAS[match["name"]], year), Kind.YEAR)
    if match["weekday"]:
        return Figure(span, (Fraction(_WEEKDAYS[match[0][0]]),), Kind.WEEKDAY, Weight.WORD)
    if match["noon"]:
        minutes = (720,) if match[0] == "正午" else (0, 1440)
        return Figure(span, tuple(map(Fraction, minutes)), Kind.TIME, Weight.VAGUE)
    return _clock(match, span, starts_word)


def _clock(match: re.Match[str], span: Span, starts_word: Callable[[int], bool]) -> Figure | None:
    """15:30, 午後3時半; 一時 is “for a while”."""
    shown = match["h"] or match["hour"]
    if shown == "一" or (is_kanji(shown) and not starts_word(match.start("hour"))):
        return None
    hour, minute = value_of(shown), value_of(match["m"] or match["minute"] or "0")
    if match["thirty"]:
        minute = Fraction(30)
    if hour > 29 or minute > 59 or hour.denominator > 1:
        return None
    weight = Weight.WORD if is_kanji(shown) else Weight.DIGITS
    return Figure(span, _minutes(int(hour), int(minute), match["half"] or ""), Kind.TIME, weight)


def _minutes(hour: int, minute: int, half: str) -> tuple[Fraction, ...]:
    """Minutes of the day; both halves of it where nothing tells which."""
    if half in _MORNING:
        return (Fraction(hour % 24 % (12 if hour == 12 else 24) * 60 + minute),)
    if half in _AFTERNOON and hour <= 12:
        return (Fraction((hour % 12 + 12) * 60 + minute),)
    first = hour % 24 * 60 + minute
    return (Fraction(first),) if hour > 12 else (Fraction(first), Fraction((first + 720) % 1440))
