"""Years of Japanese eras, weekdays and times of day in Japanese."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from tui_reader.checks.facts.figures import Figure, Kind, Weight
from tui_reader.model import Span
from tui_reader.text.kanji_numerals import RUN, is_kanji, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_OLD_ERAS = {
    name: int(year) - 1
    for name, year in re.findall(
        r"(\S\S)(\d{4})",
        "保元1156 平治1159 永暦1160 応保1161 長寛1163 永万1165 仁安1166 嘉応1169 承安1171 安元1175 治承1177 "
        "養和1181 寿永1182 元暦1184 文治1185 建久1190 正治1199 建仁1201 元久1204 建永1206 承元1207 建暦1211 "
        "建保1213 承久1219 貞応1222 元仁1224 嘉禄1225 安貞1227 寛喜1229 貞永1232 天福1233 文暦1234 嘉禎1235 "
        "暦仁1238 延応1239 仁治1240 寛元1243 宝治1247 建長1249 康元1256 正嘉1257 正元1259 文応1260 弘長1261 "
        "文永1264 建治1275 弘安1278 正応1288 永仁1293 正安1299 乾元1302 嘉元1303 徳治1306 延慶1308 応長1311 "
        "正和1312 文保1317 元応1319 元亨1321 正中1324 嘉暦1326 元徳1329 元弘1331 正慶1332 建武1334 延元1336 暦応1338 "
        "興国1340 康永1342 貞和1345 正平1346 観応1350 文和1352 延文1356 康安1361 貞治1362 応安1368 建徳1370 "
        "文中1372 天授1375 永和1375 康暦1379 弘和1381 永徳1381 元中1384 至徳1384 嘉慶1387 康応1389 明徳1390 "
        "応永1394 正長1428 永享1429 嘉吉1441 文安1444 宝徳1449 享徳1452 康正1455 長禄1457 寛正1460 文正1466 "
        "応仁1467 文明1469 長享1487 延徳1489 明応1492 文亀1501 永正1504 大永1521 享禄1528 天文1532 弘治1555 "
        "永禄1558 元亀1570 天正1573 文禄1592 慶長1596 元和1615 寛永1624 正保1644 慶安1648 承応1652 明暦1655 "
        "万治1658 寛文1661 延宝1673 天和1681 貞享1684 元禄1688 宝永1704 正徳1711 享保1716 元文1736 寛保1741 "
        "延享1744 寛延1748 宝暦1751 明和1764 安永1772 天明1781 寛政1789 享和1801 文化1804 文政1818 天保1830 "
        "弘化1844 嘉永1848 安政1854 万延1860 文久1861 元治1864 慶応1865",
    )
}
"""The year before the first of each era from 1156 on; their names are words of their own without 年 behind a number."""
_BEGINNINGS = _ERAS | _OLD_ERAS
_WEEKDAYS = {day: k for k, day in enumerate("月火水木金土日")}
_MORNING = frozenset({"午前", "朝", "未明", "早朝"})
_AFTERNOON = frozenset({"午後", "夕方", "夕"})
CALENDAR = rf"""
    (?P<era>(?P<name>(?:{"|".join(_ERAS)})(?=(?:{RUN}|元))|(?:{"|".join(_OLD_ERAS)})(?=(?:{RUN}|元)年))(?P<year>{RUN}|元)年?)
    |(?P<weekday>[月火水木金土日](?=曜)曜日?|(?<=[（(])[月火水木金土日](?=(?:[・、]?祝)?[)）]))
    |(?P<noon>正午|真夜中|零時|深夜零時)
    |(?P<clock>(?:(?P<half>午前|午後|朝|夜|夕方|深夜|未明|昼|早朝|晩|夕)の?\s?)?
       (?:(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?![\d:])
         |(?P<hour>{RUN})時(?!間|代|点|期|速|刻|々|差|計|給|短|効)(?:(?P<thirty>半)|(?P<minute>{RUN})分(?P<to>前)?)?))"""
"""The alternatives of a verbose pattern; the name of each tells `read_calendar` what it is."""


def read_calendar(match: re.Match[str], starts_word: Callable[[int], bool]) -> Figure | None:
    """The figure that a match of `CALENDAR` is, None where it is none after all."""
    span = Span(match.start(), match.end())
    if match["era"]:
        year = Fraction(1) if match["year"] == "元" else value_of(match["year"])
        return Figure(span, (year + _BEGINNINGS[match["name"]], year), Kind.YEAR)
    if match["weekday"]:
        return Figure(span, (Fraction(_WEEKDAYS[match[0][0]]),), Kind.WEEKDAY, Weight.WORD)
    if match["noon"]:
        minutes = (720,) if match[0] == "正午" else (0, 1440)
        return Figure(span, tuple(map(Fraction, minutes)), Kind.TIME, Weight.VAGUE)
    return _clock(match, span, starts_word)


def _clock(match: re.Match[str], span: Span, starts_word: Callable[[int], bool]) -> Figure | None:
    """15:30, 午後3時半, 4時10分前; 一時 is “for a while”."""
    shown = match["h"] or match["hour"]
    if shown == "一" or (is_kanji(shown) and not starts_word(match.start("hour"))):
        return None
    hour, minute = value_of(shown), value_of(match["m"] or match["minute"] or "0")
    if match["thirty"]:
        minute = Fraction(30)
    if hour > 29 or minute > 59 or hour.denominator > 1:
        return None
    weight = Weight.WORD if is_kanji(shown) else Weight.DIGITS
    said = int(hour) * 60 + int(minute) * (-1 if match["to"] else 1)
    return Figure(span, _minutes(*divmod(said, 60), match["half"] or ""), Kind.TIME, weight)


def _minutes(hour: int, minute: int, half: str) -> tuple[Fraction, ...]:
    """Minutes of the day; both halves of it where nothing tells which."""
    if half in _MORNING:
        return (Fraction(hour % 24 % (12 if hour == 12 else 24) * 60 + minute),)
    if half in _AFTERNOON and hour <= 12:
        return (Fraction((hour % 12 + 12) * 60 + minute),)
    first = hour % 24 * 60 + minute
    return (Fraction(first),) if hour > 12 else (Fraction(first), Fraction((first + 720) % 1440))
