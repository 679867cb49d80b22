"""Modality in English: must, have to, may, perhaps, need not."""

from __future__ import annotations

import re
from functools import lru_cache

from tui_reader.checks.meaning.cues import grouped
from tui_reader.checks.meaning.modals import CAN, MAY, MUST, OPEN, PERHAPS, SHOULD, SURE, Modals, modals_by

_NOT = r"(?:\s+not\b|n['’]t\b)"

# The order matters: at each place the first alternative that fits is taken, so idioms stand before what they contain.
_MARKS = grouped(
    none=r"\b(?-i:May)(?=\s+(?:\d|(?:the|your|his|her|he|she|they|God|all|this|that|there|we|you|I)\b))"
    r"|(?<=[a-z0-9,]\s)(?-i:May|Might|Must|Can)\b|\bmust-\w+|\ba\s+must\b|\bmust(?=\s+(?:say|admit|confess)\b)"
    r"|\b(?:the|his|her|their|its|our|my|all|with|of|military|full|by)\s+might\b|\bcan\s+of\b"
    r"|\b(?:that\s+as\s+it|come\s+what)\s+may\b|\bmight\s+(?:I|we)\b|\bif\s+\w+\s+(?:may|might|must)\b"
    r"|\b(?:may|might)\s+(?:as\s+well|want\s+to|wish\s+to|like\s+to|prefer\s+to|think|say|ask|be\s+forgiven|help)\b"
    r"|\b(?:whatever|whoever|whichever|wherever|however|no\s+matter|so\s+that|in\s+order\s+that|lest|as|than)\b"
    r"[^.!?;,]{0,60}?\b(?:may|might|must)\b"
    r"|\ball\s+(?:\w+\s+){1,3}ha(?:ve|s|d)\s+to\b|\b(?:ha[ds]|have|having)\s+to\s+do\s+with\b|\b(?:who|what|why|where|how)\s+(?:should|must)\b|\bshould\s+(?:like|think)\b"
    r"|(?:^|[.!?;,]\s+)should\b|\b(?:which|that)\s+(?:may|might)\s+be\b",
    exempt=rf"\bneed{_NOT}|\b(?:do|does|did|will|would|wo){_NOT}\s+(?:have|need)\s+to\b"
    r"|\b(?:no\s+need|not\s+(?:required|obliged|compulsory|mandatory|obligatory))\b",
    forbid=rf"\bmust{_NOT}|\bmust\s+(?:never|no\s+longer|neither|under\s+no)\b"
    r"|\b(?:not|never)\s+(?:be\s+)?(?:allowed|permitted)\b|\b(?:may|should|ought)(?:\s+not\b|n['’]t\b)",
    sure=r"\bmust\s+have(?=\s+(?:\w+ed|been|gone|made|left|come|had|got|\w+en|\w+ght|\w+lt|done|known|lost|run|cut|set|put)\b)"
    r"|\b(?:certainly|definitely|undoubtedly|doubtless|inevitably)\b"
    r"|\bwithout\s+(?:a\s+)?doubt\b|\b(?:sure|bound|certain)\s+to\b|\bno\s+doubt\b",
    must=r"\bmust\b|\b(?:has|have|had)\s+to\b|\b(?:is|are|was|were|be|been)\s+(?:required|obliged|compelled|forced)\s+to\b"
    r"|\b(?:mandatory|compulsory|obligatory)\b",
    should=r"\bshould\b|\bought\s+to\b|\bhad\s+better\b(?!\s+not)",
    perhaps=r"\b(?:may|might)\s+(?:\w+ly\s+)?have(?=\s+(?:\w+ed|been|gone|made|left|come|had|got|\w+en|\w+ght|\w+lt|done|known|lost|run|cut|set|put)\b)"
    rf"|\bmight\b(?!{_NOT}|\s+only)|\b(?:perhaps|maybe|possibly)\b",
    may=rf"\bmay\b(?!{_NOT}|\s+only)",
    can=rf"\bcan\b(?!{_NOT}|\s+(?:only|never|hardly|scarcely|barely))|\b(?:is|are|be)\s+(?:free|allowed|permitted)\s+to\b",
)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_DUTY = (
    r"need\w*|requir\w*|oblig\w*|necess\w*|forc\w+|compel\w*|got\s+to|gotta|essential|ow[ei]\w*|dut(?:y|ies)|responsib\w*"
    r"|suppos\w*|demand\w*|order\w*|urg\w*|rules?|shall|imperative|due|obe\w+|unless|until|only|vital|please|insist\w*"
    r"|important|(?:is|are|was|were|am|be)\s+to|commit\w*|law\w*|let['’]s|worth|left\s+to|reluctan\w*|resort\w*|no|bear|dare"
    r"|time\s+to|without|not|\w+n['’]t|nothing|cannot|never|hardly|impossible|always|call\w*\s+for|push\w*|price|cost\w*"
    r"|task|will|would|inevitab\w+|best|better|advis\w*|recommend\w*|good|wise|expect\w*|must|should|ought|ha[sd]\s+to|have\s+to"
)
_FREEDOM = (
    r"allow\w*|permit\w*|free|lets?|letting|fine|ok(?:ay)?|all\s*right|alright|mind|welcome|enough|would|whatever|whichever"
    r"|whether|either|no\s+matter|even|good|well|wish\w*|like|option\w*|could|can|able|may|might|entitled|rights?|if"
    r"|accept\w*|no\s+need|\w+n['’]t|not|ready|worth|deserv\w*|easi\w*|capable"
)
_CHANCE = (
    r"could|can|can['’]t|cannot|couldn['’]t|perhaps|maybe|may|might|possib\w+|probab\w+|likel\w+|unlikely|in\s+case|potential\w*|risk\w*"
    r"|chance\w*|threat\w*|danger\w*|would|seem\w*|appear\w*|suspect\w*|suspici\w+|guess\w*|think\w*|thought|wonder\w*"
    r"|fear\w*|afraid|worr\w+|concern\w*|hop(?:e|es|ed|ing)|believ\w+|feel\w*|felt|presum\w+|apparent\w*|if|unless|whether"
)
_OPEN = (
    r"suppos\w+|sometimes|occasion\w*|prone|tend\w*|liable|apt|unsure|uncertain\w*|unclear|doubt\w*|expect\w*|speculat\w+"
    r"|suggest\w*|imagin\w+|reckon\w*|or\s+so|dare|sort\s+of|almost|arguab\w+|conceiv\w+|says?|said|who\s+knows|alleged\w*"
    r"|like|looks?|looked|as\s+good\s+as|capable|able|allow\w*|vulnerab\w+|susceptib\w+|bet|warn\w*|alarm\w*|anxi\w+|open\s+to"
    r"|debat\w+|question\w*|about|some|approximately|around|hint\w*|claim\w*|potent\w*|hazard\w*|caution\w*|beware|careful\w*"
    r"|avoid\w*|prevent\w*|indicat\w*|impl\w+|point\w*|foresee\w*|predict\w*|forecast\w*|bode\w*|probe|explor\w+|consider\w*"
)
_HINTS = {
    MUST: _words(_DUTY),
    SHOULD: _words(_DUTY),
    SURE: _words(
        r"sure\w*|certain\w*|clear\w*|obvious\w*|always|ensur\w+|every|guarantee\w*|indeed|never|inevitab\w+|invariab\w+"
        r"|bound"
    ),
    MAY: _words(_FREEDOM),
    CAN: _words(_FREEDOM),
    PERHAPS: _words(_CHANCE),
    OPEN: re.compile(rf"\b(?:{_OPEN})\b|\?", re.IGNORECASE),
}
"""What may stand for a kind in Japanese without saying it as plainly."""


@lru_cache(maxsize=8)
def modals(text: str) -> Modals:
    """The modality of an English text."""
    return modals_by(_MARKS, _HINTS, text)
