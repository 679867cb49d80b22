"""The rule of English grammar: what no English sentence says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.checks.wording.proofreader import GRAMMAR, faults, is_english
from tui_reader.model import Severity, Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView, SideView
    from tui_reader.model import Finding

RULE = Rule(
    "grammar",
    "Grammatical slip",
    Side.TARGET,
    Severity.WARNING,
    "grammar",
    0.5,
    "A slip of English grammar that shows without knowing what was meant: a for an, an article before a word that "
    "takes none (the of, a is), a preposition before he or they, should before was, its for it's, a sentence that ends "
    "in and.",
    good=Example("管理人は一時間後に鍵を見つけた。", "The caretaker found the key an hour later.", "ja", "en"),
    bad=Example("管理人は一時間後に鍵を見つけた。", "The caretaker found the key a hour later.", "ja", "en"),
    cure="Read the sentence aloud and mend it.",
)

_END = r"(?=\s|[.,;:!?]|$)"
_ARTICLE = r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur|[Yy]our|[Mm]y)"
_IMPOSSIBLE = (
    # An article, and a word that cannot stand before its noun.
    rf"{_ARTICLE}\s+(?:of|with|for|from|to|at|by|into|onto|upon|among|during|since|until){_END}",
    rf"{_ARTICLE}\s+(?:is|are|was|were|am|has|had|does|did|should|would|could|been|(?:is|are|was|were)n['’]t){_END}",
    rf"{_ARTICLE}\s+(?:that|because|although|which|who|whose|where|when|if|he|she|it|they|we|him|them|us){_END}",
    rf"\b(?:[Tt]he|[Aa]n|[Ii]ts|[Tt]heir)\s+(?:and|or){_END}",
    rf"\b(the|an?|our|your|my)\s+(?!\1\b)(?:an?|these|those|its|their|our|your){_END}|\b(?:an?|its|their|our|your|my)\s+the{_END}",
    r"\b(?:the|an|its|their|our|every)[.,;:!?](?=\s|$)",
    # A preposition and a subject.
    rf"\b(?:of|with|from|at|by|into|in|between|about|to)\s+(?:he|she|they|we|I){_END}",
    # Two finite verbs.
    rf"\b(?:could|would|should|must|cannot|(?:ca|wo|could|would|should)n['’]t)\s+(?:not\s+)?"
    rf"(?:is|are|was|were|has|had|does|did|been|being){_END}",
    rf"\b(?:is|are|was|were)\s+(?:has|have|had|does|did|will){_END}|\b(?:they|we)\s+(?:is|was|has|does){_END}",
    # A person of both sexes.
    r"\b(?:[Mm]an|[Bb]oy|[Gg]entleman|[Ff]ather|[Hh]usband)\s+in\s+her\s+(?:early\s+|mid-?|late\s+)?(?:\d0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|teens)"
    r"|\b(?:[Ww]oman|[Gg]irl|[Ll]ady|[Mm]other|[Ww]ife)\s+in\s+his\s+(?:early\s+|mid-?|late\s+)?(?:\d0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|teens)",
    # A sentence that does not end, or begins in its middle.
    r"\b(?:and|or|but|because|although)[.!?](?=\s|$)",
    r"^(?:In|At|Of|For|From|With|By|Into|During|The|An?),",
)
_PATTERN = re.compile("|".join(_IMPOSSIBLE))
_EITHER = re.compile(
    r"\s+(?:(?:and|or|to|is|was|in|of)\b|[^\w\s]|$)|[^\s\w]|\s+(?:hono|histor|herb|hotel|ewe|[Uu]ighur|[Uu]yghur|[A-Z]{2})"
)
"""What follows an *a* that is a letter (vitamins a and c), and what takes *a* or *an* as one speaks it."""


class Grammar(Family):
    """Looks for neighbours that no grammar allows, and asks Harper."""

    rules = (RULE,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The words that do not go together."""
        if view.target.language != "en" or not is_english(view.target.content):
            return
        spans: list[Span] = []
        for span in (*_impossible(view.target.content), *_faults(view.target.content)):
            if not any(span.overlaps(one) for one in spans) and _is_as_written(view.target, span):
                spans.append(span)
                words = span.of(view.target.content)
                yield view.finding(
                    RULE,
                    Side.TARGET,
                    span,
                    f"“{words}” do not go together." if " " in words else f"“{words}” is wrong here.",
                    confidence=0.85,
                )


def _impossible(content: str) -> Iterator[Span]:
    yield from (Span(*match.span()) for match in _PATTERN.finditer(content))


def _faults(content: str) -> Iterator[Span]:
    for fault in faults(content):
        if fault.rule in GRAMMAR and not (fault.rule == "AnA" and _EITHER.match(content, fault.span.end)):
            yield fault.span


def _is_as_written(side: SideView, span: Span) -> bool:
    """Whether neither these words nor what follows them is masked: *a {fruit}*."""
    end = span.end + 2
    return side.verbatim[span.start : end] == side.content[span.start : end]
