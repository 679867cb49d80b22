"""Polarity of Japanese: negations, forms that only look like one, and words with a negative sense."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from tui_reader.checks.meaning.cues import NEGATION, Cue, found_cues, grouped
from tui_reader.checks.meaning.idioms_ja import IDIOMS
from tui_reader.model import Span
from tui_reader.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.text.words import Word

# ない in the forms that end a phrase.
_NAI = "(?:な(?:い|く|か|け|さ)|無(?:い|く|か)|あり?ません|ございません)"
_NARANAI = (
    r"(?:な(?:ら|り)(?:な(?:い|く|か|け)|ぬ|ず|ん|ません)"
    r"|いけ(?:な[いくかけ]|ません|ん)|いかん|だめ|ダメ|駄目)"
)

# The order matters: at each place the first alternative that fits is taken, so idioms stand before what they contain.
_CUES = grouped(
    must=rf"(?:なければ|なくては|なけりゃ|なきゃ|なくちゃ|ないと|ねば)(?:\s|は|も)?{_NARANAI}"
    r"|(?:なければ|なきゃ|なくちゃ|ねば)(?=[。」\s！!？?…]|$)"
    r"|ざるを(?:得|え)(?:な[いくかけ]|ず|ぬ|ません)|余儀な[いく]|やむを?得?(?:ず|な[いく])|やむなく|仕方な[いく]|しかたな[いく]"
    r"|(?:な(?:い|けれ)(?:と|ば|では)|ねば)気[がの]済ま(?:な[いくかけ]|ず|ぬ|ません)|必要|べき|義務",
    may=r"かね(?:な[いくか]|ません|ぬ)|かも(?:し|知)れ(?:な[いくかけ]|ません|ぬ|ず|ん)|かもわから(?:ない|ん)|可能性|おそれ|恐れ(?!ず|な)|でしょう|だろう|はず",
    sure=rf"(?<=に)(?:違い|ちがい|相違){_NAI}|間違(?:い)?な[いくか]|まちがいな[いく]|疑い(?:は|の|も)?(?:余地(?:は|が|も)?)?{_NAI}"
    r"|まぎれもな[いく]|紛れもな[いく]|言うまでもな[いく]|いうまでもな[いく]|確か",
    only=r"(?:ほか|他|以外)に(?:は)?[^。、]{0,12}?(?:な[いくかけ]|ません|ず)|し(?:か|かも)[^。、]{0,24}?(?:な[いくかけ]|ず|ません|ぬ|(?<![いと])ん)|に(?:ほか|他)なら(?:な[いくかけ]|ず|ぬ|ません)"
    r"|に(?:過ぎ|すぎ)(?:な[いくかけ]|ず|ぬ|ません)|ほかでもな[いく]|他でもな[いく]|(?:だけ|のみ)(?!で(?:な|は|も)|に(?:と|留)|なら)",
    not_only=r"(?:だけ|のみ|ばかり)(?:に|で|じゃ)?(?:は|も)?(?:な[いくか]|無[いく]|なしに)|(?:だけ|ばかり)でなく|のみならず"
    r"|(?:に|と|は)(?:も)?限ら(?:ず|れ?ない|ぬ|ん)|限りません|(?:に|も)?とどまら(?:ず|な[いく])|ばかりか",
    compare=r"ほど(?:に|で)?は?[^。、]{1,16}?(?:な[いくかけ]|ません|ず)|より(?:も)?[^。、]{1,16}?[はが]い?(?:な[いくか]|あり?ません)|これ以上(?:の|は)?[^。、]{1,16}?(?:な[いくか]|ません)",
    nor=r"こともな[くい]?、|(?<=こと)も(?=、[^。、]{1,25}こともな[いくか])|も[^。、も]{0,10}?(?:なく|ず)(?=、[^。、]{1,25}も[^。、]{0,10}?(?:な[いくか]|ません|ず))|(?:誰|何|どこに|だれ|なに)も(?=[。」』…、])",
    doubled=rf"(?:そう)?(?:で)?(?:なければ|なくては|ないと|ない(?:かぎり|限り))(?!(?:\s|は|も)?{_NARANAI})[^。、]{{1,15}}?(?:な[いくかけ]|ません|ず|ぬ)"
    r"|な(?:い|かった)(?:者|人|もの|日|所|ところ)は(?:い|居)?な[いくか]|な(?:い|かった)(?:はず|わけ|訳)(?:が|は|も)な[いくか]|な(?:い|かった)(?:わけ|訳|こと|の)(?:では|じゃ|でも|も|は|が)(?:あり?ません|な[いくかけ]|なかっ)"
    r"|なく(?:は|も)(?:な[いくかけ]|ありません)|ず(?:に)?は(?:い|お)ら?れ(?:な[いくか]|ません|ず)|ないでは(?:い|お)ら?れ(?:な[いくか]|ません)"
    r"|ないとは(?:限ら|言え)(?:な[いく]|ません)|少な(?:く(?:は)?(?:な[いくかけ]|ありません)|からず)|珍しく(?:は|も)?(?:な[いくかけ]|ありません)",
    question=r"(?:な(?:い|かった)|ません(?:でした)?|まい)(?:でしょう|だろう|[のん](?:です|でしょう|だろう)?)?か(?:[？?。」な、!！\s]|と|ね|も|$)"
    r"|な(?:い|かった)(?:の|だろう|でしょう|かしら)?[？?]|(?:じゃ|では)ないの|ない(?:かな|かしら)|ないか(?=(?:どうか)?[をは、]?[^。、]{0,6}(?:確認|確かめ|調べ|点検|検査|検討|チェック|見[てま張直]|注意|尋ね|聞[いき]|訊|問))|いいじゃ(?:ない|ん)",
    choice=r"も[のん]か(?=[。」！!と])|(?:そうで|さも)な(?:けれ|い|く)|か否か|かどうか|か(?:い)?ないか|やいなや|や否や",
    until=r"までは[^。、]{1,12}?(?:な[いくか]|ません)|な(?:い|かった)(?:うち|内)に|ぬ(?:うち|間)に|知らぬ間|ようやく|やっと",
    first=r"初めて|はじめて",
    regardless=r"(?:に|にも|も)?(?:かか|関|拘)わら(?:ず|ない|なく)|を?問わず|(?:に|と|も)?(?:関係|かまわ|構わ)(?:なく|ず|なしに)",
    vital=r"(?:欠か|かか)せ(?:な[いくかけ]|ません|ぬ)|不可欠|必要不可欠",
    negation=r"(?:ためし|試し)(?:が|は|も)な[いくかけ]",
    idiom="|".join(IDIOMS),
    prevent=r"防(?:[ぐいがごげ]|止)|避け|回避|控え|止(?:め(?=[たてるず、らよな])|まっ)|やめ|(?:中|停|阻|抑|廃)止|断念|放棄|免れ|免除|逃れ|見合わせ|見送",
    forbid=r"(?<=[うくすつむるぐぶ])な(?=よ?[。！!」]|$|と(?![うかきくげさすてなもりるん]))|禁(?:[じず止]|じら)|厳禁|お断り|べからず",
    refuse=r"な(?:い|かった)(?:こと)?[とは][^。、]{0,8}否定|拒[否ん絶み]|断[っりらる](?!て)|否[定認決]|却下|辞退|反対|反発|抵抗|退け|謝絶|遠慮",
    fail=r"失敗|怠[っりるら]|忘れ|逃[しす](?!走)|損ね|損な|漏[れら]|ミス",
    lack=r"停電|断水|断絶|絶[っつえ]|中退|退学|(?<=[がはもの])(?:な|無)く(?=な[っりるれろら])|(?:い|居|見え|聞こえ)なく(?=な[っりるれろら])|(?<=[がはの])途?絶え|途切れ|消え(?=[てたる])|無[料償]|[年月日週間]ぶり(?=[にのだでと、])|オフライン|抜け[たて]|運休|休[業校館場診]|匿名|独身|ノンストップ|素通り|ぶっ通し|通過(?=し|いた|す)|欠[けくいき如落席](?!か)|不足|不在|皆無|ゼロ|空[っの](?!港)|失[っいうわ]|乏し|抜き[でのに]|切れ(?:た|て|る)",
    few=r"わずか|僅か|少な[いくか]|少し",
    most=r"以下|以内|未満",
    except_for=r"(?:範囲|枠|域)を[^。、]{0,3}?(?:超|越)|離れ(?=[てた])|(?:対象|圏|問題|範囲|適用|論|時間|想定|規格)外|以外|代わりに|かわりに|むしろ|どころか|ほど遠|程遠|例外|(?:想像|予想|想定|期待)を[^。、]{0,6}?(?:超|上回|裏切)|除[いくき]|外れ|外[さし](?=て|れ|な)",
    hard=r"おぼつかな[いく]|まずい(?=[。」、ぞよ])|迷[っいわう]|駄目|だめ|ダメ|むり(?!に|や)|お手上げ|誤り|俗説|偽り|なかなか[^。、]{1,12}?(?:な[いくかけ]|ず|ません)|かね(?=[てたるま])|(?<=[いきしちにりみびぎえけせてねめれげべ])(?:難|がた)[いくか]|に?くい(?=[。、と]|もの|こと|状)|にくく|づら[いく]|(?<!避)難し|困難|苦手|嫌(?:[いがっだでなわ。]|々)|ためら|躊躇|疑[わい問]|内密|内緒|秘密|黙",
    different=r"意外|思いがけ|ちが[うっえ]|違(?:[うっえ]|い(?!な))|異な|別(?:の|に|もの|人|々|物)|変わ(?:っ|り(?=ま))|相違|逆(?:に|の)",
    without_it=r"不(?!動産|思議|二|倒|可欠)[一-鿿]|無(?!線|事|論|限|料|名|地|双|数|沙汰)[一-鿿]|非(?!常)[一-鿿]|未(?!来|亡|だ)[一-鿿]|反[一-鿿]|脱[一-鿿]",
)
_NO_MORE = re.compile(r"(?<![忙少亡間])(?:な|無)く(?=な[っりるれろ])")
"""Often one word with what follows, to a dictionary: なくなった."""
_CLAUSE = 24
"""Characters of a short clause."""
_NEGATIVE = frozenset({"ない", "ぬ", "ず", "まい", "なし", "無い", "無し", "ざる", "へん"})


def cues(text: str, parsed: Sequence[Word] | None = None) -> list[Cue]:
    """What bears on the polarity of a Japanese text, in order.

    Args:
        text: in Japanese.
        parsed: its words, where they are known.
    """
    others = found_cues(_CUES, text)
    taken = bytearray(len(text))
    for cue in others:
        taken[cue.span.start : cue.span.end] = b"\1" * cue.span.length
    known = words.split(text, "ja") if parsed is None else parsed
    negations = [Cue(word.span, NEGATION) for word in known if _negates(word)]
    negations += [Cue(Span(*match.span()), NEGATION) for match in _NO_MORE.finditer(text)]
    negations = list(dict.fromkeys(negations))
    found = sorted(others + [cue for cue in negations if not any(taken[slice(*cue.span)])])
    return [
        cue._replace(group="nor") if _is_continued(cue, following, text) else cue
        for cue, following in zip_longest(found, found[1:])
    ]


def _is_continued(cue: Cue, following: Cue | None, text: str) -> bool:
    """Whether a clause breaks off with a negation (来ず、) that the next one takes up: either may be *failed to*."""
    if following is None or cue.group != NEGATION or following.group not in {NEGATION, "lack"}:
        return False
    between = text[cue.span.end : following.span.start]
    return between.startswith("、") and len(between) <= _CLAUSE and "。" not in between


def _negates(word: Word) -> bool:
    return word.lemma in _NEGATIVE and word.part_of_speech in {"AUX", "ADJ", "NOUN", "PART", "VERB"}
