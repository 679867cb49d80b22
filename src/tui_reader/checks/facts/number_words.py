"""English numbers in words: twenty-three, a hundred and five, two and a half million, three quarters, the third."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.facts.figures import Weight
from tui_reader.checks.facts.units import english_names
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from tui_reader.checks.facts.english_tokens import Tokens


def numbered(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Words of a running text and their numbers, counted from `first` in steps."""
    return {word: first + step * k for k, word in enumerate(words.split())}


ONES = numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_ORDINALS = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth",
    1,
) | numbered("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth", 20, 10)
_DECADES = numbered("twenties thirties forties fifties sixties seventies eighties nineties", 20, 10)
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_LARGE = {word: scale for word, scale in SCALES.items() if scale > 100}
_FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
}  # fmt: skip
_VAGUE: dict[str, tuple[Fraction, ...]] = {
    word: tuple(map(Fraction, values.split(",")))
    for values, words in {
        "2": "both pair pairs couple twice double doubled doubling doubles twin twins duo dual",
        "3": "triple tripled trio thrice triplets", "4": "quadruple quartet", "12,10": "dozen", "10": "decade decades",
        "14,2": "fortnight", "7,1": "week", "20": "score", "0": "no nil none",
        "100": "century centuries hundreds",
        "1000": "thousands", "1000000": "millions", "1000000000": "billions",
        "10,13": "teens teenage teenager teenagers", "3,4": "quarterly", "6": "semiannual", "2,6": "biannual",
        "1": "once single sole a an per each every daily another alone only individual annual hourly yearly monthly "
        "weekly solo",
    }.items()
    for word in words.split()
} | {
    "half": (Fraction(1, 2), Fraction(2), Fraction(30)),
    "halved": (Fraction(1, 2), Fraction(2)),
    "quarter": (Fraction(1, 4), Fraction(15), Fraction(3), Fraction(4)),
    "quarters": (Fraction(1, 4), Fraction(15), Fraction(3), Fraction(4)),
}  # fmt: skip
"""Words that may stand beside a number of the other side, but need not be rendered by one."""
_HALVES = {"minute": 30, "hour": 30, "day": 12, "year": 6, "decade": 5, "century": 50}
"""How many of the next smaller unit the half of one has."""
_BEFORE_A_SCALE = lexicon("every each first last next per")
"""What makes a scale word alone a number: every hundred grams."""
_UNCOUNTED = lexicon("several few many some")
_IDIOMS = re.compile(
    r"\b(?:one another|one of the|one day|one by one|at one point|no one|for one thing|one thing|on the one hand|"
    r"second(?:ly)?[- ](?:hand|thoughts?|nature)|(?:on|at|for|in) seconds?|firstly|secondly|second only|"
    r"at sixes and sevens|cloud nine|(?<=the )ones?|(?<=this )one|(?<=that )one|(?<=which )one|(?<=each )one|"
    r"(?<=every )one|one['’]s)\b",
    re.IGNORECASE,
)
_ROMAN = re.compile("(?!I$)X{0,3}(?:IX|IV|V?I{0,3})")
_A_HALF = ["and", "a", "half"]


class Reading(NamedTuple):
    """A number read from some tokens."""

    values: tuple[Fraction, ...]
    end: int
    """Index of the first token after it."""
    weight: Weight
    scaled: bool = False
    """Whether hundreds, thousands or more are spelled out in it."""


class _Part(NamedTuple):
    value: int
    end: int
    ordinal: bool = False
    scaled: bool = False


def is_ordinal(word: str) -> bool:
    """Whether a word in lower case counts places in a row: third."""
    return word in _ORDINALS


def read_words(tokens: Tokens, at: int) -> Reading | None:
    """The number that begins at a word, None where none does."""
    token = tokens[at]
    if _IDIOMS.match(tokens.text, token.start):
        return None
    roman = _ROMAN.fullmatch(tokens.text, token.start, token.end)
    if roman and roman[0]:
        return Reading((Fraction(_roman(roman[0])),), at + 1, Weight.VAGUE)
    if token.word in _DECADES:
        decade = _DECADES[token.word]
        return Reading((Fraction(decade), Fraction(1900 + decade)), at + 1, Weight.WORD)
    fraction = _one_fraction(tokens, at) or _one_and_a_half(tokens, at) or _half_a(tokens, at) or _a_dozen(tokens, at)
    if fraction is not None:
        return fraction
    part = _cardinal(tokens, at) or _fold(tokens, at)
    if part is None:
        return Reading(_VAGUE[token.word], at + 1, Weight.VAGUE) if token.word in _VAGUE else None
    return _fraction_of(tokens, part) or _completed(tokens, part)


def _cardinal(tokens: Tokens, at: int) -> _Part | None:
    """Millions, thousands and what is below, each before its scale word."""
    total, end, section = 0, at, _section(tokens, at)
    if section is None or (tokens[at - 1].word in _UNCOUNTED and tokens[at].word in SCALES):
        return None
    scaled = section.scaled
    while section is not None:
        last = section.end + (tokens[section.end].word == "-")
        scale = _LARGE.get(tokens[last].word)
        if scale is None or section.ordinal:
            return _Part(total + section.value, section.end, section.ordinal, scaled)
        total, end, scaled = total + section.value * scale, last + 1, True
        section = _section(tokens, end + (tokens[end].word == "and"))
    return _Part(total, end, scaled=scaled)


def _fold(tokens: Tokens, at: int) -> _Part | None:
    """Fivefold."""
    times = ONES.get(tokens[at].word.removesuffix("fold"), 0) if tokens[at].word.endswith("fold") else 0
    return _Part(times, at + 1) if times > 1 else None


def _section(tokens: Tokens, at: int) -> _Part | None:
    """A number below a thousand, or so many hundred."""
    part = _small(tokens, at)
    if part is None and tokens[at].word in {"a", "an"} and tokens[at + 1].word in SCALES:
        part = _Part(1, at + 1)
    if part is None and tokens[at].word in SCALES and tokens[at - 1].word in _BEFORE_A_SCALE:
        part = _Part(1, at)
    if part is None or part.ordinal or tokens[part.end].word != "hundred":
        return part
    end = part.end + 1
    rest = _small(tokens, end + (tokens[end].word == "and"))
    if rest is None:
        return _Part(part.value * 100, end, scaled=True)
    return _Part(part.value * 100 + rest.value, rest.end, rest.ordinal, scaled=True)


def _small(tokens: Tokens, at: int) -> _Part | None:
    """A number below a hundred."""
    word = tokens[at].word
    if word in ONES:
        return _Part(ONES[word], at + 1)
    if word in _ORDINALS:
        return _Part(_ORDINALS[word], at + 1, ordinal=True)
    if word not in TENS:
        return None
    last = at + 2 if tokens[at + 1].word == "-" else at + 1
    following = tokens[last].word
    for words, ordinal in ((ONES, False), (_ORDINALS, True)):
        if 0 < words.get(following, 0) < 10:
            return _Part(TENS[word] + words[following], last + 1, ordinal)
    return _Part(TENS[word], at + 1)


def _one_fraction(tokens: Tokens, at: int) -> Reading | None:
    """A third, one-fifth; “a third attempt” is more likely the ordinal."""
    word = tokens[at].word
    last = at + 2 if tokens[at + 1].word == "-" else at + 1
    if word in {"a", "one"} and tokens[last].word == "quarter" and tokens[last + 3].word in SCALES:
        return _part_of(tokens, Fraction(1, 4), last + 1)
    denominator = _FRACTIONS.get(tokens[last].word, 2)
    if word not in {"a", "one"} or denominator == 2 or tokens[last].word in {"quarter", "quarters"}:
        return None
    is_ordinal = word == "a" and tokens[last + 1].word not in {"of", "the", ".", ",", "in", "less", "more", "to"}
    values = (Fraction(denominator), Fraction(1, denominator))
    if is_ordinal:
        return Reading(values, last + 1, Weight.VAGUE)
    return Reading(values[::-1], last + 1, Weight.WORD)


def _one_and_a_half(tokens: Tokens, at: int) -> Reading | None:
    """A year and a half, also in months; an hour and a half, also in minutes."""
    unit = english_names().get(tokens[at + 1].word, "")
    if tokens[at].word not in {"a", "an", "one"} or not unit or tokens.words(at + 2, 3) != _A_HALF:
        return None
    smaller = {"year": 18, "hour": 90, "minute": 90, "day": 36}.get(unit)
    values = (Fraction(3, 2), *([Fraction(smaller)] if smaller else []))
    return Reading(values, at + 5, Weight.WORD)


def _half_a(tokens: Tokens, at: int) -> Reading | None:
    """Half a million, half an hour, half-year."""
    if tokens[at].word != "half" or tokens[at + 1].word not in {"a", "an", "-"}:
        return None
    scale, smaller = SCALES.get(tokens[at + 2].word), _HALVES.get(english_names().get(tokens[at + 2].word, ""))
    if smaller is not None:
        return Reading((Fraction(1, 2), Fraction(smaller)), at + 2, Weight.VAGUE)
    if scale is None:
        return None
    return Reading((Fraction(scale, 2),), at + 3, Weight.WORD, scaled=True)


def _a_dozen(tokens: Tokens, at: int) -> Reading | None:
    """A dozen is twelve or some ten, half a dozen six or five; a dozen or so leaves it open."""
    for words, values in ((["a", "dozen"], (12, 10)), (["half", "a", "dozen"], (6, 5))):
        end = at + len(words)
        if tokens.words(at, len(words)) == words and tokens[end].word not in {"or", "times", "different", "ways"}:
            return Reading(tuple(map(Fraction, values)), end, Weight.WORD)
    return None


def _fraction_of(tokens: Tokens, part: _Part) -> Reading | None:
    """Two-thirds, three quarters, nine tenths."""
    last = part.end + 1 if tokens[part.end].word == "-" else part.end
    word = tokens[last].word
    denominator = _FRACTIONS.get(word, 0)
    if not 0 < part.value < denominator or not word.endswith("s"):
        return None
    return _part_of(tokens, Fraction(part.value, denominator), last + 1)


def _part_of(tokens: Tokens, value: Fraction, end: int) -> Reading:
    """A fraction, of a million or of an hour too."""
    following = tokens.words(end, 3)
    if following[:2] in (["of", "a"], ["of", "one"]) and following[2] in SCALES:
        return Reading((value * SCALES[following[2]],), end + 3, Weight.WORD, scaled=True)
    in_minutes = [value * 60] if following == ["of", "an", "hour"] else []
    return Reading((value, *in_minutes), end, Weight.WORD)


def _completed(tokens: Tokens, part: _Part) -> Reading:
    """A number in words with its half, its decimals, its dozens or the rest of its year."""
    if tokens.words(part.end, 3) == _A_HALF:
        return scaled_by_words(tokens, Fraction(part.value) + Fraction(1, 2), part.end + 3, Weight.WORD)
    if tokens[part.end].word == "point" and tokens[part.end + 1].word in ONES:
        value = part.value + Fraction(ONES[tokens[part.end + 1].word], 10)
        return scaled_by_words(tokens, value, part.end + 2, Weight.WORD)
    if tokens[part.end].word == "dozen":
        return Reading((Fraction(part.value * 12),), part.end + 1, Weight.WORD)
    if tokens[part.end].word == "decades":
        return Reading((Fraction(part.value * 10), Fraction(part.value)), part.end + 1, Weight.WORD)
    year = _small(tokens, part.end) if 10 <= part.value <= 20 and tokens[part.end].word in TENS else None
    if year is not None:
        return Reading((Fraction(part.value * 100 + year.value),), year.end, Weight.WORD)
    is_vague = part.value <= 1 or (part.ordinal and part.value == 2)
    values = (Fraction(part.value), *([Fraction(1, part.value)] if part.ordinal and 2 < part.value <= 10 else []))
    return Reading(values, part.end, Weight.VAGUE if is_vague else Weight.WORD, part.scaled)


def scaled_by_words(tokens: Tokens, value: Fraction, end: int, weight: Weight) -> Reading:
    """A number with the hundreds and millions that follow it, a hyphen before them or not."""
    scaled = False
    while (scale := SCALES.get(tokens[end + (tokens[end].word == "-")].word)) is not None:
        end += 1 + (tokens[end].word == "-")
        value, scaled = value * scale, True
    return Reading((value,), end, weight, scaled)


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
