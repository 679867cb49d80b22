"""Line breaking for Japanese, English and both mixed, as spans of the original text.

The rules are kinsoku shori (JIS X 4051; W3C "Requirements for Japanese Text Layout", appendix A for the classes):
closing marks, small kana and the long-vowel mark start no line, opening brackets end none, runs of … and ― stay whole,
a number stays with its unit. Words of Latin script break at spaces and after hyphens, anywhere only where they must.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from tui_reader.model import Span
from tui_reader.text.width import cell_counts

# One letter for each class of characters, so that the rules are one regular expression over a string of classes.
_MEMBERS = {
    "o": "「『（【〔［｛〈《〖〘〝“‘｢¿¡«",
    "a": "([{",
    "c": "」』）】〕］｝〉》〗〙〟。、．，・：；？！‼⁇⁈⁉ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ々ゝゞヽヾ"
    "〻゛゜｡､｣･ｧｨｩｪｫｬｭｮｯｰﾞﾟ〜～゠–ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ％‰℃℉°′″",
    "k": ".,:;!?)]}”’»%",
    "e": "…‥",
    "m": "―—⸺",
    "p": "￥¥＄$£￡€＃#№@",
    "u": "円年月日時分秒人個件本回歳名台社国倍割点位度週番号章節条項行頁階枚冊兆億万千百十",
    "q": "\"'",
    "h": "-",
    "d": "0123456789０１２３４５６７８９",
    "s": " \t\u3000\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u1680",
}
_CORE = (
    "p*d(?:[dwkqhp]*d)?[wkh]*u{0,4}"  # a number with its unit: 1,000万円, 2024-05-17, 3km
    "|w(?:[akqdpw]*[wd])?(?:hd+[wd]*)*h?"  # a Latin word up to its hyphen: smarter-, GPT-4
    "|m+|h+[wd]*|p+(?:w(?:[kqdw]*[wd])?)?"
    "|[iu]"
)
_UNIT = re.compile(f"[oaq]*(?:{_CORE})?[ckeq]*(s*)")
_NO_START, _NO_END = frozenset("cke"), frozenset("oap")
_LINE = re.compile("\r\n|\n|\r")
# Full stops and commas, which may hang outside a column (JLREQ 3.8.2, "hanging punctuation").
_HANGING = frozenset("。、．，｡､")
# Where a word that fits on no line is broken first: an address after its slashes, a file name after its dots.
_SOFT_SPOTS = frozenset("/?&=.-_,;:+#%~")


class _Classes(dict[int, str]):
    """Code point to class letter; unlisted ones are worked out when first met."""

    def __missing__(self, code: int) -> str:
        # Wide characters may be parted anywhere, and so may pictures; letters of other scripts are words.
        character = chr(code)
        wide = unicodedata.east_asian_width(character) in "WF" and not "Ａ" <= character <= "ｚ"
        known = "i" if wide or "ｦ" <= character <= "ﾝ" or unicodedata.category(character) == "So" else "w"
        self[code] = known
        return known


_CLASSES = _Classes({ord(character): name for name, members in _MEMBERS.items() for character in members})


class Manner(NamedTuple):
    """What there is to choose about line breaks."""

    hanging: bool = False
    """Whether a full stop or comma for which a line has no room may stand beyond its width."""
    phrases: bool = False
    """Whether to break where Japanese phrases begin, as long as a line is half full."""


PLAIN = Manner()


def wrap(content: str, width: int, span: Span | None = None, ambiguous: int = 1, manner: Manner = PLAIN) -> list[Span]:
    """Break a text into lines of at most `width` cells, in time linear in its length.

    Args:
        content: the text; widths are those of its visible form (see `text.visible`).
        width: cells of a line, at least 2.
        span: the part of `content` to break, all of it by default.
        ambiguous: cells of characters of ambiguous width, 1 or 2.
        manner: what else to mind.

    Returns:
        Spans of `content`, in order. A newline ends a line and an empty line gives an empty span; like
        `str.splitlines`, a newline at the end opens no further line. White space at the end of a line is in no span.
        Only a character that is alone wider than `width`, or one that hangs, makes a line wider than `width`.
    """
    if width < 2:
        raise ValueError(f"a line must have at least 2 cells, not {width}")
    start, end = span or Span(0, len(content))
    lines: list[Span] = []
    while start < end:
        newline = _LINE.search(content, start, end)
        stop, following = newline.span() if newline else (end, end)
        line = content[start:stop].rstrip(_MEMBERS["s"])
        lines += [part.shifted(start) for part in _wrap_line(line, width, ambiguous, manner)]
        start = following
    return lines


def _wrap_line(text: str, width: int, ambiguous: int, manner: Manner) -> list[Span]:
    """The lines of a text without newlines or white space at its end; one empty line where there is nothing."""
    counts, followers = cell_counts(text, ambiguous)
    reach = list(accumulate(counts, initial=0))
    if reach[-1] <= width:
        return [Span(0, len(text))]
    return _Breaker(text, reach, followers, manner).lines(width)


class _Breaker:
    """A line too long: where it may be broken, and how far its characters reach.

    Args:
        text: the line.
        reach: cells up to each offset, ``len(text) + 1`` numbers.
        followers: offsets inside grapheme clusters.
        manner: what else to mind.
    """

    def __init__(self, text: str, reach: list[int], followers: set[int], manner: Manner) -> None:
        self.text, self.reach, self.followers = text, reach, followers
        self.hanging = manner.hanging
        self.classes = text.translate(_CLASSES)
        self.ends: list[int] = []
        """Ends of the units that no line may part, without the white space behind them."""
        self.nexts: list[int] = []
        """Where the unit after each of them starts."""
        for unit in _UNIT.finditer(self.classes):
            if unit.end() not in followers and unit.end() > unit.start():
                self.ends.append(unit.start(1))
                self.nexts.append(unit.end())
        self.good: list[int] | None = self._good_units() if manner.phrases else None
        """Units after which a line breaks best; None where all are as good."""

    def _good_units(self) -> list[int]:
        from tui_reader.text.phrases import phrase_starts  # noqa: PLC0415 - loads a model

        starts = frozenset(phrase_starts(self.text))
        places = zip(self.ends, self.nexts, strict=True)
        return [unit for unit, (end, following) in enumerate(places) if end < following or following in starts]

    def lines(self, width: int) -> list[Span]:
        """Lines as full as they can be."""
        lines: list[Span] = []
        start = self._indentation(width)
        while start < len(self.text):
            limit = bisect_right(self.reach, self.reach[start] + width) - 1
            end, following = self._break(start, limit, width)
            lines.append(Span(start, end))
            start = following
        return lines

    def _indentation(self, width: int) -> int:
        """Where the first line starts: behind the indentation if that leaves no room for anything else."""
        spaces = len(self.text) - len(self.text.lstrip(_MEMBERS["s"]))
        if spaces in self.followers:  # a combining mark on the last space
            spaces -= 1
        return spaces if self.reach[spaces] > width - 2 else 0

    def _break(self, start: int, limit: int, width: int) -> tuple[int, int]:
        """End of the line that starts at `start`, and start of the next."""
        unit = bisect_right(self.ends, limit) - 1
        unit += self.hanging and self._hangs(unit + 1, start, limit)
        fits = unit >= 0 and self.ends[unit] > start
        following = self.nexts[unit] if fits else start
        if following == len(self.text):
            return following, following
        next_end = self.ends[unit + 1]
        # A word too long for any line begins on this one: it must be broken anyway, and a hole helps nobody.
        room = width - (self.reach[following] - self.reach[start])
        too_long = self.reach[next_end] - self.reach[following] > width
        if fits and (not too_long or room * 3 < width or limit <= following):
            unit = self._better(unit, start, width)
            return self.ends[unit], self.nexts[unit]
        cut = self._cut(following, limit)
        return cut, self.nexts[unit + 1] if cut == next_end else cut

    def _hangs(self, unit: int, start: int, limit: int) -> bool:
        """Whether all of a unit but its last character has room, and that may hang."""
        if unit >= len(self.ends):
            return False
        last = self.ends[unit] - 1
        return start < last <= limit and self.text[last] in _HANGING and last not in self.followers

    def _better(self, unit: int, start: int, width: int) -> int:
        """The last unit up to this one after which a phrase begins, if half a line is full there; else this one."""
        at = -1 if self.good is None else bisect_right(self.good, unit) - 1
        if self.good is None or at < 0:
            return unit
        end = self.ends[self.good[at]]
        return self.good[at] if end > start and (self.reach[end] - self.reach[start]) * 2 >= width else unit

    def _cut(self, start: int, limit: int) -> int:
        """Where to break a unit that starts at `start` and has room up to `limit`; always beyond `start`."""
        limit = max(limit, start + 1)
        while limit < len(self.text) and limit in self.followers:
            limit += 1
        floor = start + max(1, (limit - start) // 2)
        candidates = [index for index in range(limit, floor - 1, -1) if index not in self.followers]
        for index in candidates:
            if self.text[index - 1] in _SOFT_SPOTS:
                return index
        for index in candidates:
            if self.classes[index : index + 1] not in _NO_START and self.classes[index - 1] not in _NO_END:
                return index
        return limit
