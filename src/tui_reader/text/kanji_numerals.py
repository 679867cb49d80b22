"""The value of Japanese numerals: digits, kanji and mixtures of both."""

from __future__ import annotations

import re
from fractions import Fraction

_DIGIT = {numeral: k for k, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_TENTHS = (
    r"[〇一二三四五六七八九]+・[〇一二三四五六七八九]+(?=[万億兆倍度割%]|リットル|トン|[キセミメ][ロンリー]|パーセント)"
)
ATOM = (
    rf"(?:{_TENTHS}|\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d+(?:[.．]\d+)?"
    "|四(?!半期)|[〇零一二三五六七八九十百千万億兆壱弐参])"
)
RUN = rf"{ATOM}(?:\s?{ATOM})*"
"""A pattern of whole numbers."""
_ATOMS = re.compile(rf"[〇一二三四五六七八九]+・[〇一二三四五六七八九]+|{ATOM}")
_ASCII_DIGIT = re.compile("[0-9]")


def is_kanji(shown: str) -> bool:
    """Whether a number is written in kanji alone."""
    return _ASCII_DIGIT.search(shown) is None


def value_of(shown: str) -> Fraction:
    """The value of a number: 1万2千, 二〇一九, 3億5,000万, 二十三."""
    total = section = Fraction(0)
    current: Fraction | None = None
    for atom in _ATOMS.findall(shown):
        if "・" in atom:
            whole, _, tenths = atom.partition("・")
            current = value_of(whole) + value_of(tenths) / 10 ** len(tenths)
        elif atom in _DIGIT:
            current = (current or Fraction(0)) * 10 + _DIGIT[atom]
        elif atom in SMALL:
            section += (Fraction(1) if current is None else current) * SMALL[atom]
            current = None
        elif atom in LARGE:
            total += ((section + (current or 0)) or Fraction(1)) * LARGE[atom]
            section, current = Fraction(0), None
        else:
            current = Fraction(re.sub("[,，]", "", atom).replace("．", "."))
    return total + section + (current or 0)
