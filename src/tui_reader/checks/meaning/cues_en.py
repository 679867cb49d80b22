"""Polarity of English: negations, phrases that only look like one, and words with a negative sense."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.meaning.cues import NEGATION, found_cues, grouped

if TYPE_CHECKING:
    from tui_reader.checks.meaning.cues import Cue

# Also without the apostrophe, or with another mark in its place, as people type.
_NOT = (
    r"(?:\w+n\s?['’´`;\u0301]\s?t|not"
    r"|(?:ai|are|ca|could|did|do|does|had|has|have|is|must|should|was|were|wo|would)nt)"
)

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
# The order matters: at each place the first alternative that fits is taken, so idioms stand before what they contain.
_CUES = grouped(
    not_only=r"\bnot\s+(?:only|just|merely|simply|solely|exclusively|to\s+mention|least)\b",
    compare=rf"\b{_NOT}\s+(?:(?:quite|nearly)\s+)?(?:as|so)\s+(?=\w+\s+(?:as|that)\b) | \bnothing\s+like\b"
    r"| \bmore\s+than\s+\w+\s+(?:can|could)\b",
    doubled=rf"\b(?:never|{_NOT}|cannot|nothing|nobody|no\s+one|hardly|scarcely|barely|no\s+\w+)\b"
    r"(?:(?!\b(?:but|and|or|so)\b)[^.,!?;\n]){1,60}\bwithout\b",
    until=rf"\b(?:{_NOT}|never|nobody|no\s+one)\b(?=[^.!?;\n]{{1,60}}\b(?:until\b|before\s+(?:the\s+end|next|\d|{_MONTH})))"
    r"|\bnot\s+(?:until|now)\b | \b(?:un)?till?\b | \bbefore\b | \byet\s+to\b",
    question=rf"\bwonder\w*\s+if\b[^.!?;\n]{{0,60}}\b{_NOT}\b|\b(?:{_NOT}|never)\b(?=[^.!?;\n]{{0,150}}\?)",
    choice=rf"\bwith\s+or\s+without\b | \b{_NOT}\s+know\s+(?:what|how|where|which|who)\s+to\b"
    r"| \b(?:whether\s+or|or|if|as\s+likely\s+as|more\s+often\s+than|believe\s+it\s+or)\s+not\b",
    idiom=r"\b(?:no\s+(?:doubt|matter|offen[cs]e|wonder|sooner|fewer|less|question|mean\s+feat|exception|problem|more\s+than"
    r"|later\s+than|other\s+than|idea|end\s+of|stranger|choice|point|secret|avail)|look\s+no\s+further"
    r"|(?:nothing|nobody|no\s?one|none)\s+(?:[a-z]+\s+){0,4}but|(?:nothing|none)\s+(?:other\s+than|less\s+than|short\s+of|if\s+not)|never\s*mind|leave\s+no|no\s+small"
    r"|(?:can(?:no|['’])t|could\s*(?:not|n['’]t))\s+(?:help|wait|be\s+denied|afford|stand|agree\s+more)"
    r"|without\s+(?:a\s+)?(?:doubt|fail|question|exception|delay|hitch|murmur|fuss|let-?up|rest|pause|end|peer|equal|parallel)|never-\w+|no-one\s+but|los(?:e|es|t|ing)\s+no\s+time|nonetheless|none\s+the\s+less"
    r"|not\s+(?:uncommon|unusual|unlike|unlikely|infrequent|impossible|far|long|too\s+\w+\s+for)\w*|if\s+it\s+were(?:n['’]t|\s+not)"
    r"|(?:have|has)(?:n['’]t|\s+not)\s+seen\s+\w+\s+(?:for|in)|not\s+guilty|not\s+so\s+much|nothing\s+(?:new|special)|(?:mis|un)\w+\s+(?:no|not)|not\s+necessarily|good\s+for\s+nothing|tell\s+(?:\w+\s+){0,3}?(?:difference|apart)|not\s+since|(?:nobody|no\s+one|nothing|nowhere)\s+else|never\s+been\s+(?:more\s+\w+|\w+er)|no\s+\w+er\s+than"
    r"|(?:nobody|no\s+one|nowhere|nothing|never)\s+(?:[a-z]+\s+){0,6}?(?:more|less)\s+(?:[a-z]+\s+)?than"
    r"|(?:can(?:no|['’])t|could\s*(?:not|n['’]t))\s+(?:[a-z]+\s+){1,6}?more\s+than|never\s+hear\w*\s+the\s+end|cannot\s+but|no\s+two)\b"
    r"| (?-i:\b[A-Z][a-z]*[aeioun]\s+no\s+[A-Z][a-z]*[aeioun]\b) | [\"“'‘]no[\"”'’] | \bdon['’]t\s+mention\s+it\b"
    r"| \bif\b[^.,;!?]{0,60}\bnot\b(?=[^.,;!?]{0,30}\benough\b) | \bonly\b[^.,;!?]{0,40}\band\s+not\b"
    r"| (?:^|[.!?;:,\"“]\s*)no\s+(?=(?:you|i|it|he|she|they|we|this|that|thank)\b)"
    r"| \bno-\w+ | \bnos?\.\s*(?=\d) | \bno\b(?=\s*[,.!?—–-]) | \bno\s+(?=\d) | \bno\b(?=,)",
    nor=r"\bnor\b",
    negation=rf"\bnever\s+before\b | \bnever(?:\s+\w+){{1,4}}?\s+before\b(?=\s*[.,;!?\"”])"
    rf"|\b(?:{_NOT}|cannot|never|no|none|nobody|nothing|nowhere|neither|without)\b",
    may=r"\b(?:may|might|perhaps|maybe|possibl[ey]|could|likely|probabl[ey])\b",
    must=r"\b(?:must|(?:ha[sd]|have|having)\s+to|need(?:s|ed)?|should|ought|require[sd]?|obliged|obligat\w+|forced|compelled|necessary)\b",
    sure=r"\b(?:certain(?:ly)?|sure(?:ly)?|definite(?:ly)?|doubtless|undoubted(?:ly)?|bound\s+to|clear(?:ly)?)\b",
    vital=r"\b(?:essential|vital|indispensable|crucial|integral)(?:ly)?\b",
    prevent=r"\b(?:prevent|protect|avoid|avert|stop|block|halt|cease|quit|deter|evade|dodge|escape|suspend|cancel|abandon"
    r"|withhold|withheld|refrain|abstain|keep(?:s|ing)?\s+\w+\s+from|kept\s+\w+\s+from|end)(?:s|ed|ing|ped|ping|ling|led)?\b",
    forbid=r"\b(?:(?:forbid|forbad|prohibit|outlaw|restrict)\w*|ban(?:s|ned|ning)?|bar(?:red|ring)?)\b",
    refuse=r"\b(?:refus(?:e|es|ed|ing|al)|den(?:y|ies|ied|ying|ial)|reject\w*|declin(?:e|es|ed|ing)|resist\w*"
    r"|rul(?:e|es|ed|ing)\s+out|oppos\w+|object(?:s|ed|ing)?\s+to|against|veto\w*|turn(?:s|ed|ing)?\s+down)\b",
    fail=r"\b(?:fail\w*|neglect\w*|forg[eo]t\w*|overlook\w*|miss(?:es|ed|ing)?|struggl\w*|in\s+vain|unsuccessful\w*|los(?:e|es|t|ing|er|ers|ses)|let(?:s|ting)?\s+(?:\w+\s+){1,3}down)\b",
    lack=r"\b(?:(?:for|in)\s+want\s+of|deaf|blind|mute[sd]?|idle|disused|derelict|defunct|obsolete|extinct|abandoned|silen\w+|awake|unmarried|anonym\w+|lack\w*|absen(?:t|ce)\w*|short(?:ages?|falls?)|short\s+of|(?:r[au]n|fall|fell)\w*\s+short|devoid|scarc\w+|vacan\w+|gone|bare|empty|depriv\w+|minus|zero|overdue|outstanding|vanish\w*|died?|dead|r[au]n\s+out"
    r"|free(?!\s+(?:to|will|kick|trade|press|market))|gratis|complimentary|\w+-free|poor(?:ly)?|insufficient\w*|inadequate\w*|inability|unable|incapable)\b",
    few=r"\b(?:few(?:er)?|little|less|least|hardly|barely|scarcely|rare(?:ly)?|seldom|minor|slight(?:ly)?|thin|low|limited|unlikely)\b",
    only=r"\b(?:only|just|merely|simply|nothing\s+more|but\s+for|alone|sole(?:ly)?|exclusively)\b",
    except_for=r"\b(?:kn[eo]w\w*\s+better|as\s+\w+\s+as\s+\w+\s+c(?:an|ould)|as\s+if|except\w*|unless|instead|rather\s+than|other\s+than|apart\s+from|aside\s+from|far\s+from|beyond"
    r"|otherwise|too|out\s+of|away\s+from|anything\s+but|regardless|irrespective|despite|last|stay(?:s|ed)?\s+(?:put|away)|exclud\w+|omit\w*|skip\w*|le(?:av\w+|ft)\s+out)\b",
    hard=r"\b(?:badly|weak\w*|hard(?:er|est|ly)?|difficult\w*|tough\w*|tricky|challeng\w+|impossib\w*|reluctan\w*|hesitat\w*|hate[sd]?"
    r"|doubt\w*|wonder\w*|ignor\w*|secret(?:ly)?|wrong(?:ly)?|false(?:ly)?|hidden|unclear|damn)\b",
    different=r"\b(?:never\s+the\s+same|differ\w*|contrary|opposite|unlike)\b",
    same=r"\b(?:remain\w*|stay(?:s|ed)?|still|constant\w*|continu\w*|same|keep(?:s|ing)?|kept|persist\w*|(?:stand|stands|stood|standing)\s+(?:by|firm|pat)|stead(?:y|ily))\b",
    without_it=r"\b(?:un(?!der|til|it|iv|ion|iqu|iform|cle)\w{3,}|non-?\w{3,}|(?!unless|regard|nevertheless)\w{3,}less(?:ly|ness)?"
    r"|in(?:accura|active|adequa|appropria|attenti|complete|conclusive|consider|consisten|convenien|correct|credib|curab|decis"
    r"|definite|dependen|different|direct|discriminate|effective|efficien|eligib|equal|evitab|exact|finit|excusabl|experience|flexib"
    r"|formal|frequen|grat|human|jus|offensive|operative|secur|sensitiv|significan|stabil|sufferab|toleran|valid|variab|visib"
    r"|voluntar)\w*"
    r"|im(?:balance|matur|measurab|mobil|modest|moral|mortal|partial|passabl|penetrab|patien|perfect|permissib|personal|polite|practical"
    r"|prob|proper|pruden)\w*|ir(?:rational|regular|relevan|reparab|replaceab|resistib|responsib|reversib)\w*"
    r"|il(?:legal|liter|logical|legitim)\w*|dis(?:agre|allow|appear|approv|belie|connect|continu|courag|credit|favou?r|honest"
    r"|lik|obe|pleas|prov|qualif|regard|satisf|trust|abilit|advantag)\w*|mis(?!s|t|er|sion)\w{4,})\b",
)

_NEXT_MEMBER = re.compile(r"[^.,;:!?]{1,40}(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+)")
"""Between negations that share one in Japanese: *not a beat, not a flicker*, *no lift and no bath*."""
_AFTERTHOUGHT = re.compile(r".*[,;.—–-][\"”'’]?\s*(?:[\"“]\s*)?(?:and\s+)?", re.DOTALL)
"""What stands before a *not* that only repeats an earlier one: *I never told anyone, not even him.*"""
_REACH = 8
"""Characters before a negation that show where its clause begins."""
_NOT_AGAIN = re.compile(
    r"not\s+(?:even|for|in|on|to|by|at|from|with|because|any|an?|the|my|your|his|her|our|their)\b", re.IGNORECASE
)


def cues(text: str) -> list[Cue]:
    """What bears on the polarity of an English text, in order."""
    found = found_cues(_CUES, text)
    negated = False
    for k, cue in enumerate(found):
        if cue.group != NEGATION:
            continue
        if negated and (_is_next_member(found[k - 1], cue, text) or _is_afterthought(cue, text)):
            found[k] = cue._replace(group="nor")
        negated = True
    return found


def _is_next_member(before: Cue, cue: Cue, text: str) -> bool:
    same = before.group in {NEGATION, "nor"} and before.span.of(text).lower() == cue.span.of(text).lower()
    return same and _NEXT_MEMBER.fullmatch(text[before.span.end : cue.span.start]) is not None


def _is_afterthought(cue: Cue, text: str) -> bool:
    before = text[max(0, cue.span.start - _REACH) : cue.span.start]
    return _NOT_AGAIN.match(text, cue.span.start) is not None and _AFTERTHOUGHT.fullmatch(before) is not None
