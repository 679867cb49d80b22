"""Nearly all and all, hardly ever and never: words that claim a whole, and words that stop short of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_reader.model import Span

_WHOLES = {
    "en": re.compile(
        r"\b(?:all|every\w*|always|never|none|nothing|nobody|no\s+one|entire(?:ly)?|whole|wholly|complete(?:ly)?|both|each)\b",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        "すべて|全て|全員|全[国部世土](?!法)|みんな|皆(?!様|さん|勤|既|無)|どれも|誰も|だれも|何も|なにも|[一1１](?:度|人|軒|件|つ|枚|羽|匹|台|隻|本|冊|羽|頭|日)も"
        "|いつも|必ず(?!しも)|常に|つねに|あらゆる|全く|まったく|決して|けっして|絶対に|完全に|一切|いっさい"
    ),
}
_PARTS = {
    "en": re.compile(
        r"\b(?:(?:almost|nearly|virtually|practically|just\s+about|close\s+to|next\s+to|all\s+but)\s+(?:all|every\w*|always|never"
        r"|no(?:ne|thing|body)?|any\w*|(?:the\s+)?(?:entire|whole)|entirely|complete\w*)|(?:hardly|scarcely|barely)\s+(?:ever|any\w*)"
        r"|rarely|seldom|very\s+few|mostly|usually|normally|(?<!at\s)(?<!the\s)(?<!at\sthe\s)most\s+(?:of\b|people|men|women|children|[a-z]+s\b))\b",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        "ほとんど|殆ど|ほぼ(?=全|すべ|毎|いつ|必|完)|めったに|滅多に|大半|大部分|大多数|たいてい(?!の?こと)|大抵"
    ),
}
_SCARCE = re.compile(r".*?(?:never|no|hardly|scarcely|barely|rarely|seldom|few)\b|めったに|滅多に", re.IGNORECASE)
_FULL = re.compile(
    "(?!never|no|一.も|[1１].も|誰|だれ|何|なに|決|けっ|一切|いっさい|全く|まったく|絶対)", re.IGNORECASE
)
"""A part that is nearly nothing, and a whole that is everything: opposites, which is another rule's business."""
_HINTS = {
    "en": re.compile(
        r"\b(?:almost|nearly|virtually|practically|about|close\s+to|next\s+to|hardly|scarcely|barely|few\w*|little|less|least|seldom|rare\w*"
        r"|most\w*|general\w*|usual\w*|normal\w*|main\w*|large\w*|major\w*|much|many|typical\w*|near|just|only|roughly"
        r"|approximat\w*|or\s+so|small|minor\w*|some\w*|handful|predominant\w*|primar\w*|chief\w*|as\s+good\s+as|mere\w*|lots?"
        r"|under|as\s+much|bulk|scant\w*|slight\w*|not?|often|common\w*|in\s+effect|pretty|so|very|too|more|quite|fairly"
        r"|exception\w*|unusual\w*|lack\w*|low|poor\w*|half|first|regular\w*|ordinar\w*|percent|per\s+cent|vast)\b|n['’]t|%",
        re.IGNORECASE,
    ),
    "ja": re.compile(
        "ほとんど|ほぼ|殆ど|大半|だいたい|大体|大抵|たいてい|めった|滅多|まず|大方|大部分|たいがい|ほど|くらい|ぐらい|約|近[くい]|わずか|僅か|あまり|余り"
        "|たいして|さほど|なかなか|まれ|稀|少な|数え|ろくに|かろうじて|いくら|たまに|ごく|多[くい]|主[にな]|最|過半|大多数|おおむね|概ね|大[ていき]|もっとも"
        "|何より|一番|いちばん|総じて|あらかた|ばかり|ずいぶん|ひとにぎり|一握り|数[少人]|珍し|ちょっと|少し|だけ|しか|未満|足らず|よく|かなり|なかば|半|一般|普通"
        "|ふつう|通[常例]|普段|ふだん|日頃|原則|基本|大勢|きわめて|極めて|おおかた|とても|特に|非常|さ[えら]|乏し|限[りら]|同然|等し|事実上|実質|小さ|割"
        "|[%％]|例年|平年|いつも(?=の|通|と|ど|よ)"
    ),
}
"""What may stand for a part."""


class AmountClash(NamedTuple):
    """A whole of one text, and of the other the part that should be it."""

    whole: Span
    part: Span


def amount_clash(whole_in: str, part_in: str, language: str) -> AmountClash | None:
    """The first claim of a whole where the other text has only a part; None where either text has both.

    Args:
        whole_in: the text that may claim a whole.
        part_in: its translation or source.
        language: of `whole_in`, ``en`` or ``ja``; the other text is in the other.
    """
    other = "ja" if language == "en" else "en"
    part = _PARTS[other].search(part_in)
    if part is None or _HINTS[language].search(whole_in) or _WHOLES[other].search(_PARTS[other].sub(" ", part_in)):
        return None
    whole = _WHOLES[language].search(whole_in)
    if whole is None or (_SCARCE.match(part[0]) and _FULL.match(whole[0])):
        return None
    return AmountClash(Span(*whole.span()), Span(*part.span()))
