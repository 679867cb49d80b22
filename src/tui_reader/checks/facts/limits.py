"""Bounds beside a number: at least, under, 以上, 足らず; which way each points, and where it is turned round."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_reader.model import Span

_REACH = 28
"""Characters before a number and after it in which its bound stands."""


class Limit(NamedTuple):
    """A number with its bound."""

    upward: bool
    """Whether what is meant lies at the number or beyond, not below it."""
    span: Span
    """Of both."""


_ENGLISH_DOWN = (
    r"(?:no|not)\s+(?:more|longer|greater|higher)\s+than|not\s+exceed\w*|(?:less|fewer|younger|shorter|lower)\s+than"
    r"|under|below|at\s+(?:the\s+)?most|nearly|almost|close\s+to|just\s+short\s+of|up\s+to|a\s+maximum\s+of|within"
)
_ENGLISH_UP = (
    r"(?:no|not)\s+(?:less|fewer|shorter|lower)\s+than|(?<!no\s)(?<!not\s)(?<!any\s)(?:more|greater|longer|older|higher)"
    r"\s+than|at\s+(?:the\s+very\s+)?least|upwards?\s+of|in\s+excess\s+of|a\s+minimum\s+of|over|above"
)
_JAPANESE_DOWN = (
    r"を?(?:超え|越え|上回ら)(?:な[いくか]|ず|ません)|以下|未満|以内|足らず|弱(?=[、。のだでがに])|近く"
    r"|を?下回(?!らな|らず|りま)|に(?:も)?(?:満た|達し)な|より(?:も)?(?:少な|短|小さ|低|若)"
)
_JAPANESE_UP = (
    r"(?:を|は)?下(?:回)?らな|以上|を?(?:超(?!え|大|音)|超え|越え|上回[っりるれ])|より(?:も)?(?:多|長|大き|高|古)"
    r"|余り(?!に)|あまり(?!に)|強(?=[、。のだでがに])"
)
_BEFORE = {
    "en": re.compile(rf"\b(?:(?P<down>{_ENGLISH_DOWN})|(?P<up>{_ENGLISH_UP}))\s+(?:the\s+)?[$€£¥]?$", re.IGNORECASE),
    "ja": re.compile(
        r"(?:(?P<up>少なくとも|最低(?:でも|限)?)|(?P<down>最大(?:でも?)?|最長(?:でも?)?|多くとも|せいぜい))[、\s]?$"
    ),
}
_AFTER = {
    "en": re.compile(
        r"(?:[\s-]?[a-z]+){0,3}?\s+(?:(?P<up>or\s+(?:more|above|over|older|longer|higher)|and\s+(?:over|above|up|older)"
        r"|at\s+(?:the\s+)?least)"
        r"|(?P<down>or\s+(?:less|fewer|under|below|younger|shorter|lower)|and\s+under|at\s+(?:the\s+)?most))\b",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        rf"[^\d\s、。，．「」『』（）()をはがもで以]{{0,4}}?(?:(?P<down>{_JAPANESE_DOWN})|(?P<up>{_JAPANESE_UP}))"
    ),
}
_DENIED_BEFORE = re.compile(r"(?:\b(?:not?|never|without|hardly|cannot|nor|neither)|n['’]t)\b[^.;!?]*$", re.IGNORECASE)
_DENIED_AFTER = re.compile(r"(?:(?!しか)[^。、「」]){0,14}?(?:な[いくかけ]|ません|ず(?!つ)|ぬ)")
"""A denied bound may be said by its opposite: 30分以上かからない is under half an hour; しか…ない denies nothing."""


def limit_at(text: str, number: Span, language: str) -> Limit | None:
    """The bound of a number, None where it has none or a negation turns it round.

    Args:
        text: English or Japanese.
        number: where it stands with its unit.
        language: of `text`, ``en`` or ``ja``.
    """
    start = max(0, number.start - _REACH)
    before = _BEFORE[language].search(text, start, number.start)
    after = _AFTER[language].match(text, number.end, number.end + _REACH)
    found = before or after
    if found is None or (before and after and before.lastgroup != after.lastgroup):
        return None
    first, last = (before.start() if before else number.start), (after.end() if after else number.end)
    denied = (
        _DENIED_AFTER.match(text, last)
        if language == "ja"
        else _DENIED_BEFORE.search(text, max(0, first - _REACH), first)
    )
    return None if denied else Limit(found.lastgroup == "up", Span(first, last))
