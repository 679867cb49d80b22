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
    "One side tells what happened (〜た), the other what will happen (will, 予定, 〜るだろう), or one names a time "
    "that is gone (yesterday, 去年) and the other one to come (tomorrow, 来年). Tenses are compared in single "
    "sentences that report nothing (と述べた), suppose nothing (たら, if) and name no plan beside 〜た: Japanese sets "
    "such clauses in another tense.",
    good=Example("The bakers' guild will open a school.", "パン職人組合は学校を開く。"),
    bad=Example("The bakers' guild will open a school.", "パン職人組合は学校を開いた。"),
    cure="Say it in the time in which the source does.",
)

_WILL = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\bmy )(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bof )(?<!\bfree )(?<!\bgood )(?<!\bill )"
    r"(?:\bwill\b(?!\s+(?:of|to|and|power|have)\b)|\bwon['’]t\b|['’]ll\b)"
)
_SUPPOSES = re.compile(
    r"\b(?:if|would|when|whether|unless|until|that|so|since|as|because|who|which|whose|where|say|said|says|what|why|how|always|often"
    r"|usually|sometimes|boys)\b|[\"“”:;?]",
    re.IGNORECASE,
)
"""What makes a *will* after it no statement of what is to come."""
_ON_CONDITION = re.compile(
    r"\b(?:if|when|whether|unless|until|that|always|often|usually|sometimes)\b|[\"“”:;?]", re.IGNORECASE
)
"""The same, where it stands after *will*."""
_PAST = re.compile(r"(?:た|んだ|いだ)[。．！!]$")
_REPORTS = re.compile(
    r"[「『“\"？?]|と(?!とも|おり|ころ|き[には])(?:、|発表|述べ|語|言|いう|いっ|話|し[たて]|見|思|考|伝|報|説明|主張|明かし|約束|答|書|決)|よう[にと]"
    r"|ため|べき|予定|見込|だろう|でしょう|つもり|方針|見通し|予想|はず|ことにな|ことにし|将来|今後|明日|来[年月週春夏秋冬]|計画|可能性"
    r"|かも|未来|決ま|決め|約束|次回|これから|ましょう|よう[。とか]|たら|[れけせてねめべげえ]ば|たい|ほし|後に|までに|そうだ|に備え|おかげで|良かった|よかった"
)


_HAPPENED = re.compile(r"\b(?:was|were|did|had|(?!need|embed)[a-z]{2,}ed)\b")
_TO_COME = re.compile(
    r"\b(?:will|would|going\s+to|plan\w*|expect\w*|schedul\w*|due|set|to(?!\s+(?:the|an?|his|her|its|their|my|our|your|[A-Z])\b)|may|might|could|should|likely|probably|intend\w*"
    r"|hop\w+|shall|tomorrow|next|if|can|must|seem\w*|bound|won['’]t)\b|['’]ll\b|[\"“”?:;]",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"(?<=[うくすつぬむるぐぶ])(?:だろう|でしょう|(?:予定|つもり)(?:だ|です|である)?|(?:見込み|見通し|方針)(?:だ|です|である)?)(?=[。．！!]?$)"
)
_CLAUSES = re.compile("[たてでりがしれきいずば]、")
"""Between clauses, of which each may be of another time."""
_DAY = (
    r"night|week|month|year|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april"
    r"|may|june|july|august|september|october|november|december"
)
_GONE = {
    "en": re.compile(
        rf"\byesterday\b|(?<!the )\blast\s+(?:{_DAY})\b"
        r"|\b(?:days?|weeks?|months?|years?|hours?|minutes?|decades?|centuries|moments?)\s+ago\b",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        "昨[日夜晩年春夏秋冬]|きのう|ゆうべ|去年|先[月週日]|一昨[日年]|おととい|おととし|(?:年|日|週間|[かカヶヵ]月|時間|分|世紀)前"
    ),
}
_AHEAD = {
    "en": re.compile(rf"\btomorrow\b|(?<!the )\bnext\s+(?:{_DAY})\b", re.IGNORECASE),
    "ja": re.compile("明[日後]日?|あした|(?<![ぁ-ん])あす(?=[はのにも、])|あさって|来[年月週春夏秋冬]|再来"),
}


class Tense(Family):
    """Looks for *will* beside 〜た, 予定 beside *was*, and *last year* beside 来年."""

    rules = (RULE,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The words of the translation that set the sentence in another time."""
        sides = (view.in_language("en"), view.in_language("ja"))
        if sides[0] is None or sides[1] is None:
            return
        texts = (view.side(sides[0]).content, view.side(sides[1]).content)
        clash, confidence = _times(*texts), 0.85
        if clash is None:
            clash, confidence = _tenses(*texts), 0.8
        if clash is None:
            return
        spans = dict(zip(sides, clash, strict=True))
        here, there = spans[Side.TARGET], spans[Side.SOURCE]
        message = f"“{here.of(view.target.content)}” is of another time than “{there.of(view.source.content)}”."
        yield view.finding(RULE, Side.TARGET, here, message, confidence=confidence, counterpart=there)


def _times(english: str, japanese: str) -> tuple[Span, Span] | None:
    """A time that is gone and one to come, each named on one side alone."""
    gone, ahead = ((times["en"].search(english), times["ja"].search(japanese)) for times in (_GONE, _AHEAD))
    for here, there in ((gone, ahead), (ahead, gone)):
        if here[0] and there[1] and not here[1] and not there[0]:
            return Span(*here[0].span()), Span(*there[1].span())
    return None


def _tenses(english: str, japanese: str) -> tuple[Span, Span] | None:
    """*Will* and 〜た, or a past and a plan, in one sentence of each language."""
    if not (_is_single(english, "en") and _is_single(japanese, "ja")):
        return None
    for here, there in ((_will(english), _past(japanese)), (_happened(english), _future(japanese))):
        if here and there:
            return here, there
    return None


def _is_single(content: str, language: str) -> bool:
    return len(sentences.split(content, language)) == 1


def _will(content: str) -> Span | None:
    """The first *will* of a sentence, where it says it outright."""
    match = _WILL.search(content)
    if match is None or _SUPPOSES.search(content, 0, match.start()) or _ON_CONDITION.search(content, match.end()):
        return None
    return Span(*match.span())


def _past(content: str) -> Span | None:
    """The ending of a sentence that tells what happened."""
    text = content.rstrip()
    match = _PAST.search(text)
    return None if match is None or _REPORTS.search(text) else Span(match.start(), match.end() - 1)


def _happened(content: str) -> Span | None:
    """The first past form of a sentence that speaks of nothing to come."""
    match = _HAPPENED.search(content)
    return None if match is None or _TO_COME.search(content) else Span(*match.span())


def _future(content: str) -> Span | None:
    """The ending of a sentence that tells what is to come."""
    text = content.rstrip()
    match = _FUTURE.search(text)
    return None if match is None or _CLAUSES.search(text) else Span(*match.span())
