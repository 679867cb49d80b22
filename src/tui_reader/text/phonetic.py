"""How a word sounds, roughly: enough to recognise ミケルソン as Mickelson.

Japanese writes foreign names by ear in katakana. Both scripts are reduced to the consonants that survive the trip:
vowels and doubled letters go, l is r, v is b, th is s, and so on.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ROWS = {
    "": "アイウエオァィゥェォー",
    "k": "カキクケコヵヶ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "z": "ザズゼゾ",
    "j": "ジヂ",
    "t": "タテト",
    "ts": "ツ",
    "ch": "チ",
    "d": "ダヅデド",
    "n": "ナニヌネノン",
    "h": "ハヒヘホ",
    "f": "フ",
    "b": "バビブベボヴ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "y": "ヤユヨャュョ",
    "r": "ラリルレロ",
    "w": "ワヲヮ",
}
_CONSONANT = {kana: consonant for consonant, row in _ROWS.items() for kana in row}
# In this order: letters that Japanese cannot tell apart, or that are not sounded.
_LATIN = (
    (r"ough|igh", "o"), (r"tion|sion", "shn"), (r"sch|sh|ch|tch|ti(?=[ao])", "s"), (r"ph", "f"), (r"th", "s"),
    (r"ck|qu|q|k|c(?=[^eiy]|$)|ch(?=r)", "k"), (r"c", "s"), (r"x", "ks"), (r"l", "r"), (r"v", "b"), (r"j|dg|z", "z"),
    (r"wr", "r"), (r"kn", "n"), (r"(?<=[aeiou])r(?![aeiou])", ""), (r"gh", ""), (r"m(?=[pb])", "n"),
)  # fmt: skip
_KATAKANA_SOUND = ((r"ch|sh|s", "s"), (r"ts", "ts"), (r"j|z", "z"), (r"y|w|h", ""), (r"m(?=[pb])", "n"))
_KATAKANA = re.compile("[ァ-ヴー・]+")


def is_katakana(word: str) -> bool:
    """Whether a word is written in katakana only."""
    return bool(_KATAKANA.fullmatch(unicodedata.normalize("NFKC", word)))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a word in Latin letters or katakana, folded as described above; often empty for others."""
    folded = unicodedata.normalize("NFKC", word)
    if is_katakana(folded):
        # ッ and ー only lengthen.
        sounds = "".join(_CONSONANT.get(kana, "") for kana in folded if kana != "ッ")
        return _folded(sounds, _KATAKANA_SOUND)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded.casefold()) if "a" <= c <= "z")
    return _folded(re.sub(r"[yhw]", "", re.sub(r"[aeiou]", "", _folded(plain, _LATIN))), ())


def _folded(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, replacement in rules:
        word = re.sub(pattern, replacement, word)
    return re.sub(r"(.)\1+", r"\1", word)
