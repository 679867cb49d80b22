"""Faults of English that Harper finds (https://writewithharper.com): the rules of it that cry wolf least.

Of its 900 rules those are asked that were right in nearly all they said of 7,000 English texts (news, notices,
encyclopedia, talk pages); most of the others are matters of taste.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Span
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from harper import Linter

SPELLING = "SpellCheck"
CAPITALS = lexicon(
    "CapitalizePersonalPronouns Countries NotablePlaces Months Canada Australia Malaysia Koreas",
    "UnitedOrganizations",
)
GRAMMAR = lexicon(
    "AnA ItsPossessive ItsContraction TheirToTheyre ThereToTheir TheirToThere DidPast InflectedVerbAfterTo",
    "ModalOf ThenThan OpenCompounds LookForwardTo TheMy ElsePossessive PronounInflectionBe OfCourse LetsConfusion",
    "NounVerbConfusion",
)


_FUNCTION_WORD = re.compile(
    r"\b(?:the|a|an|of|to|and|in|on|at|is|are|was|were|be|been|that|this|it|for|with|from|by|as|not|has|have|had|will|would"
    r"|he|she|they|we|you|i|his|her|their|its|which|who|or|but|about|into|than|there)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHARE = 8
"""An English text has at least one function word in so many words."""


class Fault(NamedTuple):
    """What one of Harper's rules says of a text."""

    rule: str
    """Harper's name of the rule."""
    span: Span
    message: str
    suggestions: tuple[str, ...]
    """What might stand in its place, the likeliest first; empty where it says nothing or something else than that."""


_LOCK = Lock()


@lru_cache(maxsize=256)
def faults(text: str) -> tuple[Fault, ...]:
    """The faults of an English text, in order; spellings of America and Britain are both right.

    Args:
        text: plain, without markup; nothing is found where it does not read as English.
    """
    if not is_english(text):
        return ()
    from harper import Language  # noqa: PLC0415 - 1 s and 150 MB, for English translations only

    with _LOCK:
        found = _linter(british=True).organized_lints(text, language=Language.PLAINTEXT)
        if found.get(SPELLING):
            elsewhere = _linter(british=False).organized_lints(text, language=Language.PLAINTEXT).get(SPELLING, [])
            unknown = {lint.span.start for lint in elsewhere}
            found[SPELLING] = [lint for lint in found[SPELLING] if lint.span.start in unknown]
    return tuple(
        sorted(
            Fault(
                rule,
                Span(lint.span.start, lint.span.end),
                lint.message,
                tuple(suggestion.replacement_text for suggestion in lint.suggestions),
            )
            for rule, lints in found.items()
            for lint in lints
        )
    )


def is_known(word: str) -> bool:
    """Whether it stands in a dictionary."""
    from harper import Language  # noqa: PLC0415

    with _LOCK:
        return not _linter(british=False).lint(word, language=Language.PLAINTEXT)


def is_english(text: str) -> bool:
    """Whether a text has as many function words as English has."""
    return len(_FUNCTION_WORD.findall(text)) * _SHARE >= len(_WORD.findall(text))


@cache
def _linter(*, british: bool) -> Linter:
    from harper import Dialect, Linter  # noqa: PLC0415

    linter = Linter(Dialect.BRITISH if british else Dialect.AMERICAN)
    asked = {SPELLING, *CAPITALS, *GRAMMAR} if british else {SPELLING}
    linter.set_lint_config({rule: rule in asked for rule in linter.get_lint_config()})
    return linter
