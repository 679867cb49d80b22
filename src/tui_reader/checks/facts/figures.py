"""Numbers, dates and times as values, whatever script and words they are written in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from tui_reader.checks.facts.units import converts, is_known

if TYPE_CHECKING:
    from fractions import Fraction

    from tui_reader.model import Span


class Kind(StrEnum):
    """What a figure counts or names."""

    NUMBER = "number"
    PERCENT = "percent"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    WEEKDAY = "weekday"
    TIME = "time"
    """In minutes of a day."""

    @property
    def is_date(self) -> bool:
        """Whether it belongs to a date or a time of day."""
        return self not in {Kind.NUMBER, Kind.PERCENT}


class Weight(IntEnum):
    """How much a figure says about the other side."""

    VAGUE = 0
    """“one”, “both”, “half”, “decade”, 一: may stand for another's counterpart, but nobody need render it."""
    WORD = 1
    """“three”, 三つ, 1."""
    DIGITS = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, a part of a date or a time of day.

    Attributes:
        span: in the text it was found in.
        values: what it may mean, the likeliest first: 平成31年 is 2019 or 31, “30 percent” 3/10 or 30.
        kind: what it counts.
        weight: how much it says.
        unit: name of its unit or currency, empty where there is none.
    """

    span: Span
    values: tuple[Fraction, ...]
    kind: Kind = Kind.NUMBER
    weight: Weight = Weight.DIGITS
    unit: str = ""

    @property
    def value(self) -> Fraction:
        """The likeliest value."""
        return self.values[0]


_OF_DATES = {Kind.YEAR, Kind.MONTH, Kind.DAY}
_POUNDS = {"pound", "pound sterling"}
"""The word alone may be a weight or money."""


def equal(one: Figure, other: Figure) -> bool:
    """Whether two figures may say the same."""
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and (Kind.WEEKDAY in kinds or kinds <= _OF_DATES):
        return False
    if Kind.TIME in kinds and len(kinds) > 1:
        time, number = (one, other) if one.kind is Kind.TIME else (other, one)
        return number.kind is Kind.NUMBER and any(_is_hour(value, number.values) for value in time.values)
    if set(one.values) & set(other.values):
        return True
    return bool(one.unit and other.unit) and converts(one.value, one.unit, other.value, other.unit)


def units_clash(one: Figure, other: Figure) -> bool:
    """Whether two figures of the same value count different things, as far as their units tell."""
    if not (one.unit and other.unit) or one.unit == other.unit or {one.unit, other.unit} == _POUNDS:
        return False
    if not (is_known(one.unit) and is_known(other.unit)):
        return False
    return not converts(one.value, one.unit, other.value, other.unit)


def _is_hour(minutes: Fraction, values: tuple[Fraction, ...]) -> bool:
    hour, minute = minutes // 60 % 24, minutes % 60
    said = {hour, hour % 12, hour % 12 or 12, minute, hour + minute / 100, hour % 12 + minute / 100}
    return not said.isdisjoint(values)
