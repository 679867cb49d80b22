"""Countries and continents under their English and Japanese names: those of CLDR, and what people say instead."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Span
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_COUNTRY = lexicon(
    "001 GE JO TD ML GU OM TO QO ZZ EU EZ UN AC CP BV IO XA XB HM UM SJ TA DG EA IC ST CC CX NF KI MF"
)
"""Left out: regions that are no place, and names that mean too much else (Georgia, Jordan, Chad, マリ)."""
_CLDR_REGIONS = re.compile(r"\d{3}")


class Place(NamedTuple):
    """A territory named in a text."""

    code: str
    """Of CLDR: ISO 3166 for countries, UN M49 for continents."""
    span: Span


@cache
def _cldr() -> dict[str, tuple[str, str]]:
    """English and Japanese name by code; of the regions the continents only."""
    from babel import Locale  # noqa: PLC0415 - where a name is compared

    english, japanese = Locale("en").territories, Locale("ja").territories
    return {
        code: (
            re.sub(r" SAR China| \(.*\)$", "", name),
            re.sub(r"^中華人民共和国|特別行政区$|\s?[（(].*", "", japanese[code]),
        )
        for code, name in english.items()
        if code in japanese
        and code not in _NO_COUNTRY
        and (not _CLDR_REGIONS.match(code) or code in {"150", "142", "002"})
    }


@cache
def _beside_cldr() -> dict[str, tuple[list[str], list[str]]]:
    """What else each territory is called in English and in Japanese; names in brackets are never reported."""
    lines = files("tui_reader.checks.facts").joinpath("territories.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {code: (english.split("|"), japanese.split("|")) for code, english, japanese in rows}


@cache
def _names(language: str) -> dict[str, tuple[str, ...]]:
    """Names by code, CLDR's first."""
    which = 0 if language == "en" else 1
    return {
        code: (names[which], *(name for name in _beside_cldr().get(code, ([], []))[which] if name))
        for code, names in _cldr().items()
    }


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A pattern of all names that can be told from other words, and the codes of each."""
    codes: dict[str, tuple[str, ...]] = {}
    for code, names in _names(language).items():
        for name in names:
            if (len(name) > 1 or language == "en") and not name.startswith("("):
                codes[name] = (*codes.get(name, ()), code)
    longest_first = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True))
    if language == "en":
        return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)"), codes
    return re.compile(rf"(?<![ァ-ヴー])(?:{longest_first})(?![ァ-ヴー])"), codes


def places(text: str, language: str) -> Iterator[Place]:
    """The territories that a text names; one entry for each that an ambiguous name may mean."""
    pattern, codes = _pattern(language)
    for match in pattern.finditer(text):
        for code in codes[match[0]]:
            yield Place(code, Span(match.start(), match.end()))


_NAMESAKES = {
    "TR": ("七面鳥", "ターキー"),
    "CN": ("陶器", "磁器", "陶磁", "瀬戸物"),
    "JO": ("ジョーダン",),
    "TD": ("チャド",),
}
"""What else an English country may be in Japanese: turkey, china, a man called Jordan or Chad."""


def mentions(text: str, language: str, code: str) -> bool:
    """Whether a text has any name of a territory, be it one kanji or an adjective."""
    names = [name.strip("()") for name in _names(language)[code]]
    if language == "ja":
        return any(name in text for name in (*names, *_NAMESAKES.get(code, ())))
    return any(_english(name).search(text) for name in names)


@cache
def _english(name: str) -> re.Pattern[str]:
    """A name and the adjectives that end in a letter or two more: Kenya, Kenyan; but Niger is not Nigeria."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?:n|i|s|ns|ese|['’]s)?(?!\w)")
