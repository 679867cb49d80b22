"""Rules of punctuation, width of characters, and spaces in the translation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

PUNCTUATION = Rule(
    "punctuation",
    "Doubled or clashing punctuation",
    Side.TARGET,
    Severity.WARNING,
    "typographical",
    0.5,
    "Two commas or full stops in a row, a comma beside a full stop, a space before a comma, or a mark inside an "
    "English sentence that ends one or begins nothing: the train! left.",
    good=Example("The kettle boiled, and she made tea.", "やかんが沸いて、彼女はお茶を入れた。"),
    bad=Example("The kettle boiled, and she made tea.", "やかんが沸いて、、彼女はお茶を入れた。。"),
    cure="Keep one of the marks.",
)
FINAL_PUNCTUATION = Rule(
    "final-punctuation",
    "Punctuation at the end differs",
    Side.TARGET,
    Severity.INFO,
    "typographical",
    0.5,
    "The source ends like a sentence and the translation does not, or ends in a comma.",
    good=Example("The kettle boiled.", "やかんが沸いた。"),
    bad=Example("The kettle boiled.", "やかんが沸いた、"),
    cure="End the translation the way the source ends.",
)
CHARACTER_WIDTH = Rule(
    "character-width",
    "Full and half width mixed",
    Side.TARGET,
    Severity.INFO,
    "characters",
    0.5,
    "Half-width katakana; Latin letters or digits of both widths in one sentence; half-width commas and full stops "
    "behind Japanese; full-width characters or Japanese punctuation in an English translation.",
    good=Example("The ferry has 24 seats on 3 decks.", "フェリーには3層の甲板に24の座席がある。"),
    bad=Example("The ferry has 24 seats on 3 decks.", "フェリーには3層の甲板に２４の座席がある。"),
    cure="Use one width throughout.",
)
DOUBLED_SPACE = Rule(
    "doubled-space",
    "Two spaces in a row",
    Side.TARGET,
    Severity.INFO,
    "whitespace",
    0.5,
    "Two spaces stand between words of one line, and the source has no such gap. Blanks to be filled in, columns, and "
    "the two spaces that some put after a full stop are left alone.",
    good=Example("少年は港まで走った。", "The boy ran to the harbour.", "ja", "en"),
    bad=Example("少年は港まで走った。", "The boy ran  to the harbour.", "ja", "en"),
    cure="Keep one space.",
)

_JAPANESE = "ぁ-ゖァ-ヺー一-鿿々〆ヶ"
_CLASHING = {
    "ja": re.compile(r"、{2,}|(?<!。)。{2}(?!。)|、。|。、|[,，][、。]|[、。][,，]|。(?=[」』]。)"),
    "en": re.compile(r",{2,}|(?<![.…])\.{2}(?![.…])|,\.(?!\d)|;[;,.]|(?<=\w) +[,;](?=\s)"),
}
_ABBREVIATION = (
    r"(?:etc|vs|approx|incl|excl|cf|al|eds?|vol|nos?|pp|ch|fig|sec|min|max|est|dept|govt|tel|ext|inc|ltd|corp|co|jr|sr|st|mt|ft"
    r"|oz|lbs?|hrs?|mins?|secs?|yrs?|ave|blvd|rd|prof|dr|mrs?|ms|rev|gen|col|lt|sgt|capt|hon|misc|resp|ca|ibid|viz|www)"
)
_STRAY = re.compile(
    rf"(?<![\w.])(?!{_ABBREVIATION}\.)[A-Za-z]{{2,}}\.(?=[ ]+[a-z]{{2,}}(?![\w.@/]))"
    r"|(?<=[\w)])(?<!Yahoo)[!?](?=[ ]+[a-z])"
    r"|[,;:][.!?,;:_~](?=\s|$)|[!?][,;](?=\s)|(?<=[a-z])[_~](?=\s)"
    r"|(?<=[a-z]{2})-\s(?!(?:and|or|to|nor|but|as|than|through|versus)\b)(?=[a-z])|^\s*[,;:!?](?=[\s\w])",
)
"""Marks inside an English sentence that belong at its end or nowhere."""
_SPACES = re.compile(r"(?<=[^\s.!?:。！？：）)(（「])(?: {2,3})(?=[^\s）)」])")
_LABEL = 5
"""Characters at the beginning that may be a number or letter with its text set apart."""
_COLUMNS = re.compile(r"[ 　]{4}|　{2}")
"""Gaps that nobody makes by mistake: blanks and columns."""
_HALF_KANA = re.compile("[ｦ-ﾟ]+")
_FULL = {"letters": re.compile("[Ａ-Ｚａ-ｚ]+"), "digits": re.compile("[０-９]+")}
_HALF = {"letters": re.compile("[A-Za-z]"), "digits": re.compile("[0-9]")}
_HALF_MARK = re.compile(rf"(?<=[{_JAPANESE}])[,.](?=[{_JAPANESE}」』]|\s|$)")
_JAPANESE_MARK = re.compile("[Ａ-Ｚａ-ｚ０-９、。，．！？：；（）　〜]+")
_ENDS = {
    "ja": re.compile(r"[。｡．.！!？?…‥・―—〜～♪]+[」』）)\]】”\"'’〉》]*$|[」』）)】》≫＞〉〕\]♪*＊：:]$"),
    "en": re.compile(r"[.!?…:]+[\"'”’)\]»*]*$"),
}
_STOPS = {
    "ja": re.compile(r"[。｡．.！!？?]+[」』）)\]】”\"'’〉》]*$"),
    "en": re.compile(r"[.!?…]+[\"'”’)\]»*]*$"),
}
"""What ends a source like a sentence; a heading that introduces something ends in a colon or bracket."""
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
"""A Japanese item of a list that ends in a noun needs no full stop."""
_COMMA = re.compile(r"[、，,;；]$")
_FEWEST_WORDS = 4


class Typography(Family):
    """Looks at the marks of the translation, and where it ends at those of the source."""

    rules = (PUNCTUATION, FINAL_PUNCTUATION, CHARACTER_WIDTH, DOUBLED_SPACE)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """Marks that stand wrongly in the translation."""
        content, language = view.target.content, view.target.language
        if language not in _ENDS or not _is_written_in(content, language):
            return
        for match in _CLASHING[language].finditer(content):
            if match[0] not in view.source.content:
                yield _finding(view, PUNCTUATION, Span(*match.span()), f"“{match[0]}” is one mark too many.")
        yield from _stray(view)
        for span in _odd_widths(content, language):
            words = span.of(content)
            yield _finding(view, CHARACTER_WIDTH, span, f"“{words}” is of another width than the text around it.")
        if not _SPACES.search(view.source.content) and not _COLUMNS.search(content):
            for match in _SPACES.finditer(content, _LABEL):
                yield _finding(view, DOUBLED_SPACE, Span(*match.span()), "There is more than one space here.")
        yield from _end(view)


def _stray(view: BeadView) -> Iterator[Finding]:
    """Marks that interrupt an English sentence, where the source has no such mark in its midst."""
    if view.target.language != "en":
        return
    source = fold(view.source.content)[0].rstrip()[:-1]
    for match in _STRAY.finditer(view.target.content):
        mark = Span(match.end() - 1, match.end())
        is_found_already = _CLASHING["en"].search(match[0]) is not None
        if is_found_already or mark.of(view.target.content) in source or not _is_plain(view, match):
            continue
        yield _finding(view, PUNCTUATION, mark, f"“{mark.of(view.target.content)}” interrupts the sentence.")


def _is_plain(view: BeadView, match: re.Match[str]) -> bool:
    """Whether nothing is masked where a mark was found."""
    around = slice(max(0, match.start() - 1), match.end() + 2)
    return view.target.content[around] == view.target.verbatim[around]


def _is_written_in(content: str, language: str) -> bool:
    """Whether the rules of this language apply: an untranslated text follows those of another."""
    japanese = len(re.findall(f"[{_JAPANESE}]", content))
    return japanese > 0 if language == "ja" else japanese * 2 <= sum(map(str.isalpha, content))


def _finding(view: BeadView, rule: Rule, span: Span, message: str) -> Finding:
    return view.finding(rule, Side.TARGET, span, message, confidence=0.9)


def _odd_widths(content: str, language: str) -> Iterator[Span]:
    if language != "ja":
        yield from (
            Span(*match.span()) for match in _JAPANESE_MARK.finditer(content) if not _in_japanese(content, match)
        )
        return
    yield from (Span(*match.span()) for match in _HALF_KANA.finditer(content))
    yield from (Span(*match.span()) for match in _HALF_MARK.finditer(content))
    for kind, full in _FULL.items():
        if _HALF[kind].search(content):
            yield from (Span(*match.span()) for match in full.finditer(content))


def _in_japanese(content: str, match: re.Match[str]) -> bool:
    """Whether a Japanese mark belongs to a Japanese name or quotation in an English text."""
    start = content.rfind("（", 0, match.start()) if match[0] == "）" else match.start()
    around = (
        content[max(0, start - 1) : match.end() + 1] if start >= 0 else content[match.start() - 1 : match.end() + 1]
    )
    return re.search(f"[{_JAPANESE}]", around) is not None


def _end(view: BeadView) -> Iterator[Finding]:
    source, target = view.source.content.rstrip(), view.target.content.rstrip()
    if view.source.language not in _ENDS or not target or len(view.source.words) < _FEWEST_WORDS:
        return
    if _STOPS[view.source.language].search(source) and not _ENDS[view.target.language].search(target):
        if not view.is_pair and not _COMMA.search(target):
            return  # A quotation inside a Japanese sentence ends in a particle.
        if view.target.language == "ja" and view.target.words and view.target.words[-1].part_of_speech in _NOMINAL:
            return
        span = Span(len(target) - 1, len(target))
        yield _finding(view, FINAL_PUNCTUATION, span, "The source ends here; the translation seems to go on.")
