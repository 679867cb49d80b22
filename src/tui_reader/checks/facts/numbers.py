"""Numbers, dates and times, and units: what one text counts, the other must count alike.

Figures of both sides are read as values and matched; what is left over on both sides clashes, what is left over on one
is missing. Rules of thumb decide how sure that is: a spelled-out “one” may vanish in translation, 1994 may not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.facts import numerals_en, numerals_ja
from tui_reader.checks.facts.figures import Figure, Kind, Weight, equal, units_clash
from tui_reader.checks.facts.limits import limit_at
from tui_reader.checks.facts.markup import opaque_spans
from tui_reader.checks.facts.units import measures_alike
from tui_reader.checks.family import Family
from tui_reader.checks.meaning.opposed import opposed_words
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui_reader.checks.family import BeadView, SideView
    from tui_reader.model import Finding, Span

NUMBER = Rule(
    "number",
    "Different number",
    None,
    Severity.ERROR,
    "numbers",
    0.5,
    "A number of one text that the other lacks or gives another value. Digits of either width, kanji numerals, 万 and "
    "million, 割 and percent, fractions, ordinals, ranges and spelled-out English are read as values, so that 1万2千 "
    "is 12,000 and 4分の3 is 75 percent. A bound that points the other way (at least 20, 20以下) is reported too.",
    good=Example(
        "About 12,000 people signed, three quarters of them online.", "約1万2千人が署名し、4分の3がネット経由だった。"
    ),
    bad=Example("About 12,000 people signed within 30 days.", "約1万2千人が13日以内に署名した。"),
    cure="Give the number of the source, or convert it exactly.",
)
DATE = Rule(
    "date",
    "Different date or time",
    None,
    Severity.ERROR,
    "numbers",
    0.5,
    "A year, month, day, weekday or time of day that differs between the texts. Years of Japanese eras are read as "
    "Gregorian ones (平成31年 is 2019), 午後3時半 is 3:30 p.m.",
    good=Example(
        "The museum opened on Tuesday, May 7, 2019, at 3:30 p.m.", "博物館は令和元年5月7日（火）の午後3時半に開館した。"
    ),
    bad=Example("The museum opens on Tuesday.", "博物館は木曜日に開館する。"),
    cure="Give the date of the source.",
)
UNIT = Rule(
    "unit",
    "Different unit or currency",
    Side.TARGET,
    Severity.ERROR,
    "numbers",
    0.5,
    "The same number of something else: miles that became kilometres, dollars that became yen, weekly that became "
    "monthly. A quantity that was converted (5 miles, 8 km) is left alone.",
    good=Example("The trail is 5 miles long.", "登山道の長さは約8キロメートルだ。"),
    bad=Example("The trail is 5 miles long.", "登山道の長さは5キロメートルだ。"),
    cure="Keep the unit of the source, or convert the number as well.",
)

_HALF_WIDTH = str.maketrans(
    {chr(0xFF01 + k): chr(0x21 + k) for k in range(94) if chr(0x21 + k) not in "()[]"}
    | {"−": "-", "，": ",", "．": "."}
)
_NO_FIGURE = re.compile(
    r"24/7|24時間年中無休|五分五分|(?i:fifty-fifty)|(?:\A|(?<=\n))\s*(?:\(?\d{1,2}[.)．、]\s|\d{1,2}\u3000|[①-⑳])"
)
_LIST_MARK = re.compile(r"[\s\u3000]*\(?(\d{1,2})(?:[.)．、][\s\u3000]*|[\s\u3000]+)(?=\D)")
_KANJI_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万億兆]")
_RELATIVE_YEAR = {
    "en": re.compile(r"\b(?:next|following|same|previous|preceding)\s+year\b", re.IGNORECASE),
    "ja": re.compile("(?:翌々?|前|同)年(?![代度期比])"),
}
"""Words that may stand for a year."""
_YEAR_DIGITS = 4
_ONLY_NUMERALS = re.compile("[〇零一二三四五六七八九十百千万億兆]{2,}")
"""四十万 is a place to Sudachi."""


class Matched(NamedTuple):
    """What became of the figures of a bead."""

    pairs: list[tuple[Figure, Figure]]
    """Source and target figures that say the same."""
    source: list[Figure]
    target: list[Figure]
    """Those that no figure of the other side explains."""


class Numbers(Family):
    """Compares the figures of both sides."""

    rules = (NUMBER, DATE, UNIT)

    def find(self, view: BeadView) -> Iterator[Finding]:
        """Clashes, missing figures, changed units."""
        if {view.source.language, view.target.language} - {"ja", "en"}:
            return
        if view.source.language != view.target.language:
            yield from opposed_words(view, UNIT)
        source, target = (_unlisted(view, side) for side in Side)
        if not source and not target:
            return
        matched = match(source, target)
        for one, other in matched.pairs:
            if units_clash(one, other) and (_is_told(one, other) or measures_alike(one.unit, other.unit)):
                yield _instead(view, UNIT, one.span, other.span, 0.9)
            elif all(figure.weight or figure.unit for figure in (one, other)):
                yield from _turned_round(view, one, other)
        yield from _findings(view, matched)


def _is_told(*figures: Figure) -> bool:
    """Whether none is as vague as *a year*, which may well stand beside another's *a metre*."""
    return Weight.VAGUE not in {figure.weight for figure in figures}


def _unlisted(view: BeadView, side: Side) -> list[Figure]:
    """The figures of one side without a number that counts both texts in a list, however each sets it off."""
    marks = [_LIST_MARK.match(view.side(one).content.translate(_HALF_WIDTH)) for one in (side, side.other)]
    circled = _circled(view.side(side.other).content)
    found = [figure for figure in figures_of(view.side(side)) if circled.isdisjoint(figure.values)]
    if marks[0] is None or marks[1] is None or marks[0][1] != marks[1][1]:
        return found
    return [figure for figure in found if figure.span.start >= marks[0].end()]


def _circled(content: str) -> set[Fraction]:
    """Numbers that stand in circles (④), which another text may write without."""
    return {Fraction(ord(sign) - ord("①") + 1) for sign in content if "①" <= sign <= "⑳"}


def figures_of(side: SideView) -> list[Figure]:
    """The figures of one side of a bead, without those in addresses, code and list marks."""
    text = side.content.translate(_HALF_WIDTH)
    hidden = [*opaque_spans(side.content), *((m.start(), m.end()) for m in _NO_FIGURE.finditer(text))]
    for start, end in hidden:
        text = text[:start] + " " * (end - start) + text[end:]
    found = numerals_ja.figures(text, _numeral_starts(side)) if side.language == "ja" else numerals_en.figures(text)
    return list(found)


def _numeral_starts(side: SideView) -> Callable[[int], bool]:
    """Whether a kanji numeral begins at an offset: where Sudachi sees a numeral, or one that its word counts with."""
    if not _KANJI_NUMERAL.search(side.content):
        return lambda _offset: False
    starts = {
        word.start
        for word in side.words
        if word.part_of_speech == "NUM"
        or (word.part_of_speech == "NOUN" and word.end - word.start <= 3)
        or _ONLY_NUMERALS.fullmatch(side.content, word.start, word.end)
    }
    return starts.__contains__


def match(source: Sequence[Figure], target: Sequence[Figure]) -> Matched:
    """Pair figures that may say the same, of one measure and kind first; a repeated figure explains its repetition."""
    pairs: list[tuple[Figure, Figure]] = []
    like_source, like_target = _Index(source), _Index(target)
    equals = [like_target.equal(figure) for figure in source]
    free_source, free_target = dict.fromkeys(range(len(source))), dict.fromkeys(range(len(target)))
    for prefers in (_same_measure, _same_kind, equal):
        for i in tuple(free_source):
            j = next((j for j in equals[i] if j in free_target and prefers(source[i], target[j])), None)
            if j is not None:
                pairs.append((source[i], target[j]))
                del free_source[i], free_target[j]
    return Matched(
        pairs,
        [source[i] for i in free_source if not equals[i]],
        [target[j] for j in free_target if not like_source.equal(target[j])],
    )


class _Index:
    """The figures of a side by what could make another equal to them, so that a table does not cost its square."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._figures = figures
        self._values: dict[Fraction, list[int]] = defaultdict(list)
        self._kinds: dict[Kind, list[int]] = defaultdict(list)
        self._measured = [k for k, figure in enumerate(figures) if figure.unit]
        for k, figure in enumerate(figures):
            self._kinds[figure.kind].append(k)
            for value in figure.values:
                self._values[value].append(k)

    def equal(self, figure: Figure) -> list[int]:
        """Places of the figures that may say the same, in order."""
        likely = {k for value in figure.values for k in self._values.get(value, ())}
        # An hour may be told by a number of another value, a measure by another unit.
        hours = {Kind.TIME: Kind.NUMBER, Kind.NUMBER: Kind.TIME}
        likely.update(self._kinds.get(hours[figure.kind], ()) if figure.kind in hours else ())
        likely.update(self._measured if figure.unit else ())
        return [k for k in sorted(likely) if equal(figure, self._figures[k])]


def _same_measure(one: Figure, other: Figure) -> bool:
    return measures_alike(one.unit, other.unit) and not units_clash(one, other)


def _same_kind(one: Figure, other: Figure) -> bool:
    return one.kind is other.kind


_CLASH = {4: 0.93, 3: 0.85, 2: 0.7, 1: 0.6}
"""Confidence of a clash by the weights of its two figures together."""


def _findings(view: BeadView, matched: Matched) -> Iterator[Finding]:
    source = [figure for figure in matched.source if figure.weight]
    vague_source, vague_target = (
        [figure for figure in left if not figure.weight] for left in (matched.source, matched.target)
    )
    for figure in matched.target:
        if not figure.weight:
            continue
        clash = _nearest(figure, source) or _of_one_measure(figure, vague_source)
        if clash is not None and _is_worked_out(clash, figure, matched.pairs):
            source.remove(clash)
        elif clash is not None:
            (source if clash.weight else vague_source).remove(clash)
            yield _clash_finding(view, clash, figure)
        else:
            yield from _lonely_findings(view, Side.TARGET, figure)
    for figure in source:
        clash = _of_one_measure(figure, vague_target)
        if clash is None:
            yield from _lonely_findings(view, Side.SOURCE, figure)
        else:
            vague_target.remove(clash)
            yield _clash_finding(view, figure, clash)


def _nearest(figure: Figure, others: Sequence[Figure]) -> Figure | None:
    """The figure that was probably meant: of the same kind, else any but a name of a day."""
    same = [other for other in others if other.kind is figure.kind]
    if same:
        return same[0]
    if figure.kind is Kind.WEEKDAY:
        return None
    return next((other for other in others if other.kind is not Kind.WEEKDAY), None)


def _of_one_measure(figure: Figure, vague: Sequence[Figure]) -> Figure | None:
    """*An hour* against 二時間."""
    return next((other for other in vague if measures_alike(figure.unit, other.unit)), None)


def _is_worked_out(one: Figure, other: Figure, pairs: Sequence[tuple[Figure, Figure]]) -> bool:
    """Whether two years are as far apart as both texts say: 1971, nine years after it; 1962年, その9年後."""
    if Kind.YEAR not in {one.kind, other.kind}:
        return False
    apart = abs(one.value - other.value)
    return any(apart == said.value and "year" in {said.unit, again.unit} for said, again in pairs)


def _may_be_year(figure: Figure, shown: str) -> bool:
    """1821年, and *1821* in English, which does not say that it is one."""
    return figure.kind is Kind.YEAR or (shown.isdecimal() and len(shown) == _YEAR_DIGITS and not figure.unit)


def _rule_of(*figures: Figure) -> Rule:
    """13日 is a date, unless it stands against “30 days”."""
    dated = any(figure.kind.is_date for figure in figures)
    return DATE if dated and not any(figure.unit for figure in figures) else NUMBER


def _clash_finding(view: BeadView, source: Figure, target: Figure) -> Finding:
    certainty = _CLASH[source.weight + target.weight]
    return _instead(view, _rule_of(target, source), source.span, target.span, certainty)


def _instead(view: BeadView, rule: Rule, source: Span, target: Span, confidence: float) -> Finding:
    """What the translation has in the place of something else."""
    said, instead = source.of(view.source.content), target.of(view.target.content)
    message = f"The source says “{said}”, the translation “{instead}”."
    if rule is UNIT:
        message = f"The source counts “{said}”, the translation “{instead}”."
    return view.finding(rule, Side.TARGET, target, message, confidence=confidence, counterpart=source)


def _lonely_findings(view: BeadView, side: Side, figure: Figure) -> Iterator[Finding]:
    there, shown = view.side(side.other), figure.span.of(view.side(side).content)
    if _may_be_year(figure, shown) and _RELATIVE_YEAR[there.language].search(there.content):
        return
    lacks, other = ("translation", "source") if side is Side.SOURCE else ("source", "translation")
    yield view.finding(
        _rule_of(figure),
        side,
        figure.span,
        f"The {lacks} lacks “{shown}” of the {other}.",
        confidence=_lonely_confidence(figure),
    )


def _lonely_confidence(figure: Figure) -> float:
    if figure.weight is not Weight.DIGITS:
        return 0.3
    if figure.kind in {Kind.NUMBER, Kind.PERCENT, Kind.YEAR, Kind.TIME} and (
        figure.value >= 10 or figure.value.denominator > 1
    ):
        return 0.75
    return 0.6 if figure.value >= 4 else 0.4


def _turned_round(view: BeadView, source: Figure, target: Figure) -> Iterator[Finding]:
    """The same number with a bound that points the other way."""
    here = limit_at(view.target.content.translate(_HALF_WIDTH), target.span, view.target.language)
    there = limit_at(view.source.content.translate(_HALF_WIDTH), source.span, view.source.language)
    if here is None or there is None or here.upward is there.upward:
        return
    yield _instead(view, NUMBER, there.span, here.span, 0.8)
