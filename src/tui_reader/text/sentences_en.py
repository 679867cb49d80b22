"""Where English sentences end.

A full stop, question mark or exclamation mark ends a sentence before white space, together with the quotation marks,
brackets and emoji behind it, unless it belongs to an abbreviation, an initial, a number or a list mark. Informal
text without capitals is split too ("i'm sad. he's right.").
"""

from __future__ import annotations

import re

from tui_reader.text.layout import LIST_MARK

_TITLES = frozenset(
    "mr mrs ms dr prof gen sen rep gov pres capt lt col maj sgt cpl cmdr adm rev fr hon st mt ft messrs mme mlle".split()
)
_BEFORE_NUMBER = frozenset("no nos fig figs eq sec sect ch chap vol art pp p par para ex ver op".split())
_NEVER_LAST = frozenset("e.g i.e eg ie vs v cf viz approx ca al resp incl esp aka a.k.a".split())
_MAY_BE_LAST = frozenset(
    "inc ltd co corp llc plc bros jr sr etc a.m p.m am pm est dept univ assn ave blvd rd jan feb mar apr jun jul aug "
    "sep sept oct nov dec mon tue wed thu fri sat sun ph.d m.d b.a m.a b.sc m.sc d.c u.s u.k u.n e.u u.s.a".split()
)
# Words that begin sentences and hardly ever a name: after "U.S." or "Inc." they tell a new sentence from the old one.
_STARTERS = frozenset(
    "a an the this that these those it its he she they we you i his her their our your my there here in on at by for "
    "from with without within of to as if when while where who what why how which and but or so yet nor because since "
    "although though after before during until unless however moreover furthermore meanwhile then thus therefore also "
    "still now today yesterday tomorrow not no yes some many most all both each every any one two three is are was "
    "were do does did has have had can could will would should may might must let please more less another other "
    "according despite instead perhaps maybe first second third finally it's he's she's that's there's i'm we're "
    "they're you're i've we've don't isn't let's".split()
)
_STOP = re.compile(
    r"""(?:[.!?…‥]+|。|！|？)
        (?:[)\]}"'”’»]|\[\d{1,3}\])*                     # what closes behind it
        (?=\s|$)
        (?:[ \t]*(?::[a-z][a-z0-9_+-]*:|[\u2190-\u2bff\U0001f000-\U0001faff\u200d\ufe0f\u20e3])+)*   # emoji""",
    re.VERBOSE,
)
_TOKEN = re.compile(r"[^\s(\[{\"“”‘«—–/]*$")
_NEXT = re.compile(r"[\s\"'“‘(\[{«¿¡*_]*")
_NEXT_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_LONGEST_PARENTHESIS = 400


def sentence_ends(text: str) -> list[int]:
    """Offsets behind the last character of each sentence of a text whose newlines are mere white space."""
    mark = LIST_MARK.match(text)
    first = mark.end() if mark else 0
    asides = _asides(text)
    ends: list[int] = []
    for match in _STOP.finditer(text):
        if match.start() >= first and not asides[match.start()] and ends_here(text, match.start(), match.end()):
            ends.append(match.end())
    return ends


def ends_here(text: str, stop: int, end: int) -> bool:
    """Whether the terminator at `stop`, with its closers up to `end`, ends a sentence."""
    following = _NEXT.match(text, end).end()  # type: ignore[union-attr]
    if following >= len(text):
        return True
    word = _NEXT_WORD.match(text, following)
    next_word = word[0] if word else text[following]
    run = re.match(r"[.!?…‥。！？]+", text[stop:end])
    marks = run[0] if run else ""
    closed = any(character in ")]\"'”’»" for character in text[stop + len(marks) : end])
    if marks == ".":
        return _full_stop_ends(text, stop, next_word, closed)
    if "!" in marks or "?" in marks or "！" in marks or "？" in marks:
        # "Really?" he asked. Yahoo! is a company. But: omg! that's great
        return not next_word[0].islower() or (not closed and _is_informal(text, stop))
    return not next_word[0].islower() and next_word not in {"I", "I'm", "I’m", "I've", "I’ve"}  # an ellipsis


def _full_stop_ends(text: str, stop: int, next_word: str, closed: bool) -> bool:
    token = _TOKEN.search(text, max(0, stop - 30), stop)
    word = token[0] if token else ""
    plain = word.lower().strip("'’.,;:")
    if closed:
        return not next_word[0].islower()
    if plain in _TITLES and word[:1].isupper() or plain in _NEVER_LAST:
        return False
    if plain in _BEFORE_NUMBER and (next_word[0].isdigit() or plain in {"p", "pp"}):
        return False
    starts = next_word.lower().replace("’", "'") in _STARTERS and next_word[0].isupper()
    if len(word) == 1 and word.isalpha() and (word.isupper() and word != "I"):
        return starts
    if plain in _MAY_BE_LAST and (word != plain or "." in plain or plain in {"etc", "am", "pm"}) or _is_dotted(word):
        return starts
    return True


def _is_dotted(word: str) -> bool:
    """Whether a word is letters and stops in turn, such as U.S or a.m (its last stop is the one in question)."""
    return re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word) is not None


def _is_informal(text: str, stop: int) -> bool:
    """Whether the sentence that ends at `stop` began without a capital letter."""
    begin = max(text.rfind(mark, 0, stop) for mark in (". ", "! ", "? ", "\n"))
    letters = re.compile(r"[^\W\d_]").search(text, begin + 1, stop)
    return letters is not None and letters[0].islower()


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
