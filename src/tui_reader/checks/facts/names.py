"""Names of people, places and organisations: the same one on both sides, by sound, by dictionary or letter for letter.

A name without a counterpart proves little (a pronoun may stand for it, 赤十字 is the Red Cross). Most findings
therefore take two: a Japanese name that no English name sounds like, and an English one that no Japanese name sounds
like, both of which lack a counterpart in meaning too, as far as that was measured. A name of the translation is
reported alone only where it has certainly no counterpart in meaning, and a country at high sensitivity.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from tui_reader.checks.facts.markup import ADDRESS
from tui_reader.checks.facts.sounds import Name, english_names, heard, japanese_names, joined, katakana_words
from tui_reader.checks.facts.territories import mentions, places
from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

NAME = Rule(
    "name",
    "Different name",
    Side.TARGET,
    Severity.ERROR,
    "inconsistent-entities",
    0.5,
    "A person, place or organisation that is called by another name in the translation. Katakana and the readings of "
    "kanji are compared with Latin letters by their consonants, countries by a dictionary, acronyms as they stand.",
    good=Example("Mr. Fairbanks flew from Nigeria to Osaka.", "フェアバンクス氏はナイジェリアから大阪へ飛んだ。"),
    bad=Example("Mr. Fairbanks flew from Nigeria to Osaka.", "フェアバンクス氏はケニアから大阪へ飛んだ。"),
    cure="Use the name of the source, in its usual spelling.",
)

_LOST, _BOTH_LOST = 0.07, 0.15
"""Word loss of an English name, and of both names together, from which they have no counterpart in meaning."""
_MEANT = 0.03
"""Word loss of the translation's name below which some word of the source means it (*through ball*, スルーパス)."""
_PARTS_OF_NAMES = lexicon("north south east west new great saint")
"""Never reported alone: what they are a part of may be translated by meaning (South Korea) or by sound (New York)."""
_SURELY_LOST = 0.5
"""Word loss of a name from which it is reported without another that it may have been confused with."""
_UNSURE = 0.45
"""Confidence in a country that the translation alone names (アメリカ政府 for Washington), and in names that clash by
sound alone in a long text: reported at high sensitivity."""
_LONG = 240
"""Characters of the longer side from which it names so much that two names are left over by chance."""
_ACRONYM = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2,6}(?![A-Za-z0-9])")
_LATIN = re.compile(r"[A-Za-z]+")
_HALF_WIDTH = str.maketrans({chr(0xFF21 + k): chr(0x41 + k) for k in range(26)})
_JAPANESE_ACRONYMS = lexicon(
    "AI AM CD CEO CFO CM CTO DJ DNA DVD FW GDP GK HP ID IT JR MC MF NG NHK NPO OB OG OK OL PC PDF"
)
_JAPANESE_ACRONYMS |= lexicon("PK PM PR PTA SF SNS SOS TV UFO URL VIP")
"""What Japanese writes in Latin letters and English may spell out."""


class Names(Family):
    """Compares the names of both sides of a pair of Japanese and English."""

    rules = (NAME,)

    def find(self, view: BeadView) -> Iterator[Finding]:
        """Countries, then acronyms, then names by their sound, then what stands in the translation alone."""
        ja, en = view.in_language("ja"), view.in_language("en")
        if ja is None or en is None:
            return
        names = _Names(view, ja, en)
        clashes = [*_countries(names), *_acronyms(names)]
        clashes += _sounds(names, clashes)
        for clash in clashes:
            yield _clash_finding(view, {ja: clash.japanese, en: clash.english}, clash.confidence)
        taken = [clash.japanese if ja is Side.TARGET else clash.english for clash in clashes]
        yield from _unsaid(names, taken)


class Clash:
    """Two names that should be the same.

    Args:
        japanese: one.
        english: the other.
        confidence: how sure it is.
    """

    def __init__(self, japanese: Span, english: Span, confidence: float) -> None:
        self.japanese, self.english, self.confidence = japanese, english, confidence


class _Names:
    """The names of a bead, each kind worked out when it is first asked for."""

    def __init__(self, view: BeadView, ja: Side, en: Side) -> None:
        self.view, self.ja, self.en = view, ja, en
        self.japanese_text, self.english_text = view.side(ja).content, view.side(en).content

    @cached_property
    def is_short(self) -> bool:
        return max(len(self.japanese_text), len(self.english_text)) <= _LONG

    @cached_property
    def english(self) -> list[Name]:
        return english_names(self.english_text)

    @cached_property
    def japanese(self) -> list[Name]:
        return japanese_names(self.japanese_text)

    @cached_property
    def unheard_japanese(self) -> list[Name]:
        """Those that no English name sounds like."""
        written = [*self.english, *joined(self.english)]
        return [name for name in self.japanese if not any(heard(name, other) for other in written)]

    @cached_property
    def unheard_english(self) -> list[Name]:
        """Those that no Japanese name and no loan word sounds like."""
        spoken = [*self.japanese, *katakana_words(self.japanese_text), *joined(self.japanese)]
        return [name for name in self.english if not any(heard(other, name) for other in spoken)]

    @cached_property
    def japanese_countries(self) -> dict[Span, bool]:
        """Countries of the Japanese text, and whether the English one names them."""
        return self._looked_up(self.japanese_text, "ja", self.english_text, "en")

    @cached_property
    def english_countries(self) -> dict[Span, bool]:
        """Countries of the English text, and whether the Japanese one names them."""
        return self._looked_up(self.english_text, "en", self.japanese_text, "ja")

    def _looked_up(self, text: str, language: str, other: str, other_language: str) -> dict[Span, bool]:
        known: dict[Span, bool] = {}
        for place in places(text, language):
            known[place.span] = known.get(place.span, False) or mentions(other, other_language, place.code)
        return known


def _clash_finding(view: BeadView, spans: dict[Side, Span], confidence: float) -> Finding:
    said = spans[Side.SOURCE].of(view.source.content)
    instead = spans[Side.TARGET].of(view.target.content)
    return view.finding(
        NAME,
        Side.TARGET,
        spans[Side.TARGET],
        f"The source names “{said}”, the translation “{instead}”.",
        confidence=confidence,
        counterpart=spans[Side.SOURCE],
    )


def _countries(names: _Names) -> Iterator[Clash]:
    """One on either side that the other does not name: Nigeria became ケニア."""
    only_ja, only_en = (
        [span for span, mentioned in found.items() if not mentioned]
        for found in (names.japanese_countries, names.english_countries)
    )
    for japanese, english in zip(only_ja, only_en, strict=False):
        yield Clash(japanese, english, 0.85)


def _acronyms(names: _Names) -> Iterator[Clash]:
    """The only one on either side that the other does not have: WHO became WTO."""
    japanese = ADDRESS.sub(_blank, names.japanese_text.translate(_HALF_WIDTH))
    english = ADDRESS.sub(_blank, names.english_text)
    only_ja = [span for span in _only(japanese, english) if span.of(japanese) not in _JAPANESE_ACRONYMS]
    only_en = _only(english, japanese)
    if len(only_ja) == 1 and len(only_en) == 1:
        yield Clash(only_ja[0], only_en[0], 0.8)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _only(text: str, other: str) -> list[Span]:
    """Acronyms of a text that are no word of the other, plural or not."""
    there = {form for word in _LATIN.findall(other) for form in (word.upper(), word.upper().removesuffix("S"))}
    return [Span(*match.span()) for match in _ACRONYM.finditer(text) if match[0] not in there]


def _sounds(names: _Names, clashes: Sequence[Clash]) -> list[Clash]:
    """Names that sound like nothing on the other side and mean nothing there, in the order of the Japanese."""
    if not names.english or not names.unheard_japanese:
        return []
    named_ja = [span for span, mentioned in names.japanese_countries.items() if mentioned]
    named_en = [span for span, mentioned in names.english_countries.items() if mentioned]
    lonely_ja = _outside(names.unheard_japanese, [*named_ja, *(clash.japanese for clash in clashes)])
    lonely_en = [
        name
        for name in _outside(names.unheard_english, [*named_en, *(clash.english for clash in clashes)])
        if name.letters not in _PARTS_OF_NAMES
    ]
    found = []
    for one in lonely_ja:
        # A country that is named here alone was put in or stands for a town, unless it stands for another country.
        is_country = any(one.span.overlaps(span) for span in names.japanese_countries)
        candidates = _within(lonely_en, names.english_countries) if is_country else lonely_en
        other = next((name for name in candidates if _both_lost(names, one.span, name.span)), None)
        if other is not None:
            lonely_en.remove(other)
            found.append(Clash(one.span, other.span, 0.6 if names.is_short else _UNSURE))
    return found


def _within(names: Iterable[Name], places: Iterable[Span]) -> list[Name]:
    spans = list(places)
    return [name for name in names if any(name.span.overlaps(span) for span in spans)]


def _outside(names: Iterable[Name], taken: Sequence[Span]) -> list[Name]:
    return [name for name in names if not any(name.span.overlaps(span) for span in taken)]


def _both_lost(names: _Names, japanese: Span, english: Span) -> bool:
    """Whether neither name has a counterpart in meaning; True where nothing was measured."""
    one, other = names.view.loss(names.ja, japanese), names.view.loss(names.en, english)
    if one is None or other is None:
        return True
    instead = one if names.ja is Side.TARGET else other
    return other >= _LOST and instead >= _MEANT and one + other >= _BOTH_LOST


def _unsaid(names: _Names, taken: Sequence[Span]) -> Iterator[Finding]:
    """Names of the translation that the source does not have: countries, and what no word of it stands for."""
    into_japanese = names.ja is Side.TARGET
    unheard = names.unheard_japanese if into_japanese else names.unheard_english
    countries = names.japanese_countries if into_japanese else names.english_countries
    for name in _outside(unheard, taken):
        is_country = any(name.span.overlaps(span) and not mentioned for span, mentioned in countries.items())
        # A loan word that is in no dictionary looks like a name in katakana, in English it has no capital.
        is_lost = not into_japanese and (names.view.loss(Side.TARGET, name.span) or 0.0) >= _SURELY_LOST
        if is_country or is_lost:
            shown = name.span.of(names.view.target.content)
            message = f"The source does not name “{shown}”."
            yield names.view.finding(NAME, Side.TARGET, name.span, message, confidence=0.6 if is_lost else _UNSURE)
