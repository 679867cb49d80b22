"""Who does something to whom in Japanese: by particles, and the voice of the verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.facts.sounds import Name, japanese_names
from tui_reader.checks.meaning.deeds import Deed, Party
from tui_reader.model import Span
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.checks.family import SideView

_PRONOUNS = {
    **dict.fromkeys(("私", "僕", "俺", "わたし", "ぼく", "おれ", "あたし"), "i"),
    **dict.fromkeys(("あなた", "君", "きみ", "お前"), "you"),
    **dict.fromkeys(("我々", "われわれ"), "we"),
    "彼": "he",
    "彼女": "she",
}
_MORE_OF = {"i": "we", "he": "they", "she": "they"}
_PLURAL = re.compile("たち|達|ら(?!れ)|等")
_TITLE = (
    "(?:さん|さま|様|氏|君|くん|ちゃん|先生|選手|監督|教授|博士|夫人|社長|会長|大統領|首相|議員|知事|市長|町長|警部|刑事|隊長|船長"
    "|院長|校長)?"
)
_ROLE = re.compile(
    rf"{_TITLE}(?:(?P<agent>[はがも])|(?P<by>によって|により)|(?P<to>を|に(?![はもとつお対関])|へ(?![のと])|から(?![はもの])))"
)
_RECEIVES = lexicon(
    "もらう 貰う いただく 頂く 教わる 習う 借りる 聞く 聴く 学ぶ 負ける 敗れる 受ける 受け取る 預かる 授かる 継ぐ",
    "引き継ぐ 従う",
)
"""Verbs whose subject is the one to whom something is done; に or から tells by whom."""
_EITHER = lexicon("会う 似る 驚く 惚れる 勝つ 付き合う なる 飽きる 困る 憧れる させる せる できる")
"""Verbs that do not tell who acts on whom."""
_VOICES, _NOT = lexicon("れる られる"), lexicon("ない ぬ ず")


def deed(side: SideView) -> Deed | None:
    """The one deed that a Japanese sentence tells, None where particles and verb do not tell it surely."""
    text = side.content
    if "「" in text or "『" in text:
        return None
    roles = [(party, role) for party in _parties(side) if (role := _ROLE.match(text, party.span.end))]
    agents = [party for party, role in roles if role["agent"]]
    others = [(party, role) for party, role in roles if not role["agent"]]
    if len(agents) != 1 or len(others) != 1:
        return None
    other, role = others[0]
    turned = _is_turned(side, role["to"], role.end())
    if turned is None:
        return None
    return Deed(other, agents[0]) if turned else Deed(agents[0], other)


def _is_turned(side: SideView, particle: str | None, start: int) -> bool | None:
    """Whether the party with the particle acts on the other, as with a passive verb; None where it cannot be told."""
    comma = side.content.find("、", start)
    clause = [word for word in side.words if start <= word.start < (comma if comma >= 0 else len(side.content))]
    lemmas = {word.lemma for word in clause}
    voiced = [place for place, word in enumerate(clause) if word.lemma in _VOICES and word.part_of_speech == "AUX"]
    if lemmas & _EITHER or (particle is None and not voiced):
        return None
    if not voiced and not lemmas & _RECEIVES:
        return False
    # 彼を助けられる, 彼に聞けなかった: the form of the passive may say what somebody can do.
    negated = voiced and any(word.lemma in _NOT for word in clause[voiced[-1] :])
    return None if particle == "を" or negated else True


def _parties(side: SideView) -> Iterator[Party]:
    """Pronouns, then names."""
    for word in side.words:
        pronoun = _PRONOUNS.get(word.span.of(side.content))
        if pronoun is not None:
            more = _PLURAL.match(side.content, word.end)
            end = more.end() if more else word.end
            yield Party(Span(word.start, end), _MORE_OF.get(pronoun, "") if more else pronoun)
    run: list[Name] = []
    for name in japanese_names(side.content):
        if run and side.content[run[-1].span.end : name.span.start] not in {"", "・", "=", "＝", " "}:
            yield _named(run)
            run = []
        run.append(name)
    if run:
        yield _named(run)


def _named(run: Sequence[Name]) -> Party:
    return Party(Span(run[0].span.start, run[-1].span.end), "", tuple(run))
