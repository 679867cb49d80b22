"""Which language a text is in: by its script where that tells, by langdetect where it does not.

langdetect alone takes 安全性 for Korean and "OpenAI" for Dutch, hence the order:

1. Kana, unless they are a few words quoted in a text of Latin letters: Japanese.
2. Hangul in the majority: Korean.
3. Han characters without kana: Japanese (a heading, a name, a caption), unless one of them is a form that no
   Japanese character set has (简体), or the text is long and full of Chinese function words: Chinese.
4. A line of Latin letters too short for statistics, with a word that only English has ("with", "they"): English.
   So is a longer text in which every twelfth word is one of those, and five different ones are (in English prose it
   is every ninth).
5. Anything else: langdetect with a fixed seed, and ``und`` where letters are too few for it to know.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

UNDETERMINED = "und"
"""The ISO 639 code of a language that could not be told."""

_KANA = re.compile("[ぁ-ゖァ-ヺｦ-ﾝ]")
# Sets of so many characters take long to compile, and most texts are told by their kana, or have only Latin letters.
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_HANGUL = "[\uac00-\ud7a3\u1100-\u11ff]"
_FIRST_BEYOND_EUROPE = "\u1100"
_LETTER = re.compile(r"[^\W\d_]")
_NO_LANGUAGE = re.compile(r"https?://\S+|\S+@\S+\.\S+|[@#]\w+|[^\W\d_]*\d\w*")
_CHINESE_WORDS = re.compile("[的是在了不我這們他她也就很吧嗎呢沒說]")
_ENGLISH_WORD = re.compile(
    r"\b(?:the|you|with|this|that|they|their|would|which|from|what|there|were|been|because|should|could|about|when"
    r"|my|are|your|(?:he|she|it|that|let)['’]s|i['’]m|(?:we|you|they)['’]re|\w+n['’]t)\b",
    re.IGNORECASE,
)
# A word of Latin script is about three letters where a Japanese one is one character.
_LETTERS_PER_CHARACTER = 3
_FEWEST_LETTERS = 20
_FEW_LETTERS = 60  # up to here langdetect takes "fjords" for Norwegian
_LATIN_WORD = re.compile("[a-zà-öø-ÿ'’]+", re.IGNORECASE)
_FEWEST_WORDS, _ENGLISH_SHARE = 60, 1 / 12
_FEWEST_KINDS = 5  # Afrikaans has "my", and anybody quotes "the end"
_SAMPLE = 1500
_SURE = 0.7
_BEGINNING = 300
"""Characters of a text that are looked at where only Japanese and English are in question."""


def detect(content: str) -> str:
    """ISO 639-1 code of the language of `content`, or ``und``. Long texts are judged by three samples."""
    return _detect(_sampled(content))


def is_in_japanese_script(content: str) -> bool:
    """Whether the beginning of a text is mostly kana and kanji: quick, and enough to tell Japanese from English."""
    beginning = content[:_BEGINNING]
    if beginning.isascii():
        return False
    japanese = len(_KANA.findall(beginning)) + len(re.findall(_HAN, beginning))
    return japanese > 0 and japanese * (_LETTERS_PER_CHARACTER + 1) >= len(_LETTER.findall(beginning))


def _sampled(content: str) -> str:
    if len(content) <= 3 * _SAMPLE:
        return content
    middle = (len(content) - _SAMPLE) // 2
    return "\n".join((content[:_SAMPLE], content[middle : middle + _SAMPLE], content[-_SAMPLE:]))


@lru_cache(maxsize=1024)
def _detect(sample: str) -> str:
    letters = _LETTER.findall(sample)
    kana, han, hangul = len(_KANA.findall(sample)), 0, 0
    if kana * 2 > len(letters):
        return "ja"
    if letters and max(letters) >= _FIRST_BEYOND_EUROPE:
        han, hangul = (len(re.findall(script, sample)) for script in (_HAN, _HANGUL))
    others = len(letters) - kana - han - hangul
    if (kana + han) * _LETTERS_PER_CHARACTER >= others and kana + han > hangul:
        return "ja" if kana else _han_only(sample, han)
    if hangul * _LETTERS_PER_CHARACTER >= others and hangul:
        return "ko"
    return _by_langdetect(_NO_LANGUAGE.sub(" ", sample))


def _han_only(sample: str, han: int) -> str:
    """Japanese or Chinese, for a text whose letters are Han characters without any kana."""
    if any(_simplified(character) for character in set(re.findall(_HAN, sample))):
        return "zh"
    function_words = len(re.findall(_CHINESE_WORDS, sample))
    return "zh" if han >= 10 and function_words >= max(2, han // 12) else "ja"


def _simplified(character: str) -> bool:
    """Whether the form exists in mainland China's basic set and in none of Japan's, old or new."""
    return _encodes(character, "gb2312") and not _encodes(character, "euc_jis_2004")


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _by_langdetect(sample: str) -> str:
    letters = len(_LETTER.findall(sample))
    if letters < _FEW_LETTERS and sample.replace("’", "'").isascii() and _ENGLISH_WORD.search(sample):
        return "en"
    if letters < _FEWEST_LETTERS:
        return UNDETERMINED
    if _is_plainly_english(sample):
        # langdetect loads the statistics of 55 languages first, which takes as long as the toolkit of the reader.
        return "en"
    langdetect = _langdetect()
    try:
        best = langdetect.detect_langs(sample)[0]
    except langdetect.LangDetectException:
        return UNDETERMINED
    return str(best.lang).partition("-")[0] if best.prob >= _SURE else UNDETERMINED


def _is_plainly_english(sample: str) -> bool:
    """Whether words that only English has are as frequent as in English prose."""
    words = len(_LATIN_WORD.findall(sample))
    english = [word.lower() for word in _ENGLISH_WORD.findall(sample)]
    enough = words >= _FEWEST_WORDS and len(english) >= words * _ENGLISH_SHARE
    return enough and len(set(english)) >= _FEWEST_KINDS


def _langdetect() -> ModuleType:
    """The library, seeded: without a seed it gives the same text now one language, now another."""
    import langdetect  # noqa: PLC0415

    langdetect.DetectorFactory.seed = 0
    module: ModuleType = langdetect
    return module
