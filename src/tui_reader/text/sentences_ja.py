"""Where Japanese sentences end.

Terminators (。！？…) end a sentence outside quotation marks and brackets, together with what closes behind them;
a bracket that is never closed counts for nothing. A quotation goes on where a particle follows (「…。」と述べた).
"""

from __future__ import annotations

import re

from tui_reader.text.layout import LIST_MARK
from tui_reader.text.sentences_en import EMOJI, ends_here, past

_PAIRS = dict(zip("「『（(［[【〈《〔｢“", "」』）)］]】〉》〕｣”", strict=True))
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_BRACKET = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_CLOSERS)) + "]")
_STRONG = "。．！？!?｡‼⁇⁈⁉"
_TERMINATORS = re.compile(rf"[{_STRONG}…‥]+(?:[♪♡♥❤☆★]|{EMOJI})*|\.+(?=[\s」』）)\]”]|$)")
_CLOSING = re.compile("[" + re.escape("".join(_CLOSERS)) + "\"'’»]*")
_ADDRESS = re.compile(r"https?://[!-~]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)
# Said, thought, named so: after these a closed quotation or a name with ！ goes on.
_REPORTED = re.compile(
    r"と(?:述べ|言|い[うっわい]|語|話|答|思|考|書|記|説明|主張|強調|指摘|コメント|訴え|呼|叫|聞|尋|返|の[声意見こ]|し[てたい]|か、|、)"
    r"|って[言いのこ]|という|などと|なんて|だと[言思い]"
)
# …だった。というより、…: a sentence of its own that opens with a conjunction.
_CONJUNCTION = re.compile(
    r"と(?:いう(?:より|のも|わけ|訳|こと)|いって(?:も|、)|いえば|はいえ|すると|なると|もあれ|ころ[がで])"
)
# 「…。」母は静かに言った。 本当？と彼は聞いた。
_ATTRIBUTION = re.compile(
    r"と?[^。！？!?、「」『』]{1,12}[はがも][^。！？!?、「」『』]{0,12}(?:言|聞|述|尋|答|叫|話|語|問|訊|つぶや|ささや)[^。！？!?「」]{0,6}。"
)
_PARTICLE = re.compile(r"[とをはがにのでもやかへ、，,]|って|など|なんて|だった|です|である|じゃ")
_AFTER_CALL = re.compile(r"[、，,を]|の(?![ちんど])")
# Remarks that belong to the sentence they follow.
_REMARK = re.compile(
    r"[(（](?:笑|泣|汗|怒|爆|苦笑|爆笑|略|中略|後略|注\d*|※?\d{1,3}|[^()（）。！？!?]{1,12}(?=[)）]\s*$))[)）]|[\[［]\d{1,3}[\]］]"
)
_SPACE = re.compile(r"\s*")
_MORE = re.compile(f"[{_STRONG}]*")


def sentence_ends(text: str) -> list[int]:
    """Offsets behind the last character of each sentence of a text whose newlines are mere white space."""
    partners = _partners(text)
    inside = _covered(partners, len(text))
    addresses = _spans_covered(_ADDRESS, text)
    mark = LIST_MARK.match(text)
    start = mark.end() if mark else 0
    ends: list[int] = []
    for match in _TERMINATORS.finditer(text):
        if match.start() < start or addresses[match.start()]:
            continue
        end = _end(text, match, start, partners, inside)
        if end is not None:
            ends.append(end)
            start = past(_SPACE, text, end)
    return ends


def _partners(text: str) -> dict[int, int]:
    """Offset of each opening bracket that is closed, to the offset of what closes it."""
    waiting: list[int] = []
    open_now = dict.fromkeys(_PAIRS, 0)
    partners: dict[int, int] = {}
    for match in _BRACKET.finditer(text):
        character = match[0]
        if character in _PAIRS:
            waiting.append(match.start())
            open_now[character] += 1
        elif open_now[_CLOSERS[character]]:
            opener = ""
            while opener != _CLOSERS[character]:
                # Whatever was opened inside and not closed there is no bracket, only a stray mark.
                index = waiting.pop()
                opener = text[index]
                open_now[opener] -= 1
            partners[index] = match.start()
    return partners


def _covered(partners: dict[int, int], length: int) -> list[int]:
    """For each offset the opener of the outermost bracket around it, or -1."""
    inside = [-1] * (length + 1)
    reached = -1
    for opener in sorted(partners):
        if opener > reached:
            reached = partners[opener]
            inside[opener + 1 : reached] = [opener] * (reached - opener - 1)
    return inside


def _spans_covered(pattern: re.Pattern[str], text: str) -> bytearray:
    covered = bytearray(len(text) + 1)
    for match in pattern.finditer(text):
        covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return covered


def _end(text: str, match: re.Match[str], start: int, partners: dict[int, int], inside: list[int]) -> int | None:
    """End of the sentence that a run of terminators closes, or None where the sentence goes on."""
    opener = inside[match.start()]
    if opener >= 0:
        return _end_of_quotation(text, match, start, opener, partners[opener])
    end = past(_CLOSING, text, match.end())
    while remark := _REMARK.match(text, end):
        end = remark.end()
        end = past(_MORE, text, end)
    return end if _is_end(text, match, end) else None


def _is_end(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a run of terminators outside brackets, with what closes behind it up to `end`, ends a sentence."""
    run, following = match[0], text[end : end + 1]
    if not following:
        return True
    if run[0] == ".":
        return ends_here(text, match.start(), end)
    if following.isspace():
        return not (run.isascii() and text[(first := past(_SPACE, text, end)) : first + 1].islower())
    if not any(character in _STRONG for character in run):
        return following in "「『"
    begins = end == match.end() and "。" in run and _CONJUNCTION.match(text, end)
    if not begins and (_REPORTED.match(text, end) or (following == "と" and _ATTRIBUTION.match(text, end))):
        return False
    return "。" in run or "｡" in run or not _goes_on(text, match, end)


def _goes_on(text: str, match: re.Match[str], end: int) -> bool:
    """Whether what looks like a terminator is part of a number, an address or a name (Yahoo!ニュース)."""
    run, before, following = match[0], text[max(0, match.start() - 1) : match.start()], text[end]
    if run == "．":
        return following.isdigit() or before.isdigit()
    if run.isascii() and following.isascii() and following.isalnum():
        return True
    brand = run == "!" and before.isascii() and "ァ" <= following <= "ヺ"
    return brand or _AFTER_CALL.match(text, end) is not None


def _end_of_quotation(text: str, match: re.Match[str], start: int, opener: int, closer: int) -> int | None:
    """End of a sentence that is nothing but a quotation or parenthesis with its own terminator, else None."""
    if opener != start or past(_CLOSING, text, match.end()) <= closer:
        return None
    end = closer + 1
    if _PARTICLE.match(text, end) or _ATTRIBUTION.match(text, end) or text[end : end + 1] in {*_STRONG, "…"}:
        return None
    return end
