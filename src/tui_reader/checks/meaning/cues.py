"""What bears on the polarity of a sentence: negations, and words that may stand for one in the other language."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from tui_reader.model import Span

NEGATION = "negation"
"""The group of the words that negate in so many words: not, never, without; ない, ず, まい."""
_NEVER_ONE = frozenset({"may", "must", "sure", "vital"})
"""Groups that hold a negation in one language at most by form: なければならない is no more than *must*."""

_TWICE = "doubled"
"""The group of phrases with two negations in them (〜ないのではない), which may stand for two of the other language."""
_SUNDRY = frozenset({NEGATION, "without_it", "idiom"})
"""Groups whose words have nothing in common: one of either language does not explain one of the other."""


class Cue(NamedTuple):
    """A word or phrase that bears on polarity.

    The other language may say a cue of any group but `NEGATION` with a negation or without one: *fail to* ~ 〜しない or
    失敗する, 不要 ~ *not needed* or *unnecessary*, かもしれない ~ *may*.
    """

    span: Span
    group: str
    """`NEGATION`, or what cues of both languages have in common (``prevent``, ``only``, …)."""


def grouped(**groups: str) -> re.Pattern[str]:
    """A pattern of named alternatives, written with free white space; the first that fits wins."""
    return re.compile(
        "|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items()), re.VERBOSE | re.IGNORECASE
    )


def found_cues(pattern: re.Pattern[str], text: str) -> list[Cue]:
    """The cues that a pattern of `grouped` finds, in order."""
    return [Cue(Span(*match.span()), match.lastgroup or "") for match in pattern.finditer(text)]


_NEGATIVE_SENSE = frozenset({"fail", "hard", "few", "without_it"})
_NEAR = 4
"""Letters between a negation and a word that it turns round."""


def undoubled(cues: list[Cue], text: str, *, before: bool) -> list[Cue]:
    """The cues; a negation beside a word of negative sense (*never fails*, 難しくない) is one cue, ``doubled``.

    The other language may well affirm what such a pair says.

    Args:
        cues: of `text`, in order.
        text: in English or Japanese.
        before: whether a negation stands before what it negates.
    """
    out: list[Cue] = []
    for cue in cues:
        last = out[-1] if out else None
        if last is not None and _is_doubled(*((last, cue) if before else (cue, last)), text):
            out[-1] = Cue(Span(last.span.start, cue.span.end), _TWICE)
        else:
            out.append(cue)
    return out


def _is_doubled(negation: Cue, other: Cue, text: str) -> bool:
    between = text[min(negation.span.end, other.span.end) : max(negation.span.start, other.span.start)]
    return (
        negation.group == NEGATION
        and other.group in _NEGATIVE_SENSE
        and len(between.strip()) <= _NEAR
        and all(c.isalpha() or c.isspace() for c in between)
    )


def unmatched_negations(one: list[Cue], other: list[Cue]) -> list[Cue]:
    """The negations of one text that nothing in its translation stands for.

    Cues of the same group explain each other first; what remains of the other text may stand for a negation of
    this one. Where only some negations are unmatched, they are those whose place is farthest from any counterpart's.

    Returns:
        In order; empty where there are no more negations than possible counterparts.
    """
    explained = Counter(cue.group for cue in one if cue.group not in _SUNDRY)
    counterparts: list[Cue] = []
    for cue in other:
        if explained[cue.group]:
            explained[cue.group] -= 1
        elif cue.group not in _NEVER_ONE:
            counterparts += [cue] * (2 if cue.group == _TWICE else 1)
    negations = [cue for cue in one if cue.group == NEGATION]
    excess = len(negations) - len(counterparts)
    if excess <= 0:
        return []
    return sorted(_farthest(negations, counterparts, excess), key=lambda cue: cue.span)


def _farthest(negations: list[Cue], counterparts: list[Cue], excess: int) -> list[Cue]:
    last = max((cue.span.end for cue in negations), default=1)
    last_other = max((cue.span.end for cue in counterparts), default=1)

    def distance(cue: Cue) -> float:
        return min((abs(cue.span.end / last - one.span.end / last_other) for one in counterparts), default=1.0)

    return sorted(negations, key=distance, reverse=True)[:excess]
