"""Where English sentences end.

A full stop, question mark or exclamation mark ends a sentence before white space, together with the quotation marks,
brackets and emoji behind it, unless it belongs to an abbreviation, an initial, a number or a list mark. Informal
text without capitals is split too ("i'm sad. he's right.").
"""

from __future__ import annotations

import re

from tui_reader.text.layout import LIST_MARK
from tui_reader.text.lexicon import lexicon

_TITLES = lexicon(
    "mr mrs ms dr drs prof gen sen rep gov pres capt lt col maj sgt cpl cmdr adm rev fr hon st mt ft det insp supt",
    "messrs mme mlle",
)
_BEFORE_NUMBER = lexicon("no nos fig figs eq sec sect ch chap vol art pp p par para ex ver op")
_NEVER_LAST = lexicon("e.g i.e eg ie vs v cf viz approx ca al resp incl esp aka a.k.a")
_MAY_BE_LAST = lexicon(
    "inc ltd co corp llc plc bros jr sr etc a.m p.m am pm est dept univ assn ave blvd rd jan feb mar apr jun jul aug",
    "sep sept oct nov dec mon tue wed thu fri sat sun ph.d m.d b.a m.a b.sc m.sc d.c u.s u.k u.n e.u u.s.a",
)
_NAME_ENDINGS = lexicon("ltd inc llc plc jr sr")
# Words that begin sentences and hardly ever a name: after "U.S." or "Inc." they tell a new sentence from the old one.
_STARTERS = lexicon(
    "a an the this that these those it its he she they we you i his her their our your my there here in on at by for",
    "from with without within of to as if when while where who what why how which and but or so yet nor because since",
    "although though after before during until unless however moreover furthermore meanwhile then thus therefore also",
    "still now today yesterday tomorrow not no yes some many most all both each every any one two three is are was",
    "were do does did has have had can could will would should may might must let please more less another other",
    "according despite instead perhaps maybe first second third finally it's he's she's that's there's i'm we're",
    "they're you're i've we've don't isn't let's",
)
EMOJI = "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u200d\ufe0f\u20e3]"
"""A character that emoji are made of, as part of a regular expression."""

_STOP = re.compile(
    rf"""(?:[.!?…‥]+|。|！|？)
        (?:[)\]}}"'”’»]|\[\d{{1,3}}\])*                     # what closes behind it
        (?=\s|$|{EMOJI})
        (?:[ \t]*(?::[a-z][a-z0-9_+-]*:|{EMOJI})+)*   # emoji""",
    re.VERBOSE,
)
_TOKEN = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef(\[{\"“”‘«—–/]*$")
_NEXT = re.compile(r"[\s\"'“‘(\[{«¿¡*_]*")
_ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,3}(?:said|says|asked|asks|added|adds|replied|answered|called|cried|shouted|whispered"
    r"|exclaimed|yelled|wrote|wondered|explained|told)\b"
)
_NEXT_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_ITEM_NUMBER = re.compile(r"\s*\d{1,2}")
_LETTER = re.compile(r"[^\W\d_]")
_CLOSERS = frozenset(")]\"'”’»}")
_ASKED_OR_CALLED = frozenset("!?！？")
_MARKS = re.compile("[.!?…‥。！？]*")
_LONGEST_PARENTHESIS = 400
_LONGEST_SENTENCE = 600
_LONGEST_WORD = 100


def sentence_ends(text: str) -> list[int]:
    """Offsets behind the last character of each sentence of a text whose newlines are mere white space."""
    mark = LIST_MARK.match(text)
    start = mark.end() if mark else 0
    asides = _asides(text)
    ends: list[int] = []
    for match in _STOP.finditer(text):
        # A number alone is the mark of the next item of a list in running text: "1. Open it. 2. Look."
        numbers_item = _ITEM_NUMBER.fullmatch(text, start, match.start()) and match[0] == "."
        if match.start() < start or asides[match.start()] or numbers_item:
            continue
        if ends_here(text, match.start(), match.end()):
            start = match.end()
            ends.append(start)
    return ends


def ends_here(text: str, stop: int, end: int) -> bool:
    """Whether the terminator at `stop`, with its closers up to `end`, ends a sentence."""
    following = past(_NEXT, text, end)
    if following >= len(text):
        return True
    word = _NEXT_WORD.match(text, following)
    next_word = word[0] if word else text[following]
    marks = text[stop : past(_MARKS, text, stop)]
    closed = not _CLOSERS.isdisjoint(text[stop + len(marks) : end])
    if marks == ".":
        return _full_stop_ends(text, stop, next_word, closed)
    if not _ASKED_OR_CALLED.isdisjoint(marks):
        # "Really?" he asked. "Stop!" Ann Lee called. Yahoo! is a company. But: omg! that's great
        if closed and _ATTRIBUTION.match(text, following):
            return False
        return not next_word[0].islower() or (not closed and _is_informal(text, stop))
    return not next_word[0].islower() and next_word.partition("'")[0].partition("’")[0] != "I"  # an ellipsis


def _full_stop_ends(text: str, stop: int, next_word: str, closed: bool) -> bool:
    token = _TOKEN.search(text, max(0, stop - 30), stop)
    word = token[0] if token else ""
    plain = word.lower().strip("'’.,;:")
    if closed:
        return not next_word[0].islower()
    titled = plain in _TITLES and word[:1].isupper()
    if titled or plain in _NEVER_LAST or next_word.lower() in _NAME_ENDINGS:
        return False
    if plain in _BEFORE_NUMBER and (next_word[0].isdigit() or plain in {"p", "pp"}):
        return False
    if word == "I":
        return next_word[0].isupper() or _is_informal(text, stop)  # It was I. He knew. But: Franz I. of Austria
    if _is_initial(word) or _is_dotted(word) or _may_be_last(word, plain):
        return next_word[0].isupper() and next_word.lower().replace("’", "'") in _STARTERS
    return True


def breaks_off(line: str, following: str) -> bool:
    """Whether a line of text stops where no sentence does: after a title (*the Rev.*), say, whose name comes next.

    Args:
        line: the line.
        following: the line after it.
    """
    # The start of a long line decides nothing.
    start = line.rstrip()[-_LONGEST_SENTENCE:]
    text = f"{start} {following.lstrip()[:_LONGEST_WORD]}"
    for match in _STOP.finditer(text):
        if match.end() == len(start):
            return text[match.start() : past(_MARKS, text, match.start())] == "." and not ends_here(text, *match.span())
    return False


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _may_be_last(word: str, plain: str) -> bool:
    """Whether a word is an abbreviation that sentences may end with; "sat", "co" and "mar" in small letters are not."""
    return plain in _MAY_BE_LAST and (word[:1].isupper() or plain in {"etc", "am", "pm"})


def _is_dotted(word: str) -> bool:
    """Whether a word is letters and stops in turn, such as U.S or a.m (its last stop is the one in question)."""
    return re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word) is not None


def _is_informal(text: str, stop: int) -> bool:
    """Whether the sentence that ends at `stop` began without a capital letter."""
    # A window, because looking back over a long text again and again would be quadratic.
    window = text[max(0, stop - _LONGEST_SENTENCE) : stop]
    begin = max(window.rfind(mark) for mark in (". ", "! ", "? ", "\n"))
    letter = _LETTER.search(window, begin + 1)
    return letter is not None and letter[0].islower()


def _asides(text: str) -> bytearray:
    """1 for each offset inside brackets that were opened in the middle of a sentence."""
    inside = bytearray(len(text) + 1)
    opened: list[int] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match[0] in "([":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            before = text[max(0, start - 3) : start].rstrip()
            if before and before[-1] not in ".!?" and match.start() - start <= _LONGEST_PARENTHESIS:
                inside[start : match.start()] = b"\1" * (match.start() - start)
    return inside


def past(pattern: re.Pattern[str], text: str, index: int) -> int:
    """Where a pattern that may match nothing stops matching from `index` on."""
    match = pattern.match(text, index)
    return match.end() if match else index
