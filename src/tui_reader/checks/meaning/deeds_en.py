"""Who does something to whom in English: by the order of its words."""

from __future__ import annotations

import re

from tui_reader.checks.facts.sounds import english_names
from tui_reader.checks.meaning.deeds import Deed, Party
from tui_reader.model import Span
from tui_reader.text.lexicon import lexicon
from tui_reader.text.stems import stem

_PRONOUNS = {
    "i": "i", "you": "you", "he": "he", "she": "she", "we": "we", "they": "they",
    "me": "i", "him": "he", "her": "she", "us": "we", "them": "they",
}  # fmt: skip
_VERBS = lexicon(
    "accuse admire advise appoint arrest ask attack believe betray bite blame call chase cheat criticise criticize",
    "deceive dismiss encourage envy fire follow forgive give hand hate help hire hit hug ignore insult invite kick",
    "kill kiss lend lie love nominate offer order pay persuade praise promise protect pull punch punish push",
    "recommend remind rescue respect save scold send shoot show slap stab succeed sue support teach tease tell thank",
    "threaten trust visit wake warn welcome write",
)
"""Verbs whose subject is the one who acts, whatever Japanese verb stands for them; not those of feelings (*surprised
her* is 彼女は彼に驚いた) nor of meeting, marrying and winning."""
_STEMS = frozenset(map(stem, _VERBS))
_ADVERBS = (
    r"(?:\s+(?:has|had|have|did|will|would|could|can|may|might|must|should|never|also|once|often|always|then|later|soon|just"
    r"|already|still|\w+ly))*"
)
_NAME = r"(?:[A-Z][\w.'-]*\w(?:\s+[A-Z][\w'-]*\w)*)"
_ONE, _OTHER = rf"(?:(?:I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|[Yy]ou)\b|{_NAME})", rf"(?:(?:me|him|her|us|them|you)\b|{_NAME})"
_START = r"(?:^|[.!?,;:“\"]\s*|\b(?:and|but|that|when|because|if|after|before|since|so|as)\s+)"
_BETWEEN = r"(?:\s+(?!(?:and|or|but|that|who|than|as|of|with|from|by)\b)[a-z'-]+)"
_AFTER = (
    r"(?=\s*(?:$|[,.!?;:\"”])|\s+(?:to|a|an|the|his|her|their|my|your|our|its|some|any|no|in|on|at|for|with|by|from|about|into"
    r"|that|what|how|when|where|why|if|because|after|before|until|yesterday|today|tomorrow|last|next|this|every|again|so|not"
    r"|\d+|\w+ing|\w+ly)\b)"
)
"""What follows an object: a noun would make *her* a possessive, a verb a name a subject."""
_ACTIVE = re.compile(
    rf"{_START}(?P<agent>{_ONE}){_ADVERBS}\s+(?P<verb>[a-z]+){_BETWEEN}{{0,3}}?\s+(?P<patient>{_OTHER}){_AFTER}"
)
_PASSIVE = re.compile(
    rf"{_START}(?P<patient>{_ONE}){_ADVERBS}\s+(?:was|were|is|are|been|being|got){_ADVERBS}\s+(?P<verb>[a-z]+)"
    rf"{_BETWEEN}{{0,4}}?\s+by\s+(?P<agent>{_OTHER}){_AFTER}"
)


def deed(text: str) -> Deed | None:
    """The one deed that an English sentence tells with a verb of a list, None where there is none or several."""
    found = [
        Deed(agent, patient)
        for pattern in (_ACTIVE, _PASSIVE)
        for match in pattern.finditer(text)
        if stem(match["verb"]) in _STEMS
        and (agent := _party(text, Span(*match.span("agent"))))
        and (patient := _party(text, Span(*match.span("patient"))))
    ]
    return found[0] if len(found) == 1 else None


def _party(text: str, span: Span) -> Party | None:
    pronoun = _PRONOUNS.get(span.of(text).lower())
    if pronoun is not None:
        return Party(span, pronoun)
    names = tuple(name for name in english_names(text) if span.contains(name.span))
    return Party(span, "", names) if names else None
