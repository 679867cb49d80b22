"""Units and currencies under their English and Japanese names, with what they measure and how much of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

ORDINAL = "ordinal"
"""What counts places in a row, which is no unit but can be compared with its like: the third, 三番目."""
_TOLERANCE = 0.06
"""Relative difference that rounding a converted quantity makes; where one figure is small, half of its last unit."""


class Unit(NamedTuple):
    """How much of what: 1 mile is 1609.344 of length; a temperature also has a zero of its own."""

    dimension: str
    factor: float
    zero: float = 0.0


_UNITS: dict[str, Unit] = {
    "nm": Unit("length", 1e-9), "micron": Unit("length", 1e-6), "mm": Unit("length", 0.001),
    "cm": Unit("length", 0.01), "m": Unit("length", 1), "km": Unit("length", 1000),
    "inch": Unit("length", 0.0254), "foot": Unit("length", 0.3048), "yard": Unit("length", 0.9144),
    "mile": Unit("length", 1609.344), "nautical mile": Unit("length", 1852), "shaku": Unit("length", 0.303),
    "mg": Unit("mass", 1e-6), "g": Unit("mass", 0.001), "kg": Unit("mass", 1), "ton": Unit("mass", 1000),
    "ounce": Unit("mass", 0.02835), "pound": Unit("mass", 0.4536),
    "ml": Unit("volume", 0.001), "dl": Unit("volume", 0.1), "l": Unit("volume", 1), "kl": Unit("volume", 1000),
    "tablespoon": Unit("volume", 0.015), "teaspoon": Unit("volume", 0.005), "cup": Unit("volume", 0.22),
    "gallon": Unit("volume", 3.785), "pint": Unit("volume", 0.473),
    "celsius": Unit("temperature", 1), "fahrenheit": Unit("temperature", 5 / 9, 32),
    "hectare": Unit("area", 10000), "acre": Unit("area", 4047), "m2": Unit("area", 1), "km2": Unit("area", 1e6),
    "cm2": Unit("area", 1e-4), "square foot": Unit("area", 0.0929), "square mile": Unit("area", 2.59e6),
    "tsubo": Unit("area", 3.306),
    "millisecond": Unit("time", 0.001), "second": Unit("time", 1), "minute": Unit("time", 60),
    "hour": Unit("time", 3600), "day": Unit("time", 86400),
    "week": Unit("time", 604800), "fortnight": Unit("time", 1209600), "month": Unit("time", 2629800),
    "year": Unit("time", 31557600),
    "decade": Unit("time", 315576000), "century": Unit("time", 3155760000),
    "km/h": Unit("speed", 1), "mph": Unit("speed", 1.609), "knot": Unit("speed", 1.852),
    "w": Unit("power", 1), "kw": Unit("power", 1000), "mw": Unit("power", 1e6), "gw": Unit("power", 1e9),
    "kwh": Unit("energy", 1), "mwh": Unit("energy", 1e3), "gwh": Unit("energy", 1e6),
    "hz": Unit("frequency", 1), "khz": Unit("frequency", 1e3), "mhz": Unit("frequency", 1e6),
    "ghz": Unit("frequency", 1e9), "v": Unit("voltage", 1), "kv": Unit("voltage", 1e3),
    "kb": Unit("data", 1), "mb": Unit("data", 1e3), "gb": Unit("data", 1e6), "tb": Unit("data", 1e9),
    "pb": Unit("data", 1e12),
    "dollar": Unit("dollar", 1), "cent": Unit("dollar", 0.01), "yen": Unit("yen", 1), "euro": Unit("euro", 1),
    "pound sterling": Unit("pound sterling", 1), "yuan": Unit("yuan", 1), "won": Unit("won", 1),
    "rupee": Unit("rupee", 1), "ruble": Unit("ruble", 1), "franc": Unit("franc", 1), "percent": Unit("percent", 1),
}  # fmt: skip

# Longer names first where one begins another; a name of several units is left out: キロ, 度, "degrees".
_ENGLISH = {
    "nm": "nanometer nanometre", "micron": "micron micrometer micrometre μm µm",
    "mm": "mm millimeter millimetre", "cm": "cm centimeter centimetre", "m": "m meter metre",
    "km": "km kilometer kilometre", "inch": "inch inches", "foot": "ft foot feet", "yard": "yd yard", "mile": "mile mi",
    "mg": "mg milligram", "g": "g gram gramme", "kg": "kg kilo kilogram", "ton": "ton tonne", "ounce": "oz ounce",
    "pound": "lb lbs pound", "ml": "ml milliliter millilitre", "dl": "dl deciliter decilitre", "l": "liter litre",
    "kl": "kiloliter kilolitre",
    "tablespoon": "tablespoon tablespoonful tbsp", "teaspoon": "teaspoon teaspoonful tsp", "cup": "cup cupful",
    "gallon": "gallon", "pint": "pint",
    "celsius": "°c ℃ celsius centigrade", "fahrenheit": "°f ℉ fahrenheit", "hectare": "hectare ha", "acre": "acre",
    "millisecond": "millisecond msec", "second": "second sec", "minute": "minute min", "hour": "hour hr",
    "day": "day", "week": "week", "fortnight": "fortnight", "month": "month",
    "year": "year yr", "decade": "decade", "century": "century centuries", "km/h": "km/h kph", "mph": "mph",
    "knot": "knot", "w": "w watt", "kw": "kw kilowatt",
    "mw": "mw megawatt", "gw": "gw gigawatt", "kwh": "kwh", "mwh": "mwh", "gwh": "gwh",
    "hz": "hz hertz", "khz": "khz kilohertz", "mhz": "mhz megahertz", "ghz": "ghz gigahertz", "v": "v volt",
    "kv": "kv kilovolt", "kb": "kb kilobyte", "mb": "mb megabyte", "gb": "gb gigabyte",
    "tb": "tb terabyte", "pb": "pb petabyte", "dollar": "dollar usd $", "cent": "cent ¢", "yen": "yen jpy ¥",
    "euro": "euro eur €",
    "pound sterling": "gbp £ quid", "yuan": "yuan rmb renminbi", "won": "won krw ₩",
    "rupee": "rupee",
    "ruble": "ruble rouble",
    "franc": "franc", "percent": "percent % ％",
}  # fmt: skip
_JAPANESE = {
    "nm": "ナノメートル", "micron": "μm µm マイクロメートル ミクロン", "mm": "mm ㎜ ミリメートル",
    "cm": "cm ㎝ センチメートル センチ",
    "km": "km ㎞ キロメートル", "kilo": "キロ",
    "m": "m メートル", "inch": "インチ", "foot": "フィート フート", "yard": "ヤード",
    "nautical mile": "海里", "mile": "マイル", "mg": "mg ミリグラム", "kg": "kg ㎏ キログラム", "g": "g グラム",
    "ton": "トン", "ounce": "オンス", "pound": "ポンド", "ml": "ml ミリリットル", "dl": "dl デシリットル",
    "l": "リットル",
    "kl": "kl キロリットル", "gallon": "ガロン",
    "pint": "パイント", "tablespoon": "テーブルスプーン", "teaspoon": "ティースプーン", "cup": "カップ",
    "celsius": "℃ °c", "fahrenheit": "℉ °f", "hectare": "ヘクタール", "acre": "エーカー", "tsubo": "坪",
    "cm2": "平方センチメートル 平方センチ", "m2": "平方メートル 平米 ㎡", "km2": "平方キロメートル 平方キロ",
    "square mile": "平方マイル",
    "square foot": "平方フィート",
    "millisecond": "ミリ秒", "second": "秒間 秒", "minute": "分間", "hour": "時間", "day": "日間", "week": "週間",
    "century": "世紀",
    "month": "か月 カ月 ヶ月 ヵ月 ケ月 箇月", "year": "年間", "knot": "ノット", "w": "ワット", "kw": "kw キロワット",
    "mw": "mw メガワット", "gw": "gw ギガワット", "kwh": "kwh キロワット時 キロワットアワー", "mwh": "mwh メガワット時",
    "gwh": "gwh ギガワット時", "hz": "hz ヘルツ", "khz": "khz キロヘルツ", "mhz": "mhz メガヘルツ",
    "ghz": "ghz ギガヘルツ",
    "v": "v ボルト", "kv": "kv キロボルト", "kb": "kb キロバイト", "mb": "mb メガバイト", "gb": "gb ギガバイト",
    "tb": "tb テラバイト", "pb": "pb ペタバイト", "dollar": "米ドル ドル", "cent": "セント", "yen": "円 ¥",
    "euro": "ユーロ",
    "pound sterling": "英ポンド", "yuan": "人民元 元", "won": "ウォン", "rupee": "ルピー", "ruble": "ルーブル",
    "franc": "フラン", "percent": "パーセント % ％",
}  # fmt: skip
CURRENCY_SIGNS = {"$": "dollar", "¥": "yen", "€": "euro", "£": "pound sterling", "₩": "won"}
"""Currency by the sign that stands before its numbers."""
_SQUARE = {"cm": "cm2", "m": "m2", "km": "km2", "meter": "m2", "mile": "square mile", "foot": "square foot"}


@cache
def english_names() -> dict[str, str]:
    """Unit by each of its English names, in the singular and lower case; plurals in -s too."""
    names = {name: unit for unit, words in _ENGLISH.items() for name in words.split()}
    return {name + "s": unit for name, unit in names.items() if len(name) > 2} | names


@cache
def japanese_names() -> dict[str, str]:
    """Unit by each of its Japanese names, the longest first."""
    names = {name: unit for unit, words in _JAPANESE.items() for name in words.split()}
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}


def squared(unit: str) -> str:
    """The unit of area that “square” makes of a unit of length, empty where none is known."""
    return _SQUARE.get(unit, "")


def measures_alike(one: str, other: str) -> bool:
    """Whether two units measure the same, be it length or time."""
    if one == other == ORDINAL:
        return True
    if "kilo" in {one, other}:
        return any(
            measures_alike(*(exact if unit == "kilo" else unit for unit in (one, other))) for exact in ("km", "kg")
        )
    return one in _UNITS and other in _UNITS and _UNITS[one].dimension == _UNITS[other].dimension


def is_known(unit: str) -> bool:
    """Whether it can be compared with others."""
    return unit in _UNITS or unit == "kilo"


def converts(one: Fraction, unit: str, other: Fraction, other_unit: str) -> bool:
    """Whether two quantities are the same but for rounding."""
    if "kilo" in {unit, other_unit}:
        return any(
            converts(one, exact if unit == "kilo" else unit, other, exact if other_unit == "kilo" else other_unit)
            for exact in ("km", "kg")
        )
    first, second = _UNITS.get(unit), _UNITS.get(other_unit)
    if first is None or second is None:
        return False
    if {first.dimension, second.dimension} == {"speed", "length"}:
        # 時速85マイル is "85 mph": the hour stands elsewhere.
        return one == other
    if first.dimension != second.dimension:
        return False
    here, there = ((float(v) - u.zero) * u.factor for v, u in ((one, first), (other, second)))
    if unit == other_unit:
        return here == there
    # 9 feet are "3 metres": each may be rounded to a whole unit of its own, but half an hour is not "an hour".
    coarser = min if first.dimension == "time" else max
    slack = max(_TOLERANCE * max(abs(here), abs(there)), 0.5 * coarser(first.factor, second.factor))
    return abs(here - there) <= slack
