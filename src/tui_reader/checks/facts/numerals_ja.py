"""Figures of Japanese texts: digits of either width, kanji numerals, counters, dates of either calendar, times."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.facts.calendar_ja import CALENDAR, read_calendar
from tui_reader.checks.facts.figures import Figure, Kind, Weight
from tui_reader.checks.facts.units import CURRENCY_SIGNS, ORDINAL, japanese_names
from tui_reader.model import Span
from tui_reader.text.kanji_numerals import LARGE, RUN, SMALL, is_kanji, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HALVES = {"半年": ("year", 6), "半日": ("day", 12), "半時間": ("hour", 30), "半世紀": ("century", 50)}
"""Unit of each half, and how many of the next smaller one it has."""
_HALF = (Fraction(1, 2), Fraction(2))
_NATIVE: dict[str, tuple[Fraction, ...]] = {
    word: (Fraction(number),)
    for number, words in {
        0: "ゼロ", 1: "ひとつ ひとり ワン", 3: "みっつ スリー トリプル", 4: "よっつ 四半期", 5: "いつつ", 6: "むっつ",
        7: "ななつ", 8: "やっつ", 12: "ダース",
        2: "ふたつ ふたり 両方 両者 双方 両氏 両国 双子 倍増 倍 隔週 ツー ダブル ペア コンビ カップル 夫婦 夫妻",
    }.items()
    for word in words.split()
} | dict.fromkeys(("半分", "半数", "半額", "半減"), _HALF) | dict.fromkeys(
    ("末日", "月末"), tuple(map(Fraction, (31, 30, 28, 29)))
)  # fmt: skip
"""Words that may stand beside a number of the other side, but need not be rendered by one."""
_TOKEN = re.compile(
    rf"""(?P<fraction>(?P<below>{RUN})分の(?P<above>{RUN})|\d*[½⅓⅔¼¾])
      | (?P<halved>(?<![前後上下四])半(?:年(?!度)|日|時間|世紀))
      | {CALENDAR}
      | (?P<vague>[数何幾](?=10|[十百千万億兆])(?:10+)?[十百千万億兆]*
                  |{RUN}数(?=[人名年個日カか社万十百千回])[万十百千]*|(?:何|数)(?=人|年|回|日|件))
      | (?P<number>{RUN})
      | (?P<native>{"|".join(sorted(_NATIVE, key=len, reverse=True))})""",
    re.VERBOSE,
)
_COUNTER = re.compile(
    r"\s?(?:[つ人名個本枚年月日時分秒回度倍割歳才番位階台匹頭羽冊件社校条項章節巻話点部隻艘軒戸棟株票室席着足杯粒段級等号組種家曲]"
    r"|[州県市町村国泊食代丁問品字文行列面通輪玉口勝敗対連脚区]|世紀|週|[かカヶヵケ箇](?:月|国|所|年|条)|世|大|キロ|センチ|ミリ"
    r"|メートル|グラム|トン|リットル|円|ドル|ユーロ|ポンド|マイル|フィート|パーセント|%)"
)
_NO_COUNTER = re.compile(r"分に|人称|日中|時的|方|部(?:の人|で|を|が|は|に)|般|緒|気に")
_SET_PHRASE = re.compile(
    r"(?:万人|十分|千万|百科|七五三|万一|一[時度方部層体種面連番定家行杯大等見口目人])(?![\d一-九十百千])"
)
_TENTHS = re.compile(r"割(?:([\d一二三四五六七八九])分(?:([\d一二三四五六七八九])厘)?)?(?!り|合)")
_MINUTES = re.compile("(?<![度割][0-9])分(?![のけ咲野担布析類割])")
"""Minutes, not a share (3分の1), a tenth (37度5分) or how far blossoms are out (五分咲き)."""
_AND_A_HALF = re.compile(r"(年|時間|[かカヶヵケ箇]月|日|段|分|秒|週間|倍|周|杯)半(?!ば|期|分|数)")
_HUNDREDTHS = dict.fromkeys(("m", "second"), re.compile(r"(\d\d)(?![\d.,年月日時分秒人個回位度点着台歳才%])")) | {
    "yen": re.compile(r"(\d{1,2})銭")
}
"""By unit: 8メートル12, 11秒40, 412円30銭."""
_LEFT = re.compile("(?:ほど|程度|近く)?(?:に|へと?|まで)、?(?:減|縮|落|下が|下げ|低下|激減|半減)")
"""What is left when something is reduced to a third, which is *by two-thirds*."""
_SENTENCED = re.compile("(?:懲役|禁[錮固]|拘禁刑)$")
_TERM = re.compile(rf"年({RUN})[かカヶヵケ箇]?月")
"""禁錮1年2月 is fourteen months."""
_DATE = re.compile(r"年(?!間|代|度|生)|月(?!間)|日(?!間)")
_RANGE = re.compile(rf"\s?(?:[〜～~\-–—ー]|から|ないし|か|、)\s?({RUN})")
_SIGN = re.compile(rf"([{''.join(CURRENCY_SIGNS)}])\s?$")
_TEMPERATURE = re.compile(r"(?:(?P<fahrenheit>華氏|カ氏)|(?P<celsius>摂氏|セ氏))(?:マイナス|零下|氷点下|[−-])?約?\s?$")
_ORDINALS = ("番目", "度目", "回目")
_SPOON = re.compile(
    r"(?:(?P<tablespoon>大(?:さじ|匙))|(?P<teaspoon>小(?:さじ|匙))|(?P<cup>(?<![ァ-ヴー])カップ))に?\s?$"
)
_LONGEST_UNIT = 12


class _Counted(NamedTuple):
    """What a number counts."""

    values: tuple[Fraction, ...]
    end: int
    """Where its unit ends."""
    kind: Kind = Kind.NUMBER
    unit: str = ""


def figures(text: str, starts_word: Callable[[int], bool]) -> Iterator[Figure]:
    """The figures of a Japanese text, in order.

    Args:
        text: as long as the original, full-width digits folded.
        starts_word: whether a kanji numeral may begin at an offset: not inside 統一 or 四国.
    """
    reached, era = 0, Fraction(0)
    while (match := _TOKEN.search(text, reached)) is not None:
        figure = _figure(match, text, starts_word)
        reached = match.end() if figure is None else max(match.end(), figure.span.end)
        if figure is not None:
            if match["era"]:
                era = figure.values[0] - figure.values[-1]
            yield _of_era(figure, era)


def _of_era(figure: Figure, era: Fraction) -> Figure:
    """A year that may be one of the era named before (明治5年から9年まで), or of the century (一九七二年から九〇年)."""
    if figure.kind is not Kind.YEAR or len(figure.values) > 1 or figure.value >= 100:
        return figure
    return replace(figure, values=(figure.value, *([figure.value + era] if era else []), figure.value + 1900))


def _figure(match: re.Match[str], text: str, starts_word: Callable[[int], bool]) -> Figure | None:
    if match["vague"]:
        return None
    if match["fraction"]:
        return _fraction(match)
    if match["number"]:
        return _number(match, text, starts_word)
    if match["halved"]:
        unit, smaller = _HALVES[match["halved"]]
        return Figure(Span(*match.span()), (Fraction(1, 2), Fraction(smaller)), Kind.NUMBER, Weight.VAGUE, unit)
    if match["native"]:
        return Figure(Span(*match.span()), _NATIVE[match[0]], Kind.NUMBER, Weight.VAGUE)
    return read_calendar(match, starts_word)


def _fraction(match: re.Match[str]) -> Figure | None:
    """4分の3, 14½."""
    span = Span(*match.span())
    if match["below"] is None:
        part = Fraction(unicodedata.numeric(match[0][-1])).limit_denominator(8)
        return Figure(span, (Fraction(match[0][:-1] or 0) + part,))
    above, below = value_of(match["above"]), value_of(match["below"])
    if above >= below:
        return None
    rest = (1 - above / below,) if _LEFT.match(match.string, span.end) else ()
    return Figure(span, (above / below, *rest), Kind.NUMBER, Weight.WORD)


def _number(match: re.Match[str], text: str, starts_word: Callable[[int], bool]) -> Figure | None:
    shown, (start, end) = match[0], match.span()
    if not shown.strip("万億兆"):
        return None
    if is_kanji(shown) and not (starts_word(start) and _is_numeral(shown, text, start, end)):
        return None
    value = value_of(shown)
    counted = _counted(value, text, start, end)
    values = (*counted.values, *_in_a_range(value, shown, text, end))
    weight = Weight.WORD if values[0] == value + Fraction(1, 2) else _weight(shown, value, text, start)
    return Figure(Span(start, counted.end), values, counted.kind, weight, counted.unit)


def _is_numeral(shown: str, text: str, start: int, end: int) -> bool:
    """Whether kanji count something, and are no part of a word."""
    if _NO_COUNTER.match(text, end):
        return False
    has_scale = len(shown) == 2 and not (SMALL.keys() | LARGE.keys()).isdisjoint(shown)
    return len(shown) > 2 or has_scale or _is_counted(text, start, end)


def _is_counted(text: str, start: int, end: int) -> bool:
    return _COUNTER.match(text, end) is not None or text[start - 1 : start] in {"第", "約", "計"}


def _weight(shown: str, value: Fraction, text: str, start: int) -> Weight:
    if is_kanji(shown):
        return Weight.VAGUE if shown == "一" or _SET_PHRASE.match(text, start) else Weight.WORD
    if _is_in_a_name(text, start, start + len(shown)):
        return Weight.VAGUE
    return Weight.WORD if value == 1 else Weight.DIGITS


def _is_in_a_name(text: str, start: int, end: int) -> bool:
    """Whether digits belong to a name in Latin letters (G20, 5G), and have no unit."""
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    if _is_latin(before[-1:]) or (before[-1:] == "-" and _is_latin(before[:1])):
        return True
    return _is_latin(after) and not _unit(text, end)[0]


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _counted(value: Fraction, text: str, start: int, end: int) -> _Counted:
    """What stands behind a number, be it a part of a date, tenths or a unit."""
    behind = end + (text[end : end + 1] == " ")
    term = _TERM.match(text, behind) if _SENTENCED.search(text, max(0, start - 4), start) else None
    if term:
        months = value_of(term[1])
        return _Counted((value * 12 + months, value, months), term.end())
    dated = _DATE.match(text, behind)
    if dated and value.denominator == 1:
        kind = {"年": Kind.YEAR, "月": Kind.MONTH, "日": Kind.DAY}[dated[0]]
        if not text.startswith("半", dated.end()) or text.startswith("半ば", dated.end()):
            unit = "year" if kind is Kind.YEAR and value < 1000 else ""
            return _Counted((value,), dated.end(), kind, unit)
    return _in_parts(value, text, behind) or _with_unit(value, text, start, end, behind)


def _in_parts(value: Fraction, text: str, behind: int) -> _Counted | None:
    """3割5分, 2年半, 1990年代."""
    tenths = _TENTHS.match(text, behind)
    if tenths:
        percent = value * 10 + sum(value_of(part) / 10**k for k, part in enumerate(tenths.groups()) if part)
        return _Counted((percent / 100, percent, value), tenths.end(), Kind.PERCENT, "percent")
    half = _AND_A_HALF.match(text, behind)
    if half:
        unit = {"年": "year", "時間": "hour"}.get(half[1], "month" if half[1].endswith("月") else "")
        longer = value + Fraction(1, 2)
        return _Counted((longer, longer * {"year": 12, "hour": 60}.get(unit, 1)), half.end(), unit=unit)
    if text.startswith("年代", behind):
        return _Counted((value, value % 100), behind + 2)
    return None


def _with_unit(value: Fraction, text: str, start: int, end: int, behind: int) -> _Counted:
    spoon = _SPOON.search(text, max(0, start - 4), start)
    if spoon:
        return _Counted((value,), end, unit=spoon.lastgroup or "")
    unit, length = _unit(text, behind)
    if not unit and text.startswith("度", behind):
        scale = _TEMPERATURE.search(text, max(0, start - 8), start)
        unit, length = (scale.lastgroup or "", 1) if scale else ("", 0)
    if not unit:
        sign = _SIGN.search(text, max(0, start - 2), start)
        return _Counted((value,), end, unit=CURRENCY_SIGNS[sign[1]] if sign else "")
    if unit == "percent":
        return _Counted((value / 100, value), behind + length, Kind.PERCENT, unit)
    hundredths = _HUNDREDTHS[unit].match(text, behind + length) if unit in _HUNDREDTHS else None
    if hundredths:
        return _Counted((value + Fraction(int(hundredths[1]), 100), value), hundredths.end(), unit=unit)
    return _Counted((value, value * 7) if unit == "week" else (value,), behind + length, unit=unit)


def _unit(text: str, at: int) -> tuple[str, int]:
    """Name and length of the unit at an offset, empty and 0 where there is none."""
    rest = text[at : at + _LONGEST_UNIT].lower()
    for name, unit in japanese_names().items():
        cut_off = _is_latin(name[-1]) and _is_latin(rest[len(name) : len(name) + 1])
        if rest.startswith(name) and not cut_off:
            return unit, len(name)
    if _MINUTES.match(text, at):
        return "minute", 1
    if rest.startswith(_ORDINALS):
        return ORDINAL, 2
    return ("week", 1) if rest.startswith("週") else ("", 0)


def _in_a_range(value: Fraction, shown: str, text: str, end: int) -> Iterator[Fraction]:
    """In 150〜200万 the 150 may be ten thousands too."""
    second = _RANGE.match(text, end)
    scale = re.search("[万億兆]+$", second[1]) if second else None
    if scale and LARGE.keys().isdisjoint(shown):
        for numeral in scale[0]:
            value *= LARGE[numeral]
        yield value
