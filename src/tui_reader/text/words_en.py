"""English words by rule, with parts of speech for the closed classes.

Contractions stay whole (don't, we're, OpenAI's), so that a highlight covers what a reader sees as one word; compounds
are parted at their hyphens (smarter-than-human), because the translation of their parts may be far apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<symbol>https?://[^\s<>"”’»\u3000-\u9fff]*[^\s<>"”’»\u3000-\u9fff.,;:!?)\]}']
          | www\.[\w.-]+\w(?:/[^\s<>"]*[\w/])?
          | [\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)
      | (?P<name>[@\#]\w+)
      | (?P<number>\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_]))
      | (?P<dotted>(?:[^\W\d_]\.){2,8}(?![^\W_]) | (?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|Inc|Ltd|Co|Corp)\.)
      | (?P<word>[^\W_]+(?:['’][^\W\d_]+)*(?:(?<=[sS])['’](?!\w)(?<!['’]['’]))?)
      | (?P<clitic>['’](?:tis|twas|em|cause|til|\d0s)\b)
      | (?P<mark>\.{2,}|-{2,}|[^\w\s])
      | (?P<rest>_+|\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_POSSESSIVE = re.compile("['’]s?$")
_CLITIC = re.compile("(?:n['’]t|['’](?:s|re|ve|ll|d|m))$", re.IGNORECASE)
_OPEN = "X"


def _lexicon(**classes: str) -> dict[str, str]:
    return {word: tag for tag, words in classes.items() for word in words.split()}


# A word of several classes has the one that it most often has.
_CLOSED = _lexicon(
    DET="a an the this that these those some any no every each either neither both all such what which whatever "
    "whichever another",
    PRON="i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself "
    "yourself himself herself itself ourselves yourselves themselves who whom whose whoever one oneself someone "
    "somebody something anyone anybody anything everyone everybody everything nobody nothing none there",
    ADP="of in on at by for with from to into onto upon about above across after against along among amongst around "
    "as before behind below beneath beside besides between beyond concerning despite down during except inside like "
    "off out outside over per regarding since through throughout till toward towards under underneath "
    "until unlike up via within without than",
    AUX="am is are was were be been being do does did done doing have has had having can could may might must shall "
    "should will would ought cannot ain't",
    CCONJ="and or but nor yet plus",
    SCONJ="that if because although though while whereas whether unless lest once when whenever where wherever why how",
    PART="not n't to",
    NUM="zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "billion trillion dozen half",
    INTJ="oh ah wow hey hello hi yes yeah please",
)
_CLOSED |= _lexicon(DET="that", ADP="to", PRON="one", CCONJ="yet")
_NEGATED = {"won't": "will", "can't": "can", "shan't": "shall", "cannot": "can"}
_SYMBOLS = frozenset("$€£¥%‰+=<>~^|°©®™§→←↑↓×÷±№")


def tokens(text: str) -> Iterator[tuple[int, int, str, str]]:
    """The words of a text, as (start, end, UPOS, lemma)."""
    for match in _TOKEN.finditer(text):
        kind, surface = match.lastgroup, match[0]
        if kind in {"word", "dotted", "clitic"}:
            tag, lemma = _word(surface)
        else:
            tag, lemma = _other(kind or "", surface), surface.lower()
        yield match.start(), match.end(), tag, lemma


def _word(surface: str) -> tuple[str, str]:
    """Part of speech and lemma of a word, possibly with a clitic."""
    word = surface.lower().replace("’", "'")
    if word in _NEGATED:
        return "AUX", _NEGATED[word]
    stem = _CLITIC.sub("", word) if "'" in word else word
    tag = _CLOSED.get(word) or _CLOSED.get(stem) or _OPEN
    if word == "let's":
        return "AUX", "let"
    return tag, stem if tag != _OPEN or word.endswith(("'s", "n't")) else _POSSESSIVE.sub("", stem)


def _other(kind: str, surface: str) -> str:
    if kind == "number":
        return "NUM"
    if kind == "name":
        return _OPEN
    if kind == "symbol" or surface in _SYMBOLS or ord(surface[0]) >= 0x2190:
        return "SYM"
    return "PUNCT"
