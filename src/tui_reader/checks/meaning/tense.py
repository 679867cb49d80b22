"""The rule of tense: what one side says has happened, and the other that it will."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

RULE = Rule(
    "tense",
    "Past against future",
    Side.TARGET,
    Severity.ERROR,
    "mistranslation",
    0.5,
    "One side tells what happened (〜た), the other what will happen. It speaks of single sentences that report "
    "nothing (と述べた), suppose nothing (たら, if) and name no plan (予定, つもり): Japanese sets such clauses in "
    "another tense.",
    good=Example("The bakers' guild will open a school.", "パン職人組合は学校を開く。"),
    bad=Example("The bakers' guild will open a school.", "パン職人組合は学校を開いた。"),
    cure="Say it in the time in which the source does.",
)

_WILL = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\bmy )(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bof )(?<!\bfree )(?<!\bgood )(?<!\bill )"
    r"(?:\bwill\b(?!\s+(?:of|to|and|power|have)\b)|\bwon['’]t\b|['’]ll\b)"
)
_SUPPOSES = re.compile(
    r"\b(?:if|would|when|whether|unless|until|until|that|so|who|which|whose|where|say|said|says|what|why|how|always|often"
    r"|usually|sometimes|boys)\b|[\"“”:;?]",
    re.IGNORECASE,
)
_PAST = re.compile(r"(?:た|んだ|いだ)[。．！!]$")
_REPORTS = re.compile(
    r"[「『“\"？?]|と(?!とも|おり|ころ|き[には])(?:、|発表|述べ|語|言|いう|いっ|話|し[たて]|見|思|考|伝|報|説明|主張|明かし|約束|答|書|決)|よう[にと]"
    r"|ため|べき|予定|見込|だろう|でしょう|つもり|方針|見通し|予想|はず|ことにな|ことにし|将来|今後|明日|来[年月週春夏秋冬]|計画|可能性"
    r"|かも|未来|決ま|決め|約束|次回|これから|ましょう|よう[。とか]|たら|[れけせてねめべげえ]ば|たい|ほし|後に|までに|そうだ|に備え|おかげで|良かった|よかった"
)


class Tense(Family):
    """Looks for *will* beside 〜た."""

    rules = (RULE,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The words of the translation that set the sentence in another time."""
        english, japanese = view.in_language("en"), view.in_language("ja")
        if english is None or japanese is None:
            return
        will = _will(view.side(english).content)
        past = _past(view.side(japanese).content)
        if will is None or past is None:
            return
        here, there = (will, past) if view.target.language == "en" else (past, will)
        message = f"“{here.of(view.target.content)}” is of another time than “{there.of(view.source.content)}”."
        yield view.finding(RULE, Side.TARGET, here, message, confidence=0.8, counterpart=there)


def _will(content: str) -> Span | None:
    """The only *will* of a single sentence that says it outright."""
    if _SUPPOSES.search(content) or len(sentences.split(content, "en")) != 1:
        return None
    found = [Span(*match.span()) for match in _WILL.finditer(content)]
    return found[0] if found else None


def _past(content: str) -> Span | None:
    """The ending of a single sentence that tells what happened."""
    text = content.rstrip()
    match = _PAST.search(text)
    if match is None or _REPORTS.search(text) or len(sentences.split(text, "ja")) != 1:
        return None
    return Span(match.start(), match.end() - 1)
