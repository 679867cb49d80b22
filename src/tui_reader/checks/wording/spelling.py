"""The rule of English words that nobody spells so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.checks.wording.proofreader import SPELLING, faults, is_known
from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui_reader.checks.family import BeadView, SideView
    from tui_reader.checks.wording.proofreader import Fault
    from tui_reader.model import Finding

RULE = Rule(
    "spelling",
    "Misspelled word",
    Side.TARGET,
    Severity.WARNING,
    "misspelling",
    0.5,
    "A word of an English translation that no dictionary has, one letter away from one that it has. Names, words that "
    "the source has too, compounds, and Japanese in Latin letters are left alone; American and British spellings "
    "are both right.",
    good=Example("渡し船は霧で遅れた。", "The ferry was delayed by fog.", "ja", "en"),
    bad=Example("渡し船は霧で遅れた。", "The ferry was delaied by fog.", "ja", "en"),
    cure="Spell it as the dictionary does.",
)

_SHORTEST = 3
_SUGGESTIONS = 3
"""Suggestions of Harper's that are looked at."""
_JOINED = "-'’.@/_#&"
"""Beside these a word is a part of something else: all-nighter, name@example."""
_ROMANISED = re.compile(r"(?:(?:[kgsztdnhbpmrfjwy]|[kgnhbpmr]y|ss?h|t?ch|ts|kk|ss|tt|pp)?[aeiou]|n(?![aeiou]))+")
_AFFIXED = re.compile(r"(?:re|un|non|de|anti|over|under|pre|co|sub|up|multi|micro|inter|semi)(\w{4,})")
_SUFFIX = re.compile(r"(?:s|es|y|er|ers|or|ors|ed|ing|ism|ist|able|ly|ish|like|less)$")


class Spelling(Family):
    """Looks words of English translations up."""

    rules = (RULE,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The words that are one letter away from what was meant."""
        if view.target.language != "en":
            return
        for fault in faults(view.target.content):
            if fault.rule == SPELLING and (meant := _meant(view, fault)):
                word = fault.span.of(view.target.content)
                message = f"“{word}” is in no dictionary; “{meant}” is."
                yield view.finding(RULE, Side.TARGET, fault.span, message, confidence=0.85)


def _meant(view: BeadView, fault: Fault) -> str | None:
    """The word that was meant, None where the one that stands there may well be right."""
    word = fault.span.of(view.target.content)
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha() and word.islower()):
        return None
    if _is_part(view.target, fault) or word in view.source.content.lower():
        return None
    if view.source.language == "ja" and _ROMANISED.fullmatch(word):
        return None
    near = next((one for one in fault.suggestions[:_SUGGESTIONS] if _is_near(word, one)), None)
    return None if near is None or _is_made_of_words(word) else near


def _is_part(side: SideView, fault: Fault) -> bool:
    """Whether a word is the end or beginning of a longer thing, or stands beside something that is masked."""
    start, end = max(0, fault.span.start - 1), fault.span.end + 1
    around = side.verbatim[start:end]
    return around != side.content[start:end] or any(c in _JOINED for c in around.removesuffix("."))


def _is_near(word: str, suggestion: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - for the few unknown words

    return suggestion.isalpha() and suggestion.islower() and OSA.distance(word, suggestion, score_cutoff=1) == 1


def _is_made_of_words(word: str) -> bool:
    """A compound or a derived word that dictionaries leave out: homeware, reinjected, implementers."""
    affixed = _AFFIXED.fullmatch(word)
    base = _SUFFIX.sub("", word)
    parts = [(word[:k], word[k:]) for k in range(3, len(word) - 2)]
    return (
        (affixed is not None and is_known(affixed[1]))
        or (base != word and len(base) > _SHORTEST and (is_known(base) or is_known(base + "e")))
        or any(is_known(one) and is_known(other) for one, other in parts)
    )
