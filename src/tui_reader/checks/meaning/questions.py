"""The rule of questions: one side asks, the other states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui_reader.checks.family import BeadView, SideView
    from tui_reader.model import Finding

QUESTION = Rule(
    "question",
    "Question against statement",
    None,
    Severity.WARNING,
    "mistranslation",
    0.5,
    "One side asks a question, and the other side is a sentence that neither asks one nor reports one (whether, how, "
    "かどうか, なぜ). Headings, tags (you know?) and requests (May I…, お願いします) are left alone.",
    good=Example("Did the ferry leave on time?", "フェリーは定刻に出ましたか。"),
    bad=Example("Did the ferry leave on time?", "フェリーは定刻に出ました。"),
    cure="Ask where the source asks, state where it states.",
)

_ASKS = {
    "en": re.compile(r"\?(?![\w/&=])"),
    "ja": re.compile(
        r"[？?](?![\w/&=])|(?<!ない)(?<!ないだろう)(?<!ないでしょう)(?<!なかろう)(?<!ません)か[。」』](?!と[い言])|[のだ]ろうか[。」』]"
    ),
}
_MAY_ASK = {
    "en": re.compile(
        r"\?|\b(?:wh(?:at|y|o|om|ose|ich|en|ere|ether|atever|ichever)|how|if|ask|wonder|question|doubt|guess|perhaps|maybe|may|might"
        r"|could|can|would|let|please|suppose|should|possibl|likely|or|not|n['’]t|do|try)\w*|\w+n['’]t\b",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        r"[？?]|か(?:な|しら|ね|よ|い)?[。、！!」』…\s]|か$|か(?:どうか|否か|を|は|が|と|に|も|の)|だろう|でしょう|何|なに|なん|なぜ|どう|どこ|どの|どれ"
        r"|どんな|いつ|いくら|いくつ|誰|だれ|幾|ね[。！」\s]|くださ|下さ|くれ|ましょう|もらえ|いただけ|いただき|頂け|承り|伺い|お?願い|頼|の[。」]|って[。」]|わけ|質問|疑"
    ),
}


_NOT_ASKING = {
    "en": re.compile(
        r",\s*(?:you\s+know|right|ok(?:ay)?|huh|eh|yeah|no|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)"
        r"(?:n['’]t)?\s+(?:it|he|she|they|you|we|I|there))\s*\?",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        r"ほとんどの?|いつも|かも(?:し|知)れ|(?:いくつ|何人|何度|何|誰|だれ|どこ|いつ|なに|どれ)か(?=[がをにはのもとで、一-鿿])"
        r"|(?:明ら|確|静|豊|僅|わず|ほ|な|あきら|たし|ゆた|遥|なめら|おろ)か|か、?(?:または|あるいは|もしくは)|どうも|ぶどう|ものの"
    ),
}
"""What looks like a question: tags, and words that only hold か or a word that asks."""
_SENTENCE = {
    "en": re.compile(r"[.!][\"'”’)\]]*\s*$"),
    "ja": re.compile(r"[。．！!][」』）)\]]*\s*$"),
}
"""How a side ends that states something; a heading may well ask without a mark."""


class Questions(Family):
    """Looks whether both sides ask."""

    rules = (QUESTION,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The question of the one side that the other does not ask."""
        if {view.source.language, view.target.language} != {"en", "ja"}:
            return
        for side in Side:
            here, there = view.side(side), view.side(side.other)
            asked = _ASKS[here.language].search(_plain(here))
            stated = _SENTENCE[there.language].search(there.content)
            if asked and stated and not _MAY_ASK[there.language].search(_plain(there)):
                yield view.finding(QUESTION, side, _sentence(here, asked.end()), _message(side), confidence=0.9)


def _plain(side: SideView) -> str:
    """A text without what only looks like a question; as long as the text."""
    return _NOT_ASKING[side.language].sub(lambda match: " " * len(match[0]), side.content)


def _sentence(side: SideView, end: int) -> Span:
    """The sentence whose question ends there."""
    spans = sentences.split(side.content, side.language)
    return next((span for span in spans if span.start < end <= span.end), Span(0, len(side.content)))


def _message(side: Side) -> str:
    if side is Side.SOURCE:
        return "The source asks this; the translation asks nothing."
    return "The translation asks this; the source asks nothing."
